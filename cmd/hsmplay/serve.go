package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"os"
	"os/signal"
	"path"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"
)

// types are the media types of the site's files. Anything else is not part of a built site.
var types = map[string]string{
	".css":         "text/css; charset=utf-8",
	".html":        "text/html; charset=utf-8",
	".js":          "text/javascript; charset=utf-8",
	".json":        "application/json",
	".map":         "application/json",
	".png":         "image/png",
	".svg":         "image/svg+xml",
	".txt":         "text/plain; charset=utf-8",
	".wasm":        "application/wasm",
	".webmanifest": "application/manifest+json",
	".woff2":       "font/woff2",
}

// packed are the files that are compressed already.
var packed = map[string]bool{".png": true, ".woff2": true}

// hashed are names that hold the hash of their content, so they never change.
var hashed = regexp.MustCompile(`[-.][0-9A-Za-z]{8,}\.[a-z0-9]+$`)

// serveAddr is where the page is served unless another address is named.
const serveAddr = "127.0.0.1:8080"

// nextPorts is how many ports behind that one are tried where it is in use.
const nextPorts = 20

// listen takes an address; with next also a port behind it.
func listen(addr string, next bool) (net.Listener, error) {
	listener, first := net.Listen("tcp", addr)
	if first == nil || !next {
		return listener, first
	}
	name, port, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, err
	}
	number, err := strconv.Atoi(port)
	if err != nil {
		return nil, err
	}
	for n := number + 1; n <= number+nextPorts; n++ {
		if listener, err := net.Listen("tcp", net.JoinHostPort(name, strconv.Itoa(n))); err == nil {
			return listener, nil
		}
	}
	return nil, first
}

// serve is the verb serve.
func serve(ctx context.Context, h host, args []string) int {
	flags := flag.NewFlagSet("serve", flag.ContinueOnError)
	addr := flags.String("addr", serveAddr, "")
	dir := flags.String("site", "dist", "")
	if status, ok := h.parse(flags, args); !ok {
		return status
	}
	if flags.NArg() > 0 {
		return h.misuse("serve", fmt.Errorf("%q is no flag", flags.Arg(0)))
	}
	if _, err := os.Stat(path.Join(*dir, "index.html")); err != nil {
		return h.fail("serve", fmt.Errorf("%s holds no built page. `make site` builds it, `make run` builds and serves", *dir))
	}
	root, err := os.OpenRoot(*dir) // no link leads out of it
	if err != nil {
		return h.fail("serve", err)
	}
	defer root.Close()
	listener, err := listen(*addr, *addr == serveAddr)
	if err != nil {
		return h.fail("serve", err)
	}
	if *addr == serveAddr && listener.Addr().String() != serveAddr {
		fmt.Fprintf(h.err, "%s is in use: the next free port is taken\n", serveAddr)
	}
	ctx, interrupted := signal.NotifyContext(ctx, os.Interrupt)
	defer interrupted()
	server := &http.Server{Handler: &site{files: root.FS()}, ReadHeaderTimeout: 10 * time.Second}
	stop := context.AfterFunc(ctx, func() { server.Close() })
	defer stop()
	fmt.Fprintf(h.out, "hsmplay is at http://%s/\n", listener.Addr())
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return h.fail("serve", err)
	}
	return done
}

// site serves the files of a built page, and nothing else.
type site struct {
	files fs.FS
	mu    sync.Mutex
	kept  map[string]asset
}

// asset is a file ready to be sent.
type asset struct {
	changed time.Time
	forms   map[string][]byte // by encoding; "" is the file as it is
	tag     string
}

// encodings are the forms that a file may have, the smallest first, and the endings of files that
// the build has made of them.
var encodings = []struct{ name, ending string }{{"br", ".br"}, {"gzip", ".gz"}, {"", ""}}

func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	header := w.Header()
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Referrer-Policy", "no-referrer")
	header.Set("Cross-Origin-Resource-Policy", "same-origin")
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		header.Set("Allow", "GET, HEAD")
		http.Error(w, "only GET and HEAD", http.StatusMethodNotAllowed)
		return
	}
	name := strings.TrimPrefix(r.URL.Path, "/")
	if name == "" || strings.HasSuffix(name, "/") {
		name += "index.html"
	}
	a, err := s.asset(name)
	if err != nil {
		http.Error(w, "no such file", http.StatusNotFound)
		return
	}
	header.Set("Content-Type", types[path.Ext(name)])
	header.Set("Cache-Control", "no-cache")
	if hashed.MatchString(name) {
		header.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	header.Add("Vary", "Accept-Encoding")
	encoding := best(r.Header.Get("Accept-Encoding"), a.forms)
	// Each form is a thing of its own to caches.
	header.Set("ETag", `"`+strings.TrimSuffix(a.tag+"-"+encoding, "-")+`"`)
	if encoding != "" {
		header.Set("Content-Encoding", encoding)
	}
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(a.forms[encoding]))
}

// best picks the form that the browser likes best by its Accept-Encoding (RFC 9110, 12.5.3), and of
// several the smallest.
func best(accept string, forms map[string][]byte) (encoding string) {
	weights := weightsOf(accept)
	weight := 0.0
	for _, e := range encodings {
		if w, named := weights[e.name]; e.name != "" && forms[e.name] != nil {
			if !named {
				w = weights["*"]
			}
			if w > weight {
				encoding, weight = e.name, w
			}
		}
	}
	return encoding
}

// weightsOf reads an Accept-Encoding: codings with their weights, 1 where none is given.
func weightsOf(accept string) map[string]float64 {
	weights := map[string]float64{}
	for item := range strings.SplitSeq(accept, ",") {
		coding, parameter, _ := strings.Cut(item, ";")
		weight := 1.0
		if q, ok := strings.CutPrefix(strings.ToLower(strings.TrimSpace(parameter)), "q="); ok {
			weight, _ = strconv.ParseFloat(strings.TrimSpace(q), 64) // what is no number is 0
		}
		weights[strings.ToLower(strings.TrimSpace(coding))] = weight
	}
	return weights
}

// asset returns a file, read and compressed once for as long as it does not change.
func (s *site) asset(name string) (asset, error) {
	if types[path.Ext(name)] == "" || !fs.ValidPath(name) {
		return asset{}, fs.ErrNotExist
	}
	info, err := fs.Stat(s.files, name)
	if err != nil || !info.Mode().IsRegular() {
		return asset{}, fs.ErrNotExist
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if a, ok := s.kept[name]; ok && a.changed.Equal(info.ModTime()) {
		return a, nil
	}
	data, err := fs.ReadFile(s.files, name)
	if err != nil {
		return asset{}, err
	}
	sum := sha256.Sum256(data)
	a := asset{changed: info.ModTime(), tag: hex.EncodeToString(sum[:8]), forms: s.forms(name, data)}
	if s.kept == nil {
		s.kept = map[string]asset{}
	}
	s.kept[name] = a
	return a, nil
}

// forms returns a file as it is, as the build has compressed it, and else with gzip.
func (s *site) forms(name string, data []byte) map[string][]byte {
	forms := map[string][]byte{"": data}
	if packed[path.Ext(name)] {
		return forms
	}
	for _, e := range encodings {
		if e.ending == "" {
			continue
		}
		if form, err := fs.ReadFile(s.files, name+e.ending); err == nil {
			forms[e.name] = form
		}
	}
	if forms["gzip"] == nil {
		forms["gzip"] = compress(data)
	}
	return forms
}

// compress returns the gzip form of data.
func compress(data []byte) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	w.Write(data)
	w.Close()
	return b.Bytes()
}

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

// serve is the verb serve.
func serve(ctx context.Context, h host, args []string) int {
	flags := flag.NewFlagSet("serve", flag.ContinueOnError)
	addr := flags.String("addr", "127.0.0.1:8080", "")
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
	listener, err := net.Listen("tcp", *addr)
	if err != nil {
		return h.fail("serve", err)
	}
	ctx, interrupted := signal.NotifyContext(ctx, os.Interrupt)
	defer interrupted()
	server := &http.Server{Handler: &site{files: os.DirFS(*dir)}, ReadHeaderTimeout: 10 * time.Second}
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
	plain   []byte
	gzip    []byte // nil: as it is
	tag     string
}

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
	header.Set("ETag", a.tag)
	header.Add("Vary", "Accept-Encoding")
	content := a.plain
	if a.gzip != nil && strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		header.Set("Content-Encoding", "gzip")
		content = a.gzip
	}
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(content))
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
	a := asset{changed: info.ModTime(), plain: data, tag: `"` + hex.EncodeToString(sum[:8]) + `"`}
	if !packed[path.Ext(name)] {
		a.gzip = compress(data)
	}
	if s.kept == nil {
		s.kept = map[string]asset{}
	}
	s.kept[name] = a
	return a, nil
}

// compress returns the gzip form of data.
func compress(data []byte) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	w.Write(data)
	w.Close()
	return b.Bytes()
}

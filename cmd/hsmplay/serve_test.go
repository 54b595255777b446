package main

import (
	"compress/gzip"
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"
)

func testSite() *site {
	return &site{files: fstest.MapFS{
		"index.html":           {Data: []byte("<h1>hsmplay</h1>")},
		"engine-AB12CD34.wasm": {Data: []byte("\x00asm")},
		"sw.js":                {Data: []byte("// worker")},
		"font.woff2":           {Data: []byte("wOF2")},
		"secret.key":           {Data: []byte("not part of a site")},
	}}
}

func get(method, path, encoding string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, nil)
	r.Header.Set("Accept-Encoding", encoding)
	w := httptest.NewRecorder()
	testSite().ServeHTTP(w, r)
	return w
}

func TestServedFiles(t *testing.T) {
	for _, c := range []struct{ path, kind, cache string }{
		{"/", "text/html; charset=utf-8", "no-cache"},
		{"/index.html", "text/html; charset=utf-8", "no-cache"},
		{"/sw.js", "text/javascript; charset=utf-8", "no-cache"},
		{"/engine-AB12CD34.wasm", "application/wasm", "public, max-age=31536000, immutable"},
		{"/font.woff2", "font/woff2", "no-cache"},
	} {
		w := get("GET", c.path, "")
		require.Equal(t, http.StatusOK, w.Code, c.path)
		require.Equal(t, c.kind, w.Header().Get("Content-Type"), c.path)
		require.Equal(t, c.cache, w.Header().Get("Cache-Control"), c.path)
		require.Equal(t, "nosniff", w.Header().Get("X-Content-Type-Options"))
		require.Equal(t, "no-referrer", w.Header().Get("Referrer-Policy"))
	}
}

func TestWhatIsNotServed(t *testing.T) {
	for _, path := range []string{"/secret.key", "/nowhere.js", "/../go.mod", "/..%2fgo.mod", "/.git/config", "//etc/passwd"} {
		require.Equal(t, http.StatusNotFound, get("GET", path, "").Code, path)
	}
	require.Equal(t, http.StatusMethodNotAllowed, get("POST", "/", "").Code)
}

func TestCompression(t *testing.T) {
	w := get("GET", "/", "br, gzip") // the build has made no brotli of it
	require.Equal(t, "gzip", w.Header().Get("Content-Encoding"))
	plain, err := gzip.NewReader(w.Body)
	require.NoError(t, err)
	text, err := io.ReadAll(plain)
	require.NoError(t, err)
	require.Equal(t, "<h1>hsmplay</h1>", string(text))
	require.Empty(t, get("GET", "/font.woff2", "gzip").Header().Get("Content-Encoding"))
	require.Empty(t, get("GET", "/", "").Header().Get("Content-Encoding"))
}

func TestAnUnchangedFileIsNotSentAgain(t *testing.T) {
	r := httptest.NewRequest("GET", "/", nil)
	r.Header.Set("If-None-Match", get("GET", "/", "").Header().Get("ETag"))
	w := httptest.NewRecorder()
	testSite().ServeHTTP(w, r)
	require.Equal(t, http.StatusNotModified, w.Code)
}

func TestServeSaysThatThePageIsNotBuilt(t *testing.T) {
	r := hsmplay(t, "", "serve", "-site", t.TempDir())
	require.Equal(t, failed, r.status)
	require.Contains(t, r.err, "make site")
}

func TestServePrintsItsAddress(t *testing.T) {
	line, _ := serving(t, "-addr", "127.0.0.1:0", "-site", "testdata/site")
	require.Regexp(t, `^hsmplay is at http://127\.0\.0\.1:\d+/\n$`, line)
}

func TestTheBestFormThatTheBrowserTakesIsSent(t *testing.T) {
	s := &site{files: fstest.MapFS{
		"engine-AB12CD34.wasm":    {Data: []byte("\x00asm")},
		"engine-AB12CD34.wasm.br": {Data: []byte("by brotli")},
		"engine-AB12CD34.wasm.gz": {Data: []byte("by gzip")},
	}}
	tags := map[string]bool{}
	for _, c := range []struct{ accept, encoding, body string }{
		{"gzip, deflate, br, zstd", "br", "by brotli"},
		{"gzip", "gzip", "by gzip"},
		{"br;q=0, gzip", "gzip", "by gzip"},
		{"gzip;q=0", "", "\x00asm"},
		{"gzip; q=0.000, *;q=0", "", "\x00asm"},
		{"br;q=0.5, gzip;q=0.8", "gzip", "by gzip"},
		{"*", "br", "by brotli"},
		{"*;q=0, gzip", "gzip", "by gzip"},
		{"GZip", "gzip", "by gzip"},
		{"identity", "", "\x00asm"},
		{"x-gzip-like", "", "\x00asm"},
		{"", "", "\x00asm"},
	} {
		r := httptest.NewRequest("GET", "/engine-AB12CD34.wasm", nil)
		r.Header.Set("Accept-Encoding", c.accept)
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		require.Equal(t, c.encoding, w.Header().Get("Content-Encoding"), c.accept)
		require.Equal(t, c.body, w.Body.String(), c.accept)
		require.Equal(t, "Accept-Encoding", w.Header().Get("Vary"))
		require.Equal(t, "application/wasm", w.Header().Get("Content-Type"))
		tags[w.Header().Get("ETag")] = true
	}
	require.Len(t, tags, 3, "each encoding has a tag of its own: %v", tags)
	r := httptest.NewRequest("GET", "/engine-AB12CD34.wasm.br", nil)
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	require.Equal(t, http.StatusNotFound, w.Code)
}

// serving starts the verb and returns what it prints first and how to stop it.
func serving(t *testing.T, args ...string) (line, warned string) {
	ctx, cancel := context.WithCancel(t.Context())
	out, in := io.Pipe()
	var errs strings.Builder
	over := make(chan int)
	go func() { over <- run(ctx, host{nil, in, &errs}, append([]string{"serve"}, args...)) }()
	text := make([]byte, 200)
	n, err := out.Read(text)
	require.NoError(t, err)
	t.Cleanup(func() { cancel(); <-over })
	return string(text[:n]), errs.String()
}

func TestServeFollowsNoLinkOutOfItsFolder(t *testing.T) {
	dir, outside := t.TempDir(), filepath.Join(t.TempDir(), "secret.txt")
	require.NoError(t, os.WriteFile(outside, []byte("secret"), 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "index.html"), []byte("<h1>"), 0o600))
	require.NoError(t, os.Symlink(outside, filepath.Join(dir, "link.txt")))
	require.NoError(t, os.Symlink(filepath.Dir(outside), filepath.Join(dir, "folder")))
	require.NoError(t, os.Symlink("index.html", filepath.Join(dir, "inside.html")))
	line, _ := serving(t, "-addr", "127.0.0.1:0", "-site", dir)
	home := strings.TrimSpace(strings.TrimPrefix(line, "hsmplay is at "))
	for path, want := range map[string]int{"": 200, "inside.html": 200, "link.txt": 404, "folder/secret.txt": 404} {
		answer, err := http.Get(home + path)
		require.NoError(t, err)
		answer.Body.Close()
		require.Equal(t, want, answer.StatusCode, path)
	}
}

func TestServeTakesTheNextPortWhereItsOwnIsInUse(t *testing.T) {
	taken, err := net.Listen("tcp", serveAddr)
	if err == nil {
		defer taken.Close() // else it is in use already
	}
	line, warned := serving(t, "-site", "testdata/site")
	require.Regexp(t, `^hsmplay is at http://127\.0\.0\.1:80(8[1-9]|9\d|100)/\n$`, line)
	require.Equal(t, serveAddr+" is in use: the next free port is taken\n", warned)

	other, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer other.Close()
	r := hsmplay(t, "", "serve", "-addr", other.Addr().String(), "-site", "testdata/site")
	require.Equal(t, failed, r.status, "an address that was asked for is not exchanged for another")
}

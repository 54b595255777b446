package main

import (
	"compress/gzip"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
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
	w := get("GET", "/", "br, gzip")
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
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	out, in := io.Pipe()
	over := make(chan int)
	go func() {
		over <- run(ctx, host{nil, in, in}, []string{"serve", "-addr", "127.0.0.1:0", "-site", "testdata/site"})
	}()
	line := make([]byte, 200)
	n, err := out.Read(line)
	require.NoError(t, err)
	require.Regexp(t, `^hsmplay is at http://127\.0\.0\.1:\d+/\n$`, string(line[:n]))
	cancel()
	require.Equal(t, done, <-over)
}

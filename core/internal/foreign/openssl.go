// Package foreign runs the openssl of the machine that tests run on, to hold what is made here
// against somebody else's work. For tests only.
package foreign

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// OpenSSL is a directory in which openssl runs.
type OpenSSL struct {
	t   testing.TB
	Dir string
}

// NewOpenSSL skips the test where openssl is not installed.
func NewOpenSSL(t testing.TB) OpenSSL {
	t.Helper()
	if _, err := exec.LookPath("openssl"); err != nil {
		t.Skip("no openssl on PATH: interoperability is not tested")
	}
	return OpenSSL{t, t.TempDir()}
}

// Try runs the words of a line, and more words as they are; it returns what is printed, and an
// error where openssl refuses.
func (o OpenSSL) Try(line string, more ...string) (string, error) {
	cmd := exec.Command("openssl", append(strings.Fields(line), more...)...)
	cmd.Dir = o.Dir
	out, err := cmd.CombinedOutput()
	return string(out), err
}

// Run is Try for what must succeed.
func (o OpenSSL) Run(line string, more ...string) string {
	o.t.Helper()
	out, err := o.Try(line, more...)
	if err != nil {
		o.t.Fatalf("openssl %s: %v\n%s", line, err, out)
	}
	return out
}

// Write writes a file.
func (o OpenSSL) Write(name string, data []byte) {
	o.t.Helper()
	if err := os.WriteFile(filepath.Join(o.Dir, name), data, 0o600); err != nil {
		o.t.Fatal(err)
	}
}

// Read reads a file.
func (o OpenSSL) Read(name string) []byte {
	o.t.Helper()
	data, err := os.ReadFile(filepath.Join(o.Dir, name))
	if err != nil {
		o.t.Fatal(err)
	}
	return data
}

// Share is Try with files that both sides see: those that have no directory in their name are
// written before, and all that stand there after it are read.
func (o OpenSSL) Share(files map[string][]byte, line string) (string, error) {
	o.t.Helper()
	return o.share(files, func() (string, error) { return o.Try(line) })
}

// SharePython runs a script of Python with files that both sides see, as Share does. Its library
// cryptography brings an OpenSSL of its own, which may know more than the one on PATH.
func (o OpenSSL) SharePython(files map[string][]byte, script string) (string, error) {
	o.t.Helper()
	return o.share(files, func() (string, error) {
		cmd := exec.Command("python3", "-c", script)
		cmd.Dir = o.Dir
		out, err := cmd.CombinedOutput()
		return string(out), err
	})
}

// share runs something in the directory with files that both sides see.
func (o OpenSSL) share(files map[string][]byte, run func() (string, error)) (string, error) {
	o.t.Helper()
	for name, data := range files {
		if name == filepath.Base(name) {
			o.Write(name, data)
		}
	}
	out, err := run()
	entries, dirErr := os.ReadDir(o.Dir)
	if dirErr != nil {
		o.t.Fatal(dirErr)
	}
	for _, e := range entries {
		files[e.Name()] = o.Read(e.Name())
	}
	return out, err
}

// Shell runs a line of a shell in which openssl is one of several commands.
func (o OpenSSL) Shell(line string) (string, error) {
	cmd := exec.Command("sh", "-c", line)
	cmd.Dir = o.Dir
	out, err := cmd.CombinedOutput()
	return string(out), err
}

package shell

import (
	"crypto/rand"
	"io"
	"strings"
)

// deviceReader returns what reading a device gives, nil for a path that is none.
func deviceReader(file string) io.Reader {
	switch file {
	case "/dev/null":
		return strings.NewReader("")
	case "/dev/zero", "/dev/full":
		return zeros{}
	case "/dev/random", "/dev/urandom":
		return rand.Reader
	}
	return nil
}

// deviceWriter returns what takes the bytes written to a device, nil for a path that is none.
func deviceWriter(file string, out, err, terminal io.Writer) io.Writer {
	switch file {
	case "/dev/null", "/dev/zero", "/dev/random", "/dev/urandom":
		return io.Discard
	case "/dev/full":
		return full{}
	case "/dev/stdout":
		return out
	case "/dev/stderr":
		return err
	case "/dev/tty":
		return terminal
	}
	return nil
}

type zeros struct{}

func (zeros) Read(data []byte) (int, error) {
	clear(data)
	return len(data), nil
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, NoSpace }

package openssl

import (
	"bytes"
	"encoding/pem"
	"errors"
	"io"
	"io/fs"
	"slices"
)

// inputMax is the largest input that is read, in bytes.
const inputMax = 16 << 20

// pemMax is the largest file that is searched for PEM blocks, in bytes.
const pemMax = 1 << 20

// input reads the file of -in, or standard input.
func (c *call) input() ([]byte, error) {
	if !c.has("in") {
		return c.stdin()
	}
	return c.read(c.last("in"))
}

// read reads a file in the words of OpenSSL's BIO: the file's name and the system's reason.
func (c *call) read(name string) ([]byte, error) {
	data, err := c.ReadFile(name)
	if err != nil {
		return nil, refuse("Can't open \"%s\" for reading, %s", name, reason(err))
	}
	return data, nil
}

// stdin reads standard input to its end.
func (c *call) stdin() ([]byte, error) {
	if c.In == nil {
		return nil, nil
	}
	data, err := io.ReadAll(io.LimitReader(c.In, inputMax+1))
	if err != nil || len(data) > inputMax {
		return nil, refuse("Error reading from standard input")
	}
	return data, nil
}

// reason words an error of the file system as the C library does.
func reason(err error) string {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "No such file or directory"
	case errors.Is(err, fs.ErrPermission):
		return "Permission denied"
	}
	return err.Error()
}

// output writes to the file of -out, or to standard output.
func (c *call) output(data []byte) error { return c.write(c.last("out"), data) }

// write writes to a file, or to standard output if it has no name.
func (c *call) write(name string, data []byte) error {
	if name == "" || name == "/dev/stdout" {
		_, err := c.Out.Write(data)
		return err
	}
	if err := c.WriteFile(name, data); err != nil {
		return refuse("Can't open \"%s\" for writing, %s", name, reason(err))
	}
	return nil
}

// encode returns DER as -outform wants it: as a PEM block with the label, or as it is.
func (c *call) encode(label string, der []byte) []byte {
	if isDER(c.last("outform")) {
		return der
	}
	return pemOf(label, der)
}

// isPEMFile reports whether data has the beginning of a PEM block.
func isPEMFile(data []byte) bool { return bytes.Contains(data, []byte("-----BEGIN ")) }

// misformed says why data is not in the format that -inform names, or that is there without it; ""
// where it is. No format is any.
func (c *call) misformed(data []byte, otherwise string) string {
	named := firstOf(c.last("inform"), otherwise)
	switch {
	case named == "" || isDER(named) != isPEMFile(data):
		return ""
	case isDER(named):
		return "it is PEM where -inform says DER"
	}
	return "it is no PEM, which needs -inform DER"
}

// blocks returns the PEM blocks of a file that bear one of the labels; no labels are all.
func blocks(data []byte, labels ...string) []*pem.Block {
	if len(data) > pemMax {
		return nil
	}
	var found []*pem.Block
	for {
		block, rest := pem.Decode(data)
		if block == nil {
			return found
		}
		if len(labels) == 0 || slices.Contains(labels, block.Type) {
			found = append(found, block)
		}
		data = rest
	}
}

// derOf returns the DER in a file: of the first PEM block that bears one of the labels, or all of
// it. nil is for a PEM file without such a block.
func derOf(data []byte, labels ...string) []byte {
	if !isPEMFile(data) {
		return data
	}
	if found := blocks(data, labels...); len(found) > 0 {
		return found[0].Bytes
	}
	return nil
}

// pemOf returns a PEM block.
func pemOf(label string, der []byte) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: label, Bytes: der})
}

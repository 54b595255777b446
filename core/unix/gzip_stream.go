package unix

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"hash/crc32"
	"io"

	"hsmplay/core/voice"
)

// room is what is written where there is as much room as for an expansion.
type room struct {
	bytes.Buffer
	p *Process
}

func (r *room) Write(data []byte) (int, error) {
	r.p.Room(int64(r.Len() + len(data)))
	return r.Buffer.Write(data)
}

// counted counts what passes.
type counted struct {
	w io.Writer
	n int64
}

func (c *counted) Write(data []byte) (int, error) {
	c.n += int64(len(data))
	return c.w.Write(data)
}

// run compresses r or opens it, and says how it went with -v. It reports whether it went well.
func (c *gzipCall) run(name string, r io.Reader, w io.Writer, h gzip.Header) bool {
	if c.opens() {
		return c.open(name, bufio.NewReader(r), w)
	}
	packed := &counted{w: w}
	z, _ := gzip.NewWriterLevel(packed, c.level)
	z.Header = h
	in := &counted{w: z}
	c.p.eachBlock(r, func(block []byte) { _, _ = in.Write(block) })
	if z.Close() != nil {
		return false
	}
	c.ratio(name, in.n, packed.n-headSize(h.Name))
	return true
}

// open decompresses the members of a file, one behind the other (RFC 1952, 2.2).
func (c *gzipCall) open(name string, r *bufio.Reader, w io.Writer) bool {
	if c.o.has('t') || c.o.has('l') {
		w = io.Discard
	}
	if magic, _ := r.Peek(2); c.o.has('f') && c.o.has('c') && !isGzip(magic) {
		c.p.eachBlock(r, func(block []byte) { _, _ = w.Write(block) })
		return true
	}
	if magic, _ := r.Peek(2); len(magic) > 0 && !isGzip(magic) {
		return c.broken(name, gzip.ErrHeader)
	}
	sum := crc32.NewIEEE()
	out := &counted{w: io.MultiWriter(w, sum)}
	in := &countedReader{r: r}
	h, err := c.members(name, in, out)
	if err != nil {
		return c.broken(name, err)
	}
	switch {
	case c.o.has('l'):
		c.list(name, in.n, out.n, sum.Sum32(), h)
	case c.o.has('t') && c.o.has('v'):
		c.p.Errorf("%s:\t OK\n", voice.OneLine(name))
	default:
		c.ratio(name, out.n, in.n-headSize(h.Name))
	}
	return true
}

// broken says what is wrong inside of a file.
func (c *gzipCall) broken(name string, err error) bool {
	c.p.Errorf("\ngzip: %s: %s\n", voice.OneLine(name), whyNot(err))
	c.status = 1
	return false
}

// members writes the content of all members and returns the header of the first.
func (c *gzipCall) members(name string, in *countedReader, w io.Writer) (first gzip.Header, err error) {
	z, err := gzip.NewReader(in)
	if err != nil {
		return first, err
	}
	first = z.Header
	for {
		z.Multistream(false)
		c.p.eachBlock(reading{z, &err}, func(block []byte) { _, _ = w.Write(block) })
		if err != nil {
			return first, err
		}
		switch next, bad := in.r.Peek(1); {
		case bad != nil || next[0] == 0: // zeros fill a block of a tape up
			return first, nil
		}
		if z.Reset(in) != nil {
			c.warns("\ngzip: %s: decompression OK, trailing garbage ignored", voice.OneLine(name))
			return first, nil
		}
	}
}

// reading keeps the error that ended a reader, but for its end.
type reading struct {
	r   io.Reader
	err *error
}

func (r reading) Read(data []byte) (int, error) {
	n, err := r.r.Read(data)
	if err != nil && err != io.EOF {
		*r.err = err
	}
	return n, err
}

// countedReader counts what is read, and hands out no more than is asked for: what stands behind a member is
// not lost.
type countedReader struct {
	r *bufio.Reader
	n int64
}

func (c *countedReader) Read(data []byte) (int, error) {
	n, err := c.r.Read(data)
	c.n += int64(n)
	return n, err
}

func (c *countedReader) ReadByte() (byte, error) {
	b, err := c.r.ReadByte()
	if err == nil {
		c.n++
	}
	return b, err
}

// whyNot is what gzip calls an error of a compressed file.
func whyNot(err error) string {
	switch {
	case errors.Is(err, gzip.ErrHeader):
		return "not in gzip format"
	case errors.Is(err, gzip.ErrChecksum):
		return "invalid compressed data--crc error"
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return "unexpected end of file"
	}
	return "invalid compressed data--format violated"
}

// isGzip reports whether data begins as what gzip makes.
func isGzip(data []byte) bool { return bytes.HasPrefix(data, []byte("\x1f\x8b")) }

// gzipped is data compressed, without a name.
func gzipped(data []byte) []byte {
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	_, _ = z.Write(data) // into memory
	_ = z.Close()
	return out.Bytes()
}

// gunzipped is what data was before it was compressed; of a broken file what comes before the fault.
func (p *Process) gunzipped(data []byte) ([]byte, error) {
	if !isGzip(data) {
		return nil, gzip.ErrHeader
	}
	c := &gzipCall{p: p, o: options{given: map[byte]bool{'q': true}}}
	out := &room{p: p}
	_, err := c.members("stdin", &countedReader{r: bufio.NewReader(bytes.NewReader(data))}, out)
	return out.Bytes(), err
}

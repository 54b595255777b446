package unix

import (
	"compress/gzip"
	"fmt"
	"time"

	"hsmplay/core/voice"
)

// headSize is how many bytes of a compressed file are not content: header, name, sum and length.
func headSize(name string) int64 {
	size := int64(18)
	if name != "" {
		size += int64(len(name)) + 1
	}
	return size
}

// ratio says what was saved. The line goes on where the file is replaced.
func (c *gzipCall) ratio(name string, in, out int64) {
	if !c.o.has('v') || name == "stdin" && !c.o.has('c') {
		return
	}
	end := ""
	if c.o.has('c') {
		end = "\n"
	}
	c.p.Errorf("%s:\t%s%s", voice.OneLine(name), saved(in, out), end)
}

// list prints the row of -l, below the heads before the first.
func (c *gzipCall) list(name string, in, out int64, sum uint32, h gzip.Header) {
	more := ""
	if c.o.has('v') {
		more = "method  crc     date  time  "
	}
	if c.listed.files == 0 && !c.o.has('q') {
		c.p.Printf("%s%19s %19s  ratio uncompressed_name\n", more, "compressed", "uncompressed")
	}
	c.listed.files, c.listed.in, c.listed.out = c.listed.files+1, c.listed.in+in, c.listed.out+out
	if c.o.has('v') {
		date := h.ModTime
		if date.IsZero() {
			date = c.p.Date(c.p.Now())
		}
		c.p.Printf("defla %08x %s ", sum, strftime("%b %e %H:%M", date.In(time.UTC)))
	}
	bare, _ := c.bare(name)
	if c.o.has('N') && h.Name != "" {
		bare = h.Name
	}
	c.p.Printf("%s %s\n", sizes(in, out), voice.OneLine(bare))
}

// sizes are the columns of -l.
func sizes(in, out int64) string { return fmt.Sprintf("%19d %19d %s", in, out, saved(out, in-18)) }

// saved is how much smaller the content has become.
func saved(in, out int64) string {
	percent := 0.0
	if in > 0 {
		percent = 100 * float64(in-out) / float64(in)
	}
	return fmt.Sprintf("%5.1f%%", percent)
}

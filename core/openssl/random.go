package openssl

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
)

// Version is the OpenSSL whose wording and formats this one follows.
const Version = "OpenSSL 3.0.19 27 Jan 2026"

// version says which openssl this is, and that it is not the real one.
func version(c *call) error {
	fmt.Fprintf(c.Out, "%s (Library: hsmplay, a small part of it)\n", Version)
	if c.has("a") {
		fmt.Fprintf(c.Out, "platform: hsmplay\nOPENSSLDIR: N/A\nENGINESDIR: N/A\n")
	}
	return nil
}

// random writes random bytes.
func random(c *call) error {
	if len(c.rest) != 1 {
		return refuse("%s: Use -help for summary.", c.name)
	}
	n, err := strconv.ParseUint(c.rest[0], 10, 31)
	if err != nil || n == 0 || n > inputMax {
		return c.usage("Can't parse \"%s\" as a number", c.rest[0])
	}
	data := make([]byte, n)
	rand.Read(data)
	switch {
	case c.has("hex"):
		data = append(hex.AppendEncode(nil, data), '\n')
	case c.has("base64"):
		data = base64Lines(data)
	}
	return c.output(data)
}

// base64Line is how many bytes a line of base64 holds: 64 characters.
const base64Line = 48

// base64Lines encodes in lines of 64 characters.
func base64Lines(data []byte) []byte {
	var out []byte
	for len(data) > 0 {
		n := min(base64Line, len(data))
		out = append(base64.StdEncoding.AppendEncode(out, data[:n]), '\n')
		data = data[n:]
	}
	return out
}

// errstr takes an error code of OpenSSL apart; names of libraries and reasons are not in the playground.
func errstr(c *call) error {
	for _, word := range c.rest {
		code, err := strconv.ParseUint(strings.TrimPrefix(word, "0x"), 16, 32)
		if err != nil {
			return refuse("%s: invalid error code", c.name)
		}
		fmt.Fprintf(c.Out, "error:%08X:lib(%d)::reason(%d)\n", code, code>>23&0xff, code&0x7fffff)
	}
	return nil
}

package openssl

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"strconv"
)

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

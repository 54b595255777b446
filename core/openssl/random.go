package openssl

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
)

// random writes random bytes.
func random(c *call) error {
	data := make([]byte, c.args.Int("num"))
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

package openssl

import (
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

// errstr takes an error code of OpenSSL apart; names of libraries and reasons are not in the
// playground.
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

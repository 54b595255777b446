package openssl

import (
	"crypto/pbkdf2"
	"encoding/hex"
	"hash"
	"strconv"
	"strings"

	"hsmplay/core/voice"
)

// The bounds of kdf: PBKDF2 of this size takes a second in a browser.
const (
	kdfLengthMax = 4096
	kdfRoundsMax = 10_000_000
)

// pbkdf2Options are the parameters of PBKDF2 with OpenSSL's defaults (RFC 8018, 5.2).
type pbkdf2Options struct {
	digest     *digest
	pass, salt []byte
	rounds     int
}

// kdf derives a key from a password.
func kdf(c *call) error {
	if len(c.rest) != 1 || !strings.EqualFold(c.rest[0], "PBKDF2") {
		return refuse("Invalid KDF name").because(voice.OpenSSLValue, "command", c.name, "value", voice.Word(strings.Join(c.rest, " ")),
			"option", "kdf_name", "known", "PBKDF2")
	}
	length := c.count("keylen", 0)
	if length == 0 {
		return c.usage("Invalid number of bytes")
	}
	o, err := c.pbkdf2Options()
	if err != nil {
		return err
	}
	if length > kdfLengthMax || length*o.rounds/o.digest.hash.Size() > kdfRoundsMax {
		return refuse("EVP_KDF_derive failed")
	}
	c.Secret()
	key, err := pbkdf2.Key(func() hash.Hash { return o.digest.hash.New() }, string(o.pass), o.salt, o.rounds, length)
	if err != nil {
		return refuse("EVP_KDF_derive failed")
	}
	if c.has("binary") {
		return c.output(key)
	}
	return c.output([]byte(colons(key, "%02X") + "\n\n"))
}

func (c *call) pbkdf2Options() (o pbkdf2Options, err error) {
	list, err := c.settings(c.all("kdfopt"))
	o = pbkdf2Options{digest: digestNamed("sha1"), rounds: 2048}
	for _, s := range list {
		var bad error
		switch s.name {
		case "digest":
			if o.digest = digestNamed(s.value); o.digest == nil {
				return o, c.unknownValue(s, strings.Join(digestNames(), ", "))
			}
		case "pass":
			o.pass = []byte(s.value)
		case "salt":
			o.salt = []byte(s.value)
		case "hexpass":
			o.pass, bad = hex.DecodeString(s.value)
		case "hexsalt":
			o.salt, bad = hex.DecodeString(s.value)
		case "iter":
			var n uint64
			if n, bad = strconv.ParseUint(s.value, 10, 31); n == 0 {
				bad = strconv.ErrRange
			}
			o.rounds = int(n)
		default:
			bad = strconv.ErrSyntax
		}
		if bad != nil {
			return o, c.unknownValue(s, "digest, pass, hexpass, salt, hexsalt and iter")
		}
	}
	return o, err
}

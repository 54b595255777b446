package openssl

import (
	"crypto"
	"crypto/hmac"
	_ "crypto/md5" // the hashes of the table register themselves
	_ "crypto/sha1"
	_ "crypto/sha256"
	_ "crypto/sha3"
	_ "crypto/sha512"
	"encoding/hex"
	"fmt"
	"math/big"
	"slices"
	"strings"

	"golang.org/x/crypto/cryptobyte"
	der "golang.org/x/crypto/cryptobyte/asn1"

	"hsmplay/core/attr"
	"hsmplay/core/command"
	"hsmplay/core/mech"
	"hsmplay/core/voice"
)

// digest is one hash by its names.
type digest struct {
	name    string // as an option
	shown   string // in front of a digest
	short   string // the same for the default digest
	hash    crypto.Hash
	aliases []string
}

var digests = []*digest{
	{"md5", "MD5", "MD5", crypto.MD5, nil},
	{"sha1", "SHA1", "SHA1", crypto.SHA1, []string{"sha-1", "ssl3-sha1"}},
	{"sha224", "SHA2-224", "SHA224", crypto.SHA224, []string{"sha-224", "sha2-224"}},
	{"sha256", "SHA2-256", "SHA256", crypto.SHA256, []string{"sha-256", "sha2-256"}},
	{"sha384", "SHA2-384", "SHA384", crypto.SHA384, []string{"sha-384", "sha2-384"}},
	{"sha512", "SHA2-512", "SHA512", crypto.SHA512, []string{"sha-512", "sha2-512"}},
	{"sha512-224", "SHA2-512/224", "SHA512-224", crypto.SHA512_224, nil},
	{"sha512-256", "SHA2-512/256", "SHA512-256", crypto.SHA512_256, nil},
	{"sha3-224", "SHA3-224", "SHA3-224", crypto.SHA3_224, nil},
	{"sha3-256", "SHA3-256", "SHA3-256", crypto.SHA3_256, nil},
	{"sha3-384", "SHA3-384", "SHA3-384", crypto.SHA3_384, nil},
	{"sha3-512", "SHA3-512", "SHA3-512", crypto.SHA3_512, nil},
}

// sha256Digest is the one without an option.
func sha256Digest() *digest { return digestNamed("sha256") }

// digestNamed returns the digest of a name in whatever case, nil if there is none.
func digestNamed(name string) *digest {
	name = strings.ToLower(name)
	for _, d := range digests {
		if d.name == name || slices.Contains(d.aliases, name) {
			return d
		}
	}
	return nil
}

func digestNames() []string {
	var names []string
	for _, d := range digests {
		names = append(names, d.name)
	}
	return names
}

// digestWords are the digests as values of an option, with their other names.
func digestWords() []command.Value {
	values := words(digestNames())
	for _, d := range digests {
		for _, alias := range d.aliases {
			values = append(values, command.Value{Word: alias, Hidden: true})
		}
	}
	return values
}

// noDigest is that of Ed25519, which signs what it is given.
var noDigest = &digest{}

func (d *digest) sum(data []byte) []byte {
	if d == noDigest {
		return data
	}
	h := d.hash.New()
	h.Write(data)
	return h.Sum(nil)
}

// dgst is digests of files, and signatures of them.
func dgst(c *call) error {
	if d := digestNamed(c.name); d != nil {
		c.digest = d
	}
	plain := sha256Digest().short
	if c.digest == nil {
		c.digest = sha256Digest()
	} else {
		plain = c.digest.shown
	}
	if c.has("sign") || c.has("verify") || c.has("prverify") {
		return dgstWithKey(c)
	}
	if c.has("hmac") || c.has("mac") {
		return dgstMAC(c)
	}
	return c.eachFile(func(name string, data []byte) ([]byte, error) {
		return c.digestLine(plain, name, c.digest.sum(data), true), nil
	})
}

// dgstMAC is a digest under a key, HMAC (RFC 2104): of -hmac, or of -mac HMAC with -macopt.
func dgstMAC(c *call) error {
	key := []byte(c.last("hmac"))
	if c.has("mac") {
		if !strings.EqualFold(c.last("mac"), "HMAC") {
			return refuse("Error generating key").because(voice.OpenSSLValue, "command", c.name, "value", voice.Word(c.last("mac")), "option", "-mac", "known", "HMAC")
		}
		list, err := c.settings(c.all("macopt"))
		if err != nil {
			return err
		}
		for _, s := range list {
			switch s.name {
			case "key":
				key = []byte(s.value)
			case "hexkey":
				if key, err = hex.DecodeString(s.value); err != nil {
					return refuse("MAC parameter error \"%s:%s\"", s.name, s.value)
				}
			default:
				return c.unknownValue(s, "key and hexkey")
			}
		}
		if len(list) == 0 {
			return refuse("%s: Error generating HMAC key", c.name).because(voice.OpenSSLValue, "command", c.name, "value", "", "option", "-macopt", "known", "key:text and hexkey:digits")
		}
	}
	return c.eachFile(func(name string, data []byte) ([]byte, error) {
		h := hmac.New(c.digest.hash.New, key)
		h.Write(data)
		return c.digestLine("HMAC-"+c.digest.shown, name, h.Sum(nil), true), nil
	})
}

// eachFile runs f on the files of the line, or on standard input, and writes what f returns in one
// piece. A file that is not there does not keep the others from their turn.
func (c *call) eachFile(f func(name string, data []byte) ([]byte, error)) error {
	var out []byte
	var failed error
	names := c.rest
	if len(names) == 0 {
		names = []string{""}
	}
	for _, name := range names {
		data, err := c.stdinOr(name)
		if err != nil {
			failed = refuse("%s: %s", name, reason(err))
			continue
		}
		if name == "" {
			name = "stdin"
		}
		var text []byte
		if text, err = f(name, data); err != nil {
			failed = err
		}
		out = append(out, text...)
	}
	if err := c.output(out); err != nil {
		return err
	}
	return failed
}

// digestLine formats a digest or a signature as -c, -r, -hex and -binary say.
func (c *call) digestLine(label, name string, sum []byte, asText bool) []byte {
	switch {
	case c.has("binary"), !asText && !c.has("hex"):
		return sum
	case c.has("r"):
		return fmt.Appendf(nil, "%x *%s\n", sum, name)
	case c.has("c"):
		return fmt.Appendf(nil, "%s(%s)= %s\n", label, name, colons(sum, "%02x"))
	}
	return fmt.Appendf(nil, "%s(%s)= %s\n", label, name, hex.EncodeToString(sum))
}

// colons writes bytes in hexadecimal with colons between them.
func colons(data []byte, verb string) string {
	parts := make([]string, len(data))
	for i, b := range data {
		parts[i] = fmt.Sprintf(verb, b)
	}
	return strings.Join(parts, ":")
}

// keyLabels stand in front of a signature in hexadecimal.
var keyLabels = []struct {
	of    attr.KeyType
	label string
}{{attr.RSA, "RSA-"}, {attr.EC, "EC-"}, {attr.DSA, "DSA-"}}

// dgstWithKey signs a file, or verifies its signature.
func dgstWithKey(c *call) error {
	if len(c.rest) > 1 {
		return refuse("%s: Can only sign or verify one file.", c.name)
	}
	how, err := c.padding(c.all("sigopt"), c.digest.hash)
	if err != nil {
		return err
	}
	if !c.has("sign") {
		return dgstVerify(c, how)
	}
	key, err := c.signingKey(c.last("sign"), "private key")
	if err != nil {
		return err
	}
	if err := unsettable25519(key); err != nil {
		return err
	}
	label := c.digest.shown
	for _, row := range keyLabels {
		if row.of == key.Type {
			label = row.label + label
		}
	}
	return c.eachFile(func(name string, data []byte) ([]byte, error) {
		signature, err := c.signature(key, how, c.digest.sum(data))
		if err != nil {
			return nil, err
		}
		return c.digestLine(label, name, signature, false), nil
	})
}

func dgstVerify(c *call, how mech.Prehashed) error {
	var public *mech.Material
	var err error
	if name := c.last("verify"); c.has("verify") {
		public, err = c.publicKey(name, "public key")
	} else if public, err = c.privateKey(c.last("prverify"), "private key"); err == nil {
		public = public.Public()
	}
	if err != nil {
		return err
	}
	if err := unsettable25519(public); err != nil {
		return err
	}
	if !c.has("signature") {
		return refuse("No signature to verify: use the -signature option")
	}
	signature, err := c.ReadFile(c.last("signature"))
	if err != nil {
		return refuse("Error opening signature file %s", c.last("signature"))
	}
	if public.Type == attr.EC && !isECSignature(signature) {
		return refuse("Error verifying data")
	}
	return c.eachFile(func(_ string, data []byte) ([]byte, error) {
		if how.Verify(public, c.digest.sum(data), signature) != nil {
			return []byte("Verification failure\n"), &refusal{}
		}
		return []byte("Verified OK\n"), nil
	})
}

// unsettable25519 refuses keys that go with no digest.
func unsettable25519(key *mech.Material) error {
	switch key.Type {
	case attr.Edwards:
		return refuse("Key type not supported for this operation").because(voice.OpenSSLRaw, "type", key.Type.Show())
	case attr.Montgomery:
		return refuse("Error setting context").because(voice.OpenSSLAgrees, "type", key.Type.Show())
	}
	return nil
}

// isECSignature reports whether the bytes are r and s in DER (RFC 3279, 2.2.3).
func isECSignature(signature []byte) bool {
	outer := cryptobyte.String(signature)
	var inner cryptobyte.String
	r, s := new(big.Int), new(big.Int)
	return outer.ReadASN1(&inner, der.SEQUENCE) && outer.Empty() && inner.ReadASN1Integer(r) && inner.ReadASN1Integer(s) && inner.Empty()
}

package openssl

import (
	"errors"
	"fmt"
	"strings"

	"hsmplay/core/attr"
	"hsmplay/core/mech"
	"hsmplay/core/voice"
)

// shape is what sets rsa, ec and pkey apart.
type shape struct {
	of        attr.KeyType // rsa and ec
	any       bool         // pkey
	private   string       // what a private key is called when it cannot be read
	public    string
	first     string // said before reading
	writing   string // said before writing
	other     string // said of a key of another type
	unread    string // said after the reason when there is no key
	good      string // said of a key that passes -check
	goodAside string // the same, to standard error
	legacy    bool   // writes the traditional format by itself
}

func rsaKey(c *call) error {
	return convert(c, shape{of: attr.RSA, private: "private key", public: "Public Key",
		writing: "writing RSA key\n", other: "Not an RSA key",
		good: "RSA key ok\n"})
}

func ecKey(c *call) error {
	return convert(c, shape{of: attr.EC, private: "private key", public: "Public Key",
		first: "read EC key\n", writing: "writing EC key\n",
		other: "unable to load Key", unread: "unable to load Key\n", goodAside: "EC Key valid.\n", legacy: true})
}

func anyKey(c *call) error {
	if c.has("traditional") && isDER(c.last("outform")) {
		c.warn("Warning: The -traditional is ignored since there is no PEM output\n")
	}
	return convert(c, shape{any: true, private: "key", public: "key of Public Key", good: "Key is valid\n"})
}

// convert reads a key, shows it and writes it again.
func convert(c *call, s shape) error {
	c.warn(s.first)
	key, err := c.inputKey(s)
	var r *refusal
	if errors.As(err, &r) {
		r.text += s.unread
	}
	if err != nil {
		return err
	}
	if !s.any && key.Type != s.of {
		return refuse("%s", s.other).because(voice.OpenSSLOtherType, "type", key.Type.Show())
	}
	c.wantParams(key)
	out := c.showKey(key, s)
	if !c.has("noout") {
		c.warn(s.writing)
		written, err := c.encodeKey(key, s)
		if err != nil {
			return err
		}
		out = append(out, written...)
	}
	if s.any && (c.has("text") || c.has("text_pub")) {
		if c.has("text_pub") || c.has("pubout") {
			key = key.Public()
		}
		out = append(out, c.keyText(key)...)
	}
	return c.output(out)
}

// showKey returns what is said in front of the key. A key is checked while it is read, so that what
// comes this far is good.
func (c *call) showKey(key *mech.Material, s shape) (out []byte) {
	if c.has("text") && !s.any {
		out = append(out, c.keyText(key)...)
	}
	if c.has("modulus") {
		out = append(out, modulusLine(key)...)
	}
	if c.has("check") || c.has("pubcheck") {
		if c.has("pubin") && s.goodAside != "" { // it wants the private number there too
			c.warn("EC Key Invalid!\n")
			return out
		}
		out = append(out, s.good...)
		c.warn(s.goodAside)
	}
	return out
}

// modulusLine is -modulus of keys, requests and certificates.
func modulusLine(key *mech.Material) string {
	if key.Type != attr.RSA {
		return "Modulus=No modulus for this public key type\n"
	}
	return fmt.Sprintf("Modulus=%X\n", key.Modulus)
}

// inputKey reads the key of -in.
func (c *call) inputKey(s shape) (*mech.Material, error) {
	name := c.last("in")
	what := s.private
	if c.has("pubin") {
		what = s.public
	}
	data, err := c.stdinOr(name)
	if err != nil {
		return nil, cannotOpen(name, what, err)
	}
	if why := c.misformed(data, ""); why != "" {
		return nil, cannotRead(name, what).because(voice.OpenSSLUnfit, "file", voice.Word(fileWords(name)), "why", why)
	}
	if c.has("pubin") {
		return c.parsePublic(name, what, data)
	}
	if _, public, err := mech.ParseFakePEM(onlyPrivate(data)); err == nil && c.publicOnly() {
		return public, nil
	}
	return c.parsePrivate(name, what, data)
}

// publicOnly reports whether nothing of the private half is wanted, which a fake PEM has not.
func (c *call) publicOnly() bool {
	return (c.has("noout") || c.has("pubout")) && !c.has("text") && !c.has("check")
}

// stdinOr reads a file, or standard input if it has no name.
func (c *call) stdinOr(name string) ([]byte, error) {
	if name == "" {
		return c.stdin()
	}
	return c.ReadFile(name)
}

// encodeKey returns a key as the options want it.
func (c *call) encodeKey(key *mech.Material, s shape) ([]byte, error) {
	if c.has("pubin") || c.has("pubout") {
		return c.encode("PUBLIC KEY", c.params(key, key.SPKI)), nil
	}
	return c.private(key, s.legacy || c.has("traditional"))
}

// wantParams reads how the parameters of an EC key are to be shown and written; without a wish they
// stay as they were.
func (c *call) wantParams(key *mech.Material) {
	if way := c.last("param_enc") + c.last("ec_param_enc"); way != "" {
		c.explicit = way == explicitWord
	}
	c.explicit = c.explicit && key.Type == attr.EC
}

// params returns the DER of a key with its parameters as they are wanted.
func (c *call) params(key *mech.Material, data []byte) []byte {
	if c.explicit {
		return byNumbers(data, key.Curve())
	}
	return data
}

// keyText is -text of a key.
func (c *call) keyText(key *mech.Material) string {
	if c.explicit {
		return numbersText(key, "") + domainOf(key.Curve()).text("")
	}
	return keyText(key, "")
}

func (c *call) outputPrivate(key *mech.Material) error {
	data, err := c.private(key, c.has("traditional"))
	if err != nil {
		return err
	}
	return c.output(data)
}

// pkcs8 converts to PKCS#8 and back.
func pkcs8(c *call) error {
	if c.has("v2") && keyCipherNamed(c.last("v2")) == nil {
		return c.usage("Unknown cipher: %s", c.last("v2")).because(voice.OpenSSLValue, "command", c.name, "value", voice.Word(c.last("v2")),
			"option", "-v2", "known", strings.Join(keyCipherNames(), ", "))
	}
	data, err := c.input()
	if err != nil {
		return err
	}
	if !c.has("topk8") && !c.has("nocrypt") && lockedBlock(data) == nil {
		return refuse("Error reading key").because(voice.OpenSSLNotLocked, "file", voice.Word(fileWords(c.last("in"))))
	}
	if why := c.misformed(data, ""); why != "" {
		r := cannotRead(c.last("in"), "key")
		if !c.has("topk8") {
			r = refuse("Error decrypting key")
		}
		return r.because(voice.OpenSSLUnfit, "file", voice.Word(fileWords(c.last("in"))), "why", why)
	}
	key, err := c.parsePrivate(c.last("in"), "key", data)
	if err != nil {
		return err
	}
	out, err := c.private(key, !c.has("topk8") && c.has("traditional"))
	if err != nil {
		return err
	}
	return c.output(out)
}

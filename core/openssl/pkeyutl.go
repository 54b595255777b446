package openssl

import (
	"slices"
	"strings"

	"hsmplay/core/attr"
	"hsmplay/core/mech"
	"hsmplay/core/mech/secret"
	"hsmplay/core/voice"
)

// pkeyutl signs digests and encrypts short inputs.
func pkeyutl(c *call) error {
	if !c.has("inkey") {
		return c.usage("No private key given (-inkey parameter)")
	}
	data, err := c.input()
	if err != nil {
		return err
	}
	for _, row := range pkeyutlWork {
		if c.has(row.option) {
			return row.run(c, data)
		}
	}
	return pkeyutlSign(c, data)
}

// pkeyutlWork is what pkeyutl does; without an option it signs.
var pkeyutlWork = []struct {
	option string
	run    func(c *call, data []byte) error
}{
	{"verify", pkeyutlVerify},
	{"encrypt", pkeyutlEncrypt},
	{"decrypt", pkeyutlDecrypt},
	{"sign", pkeyutlSign},
}

// pkeyutlPadding reads -pkeyopt for signatures, and checks that the input is as long as the digest.
func (c *call) pkeyutlPadding(data []byte) (mech.Prehashed, error) {
	how, err := c.padding(c.all("pkeyopt"), 0)
	if err == nil && how.Hash != 0 && len(data) != how.Hash.Size() {
		err = refuse("Public Key operation error").because(voice.OpenSSLNotDigest, "length", len(data), "size", how.Hash.Size())
	}
	if err == nil && how.Hash == 0 && how.PSS {
		err = refuse("Public Key operation error").because(voice.OpenSSLNoDigest)
	}
	return how, err
}

func pkeyutlSign(c *call, data []byte) error {
	how, err := c.pkeyutlPadding(data)
	if err != nil {
		return err
	}
	key, err := c.signingKey(c.last("inkey"), "private key")
	if err != nil {
		return err
	}
	signature, err := c.signature(key, how, data)
	if err != nil {
		return err
	}
	return c.output(signature)
}

func pkeyutlVerify(c *call, data []byte) error {
	how, err := c.pkeyutlPadding(data)
	if err != nil {
		return err
	}
	public, err := c.pkeyutlPublic()
	if err != nil {
		return err
	}
	if !c.has("sigfile") {
		return c.usage("No signature file specified for verify")
	}
	signature, err := c.read(c.last("sigfile"))
	if err != nil {
		return err
	}
	if how.Verify(public, data, signature) != nil {
		c.output([]byte("Signature Verification Failure\n"))
		return &refusal{}
	}
	return c.output([]byte("Signature Verified Successfully\n"))
}

// pkeyutlPublic reads the public key of -inkey: a public key, a certificate's, or a private key's
// other half.
func (c *call) pkeyutlPublic() (*mech.Material, error) {
	name := c.last("inkey")
	switch {
	case c.has("certin"):
		cert, err := c.certificate(name, "certificate")
		if err != nil {
			return nil, err
		}
		return cert.publicKey(name)
	case c.has("pubin"):
		return c.publicKey(name, "Public Key")
	}
	key, err := c.privateKey(name, "private key")
	if err != nil {
		return nil, err
	}
	return key.Public(), nil
}

func pkeyutlEncrypt(c *call, data []byte) error {
	p, err := c.encryption()
	if err != nil {
		return err
	}
	public, err := c.pkeyutlPublic()
	if err != nil {
		return err
	}
	out, _, err := secret.Wrap(public, data, p)
	return c.pkeyutlResult(public, out, err)
}

func pkeyutlDecrypt(c *call, data []byte) error {
	p, err := c.encryption()
	if err != nil {
		return err
	}
	key, err := c.privateKey(c.last("inkey"), "private key")
	if err != nil {
		return err
	}
	out, err := secret.Unwrap(key, data, p)
	return c.pkeyutlResult(key, out, err)
}

func (c *call) pkeyutlResult(key *mech.Material, out []byte, err error) error {
	switch {
	case err == nil:
		return c.output(out)
	case key.Type != attr.RSA:
		return refuse("%s: Error initializing context", c.name).because(voice.OpenSSLRSAOnly)
	}
	return refuse("Public Key operation error").because(voice.OpenSSLUnfit, "file", voice.Word(fileWords(c.last("in"))), "why", err.Error())
}

// encryption reads -pkeyopt for RSA encryption. OAEP masks with the hash that it labels with.
func (c *call) encryption() (mech.WrapParams, error) {
	p := mech.WrapParams{Wrapping: mech.WrapPKCS1}
	list, err := c.settings(c.all("pkeyopt"))
	if err != nil {
		return p, err
	}
	hash, mask := digestNamed("sha1"), (*digest)(nil)
	for _, s := range list {
		d := digestNamed(s.value)
		switch {
		case s.name == "rsa_padding_mode" && s.value == "oaep":
			p.Wrapping = mech.WrapOAEP
		case s.name == "rsa_padding_mode" && s.value == "pkcs1":
		case s.name == "rsa_oaep_md" && d != nil:
			hash = d
		case s.name == "rsa_mgf1_md" && d != nil:
			mask = d
		default:
			return p, c.unknownValue(s, "rsa_padding_mode of pkcs1 or oaep, rsa_oaep_md and rsa_mgf1_md")
		}
	}
	if p.Wrapping != mech.WrapOAEP {
		return p, nil
	}
	if slices.Contains(mech.Hashes, hash.hash) && (mask == nil || mask == hash) {
		p.Hash = hash.hash
		return p, nil
	}
	return p, c.unknownValue(setting{"rsa_oaep_md", hash.name}, strings.Join(digestNames()[1:], ", ")+", with the same rsa_mgf1_md")
}

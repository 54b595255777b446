package openssl

import (
	"bytes"
	"fmt"
	"math/big"
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
	if c.has("derive") {
		return pkeyutlDerive(c)
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
	{"verifyrecover", pkeyutlRecover},
	{"encrypt", pkeyutlEncrypt},
	{"decrypt", pkeyutlDecrypt},
	{"sign", pkeyutlSign},
}

// pkeyutlDigest reads -pkeyopt for signatures, and returns what is signed: with -rawin the digest of
// the input, otherwise the input, which must be as long as a digest.
func (c *call) pkeyutlDigest(key *mech.Material, data []byte) (mech.Prehashed, []byte, error) {
	if on25519(key) {
		return c.pkeyutlWhole(key, data)
	}
	if c.has("rawin") {
		return c.pkeyutlRaw(data)
	}
	how, err := c.padding(c.all("pkeyopt"), 0)
	if err == nil && how.Hash != 0 && len(data) != how.Hash.Size() {
		err = refuse("Public Key operation error").because(voice.OpenSSLNotDigest, "length", len(data), "size", how.Hash.Size())
	}
	if err == nil && how.Hash == 0 && how.PSS {
		err = refuse("Public Key operation error").because(voice.OpenSSLNoDigest)
	}
	return how, data, err
}

// pkeyutlWhole is for keys that take all of the input, and know of no digest.
func (c *call) pkeyutlWhole(key *mech.Material, data []byte) (how mech.Prehashed, whole []byte, err error) {
	id := voice.OpenSSLRaw
	if key.Type == attr.Montgomery {
		id = voice.OpenSSLAgrees
	}
	if id == voice.OpenSSLAgrees || !c.has("rawin") || c.has("digest") {
		return how, nil, refuse("%s: Error initializing context", c.name).because(id, "type", key.Type.Show())
	}
	if pairs := c.all("pkeyopt"); len(pairs) > 0 {
		return how, nil, refuse("%s: Can't set parameter \"%s\":", c.name, pairs[0])
	}
	return how, data, nil
}

// pkeyutlRaw takes the digest of -digest, which leaves -pkeyopt none to set.
func (c *call) pkeyutlRaw(data []byte) (how mech.Prehashed, digested []byte, err error) {
	d := sha256Digest()
	if name := c.last("digest"); name != "" {
		if d = digestNamed(name); d == nil {
			return how, nil, refuse("pkeyutl: Error initializing context").because(voice.OpenSSLValue, "command", c.name,
				"value", voice.Word(name), "option", "-digest", "known", strings.Join(digestNames(), ", "))
		}
	}
	for _, pair := range c.all("pkeyopt") {
		if strings.HasPrefix(pair, "digest:") {
			return how, nil, refuse("pkeyutl: Can't set parameter \"%s\":", pair)
		}
	}
	how, err = c.padding(c.all("pkeyopt"), d.hash)
	return how, d.sum(data), err
}

// outputData writes what a key has made, with -hexdump as text.
func (c *call) outputData(data []byte) error {
	if c.has("hexdump") {
		return c.output([]byte(hexDump(data)))
	}
	return c.output(data)
}

// hexDump shows 16 bytes a line, as BIO_dump does.
func hexDump(data []byte) string {
	var b strings.Builder
	at := 0
	for line := range slices.Chunk(data, 16) {
		cells, shown := fmt.Sprintf("% x", line), []byte{}
		if len(line) > 8 {
			cells = cells[:23] + "-" + cells[24:]
		}
		for _, c := range line {
			if c < ' ' || c > '~' {
				c = '.'
			}
			shown = append(shown, c)
		}
		fmt.Fprintf(&b, "%04x - %-47s   %s\n", at, cells, shown)
		at += len(line)
	}
	return b.String()
}

func pkeyutlSign(c *call, data []byte) error {
	key, err := c.signingKey(c.last("inkey"), "private key")
	if err != nil {
		return err
	}
	how, data, err := c.pkeyutlDigest(key, data)
	if err != nil {
		return err
	}
	signature, err := c.signature(key, how, data)
	if err != nil {
		return err
	}
	return c.outputData(signature)
}

func pkeyutlVerify(c *call, data []byte) error {
	public, err := c.pkeyutlPublic()
	if err != nil {
		return err
	}
	how, data, err := c.pkeyutlDigest(public, data)
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

// pkeyutlDerive writes the secret of a private key and somebody else's public one (SEC 1, 3.3.1).
func pkeyutlDerive(c *call) error {
	key, err := c.privateKey(c.last("inkey"), "private key")
	if err != nil {
		return err
	}
	if key.Type != attr.EC && key.Type != attr.Montgomery {
		return refuse("%s: Error initializing context", c.name).because(voice.OpenSSLOtherType, "type", key.Type.Show())
	}
	if !c.has("peerkey") {
		return refuse("Key derivation failed").because(voice.OpenSSLBefore, "option", "-derive", "first", "-peerkey FILE")
	}
	if list := c.all("pkeyopt"); len(list) > 0 {
		return refuse("%s: Can't set parameter \"%s\":", c.name, list[0])
	}
	file := c.last("peerkey")
	peer, err := c.publicKey(file, "peer key")
	if err != nil {
		r := asRefusal(err)
		r.text = strings.Replace(r.text, "loading peer", "loading public key of peer", 1) +
			"Error reading peer key " + file + "\n" + c.name + ": Error setting up peer key\n"
		return r
	}
	if peer.Type != key.Type || peer.Curve() != key.Curve() {
		return refuse("%s: Error setting up peer key", c.name).because(voice.OpenSSLUnfit, "file", voice.Word(file), "why", "its key is not on the curve of the private key")
	}
	shared, err := secret.Agree(key, peer)
	if err != nil && key.Type == attr.Montgomery {
		return refuse("Key derivation failed")
	}
	if err != nil {
		return refuse("Key derivation failed").because(voice.OpenSSLValue, "command", c.name, "value", voice.Word(key.Curve().Name),
			"option", "-derive", "known", "prime256v1, secp256k1, secp384r1 and secp521r1")
	}
	return c.outputData(shared)
}

// pkeyutlRecover shows what an RSA signature holds (RFC 8017, 8.2.2): whoever has the public key can.
func pkeyutlRecover(c *call, data []byte) error {
	public, err := c.pkeyutlPublic()
	if err != nil {
		return err
	}
	held, ok := recovered(public, data)
	switch {
	case public.Type != attr.RSA:
		return refuse("%s: Error initializing context", c.name).because(voice.OpenSSLRSAOnly)
	case !ok:
		return refuse("%s", c.operationError())
	}
	return c.outputData(held)
}

// operationError is how the command words that a key could not be used on the input.
func (c *call) operationError() string {
	if c.name == "rsautl" {
		return "RSA operation error"
	}
	return "Public Key operation error"
}

// recovered takes the padding off a signature.
func recovered(public *mech.Material, signature []byte) ([]byte, bool) {
	if public.Type != attr.RSA || len(signature) != len(public.Modulus) || len(signature) < 11 { // RFC 8017, 9.2
		return nil, false
	}
	n := new(big.Int).SetBytes(public.Modulus)
	m := new(big.Int).SetBytes(signature)
	if m.Cmp(n) >= 0 {
		return nil, false
	}
	block := m.Exp(m, new(big.Int).SetBytes(public.Exponent), n).FillBytes(make([]byte, len(public.Modulus)))
	padding, held, found := bytes.Cut(block[2:], []byte{0})
	if !found || block[0] != 0 || block[1] != 1 || len(padding) < 8 || len(bytes.Trim(padding, "\xff")) > 0 {
		return nil, false
	}
	return held, true
}

// rsautl is pkeyutl in older words: it does without digests.
func rsautl(c *call) error {
	c.warn("The command rsautl was deprecated in version 3.0. Use 'pkeyutl' instead.\n")
	if !c.has("inkey") {
		return refuse("no keyfile specified")
	}
	data, err := c.input()
	if err != nil {
		return err
	}
	p := mech.WrapParams{Wrapping: mech.WrapPKCS1}
	if c.has("oaep") {
		p = mech.WrapParams{Wrapping: mech.WrapOAEP, Hash: digestNamed("sha1").hash}
	}
	switch {
	case c.has("verify"):
		return pkeyutlRecover(c, data)
	case c.has("encrypt"):
		public, err := c.pkeyutlPublic()
		if err != nil {
			return err
		}
		out, _, err := secret.Wrap(public, data, p)
		return c.pkeyutlResult(public, out, err)
	case c.has("decrypt"):
		key, err := c.privateKey(c.last("inkey"), "private key")
		if err != nil {
			return err
		}
		out, err := secret.Unwrap(key, data, p)
		return c.pkeyutlResult(key, out, err)
	}
	return pkeyutlSign(c, data)
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
		return c.outputData(out)
	case key.Type != attr.RSA:
		return refuse("%s: Error initializing context", c.name).because(voice.OpenSSLRSAOnly)
	}
	return refuse("%s", c.operationError()).because(voice.OpenSSLUnfit, "file", voice.Word(fileWords(c.last("in"))), "why", err.Error())
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
	var known []string
	for _, d := range digests {
		if slices.Contains(mech.Hashes, d.hash) {
			known = append(known, d.name)
		}
	}
	if slices.Contains(mech.Hashes, hash.hash) && (mask == nil || mask == hash) {
		p.Hash = hash.hash
		return p, nil
	}
	return p, c.unknownValue(setting{"rsa_oaep_md", hash.name}, strings.Join(known, ", ")+", with the same rsa_mgf1_md")
}

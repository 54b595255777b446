package openssl

import (
	"bytes"
	"crypto/aes"
	stdcipher "crypto/cipher"
	"encoding/base64"
	"encoding/hex"
	"slices"
	"strings"

	"hsmplay/core/attr"
	"hsmplay/core/command"
	"hsmplay/core/mech"
	"hsmplay/core/mech/secret"
	"hsmplay/core/voice"
)

// cipher is one cipher of enc. run returns false for input that it does not take.
type cipher struct {
	name string
	key  int // bytes
	iv   int // bytes; 0 for none
	run  func(key, iv, data []byte, decrypt, padded bool) ([]byte, bool)
}

// The only initial values that wrapping takes here (RFC 3394, 2.2.3.1; RFC 5649, 3).
const (
	ivNoPad = "a6a6a6a6a6a6a6a6"
	ivPad   = "a65959a6"
)

var ciphers = []*cipher{
	{"id-aes128-wrap", 16, 8, keyWrap(mech.WrapNoPad)},
	{"id-aes192-wrap", 24, 8, keyWrap(mech.WrapNoPad)},
	{"id-aes256-wrap", 32, 8, keyWrap(mech.WrapNoPad)},
	{"id-aes128-wrap-pad", 16, 4, keyWrap(mech.WrapPad)},
	{"id-aes192-wrap-pad", 24, 4, keyWrap(mech.WrapPad)},
	{"id-aes256-wrap-pad", 32, 4, keyWrap(mech.WrapPad)},
	{"aes-128-ecb", 16, 0, ecb},
	{"aes-192-ecb", 24, 0, ecb},
	{"aes-256-ecb", 32, 0, ecb},
	{"aes-128-cbc", 16, 16, cbc},
	{"aes-192-cbc", 24, 16, cbc},
	{"aes-256-cbc", 32, 16, cbc},
}

// cipherNamed returns the cipher of a name in whatever case, nil if there is none.
func cipherNamed(name string) *cipher {
	name = strings.ToLower(name)
	for _, x := range ciphers {
		if x.name == name || slices.Contains(x.aliases(), name) {
			return x
		}
	}
	return nil
}

// aliases are the other names of a wrapping cipher: id-aes128-wrap is aes128-wrap and aes-128-wrap.
func (x *cipher) aliases() []string {
	short, ok := strings.CutPrefix(x.name, "id-")
	if !ok {
		return nil
	}
	return []string{short, strings.Replace(short, "aes", "aes-", 1)}
}

// cipherWords are the ciphers as values of an option, with their other names.
func cipherWords() []command.Value {
	values := words(cipherNames())
	for _, x := range ciphers {
		for _, alias := range x.aliases() {
			values = append(values, command.Value{Word: alias, Hidden: true})
		}
	}
	return values
}

func cipherNames() []string {
	var names []string
	for _, x := range ciphers {
		names = append(names, x.name)
	}
	return names
}

// enc encrypts, decrypts, wraps, and does base64.
func enc(c *call) error {
	if x := cipherNamed(c.name); x != nil {
		c.cipher = x
	}
	if c.cipher == nil && (c.name == "base64" || c.has("base64") || c.has("a")) {
		return base64Command(c)
	}
	if c.cipher == nil {
		r := refuse("%s: no cipher", c.name)
		return r.because(voice.OpenSSLLacks, "what", "enc without a cipher", "commands", strings.Join(cipherNames(), " "))
	}
	if c.has("K") && (c.has("k") || c.has("pass")) {
		return c.usage("-K beside a pass phrase is not supported")
	}
	if c.has("iv") && c.cipher.iv == 0 {
		c.warn("warning: iv not used by this cipher\n")
	}
	var from derivation
	var err error
	if !c.has("K") {
		if from, err = c.derivation(); err != nil {
			return err
		}
	}
	data, err := c.input()
	armored := c.has("base64") || c.has("a")
	if err == nil && armored && c.has("d") {
		data, err = fromBase64(data)
	}
	if err != nil {
		return err
	}
	var key, iv, head []byte
	if c.has("K") {
		key, iv, err = c.cipherKey()
	} else {
		key, iv, head, data, err = c.derivedKey(from, data)
	}
	if err != nil {
		return err
	}
	out, ok := c.cipher.run(key, iv, data, c.has("d"), !c.has("nopad"))
	if !ok {
		return c.badInput(data, iv)
	}
	out = append(head, out...)
	if armored && !c.has("d") {
		out = c.base64(out)
	}
	return c.output(out)
}

// cipherKey reads -K and -iv.
func (c *call) cipherKey() (key, iv []byte, err error) {
	switch {
	case c.cipher.iv > 0 && !c.has("iv"):
		return nil, nil, refuse("iv undefined")
	case c.cipher.iv > 0:
		if iv, err = c.hexValue("iv", c.cipher.iv); err != nil {
			return nil, nil, err
		}
	}
	key, err = c.hexValue("K", c.cipher.key)
	return key, iv, err
}

// hexValue reads a key or an IV: one that is too short is filled with zeros, the excess of one that
// is too long ignored, with OpenSSL's warnings.
func (c *call) hexValue(option string, size int) ([]byte, error) {
	digits := c.last(option)
	if len(digits) > 2*size {
		c.warn("hex string is too long, ignoring excess\n")
		digits = digits[:2*size]
	} else if len(digits) < 2*size {
		c.warn("hex string is too short, padding with zero bytes to length\n")
		digits += strings.Repeat("0", 2*size-len(digits))
	}
	value, err := hex.DecodeString(digits)
	if err != nil {
		return nil, refuse("non-hex digit\ninvalid hex %s value", strings.Replace(option, "K", "key", 1))
	}
	return value, nil
}

func (c *call) warn(text string) { c.Err.Write([]byte(text)) }

// badInput words a failure as OpenSSL does, and says why.
func (c *call) badInput(data, iv []byte) error {
	isWrap := strings.Contains(c.cipher.name, "wrap")
	switch {
	case isWrap && c.has("d"):
		return refuse("error writing output file").because(voice.OpenSSLUnwrap)
	case isWrap && !wrapIV(iv):
		return refuse("error writing output file").because(voice.OpenSSLIV, "cipher", c.cipher.name)
	case isWrap:
		return refuse("error writing output file").because(voice.OpenSSLWrapLength, "length", len(data), "cipher", c.cipher.name)
	case c.has("d"):
		return refuse("bad decrypt")
	}
	return refuse("bad encrypt")
}

func wrapIV(iv []byte) bool {
	value := hex.EncodeToString(iv)
	return value == ivNoPad || value == ivPad
}

// keyWrap is AES key wrap.
func keyWrap(w mech.Wrapping) func(key, iv, data []byte, decrypt, padded bool) ([]byte, bool) {
	return func(key, iv, data []byte, decrypt, _ bool) ([]byte, bool) {
		with, err := secret.New(attr.AES, key)
		if err != nil || !wrapIV(iv) {
			return nil, false
		}
		p := mech.WrapParams{Wrapping: w}
		var out []byte
		if decrypt {
			out, err = secret.Unwrap(with, data, p)
		} else {
			out, _, err = secret.Wrap(with, data, p)
		}
		return out, err == nil
	}
}

// ecb is the block cipher block by block.
func ecb(key, _, data []byte, decrypt, padded bool) ([]byte, bool) {
	return blockwise(aes.BlockSize, data, decrypt, padded, func(out, in []byte) {
		block := newAES(key)
		for i := 0; i < len(in); i += aes.BlockSize {
			if decrypt {
				block.Decrypt(out[i:], in[i:])
			} else {
				block.Encrypt(out[i:], in[i:])
			}
		}
	})
}

func cbc(key, iv, data []byte, decrypt, padded bool) ([]byte, bool) {
	return blockwise(aes.BlockSize, data, decrypt, padded, func(out, in []byte) {
		if decrypt {
			stdcipher.NewCBCDecrypter(newAES(key), iv).CryptBlocks(out, in)
		} else {
			stdcipher.NewCBCEncrypter(newAES(key), iv).CryptBlocks(out, in)
		}
	})
}

func newAES(key []byte) stdcipher.Block {
	block, err := aes.NewCipher(key)
	if err != nil {
		panic("openssl: " + err.Error())
	}
	return block
}

// blockwise pads, runs and unpads a block cipher (PKCS#7).
func blockwise(size int, data []byte, decrypt, padded bool, run func(out, in []byte)) ([]byte, bool) {
	if padded && !decrypt {
		fill := size - len(data)%size
		data = append(bytes.Clone(data), bytes.Repeat([]byte{byte(fill)}, fill)...)
	}
	if len(data)%size != 0 {
		return nil, false
	}
	out := make([]byte, len(data))
	run(out, data)
	if padded && decrypt {
		return unpad(size, out)
	}
	return out, true
}

func unpad(size int, data []byte) ([]byte, bool) {
	if len(data) == 0 {
		return nil, false
	}
	fill := int(data[len(data)-1])
	if fill == 0 || fill > size || !bytes.HasSuffix(data, bytes.Repeat([]byte{byte(fill)}, fill)) {
		return nil, false
	}
	return data[:len(data)-fill], true
}

// base64Command encodes in lines of 64 characters, or in one line with -A, and back.
func base64Command(c *call) error {
	data, err := c.input()
	if err != nil {
		return err
	}
	if !c.has("d") {
		return c.output(c.base64(data))
	}
	if data, err = fromBase64(data); err != nil {
		return err
	}
	return c.output(data)
}

// base64 is data in lines, or in one without an end under -A.
func (c *call) base64(data []byte) []byte {
	if c.has("A") {
		return base64.StdEncoding.AppendEncode(nil, data)
	}
	return base64Lines(data)
}

func fromBase64(data []byte) ([]byte, error) {
	plain, err := base64.StdEncoding.DecodeString(strings.Map(dropSpace, string(data)))
	if err != nil {
		return nil, refuse("error reading input file")
	}
	return plain, nil
}

func dropSpace(r rune) rune {
	if strings.ContainsRune(" \t\r\n", r) {
		return -1
	}
	return r
}

package openssl

import (
	"bytes"
	"crypto/pbkdf2"
	"hash"
	"strings"

	"hsmplay/core/voice"
)

// saltMagic stands in front of the salt of what enc encrypts under a pass phrase.
const saltMagic = "Salted__"

// encRounds is enc's number of rounds of PBKDF2, without -iter.
const encRounds = 10000

// derivation is how enc makes a key of a pass phrase.
type derivation struct {
	phrase []byte
	digest *digest
	rounds int // of PBKDF2; 0 for EVP_BytesToKey
}

// derivation reads the options of a pass phrase, and asks for it where there is none.
func (c *call) derivation() (from derivation, err error) {
	from.digest = sha256Digest()
	if c.has("md") {
		if from.digest = digestNamed(c.last("md")); from.digest == nil {
			return from, c.usage("Unknown option or message digest: %s", c.last("md")).because(voice.OpenSSLValue, "command", c.name,
				"value", voice.Word(c.last("md")), "option", "-md", "known", strings.Join(digestNames(), ", "))
		}
	}
	if c.has("pbkdf2") || c.has("iter") {
		from.rounds = max(1, c.count("iter", encRounds))
	}
	switch {
	case c.has("k"):
		from.phrase = []byte(c.last("k"))
	case c.phrases.out != nil:
		from.phrase = c.phrases.out
	default:
		from.phrase, err = c.askEnc()
	}
	return from, err
}

// askEnc asks for the pass phrase of enc, twice where it encrypts.
func (c *call) askEnc() ([]byte, error) {
	way := "encryption"
	if c.has("d") {
		way = "decryption"
	}
	question := "enter " + strings.ToUpper(c.cipher.name) + " " + way + " password:"
	phrase := c.asked(question)
	if phrase == nil {
		return nil, refuse("bad password read").because(voice.OpenSSLEncPhrase)
	}
	if !c.has("d") && !bytes.Equal(phrase, c.asked("Verifying - "+question)) {
		return nil, refuse("Verify failure\nbad password read").because(voice.OpenSSLEncPhrase)
	}
	return phrase, nil
}

// derivedKey returns the key and initial value of a pass phrase, what stands in front of the
// output, and what of the input is left behind its salt.
func (c *call) derivedKey(from derivation, data []byte) (key, iv, head, rest []byte, err error) {
	var salt []byte
	switch {
	case c.has("nosalt"):
	case !c.has("d"):
		salt = drawn(saltSize)
		head = append([]byte(saltMagic), salt...)
	default:
		if len(data) < len(saltMagic)+saltSize {
			return nil, nil, nil, nil, refuse("error reading input file").because(voice.OpenSSLMagic)
		}
		whole, ok := bytes.CutPrefix(data, []byte(saltMagic))
		if !ok {
			return nil, nil, nil, nil, refuse("bad magic number").because(voice.OpenSSLMagic)
		}
		salt, data = whole[:saltSize], whole[saltSize:]
	}
	if from.rounds == 0 {
		c.warn("*** WARNING : deprecated key derivation used.\nUsing -iter or -pbkdf2 would be better.\n")
	}
	size := c.cipher.key + c.cipher.iv
	both := bytesToKey(from.digest.sum, from.phrase, salt, size)
	if from.rounds > 0 {
		if from.rounds > kdfRoundsMax {
			return nil, nil, nil, nil, refuse("PKCS5_PBKDF2_HMAC failed")
		}
		c.Secret()
		if both, err = pbkdf2.Key(func() hash.Hash { return from.digest.hash.New() }, string(from.phrase), salt, from.rounds, size); err != nil {
			return nil, nil, nil, nil, refuse("PKCS5_PBKDF2_HMAC failed")
		}
	}
	key, iv = both[:c.cipher.key], both[c.cipher.key:]
	if c.has("iv") && c.cipher.iv > 0 {
		if iv, err = c.hexValue("iv", c.cipher.iv); err != nil {
			return nil, nil, nil, nil, err
		}
	}
	return key, iv, head, data, nil
}

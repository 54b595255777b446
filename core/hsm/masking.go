package hsm

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"slices"
)

// maskMagic begins a masked object: a name and the version of the format.
const maskMagic = "HSMPLAY MASKED 2\n"

// MaskedMax is the largest masked object that is looked at, in bytes.
const MaskedMax = 64 << 10

// maskNonce is the length of the nonce in front of what is encrypted, in bytes.
const maskNonce = 12

// Masking is what the HSMs of a cluster and of its clones have in common: the key with which they
// mask what leaves them for another HSM, 32 bytes, and the name that masked objects call it by.
type Masking struct {
	Name string
	Key  []byte
}

// seal encrypts what a masked object holds, by AES-GCM.
func (m Masking) seal(content []byte) []byte {
	head := append([]byte(maskMagic), m.Name+"\n"...)
	nonce := make([]byte, maskNonce)
	rand.Read(nonce) // never fails
	return m.cipher().Seal(append(head, nonce...), nonce, content, head)
}

// open decrypts a masked object. It fails with a [Refusal]: NotMasked, MaskedElsewhere.
func (m Masking) open(object []byte) ([]byte, error) {
	name, rest, masked := cutMasked(object)
	switch {
	case !masked:
		return nil, Refusal{Reason: NotMasked}
	case name != m.Name:
		return nil, Refusal{Reason: MaskedElsewhere}
	}
	head := object[:len(object)-len(rest)]
	content, err := m.cipher().Open(nil, rest[:maskNonce], rest[maskNonce:], head)
	if err != nil {
		return nil, Refusal{Reason: NotMasked, Why: err}
	}
	return content, nil
}

func (m Masking) cipher() cipher.AEAD {
	block, err := aes.NewCipher(m.Key)
	if err != nil {
		panic("hsm: " + err.Error())
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil {
		panic("hsm: " + err.Error())
	}
	return gcm
}

// IsMasked reports whether data begins as a masked object does, and whether it is one of the
// masking's HSMs.
func (m Masking) IsMasked(data []byte) (here, masked bool) {
	name, _, masked := cutMasked(data)
	return masked && name == m.Name, masked
}

// cutMasked parts a masked object into the name of its masking and what is encrypted, nonce first.
func cutMasked(object []byte) (name string, rest []byte, ok bool) {
	if len(object) > MaskedMax || len(object) < len(maskMagic) || string(object[:len(maskMagic)]) != maskMagic {
		return "", nil, false
	}
	rest = object[len(maskMagic):]
	end := slices.Index(rest, '\n')
	if end < 0 || len(rest)-end-1 < maskNonce {
		return "", nil, false
	}
	return string(rest[:end]), rest[end+1:], true
}

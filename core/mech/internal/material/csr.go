package material

import (
	"bytes"

	"golang.org/x/crypto/cryptobyte"
	der "golang.org/x/crypto/cryptobyte/asn1"
)

// Request is what is read from a PKCS#10 certificate signing request.
type Request struct {
	DER     []byte
	Subject Name
	Public  *Material
}

// NewRequest returns the DER of a certificate signing request (RFC 2986), without attributes,
// signed by the private key that it is for. Errors: ErrKeyType, ErrName.
func NewRequest(subject Name, key *Material) ([]byte, error) {
	name, err := subject.encode()
	if err != nil {
		return nil, err
	}
	alg, err := signatureAlgorithmFor(key)
	if err != nil {
		return nil, err
	}
	var b cryptobyte.Builder
	b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1Uint64(0)
		b.AddBytes(name)
		b.AddBytes(key.SPKI)
		b.AddASN1(der.Tag(0).ContextSpecific().Constructed(), func(*cryptobyte.Builder) {})
	})
	return signDER(&b, alg, key)
}

// ParseRequest reads a certificate signing request and verifies its signature by its own key; the
// attributes are passed over. Errors: as ParseCertificate, ErrVersion, ErrBadSignature.
func ParseRequest(input []byte) (*Request, error) {
	s, content, err := readSigned(input)
	if err != nil {
		return nil, err
	}
	if err := readVersion(&content, 0); err != nil {
		return nil, err
	}
	r := &Request{DER: bytes.Clone(input)}
	if r.Subject, _, err = readName(&content); err != nil {
		return nil, err
	}
	if r.Public, err = readSPKI(&content); err != nil {
		return nil, err
	}
	if !content.SkipASN1(der.Tag(0).ContextSpecific().Constructed()) || !content.Empty() {
		return nil, ErrCertificate
	}
	if err := s.verify(r.Public); err != nil {
		return nil, err
	}
	return r, nil
}

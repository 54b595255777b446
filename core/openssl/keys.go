package openssl

import (
	"encoding/pem"
	"errors"
	"math/big"
	"slices"

	"golang.org/x/crypto/cryptobyte"
	der "golang.org/x/crypto/cryptobyte/asn1"

	"hsmplay/core/attr"
	"hsmplay/core/mech"
	"hsmplay/core/mech/secret"
	"hsmplay/core/voice"
)

// The labels of PEM blocks that hold keys.
var (
	privateLabels = []string{"PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY", "DSA PRIVATE KEY", "ENCRYPTED PRIVATE KEY"}
	publicLabels  = []string{"PUBLIC KEY", "RSA PUBLIC KEY"}
)

// privateKey reads a private key from a file. what is what OpenSSL calls it when it cannot.
func (c *call) privateKey(name, what string) (*mech.Material, error) {
	data, err := c.ReadFile(name)
	if err != nil {
		return nil, cannotOpen(name, what, err)
	}
	return c.parsePrivate(name, what, data)
}

// publicKey reads a public key from a file.
func (c *call) publicKey(name, what string) (*mech.Material, error) {
	data, err := c.ReadFile(name)
	if err != nil {
		return nil, cannotOpen(name, what, err)
	}
	return c.parsePublic(name, what, data)
}

func cannotOpen(name, what string, err error) *refusal {
	r := refuse("Could not open file or uri for loading %s from %s", what, name)
	return r.because(voice.OpenSSLUnfit, "file", voice.Word(name), "why", reason(err))
}

// cannotRead words a file that is not what was wanted. A file of no name is standard input.
func cannotRead(name, what string) *refusal {
	return refuse("Could not read %s from %s", what, fileWords(name))
}

func fileWords(name string) string {
	if name == "" {
		return "<stdin>"
	}
	return name
}

// parsePrivate reads a private key in PEM or DER, whatever -inform says, under a pass phrase or
// not.
func (c *call) parsePrivate(name, what string, data []byte) (*mech.Material, error) {
	data, err := c.opened(name, what, data)
	if err != nil {
		return nil, err
	}
	if _, _, fake := mech.ParseFakePEM(onlyPrivate(data)); fake != nil {
		c.Secret() // the numbers of a key are checked
	}
	key, explicit, err := privateFrom(data)
	if err == nil {
		c.explicit = explicit
		return key, nil
	}
	if handle, _, fake := mech.ParseFakePEM(onlyPrivate(data)); fake == nil {
		return nil, cannotRead(name, what).because(voice.OpenSSLFake, "file", voice.Word(fileWords(name)), "handle", handle)
	}
	return nil, unfit(name, what, "private key", err)
}

// unfit says why a file is not the key that was wanted.
func unfit(name, what, thing string, err error) *refusal {
	if errors.Is(err, mech.ErrNotPEM) || errors.Is(err, mech.ErrWrongBlock) || errors.Is(err, mech.ErrMalformed) {
		return cannotRead(name, what).because(voice.OpenSSLNotText, "file", voice.Word(fileWords(name)), "what", thing)
	}
	return cannotRead(name, what).because(voice.OpenSSLUnfit, "file", voice.Word(fileWords(name)), "why", err.Error())
}

// privateFrom reads an open private key, and whether it gives the numbers of its curve.
func privateFrom(data []byte) (key *mech.Material, explicit bool, err error) {
	if isPEMFile(data) {
		if found := blocks(data, privateLabels...); len(found) > 0 {
			found[0].Bytes, explicit = byName(found[0].Bytes)
			key, err = secret.ModernFromPEM(pem.EncodeToMemory(found[0]))
			return key, explicit, err
		}
		return nil, false, mech.ErrNotPEM
	}
	data, explicit = byName(data)
	key, err = derPrivate(data)
	return key, explicit, err
}

// derPrivate reads a private key in DER: PKCS#8 or a traditional one.
func derPrivate(data []byte) (*mech.Material, error) {
	key, err := secret.ParseModernPrivate(data)
	for _, label := range []string{"RSA PRIVATE KEY", "EC PRIVATE KEY"} {
		if err == nil {
			break
		}
		var other *mech.Material
		if other, otherErr := secret.ModernFromPEM(pem.EncodeToMemory(&pem.Block{Type: label, Bytes: data})); otherErr == nil {
			return other, nil
		}
		key = other
	}
	return key, err
}

// onlyPrivate returns the first private key of a PEM file as a file of its own, so that parameters,
// certificates and text around it do not count.
func onlyPrivate(data []byte) []byte {
	found := blocks(data, privateLabels...)
	if len(found) == 0 {
		return nil
	}
	return pem.EncodeToMemory(found[0])
}

// parsePublic reads a public key in PEM or DER.
func (c *call) parsePublic(name, what string, data []byte) (*mech.Material, error) {
	input := derOf(data, publicLabels...)
	if input == nil {
		return nil, unfit(name, what, "public key", mech.ErrNotPEM)
	}
	input, c.explicit = byName(input)
	key, err := mech.ParseModernPublic(input)
	if err != nil {
		if pkcs1 := parsePKCS1Public(input); pkcs1 != nil {
			return pkcs1, nil
		}
		return nil, unfit(name, what, "public key", err)
	}
	return key, nil
}

// parsePKCS1Public reads an RSAPublicKey (RFC 8017, A.1.1), nil if it is none.
func parsePKCS1Public(input []byte) *mech.Material {
	var inner cryptobyte.String
	var exponent int64
	modulus := new(big.Int)
	if outer := cryptobyte.String(input); !outer.ReadASN1(&inner, der.SEQUENCE) || !outer.Empty() ||
		!inner.ReadASN1Integer(modulus) || !inner.ReadASN1Integer(&exponent) || !inner.Empty() {
		return nil
	}
	key, err := mech.NewRSAPublic(modulus.Bytes(), exponent)
	if err != nil {
		return nil
	}
	return key
}

// inner returns the key inside a PKCS#8 structure, in the algorithm's own encoding, and the
// algorithm's parameters.
func inner(pkcs8 []byte) (key, params []byte) {
	outer := cryptobyte.String(pkcs8)
	var fields, algorithm, octets cryptobyte.String
	if !outer.ReadASN1(&fields, der.SEQUENCE) || !fields.SkipASN1(der.INTEGER) || !fields.ReadASN1(&algorithm, der.SEQUENCE) ||
		!algorithm.SkipASN1(der.OBJECT_IDENTIFIER) || !fields.ReadASN1(&octets, der.OCTET_STRING) {
		panic("openssl: a key without PKCS#8")
	}
	return octets, algorithm
}

// ecScalar returns the private number of an EC, Ed25519 or X25519 key at full length (RFC 5915, 3).
func ecScalar(m *mech.Material) []byte {
	key, _ := inner(secret.Value(m))
	outer := cryptobyte.String(key)
	if on25519(m) { // RFC 8410, 7: one OCTET STRING
		return key[2:]
	}
	var fields, scalar cryptobyte.String
	if !outer.ReadASN1(&fields, der.SEQUENCE) || !fields.SkipASN1(der.INTEGER) || !fields.ReadASN1(&scalar, der.OCTET_STRING) {
		panic("openssl: an EC key without SEC 1")
	}
	return scalar
}

// sec1 returns the traditional encoding of an EC key, which names its curve (RFC 5915, 3).
func sec1(m *mech.Material) []byte {
	var b cryptobyte.Builder
	b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1Uint64(1)
		b.AddASN1OctetString(ecScalar(m))
		b.AddASN1(der.Tag(0).ContextSpecific().Constructed(), func(b *cryptobyte.Builder) { b.AddASN1ObjectIdentifier(m.Curve().OID) })
		b.AddASN1(der.Tag(1).ContextSpecific().Constructed(), func(b *cryptobyte.Builder) { b.AddASN1BitString(m.Modulus) })
	})
	return b.BytesOrPanic()
}

// on25519 reports whether a key is an Ed25519 or X25519 one, which has no parameters, no encoding of
// its own and no digest.
func on25519(m *mech.Material) bool { return m.Type == attr.Edwards || m.Type == attr.Montgomery }

// samePublic reports whether two keys have the same public half.
func samePublic(a, b *mech.Material) bool { return slices.Equal(a.SPKI, b.SPKI) }

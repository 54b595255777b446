package openssl

import (
	"bytes"
	"encoding/asn1"
	"encoding/pem"
	"errors"
	"slices"

	"hsmplay/core/mech"
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
	return parsePrivate(name, what, data)
}

// publicKey reads a public key from a file.
func (c *call) publicKey(name, what string) (*mech.Material, error) {
	data, err := c.ReadFile(name)
	if err != nil {
		return nil, cannotOpen(name, what, err)
	}
	return parsePublic(name, what, data)
}

func cannotOpen(name, what string, err error) *refusal {
	r := refuse("Could not open file or uri for loading %s from %s", what, name)
	return r.because(voice.OpenSSLUnfit, "file", shown(name), "why", reason(err))
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

// parsePrivate reads a private key in PEM or DER, whatever -inform says.
func parsePrivate(name, what string, data []byte) (*mech.Material, error) {
	key, err := privateFrom(data)
	switch {
	case err == nil:
		return key, nil
	case errors.Is(err, mech.ErrEncrypted):
		return nil, cannotRead(name, what).because(voice.OpenSSLEncrypted, "file", shown(fileWords(name)))
	}
	if handle, _, fake := mech.ParseFakePEM(onlyPrivate(data)); fake == nil {
		return nil, cannotRead(name, what).because(voice.OpenSSLFake, "file", shown(fileWords(name)), "handle", handle)
	}
	return nil, unfit(name, what, "private key", err)
}

// unfit says why a file is not the key that was wanted.
func unfit(name, what, thing string, err error) *refusal {
	if errors.Is(err, mech.ErrNotPEM) || errors.Is(err, mech.ErrWrongBlock) || errors.Is(err, mech.ErrMalformed) {
		return cannotRead(name, what).because(voice.OpenSSLNotText, "file", shown(fileWords(name)), "what", thing)
	}
	return cannotRead(name, what).because(voice.OpenSSLUnfit, "file", shown(fileWords(name)), "why", err.Error())
}

func privateFrom(data []byte) (*mech.Material, error) {
	if isPEMFile(data) {
		return mech.PrivateFromPEM(onlyPrivate(data))
	}
	key, err := mech.ParsePrivate(data)
	for _, label := range []string{"RSA PRIVATE KEY", "EC PRIVATE KEY"} {
		if err == nil {
			break
		}
		var other *mech.Material
		if other, otherErr := mech.PrivateFromPEM(pem.EncodeToMemory(&pem.Block{Type: label, Bytes: data})); otherErr == nil {
			return other, nil
		}
		key = other
	}
	return key, err
}

// onlyPrivate returns the first private key of a PEM file as a file of its own, so that parameters, certificates and text
// around it do not count.
func onlyPrivate(data []byte) []byte {
	found := blocks(data, privateLabels...)
	if len(found) == 0 {
		return nil
	}
	return pem.EncodeToMemory(found[0])
}

// parsePublic reads a public key in PEM or DER.
func parsePublic(name, what string, data []byte) (*mech.Material, error) {
	der := derOf(data, publicLabels...)
	if der == nil {
		return nil, unfit(name, what, "public key", mech.ErrNotPEM)
	}
	key, err := mech.ParsePublic(der)
	if err != nil {
		if pkcs1 := parsePKCS1Public(der); pkcs1 != nil {
			return pkcs1, nil
		}
		return nil, unfit(name, what, "public key", err)
	}
	return key, nil
}

// parsePKCS1Public reads an RSAPublicKey (RFC 8017, A.1.1), nil if it is none.
func parsePKCS1Public(der []byte) *mech.Material {
	var numbers struct {
		N asn1.RawValue
		E int64
	}
	if rest, err := asn1.Unmarshal(der, &numbers); err != nil || len(rest) > 0 || numbers.N.Tag != asn1.TagInteger {
		return nil
	}
	key, err := mech.NewRSAPublic(bytes.TrimLeft(numbers.N.Bytes, "\x00"), numbers.E)
	if err != nil {
		return nil
	}
	return key
}

// inner returns the key inside a PKCS#8 structure, in the algorithm's own encoding, and the algorithm's parameters.
func inner(pkcs8 []byte) (key []byte, params asn1.RawValue) {
	var outer struct {
		Version   int
		Algorithm struct {
			OID    asn1.ObjectIdentifier
			Params asn1.RawValue `asn1:"optional"`
		}
		Key []byte
	}
	if _, err := asn1.Unmarshal(pkcs8, &outer); err != nil {
		panic("openssl: a key without PKCS#8: " + err.Error())
	}
	return outer.Key, outer.Algorithm.Params
}

// ecPrivate is an ECPrivateKey (RFC 5915, 3).
type ecPrivate struct {
	Version int
	Scalar  []byte
	Params  asn1.RawValue  `asn1:"optional,explicit,tag:0"`
	Point   asn1.BitString `asn1:"optional,explicit,tag:1"`
}

func ecParts(m *mech.Material) (parts ecPrivate, curve asn1.RawValue) {
	key, params := inner(m.Bytes)
	if _, err := asn1.Unmarshal(key, &parts); err != nil {
		panic("openssl: an EC key without SEC 1: " + err.Error())
	}
	return parts, params
}

// sec1 returns the traditional encoding of an EC key, which names its curve.
func sec1(m *mech.Material) []byte {
	parts, curve := ecParts(m)
	der, err := asn1.Marshal(struct {
		Version int
		Scalar  []byte
		Params  asn1.ObjectIdentifier `asn1:"explicit,tag:0"`
		Point   asn1.BitString        `asn1:"explicit,tag:1"`
	}{1, parts.Scalar, m.Curve().OID, parts.Point})
	if err != nil || len(curve.FullBytes) == 0 {
		panic("openssl: an EC key that cannot be written")
	}
	return der
}

// samePublic reports whether two keys have the same public half.
func samePublic(a, b *mech.Material) bool { return slices.Equal(a.SPKI, b.SPKI) }

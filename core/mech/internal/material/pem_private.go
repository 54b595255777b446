package material

import (
	"bytes"
	"encoding/asn1"
	"encoding/pem"
	"strings"

	"golang.org/x/crypto/cryptobyte"
	der "golang.org/x/crypto/cryptobyte/asn1"
)

// HoldsPrivate reports whether a file holds a private key of any type and form, also one that
// [PrivateFromPEM] does not take: encrypted, of another algorithm or curve, with explicit
// parameters, between other blocks, or in DER. It looks at the structure alone.
func HoldsPrivate(data []byte) bool {
	if len(data) > MaxFile {
		return false
	}
	if plainPrivate(data) {
		return true
	}
	for block, rest := pem.Decode(data); block != nil; block, rest = pem.Decode(rest) {
		if strings.HasSuffix(block.Type, "PRIVATE KEY") && privateContent(block) {
			return true
		}
	}
	return false
}

// privateContent reports whether the content of a private key's block is one.
func privateContent(block *pem.Block) bool {
	switch {
	case block.Type == "OPENSSH PRIVATE KEY":
		return bytes.HasPrefix(block.Bytes, []byte("openssh-key-v1\x00"))
	case block.Type == "ENCRYPTED PRIVATE KEY":
		return encryptedPrivate(block.Bytes)
	case encryptedPEM(block): // whole blocks of a cipher
		return len(block.Bytes) >= 8
	}
	return plainPrivate(block.Bytes)
}

// encryptedPrivate recognises an EncryptedPrivateKeyInfo (RFC 5958, 3).
func encryptedPrivate(key cryptobyte.String) bool {
	var inner cryptobyte.String
	return key.ReadASN1(&inner, der.SEQUENCE) && key.Empty() && readIdentifier(&inner) &&
		inner.SkipASN1(der.OCTET_STRING) && inner.Empty()
}

// plainPrivate recognises a PrivateKeyInfo (RFC 5958, 2), an ECPrivateKey (RFC 5915, 3), and the
// integers of RSA (RFC 8017, A.1.2) and DSA.
func plainPrivate(key cryptobyte.String) bool {
	var inner cryptobyte.String
	var version int64
	if !key.ReadASN1(&inner, der.SEQUENCE) || !key.Empty() || !inner.ReadASN1Integer(&version) {
		return false
	}
	switch {
	case inner.PeekASN1Tag(der.SEQUENCE):
		return readIdentifier(&inner) && inner.SkipASN1(der.OCTET_STRING)
	case inner.PeekASN1Tag(der.OCTET_STRING):
		return version == 1
	}
	integers := 0
	for inner.SkipASN1(der.INTEGER) {
		integers++
	}
	return integers >= 5
}

// readIdentifier reads an AlgorithmIdentifier of any algorithm.
func readIdentifier(input *cryptobyte.String) bool {
	var identifier cryptobyte.String
	var oid asn1.ObjectIdentifier
	return input.ReadASN1(&identifier, der.SEQUENCE) && identifier.ReadASN1ObjectIdentifier(&oid)
}

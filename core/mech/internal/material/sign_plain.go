package material

import (
	"crypto"
	"encoding/asn1"
	"math/big"

	"golang.org/x/crypto/cryptobyte"
	der "golang.org/x/crypto/cryptobyte/asn1"
)

// plainSignature returns r and s of an ECDSA signature in DER side by side, each of size bytes
// (IEEE P1363).
func plainSignature(signature []byte, size int) ([]byte, error) {
	inner, err := readOuter(signature)
	var r, s big.Int
	if err != nil || readPositives(&inner, &r, &s) != nil || !inner.Empty() {
		return nil, ErrMalformed
	}
	plain := make([]byte, 2*size)
	r.FillBytes(plain[:size])
	s.FillBytes(plain[size:])
	return plain, nil
}

// derSignature is the way back; false where the length is another one.
func derSignature(plain []byte, size int) ([]byte, bool) {
	if len(plain) != 2*size {
		return nil, false
	}
	return sequence(func(b *cryptobyte.Builder) {
		b.AddASN1BigInt(new(big.Int).SetBytes(plain[:size]))
		b.AddASN1BigInt(new(big.Int).SetBytes(plain[size:]))
	}), true
}

// hashOIDs are the names of the hashes in a DigestInfo (RFC 8017, B.1).
var hashOIDs = []struct {
	hash crypto.Hash
	oid  asn1.ObjectIdentifier
}{
	{crypto.SHA1, asn1.ObjectIdentifier{1, 3, 14, 3, 2, 26}},
	{crypto.SHA224, asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 4}},
	{crypto.SHA256, asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 1}},
	{crypto.SHA384, asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 2}},
	{crypto.SHA512, asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 3}},
}

// readDigestInfo reads a DigestInfo (RFC 8017, 9.2), whose parameters are NULL or absent.
func readDigestInfo(info []byte) (hash crypto.Hash, digest []byte, ok bool) {
	inner, err := readOuter(info)
	if err != nil {
		return 0, nil, false
	}
	var algorithm, octets cryptobyte.String
	var oid asn1.ObjectIdentifier
	if !inner.ReadASN1(&algorithm, der.SEQUENCE) || !algorithm.ReadASN1ObjectIdentifier(&oid) ||
		!(algorithm.Empty() || readNull(algorithm) == nil) || !inner.ReadASN1(&octets, der.OCTET_STRING) || !inner.Empty() {
		return 0, nil, false
	}
	for _, row := range hashOIDs {
		if row.oid.Equal(oid) {
			return row.hash, octets, true
		}
	}
	return 0, nil, false
}

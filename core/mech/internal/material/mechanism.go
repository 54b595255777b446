package material

import (
	"crypto"
	"crypto/rsa"
	_ "crypto/sha1"   // the hashes of the table register themselves
	_ "crypto/sha256" // SHA-224 too
	_ "crypto/sha512" // SHA-384 too
	"slices"

	"hsmplay/core/attr"
)

// Scheme is a way to sign, the hash aside.
type Scheme string

// The schemes. There is none for DSA, HMAC or CMAC (spec/kmu.md 3.36).
const (
	RSAPKCS1 Scheme = "RSA PKCS#1 v1.5" // RFC 8017, 8.2
	RSAPSS   Scheme = "RSA PSS"         // RFC 8017, 8.1; the mask is of the same hash
	ECDSA    Scheme = "ECDSA"           // FIPS 186-5, 6
)

// Mechanism is a way to sign and verify: an identity of its own, which tools map their numbers and
// names to. Mechanisms are compared by value.
type Mechanism struct {
	Scheme   Scheme
	Hash     crypto.Hash // of the message; 0 only for what is Digested: the bytes as they are
	Salt     int         // of PSS, in bytes, or as crypto/rsa counts it: 0 is the longest
	Digested bool        // what is signed is the digest that somebody else has computed
}

// PKCS1 is RSA PKCS#1 v1.5 over a hash.
func PKCS1(hash crypto.Hash) Mechanism { return Mechanism{Scheme: RSAPKCS1, Hash: hash} }

// PSS is RSA PSS over a hash, with a salt as long as the hash (FIPS 186-5, 5.4 allows no longer
// one).
func PSS(hash crypto.Hash) Mechanism {
	return Mechanism{Scheme: RSAPSS, Hash: hash, Salt: rsa.PSSSaltLengthEqualsHash}
}

// ECDSAWith is ECDSA over a hash.
func ECDSAWith(hash crypto.Hash) Mechanism { return Mechanism{Scheme: ECDSA, Hash: hash} }

// Hashes lists the hashes that mechanisms know, for signing and for OAEP.
var Hashes = []crypto.Hash{crypto.SHA1, crypto.SHA224, crypto.SHA256, crypto.SHA384, crypto.SHA512}

// schemes say which type of pair signs by a scheme.
var schemes = []struct {
	scheme  Scheme
	keyType attr.KeyType
}{
	{RSAPKCS1, attr.RSA},
	{RSAPSS, attr.RSA},
	{ECDSA, attr.EC},
}

// Type returns the type of pair that signs by the mechanism, and whether there is such a mechanism.
func (m Mechanism) Type() (attr.KeyType, bool) {
	hashed := slices.Contains(Hashes, m.Hash) || m.Digested && (m.Hash != 0 || m.Scheme != RSAPSS)
	for _, row := range schemes {
		if row.scheme == m.Scheme {
			return row.keyType, hashed
		}
	}
	return 0, false
}

// digest returns what is signed of a message.
func (m Mechanism) digest(message []byte) []byte {
	if m.Digested {
		return message
	}
	h := m.Hash.New()
	h.Write(message)
	return h.Sum(nil)
}

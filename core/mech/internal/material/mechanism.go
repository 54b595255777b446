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
	RSAPKCS1  Scheme = "RSA PKCS#1 v1.5" // RFC 8017, 8.2
	RSAPSS    Scheme = "RSA PSS"         // RFC 8017, 8.1; the mask is of the same hash
	ECDSA     Scheme = "ECDSA"           // FIPS 186-5, 6
	Ed25519   Scheme = "Ed25519"         // RFC 8032, 5.1, pure
	Ed25519ph Scheme = "Ed25519ph"       // RFC 8032, 5.1, of a SHA-512 digest
	MLDSA     Scheme = "ML-DSA"          // FIPS 204, 5.2, hedged, with an empty context
)

// Input is what a mechanism is given to sign.
type Input string

// The inputs.
const (
	Message    Input = ""           // the message itself
	Digest     Input = "digest"     // its digest, which somebody else has computed
	DigestInfo Input = "DigestInfo" // its digest with the hash's name, for RSA PKCS#1 v1.5 (RFC 8017, 9.2)
	Mu         Input = "mu"         // its representative of 64 bytes, for ML-DSA (FIPS 204, algorithm 7, line 6)
)

// Mechanism is a way to sign and verify: an identity of its own, which tools map their numbers and
// names to. Mechanisms are compared by value.
type Mechanism struct {
	Scheme Scheme
	Hash   crypto.Hash // of the message; 0 for a Digest is the bytes as they are, and for schemes that have their own
	Salt   int         // of PSS, in bytes; [NoSalt], or as crypto/rsa counts it: 0 is the longest
	Input  Input
	Plain  bool // ECDSA signatures are r and s side by side, each as long as the order, not DER
}

// NoSalt is a salt of PSS of no bytes at all, which crypto/rsa does not count.
const NoSalt = -100

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

// schemeRow is one line of the table of schemes: which type of pair signs, and how. What is signed
// is the digest, or the message where the scheme hashes for itself.
type schemeRow struct {
	scheme  Scheme
	keyType attr.KeyType
	sign    func(with *Material, m Mechanism, input []byte) ([]byte, error)
	verify  func(with *Material, m Mechanism, input, signature []byte) bool
}

var schemes = []schemeRow{
	{RSAPKCS1, attr.RSA, signPKCS1, verifyPKCS1},
	{RSAPSS, attr.RSA, signPSS, verifyPSS},
	{ECDSA, attr.EC, signEC, verifyEC},
	{Ed25519, attr.Edwards, signEdwards, verifyEdwards},
	{Ed25519ph, attr.Edwards, signEdwards, verifyEdwards},
	{MLDSA, attr.MLDSA, signMLDSA, verifyMLDSA},
}

// Type returns the type of pair that signs by the mechanism, and whether there is such a mechanism.
func (m Mechanism) Type() (attr.KeyType, bool) {
	row, known := m.row()
	return row.keyType, known && m.whole()
}

func (m Mechanism) row() (schemeRow, bool) {
	for _, row := range schemes {
		if row.scheme == m.Scheme {
			return row, true
		}
	}
	return schemeRow{}, false
}

// whole reports whether hash and input go with the scheme.
func (m Mechanism) whole() bool {
	switch m.Scheme {
	case Ed25519:
		return m.Hash == 0 && m.Input == Message
	case Ed25519ph:
		return m.Hash == crypto.SHA512 && (m.Input == Message || m.Input == Digest)
	case MLDSA:
		return m.Hash == 0 && (m.Input == Message || m.Input == Mu)
	}
	known := slices.Contains(Hashes, m.Hash)
	switch m.Input {
	case Message:
		return known
	case Digest:
		return known || m.Hash != 0 || m.Scheme != RSAPSS
	}
	return known && m.Input == DigestInfo && m.Scheme == RSAPKCS1
}

// digest returns what is signed of a message: its hash, or the input itself where somebody else has
// computed it or the scheme hashes as it signs.
func (m Mechanism) digest(message []byte) []byte {
	if m.Input != Message || m.Hash == 0 {
		return message
	}
	h := m.Hash.New()
	h.Write(message)
	return h.Sum(nil)
}

// fitsInput reports whether what was computed elsewhere has the form and length that the mechanism
// says.
func (m Mechanism) fitsInput(input []byte) bool {
	switch m.Input {
	case Digest:
		return m.Hash == 0 || len(input) == m.Hash.Size()
	case DigestInfo:
		hash, digest, ok := readDigestInfo(input)
		return ok && hash == m.Hash && len(digest) == hash.Size()
	case Mu:
		return len(input) == MuSize
	}
	return true
}

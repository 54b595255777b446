package material

import (
	"context"
	"crypto"
	"encoding/asn1"

	"filippo.io/mldsa"
	"filippo.io/mldsa/mldsacrypto"
	"golang.org/x/crypto/cryptobyte"
	der "golang.org/x/crypto/cryptobyte/asn1"

	"hsmplay/core/attr"
)

// Lattice is one parameter set of ML-DSA (FIPS 204, 4). Its row is its identity.
type Lattice struct {
	Name        string                // as FIPS 204 calls it: ML-DSA-65
	OID         asn1.ObjectIdentifier // as in SPKI and PKCS#8 (RFC 9881, 2)
	PublicSize  int                   // bytes of a public key
	PrivateSize int                   // bytes of a private key as FIPS 204 encodes it, which HSMs show as its length
	params      mldsa.Parameters
	numbers     latticeNumbers
}

// nistSignatures is the arc of NIST's signature algorithms.
func nistSignatures(last int) asn1.ObjectIdentifier {
	return asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 3, last}
}

// Lattices lists the parameter sets (FIPS 204, tables 1 and 2).
var Lattices = []*Lattice{
	{"ML-DSA-44", nistSignatures(17), 1312, 2560, mldsa.MLDSA44(),
		latticeNumbers{k: 4, l: 4, tau: 39, beta: 39 * 2, gamma1Bits: 17, gamma2: (modQ - 1) / 88, omega: 80, lambda: 128}},
	{"ML-DSA-65", nistSignatures(18), 1952, 4032, mldsa.MLDSA65(),
		latticeNumbers{k: 6, l: 5, tau: 49, beta: 49 * 4, gamma1Bits: 19, gamma2: (modQ - 1) / 32, omega: 55, lambda: 192}},
	{"ML-DSA-87", nistSignatures(19), 2592, 4896, mldsa.MLDSA87(),
		latticeNumbers{k: 8, l: 7, tau: 60, beta: 60 * 2, gamma1Bits: 19, gamma2: (modQ - 1) / 32, omega: 75, lambda: 256}},
}

// LatticeNamed returns the parameter set of a name and whether there is one.
func LatticeNamed(name string) (*Lattice, bool) {
	for _, l := range Lattices {
		if l.Name == name {
			return l, true
		}
	}
	return nil, false
}

// Lattice returns the parameter set of an ML-DSA key, nil of any other.
func (m *Material) Lattice() *Lattice {
	for _, l := range Lattices {
		if m.Type == attr.MLDSA && len(m.SPKI) == mldsaHead+l.PublicSize {
			return l
		}
	}
	return nil
}

// mldsaHead is what stands before the key in a SubjectPublicKeyInfo, in bytes.
const mldsaHead = 22

// MuSize is the length in bytes of a message's representative.
const MuSize = 64

// Make returns the public and the private key.
func (l *Lattice) Make(context.Context, Source) ([]*Material, error) {
	key, err := mldsa.GenerateKey(l.params)
	if err != nil {
		return nil, err
	}
	private := l.private(key)
	return []*Material{private.Public(), private}, nil
}

// Slow reports false.
func (l *Lattice) Slow() bool { return false }

func (l *Lattice) spki(key []byte) []byte { return writeSPKI(l.OID, withoutParams, key) }

func (l *Lattice) public(key []byte) *Material {
	return newPublic(Material{Type: attr.MLDSA}, l.spki(key))
}

// mldsaSeed is the tag of the seed in a private key (RFC 9881, 6).
var mldsaSeed = der.Tag(0).ContextSpecific()

// private keeps the seed alone, as RFC 9881, 6 advises.
func (l *Lattice) private(key *mldsa.PrivateKey) *Material {
	var seed cryptobyte.Builder
	seed.AddASN1(mldsaSeed, func(b *cryptobyte.Builder) { b.AddBytes(key.Bytes()) })
	private := l.public(key.PublicKey().Bytes()).private(writePKCS8(l.OID, withoutParams, seed.BytesOrPanic()))
	private.ValueLen = l.PrivateSize
	return private
}

func (l *Lattice) parseSPKI(params cryptobyte.String, key []byte, _ trust) (*Material, error) {
	if !params.Empty() || len(key) != l.PublicSize {
		return nil, ErrMalformed
	}
	return l.public(key), nil
}

func (l *Lattice) parsePKCS8(params cryptobyte.String, key []byte, _ trust) (*Material, error) {
	private, err := l.fromSeed(params, key)
	if err != nil {
		return nil, err
	}
	return l.private(private), nil
}

// fromSeed reads a private key that is given by its seed.
func (l *Lattice) fromSeed(params, key cryptobyte.String) (*mldsa.PrivateKey, error) {
	var seed cryptobyte.String
	if !params.Empty() || !key.ReadASN1(&seed, mldsaSeed) || !key.Empty() || len(seed) != mldsa.PrivateKeySize {
		return nil, ErrMalformed
	}
	return mldsa.NewPrivateKey(l.params, seed)
}

// mldsaPublic returns the bytes of a public key.
// StandIn returns bytes of the length of a SubjectPublicKeyInfo, for a key that is not made.
func (l *Lattice) StandIn() []byte { return make([]byte, mldsaHead+l.PublicSize) }

func (m *Material) mldsaPublic() []byte { return m.SPKI[mldsaHead:] }

func signMLDSA(with *Material, m Mechanism, input []byte) ([]byte, error) {
	_, params, key, err := openPKCS8(with.value)
	if err != nil {
		return nil, err
	}
	private, err := with.Lattice().fromSeed(params, key)
	if err != nil {
		return nil, err
	}
	var options crypto.SignerOpts
	if m.Input == Mu {
		options = mldsacrypto.MLDSAMu
	}
	return private.Sign(nil, input, options)
}

func verifyMLDSA(with *Material, m Mechanism, input, signature []byte) bool {
	l := with.Lattice()
	if m.Input == Mu {
		return l.verifyMu(with.mldsaPublic(), input, signature)
	}
	key, err := mldsa.NewPublicKey(l.params, with.mldsaPublic())
	return err == nil && mldsa.Verify(key, input, signature, nil) == nil
}

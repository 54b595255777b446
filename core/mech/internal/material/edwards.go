package material

import (
	"context"
	"crypto"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/asn1"
	"math/big"
	"slices"

	"golang.org/x/crypto/cryptobyte"
	der "golang.org/x/crypto/cryptobyte/asn1"

	"hsmplay/core/attr"
)

// oidEd25519 names keys of both Ed25519 and Ed25519ph (RFC 8410, 3).
var oidEd25519 = asn1.ObjectIdentifier{1, 3, 101, 112}

// Edwards is the recipe of an Ed25519 key pair.
type Edwards struct{}

// Make returns the public and the private key.
func (Edwards) Make(context.Context, Source) ([]*Material, error) {
	_, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return nil, err
	}
	private := edwardsPrivate(key)
	return []*Material{private.Public(), private}, nil
}

// Slow reports false.
func (Edwards) Slow() bool { return false }

// edwardsPublic returns the material of a public key of 32 bytes: the point as RFC 8032 encodes it.
func edwardsPublic(point []byte) *Material {
	return newPublic(Material{Type: attr.Edwards, Modulus: point}, writeSPKI(oidEd25519, withoutParams, point))
}

func edwardsPrivate(key ed25519.PrivateKey) *Material {
	public := edwardsPublic(key.Public().(ed25519.PublicKey))
	return public.private(writePKCS8(oidEd25519, withoutParams, seedOctets(key.Seed())))
}

// seedOctets is the OCTET STRING inside the OCTET STRING of PKCS#8 (RFC 8410, 7).
func seedOctets(seed []byte) []byte {
	var b cryptobyte.Builder
	b.AddASN1OctetString(seed)
	return b.BytesOrPanic()
}

func withoutParams(*cryptobyte.Builder) {}

func parseEdwardsSPKI(params cryptobyte.String, key []byte, t trust) (*Material, error) {
	switch {
	case !params.Empty():
		return nil, ErrMalformed
	case len(key) != ed25519.PublicKeySize:
		return nil, ErrPointLength
	case t != trusting && !onEdwards(key):
		return nil, ErrPointNotOnCurve
	}
	return edwardsPublic(slices.Clone(key)), nil
}

// onEdwards reports whether a point decodes (RFC 8032, 5.1.3): y is below p, and x² =
// (y²-1)/(dy²+1) has a root. The library tells it only together with a signature.
func onEdwards(point []byte) bool {
	one := big.NewInt(1)
	p := new(big.Int).Sub(new(big.Int).Lsh(one, 255), big.NewInt(19))
	d := new(big.Int).ModInverse(big.NewInt(121666), p)
	d.Mul(d, big.NewInt(-121665))
	encoded := slices.Clone(point)
	slices.Reverse(encoded)
	odd := encoded[0]&0x80 != 0
	encoded[0] &= 0x7f
	y := new(big.Int).SetBytes(encoded)
	y2 := new(big.Int).Mul(y, y)
	v := new(big.Int).Mul(d, y2)
	x2 := v.ModInverse(v.Add(v, one).Mod(v, p), p) // never 0, since -1/d is no square
	x2.Mul(x2, y2.Sub(y2, one)).Mod(x2, p)
	return y.Cmp(p) < 0 && big.Jacobi(x2, p) >= 0 && !(odd && x2.Sign() == 0)
}

func parseEdwardsPKCS8(params cryptobyte.String, key []byte, _ trust) (*Material, error) {
	seed, err := edwardsSeed(params, key)
	if err != nil {
		return nil, err
	}
	return edwardsPrivate(ed25519.NewKeyFromSeed(seed)), nil
}

func edwardsSeed(params, key cryptobyte.String) ([]byte, error) {
	var seed cryptobyte.String
	if !params.Empty() || !key.ReadASN1(&seed, der.OCTET_STRING) || !key.Empty() || len(seed) != ed25519.SeedSize {
		return nil, ErrMalformed
	}
	return seed, nil
}

// edwardsOptions are those of the scheme; the hash of Ed25519ph is over the message.
func edwardsOptions(m Mechanism) *ed25519.Options {
	if m.Scheme == Ed25519ph {
		return &ed25519.Options{Hash: crypto.SHA512}
	}
	return &ed25519.Options{}
}

func signEdwards(with *Material, m Mechanism, input []byte) ([]byte, error) {
	_, params, key, err := openPKCS8(with.value)
	if err != nil {
		return nil, err
	}
	seed, err := edwardsSeed(params, key)
	if err != nil {
		return nil, err
	}
	return ed25519.NewKeyFromSeed(seed).Sign(rand.Reader, input, edwardsOptions(m))
}

func verifyEdwards(with *Material, m Mechanism, input, signature []byte) bool {
	return ed25519.VerifyWithOptions(with.Modulus, input, signature, edwardsOptions(m)) == nil
}

package material

import (
	"encoding/asn1"
	"math/big"
	"slices"

	"golang.org/x/crypto/cryptobyte"
	der "golang.org/x/crypto/cryptobyte/asn1"
)

// MaxFile is the largest key file or DER that is looked at, in bytes.
const MaxFile = 64 << 10

var (
	oidRSA = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 1} // RFC 3279, 2.3.1
	oidDSA = asn1.ObjectIdentifier{1, 2, 840, 10040, 4, 1}     // RFC 3279, 2.3.2
	oidEC  = asn1.ObjectIdentifier{1, 2, 840, 10045, 2, 1}     // RFC 5480, 2.1.1
)

// trust says how closely a key is looked at.
type trust int

const (
	// checking computes whether all parts of the key belong together: for keys from outside.
	checking trust = iota
	// classic is checking for those who know RSA, DSA and EC alone: Client SDK 3.
	classic
	// modern is checking for the client machine's openssl, which knows X25519 and no ML-DSA.
	modern
	// trusting reads the structure only: for keys that were checked before.
	trusting
	// shaped is trusting for those whom classic is for, of a key that nobody has checked: nothing is
	// computed with it, and something stands in for a public part that it does not state.
	shaped
)

// computes reports whether a key is computed with.
func (t trust) computes() bool { return t == checking || t == classic || t == modern }

// algorithm is one type of pair as SPKI and PKCS#8 hold it. params is what follows the OID.
type algorithm struct {
	oid     asn1.ObjectIdentifier
	hidden  []trust // from those who read so
	public  func(params cryptobyte.String, key []byte, t trust) (*Material, error)
	private func(params cryptobyte.String, key []byte, t trust) (*Material, error)
}

// Who does not know the newer algorithms.
var (
	noEdwards    = []trust{classic, shaped}
	noMontgomery = []trust{checking, classic, trusting, shaped}
	noLattices   = []trust{classic, modern, shaped}
)

var algorithms = []algorithm{
	{oidRSA, nil, parseRSASPKI, parseRSAPKCS8},
	{oidDSA, nil, parseDSASPKI, parseDSAPKCS8},
	{oidEC, nil, parseECSPKI, parseECPKCS8},
	{oidEd25519, noEdwards, parseEdwardsSPKI, parseEdwardsPKCS8},
	{oidX25519, noMontgomery, parseMontgomerySPKI, parseMontgomeryPKCS8},
	{Lattices[0].OID, noLattices, Lattices[0].parseSPKI, Lattices[0].parsePKCS8},
	{Lattices[1].OID, noLattices, Lattices[1].parseSPKI, Lattices[1].parsePKCS8},
	{Lattices[2].OID, noLattices, Lattices[2].parseSPKI, Lattices[2].parsePKCS8},
}

// ParsePublic reads a SubjectPublicKeyInfo (RFC 5280, 4.1.2.7) of RSA, DSA or EC and returns the
// public key with its derived fields. Every error is, or wraps, one of errors.go.
func ParsePublic(spki []byte) (*Material, error) { return parseSPKI(spki, classic) }

// ParseAnyPublic is ParsePublic for every algorithm, Ed25519 and ML-DSA too.
func ParseAnyPublic(spki []byte) (*Material, error) { return parseSPKI(spki, checking) }

// ParseModernPublic is ParsePublic for what OpenSSL 3.0 knows, Ed25519 and X25519 too.
func ParseModernPublic(spki []byte) (*Material, error) { return parseSPKI(spki, modern) }

func parseSPKI(spki []byte, t trust) (*Material, error) {
	if len(spki) > MaxFile {
		return nil, ErrTooLarge
	}
	inner, err := readOuter(spki)
	if err != nil {
		return nil, err
	}
	alg, params, err := readAlgorithm(&inner)
	if err != nil {
		return nil, err
	}
	if slices.Contains(alg.hidden, t) {
		return nil, ErrUnsupportedAlgorithm
	}
	var key []byte
	if !inner.ReadASN1BitStringAsBytes(&key) || !inner.Empty() {
		return nil, ErrMalformed
	}
	return alg.public(params, key, t)
}

// ParsePrivate reads an unencrypted PKCS#8 PrivateKeyInfo (RFC 5208, 5) of RSA, DSA or EC, checks
// that its parts belong together and returns the private key with its derived fields; those of its
// public half are there too (Material.Public). Every error is, or wraps, one of errors.go.
func ParsePrivate(pkcs8 []byte) (*Material, error) { return parsePKCS8(pkcs8, classic) }

// ParseAnyPrivate is ParsePrivate for every algorithm, Ed25519 and ML-DSA too.
func ParseAnyPrivate(pkcs8 []byte) (*Material, error) { return parsePKCS8(pkcs8, checking) }

// ParseModernPrivate is ParsePrivate for what OpenSSL 3.0 knows, Ed25519 and X25519 too.
func ParseModernPrivate(pkcs8 []byte) (*Material, error) { return parsePKCS8(pkcs8, modern) }

func parsePKCS8(pkcs8 []byte, t trust) (*Material, error) {
	alg, params, key, err := openPKCS8(pkcs8)
	if err != nil {
		return nil, err
	}
	if slices.Contains(alg.hidden, t) {
		return nil, ErrUnsupportedAlgorithm
	}
	return alg.private(params, key, t)
}

// openPKCS8 returns the algorithm of a PKCS#8 key and the key in the algorithm's own encoding.
func openPKCS8(pkcs8 []byte) (alg algorithm, params cryptobyte.String, key []byte, err error) {
	if len(pkcs8) > MaxFile {
		return alg, nil, nil, ErrTooLarge
	}
	inner, err := readOuter(pkcs8)
	if err != nil {
		return alg, nil, nil, err
	}
	if err = readVersion(&inner, 0); err != nil {
		return alg, nil, nil, err
	}
	if alg, params, err = readAlgorithm(&inner); err != nil {
		return alg, nil, nil, err
	}
	var octets cryptobyte.String
	attributes := der.Tag(0).ContextSpecific().Constructed()
	if !inner.ReadASN1(&octets, der.OCTET_STRING) || !inner.SkipOptionalASN1(attributes) ||
		!inner.Empty() {
		return alg, nil, nil, ErrMalformed
	}
	return alg, params, octets, nil
}

// readOuter returns the content of a SEQUENCE that is all of the input.
func readOuter(input cryptobyte.String) (inner cryptobyte.String, err error) {
	if !input.ReadASN1(&inner, der.SEQUENCE) {
		return nil, ErrMalformed
	}
	if !input.Empty() {
		return nil, ErrTrailing
	}
	return inner, nil
}

// readVersion reads the version number, which is to be want.
func readVersion(input *cryptobyte.String, want int64) error {
	var version int64
	if !input.ReadASN1Integer(&version) {
		return ErrMalformed
	}
	if version != want {
		return ErrVersion
	}
	return nil
}

// readAlgorithm reads an AlgorithmIdentifier (RFC 5280, 4.1.1.2).
func readAlgorithm(input *cryptobyte.String) (alg algorithm, params cryptobyte.String, err error) {
	var oid asn1.ObjectIdentifier
	if !input.ReadASN1(&params, der.SEQUENCE) || !params.ReadASN1ObjectIdentifier(&oid) {
		return alg, nil, ErrMalformed
	}
	for _, alg := range algorithms {
		if alg.oid.Equal(oid) {
			return alg, params, nil
		}
	}
	return alg, nil, ErrUnsupportedAlgorithm
}

// readPositives reads INTEGERs that must all be above zero.
func readPositives(input *cryptobyte.String, numbers ...*big.Int) error {
	for _, n := range numbers {
		if !input.ReadASN1Integer(n) || n.Sign() <= 0 {
			return ErrMalformed
		}
	}
	return nil
}

// writeSPKI returns a SubjectPublicKeyInfo. params writes what follows the OID.
func writeSPKI(oid asn1.ObjectIdentifier, params func(*cryptobyte.Builder), key []byte) []byte {
	return sequence(func(b *cryptobyte.Builder) {
		addAlgorithm(b, oid, params)
		b.AddASN1BitString(key)
	})
}

// writePKCS8 returns an unencrypted PrivateKeyInfo.
func writePKCS8(oid asn1.ObjectIdentifier, params func(*cryptobyte.Builder), key []byte) []byte {
	return sequence(func(b *cryptobyte.Builder) {
		b.AddASN1Uint64(0)
		addAlgorithm(b, oid, params)
		b.AddASN1OctetString(key)
	})
}

func addAlgorithm(b *cryptobyte.Builder, oid asn1.ObjectIdentifier, params func(*cryptobyte.Builder)) {
	b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1ObjectIdentifier(oid)
		params(b)
	})
}

// sequence returns a SEQUENCE of our own making, so that a failure is a broken invariant.
func sequence(content cryptobyte.BuilderContinuation) []byte {
	b := cryptobyte.NewBuilder(make([]byte, 0, 256))
	b.AddASN1(der.SEQUENCE, content)
	return b.BytesOrPanic()
}

package material

import (
	"bytes"
	"encoding/asn1"
	"errors"
	"math/big"
	"time"

	"golang.org/x/crypto/cryptobyte"
	der "golang.org/x/crypto/cryptobyte/asn1"
)

var (
	// ErrCertificate is DER that is no X.509 certificate of version 1 or 3, or no PKCS#10 request,
	// of a kind known here.
	ErrCertificate = errors.New("not a readable certificate or request")
	// ErrIssuer is a certificate that another one cannot have issued, by its name or its
	// constraints.
	ErrIssuer = errors.New("not issued by that certificate")
)

// Certificate is what is read from an X.509 certificate.
type Certificate struct {
	DER                 []byte
	Version             int // 1 or 3
	Serial              *big.Int
	Issuer, Subject     Name
	NotBefore, NotAfter time.Time
	Public              *Material
	CA                  bool

	rawIssuer, rawSubject []byte
	signed                signed
}

// signed is the shape that certificates and requests share: content, algorithm, signature.
type signed struct {
	content   []byte
	alg       signatureAlgorithm
	signature []byte
}

// ParseCertificate reads an X.509 certificate of version 1 or 3. It verifies nothing. Errors:
// ErrTooLarge, ErrTrailing, ErrCertificate, ErrName, those of the public key.
func ParseCertificate(input []byte) (*Certificate, error) {
	s, tbs, err := readSigned(input)
	if err != nil {
		return nil, err
	}
	c := &Certificate{DER: bytes.Clone(input), signed: s, Serial: new(big.Int)}
	version, ok := readX509Version(&tbs)
	if !ok || !tbs.ReadASN1Integer(c.Serial) {
		return nil, ErrCertificate
	}
	if inner, err := readSignatureAlgorithm(&tbs); err != nil || !inner.oid.Equal(s.alg.oid) {
		return nil, ErrCertificate
	}
	if c.Issuer, c.rawIssuer, err = readName(&tbs); err != nil {
		return nil, err
	}
	var validity cryptobyte.String
	if !tbs.ReadASN1(&validity, der.SEQUENCE) || !readTime(&validity, &c.NotBefore) ||
		!readTime(&validity, &c.NotAfter) || !validity.Empty() {
		return nil, ErrCertificate
	}
	if c.Subject, c.rawSubject, err = readName(&tbs); err != nil {
		return nil, err
	}
	if c.Public, err = readSPKI(&tbs); err != nil {
		return nil, err
	}
	if version == x509v1 && !tbs.Empty() {
		return nil, ErrCertificate
	}
	c.Version = int(version) + 1
	if err := c.readExtensions(&tbs); err != nil {
		return nil, err
	}
	return c, nil
}

// The versions of certificates that are read, as they are encoded (RFC 5280, 4.1.2.1). OpenSSL
// signs requests into version 1 unless it is told to put extensions in.
const (
	x509v1 = 0
	x509v3 = 2
)

// readX509Version reads the version, which is left out for the first.
func readX509Version(tbs *cryptobyte.String) (version int64, ok bool) {
	tag := der.Tag(0).ContextSpecific().Constructed()
	if !tbs.PeekASN1Tag(tag) {
		return x509v1, true
	}
	var outer cryptobyte.String
	ok = tbs.ReadASN1(&outer, tag) && outer.ReadASN1Integer(&version) && outer.Empty()
	return version, ok && version == x509v3
}

// VerifyBy returns nil if the other certificate may issue certificates, has the issuer's name and
// its key made the signature. One of version 1 cannot say whether it may, and passes. Errors:
// ErrIssuer, ErrBadSignature.
func (c *Certificate) VerifyBy(issuer *Certificate) error {
	if issuer.Version == 3 && !issuer.CA || !bytes.Equal(c.rawIssuer, issuer.rawSubject) {
		return ErrIssuer
	}
	return c.signed.verify(issuer.Public)
}

// SignedBy returns nil if the key made the signature, whoever it belongs to. Errors:
// ErrBadSignature.
func (c *Certificate) SignedBy(public *Material) error { return c.signed.verify(public) }

// verify checks the signature with a public key.
func (s signed) verify(public *Material) error {
	if s.alg.keyType != public.Type {
		return ErrBadSignature
	}
	return Verify(public, s.alg.mechanism, s.content, s.signature)
}

// readSigned takes content, algorithm and signature apart, and opens the content's SEQUENCE.
func readSigned(input []byte) (s signed, tbs cryptobyte.String, err error) {
	if len(input) > MaxFile {
		return s, nil, ErrTooLarge
	}
	inner, err := readOuter(input)
	if err != nil {
		return s, nil, err
	}
	var content cryptobyte.String
	if !inner.ReadASN1Element(&content, der.SEQUENCE) {
		return s, nil, ErrCertificate
	}
	s.content = content
	if s.alg, err = readSignatureAlgorithm(&inner); err != nil {
		return s, nil, err
	}
	if !inner.ReadASN1BitStringAsBytes(&s.signature) || !inner.Empty() ||
		!content.ReadASN1(&tbs, der.SEQUENCE) {
		return s, nil, ErrCertificate
	}
	return s, tbs, nil
}

func readSignatureAlgorithm(input *cryptobyte.String) (signatureAlgorithm, error) {
	var params cryptobyte.String
	var oid asn1.ObjectIdentifier
	if !input.ReadASN1(&params, der.SEQUENCE) || !params.ReadASN1ObjectIdentifier(&oid) {
		return signatureAlgorithm{}, ErrCertificate
	}
	for _, row := range signatureAlgorithms {
		if row.oid.Equal(oid) {
			return row, nil
		}
	}
	return signatureAlgorithm{}, ErrUnsupportedAlgorithm
}

func readSPKI(input *cryptobyte.String) (*Material, error) {
	var spki cryptobyte.String
	if !input.ReadASN1Element(&spki, der.SEQUENCE) {
		return nil, ErrCertificate
	}
	return ParsePublic(spki)
}

func readTime(input *cryptobyte.String, out *time.Time) bool {
	if input.PeekASN1Tag(der.UTCTime) {
		return input.ReadASN1UTCTime(out)
	}
	return input.ReadASN1GeneralizedTime(out)
}

// readExtensions reads whether the key may issue certificates, and passes over everything else.
func (c *Certificate) readExtensions(tbs *cryptobyte.String) error {
	var list, extensions cryptobyte.String
	var present bool
	tag := der.Tag(3).ContextSpecific().Constructed()
	if !tbs.ReadOptionalASN1(&list, &present, tag) || !tbs.Empty() {
		return ErrCertificate
	}
	if !present {
		return nil
	}
	if !list.ReadASN1(&extensions, der.SEQUENCE) || !list.Empty() {
		return ErrCertificate
	}
	for !extensions.Empty() {
		var extension, value cryptobyte.String
		var oid asn1.ObjectIdentifier
		if !extensions.ReadASN1(&extension, der.SEQUENCE) || !extension.ReadASN1ObjectIdentifier(&oid) ||
			!extension.SkipOptionalASN1(der.BOOLEAN) ||
			!extension.ReadASN1(&value, der.OCTET_STRING) || !extension.Empty() {
			return ErrCertificate
		}
		if oid.Equal(oidBasicConstraints) && !readBasicConstraints(value, &c.CA) {
			return ErrCertificate
		}
	}
	return nil
}

// readBasicConstraints reads cA; a path length behind it is passed over.
func readBasicConstraints(value cryptobyte.String, ca *bool) bool {
	var inner cryptobyte.String
	if !value.ReadASN1(&inner, der.SEQUENCE) || !value.Empty() {
		return false
	}
	return !inner.PeekASN1Tag(der.BOOLEAN) || inner.ReadASN1Boolean(ca)
}

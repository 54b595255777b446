package material

import (
	"crypto"
	"crypto/sha1"
	"encoding/asn1"
	"math/big"
	"time"

	"golang.org/x/crypto/cryptobyte"
	der "golang.org/x/crypto/cryptobyte/asn1"

	"hsmplay/core/attr"
)

// CertificateSpec is what a new certificate says.
type CertificateSpec struct {
	Serial              *big.Int // above zero, at most 20 bytes (RFC 5280, 4.1.2.2)
	Subject             Name
	NotBefore, NotAfter time.Time
	CA                  bool      // may issue certificates; otherwise it may sign messages
	Public              *Material // the certified key, RSA or EC; either half
}

// The OIDs of extensions (RFC 5280, 4.2.1).
var (
	oidSubjectKeyID     = asn1.ObjectIdentifier{2, 5, 29, 14}
	oidKeyUsage         = asn1.ObjectIdentifier{2, 5, 29, 15}
	oidBasicConstraints = asn1.ObjectIdentifier{2, 5, 29, 19}
	oidAuthorityKeyID   = asn1.ObjectIdentifier{2, 5, 29, 35}
)

// The values of keyUsage: the number of unused bits, then the bits (RFC 5280, 4.2.1.3).
var (
	usageDigitalSignature = []byte{7, 0x80}
	usageCertSignCRLSign  = []byte{1, 0x06}
)

// signatureAlgorithm ties an OID of certificates to a mechanism of sign.
type signatureAlgorithm struct {
	oid       asn1.ObjectIdentifier
	keyType   attr.KeyType
	mechanism Mechanism
}

// signatureAlgorithms are those that are read; signatureAlgorithmFor picks among them for writing
// (RFC 5758, 3.2; RFC 4055, 5).
var signatureAlgorithms = []signatureAlgorithm{
	{asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 11}, attr.RSA, PKCS1(crypto.SHA256)},
	{asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 12}, attr.RSA, PKCS1(crypto.SHA384)},
	{asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 13}, attr.RSA, PKCS1(crypto.SHA512)},
	{asn1.ObjectIdentifier{1, 2, 840, 10045, 4, 3, 2}, attr.EC, ECDSAWith(crypto.SHA256)},
	{asn1.ObjectIdentifier{1, 2, 840, 10045, 4, 3, 3}, attr.EC, ECDSAWith(crypto.SHA384)},
	{asn1.ObjectIdentifier{1, 2, 840, 10045, 4, 3, 4}, attr.EC, ECDSAWith(crypto.SHA512)},
}

// signatureAlgorithmFor returns SHA-256, or SHA-384 for the curves that are larger than that.
func signatureAlgorithmFor(key *Material) (signatureAlgorithm, error) {
	mechanism := PKCS1(crypto.SHA256)
	if curve := key.Curve(); curve != nil {
		mechanism = ECDSAWith(crypto.SHA256)
		if curve.Bits > 256 {
			mechanism = ECDSAWith(crypto.SHA384)
		}
	}
	for _, row := range signatureAlgorithms {
		if row.mechanism == mechanism && row.keyType == key.Type {
			return row, nil
		}
	}
	return signatureAlgorithm{}, ErrKeyType
}

// NewCertificate returns the DER of an X.509 v3 certificate signed by the issuer's private key,
// with basicConstraints, keyUsage and both key identifiers. A nil issuer makes it self-signed.
// Errors: ErrKeyType, ErrKeyMismatch if the key is not the issuer's, ErrName, ErrCertificate.
func NewCertificate(spec CertificateSpec, issuer *Certificate, key *Material) ([]byte, error) {
	subject, err := spec.Subject.encode()
	if err != nil {
		return nil, err
	}
	issuerName, issuerKey := subject, spec.Public
	if issuer != nil {
		issuerName, issuerKey = issuer.rawSubject, issuer.Public
	}
	if string(issuerKey.SPKI) != string(key.SPKI) {
		return nil, ErrKeyMismatch
	}
	if !serialOK(spec.Serial) {
		return nil, ErrCertificate
	}
	alg, err := signatureAlgorithmFor(key)
	if err != nil {
		return nil, err
	}
	var b cryptobyte.Builder
	b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1(der.Tag(0).ContextSpecific().Constructed(), addVersion3)
		b.AddASN1BigInt(spec.Serial)
		alg.add(b)
		b.AddBytes(issuerName)
		b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) {
			addTime(b, spec.NotBefore)
			addTime(b, spec.NotAfter)
		})
		b.AddBytes(subject)
		b.AddBytes(spec.Public.SPKI)
		spec.addExtensions(b, issuerKey)
	})
	return signDER(&b, alg, key)
}

// addVersion3 writes X.509's version, which counts from 0.
func addVersion3(b *cryptobyte.Builder) { b.AddASN1Uint64(x509v3) }

func serialOK(serial *big.Int) bool {
	return serial != nil && serial.Sign() > 0 && serial.BitLen() < 8*20
}

// signDER wraps what was built with its signature, as certificates and requests are.
func signDER(tbs *cryptobyte.Builder, alg signatureAlgorithm, key *Material) ([]byte, error) {
	content, err := tbs.Bytes()
	if err != nil {
		return nil, ErrCertificate
	}
	signature, err := Sign(key, alg.mechanism, content)
	if err != nil {
		return nil, err
	}
	return sequence(func(b *cryptobyte.Builder) {
		b.AddBytes(content)
		alg.add(b)
		b.AddASN1BitString(signature)
	}), nil
}

func (a signatureAlgorithm) add(b *cryptobyte.Builder) {
	addAlgorithm(b, a.oid, func(b *cryptobyte.Builder) {
		if a.keyType == attr.RSA {
			addNull(b)
		}
	})
}

// addTime writes UTCTime up to 2049 and GeneralizedTime from then on (RFC 5280, 4.1.2.5).
func addTime(b *cryptobyte.Builder, t time.Time) {
	if t = t.UTC(); 1950 <= t.Year() && t.Year() < 2050 {
		b.AddASN1UTCTime(t)
	} else {
		b.AddASN1GeneralizedTime(t)
	}
}

// addExtensions writes the extensions, in their explicit tag.
func (s CertificateSpec) addExtensions(b *cryptobyte.Builder, issuerKey *Material) {
	b.AddASN1(der.Tag(3).ContextSpecific().Constructed(), func(b *cryptobyte.Builder) {
		b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) {
			addExtension(b, oidBasicConstraints, true, s.addBasicConstraints)
			addExtension(b, oidKeyUsage, true, s.addKeyUsage)
			addExtension(b, oidSubjectKeyID, false, func(b *cryptobyte.Builder) {
				b.AddASN1OctetString(keyID(s.Public))
			})
			addExtension(b, oidAuthorityKeyID, false, func(b *cryptobyte.Builder) {
				b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) {
					b.AddASN1(der.Tag(0).ContextSpecific(), func(b *cryptobyte.Builder) {
						b.AddBytes(keyID(issuerKey))
					})
				})
			})
		})
	})
}

func (s CertificateSpec) addBasicConstraints(b *cryptobyte.Builder) {
	b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) {
		if s.CA {
			b.AddASN1Boolean(true)
		}
	})
}

func (s CertificateSpec) addKeyUsage(b *cryptobyte.Builder) {
	usage := usageDigitalSignature
	if s.CA {
		usage = usageCertSignCRLSign
	}
	b.AddASN1(der.BIT_STRING, func(b *cryptobyte.Builder) {
		b.AddBytes(usage)
	})
}

func addExtension(b *cryptobyte.Builder, oid asn1.ObjectIdentifier, critical bool,
	value cryptobyte.BuilderContinuation) {
	b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1ObjectIdentifier(oid)
		if critical {
			b.AddASN1Boolean(true)
		}
		b.AddASN1(der.OCTET_STRING, value)
	})
}

// keyID is SHA-1 over the bits of the public key (RFC 5280, 4.2.1.2, method 1).
func keyID(m *Material) []byte {
	spki := cryptobyte.String(m.SPKI)
	var inner cryptobyte.String
	var bits []byte
	if !spki.ReadASN1(&inner, der.SEQUENCE) || !inner.SkipASN1(der.SEQUENCE) ||
		!inner.ReadASN1BitStringAsBytes(&bits) {
		panic("material: a key without SubjectPublicKeyInfo")
	}
	sum := sha1.Sum(bits)
	return sum[:]
}

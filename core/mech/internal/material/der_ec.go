package material

import (
	"bytes"
	"encoding/asn1"
	"fmt"

	"golang.org/x/crypto/cryptobyte"
	der "golang.org/x/crypto/cryptobyte/asn1"
)

// The tags of ECPrivateKey's optional parts (RFC 5915, 3).
var (
	sec1Parameters = der.Tag(0).ContextSpecific().Constructed()
	sec1PublicKey  = der.Tag(1).ContextSpecific().Constructed()
)

// sec1 is an ECPrivateKey (RFC 5915, 3) as it stands.
type sec1 struct {
	scalar []byte
	params cryptobyte.String // empty where absent
	point  []byte            // nil where absent
}

func parseECSPKI(params cryptobyte.String, key []byte, _ trust) (*Material, error) {
	curve, err := readCurve(params)
	if err != nil {
		return nil, err
	}
	point, err := curve.math.decode(key)
	if err != nil {
		return nil, err
	}
	return ecPublic(curve, point), nil
}

func parseECPKCS8(params cryptobyte.String, key []byte, t trust) (*Material, error) {
	curve, err := readCurve(params)
	if err != nil {
		return nil, err
	}
	parts, err := parseSEC1(key)
	if err != nil {
		return nil, err
	}
	if !parts.params.Empty() {
		if inner, err := readCurve(parts.params); err != nil || inner != curve {
			return nil, ErrKeyMismatch
		}
	}
	return parts.material(curve, t)
}

// parseSEC1Key reads a stand-alone ECPrivateKey, which must name its curve.
func parseSEC1Key(key []byte, t trust) (*Material, error) {
	parts, err := parseSEC1(key)
	if err != nil {
		return nil, err
	}
	curve, err := readCurve(parts.params)
	if err != nil {
		return nil, err
	}
	return parts.material(curve, t)
}

// material returns the private key. Without trust, or without a public point to trust, the point is
// computed.
func (s sec1) material(curve *Curve, t trust) (*Material, error) {
	if !t.computes() && s.point != nil {
		point, err := curve.math.decode(s.point)
		if err != nil {
			return nil, err
		}
		return ecPublic(curve, point).private(ecPKCS8(curve, s.scalar, point)), nil
	}
	secret := s.scalar
	if t == shaped {
		secret = make([]byte, len(s.scalar))
		copy(secret[max(len(secret)-1, 0):], []byte{1})
	}
	scalar, point, err := curve.math.public(secret)
	if err != nil {
		return nil, err
	}
	if s.point != nil {
		stated, err := curve.math.decode(s.point)
		if err != nil {
			return nil, err
		}
		if !bytes.Equal(stated, point) {
			return nil, ErrKeyMismatch
		}
	}
	return ecPublic(curve, point).private(ecPKCS8(curve, scalar, point)), nil
}

// parseSEC1 takes an ECPrivateKey apart.
func parseSEC1(key []byte) (parts sec1, err error) {
	inner, err := readOuter(key)
	if err != nil {
		return parts, err
	}
	if err := readVersion(&inner, 1); err != nil {
		return parts, err
	}
	var scalar, public cryptobyte.String
	var hasParams, hasPublic bool
	if !inner.ReadASN1(&scalar, der.OCTET_STRING) ||
		!inner.ReadOptionalASN1(&parts.params, &hasParams, sec1Parameters) ||
		!inner.ReadOptionalASN1(&public, &hasPublic, sec1PublicKey) || !inner.Empty() {
		return parts, ErrMalformed
	}
	if hasParams && parts.params.Empty() {
		return parts, ErrMalformed
	}
	parts.scalar = scalar
	if hasPublic && (!public.ReadASN1BitStringAsBytes(&parts.point) || !public.Empty()) {
		return parts, ErrMalformed
	}
	return parts, nil
}

// readCurve reads ECParameters (RFC 5480, 2.1.1), of which only a named curve will do.
func readCurve(params cryptobyte.String) (*Curve, error) {
	if params.PeekASN1Tag(der.SEQUENCE) || params.PeekASN1Tag(der.NULL) || params.Empty() {
		return nil, ErrNotNamedCurve
	}
	var oid asn1.ObjectIdentifier
	if !params.ReadASN1ObjectIdentifier(&oid) || !params.Empty() {
		return nil, ErrMalformed
	}
	curve, ok := CurveByOID(oid)
	if !ok {
		return nil, fmt.Errorf("%w: %s", ErrUnsupportedCurve, oid)
	}
	if !curve.Computed() {
		return nil, fmt.Errorf("%w: %s", ErrUnsupportedCurve, curve.Nick)
	}
	return curve, nil
}

func (c *Curve) addOID(b *cryptobyte.Builder) { b.AddASN1ObjectIdentifier(c.OID) }

func ecSPKI(curve *Curve, point []byte) []byte { return writeSPKI(oidEC, curve.addOID, point) }

// ecPKCS8 leaves the curve out of the inner structure and puts the public key in, as OpenSSL does:
// 138 bytes for P-256 (spec/kmu.md 4.5).
func ecPKCS8(curve *Curve, scalar, point []byte) []byte {
	return writePKCS8(oidEC, curve.addOID, writeSEC1(nil, scalar, point))
}

// writeSEC1 returns an ECPrivateKey, with the curve's name if a curve is given.
func writeSEC1(curve *Curve, scalar, point []byte) []byte {
	return sequence(func(b *cryptobyte.Builder) {
		b.AddASN1Uint64(1)
		b.AddASN1OctetString(scalar)
		if curve != nil {
			b.AddASN1(sec1Parameters, curve.addOID)
		}
		b.AddASN1(sec1PublicKey, func(b *cryptobyte.Builder) { b.AddASN1BitString(point) })
	})
}

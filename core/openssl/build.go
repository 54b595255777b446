package openssl

import (
	"crypto/rand"
	"crypto/sha1"
	"encoding/asn1"
	"math/big"
	"slices"
	"strings"
	"time"

	"golang.org/x/crypto/cryptobyte"
	der "golang.org/x/crypto/cryptobyte/asn1"

	"hsmplay/core/attr"
	"hsmplay/core/mech"
	"hsmplay/core/voice"
)

// daysDefault is how long a certificate is valid without -days.
const daysDefault = 30

// template is what a new certificate says.
type template struct {
	serial          *big.Int
	issuer, subject []byte // Names in DER
	spki            []byte
	notBefore       time.Time
	days            int
	extensions      []extension // none makes version 1, as OpenSSL 3.0 does
	authority       *issuer     // nil until it is known who signs
}

// signatureFor returns the algorithm of a key's signatures with a digest.
func (c *call) signatureFor(key *mech.Material) (oid asn1.ObjectIdentifier, d *digest, err error) {
	d = c.digest
	if d == nil {
		d = sha256Digest()
	}
	for _, row := range signatureAlgorithms {
		if row.keyType == key.Type && (row.digest == d.name || row.digest == "") {
			return oidNamed(row.name), row.of(), nil
		}
	}
	switch key.Type {
	case attr.DSA:
		return nil, nil, c.cannotSign(mech.ErrKeyType)
	case attr.Montgomery: // the real one says nothing but its error queue
		return nil, nil, (&refusal{}).because(voice.OpenSSLAgrees, "type", key.Type.Show())
	}
	return nil, nil, refuse("%s: Error signing data", c.name).because(voice.OpenSSLDigest, "digest", d.name)
}

// sign signs what build writes and wraps it with its signature (RFC 5280, 4.1.1).
func (c *call) sign(key *mech.Material, build func(b *cryptobyte.Builder, algorithm func(*cryptobyte.Builder))) ([]byte, error) {
	oid, d, err := c.signatureFor(key)
	if err != nil {
		return nil, err
	}
	algorithm := func(b *cryptobyte.Builder) {
		b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) {
			b.AddASN1ObjectIdentifier(oid)
			if key.Type == attr.RSA {
				b.AddBytes(asn1.NullBytes)
			}
		})
	}
	var tbs, b cryptobyte.Builder
	tbs.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) { build(b, algorithm) })
	content := tbs.BytesOrPanic()
	signature, err := c.signature(key, mech.Prehashed{Hash: d.hash}, d.sum(content))
	if err != nil {
		return nil, err
	}
	b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddBytes(content)
		algorithm(b)
		b.AddASN1BitString(signature)
	})
	return b.BytesOrPanic(), nil
}

// newCertificate returns the DER of a certificate.
func (c *call) newCertificate(t template, key *mech.Material) ([]byte, error) {
	return c.sign(key, func(b *cryptobyte.Builder, algorithm func(*cryptobyte.Builder)) {
		if len(t.extensions) > 0 {
			b.AddASN1(der.Tag(0).ContextSpecific().Constructed(), func(b *cryptobyte.Builder) { b.AddASN1Uint64(2) })
		}
		b.AddASN1BigInt(t.serial)
		algorithm(b)
		b.AddBytes(t.issuer)
		b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) {
			addTime(b, t.notBefore)
			addTime(b, t.notBefore.AddDate(0, 0, t.days))
		})
		b.AddBytes(t.subject)
		b.AddBytes(t.spki)
		if len(t.extensions) > 0 {
			b.AddASN1(der.Tag(3).ContextSpecific().Constructed(), func(b *cryptobyte.Builder) { addExtensions(b, t.extensions) })
		}
	})
}

// newRequest returns the DER of a certificate signing request (RFC 2986).
func (c *call) newRequest(subject []byte, attributes []attribute, key *mech.Material) ([]byte, error) {
	var encoded [][]byte
	for _, a := range attributes {
		encoded = append(encoded, a.encodeInSet())
	}
	slices.SortFunc(encoded, slices.Compare) // DER sorts a SET OF
	return c.sign(key, func(b *cryptobyte.Builder, _ func(*cryptobyte.Builder)) {
		b.AddASN1Uint64(0)
		b.AddBytes(subject)
		b.AddBytes(key.SPKI)
		b.AddASN1(der.Tag(0).ContextSpecific().Constructed(), func(b *cryptobyte.Builder) { b.AddBytes(slices.Concat(encoded...)) })
	})
}

// encodeInSet returns an attribute of a request: its value stands in a set.
func (a attribute) encodeInSet() []byte {
	var b cryptobyte.Builder
	b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1ObjectIdentifier(a.oid)
		b.AddASN1(der.SET, func(b *cryptobyte.Builder) {
			b.AddASN1(a.tag, func(b *cryptobyte.Builder) { b.AddBytes(a.value) })
		})
	})
	return b.BytesOrPanic()
}

// addTime writes UTCTime up to 2049 and GeneralizedTime from then on (RFC 5280, 4.1.2.5).
func addTime(b *cryptobyte.Builder, t time.Time) {
	if t.Year() < 2050 {
		b.AddASN1UTCTime(t)
	} else {
		b.AddASN1GeneralizedTime(t)
	}
}

func addExtensions(b *cryptobyte.Builder, list []extension) {
	b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) {
		for _, e := range list {
			b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) {
				b.AddASN1ObjectIdentifier(e.oid)
				if e.critical {
					b.AddASN1Boolean(true)
				}
				b.AddASN1OctetString(e.value)
			})
		}
	})
}

// keyID is SHA-1 over the bits of a public key in its SubjectPublicKeyInfo (RFC 5280, 4.2.1.2, method 1).
func keyID(key []byte) []byte {
	spki := cryptobyte.String(key)
	var fields cryptobyte.String
	var bits []byte
	if !spki.ReadASN1(&fields, der.SEQUENCE) || !fields.SkipASN1(der.SEQUENCE) || !fields.ReadASN1BitStringAsBytes(&bits) {
		panic("openssl: a key without SubjectPublicKeyInfo")
	}
	sum := sha1.Sum(bits)
	return sum[:]
}

// now is the simulated time in whole seconds.
func (c *call) now() time.Time { return time.Unix(c.Now/1000, 0).UTC() }

// daysMax keeps the year within four digits.
const daysMax = 2_000_000

// days reads -days.
func (c *call) days() (int, error) {
	days := c.count("days", daysDefault)
	if days > daysMax || c.now().AddDate(0, 0, days).Year() > 9999 {
		return 0, refuse("%s: Error setting the validity", c.name)
	}
	return days, nil
}

// newSerial returns 159 random bits, as OpenSSL does.
func newSerial() *big.Int {
	data := make([]byte, 20)
	rand.Read(data)
	data[0] &= 0x7f
	return new(big.Int).SetBytes(data)
}

// serialMax is the longest serial number that is taken, in digits (RFC 5280, 4.1.2.2: 20 bytes).
const serialMax = 48

// serial reads -set_serial: decimal, or hexadecimal behind 0x.
func (c *call) serial() (*big.Int, error) {
	text := c.last("set_serial")
	if !c.has("set_serial") {
		return newSerial(), nil
	}
	digits, base := text, 10
	if behind, ok := strings.CutPrefix(strings.ToLower(text), "0x"); ok {
		digits, base = behind, 16
	}
	n, ok := new(big.Int).SetString(digits, base)
	if !ok || len(digits) > serialMax || n.Sign() < 0 || n.BitLen() >= 8*20 {
		return nil, refuse("%s: Error setting the serial number \"%s\"", c.name, text)
	}
	return n, nil
}

package openssl

import (
	"slices"

	"golang.org/x/crypto/cryptobyte"
	der "golang.org/x/crypto/cryptobyte/asn1"
)

// What x509 changes of a certificate that is there already: its serial number, its extensions, and
// with a key all that a new one has of its issuer.

// changedCertificate reads the certificate of -in and changes it as the options say. What is written
// stays as it was where nobody signs it, and only what is printed changes, as in OpenSSL.
func (c *call) changedCertificate() (*certificate, error) {
	conf, section, err := c.extensionFile()
	if err != nil {
		return nil, err
	}
	x, err := c.certificate(c.last("in"), "certificate")
	if err != nil {
		return nil, err
	}
	if c.has("ext") {
		x.extensions = c.chosen(x.extensions)
	}
	if c.has("signkey") || c.has("key") || c.has("CA") {
		return c.signedAgain(x, conf, section)
	}
	if c.has("set_serial") {
		if x.serial, err = c.serial(); err != nil {
			return nil, err
		}
	}
	if c.has("extfile") {
		h := &holder{subject: x.subject, spki: x.spki, made: x.extensions,
			issuer: &issuer{name: x.rawIssuer, serial: x.serial, self: true}}
		if wrong := h.add(conf[section], conf); wrong != nil {
			return nil, wrong.because(c, refuse("Error adding extensions from section %s", section))
		}
		x.extensions = h.made
	}
	return x, nil
}

// signedAgain is a certificate from another one, signed by -signkey or by -CA. Its number stays,
// where none is given and no CA counts.
func (c *call) signedAgain(x *certificate, conf config, section string) (*certificate, error) {
	t := template{subject: x.rawName, issuer: x.rawName, spki: x.spki, notBefore: c.now()}
	if !c.has("CA") && !c.has("set_serial") {
		t.serial = x.serial
	}
	return c.issued(&t, &holder{subject: x.subject, made: x.extensions}, conf, section)
}

// issued makes a certificate from a template, with the extensions that its holder has and those of a
// section.
func (c *call) issued(t *template, h *holder, conf config, section string) (*certificate, error) {
	signer, err := c.issuer(t)
	if err != nil {
		return nil, err
	}
	if t.days, err = c.days(); err != nil {
		return nil, err
	}
	h.spki, h.issuer = t.spki, t.authority
	if wrong := h.add(conf[section], conf); wrong != nil {
		return nil, wrong.because(c, refuse("Error adding extensions from section %s", section))
	}
	t.extensions = h.identified(slices.Equal(signer.SPKI, t.spki))
	data, err := c.newCertificate(*t, signer)
	if err != nil {
		return nil, err
	}
	return parseCertificate(data), nil
}

// renamed is a request with another subject, under its old signature.
func (r *request) renamed(subject []byte) *request {
	outer, _ := inside(r.content)
	rest := cryptobyte.String(outer)
	rest.SkipASN1(der.INTEGER)
	rest.SkipASN1(der.SEQUENCE)
	var b cryptobyte.Builder
	b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) {
			b.AddASN1Int64(r.version)
			b.AddBytes(subject)
			b.AddBytes(rest)
		})
		b.AddBytes(r.signedWith())
	})
	return parseRequest(b.BytesOrPanic())
}

// signedWith are the algorithm and signature behind the content.
func (s signedData) signedWith() []byte {
	all, _ := inside(s.der)
	return all[len(s.content):]
}

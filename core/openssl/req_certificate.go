package openssl

import (
	"bytes"

	"hsmplay/core/mech"
	"hsmplay/core/voice"
)

// certified writes a certificate for a request, which the key of -key signs in the request's name.
func (c *call) certified(plan *reqPlan, r *request) error {
	if !c.has("key") {
		return refuse("Must provide a signature key using -key or provide -CA / -CAkey")
	}
	key, err := c.signingKey(c.last("key"), "private key")
	if err != nil {
		return err
	}
	if _, _, err := c.signatureFor(key); err != nil {
		return err
	}
	if err := c.checkCopying(`"`); err != nil {
		return err
	}
	t := template{issuer: r.rawName, subject: r.rawName, spki: r.spki}
	h := &holder{subject: r.subject, made: c.copied(r)}
	if c.has("subj") {
		if h.subject, err = c.parseSubject(c.last("subj")); err != nil {
			return err
		}
		t.subject = encodeName(h.subject)
	}
	if !c.has("copy_extensions") {
		c.warn("Warning: No -copy_extensions given; ignoring any extensions in the request\n")
	}
	own := bytes.Equal(r.spki, key.SPKI)
	switch {
	case !own:
		c.warn("Warning: Signature key and public key of cert do not match\n")
		if c.has("verify") { // of the certificate
			return &refusal{}
		}
	case c.has("verify"):
		c.warn("Certificate request self-signature verify OK\n")
	}
	return c.rooted(plan, t, h, key)
}

// rooted writes a certificate that a key signs without one of its own, with the extensions that the
// plan has for a CA's (RFC 5280, 3.2).
func (c *call) rooted(plan *reqPlan, t template, h *holder, key *mech.Material) (err error) {
	if t.serial, err = c.serial(); err != nil {
		return err
	}
	if t.days, err = c.days(); err != nil {
		return err
	}
	own := bytes.Equal(t.spki, key.SPKI)
	h.spki, h.issuer = t.spki, &issuer{name: t.issuer, serial: t.serial, keyID: keyID(key.SPKI), self: own}
	if err := plan.extend(h, c); err != nil {
		return err
	}
	public, err := mech.ParseModernPublic(t.spki)
	if err != nil {
		return refuse("Error getting public key").because(voice.OpenSSLUnfit, "file", voice.Word(fileWords(c.last("in"))), "why", err.Error())
	}
	t.notBefore, t.extensions = c.now(), h.identified(own)
	der, err := c.newCertificate(t, key)
	if err != nil {
		return err
	}
	return c.outputMade(public, parseCertificate(der).text, h.subject, "CERTIFICATE", der)
}

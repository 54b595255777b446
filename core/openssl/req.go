package openssl

import (
	"strconv"
	"strings"

	"hsmplay/core/mech"
	"hsmplay/core/voice"
)

// req makes and shows certificate signing requests; with -x509 it makes a self-signed certificate.
func req(c *call) error {
	plan, err := c.reqPlan()
	if err != nil {
		return err
	}
	if c.has("new") || c.has("newkey") || c.has("x509") && !c.has("in") {
		return reqNew(c, plan)
	}
	r, err := c.request(c.last("in"))
	if err != nil {
		return err
	}
	if c.has("x509") {
		return c.usage("-x509 goes with -new in the playground")
	}
	return c.outputRequest(r)
}

// outputRequest shows a request as the options say.
func (c *call) outputRequest(r *request) error {
	key, err := mech.ParsePublic(r.spki)
	if err != nil && (c.has("verify") || c.has("pubkey") || c.has("modulus")) {
		return refuse("Error getting public key").because(voice.OpenSSLUnfit, "file", voice.Word(fileWords(c.last("in"))), "why", err.Error())
	}
	if c.has("verify") {
		if r.verifies(key) {
			c.warn("Certificate request self-signature verify OK\n")
		} else {
			c.warn("Certificate request self-signature verify failure\n")
		}
	}
	var out strings.Builder
	if c.has("pubkey") {
		out.Write(pemOf("PUBLIC KEY", key.SPKI))
	}
	if c.has("text") {
		out.WriteString(r.text())
	}
	if c.has("subject") {
		out.WriteString("subject=" + nameText(r.subject) + "\n")
	}
	if c.has("modulus") {
		out.WriteString(modulusLine(key))
	}
	if !c.has("noout") {
		out.Write(c.encode("CERTIFICATE REQUEST", r.der))
	}
	return c.output([]byte(out.String()))
}

// reqNew makes a request, or with -x509 a certificate.
func reqNew(c *call, plan *reqPlan) error {
	key, err := c.requestKey(plan)
	if err != nil {
		return err
	}
	if _, _, err := c.signatureFor(key); err != nil {
		return err
	}
	subject, attributes, err := c.subject(plan)
	if err != nil {
		return err
	}
	name := encodeName(subject)
	if c.has("x509") {
		return c.selfSigned(plan, name, subject, key)
	}
	h := &holder{subject: subject, spki: key.SPKI}
	if err := plan.extend(h, c); err != nil {
		return err
	}
	if len(h.made) > 0 {
		attributes = append(attributes, h.requested())
	}
	der, err := c.newRequest(name, attributes, key)
	if err != nil {
		return err
	}
	return c.outputRequest(parseRequest(der))
}

// selfSigned writes a certificate of a CA (RFC 5280, 3.2).
func (c *call) selfSigned(plan *reqPlan, name []byte, subject []attribute, key *mech.Material) error {
	serial, err := c.serial()
	if err != nil {
		return err
	}
	days, err := c.days()
	if err != nil {
		return err
	}
	h := &holder{subject: subject, spki: key.SPKI, issuer: &issuer{name: name, serial: serial, self: true}}
	if err := plan.extend(h, c); err != nil {
		return err
	}
	der, err := c.newCertificate(template{serial: serial, issuer: name, subject: name, spki: key.SPKI, notBefore: c.now(),
		days: days, extensions: h.identified(true)}, key)
	if err != nil {
		return err
	}
	var out []byte
	if c.has("text") {
		out = []byte(parseCertificate(der).text())
	}
	if !c.has("noout") {
		out = append(out, c.encode("CERTIFICATE", der)...)
	}
	return c.output(out)
}

// requestKey returns the key of -key, or makes one as -newkey says.
func (c *call) requestKey(plan *reqPlan) (*mech.Material, error) {
	if c.has("key") {
		return c.signingKey(c.last("key"), "private key")
	}
	bits := rsaBits
	if n, err := strconv.ParseUint(plan.value("default_bits"), 10, 31); err == nil {
		bits = int(n)
	}
	if size, ok := strings.CutPrefix(c.last("newkey"), "rsa:"); ok {
		n, err := strconv.ParseUint(size, 10, 31)
		if err != nil {
			return nil, refuse("%s: Can't parse \"%s\" as a number", c.name, size)
		}
		bits = int(n)
	} else if kind := c.last("newkey"); kind != "" && kind != "rsa" {
		return nil, refuse("Unknown algorithm %s", kind).because(voice.OpenSSLValue, "command", c.name, "value", voice.Word(kind),
			"option", "-newkey", "known", "rsa:2048 and its like; for an EC key make it first with openssl ecparam -genkey")
	}
	key, err := c.makeKey(mech.RSA{Bits: bits, Exponent: rsaExponent})
	if err != nil {
		return nil, err
	}
	file := firstOf(c.last("keyout"), plan.value("default_keyfile"), "privkey.pem")
	data, err := c.private(key, false)
	if err != nil {
		return nil, err
	}
	c.warn("-----\n")
	return key, c.write(file, data)
}

// subject reads -subj or the configuration file, or asks for the parts of the subject.
func (c *call) subject(plan *reqPlan) (name, attributes []attribute, err error) {
	if err := plan.missing(); err != nil {
		return nil, nil, err
	}
	if c.has("subj") {
		name, err = c.parseSubject(c.last("subj"))
		return name, nil, err
	}
	if plan.value("prompt") == "no" {
		return plan.subject()
	}
	return c.askSubject(plan.subjectFields(), plan.attributeFields())
}

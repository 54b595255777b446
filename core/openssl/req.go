package openssl

import (
	"strconv"
	"strings"

	"hsmplay/core/mech"
	"hsmplay/core/voice"
)

// req makes and shows certificate signing requests; with -x509 it makes a self-signed certificate.
func req(c *call) error {
	if c.has("new") || c.has("newkey") || c.has("x509") && !c.has("in") {
		return reqNew(c)
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
func reqNew(c *call) error {
	key, err := c.requestKey()
	if err != nil {
		return err
	}
	if _, _, err := c.signatureFor(key); err != nil {
		return err
	}
	subject, attributes, err := c.subject()
	if err != nil {
		return err
	}
	name := encodeName(subject)
	if c.has("x509") {
		return c.selfSigned(name, key)
	}
	der, err := c.newRequest(name, attributes, key)
	if err != nil {
		return err
	}
	return c.outputRequest(parseRequest(der))
}

// selfSigned writes a certificate of a CA (RFC 5280, 3.2).
func (c *call) selfSigned(name []byte, key *mech.Material) error {
	serial, err := c.serial()
	if err != nil {
		return err
	}
	days, err := c.days()
	if err != nil {
		return err
	}
	der, err := c.newCertificate(template{serial: serial, issuer: name, subject: name, spki: key.SPKI, notBefore: c.now(),
		days: days, extensions: caExtensions(key)}, key)
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
func (c *call) requestKey() (*mech.Material, error) {
	if c.has("key") {
		return c.signingKey(c.last("key"), "private key")
	}
	bits := rsaBits
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
	file := c.last("keyout")
	if file == "" {
		file = "privkey.pem"
	}
	data, err := c.private(key, false)
	if err != nil {
		return nil, err
	}
	c.warn("-----\n")
	return key, c.write(file, data)
}

// subject reads -subj, or asks for the parts of the subject.
func (c *call) subject() (name, attributes []attribute, err error) {
	if c.has("subj") {
		name, err = c.parseSubject(c.last("subj"))
		return name, nil, err
	}
	return c.askSubject()
}

package openssl

import (
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
		return c.certified(plan, r)
	}
	if c.has("subj") {
		name, err := c.parseSubject(c.last("subj"))
		if err != nil {
			return err
		}
		r = r.renamed(encodeName(name))
	}
	return c.outputRequest(r)
}

// outputRequest shows a request as the options say.
func (c *call) outputRequest(r *request) error {
	key, err := mech.ParseModernPublic(r.spki)
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
	return c.outputMade(key, r.text, r.subject, "CERTIFICATE REQUEST", r.der)
}

// outputMade shows a request or a new certificate as the options say.
func (c *call) outputMade(key *mech.Material, text func() string, subject []attribute, label string, der []byte) error {
	var out strings.Builder
	if c.has("pubkey") {
		out.Write(pemOf("PUBLIC KEY", key.SPKI))
	}
	if c.has("text") {
		out.WriteString(text())
	}
	if c.has("subject") {
		out.WriteString("subject=" + nameText(subject) + "\n")
	}
	if c.has("modulus") {
		out.WriteString(modulusLine(key))
	}
	if !c.has("noout") {
		out.Write(c.encode(label, der))
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
		if c.has("verify") {
			return c.usage("-verify goes with a request in the playground")
		}
		return c.rooted(plan, template{issuer: name, subject: name, spki: key.SPKI}, &holder{subject: subject}, key)
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

// requestKey returns the key of -key, or makes one as -newkey says. It writes one that is new, and
// any where -keyout is given.
func (c *call) requestKey(plan *reqPlan) (key *mech.Material, err error) {
	if c.has("key") {
		key, err = c.signingKey(c.last("key"), "private key")
	} else {
		key, err = c.newRequestKey(plan)
	}
	if err != nil || c.has("key") && (!c.has("keyout") || c.engine != nil) {
		return key, err
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

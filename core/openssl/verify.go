package openssl

import (
	"bytes"
	"fmt"

	"golang.org/x/crypto/cryptobyte"

	"hsmplay/core/mech"
	"hsmplay/core/voice"
)

// fault is a way in which a chain is bad, with OpenSSL's number and words.
type fault struct {
	number int
	text   string
	goesOn bool // the rest of the chain is looked at all the same
}

var (
	faultNoIssuer      = fault{20, "unable to get local issuer certificate", false}
	faultSignature     = fault{7, "certificate signature failure", false}
	faultNotYet        = fault{9, "certificate is not yet valid", false}
	faultExpired       = fault{10, "certificate has expired", true}
	faultSelfSigned    = fault{18, "self-signed certificate", true}
	faultSelfSignedTop = fault{19, "self-signed certificate in certificate chain", false}
	faultNoCA          = fault{24, "invalid CA certificate", true}
)

// chainMax is the longest chain that is followed.
const chainMax = 32

// verify checks certificates against the certificates of a CA: chain, signatures and dates.
func verify(c *call) error {
	var trusted, untrusted []*certificate
	for _, pile := range []struct {
		option string
		to     *[]*certificate
	}{{"CAfile", &trusted}, {"trusted", &trusted}, {"untrusted", &untrusted}} {
		for _, name := range c.all(pile.option) {
			list, err := c.certificates(name)
			if err != nil {
				return err
			}
			*pile.to = append(*pile.to, list...)
		}
	}
	names := c.rest
	if len(names) == 0 {
		names = []string{""}
	}
	bad := false
	for _, name := range names {
		leaf, err := c.certificate(name, "certificate file")
		if err != nil {
			c.warn(err.Error())
			bad = true
			continue
		}
		chain := &chain{call: c, name: name, trusted: trusted, untrusted: untrusted, certs: []*certificate{leaf}}
		bad = !chain.verify() || bad
	}
	if bad {
		return &refusal{status: 2}
	}
	return nil
}

// certificates reads all certificates of a file.
func (c *call) certificates(name string) ([]*certificate, error) {
	data, err := c.ReadFile(name)
	if err != nil {
		return nil, cannotOpen(name, "certs", err)
	}
	var list []*certificate
	for _, block := range blocks(data, certificateLabels...) {
		if x := parseCertificate(block.Bytes); x != nil {
			list = append(list, x)
		}
	}
	if x := parseCertificate(data); len(list) == 0 && x != nil {
		list = append(list, x)
	}
	if len(list) == 0 {
		return nil, cannotRead(name, "certs").because(voice.OpenSSLNotText, "file", voice.Word(name), "what", "certificate")
	}
	return list, nil
}

// chain is a certificate with those above it, as far as they are found.
type chain struct {
	call               *call
	name               string
	trusted, untrusted []*certificate
	certs              []*certificate
	failed             bool
}

// verify builds the chain, checks it and says how it went.
func (ch *chain) verify() bool {
	if ch.build() && ch.checkConstraints() {
		ch.checkSignatures()
	}
	name := ch.name
	if name == "" {
		name = "stdin"
	}
	if ch.failed {
		ch.call.warn(fmt.Sprintf("error %s: verification failed\n", name))
		return false
	}
	fmt.Fprintf(ch.call.Out, "%s: OK\n", name)
	if ch.call.has("show_chain") {
		fmt.Fprint(ch.call.Out, "Chain:\n")
		for depth, x := range ch.certs {
			fmt.Fprintf(ch.call.Out, "depth=%d: %s\n", depth, nameText(x.subject))
		}
	}
	return true
}

// say prints a fault and reports whether to go on.
func (ch *chain) say(f fault, depth int) bool {
	ch.failed = true
	x := ch.certs[depth]
	ch.call.warn(fmt.Sprintf("%s\nerror %d at %d depth lookup: %s\n", nameText(x.subject), f.number, depth, f.text))
	if f == faultSelfSigned {
		ch.call.Note(voice.OpenSSLSelfSigned, "file", voice.Word(ch.name))
	}
	return f.goesOn
}

// build looks for issuers until one is trusted and signed by itself.
func (ch *chain) build() bool {
	for {
		depth := len(ch.certs) - 1
		x := ch.certs[depth]
		switch selfSigned := x.issuedBy(x); {
		case selfSigned && ch.trusts(x):
			return true
		case selfSigned && depth == 0:
			return ch.say(faultSelfSigned, depth)
		case selfSigned:
			return ch.say(faultSelfSignedTop, depth)
		}
		issuer := findIssuer(x, ch.trusted)
		if issuer == nil {
			issuer = findIssuer(x, ch.untrusted)
		}
		if issuer == nil || depth >= chainMax {
			return ch.say(faultNoIssuer, depth)
		}
		ch.certs = append(ch.certs, issuer)
	}
}

func (ch *chain) trusts(x *certificate) bool {
	for _, t := range ch.trusted {
		if bytes.Equal(t.der, x.der) {
			return true
		}
	}
	return false
}

func findIssuer(x *certificate, among []*certificate) *certificate {
	for _, candidate := range among {
		if x.issuedBy(candidate) {
			return candidate
		}
	}
	return nil
}

// issuedBy reports whether names and key identifiers fit; the signature is checked later.
func (x *certificate) issuedBy(issuer *certificate) bool {
	if !bytes.Equal(x.rawIssuer, issuer.rawName) {
		return false
	}
	authority, ok := readAuthorityKeyID(x.extension("authorityKeyIdentifier"))
	subject := cryptobyte.String(issuer.extension("subjectKeyIdentifier"))
	if !ok || !authority.hasKey || len(subject) < 2 {
		return true
	}
	return bytes.Equal(authority.keyID, subject[2:])
}

// checkConstraints refuses issuers that are no CA (RFC 5280, 4.2.1.9).
func (ch *chain) checkConstraints() bool {
	for depth, x := range ch.certs {
		if depth > 0 && !x.isCA() && !ch.say(faultNoCA, depth) {
			return false
		}
	}
	return true
}

// isCA is OpenSSL's X509_check_ca: an old self-signed certificate of version 1 will do.
func (x *certificate) isCA() bool {
	usage := x.extension("keyUsage")
	if bits, ok := readUsage(usage); usage != nil && (!ok || bits.At(usageCertSign) == 0) {
		return false
	}
	if value := x.extension("basicConstraints"); value != nil {
		c, ok := readConstraints(value)
		return ok && c.ca
	}
	return x.version == 0 && x.issuedBy(x) || usage != nil
}

// checkSignatures checks signatures and dates from the top down.
func (ch *chain) checkSignatures() {
	top := len(ch.certs) - 1
	for depth := top; depth >= 0; depth-- {
		x := ch.certs[depth]
		if depth < top {
			key, err := mech.ParseModernPublic(ch.certs[depth+1].spki)
			if (err != nil || !x.verifies(key)) && !ch.say(faultSignature, depth) {
				return
			}
		}
		now := ch.call.now()
		if now.Before(x.notBefore) && !ch.say(faultNotYet, depth) {
			return
		}
		if now.After(x.notAfter) && !ch.say(faultExpired, depth) {
			return
		}
	}
}

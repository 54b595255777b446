package openssl

import (
	"errors"
	"fmt"
	"io/fs"
	"math/big"
	"path"
	"slices"
	"strings"
	"time"

	"hsmplay/core/mech"
)

// certificateField is something that x509 prints of a certificate.
type certificateField struct {
	option string
	means  string
	valued bool // the option has a value
	print  func(c *call, x *certificate) string
}

// certificateFields are printed in the order in which they are typed.
var certificateFields = []certificateField{
	{"text", "Print the certificate in text form", false, func(_ *call, x *certificate) string { return x.text() }},
	{"subject", "Print subject DN", false, func(c *call, x *certificate) string { return c.nameLine("subject", x.subject) }},
	{"issuer", "Print issuer DN", false, func(c *call, x *certificate) string { return c.nameLine("issuer", x.issuer) }},
	{"serial", "Print serial number value", false, func(_ *call, x *certificate) string { return "serial=" + serialHex(x.serial) + "\n" }},
	{"dates", "Print both notBefore and notAfter fields", false, func(_ *call, x *certificate) string { return startLine(x) + endLine(x) }},
	{"startdate", "Print the notBefore field", false, func(_ *call, x *certificate) string { return startLine(x) }},
	{"enddate", "Print the notAfter field", false, func(_ *call, x *certificate) string { return endLine(x) }},
	{"fingerprint", "Print the certificate fingerprint", false, fingerprint},
	{"modulus", "Print the RSA key modulus", false, func(_ *call, x *certificate) string { return modulusOf(x) }},
	{"ext", "Restrict which X.509 extensions to print and/or copy: names with commas between them", true, chosenExtensions},
	{"pubkey", "Print the public key in PEM format", false, func(_ *call, x *certificate) string { return string(pemOf("PUBLIC KEY", x.spki)) }},
}

func startLine(x *certificate) string { return "notBefore=" + timeText(x.notBefore) + "\n" }
func endLine(x *certificate) string   { return "notAfter=" + timeText(x.notAfter) + "\n" }

func modulusOf(x *certificate) string {
	key, err := mech.ParseModernPublic(x.spki)
	if err != nil {
		return "Modulus=No modulus for this public key type\n"
	}
	return modulusLine(key)
}

// serialHex prints a number as bytes.
func serialHex(n *big.Int) string {
	digits := fmt.Sprintf("%X", n)
	if len(digits)%2 == 1 {
		digits = "0" + digits
	}
	return digits
}

// fingerprint is the digest of the whole certificate.
func fingerprint(c *call, x *certificate) string {
	d, name := c.digest, c.digestWord
	if d == nil {
		d, name = digestNamed("sha1"), "SHA1"
	}
	return fmt.Sprintf("%s Fingerprint=%s\n", name, colons(d.sum(x.der), "%02X"))
}

// x509 shows certificates, and makes them from requests.
func x509(c *call) error {
	if _, ok := c.nameForm(); !ok {
		return refuse("%s: Use -help for summary.", c.name)
	}
	var x *certificate
	var err error
	switch {
	case c.has("req"):
		x, err = c.fromRequest()
	default:
		x, err = c.changedCertificate()
	}
	if err != nil {
		return err
	}
	var out strings.Builder
	for _, option := range c.args.Order() {
		for _, row := range certificateFields {
			if "-"+row.option == option {
				out.WriteString(row.print(c, x))
			}
		}
	}
	if c.has("checkend") {
		return c.checkEnd(x, out.String())
	}
	if !c.has("noout") {
		out.Write(c.encode("CERTIFICATE", x.der))
	}
	return c.output([]byte(out.String()))
}

// checkEnd says whether a certificate expires within so many seconds.
func (c *call) checkEnd(x *certificate, before string) error {
	end := c.now().Add(time.Duration(c.count("checkend", 0)) * time.Second)
	if end.After(x.notAfter) {
		c.output([]byte(before + "Certificate will expire\n"))
		return &refusal{}
	}
	return c.output([]byte(before + "Certificate will not expire\n"))
}

// fromRequest makes a certificate for a request, signed by -signkey or by -CA.
func (c *call) fromRequest() (*certificate, error) {
	conf, section, err := c.extensionFile()
	if err != nil {
		return nil, err
	}
	r, err := c.request(c.last("in"))
	if err != nil {
		return nil, err
	}
	key, err := mech.ParseModernPublic(r.spki)
	if err != nil {
		return nil, refuse("Error unpacking public key from CSR")
	}
	if !r.verifies(key) {
		return nil, refuse("Certificate request self-signature did not match the contents")
	}
	c.warn("Certificate request self-signature ok\nsubject=" + nameText(r.subject) + "\n")
	t := template{subject: r.rawName, issuer: r.rawName, spki: r.spki, notBefore: c.now()}
	return c.issued(&t, &holder{subject: r.subject, made: c.copied(r)}, conf, section)
}

// issuer returns the key that signs, and fills in what the certificate has of its issuer. A
// self-signed certificate is for the key that signs it, whatever the request says.
func (c *call) issuer(t *template) (key *mech.Material, err error) {
	switch {
	case c.has("CA"):
		key, err = c.caKey(t)
	case c.has("signkey"), c.has("key"):
		if key, err = c.signingKey(c.last("signkey")+c.last("key"), "private key"); err == nil {
			t.spki = key.SPKI
		}
	default:
		err = refuse("We need a private key to sign with, use -key or -CAkey or -CA with private key")
	}
	if err == nil && t.serial == nil {
		t.serial, err = c.serial()
	}
	if t.authority == nil {
		t.authority = &issuer{name: t.issuer, serial: t.serial, self: true}
	}
	return key, err
}

// caKey reads the CA's certificate and key, and takes a serial number.
func (c *call) caKey(t *template) (*mech.Material, error) {
	ca, err := c.certificate(c.last("CA"), "CA certificate")
	if err != nil {
		return nil, err
	}
	file := c.last("CAkey")
	if file == "" {
		file = c.last("CA")
	}
	key, err := c.signingKey(file, "CA private key")
	if err != nil {
		return nil, err
	}
	public, err := ca.publicKey(c.last("CA"))
	if err != nil {
		return nil, err
	}
	if !slices.Equal(public.SPKI, key.SPKI) {
		return nil, refuse("CA certificate and CA private key do not match")
	}
	t.issuer = ca.rawName
	t.authority = &issuer{name: ca.rawIssuer, serial: ca.serial, keyID: keyIDOf(ca.extensions)}
	if !c.has("set_serial") {
		t.serial, err = c.nextSerial()
	}
	return key, err
}

// nextSerial takes the next number of the file that keeps track of them. Without a file the number
// is random; -CAcreateserial makes the file.
func (c *call) nextSerial() (*big.Int, error) {
	file := c.last("CAserial")
	if file == "" {
		ca := c.last("CA")
		file = strings.TrimSuffix(ca, path.Ext(ca)) + ".srl"
	}
	data, err := c.ReadFile(file)
	switch {
	case errors.Is(err, fs.ErrNotExist) && c.has("CAcreateserial"):
		serial := newSerial()
		return serial, c.write(file, []byte(serialHex(serial)+"\n"))
	case errors.Is(err, fs.ErrNotExist) && !c.has("CAserial"):
		return newSerial(), nil
	case err != nil:
		return nil, refuse("Can't open %s for reading, %s", file, reason(err))
	}
	text := strings.TrimSpace(string(data[:min(len(data), 2*serialMax)]))
	serial, ok := new(big.Int).SetString(text, 16)
	if !ok || serial.Sign() < 0 || serial.BitLen() >= 8*20-1 {
		return nil, refuse("Unable to load number from %s", file)
	}
	serial.Add(serial, big.NewInt(1))
	return serial, c.write(file, []byte(serialHex(serial)+"\n"))
}

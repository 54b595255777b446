package openssl

import (
	"fmt"
	"math/big"
	"strings"
	"time"

	"golang.org/x/crypto/cryptobyte"
	der "golang.org/x/crypto/cryptobyte/asn1"

	"hsmplay/core/mech"
)

// signatureColumns is how many bytes a line of a signature holds.
const signatureColumns = 18

// text prints a certificate as x509 -text does.
func (x *certificate) text() string {
	var b strings.Builder
	b.WriteString("Certificate:\n    Data:\n")
	fmt.Fprintf(&b, "        Version: %d (0x%x)\n", x.version+1, x.version)
	b.WriteString("        Serial Number:" + serialText(x.serial))
	fmt.Fprintf(&b, "        Signature Algorithm: %s\n", objectOf(x.algorithm).long)
	fmt.Fprintf(&b, "        Issuer: %s\n", nameText(x.issuer))
	fmt.Fprintf(&b, "        Validity\n            Not Before: %s\n", timeText(x.notBefore))
	fmt.Fprintf(&b, "            Not After : %s\n", timeText(x.notAfter))
	fmt.Fprintf(&b, "        Subject: %s\n", nameText(x.subject))
	b.WriteString(spkiText(x.spki))
	if len(x.extensions) > 0 {
		b.WriteString("        X509v3 extensions:\n" + extensionsText(x.extensions, "            "))
	}
	b.WriteString(x.signatureText())
	return b.String()
}

// text prints a request as req -text does.
func (r *request) text() string {
	var b strings.Builder
	b.WriteString("Certificate Request:\n    Data:\n")
	fmt.Fprintf(&b, "        Version: %d (0x%x)\n", r.version+1, r.version)
	fmt.Fprintf(&b, "        Subject: %s\n", nameText(r.subject))
	b.WriteString(spkiText(r.spki) + "        Attributes:\n")
	if len(r.attributes) == 0 && len(r.extensions) == 0 {
		b.WriteString("            (none)\n")
	}
	for _, a := range r.attributes {
		fmt.Fprintf(&b, "            %-25s", objectOf(a.oid).long)
		for _, v := range a.values {
			if value, ok := v.characters(); ok {
				b.WriteString(":" + strings.Map(printable, value) + "\n")
			} else {
				b.WriteString(":unable to print attribute\n")
			}
		}
	}
	b.WriteString("            Requested Extensions:\n" + extensionsText(r.extensions, "                "))
	b.WriteString(r.signatureText())
	return b.String()
}

// serialText prints a serial number: small ones as numbers, others byte by byte.
func serialText(n *big.Int) string {
	if n.IsInt64() {
		return fmt.Sprintf(" %d (%#x)\n", n, n)
	}
	if n.Sign() < 0 {
		return "\n             (Negative)" + colons(n.Bytes(), "%02x") + "\n"
	}
	return "\n            " + colons(n.Bytes(), "%02x") + "\n"
}

// timeText prints a time as OpenSSL does: Nov 23 12:00:48 2026 GMT.
func timeText(t time.Time) string { return t.UTC().Format("Jan _2 15:04:05 2006 GMT") }

func spkiText(spki []byte) string {
	var b strings.Builder
	algorithm, outer := "", cryptobyte.String(spki)
	var inner cryptobyte.String
	if oid := oidNamed("rsaEncryption"); outer.ReadASN1(&inner, der.SEQUENCE) && readAlgorithm(&inner, &oid) {
		algorithm = objectOf(oid).long
	}
	fmt.Fprintf(&b, "        Subject Public Key Info:\n            Public Key Algorithm: %s\n", algorithm)
	key, err := mech.ParseModernPublic(spki)
	if err != nil {
		return b.String() + "            Unable to load Public Key\n"
	}
	return b.String() + keyText(key, "                ")
}

func (s signedData) signatureText() string {
	return fmt.Sprintf("    Signature Algorithm: %s\n    Signature Value:\n", objectOf(s.algorithm).long) +
		hexLines(s.signature, "        ", signatureColumns)
}

// extensionsText prints extensions, each with a line for its name and its value deeper.
func extensionsText(list []extension, indent string) string {
	var b strings.Builder
	for _, e := range list {
		critical := ""
		if e.critical {
			critical = "critical"
		}
		fmt.Fprintf(&b, "%s%s: %s\n", indent, objectOf(e.oid).long, critical)
		for _, line := range e.lines() {
			b.WriteString(indent + "    " + line + "\n")
		}
	}
	return b.String()
}

// printable keeps what a terminal can show; OpenSSL writes a dot for the rest.
func printable(r rune) rune {
	if r > '~' || r < ' ' && r != '\n' && r != '\r' {
		return '.'
	}
	return r
}

package openssl

import (
	"fmt"
	"slices"
	"strings"

	"hsmplay/core/voice"
)

// purpose is something that a certificate may be for, as OpenSSL's v3_purp.c asks its extensions.
type purpose struct {
	word     string   // of verify -purpose
	shown    string   // by x509 -purpose
	extended []string // of extendedKeyUsage, one is to be there if the extension is
	usage    []int    // bits of keyUsage, the same
	also     []int    // and one of these too
}

// The bits of a key's usages (RFC 5280, 4.2.1.3).
const (
	usageSign        = 0
	usageNoRepudiate = 1
	usageEncipher    = 2
	usageAgree       = 4
	usageSignCRL     = 6
)

const stampUsage = "Time Stamping"

var (
	serverUsage = []string{"TLS Web Server Authentication"}
	mailUsage   = []string{"E-mail Protection"}
	tlsBits     = []int{usageSign, usageEncipher, usageAgree}
)

var purposes = []purpose{
	{"sslclient", "SSL client", []string{"TLS Web Client Authentication"}, []int{usageSign, usageAgree}, nil},
	{"sslserver", "SSL server", serverUsage, tlsBits, nil},
	{"nssslserver", "Netscape SSL server", serverUsage, tlsBits, []int{usageEncipher}},
	{"smimesign", "S/MIME signing", mailUsage, []int{usageSign, usageNoRepudiate}, nil},
	{"smimeencrypt", "S/MIME encryption", mailUsage, []int{usageEncipher}, nil},
	{"crlsign", "CRL signing", nil, []int{usageSignCRL}, nil},
	{"any", "Any Purpose", nil, nil, nil},
	{"ocsphelper", "OCSP helper", nil, nil, nil},
	{"timestampsign", "Time Stamp signing", nil, nil, nil},
}

// purposeWords are the purposes as values of an option.
func purposeWords() (list []string) {
	for _, p := range purposes {
		list = append(list, p.word)
	}
	return list
}

// purpose reads verify's -purpose, nil without it.
func (c *call) purpose() (*purpose, error) {
	word := c.last("purpose")
	i := slices.IndexFunc(purposes, func(p purpose) bool { return p.word == word })
	switch {
	case !c.has("purpose"):
		return nil, nil
	case i < 0:
		return nil, refuse("verify: Invalid purpose %s", word).because(voice.OpenSSLValue, "command", c.name,
			"value", voice.Word(word), "option", "-purpose", "known", strings.Join(purposeWords(), ", "))
	}
	return &purposes[i], nil
}

// purposesText is x509 -purpose.
func purposesText(_ *call, x *certificate) string {
	var b strings.Builder
	b.WriteString("Certificate purposes:\n")
	for _, p := range purposes {
		for _, ca := range []bool{false, true} {
			name, word := p.shown, "Yes"
			if ca {
				name += " CA"
			}
			if code := p.of(x, ca); code == 0 {
				word = "No"
			} else if code > 1 {
				word = fmt.Sprintf("Yes (WARNING code=%d)", code)
			}
			b.WriteString(name + " : " + word + "\n")
		}
	}
	return b.String()
}

// of returns 0 for a certificate that is not for the purpose, or not as one of a CA; above 1 stand
// the weaker reasons for which it is.
func (p purpose) of(x *certificate, ca bool) int {
	extended := x.extendedUsages()
	switch {
	case p.word == "any":
		return 1
	case p.extended != nil && extended != nil && !slices.Contains(extended, p.extended[0]):
		return 0
	case ca && strings.Contains(p.word, "ssl"): // takes all of them alike
		return min(1, x.caCode())
	case ca:
		return x.caCode()
	case !x.mayOne(p.usage) || !x.mayOne(p.also), p.word == "timestampsign" && !x.stamps(extended):
		return 0
	}
	return 1
}

// extendedUsages are the names of extendedKeyUsage, nil without it.
func (x *certificate) extendedUsages() []string {
	value := x.extension("extendedKeyUsage")
	if value == nil {
		return nil
	}
	lines, _ := linesExtendedKeyUsage(value)
	return strings.Split(strings.Join(lines, ""), ", ")
}

// mayOne reports whether the key may do one of these; without keyUsage it may do all.
func (x *certificate) mayOne(bits []int) bool {
	value := x.extension("keyUsage")
	usage, _ := readUsage(value)
	return bits == nil || value == nil || slices.ContainsFunc(bits, func(bit int) bool { return usage.At(bit) == 1 })
}

// stamps reports whether a certificate is for time stamps alone, and critically so (RFC 3161, 2.3).
func (x *certificate) stamps(extended []string) bool {
	usage, _ := readUsage(x.extension("keyUsage"))
	for bit := range usages {
		if bit > usageNoRepudiate && usage.At(bit) == 1 {
			return false
		}
	}
	oid := oidNamed("extendedKeyUsage")
	return x.mayOne([]int{usageSign, usageNoRepudiate}) && slices.Equal(extended, []string{stampUsage}) &&
		slices.ContainsFunc(x.extensions, func(e extension) bool { return e.critical && e.oid.Equal(oid) })
}

// caCode is OpenSSL's X509_check_ca: 1 of a CA, 0 of none, 3 of an old self-signed certificate of
// version 1, 4 of one that may sign certificates and says no more.
func (x *certificate) caCode() int {
	value := x.extension("basicConstraints")
	c, ok := readConstraints(value)
	switch {
	case !x.mayOne([]int{usageCertSign}), value != nil && !(ok && c.ca):
		return 0
	case value != nil:
		return 1
	case x.version == 0 && x.issuedBy(x):
		return 3
	case x.extension("keyUsage") != nil:
		return 4
	}
	return 0
}

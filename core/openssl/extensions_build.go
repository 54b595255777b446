package openssl

import (
	"encoding/asn1"
	"encoding/hex"
	"math/big"
	"slices"
	"strings"

	"golang.org/x/crypto/cryptobyte"
	der "golang.org/x/crypto/cryptobyte/asn1"

	"hsmplay/core/voice"
)

// holder is the certificate or request that extensions are made for.
type holder struct {
	subject []attribute
	spki    []byte
	issuer  *issuer // nil in a request
	made    []extension
	checked bool // there is no holder yet, and what is written is only checked
}

// issuer is what an authority key identifier says of the certificate that signs.
type issuer struct {
	name   []byte // a Name in DER
	serial *big.Int
	keyID  []byte // nil for none
	self   bool   // the holder signs itself
}

// extensionMaker makes the value of an extension from what is written of it, false for what is not
// known; known are the values that are.
type extensionMaker struct {
	short, known string
	make         func(h *holder, w written) ([]byte, bool)
}

// written is what is written of an extension: the text, and its parts as name:value.
type written struct {
	text  string
	parts []setting
	conf  config
}

var extensionMakers = []extensionMaker{
	{"subjectAltName", "DNS:, IP:, email:, URI:, RID:, dirName: and @section", partsOf(makeAltName)},
	{"basicConstraints", "CA:TRUE, CA:FALSE and pathlen:number", partsOf(makeBasicConstraints)},
	{"keyUsage", strings.Join(usageWords, ", "), partsOf(makeKeyUsage)},
	{"extendedKeyUsage", "serverAuth, clientAuth, codeSigning, emailProtection, timeStamping, OCSPSigning and object identifiers", partsOf(makeExtendedKeyUsage)},
	{"subjectKeyIdentifier", "hash, none and hexadecimal digits", makeSubjectKeyID},
	{"authorityKeyIdentifier", "keyid, issuer, both also with :always, and none; in a request only none, as it has no issuer yet", partsOf(makeAuthorityKeyID)},
	{"nsComment", "text of ASCII characters", makeComment},
}

// unmade is an extension that cannot be made, for the playground's note.
type unmade struct{ value, option, known string }

// because adds to a refusal what is known instead.
func (u *unmade) because(c *call, r *refusal) *refusal {
	return r.because(voice.OpenSSLValue, "command", c.name, "value", voice.Word(u.value), "option", voice.Word(u.option), "known", u.known)
}

// add makes the extensions of a section. One that is there already is replaced, and stands last.
func (h *holder) add(section []setting, conf config) *unmade {
	there := map[string]bool{}
	for _, e := range h.made {
		there[e.oid.String()] = true
	}
	for _, s := range section {
		e, wrong := h.extension(s, conf)
		if wrong != nil {
			return wrong
		}
		if there[e.oid.String()] {
			h.made = slices.DeleteFunc(h.made, func(old extension) bool { return old.oid.Equal(e.oid) })
		}
		there[e.oid.String()] = true
		h.made = append(h.made, e)
	}
	return nil
}

// extension makes one extension: its name, and its value behind critical, if it is.
func (h *holder) extension(s setting, conf config) (e extension, wrong *unmade) {
	text, critical := strings.CutPrefix(s.value, "critical,")
	e.critical = critical
	text = strings.TrimSpace(text)
	if value, ok := genericValue(text, conf); ok {
		oid, known := asn1OID(s.name)
		e.oid, e.value = readOID(oid), value
		if known && value != nil {
			return e, nil
		}
		return e, &unmade{s.value, s.name, "DER:hexadecimal digits and ASN1:type:value behind a name or an object identifier"}
	}
	var names []string
	for _, row := range extensionMakers {
		if row.short != s.name {
			names = append(names, row.short)
			continue
		}
		var ok bool
		e.oid = oidNamed(s.name)
		if e.value, ok = row.make(h, written{text: text, conf: conf}); !ok {
			return e, &unmade{s.value, s.name, row.known}
		}
		return e, nil
	}
	return e, &unmade{s.name, "an extension", strings.Join(names, ", ")}
}

// genericValue makes the value of any extension, where it is written so; nil is for one that does
// not parse.
func genericValue(text string, conf config) (value []byte, generic bool) {
	if digits, ok := strings.CutPrefix(text, "DER:"); ok {
		return hexValue(digits), true
	}
	if description, ok := strings.CutPrefix(text, "ASN1:"); ok {
		value, _ = asn1Value(description, conf, 0)
		return value, true
	}
	return nil, false
}

// hexValue reads bytes in hexadecimal, with colons or without; nil is for others and for none.
func hexValue(digits string) []byte {
	data, err := hex.DecodeString(strings.ReplaceAll(digits, ":", ""))
	if err != nil || len(data) == 0 {
		return nil
	}
	return data
}

// readOID is the identifier in the content of an OBJECT IDENTIFIER, nil for none.
func readOID(content []byte) (oid asn1.ObjectIdentifier) {
	s := cryptobyte.String(tagged(der.OBJECT_IDENTIFIER, content))
	s.ReadASN1ObjectIdentifier(&oid)
	return oid
}

// tagged is one DER value.
func tagged(tag der.Tag, content []byte) []byte { return wrapped(nil, wrapping{tag: tag}, content) }

// partsOf takes the text apart before it makes of its parts the content of a SEQUENCE, or a whole
// value.
func partsOf(do func(h *holder, w written) ([]byte, bool)) func(h *holder, w written) ([]byte, bool) {
	return func(h *holder, w written) ([]byte, bool) {
		var ok bool
		if section, is := strings.CutPrefix(w.text, "@"); is {
			w.parts = w.conf[section]
			ok = len(w.parts) > 0
		} else {
			w.parts, ok = splitParts(w.text)
		}
		if !ok {
			return nil, false
		}
		return do(h, w)
	}
}

// splitParts splits name:value,name at its commas; false is for an empty name or value.
func splitParts(text string) (parts []setting, ok bool) {
	for part := range strings.SplitSeq(text, ",") {
		name, value, valued := strings.Cut(part, ":")
		s := setting{strings.TrimSpace(name), strings.TrimSpace(value)}
		if s.name == "" || valued && s.value == "" {
			return nil, false
		}
		parts = append(parts, s)
	}
	return parts, true
}

// identified are the extensions of a certificate: where there are some, OpenSSL adds the key
// identifiers, the issuer's unless the certificate's own key signs, and drops empty ones.
func (h *holder) identified(ownKey bool) []extension {
	if len(h.made) == 0 {
		return nil
	}
	for _, s := range []setting{{"subjectKeyIdentifier", "hash"}, {"authorityKeyIdentifier", "keyid, issuer"}} {
		oid := oidNamed(s.name)
		there := slices.ContainsFunc(h.made, func(e extension) bool { return e.oid.Equal(oid) })
		if !there && !(ownKey && s.name == "authorityKeyIdentifier") {
			h.add([]setting{s}, nil)
		}
		h.made = slices.DeleteFunc(h.made, func(e extension) bool { return e.oid.Equal(oid) && len(e.value) <= 2 })
	}
	return h.made
}

package openssl

import (
	"bytes"
	"encoding/asn1"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/crypto/cryptobyte"
	der "golang.org/x/crypto/cryptobyte/asn1"
)

func makeAltName(h *holder, w written) ([]byte, bool) {
	var names []byte
	for _, s := range w.parts {
		kind, _, _ := strings.Cut(s.name, ".") // several in a section: DNS.1, DNS.2
		if kind == "email" && s.value == "copy" {
			for _, a := range h.subject {
				if objectOf(a.oid).short == "emailAddress" {
					names = append(names, tagged(der.Tag(1).ContextSpecific(), a.value)...)
				}
			}
			continue
		}
		name, ok := makeGeneralName(kind, s.value, w.conf)
		if !ok {
			return nil, false
		}
		names = append(names, name...)
	}
	return tagged(der.SEQUENCE, names), true
}

// makeGeneralName is one GeneralName (RFC 5280, 4.2.1.6).
func makeGeneralName(kind, value string, conf config) ([]byte, bool) {
	for _, row := range nameKinds {
		if row.word == kind+":" {
			return tagged(row.tag.ContextSpecific(), []byte(value)), value != "" && value != "move"
		}
	}
	switch kind {
	case "IP":
		ip := addressBytes(value)
		return tagged(der.Tag(7).ContextSpecific(), ip), ip != nil
	case "RID":
		oid, ok := asn1OID(value)
		return tagged(der.Tag(8).ContextSpecific(), oid), ok
	case "dirName":
		name, ok := conf.distinguishedName(value)
		return tagged(der.Tag(4).ContextSpecific().Constructed(), encodeName(name)), ok
	}
	return nil, false
}

// addressBytes reads an IPv4 or IPv6 address (RFC 4291, 2.2), nil for none.
func addressBytes(text string) []byte {
	if !strings.Contains(text, ":") {
		return fourBytes(text)
	}
	before, behind, short := strings.Cut(text, "::")
	head, ok := groupBytes(before)
	tail, fits := groupBytes(behind)
	missing := 16 - len(head) - len(tail)
	if !ok || !fits || missing < 0 || short != (missing > 0) || short && strings.Contains(before, ".") {
		return nil
	}
	return slices.Concat(head, make([]byte, missing), tail)
}

// groupBytes reads groups of an IPv6 address, the last of which may be an IPv4 address.
func groupBytes(text string) (out []byte, ok bool) {
	if text == "" {
		return nil, true
	}
	groups := strings.Split(text, ":")
	for i, group := range groups {
		if four := fourBytes(group); four != nil && i == len(groups)-1 {
			out = append(out, four...)
			continue
		}
		n, err := strconv.ParseUint(group, 16, 16)
		if err != nil || len(group) > 4 {
			return nil, false
		}
		out = append(out, byte(n>>8), byte(n))
	}
	return out, true
}

// fourBytes reads an IPv4 address, nil for none.
func fourBytes(text string) (out []byte) {
	for part := range strings.SplitSeq(text, ".") {
		n, err := strconv.ParseUint(part, 10, 8)
		if err != nil {
			return nil
		}
		out = append(out, byte(n))
	}
	if len(out) != 4 {
		return nil
	}
	return out
}

func makeBasicConstraints(_ *holder, w written) ([]byte, bool) {
	var ca, pathLen []byte
	for _, s := range w.parts {
		var ok bool
		switch s.name {
		case "CA":
			ca, ok = asn1Content(der.BOOLEAN, "", s.value, nil, 0)
			if ca = tagged(der.BOOLEAN, ca); bytes.HasSuffix(ca, []byte{0}) {
				ca = nil // DER leaves the default out
			}
		case "pathlen":
			pathLen, ok = asn1Integer(s.value)
			pathLen = tagged(der.INTEGER, pathLen)
		}
		if !ok {
			return nil, false
		}
	}
	return tagged(der.SEQUENCE, slices.Concat(ca, pathLen)), true
}

// usageWords are the bits of KeyUsage as they are written, in the order of usages.
var usageWords = []string{"digitalSignature", "nonRepudiation", "keyEncipherment", "dataEncipherment", "keyAgreement", "keyCertSign",
	"cRLSign", "encipherOnly", "decipherOnly"}

func makeKeyUsage(_ *holder, w written) ([]byte, bool) {
	var set []int
	for _, s := range w.parts {
		bit := max(slices.Index(usageWords, s.name), slices.Index(usages, s.name))
		if bit < 0 {
			return nil, false
		}
		set = append(set, bit)
	}
	bits := asn1.BitString{BitLength: slices.Max(set) + 1}
	bits.Bytes = make([]byte, (bits.BitLength+7)/8)
	for _, bit := range set {
		bits.Bytes[bit/8] |= 0x80 >> (bit % 8)
	}
	value, err := asn1.Marshal(bits)
	return value, err == nil
}

func makeExtendedKeyUsage(_ *holder, w written) ([]byte, bool) {
	var list []byte
	for _, s := range w.parts {
		oid, ok := asn1OID(firstOf(s.value, s.name))
		if !ok {
			return nil, false
		}
		list = append(list, tagged(der.OBJECT_IDENTIFIER, oid)...)
	}
	return tagged(der.SEQUENCE, list), true
}

// firstOf is the first text that is not empty.
func firstOf(texts ...string) string {
	i := slices.IndexFunc(texts, func(text string) bool { return text != "" })
	return append(texts, "")[max(i, 0)]
}

func makeSubjectKeyID(h *holder, w written) ([]byte, bool) {
	switch w.text {
	case "hash":
		if h.checked {
			return nil, true
		}
		return tagged(der.OCTET_STRING, keyID(h.spki)), true
	case "none":
		return tagged(der.OCTET_STRING, nil), true
	}
	id := hexValue(w.text)
	return tagged(der.OCTET_STRING, id), id != nil
}

// keyIDNone is the length up to which OpenSSL 3.0 takes a key identifier for none, in bytes.
const keyIDNone = 2

// wants is how much of an authority key identifier is asked for.
type wants int

const (
	no wants = iota
	yes
	always
)

// makeAuthorityKeyID names the issuer's key, or where that has no identifier its certificate. A
// self-signed certificate names its own key only with always, as OpenSSL 3.0 does.
func makeAuthorityKeyID(h *holder, w written) ([]byte, bool) {
	if len(w.parts) == 1 && w.parts[0].name == "none" {
		return tagged(der.SEQUENCE, nil), true
	}
	asked := map[string]wants{}
	for _, s := range w.parts {
		if s.name != "keyid" && s.name != "issuer" {
			return nil, false
		}
		asked[s.name] = yes
		if s.value == "always" {
			asked[s.name] = always
		}
	}
	if h.checked {
		return nil, true
	}
	if h.issuer == nil {
		return nil, false
	}
	var content, id []byte
	if key := asked["keyid"]; key == always || key == yes && !h.issuer.self {
		if id = h.issuerKeyID(); len(id) <= keyIDNone && (key == always || asked["issuer"] == no) {
			return nil, false
		}
	}
	if id != nil {
		content = tagged(der.Tag(0).ContextSpecific(), id)
	}
	if asked["issuer"] == always || asked["issuer"] == yes && id == nil {
		directory := tagged(der.Tag(4).ContextSpecific().Constructed(), h.issuer.name)
		number, _ := asn1Integer(h.issuer.serial.String())
		content = slices.Concat(content, tagged(der.Tag(1).ContextSpecific().Constructed(), directory), tagged(der.Tag(2).ContextSpecific(), number))
	}
	return tagged(der.SEQUENCE, content), true
}

// issuerKeyID is the identifier of the issuer's key, nil for none.
func (h *holder) issuerKeyID() []byte {
	if !h.issuer.self {
		return h.issuer.keyID
	}
	if id := keyIDOf(h.made); id != nil {
		return id
	}
	return keyID(h.spki)
}

// keyIDOf is the subject key identifier among extensions, nil for none.
func keyIDOf(list []extension) []byte {
	for _, e := range list {
		var id cryptobyte.String
		value := cryptobyte.String(e.value)
		if objectOf(e.oid).short == "subjectKeyIdentifier" && value.ReadASN1(&id, der.OCTET_STRING) {
			return id
		}
	}
	return nil
}

func makeComment(_ *holder, w written) ([]byte, bool) {
	return tagged(der.IA5String, []byte(w.text)), fits(der.IA5String, w.text)
}

package same

import (
	"bytes"
	"cmp"
	"encoding/hex"
	"encoding/pem"
	"fmt"
	"strconv"
	"strings"

	"hsmplay/core/attr"
	"hsmplay/core/command"
	"hsmplay/core/hsm"
	"hsmplay/core/kmu"
)

// wanting is what stands for a blank that cannot be filled, where its parameter does not say it.
var wanting = map[string]string{
	"handle": "key handle", "wrapper": "wrapping key handle", "ids": "user id", "names": "user name", "name": "user name",
	"hexfile": "hex of the file", "modulus": "hex of the modulus", "attrno": "attribute number", "attr": "attribute",
	"here": "cluster id", "clone": "id of the clone",
}

// blanks are the functions of blanks by name. Each takes what the line gives the parameter.
var blanks map[string]func(f *filler, at command.Bound) string

func init() { // they read the table that holds them
	blanks = map[string]func(f *filler, at command.Bound) string{
		"n":       func(_ *filler, at command.Bound) string { return at.Text },
		"token":   func(_ *filler, at command.Bound) string { return persistent[at.Given] },
		"ref":     func(_ *filler, at command.Bound) string { return reference(at.Text) },
		"handle":  func(f *filler, at command.Bound) string { return f.handle(at.All) },
		"kind":    kindInFile,
		"ktc":     func(f *filler, at command.Bound) string { return kindOf(f.key(at)) },
		"bits":    func(f *filler, at command.Bound) string { return keyBits(f.key(at)) },
		"curve":   func(_ *filler, at command.Bound) string { return curveNumbered(at.Text) },
		"curveno": func(_ *filler, at command.Bound) string { return curveNumber(at.Text) },
		"ecname": func(_ *filler, at command.Bound) string { // OpenSSL has the one name of P-256 only
			return strings.Replace(at.Text, "secp256r1", "prime256v1", 1)
		},
		"oid": func(_ *filler, at command.Bound) string {
			return column(curves, oid, name, at.Text, curveNumbered(at.Text))
		},

		"signs": func(_ *filler, at command.Bound) string { return column(signings, name, number, at.Text) },
		"hash":  func(_ *filler, at command.Bound) string { return column(signings, hash, number, at.Text) },
		"salt": func(_ *filler, at command.Bound) string {
			return column(hashes, size, name, column(signings, hash, number, at.Text))
		},
		"signckm": func(_ *filler, at command.Bound) string { return signingCKM(signingNumbered(at.Text)) },
		"signno":  func(f *filler, at command.Bound) string { return signingNumber(f.method(), at.Text) },
		"clickm": func(f *filler, at command.Bound) string {
			return signingCKM(signingNumbered(signingNumber(f.method(), at.Text)))
		},

		"wraps":   func(_ *filler, at command.Bound) string { return column(wrappings, name, number, at.Text) },
		"wrapckm": func(_ *filler, at command.Bound) string { return column(wrappings, ckm, number, at.Text) },
		"wrapno":  func(f *filler, _ command.Bound) string { return column(wrappings, number, name, f.method()) },
		"wckm":    func(f *filler, _ command.Bound) string { return column(wrappings, ckm, name, f.method()) },
		"oaep":    func(_ *filler, at command.Bound) string { return column(hashes, name, number, at.Text, "2") },
		"oaepno":  func(_ *filler, at command.Bound) string { return column(hashes, number, name, at.Text) },
		"tag":     func(_ *filler, at command.Bound) string { return cmp.Or(times(at.Text, 8, 1), "128") },
		"tagbits": func(_ *filler, at command.Bound) string { return times(at.Text, 8, 1) },
		"tagsize": func(_ *filler, at command.Bound) string { return times(at.Text, 1, 8) },

		"class":   func(_ *filler, at command.Bound) string { return column(classes, name, number, at.Text) },
		"cko":     func(_ *filler, at command.Bound) string { return column(classes, ckm, number, at.Text) },
		"type":    func(_ *filler, at command.Bound) string { return column(types, name, number, at.Text) },
		"ckk":     func(_ *filler, at command.Bound) string { return column(types, ckm, number, at.Text) },
		"kt":      func(_ *filler, at command.Bound) string { return column(arrivals, name, number, at.Text) },
		"kc":      func(_ *filler, at command.Bound) string { return column(arrivals, class, name, at.Text) },
		"ktno":    func(_ *filler, at command.Bound) string { return column(arrivals, number, name, at.Text) },
		"role":    func(_ *filler, at command.Bound) string { return hsm.UserType(at.Text).Role() },
		"co":      func(_ *filler, at command.Bound) string { return string(hsm.InRole(at.Text)) },
		"service": func(_ *filler, at command.Bound) string { return column(services, name, number, at.Text) },
		"servno":  func(_ *filler, at command.Bound) string { return column(services, number, name, at.Text) },

		"filter": func(f *filler, _ command.Bound) string { return f.filtered() },
		"sought": func(f *filler, _ command.Bound) string { return f.sought() },
		"digits": func(_ *filler, at command.Bound) string { return strings.TrimPrefix(at.Text, "0x") },
		"iv":     func(_ *filler, at command.Bound) string { return cmp.Or(at.Text, "A6A6A6A6A6A6A6A6") },
		"out":    func(f *filler, at command.Bound) string { return cmp.Or(at.Text, unwritten[f.bare("-m")]) },
		"name":   func(f *filler, at command.Bound) string { return f.names(at.Text) },
		"names":  func(f *filler, at command.Bound) string { return f.names(at.Text) },
		"ids":    func(f *filler, at command.Bound) string { return f.ids(at) },
		"here":   func(f *filler, _ command.Bound) string { return nth(f.world.Clusters(), 0) },
		"clone":  func(f *filler, _ command.Bound) string { return nth(f.world.Clusters(), 1) },
		"attr":   func(_ *filler, at command.Bound) string { return attribute(at.Text).CLI },
		"cka":    func(_ *filler, at command.Bound) string { return attribute(at.Text).PKCS11 },
		"attrno": attributeNumber,
		"on":     onOff, "bit": bit, "apart": apart, "beyond": beyond,
		"uses":    func(f *filler, _ command.Bound) string { return f.uses() },
		"nex":     func(_ *filler, at command.Bound) string { return term("nex", at.All) },
		"hexid":   func(_ *filler, at command.Bound) string { return hex.EncodeToString([]byte(at.Text)) },
		"hexfile": func(f *filler, at command.Bound) string { return hex.EncodeToString(f.file(at.Text)) },
		"modulus": func(f *filler, at command.Bound) string { return modulusIn(f.file(at.Text)) },
	}
	for _, n := range []string{"attrc", "attrt", "label", "id", "sess", "kcv"} {
		blanks[n] = func(f *filler, at command.Bound) string { return term(n, at.All) }
	}
}

// persistent is CKA_TOKEN by whether a session key is asked for.
var persistent = map[bool]string{true: "0", false: "1"}

// reference is a handle as the CLI writes it (spec/cloudhsm-cli.md 6).
func reference(handle string) string {
	n, err := strconv.ParseUint(handle, 10, 64)
	if err != nil {
		return ""
	}
	return fmt.Sprintf("0x%016x", n)
}

// key is the key that a handle or a filter is about, nil for none.
func (f *filler) key(at command.Bound) *hsm.Key {
	text := at.Text
	if at.All != nil {
		text = f.handle(at.All)
	}
	n, err := strconv.ParseUint(text, 10, 32)
	if err != nil {
		return nil
	}
	return f.world.Key(uint32(n))
}

// handle is the handle that the terms of a filter select, "" where they do not select one.
func (f *filler) handle(terms []string) string {
	for _, term := range terms {
		if given, ok := strings.CutPrefix(term, "key-reference="); ok {
			if n, err := strconv.ParseUint(given, 0, 64); err == nil {
				return strconv.FormatUint(n, 10)
			}
		}
	}
	label := term("label", terms)
	var fits []uint32
	for _, h := range f.world.Labelled(label) {
		k := f.world.Key(h)
		if k == nil || label == "" {
			continue
		}
		if class := term("attrc", terms); class == "" || fmt.Sprint(uint32(k.Material.Class)) == class {
			fits = append(fits, h)
		}
	}
	if len(fits) == 1 {
		return fmt.Sprint(fits[0])
	}
	return ""
}

// term is what the terms of a filter say of an attribute, in the words of key_mgmt_util.
func term(what string, terms []string) string {
	for _, t := range terms {
		key, value, _ := strings.Cut(strings.TrimPrefix(t, "attr."), "=")
		switch {
		case what == "label" && key == "label", what == "id" && key == "id" && value == "":
			return value
		case what == "id" && key == "id":
			text, _ := hex.DecodeString(strings.TrimPrefix(value, "0x"))
			return string(text)
		case what == "attrc" && key == "class":
			return column(classes, number, name, value)
		case what == "sess" && key == "token":
			return map[string]string{"true": "0", "false": "1"}[value]
		case what == "kcv" && key == "check-value":
			return strings.TrimPrefix(value, "0x")
		case what == "nex" && key == "extractable" && value == "false":
			return "given"
		case what == "attrt" && key == "key-type":
			return column(types, number, name, value)
		}
	}
	return ""
}

// kindOf is the key type and class of a key, as the CLI joins them.
func kindOf(k *hsm.Key) string {
	if k == nil {
		return ""
	}
	kind := column(types, name, number, fmt.Sprint(uint32(k.Material.Type)))
	switch k.Material.Class {
	case attr.Public:
		return kind + "-public"
	case attr.PrivateKey:
		return kind + "-private"
	}
	return kind
}

// keyBits is the length of an AES key in bits, 256 for a key of which nothing is known.
func keyBits(k *hsm.Key) string {
	if k == nil || k.Material.Type != attr.AES {
		return "256"
	}
	return strconv.Itoa(8 * k.Material.ValueLen)
}

// ecPublicKey is how the encodings of EC keys name their algorithm (RFC 5480).
var ecPublicKey = []byte{0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01}

// kindInFile is ec or rsa, for a PEM file with a key; rsa for one that cannot be read.
func kindInFile(f *filler, at command.Bound) string {
	data := f.file(at.Text)
	block, _ := pem.Decode(data)
	if block != nil && (block.Type == "EC PRIVATE KEY" || bytes.Contains(block.Bytes, ecPublicKey)) {
		return "ec"
	}
	return "rsa"
}

// fileMax is how much of a file is read.
const fileMax = 1 << 16

// file is the content of a file, nothing where it cannot be read or is too large to be shown.
func (f *filler) file(name string) []byte {
	if name == "" {
		return nil
	}
	data, err := f.world.ReadFile(name)
	if err != nil || len(data) > fileMax {
		return nil
	}
	return data
}

// modulusIn is the hexadecimal number in a file that getAttribute -a 288 has written.
func modulusIn(data []byte) string {
	fields := strings.Fields(string(data))
	if len(fields) == 0 {
		return ""
	}
	digits := strings.TrimPrefix(fields[len(fields)-1], "0x")
	if _, err := hex.DecodeString(digits); err != nil {
		return ""
	}
	return digits
}

// names are the names of users by their ids, with a blank between them; "" where one is nobody's.
func (f *filler) names(ids string) string {
	var all []string
	for id := range strings.SplitSeq(ids, ",") {
		n, _ := strconv.Atoi(id)
		is := f.world.UserName(n)
		if is == "" {
			return ""
		}
		all = append(all, is)
	}
	return strings.Join(all, " ")
}

// ids are the ids of users by their names, with commas; "" where one is nobody's.
func (f *filler) ids(at command.Bound) string {
	list := at.All
	if list == nil && at.Text != "" {
		list = []string{at.Text}
	}
	var all []string
	for _, is := range list {
		n := f.world.UserID(is)
		if n == 0 {
			return ""
		}
		all = append(all, strconv.Itoa(n))
	}
	return strings.Join(all, ",")
}

// unwritten are the files of aesWrapUnwrap without -out, by its direction.
var unwritten = map[string]string{"0": "unwrapped_key", "1": "wrapped_key"}

// filtered begins the filter of key list where findKey is given one.
func (f *filler) filtered() string {
	for _, flag := range []string{"-c", "-t", "-l", "-id", "-sess", "-m", "-kcv"} {
		if f.bare(flag) != "" {
			return " --filter"
		}
	}
	return ""
}

// sought is the template of what findKey looks for.
func (f *filler) sought() string {
	var all []string
	for _, part := range []string{"[CKA_CLASS={cko:-c}]", "[CKA_KEY_TYPE={ckk:-t}]", "[CKA_LABEL={-l}]", "[CKA_ID={-id}]", "[CKA_MODULUS=0x{modulus:-m}]",
		"[CKA_CHECK_VALUE=0x{digits:-kcv}]", "[-sess=0?CKA_TOKEN=1]", "[-sess=1?CKA_TOKEN=0]"} {
		if text := f.fill(part); text != "" {
			all = append(all, text)
		}
	}
	return strings.Join(all, ", ")
}

// method is the last word of the CLI's command: its mechanism.
func (f *filler) method() string {
	return f.line.path[strings.LastIndexByte(f.line.path, ' ')+1:]
}

// attribute is the row of an attribute's number.
func attribute(digits string) attr.Row {
	n, err := strconv.ParseUint(digits, 10, 32)
	if err != nil {
		return attr.Row{}
	}
	row, _ := attr.Lookup(attr.Attr(n))
	return row
}

// attributeNumber is the older tools' number for a name of the CLI.
func attributeNumber(_ *filler, at command.Bound) string {
	for _, row := range attr.Table {
		if row.CLI != "" && row.CLI == at.Text {
			return fmt.Sprint(uint32(row.Attr))
		}
	}
	return ""
}

// onOff is a value of setAttribute as the CLI writes it: a switch as a word, a label as it is.
func onOff(f *filler, at command.Bound) string {
	if i := f.line.find("attribute id"); i >= 0 && attribute(f.line.bound[i].Text).Kind != attr.Bool {
		return shellQuoted(at.Text)
	}
	switch at.Text {
	case "0":
		return "false"
	case "1":
		return "true"
	}
	return ""
}

// bit is a value of key set-attribute as the older tools write it.
func bit(_ *filler, at command.Bound) string {
	switch text := strings.Join(at.All, " "); text {
	case "false":
		return "0"
	case "true":
		return "1"
	default:
		return text
	}
}

// times is a number with another unit.
func times(digits string, by, parts int) string {
	n, err := strconv.Atoi(digits)
	if err != nil {
		return ""
	}
	return strconv.Itoa(n * by / parts)
}

// nth is an element of a list, "" where it has not so many.
func nth(list []string, n int) string {
	if n < len(list) {
		return list[n]
	}
	return ""
}

// curveNumbered is the name of the curve that genECCKeyPair -i has a number for.
func curveNumbered(id string) string {
	for _, row := range curves {
		if fmt.Sprint(kmu.CurveID(row[name])) == id {
			return row[name]
		}
	}
	return ""
}

// curveNumber is the number of genECCKeyPair -i for a curve, "" for none.
func curveNumber(curve string) string {
	if id := kmu.CurveID(curve); id > 0 {
		return strconv.Itoa(id)
	}
	return ""
}

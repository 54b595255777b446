package cli

import (
	"bytes"
	"cmp"
	"encoding/base64"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"hsmplay/core/attr"
	"hsmplay/core/command"
	"hsmplay/core/hsm"
	"hsmplay/core/mech"
)

// want is what a filter of a command selects: keys of one of some classes and types, none for all,
// that may do something.
type want struct {
	command, flag string // the command begins so
	classes       []attr.Class
	types         []attr.KeyType
	needs         attr.Flags
	own           bool
}

// wants are the filters of which the playground proposes a value; the first row counts. What
// destroys has none: nobody but the learner says which key.
var wants = []want{
	{command: "key wrap", flag: "--payload-filter", classes: []attr.Class{attr.Secret, attr.PrivateKey}, needs: attr.FlagExtractable, own: true},
	{command: "key wrap rsa", flag: "--wrapping-filter", classes: []attr.Class{attr.Public}, types: []attr.KeyType{attr.RSA}, needs: attr.FlagWrap},
	{command: "key wrap", flag: "--wrapping-filter", types: []attr.KeyType{attr.AES}, needs: attr.FlagWrap},
	{command: "key unwrap rsa", flag: "--filter", classes: []attr.Class{attr.PrivateKey}, types: []attr.KeyType{attr.RSA}, needs: attr.FlagUnwrap},
	{command: "key unwrap", flag: "--filter", types: []attr.KeyType{attr.AES}, needs: attr.FlagUnwrap},
	{command: "crypto sign ecdsa", flag: "--key-filter", classes: []attr.Class{attr.PrivateKey}, types: []attr.KeyType{attr.EC}, needs: attr.FlagSign},
	{command: "crypto sign rsa", flag: "--key-filter", classes: []attr.Class{attr.PrivateKey}, types: []attr.KeyType{attr.RSA}, needs: attr.FlagSign},
	{command: "crypto sign", flag: "--key-filter", classes: []attr.Class{attr.PrivateKey}, needs: attr.FlagSign},
	{command: "crypto verify ecdsa", flag: "--key-filter", classes: []attr.Class{attr.Public}, types: []attr.KeyType{attr.EC}, needs: attr.FlagVerify},
	{command: "crypto verify rsa", flag: "--key-filter", classes: []attr.Class{attr.Public}, types: []attr.KeyType{attr.RSA}, needs: attr.FlagVerify},
	{command: "crypto verify", flag: "--key-filter", classes: []attr.Class{attr.Public}, needs: attr.FlagVerify},
	{command: "key share", flag: "--filter", classes: []attr.Class{attr.Secret, attr.PrivateKey}, own: true},
	{command: "key unshare", flag: "--filter", classes: []attr.Class{attr.Secret, attr.PrivateKey}, own: true},
	{command: "key set-attribute", flag: "--filter", own: true},
	{command: "key generate-file", flag: "--filter"},
	{command: "key replicate", flag: "--filter"},
	{command: "key list", flag: "--filter"},
	{command: "quorum", flag: "--filter", classes: []attr.Class{attr.Secret, attr.PrivateKey}},
}

// fill gives the values of a blank with which a line works, the best first.
func fill(t *Tool, at command.Place) (values []string, asked bool) {
	t = t.ahead()
	l := t.front()
	if other := t.linkOf(at.Given(clusterIDParam.Flag)); other != nil && other.client != nil {
		l = other
	}
	switch {
	case at.Param.Flag == clusterIDParam.Flag:
		return t.ids(), true
	case at.Param.Flag == "--private-label" && at.Given("--public-label") != "": // one label was meant for both
		return []string{at.Given("--public-label")}, true
	case l == nil:
		return nil, false
	case strings.HasSuffix(at.Param.Flag, "filter"):
		return t.selectors(at), true
	case at.Param.Kind == command.User && l.client.Login == nil && strings.HasPrefix(at.Command, login.Name):
		values = t.loginNames(cmp.Or(at.Given(roleParam.Flag), cryptoUser))
		return values, values != nil
	case at.Param.Kind == command.User && l.client.Login != nil:
		return t.namesFor(at), true
	case at.Param.Flag == roleParam.Flag && at.Command != userCreate.Name:
		values = t.rolesOf(at.Given("--username"))
		return values, values != nil
	case at.Param.Flag == "--source-cluster-id" || at.Param.Flag == "--destination-cluster-id":
		return t.clusterFor(at), true
	case at.Param.Flag == hashParam.Flag && strings.HasSuffix(at.Command, " ecdsa"):
		return t.hashesFor(at.Given(keyFilterParam.Flag)), true
	case at.Param.Kind == command.Path:
		return t.filesFor(at), true
	case at.Param.Flag == "--service":
		return t.services(), false // one that was given is another matter, and stays
	}
	if row, known := fillings[at.Param.Flag]; known {
		values = row(t, at)
	}
	return values, values != nil
}

// fillings are the values of a blank that follow from the rest of the line, by its flag; nil where
// nothing follows.
var fillings = map[string]func(*Tool, command.Place) []string{
	keyLengthParam.Flag: func(_ *Tool, at command.Place) []string {
		if strings.HasSuffix(at.Command, " aes") {
			return []string{"32", "24", "16"}
		}
		return nil
	},
	"--modulus-size-bits": func(*Tool, command.Place) (sizes []string) {
		for n := 2048; n <= 4096; n += 256 {
			sizes = append(sizes, strconv.Itoa(n))
		}
		return sizes
	},
	"--encoding": func(t *Tool, at command.Place) []string { return t.encodingsFor(at.Given("--filter")) },
	"--value":    func(_ *Tool, at command.Place) []string { return valuesOf(at.Given("--name")) },
	mgfParam.Flag: func(_ *Tool, at command.Place) []string {
		return prefixed("mgf1-", strings.Fields(at.Given(hashParam.Flag)))
	},
	"--tag-length-bits": func(*Tool, command.Place) []string {
		return []string{"128", "120", "112", "104", "96", "88", "80", "72", "64"}
	},
	"--key-type-class": (*Tool).classesFor,
}

// prefixed are words with a text before each.
func prefixed(text string, words []string) (list []string) {
	for _, word := range words {
		list = append(list, text+word)
	}
	return list
}

// valuesOf are the values that an attribute takes which is on or off, nil for another.
func valuesOf(name string) []string {
	if row, known := attr.Named(name); known && row.Kind == attr.Bool {
		return []string{"true", "false"}
	}
	return nil
}

// selected is the one key that a filter selects, nil where there are none or several.
func (t *Tool) selected(filter string) (found *hsm.Key) {
	terms, fault := readFilter(strings.Fields(filter))
	if fault != "" || len(terms) == 0 {
		return nil
	}
	for _, k := range t.visible() {
		switch {
		case !selects(terms, k, t.front().client.Model()):
		case found != nil:
			return nil
		default:
			found = k
		}
	}
	return found
}

// encodingsFor are the encodings of a file for the key that a filter selects, nil where it selects
// none.
func (t *Tool) encodingsFor(filter string) (names []string) {
	k := t.selected(filter)
	for _, e := range encodings {
		if k != nil && e.takes(k) {
			names = append(names, e.name)
		}
	}
	return names
}

// services are those of which whoever is logged in makes tokens, or sets a quorum value.
func (t *Tool) services() []string {
	if login := t.front().client.Login; login != nil && login.Type == hsm.CU {
		return []string{"registration"}
	}
	return []string{"user", "quorum"}
}

// filesFor are the files that a blank may take: public keys in PEM, token files, wrapped keys,
// signatures, and any for data.
func (t *Tool) filesFor(at command.Place) []string {
	is := func(string, []byte) bool { return true }
	switch {
	case at.Param.Flag == "--path", at.Param.Flag == "--public-key":
		is = func(_ string, data []byte) bool { return publicClass(data) != "" }
	case strings.HasPrefix(at.Command, unwrapCategory.Name) && at.Param.Flag == "--data-path":
		is = func(_ string, data []byte) bool { return !utf8.Valid(data) }
	case at.Param.Flag != "--data-path" && at.Param.Flag != "--signature-path":
		is = func(_ string, data []byte) bool { return bytes.Contains(data, []byte(`"version"`)) }
	case at.Param.Flag == "--signature-path":
		is = func(name string, data []byte) bool {
			return name != at.Given("--data-path") && !bytes.HasPrefix(data, []byte("-----"))
		}
	}
	var names []string
	all := t.host.Names("")
	for _, name := range all[:min(len(all), filesMax)] {
		if data, err := t.host.ReadFile(name); err == nil && is(name, data) {
			names = append(names, name)
		}
	}
	return names
}

// filesMax is how many files are looked into for a blank.
const filesMax = 50

// publicClass is the class and type of the public key that a file has, in the words of key import;
// "" for none.
func publicClass(data []byte) string {
	m, err := mech.AnyPublicFromPEM(data)
	for _, class := range []string{"rsa-public", "ec-public"} {
		if err == nil && ofClass(m, class) {
			return class
		}
	}
	return ""
}

// classesFor are the types and classes that a key may have which comes in: of a public key that of its
// file, of a wrapped one any.
func (t *Tool) classesFor(at command.Place) (names []string) {
	if at.Command != keyImportPEM.Name {
		return []string{"aes", "generic-secret", "ec-private", "rsa-private"}
	}
	data, _ := t.host.ReadFile(at.Given("--path"))
	if class := publicClass(data); class != "" {
		names = []string{class}
	}
	return names
}

// wantsCluster reports whether a line must say which cluster it is for: there are several, and none is
// chosen.
func wantsCluster(t *Tool, at command.Place) bool {
	t = t.ahead()
	return at.Param.Flag == clusterIDParam.Flag && at.Command != interactive.Name && len(t.links) > 1 && t.chosen == ""
}

// ids are the clusters of the configuration, the one that lines were about last first.
func (t *Tool) ids() (ids []string) {
	front := t.front()
	for _, l := range t.links {
		ids = append(ids, l.id)
		if l == front {
			last := len(ids) - 1
			ids[0], ids[last] = ids[last], ids[0]
		}
	}
	return ids
}

// hashesFor are the hashes with which a key signs, the shortest first: those that are not weaker than
// its curve.
func (t *Tool) hashesFor(filter string) (names []string) {
	bits := 0
	if k := t.selected(filter); k != nil && k.Material.Curve() != nil {
		bits = k.Material.Curve().Bits
	}
	for _, name := range []string{"sha256", "sha384", "sha512"} {
		if size, _ := strconv.Atoi(name[3:]); size >= min(bits, 512) {
			names = append(names, name)
		}
	}
	return names
}

// selectors are the references of the keys that a filter may select, the newest first.
func (t *Tool) selectors(at command.Place) (list []string) {
	i := slices.IndexFunc(wants, func(w want) bool { return w.flag == at.Param.Flag && strings.HasPrefix(at.Command, w.command) })
	if i < 0 {
		return nil
	}
	w, login := wants[i], t.front().client.Login
	for _, k := range t.visible() {
		m, mine := k.Material, login.Type == hsm.CU && k.Owner == login.ID
		if (w.classes == nil || slices.Contains(w.classes, m.Class)) && (w.types == nil || slices.Contains(w.types, m.Type)) && k.Has(w.needs) &&
			(mine || !w.own) && (at.Given("--encoding") == "" || (at.Given("--encoding") == "pem") == (m.Class == attr.Public)) {
			list = append(list, referenceTerm+reference(k.Handle))
		}
	}
	slices.Reverse(list)
	return list
}

// namesFor are the users whom a command can be about: those with whom a key can be shared, else
// whoever is logged in, then the others. Who is deleted, the learner says alone.
func (t *Tool) namesFor(at command.Place) (names []string) {
	if at.Command == userDelete.Name {
		return nil
	}
	l := t.front()
	own := strings.ToLower(l.client.Login.Name)
	sharing := strings.Contains(at.Command, "share") || at.Param.Flag == "--share-crypto-users"
	if !sharing {
		names = append(names, own)
	}
	for _, c := range t.liveUsers() {
		if c.Word != own && (!sharing || c.Means == cryptoUser) {
			names = append(names, c.Word)
		}
	}
	return names
}

// loginNames are the users who log in in a role.
func (t *Tool) loginNames(role string) (names []string) {
	for _, c := range t.liveUsers() {
		if c.Means == role {
			names = append(names, c.Word)
		}
	}
	return names
}

// rolesOf are the roles in which there is a user of a name.
func (t *Tool) rolesOf(name string) (roles []string) {
	for _, u := range t.front().client.Everybody() {
		if role := u.Type.Role(); strings.EqualFold(u.Name, name) && u.Type != hsm.AU && !slices.Contains(roles, role) {
			roles = append(roles, role)
		}
	}
	return roles
}

// clusterFor are the clusters of the configuration that the other option does not name.
func (t *Tool) clusterFor(at command.Place) (ids []string) {
	for _, l := range t.links {
		if l.id != at.Given("--source-cluster-id") && l.id != at.Given("--destination-cluster-id") {
			ids = append(ids, l.id)
		}
	}
	return ids
}

// asTerm is the term of a filter that a word was meant to be: a reference, a label, or a term as it
// is said elsewhere; "" for none.
func asTerm(word string) string {
	name, value, ok := strings.Cut(word, "=")
	bare := strings.ReplaceAll(strings.ToLower(strings.TrimPrefix(name, attributeTerm)), "_", "-")
	switch {
	case !ok && (strings.ContainsAny(word, "./*") || word == "all"), ok && value == "", word == "":
		return ""
	case !ok:
		if _, err := number(word); err == nil {
			return referenceTerm + word
		}
		return attributeTerm + "label=" + word
	case slices.Contains([]string{"key-reference", "handle", "key-handle", "ref", "reference", "key"}, bare):
		return referenceTerm + value
	case bare == "name":
		return attributeTerm + "label=" + value
	}
	if name := asAttribute(bare); name != "" {
		return attributeTerm + name + "=" + value
	}
	return ""
}

// asAttribute is the attribute whose name a word is nearly, in the tool's words; "" for none.
func asAttribute(word string) string {
	bare := strings.ReplaceAll(strings.ToLower(strings.TrimPrefix(word, attributeTerm)), "_", "-")
	bare = strings.TrimPrefix(strings.TrimPrefix(bare, "cka-"), "obj-attr-")
	var names []string
	for _, a := range attr.Shown {
		row, _ := attr.Find(a)
		if row.CLI == bare {
			return bare
		}
		names = append(names, row.CLI)
	}
	if near := command.Nearest(bare, names); len(near.Names) == 1 {
		return near.Names[0]
	}
	return ""
}

// asSetting is the item of a list of attributes that a word was meant to be, "" for none: sign, and
// CKA_SIGN=1, are sign=true.
func asSetting(word string) string {
	name, value, ok := strings.Cut(word, "=")
	row, known := attr.Named(asAttribute(name))
	switch {
	case !known || !ok && row.Kind != attr.Bool:
		return ""
	case !ok:
		value = "true"
	case row.Kind == attr.Bool:
		value = asBool(value)
	}
	return row.CLI + "=" + value
}

// asBool is true or false as it is said elsewhere.
func asBool(word string) string {
	switch strings.ToLower(word) {
	case "1", "yes", "y", "on", "true":
		return "true"
	case "0", "no", "n", "off", "false":
		return "false"
	}
	return word
}

// asBase64 is a word in Base64, "" for one that may be a file's name.
func asBase64(word string) string {
	if _, err := base64.StdEncoding.DecodeString(word); err == nil {
		return word
	}
	if strings.ContainsAny(word, "./") {
		return ""
	}
	return base64.StdEncoding.EncodeToString([]byte(word))
}

// inBytes is the length of an AES key in bytes, of a text that says it in bits, in bytes or by the
// name of the algorithm; "" for none.
func inBytes(text string) string {
	switch strings.Trim(strings.ToLower(text), "abceilnorstuy-_=:. ") {
	case "16", "128":
		return "16"
	case "24", "192":
		return "24"
	case "32", "256":
		return "32"
	}
	return ""
}

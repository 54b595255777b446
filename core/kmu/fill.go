package kmu

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"

	"hsmplay/core/attr"
	"hsmplay/core/cluster"
	"hsmplay/core/command"
	"hsmplay/core/hsm"
)

// want is what a blank for the handle of a key takes.
type want struct {
	kind  hsm.Kind
	pair  bool // of a pair that signs: RSA or EC
	needs attr.Flags
	own   bool // only of keys that one owns
	alive bool // only session keys
	any   bool // also keys that ask for approvals
}

// wants are what the blanks for handles take, by command and option. What destroys has no row:
// nobody but the learner says which key.
var wants = map[string]want{
	"getKeyInfo -k": {kind: hsm.AnyKey}, "findSingleKey -k": {kind: hsm.AnyKey}, "getAttribute -o": {kind: hsm.AnyKey},
	"setAttribute -o":        {kind: hsm.AnyKey, own: true, alive: true},
	"sign -k":                {kind: hsm.PrivateKey, pair: true, needs: attr.FlagSign},
	"verify -k":              {kind: hsm.PublicKey, pair: true, needs: attr.FlagVerify},
	"wrapKey -k":             {kind: hsm.WrappableKey, needs: attr.FlagExtractable, own: true},
	"exportPrivateKey -k":    {kind: hsm.PrivateKey, needs: attr.FlagExtractable, own: true},
	"exSymKey -k":            {kind: hsm.SecretKey, needs: attr.FlagExtractable, own: true},
	"exportPubKey -k":        {kind: hsm.PublicKey},
	"getCaviumPrivKey -k":    {kind: hsm.PrivateKey, pair: true, any: true},
	"extractMaskedObject -o": {kind: hsm.AnyKey, own: true},
	"exportPrivateKey -w":    {kind: hsm.AESKey, needs: attr.FlagWrap | attr.FlagDecrypt},
	"exSymKey -w":            {kind: hsm.AESKey, needs: attr.FlagWrap | attr.FlagDecrypt},
	"importPrivateKey -w":    {kind: hsm.AESKey, needs: attr.FlagUnwrap | attr.FlagEncrypt},
	"imSymKey -w":            {kind: hsm.AESKey, needs: attr.FlagUnwrap | attr.FlagEncrypt},
	"aesWrapUnwrap -w":       {kind: hsm.AESKey, needs: attr.FlagWrap | attr.FlagEncrypt | attr.FlagUnwrap | attr.FlagDecrypt},
}

// fillings are the values of other blanks, by option, or by command and option.
var fillings = map[string]func(*Tool, command.Place) []string{
	"wrapKey -w": (*Tool).wrappers, "unWrapKey -w": (*Tool).unwrappers, "wrapKey -m": (*Tool).wrapMechanisms, "unWrapKey -m": (*Tool).wrapMechanisms,
	"sign -m": (*Tool).signMechanisms, "verify -m": (*Tool).signMechanisms,
	"genECCKeyPair -i": (*Tool).curves, "genSymKey -t": (*Tool).secretTypes, "imSymKey -t": (*Tool).secretTypes, "genSymKey -s": secretSizes, "getAttribute -out": dumpNames, "genRSAKeyPair -m": func(*Tool, command.Place) []string { return moduli },
	"genDSAKeyPair -m": func(*Tool, command.Place) []string { return []string{"2048"} },
	"genRSAKeyPair -e": func(*Tool, command.Place) []string { return []string{"65537"} }, "-min_srv": (*Tool).counts,
	"loginHSM -s": (*Tool).names, "getToken -u": (*Tool).self, "getToken -k": (*Tool).quorate,
	"-u": (*Tool).sharers, "findKey -u": (*Tool).sharers, "loginHSM -u": func(*Tool, command.Place) []string { return []string{string(hsm.CU)} },
	"findKey -sess": func(*Tool, command.Place) []string { return []string{"1", "0"} }, "findKey -l": (*Tool).labels,
	"findKey -t": func(t *Tool, _ command.Place) []string {
		return t.of(func(k *hsm.Key) string { return fmt.Sprint(uint32(k.Material.Type)) })
	},
	"findKey -c": func(t *Tool, _ command.Place) []string {
		return t.of(func(k *hsm.Key) string { return fmt.Sprint(uint32(k.Material.Class)) })
	},
	"findKey -kcv": func(t *Tool, _ command.Place) []string {
		return t.of(func(k *hsm.Key) string { return fmt.Sprintf("%x", k.Material.KCV) })
	},
	"sign -f": (*Tool).messages, "verify -f": (*Tool).messages, "verify -s": (*Tool).signatures, "importPrivateKey -f": pemFiles("PRIVATE KEY-----"), "importPubKey -f": pemFiles("BEGIN PUBLIC KEY-----"),
	"IsValidKeyHandlefile -f": pemFiles("PRIVATE KEY-----"), "imSymKey -f": (*Tool).rawFiles, "aesWrapUnwrap -f": (*Tool).blockFiles, "unWrapKey -f": fileWith(headerMagic),
	"insertMaskedObject -f": (*Tool).maskedFiles, "approveToken -f": (*Tool).approvalFiles, "createPublicKey -m": (*Tool).noFiles, "findKey -m": (*Tool).noFiles, "unWrapKey -iv_file": (*Tool).noFiles, "-aad": (*Tool).noFiles, "-wk": (*Tool).noFiles,
}

// taken are the values of options of which this world refuses some.
var taken = map[string]func(*Tool, command.Place) []string{
	"genECCKeyPair -i": (*Tool).curves, "genSymKey -t": (*Tool).secretTypes, "imSymKey -t": (*Tool).secretTypes,
	"wrapKey -m": (*Tool).wrapMechanisms, "unWrapKey -m": (*Tool).wrapMechanisms,
}

// takes gives the values of an option that are not refused here; nil for all.
func takes(t *Tool, at command.Place) []string {
	f := taken[at.Command+" "+at.Param.Flag]
	if f == nil || t.client == nil {
		return nil
	}
	return f(t, at)
}

// fill gives the values of a blank with which a line works, the best first.
func fill(t *Tool, at command.Place) (values []string, asked bool) {
	name := at.Command + " " + at.Param.Flag
	if w, ok := wants[name]; ok {
		return t.fitting(w), true
	}
	for _, key := range []string{name, at.Param.Flag} {
		if f := fillings[key]; f != nil {
			return f(t, at), true
		}
	}
	return nil, at.Param.Kind == command.Handle || at.Param.Kind == command.Path
}

// fitting are the keys that a blank takes, the newest first.
func (t *Tool) fitting(w want) []string {
	var list []string
	for _, k := range t.visible() {
		fits := w.kind.Takes(k) && (!w.pair || k.Material.Type == attr.RSA || k.Material.Type == attr.EC) && k.Has(w.needs) && (w.any || k.MValue == 0)
		mine := t.client.Login != nil && k.Owner == t.client.Login.ID
		if fits && (!w.own || mine) && (!w.alive || k.Session != 0) && (mine || k.Material.Class == attr.Public || k.UsableBy(t.client.Login.ID)) {
			list = append(list, fmt.Sprint(k.Handle))
		}
	}
	slices.Reverse(list)
	return list
}

// key is the key of another blank, nil for none.
func (t *Tool) key(handle string) *hsm.Key {
	n, err := strconv.ParseUint(handle, 10, 32)
	i := slices.IndexFunc(t.visible(), func(k *hsm.Key) bool { return k.Handle == uint32(n) })
	if err != nil || i < 0 {
		return nil
	}
	return t.visible()[i]
}

// wrappers are the keys that can wrap with the mechanism that is given: AES keys, or RSA public
// keys.
func (t *Tool) wrappers(at command.Place) []string {
	rsa := t.fitting(want{kind: hsm.RSAPublic, needs: attr.FlagWrap})
	aes := t.fitting(want{kind: hsm.AESKey, needs: attr.FlagWrap})
	switch row, ok := wrapMechanism(at.Given("-m")); {
	case ok && row.Type == attr.RSA:
		return rsa
	case ok:
		return aes
	}
	return append(aes, rsa...)
}

// unwrappers are the keys that can unwrap with the mechanism that is given.
func (t *Tool) unwrappers(at command.Place) []string {
	aes := t.fitting(want{kind: hsm.AESKey, needs: attr.FlagUnwrap})
	if row, ok := wrapMechanism(at.Given("-m")); ok && row.Type == attr.RSA {
		return t.fitting(want{kind: hsm.RSAPrivate, needs: attr.FlagUnwrap})
	}
	return aes
}

// wrapMechanism is the line of a number of wrapKey -m.
func wrapMechanism(number string) (wrappingRow, bool) {
	n, err := strconv.Atoi(number)
	known := slices.ContainsFunc(wrappings, func(line wrapping) bool { return line.Number == n })
	if err != nil || !known {
		return wrappingRow{}, false
	}
	row := wrappingNumbered(n)
	return row, row.Wrapping != ""
}

// wrapMechanisms are those of the wrapping key's type: the tool's usual one first.
func (t *Tool) wrapMechanisms(at command.Place) []string {
	k := t.key(at.Given("-w"))
	var list []string
	for _, line := range wrappings {
		row := wrappingNumbered(line.Number)
		if t.client.Policy().Permits(line.Wrapping) && (k == nil || k.Material.Type == row.Type) {
			list = append(list, fmt.Sprint(line.Number))
		}
	}
	return list
}

// signMechanisms are those of the key's type: with SHA-256 first, and without PSS.
func (t *Tool) signMechanisms(at command.Place) []string {
	k := t.key(at.Given("-k"))
	var list []string
	for _, row := range signatures {
		switch of, _ := row.Mechanism.Type(); {
		case k != nil && k.Material.Type != of:
		case row.Number == 1 || row.Number == 17:
			list = append([]string{fmt.Sprint(row.Number)}, list...)
		default:
			list = append(list, fmt.Sprint(row.Number))
		}
	}
	return list
}

// curves are those that the HSMs make keys on.
func (t *Tool) curves(command.Place) []string {
	list := []string{"14"}
	for _, c := range curves {
		if c.ID != 14 && t.client.Policy().Allows(hsm.Template{Type: attr.EC, Curve: c.Curve}) {
			list = append(list, fmt.Sprint(c.ID))
		}
	}
	return list
}

func (t *Tool) secretTypes(at command.Place) []string {
	if size := at.Given("-s"); size != "" && !slices.Contains([]string{"16", "24", "32", "128", "192", "256"}, size) {
		return []string{fmt.Sprint(uint32(attr.GenericSecret))}
	}
	list := []string{fmt.Sprint(uint32(attr.AES)), fmt.Sprint(uint32(attr.DES3)), fmt.Sprint(uint32(attr.GenericSecret))}
	if !t.client.FIPS() {
		list = append(list, fmt.Sprint(uint32(attr.RC4)))
	}
	return list
}

// genericEnd is the size in bytes that generic secrets stay below (spec/kmu.md 3.17).
const genericEnd = 3584

// secretSizes are the sizes of a type of secret key in bytes.
func secretSizes(_ *Tool, at command.Place) []string {
	switch at.Given("-t") {
	case fmt.Sprint(uint32(attr.AES)), "":
		return []string{"32", "16", "24"}
	case fmt.Sprint(uint32(attr.DES3)):
		return []string{"24"}
	case fmt.Sprint(uint32(attr.GenericSecret)):
		if n, err := strconv.Atoi(at.Given("-s")); err == nil && n > 0 && n < genericEnd {
			return []string{at.Given("-s")}
		}
		return []string{"64"}
	}
	return nil // of a type that is not made
}

// dumpNames is a file for the attributes of the key that is named.
func dumpNames(_ *Tool, at command.Place) []string {
	if handle := at.Given("-o"); handle != "" {
		return []string{"attr_" + handle}
	}
	return []string{"attr_7"}
}

// moduli are the sizes of RSA keys in bits, the usual one first.
var moduli = []string{"2048", "2304", "2560", "2816", "3072", "3328", "3584", "3840", "4096"}

// counts are on how many HSMs a key can be now, the most first.
func (t *Tool) counts(command.Place) []string {
	if t.client == nil {
		return nil
	}
	var list []string
	for n := len(t.client.Reached()); n > 0; n-- {
		list = append(list, fmt.Sprint(n))
	}
	return list
}

// names are the crypto users of this cluster, the documentation's first.
func (t *Tool) names(command.Place) []string {
	var list []string
	if t.client == nil {
		return nil
	}
	for _, u := range t.client.Everybody() {
		if u.Type == hsm.CU && !u.Locked() && !slices.Contains(list, u.Name) {
			list = append(list, u.Name)
		}
	}
	if i := slices.Index(list, cluster.Seeds[2].Name); i > 0 {
		list = slices.Insert(slices.Delete(list, i, i+1), 0, cluster.Seeds[2].Name)
	}
	return list
}

func (t *Tool) self(command.Place) []string {
	if t.User() == "" {
		return nil
	}
	return []string{t.User()}
}

// quorate are the keys that ask for approvals.
func (t *Tool) quorate(command.Place) []string {
	var list []string
	for _, k := range t.visible() {
		if k.MValue > 0 {
			list = append(list, fmt.Sprint(k.Handle))
		}
	}
	return list
}

// sharers are lists of the other crypto users: two of them, and one.
func (t *Tool) sharers(command.Place) []string {
	var ids []string
	for _, c := range t.liveUsers(command.Users) {
		if t.client == nil || t.client.Login == nil || c.Word != fmt.Sprint(t.client.Login.ID) {
			ids = append(ids, c.Word)
		}
	}
	if len(ids) < 2 {
		return ids
	}
	return []string{ids[0] + "," + ids[1], ids[0]}
}

// labels are those of the keys that can be seen.
func (t *Tool) labels(command.Place) []string {
	return t.of(func(k *hsm.Key) string { return k.Label })
}

// of lists something of the keys that can be seen, each once, of the newest first.
func (t *Tool) of(what func(*hsm.Key) string) []string {
	var list []string
	keys := t.visible()
	for i := len(keys) - 1; i >= 0; i-- {
		if word := what(keys[i]); word != "" && !slices.Contains(list, word) {
			list = append(list, word)
		}
	}
	return list
}

// filesMax is how many files are looked into for a blank, and fileMax how large they may be.
const filesMax, fileMax = 64, 1 << 16

// filesThat are the files in the working directory whose contents fit.
func (t *Tool) filesThat(fits func(data []byte) bool) []string {
	var list []string
	for i, name := range t.host.Names("") {
		if i == filesMax {
			break
		}
		if data, err := t.host.ReadFile(name); err == nil && len(data) <= fileMax && len(data) > 0 && fits(data) {
			list = append(list, name)
		}
	}
	return list
}

// isText reports whether a file is one that people write.
func isText(data []byte) bool {
	return !bytes.Contains(data, []byte("-----BEGIN")) && !bytes.ContainsFunc(data, func(r rune) bool { return r < ' ' && r != '\n' && r != '\t' || r == 0xfffd })
}

func (t *Tool) messages(command.Place) []string {
	return append(t.filesThat(isText), t.filesThat(func(data []byte) bool { return !isText(data) })...)
}

// approvalFiles are those that approveToken reads.
func (t *Tool) approvalFiles(command.Place) []string {
	return t.filesThat(func(data []byte) bool { _, err := hsm.ParseApprovalFile(data); return err == nil })
}

// maskedFiles are masked objects of this cluster.
func (t *Tool) maskedFiles(command.Place) []string {
	return t.filesThat(func(data []byte) bool { here, _ := t.cluster.IsMasked(data); return here })
}

// signatures are files that may be one: of RSA in the modulus' length, of ECDSA in DER.
func (t *Tool) signatures(command.Place) []string {
	return t.filesThat(func(data []byte) bool {
		return !isText(data) && (len(data) == 256 || len(data) == 384 || len(data) == 512 || len(data) < 145 && data[0] == 0x30)
	})
}

func pemFiles(label string) func(*Tool, command.Place) []string {
	return func(t *Tool, _ command.Place) []string {
		return t.filesThat(func(data []byte) bool {
			return bytes.Contains(data, []byte(label)) && !bytes.Contains(data, []byte("ENCRYPTED"))
		})
	}
}

func fileWith(magic string) func(*Tool, command.Place) []string {
	return func(t *Tool, _ command.Place) []string {
		return t.filesThat(func(data []byte) bool { return bytes.HasPrefix(data, []byte(magic)) })
	}
}

// rawFiles are those as long as an AES key.
func (t *Tool) rawFiles(command.Place) []string {
	return t.filesThat(func(data []byte) bool {
		return !bytes.Contains(data, []byte("-----BEGIN")) && (len(data) == 16 || len(data) == 24 || len(data) == 32)
	})
}

// blockFiles are those of a length that NIST's wrapping takes.
func (t *Tool) blockFiles(command.Place) []string {
	return t.filesThat(func(data []byte) bool { return len(data)%8 == 0 && len(data) >= 16 && len(data) < 4096 })
}

func (t *Tool) noFiles(command.Place) []string { return nil }

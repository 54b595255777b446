package same

import (
	"cmp"
	"maps"
	"strings"

	"hsmplay/core/command"
)

// allUses are the uses that key_mgmt_util gives keys of a kind, as the CLI writes them, by the option
// that they stand behind there.
var allUses = []struct{ kind, param, uses string }{
	{"rsa", "--public-attributes", rsaPublic}, {"rsa", "--private-attributes", rsaUses},
	{"ec", "--public-attributes", "verify=true"}, {"ec", "--private-attributes", "sign=true"},
	{"rsa-public", "--attributes", rsaPublic}, {"rsa-private", "--attributes", rsaUses},
	{"ec-public", "--attributes", "verify=true"}, {"ec-private", "--attributes", "sign=true"},
	{"aes", "--attributes", aesUses}, {"generic-secret", "--attributes", "sign=false verify=false"},
	{"des3", "--attributes", "encrypt=true decrypt=true sign=false verify=false"},
}

// unasked are the uses that the CLI gives secret keys unless asked otherwise; halves of pairs have
// none (spec/cloudhsm-cli.md 3).
var unasked = map[string]string{"aes": "sign=true verify=true", "generic-secret": "sign=true verify=true", "des3": "sign=true verify=true"}

// uses is "all" where a line of the CLI asks for the uses that key_mgmt_util gives its keys, and for
// nothing else that it cannot give; "" otherwise.
func (f *filler) uses() string {
	kind := cmp.Or(f.bare("--key-type-class"), f.method())
	for _, half := range allUses {
		if half.kind != kind {
			continue
		}
		wanted, given := map[string]bool{}, map[string]bool{}
		put(wanted, half.uses)
		put(given, unasked[kind]+" "+f.bare(half.param))
		if !maps.Equal(wanted, given) {
			return ""
		}
	}
	return "all"
}

// put takes the attributes that are true into a set. An id and that a key stays inside have their
// own options in key_mgmt_util.
func put(set map[string]bool, terms string) {
	for term := range strings.FieldsSeq(terms) {
		key, value, _ := strings.Cut(term, "=")
		switch {
		case key == "id" || key == "extractable":
		case value == "false":
			delete(set, key)
		default:
			set[key] = true
		}
	}
}

// counterparts are what key_mgmt_util has one value for, and the CLI two.
var counterparts = [][2]string{{"--private-label", "--public-label"}, {"--manage-key-quorum-value", "--use-key-quorum-value"},
	{"--manage-private-key-quorum-value", "--use-private-key-quorum-value"}}

// apart is "apart" where the two values of a pair of options differ; of attributes the ids count.
func apart(f *filler, at command.Bound) string {
	if f.bare("id:--private-attributes") != f.bare("id:--public-attributes") && at.All != nil {
		return "apart"
	}
	for _, pair := range counterparts {
		if at.Given && f.bare(pair[0]) == at.Text && f.bare(pair[1]) != at.Text {
			return "apart"
		}
	}
	return ""
}

// foundBy are the attributes that findKey can look for.
var foundBy = []string{"class", "key-type", "label", "id", "token", "check-value"}

// beyond are the attributes of a filter that findKey cannot look for.
func beyond(_ *filler, at command.Bound) string {
	var all []string
	for _, t := range at.All {
		key, _, _ := strings.Cut(strings.TrimPrefix(t, "attr."), "=")
		known := false
		for _, is := range foundBy {
			known = known || is == key
		}
		if !known {
			all = append(all, key)
		}
	}
	return strings.Join(all, ", ")
}

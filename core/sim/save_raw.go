package sim

import (
	"strings"
	"unicode/utf8"

	"hsmplay/core/hsm"
	"hsmplay/core/shell"
)

// raw is a text of any bytes in JSON, which takes UTF-8 only: a byte that belongs to no character
// stands there as one of 256 characters for private use. Those characters themselves stand as their
// bytes.
type raw string

// rawFirst is the character for byte 0, and rawLead what it begins with in UTF-8.
const (
	rawFirst = 0x10FE00
	rawLead  = "\xf4"
)

func isRaw(r rune) bool { return r >= rawFirst && r < rawFirst+256 }

// MarshalText writes the text in UTF-8.
func (t raw) MarshalText() ([]byte, error) {
	if utf8.ValidString(string(t)) && !strings.Contains(string(t), rawLead) {
		return []byte(t), nil
	}
	var out []byte
	for at := 0; at < len(t); {
		r, size := utf8.DecodeRuneInString(string(t[at:]))
		if r == utf8.RuneError && size == 1 || isRaw(r) {
			for _, b := range []byte(t[at : at+size]) {
				out = utf8.AppendRune(out, rawFirst+rune(b))
			}
		} else {
			out = append(out, t[at:at+size]...)
		}
		at += size
	}
	return out, nil
}

// UnmarshalText reads what MarshalText has written.
func (t *raw) UnmarshalText(text []byte) error {
	*t = raw(text)
	if !strings.Contains(string(text), rawLead) {
		return nil
	}
	var out []byte
	for _, r := range string(text) {
		if isRaw(r) {
			out = append(out, byte(r-rawFirst))
		} else {
			out = utf8.AppendRune(out, r)
		}
	}
	*t = raw(out)
	return nil
}

// raws are texts of any bytes.
func raws(list []string) []raw {
	if list == nil {
		return nil
	}
	made := make([]raw, len(list))
	for i, text := range list {
		made[i] = raw(text)
	}
	return made
}

// texts is the opposite of raws.
func texts(list []raw) []string {
	if list == nil {
		return nil
	}
	made := make([]string, len(list))
	for i, text := range list {
		made[i] = string(text)
	}
	return made
}

// rest is a text as bytes where JSON would not take it, nil elsewhere. The rows of keys and users
// are many, so only those that need it have more than their texts.
func rest(text string) []byte {
	if utf8.ValidString(text) {
		return nil
	}
	return []byte(text)
}

// whole returns a text that was saved with its rest.
func whole(text string, rest []byte) string {
	if rest != nil {
		return string(rest)
	}
	return text
}

// savedUser is a user with a name of any bytes.
type savedUser struct {
	*hsm.User
	NameBytes []byte `json:",omitempty"`
}

func savedUsers(users []*hsm.User) []savedUser {
	var saved []savedUser
	for _, u := range users {
		saved = append(saved, savedUser{u, rest(u.Name)})
	}
	return saved
}

// savedFile is a file; where a link leads to may be any bytes.
type savedFile struct {
	*shell.File
	Link raw `json:"link,omitempty"`
}

// savedShell is a terminal; what was typed may be any bytes.
type savedShell struct {
	*shell.Saved
	Name      raw `json:"name"`
	Functions raw `json:"functions"`
}

// savedVariable is a variable of bash with values of any bytes.
type savedVariable struct {
	*shell.Variable
	Str  raw         `json:"str,omitempty"`
	List []raw       `json:"list,omitempty"`
	Map  map[raw]raw `json:"map,omitempty"`
}

func savedVariables(all []shell.Variable) []savedVariable {
	saved := make([]savedVariable, len(all))
	for i := range all {
		v := &all[i]
		saved[i] = savedVariable{Variable: v, Str: raw(v.Str), List: raws(v.List)}
		if v.Map != nil {
			saved[i].Map = map[raw]raw{}
			for key, value := range v.Map {
				saved[i].Map[raw(key)] = raw(value)
			}
		}
	}
	return saved
}

// variables returns the variables that were saved.
func variables(saved []savedVariable) []shell.Variable {
	all := make([]shell.Variable, len(saved))
	for i, v := range saved {
		if v.Variable != nil {
			all[i] = *v.Variable
		}
		all[i].Str, all[i].List = string(v.Str), texts(v.List)
		if v.Map != nil {
			all[i].Map = map[string]string{}
			for key, value := range v.Map {
				all[i].Map[string(key)] = string(value)
			}
		}
	}
	return all
}

package cli

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"hsmplay/core/attr"
	"hsmplay/core/command"
	"hsmplay/core/hsm"
	"hsmplay/core/retcode"
)

// term is one condition of a filter, of which all must be met (spec/cloudhsm-cli.md 3.5).
type term struct {
	handle uint64   // of key-reference=, where attr is the zero row
	attr   attr.Row // of attr.NAME=VALUE
	value  string
}

// The two kinds of terms.
const (
	referenceTerm = "key-reference="
	attributeTerm = "attr."
)

// readFilter reads the terms of a filter. The error is what is said to the first that is none.
func readFilter(words []string) (terms []term, fault string) {
	for _, word := range words {
		if given, ok := strings.CutPrefix(word, referenceTerm); ok {
			handle, err := number(given)
			if err != nil {
				return nil, badReference
			}
			terms = append(terms, term{handle: handle})
			continue
		}
		name, value, ok := strings.Cut(word, "=")
		name, named := strings.CutPrefix(name, attributeTerm)
		if !ok || !named {
			return nil, badTerm(word)
		}
		row, known := attr.Named(name)
		if !known || !slices.Contains(attr.Shown, row.Attr) {
			return nil, badAttribute(name)
		}
		terms = append(terms, term{attr: row, value: value})
	}
	return terms, ""
}

// number reads a decimal number, or a hexadecimal one with 0x.
func number(text string) (uint64, error) {
	if len(text) > 2 && (text[:2] == "0x" || text[:2] == "0X") {
		return strconv.ParseUint(text[2:], 16, 64)
	}
	return strconv.ParseUint(text, 10, 64)
}

// selects reports whether a key meets all terms.
func selects(terms []term, k *hsm.Key, model hsm.Model) bool {
	for i := range terms {
		if !terms[i].fits(k, model) {
			return false
		}
	}
	return true
}

// fits reports whether a key meets a term: texts are compared as they stand, numbers by what they
// are worth.
func (t *term) fits(k *hsm.Key, model hsm.Model) bool {
	if t.attr.CLI == "" {
		return uint64(k.Handle) == t.handle
	}
	value, has := valueOf(k, &t.attr, model)
	if !has {
		return false
	}
	switch value := value.(type) {
	case bool:
		return strings.EqualFold(t.value, strconv.FormatBool(value))
	case uint32:
		return strings.TrimLeft(t.value, "0") == strings.TrimLeft(fmt.Sprint(value), "0") && t.value != ""
	case string:
		return value == t.value || t.attr.Attr == attr.ID && len(k.ID) == 0 && (t.value == "" || t.value == "0x")
	}
	return false
}

// seen returns the keys that a filter selects among those that the user may list, by handle.
func (t *Tool) seen(l *link, words []string) ([]*hsm.Key, *command.Outcome) {
	keys, err := l.client.Seen()
	if err != nil {
		out := refused(err)
		return nil, &out
	}
	terms, fault := readFilter(words)
	if fault != "" {
		out := failed(retcode.Local, fault, filterNote(words)...)
		return nil, &out
	}
	model := l.client.Model()
	return slices.DeleteFunc(keys, func(k *hsm.Key) bool { return !selects(terms, k, model) }), nil
}

// one returns the key that a filter of a crypto user selects, which must be one.
func (t *Tool) one(l *link, words []string) (*hsm.Key, *command.Outcome) {
	if out := cryptoUserOnly(l); out != nil {
		return nil, out
	}
	return t.only(l, words)
}

// only is one for anybody.
func (t *Tool) only(l *link, words []string) (*hsm.Key, *command.Outcome) {
	keys, out := t.seen(l, words)
	if out != nil {
		return nil, out
	}
	if len(keys) != 1 {
		out := failed(selected{len(keys)}, matched(len(keys)))
		return nil, &out
	}
	return keys[0], nil
}

// any returns the one key that an officer is told the reference of, whosever it is, or that a filter
// selects among those that he sees (spec/cloudhsm-cli.md 2.6).
func (t *Tool) any(l *link, words []string) (*hsm.Key, *command.Outcome) {
	terms, fault := readFilter(words)
	if l.client.Login != nil && l.client.Login.Type == hsm.CO && fault == "" {
		for _, term := range terms {
			if term.attr.CLI != "" || term.handle>>32 != 0 {
				continue
			}
			k, err := l.client.Referred(uint32(term.handle))
			if err == nil && selects(terms, k, l.client.Model()) {
				return k, nil
			}
		}
	}
	return t.only(l, words)
}

package cli

import (
	"errors"
	"strings"

	"hsmplay/core/attr"
)

// settingOf reads one attribute and its value. The fault is what is said to a pair that is none.
func settingOf(name string, values ...string) (s attr.Setting, fault string) {
	s, err := attr.ParseSetting(name, values...)
	switch {
	case errors.Is(err, attr.ErrNoAttribute):
		return s, badAttribute(name)
	case err != nil:
		return s, notSet(name, strings.Join(values, " "))
	}
	return s, ""
}

// settingsOf reads a list of attributes of a new key, as NAME=VALUE each.
func settingsOf(words []string) (all []attr.Setting, fault string) {
	for _, word := range words {
		name, value, ok := strings.Cut(word, "=")
		if !ok {
			return nil, badSetting(word)
		}
		s, fault := settingOf(name, value)
		if fault != "" {
			return nil, fault
		}
		for _, other := range all {
			if other.Attr == s.Attr {
				return nil, twice(name)
			}
		}
		all = append(all, s)
	}
	return all, ""
}

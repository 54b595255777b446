package openssl

import "strings"

// config is a configuration file: the lines of its sections by name; those before the first section
// stand under "default" (OpenSSL's config(5), without variables).
type config map[string][]setting

// readConfig reads a configuration file; what is no line of one is passed over.
func readConfig(data []byte) config {
	c, section := config{}, "default"
	text := strings.ReplaceAll(strings.ReplaceAll(string(data), "\r\n", "\n"), "\\\n", "")
	for line := range strings.Lines(text) {
		line, _, _ = strings.Cut(line, "#")
		line = strings.TrimSpace(line)
		if inner, ok := strings.CutPrefix(line, "["); ok {
			inner, _, _ = strings.Cut(inner, "]")
			section = strings.TrimSpace(inner)
			continue
		}
		if name, value, ok := strings.Cut(line, "="); ok {
			value = strings.Trim(strings.TrimSpace(value), `"`)
			c[section] = append(c[section], setting{strings.TrimSpace(name), value})
		}
	}
	return c
}

// value is what a section gives a name, the last one of several; one that is not there is looked for
// in the default section.
func (c config) value(section, name string) (value string, ok bool) {
	for _, in := range []string{section, "default"} {
		for _, s := range c[in] {
			if s.name == name {
				value, ok = s.value, true
			}
		}
		if ok {
			break
		}
	}
	return value, ok
}

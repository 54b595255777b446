package openssl

import (
	"slices"
	"strings"
)

// What x509 does with extensions: it takes them from a file or a request, and shows some.

// copyWords are the values of -copy_extensions. Both that copy do the same to a new certificate.
var copyWords = []string{"none", "copy", "copyall"}

// checkCopying refuses another word for -copy_extensions, in quotes or not.
func (c *call) checkCopying(quote string) error {
	if word := c.last("copy_extensions"); word != "" && !slices.Contains(copyWords, word) {
		return refuse("Invalid extension copy option: %s", quote+word+quote)
	}
	return nil
}

// extensionFile reads -extfile and checks the section of it that holds the extensions.
func (c *call) extensionFile() (conf config, section string, err error) {
	if err := c.checkCopying(""); err != nil {
		return nil, "", err
	}
	if !c.has("extfile") {
		if c.has("extensions") {
			c.warn("Warning: ignoring -extensions option without -extfile\n")
		}
		return nil, "", nil
	}
	if conf, err = c.config("extfile"); err != nil {
		return nil, "", err
	}
	named, _ := conf.value("default", "extensions")
	section = firstOf(c.last("extensions"), named, "default")
	wrong := "Error checking extension section " + section
	return conf, section, c.checkSection(conf, section, wrong)
}

// checkSection refuses a section that is not there, or whose extensions cannot be made.
func (c *call) checkSection(conf config, section, text string) error {
	if _, there := conf[section]; !there {
		return refuse("%s", text)
	}
	if wrong := (&holder{checked: true}).add(conf[section], conf); wrong != nil {
		return wrong.because(c, refuse("%s", text))
	}
	return nil
}

// copied are the extensions that a certificate takes over from its request.
func (c *call) copied(r *request) []extension {
	if word := c.last("copy_extensions"); word == "" || word == "none" {
		return nil
	}
	return c.chosen(r.extensions)
}

// chosen are the extensions whose short name stands in -ext, all without it.
func (c *call) chosen(list []extension) []extension {
	if !c.has("ext") {
		return list
	}
	return slices.DeleteFunc(slices.Clone(list), func(e extension) bool { return !strings.Contains(c.last("ext"), objectOf(e.oid).short) })
}

// chosenExtensions prints the extensions that -ext names, in the order of the certificate.
func chosenExtensions(c *call, x *certificate) string {
	if len(x.extensions) == 0 {
		c.warn("No extensions in certificate\n")
	}
	var b strings.Builder
	for _, e := range x.extensions {
		for name := range strings.SplitSeq(c.last("ext"), ",") {
			if name == objectOf(e.oid).short {
				b.WriteString(extensionsText([]extension{e}, ""))
			}
		}
	}
	return b.String()
}

package openssl

import (
	"strconv"
	"strings"

	"golang.org/x/crypto/cryptobyte"
	der "golang.org/x/crypto/cryptobyte/asn1"
)

// reqPlan is what a request is made by, beside the options: a configuration file, and the
// extensions of -addext, which are lines of another.
type reqPlan struct {
	conf    config
	given   bool   // by -config
	section string // of the extensions, "" for none
	kind    string // of what has them, in refusals
	added   config // of -addext
}

// reqPlan reads -config and -addext, and checks their extensions.
func (c *call) reqPlan() (*reqPlan, error) {
	if err := c.eachOnce(); err != nil {
		return nil, err
	}
	p := &reqPlan{given: c.has("config")}
	var err error
	if p.given {
		p.conf, err = c.config("config")
	} else {
		p.conf, _ = readConfig([]byte(defaultConfig))
	}
	if err != nil {
		return nil, err
	}
	var wrong int
	if p.added, wrong = readConfig([]byte(strings.Join(c.all("addext"), "\n"))); wrong > 0 {
		return nil, refuse("%s: Error on line %d of config input", c.name, wrong)
	}
	if c.digest == nil {
		c.digest = digestNamed(p.value("default_md"))
	}
	c.unlocked = p.value("encrypt_key") == "no"
	return p, p.check(c)
}

// check looks at all extensions, also at those that are not for what is made.
func (p *reqPlan) check(c *call) error {
	ofCertificate := c.last("extensions")
	if ofCertificate == "" && c.has("x509") {
		ofCertificate = p.value("x509_extensions")
	}
	ofRequest := firstOf(c.last("reqexts"), p.value("req_extensions"))
	if p.kind, p.section = "request", ofRequest; c.has("x509") {
		p.kind, p.section = "x509", ofCertificate
	}
	for _, row := range []struct {
		conf          config
		section, text string
	}{
		{p.conf, ofCertificate, "Error checking x509 extension section " + ofCertificate},
		{p.added, "default", "Error checking extensions defined using -addext"},
		{p.conf, ofRequest, "Error checking request extension section " + ofRequest},
	} {
		if row.section == "" {
			continue
		}
		if err := c.checkSection(row.conf, row.section, row.text); err != nil {
			return err
		}
	}
	return nil
}

// eachOnce refuses an extension of -addext that has no name or is there a second time.
func (c *call) eachOnce() error {
	seen := map[string]bool{}
	for _, text := range c.all("addext") {
		name, _, ok := strings.Cut(text, "=")
		name = strings.TrimSpace(name)
		if !ok || name == "" || seen[name] {
			return refuse("Duplicate extension: %s\n%s: Use -help for summary.", text, c.name)
		}
		seen[name] = true
	}
	return nil
}

// value is what the configuration file says of requests.
func (p *reqPlan) value(name string) string {
	value, _ := p.conf.value("req", name)
	return value
}

// extend makes the extensions of the section and of -addext. A request can only have one of both.
func (p *reqPlan) extend(h *holder, c *call) error {
	if wrong := h.add(p.conf[p.section], p.conf); wrong != nil {
		return wrong.because(c, refuse("Error adding %s extensions from section %s", p.kind, p.section))
	}
	added := p.added["default"]
	adding := refuse("Error adding extensions defined via -addext")
	if h.issuer == nil && len(h.made) > 0 && len(added) > 0 {
		return adding
	}
	if wrong := h.add(added, p.added); wrong != nil {
		return wrong.because(c, adding)
	}
	return nil
}

// requested is the attribute of a request that asks for the extensions (RFC 2985, 5.4.2).
func (h *holder) requested() attribute {
	var b cryptobyte.Builder
	addExtensions(&b, h.made)
	list, _ := inside(b.BytesOrPanic())
	return attribute{oid: oidNamed("extReq"), tag: der.SEQUENCE, value: list}
}

// missing refuses a file whose sections of names are not there.
func (p *reqPlan) missing() error {
	for _, name := range []string{"distinguished_name", "attributes"} {
		if section := p.value(name); section != "" && p.conf[section] == nil {
			return refuse("Unable to get '%s' section\nError making certificate request", section)
		}
	}
	return nil
}

// subject is the subject and the attributes of a file that asks nothing.
func (p *reqPlan) subject() (name, attributes []attribute, err error) {
	failed := refuse("Error making certificate request")
	section := p.value("distinguished_name")
	if len(p.conf[section]) == 0 {
		return nil, nil, refuse("Error: No objects specified in config file\nError making certificate request")
	}
	name, ok := p.conf.distinguishedName(section)
	if !ok {
		return nil, nil, failed
	}
	if extra := p.value("attributes"); extra != "" {
		if attributes, ok = p.conf.distinguishedName(extra); !ok {
			return nil, nil, failed
		}
	}
	return name, attributes, nil
}

// distinguishedName reads a name from the lines of a section: 1.OU and 2.OU are two parts of one
// kind, and a plus sign joins a part to the one before it.
func (c config) distinguishedName(section string) (name []attribute, ok bool) {
	for _, s := range c[section] {
		kind, joined := strings.CutPrefix(partKind(s.name), "+")
		part, fits := newAttribute(kind, s.value)
		if oidNamed(kind) == nil || !fits {
			return nil, false
		}
		part.joined = joined && len(name) > 0
		name = append(name, part)
	}
	_, ok = c[section]
	return name, ok
}

// partKind is the kind of a part of a name, without what tells two of one kind apart.
func partKind(name string) string {
	if i := strings.IndexAny(name, ":,."); i >= 0 && i+1 < len(name) {
		return name[i+1:]
	}
	return name
}

// subjectFields and attributeFields are the questions of the file, or OpenSSL's own.
func (p *reqPlan) subjectFields() []field {
	if p.given {
		return p.fields(p.value("distinguished_name"))
	}
	return subjectFields
}

func (p *reqPlan) attributeFields() []field {
	if p.given {
		return p.fields(p.value("attributes"))
	}
	return attributeFields
}

// fields are the questions of a section.
func (p *reqPlan) fields(section string) (list []field) {
	look := func(name string) string {
		value, _ := p.conf.value(section, name)
		return value
	}
	number := func(name string) int {
		n, _ := strconv.Atoi(look(name))
		return n
	}
	for _, s := range p.conf[section] {
		if oidNamed(partKind(s.name)) != nil {
			list = append(list, field{partKind(s.name), s.value, look(s.name + "_default"), number(s.name + "_min"), number(s.name + "_max")})
		}
	}
	return list
}

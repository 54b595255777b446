package openssl

import "slices"

// config is a configuration file: the lines of its sections by name; those before the first section
// stand under "default" (OpenSSL's config(5)). A section has each name once.
type config map[string][]setting

// defaultConfig is what OpenSSL's own configuration file says of extensions.
const defaultConfig = `[req]
x509_extensions=v3_ca
[usr_cert]
basicConstraints=CA:FALSE
subjectKeyIdentifier=hash
authorityKeyIdentifier=keyid,issuer
[v3_req]
basicConstraints=CA:FALSE
keyUsage=nonRepudiation,digitalSignature,keyEncipherment
[v3_ca]
subjectKeyIdentifier=hash
authorityKeyIdentifier=keyid:always,issuer
basicConstraints=critical,CA:true
`

// config reads the configuration file of an option.
func (c *call) config(option string) (config, error) {
	file := c.last(option)
	data, err := c.read(file)
	if err != nil {
		return nil, err
	}
	r := configReader{conf: config{}, section: "default", load: c.ReadFile, env: c.Env}
	conf, wrong := r.all(data)
	if wrong > 0 {
		return nil, refuse("%s: Error on line %d of config file \"%s\"", c.name, wrong, file)
	}
	return conf, nil
}

// readConfig reads a configuration file that takes in no other one; wrong is the number of the first
// line that is no line of one, 0 for none.
func readConfig(data []byte) (conf config, wrong int) {
	r := configReader{conf: config{}, section: "default"}
	return r.all(data)
}

// lastOfEach keeps the last setting of each name.
func lastOfEach(list []setting) []setting {
	seen := map[string]bool{}
	kept := []setting{}
	for _, s := range slices.Backward(list) {
		if !seen[s.name] {
			kept = append(kept, s)
		}
		seen[s.name] = true
	}
	slices.Reverse(kept)
	return kept
}

// value is what a section gives a name; one that is not there is looked for in the default section.
func (c config) value(section, name string) (value string, ok bool) {
	for _, in := range []string{section, "default"} {
		for _, s := range slices.Backward(c[in]) {
			if s.name == name {
				return s.value, true
			}
		}
	}
	return "", false
}

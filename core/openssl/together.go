package openssl

import "slices"

// What options say of each other: some cannot stand together, and some count for nothing where
// another one is missing or there. OpenSSL says both before it does anything.

// together is a rule of one command's options.
type together struct {
	command string
	given   []string // all of them
	without []string // none of them
	text    string
}

// onlyRaw is said of -rawin where nothing is signed.
const onlyRaw = "pkeyutl: -rawin can only be used with -sign or -verify\npkeyutl: Use -help for summary."

// contradictions end a command.
var contradictions = []together{
	{"x509", []string{"CA", "signkey"}, nil, "Cannot use both -key/-signkey and -CA option"},
	{"x509", []string{"CA", "key"}, nil, "Cannot use both -key/-signkey and -CA option"},
	{"dgst", []string{"hmac", "sign"}, nil, "MAC and signing key cannot both be specified"},
	{"dgst", []string{"mac", "sign"}, nil, "MAC and signing key cannot both be specified"},
	{"dgst", []string{"hmac", "mac"}, nil, "MAC and signing key cannot both be specified"},
	{"verify", []string{"trusted", "CAfile"}, nil, "verify: Cannot use -trusted with -CAfile, -CApath or -CAstore"},
	{"pkeyutl", []string{"sigfile"}, []string{"verify"}, "pkeyutl: Signature file specified for non verify"},
	{"pkeyutl", []string{"sign", "pubin"}, nil, "A private key is needed for this operation\npkeyutl: Error initializing context"},
	{"pkeyutl", []string{"derive", "pubin"}, nil, "A private key is needed for this operation\npkeyutl: Error initializing context"},
	{"pkeyutl", []string{"peerkey"}, []string{"derive"}, "pkeyutl: no peer key given (-peerkey parameter).\npkeyutl: Use -help for summary."},
	{"pkeyutl", []string{"digest"}, []string{"rawin"}, "pkeyutl: -digest can only be used with -rawin\npkeyutl: Use -help for summary."},
	{"pkeyutl", []string{"rawin", "encrypt"}, nil, onlyRaw}, {"pkeyutl", []string{"rawin", "decrypt"}, nil, onlyRaw},
	{"pkeyutl", []string{"rawin", "derive"}, nil, onlyRaw}, {"pkeyutl", []string{"rawin", "verifyrecover"}, nil, onlyRaw},
	{"rsa", []string{"pubin", "check"}, nil, "Only private keys can be checked"},
	{"pkeyutl", []string{"decrypt", "pubin"}, nil, "A private key is needed for this operation\npkeyutl: Error initializing context"},
}

// ignored are options that count for nothing.
var ignored = []together{
	{"x509", []string{"copy_extensions"}, []string{"req"}, "Warning: ignoring -copy_extensions since neither -x509toreq nor -req is given"},
	{"x509", []string{"CAkey"}, []string{"CA"}, "Warning: ignoring -CAkey option since -CA option is not given"},
	{"x509", []string{"CAserial"}, []string{"CA"}, "Warning: ignoring -CAserial option since -CA option is not given"},
	{"x509", []string{"CAcreateserial"}, []string{"CA"}, "Warning: ignoring -CAcreateserial option since -CA option is not given"},
	{"req", []string{"days"}, []string{"x509"}, "Ignoring -days without -x509; not generating a certificate"},
	{"pkey", []string{"text", "text_pub"}, nil, "Warning: The -text option is ignored with -text_pub"},
}

// applies reports whether a rule is about a call.
func (r together) applies(c *call) bool {
	name := c.name
	if digestNamed(name) != nil {
		name = "dgst"
	}
	return name == r.command && !slices.ContainsFunc(r.given, func(option string) bool { return !c.has(option) }) &&
		!slices.ContainsFunc(r.without, c.has)
}

// fitTogether refuses options that contradict each other, and names those that count for nothing.
func (c *call) fitTogether() error {
	for _, row := range contradictions {
		if row.applies(c) {
			return refuse("%s", row.text)
		}
	}
	for _, row := range ignored {
		if row.applies(c) {
			c.warn(row.text + "\n")
		}
	}
	return nil
}

package cli

import (
	"slices"

	"hsmplay/core/command"
)

var wrapCategory = command.Spec[*Tool]{Name: "key wrap", Summary: "Wrap a key"} // provisional

// The options of a mechanism, which wrap and unwrap share.
var (
	gcmParams = []command.Param{
		{Flag: "--aad", Value: "AAD", Optional: true, Help: "Aes GCM Additional Authenticated Data (AAD) value, in hex", Example: "0x10"},
		{Flag: "--tag-length-bits", Value: "TAG_LENGTH_BITS", Kind: command.Number, Help: "Aes GCM tag length in bits",
			Means: "64 to 128, in steps of 8", Example: "128"}}
	oaepParams = []command.Param{
		example(choices("--hash-function", "Hash algorithm", hashes...), "sha256"),
		example(choices("--mgf", "Mask Generation Function algorithm", masks...), "mgf1-sha256")}
	hashes = []string{"sha1", "sha224", "sha256", "sha384", "sha512"}
	masks  = []string{"mgf1-sha1", "mgf1-sha224", "mgf1-sha256", "mgf1-sha384", "mgf1-sha512"}
)

// example is a parameter with a value that works.
func example(p command.Param, value string) command.Param {
	p.Example = value
	return p
}

// mechanism is a way to wrap keys, by the name of its command.
type mechanism struct {
	name string
	own  []command.Param
}

// mechanisms are all of them, in the order of the documentation.
var mechanisms = []mechanism{
	{"aes-gcm", gcmParams}, {"aes-no-pad", nil}, {"aes-pkcs5-pad", nil}, {"aes-zero-pad", nil}, {"cloudhsm-aes-gcm", gcmParams},
	{"rsa-aes", oaepParams}, {"rsa-oaep", oaepParams}, {"rsa-pkcs", nil},
}

// wraps are the commands that wrap; their pages of help have no sentence at the top.
func wraps() (specs []command.Spec[*Tool]) {
	common := params(filterParam("--payload-filter", "PAYLOAD_FILTER", "a payload key"),
		filterParam("--wrapping-filter", "WRAPPING_FILTER", "a wrapping key"),
		command.Param{Flag: "--path", Value: "PATH", Kind: command.Output, Optional: true,
			Help: "Path to the binary file where the wrapped key data will be saved"},
		command.Param{Flag: "--wrapping-approval", Value: "WRAPPING_APPROVALR", Kind: command.Path, Optional: true,
			Help: "File path of signed quorum token file to approve operation for wrapping key"},
		command.Param{Flag: "--payload-approval", Value: "PAYLOAD_APPROVALR", Kind: command.Path, Optional: true,
			Help: "File path of signed quorum token file to approve operation for payload key"})
	for _, m := range mechanisms {
		specs = append(specs, command.Spec[*Tool]{Name: "key wrap " + m.name, Means: "wraps a key with " + m.name, Params: with(common, m.own...),
			Run: func(t *Tool, args command.Args) command.Outcome { return t.keyWrap(args, m) }})
	}
	return specs
}

var unwrapCategory = command.Spec[*Tool]{Name: "key unwrap", Summary: "Unwrap a key"} // provisional

// unwraps are the commands that unwrap.
func unwraps() (specs []command.Spec[*Tool]) {
	first := params(filterParam("--filter", "FILTER", "a key to unwrap with"),
		either("data", command.Param{Flag: "--data-path", Value: "DATA_PATH", Kind: command.Path,
			Help: "Path to the binary file containing the wrapped key data"}),
		either("data", command.Param{Flag: "--data", Value: "DATA", Help: "Base64 encoded wrapped key data"}),
		attributesParam("--attributes", "UNWRAPPED_KEY_ATTRIBUTES",
			"Space separated list of key attributes in the form of KEY_ATTRIBUTE_NAME=KEY_ATTRIBUTE_VALUE for the unwrapped key"),
		sharersParam("unwrapped key"))
	last := []command.Param{
		choices("--key-type-class", "Key type and class of wrapped key", "aes", "des3", "ec-private", "generic-secret", "rsa-private"),
		labelParam("--label", "LABEL", "Label for the unwrapped key"), sessionParam}
	for _, m := range mechanisms {
		own := slices.Concat(first, quorumParams("", " for the unwrapped key"), m.own, last)
		if m.name == "aes-gcm" {
			own = append(own, command.Param{Flag: "--iv", Value: "IV", Help: "Initial value used to wrap the key, in hex", Example: "0x"})
		}
		specs = append(specs, command.Spec[*Tool]{Name: "key unwrap " + m.name, Means: "brings in a key that was wrapped with " + m.name,
			Params: append(own, approvalParam), Run: func(t *Tool, args command.Args) command.Outcome { return t.keyUnwrap(args, m) }})
	}
	return specs
}

package cli

import (
	"slices"

	"hsmplay/core/command"
	"hsmplay/core/command/clap"
)

var (
	cryptoCategory = command.Spec[*Tool]{Name: "crypto", Summary: "Perform cryptographic operations"}        // provisional
	signCategory   = command.Spec[*Tool]{Name: "crypto sign", Summary: "Sign with a key in the HSM cluster"} // provisional
	verifyCategory = command.Spec[*Tool]{Name: "crypto verify", Summary: "Verify a signature"}               // provisional
)

// The options of signing and verifying.
var (
	keyFilterParam = filterParam("--key-filter", "KEY_FILTER", "a matching key")
	hashParam      = example(choices("--hash-function", "", hashes...), "sha256")
	hashPHParam    = choices("--hash-function", "Hash function", "sha512")
	mgfParam       = example(choices("--mgf", "The mask generation function", masks...), "mgf1-sha256")
	saltParam      = command.Param{Flag: "--salt-length", Value: "SALT_LENGTH", Kind: command.Number, Help: "The salt length", Example: "32"}
	typeParam      = choices("--data-type", "The type of data passed in, either raw or digest", "raw", "digest")
)

// dataParams are the data, in a file or on the line.
func dataParams(path, data string) []command.Param {
	return []command.Param{
		either("data", command.Param{Flag: "--data-path", Value: "DATA_PATH", Kind: command.Path, Help: path}),
		either("data", command.Param{Flag: "--data", Value: "DATA", Help: data, Example: "YWJjMTIz"})}
}

var (
	signedData   = dataParams(dataPathHelp+"signed", "Base64 Encoded data to be signed")
	verifiedData = dataParams(dataPathHelp+"verified", "Base64 encoded data to be verified")
	signature    = []command.Param{
		either("signature", command.Param{Flag: "--signature-path", Value: "SIGNATURE_PATH", Kind: command.Path,
			Help: "The path to where the signature is located"}),
		either("signature", command.Param{Flag: "--signature", Value: "SIGNATURE", Help: "Base64 encoded signature to be verified"})}
)

// scheme is a way to sign, by the name of its command. Of its options some stand before --approval
// where it signs, and last where it verifies.
type scheme struct {
	name, says    string
	hashed        bool // --hash-function stands before the data
	before, after []command.Param
	short         [2]bool // the usage lines of sign and verify have no [OPTIONS]
}

// schemes are all but ML-DSA, which has texts of its own.
var schemes = []scheme{
	{"ecdsa", "ECDSA", true, nil, []command.Param{optional(typeParam)}, [2]bool{true, true}},
	{"rsa-pkcs", "RSA-PKCS", true, nil, []command.Param{optional(typeParam)}, [2]bool{true, true}},
	{"rsa-pkcs-pss", "RSA-PKCS-PSS", true, []command.Param{mgfParam, saltParam}, []command.Param{optional(typeParam)}, [2]bool{false, true}},
	{"ed25519", "Ed25519", false, nil, nil, [2]bool{}},
	{"ed25519ph", "Ed25519ph", false, nil, []command.Param{typeParam, hashPHParam}, [2]bool{}},
}

// hash is --hash-function where it stands before the data.
func (s scheme) hash() []command.Param {
	if s.hashed {
		return []command.Param{hashParam}
	}
	return nil
}

// signs are the commands that sign.
func signs() (specs []command.Spec[*Tool]) {
	for _, s := range schemes {
		all := slices.Concat(params(keyFilterParam), s.hash(), signedData, s.before, []command.Param{approvalParam}, s.after)
		specs = append(specs, command.Spec[*Tool]{Name: "crypto sign " + s.name, Summary: "Sign with the " + s.says + " mechanism", Params: all,
			Usage: shortUsage(s.short[0], "crypto sign "+s.name, "[<KEY_FILTER>...]", "<--data-path <DATA_PATH>|--data <DATA>>"),
			Run:   func(t *Tool, args command.Args) command.Outcome { return t.cryptoSign(args, s.name) }})
	}
	return append(specs, command.Spec[*Tool]{Name: "crypto sign ml-dsa", Summary: "Signs data with a ML-DSA private key", Column: clap.Spaced,
		Usage: "crypto sign ml-dsa [OPTIONS] --key-filter <KEY_FILTER> --data-type <DATA_TYPE> --hash-function <HASH_FUNCTION>",
		Params: []command.Param{unlisted(clusterIDParam), mldsaFilter("sign"), mldsaHash,
			either("data", command.Param{Flag: "--data", Value: "DATA", Help: "Data to be signed", Example: "YWJjMTIz"}),
			either("data", command.Param{Flag: "--data-path", Value: "DATA_PATH", Kind: command.Path, Help: "Path to file containing data to be signed"}),
			choices("--data-type", "Specifies if the data is raw or has been processed using external mu.", "raw", "external-mu"),
			command.Param{Flag: "--approval", Value: "APPROVAL", Kind: command.Path, Optional: true,
				Help: "File path of signed quorum token file to approve operation. Necessary for keys with quorum enabled"}},
		Run: func(t *Tool, args command.Args) command.Outcome { return t.cryptoSign(args, "ml-dsa") }})
}

// verifies are the commands that verify.
func verifies() (specs []command.Spec[*Tool]) {
	for _, s := range schemes {
		all := slices.Concat(params(keyFilterParam), s.hash(), verifiedData, signature, s.after, s.before)
		specs = append(specs, command.Spec[*Tool]{Name: "crypto verify " + s.name, Summary: "Verify with the " + s.says + " mechanism", Params: all,
			Usage: shortUsage(s.short[1], "crypto verify "+s.name, "[<KEY_FILTER>...]",
				"<--data-path <DATA_PATH>|--data <DATA>> <--signature-path <SIGNATURE_PATH>|--signature <SIGNATURE>>"),
			Run: func(t *Tool, args command.Args) command.Outcome { return t.cryptoVerify(args, s.name) }})
	}
	return append(specs, command.Spec[*Tool]{Name: "crypto verify ml-dsa", Summary: "Verifies a signature with a ML-DSA public key",
		Usage: "crypto verify ml-dsa [OPTIONS] --key-filter <KEY_FILTER> --data-type <DATA_TYPE> --signature <SIGNATURE> --hash-function <HASH_FUNCTION>",
		Params: slices.Concat(params(mldsaFilter("verify"), mldsaHash,
			either("data", command.Param{Flag: "--data", Value: "DATA", Help: "Data that was signed", Example: "YWJjMTIz"}),
			either("data", command.Param{Flag: "--data-path", Value: "DATA_PATH", Kind: command.Path, Help: "Path to file containing data that was signed"}),
			choices("--data-type", "Specifies if the data is raw or processed using external mu", "raw", "external-mu")), signature),
		Run: func(t *Tool, args command.Args) command.Outcome { return t.cryptoVerify(args, "ml-dsa") }})
}

// mldsaFilter selects a key for ML-DSA; its placeholder is of one word, though it takes several.
func mldsaFilter(verb string) command.Param {
	p := filterParam("--key-filter", "<KEY_FILTER>", "")
	p.Help = "The key reference or a list of key attributes to filter for a key to " + verb + " with"
	return p
}

var mldsaHash = choices("--hash-function", "The hash function to use with ML-DSA.", "shake256")

// shortUsage is a usage line without [OPTIONS], "" for one that the parameters make.
func shortUsage(short bool, name, filter, groups string) string {
	if !short {
		return ""
	}
	own := " --hash-function <HASH_FUNCTION>"
	if name == "crypto verify rsa-pkcs-pss" {
		own += " --mgf <MGF> --salt-length <SALT_LENGTH>"
	}
	return name + " --key-filter " + filter + own + " " + groups
}

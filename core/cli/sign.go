package cli

import (
	"crypto"
	"errors"
	"slices"

	"hsmplay/core/cluster"
	"hsmplay/core/command"
	"hsmplay/core/command/clap"
	"hsmplay/core/hsm"
	"hsmplay/core/mech"
	"hsmplay/core/retcode"
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
	saltParam      = command.Param{Flag: "--salt-length", Value: "SALT_LENGTH", Kind: command.Number,
		Help: "The salt length", Example: "32"}
	typeParam = choices("--data-type", "The type of data passed in, either raw or digest",
		"raw", "digest")
)

// dataParams are the data, in a file or on the line.
func dataParams(path, data string) []command.Param {
	return []command.Param{
		either("data", command.Param{Flag: "--data-path", Value: "DATA_PATH", Kind: command.Path,
			Help: path}),
		either("data", command.Param{Flag: "--data", Value: "DATA", Help: data, Example: "YWJjMTIz",
			Reads: asBase64})}
}

var (
	signedData   = dataParams(dataPathHelp+"signed", "Base64 Encoded data to be signed")
	verifiedData = dataParams(dataPathHelp+"verified", "Base64 encoded data to be verified")
	signature    = []command.Param{
		either("signature", command.Param{Flag: "--signature-path", Value: "SIGNATURE_PATH",
			Kind: command.Path, Help: "The path to where the signature is located"}),
		either("signature", command.Param{Flag: "--signature", Value: "SIGNATURE",
			Help: "Base64 encoded signature to be verified"})}
)

// scheme is a way to sign, by the name of its command. Of its options some stand before --approval
// where it signs, and last where it verifies.
type scheme struct {
	name, says    string
	is            mech.Scheme
	hashed        bool // --hash-function stands before the data
	before, after []command.Param
	short         [2]bool // the usage lines of sign and verify have no [OPTIONS]
}

// schemes are all but ML-DSA, which has texts of its own.
var schemes = []scheme{
	{name: "ecdsa", says: "ECDSA", is: mech.ECDSA, hashed: true,
		after: []command.Param{optional(typeParam)}, short: [2]bool{true, true}},
	{name: "rsa-pkcs", says: "RSA-PKCS", is: mech.RSAPKCS1, hashed: true,
		after: []command.Param{optional(typeParam)}, short: [2]bool{true, true}},
	{name: "rsa-pkcs-pss", says: "RSA-PKCS-PSS", is: mech.RSAPSS, hashed: true,
		before: []command.Param{mgfParam, saltParam}, after: []command.Param{optional(typeParam)},
		short: [2]bool{false, true}},
	{name: "ed25519", says: "Ed25519", is: mech.Ed25519},
	{name: "ed25519ph", says: "Ed25519ph", is: mech.Ed25519ph,
		after: []command.Param{typeParam, hashPHParam}},
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
		name := "crypto sign " + s.name
		specs = append(specs, command.Spec[*Tool]{
			Name: name, Summary: "Sign with the " + s.says + " mechanism",
			Usage: shortUsage(s.short[0], name, "[<KEY_FILTER>...]",
				"<--data-path <DATA_PATH>|--data <DATA>>"),
			Params: slices.Concat(params(keyFilterParam), s.hash(), signedData, s.before,
				[]command.Param{approvalParam}, s.after),
			Run: func(t *Tool, args command.Args) command.Outcome { return t.cryptoSign(args, s.is) }})
	}
	return append(specs, command.Spec[*Tool]{
		Name: "crypto sign ml-dsa", Summary: "Signs data with a ML-DSA private key",
		Column: clap.Spaced,
		Usage: "crypto sign ml-dsa [OPTIONS] --key-filter <KEY_FILTER> --data-type <DATA_TYPE> " +
			"--hash-function <HASH_FUNCTION>",
		Params: []command.Param{unlisted(clusterIDParam), mldsaFilter("sign"), mldsaHash,
			either("data", command.Param{Flag: "--data", Value: "DATA", Help: "Data to be signed",
				Example: "YWJjMTIz"}),
			either("data", command.Param{Flag: "--data-path", Value: "DATA_PATH", Kind: command.Path,
				Help: "Path to file containing data to be signed"}),
			choices("--data-type",
				"Specifies if the data is raw or has been processed using external mu.",
				"raw", "external-mu"),
			command.Param{Flag: "--approval", Value: "APPROVAL", Kind: command.Path, Optional: true,
				Help: "File path of signed quorum token file to approve operation. " +
					"Necessary for keys with quorum enabled"}},
		Run: func(t *Tool, args command.Args) command.Outcome { return t.cryptoSign(args, mech.MLDSA) }})
}

// verifies are the commands that verify.
func verifies() (specs []command.Spec[*Tool]) {
	for _, s := range schemes {
		name := "crypto verify " + s.name
		specs = append(specs, command.Spec[*Tool]{
			Name: name, Summary: "Verify with the " + s.says + " mechanism",
			Usage: shortUsage(s.short[1], name, "[<KEY_FILTER>...]",
				"<--data-path <DATA_PATH>|--data <DATA>> "+
					"<--signature-path <SIGNATURE_PATH>|--signature <SIGNATURE>>"),
			Params: slices.Concat(params(keyFilterParam), s.hash(), verifiedData, signature,
				s.after, s.before),
			Run: func(t *Tool, args command.Args) command.Outcome { return t.cryptoVerify(args, s.is) }})
	}
	return append(specs, command.Spec[*Tool]{
		Name: "crypto verify ml-dsa", Summary: "Verifies a signature with a ML-DSA public key",
		Usage: "crypto verify ml-dsa [OPTIONS] --key-filter <KEY_FILTER> --data-type <DATA_TYPE> " +
			"--signature <SIGNATURE> --hash-function <HASH_FUNCTION>",
		Params: slices.Concat(params(mldsaFilter("verify"), mldsaHash,
			either("data", command.Param{Flag: "--data", Value: "DATA", Help: "Data that was signed",
				Example: "YWJjMTIz"}),
			either("data", command.Param{Flag: "--data-path", Value: "DATA_PATH", Kind: command.Path,
				Help: "Path to file containing data that was signed"}),
			choices("--data-type", "Specifies if the data is raw or processed using external mu",
				"raw", "external-mu")), signature),
		Run: func(t *Tool, args command.Args) command.Outcome { return t.cryptoVerify(args, mech.MLDSA) }})
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

// hashNamed is a hash by its name in options.
func hashNamed(name string) crypto.Hash {
	for i, other := range hashes {
		if other == name {
			return mech.Hashes[i]
		}
	}
	return 0
}

// mechanismOf is what the options of a scheme say. The fault is what is said to those that do not
// fit.
func mechanismOf(s mech.Scheme, args command.Args) (m mech.Mechanism, fault string) {
	m = mech.Mechanism{Scheme: s, Plain: s == mech.ECDSA}
	if s != mech.Ed25519 && s != mech.MLDSA {
		m.Hash = hashNamed(args.Text("--hash-function"))
	}
	if args.Knows("--data-type") {
		switch kind := args.Text("--data-type"); {
		case kind == "external-mu":
			m.Input = mech.Mu
		case kind == "digest" && s == mech.RSAPKCS1:
			m.Input = mech.DigestInfo
		case kind == "digest":
			m.Input = mech.Digest
		}
	}
	if s != mech.RSAPSS {
		return m, ""
	}
	if _, fault := sameHash(args); fault != "" {
		return m, fault
	}
	if m.Salt = int(min(args.Int("--salt-length"), saltBeyond)); m.Salt == 0 {
		m.Salt = mech.NoSalt
	}
	return m, ""
}

// saltBeyond is more than any salt that fits a signature.
const saltBeyond = 1 << 16

// edwardsMax is the longest data that Ed25519 signs through the tool, in bytes
// (spec/cloudhsm-cli.md 2.10).
const edwardsMax = 16000

// request reads key, mechanism and data of a line.
func (t *Tool) request(l *link, args command.Args, s mech.Scheme) (hsm.SignRequest, *hsm.Key, *command.Outcome) {
	k, out := t.one(l, args.Texts("--key-filter"))
	if out != nil {
		return hsm.SignRequest{}, nil, out
	}
	m, fault := mechanismOf(s, args)
	data, out := t.input(args, "--data-path", "--data")
	switch {
	case out != nil:
		return hsm.SignRequest{}, nil, out
	case fault == "" && s == mech.Ed25519 && len(data) > edwardsMax:
		fault = dataTooLong
	}
	if fault != "" {
		out := failed(retcode.Local, fault)
		return hsm.SignRequest{}, nil, &out
	}
	return hsm.SignRequest{Handle: k.Handle, Mechanism: m, Message: data, Strict: !l.weak}, k, nil
}

// cryptoSign signs data with a private key.
func (t *Tool) cryptoSign(args command.Args, s mech.Scheme) command.Outcome {
	return t.on(args, func(l *link) command.Outcome {
		r, k, out := t.request(l, args, s)
		if out != nil {
			return *out
		}
		files, out := t.approvals(args, "--approval")
		if out != nil {
			return *out
		}
		return carryOut(t, l, files, func() *cluster.Call[[]byte] { return l.client.Sign(r) }, func(signature []byte, err error) command.Outcome {
			var refusal hsm.Refusal
			switch {
			case s == mech.RSAPSS && r.Mechanism.Input != mech.Digest && errors.As(err, &refusal) && refusal.Reason == hsm.MessageTooLong:
				return failed(err, badSalt) // the data are hashed first: it is the salt for which there is no room
			case err != nil:
				return t.refusedKey(k, err)
			}
			t.remember(args, s, k, signature)
			return answer(struct {
				Key       string `json:"key-reference"`
				Signature string `json:"signature"`
			}{reference(k.Handle), encoded(signature)})
		})
	})
}

// cryptoVerify verifies a signature with a public key.
func (t *Tool) cryptoVerify(args command.Args, s mech.Scheme) command.Outcome {
	return t.on(args, func(l *link) command.Outcome {
		r, k, out := t.request(l, args, s)
		if out != nil {
			return *out
		}
		if r.Signature, out = t.input(args, "--signature-path", "--signature"); out != nil {
			return *out
		}
		return carryOut(t, l, nil, func() *cluster.Call[struct{}] { return l.client.Verify(r) }, func(_ struct{}, err error) command.Outcome {
			if err != nil {
				return t.refusedKey(k, err)
			}
			t.verified = true
			return done("Signature verified successfully")
		})
	})
}

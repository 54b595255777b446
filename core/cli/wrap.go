package cli

import (
	"crypto"
	"encoding/hex"
	"slices"

	"hsmplay/core/attr"
	"hsmplay/core/cluster"
	"hsmplay/core/command"
	"hsmplay/core/hsm"
	"hsmplay/core/mech"
	"hsmplay/core/retcode"
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
	name    string
	own     []command.Param
	is      mech.Wrapping
	hyphens bool // the members of its answer have hyphens (spec/cloudhsm-cli.md 2.8)
}

// mechanisms are all of them, in the order of the documentation.
var mechanisms = []mechanism{
	{"aes-gcm", gcmParams, mech.WrapGCM, false},
	{"aes-no-pad", nil, mech.WrapNoPad, false},
	{"aes-pkcs5-pad", nil, mech.WrapPKCS5, false},
	{"aes-zero-pad", nil, mech.WrapPad, false},
	{"cloudhsm-aes-gcm", gcmParams, mech.WrapGCMPrefixed, false},
	{"rsa-aes", oaepParams, mech.WrapRSAAES, true},
	{"rsa-oaep", oaepParams, mech.WrapOAEP, true},
	{"rsa-pkcs", nil, mech.WrapPKCS1, false},
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

// paramsOf are the parameters of a mechanism. The fault is what is said to options that do not fit.
func paramsOf(m mechanism, args command.Args) (p mech.WrapParams, fault string) {
	p.Wrapping = m.is
	if args.Knows("--mgf") {
		if p.Hash, fault = sameHash(args); fault != "" {
			return p, fault
		}
	}
	if !args.Knows("--tag-length-bits") {
		return p, ""
	}
	bits := args.Int("--tag-length-bits")
	if bits < 64 || bits > 128 || bits%8 != 0 { // a choice (spec/cloudhsm-cli.md 2.8)
		return p, badTag
	}
	p.TagSize = int(bits / 8)
	if p.AAD, fault = hexOf(args.Text("--aad")); fault != "" {
		return p, fault
	}
	if args.Knows("--iv") {
		p.IV, fault = hexOf(args.Text("--iv"))
	}
	return p, fault
}

// hexOf reads bytes as hexadecimal digits, with or without 0x.
func hexOf(text string) (data []byte, fault string) {
	if len(text) > 1 && text[0] == '0' && (text[1] == 'x' || text[1] == 'X') {
		text = text[2:]
	}
	data, err := hex.DecodeString(text)
	if err != nil {
		return nil, badHex
	}
	return data, ""
}

// sameHash is the hash of the options, which that of the mask must be too.
func sameHash(args command.Args) (crypto.Hash, string) {
	name := args.Text("--hash-function")
	if args.Text("--mgf") != "mgf1-"+name {
		return 0, masksDiffer
	}
	return hashNamed(name), ""
}

// wrapped is the answer of key wrap; that of some mechanisms has hyphens.
type wrapped struct {
	Payload  string `json:"payload_key_reference"`
	Wrapping string `json:"wrapping_key_reference"`
	IV       string `json:"iv,omitempty"`
	Data     string `json:"wrapped_key_data,omitempty"`
}

type hyphened struct {
	Payload  string `json:"payload-key-reference"`
	Wrapping string `json:"wrapping-key-reference"`
	IV       string `json:"iv,omitempty"`
	Data     string `json:"wrapped-key-data,omitempty"`
}

// keyWrap wraps a key of the user with another one.
func (t *Tool) keyWrap(args command.Args, m mechanism) command.Outcome {
	return t.on(args, func(l *link) command.Outcome {
		payload, out := t.one(l, args.Texts("--payload-filter"))
		if out != nil {
			return *out
		}
		wrapping, out := t.one(l, args.Texts("--wrapping-filter"))
		if out != nil {
			return *out
		}
		p, fault := paramsOf(m, args)
		if fault != "" {
			return failed(retcode.Local, fault)
		}
		files, out := t.approvals(args, "--payload-approval", "--wrapping-approval")
		if out != nil {
			return *out
		}
		return carryOut(t, l, files, func() *cluster.Call[hsm.Wrapped] {
			return l.client.Wrap(hsm.WrapRequest{Handle: payload.Handle, With: wrapping.Handle, Params: p})
		}, func(w hsm.Wrapped, err error) command.Outcome {
			if err != nil {
				return t.refusedKey(wrapping, err)
			}
			return t.wrapped(args, m, wrapped{reference(payload.Handle), reference(wrapping.Handle), "", ""}, w)
		})
	})
}

// wrapped answers with a wrapped key, or writes it into a file.
func (t *Tool) wrapped(args command.Args, m mechanism, row wrapped, w hsm.Wrapped) command.Outcome {
	if args.Has("--path") {
		if out := t.write(args.Text("--path"), w.Blob); out != nil {
			return *out
		}
	} else {
		row.Data = encoded(w.Blob)
	}
	if w.IV != nil {
		row.IV = "0x" + hex.EncodeToString(w.IV)
	}
	if m.hyphens {
		return answer(hyphened(row))
	}
	return answer(row)
}

// arrivals are the keys that may come in, by the name of their type and class.
var arrivals = []struct {
	name  string
	class attr.Class
	kind  attr.KeyType
}{
	{"aes", attr.Secret, attr.AES}, {"des3", attr.Secret, attr.DES3}, {"ec-private", attr.PrivateKey, attr.EC},
	{"generic-secret", attr.Secret, attr.GenericSecret}, {"rsa-private", attr.PrivateKey, attr.RSA},
	{"ec-public", attr.Public, attr.EC}, {"rsa-public", attr.Public, attr.RSA},
}

// keyUnwrap brings in a key that was wrapped.
func (t *Tool) keyUnwrap(args command.Args, m mechanism) command.Outcome {
	return t.on(args, func(l *link) command.Outcome {
		with, out := t.one(l, args.Texts("--filter"))
		if out != nil {
			return *out
		}
		blob, out := t.input(args, "--data-path", "--data")
		if out != nil {
			return *out
		}
		tm, fault := t.template(l, args, "--label", "--attributes", "")
		if fault != "" {
			return failed(retcode.Local, fault)
		}
		p, fault := paramsOf(m, args)
		if fault != "" {
			return failed(retcode.Local, fault)
		}
		files, out := t.approvals(args, "--approval")
		if out != nil {
			return *out
		}
		r := hsm.UnwrapRequest{SDK5: true, With: with.Handle, Params: p, Blob: blob}
		for _, row := range arrivals {
			if row.name == args.Text("--key-type-class") {
				r.Class, r.Type = row.class, row.kind
			}
		}
		return carryOut(t, l, files, func() *cluster.Call[*hsm.Arrival] { return l.client.Unwrap(r) },
			func(a *hsm.Arrival, err error) command.Outcome {
				if err != nil {
					return t.refusedKey(with, err)
				}
				return t.make(l, wish{recipe: a, templates: []hsm.Template{a.Template(tm)}, shown: oneKey})
			})
	})
}

// input is data of the line, from a file or in base64.
func (t *Tool) input(args command.Args, path, text string) ([]byte, *command.Outcome) {
	if args.Has(path) {
		return t.read(args.Text(path))
	}
	data, err := decoded(args.Text(text))
	if err != nil {
		out := failed(retcode.Local, badBase64)
		return nil, &out
	}
	return data, nil
}

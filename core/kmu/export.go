package kmu

import (
	"fmt"

	"hsmplay/core/attr"
	"hsmplay/core/command"
	"hsmplay/core/hsm"
	"hsmplay/core/mech"
	"hsmplay/core/retcode"
	"hsmplay/core/voice"
)

var exportPrivateKey = command.Spec[*Tool]{Name: "exportPrivateKey", Summary: "Exports RSA/DSA/EC private key",
	Means: "writes a private key of yours to a PEM file, in plain form",
	Params: exportParams(command.Param{Flag: "-k", Value: "key handle", Kind: command.Handle, Help: "specifies the private key handle",
		Means: "a private key of yours that is extractable"}, "exportKey.pem", "the PEM file to write; an old one is overwritten"),
	Run: (*Tool).exportPrivateKey}

var exSymKey = command.Spec[*Tool]{Name: "exSymKey", Summary: "Exports a Symmetric key",
	Means: "writes a secret key of yours to a file, in plain form",
	Params: exportParams(command.Param{Flag: "-k", Value: "key handle", Kind: command.Handle, Help: "specifies the handle of the key to export",
		Means: "a secret key of yours that is extractable"}, "aes.key", "the file to write the bare bytes to; an old one is overwritten"),
	Run: (*Tool).exSymKey}

// exportParams are the options of the two exports.
func exportParams(key command.Param, example, means string) []command.Param {
	return []command.Param{key,
		{Flag: "-out", Value: "key file", Kind: command.Output, Example: example, Help: "specifies the file to write the exported key", Means: means},
		{Flag: "-w", Value: "wrapping key handle", Kind: command.Handle, Help: "specifies the wrapping key handle",
			Means: "an AES key under which the key travels out of the HSM, with WRAP and DECRYPT"},
		{Flag: "-m", Value: "wrapping mechanism", Kind: command.Choices, Optional: true, Help: "specifies the wrapping mechanism (4 = NIST_AES_WRAP)",
			Means: "only 4, and that is the default", Values: []command.Value{{Word: "4", Means: "NIST_AES_WRAP"}}},
		{Flag: "-wk", Value: "unwrapping key file", Kind: command.Path, Optional: true, Example: "wrapping.key",
			Help:  "specifies the file containing the key that unwraps on the host",
			Means: "a file with the bytes of the key -w, to unwrap on the host"}}
}

// exportPrivateKey writes a private key as PKCS#8 (spec/kmu.md 3.22).
func (t *Tool) exportPrivateKey(args command.Args) command.Outcome {
	a, k, fault := t.takeOut(args, privateKind)
	if fault != nil {
		return *fault
	}
	file := args.Text("-out")
	pem, err := mech.PrivatePEM(k.Material)
	if err != nil { // takeOut gives private keys only
		panic("kmu: " + err.Error())
	}
	if fault := t.write(file, pem); fault != nil {
		return *fault
	}
	return a.add("PEM formatted private key is written to " + file).outcome()
}

// exSymKey writes the bytes of a secret key; in spite of what the tool says they are not wrapped (spec/kmu.md 3.24).
func (t *Tool) exSymKey(args command.Args) command.Outcome {
	a, k, fault := t.takeOut(args, secretKind)
	if fault != nil {
		return *fault
	}
	file := args.Text("-out")
	if fault := t.write(file, k.Material.Bytes); fault != nil {
		return *fault
	}
	line := fmt.Sprintf(t.choose(`Wrapped Symmetric Key written to file "%s"`, `Exported Symmetric Key written to file "%s"`), file)
	if !args.Has("-wk") && !t.late() {
		line = "\n" + line
	}
	out := a.add(line).outcome()
	out.Notes = []voice.Note{voice.Say(voice.PlainKey, "file", file)}
	return out
}

// takeOut has the HSM wrap a key of the user and decrypt the result for the host, which takes WRAP and DECRYPT
// (spec/kmu.md 3.22; for exSymKey a choice). With -wk the host unwraps by the file's key, which must be the one that -w
// names, and WRAP is enough.
func (t *Tool) takeOut(args command.Args, want kind) (*answer, *hsm.Key, *command.Outcome) {
	wrap := t.choose("Cfm3WrapKey", "Cfm3ExportWrapKeyWithMech")
	unwrap := t.choose("Cfm3UnWrapHostKey", "Cfm3ExportUnwrapKeyWithMech")
	a := &answer{}
	host, fault := t.hostKey(args)
	if fault != nil {
		return nil, nil, fault
	}
	fail := func(api string, d *denial) (*answer, *hsm.Key, *command.Outcome) {
		out := a.denied(api, d)
		return nil, nil, &out
	}
	needs := attr.FlagWrap
	if !args.Has("-wk") {
		needs |= attr.FlagDecrypt
	}
	k, wrapper, denial := t.wrapPair(handle(args, "-k"), want, handle(args, "-w"), aesKind, needs)
	if denial != nil {
		return fail(wrap, denial)
	}
	a.returned(wrap, nil)
	switch {
	case !args.Has("-wk"):
		a.returned(unwrap, nil)
	case host == nil:
		return fail(unwrap, noAESKey(args.Text("-wk")))
	case !travels(k.Material.Bytes, wrapper.Material, host):
		return fail(unwrap, otherHostKey(args))
	}
	return a, k, nil
}

// wrapPair returns a key of the user that may leave the HSM, and a key that may wrap it. Where the
// wrapping key is the one denied, the other is returned all the same. Keys that only trusted keys may
// wrap have none other wrap them (spec/kmu.md 3.25, a choice of code).
func (t *Tool) wrapPair(h uint32, want kind, with uint32, wrapperKind kind, needs attr.Flags) (k, wrapper *hsm.Key, d *denial) {
	if k, d = t.own(h, "wrap", want); d != nil {
		return nil, nil, d
	}
	if wrapper, d = t.use(with, "wrap with", wrapperKind, needs); d != nil {
		return k, nil, d
	}
	if k.Has(attr.FlagWrapWithTrusted) && !wrapper.Has(attr.FlagTrusted) {
		return k, nil, denyFor(retcode.AccessDenied, voice.OnlyTrusted, "handle", h, "wrapper", with)
	}
	return k, wrapper, nil
}

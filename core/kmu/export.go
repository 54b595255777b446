package kmu

import (
	"encoding/pem"
	"errors"
	"fmt"

	"hsmplay/core/command"
	"hsmplay/core/hsm"
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
	return t.takeOut(args, hsm.PrivateKey, func(a *output, value []byte) command.Outcome {
		file := args.Text("-out")
		if fault := t.write(file, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: value})); fault != nil {
			return *fault
		}
		return a.add("PEM formatted private key is written to " + file).outcome()
	})
}

// exSymKey writes the bytes of a secret key; in spite of what the tool says they are not wrapped
// (spec/kmu.md 3.24).
func (t *Tool) exSymKey(args command.Args) command.Outcome {
	return t.takeOut(args, hsm.SecretKey, func(a *output, value []byte) command.Outcome {
		file := args.Text("-out")
		if fault := t.write(file, value); fault != nil {
			return *fault
		}
		written := t.wording().SecretInHSM
		if args.Has("-wk") {
			written = t.wording().SecretTaken
		}
		out := a.add(fmt.Sprintf(written, file)).outcome()
		out.Notes = []voice.Note{voice.Say(voice.PlainKey, "file", file)}
		return out
	})
}

// takeOut has a key of the user leave the HSM, on its way wrapped with -w; with -wk the host
// unwraps by the file's key.
func (t *Tool) takeOut(args command.Args, want hsm.Kind, write func(*output, []byte) command.Outcome) command.Outcome {
	wrap, unwrap := t.wording().ExportAPIs[0], t.wording().ExportAPIs[1]
	host, fault := t.hostKey(args)
	if fault != nil {
		return *fault
	}
	call := t.client.Export(hsm.ExportRequest{Handle: handle(args, "-k"), Want: want, With: handle(args, "-w"), Host: host})
	return carryOut(t, call, func(out hsm.Exported, err error) command.Outcome {
		a := &output{}
		if err != nil && !ofHost(err) {
			return t.denied(args, denial{api: wrap, err: err})
		}
		a.returned(wrap, nil)
		if err != nil {
			return t.denied(args, denial{api: unwrap, err: err, after: a})
		}
		if host == nil {
			a.returned(unwrap, nil)
		}
		return write(a, out.Value)
	})
}

// ofHost reports whether the host's key is at fault, with which it unwraps.
func ofHost(err error) bool {
	var refusal hsm.Refusal
	return errors.As(err, &refusal) && (refusal.Reason == hsm.NoHostKey || refusal.Reason == hsm.OtherHostKey)
}

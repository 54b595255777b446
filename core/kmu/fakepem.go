package kmu

import (
	"fmt"

	"hsmplay/core/command"
	"hsmplay/core/hsm"
	"hsmplay/core/mech"
	"hsmplay/core/retcode"
	"hsmplay/core/voice"
)

var getCaviumPrivKey = command.Spec[*Tool]{Name: "getCaviumPrivKey", Summary: "Saves an RSA private key handle",
	Usage: "Saves an RSA private key handle in fake PEM format",
	Means: "writes a PEM file that only refers to a private key, for openssl with the HSM's engine",
	Params: []command.Param{
		{Flag: "-k", Value: "private key handle", Kind: command.Handle, Help: "specifies the private key handle", Means: "a private RSA or EC key; it need not be extractable"},
		{Flag: "-out", Value: "fake PEM file", Kind: command.Output, Example: "cavKey.pem", Help: "specifies the file to write the key handle in fake PEM format",
			Means: "the file to write; no secret is in it"}},
	Run: (*Tool).getCaviumPrivKey}

var isValidKeyHandlefile = command.Spec[*Tool]{Name: "IsValidKeyHandlefile", Summary: "Checks if private key file has",
	Usage: "Checks if private key file has an HSM key handle or a real key", Means: "tells a real private key from a fake PEM file",
	Params: []command.Param{{Flag: "-f", Value: "private key file", Kind: command.Path, Example: "cavKey.pem", Help: "specifies the private key file", Means: "the PEM file to look at"}},
	Run:    (*Tool).isValidKeyHandlefile}

// getCaviumPrivKey writes a reference to a private key (spec/kmu.md 3.40).
func (t *Tool) getCaviumPrivKey(args command.Args) command.Outcome {
	const api = "getCaviumPrivKey"
	h, file := handle(args, "-k"), args.Text("-out")
	k, err := t.client.KeyOf(h, hsm.ReferableKey)
	if err != nil {
		return t.denied(args, denial{api: api, err: err})
	}
	fake, err := mech.FakePEM(k.Material, uint64(h))
	if err != nil { // kinds of keys are the HSM's to tell
		panic("kmu: " + err.Error())
	}
	if fault := t.write(file, fake); fault != nil {
		return *fault
	}
	return (&output{}).add("Private Key Handle is written to "+file+" in fake PEM format").returned(api, nil).outcome()
}

// holds reports whether an HSM that is reached has the key that a fake PEM stands for.
func (t *Tool) holds(h uint64) bool {
	return h <= 1<<32-1 && t.client.KeyCoverage(uint32(h)).Have > 0
}

// isValidKeyHandlefile tells what a file holds: a real key is one of any type and form, whether the
// HSMs would take it or not. The documented line for a fake PEM calls its handle invalid, whether
// the key is there or not (spec/kmu.md 3.41).
func (t *Tool) isValidKeyHandlefile(args command.Args) command.Outcome {
	data, fault := t.read(args.Text("-f"))
	if fault != nil {
		return *fault
	}
	if h, _, err := mech.ParseFakePEM(data); err == nil {
		out := (&output{}).add(fmt.Sprintf("Input file has invalid key handle: %d", h)).outcome()
		if t.holds(h) {
			out.Notes = []voice.Note{voice.Say(voice.FakeIsThere, "handle", h)}
		}
		return out
	}
	if holdsPrivate(data) {
		return (&output{}).add("Input key file has real private key").outcome()
	}
	out := (&output{}).add("Input file does not contain a private key").outcome()
	_, err := privateInFile(data)
	out.Err, out.Notes = retcode.Local, []voice.Note{voice.Say(keyFileNote(err), "file", args.Text("-f"), "why", err)}
	return out
}

package kmu

import (
	"errors"
	"fmt"

	"hsmplay/core/attr"
	"hsmplay/core/command"
	"hsmplay/core/hsm"
	"hsmplay/core/mech"
	"hsmplay/core/retcode"
	"hsmplay/core/voice"
)

const createPublic = "Cfm3CreatePublicKey"

var createPublicKey = command.Spec[*Tool]{Name: "createPublicKey", Summary: "Creates an RSA public key",
	Means: "makes an RSA public key from its two numbers",
	Params: []command.Param{labelParam,
		{Flag: "-m", Value: "modulus file", Kind: command.Path, Example: "modulus", Help: "specifies the file that contains the modulus in hexadecimal",
			Means: "a file with the modulus in hexadecimal, such as getAttribute -a 288 writes"},
		exponentParam, sessParam, idParam, serversParam, timeoutParam},
	Run: (*Tool).createPublicKey}

var importPubKey = command.Spec[*Tool]{Name: "importPubKey", Summary: "Imports RSA/DSA/EC Public key",
	Means: "brings a public key from a PEM file into the HSM",
	Params: []command.Param{
		{Flag: "-l", Value: "label", Max: labelParam.Max, Example: "mykey", Means: labelParam.Means,
			Help: `label for the new key, if label contains spaces it should be written in between " characters.`},
		{Flag: "-f", Value: "filename", Kind: command.Path, Example: "public.pem", Help: "file containing the PEM encoded public key",
			Means: "a PEM file that begins with BEGIN PUBLIC KEY"},
		sessParam, idParam, serversParam, timeoutParam},
	Run: (*Tool).importPubKey}

var exportPubKey = command.Spec[*Tool]{Name: "exportPubKey", Summary: "Exports RSA/DSA/EC Public key",
	Means: "writes a public key to a PEM file",
	Params: []command.Param{
		{Flag: "-k", Value: "key handle", Kind: command.Handle, Help: "specifies the public key handle",
			Means: "a public key, also somebody else's"},
		{Flag: "-out", Value: "key file", Kind: command.Output, Example: "public.pem", Help: "specifies the file to write the exported public key",
			Means: "the PEM file to write; an old one is overwritten"}},
	Run: (*Tool).exportPubKey}

// createPublicKey makes an RSA public key from its modulus and exponent (spec/kmu.md 3.18,
// provisional).
func (t *Tool) createPublicKey(args command.Args) command.Outcome {
	name, exponent := args.Text("-m"), args.Int("-e")
	data, fault := t.read(name)
	if fault != nil {
		return *fault
	}
	modulus := modulusIn(data)
	if len(modulus) == 0 {
		return badFile("modulus", name, voice.Say(voice.NoModulus, "file", name))
	}
	m, err := mech.NewRSAPublic(modulus, exponent)
	if err != nil {
		return t.notMade(args, createPublic, hsm.Template{Class: attr.Public, Type: attr.RSA, Size: bitLen(modulus),
			Exponent: exponent, Origin: hsm.Imported, Unfit: err})
	}
	return t.createdPublic(args, m)
}

func bitLen(number []byte) int {
	bits := 8 * len(number)
	for b := number[0]; b < 0x80; b <<= 1 {
		bits--
	}
	return bits
}

// importPubKey makes a public key from a PEM file (spec/kmu.md 3.19).
func (t *Tool) importPubKey(args command.Args) command.Outcome {
	name := args.Text("-f")
	data, fault := t.read(name)
	if fault != nil {
		return *fault
	}
	m, err := mech.PublicFromPEM(data)
	if hsm.Unfit(err) {
		return t.notMade(args, createPublic, hsm.Template{Class: attr.Public, Origin: hsm.Imported, Unfit: err})
	}
	if errors.Is(err, mech.ErrNotPEM) {
		return badFile("public key", name, voice.Say(voice.PublicNotPEM, "file", name))
	}
	if err != nil {
		return badFile("public key", name, keyFileNote(name, err))
	}
	return t.createdPublic(args, m)
}

// createdPublic stores a public key.
func (t *Tool) createdPublic(args command.Args, m *mech.Material) command.Outcome {
	key := hsm.PublicArrival(m)
	return t.create(args, creation{api: createPublic, recipe: key, templates: []hsm.Template{key.Template(template(args, m.Class))},
		print: func(keys []*hsm.Key) string { return fmt.Sprintf("Public Key Handle: %d", keys[0].Handle) }})
}

// badFile is the answer to a file that does not hold what it should (spec/kmu.md 3.19 and 3.21,
// provisional). No HSM is asked.
func badFile(what, name string, note voice.Note) command.Outcome {
	out := (&answer{}).add(fmt.Sprintf("%sError: Failed to read %s from %s", indent, what, name)).outcome()
	out.Err, out.Notes = retcode.Local, []voice.Note{note}
	return out
}

// keyFileNotes are the notes to key files that have a repair of their own.
var keyFileNotes = []struct {
	err error
	id  voice.ID
}{
	{mech.ErrEncrypted, voice.KeyEncrypted},
	{mech.ErrNotPEM, voice.KeyNotPEM},
	{mech.ErrSeveralKeys, voice.KeySeveral},
	{mech.ErrWrongBlock, voice.KeyWrongBlock},
	{mech.ErrNotNamedCurve, voice.KeyExplicitCurve},
}

// keyFileNote says why a key file was not taken.
func keyFileNote(name string, err error) voice.Note {
	for _, row := range keyFileNotes {
		if errors.Is(err, row.err) {
			return voice.Say(row.id, "file", name)
		}
	}
	return voice.Say(voice.KeyUnsound, "file", name, "why", err)
}

// exportPubKey writes the SubjectPublicKeyInfo of a public key (spec/kmu.md 3.20). Every crypto
// user may (a choice).
func (t *Tool) exportPubKey(args command.Args) command.Outcome {
	const api = "Cfm3ExportPubKey"
	file := args.Text("-out")
	k, err := t.client.ExportPublic(handle(args, "-k"))
	if err != nil {
		return t.denied(&answer{}, api, args, err)
	}
	if fault := t.write(file, mech.PublicPEM(k.Material)); fault != nil {
		return *fault
	}
	return (&answer{}).add("PEM formatted public key is written to "+file).returned(api, nil).outcome()
}

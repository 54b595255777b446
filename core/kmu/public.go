package kmu

import (
	"fmt"

	"hsmplay/core/attr"
	"hsmplay/core/command"
	"hsmplay/core/hsm"
	"hsmplay/core/mech"
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
		return *t.declined(args, voice.NoModulus, "what", "modulus", "file", name)
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
	data, fault := t.read(args.Text("-f"))
	if fault != nil {
		return *fault
	}
	m, err := mech.PublicFromPEM(data)
	if hsm.Unfit(err) {
		return t.notMade(args, createPublic, hsm.Template{Class: attr.Public, Origin: hsm.Imported, Unfit: err})
	}
	if err != nil {
		return *t.unread(args, publicKey, data, err)
	}
	return t.createdPublic(args, m)
}

// createdPublic stores a public key.
func (t *Tool) createdPublic(args command.Args, m *mech.Material) command.Outcome {
	key := hsm.PublicArrival(m)
	return t.create(args, creation{api: createPublic, recipe: key, templates: []hsm.Template{key.Template(template(args, m.Class))},
		print: func(keys []*hsm.Key) string { return fmt.Sprintf("Public Key Handle: %d", keys[0].Handle) }})
}

// exportPubKey writes the SubjectPublicKeyInfo of a public key (spec/kmu.md 3.20). Every crypto
// user may (a choice).
func (t *Tool) exportPubKey(args command.Args) command.Outcome {
	const api = "Cfm3ExportPubKey"
	file := args.Text("-out")
	k, err := t.client.ExportPublic(handle(args, "-k"))
	if err != nil {
		return t.denied(args, denial{api: api, err: err})
	}
	if fault := t.write(file, mech.PublicPEM(k.Material)); fault != nil {
		return *fault
	}
	return (&output{}).add("PEM formatted public key is written to "+file).returned(api, nil).outcome()
}

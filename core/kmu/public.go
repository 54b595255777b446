package kmu

import (
	"hsmplay/core/command"
)

var createPublicKey = command.Spec[*Tool]{Name: "createPublicKey", Summary: "Creates an RSA public key",
	Means: "makes an RSA public key from its two numbers",
	Params: []command.Param{labelParam,
		{Flag: "-m", Value: "modulus file", Kind: command.Path, Help: "specifies the file that contains the modulus in hexadecimal",
			Means: "a file with the modulus in hexadecimal, such as getAttribute -a 288 writes"},
		{Flag: "-e", Value: "public exponent", Kind: command.Number, Max: 1 << 40, Example: "65537",
			Help:  "specifies the public exponent: any odd number typically >= 65537 to 2^31 - 1",
			Means: "the public exponent: odd, 65537 or more", Values: []command.Value{{Word: "65537", Means: "the usual one"}}},
		sessParam, idParam, serversParam, timeoutParam},
	Run: (*Tool).later}

var importPubKey = command.Spec[*Tool]{Name: "importPubKey", Summary: "Imports RSA/DSA/EC Public key",
	Means: "brings a public key from a PEM file into the HSM",
	Params: []command.Param{
		{Flag: "-l", Value: "label", Max: labelParam.Max, Example: "mykey", Means: labelParam.Means,
			Help: `label for the new key, if label contains spaces it should be written in between " characters.`},
		{Flag: "-f", Value: "filename", Kind: command.Path, Example: "public.pem", Help: "file containing the PEM encoded public key",
			Means: "a PEM file that begins with BEGIN PUBLIC KEY"},
		sessParam, idParam, serversParam, timeoutParam},
	Run: (*Tool).later}

var exportPubKey = command.Spec[*Tool]{Name: "exportPubKey", Summary: "Exports RSA/DSA/EC Public key",
	Means: "writes a public key to a PEM file",
	Params: []command.Param{
		{Flag: "-k", Value: "key handle", Kind: command.Handle, Help: "specifies the public key handle",
			Means: "a public key, also somebody else's"},
		{Flag: "-out", Value: "key file", Kind: command.Output, Example: "public.pem", Help: "specifies the file to write the exported public key",
			Means: "the PEM file to write; an old one is overwritten"}},
	Run: (*Tool).later}

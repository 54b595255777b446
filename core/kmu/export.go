package kmu

import (
	"hsmplay/core/command"
)

var exportPrivateKey = command.Spec[*Tool]{Name: "exportPrivateKey", Summary: "Exports RSA/DSA/EC private key",
	Means: "writes a private key of yours to a PEM file, in plain form",
	Params: exportParams(command.Param{Flag: "-k", Value: "key handle", Kind: command.Handle, Help: "specifies the private key handle",
		Means: "a private key of yours that is extractable"}, "exportKey.pem", "the PEM file to write; an old one is overwritten"),
	Run: (*Tool).later}

var exSymKey = command.Spec[*Tool]{Name: "exSymKey", Summary: "Exports a Symmetric key",
	Means: "writes a secret key of yours to a file, in plain form",
	Params: exportParams(command.Param{Flag: "-k", Value: "key handle", Kind: command.Handle, Help: "specifies the handle of the key to export",
		Means: "a secret key of yours that is extractable"}, "aes.key", "the file to write the bare bytes to; an old one is overwritten"),
	Run: (*Tool).later}

// exportParams are the options of the two exports.
func exportParams(key command.Param, example, means string) []command.Param {
	return []command.Param{key,
		{Flag: "-out", Value: "key file", Kind: command.Output, Example: example, Help: "specifies the file to write the exported key", Means: means},
		{Flag: "-w", Value: "wrapping key handle", Kind: command.Handle, Help: "specifies the wrapping key handle",
			Means: "an AES key under which the key travels out of the HSM"},
		{Flag: "-m", Value: "wrapping mechanism", Kind: command.Choices, Optional: true, Help: "specifies the wrapping mechanism (4 = NIST_AES_WRAP)",
			Means: "only 4, and that is the default", Values: []command.Value{{Word: "4", Means: "NIST_AES_WRAP"}}},
		{Flag: "-wk", Value: "unwrapping key file", Kind: command.Path, Optional: true, Help: "specifies the file containing the key that unwraps on the host",
			Means: "a file with the bytes of the key -w, to unwrap on the host"}}
}

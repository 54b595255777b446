package kmu

import (
	"hsmplay/core/command"
)

var getCaviumPrivKey = command.Spec[*Tool]{Name: "getCaviumPrivKey", Summary: "Saves an RSA private key handle",
	Means: "writes a PEM file that only refers to a private key, for openssl with the HSM's engine",
	Params: []command.Param{
		{Flag: "-k", Value: "private key handle", Kind: command.Handle, Help: "specifies the private key handle", Means: "a private RSA or EC key; it need not be extractable"},
		{Flag: "-out", Value: "fake PEM file", Kind: command.Output, Example: "cavKey.pem", Help: "specifies the file to write the key handle in fake PEM format",
			Means: "the file to write; no secret is in it"}},
	Run: (*Tool).later}

var isValidKeyHandlefile = command.Spec[*Tool]{Name: "IsValidKeyHandlefile", Summary: "Checks if private key file has",
	Usage: "Checks if private key file has an HSM key handle or a real key", Means: "tells a real private key from a fake PEM file",
	Params: []command.Param{{Flag: "-f", Value: "private key file", Kind: command.Path, Example: "cavKey.pem", Help: "specifies the private key file", Means: "the PEM file to look at"}},
	Run:    (*Tool).later}

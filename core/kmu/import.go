package kmu

import (
	"hsmplay/core/command"
)

var importPrivateKey = command.Spec[*Tool]{Name: "importPrivateKey", Summary: "Imports RSA/DSA/EC private key",
	Means: "brings a private key from a PEM file into the HSM",
	Params: append([]command.Param{labelParam,
		{Flag: "-f", Value: "key file name", Kind: command.Path, Example: "private.pem", Help: "specifies the file containing the PEM encoded private key",
			Means: "a PEM file with one private key, without a password"},
		importWrapper}, importParams(mValueParam)...),
	Run: (*Tool).later}

var imSymKey = command.Spec[*Tool]{Name: "imSymKey", Summary: "Imports a Symmetric key",
	Means: "brings a secret key from a file of raw bytes into the HSM",
	Params: append([]command.Param{labelParam,
		{Flag: "-t", Value: "key type", Kind: command.Choices, Example: "31", Values: secretValues,
			Help:  "specifies the key type (16 = GENERIC_SECRET, 18 = RC4, 21 = DES3, 31 = AES)",
			Means: "the type of the key"},
		{Flag: "-f", Value: "key file name", Kind: command.Path, Example: "aes256.key", Help: "specifies the file containing the key",
			Means: "a file with the bytes of the key and nothing else"},
		importWrapper}, importParams()...),
	Run: (*Tool).later}

// secretValues are the types of secret keys.
var secretValues = []command.Value{{Word: "16", Means: "generic secret, for HMAC"}, {Word: "18", Means: "RC4, refused in FIPS mode"},
	{Word: "21", Means: "3DES, 24 bytes"}, {Word: "31", Means: "AES, 16, 24 or 32 bytes"}}

// importWrapper is the key under which an imported key travels into the HSM.
var importWrapper = command.Param{Flag: "-w", Value: "wrapper key handle", Kind: command.Handle, Help: "Wrapping key handle (KEK = 4).",
	Means: "an AES key under which the new key travels into the HSM"}

// importParams are the options that imports share; more go after -id.
func importParams(more ...command.Param) []command.Param {
	params := append([]command.Param{sessParam, idParam}, more...)
	return append(params, serversParam, timeoutParam, usersParam,
		command.Param{Flag: "-wk", Value: "wrapping key file", Kind: command.Path, Optional: true,
			Help:  "specifies the file containing the key that wraps on the host",
			Means: "a file with the bytes of the key -w, to wrap on the host"},
		attestParam)
}

package kmu

import (
	"hsmplay/core/command"
)

var sign = command.Spec[*Tool]{Name: "sign", Summary: "Generates a signature",
	Means: "signs a file with a private key",
	Params: []command.Param{
		{Flag: "-f", Value: "file name", Kind: command.Path, Example: "messageFile", Help: "specifies the file to sign", Means: "the file to sign, at most 64 KB"},
		{Flag: "-k", Value: "private key handle", Kind: command.Handle, Help: "specifies the private key handle", Means: "a private RSA or EC key that may sign"},
		signatureParam,
		{Flag: "-out", Value: "signed file name", Kind: command.Output, Example: "signedFile", Help: "specifies the file to write the signature",
			Means: "the file to write the signature to; an old one is overwritten"}},
	Run: (*Tool).later}

var verify = command.Spec[*Tool]{Name: "verify", Summary: "Verifies a signature",
	Means: "checks a signature with a public key",
	Params: []command.Param{
		{Flag: "-f", Value: "message file", Kind: command.Path, Example: "messageFile", Help: "specifies the file that was signed", Means: "the file that was signed"},
		{Flag: "-s", Value: "signature file", Kind: command.Path, Example: "signedFile", Help: "specifies the file containing the signature", Means: "the file with the signature"},
		{Flag: "-k", Value: "public key handle", Kind: command.Handle, Help: "specifies the public key handle", Means: "the public half of the key that signed"},
		signatureParam},
	Run: (*Tool).later}

var signatureParam = command.Param{Flag: "-m", Value: "signature mechanism", Kind: command.Choices, Values: signatureValues, Example: "1",
	Help: "specifies the signature mechanism\n" +
		"RSA PKCS: 0 = SHA1, 1 = SHA256, 2 = SHA384, 3 = SHA512, 4 = SHA224\n" +
		"RSA PSS:  5 = SHA1, 6 = SHA256, 7 = SHA384, 8 = SHA512, 9 = SHA224\n" +
		"ECDSA:    15 = SHA1, 16 = SHA224, 17 = SHA256, 18 = SHA384, 19 = SHA512",
	Means: "kind of signature and hash"}

// signatureValues are the mechanisms of sign and verify (spec/kmu.md 3.36).
var signatureValues = []command.Value{
	{Word: "0", Means: "SHA1_RSA_PKCS"}, {Word: "1", Means: "SHA256_RSA_PKCS"}, {Word: "2", Means: "SHA384_RSA_PKCS"},
	{Word: "3", Means: "SHA512_RSA_PKCS"}, {Word: "4", Means: "SHA224_RSA_PKCS"},
	{Word: "5", Means: "SHA1_RSA_PKCS_PSS"}, {Word: "6", Means: "SHA256_RSA_PKCS_PSS"}, {Word: "7", Means: "SHA384_RSA_PKCS_PSS"},
	{Word: "8", Means: "SHA512_RSA_PKCS_PSS"}, {Word: "9", Means: "SHA224_RSA_PKCS_PSS"},
	{Word: "15", Means: "ECDSA_SHA1"}, {Word: "16", Means: "ECDSA_SHA224"}, {Word: "17", Means: "ECDSA_SHA256"},
	{Word: "18", Means: "ECDSA_SHA384"}, {Word: "19", Means: "ECDSA_SHA512"},
}

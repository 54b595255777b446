package kmu

import (
	"slices"
	"strconv"

	"hsmplay/core/command"
	"hsmplay/core/hsm"
	"hsmplay/core/mech"
)

var sign = command.Spec[*Tool]{Name: "sign", Summary: "Generates a signature",
	Means: "signs a file with a private key",
	Params: []command.Param{
		{Flag: "-f", Value: "file name", Kind: command.Path, Example: "messageFile", Help: "specifies the file to sign", Means: "the file to sign, at most 64 KB"},
		{Flag: "-k", Value: "private key handle", Kind: command.Handle, Help: "specifies the private key handle", Means: "a private RSA or EC key that may sign"},
		signatureParam,
		{Flag: "-out", Value: "signed file name", Kind: command.Output, Example: "signedFile", Help: "specifies the file to write the signature",
			Means: "the file to write the signature to; an old one is overwritten"}},
	Run: (*Tool).sign}

var verify = command.Spec[*Tool]{Name: "verify", Summary: "Verifies a signature",
	Means: "checks a signature with a public key",
	Params: []command.Param{
		{Flag: "-f", Value: "message file", Kind: command.Path, Example: "messageFile", Help: "specifies the file that was signed", Means: "the file that was signed"},
		{Flag: "-s", Value: "signature file", Kind: command.Path, Example: "signedFile", Help: "specifies the file containing the signature", Means: "the file with the signature"},
		{Flag: "-k", Value: "public key handle", Kind: command.Handle, Help: "specifies the public key handle", Means: "the public half of the key that signed"},
		signatureParam},
	Run: (*Tool).verify}

var signatureParam = command.Param{Flag: "-m", Value: "signature mechanism", Kind: command.Choices, Values: signatureValues(), Example: "1",
	Help: "specifies the signature mechanism\n" +
		"RSA PKCS: 0 = SHA1, 1 = SHA256, 2 = SHA384, 3 = SHA512, 4 = SHA224\n" +
		"RSA PSS:  5 = SHA1, 6 = SHA256, 7 = SHA384, 8 = SHA512, 9 = SHA224\n" +
		"ECDSA:    15 = SHA1, 16 = SHA224, 17 = SHA256, 18 = SHA384, 19 = SHA512",
	Means: "kind of signature and hash"}

func signatureValues() []command.Value {
	var values []command.Value
	for _, row := range signatures {
		values = append(values, command.Value{Word: strconv.Itoa(row.Number), Means: row.Name})
	}
	return values
}

// sign writes the signature of a file: RSA as long as the modulus, ECDSA in DER (spec/kmu.md 3.36).
func (t *Tool) sign(args command.Args) command.Outcome {
	api := t.wording().SignAPI
	message, fault := t.read(args.Text("-f"))
	if fault != nil {
		return *fault
	}
	call := t.client.Sign(hsm.SignRequest{Handle: handle(args, "-k"), Mechanism: signatureOf(args), Message: message})
	return carryOut(t, call, func(signature []byte, err error) command.Outcome {
		if err != nil {
			return t.denied(args, denial{api: api, err: err, byAll: slices.Contains(t.wording().Signed, "{cluster}")})
		}
		if fault := t.write(args.Text("-out"), signature); fault != nil {
			return *fault
		}
		return (&output{}).lay(t.wording().Signed, "file", args.Text("-out"), "returned", returnLine(api, nil),
			"cluster", t.wording().block(t.client.Reached())).outcome()
	})
}

// signatureOf returns the mechanism of -m.
func signatureOf(args command.Args) mech.Mechanism {
	return signatureNumbered(int(args.Int("-m"))).Mechanism
}

// verify checks a signature; what does not fit in any way is refused in one way (spec/kmu.md 3.37).
func (t *Tool) verify(args command.Args) command.Outcome {
	const api = "Cfm3Verify"
	message, fault := t.read(args.Text("-f"))
	if fault != nil {
		return *fault
	}
	signature, fault := t.read(args.Text("-s"))
	if fault != nil {
		return *fault
	}
	request := hsm.SignRequest{Handle: handle(args, "-k"), Mechanism: signatureOf(args), Message: message, Signature: signature}
	return carryOut(t, t.client.Verify(request), func(_ struct{}, err error) command.Outcome {
		if err != nil {
			return t.denied(args, denial{api: api, err: err})
		}
		return (&output{}).add("Signature verification successful").returned(api, nil).outcome()
	})
}

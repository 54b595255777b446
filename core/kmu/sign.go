package kmu

import (
	"strconv"

	"hsmplay/core/attr"
	"hsmplay/core/command"
	"hsmplay/core/hsm"
	"hsmplay/core/mech"
	"hsmplay/core/retcode"
	"hsmplay/core/voice"
)

// messageMax is the largest file that is signed, in bytes (spec/kmu.md 2.9).
const messageMax = 64 << 10

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
	for _, row := range mech.SignMechanisms {
		values = append(values, command.Value{Word: strconv.Itoa(row.Number), Means: row.Name})
	}
	return values
}

// sign writes the signature of a file: RSA as long as the modulus, ECDSA in DER (spec/kmu.md 3.36).
func (t *Tool) sign(args command.Args) command.Outcome {
	api := t.choose("Cfm3Sign", "Cfm3Sign: sign")
	message, fault := t.read(args.Text("-f"))
	if fault != nil {
		return *fault
	}
	k, denial := t.signer(args, "sign", privateKind, attr.FlagSign, len(message))
	if denial != nil {
		return (&answer{}).denied(api, denial)
	}
	var signature []byte
	var err error
	work := func() { signature, err = mech.Sign(k.Material, int(args.Int("-m")), message) }
	done := func() command.Outcome {
		if err != nil {
			return (&answer{}).denied(api, t.wrongMechanism(k, args, retcode.Policy))
		}
		if fault := t.write(args.Text("-out"), signature); fault != nil {
			return *fault
		}
		return t.signed(args.Text("-out"), api)
	}
	return t.compute(work, done, k.Material.Type)
}

// signed prints the success of sign: the classic generation lists every HSM, the late one none.
func (t *Tool) signed(file, api string) command.Outcome {
	line := "signature is written to file " + file
	if t.late() {
		return (&answer{}).add("Signature creation successful").add(line).returned(api, nil).outcome()
	}
	return (&answer{}).returned(api, nil).add(line).cluster(false, t.client.Reached()).outcome()
}

// verify checks a signature; what does not fit in any way is one answer (spec/kmu.md 3.37).
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
	k, denial := t.signer(args, "verify", publicKind, attr.FlagVerify, len(message))
	if denial != nil {
		return (&answer{}).denied(api, denial)
	}
	var err error
	work := func() { err = mech.Verify(k.Material, int(args.Int("-m")), message, signature) }
	done := func() command.Outcome {
		switch err {
		case nil:
			return (&answer{}).add("Signature verification successful").returned(api, nil).outcome()
		case mech.ErrBadSignature:
			out := refused(api, retcode.BadPKCSData)
			out.Notes = []voice.Note{voice.Say(voice.SignatureDiffers, "file", args.Text("-s"), "message", args.Text("-f"))}
			return out
		}
		return (&answer{}).denied(api, t.wrongMechanism(k, args, retcode.BadPKCSData))
	}
	return t.compute(work, done, k.Material.Type)
}

// signer returns the key of sign or verify, for a message of so many bytes.
func (t *Tool) signer(args command.Args, op string, want kind, flag attr.Flags, size int) (*hsm.Key, *denial) {
	k, d := t.use(handle(args, "-k"), op, want, flag)
	switch {
	case d != nil:
		return nil, d
	case k.Material.Type == attr.DSA:
		return nil, denyFor(retcode.Policy, voice.NoDSASignatures)
	case size > messageMax:
		return nil, denyFor(retcode.Policy, voice.MessageTooLong, "file", args.Text("-f"), "size", size, "max", messageMax)
	}
	return k, nil
}

// wrongMechanism says that the mechanism is for another type of key.
func (t *Tool) wrongMechanism(k *hsm.Key, args command.Args, code retcode.Code) *denial {
	row, _ := mech.SignMechanismByNumber(int(args.Int("-m")))
	return denyFor(code, voice.OtherMechanism, "mechanism", args.Text("-m"), "name", row.Name,
		"handle", k.Handle, "type", k.Material.Type.Show())
}

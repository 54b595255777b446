package kmu

import (
	"fmt"
	"slices"

	"hsmplay/core/attr"
	"hsmplay/core/command"
	"hsmplay/core/hsm"
	"hsmplay/core/voice"
)

// reasons are the notes to an HSM's refusals.
var reasons map[hsm.Reason]func(*Tool, command.Args, hsm.Refusal) voice.Note

func init() {
	reasons = map[hsm.Reason]func(*Tool, command.Args, hsm.Refusal) voice.Note{
		hsm.SizeNotAllowed: sizeRefused,
		hsm.ExponentRefused: func(_ *Tool, _ command.Args, r hsm.Refusal) voice.Note {
			return voice.Say(voice.ExponentRefused, "exponent", r.Number)
		},
		hsm.IDTaken: func(t *Tool, _ command.Args, r hsm.Refusal) voice.Note {
			if !slices.ContainsFunc(t.visible(), func(k *hsm.Key) bool { return k.ID == r.ID }) {
				return voice.Say(voice.IDOfOthers, "id", r.ID)
			}
			return voice.Say(voice.IDTaken, "id", r.ID)
		},
		hsm.SharedWithSelf: func(*Tool, command.Args, hsm.Refusal) voice.Note { return voice.Say(voice.SharedWithSelf) },
		hsm.NotCryptoUser: func(_ *Tool, _ command.Args, r hsm.Refusal) voice.Note {
			return voice.Say(voice.NoSuchSharer, "user", r.User)
		},
		hsm.LabelTooLong: func(_ *Tool, _ command.Args, r hsm.Refusal) voice.Note {
			return voice.Say(voice.LabelTooLong, "length", r.Size, "max", r.Max)
		},
		hsm.HSMFull: func(_ *Tool, _ command.Args, r hsm.Refusal) voice.Note {
			return voice.Say(voice.HSMFull, "max", r.Max)
		},
		hsm.MValueTooHigh: func(_ *Tool, _ command.Args, r hsm.Refusal) voice.Note {
			return voice.Say(voice.MValueTooHigh, "m", r.MValue)
		},
		hsm.NoSuchKey: func(t *Tool, _ command.Args, r hsm.Refusal) voice.Note { return t.badHandle(r.Handle) },
		hsm.NotOwner: func(_ *Tool, _ command.Args, r hsm.Refusal) voice.Note {
			return voice.Say(voice.NotOwner, "handle", r.Handle)
		},
		hsm.OtherKind: func(_ *Tool, _ command.Args, r hsm.Refusal) voice.Note {
			return voice.Say(voice.OtherKind, otherKind(r)...)
		},
		hsm.AttributeOff: func(_ *Tool, _ command.Args, r hsm.Refusal) voice.Note {
			row, _ := attr.Lookup(r.Attr)
			return voice.Say(voice.AttributeOff, "handle", r.Handle, "name", row.Name, "number", uint32(r.Attr))
		},
		hsm.NotExtractable: func(_ *Tool, _ command.Args, r hsm.Refusal) voice.Note {
			return voice.Say(voice.NotExtractable, "handle", r.Handle)
		},
		hsm.QuorumMissing: func(t *Tool, _ command.Args, r hsm.Refusal) voice.Note {
			return voice.Say(voice.QuorumNeeded, "handle", r.Handle, "m", r.MValue, "user", t.User())
		},
		hsm.OnlyTrusted: func(_ *Tool, _ command.Args, r hsm.Refusal) voice.Note {
			return voice.Say(voice.OnlyTrusted, "handle", r.Handle, "wrapper", r.With)
		},
		hsm.WrappingRefused: func(_ *Tool, args command.Args, _ hsm.Refusal) voice.Note {
			return voice.Say(voice.MechanismRefused, "mechanism", int(args.Int("-m")))
		},
		hsm.TooLongToWrap:    notWrapped(voice.TooLongToWrap),
		hsm.LengthNotWrapped: notWrapped(voice.LengthNotWrapped),
		hsm.NotOpened:        notOpened,
		hsm.BadIV: func(_ *Tool, args command.Args, r hsm.Refusal) voice.Note {
			return voice.Say(voice.BadIVFile, "file", args.Text("-iv_file"), "size", r.Size)
		},
		hsm.NoKeyInside: func(_ *Tool, args command.Args, r hsm.Refusal) voice.Note {
			return voice.Say(voice.NoKeyInside, "file", args.Text("-f"), "type", r.Type.Show(), "class", r.Class.Name())
		},
		hsm.KeyNotAllowed: keyNotAllowed,
		hsm.PasswordBased: func(t *Tool, _ command.Args, _ hsm.Refusal) voice.Note {
			why := "The HSMs make no keys from passwords: the vendor has dropped them, in FIPS mode and outside."
			if t.client.FIPS() {
				why = "Keys made from passwords are not supported in FIPS mode, whatever the options."
			}
			return voice.Say(voice.NoPBE, "why", why)
		},
		hsm.NotDestroyable: func(_ *Tool, _ command.Args, r hsm.Refusal) voice.Note {
			return voice.Say(voice.NotDestroyable, "handle", r.Handle)
		},
		hsm.OnlyToken:  onlyToken,
		hsm.TokenStays: func(*Tool, command.Args, hsm.Refusal) voice.Note { return voice.Say(voice.OnlyToOne, "value", 0) },
		hsm.NoSuchAttribute: func(_ *Tool, _ command.Args, r hsm.Refusal) voice.Note {
			return voice.Say(voice.NoSuchAttribute, "attribute", uint32(r.Attr))
		},
		hsm.AttributeLacking: func(_ *Tool, _ command.Args, r hsm.Refusal) voice.Note {
			row, _ := attr.Lookup(r.Attr)
			return voice.Say(voice.AttributeLacking, "name", row.Name, "type", r.Type.Show())
		},
		hsm.MaskedElsewhere: masked(voice.MaskedElsewhere),
		hsm.MaskedByOther:   masked(voice.MaskedByOther),
		hsm.NotMasked:       masked(voice.NotMasked),
		hsm.OnlyCryptoUsers: func(t *Tool, args command.Args, _ hsm.Refusal) voice.Note {
			return voice.Say(voice.OnlyCryptoUsers, "line", t.loginMeant(args.Text("-s")))
		},
		hsm.LoggedInOther: func(t *Tool, _ command.Args, _ hsm.Refusal) voice.Note {
			return voice.Say(voice.LogOutFirst, "user", t.client.Login.Name)
		},
		hsm.NoHostKey: func(_ *Tool, args command.Args, _ hsm.Refusal) voice.Note {
			return voice.Say(voice.NoHostKey, "file", args.Text("-wk"))
		},
		hsm.OtherHostKey: func(_ *Tool, args command.Args, _ hsm.Refusal) voice.Note {
			return voice.Say(voice.OtherHostKey, "file", args.Text("-wk"), "handle", args.Text("-w"))
		},
		hsm.NoSignatures: func(*Tool, command.Args, hsm.Refusal) voice.Note { return voice.Say(voice.NoDSASignatures) },
		hsm.MessageTooLong: func(_ *Tool, args command.Args, r hsm.Refusal) voice.Note {
			return voice.Say(voice.MessageTooLong, "file", args.Text("-f"), "size", r.Size, "max", r.Max)
		},
		hsm.SignsOtherwise:  otherMechanism,
		hsm.ChecksOtherwise: otherMechanism,
		hsm.SignatureDiffers: func(_ *Tool, args command.Args, _ hsm.Refusal) voice.Note {
			return voice.Say(voice.SignatureDiffers, "file", args.Text("-s"), "message", args.Text("-f"))
		},
		hsm.DataTooLong: func(_ *Tool, args command.Args, r hsm.Refusal) voice.Note {
			return voice.Say(voice.WrapInputTooLong, "file", args.Text("-f"), "size", r.Size, "max", r.Max+1)
		},
	}
}

// masked explains a file that is no masked object for the user.
func masked(id voice.ID) func(*Tool, command.Args, hsm.Refusal) voice.Note {
	return func(_ *Tool, args command.Args, _ hsm.Refusal) voice.Note {
		return voice.Say(id, "file", args.Text("-f"))
	}
}

// keyNotAllowed explains a file's key that no HSM takes: a modulus, the bytes of a secret, or a key
// in a form that says what it is.
func keyNotAllowed(_ *Tool, args command.Args, r hsm.Refusal) voice.Note {
	switch {
	case args.Knows("-e"):
		return voice.Say(voice.ModulusRefused, "file", args.Text("-m"), "bits", r.Size)
	case r.Class == attr.Secret && !args.Knows("-kt"):
		return voice.Say(voice.FileNotAKey, "file", args.Text("-f"), "size", r.Size, "type", r.Type.Show())
	}
	return voice.Say(voice.KeyNotAllowed, "file", args.Text("-f"), "why", r.Why)
}

// otherKind are the blanks of voice.OtherKind.
func otherKind(r hsm.Refusal) []any {
	return []any{"handle", r.Handle, "class", r.Class.Name(), "type", r.Type.Show(), "want", string(r.Want)}
}

// notWrapped explains why a mechanism cannot wrap a key: it is too long, or has the wrong length.
func notWrapped(id voice.ID) func(*Tool, command.Args, hsm.Refusal) voice.Note {
	return func(_ *Tool, args command.Args, r hsm.Refusal) voice.Note {
		row := wrappingNumbered(int(args.Int("-m")))
		return voice.Say(id, "handle", r.Handle, "size", r.Size, "wrapper", r.With, "mechanism", row.Number, "name", row.Name)
	}
}

// notOpened explains what did not open: aesWrapUnwrap's data, which has left an empty file, or a
// wrapped key.
func notOpened(_ *Tool, args command.Args, _ hsm.Refusal) voice.Note {
	if args.Knows("-out") {
		return voice.Say(voice.FileNotOpened, "file", args.Text("-f"), "handle", args.Text("-w"), "out", wrapModeOf(args).file(args))
	}
	return voice.Say(voice.NotOpened, "file", args.Text("-f"), "handle", args.Text("-w"), "mechanism", int(args.Int("-m")))
}

// otherMechanism says that the mechanism is for another type of key.
func otherMechanism(_ *Tool, args command.Args, r hsm.Refusal) voice.Note {
	row := signatureNumbered(int(args.Int("-m")))
	return voice.Say(voice.OtherMechanism, "mechanism", args.Text("-m"), "name", row.Name, "handle", r.Handle, "type", r.Type.Show())
}

// sizesOf say which sizes keys of a type have (spec/kmu.md 3.13 to 3.17).
var sizesOf = map[attr.KeyType]string{
	attr.RSA: "RSA moduli have 2048 to 4096 bits in steps of 256.", attr.DSA: "DSA keys have 2048 bits.",
	attr.AES: "AES keys have 16, 24 or 32 bytes.", attr.DES3: "3DES keys have 24 bytes.", attr.RC4: "RC4 keys have 1 to 256 bytes.",
	attr.GenericSecret: "Generic secrets have 1 to 3583 bytes.",
}

// sizeRefused explains a curve, a modulus or a key size that policy refuses.
func sizeRefused(t *Tool, _ command.Args, r hsm.Refusal) voice.Note {
	if r.Type == attr.RC4 && t.client.FIPS() {
		return voice.Say(voice.RC4Refused)
	}
	if r.Type != attr.EC {
		return voice.Say(voice.SizeRefused, "type", r.Type.Show(), "size", r.Size, "sizes", sizesOf[r.Type])
	}
	if !t.client.FIPS() {
		return voice.Say(voice.CurveNotBuilt, "curve", curveID(r.Curve), "name", r.Curve.Nick)
	}
	return voice.Say(voice.CurveRefused, "curve", curveID(r.Curve), "name", r.Curve.Nick)
}

// onlyToken names the tool that changes other attributes, and the line there, with 1 for one that is
// on or off.
func onlyToken(_ *Tool, args command.Args, _ hsm.Refusal) voice.Note {
	line, which := "", args.Int("-a")
	if row, known := attr.Find(attr.Attr(min(which, 1<<32-1))); known && row.Kind == attr.Bool && row.Changeable() {
		line = fmt.Sprintf("setAttribute %s %d 1", args.Text("-o"), which)
	}
	return voice.Say(voice.OnlyToken, "line", line)
}

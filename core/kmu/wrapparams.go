package kmu

import (
	"slices"

	"hsmplay/core/command"
	"hsmplay/core/mech"
	"hsmplay/core/voice"
)

var (
	mechanismParam = command.Param{Flag: "-m", Value: "wrapping mechanism", Kind: command.Choices, Values: mechanismValues(), Example: "4",
		Help: "specifies the wrapping mechanism\n" +
			"4 = CLOUDHSM_AES_KEY_WRAP, 5 = NIST_AES_WRAP_NO_PAD, 6 = NIST_AES_WRAP_PAD, 7 = RSA_AES, 8 = RSA_OAEP,\n" +
			"10 = AES_GCM, 11 = CLOUDHSM_AES_GCM, 12 = RSA_PKCS",
		Means: "how the key is encrypted"}
	aadParam = command.Param{Flag: "-aad", Value: "additional authenticated data filename", Kind: command.Path, Optional: true, Example: "aad.bin",
		Help: "specifies the file containing the additional authenticated data", Means: "data that is authenticated with the key, for 10 and 11"}
	hashParam = command.Param{Flag: "-t", Value: "hash type", Kind: command.Choices, Optional: true, Values: hashValues(), Lone: true, Example: "3",
		Help: "specifies the hash type for RSA_AES and RSA_OAEP (2 = SHA1, 3 = SHA256, 4 = SHA384, 5 = SHA512, 6 = SHA224)", Means: "the hash of OAEP, for 7 and 8; 2 is the default"}
	noHeaderParam = command.Param{Flag: "-noheader", Kind: command.Switch, Optional: true, Help: "leaves out the header with the key's attributes",
		Means: "the bare encrypted key, as other tools read and write it"}
	tagSizeParam = command.Param{Flag: "-tag_size", Value: "tag size", Kind: command.Number, Min: 8, Max: 16, Optional: true, Needs: "-noheader",
		Help: "specifies the size of the tag in bytes, 8 to 16", Means: "bytes of the tag, for 10 and 11 with -noheader; 16 is the default", Example: "16"}
)

// mechanism returns the row of -m. It fails where no HSM knows it or FIPS mode refuses it
// (spec/kmu.md 3.25).
func (t *Tool) mechanism(args command.Args) (wrappingRow, error) {
	row := wrappingNumbered(int(args.Int("-m")))
	return row, t.client.Permits(row.Wrapping)
}

// wrapParams reads the options of a mechanism. Those that do not go with it are refused with the
// usage (spec/kmu.md 3.25).
func (t *Tool) wrapParams(args command.Args, row wrappingRow) (p mech.WrapParams, fault *command.Outcome) {
	for _, option := range []struct {
		flag  string
		takes bool
	}{
		{"-t", row.Hash}, {"-i", row.IV}, {"-iv_file", row.IVApart}, {"-aad", row.GCM}, {"-tag_size", row.GCM},
	} {
		if args.Has(option.flag) && !option.takes {
			return p, t.declined(args, voice.OptionNotForMechanism, "option", option.flag, "mechanism", row.Number, "name", row.Name)
		}
	}
	lost := !args.Has("-iv_file") || args.Knows("-out") && args.Text("-iv_file") == args.Text("-out")
	if args.Has("-noheader") && row.IVApart && lost {
		return p, t.declined(args, voice.IVFileMissing)
	}
	if iv := args.Hex("-i"); args.Has("-i") && !slices.Equal(iv, wrapIV) {
		return p, t.declined(args, voice.OnlyDefaultIV)
	}
	p = mech.WrapParams{Wrapping: row.Wrapping, Hash: wrapHash(int(args.Int("-t"))), TagSize: int(args.Int("-tag_size"))}
	if args.Has("-aad") {
		if p.AAD, fault = t.read(args.Text("-aad")); fault == nil && p.AAD == nil {
			p.AAD = []byte{}
		}
	}
	return p, fault
}

// wrapIV is the only IV that -i takes: RFC 3394's (spec/kmu.md 3.25).
var wrapIV = []byte{0xa6, 0xa6, 0xa6, 0xa6, 0xa6, 0xa6, 0xa6, 0xa6}

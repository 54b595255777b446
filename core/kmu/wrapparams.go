package kmu

import (
	"slices"

	"hsmplay/core/command"
	"hsmplay/core/mech"
	"hsmplay/core/retcode"
	"hsmplay/core/voice"
)

var (
	mechanismParam = command.Param{Flag: "-m", Value: "wrapping mechanism", Kind: command.Choices, Values: mechanismValues, Example: "4",
		Help: "specifies the wrapping mechanism\n" +
			"4 = CLOUDHSM_AES_KEY_WRAP, 5 = NIST_AES_WRAP_NO_PAD, 6 = NIST_AES_WRAP_PAD, 7 = RSA_AES, 8 = RSA_OAEP,\n" +
			"10 = AES_GCM, 11 = CLOUDHSM_AES_GCM, 12 = RSA_PKCS",
		Means: "how the key is encrypted"}
	aadParam = command.Param{Flag: "-aad", Value: "additional authenticated data filename", Kind: command.Path, Optional: true, Example: "aad.bin",
		Help: "specifies the file containing the additional authenticated data", Means: "data that is authenticated with the key, for 10 and 11"}
	hashParam = command.Param{Flag: "-t", Value: "hash type", Kind: command.Choices, Optional: true, Values: hashValues, Lone: true, Example: "3",
		Help: "specifies the hash type for RSA_AES and RSA_OAEP (2 = SHA1, 3 = SHA256, 4 = SHA384, 5 = SHA512, 6 = SHA224)", Means: "the hash of OAEP, for 7 and 8; 2 is the default"}
	noHeaderParam = command.Param{Flag: "-noheader", Kind: command.Switch, Optional: true, Help: "leaves out the header with the key's attributes",
		Means: "the bare encrypted key, as other tools read and write it"}
	tagSizeParam = command.Param{Flag: "-tag_size", Value: "tag size", Kind: command.Number, Min: 8, Max: 16, Optional: true, Needs: "-noheader",
		Help: "specifies the size of the tag in bytes, 8 to 16", Means: "bytes of the tag, for 10 and 11 with -noheader; 16 is the default", Example: "16"}
)

// mechanismValues are the wrapping mechanisms by the vendor's numbers (spec/kmu.md 3.25).
var mechanismValues = []command.Value{
	{Word: "4", Means: "CLOUDHSM_AES_KEY_WRAP: PKCS#5 padding, then RFC 3394"},
	{Word: "5", Means: "NIST_AES_WRAP_NO_PAD: RFC 3394, for multiples of 8 bytes"},
	{Word: "6", Means: "NIST_AES_WRAP_PAD: RFC 5649"},
	{Word: "7", Means: "RSA_AES: a fresh AES key under RSA-OAEP, then RFC 5649"},
	{Word: "8", Means: "RSA_OAEP: for short keys"},
	{Word: "9", Means: "NIST_TDEA_WRAP: refused"},
	{Word: "10", Means: "AES_GCM: the IV stands apart"},
	{Word: "11", Means: "CLOUDHSM_AES_GCM: the IV stands in front"},
	{Word: "12", Means: "RSA_PKCS: refused in FIPS mode"},
}

var hashValues = []command.Value{{Word: "2", Means: "SHA1"}, {Word: "3", Means: "SHA256"}, {Word: "4", Means: "SHA384"},
	{Word: "5", Means: "SHA512"}, {Word: "6", Means: "SHA224"}}

// The mechanisms that are refused: 9 was dropped by the vendor, 12 is not for FIPS mode (spec/kmu.md 3.25; 6, question 20).
const (
	tripleDESWrap = 9
	rsaPKCS1      = 12
)

// mechanism returns the row of -m, nil and the reason where the HSM refuses it.
func (t *Tool) mechanism(args command.Args) (*mech.WrapMechanism, *denial) {
	number := int(args.Int("-m"))
	row, ok := mech.WrapMechanismByNumber(number)
	if ok && !(number == rsaPKCS1 && t.client.FIPS()) {
		return &row, nil
	}
	_, err := t.client.RefuseOne("wrap")
	d := &denial{err: err}
	if retcode.Of(err) == retcode.Policy {
		d.notes = []voice.Note{voice.Say(voice.MechanismRefused, "mechanism", number)}
	}
	return nil, d
}

// wrapParams reads the options of a mechanism. Those that do not go with it are refused with the usage (spec/kmu.md 3.25).
func (t *Tool) wrapParams(args command.Args, row mech.WrapMechanism) (p mech.WrapParams, fault *command.Outcome) {
	for _, option := range []struct {
		flag  string
		takes bool
	}{
		{"-t", row.Hash}, {"-i", row.IV}, {"-iv_file", row.IVFile}, {"-aad", row.GCM}, {"-tag_size", row.GCM},
	} {
		if args.Has(option.flag) && !option.takes {
			return p, misused(args, voice.Say(voice.OptionNotForMechanism, "option", option.flag, "mechanism", row.Number, "name", row.Name))
		}
	}
	lost := !args.Has("-iv_file") || args.Knows("-out") && args.Text("-iv_file") == args.Text("-out")
	if args.Has("-noheader") && row.IVFile && lost {
		return p, misused(args, voice.Say(voice.IVFileMissing))
	}
	if iv := args.Hex("-i"); args.Has("-i") && !slices.Equal(iv, wrapIV) {
		out := misused(args, voice.Say(voice.OnlyDefaultIV))
		out.Text = "\n" + indent + "Error: invalid value for -i\n" + out.Text
		return p, out
	}
	p = mech.WrapParams{Mechanism: row.Number, Hash: int(args.Int("-t")), TagSize: int(args.Int("-tag_size"))}
	if args.Has("-aad") {
		if p.AAD, fault = t.read(args.Text("-aad")); fault == nil && p.AAD == nil {
			p.AAD = []byte{}
		}
	}
	return p, fault
}

// wrapIV is the only IV that -i takes: RFC 3394's (spec/kmu.md 3.25).
var wrapIV = []byte{0xa6, 0xa6, 0xa6, 0xa6, 0xa6, 0xa6, 0xa6, 0xa6}

// misused is the answer to options that do not go together: the usage.
func misused(args command.Args, note voice.Note) *command.Outcome {
	return &command.Outcome{Text: args.Usage(), Err: retcode.Local, Notes: []voice.Note{note}}
}

package kmu

import (
	"encoding/hex"
	"slices"
	"strings"

	"hsmplay/core/attr"
	"hsmplay/core/command"
	"hsmplay/core/mech"
	"hsmplay/core/retcode"
	"hsmplay/core/voice"
)

var aesWrapUnwrap = command.Spec[*Tool]{Name: "aesWrapUnwrap", Summary: "Does NIST AES Wrap/Unwrap",
	Means: "wraps or unwraps a file with an AES key of the HSM",
	Params: []command.Param{
		{Flag: "-m", Value: "wrap-unwrap mode", Kind: command.Choices, Help: "specifies the mode (1 = wrap, 0 = unwrap)", Means: "1 wraps, 0 unwraps",
			Values: []command.Value{{Word: "1", Means: "wrap"}, {Word: "0", Means: "unwrap"}}},
		{Flag: "-f", Value: "file to wrap or unwrap", Kind: command.Path, Example: "3DES.key", Help: "specifies the file to wrap or unwrap", Means: "a file of less than 4096 bytes"},
		{Flag: "-w", Value: "wrapping key handle", Kind: command.Handle, Help: "specifies the wrapping key handle", Means: "an AES key with WRAP and ENCRYPT to wrap, with UNWRAP and DECRYPT to unwrap"},
		{Flag: "-i", Value: "IV", Kind: command.Hex, Optional: true, Example: "A6A6A6A6A6A6A6A6", Help: "specifies the IV in hexadecimal, 8 bytes", Means: "8 bytes in hexadecimal; A6A6A6A6A6A6A6A6 is the default"},
		{Flag: "-out", Value: "output file", Kind: command.Output, Optional: true, Example: "wrapped_key", Help: "specifies the file to write the result",
			Means: "the file to write; without it wrapped_key or unwrapped_key"}},
	Run: (*Tool).aesWrapUnwrap}

// wrapInputMax is above the largest file for aesWrapUnwrap, in bytes (spec/kmu.md 2.9).
const wrapInputMax = 4096

// wrapMode is one of the two directions. What they need of the key is a choice: the exports and imports of spec/kmu.md 3.21
// and 3.22 use the same API functions, and ask for ENCRYPT and DECRYPT.
type wrapMode struct {
	api   string
	needs attr.Flags // the key's two jobs: the algorithm is a wrapping, and what it works on is data of the host
	out   string     // the file without -out
	do    func(with *mech.Material, iv, data []byte) ([]byte, error)
}

var (
	wraps   = wrapMode{"Cfm3WrapHostKey", attr.FlagWrap | attr.FlagEncrypt, "wrapped_key", mech.AESKeyWrap}
	unwraps = wrapMode{"Cfm3UnWrapHostKey", attr.FlagUnwrap | attr.FlagDecrypt, "unwrapped_key", mech.AESKeyUnwrap}
)

// aesWrapUnwrap wraps a file by RFC 3394 after PKCS#5 padding, or takes that back (spec/kmu.md 3.38).
func (t *Tool) aesWrapUnwrap(args command.Args) command.Outcome {
	mode := unwraps
	if args.Int("-m") == 1 {
		mode = wraps
	}
	if args.Has("-i") && len(args.Hex("-i")) != len(wrapIV) {
		out := misused(args, voice.Say(voice.IVOfEight))
		out.Text = "\n" + indent + "Error: invalid value for -i\n" + out.Text
		return *out
	}
	data, fault := t.read(args.Text("-f"))
	if fault != nil {
		return *fault
	}
	k, denial := t.use(handle(args, "-w"), "wrap", aesKind, mode.needs)
	if denial != nil {
		return (&answer{}).denied(mode.api, denial)
	}
	if len(data) >= wrapInputMax {
		return (&answer{}).denied(mode.api, denyFor(retcode.Policy, voice.WrapInputTooLong, "file", args.Text("-f"), "size", len(data), "max", wrapInputMax))
	}
	return t.wrapFile(args, mode, k.Material, data)
}

// wrapFile prints and writes the result. A file that does not open leaves an empty one (spec/kmu.md 3.38).
func (t *Tool) wrapFile(args command.Args, mode wrapMode, with *mech.Material, data []byte) command.Outcome {
	file := args.Text("-out")
	if !args.Has("-out") {
		file = mode.out
	}
	iv := wrapIV
	var lines []string
	if args.Has("-i") {
		iv = args.Hex("-i")
	} else if !t.late() {
		lines = []string{indent + "Warning: IV (-i) is missing.", strings.Repeat(" ", 17) + "0xA6A6A6A6A6A6A6A6 is considered as default IV"}
	}
	result, err := mode.do(with, iv, data)
	if fault := t.write(file, result); fault != nil {
		return *fault
	}
	a := &answer{}
	if err != nil {
		if lines != nil {
			a.add(lines...)
		}
		return a.denied(mode.api, denyFor(retcode.BadPKCSData, voice.FileNotOpened, "file", args.Text("-f"), "handle", args.Text("-w"), "out", file))
	}
	a.add(append(append(lines, "result data:"), hexLines(result)...)...)
	return a.add("result written to file "+file).returned(mode.api, nil).outcome()
}

// hexLines prints bytes in capital letters, eight to a line.
func hexLines(data []byte) []string {
	var lines []string
	for row := range slices.Chunk(data, 8) {
		var words []string
		for _, b := range row {
			words = append(words, strings.ToUpper(hex.EncodeToString([]byte{b})))
		}
		lines = append(lines, strings.Join(words, " "))
	}
	return lines
}

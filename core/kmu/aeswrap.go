package kmu

import (
	"encoding/hex"
	"errors"
	"slices"
	"strings"

	"hsmplay/core/cluster"
	"hsmplay/core/command"
	"hsmplay/core/hsm"
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

// wrapMode is one of the two directions.
type wrapMode struct {
	api string
	out string // the file without -out
	do  func(*cluster.Client, hsm.DataRequest) *cluster.Call[[]byte]
}

// wrapModeOf returns the direction of -m.
func wrapModeOf(args command.Args) wrapMode {
	if args.Int("-m") == 1 {
		return wrapMode{"Cfm3WrapHostKey", "wrapped_key", (*cluster.Client).WrapData}
	}
	return wrapMode{"Cfm3UnWrapHostKey", "unwrapped_key", (*cluster.Client).UnwrapData}
}

// file is the file to write.
func (m wrapMode) file(args command.Args) string {
	if args.Has("-out") {
		return args.Text("-out")
	}
	return m.out
}

// aesWrapUnwrap wraps a file by RFC 3394 after PKCS#5 padding, or takes that back
// (spec/kmu.md 3.38).
func (t *Tool) aesWrapUnwrap(args command.Args) command.Outcome {
	if args.Has("-i") && len(args.Hex("-i")) != len(wrapIV) {
		return *t.declined(args, voice.IVOfEight)
	}
	data, fault := t.read(args.Text("-f"))
	if fault != nil {
		return *fault
	}
	mode := wrapModeOf(args)
	request := hsm.DataRequest{With: handle(args, "-w"), IV: wrapIV, Data: data}
	if args.Has("-i") {
		request.IV = args.Hex("-i")
	}
	return carryOut(t, mode.do(t.client, request), func(result []byte, err error) command.Outcome {
		var refusal hsm.Refusal
		if err != nil && !(errors.As(err, &refusal) && refusal.Reason == hsm.NotOpened) {
			return t.denied(args, denial{api: mode.api, err: err})
		}
		return t.writeResult(args, mode, result, err)
	})
}

// writeResult prints and writes the result. A file that does not open leaves an empty one
// (spec/kmu.md 3.38).
func (t *Tool) writeResult(args command.Args, mode wrapMode, result []byte, err error) command.Outcome {
	file := mode.file(args)
	var lines []string
	if !args.Has("-i") {
		lines = slices.Clip(t.wording().IVMissing)
	}
	if fault := t.write(file, result); fault != nil {
		return *fault
	}
	a := &output{}
	if err != nil {
		if lines != nil {
			a.add(lines...)
		}
		return t.denied(args, denial{api: mode.api, err: err, after: a})
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

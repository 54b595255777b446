package kmu

import (
	"hsmplay/core/command"
)

var aesWrapUnwrap = command.Spec[*Tool]{Name: "aesWrapUnwrap", Summary: "Does NIST AES Wrap/Unwrap",
	Means: "wraps or unwraps a file with an AES key of the HSM",
	Params: []command.Param{
		{Flag: "-m", Value: "wrap-unwrap mode", Kind: command.Choices, Help: "specifies the mode (1 = wrap, 0 = unwrap)", Means: "1 wraps, 0 unwraps",
			Values: []command.Value{{Word: "1", Means: "wrap"}, {Word: "0", Means: "unwrap"}}},
		{Flag: "-f", Value: "file to wrap or unwrap", Kind: command.Path, Example: "3DES.key", Help: "specifies the file to wrap or unwrap", Means: "a file of less than 4096 bytes"},
		{Flag: "-w", Value: "wrapping key handle", Kind: command.Handle, Help: "specifies the wrapping key handle", Means: "an AES key"},
		{Flag: "-i", Value: "IV", Kind: command.Hex, Optional: true, Example: "A6A6A6A6A6A6A6A6", Help: "specifies the IV in hexadecimal, 8 bytes", Means: "8 bytes in hexadecimal; A6A6A6A6A6A6A6A6 is the default"},
		{Flag: "-out", Value: "output file", Kind: command.Output, Optional: true, Example: "wrapped_key", Help: "specifies the file to write the result",
			Means: "the file to write; without it wrapped_key or unwrapped_key"}},
	Run: (*Tool).later}

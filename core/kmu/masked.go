package kmu

import (
	"hsmplay/core/command"
)

var extractMaskedObject = command.Spec[*Tool]{Name: "extractMaskedObject", Summary: "Extracts a masked object",
	Usage: "Extracts a masked object out of an HSM.", Column: 11, Means: "writes an encrypted copy of a key of yours that only this cluster can read",
	Params: []command.Param{
		{Flag: "-o", Value: "object handle", Kind: command.Handle, Help: "specifies key handle to extract as a masked object.", Means: "a key of yours; it need not be extractable"},
		{Flag: "-out", Value: "masked object file", Kind: command.Output, Example: "maskedObj", Help: "specifies the file name to which the masked object needs to be saved.",
			Means: "the file to write; an old one is overwritten"}},
	Run: (*Tool).later}

var insertMaskedObject = command.Spec[*Tool]{Name: "insertMaskedObject", Summary: "Inserts a masked object",
	Means: "makes a key anew from a masked object of this cluster",
	Params: []command.Param{
		{Flag: "-f", Value: "filename", Kind: command.Path, Example: "maskedObj", Help: "specifies the file that contains the masked object", Means: "a file that extractMaskedObject wrote on this cluster"},
		serversParam, timeoutParam},
	Run: (*Tool).later}

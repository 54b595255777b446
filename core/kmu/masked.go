package kmu

import (
	"fmt"

	"hsmplay/core/command"
	"hsmplay/core/hsm"
)

var extractMaskedObject = command.Spec[*Tool]{Name: "extractMaskedObject", Summary: "Extracts a masked object",
	Usage: "Extracts a masked object out of an HSM.", Column: 11, Means: "writes an encrypted copy of a key of yours that only this cluster can read",
	Params: []command.Param{
		{Flag: "-o", Value: "object handle", Kind: command.Handle, Help: "specifies key handle to extract as a masked object.", Means: "a key of yours; it need not be extractable"},
		{Flag: "-out", Value: "masked object file", Kind: command.Output, Example: "maskedObj", Help: "specifies the file name to which the masked object needs to be saved.",
			Means: "the file to write; an old one is overwritten"}},
	Run: (*Tool).extractMaskedObject}

var insertMaskedObject = command.Spec[*Tool]{Name: "insertMaskedObject", Summary: "Inserts a masked object",
	Means: "makes a key anew from a masked object of this cluster",
	Params: []command.Param{
		{Flag: "-f", Value: "filename", Kind: command.Path, Example: "maskedObj", Help: "specifies the file that contains the masked object", Means: "a file that extractMaskedObject wrote on this cluster"},
		serversParam, timeoutParam},
	Run: (*Tool).insertMaskedObject}

// extractMaskedObject writes a key as an object of this cluster (spec/kmu.md 3.35).
func (t *Tool) extractMaskedObject(args command.Args) command.Outcome {
	const api = "Cfm3ExtractMaskedObject"
	h, file := handle(args, "-o"), args.Text("-out")
	object, err := t.client.Mask(h)
	if err != nil {
		return t.denied(args, denial{api: api, err: err})
	}
	if fault := t.write(file, object); fault != nil {
		return *fault
	}
	return (&output{}).lay(t.wording().Masked, "file", file, "returned", returnLine(api, nil)).outcome()
}

// insertMaskedObject makes a key from an object, with a new handle (spec/kmu.md 3.34; 6, question
// 10).
func (t *Tool) insertMaskedObject(args command.Args) command.Outcome {
	const api = "Cfm3InsertMaskedObject"
	object, fault := t.read(args.Text("-f"))
	if fault != nil {
		return *fault
	}
	tm, key, err := t.client.Unmask(object)
	if err != nil {
		return t.denied(args, denial{api: api, err: err})
	}
	return t.create(args, creation{api: api, recipe: key, templates: []hsm.Template{tm}, joined: true,
		print: func(keys []*hsm.Key) string { return fmt.Sprintf("%sNew Key Handle: %d", indent, keys[0].Handle) }})
}

package kmu

import (
	"errors"

	"hsmplay/core/command"
	"hsmplay/core/hsm"
	"hsmplay/core/voice"
)

var wrapKey = command.Spec[*Tool]{Name: "wrapKey", Summary: "Wraps a key from from HSM using the specified handle",
	Means: "writes an encrypted copy of a key of yours to a file",
	Params: []command.Param{
		{Flag: "-k", Value: "exported key handle", Kind: command.Handle, Help: "specifies the handle of the key to wrap",
			Means: "a secret or private key of yours that is extractable"},
		{Flag: "-w", Value: "wrapping key handle", Kind: command.Handle, Help: "specifies the wrapping key handle",
			Means: "the key that encrypts: an AES key, or an RSA public key for 7, 8 and 12"},
		{Flag: "-out", Value: "output file", Kind: command.Output, Example: "wrapped.key", Help: "specifies the file to write the wrapped key",
			Means: "the file to write; an old one is overwritten"},
		mechanismParam, aadParam, hashParam, noHeaderParam,
		{Flag: "-i", Value: "wrapping IV", Kind: command.Hex, Optional: true, Needs: "-noheader", Example: "A6A6A6A6A6A6A6A6",
			Help: "specifies the wrapping IV in hexadecimal", Means: "only A6A6A6A6A6A6A6A6, for 4 and 5 with -noheader"},
		{Flag: "-iv_file", Value: "IV file", Kind: command.Output, Optional: true, Needs: "-noheader", Example: "iv.bin",
			Help: "specifies the file to write the IV", Means: "the file to write the IV to, for 10 with -noheader"},
		tagSizeParam},
	Run: (*Tool).wrapKey}

// wrapKey writes an encrypted copy of a key, with a header of its attributes in front
// (spec/kmu.md 3.25). A wrapping key of the wrong kind is a matter of the line.
func (t *Tool) wrapKey(args command.Args) command.Outcome {
	api := t.wording().WrapAPI
	row, err := t.mechanism(args)
	if err != nil {
		return t.denied(args, denial{api: api, err: err})
	}
	params, fault := t.wrapParams(args, row)
	if fault != nil {
		return *fault
	}
	call := t.client.Wrap(hsm.WrapRequest{Handle: handle(args, "-k"), With: handle(args, "-w"), Params: params})
	return carryOut(t, call, func(wrapped hsm.Wrapped, err error) command.Outcome {
		if fault := t.wrapperUnfit(args, err, hsm.WrappableKey); fault != nil {
			return *fault
		}
		if err != nil {
			return t.denied(args, denial{api: api, err: err})
		}
		return t.writeWrapped(args, wrapped)
	})
}

// wrapperUnfit refuses a wrapping key of another kind than the mechanism takes, nil where that is
// not the fault. payload is the kind of the other key, none for "".
func (t *Tool) wrapperUnfit(args command.Args, err error, payload hsm.Kind) *command.Outcome {
	var refusal hsm.Refusal
	if !errors.As(err, &refusal) || refusal.Reason != hsm.OtherKind || refusal.Want == payload {
		return nil
	}
	return t.declined(args, voice.OtherKind, otherKind(refusal)...)
}

// writeWrapped writes the encrypted key, and its IV where that travels apart.
func (t *Tool) writeWrapped(args command.Args, w hsm.Wrapped) command.Outcome {
	api, name, blob := t.wording().WrapAPI, args.Text("-out"), w.Blob
	if !args.Has("-noheader") {
		head := headerOf(w.Key, w.IV)
		file, err := head.put(blob)
		if err != nil {
			return *t.declined(args, voice.HeaderFull, "max", head.textMax())
		}
		blob = file
	}
	if args.Has("-iv_file") {
		if fault := t.write(args.Text("-iv_file"), w.IV); fault != nil {
			return *fault
		}
	}
	if fault := t.write(name, blob); fault != nil {
		return *fault
	}
	return (&output{}).lay(t.wording().Wrapped, "file", name, "length", len(blob), "returned", returnLine(api, nil)).outcome()
}

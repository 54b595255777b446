package kmu

import (
	"errors"
	"fmt"

	"hsmplay/core/attr"
	"hsmplay/core/command"
	"hsmplay/core/hsm"
	"hsmplay/core/mech"
	"hsmplay/core/retcode"
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

// wrapAPI is the API function of wrapKey, by output generation.
func (t *Tool) wrapAPI() string { return t.choose("Cfm2WrapKey", "Cfm2WrapKey5") }

// wrapKey writes an encrypted copy of a key, with a header of its attributes in front (spec/kmu.md 3.25).
func (t *Tool) wrapKey(args command.Args) command.Outcome {
	api := t.wrapAPI()
	row, denial := t.mechanism(args)
	if denial != nil {
		return (&answer{}).denied(api, denial)
	}
	params, fault := t.wrapParams(args, *row)
	if fault != nil {
		return *fault
	}
	wrapperKind := aesKind
	if row.Type == attr.RSA {
		wrapperKind = rsaPublicKind
	}
	k, wrapper, denial := t.wrapPair(handle(args, "-k"), wrappableKind, handle(args, "-w"), wrapperKind, attr.FlagWrap)
	if denial != nil {
		return t.wrapDenied(args, api, k, denial)
	}
	blob, iv, err := mech.Wrap(wrapper.Material, k.Material.Bytes, params)
	if err != nil {
		return (&answer{}).denied(api, notWrapped(k, wrapper, *row, err))
	}
	return t.writeWrapped(args, k, blob, iv)
}

// wrapDenied prints why a key is not wrapped. A wrapping key of the wrong kind is a matter of the line (spec/kmu.md 3.25).
func (t *Tool) wrapDenied(args command.Args, api string, k *hsm.Key, d *denial) command.Outcome {
	if d.kind && k != nil {
		return *misused(args, d.notes[0])
	}
	return (&answer{}).denied(api, d)
}

// notWrapped explains why a mechanism cannot wrap a key: it is too long, or has the wrong length.
func notWrapped(k, wrapper *hsm.Key, row mech.WrapMechanism, err error) *denial {
	id := voice.TooLongToWrap
	if errors.Is(err, mech.ErrNotMultipleOf8) || errors.Is(err, mech.ErrTooShort) {
		id = voice.LengthNotWrapped
	}
	return denyFor(retcode.Policy, id, "handle", k.Handle, "size", len(k.Material.Bytes), "wrapper", wrapper.Handle,
		"mechanism", row.Number, "name", row.Name)
}

// writeWrapped writes the encrypted key, and its IV where that travels apart.
func (t *Tool) writeWrapped(args command.Args, k *hsm.Key, blob, iv []byte) command.Outcome {
	api, name := t.wrapAPI(), args.Text("-out")
	if !args.Has("-noheader") {
		head := headerOf(k, iv)
		file, err := head.put(blob)
		if err != nil {
			return (&answer{}).denied(api, denyFor(retcode.Policy, voice.HeaderFull, "max", head.textMax()))
		}
		blob = file
	}
	if args.Has("-iv_file") {
		if fault := t.write(args.Text("-iv_file"), iv); fault != nil {
			return *fault
		}
	}
	if fault := t.write(name, blob); fault != nil {
		return *fault
	}
	if t.late() {
		return (&answer{}).returned(api, nil).add(indent + "Key Wrapped.").
			add(fmt.Sprintf(`%sWrapped Key written to file "%s" length %d`, indent, name, len(blob))).outcome()
	}
	// the quotes are never closed in the classic generation
	return (&answer{}).add(indent+"Key Wrapped.").
		add(fmt.Sprintf(`%sWrapped Key written to file "%s length %d`, indent, name, len(blob))).returned(api, nil).outcome()
}

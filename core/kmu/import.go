package kmu

import (
	"errors"
	"fmt"

	"hsmplay/core/attr"
	"hsmplay/core/command"
	"hsmplay/core/hsm"
	"hsmplay/core/mech"
	"hsmplay/core/retcode"
)

var importPrivateKey = command.Spec[*Tool]{Name: "importPrivateKey", Summary: "Imports RSA/DSA/EC private key",
	Means: "brings a private key from a PEM file into the HSM",
	Params: append([]command.Param{labelParam,
		{Flag: "-f", Value: "key file name", Kind: command.Path, Example: "private.pem", Help: "specifies the file containing the PEM encoded private key",
			Means: "a PEM file with one private key, without a password"},
		importWrapper}, importParams(mValueParam)...),
	Run: (*Tool).importPrivateKey}

var imSymKey = command.Spec[*Tool]{Name: "imSymKey", Summary: "Imports a Symmetric key",
	Means: "brings a secret key from a file of raw bytes into the HSM",
	Params: append([]command.Param{labelParam,
		{Flag: "-t", Value: "key type", Kind: command.Choices, Example: "31", Values: secretValues,
			Help:  "specifies the key type (16 = GENERIC_SECRET, 18 = RC4, 21 = DES3, 31 = AES)",
			Means: "the type of the key"},
		{Flag: "-f", Value: "key file name", Kind: command.Path, Example: "aes256.key", Help: "specifies the file containing the key",
			Means: "a file with the bytes of the key and nothing else"},
		importWrapper}, importParams()...),
	Run: (*Tool).imSymKey}

// secretValues are the types of secret keys.
var secretValues = []command.Value{{Word: "16", Means: "generic secret, for HMAC"}, {Word: "18", Means: "RC4, refused in FIPS mode"},
	{Word: "21", Means: "3DES, 24 bytes"}, {Word: "31", Means: "AES, 16, 24 or 32 bytes"}}

// importWrapper is the key under which an imported key travels into the HSM.
var importWrapper = command.Param{Flag: "-w", Value: "wrapper key handle", Kind: command.Handle, Help: "Wrapping key handle (KEK = 4).",
	Means: "an AES key under which the new key travels into the HSM"}

// importParams are the options that the imports share; more go after -id.
func importParams(more ...command.Param) []command.Param {
	params := append([]command.Param{sessParam, idParam}, more...)
	return append(params, serversParam, timeoutParam, usersParam,
		command.Param{Flag: "-wk", Value: "wrapping key file", Kind: command.Path, Optional: true, Example: "wrapping.key",
			Help:  "specifies the file containing the key that wraps on the host",
			Means: "a file with the bytes of the key -w, to wrap on the host"},
		attestParam)
}

// returnedUnwrap adds the return line of the last step, which a generation words in its own way
// where it succeeds.
func (t *Tool) returnedUnwrap(a *output, err error) {
	names := t.wording().Import
	a.returned(names.Unwrap, err)
	if err == nil {
		a.groups[len(a.groups)-1] = indent + fmt.Sprintf(names.Returned, names.Unwrap, retcode.Success.Text())
	}
}

// importPrivateKey makes a private key from a PEM file (spec/kmu.md 3.21). Checking that the
// numbers of an RSA key belong together takes a while.
func (t *Tool) importPrivateKey(args command.Args) command.Outcome {
	data, fault := t.read(args.Text("-f"))
	if fault != nil {
		return *fault
	}
	var m *mech.Material
	var err error
	read := privateInFile
	if t.client.Takes(hsm.Sound) {
		read = shapeInFile
	}
	return t.slow(func() { m, err = read(data) }, func() command.Outcome {
		if hsm.Unfit(err) {
			return t.notMade(args, t.wording().Import.Unwrap, hsm.Template{Class: attr.PrivateKey, Origin: hsm.Imported, Unfit: err})
		}
		if err != nil {
			return *t.unread(args, privateKey, data, err)
		}
		return t.bringIn(args, m, "Private", fmt.Sprintf("BER encoded key length is %d", m.ValueLen))
	})
}

// imSymKey makes a secret key from a file of raw bytes (spec/kmu.md 3.23).
func (t *Tool) imSymKey(args command.Args) command.Outcome {
	kind := attr.KeyType(args.Int("-t"))
	data, fault := t.read(args.Text("-f"))
	if fault != nil {
		return *fault
	}
	m, err := secretInFile(kind, data)
	if err != nil {
		return t.notMade(args, t.wording().Import.Unwrap, hsm.Template{Class: attr.Secret, Type: kind, Size: len(data),
			Origin: hsm.Imported, Unfit: err})
	}
	return t.bringIn(args, m, "Symmetric")
}

// bringIn wraps material on the host and has the HSM unwrap it: with -wk by the file's key, which
// must be the one that -w names.
func (t *Tool) bringIn(args command.Args, m *mech.Material, what string, before ...string) command.Outcome {
	host, fault := t.hostKey(args)
	if fault != nil {
		return *fault
	}
	call := t.client.Import(hsm.ImportRequest{Key: m, With: handle(args, "-w"), Host: host})
	return carryOut(t, call, func(key *hsm.Arrival, err error) command.Outcome {
		a, names := &output{groups: before}, t.wording().Import
		if err != nil && !otherHostKey(err) {
			return t.denied(args, denial{api: names.Wrap, err: err, after: a, byAll: true})
		}
		a.returned(names.Wrap, nil).returned(names.Template, nil)
		if err != nil {
			return t.denied(args, denial{api: names.Unwrap, err: err, after: a})
		}
		return t.create(args, creation{api: names.Unwrap, recipe: key, templates: []hsm.Template{key.Template(template(args, m.Class))},
			before: a.groups, returned: t.returnedUnwrap,
			print: func(keys []*hsm.Key) string {
				return fmt.Sprintf("%s%s Key %s.  Key Handle: %d", indent, what, names.Done, keys[0].Handle)
			}})
	})
}

// otherHostKey reports whether the host's key is not the one of the HSM, which shows when the
// second of them is used.
func otherHostKey(err error) bool {
	var refusal hsm.Refusal
	return errors.As(err, &refusal) && refusal.Reason == hsm.OtherHostKey
}

// hostKey reads the file of -wk, nil without it.
func (t *Tool) hostKey(args command.Args) ([]byte, *command.Outcome) {
	if !args.Has("-wk") {
		return nil, nil
	}
	data, fault := t.read(args.Text("-wk"))
	if data == nil {
		data = []byte{}
	}
	return data, fault
}

package kmu

import (
	"errors"
	"fmt"

	"hsmplay/core/attr"
	"hsmplay/core/command"
	"hsmplay/core/hsm"
	"hsmplay/core/mech"
	"hsmplay/core/voice"
)

var unWrapKey = command.Spec[*Tool]{Name: "unWrapKey", Summary: "UnWraps a key into HSM using the specified handle",
	Means: "brings an encrypted key from a file into the HSM",
	Params: []command.Param{
		{Flag: "-f", Value: "key file name", Kind: command.Path, Example: "wrapped.key", Help: "specifies the file containing the wrapped key",
			Means: "a file that wrapKey wrote, or one from elsewhere with -noheader"},
		{Flag: "-w", Value: "wrapper key handle", Kind: command.Handle, Help: "specifies the wrapping key handle",
			Means: "the key that decrypts: the AES key that wrapped, or the RSA private key"},
		mechanismParam, sessParam, attestParam, serversParam, timeoutParam, aadParam, tagSizeParam,
		{Flag: "-iv_file", Value: "IV file", Kind: command.Path, Optional: true, Needs: "-noheader", Example: "iv.bin",
			Help: "specifies the file that contains the IV", Means: "the file with the IV, for 10 with -noheader"},
		hashParam, nexParam, usersParam, mValueParam, noHeaderParam,
		{Flag: "-l", Value: "key label", Max: labelParam.Max, Optional: true, Example: "mykey", Help: "specifies the label of the key, required with -noheader",
			Means: "a name for people; without it the header's"},
		{Flag: "-id", Value: "key ID", Optional: true, Help: "specifies the key ID",
			Means: "a name for programs, unique in the cluster; without it the header's"},
		{Flag: "-kt", Value: "key type", Kind: command.Choices, Optional: true, Needs: "-noheader",
			Help:  "specifies the key type, required with -noheader (0 = RSA, 1 = DSA, 3 = ECC, 16 = GENERIC_SECRET, 21 = DES3, 31 = AES)",
			Means: "what type of key the file holds, with -noheader", Values: wrappedTypes},
		{Flag: "-kc", Value: "key class", Kind: command.Choices, Optional: true, Needs: "-noheader",
			Help:  "specifies the key class, required with -noheader (3 = private, 4 = secret)",
			Means: "what the file holds, with -noheader", Values: []command.Value{{Word: "3", Means: "private key"}, {Word: "4", Means: "secret key"}}},
		{Flag: "-i", Value: "Unwrapping IV", Kind: command.Hex, Optional: true, Needs: "-noheader", Example: "A6A6A6A6A6A6A6A6",
			Help: "specifies the unwrapping IV in hexadecimal", Means: "only A6A6A6A6A6A6A6A6, for 4 and 5 with -noheader"}},
	Run: (*Tool).unWrapKey}

var wrappedTypes = []command.Value{{Word: "0", Means: "RSA"}, {Word: "1", Means: "DSA"}, {Word: "3", Means: "EC"},
	{Word: "16", Means: "generic secret"}, {Word: "21", Means: "3DES"}, {Word: "31", Means: "AES"}}

const unwrapAPI = "Cfm3UnWrapKey"

// arrival is a wrapped key on its way into the HSM.
type arrival struct {
	head   header
	blob   []byte
	params mech.WrapParams
}

// unWrapKey makes a key from an encrypted file (spec/kmu.md 3.26). What the file does not give up
// is refused in one way.
func (t *Tool) unWrapKey(args command.Args) command.Outcome {
	row, err := t.mechanism(args)
	if err != nil {
		return t.denied(args, denial{api: unwrapAPI, err: err})
	}
	in, fault := t.arrivalOf(args, row)
	if fault != nil {
		return *fault
	}
	request := hsm.UnwrapRequest{With: handle(args, "-w"), Params: in.params, Blob: in.blob, Class: in.head.class, Type: in.head.typ}
	if !args.Has("-noheader") {
		request.Flags = &in.head.flags
	}
	return carryOut(t, t.client.Unwrap(request), func(a *hsm.Arrival, err error) command.Outcome {
		if err != nil {
			return t.notUnwrapped(args, err)
		}
		return t.arrived(args, in, a)
	})
}

// arrivalOf reads the files and options. A file without a header is described by the options
// instead.
func (t *Tool) arrivalOf(args command.Args, row wrappingRow) (*arrival, *command.Outcome) {
	in := &arrival{}
	var fault *command.Outcome
	if in.params, fault = t.wrapParams(args, row); fault != nil {
		return nil, fault
	}
	if args.Has("-noheader") {
		if in.head, fault = t.described(args, row); fault != nil {
			return nil, fault
		}
		in.params.IV = in.head.iv
	}
	if in.blob, fault = t.read(args.Text("-f")); fault != nil {
		return nil, fault
	}
	if args.Has("-noheader") {
		return in, nil
	}
	var err error
	if in.head, in.blob, err = cutHeader(in.blob); err != nil {
		return nil, t.damaged(args, row, err)
	}
	if row.IVApart {
		in.params.IV = in.head.iv
	}
	return in, nil
}

// described is the header that the options of -noheader stand for.
func (t *Tool) described(args command.Args, row wrappingRow) (h header, fault *command.Outcome) {
	if !args.Has("-l") || !args.Has("-kc") || !args.Has("-kt") {
		return h, t.declined(args, voice.NoHeaderNeeds)
	}
	h.class, h.typ = attr.Class(args.Int("-kc")), attr.KeyType(args.Int("-kt"))
	if !attr.Exists(h.class, h.typ) {
		return h, t.declined(args, voice.ClassNotOfType, "class", h.class.Name(), "type", h.typ.Show())
	}
	if row.IVApart {
		h.iv, fault = t.read(args.Text("-iv_file"))
	}
	return h, fault
}

// notUnwrapped explains why a file did not become a key. A wrapping key of the wrong kind is a
// matter of the line, and a key that no HSM takes is refused as one that is to be made.
func (t *Tool) notUnwrapped(args command.Args, err error) command.Outcome {
	if fault := t.wrapperUnfit(args, err, ""); fault != nil {
		return *fault
	}
	var refusal hsm.Refusal
	if errors.As(err, &refusal) && refusal.Reason == hsm.KeyNotAllowed {
		return t.notMade(args, unwrapAPI, hsm.Template{Class: refusal.Class, Type: refusal.Type, Origin: hsm.Unwrapped, Unfit: refusal.Why})
	}
	return t.denied(args, denial{api: unwrapAPI, err: err, byAll: true})
}

// damaged refuses a header that is none, or was changed. A missing login comes first.
func (t *Tool) damaged(args command.Args, row wrappingRow, err error) *command.Outcome {
	if err := t.client.Ready(); err != nil {
		out := t.denied(args, denial{api: unwrapAPI, err: err})
		return &out
	}
	id := voice.NotOpened
	if errors.Is(err, errNoHeader) {
		id = voice.NoHeader
	}
	return t.declined(args, id, "file", args.Text("-f"), "handle", args.Text("-w"), "mechanism", row.Number)
}

// arrived stores the key.
func (t *Tool) arrived(args command.Args, in *arrival, key *hsm.Arrival) command.Outcome {
	tm := template(args, in.head.class)
	if !args.Has("-noheader") && !args.Has("-l") {
		tm.Label = in.head.label
	}
	if !args.Has("-noheader") && !args.Has("-id") {
		tm.ID = in.head.id
	}
	c := creation{api: unwrapAPI, recipe: key, templates: []hsm.Template{key.Template(tm)},
		print: func(keys []*hsm.Key) string {
			return fmt.Sprintf("%sKey Unwrapped.  Key Handle: %d", indent, keys[0].Handle)
		}}
	if args.Has("-noheader") {
		c.returned = func(a *output, err error) {
			a.returned("Cfm3CreateUnwrapTemplate2", nil)
			a.join((&output{}).returned("Cfm2UnWrapWithTemplate3", err).groups[0])
		}
	}
	return t.create(args, c)
}

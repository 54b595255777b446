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
	row    mech.WrapMechanism
	params mech.WrapParams

	wrapper *hsm.Key
}

// unWrapKey makes a key from an encrypted file (spec/kmu.md 3.26). What the file does not give up is one answer.
func (t *Tool) unWrapKey(args command.Args) command.Outcome {
	row, denial := t.mechanism(args)
	if denial != nil {
		return (&answer{}).denied(unwrapAPI, denial)
	}
	in, fault := t.arrivalOf(args, *row)
	if fault != nil {
		return *fault
	}
	wrapperKind := aesKind
	if row.Type == attr.RSA {
		wrapperKind = rsaPrivateKind
	}
	in.wrapper, denial = t.use(handle(args, "-w"), "unwrap", wrapperKind, attr.FlagUnwrap)
	if denial != nil && denial.kind {
		return *misused(args, denial.notes[0])
	}
	if denial != nil {
		return (&answer{}).denied(unwrapAPI, denial)
	}
	var m *mech.Material
	var err error
	return t.compute(func() { m, err = in.open() }, func() command.Outcome {
		if err != nil {
			return t.notOpened(args, in, err)
		}
		return t.arrived(args, in, m)
	}, row.Type, in.head.typ)
}

// arrivalOf reads the files and options. A file without a header is described by the options instead.
func (t *Tool) arrivalOf(args command.Args, row mech.WrapMechanism) (*arrival, *command.Outcome) {
	in := &arrival{row: row}
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
		out := t.notOpened(args, in, err)
		return nil, &out
	}
	if row.IVFile {
		in.params.IV = in.head.iv
	}
	return in, nil
}

// described is the header that the options of -noheader stand for.
func (t *Tool) described(args command.Args, row mech.WrapMechanism) (h header, fault *command.Outcome) {
	if !args.Has("-l") || !args.Has("-kc") || !args.Has("-kt") {
		return h, misused(args, voice.Say(voice.NoHeaderNeeds))
	}
	h.class, h.typ = attr.Class(args.Int("-kc")), attr.KeyType(args.Int("-kt"))
	if attr.DefaultFlags(h.class, h.typ) == 0 {
		return h, misused(args, voice.Say(voice.ClassNotOfType, "class", h.class.Name(), "type", h.typ.Show()))
	}
	if row.IVFile {
		h.iv, fault = t.read(args.Text("-iv_file"))
	}
	return h, fault
}

// open decrypts the key and reads it.
func (in *arrival) open() (*mech.Material, error) {
	plain, err := mech.Unwrap(in.wrapper.Material, in.blob, in.params)
	if err != nil {
		return nil, err
	}
	if in.head.class == attr.Secret {
		return mech.NewSecret(in.head.typ, plain)
	}
	m, err := mech.ParsePrivate(plain)
	if err == nil && m.Type != in.head.typ {
		return nil, mech.ErrKeyType
	}
	return m, err
}

// notOpened explains why a file did not become a key.
func (t *Tool) notOpened(args command.Args, in *arrival, err error) command.Outcome {
	file := args.Text("-f")
	switch {
	case errors.Is(err, errNoHeader):
		return (&answer{}).denied(unwrapAPI, t.damaged(voice.NoHeader, "file", file))
	case policyOf(err), errors.Is(err, mech.ErrKeyLength):
		return t.policy(unwrapAPI, voice.Say(voice.KeyNotAllowed, "file", file, "why", err))
	case errors.Is(err, mech.ErrWrapParams):
		return (&answer{}).denied(unwrapAPI, t.damaged(voice.BadIVFile, "file", args.Text("-iv_file"), "size", len(in.params.IV)))
	case errors.Is(err, mech.ErrIntegrity), errors.Is(err, mech.ErrTooLong):
		return (&answer{}).denied(unwrapAPI, t.damaged(voice.NotOpened, "file", file, "handle", args.Text("-w"), "mechanism", in.row.Number))
	}
	return (&answer{}).denied(unwrapAPI, t.damaged(voice.NoKeyInside, "file", file, "type", in.head.typ.Show(), "class", in.head.class.Name()))
}

// damaged is the denial of data that does not fit the key, or of a missing login, which comes first.
func (t *Tool) damaged(id voice.ID, args ...any) *denial {
	if t.client.Login == nil {
		return &denial{err: retcode.UserNotReady}
	}
	return denyFor(retcode.BadPKCSData, id, args...)
}

// arrived stores the key.
func (t *Tool) arrived(args command.Args, in *arrival, m *mech.Material) command.Outcome {
	c := creation{api: unwrapAPI, recipe: mech.Given{Material: m}, templates: []hsm.Template{t.unwrapped(args, in.head, m)},
		print: func(keys []*hsm.Key) string {
			return fmt.Sprintf("%sKey Unwrapped.  Key Handle: %d", indent, keys[0].Handle)
		}}
	if args.Has("-noheader") {
		c.returned = func(a *answer, err error) {
			a.returned("Cfm3CreateUnwrapTemplate2", nil)
			a.join((&answer{}).returned("Cfm2UnWrapWithTemplate3", err).groups[0])
		}
	}
	return t.create(args, c)
}

// goneAtUnwrap are the flags that a key loses on its way: it was not made here, and an officer's trust is in one key.
const goneAtUnwrap = attr.FlagLocal | attr.FlagAlwaysSensitive | attr.FlagNeverExtractable | attr.FlagTrusted

// everyKeys are the flags that every key in a wrapped file has, whatever its header says: that is no secret and no proof.
const everyKeys = attr.FlagPrivate | attr.FlagSensitive | attr.FlagExtractable

// unwrapped is the template of an unwrapped key: the header's attributes, where the line does not say otherwise.
func (t *Tool) unwrapped(args command.Args, h header, m *mech.Material) hsm.Template {
	tm := imported(args, m)
	if args.Has("-noheader") {
		return tm
	}
	tm.Flags = h.flags&^goneAtUnwrap | everyKeys
	if !args.Has("-l") {
		tm.Label = h.label
	}
	if !args.Has("-id") {
		tm.ID = h.id
	}
	return tm
}

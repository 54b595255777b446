package kmu

import (
	"bytes"
	"errors"
	"strings"

	"hsmplay/core/cluster"
	"hsmplay/core/command"
	"hsmplay/core/hsm"
	"hsmplay/core/mech"
	"hsmplay/core/retcode"
	"hsmplay/core/voice"
)

// A command that does nothing ends in one of two ways: HSMs refuse it, [Tool.denied], or the tool
// itself finds a fault in the line or in a file and asks no HSM, [Tool.declined].

// denial is what HSMs refuse, and what is printed of it.
type denial struct {
	err     error
	api     string           // the function of the return line
	said    string           // stands in place of that line; "" for none
	after   *output          // what is printed before; nil for nothing
	answers []cluster.Answer // of the cluster block; nil for none
	byAll   bool             // every HSM says so, where it is that none knows the handle (spec/kmu.md 2.5)
}

// denied ends a command that HSMs refuse, with the reason in the playground's words.
func (t *Tool) denied(args command.Args, d denial) command.Outcome {
	o := &output{}
	if d.after != nil {
		o = d.after
	}
	if d.said != "" {
		o.err = d.err
		o.add(d.said)
	} else {
		o.returned(d.api, d.err)
	}
	if d.byAll && retcode.Of(d.err) == retcode.BadHandle {
		d.answers = t.client.Reached()
		for i := range d.answers {
			d.answers[i].Err = d.err
		}
	}
	out := o.cluster(t.wording(), d.answers).outcome()
	out.Notes = t.why(args, d.err)
	return out
}

// why returns the note to a refusal by HSMs or the client, none where the code says it all.
func (t *Tool) why(args command.Args, err error) []voice.Note {
	var firmware cluster.BadFirmware
	if errors.As(err, &firmware) {
		return []voice.Note{voice.Say(voice.FirmwareDiffers, "node", firmware.Node)}
	}
	var refusal hsm.Refusal
	if errors.As(err, &refusal) {
		return []voice.Note{reasons[refusal.Reason](t, args, refusal)}
	}
	return nil
}

// declineRow is a fault that the tool itself finds: what is printed, with which code, and the note
// that says what is wrong. Blanks of the text are those of the note.
type declineRow struct {
	note  voice.ID
	text  string                // "" prints none
	usage bool                  // the usage stands behind
	code  retcode.Code          // 0 is retcode.Local
	api   func(*Wording) string // whose return line shows the code; nil for none
}

// What is printed of a file that is not there, of one that does not hold what it should
// (spec/kmu.md 2.2, 3.19 and 3.21, provisional), and of a value.
const (
	unopened = indent + "Error: Failed to open file {file}"
	unread   = indent + "Error: Failed to read {what} from {file}"
	badValue = indent + "Error: invalid value for "
)

// declines are the faults of lines and files.
var declines = []declineRow{
	{note: voice.FileFault, text: unopened},
	{note: voice.NoModulus, text: unread},
	{note: voice.ApprovalFileFault, text: unread},
	{note: voice.PublicNotPEM, text: unread},
	{note: voice.FakeImported, text: unread},
	{note: voice.FakeOfNone, text: unread},
	{note: voice.KeyEncrypted, text: unread},
	{note: voice.KeyLock, text: unread},
	{note: voice.KeyNotPEM, text: unread},
	{note: voice.KeySeveral, text: unread},
	{note: voice.KeyWrongBlock, text: unread},
	{note: voice.KeyIsPrivate, text: unread},
	{note: voice.KeyExplicitCurve, text: unread},
	{note: voice.KeyUnsound, text: unread},

	{note: voice.MValueTooHigh, usage: true}, // a matter of the line, not of the HSM (spec/kmu.md 6, question 4)
	{note: voice.CodeForm, usage: true},
	{note: voice.NoHeaderNeeds, usage: true},
	{note: voice.ClassNotOfType, usage: true},
	{note: voice.OptionNotForMechanism, usage: true},
	{note: voice.IVFileMissing, usage: true},
	{note: voice.OtherKind, usage: true},
	{note: voice.OnlyDefaultIV, text: badValue + "-i", usage: true},
	{note: voice.IVOfEight, text: badValue + "-i", usage: true},
	{note: voice.KCVForm, text: badValue + "-kcv", usage: true},

	{note: voice.HeaderFull, code: retcode.Policy, api: func(w *Wording) string { return w.WrapAPI }},
	{note: voice.NoHeader, code: retcode.BadPKCSData, api: func(*Wording) string { return unwrapAPI }},
	{note: voice.NotOpened, code: retcode.BadPKCSData, api: func(*Wording) string { return unwrapAPI }},
}

// declined ends a command in whose line, or in a file, the tool finds a fault: a row of the table,
// by its note. about fills the blanks of text and note.
func (t *Tool) declined(args command.Args, id voice.ID, about ...any) *command.Outcome {
	for _, row := range declines {
		if row.note == id {
			out := row.outcome(t.wording(), args, about)
			out.Notes = []voice.Note{voice.Say(id, about...)}
			return &out
		}
	}
	panic("kmu: no row of declines for the note " + string(id))
}

// outcome is what a row prints, and its code.
func (r declineRow) outcome(w *Wording, args command.Args, about []any) command.Outcome {
	o := (&output{err: retcode.Local}).lay(command.Layout{r.text}, about...)
	switch {
	case r.api != nil:
		o.returned(r.api(w), r.code)
	case r.usage && r.text == "":
		return command.Outcome{Text: args.Usage(), Err: o.err}
	case r.usage:
		return command.Outcome{Text: "\n" + o.groups[0] + "\n" + args.Usage(), Err: o.err}
	}
	return o.outcome()
}

// keyFileNotes are the notes to key files that have a repair of their own.
var keyFileNotes = []struct {
	err error
	id  voice.ID
}{
	{mech.ErrLock, voice.KeyLock}, // before what it is one of
	{mech.ErrEncrypted, voice.KeyEncrypted},
	{mech.ErrNotPEM, voice.KeyNotPEM},
	{mech.ErrSeveralKeys, voice.KeySeveral},
	{mech.ErrWrongBlock, voice.KeyWrongBlock},
	{mech.ErrNotNamedCurve, voice.KeyExplicitCurve},
}

// keyFileNote is the note to a key file that was not taken.
func keyFileNote(err error) voice.ID {
	for _, row := range keyFileNotes {
		if errors.Is(err, row.err) {
			return row.id
		}
	}
	return voice.KeyUnsound
}

// unread declines the file of -f, which holds no key of the kind: a private one may be a fake PEM.
func (t *Tool) unread(args command.Args, what string, data []byte, err error) *command.Outcome {
	pubin, pubout := "", "" // of openssl
	if what == publicKey {
		pubin, pubout = " -pubin", " -pubout"
	}
	id, about := keyFileNote(err), []any{"what", what, "file", args.Text("-f"), "why", err, "pubin", pubin, "pubout", pubout}
	label, file := args.Text("-l"), args.Text("-f")
	if _, none := mech.AnyPublicFromPEM(data); what == privateKey && none == nil && !strings.ContainsAny(label+file, " \"") {
		about = append(about, "line", "importPubKey -l "+label+" -f "+file)
	}
	h, _, notFake := mech.ParseFakePEM(data)
	switch {
	case what == privateKey && notFake == nil && t.holds(h):
		id, about = voice.FakeImported, append(about, "handle", h)
	case what == privateKey && notFake == nil:
		id, about = voice.FakeOfNone, append(about, "handle", h)
	case id == voice.KeyWrongBlock && what == publicKey && bytes.Contains(data, []byte("PRIVATE KEY-----")):
		id = voice.KeyIsPrivate
	case what == publicKey && errors.Is(err, mech.ErrNotPEM):
		id = voice.PublicNotPEM
	}
	return t.declined(args, id, about...)
}

// What a file of -f is to hold.
const (
	privateKey = "private key"
	publicKey  = "public key"
)

package kmu

import (
	"errors"
	"slices"

	"hsmplay/core/attr"
	"hsmplay/core/command"
	"hsmplay/core/hsm"
	"hsmplay/core/retcode"
	"hsmplay/core/voice"
)

// kind is what a command takes as a key: one of some classes, and one of some types. No types are any.
type kind struct {
	classes []attr.Class
	types   []attr.KeyType
	words   string // for the note: an AES key
}

var (
	aesKind        = kind{[]attr.Class{attr.Secret}, []attr.KeyType{attr.AES}, "an AES key"}
	rsaPublicKind  = kind{[]attr.Class{attr.Public}, []attr.KeyType{attr.RSA}, "an RSA public key"}
	rsaPrivateKind = kind{[]attr.Class{attr.PrivateKey}, []attr.KeyType{attr.RSA}, "an RSA private key"}
	secretKind     = kind{[]attr.Class{attr.Secret}, nil, "a secret key"}
	privateKind    = kind{[]attr.Class{attr.PrivateKey}, nil, "a private key"}
	fakeableKind   = kind{[]attr.Class{attr.PrivateKey}, []attr.KeyType{attr.RSA, attr.EC}, "an RSA or EC private key"}
	wrappableKind  = kind{[]attr.Class{attr.Secret, attr.PrivateKey}, nil, "a secret or private key"}
	publicKind     = kind{[]attr.Class{attr.Public}, nil, "a public key"}
)

func (w kind) takes(k *hsm.Key) bool {
	return slices.Contains(w.classes, k.Material.Class) && (len(w.types) == 0 || slices.Contains(w.types, k.Material.Type))
}

// denial is why a key may not be used as a command wants to use it.
type denial struct {
	err   error
	notes []voice.Note
	kind  bool // it is a key of another kind
}

// denied ends an answer with a denial.
func (a *answer) denied(api string, d *denial) command.Outcome {
	out := a.returned(api, d.err).outcome()
	out.Notes = d.notes
	return out
}

// denyFor is a denial with a code and its note.
func denyFor(code retcode.Code, id voice.ID, args ...any) *denial {
	return &denial{err: code, notes: []voice.Note{voice.Say(id, args...)}}
}

// deny explains why an HSM does not give a key for what the flags say.
func (t *Tool) deny(h uint32, err error, flags attr.Flags) *denial {
	d := &denial{err: err}
	var quorum hsm.NeedsApproval
	switch {
	case errors.As(err, &quorum):
		d.notes = []voice.Note{voice.Say(voice.QuorumNeeded, "handle", h, "m", quorum.MValue)}
	case retcode.Of(err) == retcode.BadHandle:
		d.notes = []voice.Note{t.badHandle(h)}
	case retcode.Of(err) == retcode.AccessDenied:
		d.notes = []voice.Note{t.forbidden(h, flags)}
	}
	return d
}

// forbidden says which attribute a key lacks, or that somebody else owns it.
func (t *Tool) forbidden(h uint32, flags attr.Flags) voice.Note {
	lacks, found := t.client.Lacks(h, flags)
	if found && lacks.Has(attr.FlagExtractable) {
		return voice.Say(voice.NotExtractable, "handle", h)
	}
	for _, row := range attr.Table {
		if found && row.Flag != 0 && lacks.Has(row.Flag) {
			return voice.Say(voice.AttributeOff, "handle", h, "name", row.Name, "number", uint32(row.Attr))
		}
	}
	return voice.Say(voice.NotOwner, "handle", h)
}

// use returns a key of a kind that the user may use for what the flags say. A key of another kind counts as a bad handle
// (spec/kmu.md section 5: handle or key).
func (t *Tool) use(h uint32, op string, want kind, flags attr.Flags) (*hsm.Key, *denial) {
	k, err := t.client.Key(h)
	if err != nil {
		return nil, t.deny(h, err, flags)
	}
	if !want.takes(k) {
		return nil, otherKind(k, want)
	}
	if k, err = t.client.UsableKey(h, op, flags); err != nil {
		return nil, t.deny(h, err, flags)
	}
	return k, nil
}

// own returns a key of a kind that the user owns and may take out of the HSM.
func (t *Tool) own(h uint32, op string, want kind) (*hsm.Key, *denial) {
	k, err := t.client.OwnKey(h)
	if err != nil {
		return nil, t.deny(h, err, 0)
	}
	if !want.takes(k) {
		return nil, otherKind(k, want)
	}
	if k, err = t.client.UsableKey(h, op, attr.FlagExtractable); err != nil {
		return nil, t.deny(h, err, attr.FlagExtractable)
	}
	return k, nil
}

func otherKind(k *hsm.Key, want kind) *denial {
	note := voice.Say(voice.OtherKind, "handle", k.Handle, "class", k.Material.Class.Name(), "type", k.Material.Type.Show(), "want", want.words)
	return &denial{err: retcode.BadHandle, notes: []voice.Note{note}, kind: true}
}

package hsm

import (
	"slices"

	"hsmplay/core/attr"
	"hsmplay/core/mech"
)

// What a client of SDK 5 asks for when it makes a key: nothing is on that it does not name, but for
// the defaults of spec/cloudhsm-cli.md 3.4, and of what it names the table of attributes says what
// it may.

// asked returns the flags of a key that a client of SDK 5 makes.
func (t Template) asked() attr.Flags {
	f := attr.GivenFlags(t.Class, t.Type)
	for _, s := range t.Settings {
		if row, _ := attr.Find(s.Attr); row.Kind == attr.Bool {
			f = f.With(s)
		}
	}
	if t.Origin == Generated {
		f = f.Generated(t.Class)
	}
	return t.force(f)
}

// force returns flags as the template of the unwrapping key has them.
func (t Template) force(f attr.Flags) attr.Flags {
	for _, s := range t.Forced {
		f = f.With(s)
	}
	return f
}

// id is the key id that is asked for, in either way.
func (t Template) id() string {
	for _, s := range t.Settings {
		if s.Attr == attr.ID {
			return s.Text
		}
	}
	return t.ID
}

// admitAsked checks a template of a client of SDK 5 (spec/cloudhsm-cli.md 2.12): the length of the
// label, attributes, sharers, quorum values, and what the HSM has.
func (h *HSM) admitAsked(s *Session, t Template) error {
	if len(t.Label) < 1 || len(t.Label) > LabelMax {
		return Refusal{Reason: LabelLength, Size: len(t.Label), Max: LabelMax}
	}
	for _, setting := range t.Settings {
		if err := t.admits(setting); err != nil {
			return err
		}
	}
	for _, forced := range t.Forced {
		if i := slices.IndexFunc(t.Settings, func(s attr.Setting) bool { return s.Attr == forced.Attr }); i >= 0 && t.Settings[i].On != forced.On {
			return Refusal{Reason: TemplateDiffers, Attr: forced.Attr, Value: t.Settings[i].Value()}
		}
	}
	if err := h.sharers(s, t.Shared); err != nil {
		return err
	}
	switch {
	case t.Class != attr.Public && t.quorumLow():
		return Refusal{Reason: QuorumTooLow, MValue: min(t.MValue, t.Manage)}
	case t.Class != attr.Public && (t.tooHigh(t.MValue) || t.tooHigh(t.Manage)):
		return Refusal{Reason: MValueTooHigh, MValue: max(t.MValue, t.Manage)}
	case t.Unfit != nil:
		return t.unfit()
	case !h.offers(t):
		return Refusal{Reason: NotOffered, Type: t.Type}
	case !h.Policy.Allows(t):
		return Refusal{Reason: SizeNotAllowed, Type: t.Type, Size: t.Size, Curve: t.Curve}
	case t.Exponent != 0 && !mech.ExponentOK(t.Exponent):
		return Refusal{Reason: ExponentRefused, Number: t.Exponent}
	}
	return nil
}

// admits is the refusal of a setting that the maker of such a key cannot ask for, nil for another.
func (t Template) admits(s attr.Setting) error {
	if s.Attr == attr.Token {
		return Refusal{Reason: TokenInTemplate, Attr: s.Attr, Value: s.Value()}
	}
	if row, known := attr.Find(s.Attr); !known || !row.MayAsk(t.Class, t.Type) {
		return Refusal{Reason: AttributeRefused, Attr: s.Attr, Value: s.Value()}
	}
	return nil
}

// quorumLow reports whether one of the two quorum values is below two, where they are asked for.
func (t Template) quorumLow() bool {
	return (t.Quorate || t.MValue != 0 || t.Manage != 0) && min(t.MValue, t.Manage) < MValueMin
}

package hsm

import (
	"context"
	"errors"

	"hsmplay/core/attr"
	"hsmplay/core/mech"
	"hsmplay/core/retcode"
)

// GenerateRequest says which keys are to be made. The HSM knows itself alone: what the rest of its
// cluster has to say, it asks through functions, which may be nil.
type GenerateRequest struct {
	Recipe    mech.Recipe // an [Arrival] is the recipe of a key that has come in
	Source    mech.Source
	Templates []Template         // one per material of the recipe
	Free      func(from int) int // returns the lowest free slot from one on; nil looks in this HSM alone
	Elsewhere func() error       // is asked once this HSM agrees
}

// Generate makes keys of the session's user: one, or the halves of a pair. It fails with
// retcode.BadSession, retcode.UserNotReady, retcode.AccessDenied for a user who is no CU, and with
// a [Refusal]: KeyNotAllowed, PasswordBased, SizeNotAllowed, ExponentRefused, LabelTooLong,
// IDTaken, MValueTooHigh, SharedWithSelf, NotCryptoUser, HSMFull; with what Elsewhere says; and
// with the recipe's own error, which the audit log does not have.
func (h *HSM) Generate(session uint64, r GenerateRequest) *Job[[]*Key] {
	if _, err := h.agree(session, r); err != nil {
		return &Job[[]*Key]{Err: err}
	}
	var materials []*mech.Material
	var fault error
	job := &Job[[]*Key]{Slow: r.Recipe.Slow()}
	job.work = func(ctx context.Context) { materials, fault = r.Recipe.Make(ctx, r.Source) }
	job.finish = func() ([]*Key, error) {
		if fault != nil {
			return nil, fault
		}
		s, err := h.agree(session, r)
		if err != nil {
			return nil, err
		}
		keys := h.place(s, r, materials)
		h.logMade(session, nil, r.Templates, keys)
		return keys, nil
	}
	return job
}

// agree returns the session for which keys may be made; a refusal is recorded.
func (h *HSM) agree(session uint64, r GenerateRequest) (*Session, error) {
	s, err := h.admit(session, r.Templates)
	if err == nil && r.Elsewhere != nil {
		err = r.Elsewhere()
	}
	if err != nil {
		h.logMade(session, err, r.Templates, nil)
	}
	return s, err
}

// place stores the keys, each in a slot behind the one before.
func (h *HSM) place(s *Session, r GenerateRequest, materials []*mech.Material) []*Key {
	free := r.Free
	if free == nil {
		free = h.freeSlot
	}
	var keys []*Key
	slot := FirstSlot
	for i, t := range r.Templates {
		slot = free(slot)
		k := t.Key(Handle(h.Node, slot), s, materials[i])
		h.Put(k)
		keys = append(keys, k)
	}
	return keys
}

// freeSlot returns the lowest slot from the given one on that no key of this HSM is in.
func (h *HSM) freeSlot(from int) int {
	for from < len(h.Keys) && h.Keys[from] != nil {
		from++
	}
	return from
}

// admit checks whether the session's user may make such keys, before any material is made.
func (h *HSM) admit(session uint64, ts []Template) (*Session, error) {
	s, err := h.need(session)
	if err != nil {
		return nil, err
	}
	if s.Type != CU {
		return nil, retcode.AccessDenied
	}
	for _, t := range ts {
		admit := h.admitOne
		if t.SDK5 {
			admit = h.admitAsked
		}
		if err := admit(s, t); err != nil {
			return nil, err
		}
	}
	if !h.Fits(len(ts)) {
		return nil, Refusal{Reason: HSMFull, Max: h.KeysMax}
	}
	return s, h.fitsPairs(ts)
}

func (h *HSM) admitOne(s *Session, t Template) error {
	switch {
	case t.Unfit != nil:
		return t.unfit()
	case t.FromPassword:
		return Refusal{Reason: PasswordBased, Class: t.Class, Type: t.Type}
	case !h.Policy.Allows(t), !h.offers(t):
		return Refusal{Reason: SizeNotAllowed, Type: t.Type, Size: t.Size, Curve: t.Curve}
	case t.Exponent != 0 && !mech.ExponentOK(t.Exponent):
		return Refusal{Reason: ExponentRefused, Number: t.Exponent}
	case len(t.Label) > LabelMax:
		return Refusal{Reason: LabelTooLong, Size: len(t.Label), Max: LabelMax}
	case h.IDTaken(t):
		return Refusal{Reason: IDTaken, ID: t.ID}
	case t.tooHigh(t.MValue):
		return Refusal{Reason: MValueTooHigh, MValue: t.MValue}
	case t.tooHigh(t.Manage):
		return Refusal{Reason: MValueTooHigh, MValue: t.Manage}
	}
	return h.sharers(s, t.Shared)
}

// tooHigh reports whether owner and sharers are too few to give so many approvals.
func (t Template) tooHigh(m int) bool {
	return m < 0 || m > min(MValueMax, len(once(t.Shared))+1) || m > 0 && len(t.Shared) == 0
}

// fitsPairs is the refusal of more public and private keys than the type of HSM has room for, nil
// where they fit (spec/cloudhsm-cli.md 1.8).
func (h *HSM) fitsPairs(ts []Template) error {
	row := h.Policy.Model.Row()
	if row.PairedMax == 0 || ts[0].Class == attr.Secret {
		return nil
	}
	most := max(2, row.PairedMax*h.KeysMax/row.KeysMax) // one that is made smaller has as large a part for them (a choice)
	count := len(ts)
	for _, k := range h.Keys {
		if k != nil && k.Material.Class != attr.Secret {
			count++
		}
	}
	if count > most {
		return Refusal{Reason: PairsFull, Max: most}
	}
	return nil
}

// unfit is the refusal of a key of the host's that no HSM takes.
func (t Template) unfit() Refusal {
	if errors.Is(t.Unfit, mech.ErrWeakExponent) && t.Exponent != 0 {
		return Refusal{Reason: ExponentRefused, Number: t.Exponent}
	}
	return Refusal{Reason: KeyNotAllowed, Class: t.Class, Type: t.Type, Size: t.Size, Why: t.Unfit}
}

// sharers returns nil if the users are crypto users other than the session's.
func (h *HSM) sharers(s *Session, ids []int) error {
	for _, id := range ids {
		if id == s.User {
			return Refusal{Reason: SharedWithSelf, User: id}
		}
		if u := h.UserByID(id); u == nil || u.Type != CU {
			return Refusal{Reason: NotCryptoUser, User: id}
		}
	}
	return nil
}

// IDTaken reports whether a key has the template's id already. The two halves of one pair may share
// it, also when they are imported one after the other (spec/kmu.md 2.7).
func (h *HSM) IDTaken(t Template) bool {
	if t.ID == "" {
		return false
	}
	for _, k := range h.Keys {
		if k == nil || k.ID != t.ID {
			continue
		}
		m := k.Material
		otherHalf := t.Origin != Generated && m.Type == t.Type && m.Class != t.Class && m.Class != attr.Secret
		if !otherHalf {
			return true
		}
	}
	return false
}

// Unfit reports whether a key is sound, but of a size, on a curve or with an exponent that no HSM
// takes.
func Unfit(err error) bool {
	return errors.Is(err, mech.ErrUnsupportedCurve) || errors.Is(err, mech.ErrModulusSize) || errors.Is(err, mech.ErrWeakExponent)
}

package hsm

import (
	"context"
	"errors"

	"hsmplay/core/attr"
	"hsmplay/core/mech"
	"hsmplay/core/mech/secret"
)

// KEKHandle is the handle of the HSM's built-in wrapping key (spec/kmu.md 2.6). Imports may use it
// (a choice, spec/kmu.md 3.23).
const KEKHandle = 4

// Arrival is a key that has come into the HSM and is to be placed. It is a recipe: making it gives
// the material itself.
type Arrival struct {
	material *mech.Material
	origin   Origin
	came     Origin // see Template
	flags    attr.Flags
	forced   []attr.Setting // by the template of the key that has unwrapped it
	spend    func() []*Key  // the approvals of the key that has unwrapped it
}

// Make returns the material of the one key.
func (a *Arrival) Make(context.Context, mech.Source) ([]*mech.Material, error) {
	return []*mech.Material{a.material}, nil
}

// Slow reports false.
func (a *Arrival) Slow() bool { return false }

// Placed tells the HSM that the key is where it should be: now the approvals are spent. It returns
// the keys whose they were.
func (a *Arrival) Placed() []*Key {
	if a.spend == nil {
		return nil
	}
	spend := a.spend
	a.spend = nil
	return spend()
}

// Template fills a template with what the key says of itself.
func (a *Arrival) Template(t Template) Template {
	m := a.material
	t.Class, t.Type, t.Curve, t.Size = m.Class, m.Type, m.Curve(), m.Size()
	t.Origin, t.Came, t.Flags, t.Forced = a.origin, a.came, a.flags, a.forced
	return t
}

// PublicArrival is a public key that comes as it is: it needs nobody to unwrap it.
func PublicArrival(m *mech.Material) *Arrival {
	return &Arrival{material: m.Public(), origin: Imported, came: Imported}
}

// UnwrapRequest says what is to be unwrapped, with which key, and what it is to be.
type UnwrapRequest struct {
	With   uint32
	Params mech.WrapParams
	Blob   []byte
	Class  attr.Class
	Type   attr.KeyType
	Flags  *attr.Flags // that came beside it; nil: none, so that it gets the defaults of its kind
	SDK5   bool        // by a client of Client SDK 5, which knows Ed25519 as a type of EC
}

// Unwrap decrypts a wrapped key. It fails as [HSM.Key], as [HSM.Permits], and with a [Refusal]:
// OtherKind, AttributeOff, QuorumMissing, NotOpened, BadIV, NoKeyInside, KeyNotAllowed.
func (h *HSM) Unwrap(session uint64, r UnwrapRequest) *Job[*Arrival] {
	ask := func() ([]use, error) {
		if err := h.Permits(session, r.Params.Wrapping); err != nil {
			return nil, err
		}
		u, err := h.grant(session, need{handle: r.With, manage: true, kind: wrapperKind(r.Params.Wrapping, RSAPrivate), flags: attr.FlagUnwrap, opcode: CNNistAESWrap})
		return named(u), err
	}
	job := newJobUntil(h, session, ask, instead(h,
		func(uses []use) (*Arrival, error) { return r.open(uses[0].key) },
		func(uses []use) (*Arrival, error) { return h.sealed(r, uses[0].key), nil }), h.expect)
	job.Slow = h.rehearsal == nil && (wrapperKind(r.Params.Wrapping, RSAPrivate) == RSAPrivate || r.Type == attr.RSA) // whose numbers are checked
	return job
}

// expect keeps the approvals of an arrival until it is placed.
func (h *HSM) expect(uses []use, a *Arrival) []*Key {
	a.spend = func() []*Key { return h.spendAll(uses) }
	return nil
}

// open decrypts the key and reads it.
func (r UnwrapRequest) open(with *Key) (*Arrival, error) {
	plain, err := secret.Unwrap(with.Material, r.Blob, r.Params)
	if err != nil {
		return nil, r.notOpened(err)
	}
	m, err := r.read(plain)
	if err != nil {
		return nil, r.notOpened(err)
	}
	return r.arrival(m, with), nil
}

// arrival is what has come out of a blob.
func (r UnwrapRequest) arrival(m *mech.Material, with *Key) *Arrival {
	a := &Arrival{material: m, origin: Imported, came: Unwrapped, forced: with.UnwrapTemplate}
	if r.Flags != nil {
		a.origin, a.flags = Unwrapped, *r.Flags
	}
	return a
}

// read reads the value of a key.
func (r UnwrapRequest) read(plain []byte) (*mech.Material, error) {
	if r.Class == attr.Secret {
		return secret.New(r.Type, plain)
	}
	parse := secret.ParsePrivate
	if r.SDK5 {
		parse = secret.ParseAnyPrivate
	}
	m, err := parse(plain)
	if err == nil && m.Type != r.Type && !(r.Type == attr.EC && m.Type == attr.Edwards) {
		err = mech.ErrKeyType
	}
	return m, err
}

// notOpened says why a blob did not become a key.
func (r UnwrapRequest) notOpened(err error) Refusal {
	refusal := Refusal{Reason: NoKeyInside, With: r.With, Class: r.Class, Type: r.Type, Why: err}
	switch {
	case Unfit(err), errors.Is(err, mech.ErrKeyLength):
		refusal.Reason = KeyNotAllowed
	case errors.Is(err, mech.ErrWrapParams):
		refusal.Reason, refusal.Size = BadIV, len(r.Params.IV)
	case errors.Is(err, mech.ErrIntegrity), errors.Is(err, mech.ErrTooLong):
		refusal.Reason = NotOpened
	}
	return refusal
}

// ImportRequest is a key of the host's that is to come in, on its way wrapped with which.
type ImportRequest struct {
	Key  *mech.Material
	With uint32         // KEKHandle for the built-in key
	Host []byte         // the AES key with which the host wraps; nil: the HSM encrypts for it
	KEK  *mech.Material // the HSM's built-in key; the cluster knows it
}

// Import has the host wrap a key of its own and the HSM unwrap it. Where the host wraps with a key
// of its own, it must be the one that unwraps. It fails as [HSM.Key], and with OtherKind,
// AttributeOff, QuorumMissing, NoHostKey and OtherHostKey.
func (h *HSM) Import(session uint64, r ImportRequest) *Job[*Arrival] {
	wrapper := need{handle: r.With, manage: true, kind: AESKey, flags: attr.FlagUnwrap, opcode: CNNistAESWrap}
	if r.Host == nil {
		wrapper.flags |= attr.FlagEncrypt
	}
	ask := func() ([]use, error) {
		if r.With == KEKHandle && h.LoggedIn(session) {
			return nil, nil
		}
		u, err := h.grant(session, wrapper)
		return named(u), err
	}
	return newJobUntil(h, session, ask, func(uses []use) (*Arrival, error) {
		with := r.KEK
		if len(uses) > 0 {
			with = uses[0].key.Material
		}
		if r.Host != nil {
			if err := travels(secret.Value(r.Key), with, r.Host, true); err != nil {
				return nil, err
			}
		}
		return &Arrival{material: r.Key, origin: Imported, came: Imported}, nil
	}, h.expect)
}

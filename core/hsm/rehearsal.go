package hsm

import (
	"context"
	"slices"

	"hsmplay/core/attr"
	"hsmplay/core/mech"
)

// Rehearsal is what a dry run on copies of HSMs has come to. On them everything is checked, in the
// same order as ever, and done, but for what takes a secret: no key is made, nothing is signed or
// opened with a private key, no password is derived. Something stands in for the result, and what
// has been taken for granted is noted. A nil rehearsal is none: all is done in earnest.
type Rehearsal struct {
	Granted []Grant
	Calls   int // to HSMs, so far
	stopped bool
}

// Grant is something that a rehearsal takes for granted.
type Grant string

// What is taken for granted.
const (
	RightPassword Grant = "password"
	Opens         Grant = "opens"   // what was wrapped, with the key that is to open it
	Matches       Grant = "matches" // a signature
	Sound         Grant = "sound"   // the key in a file: its parts belong together
)

// Grant notes something that is taken for granted outside HSMs, and reports whether there is a
// rehearsal.
func (r *Rehearsal) Grant(g Grant) bool {
	if r != nil {
		r.grant(g)
	}
	return r != nil
}

// grant notes something that is taken for granted, once.
func (r *Rehearsal) grant(g Grant) {
	if !slices.Contains(r.Granted, g) {
		r.Granted = append(r.Granted, g)
	}
}

// Stop ends a rehearsal at something that must not be done in one, and does nothing in earnest:
// what comes after is not known.
func (r *Rehearsal) Stop() {
	if r != nil {
		r.stopped = true
		panic("hsm: only rehearsed")
	}
}

// Stopped reports whether the rehearsal has come to something that must not be done in one.
func (r *Rehearsal) Stopped() bool { return r.stopped }

// Rehearse makes an HSM, which is a copy, part of a rehearsal.
func (h *HSM) Rehearse(r *Rehearsal) { h.rehearsal = r }

// StandIn is the recipe of keys that are not made: each has the public facts that its template
// tells, and no secret.
type StandIn struct {
	Templates []Template
	Recipe    mech.Recipe // that it stands in for
}

// Make returns what stands in for the material.
func (s StandIn) Make(context.Context, mech.Source) (list []*mech.Material, _ error) {
	for _, t := range s.Templates {
		m := standIn(t)
		if l, ok := s.Recipe.(*mech.Lattice); ok {
			m.SPKI = l.StandIn()
		}
		list = append(list, m)
	}
	return list, nil
}

// Slow reports false.
func (s StandIn) Slow() bool { return false }

// standIn is a material without a secret.
func standIn(t Template) *mech.Material {
	m := &mech.Material{Class: t.Class, Type: t.Type, ValueLen: t.Size, KCV: make([]byte, 3)}
	switch t.Type {
	case attr.EC:
		m.Bits = t.Curve.NID
	case attr.RSA:
		m.Bits, m.Modulus, m.Exponent = t.Size, make([]byte, t.Size/8), []byte{1, 0, 1}
	}
	return m
}

// usually are the sizes of keys whose size a rehearsal does not know.
var usually = map[attr.KeyType]int{attr.AES: 32, attr.DES3: 24, attr.GenericSecret: 32, attr.RSA: 2048, attr.DSA: 2048}

// sealed is a key that has come wrapped, and that a rehearsal does not open.
func (h *HSM) sealed(r UnwrapRequest, with *Key) *Arrival {
	if r.Type == attr.DSA { // whose size is in its numbers
		h.rehearsal.Stop()
	}
	h.rehearsal.grant(Opens)
	t := Template{Class: r.Class, Type: r.Type, Size: usually[r.Type]}
	t.Curve, _ = mech.CurveNamed("prime256v1")
	return r.arrival(standIn(t), with)
}

// instead is what an operation computes, or in a rehearsal what stands in for it.
func instead[T any](h *HSM, work, rehearsed func([]use) (T, error)) func([]use) (T, error) {
	if h.rehearsal != nil {
		return rehearsed
	}
	return work
}

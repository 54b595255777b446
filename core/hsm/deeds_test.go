package hsm_test

import (
	"crypto"
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/attr"
	"hsmplay/core/hsm"
	"hsmplay/core/mech"
)

// doing does each deed with a key, in a session whose user has an AES key of his own.
var doing = map[string]func(h *hsm.HSM, session uint64, k, mine uint32) error{
	"sign": func(h *hsm.HSM, s uint64, k, _ uint32) error {
		return h.Sign(s, hsm.SignRequest{Handle: k, Mechanism: mech.ECDSAWith(crypto.SHA256), Message: []byte("m")}).Err
	},
	"verify": func(h *hsm.HSM, s uint64, k, _ uint32) error {
		return h.Verify(s, hsm.SignRequest{Handle: k, Mechanism: mech.ECDSAWith(crypto.SHA256), Message: []byte("m")}).Err
	},
	"wrap": func(h *hsm.HSM, s uint64, k, mine uint32) error {
		return h.Wrap(s, hsm.WrapRequest{Handle: mine, With: k, Params: mech.WrapParams{Wrapping: wrappingOf(h, k)}}).Err
	},
	"unwrap": func(h *hsm.HSM, s uint64, k, _ uint32) error {
		return h.Unwrap(s, hsm.UnwrapRequest{With: k, Params: mech.WrapParams{Wrapping: wrappingOf(h, k)}}).Err
	},
	"export": func(h *hsm.HSM, s uint64, k, mine uint32) error {
		return h.Wrap(s, hsm.WrapRequest{Handle: k, With: mine, Params: mech.WrapParams{Wrapping: mech.WrapPad}}).Err
	},
	"read":   func(h *hsm.HSM, s uint64, k, _ uint32) error { _, err := h.ExportPublic(s, k); return err },
	"share":  func(h *hsm.HSM, s uint64, k, _ uint32) error { return share(h, s, k) },
	"label":  func(h *hsm.HSM, s uint64, k, _ uint32) error { return h.SetAttribute(s, k, attr.Label, "new") },
	"trust":  func(h *hsm.HSM, s uint64, k, _ uint32) error { return trust(h, s, k) },
	"copy":   func(h *hsm.HSM, s uint64, k, _ uint32) error { return extract(h, s, k) },
	"delete": func(h *hsm.HSM, s uint64, k, _ uint32) error { _, err := h.Delete(s, k); return err },
}

func wrappingOf(h *hsm.HSM, k uint32) mech.Wrapping {
	if h.At(k).Material.Type == attr.RSA {
		return mech.WrapOAEP
	}
	return mech.WrapPad
}

// ours are the reasons that speak of rights and of the key, not of what was handed in with it.
func ours(err error) bool {
	var r hsm.Refusal
	if !errors.As(err, &r) {
		return err != nil
	}
	switch r.Reason {
	case hsm.NoSuchKey, hsm.NotOwner, hsm.SessionKey, hsm.OtherKind, hsm.AttributeOff, hsm.NotExtractable, hsm.NotDestroyable, hsm.NotModifiable, hsm.QuorumMissing,
		hsm.ApprovalsMissing:
		return true
	}
	return false
}

func TestDeedsAreRefusedAsTheHSMRefuses(t *testing.T) {
	recipes := map[string]mech.Recipe{"EC": p256, "RSA": rsa2k, "AES": aes256}
	changes := map[string]func(*hsm.Key){
		"as it is made": func(*hsm.Key) {}, "shared": shared, "of a session": inSession, "fixed": with(attr.FlagFixed), "not extractable": without(attr.FlagExtractable),
		"not destroyable": without(attr.FlagDestroyable), "for nothing": without(attr.FlagSign | attr.FlagVerify | attr.FlagWrap | attr.FlagUnwrap),
	}
	require.Len(t, doing, len(hsm.Deeds))
	fresh := desk(t)
	for recipe, r := range recipes {
		for change, c := range changes {
			for _, session := range []uint64{asAlice, asBob, asAdmin} {
				all := fresh.Copy()
				mine := made(t, all, aes256, func(k *hsm.Key) { k.Owner = all.Sessions[session-1].User })[0]
				for _, k := range made(t, all, r, c) {
					for _, d := range hsm.Deeds {
						if h := all.Copy(); d.Takes(h.At(k)) {
							refused, _ := d.Refuses(h.At(k), h.UserByID(h.Sessions[session-1].User))
							err := doing[d.Name](h, session, k, mine)
							require.Equal(t, ours(err), refused != "", "%s a key %s (%s, %d) in session %d: %v, not %q", d.Name, change, recipe, k, session, err, refused)
						}
					}
				}
			}
		}
	}
}

func TestDeedsTakeApprovals(t *testing.T) {
	h := desk(t)
	k := h.At(made(t, h, aes256, func(k *hsm.Key) { k.MValue, k.Manage = 2, 3 })[0])
	got := map[string]int{}
	for _, d := range hsm.Deeds {
		got[d.Name] = d.Approvals(k)
	}
	require.Equal(t, map[string]int{"sign": 2, "verify": 2, "read": 2, "wrap": 3, "unwrap": 3, "export": 3, "share": 3, "label": 3,
		"trust": 0, "copy": 0, "delete": 0}, got)
}

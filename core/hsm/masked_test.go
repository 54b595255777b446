package hsm_test

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/attr"
	"hsmplay/core/hsm"
	"hsmplay/core/mech"
	"hsmplay/core/retcode"
)

// The masking of a cluster, and of another one with the same secret.
var (
	masking  = hsm.Masking{Name: "ours", Key: bytes.Repeat([]byte{1}, 32)}
	stranger = hsm.Masking{Name: "theirs", Key: masking.Key}
)

func TestMaskedObjects(t *testing.T) {
	h := desk(t)
	key := made(t, h, aes256, shared, without(attr.FlagExtractable), with(attr.FlagTrusted), func(k *hsm.Key) { k.Label, k.ID = "l", "i" })[0]
	object, err := h.Mask(asAlice, key, masking)
	require.NoError(t, err)
	tm, arrival, err := h.Unmask(asAlice, object, masking)
	require.NoError(t, err)
	materials, _ := arrival.Make(t.Context(), mech.Source{})
	require.Equal(t, h.At(key).Material, materials[0])
	want := *h.At(key)
	want.Flags &^= attr.FlagTrusted // an officer may have taken it back meanwhile
	require.Equal(t, &want, tm.Key(key, h.Sessions[0], h.At(key).Material), "an HSM vouches for the rest of it")
}

func TestWhoMasksAKey(t *testing.T) {
	h := desk(t)
	key := made(t, h, aes256, shared)[0]
	for session, want := range map[uint64]any{unopened: retcode.BadSession, asNobody: retcode.UserNotReady,
		asAdmin: hsm.NotPermitted, asBob: hsm.NotOwner} {
		_, err := h.Mask(session, key, masking)
		refusedFor(t, want, err, fmt.Sprint(session))
	}
	_, err := h.Mask(asAlice, 99, masking)
	refusedFor(t, hsm.NoSuchKey, err, "no key")
}

func TestWhoseMaskedObjectsOpen(t *testing.T) {
	h := desk(t)
	key := made(t, h, aes256)[0]
	object, err := h.Mask(asAlice, key, masking)
	require.NoError(t, err)
	theirs, err := h.Mask(asAlice, key, stranger)
	require.NoError(t, err)
	for _, row := range []struct {
		name    string
		session uint64
		object  []byte
		want    any
	}{
		{"no session", unopened, object, retcode.BadSession},
		{"no login, whatever it is", asNobody, []byte("{"), retcode.UserNotReady},
		{"another user's", asBob, object, hsm.MaskedByOther},
		{"another cluster's", asAlice, theirs, hsm.MaskedElsewhere},
		{"nothing", asAlice, nil, hsm.NotMasked},
		{"cut", asAlice, object[:len(object)-1], hsm.NotMasked},
		{"too long", asAlice, append(bytes.Clone(object), make([]byte, hsm.MaskedMax)...), hsm.NotMasked},
		{"renamed", asAlice, bytes.Replace(theirs, []byte("theirs"), []byte("ours"), 1), hsm.NotMasked},
	} {
		_, _, err := h.Unmask(row.session, row.object, masking)
		refusedFor(t, row.want, err, row.name)
	}
	for i := range object {
		damaged := bytes.Clone(object)
		damaged[i] ^= 0x40
		_, _, err := h.Unmask(asAlice, damaged, masking)
		require.Error(t, err, "byte %d", i)
	}
	here, masked := masking.IsMasked(theirs)
	require.Equal(t, []bool{false, true}, []bool{here, masked})
	here, masked = masking.IsMasked(object)
	require.Equal(t, []bool{true, true}, []bool{here, masked})
	here, masked = masking.IsMasked([]byte("ours"))
	require.Equal(t, []bool{false, false}, []bool{here, masked})
}

package hsm_test

import (
	"context"
	"crypto"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/attr"
	"hsmplay/core/hsm"
	"hsmplay/core/mech"
	"hsmplay/core/mech/secret"
	"hsmplay/core/retcode"
)

// approve gives a session an approved token for a key.
func approve(t *testing.T, h *hsm.HSM, session uint64, key uint32) {
	t.Helper()
	token, err := h.NewToken(session, hsm.Request{Service: hsm.UserMgmt, Name: h.SessionUser(session).Name, Handle: key})
	require.NoError(t, err)
	pair, err := rsa2k.Make(t.Context(), readyRSA)
	require.NoError(t, err)
	for _, name := range []string{"alice", "bob"} {
		u := *h.UserNamed(hsm.CU, name)
		u.Quorum = pair[0].SPKI
		h.PutUser(&u)
	}
	signature, err := secret.Sign(pair[1], mech.PKCS1(crypto.SHA256), token.Record)
	require.NoError(t, err)
	require.NoError(t, h.Approve(session, token.Record, []hsm.Approval{{Type: hsm.CU, Name: "bob", Signature: signature}}))
}

// Every use of a key that asks for approvals: refused without, done once with them, and then
// refused again. What fails takes no approvals.
func TestApprovalsAreForOneUse(t *testing.T) {
	for _, op := range []struct {
		name string
		do   func(h *hsm.HSM, key, other uint32) error
		fail func(h *hsm.HSM, key, other uint32) error
	}{
		{"what wraps",
			func(h *hsm.HSM, key, other uint32) error { return wraps(h, other, key, mech.WrapPad) },
			func(h *hsm.HSM, key, other uint32) error { return wraps(h, 99, key, mech.WrapPad) }},
		{"what is wrapped",
			func(h *hsm.HSM, key, other uint32) error { return wraps(h, key, other, mech.WrapPad) },
			func(h *hsm.HSM, key, other uint32) error { return wraps(h, key, 99, mech.WrapPad) }},
		{"export",
			func(h *hsm.HSM, key, other uint32) error { return exports(h, key, other, nil) },
			func(h *hsm.HSM, key, other uint32) error { return exports(h, key, other, []byte("no key")) }},
		{"a file",
			func(h *hsm.HSM, key, _ uint32) error {
				_, err := done(h.WrapData(asAlice, hsm.DataRequest{With: key}))
				return err
			},
			func(h *hsm.HSM, key, _ uint32) error {
				_, err := done(h.UnwrapData(asAlice, hsm.DataRequest{With: key, Data: make([]byte, 16)}))
				return err
			}},
		{"an attribute",
			func(h *hsm.HSM, key, _ uint32) error { return h.SetAttribute(asAlice, key, attr.Derive, "1") },
			func(h *hsm.HSM, key, _ uint32) error { return h.SetAttribute(asAlice, key, attr.Local, "1") }},
		{"sharing",
			func(h *hsm.HSM, key, _ uint32) error { return h.Share(asAlice, key, []int{4}, true) },
			func(h *hsm.HSM, key, _ uint32) error { return h.Share(asAlice, key, []int{1}, true) }},
	} {
		h := desk(t)
		key, other := made(t, h, aes256, quorate)[0], made(t, h, aes256)[0]
		require.ErrorIs(t, op.do(h, key, other), hsm.NotApproved, op.name)
		approve(t, h, asAlice, key)
		require.Error(t, op.fail(h, key, other), op.name)
		require.Len(t, h.Quorum.Tokens, 1, "%s: what failed has spent nothing", op.name)
		require.NoError(t, op.do(h, key, other), op.name)
		require.Empty(t, h.Quorum.Tokens, op.name)
		if op.name != "an attribute" { // which is as it should be now
			require.ErrorIs(t, op.do(h, key, other), hsm.NotApproved, op.name)
		}
	}
}

func wraps(h *hsm.HSM, key, with uint32, w mech.Wrapping) error {
	_, err := done(h.Wrap(asAlice, hsm.WrapRequest{Handle: key, With: with, Params: mech.WrapParams{Wrapping: w}}))
	return err
}

func exports(h *hsm.HSM, key, with uint32, host []byte) error {
	_, err := done(h.Export(asAlice, hsm.ExportRequest{Handle: key, Want: hsm.SecretKey, With: with, Host: host}))
	return err
}

func TestApprovalsOfAnUnwrapperAreSpentWhenTheKeyIsThere(t *testing.T) {
	h := desk(t)
	key := made(t, h, aes256, quorate)[0]
	request := hsm.UnwrapRequest{With: key, Params: mech.WrapParams{Wrapping: mech.WrapPad}, Class: attr.Secret, Type: attr.AES,
		Blob: wrap(t, h, key, make([]byte, 16))}
	refusedFor(t, hsm.QuorumMissing, h.Unwrap(asAlice, request).Err, "without approvals")
	approve(t, h, asAlice, key)
	arrival, err := done(h.Unwrap(asAlice, request))
	require.NoError(t, err)
	require.Len(t, h.Quorum.Tokens, 1)
	require.Equal(t, []*hsm.Key{h.At(key)}, arrival.Placed())
	require.Empty(t, h.Quorum.Tokens)
	require.Empty(t, arrival.Placed(), "once")
}

// Two operations that have begun with one approval: the second one is refused in the end.
func TestTheWorldIsAskedAgainAtTheEnd(t *testing.T) {
	h := desk(t)
	key := made(t, h, aes256, quorate)[0]
	approve(t, h, asAlice, key)
	one, two := h.WrapData(asAlice, hsm.DataRequest{With: key}), h.WrapData(asAlice, hsm.DataRequest{With: key})
	one.Work(context.Background())
	two.Work(context.Background())
	_, err := one.Finish()
	require.NoError(t, err)
	_, err = two.Finish()
	refusedFor(t, hsm.QuorumMissing, err, "the approvals were for one use")

	pair := made(t, h, p256)
	job := h.Sign(asAlice, hsm.SignRequest{Handle: pair[1], Mechanism: mech.ECDSAWith(crypto.SHA256)})
	job.Work(context.Background())
	h.Erase(pair[1])
	_, err = job.Finish()
	refusedFor(t, hsm.NoSuchKey, err, "the key has gone meanwhile")
}

// What the audit log says of uses: wrapping is in it, with how it has ended; signing is not
// (spec/cmu.md 7.4).
func TestUsesThatAreRecorded(t *testing.T) {
	h := desk(t)
	pair, key, held := made(t, h, p256), made(t, h, aes256)[0], made(t, h, aes256, without(attr.FlagExtractable))[0]
	wrapped := func(op hsm.Opcode, k uint32, code uint32) line { return line{op, retcode.Code(code), [2]uint32{k, 0}} }
	for _, row := range []struct {
		name string
		do   func() error
		want []line
	}{
		{"sign", func() error {
			_, err := done(h.Sign(asAlice, hsm.SignRequest{Handle: pair[1], Mechanism: mech.ECDSAWith(crypto.SHA256)}))
			return err
		}, nil},
		{"wrap", func() error { return wraps(h, pair[1], key, mech.WrapPad) },
			[]line{wrapped(hsm.CNWrapKey, pair[1], 0), wrapped(hsm.CNNistAESWrap, key, 0)}},
		{"what may not leave", func() error { return wraps(h, held, key, mech.WrapPad) }, []line{wrapped(hsm.CNWrapKey, held, 0xc6)}},
		{"no such key", func() error { return wraps(h, 99, key, mech.WrapPad) }, nil},
		{"no such wrapper", func() error { return wraps(h, key, 99, mech.WrapPad) }, []line{wrapped(hsm.CNWrapKey, key, 0xa8)}},
		{"what cannot be done", func() error { return exports(h, key, key, []byte("no key")) },
			[]line{wrapped(hsm.CNWrapKey, key, 0x1b), wrapped(hsm.CNNistAESWrap, key, 0x1b)}},
		{"a file", func() error { _, err := done(h.WrapData(asAlice, hsm.DataRequest{With: key})); return err },
			[]line{wrapped(hsm.CNNistAESWrap, key, 0)}},
		{"a public key", func() error { _, err := h.ExportPublic(asAlice, pair[0]); return err }, []line{wrapped(hsm.CNWrapKey, pair[0], 0)}},
	} {
		from := len(h.Audit.Entries)
		_ = row.do()
		require.Equal(t, row.want, lines(h.Audit.Entries[from:]), row.name)
	}
}

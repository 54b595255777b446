package hsm_test

import (
	"context"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/attr"
	"hsmplay/core/hsm"
	"hsmplay/core/mech"
	"hsmplay/core/retcode"
)

// The sessions of a desk.
const (
	asAlice  = 1 // who owns the keys
	asBob    = 2 // with whom those are shared that say so
	asAdmin  = 3
	asNobody = 4
	unopened = 9
)

// desk is an HSM in FIPS mode with sessions of all sorts of users.
func desk(t testing.TB) *hsm.HSM {
	h := fresh()
	h.KeysMax, h.SessMax = 100, 10
	for i, name := range []string{"alice", "bob"} {
		session := uint64(asAlice + i)
		require.NoError(t, h.OpenSession(session))
		require.NoError(t, h.Login(session, hsm.CU, name, proof("password")))
	}
	require.NoError(t, h.OpenSession(asAdmin))
	require.NoError(t, h.Login(asAdmin, hsm.CO, "admin", proof("password")))
	require.NoError(t, h.OpenSession(asNobody))
	return h
}

// readyRSA is a ready-made key, so that tests need not search for primes.
var readyRSA = mech.Source{RSA: func(context.Context, int) (*rsa.PrivateKey, error) {
	data, err := os.ReadFile("../mech/internal/material/testdata/rsa2048_1.pem")
	if err != nil {
		return nil, err
	}
	block, _ := pem.Decode(data)
	return x509.ParsePKCS1PrivateKey(block.Bytes)
}}

// made puts the keys of a recipe into an HSM, alice's, as the changes say, and returns their
// handles, public before private.
func made(t testing.TB, h *hsm.HSM, recipe mech.Recipe, changes ...func(*hsm.Key)) []uint32 {
	t.Helper()
	materials, err := recipe.Make(t.Context(), readyRSA)
	require.NoError(t, err)
	var handles []uint32
	for _, m := range materials {
		slot := hsm.FirstSlot
		for h.At(uint32(slot)) != nil {
			slot++
		}
		k := hsm.Template{Class: m.Class, Type: m.Type}.Key(uint32(slot), h.Sessions[0], m)
		for _, change := range changes {
			change(k)
		}
		h.Put(k)
		handles = append(handles, k.Handle)
	}
	return handles
}

// The ways in which a key may be another one than usual.
func without(f attr.Flags) func(*hsm.Key) { return func(k *hsm.Key) { k.Flags &^= f } }

func with(f attr.Flags) func(*hsm.Key) { return func(k *hsm.Key) { k.Flags |= f } }

func shared(k *hsm.Key) { k.Shared = []int{4} }

func quorate(k *hsm.Key) { k.Shared, k.MValue = []int{4}, 1 }

func inSession(k *hsm.Key) { k.Session = asAlice }

var (
	aes128 = mech.SecretKey{Type: attr.AES, Size: 16}
	aes256 = mech.SecretKey{Type: attr.AES, Size: 32}
	rsa2k  = mech.RSA{Bits: 2048, Exponent: 65537}
	p256   = mech.EC{Curve: curve("prime256v1")}
)

// done computes a job.
func done[T any](j *hsm.Job[T]) (T, error) {
	j.Work(context.Background())
	return j.Finish()
}

// refusedFor checks why something was refused: a reason, or a bare code; nil is not refused.
func refusedFor(t *testing.T, want any, err error, name string) {
	t.Helper()
	if want == nil {
		require.NoError(t, err, name)
		return
	}
	if code, bare := want.(retcode.Code); bare {
		require.Equal(t, error(code), err, name)
		return
	}
	var refusal hsm.Refusal
	require.ErrorAs(t, err, &refusal, name)
	require.Equal(t, want, refusal.Reason, name)
	require.Equal(t, refusal.Reason.Code(), retcode.Of(err), name)
}

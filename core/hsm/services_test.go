package hsm_test

import (
	"bytes"
	"context"
	"crypto"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/attr"
	"hsmplay/core/hsm"
	"hsmplay/core/mech"
	"hsmplay/core/mech/secret"
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
func readyRSA(context.Context, int) (*rsa.PrivateKey, error) {
	data, err := os.ReadFile("../mech/internal/material/testdata/rsa2048_1.pem")
	if err != nil {
		return nil, err
	}
	block, _ := pem.Decode(data)
	return x509.ParsePKCS1PrivateKey(block.Bytes)
}

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
func with(f attr.Flags) func(*hsm.Key)    { return func(k *hsm.Key) { k.Flags |= f } }
func shared(k *hsm.Key)                   { k.Shared = []int{4} }
func quorate(k *hsm.Key)                  { k.Shared, k.MValue = []int{4}, 1 }
func inSession(k *hsm.Key)                { k.Session = asAlice }

var (
	aes128 = mech.SecretKey{Type: attr.AES, Size: 16}
	aes256 = mech.SecretKey{Type: attr.AES, Size: 32}
	rsa2k  = mech.RSA{Bits: 2048, Exponent: 65537}
	p256   = mech.EC{Curve: curve("prime256v1")}
)

// done computes a job.
func done[T any](j *hsm.Job[T]) (T, error) {
	j.Work()
	return j.Finish()
}

// refusedFor checks why something was refused: a reason, or a bare code.
func refusedFor(t *testing.T, want any, err error, name string) {
	t.Helper()
	if code, bare := want.(retcode.Code); bare {
		require.Equal(t, error(code), err, name)
		return
	}
	var refusal hsm.Refusal
	require.ErrorAs(t, err, &refusal, name)
	require.Equal(t, want, refusal.Reason, name)
	require.Equal(t, refusal.Reason.Code(), retcode.Of(err), name)
}

// strangers are who may not use alice's key, whatever is asked.
var strangers = []struct {
	name    string
	session uint64
	want    any
}{
	{"no session", unopened, retcode.BadSession},
	{"no login", asNobody, retcode.UserNotReady},
	{"an officer", asAdmin, hsm.NotPermitted},
	{"another crypto user", asBob, hsm.NoSuchKey},
}

func TestWhoUsesKeys(t *testing.T) {
	h := desk(t)
	pair, aesKey := made(t, h, p256), made(t, h, aes256)[0]
	message := hsm.SignRequest{Handle: pair[1], Mechanism: mech.ECDSAWith(crypto.SHA256), Message: []byte("m")}
	wrap := hsm.WrapRequest{Handle: aesKey, With: aesKey, Params: mech.WrapParams{Wrapping: mech.WrapPad}}
	for _, s := range strangers {
		for name, err := range map[string]error{
			"sign":          h.Sign(s.session, message).Err,
			"wrap":          h.Wrap(s.session, wrap).Err,
			"unwrap":        h.Unwrap(s.session, hsm.UnwrapRequest{With: aesKey, Params: wrap.Params}).Err,
			"import":        h.Import(s.session, hsm.ImportRequest{With: aesKey}).Err,
			"export":        h.Export(s.session, hsm.ExportRequest{Handle: aesKey, Want: hsm.SecretKey, With: aesKey}).Err,
			"wrap a file":   h.WrapData(s.session, hsm.DataRequest{With: aesKey}).Err,
			"unwrap a file": h.UnwrapData(s.session, hsm.DataRequest{With: aesKey}).Err,
		} {
			refusedFor(t, s.want, err, s.name+": "+name)
		}
	}
	_, err := h.ExportPublic(asBob, pair[0])
	require.NoError(t, err, "public keys are everybody's who is a crypto user")
	_, err = h.ExportPublic(asAdmin, pair[0])
	require.Equal(t, error(hsm.NotPermitted), err)
}

func TestASessionKeyIsUsedInItsSessionAlone(t *testing.T) {
	h := desk(t)
	require.NoError(t, h.OpenSession(5))
	require.NoError(t, h.Login(5, hsm.CU, "alice", proof("password")))
	key := made(t, h, aes256, inSession)[0]
	_, err := done(h.WrapData(asAlice, hsm.DataRequest{With: key}))
	require.NoError(t, err)
	refusedFor(t, hsm.NoSuchKey, h.WrapData(5, hsm.DataRequest{With: key}).Err, "her other session")
}

// kindsOfKeys are keys of all kinds, by what they are.
func kindsOfKeys(t *testing.T, h *hsm.HSM) map[string]uint32 {
	rsaPair, ecPair, dsaPair := made(t, h, rsa2k), made(t, h, p256), made(t, h, mech.DSA{Bits: 2048})
	return map[string]uint32{
		"AES": made(t, h, aes256)[0], "3DES": made(t, h, mech.SecretKey{Type: attr.DES3, Size: 24})[0],
		"generic":    made(t, h, mech.SecretKey{Type: attr.GenericSecret, Size: 16})[0],
		"RSA public": rsaPair[0], "RSA private": rsaPair[1], "EC public": ecPair[0], "EC private": ecPair[1],
		"DSA public": dsaPair[0], "DSA private": dsaPair[1],
	}
}

func TestKindsOfKeysPerOperation(t *testing.T) {
	h := desk(t)
	h.Policy.FIPS = false
	keys := kindsOfKeys(t, h)
	signing := hsm.SignRequest{Mechanism: mech.PKCS1(crypto.SHA256)}
	wrapping := func(k uint32, with uint32, w mech.Wrapping) error {
		return h.Wrap(asAlice, hsm.WrapRequest{Handle: k, With: with, Params: mech.WrapParams{Wrapping: w}}).Err
	}
	for _, op := range []struct {
		name  string
		takes string
		ask   func(uint32) error
	}{
		{"sign", "RSA private, EC private, DSA private", func(k uint32) error { r := signing; r.Handle = k; return h.Sign(asAlice, r).Err }},
		{"verify", "RSA public, EC public, DSA public", func(k uint32) error { r := signing; r.Handle = k; return h.Verify(asAlice, r).Err }},
		{"export public", "RSA public, EC public, DSA public", func(k uint32) error { _, err := h.ExportPublic(asAlice, k); return err }},
		{"what is wrapped", "AES, 3DES, generic, RSA private, EC private, DSA private", func(k uint32) error { return wrapping(k, keys["AES"], mech.WrapPad) }},
		{"wrap by AES", "AES", func(k uint32) error { return wrapping(keys["AES"], k, mech.WrapPad) }},
		{"wrap by AES GCM", "AES", func(k uint32) error { return wrapping(keys["AES"], k, mech.WrapGCM) }},
		{"wrap by OAEP", "RSA public", func(k uint32) error { return wrapping(keys["AES"], k, mech.WrapOAEP) }},
		{"wrap by PKCS#1", "RSA public", func(k uint32) error { return wrapping(keys["AES"], k, mech.WrapPKCS1) }},
		{"unwrap by OAEP", "RSA private", func(k uint32) error {
			return h.Unwrap(asAlice, hsm.UnwrapRequest{With: k, Params: mech.WrapParams{Wrapping: mech.WrapOAEP}}).Err
		}},
		{"unwrap by AES", "AES", func(k uint32) error {
			return h.Unwrap(asAlice, hsm.UnwrapRequest{With: k, Params: mech.WrapParams{Wrapping: mech.WrapPKCS5}}).Err
		}},
		{"export a secret", "AES, 3DES, generic", func(k uint32) error {
			return h.Export(asAlice, hsm.ExportRequest{Handle: k, Want: hsm.SecretKey, With: keys["AES"]}).Err
		}},
		{"export a private key", "RSA private, EC private, DSA private", func(k uint32) error {
			return h.Export(asAlice, hsm.ExportRequest{Handle: k, Want: hsm.PrivateKey, With: keys["AES"]}).Err
		}},
		{"import under", "AES", func(k uint32) error { return h.Import(asAlice, hsm.ImportRequest{With: k}).Err }},
		{"wrap a file", "AES", func(k uint32) error { return h.WrapData(asAlice, hsm.DataRequest{With: k}).Err }},
		{"unwrap a file", "AES", func(k uint32) error { return h.UnwrapData(asAlice, hsm.DataRequest{With: k}).Err }},
	} {
		for name, key := range keys {
			var refusal hsm.Refusal
			other := errors.As(op.ask(key), &refusal) && refusal.Reason == hsm.OtherKind
			require.Equal(t, !slices.Contains(strings.Split(op.takes, ", "), name), other, "%s: %s", op.name, name)
			if other {
				require.Equal(t, key, refusal.Handle)
				require.NotEmpty(t, refusal.Want)
			}
		}
	}
}

// needs are the flags that each use of a key asks for. Any other flag may be off.
func TestFlagsPerOperation(t *testing.T) {
	for _, op := range []struct {
		name   string
		recipe mech.Recipe
		which  int
		needs  attr.Flags
		ask    func(h *hsm.HSM, k, other uint32) error
	}{
		{"sign", p256, 1, attr.FlagSign, func(h *hsm.HSM, k, _ uint32) error {
			return h.Sign(asAlice, hsm.SignRequest{Handle: k, Mechanism: mech.ECDSAWith(crypto.SHA256)}).Err
		}},
		{"verify", p256, 0, attr.FlagVerify, func(h *hsm.HSM, k, _ uint32) error {
			return h.Verify(asAlice, hsm.SignRequest{Handle: k, Mechanism: mech.ECDSAWith(crypto.SHA256)}).Err
		}},
		{"what is wrapped", aes256, 0, attr.FlagExtractable, func(h *hsm.HSM, k, other uint32) error {
			return h.Wrap(asAlice, hsm.WrapRequest{Handle: k, With: other, Params: mech.WrapParams{Wrapping: mech.WrapPad}}).Err
		}},
		{"what wraps", aes256, 0, attr.FlagWrap, func(h *hsm.HSM, k, other uint32) error {
			return h.Wrap(asAlice, hsm.WrapRequest{Handle: other, With: k, Params: mech.WrapParams{Wrapping: mech.WrapPad}}).Err
		}},
		{"what unwraps", aes256, 0, attr.FlagUnwrap, func(h *hsm.HSM, k, _ uint32) error {
			return h.Unwrap(asAlice, hsm.UnwrapRequest{With: k, Params: mech.WrapParams{Wrapping: mech.WrapPad}}).Err
		}},
		{"what is exported", aes256, 0, attr.FlagExtractable, func(h *hsm.HSM, k, other uint32) error {
			return h.Export(asAlice, hsm.ExportRequest{Handle: k, Want: hsm.SecretKey, With: other}).Err
		}},
		{"export under", aes256, 0, attr.FlagWrap | attr.FlagDecrypt, func(h *hsm.HSM, k, other uint32) error {
			return h.Export(asAlice, hsm.ExportRequest{Handle: other, Want: hsm.SecretKey, With: k}).Err
		}},
		{"export under, opened by the host", aes256, 0, attr.FlagWrap, func(h *hsm.HSM, k, other uint32) error {
			return h.Export(asAlice, hsm.ExportRequest{Handle: other, Want: hsm.SecretKey, With: k, Host: []byte{}}).Err
		}},
		{"import under", aes256, 0, attr.FlagUnwrap | attr.FlagEncrypt, func(h *hsm.HSM, k, _ uint32) error {
			return h.Import(asAlice, hsm.ImportRequest{With: k}).Err
		}},
		{"import under, wrapped by the host", aes256, 0, attr.FlagUnwrap, func(h *hsm.HSM, k, _ uint32) error {
			return h.Import(asAlice, hsm.ImportRequest{With: k, Host: []byte{}}).Err
		}},
		{"export public", p256, 0, attr.FlagExtractable, func(h *hsm.HSM, k, _ uint32) error {
			_, err := h.ExportPublic(asAlice, k)
			return err
		}},
		{"wrap a file", aes256, 0, attr.FlagWrap | attr.FlagEncrypt, func(h *hsm.HSM, k, _ uint32) error {
			return h.WrapData(asAlice, hsm.DataRequest{With: k}).Err
		}},
		{"unwrap a file", aes256, 0, attr.FlagUnwrap | attr.FlagDecrypt, func(h *hsm.HSM, k, _ uint32) error {
			return h.UnwrapData(asAlice, hsm.DataRequest{With: k}).Err
		}},
	} {
		for _, row := range attr.Table {
			if row.Flag == 0 {
				continue
			}
			h := desk(t)
			other := made(t, h, aes256)[0]
			key := made(t, h, op.recipe, with(attr.FlagNeverExtractable<<1-1), without(row.Flag|attr.FlagWrapWithTrusted))[op.which]
			err := op.ask(h, key, other)
			if !op.needs.Has(row.Flag) {
				require.NoError(t, err, "%s without %s", op.name, row.Name)
				continue
			}
			want := hsm.AttributeOff
			if row.Attr == attr.Extractable {
				want = hsm.NotExtractable
			}
			require.Equal(t, hsm.Refusal{Reason: want, Handle: key, Attr: row.Attr}, err, "%s without %s", op.name, row.Name)
		}
	}
}

// Who a key is shared with uses it, and does not take it out.
func TestWhatSharersMay(t *testing.T) {
	h := desk(t)
	key := made(t, h, aes256, shared)[0]
	his := made(t, h, aes256, func(k *hsm.Key) { k.Owner = 4 })[0]
	pad := mech.WrapParams{Wrapping: mech.WrapPad}
	_, err := done(h.Wrap(asBob, hsm.WrapRequest{Handle: his, With: key, Params: pad}))
	require.NoError(t, err)
	refusedFor(t, hsm.NotOwner, h.Wrap(asBob, hsm.WrapRequest{Handle: key, With: his, Params: pad}).Err, "wrap")
	refusedFor(t, hsm.NotOwner, h.Export(asBob, hsm.ExportRequest{Handle: key, Want: hsm.SecretKey, With: his}).Err, "export")
	_, err = h.Mask(asBob, key, func(b []byte) []byte { return b })
	require.Equal(t, retcode.AccessDenied, retcode.Of(err))
}

func TestKeysForTrustedWrappersOnly(t *testing.T) {
	h := desk(t)
	key := made(t, h, aes128, with(attr.FlagWrapWithTrusted))[0]
	plain, trusted := made(t, h, aes256)[0], made(t, h, aes256, with(attr.FlagTrusted))[0]
	for _, with := range []uint32{plain, trusted} {
		_, wrap := done(h.Wrap(asAlice, hsm.WrapRequest{Handle: key, With: with, Params: mech.WrapParams{Wrapping: mech.WrapPad}}))
		_, export := done(h.Export(asAlice, hsm.ExportRequest{Handle: key, Want: hsm.SecretKey, With: with}))
		for _, err := range []error{wrap, export} {
			if with == trusted {
				require.NoError(t, err)
				continue
			}
			require.Equal(t, hsm.Refusal{Reason: hsm.OnlyTrusted, Handle: key, With: plain}, err)
		}
	}
	_, err := done(h.Wrap(asAlice, hsm.WrapRequest{Handle: plain, With: plain, Params: mech.WrapParams{Wrapping: mech.WrapPad}}))
	require.NoError(t, err, "no other key asks for a trusted one")
}

func TestSignAndVerify(t *testing.T) {
	h := desk(t)
	ec, rsaPair := made(t, h, p256), made(t, h, rsa2k)
	for _, row := range []struct {
		pair []uint32
		m    mech.Mechanism
		slow bool
	}{
		{ec, mech.ECDSAWith(crypto.SHA384), false},
		{rsaPair, mech.PKCS1(crypto.SHA1), true},
		{rsaPair, mech.PSS(crypto.SHA512), true},
	} {
		r := hsm.SignRequest{Handle: row.pair[1], Mechanism: row.m, Message: []byte("message")}
		job := h.Sign(asAlice, r)
		require.Equal(t, row.slow, job.Slow)
		signature, err := done(job)
		require.NoError(t, err)
		r.Handle, r.Signature = row.pair[0], signature
		job2 := h.Verify(asBob, r)
		require.Equal(t, row.slow, job2.Slow)
		_, err = done(job2)
		require.NoError(t, err)
		r.Message = []byte("massage")
		_, err = done(h.Verify(asBob, r))
		refusedFor(t, hsm.SignatureDiffers, err, "another message")
	}
}

func TestWhatIsNotSigned(t *testing.T) {
	h := desk(t)
	ec, rsaPair, dsa := made(t, h, p256), made(t, h, rsa2k), made(t, h, mech.DSA{Bits: 2048})
	ecdsa, pkcs1 := mech.ECDSAWith(crypto.SHA256), mech.PKCS1(crypto.SHA256)
	long, longest := make([]byte, hsm.MessageMax+1), make([]byte, hsm.MessageMax)
	require.Equal(t, 65536, hsm.MessageMax)
	for _, row := range []struct {
		name    string
		pair    []uint32
		m       mech.Mechanism
		message []byte
		signs   any
		checks  any
	}{
		{"the longest message", ec, ecdsa, longest, nil, hsm.SignatureDiffers},
		{"a longer one", ec, ecdsa, long, hsm.MessageTooLong, hsm.MessageTooLong},
		{"DSA", dsa, ecdsa, nil, hsm.NoSignatures, hsm.NoSignatures},
		{"RSA for EC", ec, pkcs1, nil, hsm.SignsOtherwise, hsm.ChecksOtherwise},
		{"ECDSA for RSA", rsaPair, ecdsa, nil, hsm.SignsOtherwise, hsm.ChecksOtherwise},
		{"no mechanism", ec, mech.Mechanism{}, nil, hsm.SignsOtherwise, hsm.ChecksOtherwise},
		{"a digest of another length", rsaPair, mech.Mechanism{Scheme: mech.RSAPKCS1, Hash: crypto.SHA256, Digested: true}, nil,
			hsm.MessageTooLong, hsm.SignatureDiffers},
	} {
		_, err := done(h.Sign(asAlice, hsm.SignRequest{Handle: row.pair[1], Mechanism: row.m, Message: row.message}))
		if row.signs == nil {
			require.NoError(t, err, row.name)
		} else {
			refusedFor(t, row.signs, err, row.name)
		}
		_, err = done(h.Verify(asAlice, hsm.SignRequest{Handle: row.pair[0], Mechanism: row.m, Message: row.message}))
		refusedFor(t, row.checks, err, row.name)
	}
	require.Equal(t, retcode.Policy, hsm.SignsOtherwise.Code())
	require.Equal(t, retcode.BadPKCSData, hsm.ChecksOtherwise.Code())
}

func TestWrappingsThatThePolicyAllows(t *testing.T) {
	for _, fips := range []bool{true, false} {
		h := desk(t)
		h.Policy.FIPS = fips
		pair, aesKey := made(t, h, rsa2k), made(t, h, aes256)[0]
		for _, row := range mech.Wrappings {
			with, back := aesKey, aesKey
			if row.Type == attr.RSA {
				with, back = pair[0], pair[1]
			}
			p := mech.WrapParams{Wrapping: row.Wrapping}
			wrapped, err := done(h.Wrap(asAlice, hsm.WrapRequest{Handle: aesKey, With: with, Params: p}))
			unwrap := hsm.UnwrapRequest{With: back, Params: p, Blob: wrapped.Blob, Class: attr.Secret, Type: attr.AES}
			if fips && row.Wrapping == mech.WrapPKCS1 {
				refusedFor(t, hsm.WrappingRefused, err, "wrap")
				refusedFor(t, hsm.WrappingRefused, h.Unwrap(asAlice, unwrap).Err, "unwrap")
				continue
			}
			require.NoError(t, err, row.Wrapping)
			require.Equal(t, row.IVApart, wrapped.IV != nil)
			unwrap.Params.IV = wrapped.IV
			job := h.Unwrap(asAlice, unwrap)
			require.Equal(t, row.Type == attr.RSA, job.Slow, row.Wrapping)
			arrival, err := done(job)
			require.NoError(t, err, row.Wrapping)
			materials, err := arrival.Make(t.Context(), nil)
			require.NoError(t, err)
			require.Equal(t, []*mech.Material{h.At(aesKey).Material}, materials)
		}
		refusedFor(t, hsm.WrappingRefused, h.Permits(asAlice, "none"), "no such wrapping")
		require.Equal(t, error(retcode.UserNotReady), h.Permits(asNobody, "none"))
		require.NoError(t, h.Permits(asNobody, mech.WrapPad), "what is allowed is told without a login")
	}
}

func TestWhatCannotBeWrapped(t *testing.T) {
	h := desk(t)
	pair, aesKey := made(t, h, rsa2k), made(t, h, aes256)[0]
	odd := made(t, h, mech.SecretKey{Type: attr.GenericSecret, Size: 17})[0]
	short := made(t, h, mech.SecretKey{Type: attr.GenericSecret, Size: 8})[0]
	for _, row := range []struct {
		key, with uint32
		w         mech.Wrapping
		want      hsm.Reason
		size      int
	}{
		{pair[1], pair[0], mech.WrapOAEP, hsm.TooLongToWrap, h.At(pair[1]).Material.ValueLen},
		{odd, aesKey, mech.WrapNoPad, hsm.LengthNotWrapped, 17},
		{short, aesKey, mech.WrapNoPad, hsm.LengthNotWrapped, 8},
	} {
		_, err := done(h.Wrap(asAlice, hsm.WrapRequest{Handle: row.key, With: row.with, Params: mech.WrapParams{Wrapping: row.w}}))
		refusedFor(t, row.want, err, string(row.w))
		require.Equal(t, row.size, err.(hsm.Refusal).Size)
	}
}

func TestWhatDoesNotUnwrap(t *testing.T) {
	h := desk(t)
	aesKey, private := made(t, h, aes256)[0], made(t, h, p256)[1]
	pad := mech.WrapParams{Wrapping: mech.WrapPad}
	wrapped, err := done(h.Wrap(asAlice, hsm.WrapRequest{Handle: private, With: aesKey, Params: pad}))
	require.NoError(t, err)
	small := wrap(t, h, aesKey, bytes.Repeat([]byte{1}, 17))
	damaged := append([]byte{1}, wrapped.Blob[1:]...)
	for _, row := range []struct {
		name  string
		blob  []byte
		p     mech.WrapParams
		class attr.Class
		typ   attr.KeyType
		want  hsm.Reason
	}{
		{"damaged", damaged, pad, attr.PrivateKey, attr.EC, hsm.NotOpened},
		{"nothing", nil, pad, attr.Secret, attr.AES, hsm.NotOpened},
		{"too long", make([]byte, 2*mech.MaxFile+8), pad, attr.Secret, attr.AES, hsm.NotOpened},
		{"another type", wrapped.Blob, pad, attr.PrivateKey, attr.RSA, hsm.NoKeyInside},
		{"no private key", small, pad, attr.PrivateKey, attr.EC, hsm.NoKeyInside},
		{"a length that AES has not", small, pad, attr.Secret, attr.AES, hsm.KeyNotAllowed},
		{"an IV that is short", wrapped.Blob, mech.WrapParams{Wrapping: mech.WrapGCM, IV: []byte{1}}, attr.Secret, attr.AES, hsm.BadIV},
	} {
		_, err := done(h.Unwrap(asAlice, hsm.UnwrapRequest{With: aesKey, Params: row.p, Blob: row.blob, Class: row.class, Type: row.typ}))
		refusedFor(t, row.want, err, row.name)
	}
}

// wrap returns bytes that come out again when they are unwrapped by RFC 5649.
func wrap(t *testing.T, h *hsm.HSM, with uint32, plain []byte) []byte {
	blob, _, err := secret.Wrap(h.At(with).Material, plain, mech.WrapParams{Wrapping: mech.WrapPad})
	require.NoError(t, err)
	return blob
}

func TestFlagsOfWhatArrives(t *testing.T) {
	h := desk(t)
	aesKey := made(t, h, aes256)[0]
	all, few := attr.FlagNeverExtractable<<1-1, attr.FlagSign
	usual := attr.DefaultFlags(attr.Secret, attr.AES)
	every := attr.FlagPrivate | attr.FlagSensitive | attr.FlagExtractable
	gone := attr.FlagLocal | attr.FlagTrusted | attr.FlagAlwaysSensitive | attr.FlagNeverExtractable
	for _, row := range []struct {
		name  string
		flags *attr.Flags
		nex   bool
		want  attr.Flags
	}{
		{"no attributes beside it", nil, false, usual},
		{"none, not to be extractable", nil, true, usual &^ attr.FlagExtractable},
		{"all of them", &all, false, all &^ gone},
		{"one of them", &few, false, few | every},
		{"one, not to be extractable", &few, true, (few | every) &^ attr.FlagExtractable},
	} {
		r := hsm.UnwrapRequest{With: aesKey, Params: mech.WrapParams{Wrapping: mech.WrapPad}, Blob: wrap(t, h, aesKey, make([]byte, 16)),
			Class: attr.Secret, Type: attr.AES, Flags: row.flags}
		arrival, err := done(h.Unwrap(asAlice, r))
		require.NoError(t, err)
		tm := arrival.Template(hsm.Template{Label: "l", NotExtractable: row.nex})
		k := tm.Key(99, h.Sessions[0], h.At(aesKey).Material)
		require.Equal(t, row.want, k.Flags, row.name)
		require.Equal(t, []any{attr.Secret, attr.AES, 16, "l"}, []any{tm.Class, tm.Type, tm.Size, tm.Label})
	}
}

func TestImportAndExport(t *testing.T) {
	h := desk(t)
	aesKey := made(t, h, aes256)[0]
	value := secret.Value(h.At(aesKey).Material)
	given, err := secret.New(attr.AES, make([]byte, 24))
	require.NoError(t, err)
	kek, err := hsm.BuiltIn(bytes.Repeat([]byte{3}, 32))
	require.NoError(t, err)
	for _, row := range []struct {
		name string
		with uint32
		host []byte
		in   any // what an import is refused for, nil for not
		out  any // and an export
	}{
		{"the HSM does both", aesKey, nil, nil, nil},
		{"the host has the key", aesKey, value, nil, nil},
		{"the host has another key", aesKey, make([]byte, 32), hsm.OtherHostKey, hsm.OtherHostKey},
		{"the host has none", aesKey, []byte("no AES key"), hsm.NoHostKey, hsm.NoHostKey},
		{"the built-in key", hsm.KEKHandle, nil, nil, hsm.NoSuchKey},
	} {
		arrival, err := done(h.Import(asAlice, hsm.ImportRequest{Key: given, With: row.with, Host: row.host, KEK: kek}))
		if row.in == nil {
			require.NoError(t, err, row.name)
			materials, _ := arrival.Make(t.Context(), nil)
			require.Same(t, given, materials[0])
			require.Equal(t, attr.DefaultFlags(attr.Secret, attr.AES), arrival.Template(hsm.Template{}).Key(99, h.Sessions[0], given).Flags)
		} else {
			refusedFor(t, row.in, err, row.name)
		}
		out, err := done(h.Export(asAlice, hsm.ExportRequest{Handle: aesKey, Want: hsm.SecretKey, With: row.with, Host: row.host}))
		if row.out == nil {
			require.NoError(t, err, row.name)
			require.Equal(t, value, out.Value)
		} else {
			refusedFor(t, row.out, err, row.name)
		}
	}
	refusedFor(t, hsm.NoSuchKey, h.Import(asBob, hsm.ImportRequest{Key: given, With: aesKey}).Err, "somebody else's key")
	require.Equal(t, error(retcode.UserNotReady), h.Import(asNobody, hsm.ImportRequest{Key: given, With: hsm.KEKHandle}).Err)
}

func TestFilesAreWrapped(t *testing.T) {
	h := desk(t)
	aesKey := made(t, h, aes256)[0]
	require.Equal(t, 4095, hsm.DataMax)
	longest := make([]byte, hsm.DataMax)
	blob, err := done(h.WrapData(asAlice, hsm.DataRequest{With: aesKey, Data: longest}))
	require.NoError(t, err)
	_, err = done(h.WrapData(asAlice, hsm.DataRequest{With: aesKey, Data: append(longest, 0)}))
	require.Equal(t, hsm.Refusal{Reason: hsm.DataTooLong, With: 0, Handle: aesKey, Size: 4096, Max: 4095}, err)
	_, err = done(h.UnwrapData(asAlice, hsm.DataRequest{With: aesKey, Data: blob}))
	refusedFor(t, hsm.DataTooLong, err, "which is a limit of both")
	blob, err = done(h.WrapData(asAlice, hsm.DataRequest{With: aesKey, Data: []byte("data"), IV: []byte("eight by")}))
	require.NoError(t, err)
	plain, err := done(h.UnwrapData(asAlice, hsm.DataRequest{With: aesKey, Data: blob, IV: []byte("eight by")}))
	require.NoError(t, err)
	require.Equal(t, "data", string(plain))
	_, err = done(h.UnwrapData(asAlice, hsm.DataRequest{With: aesKey, Data: blob}))
	refusedFor(t, hsm.NotOpened, err, "another IV")
}

func TestMaskedObjects(t *testing.T) {
	h := desk(t)
	key := made(t, h, aes256, shared, without(attr.FlagExtractable), with(attr.FlagTrusted), func(k *hsm.Key) { k.Label, k.ID = "l", "i" })[0]
	bare := func(b []byte) []byte { return b }
	object, err := h.Mask(asAlice, key, bare)
	require.NoError(t, err)
	tm, arrival, err := h.Unmask(asAlice, object)
	require.NoError(t, err)
	materials, _ := arrival.Make(t.Context(), nil)
	require.Equal(t, h.At(key).Material, materials[0])
	want := *h.At(key)
	want.Flags &^= attr.FlagTrusted // an officer may have taken it back meanwhile
	require.Equal(t, &want, tm.Key(key, h.Sessions[0], h.At(key).Material), "an HSM vouches for the rest of it")
	_, _, err = h.Unmask(asBob, object)
	require.Equal(t, error(retcode.AccessDenied), err)
	_, _, err = h.Unmask(asNobody, object)
	require.Equal(t, error(retcode.UserNotReady), err)
	_, _, err = h.Unmask(asAlice, []byte("{"))
	require.Equal(t, error(retcode.BadPKCSData), err)
}

// spec/kmu.md 3.13: the exponent is odd, 65537 or more, and below 2³¹.
func TestExponentsOfRSAPairs(t *testing.T) {
	h := desk(t)
	for exponent, want := range map[int64]bool{65537: true, 65539: true, 1<<31 - 1: true, 3: false, 65535: false, 65538: false,
		1<<31 + 1: false, -65537: false} {
		_, err := h.Admit(asAlice, []hsm.Template{{Class: attr.PrivateKey, Type: attr.RSA, Size: 2048, Exponent: exponent}})
		if want {
			require.NoError(t, err, "%d", exponent)
			continue
		}
		require.Equal(t, hsm.Refusal{Reason: hsm.ExponentRefused, Number: exponent}, err)
	}
}

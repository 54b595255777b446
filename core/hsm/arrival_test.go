package hsm_test

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/attr"
	"hsmplay/core/hsm"
	"hsmplay/core/mech"
	"hsmplay/core/mech/secret"
	"hsmplay/core/retcode"
)

func TestWhatDoesNotUnwrap(t *testing.T) {
	h := desk(t)
	aesKey, private := made(t, h, aes256)[0], made(t, h, p256)[1]
	pad := mech.WrapParams{Wrapping: mech.WrapPad}
	wrapped, err := done(h.Wrap(asAlice, hsm.WrapRequest{Handle: private, With: aesKey, Params: pad}))
	require.NoError(t, err)
	small := wrap(t, h, aesKey, bytes.Repeat([]byte{1}, 17))
	damaged := append([]byte{^wrapped.Blob[0]}, wrapped.Blob[1:]...)
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
			materials, _ := arrival.Make(t.Context(), mech.Source{})
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

package hsm_test

import (
	"crypto"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/attr"
	"hsmplay/core/hsm"
	"hsmplay/core/mech"
	"hsmplay/core/retcode"
)

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
}

func TestKeysOfAKind(t *testing.T) {
	h := desk(t)
	keys := map[string][]uint32{"EC": made(t, h, p256), "RSA": made(t, h, rsa2k), "DSA": made(t, h, mech.DSA{Bits: 2048}), "AES": made(t, h, aes256)}
	for name, handles := range keys {
		for i, handle := range handles {
			k, err := h.KeyOf(asAlice, handle, hsm.ReferableKey)
			if i == 1 && name != "DSA" {
				require.NoError(t, err, name)
				require.Same(t, h.At(handle), k)
				continue
			}
			m := h.At(handle).Material
			require.Equal(t, error(hsm.Refusal{Reason: hsm.OtherKind, Handle: handle, Class: m.Class, Type: m.Type, Want: hsm.ReferableKey}), err, name)
			require.Nil(t, k, name)
		}
	}
	for _, s := range strangers {
		_, err := h.KeyOf(s.session, keys["AES"][0], hsm.AnyKey)
		refusedFor(t, s.want, err, s.name)
	}
}

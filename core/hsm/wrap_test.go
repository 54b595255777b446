package hsm_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/attr"
	"hsmplay/core/hsm"
	"hsmplay/core/mech"
	"hsmplay/core/retcode"
)

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
			materials, err := arrival.Make(t.Context(), mech.Source{})
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

package hsm_test

import (
	"crypto"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/hsm"
	"hsmplay/core/mech"
	"hsmplay/core/retcode"
)

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
		{"a digest of another length", rsaPair, mech.Mechanism{Scheme: mech.RSAPKCS1, Hash: crypto.SHA256, Input: mech.Digest}, nil,
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

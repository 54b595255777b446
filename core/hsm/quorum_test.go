package hsm_test

import (
	"crypto"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/hsm"
	"hsmplay/core/mech"
	"hsmplay/core/mech/secret"
	"hsmplay/core/retcode"
)

// The use of a key is approved by its owner and those with whom it is shared, and by nobody else
// (spec/cmu.md 4.8).
func TestWhoApprovesTheUseOfAKey(t *testing.T) {
	pair, err := rsa2k.Make(t.Context(), readyRSA)
	require.NoError(t, err)
	for _, row := range []struct {
		name   string
		change func(*hsm.Key)
		by     hsm.Approval
		want   error
	}{
		{"the owner", nil, hsm.Approval{Type: hsm.CU, Name: "alice"}, nil},
		{"a sharer", shared, hsm.Approval{Type: hsm.CU, Name: "bob"}, nil},
		{"a crypto user who may not use it", nil, hsm.Approval{Type: hsm.CU, Name: "bob"}, retcode.UserNotReady},
		{"an officer", shared, hsm.Approval{Type: hsm.CO, Name: "admin"}, retcode.UserNotReady},
	} {
		h := desk(t)
		one := func(k *hsm.Key) { k.MValue = 1 }
		key := made(t, h, aes256, one)[0]
		if row.change != nil {
			key = made(t, h, aes256, row.change, one)[0]
		}
		u := *h.UserNamed(row.by.Type, row.by.Name)
		u.Quorum = pair[0].SPKI
		h.PutUser(&u)
		token, err := h.NewToken(asAlice, hsm.Request{Service: hsm.UserMgmt, Name: "alice", Handle: key})
		require.NoError(t, err)
		row.by.Signature, err = secret.Sign(pair[1], mech.PKCS1(crypto.SHA256), token.Record)
		require.NoError(t, err)
		require.Equal(t, row.want, h.Approve(asAlice, token.Record, []hsm.Approval{row.by}), row.name)

		row.by.Signature, err = secret.Sign(pair[1], mech.PKCS1(crypto.SHA256), []byte("another file"))
		require.NoError(t, err)
		if row.want == nil {
			require.Equal(t, error(hsm.BadSignature), h.Approve(asAlice, token.Record, []hsm.Approval{row.by}), row.name)
		}
	}
}

// An M value is 2 to as many as there are officers, and to 8 (spec/cmu.md 4.3).
func TestAnMValueHasOfficersEnough(t *testing.T) {
	for _, row := range []struct {
		officers, m int
		want        error
	}{
		{1, 2, hsm.BadMValue}, {2, 2, nil}, {2, 3, hsm.BadMValue}, {3, 3, nil}, {3, 1, hsm.BadMValue},
		{9, 8, nil}, {9, 9, hsm.BadMValue},
	} {
		h := desk(t)
		for i := 1; i < row.officers; i++ {
			u := *h.UserNamed(hsm.CO, "admin")
			u.ID, u.Name = 100+i, string(rune('a'+i))
			h.PutUser(&u)
		}
		require.Equal(t, row.want, h.SetM(asAdmin, hsm.UserMgmt, row.m), "%d officers", row.officers)
	}
}

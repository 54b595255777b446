package hsm_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/hsm"
)

// A token belongs to a login, and the HSM keeps it in memory: neither outlives a power cycle.
func TestTokensEndWithTheirLogin(t *testing.T) {
	for _, row := range []struct {
		name string
		end  func(*hsm.HSM)
	}{
		{"power cycle", (*hsm.HSM).Restart},
		{"lost connections", (*hsm.HSM).Disconnect},
		{"logout", func(h *hsm.HSM) { require.NoError(t, h.Logout(2)) }},
		{"end of the session", func(h *hsm.HSM) { h.CloseSession(2) }},
	} {
		t.Run(row.name, func(t *testing.T) {
			h := fresh()
			h.PutUser(&hsm.User{ID: 9, Name: "boss", Type: hsm.CO, Verifier: hsm.Derive("password", nil)})
			h.Quorum.M[hsm.UserMgmt] = 2
			logIn(t, h, 2, hsm.CO, "boss")
			_, err := h.NewToken(2, hsm.Request{Service: hsm.UserMgmt, Name: "boss"})
			require.NoError(t, err)
			before := h.Copy()
			row.end(h)
			require.Empty(t, h.Quorum.Tokens)
			require.Len(t, before.Quorum.Tokens, 1)
			logIn(t, h, 3, hsm.CO, "boss")
			tokens, err := h.ListTokens(3)
			require.NoError(t, err)
			require.Empty(t, tokens)
		})
	}
}

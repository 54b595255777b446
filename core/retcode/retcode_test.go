package retcode

import (
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
)

// The literal texts of spec/kmu.md section 5.
func TestTextsOfReturnLines(t *testing.T) {
	for code, want := range map[Code]string{
		Success:           "0x00 : HSM Return: SUCCESS",
		LoginFailure:      "0xa3 : HSM Error: RET_USER_LOGIN_FAILURE",
		BadHandle:         "0xa8 : HSM Error: Invalid object handle is passed to this operation",
		Policy:            "0xb3 : HSM Error: This operation violates the current configured/FIPS policies",
		AccessDenied:      "0xc6 : HSM Error: Key Access is denied",
		BadUserType:       "0xdb : HSM Error: Invalid User Type.",
		ServerUnavailable: "0x30000085 : HSM CLUSTER ERROR: Server in cluster is unavailable",
		Code(0x77):        "0x77 : HSM Error: Unknown error",
	} {
		require.Equal(t, want, code.Error())
	}
}

func TestTableIsInOrderAndTeaches(t *testing.T) {
	for i, row := range Table {
		require.NotEmpty(t, row.Cause, row.Text)
		require.NotEmpty(t, row.Repair, row.Text)
		require.NotEmpty(t, row.Source, row.Text)
		if i > 0 {
			require.Greater(t, row.Code, Table[i-1].Code)
		}
	}
}

func TestOfFindsTheCodeWithin(t *testing.T) {
	require.Equal(t, Success, Of(nil))
	require.Equal(t, AccessDenied, Of(fmt.Errorf("deleting: %w", AccessDenied)))
	require.Equal(t, Policy, Of(errors.New("no code inside")), "a refusal never reads as success")
}

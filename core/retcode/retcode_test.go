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

// spec/return-codes.md 1.1, "number unknown".
func TestACodeWithoutAPublicNumberShowsNone(t *testing.T) {
	for _, row := range Unnumbered {
		require.Equal(t, row.Text, row.Code.Error())
		require.Equal(t, row.Text, row.Code.Text())
		require.False(t, row.Code.Public())
		require.Equal(t, int64(-1), row.Code.Number())
		_, known := Lookup(row.Code)
		require.False(t, known, "nobody can ask for its number")
	}
	for code, want := range map[Code]string{
		NotApproved:     "RET_MXN_AUTH_FAILED",
		NotLoggedIn:     "HSM Error: No user is logged in to do this operation",
		NotPermitted:    "HSM Error: The current logged in user is not authorized to do this operation",
		UserActive:      "HSM Error: Deletion or Changing password of a logged in User is denied",
		ConnectionLost:  "LIQUIDSECURITY: Invalid Operation",
		UnknownUserType: "HSM Error: invalid user type",
		PasswordLength:  "HSM Error: Invalid password length: min pswd len 7 and max pswd len 32",
	} {
		require.Equal(t, want, code.Error())
	}
	require.Equal(t, int64(0xb3), Policy.Number())
	require.Len(t, Unnumbered, int(PasswordLength-NotApproved)+1, "a row for each")
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
	require.Equal(t, Local, Of(errors.New("no code inside")), "a refusal never reads as success")
}

package cli

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// A line that ends in a word which is no command holds its password all the same, and nobody is
// told it.
func TestPasswordsAreToldOfNoLine(t *testing.T) {
	for _, line := range []string{
		"login --username user5 --role crypto-user --password Unlikely9", "login --username user5 --role crypto-user --password Unlikely9 mfa-tokensign --token t",
		"login --username user5 --role crypto-user --password=Unlikely9 mfa", "login --password=Unlikely9", "user creat --password=Unlikely9", "user create --password=Unlikely9",
		"user change-mfa token-sign --change-password=Unlikely9 --token", "user change-mfa token-sign extra --change-password Unlikely9", "loign --password Unlikely9",
	} {
		_, shown, _ := Commands.Told(line)
		require.NotContains(t, shown, "Unlikely9", line)
		_, shown, _ = Program.Told(line)
		require.NotContains(t, shown, "Unlikely9", line)
	}
}

// The words of a command are none of its secrets.
func TestTheCommandIsTold(t *testing.T) {
	for line, want := range map[string]string{
		"user change-password --username ann --role crypto-user --password Unlikely9":           "user change-password --username ann --role crypto-user --password ***",
		"login --username ann --role crypto-user --password Unlikely9 mfa-token-sign --token t": "login --username ann --role crypto-user --password *** mfa-token-sign --token t",
	} {
		_, shown, secrets := Commands.Told(line)
		require.Equal(t, want, shown)
		require.Equal(t, []string{"Unlikely9"}, secrets)
	}
}

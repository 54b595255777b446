package cli

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestASession(t *testing.T) {
	d := newDesk(t)
	require.Equal(t, "aws-cloudhsm > ", d.Prompt())
	require.Equal(t, "{\n  \"error_code\": 0,\n  \"data\": {\n    \"username\": \"example_user\",\n    \"role\": \"crypto-user\"\n  }\n}\n",
		d.line("login --username Example_USER --role crypto-user --password aws"))
	require.Equal(t, "{\n  \"error_code\": 0,\n  \"data\": \"Logout successful\"\n}\n", d.line("logout"))
	require.Empty(t, d.line(`login --username user4 \`))
	require.Empty(t, d.Prompt(), "a line that goes on has no prompt")
	require.Contains(t, d.line("--role crypto-user --password aws"), "user4")
	d.line("quit")
	require.True(t, d.out.Exit)
}

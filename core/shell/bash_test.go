package shell_test

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// snippet is a piece of bash with what it prints. The same pieces run in the machine's real bash where there is one, see
// confirm_test.go; differs says why one is not to be compared.
type snippet struct {
	in, want string
	differs  string
}

var snippets = []snippet{
	{in: "echo hello world", want: "hello world\n"},
	{in: "echo $?; false; echo $?", want: "0\n1\n"},
}

func TestBash(t *testing.T) {
	for _, row := range snippets {
		require.Equal(t, row.want, text(row.in), row.in)
	}
}

package sim

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// The first minute in CloudHSM CLI is walked by what Next offers and Enter alone, from bash to bash: the
// tool is one of the offers, and each step behind it the first.
func TestTheFirstMinuteInTheCLIByNext(t *testing.T) {
	w := New(Options{})
	n := w.Open("", 80).Terminal
	lines := []string{"cloudhsm-cli interactive"}
	require.Contains(t, w.Next(n), lines[0])
	for {
		turn := w.Type(n, lines[len(lines)-1])
		require.True(t, turn.Works(), "%s\n%s", lines[len(lines)-1], turn.Text)
		if strings.HasPrefix(lines[len(lines)-1], "openssl") {
			require.Contains(t, turn.Text, "ASN1 OID: secp384r1")
			break
		}
		require.Less(t, len(lines), 12, lines)
		next := w.Next(n)
		require.NotEmpty(t, next)
		lines = append(lines, next[0])
	}
	var short []string
	for _, line := range lines {
		short = append(short, strings.Join(strings.Fields(line)[:min(2, len(strings.Fields(line)))], " "))
	}
	require.Equal(t, []string{"cloudhsm-cli interactive", "login --username", "key generate-asymmetric-pair", "crypto sign", "crypto verify", "key generate-file", "quit", "openssl pkey"}, short)
	require.False(t, slices.ContainsFunc(w.Next(n), func(line string) bool { return strings.HasPrefix(line, "openssl") }), "it is offered once")
}

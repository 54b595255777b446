package sim

import (
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/voice"
)

func TestNumbersOfSeveralHSMs(t *testing.T) {
	for word, want := range map[string][]string{
		"1": {"1"}, "1,2": {"1", "2"}, "0-2": {"0", "1", "2"}, "0,2-3": {"0", "2", "3"},
		"": nil, ",": nil, "2-1": nil, "0-99": nil, "x": nil, "1,x": nil, "-1": nil, "1-": nil, "500ms": nil,
	} {
		require.Equal(t, want, numbersIn(word), word)
	}
}

// TestALineForSeveralHSMsChangesEachOfThem types the line that is offered.
func TestALineForSeveralHSMsChangesEachOfThem(t *testing.T) {
	w := New(Options{Nodes: 3, Source: oneKey})
	term := w.Open("", 80).Terminal
	for _, row := range []struct{ typed, offered, up string }{
		{"hsm stop 0,2", "hsm stop 0; hsm stop 2", "1 of 3 HSMs up"},
		{"hsm start all", "hsm start 0; hsm start 2", "3 of 3 HSMs up"},
		{"hsm isolate every", "hsm isolate 0; hsm isolate 1; hsm isolate 2", "0 of 3 HSMs up"},
	} {
		turn := w.Type(term, row.typed)
		require.Len(t, turn.Notes, 1, row.typed)
		require.Equal(t, []string{row.offered}, voice.Offers(turn.Notes[0].Parts), row.typed)
		require.Contains(t, w.Type(term, row.offered).Text, row.up)
	}
}

package main

import (
	"flag"
	"os"
	"testing"

	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write what exec prints into testdata; commit only a diff you can explain")

// TestTheSession is the session that the project was begun for, second terminal and Ctrl-C
// included: every byte that the terminal shows, and the hints beside it. The random numbers are a
// seed's, so the keys are the same each time.
func TestTheSession(t *testing.T) {
	t.Cleanup(replayed(1))
	r := hsmplay(t, "", "exec", "-transcript", "-seed", "1", "testdata/session.in")
	require.Equal(t, done, r.status)
	got := r.out + "\n==== hints\n" + r.err
	const file = "testdata/session.txt"
	if *update {
		require.NoError(t, os.WriteFile(file, []byte(got), 0o644))
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Equal(t, string(want), got)
}

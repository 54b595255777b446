package main

import (
	"bytes"
	"flag"
	"os"
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "rewrite testdata/session.txt; commit only a difference that you can explain")

// random are the values that are different in each run: key check values and points.
var random = regexp.MustCompile(`(?m)(OBJ_ATTR_KCV\n0x)[0-9a-f]{6}$|^(04)[0-9a-f]{128,192}$`)

// TestSession is the seed session from the first command to the last, with a second terminal and Ctrl-C: what the
// terminal shows, byte for byte, with the notes between.
func TestSession(t *testing.T) {
	both := &joined{}
	script, err := os.ReadFile("testdata/session.script")
	require.NoError(t, err)
	status := run(t.Context(), host{in: bytes.NewReader(script), out: both, err: both}, []string{"exec", "-transcript", "-seed", "1", "-"})
	require.Equal(t, done, status)
	got := random.ReplaceAllString(string(both.text), "${1}${2}…")
	if *update {
		require.NoError(t, os.WriteFile("testdata/session.txt", []byte(got), 0o644))
	}
	want, err := os.ReadFile("testdata/session.txt")
	require.NoError(t, err)
	require.Equal(t, string(want), got)
}

// TestSessionIsTheSameWithTheSameSeed: everything but key material comes out the same.
func TestSessionIsTheSameWithTheSameSeed(t *testing.T) {
	script, err := os.ReadFile("testdata/session.script")
	require.NoError(t, err)
	first := hsmplay(t, string(script), "exec", "-seed", "7", "-")
	second := hsmplay(t, string(script), "exec", "-seed", "7", "-")
	require.Equal(t, random.ReplaceAllString(first.out, "$1$2"), random.ReplaceAllString(second.out, "$1$2"))
	require.Equal(t, first.err, second.err)
}

// joined is standard output and standard error in one, as a terminal shows them.
type joined struct{ text []byte }

func (j *joined) Write(p []byte) (int, error) {
	j.text = append(j.text, p...)
	return len(p), nil
}

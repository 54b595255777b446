package main

import (
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestSteps(t *testing.T) {
	for _, c := range []struct {
		line string
		want step
	}{
		{"ls", step{1, 0, "ls"}},
		{"", step{1, 0, ""}},
		{"@2 hsm start 2", step{2, 0, "hsm start 2"}},
		{"@2 ", step{2, 0, ""}},
		{"@^C", step{1, ctrlC, ""}},
		{"@^D", step{1, ctrlD, ""}},
		{"@3 @^C", step{3, ctrlC, ""}},
		{"@1 @2 x", step{1, 0, "@2 x"}},
		{"@0 x", step{1, 0, "@0 x"}},
		{"@2x", step{1, 0, "@2x"}},
		{"@-1 x", step{1, 0, "@-1 x"}},
		{"@99999999999 x", step{1, 0, "@99999999999 x"}},
	} {
		require.Equal(t, c.want, parseStep(c.line), "%q", c.line)
	}
}

func TestLinesOfAnyKind(t *testing.T) {
	long := strings.Repeat("x", 1<<20)
	s := newScript(strings.NewReader("a\r\nb\x00\xff\n\n" + long + "\n" + strings.Repeat("y", lineMax+9) + "\nlast"))
	for _, want := range []string{"a", "b\x00\xff", "", long, strings.Repeat("y", lineMax), "last"} {
		got, err := s.next()
		require.NoError(t, err)
		require.True(t, want == got.line, "line of %d bytes, want %d", len(got.line), len(want))
	}
	_, err := s.next()
	require.ErrorIs(t, err, io.EOF)
}

// A script may begin with another terminal than the first.
func TestAScriptMayBeginInTheSecondTerminal(t *testing.T) {
	r := hsmplay(t, "@2 x=2\necho one $x\n@2 echo two $x\n", "exec", "-transcript")
	require.Equal(t, "$ @2 x=2\n$ echo one $x\none\n$ @2 echo two $x\ntwo 2\n", r.out)
}

package selftest

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestEveryAnswerIsKnown(t *testing.T) {
	all := Run()
	require.Len(t, all, strings.Count(answers, "\nfrom "))
	for _, a := range all {
		require.True(t, a.Right, "%s of %s: %s, not %s", a.Name, a.Source, a.Got, a.Expected)
		require.True(t, a.Noticed, "%s: an altered one was not noticed: %s", a.Name, a.Altered)
		require.NotEmpty(t, a.Source, a.Name)
		require.NotEmpty(t, a.Input, a.Name)
	}
}

// TestAWrongAnswerIsSeen turns over a bit of what is expected of each row, or of what was signed.
func TestAWrongAnswerIsSeen(t *testing.T) {
	for _, r := range read(answers) {
		if r.expected != nil {
			r.expected = turned(r.expected)
		} else {
			r.input = turned(r.input)
		}
		a := r.run()
		require.False(t, a.Right, r.name)
		require.NotEqual(t, a.Expected, a.Got, r.name)
	}
}

func TestEveryWayHasAnAnswer(t *testing.T) {
	used := map[string]bool{}
	for _, r := range read(answers) {
		used[r.do] = true
	}
	for way := range ways {
		require.True(t, used[way], way)
	}
	require.Len(t, used, len(ways))
}

package main

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// documented returns the first block of a kind in docs/ci.md.
func documented(t *testing.T, kind string) string {
	t.Helper()
	text, err := os.ReadFile("../../docs/ci.md")
	require.NoError(t, err)
	_, after, found := strings.Cut(string(text), "\n```"+kind+"\n")
	require.True(t, found)
	block, _, found := strings.Cut(after, "\n```\n")
	require.True(t, found)
	return block
}

func TestTheDocumentedScriptRuns(t *testing.T) {
	script := documented(t, "bash")
	p := installed(t)
	p.env = append(p.env, "PATH="+p.path("bin")+string(os.PathListSeparator)+os.Getenv("PATH"))
	for _, change := range []string{"", "stop 2"} {
		if change != "" {
			p.hsm(change)
		}
		r := p.bash(script)
		require.Equal(t, done, r.status, r.out+r.err)
		require.Contains(t, r.out, "release")
		require.Empty(t, r.err)
	}
}

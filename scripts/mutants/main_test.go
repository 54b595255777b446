package main

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// A fault whose text has moved on would be no fault.
func TestEachMutantChangesItsFile(t *testing.T) {
	require.Greater(t, len(mutants), 30)
	seen := map[string]bool{}
	for _, m := range mutants {
		changed, err := m.apply("../..")
		require.NoError(t, err, m.rule)
		require.NotEqual(t, m.old, m.new, m.rule)
		require.False(t, seen[m.file+changed], "%s: twice the same", m.rule)
		seen[m.file+changed] = true
	}
}

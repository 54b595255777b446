package command_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/command"
)

func TestALayoutIsGroupsWithBlanks(t *testing.T) {
	wrapped := command.Layout{"{returned}", "\tKey Wrapped.", "Written to {file}, {length} bytes of {file}"}
	require.Equal(t, []string{"\tKey Wrapped.", "Written to {length}, 24 bytes of {length}"},
		wrapped.Fill("returned", "", "file", "{length}", "length", 24), "an empty group goes, and a value is no layout")
	require.Nil(t, command.Layout(nil).Fill())
}

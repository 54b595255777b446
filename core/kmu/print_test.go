package kmu

import (
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/cluster"
	"hsmplay/core/retcode"
)

// A code whose number no public source shows has none in the cluster block either.
func TestTheBlockMakesUpNoNumbers(t *testing.T) {
	answers := []cluster.Answer{{Node: 0}, {Node: 1, Err: retcode.NoToken}, {Node: 2, Err: retcode.BadHandle}}
	require.Equal(t, "        Cluster Error Status\n"+
		"        Node id 0 and err state 0x00000000 : HSM Return: SUCCESS\n"+
		"        Node id 1 and err state 0x???????? : HSM Error: quorum token not found\n"+
		"        Node id 2 and err state 0x000000a8 : HSM Error: Invalid object handle is passed to this operation",
		Classic.block(answers))
}

package unix_test

import (
	"flag"
	"testing"

	"hsmplay/core/internal/snippet"
	"hsmplay/core/shell"
	"hsmplay/core/unix"
)

var update = flag.Bool("update", false, "rewrite testdata; commit only a diff that you can explain")

// snippets are lines with the programs of this package and what they print. The same lines run on the machine that tests
// with its real bash and programs, see confirm_test.go.
const snippets = "testdata/programs.txt"

// machine is a fresh one with these programs and nothing else.
func machine() *shell.Machine {
	return shell.New(shell.Options{Programs: unix.Programs(), Seed: 1})
}

func TestPrograms(t *testing.T) { snippet.Play(t, snippets, *update, machine) }

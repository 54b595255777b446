package shell_test

import (
	"flag"
	"testing"

	"hsmplay/core/internal/snippet"
	"hsmplay/core/shell"
)

var update = flag.Bool("update", false, "rewrite testdata; commit only a diff that you can explain")

// snippets are pieces of bash and what they print. The same pieces run in the machine's real bash
// where there is one, see confirm_test.go; those about programs are core/unix's.
const snippets = "testdata/bash.txt"

func TestBash(t *testing.T) {
	snippet.Play(t, snippets, *update, func() *shell.Machine { return newWorld().Machine })
}

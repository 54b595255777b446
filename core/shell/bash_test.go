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

// apart are the snippets that print something else on the side of a pipe, with why.
var apart = map[string]string{
	"exec 3<nowhere || echo no; cat <&7": sooner,
	`while getopts ":ab:" o -x -ab; do echo "[$o][${OPTARG-unset}]"; done; getopts a; echo $?`: sooner,
	`bash -c "trap bad SIGNOSUCH; echo \$?; trap; trap 'a'; echo \$?; trap 'echo q' 0"`:        sooner,
	"exec 3>&1; echo a >&3; exec 3>&-; echo b >&3; echo $?":                                    sooner,
	"seq 100000 > >(head -1); echo $?":                                                         "a side ends with a program that nobody reads any more; bash goes on",
}

const sooner = "complaints do not go through the pipe"

func TestTheSideOfAPipePrintsTheSame(t *testing.T) {
	snippet.Piped(t, snippets, apart, func() *shell.Machine { return newWorld().Machine })
}

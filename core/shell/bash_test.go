package shell_test

import (
	"flag"
	"maps"
	"strings"
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
	"shopt -q nocasematch; echo $?; shopt -s nullglob extglob; shopt -p nullglob; shopt extglob; shopt -q extglob && echo q; shopt nosuch; echo $?": sooner,
	"caller; echo $?; f() { caller; caller 0; echo $?; }; f":                   moved,
	"g() { f; }; f() { caller; caller 0; caller 1; echo $?; }; g":              moved,
	"mapfile -u 9 a; echo $?; mapfile -u x a; echo $?":                         sooner,
	`printf '%s\n' 'echo a' 'x=' 'echo ${x:?gone}' 'echo b' > s.sh; bash s.sh`: sooner,
	`printf '%s\n' 'echo a' 'cat < /nowhere' 'x=$(cat < /nowhere)' '{ echo x; } > /nowhere/y' 'while read x; do' ':; done < /nowhere' 'echo x >&9' '(cat < /nowhere) | cat' 'exec 3< /nowhere' > s.sh; bash s.sh`: sooner,
	`while getopts ":ab:" o -x -ab; do echo "[$o][${OPTARG-unset}]"; done; getopts a; echo $?`:                                                                                                                    sooner,
	`bash -c "trap bad SIGNOSUCH; echo \$?; trap; trap 'a'; echo \$?; trap 'echo q' 0"`:                                                                                                                           sooner,
	"sleep 5 & sleep 6 2> /dev/null & a=b sleep 7 & jobs; jobs -r %2; jobs -s; jobs %9; echo $?; jobs -p | wc -l; kill %1 %2 %3":                                                                                  sooner,
	"exec 3>&1; echo a >&3; exec 3>&-; echo b >&3; echo $?":                                                                                                                                                       sooner,
	"seq 100000 > >(head -1); echo $?": "a side ends with a program that nobody reads any more; bash goes on",
}

const moved = "a side is printed as text and read again, on other lines"

const sooner = "complaints do not go through the pipe"

func TestTheSideOfAPipePrintsTheSame(t *testing.T) {
	apart := maps.Clone(apart)
	for _, row := range snippet.Read(t, snippets) {
		if strings.Contains(row.In, "set -x") || strings.Contains(row.In, "set -ex") {
			apart[row.In] = sooner
		}
	}
	snippet.Piped(t, snippets, apart, func() *shell.Machine { return newWorld().Machine })
}

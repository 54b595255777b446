package unix_test

import (
	"flag"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/internal/snippet"
	"hsmplay/core/shell"
	"hsmplay/core/unix"
)

var update = flag.Bool("update", false, "rewrite testdata; commit only a diff that you can explain")

// snippets are lines with the programs of this package and what they print. The same lines run on
// the machine that tests with its real bash and programs, see confirm_test.go.
const (
	snippets        = "testdata/programs.txt"
	jqSnippets      = "testdata/jq.txt"
	stringsSnippets = "testdata/strings.txt"
)

// machine is a fresh one with these programs and nothing else.
func machine() *shell.Machine {
	return shell.New(shell.Options{Programs: unix.Programs(), Seed: 1})
}

func TestPrograms(t *testing.T) { snippet.Play(t, snippets, *update, machine) }

func TestStrings(t *testing.T) { snippet.Play(t, stringsSnippets, *update, machine) }

func TestJq(t *testing.T) { snippet.Play(t, jqSnippets, *update, machine) }

// Variables in front of sudo's command are that command's alone, as sudo(8) has it, whatever options
// come before them.
func TestSudoSetsVariablesForItsCommandOnly(t *testing.T) {
	machine := shell.New(shell.Options{Programs: unix.Programs()})
	term, _ := machine.Open("", 80)
	for _, row := range []struct{ line, want string }{
		{`sudo X=1 Y='a b' bash -c 'echo $X $Y'; echo "[$X$Y]"`, "1 a b\n[]\n"},
		{`export X=0; sudo X=1 env | grep ^X=; echo $X`, "X=1\n0\n"},
		{`sudo -u root -E X=2 bash -c 'echo $X'`, "2\n"},
		{`sudo -- bash -c 'echo $X'`, "0\n"},
		{`sudo X=3 sudo bash -c 'echo $X'`, "3\n"},
		{`sudo X=4`, "usage: sudo COMMAND [ARGUMENT]...\n"},
	} {
		require.Equal(t, row.want, term.Type(row.line).Text, row.line)
	}
}

// What jq computes without end is ended, as anything that a line does.
func TestJqIsBounded(t *testing.T) {
	for _, line := range []string{"jq -n 'def f: f; f'", "jq -n '[repeat(1)]'", "jq -n 'last(range(1e12))'"} {
		machine := shell.New(shell.Options{Programs: unix.Programs(), Limits: shell.Limits{Steps: 300_000}})
		term, _ := machine.Open("", 80)
		require.NotEmpty(t, term.Type(line).Notes, line)
		require.Equal(t, "alive\n", term.Type("echo alive").Text, line)
		term.Close()
	}
}

// So is a loop of sed whose line grows, also where each round could match all of it.
func TestSedIsBounded(t *testing.T) {
	machine := shell.New(shell.Options{Programs: unix.Programs(), Limits: shell.Limits{Steps: 300_000}})
	term, _ := machine.Open("", 80)
	for _, script := range []string{":a;s/a/aa/;ba", ":a;ba", ":a;H;ba", ":a;s/a/a/;ta"} {
		require.NotEmpty(t, term.Type("echo a | sed '"+script+"' | wc -c").Notes, script)
	}
	require.NotEmpty(t, term.Type("seq 30000 | sed ':a;s/^[0-9]/x/;ta' | wc -l").Notes, "a jump back counts for more than one step")
	require.Empty(t, term.Type("seq 30000 | sed 's/^[0-9]/x/;ta;s/x/y/;:a' | wc -l").Notes)
	require.Equal(t, "1,234,567\n", term.Type(`echo 1234567 | sed ':a;s/\B[0-9]\{3\}\>/,&/;ta'`).Text)
	require.Equal(t, "alive\n", term.Type("echo alive").Text)
	term.Close()
}

// So is what join makes of two files whose lines all have the same field.
func TestJoinIsBounded(t *testing.T) {
	machine := shell.New(shell.Options{Programs: unix.Programs(), Limits: shell.Limits{Steps: 300_000}})
	term, _ := machine.Open("", 80)
	require.Empty(t, term.Type("yes a | head -n 20000 > f").Notes)
	require.NotEmpty(t, term.Type("join f f > /dev/null").Notes)
	require.Equal(t, "alive\n", term.Type("echo alive").Text)
	term.Close()
}

// A small file that is a large one compressed does not fill the machine; through a pipe it only takes its time.
func TestGunzipIsBounded(t *testing.T) {
	term, _ := machine().Open("", 80)
	require.Empty(t, term.Type("head -c 60000000 /dev/zero | gzip -9 > b.gz; cat b.gz b.gz b.gz > c.gz").Notes)
	require.Equal(t, "180000000\n", term.Type("zcat c.gz | wc -c").Text)
	require.NotEmpty(t, term.Type("gunzip c.gz").Notes)
	require.Equal(t, "b.gz  c.gz\n", term.Type("ls").Text)
	term.Close()
}

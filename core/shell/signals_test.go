package shell_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/shell"
)

// Ctrl-C sets off the traps of a script and of the shell at its prompt.
func TestTrapsOfWhatIsInterrupted(t *testing.T) {
	w := newWorld()
	term, _ := w.Open("", 80)
	turn := term.Type(`bash -c 'trap "echo out" EXIT; trap "echo int; exit 9" INT; sleep 100; echo no'; echo after`)
	require.Equal(t, shell.Waits, turn.State)
	turn = term.Interrupt()
	require.Equal(t, "^C\nint\nout\n", turn.Text)

	term.Type(`trap 'echo at the prompt' INT`)
	require.Equal(t, "^C\nat the prompt\n", term.Interrupt().Text)
	turn = term.Type(`trap - INT; bash -c 'trap "echo ended" EXIT; sleep 100'`)
	require.Equal(t, shell.Waits, turn.State)
	require.Equal(t, "^C\nended\n", term.Interrupt().Text, "an EXIT trap runs without one for INT")
}

// kill ends a script that is a job: its trap runs, unless it is KILL.
func TestKillSetsOffTheTrapOfAJob(t *testing.T) {
	for _, row := range []struct{ kill, want string }{{"kill", "term\nout\n"}, {"kill -9", ""}, {"kill -HUP", "out\n"}} {
		term, _ := newWorld().Open("", 80)
		term.Type(`bash -c 'trap "echo out" EXIT; trap "echo term; exit 9" TERM; touch ready; sleep 100' &`)
		turn := term.Type(`until [ -e ready ]; do :; done; ` + row.kill + ` $!; wait`)
		require.Equal(t, row.want, turn.Text, row.kill)
	}
}

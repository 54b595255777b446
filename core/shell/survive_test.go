package shell_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/shell"
	"hsmplay/core/voice"
)

// A trap runs once, and the shell goes on or ends as bash does (bash(1), trap and set -e).
func TestTraps(t *testing.T) {
	for _, row := range []struct {
		line, want string
		state      shell.State
	}{
		{"trap 'echo x' ERR; false", "x\n", shell.Ready},
		{"trap 'echo x' ERR; true", "", shell.Ready},
		{"trap 'echo x' ERR; nope", "bash: nope: command not found\nx\n", shell.Ready},
		{"trap 'false' ERR; false", "", shell.Ready},
		{"trap 'echo x' EXIT; set -e; false", "x\n", shell.Closed},
		{"trap 'echo x' EXIT; exit 3", "x\n", shell.Closed},
		{"trap 'echo x' INT; echo y", "y\n", shell.Ready},
		{"bash -c \"trap 'echo x' EXIT; false\"", "x\n", shell.Ready},
	} {
		t.Run(row.line, func(t *testing.T) {
			term, _ := newWorld().Open("", 80)
			turn := term.Type(row.line)
			require.Equal(t, row.want, turn.Text)
			require.Equal(t, row.state, turn.State)
			require.NotContains(t, notes(turn), voice.ShellFault)
			if row.state == shell.Ready {
				require.Equal(t, "alive\n", term.Type("trap - ERR EXIT; echo alive").Text)
			}
		})
	}
}

// What set -e ends says so; what `exit` ends does not.
func TestASetEThatEndsTheShellSaysSo(t *testing.T) {
	term, _ := newWorld().Open("", 80)
	require.Empty(t, notes(term.Type("set -e")))
	turn := term.Type("ls /none 2>/dev/null")
	require.Equal(t, shell.Closed, turn.State)
	require.Equal(t, []voice.ID{voice.ShellErrexit}, notes(turn))
	for _, line := range []string{"exit 3", "bash -ec false; exit", "exec false"} {
		term, _ := newWorld().Open("", 80)
		require.Empty(t, notes(term.Type(line)), line)
	}
}

func TestTheEndOfTheShellSetsOffItsTrap(t *testing.T) {
	term, _ := newWorld().Open("", 80)
	term.Type("trap 'echo x' EXIT")
	require.Equal(t, "exit\nx\n", term.End().Text)
}

func TestCtrlCWithATrap(t *testing.T) {
	term, _ := newWorld().Open("", 80)
	term.Type("trap 'echo x' INT ERR; sleep 3")
	require.Equal(t, shell.Waits, term.Type("echo y").State)
	require.Equal(t, shell.Ready, term.Interrupt().State)
	require.Equal(t, shell.Ready, term.Interrupt().State)
	require.Equal(t, "y\n", term.Type("echo y").Text)
	term.Type("if")
	require.Equal(t, 130, term.Interrupt().Status)
}

// Whatever is put around a failing command: the engine goes on, and a shell that is open answers.
func TestNothingEndsTheEngine(t *testing.T) {
	frames := []string{"trap '%' ERR; false", "trap '%' EXIT; exit", "trap '%' 0; set -e; false", "set -e; %", "set -u; %; echo $none",
		"f() { %; }; f", "eval '%'", "echo '%' > s; source ./s", "echo '%' > s; bash s", "bash -c '%'", "(%)", "% &\nwait", "x=$(%)", "true | { %; }",
		"set -n; %", "exec %", "trap false ERR; % | %", "readonly COLUMNS; %", "trap '%' ERR; false &\nwait", "while %; do break; done"}
	words := []string{"exit", "exit 300", "exit x", "return", "return 3", "shift", "shift 9", "unset x", "unset -f f", "unset PATH", "readonly x=1",
		"declare -x", "declare -A m", "eval", "eval false", "source none", ". /", "trap", "trap -", "trap x", "set -e", "set -u", "set -", "exec", "exec none",
		"exec > f", "break", "continue 9", "local x", "return x", "getopts", "wait 1", "false", ": ${x?}", "unset none[1]", "declare -r IFS", "builtin exit"}
	for _, frame := range frames {
		term, _ := newWorld(small).Open("", 80)
		for _, word := range words {
			for _, line := range strings.Split(strings.ReplaceAll(frame, "%", word), "\n") {
				turn := term.Type(line)
				require.NotContains(t, notes(turn), voice.ShellFault, "%s: %s", frame, line)
				for turn.State == shell.Asks || turn.State == shell.Waits {
					turn = term.Interrupt()
				}
			}
			if term.Type("echo alive").State == shell.Closed {
				term, _ = newWorld(small).Open("", 80)
			}
		}
		term.Close()
	}
}

// A fault of the playground itself ends the line that has come upon it, with a note; bash goes on.
func TestAFaultEndsItsLineOnly(t *testing.T) {
	broken := shell.Program{Name: "broken", Run: func(*shell.Process) int { panic("a fault") }}
	for _, line := range []string{"broken", "broken | cat", "echo $(broken)", "(broken)", "broken &"} {
		term, _ := newWorld(func(o *shell.Options) { o.Programs = append(o.Programs, broken) }).Open("", 80)
		turn := term.Type("echo kept > f; " + line)
		if line != "broken &" {
			require.Contains(t, notes(turn), voice.ShellFault, line)
		}
		require.Equal(t, "kept\n", term.Type("cat f").Text, line)
	}
}

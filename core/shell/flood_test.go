package shell_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/shell"
	"hsmplay/core/voice"
)

var floods = []string{"while true; do echo y; done", "seq 1 1000000000", "yes", "yes | cat", "cat /dev/zero", "while true; do cd /none; done",
	"for ((;;)); do printf '%1000d\n' 1; done", "yes >&2", "yes > /dev/tty", "eval yes", "bash -c yes"}

// What a line may print to the terminal is bounded, and said to be.
func TestAFloodIsStopped(t *testing.T) {
	for _, line := range floods {
		term, _ := newWorld(func(o *shell.Options) { o.Limits.Screen, o.Limits.Rows = 1<<20, 2000 }).Open("", 80)
		turn := term.Type(line)
		require.Equal(t, []voice.ID{voice.ShellFlood}, notes(turn), line)
		require.Equal(t, 153, turn.Status, line)
		require.Less(t, len(turn.Text), 1<<20+8<<10, line)
		require.Less(t, strings.Count(turn.Text, "\n"), 2000+4096, line)
		require.True(t, strings.HasSuffix(turn.Text, "bash: File size limit exceeded\n"), line)
		require.Equal(t, "alive\n", term.Type("echo alive").Text)
	}
}

// A line that does not end is bounded too, whoever prints it.
func TestALongLineIsStopped(t *testing.T) {
	for _, line := range []string{"cat /dev/zero", "head -c 3000000 /dev/zero | tr '\\0' x"} {
		term, _ := newWorld().Open("", 80)
		turn := term.Type(line)
		require.Equal(t, []voice.ID{voice.ShellFlood}, notes(turn), line)
		require.Less(t, len(turn.Text), 1<<20+64<<10, line)
		require.Equal(t, "alive\n", term.Type("echo alive").Text)
	}
}

// Pipes stream: what goes through them may be much more than anybody holds.
func TestPipesStream(t *testing.T) {
	term, _ := newWorld().Open("", 80)
	for _, row := range [][2]string{
		{"cat /dev/zero | head -c 100000000 | wc -c", "100000000\n"},
		{"head -c 100000000 /dev/zero | cat | wc -c", "100000000\n"},
		{"seq 1 1000000 | tail -n 1", "1000000\n"},
		{"yes | head -n 5000000 | wc -l", "5000000\n"},
		{"head -c 90000000 < /dev/zero | md5sum", "1867c77184a58d97707eb8ef9b62599d  -\n"},
	} {
		turn := term.Type(row[0])
		require.Equal(t, row[1], turn.Text, row[0])
	}
}

// What the terminal has shown is not taken for the variables' memory.
func TestShownTextIsNoVariable(t *testing.T) {
	term, _ := newWorld(func(o *shell.Options) { o.Limits.Screen, o.Limits.Heap = 4<<20, 8<<20 }).Open("", 80)
	require.Equal(t, []voice.ID{voice.ShellFlood}, notes(term.Type("yes "+strings.Repeat("x", 80))))
}

// Ctrl-C ends a line that prints without end, at the first piece the host hears.
func TestCtrlCEndsAFlood(t *testing.T) {
	for _, line := range floods {
		w := newWorld(func(o *shell.Options) {
			o.Limits.Screen, o.Limits.Rows, o.Limits.Output, o.Limits.Piped, o.Limits.Line, o.Limits.Steps = 1<<40, 1<<40, 1<<40, 1<<40, 1<<40, 1<<40
		})
		term, _ := w.Open("", 80)
		w.hear(func(turn shell.Turn) {
			if turn.State == shell.Runs && turn.Text != "" {
				go term.Interrupt()
			}
		})
		require.Equal(t, 130, term.Type(line).Status, line)
	}
}

// A process waits for a host that is slow, so that no piece is large.
func TestAProcessDoesNotRunAhead(t *testing.T) {
	w := newWorld(func(o *shell.Options) { o.Limits.Rows = 1 << 40 })
	term, _ := w.Open("", 80)
	largest := 0
	w.hear(func(turn shell.Turn) {
		largest = max(largest, len(turn.Text))
		for range 10 {
			pause()
		}
	})
	term.Type("yes")
	require.Less(t, largest, 300<<10)
	require.Greater(t, largest, 0)
}

// A note that is said again and again is said once.
func TestNotesDoNotFlood(t *testing.T) {
	term, _ := newWorld(small).Open("", 80)
	require.Len(t, term.Type("nope; nope; gerp; nope").Notes, 2)
}

package shell_test

import (
	"os"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/internal/snippet"
	"hsmplay/core/shell"
	"hsmplay/core/voice"
)

// small limits keep the tests short.
func small(o *shell.Options) {
	o.Limits = shell.Limits{Steps: 200_000, Output: 4 << 20, Piped: 4 << 20}
}

// What would fill Go's stack or memory ends with an error of bash and a note, and the terminal goes
// on.
func TestExhaustionIsPrevented(t *testing.T) {
	for _, row := range []struct {
		name, line, want string
		note             voice.ID
	}{
		{"nested parentheses", strings.Repeat("(", 2000) + "true" + strings.Repeat(")", 2000),
			"bash: syntax error: maximum nesting exceeded\n", voice.ShellNesting},
		{"parentheses without end", strings.Repeat("(", 100_000), "bash: syntax error: maximum nesting exceeded\n", voice.ShellNesting},
		{"nested substitutions", strings.Repeat("echo $(", 2000) + strings.Repeat(")", 2000),
			"bash: syntax error: maximum nesting exceeded\n", voice.ShellNesting},
		{"nested quotes", strings.Repeat(`echo "$(`, 2000), "bash: syntax error: maximum nesting exceeded\n", voice.ShellNesting},
		{"nested braces", strings.Repeat("{ ", 5000) + "true", "bash: syntax error: maximum nesting exceeded\n", voice.ShellNesting},
		{"nested ifs", strings.Repeat("if true; then ", 5000), "bash: syntax error: maximum nesting exceeded\n", voice.ShellNesting},
		{"nested expansions", "echo " + strings.Repeat("${a:-", 5000) + strings.Repeat("}", 5000),
			"bash: syntax error: maximum nesting exceeded\n", voice.ShellNesting},
		{"nested tests", "[[ " + strings.Repeat("( ", 5000) + "a" + strings.Repeat(" )", 5000) + " ]]",
			"bash: syntax error: maximum nesting exceeded\n", voice.ShellNesting},
		{"negations", "[[ " + strings.Repeat("! ", 50_000) + "a ]]", "bash: syntax error: maximum nesting exceeded\n", voice.ShellNesting},
		{"long chain", strings.Repeat("true && ", 20_000) + "true", "bash: syntax error: maximum nesting exceeded\n", voice.ShellNesting},
		{"long pipe", strings.Repeat("true | ", 20_000) + "true", "bash: syntax error: maximum nesting exceeded\n", voice.ShellNesting},
		{"long sum", "echo $((1" + strings.Repeat("+1", 10_000) + "))", "bash: syntax error: maximum nesting exceeded\n", voice.ShellNesting},
		{"nested sum", "echo $((" + strings.Repeat("(", 5000) + "1" + strings.Repeat(")", 5000) + "))",
			"bash: syntax error: maximum nesting exceeded\n", voice.ShellNesting},
		{"powers", "echo $((1" + strings.Repeat("**1", 10_000) + "))", "bash: syntax error: maximum nesting exceeded\n", voice.ShellNesting},
		{"eval", `x=$(printf '(%.0s' {1..3000}); eval "$x"`, "bash: eval: syntax error: maximum nesting exceeded\n", voice.ShellNesting},
		{"trap", `x=$(printf '(%.0s' {1..3000}); trap "$x" EXIT`, "bash: trap: syntax error: maximum nesting exceeded\n", voice.ShellNesting},
		{"source", `printf '(%.0s' {1..3000} > s; . ./s`, "bash: ./s: syntax error: maximum nesting exceeded\n", voice.ShellNesting},
		{"test", `test $(printf '! %.0s' {1..15000}) x`, "bash: test: too many arguments\n", ""},
		{"subscript", `unset "a[$(printf '(%.0s' {1..3000})]"`, "bash: unset: `a[((((((((((((((((((((((((((((((...': not a valid identifier\n", ""},
		{"endless function", "f(){ f; }; f", "bash: maximum function nesting level exceeded\n", voice.ShellDepth},
		{"endless script", "echo 'bash s' > s; bash s", "bash: maximum function nesting level exceeded\n", voice.ShellDepth},
		{"endless source", "echo '. ./s' > s; . ./s", "bash: maximum function nesting level exceeded\n", voice.ShellDepth},
		{"endless eval", `x='eval "$x"'; eval "$x"`, "bash: maximum function nesting level exceeded\n", voice.ShellDepth},
		{"endless substitution", "f(){ echo $(f); }; f", "bash: maximum function nesting level exceeded\n", voice.ShellDepth},
		{"doubling", "x=xxxxxxxx; while true; do x=$x$x; done", "bash: xrealloc: cannot allocate memory\n", voice.ShellMemory},
		{"appending", "x=xxxxxxxx; while true; do x+=$x; done", "bash: xrealloc: cannot allocate memory\n", voice.ShellMemory},
		{"doubling in quotes", `x=xxxxxxxx; while true; do x="$x$x"; done`, "bash: xrealloc: cannot allocate memory\n", voice.ShellMemory},
		{"doubling a list", `set -- a b; while true; do set -- "$@" "$@"; done`, "bash: xrealloc: cannot allocate memory\n", voice.ShellMemory},
		{"doubling an array", `a=(a b); while true; do a+=("${a[@]}"); done`, "bash: xrealloc: cannot allocate memory\n", voice.ShellMemory},
		{"replacing", `x=$(printf 'x%.0s' {1..9000}); y=${x//x/$x}; echo ${#y}`, "bash: xrealloc: cannot allocate memory\n", voice.ShellMemory},
		{"doubling a document", "x=xx; while true; do x=$(cat <<E\n$x$x\nE\n); done", "bash: File size limit exceeded\n", voice.ShellOutput},
		{"filling an array", `while true; do a+=("$RANDOM$(printf %1000d 0)"); done`, "bash: File size limit exceeded\n", voice.ShellOutput},
		{"braces", "echo {1..1000000000}", "bash: brace expansion: cannot allocate memory\n", voice.ShellBraces},
		{"many braces", "echo {1..99}{1..99}{1..99}{1..99}", "bash: brace expansion: cannot allocate memory\n", voice.ShellBraces},
		{"endless output", "yes > /dev/null", "bash: File size limit exceeded\n", voice.ShellOutput},
		{"endless device", "cat /dev/zero > /dev/null", "bash: File size limit exceeded\n", voice.ShellOutput},
		{"endless device in a variable", "x=$(cat /dev/urandom)", "bash: File size limit exceeded\n", voice.ShellOutput},
		{"endless loop", "while true; do :; done", "bash: CPU time limit exceeded\n", voice.ShellSteps},
		{"endless for", "for ((;;)); do :; done", "bash: CPU time limit exceeded\n", voice.ShellSteps},
		{"endless loop in a pipe", "while true; do :; done | cat", "bash: CPU time limit exceeded\n", voice.ShellSteps},
		{"globs of globs", "echo /*/../*/../*/../*/../*/../*/../*/../*/../*/../*/..", "bash: xrealloc: cannot allocate memory\n", voice.ShellMemory},
	} {
		t.Run(row.name, func(t *testing.T) {
			term, _ := newWorld(small).Open("", 80)
			defer term.Close()
			turn := term.Type(row.line)
			require.Equal(t, row.want, turn.Text)
			require.Equal(t, shell.Ready, turn.State)
			require.NotZero(t, turn.Status)
			if row.note != "" {
				require.NotEmpty(t, turn.Notes)
				require.Equal(t, row.note, turn.Notes[0].ID)
			}
			require.Equal(t, "alive\n", term.Type("unset x a; echo alive").Text)
		})
	}
}

// Fork bombs end too, and what one reads without end; which limit is met first is chance.
func TestEndlessThingsEnd(t *testing.T) {
	for _, line := range []string{":(){ :|:& };:", "f(){ f | f; }; f", "f(){ f & f & }; f", "while true; do sleep 100 & done",
		"read x < /dev/zero", "cat /dev/zero | read x"} {
		term, _ := newWorld(small).Open("", 80)
		turn := term.Type(line)
		require.Equal(t, shell.Ready, turn.State, line)
		require.Equal(t, "alive\n", last(term.Type("echo; echo alive").Text), line)
		term.Close()
	}
}

// last is the last line of a text.
func last(text string) string {
	lines := strings.SplitAfter(strings.TrimSuffix(text, "\n"), "\n")
	return lines[len(lines)-1] + "\n"
}

// Ctrl-C ends a line that does nothing but compute.
func TestCtrlCEndsAnEndlessLoop(t *testing.T) {
	for _, line := range []string{"while true; do :; done", "while true; do :; done | cat", "yes > /dev/null", "for ((;;)); do x=1; done",
		"until false; do true; done", "cat /dev/zero >/dev/null"} {
		w := newWorld(func(o *shell.Options) { o.Limits.Output, o.Limits.Piped = 1<<50, 1<<50 })
		term, _ := w.Open("", 80)
		done := make(chan shell.Turn)
		go func() { done <- term.Type(line) }()
		for term.Now().State != shell.Runs {
			pause()
		}
		other, _ := w.Open("", 80)
		require.Equal(t, "beside\n", other.Type("echo beside").Text)
		require.Equal(t, shell.Ready, term.Interrupt().State)
		require.Equal(t, 130, (<-done).Status, line)
		require.Equal(t, "130\n", term.Type("echo $?").Text)
	}
}

// Output of a long line is told while it runs.
func TestLongOutputComesInPieces(t *testing.T) {
	w := newWorld(func(o *shell.Options) { o.Limits.Output, o.Limits.Piped = 1<<50, 1<<50 })
	term, _ := w.Open("", 80)
	done := make(chan shell.Turn)
	w.hear(func(turn shell.Turn) {
		if turn.State == shell.Runs && turn.Text != "" {
			go term.Interrupt()
		}
	})
	go func() { done <- term.Type("echo begun; while true; do :; done") }()
	turn := <-done
	require.Equal(t, "begun\n^C\n", turn.Text)
	require.Equal(t, "echo begun; while true; do :; done", *turn.Line)
}

// What the interpreter does badly ends the command, not the engine: also on the sides of a pipe,
// which are goroutines.
func TestFaultsOfTheInterpreter(t *testing.T) {
	for _, line := range []string{"declare -A a=(x)", "declare -A a=(x) | cat", "{ declare -A a=(x); } & wait", "declare -A a=(x) | declare -A b=(y)"} {
		term, _ := newWorld().Open("", 80)
		turn := term.Type(line)
		require.Equal(t, shell.Ready, turn.State, line)
		require.Equal(t, "alive\n", term.Type("echo alive").Text)
	}
}

// bash touches nothing of the host: a real directory and TMPDIR stay empty.
func TestNothingOfTheHostIsTouched(t *testing.T) {
	if runtime.GOOS == "js" {
		t.Skip("the host's files are not reached from node's browser-like runtime")
	}
	rows := append(snippet.Read(t, snippets), snippet.Read(t, "../unix/testdata/programs.txt")...)
	dir, tmp := t.TempDir(), t.TempDir()
	t.Chdir(dir)
	t.Setenv("TMPDIR", tmp)
	for _, row := range rows {
		text(row.In)
	}
	for _, line := range []string{"echo x > f; mkdir d; cd d; touch g", "cat <(echo x)", "echo x > >(cat)", "mktemp", "echo ~nobody ~root",
		"type sh; command -v sh; which sh", "source /etc/profile", "[ -e " + dir + " ] && echo reached", "ls " + tmp, "cd " + dir,
		"unset HOME; cd; echo ~", "cat < /tmp/sh-interp-1", "pwd -P", "echo " + dir + "/*"} {
		require.NotContains(t, text(line), "reached")
	}
	for _, d := range []string{dir, tmp} {
		entries, err := os.ReadDir(d)
		require.NoError(t, err)
		require.Empty(t, entries)
	}
}

package shell_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hsmplay/core/shell"
	"hsmplay/core/voice"
)

func notes(turn shell.Turn) []voice.ID {
	var ids []voice.ID
	for _, n := range turn.Notes {
		ids = append(ids, n.ID)
	}
	return ids
}

func TestDidYouMean(t *testing.T) {
	term, _ := newWorld().Open("", 80)
	turn := term.Type("gerp x")
	require.Equal(t, "bash: gerp: command not found\n", turn.Text)
	require.Equal(t, "There is no gerp here. Did you mean grep x?", plainNote(turn.Notes[0]))
	require.Equal(t, []voice.ID{voice.ShellUnknown}, notes(term.Type("zzzzzzz")))
	require.Equal(t, 127, term.Type("fkae").Status)
	require.Equal(t, []voice.ID{voice.ShellNearest}, notes(term.Type("FAKE")))
	require.Empty(t, notes(term.Type("ls")))
}

func plainNote(n shell.Note) string {
	var b strings.Builder
	for _, p := range n.Parts {
		b.WriteString(p.Text)
	}
	return b.String()
}

func TestHistoryIsOnePerProgram(t *testing.T) {
	term, _ := newWorld().Open("", 80)
	for _, line := range []string{"echo a", "echo a", "", "fake"} {
		term.Type(line)
	}
	require.Equal(t, []string{}, term.History())
	term.Type("say x")
	term.Type("who")
	term.Type("ann")
	require.Equal(t, []string{"say x", "who"}, term.History(), "an answer is no line")
	term.Type("exit")
	require.Equal(t, []string{"echo a", "fake"}, term.History(), "a line that is repeated is kept once")
	require.Equal(t, "    2  fake\n    3  history 2\n", term.Type("history 2").Text)
	other, _ := newWorld().Open("", 80)
	require.Empty(t, other.History())
}

func TestCompletion(t *testing.T) {
	term, _ := newWorld().Open("", 80)
	term.Type("mkdir dir; touch file.txt 'file two'")
	words := func(line string) (list []string) {
		for _, c := range term.Complete(line, len(line)).Choices {
			list = append(list, c.Word)
		}
		return list
	}
	require.Equal(t, []string{"fake", "false"}, words("fa")[:2])
	require.Equal(t, []string{`file\ two`, "file.txt"}, words("cat fi"))
	require.Equal(t, []string{"dir/"}, words("cd d"))
	require.Equal(t, []string{"mkdir", "mktemp"}, words("ls; mk"))
	require.Equal(t, []string{"/opt/cloudhsm/"}, words("ls /opt/c"))
	require.NotEmpty(t, words("\v "), "a blank that bash does not know")
	c := term.Complete("fak", 3)
	require.Equal(t, "a tool for tests", c.Choices[0].Means)
	require.Equal(t, 0, c.From)
	require.Equal(t, 3, c.To)
	require.Equal(t, "makes directories", term.Explain("mkdir x", 3).Summary)
	term.Type("fake")
	require.Equal(t, []string{"say"}, words("s"), "at a tool's prompt the tool completes")
	require.Equal(t, []string{"file.txt"}, words("cat file."), "the playground's words complete as in bash")
	require.Equal(t, []string{"say next"}, term.Next())
	term.Type("who")
	require.Empty(t, words("s"), "an answer is not completed")
}

func TestATerminalIsSavedAndRestored(t *testing.T) {
	memory := shell.NewMemory(shell.Fresh())
	first := newWorld(func(o *shell.Options) { o.FS = memory })
	term, _ := first.Open("cluster", 100)
	for _, line := range []string{"mkdir d; cd d", "x='a b'; export Y=2", "a=(1 'two words')", "declare -A m; m[k]=v", "f() { echo \"f:$1\" | cat; }", "set -- one",
		"false"} {
		term.Type(line)
	}
	saved := roundTrip(t, term.Save())
	second := newWorld(func(o *shell.Options) { o.FS = memory.Fork() })
	again, turn := second.Restore(saved)
	require.Equal(t, "$ ", turn.Prompt)
	require.Equal(t, "cluster", again.Name)
	require.Equal(t, term.Number, again.Number)
	require.Equal(t, "1\n", again.Type("echo $?").Text)
	require.Equal(t, shell.Home+"/d\na b 2 two words v\nf:x\n",
		again.Type("pwd; echo $x $Y ${a[1]} ${m[k]}; f x").Text)
	require.Equal(t, "2\n", again.Type("bash -c 'echo $Y'").Text)
	require.Contains(t, again.History(), "set -- one")
	fresh, _ := second.Open("", 80)
	require.Equal(t, 2, fresh.Number, "numbers go on")
	require.Equal(t, saved.Functions, again.Save().Functions, "a function is saved as it was typed")
}

func roundTrip(t *testing.T, s shell.Saved) (back shell.Saved) {
	data, err := json.Marshal(s)
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(data, &back))
	return back
}

func TestARunningToolIsSaved(t *testing.T) {
	term, _ := newWorld().Open("", 80)
	term.Type("fake")
	term.Type("login ann")
	for _, line := range []string{"", "who", "wait x"} {
		term.Type(line)
		w := newWorld()
		again, turn := w.Restore(roundTrip(t, term.Save()))
		require.Equal(t, line != "", slices.Contains(notes(turn), voice.ShellRestored), line)
		require.Equal(t, "Fake:  ", turn.Prompt, "an open question or a wait is not kept")
		require.Equal(t, "fake", turn.Program)
		require.Equal(t, "\tx\n\n", again.Type("say x").Text)
		require.Equal(t, "ann", again.Now().User)
		require.Equal(t, "$ ", again.Type("exit").Prompt)
		require.Equal(t, 1, w.closed)
		require.Equal(t, "3\n", again.Type("echo $?").Text)
		term.Interrupt()
	}
}

func TestSleepIsOnTheSimulatedClock(t *testing.T) {
	w := newWorld()
	term, _ := w.Open("", 80)
	require.Equal(t, shell.Waits, term.Type("echo a; sleep 2; echo b").State)
	require.Equal(t, int64(2000), w.Due())
	require.Equal(t, int64(2000), term.Due())
	require.Empty(t, w.after(1999))
	require.Equal(t, "b\n", w.after(1)[0].Text)
	term.Type("sleep 1 | sleep 3; echo c")
	w.after(1000)
	require.Equal(t, shell.Waits, term.Now().State, "the second one still waits")
	turns := w.after(2000)
	require.Equal(t, "c\n", turns[len(turns)-1].Text)
	require.Equal(t, 130, func() int { term.Type("sleep 1"); return term.Interrupt().Status }())
}

// `wait` hands the terminal over while a job sleeps, and `timeout` ends a sleep on the simulated
// clock.
func TestWaitAndTimeoutLetTheClockGoOn(t *testing.T) {
	w := newWorld()
	term, _ := w.Open("", 80)
	require.Equal(t, shell.Waits, term.Type("sleep 2 & wait; echo over").State)
	require.Equal(t, "over\n", w.after(2000)[0].Text)
	require.Equal(t, shell.Waits, term.Type("timeout 1 bash -c 'sleep 5; echo no'; echo $?").State)
	require.Equal(t, int64(3000), w.Due())
	require.Equal(t, "124\n", w.after(1000)[0].Text)
	require.Equal(t, "143\n", term.Type("sleep 9 & kill $!; wait $!; echo $?").Text)
}

func TestJobsWaitBesideThePrompt(t *testing.T) {
	w := newWorld()
	term, _ := w.Open("", 80)
	require.Equal(t, shell.Ready, term.Type("(sleep 1; echo done > f) &").State)
	require.Equal(t, "here\n", term.Type("echo here").Text)
	for w.Due() != 1000 {
		pause()
	}
	w.after(1000)
	require.Equal(t, "done\n", term.Type("wait; cat f").Text)
}

func TestReadAsksTheTerminal(t *testing.T) {
	term, _ := newWorld().Open("", 80)
	require.Equal(t, shell.Ready, term.Type("read x y; echo \"<$y>\"").State)
	require.Equal(t, "<b c>\n", term.Type("a b c").Text)
	turn := term.Type("read -p 'Name: ' x; echo $x")
	require.Equal(t, shell.Asks, turn.State)
	require.Equal(t, "Name: ", turn.Prompt)
	require.Equal(t, "it's\n", term.Type("it's").Text)
	require.True(t, term.Type("read -sp 'PIN: ' pin").Hidden)
	require.Equal(t, "", *term.Type("1234").Line)
	require.Equal(t, "1234\n", term.Type("echo $pin").Text)
	term.Type("read x; echo $?")
	require.Equal(t, "1\n", term.End().Text)
	term.Type("cat > f")
	term.Type("typed")
	require.Equal(t, "$ ", term.End().Prompt)
	require.Equal(t, "typed\n", term.Type("cat f").Text)
	term.Type("while read l; do echo \"<$l>\"; done")
	require.Equal(t, "<a>\n", term.Type("a").Text)
	require.Equal(t, 130, term.Interrupt().Status)
}

func TestClear(t *testing.T) {
	term, _ := newWorld().Open("", 80)
	turn := term.Type("echo a; clear; echo b")
	require.True(t, turn.Clear)
	require.Equal(t, "b\n", turn.Text)
	term.Type("fake")
	require.True(t, term.Type("clear").Clear)
}

func TestEveryProgramHelps(t *testing.T) {
	w := newWorld()
	term, _ := w.Open("", 80)
	for _, row := range w.Programs() {
		if row.Help != "" {
			require.True(t, strings.HasPrefix(row.Help, "Usage: ") || strings.HasPrefix(row.Help, "usage: "), row.Name)
			require.Equal(t, row.Help, term.Type("/"+strings.TrimPrefix("usr/bin/"+row.Name, "/")+" --help").Text)
		}
	}
	list := term.Type("help").Text
	require.Contains(t, list, "fake                   a tool for tests\n")
	require.NotContains(t, list, "hsmplay")
}

func TestBashInBash(t *testing.T) {
	term, _ := newWorld().Open("", 80)
	require.Equal(t, "$ ", term.Type("bash").Prompt)
	term.Type("x=inner; cd /tmp")
	require.Equal(t, "inner\n", term.Type("echo $x").Text)
	term.Type("exit 4")
	require.Equal(t, "4 "+shell.Home+"\n", term.Type("echo $? $PWD $x").Text)
	require.Equal(t, shell.Closed, term.Type("exit").State)
}

func TestTheSameSeedGivesTheSameChance(t *testing.T) {
	line := "echo $RANDOM $((RANDOM%100)) $(echo $RANDOM); mktemp -u; echo $RANDOM | cat"
	require.Equal(t, text(line), text(line))
}

func TestWhatIsSpoken(t *testing.T) {
	term, _ := newWorld().Open("", 80)
	require.Equal(t, "ls succeeded.", term.Type("ls").Said)
	require.Equal(t, "false failed.", term.Type("false").Said)
	term.Type("fake")
	require.Equal(t, "fail failed: 0xb3 : HSM Error: This operation violates the current configured/FIPS policies.", term.Type("fail").Said)
	require.Equal(t, "", term.Type("who").Said)
}

func TestClosingEndsJobsToo(t *testing.T) {
	w := newWorld()
	term, _ := w.Open("", 80)
	term.Type("fake singlecmd wait x &")
	for w.Due() == 0 {
		pause()
	}
	term.Close()
	for closed := 0; closed == 0; {
		pause()
		w.Do(func() { closed = w.closed })
	}
	require.Zero(t, w.Due())
}

func TestTheEndOfAShellKeepsItsHistory(t *testing.T) {
	w := newWorld()
	term, _ := w.Open("", 80)
	for _, line := range []string{"echo a", "read -sp 'PIN: ' pin", "1234", "fake", "say x", "password", "s3cret", "exit", "exit"} {
		term.Type(line)
	}
	second, _ := w.Open("", 80)
	require.Equal(t, "echo a\nread -sp 'PIN: ' pin\nfake\nexit\n", second.Type("cat ~/.bash_history").Text)
	require.Equal(t, "-rw-------\n", second.Type("ls -l .bash_history | cut -c1-10").Text)
	require.Equal(t, []string{"echo a", "read -sp 'PIN: ' pin", "fake", "exit", "cat ~/.bash_history",
		"ls -l .bash_history | cut -c1-10"}, second.History(), "a new shell begins with them")
	second.Close()
	third, _ := w.Open("", 80)
	require.Equal(t, "6\n", third.Type("wc -l < .bash_history").Text, "each once")
	require.Equal(t, "cat ~/.bash_history\n", third.Type("tail -2 .bash_history | head -1").Text, "closing keeps them too")
	third.Type("rm .bash_history; mkdir .bash_history")
	require.Equal(t, shell.Closed, third.Type("exit").State, "what cannot be kept is not")
}

// A note never stands before the text of its own command, also where the host takes the text in
// pieces.
func TestNotesComeAfterTheText(t *testing.T) {
	w := newWorld()
	term, _ := w.Open("", 80)
	term.Type("fake")
	w.heard = nil
	term.Type(strings.Repeat("x", 1<<20))
	require.Greater(t, len(w.heard), 1, "it comes in pieces")
	noted := slices.IndexFunc(w.heard, func(turn shell.Turn) bool { return len(turn.Notes) > 0 })
	require.Positive(t, noted)
	for _, turn := range w.heard[noted+1:] {
		require.Empty(t, turn.Text)
	}
}

// What a job prints at a prompt is told when it comes, where the host asks for that.
func TestAJobIsHeardAtThePrompt(t *testing.T) {
	heard := make(chan string, 8)
	w := newWorld(func(o *shell.Options) {
		o.Live = true
		o.Listen = func(turn shell.Turn) {
			if turn.Line == nil && turn.Text != "" {
				require.Equal(t, shell.Ready, turn.State)
				heard <- turn.Text
			}
		}
	})
	term, _ := w.Open("", 80)
	require.Empty(t, term.Type(`(sleep 1; echo late; echo again) &`).Text)
	require.Eventually(t, w.Waiting, time.Second, time.Millisecond)
	w.Do(func() { w.clock.now += 1000 })
	w.Poll()
	select {
	case text := <-heard:
		require.Equal(t, "late\nagain\n", text)
	case <-time.After(5 * time.Second):
		require.Fail(t, "nothing was heard")
	}
	require.Empty(t, term.Type("true").Text, "it is told once")
}

package shell_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/retcode"
	"hsmplay/core/shell"
	"hsmplay/core/voice"
)

func TestATerminalBeginsAtThePromptOfBash(t *testing.T) {
	term, turn := newWorld().Open("cluster", 100)
	require.Equal(t, 1, term.Number)
	require.Equal(t, shell.Ready, turn.State)
	require.Equal(t, "$ ", turn.Prompt)
	require.Equal(t, "bash", turn.Program)
	require.Nil(t, turn.Line)
	require.Equal(t, "100\n", term.Type("echo $COLUMNS").Text)
}

func TestALineOfBashIsOneTurn(t *testing.T) {
	term, _ := newWorld().Open("", 80)
	turn := term.Type("echo one; ls nothing")
	require.Equal(t, "echo one; ls nothing", *turn.Line)
	require.Equal(t, "$ ", turn.At)
	require.Equal(t, "one\nls: cannot access 'nothing': No such file or directory\n", turn.Text)
	require.Equal(t, 2, turn.Status)
	require.Equal(t, "echo", turn.Command)
	require.Nil(t, turn.Code)
	require.Equal(t, "2\n", term.Type("echo $?").Text)
}

func TestAnUnfinishedLineGoesOnAtTheSecondPrompt(t *testing.T) {
	term, _ := newWorld().Open("", 80)
	require.Equal(t, "> ", term.Type("for i in 1 2; do").Prompt)
	require.Equal(t, "> ", term.Type("echo $i").Prompt)
	require.Equal(t, "1\n2\n", term.Type("done").Text)
	require.Equal(t, "> ", term.Type("echo 'a").Prompt)
	require.Equal(t, "a\nb\n", term.Type("b'").Text)
	require.Equal(t, "> ", term.Type("cat <<EOF").Prompt)
	require.Equal(t, "> ", term.Type("x").Prompt)
	require.Equal(t, "x\n", term.Type("EOF").Text)
	require.Equal(t, "> ", term.Type("cat > f <<'EOF'").Prompt)
	require.Equal(t, "> ", term.Type("'$HOME'").Prompt)
	require.Equal(t, "$ ", term.Type("EOF").Prompt)
	require.Equal(t, "'$HOME'\n", term.Type("cat f").Text)
	require.Equal(t, "> ", term.Type(`echo a \`).Prompt)
	require.Equal(t, "a b\n", term.Type("b").Text)
	require.Equal(t, "c\n", term.Type(`echo c # d \`).Text)
}

func TestAToolReadsItsLines(t *testing.T) {
	w := newWorld()
	term, _ := w.Open("", 80)
	turn := term.Type("fake")
	require.Equal(t, "Fake 1.0\n", turn.Text)
	require.Equal(t, "Fake:  ", turn.Prompt)
	require.Equal(t, "fake", turn.Program)
	turn = term.Type("login ann")
	require.Equal(t, "Fake:  ", turn.At)
	require.Equal(t, "hello ann\n", turn.Text)
	require.Equal(t, "ann", turn.User)
	require.Equal(t, int64(0), *turn.Code)
	turn = term.Type("fail")
	require.Equal(t, int64(retcode.Policy), *turn.Code)
	require.Equal(t, "fail", turn.Command)
	turn = term.Type("exit")
	require.Equal(t, "$ ", turn.Prompt)
	require.Equal(t, 3, turn.Status)
	require.Equal(t, "", turn.User)
	require.Equal(t, 1, w.closed)
}

func TestQuestions(t *testing.T) {
	term, _ := newWorld().Open("", 80)
	term.Type("/opt/cloudhsm/bin/fake")
	turn := term.Type("who")
	require.Equal(t, shell.Asks, turn.State)
	require.Equal(t, "Name: ", turn.Prompt)
	require.False(t, turn.Hidden)
	turn = term.Type("ann")
	require.Equal(t, "Name: ", turn.At)
	require.Equal(t, "ann", *turn.Line)
	require.True(t, turn.Echo)
	require.Equal(t, "who", turn.Command)
	require.Equal(t, "You are ann\n", turn.Text)
}

func TestAHiddenAnswerIsNowhere(t *testing.T) {
	w := newWorld()
	term, _ := w.Open("", 80)
	term.Type("fake")
	require.True(t, term.Type("password").Hidden)
	turn := term.Type("s3cret")
	require.Equal(t, "", *turn.Line)
	require.False(t, turn.Echo)
	require.Equal(t, "right\n", turn.Text)
	everything, err := json.Marshal([]any{w.heard, term.History(), term.Save()})
	require.NoError(t, err)
	require.NotContains(t, string(everything), "s3cret")
}

// Nobody sees a password that is piped in, so the tool ends its prompt's line; what is shown ends it.
func TestWhatFollowsAPipedPasswordStandsOnTheNextLine(t *testing.T) {
	w := newWorld()
	term, _ := w.Open("", 80)
	require.Contains(t, term.Type(`printf 'password\ns3cret\n' | fake`).Text, "Password: \nright\n")
	require.Contains(t, term.Type(`printf 'who\nann\n' | fake`).Text, "Name: You are ann\n")
}

// Wherever Ctrl-C meets a line, before it begins, in it or as it ends, it takes no tool away, and
// no later line.
func TestCtrlCBesideALine(t *testing.T) {
	w := newWorld()
	term, _ := w.Open("", 80)
	term.Type("fake")
	for i := range 300 {
		met := make(chan bool)
		go func() {
			for range i % 7 {
				pause()
			}
			term.Interrupt()
			met <- true
		}()
		term.Type("say one")
		<-met
		turn := term.Type("say two")
		require.Equal(t, "Fake:  ", turn.Prompt, "%d %+v", i, turn)
		require.Equal(t, "\ttwo\n\n", turn.Text)
	}
	term.Type("exit")
	for range 300 {
		met := make(chan bool)
		go func() { term.Interrupt(); met <- true }()
		term.Type("echo one")
		<-met
		require.Equal(t, "two\n", term.Type("echo two").Text)
	}
}

func TestCtrlC(t *testing.T) {
	w := newWorld()
	term, _ := w.Open("", 80)
	turn := term.Interrupt()
	require.Equal(t, "^C\n", turn.Text)
	require.Equal(t, 130, turn.Status)
	require.Equal(t, "$ ", turn.Prompt)

	term.Type("fake")
	require.Equal(t, "Fake:  ", term.Interrupt().Prompt, "at a tool's prompt the tool is not left")
	term.Type("who")
	turn = term.Interrupt()
	require.Equal(t, "Fake:  ", turn.Prompt, "at a question the command is given up")
	require.Equal(t, "who was interrupted.", turn.Said)
	require.Equal(t, "unknown ann\n", term.Type("ann").Text)
	require.Equal(t, shell.Waits, term.Type("wait key").State)
	turn = term.Interrupt()
	require.Equal(t, "^C\ngiven up\n", turn.Text)
	require.Equal(t, "wait was interrupted.", turn.Said)
	require.Equal(t, "Fake:  ", turn.Prompt)
	require.Equal(t, 0, w.closed)
	term.Type("exit")

	require.Equal(t, shell.Waits, term.Type("for i in 1 2 3; do fake singlecmd wait key; done; echo after").State)
	turn = term.Interrupt()
	require.Equal(t, "^C\ngiven up\n", turn.Text, "in a script the whole line ends")
	require.Equal(t, 130, turn.Status)
	require.Equal(t, "$ ", turn.Prompt)
	require.Equal(t, 2, w.closed)
	require.Equal(t, "130\n", term.Type("echo $?").Text)
}

func TestAWaitGoesOnWhenTheWorldHasChanged(t *testing.T) {
	w := newWorld()
	one, _ := w.Open("", 80)
	two, _ := w.Open("", 80)
	one.Type("fake")
	turn := one.Type("wait key")
	require.Equal(t, "waiting\n", turn.Text)
	require.Equal(t, &shell.Wait{About: []voice.Part{{Text: "Sleeping until the simulated clock has moved on."}}, Have: 1, Of: 3,
		Until: 5000}, turn.Wait)
	require.Equal(t, int64(5000), w.Due())
	require.Equal(t, "hello\n", two.Type("echo hello").Text, "another terminal is not held up")
	require.Equal(t, shell.Waits, one.Type("say no").State)
	require.Empty(t, w.after(4999))
	turns := w.after(1)
	require.Len(t, turns, 1)
	require.Nil(t, turns[0].Line)
	require.Equal(t, "key came\n", turns[0].Text)
	require.Equal(t, shell.Ready, turns[0].State)
	one.Type("wait key")
	require.Equal(t, "hopeless\n", w.GiveUp(one).Text)
}

func TestWorkIsDoneWithoutTheLock(t *testing.T) {
	w := newWorld()
	term, _ := w.Open("", 80)
	term.Type("fake")
	done := make(chan shell.Turn)
	go func() { done <- term.Type("work") }()
	w.Do(func() {})
	w.worked <- struct{}{}
	require.Equal(t, "made\n", (<-done).Text)
	go func() { done <- term.Type("work") }()
	for len(w.Terminals()) == 0 || term.Now().State != shell.Runs {
		pause()
	}
	require.Equal(t, "Fake:  ", term.Interrupt().Prompt)
	require.Equal(t, "^C\n", (<-done).Text)
}

func TestCtrlD(t *testing.T) {
	w := newWorld()
	term, _ := w.Open("", 80)
	term.Type("fake")
	require.Equal(t, "$ ", term.End().Prompt)
	turn := term.End()
	require.Equal(t, "exit\n", turn.Text)
	require.Equal(t, shell.Closed, turn.State)
	require.Empty(t, w.Terminals())
	require.Equal(t, shell.Closed, term.Type("echo x").State)
}

func TestClosingATerminalEndsWhatRunsOnIt(t *testing.T) {
	for _, lines := range [][]string{{"fake"}, {"fake", "who"}, {"fake", "wait key"}, {"fake singlecmd wait x | cat"}, {"sleep 5"},
		{"cat"}, {"sleep 9 &"}, {"fake | cat"}} {
		w := newWorld()
		term, _ := w.Open("", 80)
		for _, line := range lines {
			term.Type(line)
		}
		term.Close()
		require.Empty(t, w.Terminals(), "%q", lines)
		require.Equal(t, strings.Count(lines[0], "fake"), w.closed, "%q", lines)
	}
}

func TestAToolReadsAPipeOrAHereDocument(t *testing.T) {
	require.Equal(t, "Fake 1.0\nFake:  \ta\n\nFake:  Name: You are b\nFake:  ", text(`printf 'say a\nwho\nb\n' | fake`))
	term, _ := newWorld().Open("", 80)
	term.Type("fake <<EOF")
	term.Type("say $((1+1))")
	require.Equal(t, "Fake 1.0\nFake:  \t2\n\nFake:  ", term.Type("EOF").Text)
	require.Equal(t, "\t1\n\n\t2\n\n", term.Type("for i in 1 2; do fake singlecmd say $i; done").Text)
	require.Equal(t, "3\n", term.Type("echo $?; fake singlecmd say x >/dev/null").Text[len("0\n")-2:])
}

func TestTheToolsFilesAreTheShells(t *testing.T) {
	term, _ := newWorld().Open("", 80)
	term.Type("mkdir d; cd d; fake")
	require.Equal(t, "ok\n", term.Type("write f").Text)
	turn := term.Type("cat f")
	require.Equal(t, "written\n", turn.Text)
	require.Len(t, turn.Notes, 1)
	require.Equal(t, voice.ShellNotAtTools, turn.Notes[0].ID)
	require.Empty(t, term.Type("ls").Notes, "the note is said once")
	require.Equal(t, "unknown echo\n", term.Type("echo x").Text, "only those words")
	require.Equal(t, "unknown cat;\n", term.Type("cat; x").Text)
	require.Equal(t, "1\nwritten\n", term.Type("cat f | grep -c written; cat f*").Text, "with what bash makes of the rest")
	term.Type("exit")
	require.Equal(t, "written\n", term.Type("cat ~/d/f").Text)
}

// What a tool writes to standard error goes where the shell sends it.
func TestAToolHasAStandardError(t *testing.T) {
	term, _ := newWorld().Open("", 80)
	for line, want := range map[string]string{
		"fake singlecmd warn a":                                  "said\nerror: a\n",
		"fake singlecmd warn a 2> err; cat err":                  "said\nerror: a\n",
		"fake singlecmd warn a > out; cat out":                   "error: a\nsaid\n",
		"fake singlecmd warn a 2>/dev/null | tr a-z A-Z":         "SAID\n",
		"fake singlecmd warn a 2>&1 > /dev/null | tr a-z A-Z":    "ERROR: A\n",
		"ROLE=admin fake singlecmd env ROLE":                     "admin\n",
		"export PIN=u:p; fake singlecmd env PIN; unset PIN":      "u:p\n",
		"fake singlecmd env NOTHING":                             "\n",
		"printf 'warn b\\nexit\\n' | fake 2>/dev/null | tail -2": "Fake:  said\nFake:  ",
	} {
		require.Equal(t, want, term.Type(line).Text, line)
	}
	term.Type("fake")
	require.Equal(t, "said\nerror: c\n", term.Type("warn c").Text, "both stand on the terminal")
}

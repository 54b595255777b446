package shell_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/shell"
	"hsmplay/core/voice"
)

// TestABlankThatWasTypedInAnotherPlace moves, drops and adds one blank of a line.
func TestABlankThatWasTypedInAnotherPlace(t *testing.T) {
	term, _ := newWorld().Open("", 80)
	for _, row := range []struct{ line, want string }{
		{"rm- rf f", "rm -rf f"}, {"grep- n x f", "grep -n x f"},
		{"rm-f f", "rm -f f"}, {"ls-l", "ls -l"}, {"ls-la d", "ls -la d"},
		{"cd..", "cd .."}, {"cd../d", "cd ../d"}, {"cd~", "cd ~"}, {"cd-", "cd -"}, {"cd/tmp", "cd /tmp"},
		{"c at f", "cat f"}, {"l s", "ls"}, {"mk dir d", "mkdir d"},
		{"ca tf", "cat f"}, {"ech ohello", "echo hello"}, {"ec hohello", "echo hello"},
		{"catf", "cat f"}, {"mkdird", "mkdir d"}, {"grepx f", "grep f"},
		{"run.sh a", "./run.sh a"},
	} {
		note := plainNote(term.Type(row.line).Notes[0])
		name, _, _ := strings.Cut(row.line, " ")
		require.Equal(t, "There is no "+name+" here. Did you mean "+row.want+"?", note, row.line)
	}
}

// TestOfLinesWithOtherBlanksTheOneThatWorksIsOffered types words that begin as a program's name does.
func TestOfLinesWithOtherBlanksTheOneThatWorksIsOffered(t *testing.T) {
	works := ""
	try := func(_ int, line string) ([]shell.Note, bool) { return nil, line == works }
	term, _ := newWorld(func(o *shell.Options) { o.Try = try }).Open("", 80)
	for _, row := range []struct{ line, works string }{
		{"grepx f", "grep x f"}, {"run.sh", "bash run.sh"}, {"rm_f x", "rm f x"}, {"hea dx", "head x"}, {"cat.txt", ""}, {"testing", ""}, {"rmx", ""},
	} {
		works = row.works
		note := plainNote(term.Type(row.line).Notes[0])
		if works == "" {
			require.NotContains(t, note, "Did you mean", row.line)
			continue
		}
		require.Contains(t, note, "Did you mean "+works+"?", row.line)
	}
}

// lacking has a program of each kind that the instance lacks.
func lacking(o *shell.Options) {
	o.Lacks = []shell.Lack{{Words: "vi emacs", Says: voice.ShellNoEditor}, {Words: "apt yum", Says: voice.ShellNoPackages}, {Words: "ssh", Says: voice.ShellNoNetwork}}
}

func TestAProgramThatTheInstanceLacksForAReason(t *testing.T) {
	term, _ := newWorld(lacking).Open("", 80)
	for _, row := range []struct{ line, want string }{
		{"vi -R 'my file'", "There is no editor such as vi at this prompt. Type cat >> \"my file\", then what the file gets at its end, then Ctrl-D."},
		{"emacs", "There is no editor such as emacs at this prompt. Type cat >> new.txt, then what the file gets at its end, then Ctrl-D."},
		{"apt install -y jq", "Nothing can be installed here with apt, but jq is there already."},
		{"sudo yum install x", "Nothing can be installed here with yum, and little needs to be: the usual programs, openssl, jq and the tools of the HSMs are there. help lists them."},
		{"ssh host", "The machine reaches its HSMs and no other host, so it has no ssh. hsm status shows the HSMs with their addresses."},
	} {
		require.Equal(t, row.want, plainNote(term.Type(row.line).Notes[0]), row.line)
	}
}

// TestSudoStaysInFrontOfTheLine types slips behind sudo.
func TestSudoStaysInFrontOfTheLine(t *testing.T) {
	term, _ := newWorld(lacking).Open("", 80)
	for _, row := range []struct{ line, want string }{
		{"sudo rm- f x", "sudo rm -f x"}, {"sudo -u root grpe x f", "sudo -u root grep x f"},
	} {
		require.Contains(t, plainNote(term.Type(row.line).Notes[0]), "Did you mean "+row.want+"?", row.line)
	}
}

// TestALineThatReadsWhatIsTypedNextWorks has a program wait for input behind a line that has failed.
func TestALineThatReadsWhatIsTypedNextWorks(t *testing.T) {
	term, _ := newWorld().Open("", 80)
	require.False(t, term.Type("false").Works())
	require.True(t, term.Type("cat >> f").Works(), "the status is still that of false")
}

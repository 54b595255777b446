// Package snippet plays pieces of bash on a fresh machine and compares what they print with a
// table, and the table with the real bash and programs of the machine that tests, where there are
// some. It is for tests only.
package snippet

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"hsmplay/core/shell"
)

// Snippet is a piece of bash and what it prints on a fresh machine.
type Snippet struct {
	Section string // the heading before it, "" for none
	Differs string // why the real ones print something else, "" where they do not
	In      string
	Want    string
}

// noNewline stands where the output does not end its last line.
const noNewline = "<no newline>\n"

// Read reads a table: `$ ` begins a snippet, `> ` goes on, the rest is what it prints; `# ` is a
// heading, `! ` says why the real ones differ.
func Read(t testing.TB, file string) (list []Snippet) {
	data, err := os.ReadFile(file)
	require.NoError(t, err)
	next := Snippet{}
	for line := range strings.SplitAfterSeq(string(data), "\n") {
		rest := ""
		if len(line) > 2 {
			rest = line[2:]
		}
		last := len(list) - 1
		switch {
		case strings.HasPrefix(line, "# "):
			next.Section = strings.TrimSpace(rest)
		case strings.HasPrefix(line, "! "):
			next.Differs = strings.TrimSpace(rest)
		case strings.HasPrefix(line, "$ "):
			next.In = strings.TrimSuffix(rest, "\n")
			list, next = append(list, next), Snippet{}
		case strings.HasPrefix(line, "> ") && list[last].Want == "":
			list[last].In += "\n" + strings.TrimSuffix(rest, "\n")
		case line != "":
			list[last].Want += line
		}
	}
	for i := range list {
		list[i].Want = strings.TrimSuffix(list[i].Want, noNewline)
	}
	return list
}

func write(t testing.TB, file string, list []Snippet) {
	var b strings.Builder
	for _, row := range list {
		if row.Section != "" {
			b.WriteString("# " + row.Section + "\n")
		}
		if row.Differs != "" {
			b.WriteString("! " + row.Differs + "\n")
		}
		b.WriteString("$ " + strings.ReplaceAll(row.In, "\n", "\n> ") + "\n" + row.Want)
		if row.Want != "" && !strings.HasSuffix(row.Want, "\n") {
			b.WriteString(noNewline)
		}
	}
	require.NoError(t, os.WriteFile(file, []byte(b.String()), 0o644))
}

// Play compares what a table's snippets print, each on a machine of its own, or rewrites the table.
func Play(t *testing.T, file string, update bool, machine func() *shell.Machine) {
	list := Read(t, file)
	for i, row := range list {
		got := ours(machine(), row.In)
		if !update {
			require.Equal(t, row.Want, got, row.In)
		}
		list[i].Want = got
	}
	if update {
		write(t, file, list)
	}
}

// statusLine is the end of what a snippet with a status prints.
var statusLine = regexp.MustCompile(`\[status \d+\]\n$`)

// Piped plays the snippets of a table as the left side of a pipe, where they print the same: such a
// side is a tree that was rewritten, printed as text and read again. What is no program is left out,
// and what is apart, with why.
func Piped(t *testing.T, file string, apart map[string]string, machine func() *shell.Machine) {
	for _, row := range Read(t, file) {
		if apart[row.In] != "" || strings.Contains(row.Want, "syntax error") || strings.Contains(row.Want, "unexpected ") {
			continue
		}
		want := statusLine.ReplaceAllString(row.Want, "")
		assert.Equal(t, want, statusLine.ReplaceAllString(ours(machine(), "{ "+row.In+"\n} | cat"), ""), row.In)
	}
}

// ours runs a snippet on a machine: what it prints, and its status unless it is 0.
func ours(machine *shell.Machine, in string) string {
	term, _ := machine.Open("", 80)
	defer term.Close()
	turn := term.Type(in)
	if turn.Prompt == "> " {
		turn = term.End()
	}
	return printed(turn.Text, turn.Status)
}

func printed(text string, status int) string {
	if status != 0 {
		if text != "" && !strings.HasSuffix(text, "\n") {
			text += "\n"
		}
		text += fmt.Sprintf("[status %d]\n", status)
	}
	return text
}

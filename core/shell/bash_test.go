package shell_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "rewrite testdata/bash.txt; commit only a diff that you can explain")

// snippet is a piece of bash and what it prints on a fresh machine. The same pieces run in the machine's real bash where
// there is one, see confirm_test.go.
type snippet struct {
	section string // the heading before it, "" for none
	differs string // why real bash prints something else, "" where it does not
	in      string
	want    string
}

// snippets are those of testdata/bash.txt: `$ ` begins one, `> ` goes on, the rest is what it prints; `# ` is a heading, `! `
// says why real bash differs.
var snippets = readSnippets()

const snippetFile = "testdata/bash.txt"

// noNewline stands where the output does not end its last line.
const noNewline = "<no newline>\n"

func readSnippets() (list []snippet) {
	data, err := os.ReadFile(snippetFile)
	if err != nil {
		panic(err)
	}
	next := snippet{}
	for line := range strings.SplitAfterSeq(string(data), "\n") {
		rest := ""
		if len(line) > 2 {
			rest = line[2:]
		}
		last := len(list) - 1
		switch {
		case strings.HasPrefix(line, "# "):
			next.section = strings.TrimSpace(rest)
		case strings.HasPrefix(line, "! "):
			next.differs = strings.TrimSpace(rest)
		case strings.HasPrefix(line, "$ "):
			next.in = strings.TrimSuffix(rest, "\n")
			list, next = append(list, next), snippet{}
		case strings.HasPrefix(line, "> ") && list[last].want == "":
			list[last].in += "\n" + strings.TrimSuffix(rest, "\n")
		case line != "":
			list[last].want += line
		}
	}
	for i := range list {
		list[i].want = strings.TrimSuffix(list[i].want, noNewline)
	}
	return list
}

func writeSnippets(t *testing.T, list []snippet) {
	var b strings.Builder
	for _, row := range list {
		if row.section != "" {
			b.WriteString("# " + row.section + "\n")
		}
		if row.differs != "" {
			b.WriteString("! " + row.differs + "\n")
		}
		b.WriteString("$ " + strings.ReplaceAll(row.in, "\n", "\n> ") + "\n" + row.want)
		if row.want != "" && !strings.HasSuffix(row.want, "\n") {
			b.WriteString(noNewline)
		}
	}
	require.NoError(t, os.WriteFile(snippetFile, []byte(b.String()), 0o644))
}

// ours runs a snippet on a fresh machine: what it prints, and its status unless it is 0.
func ours(in string) string {
	term, _ := newWorld().Open("", 80)
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

func TestBash(t *testing.T) {
	for i, row := range snippets {
		if *update {
			snippets[i].want = ours(row.in)
			continue
		}
		require.Equal(t, row.want, ours(row.in), row.in)
	}
	if *update {
		writeSnippets(t, snippets)
	}
}

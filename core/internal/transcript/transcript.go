// Package transcript compares sessions with text files. A file shows a session as a terminal does:
// lines that begin with a prompt are typed, what follows each is the expected output, byte for
// byte. A line with # opens a section and is not compared. `go test -update` rewrites the outputs,
// but never below a directory vendor, which holds what the vendor's pages show: there a line where
// this project answers otherwise on purpose says so itself.
//
// In expected text, {{any}}, {{int}} and {{hex}} stand for text that is different each time;
// {{name=hex}} remembers it and {{name}} is the same again, also in typed lines. A line of … stands
// for any lines. Behind a line of a page, "  [ours: LINE | REASON]" names the line that is printed
// or typed here instead, and "  [not ours | REASON]" a line that is not printed here.
package transcript

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the outputs in testdata/*.txt")

// Session is what a file is played on.
type Session interface {
	// Prompt is what the next typed line begins with, a question's text while one is open.
	Prompt() string
	// Type carries out a line and returns what it prints. Lines behind "$ " are for the test's own
	// commands.
	Type(prompt, line string) string
}

// prompts is what a session has beside its methods if several programs are at their prompts in it.
type prompts interface {
	// Prompts are all that the next typed line may begin with.
	Prompts() []string
}

// shell is the second prompt, which every session has beside its own.
const shell = "$ "

// Run plays every file that a pattern names, each on a session of its own.
func Run(t *testing.T, pattern string, begin func(t *testing.T) Session) {
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("no files for %s", pattern)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".txt")
		t.Run(name, func(t *testing.T) { play(t, file, begin(t)) })
	}
}

func read(t *testing.T, file string) string {
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func play(t *testing.T, file string, s Session) {
	data := read(t, file)
	p := &player{t: t, file: file, session: s, lines: strings.SplitAfter(data, "\n"), values: map[string]string{}}
	p.fixed = strings.Contains(filepath.ToSlash(file), "/vendor/")
	p.run()
	if new := p.out.String(); *update && !p.fixed && new != data {
		if err := os.WriteFile(file, []byte(new), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// player goes through one file.
type player struct {
	t       *testing.T
	file    string
	fixed   bool // is not ours to rewrite
	session Session
	lines   []string // that are still to come, with their ends
	number  int      // of the last line taken
	values  map[string]string
	out     strings.Builder // the file as it would be
}

func (p *player) run() {
	for len(p.lines) > 0 {
		line := p.take()
		p.out.WriteString(line)
		prompt, ok := p.typed(line)
		if !ok {
			if text := strings.TrimSpace(line); text != "" && !strings.HasPrefix(text, "#") {
				p.t.Fatalf("%s:%d: expected text before a typed line: %q", p.file, p.number, text)
			}
			continue
		}
		at := p.number
		got := p.session.Type(prompt, p.fill(strings.TrimSuffix(strings.TrimPrefix(ours(line), prompt), "\n")))
		p.compare(at, p.expected(), got)
	}
}

func (p *player) take() string {
	line := p.lines[0]
	p.lines, p.number = p.lines[1:], p.number+1
	return line
}

// typed reports whether a line is typed, and behind which prompt.
func (p *player) typed(line string) (prompt string, ok bool) {
	may := []string{p.session.Prompt(), shell}
	if s, ok := p.session.(prompts); ok {
		may = append(may, s.Prompts()...)
	}
	for _, prompt := range may {
		if strings.HasPrefix(line, prompt) {
			return prompt, true
		}
	}
	return "", false
}

// expected takes the lines up to the next one that is typed or opens a section.
func (p *player) expected() string {
	var b strings.Builder
	for len(p.lines) > 0 {
		line := p.lines[0]
		if _, ok := p.typed(line); ok || strings.HasPrefix(line, "# ") {
			break
		}
		b.WriteString(p.take())
	}
	return b.String()
}

func (p *player) compare(at int, want, got string) {
	if match(p.values, ours(want), got) {
		p.out.WriteString(want)
		return
	}
	p.out.WriteString(got)
	if !*update || p.fixed {
		p.t.Errorf("%s:%d\nwant:\n%s\ngot:\n%s", p.file, at, ours(want), got)
	}
}

// fill puts remembered values into a typed line.
func (p *player) fill(line string) string {
	for _, name := range names(p.values) {
		line = strings.ReplaceAll(line, "{{"+name+"}}", p.values[name])
	}
	return line
}

package unix

import (
	"io/fs"
	"strconv"
	"strings"
	"unicode/utf8"

	"hsmplay/core/shell"
	"hsmplay/core/voice"
)

// testPrograms decide something: test and its other name.
var testPrograms = []Program{
	{Name: "test", Means: "decides about files, texts and numbers", Run: runTest},
	{Name: "[", Run: runTest},
}

// maxTest is how many words a test may have: its parser calls itself.
const maxTest = 256

// tester evaluates the words of a test by the rules of POSIX: by their number first, then as an
// expression.
type tester struct {
	p     *Process
	words []string
	at    int
	fault string
}

func runTest(p *Process) int {
	words := p.Args[1:]
	if p.Args[0] == "[" {
		if len(words) == 0 || words[len(words)-1] != "]" {
			p.Faulty("[: missing `]'")
			return 2
		}
		words = words[:len(words)-1]
	}
	t := &tester{p: p, words: words}
	if len(words) > maxTest {
		t.fault = "too many arguments"
	}
	result := t.fault == "" && t.decide()
	switch {
	case t.fault != "":
		p.Faulty("%s: %s", p.Args[0], voice.OneLine(t.fault))
		return 2
	case result:
		return 0
	}
	return 1
}

func (t *tester) decide() bool {
	w := t.words
	switch {
	case len(w) == 0:
		return false
	case len(w) == 1:
		return w[0] != ""
	case len(w) == 3 && binaryTests[w[1]] != nil:
		return binaryTests[w[1]](t, w[0], w[2])
	case len(w) == 4 && w[0] == "!" && binaryTests[w[2]] != nil:
		return !binaryTests[w[2]](t, w[1], w[3])
	case len(w) == 2 && w[0] != "!" && unaryTests[w[0]] == nil:
		t.fault = w[0] + ": unary operator expected"
		return false
	}
	result := t.or()
	if t.fault == "" && t.at < len(w) {
		t.fault = "too many arguments"
		if len(w) == 3 {
			t.fault = w[1] + ": binary operator expected"
		}
	}
	return result
}

func (t *tester) peek() string {
	if t.at < len(t.words) {
		return t.words[t.at]
	}
	return ""
}

func (t *tester) or() bool {
	result := t.and()
	for t.peek() == "-o" && t.fault == "" {
		t.at++
		right := t.and()
		result = result || right
	}
	return result
}

func (t *tester) and() bool {
	result := t.not()
	for t.peek() == "-a" && t.fault == "" {
		t.at++
		right := t.not()
		result = result && right
	}
	return result
}

func (t *tester) not() bool {
	negate := false
	for t.peek() == "!" && t.at+1 < len(t.words) {
		negate = !negate
		t.at++
	}
	return t.primary() != negate
}

func (t *tester) primary() bool {
	rest := t.words[t.at:]
	switch {
	case len(rest) == 0:
		t.fault = "argument expected"
		return false
	case len(rest) >= 3 && binaryTests[rest[1]] != nil:
		t.at += 3
		return binaryTests[rest[1]](t, rest[0], rest[2])
	case rest[0] == "(":
		t.at++
		result := t.or()
		if t.peek() != ")" {
			t.fault = "`)' expected"
		}
		t.at++
		return result
	case len(rest) >= 2 && unaryTests[rest[0]] != nil:
		t.at += 2
		return unaryTests[rest[0]](t, rest[1])
	}
	t.at++
	return rest[0] != ""
}

// integer reads an operand of a comparison.
func (t *tester) integer(word string) int64 {
	n, err := strconv.ParseInt(strings.TrimSpace(word), 10, 64)
	if err != nil && t.fault == "" {
		t.fault = word + ": integer expression expected"
	}
	return n
}

func compareNumbers(holds func(a, b int64) bool) func(*tester, string, string) bool {
	return func(t *tester, a, b string) bool {
		x, y := t.integer(a), t.integer(b)
		return t.fault == "" && holds(x, y)
	}
}

var binaryTests = map[string]func(t *tester, a, b string) bool{
	"=":   func(_ *tester, a, b string) bool { return a == b },
	"==":  func(_ *tester, a, b string) bool { return a == b },
	"!=":  func(_ *tester, a, b string) bool { return a != b },
	"<":   func(_ *tester, a, b string) bool { return a < b },
	">":   func(_ *tester, a, b string) bool { return a > b },
	"-eq": compareNumbers(func(a, b int64) bool { return a == b }),
	"-ne": compareNumbers(func(a, b int64) bool { return a != b }),
	"-lt": compareNumbers(func(a, b int64) bool { return a < b }),
	"-le": compareNumbers(func(a, b int64) bool { return a <= b }),
	"-gt": compareNumbers(func(a, b int64) bool { return a > b }),
	"-ge": compareNumbers(func(a, b int64) bool { return a >= b }),
	"-nt": func(t *tester, a, b string) bool {
		x, y := t.row(a), t.row(b)
		return x != nil && (y == nil || x.Time > y.Time)
	},
	"-ot": func(t *tester, a, b string) bool {
		x, y := t.row(a), t.row(b)
		return y != nil && (x == nil || x.Time < y.Time)
	},
	"-ef": func(t *tester, a, b string) bool {
		x, y := t.row(a), t.row(b)
		return x != nil && y != nil && x.Path == y.Path
	},
}

// row returns the row of a file, nil if there is none.
func (t *tester) row(name string) *shell.File {
	row, err := t.p.Stat(name)
	if err != nil {
		return nil
	}
	return row
}

func testFile(holds func(t *tester, row *shell.File) bool) func(*tester, string) bool {
	return func(t *tester, name string) bool {
		row := t.row(name)
		return row != nil && holds(t, row)
	}
}

func testLink(t *tester, name string) bool {
	row, err := t.p.Lstat(name)
	return err == nil && row.IsLink()
}

func never(*tester, string) bool { return false }

var unaryTests = map[string]func(t *tester, word string) bool{
	"-z": func(_ *tester, w string) bool { return w == "" },
	"-n": func(_ *tester, w string) bool { return w != "" },
	"-e": testFile(func(*tester, *shell.File) bool { return true }),
	"-a": testFile(func(*tester, *shell.File) bool { return true }),
	"-f": testFile(func(_ *tester, f *shell.File) bool { return f.Mode.IsRegular() }),
	"-d": testFile(func(_ *tester, f *shell.File) bool { return f.IsDir() }),
	"-s": testFile(func(_ *tester, f *shell.File) bool { return f.Size() > 0 || f.IsDir() }),
	"-r": testFile(func(t *tester, f *shell.File) bool { return f.Readable() || t.p.Root() }),
	"-w": testFile(func(t *tester, f *shell.File) bool { return f.Writable() || t.p.Root() }),
	"-x": testFile(func(_ *tester, f *shell.File) bool { return f.Executable() }),
	"-c": testFile(func(_ *tester, f *shell.File) bool { return f.Mode&fs.ModeCharDevice != 0 }),
	"-k": testFile(func(_ *tester, f *shell.File) bool { return f.Mode&fs.ModeSticky != 0 }),
	"-O": testFile(func(t *tester, f *shell.File) bool { return f.Root == t.p.Root() }),
	"-G": testFile(func(t *tester, f *shell.File) bool { return f.Root == t.p.Root() }),
	"-v": func(t *tester, w string) bool { return utf8.ValidString(w) && w != "" && t.p.IsSet(w) },
	"-t": func(t *tester, w string) bool {
		return w == "0" && t.p.OnTerminal() || w == "1" && t.p.ToTerminal()
	},
	"-h": testLink, "-L": testLink, "-b": never, "-p": never, "-S": never, "-u": never, "-g": never, "-N": never, "-R": never,
}

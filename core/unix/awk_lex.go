package unix

import (
	"strconv"
	"strings"
)

// awkToken is a word of a program.
type awkToken struct {
	kind byte // n number, s text, w name, f function with its (, r expression, o operator, ; line end, 0 the end
	text string
	n    float64
}

// awkLexer cuts a program into words.
type awkLexer struct {
	text  string
	at    int
	depth int // of open calls of the parser
	tok   awkToken
	last  awkToken
	err   error

	locals map[string]int // the parameters of the function that is read
	called []string       // functions of the program's own
}

// awkOps are the operators, longest first.
var awkOps = []string{"&&", "||", "==", "!=", "<=", ">=", "++", "--", "+=", "-=", "*=", "/=", "%=", "^=", "**", ">>",
	"{", "}", "(", ")", "[", "]", ";", ",", "+", "-", "*", "/", "%", "^", "!", "<", ">", "|", "?", ":", "~", "$", "="}

// next goes on to the next word.
func (l *awkLexer) next() {
	l.last = l.tok
	l.tok = l.scan()
}

func (l *awkLexer) scan() awkToken {
	for l.at < len(l.text) {
		rest := l.text[l.at:]
		switch {
		case rest[0] == ' ' || rest[0] == '\t' || rest[0] == '\r':
			l.at++
		case strings.HasPrefix(rest, "\\\n"):
			l.at += 2
		case rest[0] == '#':
			end := strings.IndexByte(rest, '\n')
			if end < 0 {
				end = len(rest)
			}
			l.at += end
		case rest[0] == '\n':
			l.at++
			return awkToken{kind: ';', text: "\n"}
		case rest[0] == '"':
			return l.quoted(rest)
		case digit(rest[0]) < 10 || rest[0] == '.' && len(rest) > 1 && digit(rest[1]) < 10:
			return l.numeral(rest)
		case rest[0] == '_' || rest[0]|0x20 >= 'a' && rest[0]|0x20 <= 'z':
			return l.word(rest)
		default:
			return l.operator(rest)
		}
	}
	return awkToken{}
}

func (l *awkLexer) quoted(rest string) awkToken {
	for i := 1; i < len(rest); i++ {
		switch rest[i] {
		case '\\':
			i++
		case '"':
			l.at += i + 1
			raw := strings.ReplaceAll(rest[1:i], `\/`, "/")
			text, _ := unescape(raw, false)
			return awkToken{kind: 's', text: text}
		case '\n':
			i = len(rest)
		}
	}
	l.fail("unterminated string")
	return awkToken{}
}

func (l *awkLexer) numeral(rest string) awkToken {
	end := 0
	for end < len(rest) && (digit(rest[end]) < 10 || rest[end] == '.' ||
		end > 0 && (rest[end]|0x20 == 'e' || (rest[end] == '+' || rest[end] == '-') && rest[end-1]|0x20 == 'e')) {
		end++
	}
	for end > 0 {
		if n, err := strconv.ParseFloat(rest[:end], 64); err == nil {
			l.at += end
			return awkToken{kind: 'n', n: n}
		}
		end--
	}
	l.fail("not a number")
	return awkToken{}
}

func (l *awkLexer) word(rest string) awkToken {
	end := 1
	for end < len(rest) && (rest[end] == '_' || digit(rest[end]) < 10 || rest[end]|0x20 >= 'a' && rest[end]|0x20 <= 'z') {
		end++
	}
	l.at += end
	kind := byte('w')
	if _, ok := awkFunctions[rest[:end]]; ok {
		kind = 'f'
	}
	return awkToken{kind: kind, text: rest[:end]}
}

func (l *awkLexer) operator(rest string) awkToken {
	for _, op := range awkOps {
		if strings.HasPrefix(rest, op) {
			l.at += len(op)
			if op == "**" {
				op = "^"
			}
			if op == ";" {
				return awkToken{kind: ';', text: ";"}
			}
			return awkToken{kind: 'o', text: op}
		}
	}
	l.fail("unexpected %q", rest[:1])
	return awkToken{}
}

// regex reads an expression whose / has been read.
func (l *awkLexer) regex() string {
	start := l.at
	inside := false
	for ; l.at < len(l.text); l.at++ {
		switch c := l.text[l.at]; {
		case c == '\\':
			l.at++
		case c == '[':
			inside = true
		case c == ']':
			inside = false
		case c == '/' && !inside:
			text := l.text[start:l.at]
			l.at++
			return strings.ReplaceAll(text, `\/`, "/")
		case c == '\n':
			l.fail("unterminated regexp")
			return ""
		}
	}
	l.fail("unterminated regexp")
	return ""
}

// fail keeps the first fault and ends the words.
func (l *awkLexer) fail(format string, args ...any) {
	if l.err == nil {
		l.err = awkFault(format, args...)
	}
	l.at = len(l.text)
}

func (l *awkLexer) is(op string) bool { return l.tok.kind == 'o' && l.tok.text == op }

func (l *awkLexer) isWord(word string) bool { return l.tok.kind == 'w' && l.tok.text == word }

// accept goes past an operator if it stands here.
func (l *awkLexer) accept(op string) bool {
	if l.is(op) {
		l.next()
		return true
	}
	return false
}

func (l *awkLexer) want(op string) {
	if !l.accept(op) && l.err == nil {
		l.fail("missing %s", op)
		l.tok = awkToken{}
	}
}

// lines goes past line ends.
func (l *awkLexer) lines() {
	for l.tok.kind == ';' {
		l.next()
	}
}

// newlines goes past line ends but not semicolons.
func (l *awkLexer) newlines() {
	for l.tok.kind == ';' && l.tok.text == "\n" {
		l.next()
	}
}

// enter counts a call of the parser, which calls itself, and fails past a limit; it returns what
// takes the count back.
func (l *awkLexer) enter() func() {
	l.depth++
	if l.depth > 200 {
		l.fail("nested too deep")
		l.tok = awkToken{}
	}
	return func() { l.depth-- }
}

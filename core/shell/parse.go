package shell

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"hsmplay/core/voice"
	"mvdan.cc/sh/v3/syntax"
)

// maxText is how long a text for bash may be, in bytes.
const maxText = 1 << 20

// parseFrames is how deep the parser may go into Go's stack beyond where it began.
const parseFrames = 3000

// syntaxError is a text that bash cannot read, in bash's words.
type syntaxError struct {
	text       string
	line       uint
	source     string // the line, where bash shows it
	incomplete bool
	note       voice.Note
}

// Error returns bash's words.
func (e *syntaxError) Error() string { return e.text }

// drip hands a text to the parser in small pieces and fails when the parser has gone too deep: it
// calls itself for every bracket, and Go cannot recover from a full stack.
type drip struct {
	text string
	deep bool
}

// errDeep is a text nested too deep.
var errDeep = errors.New("nested too deep")

// Read gives the next few bytes.
func (d *drip) Read(data []byte) (int, error) {
	if deeper(parseFrames) {
		d.deep = true
		return 0, errDeep
	}
	if d.text == "" {
		return 0, io.EOF
	}
	n := copy(data[:min(len(data), 16)], d.text)
	d.text = d.text[n:]
	return n, nil
}

// parse reads a text and makes it safe to run.
func (b *bash) parse(text string) ([]*syntax.Stmt, error) {
	text = b.keyedText(text)
	stmts, err := read(text)
	if err != nil {
		return nil, err
	}
	return b.prepare(stmts, text)
}

// read parses a text as bash does.
func read(text string) (stmts []*syntax.Stmt, err error) {
	if len(text) > maxText {
		return nil, &syntaxError{text: "syntax error: line too long", note: voice.Say(voice.ShellTooLong, "limit", maxText)}
	}
	defer func() {
		if recover() != nil {
			err = &syntaxError{text: "syntax error", note: voice.Say(voice.ShellFault)}
		}
	}()
	source := &drip{text: text}
	for stmt, err := range syntax.NewParser(syntax.Variant(syntax.LangBash)).StmtsSeq(source) {
		if source.deep {
			return nil, tooDeep()
		}
		if err != nil {
			return stmts, wordSyntax(text, err)
		}
		if isDeep(stmt) {
			return nil, tooDeep()
		}
		stmts = append(stmts, stmt)
	}
	if source.deep {
		return nil, tooDeep()
	}
	return stmts, nil
}

// parseScript parses a script as far as it can be read, and returns what stopped it.
func (b *bash) parseScript(text string) ([]*syntax.Stmt, error) {
	text = b.keyedText(text)
	stmts, err := read(text)
	if err != nil {
		stmts = wholeLines(stmts, text)
	}
	stmts, bad := b.prepare(stmts, text)
	if bad != nil {
		return nil, bad
	}
	return stmts, err
}

// wholeLines are the statements of a text that cannot be read behind them, without those of the list
// in which it cannot.
func wholeLines(stmts []*syntax.Stmt, text string) []*syntax.Stmt {
	next := len(text)
	for i, stmt := range slices.Backward(stmts) {
		between := text[min(int(stmt.End().Offset()), next):next]
		if i == len(stmts)-1 {
			between = between[:len(between)-len(strings.TrimLeft(between, "; \t\n"))]
		}
		if strings.Contains(between, "\n") {
			return stmts[:i+1]
		}
		next = int(stmt.Pos().Offset())
	}
	return nil
}

func tooDeep() error {
	return &syntaxError{text: "syntax error: maximum nesting exceeded", note: voice.Say(voice.ShellNesting)}
}

// wordSyntax puts a parser's error in bash's words.
func wordSyntax(text string, err error) error {
	var other syntax.LangError
	if errors.As(err, &other) && nameless(text[min(int(other.Pos.Offset()), len(text)):]) {
		return &syntaxError{line: other.Pos.Line(), text: near(")"), source: lineAt(text, int(other.Pos.Offset()))}
	}
	var bad syntax.ParseError
	if !errors.As(err, &bad) {
		return &syntaxError{text: "syntax error: " + lastPart(err.Error())}
	}
	// The parser does not count a here-document as incomplete if its delimiter is quoted.
	e := &syntaxError{line: bad.Pos.Line(), incomplete: bad.Incomplete || strings.HasPrefix(bad.Text, "unclosed here-document")}
	offset := int(bad.Pos.Offset())
	switch quote := unclosedQuote(bad.Text); {
	case nameless(text[min(offset, len(text)):]):
		e.incomplete, e.text = false, near(")")
		e.source = lineAt(text, offset)
	case strings.HasSuffix(bad.Text, "must be followed by a word") && lineEnds(text, offset):
		e.incomplete, e.text, e.source = false, near("newline"), lineAt(text, offset)
	case bad.Incomplete && quote != "":
		e.text = fmt.Sprintf("unexpected EOF while looking for matching `%s'", quote)
	case e.incomplete || int(bad.Pos.Offset()) >= len(text):
		e.text = "syntax error: unexpected end of file"
		e.line = uint(strings.Count(strings.TrimSuffix(text, "\n"), "\n")) + 2
	default:
		e.text, e.source = near(tokenAt(text, offset, bad.Text)), lineAt(text, offset)
	}
	return e
}

// near is how bash names the token where it cannot go on.
func near(token string) string {
	return fmt.Sprintf("syntax error near unexpected token `%s'", token)
}

// lineAt is the line of a text that an offset is on.
func lineAt(text string, offset int) string {
	return lastLine(text[:offset]) + strings.SplitN(text[offset:], "\n", 2)[0]
}

// nameless reports whether a function without a name begins here: the parser waits for its body.
func nameless(rest string) bool {
	inside, ok := strings.CutPrefix(rest, "(")
	return ok && strings.HasPrefix(strings.TrimLeft(inside, " \t"), ")")
}

// lineEnds reports whether nothing stands behind the operator at an offset.
func lineEnds(text string, offset int) bool {
	rest := strings.TrimLeft(text[offset:], "<>&|-")
	return firstToken(strings.TrimLeft(rest, " \t")) == ""
}

// unclosedQuote returns the quote whose end is missing, "" for another error.
func unclosedQuote(message string) string {
	if !strings.HasPrefix(message, "reached EOF without closing quote") && !strings.Contains(message, "without matching") {
		return ""
	}
	for _, q := range []struct{ open, closes string }{{"`'`", "'"}, {"`\"`", `"`}, {"```", "`"}, {"`$(`", ")"}, {"`${`", "}"}} {
		if strings.Contains(message, q.open) {
			return q.closes
		}
	}
	return ""
}

// tokenAt is the token that bash would name. Some messages of the parser point at what came before
// and name the token themselves.
func tokenAt(text string, offset int, message string) string {
	rest := text[offset:]
	if strings.Contains(message, "must be followed by") {
		word := rest[:len(rest)-len(strings.TrimLeft(rest, "|&;()<>"))]
		if word == "" {
			word = firstToken(rest)
		}
		rest = strings.TrimLeft(rest[len(word):], " \t")
	}
	token := firstToken(rest)
	if token == "" {
		return "newline"
	}
	return token
}

func firstToken(rest string) string {
	if rest == "" || rest[0] == '\n' {
		return ""
	}
	for _, op := range []string{"&&", "||", ";;", "<<", ">>", "<(", ">(", "|", "&", ";", "(", ")", "<", ">"} {
		if strings.HasPrefix(rest, op) {
			return op
		}
	}
	if i := strings.IndexAny(rest, " \t\n|&;()<>"); i >= 0 {
		return rest[:i]
	}
	return rest
}

func lastPart(message string) string {
	if i := strings.Index(message, ": "); i >= 0 {
		return message[i+2:]
	}
	return message
}

// incomplete reports whether more lines must follow before the text can be read.
func (b *bash) incomplete(text string) bool {
	text = b.keyedText(text)
	_, err := read(text + "\n")
	var bad *syntaxError
	if errors.As(err, &bad) {
		return bad.incomplete
	}
	return err == nil && continued(text)
}

// continued reports whether a readable text ends in a backslash that joins the next line to it.
func continued(text string) bool {
	if (len(text)-len(strings.TrimRight(text, `\`)))%2 == 0 {
		return false
	}
	// What comes after tells: in a comment, a backslash is like any other character.
	stmts, err := read(text + "\n;;")
	return err == nil || len(stmts) >= 0 && !strings.Contains(lastLine(text), "#")
}

func lastLine(text string) string { return text[strings.LastIndexByte(text, '\n')+1:] }

// source prints statements as text that parses to the same.
func source(stmts []*syntax.Stmt) string {
	var b strings.Builder
	printer := syntax.NewPrinter()
	printer.Print(&b, &syntax.File{Stmts: stmts})
	return b.String()
}

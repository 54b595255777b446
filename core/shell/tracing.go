package shell

import (
	"context"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"mvdan.cc/sh/v3/expand"
	"mvdan.cc/sh/v3/interp"
	"mvdan.cc/sh/v3/syntax"
)

// What `set -x` shows: where each line goes, and what stands before it. tree_tracing.go names the
// places in a text.

// openTrace opens one of the names.
func (b *bash) openTrace(ctx context.Context, how string) (io.ReadWriteCloser, error) {
	now, ok := interp.HandlerCtx(ctx).Stderr.(*complaints)
	if !ok {
		now = &complaints{b: b, to: interp.HandlerCtx(ctx).Stderr}
	}
	b.failure.mu.Lock()
	defer b.failure.mu.Unlock()
	if how == traceOuter {
		b.failure.outer = now
		return now, nil
	}
	outer := now.errorsBefore()
	if b.failure.outer != nil && how != traceDeeper {
		outer, b.failure.outer = b.failure.outer.errorsBefore(), nil
	}
	inside := &complaints{b: b, to: now.to, level: outer.level}
	switch how {
	case traceDeeper:
		inside.to, inside.level = outer.to, outer.level+1
	case traceNested:
		inside.level++
		inside.outer = outer
	case traceOwn, traceAll:
		inside.outer, inside.all = outer, how == traceAll
	}
	return inside, nil
}

// errorsBefore is standard error as it was before the redirections of a command that has not been
// called yet: there go the lines of what is in its words.
func (c *complaints) errorsBefore() *complaints {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.outer != nil {
		return c.outer
	}
	return c
}

// Read fails, and Close does nothing: the interpreter takes what it opens for a file.
func (c *complaints) Read([]byte) (int, error) { return 0, errReadBack }

// Close does nothing.
func (c *complaints) Close() error { return nil }

// tracedCall is the interpreter's line for a command. It puts all arguments of a builtin in quotes,
// as one, so it is kept back until [bash.call] knows the words.
var tracedCall = Pattern(`^\+ [^\s=]+( |\n$)`)

// tracedText is a line of the interpreter's trace as bash shows it.
var tracedText = Pattern(`(?s)^\+ (for |case |let |[A-Za-z_]\w*\+?=)`)

// holdTrace takes a line of the interpreter's trace: one of a command is kept back, others are shown.
func (c *complaints) holdTrace(text string) bool {
	word, _, _ := strings.Cut(strings.TrimPrefix(text, "+ "), " ")
	switch {
	case tracedCall().MatchString(text) && !slices.Contains([]string{"for", "case", "let"}, word):
		c.mu.Lock()
		c.held = true
		c.mu.Unlock()
	case strings.HasPrefix(text, "+ PIPESTATUS="):
	case tracedText().MatchString(text):
		c.show("", tracedAssign(text[len("+ "):len(text)-1]))
	default:
		return false
	}
	return true
}

// tracedAssign is an assignment with its value in bash's quotes.
func tracedAssign(text string) string {
	stmts, err := read(text)
	if err != nil || len(stmts) != 1 {
		return text
	}
	c, ok := stmts[0].Cmd.(*syntax.CallExpr)
	if !ok || len(c.Args) > 0 || len(c.Assigns) != 1 || c.Assigns[0].Value == nil {
		return text
	}
	value, _ := expand.Literal(nil, c.Assigns[0].Value)
	return c.Assigns[0].Name.Value + "=" + strings.TrimSuffix(tracedQuote(value), "''")
}

// show prints a line of the trace. before is what $PS4 is there, "" for what it was when it was last
// looked at; its first character stands once for each level.
func (c *complaints) show(before, text string) {
	c.mu.Lock()
	if before != "" {
		c.before = before
	}
	before = c.before
	to := c
	if c.outer != nil {
		to = c.outer
	}
	c.mu.Unlock()
	switch before {
	case "":
		before = "+ "
	case noPS4:
		before = ""
	}
	_, first := utf8.DecodeRuneInString(before)
	io.WriteString(to.to, strings.Repeat(before[:first], to.level)+before+text+"\n")
}

// noPS4 stands for a $PS4 that is empty.
const noPS4 = "\x00"

// tracedNames are the variables in $PS4 that the interpreter answers by itself, and who answers here.
var tracedNames = map[string]string{"LINENO": tracedLine, "FUNCNAME": functionsVariable, "BASH_SOURCE": "BASH_ARGV0"}

const tracedLine = hiddenVariable + "at"

// tracePrefix is what $PS4 is where a command runs.
func tracePrefix(ctx context.Context) string {
	hc := interp.HandlerCtx(ctx)
	text := hc.Env.Get("PS4").String()
	if strings.ContainsAny(text, "$`\\") {
		if word, err := syntax.NewParser().Document(strings.NewReader(text)); err == nil {
			syntax.Walk(word, func(n syntax.Node) bool {
				if param, ok := n.(*syntax.ParamExp); ok && tracedNames[param.Param.Value] != "" {
					param.Param = lit(tracedNames[param.Param.Value])
				}
				return true
			})
			env := ofShell{hc.Env, "0", nil, hc.Pos.Line()}
			if expanded, err := expand.Document(&expand.Config{Env: env}, word); err == nil {
				text = expanded
			}
		}
	}
	if text == "" {
		return noPS4
	}
	return text
}

// placeTrace notes what stands before the lines that the interpreter writes next.
func placeTrace(ctx context.Context) {
	if c, ok := interp.HandlerCtx(ctx).Stderr.(*complaints); ok {
		before := tracePrefix(ctx)
		c.mu.Lock()
		defer c.mu.Unlock()
		c.before = before
	}
}

// showLine prints a line of the trace.
func showLine(ctx context.Context, text string) {
	c, ok := interp.HandlerCtx(ctx).Stderr.(*complaints)
	if !ok {
		c = &complaints{to: interp.HandlerCtx(ctx).Stderr}
	}
	c.show(tracePrefix(ctx), text)
}

// showTrace shows the words of a command whose line was kept back.
func (b *bash) showTrace(ctx context.Context, args []string) {
	c, ok := interp.HandlerCtx(ctx).Stderr.(*complaints)
	if !ok {
		return
	}
	c.mu.Lock()
	held := c.held
	c.held = false
	c.mu.Unlock()
	if strings.HasPrefix(args[0], hidden) {
		return
	}
	if held {
		words := make([]string, len(args))
		for i, word := range args {
			words[i] = tracedQuote(word)
		}
		showLine(ctx, strings.Join(words, " "))
	}
	c.called()
}

// called has what the command writes go where it was sent to.
func (c *complaints) called() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.all {
		c.outer = nil
	}
}

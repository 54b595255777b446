package shell

import (
	"context"
	"strings"

	"mvdan.cc/sh/v3/interp"
)

// readOptions are what `read` was asked for.
type readOptions struct {
	prompt  string
	hidden  bool
	rest    []string // the other options and the names
	refused string
}

// parseRead reads the options of `read`. Those that the interpreter has not are carried out here or have no effect.
func parseRead(args []string) (o readOptions) {
	for len(args) > 0 && len(args[0]) > 1 && args[0][0] == '-' {
		word := args[0][1:]
		args = args[1:]
		for i := 0; i < len(word); i++ {
			value := func() string {
				if v := word[i+1:]; v != "" {
					i = len(word)
					return v
				}
				if len(args) == 0 {
					return ""
				}
				v := args[0]
				args = args[1:]
				return v
			}
			switch word[i] {
			case 's':
				o.hidden = true
			case 'e':
			case 'p':
				o.prompt = value()
			case 't', 'i', 'u':
				value()
			case 'r':
				o.rest = append(o.rest, "-r")
			case 'a':
				o.rest = append(o.rest, "-a")
			case '-':
				i = len(word)
			default:
				o.refused = "-" + word[i:i+1]
				return o
			}
		}
	}
	o.rest = append(o.rest, args...)
	return o
}

// rewriteRead asks the terminal for a line where standard input is the terminal, and hands it to the interpreter's
// read as a here-string.
func rewriteRead(b *bash, ctx context.Context, args []string) []string {
	o := parseRead(args[1:])
	if o.refused != "" {
		b.complain(ctx, "read: %s: invalid option", o.refused)
		return status(2)
	}
	p := b.process(ctx, []string{"read"})
	if !p.OnTerminal() && !p.behind {
		return append([]string{"read"}, o.rest...)
	}
	state := Ready
	if o.hidden || o.prompt != "" {
		state = Asks
	}
	in := input{kind: ended}
	if !p.behind {
		in = p.ask(handover{state: state, prompt: o.prompt, hidden: o.hidden})
	}
	switch in.kind {
	case typed:
		return []string{"eval", "read " + quoteAll(o.rest) + " <<< " + quote(in.line)}
	case interrupted:
		b.t.stop()
	}
	return []string{"eval", "read " + quoteAll(o.rest) + " < /dev/null"}
}

// rewriteMapfile gathers the terminal's lines until Ctrl-D where standard input is the terminal.
func rewriteMapfile(b *bash, ctx context.Context, args []string) []string {
	if interp.HandlerCtx(ctx).Stdin != nil {
		return args
	}
	p := b.process(ctx, args[:1])
	var lines []string
	for p.OnTerminal() {
		in := p.ask(handover{state: Ready})
		if in.kind == interrupted {
			b.t.stop()
		}
		if in.kind != typed {
			break
		}
		lines = append(lines, in.line)
	}
	if len(lines) == 0 {
		return []string{"eval", quoteAll(args) + " < /dev/null"}
	}
	return []string{"eval", quoteAll(args) + " <<< " + quote(strings.Join(lines, "\n"))}
}

func quoteAll(words []string) string {
	quoted := make([]string, len(words))
	for i, w := range words {
		quoted[i] = quote(w)
	}
	return strings.Join(quoted, " ")
}

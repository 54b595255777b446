package shell

import (
	"bufio"
	"context"
	"io"
	"slices"
	"strconv"
	"strings"

	"mvdan.cc/sh/v3/interp"
	"mvdan.cc/sh/v3/syntax"
)

// readOptions are what `read` was asked for.
type readOptions struct {
	prompt  string
	hidden  bool
	fd      int      // the descriptor that is read from
	until   byte     // where the line ends
	most    int      // how many characters are read, 0 for all of the line
	raw     bool     // a backslash is a character
	rest    []string // the other options and the names
	ifs     string   // what separates fields
	refused string
}

// own reports whether the interpreter's read cannot do it.
func (o readOptions) own() bool { return o.fd > 2 || o.until != '\n' || o.most > 0 || o.splits() }

// parseRead reads the options of `read`. Those that the interpreter has not are carried out here or
// have no effect.
func parseRead(args []string) (o readOptions) {
	o.until = '\n'
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
			case 't', 'i':
				value()
			case 'u':
				o.fd, _ = strconv.Atoi(value())
			case 'd':
				o.until = (value() + "\x00")[0]
			case 'n', 'N':
				o.most, _ = strconv.Atoi(value())
			case 'r':
				o.raw = true
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

// rewriteRead asks the terminal for a line where standard input is the terminal, and hands it to
// the interpreter's read as a here-string.
func rewriteRead(b *bash, ctx context.Context, args []string) []string {
	o := parseRead(args[1:])
	if o.refused != "" {
		b.complain(ctx, "read: %s: invalid option", o.refused)
		return status(2)
	}
	if fixed := fixedOf(ctx, o.names()); fixed != "" {
		return b.readFixed(ctx, args, fixed)
	}
	p := b.process(ctx, []string{"read"})
	o.ifs = interp.HandlerCtx(ctx).Env.Get("IFS").String()
	switch {
	case o.own() && (o.fd > 2 || !p.OnTerminal() && !p.behind):
		return b.readOwn(ctx, o)
	case !p.OnTerminal() && !p.behind:
		if fold := b.foldRead(o.rest); fold != "" {
			return []string{"eval", hidden + "read " + quoteAll(o.rest) + " && { :" + fold + "; } || { :" + fold + "; false; }"}
		}
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
		return []string{"eval", assignRead(o, in.line) + b.foldRead(o.rest)}
	case interrupted:
		b.t.stop()
	}
	return []string{"eval", "read " + quoteAll(o.rest) + " < /dev/null"}
}

// readOwn reads what the interpreter's read cannot: from a number, up to another character, or only
// so much. It goes byte by byte, so that the next command finds the rest.
func (b *bash) readOwn(ctx context.Context, o readOptions) []string {
	var in io.ByteReader = &single{r: interp.HandlerCtx(ctx).Stdin}
	if o.fd > 2 {
		row := b.fds.get(o.fd)
		if row != nil && row.in == nil && row.text != nil {
			row.in = bufio.NewReader(strings.NewReader(string(row.text)))
		}
		if row == nil || row.in == nil {
			b.complain(ctx, "read: %d: invalid file descriptor: Bad file descriptor", o.fd)
			return status(1)
		}
		in = row.in
	}
	text, ended := readUntil(ctx, in, o)
	run := assignRead(o, text) + b.foldRead(o.rest)
	if ended {
		run += "; false"
	}
	return []string{"eval", run}
}

// readUntil reads what o asks for; ended says that the input ended before.
func readUntil(ctx context.Context, in io.ByteReader, o readOptions) (text string, ended bool) {
	var line []byte
	for escaped := false; ctx.Err() == nil && len(line) < maxText; {
		c, err := in.ReadByte()
		switch {
		case err != nil:
			return string(line), true
		case c == o.until && escaped && c == '\n':
			line, escaped = line[:len(line)-1], false
			continue
		case c == o.until && !escaped:
			return string(line), false
		}
		escaped = c == '\\' && !escaped && !o.raw
		if line = append(line, c); o.most > 0 && len(line) >= o.most {
			return string(line), false
		}
	}
	return string(line), false
}

// assignRead is the command that gives the names their values. A text of several lines goes to one
// name whole, as a line of it would be lost.
func assignRead(o readOptions, text string) string {
	text = strings.ReplaceAll(text, "\x00", "")
	several := slices.Contains(o.rest, "-a") || len(o.names()) > 1
	if o.splits() || several && strings.Contains(text, "\n") {
		return o.assignFields(text)
	}
	if !strings.Contains(text, "\n") {
		return "read " + quoteAll(o.rest) + " <<< " + quote(text)
	}
	name := "REPLY"
	if last := o.rest[max(0, len(o.rest)-1):]; len(last) == 1 && syntax.ValidName(last[0]) {
		name = last[0]
	}
	return name + "=" + quote(text) + `; [ "$IFS" = "${IFS#[[:space:]]}" ] || { ` +
		name + `="${` + name + `#"${` + name + `%%[![:space:]]*}"}"; ` +
		name + `="${` + name + `%"${` + name + `##*[![:space:]]}"}"; }`
}

// single reads one byte at a time.
type single struct{ r io.Reader }

// ReadByte reads the next byte.
func (s *single) ReadByte() (byte, error) {
	var c [1]byte
	_, err := io.ReadFull(s.r, c[:])
	return c[0], err
}

// rewriteMapfile gathers the terminal's lines until Ctrl-D where standard input is the terminal.
func rewriteMapfile(b *bash, ctx context.Context, args []string) []string {
	o, _ := parseMapfile(args[1:])
	if in := interp.HandlerCtx(ctx).Stdin; in != nil || o.fd > 2 || o.fd < 0 {
		return b.mapfileFrom(ctx, in, args)
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

// mapOptions are what `mapfile` was asked for.
type mapOptions struct {
	trim       bool
	until      byte   // where a line ends
	most, skip int    // how many lines are read, 0 for all, and passed over before
	at         int    // the index of the first one, -1 for an array of its own
	fd         int    // the descriptor that is read from, negative for none that there can be
	from       string // what is written for it
	name       string
}

// parseMapfile reads the options of `mapfile`, false for others than these.
func parseMapfile(args []string) (o mapOptions, ok bool) {
	o = mapOptions{until: '\n', at: -1, name: "MAPFILE"}
	for len(args) > 0 && len(args[0]) > 1 && args[0][0] == '-' {
		word := args[0][1:]
		args = args[1:]
		for word != "" {
			letter := word[0]
			word = word[1:]
			if letter == 't' {
				o.trim = true
				continue
			}
			value := word
			if word = ""; value == "" {
				if len(args) == 0 {
					return o, false
				}
				value, args = args[0], args[1:]
			}
			into := map[byte]*int{'n': &o.most, 's': &o.skip, 'O': &o.at, 'u': &o.fd}[letter]
			switch n, err := strconv.Atoi(value); {
			case letter == 'u' && err != nil:
				o.fd, o.from = -1, value
				return o, false
			case letter == 'd':
				o.until = (value + "\x00")[0]
			case into == nil || err != nil || n < 0:
				return o, false
			default:
				*into = n
			}
		}
	}
	if len(args) > 0 {
		o.name = args[0]
	}
	return o, len(args) < 2 && syntax.ValidName(o.name)
}

// mapfileFrom reads an input into an array: the interpreter's mapfile makes one line of nothing, and
// has few of the options. What it cannot read is left to the interpreter's words.
func (b *bash) mapfileFrom(ctx context.Context, in io.Reader, args []string) []string {
	o, ok := parseMapfile(args[1:])
	if o.fd < 0 {
		b.complain(ctx, "mapfile: %s: invalid file descriptor specification", o.from)
		return status(1)
	}
	if !ok {
		return args
	}
	if o.fd > 2 {
		row := b.fds.get(o.fd)
		if row != nil && row.in == nil && row.text != nil {
			row.in = bufio.NewReader(strings.NewReader(string(row.text)))
		}
		if row == nil || row.in == nil {
			b.complain(ctx, "mapfile: %d: invalid file descriptor: Bad file descriptor", o.fd)
			return status(1)
		}
		in = row.in
	}
	data, err := io.ReadAll(io.LimitReader(in, maxText))
	if err != nil || b.refusesFixed(ctx, o.name) {
		return status(1)
	}
	var lines []string
	for rest := string(data); rest != "" && (o.most == 0 || len(lines) < o.most); {
		line, behind, ended := strings.Cut(rest, string([]byte{o.until}))
		rest = behind
		if o.skip > 0 {
			o.skip--
			continue
		}
		if ended && !o.trim {
			line += string([]byte{o.until})
		}
		lines = append(lines, strings.ReplaceAll(line, "\x00", ""))
	}
	if o.at < 0 {
		return []string{"eval", o.name + "=(" + quoteAll(lines) + ")"}
	}
	text := ":"
	for i, line := range lines {
		text += "; " + o.name + "[" + strconv.Itoa(o.at+i) + "]=" + quote(line)
	}
	return []string{"eval", text}
}

func quoteAll(words []string) string {
	quoted := make([]string, len(words))
	for i, w := range words {
		quoted[i] = quote(w)
	}
	return strings.Join(quoted, " ")
}

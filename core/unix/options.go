package unix

import (
	"slices"
	"strings"

	"hsmplay/core/command"
	"hsmplay/core/voice"
)

// options are what a program was called with: letters that were given, values of those that take
// one, the last and all of them, and the rest.
type options struct {
	given  map[byte]bool
	values map[byte]string
	every  map[byte][]string
	args   []string
}

// set notes a value.
func (o options) set(letter byte, value string) {
	o.values[letter], o.every[letter] = value, append(o.every[letter], value)
}

// has reports whether an option was given.
func (o options) has(letter byte) bool { return o.given[letter] }

// value returns an option's value, or what stands for it.
func (o options) value(letter byte, otherwise string) string {
	if v, ok := o.values[letter]; ok {
		return v
	}
	return otherwise
}

// options reads a program's options as getopt does: letters lists them, one that takes a value
// followed by a colon; long lists long names as name=letter. Options may stand behind other
// arguments, except where letters begin with a +: `tr +/ -_` has two sets. An unknown one ends the program with the status, in coreutils' words.
func (p *Process) options(status int, letters string, long ...string) options {
	o := options{given: map[byte]bool{}, values: map[byte]string{}, every: map[byte][]string{}}
	args := p.Args[1:]
	letters, before := strings.CutPrefix(letters, "+")
	for len(args) > 0 {
		word := args[0]
		args = args[1:]
		switch {
		case word == "--":
			o.args = append(o.args, args...)
			return o
		case strings.HasPrefix(word, "--"):
			args = p.longOption(o, status, letters, long, word, args)
		case len(word) > 1 && word[0] == '-':
			args = p.shortOptions(o, status, letters, word[1:], args)
		case before:
			o.args = append([]string{word}, args...)
			return o
		default:
			o.args = append(o.args, word)
		}
	}
	return o
}

func (p *Process) shortOptions(o options, status int, letters, word string, args []string) []string {
	for i := 0; i < len(word); i++ {
		at := strings.IndexByte(letters, word[i])
		if at < 0 || word[i] == ':' {
			p.misused(status, "invalid option -- '"+voice.OneLine(word[i:i+1])+"'")
		}
		o.given[word[i]] = true
		if at+1 == len(letters) || letters[at+1] != ':' {
			continue
		}
		switch {
		case i+1 < len(word):
			o.set(word[i], word[i+1:])
		case len(args) > 0:
			o.set(word[i], args[0])
			args = args[1:]
		default:
			p.misused(status, "option requires an argument -- '"+word[i:i+1]+"'")
		}
		break
	}
	return args
}

func (p *Process) longOption(o options, status int, letters string, long []string, word string, args []string) []string {
	name, value, hasValue := strings.Cut(word[2:], "=")
	for _, row := range long {
		known, letter, _ := strings.Cut(row, "=")
		if known != name && known != whole(name, long) {
			continue
		}
		o.given[letter[0]] = true
		if at := strings.IndexByte(letters, letter[0]); at >= 0 && at+1 < len(letters) && letters[at+1] == ':' {
			if !hasValue {
				if len(args) == 0 {
					p.misused(status, "option '--"+known+"' requires an argument")
				}
				value, args = args[0], args[1:]
			}
			o.set(letter[0], value)
		}
		return args
	}
	p.misused(status, "unrecognized option '"+voice.OneLine(word)+"'", long...)
	return nil
}

// trying are the words of programs that differ from coreutils' for a wrong call.
var trying = map[string]string{"gzip": "Try `gzip --help'", "diff": "diff: Try 'diff --help'", "cmp": "cmp: Try 'cmp --help'"}

// whole is the long name that a word is the beginning of, as getopt_long takes it; "" for none, or
// for several that say other things.
func whole(word string, long []string) (name string) {
	says := ""
	for _, row := range long {
		known, letter, _ := strings.Cut(row, "=")
		switch {
		case !strings.HasPrefix(known, word):
		case says != "" && says != letter:
			return ""
		default:
			name, says = known, letter
		}
	}
	return name
}

// misused ends the program with coreutils' words for a wrong call, and notes which of the long
// options was meant.
func (p *Process) misused(status int, what string, long ...string) {
	p.Complain("%s", what)
	try, ok := trying[p.Args[0]]
	if !ok {
		try = "Try '" + p.Args[0] + " --help'"
	}
	p.Errorf("%s for more information.\n", try)
	for i, word := range p.Args {
		if line := p.mended(i, long); line != "" {
			p.Note(voice.ShellNearest, "name", voice.Word(word), "line", line)
			break
		}
	}
	p.Exit(status)
}

// mended is the call with the option that word i nearly is, "" where it is one or near to none.
func (p *Process) mended(i int, long []string) string {
	word := p.Args[i]
	if !strings.HasPrefix(word, "-") {
		return ""
	}
	if command.AsksHelp(word) && (len(word) > 2 || len(p.Args) == 2) {
		return command.Joined([]string{p.Args[0], "--help"})
	}
	name, value, hasValue := strings.Cut(strings.TrimLeft(word, "-"), "=")
	var names []string
	for _, row := range long {
		known, _, _ := strings.Cut(row, "=")
		names = append(names, known)
	}
	near := command.Nearest(name, names)
	if near.How == command.Far || len(near.Names) != 1 || near.Names[0] == name && strings.HasPrefix(word, "--") {
		return ""
	}
	words := slices.Clone(p.Args)
	if words[i] = "--" + near.Names[0]; hasValue {
		words[i] += "=" + value
	}
	return command.Joined(words)
}

// needs ends the program when an operand is missing.
func (p *Process) needs(o options, n int) {
	switch {
	case len(o.args) == 0 && n > 0:
		p.misused(1, "missing operand")
	case len(o.args) < n:
		p.misused(1, "missing operand after '"+voice.OneLine(o.args[len(o.args)-1])+"'")
	}
}

// usage makes a --help text from a call and its lines.
func usage(call, about string, lines ...string) string {
	text := "Usage: " + call + "\n" + about + "\n"
	if len(lines) > 0 {
		text += "\n"
	}
	for _, line := range lines {
		text += "  " + line + "\n"
	}
	return text
}

package unix

import (
	"slices"
	"strconv"
	"strings"

	"hsmplay/core/shell"
)

// xargsLong are long options by their letters.
var xargsLong = map[string]string{"--no-run-if-empty": "-r", "--null": "-0", "--verbose": "-t", "--max-args": "-n", "--max-procs": "-P",
	"--delimiter": "-d", "--arg-file": "-a", "--replace": "-I", "--max-lines": "-L"}

func runXargs(p *Process) int {
	args, most, word := slices.Clone(p.Args[1:]), 5000, ""
	zero, skip, trace, delimiter, file, end := false, false, false, "", "-", ""
	for i, word := range args {
		if name, value, _ := strings.Cut(word, "="); xargsLong[name] != "" {
			args[i] = xargsLong[name] + value
		}
	}
	for len(args) > 0 && len(args[0]) > 1 && args[0][0] == '-' {
		switch {
		case args[0] == "-0":
			zero = true
		case args[0] == "-r":
			skip = true
		case args[0] == "-t":
			trace = true
		case args[0] == "-i":
			word, most = "{}", 1
		case strings.IndexByte("nILPdaE", args[0][1]) >= 0:
			letter, value := args[0][1], args[0][2:]
			if value == "" && len(args) > 1 {
				value, args = args[1], args[1:]
			}
			switch letter {
			case 'I':
				word, most = value, 1
			case 'a':
				file = value
			case 'E':
				end = value
			case 'd':
				delimiter, _ = unescape(value, false)
			case 'P': // one after the other is one of the ways
			default:
				if most, _ = strconv.Atoi(value); most < 1 {
					p.misused(1, "value for -"+string(letter)+" option should be >= 1")
				}
			}
		default:
			p.misused(1, "invalid option -- "+quoted(args[0][1:2]))
		}
		args = args[1:]
	}
	r, err := p.Open(file)
	if err != nil {
		return p.Complain("Cannot open input file %s: %s", quoted(file), shell.Reason(err))
	}
	text := string(p.all(r))
	var words []string
	switch {
	case zero:
		words = strings.Split(strings.TrimSuffix(text, "\x00"), "\x00")
	case delimiter != "":
		words = strings.Split(strings.TrimSuffix(text, delimiter), delimiter)
	case word != "":
		words = strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	default:
		words = p.xargsWords(text)
		if i := slices.Index(words, end); end != "" && i >= 0 {
			words = words[:i]
		}
	}
	if text == "" {
		words = nil
	}
	return p.batches(args, words, most, word, skip || word != "", trace)
}

// batches runs a command again and again with the next words. 123 is xargs's status when one
// failed.
func (p *Process) batches(command, words []string, most int, word string, skip, trace bool) int {
	if len(command) == 0 {
		command = []string{"echo"}
	}
	if len(words) == 0 && skip {
		return 0
	}
	if _, ok := p.Which(command[0]); !ok {
		p.Complain("%s: No such file or directory", command[0])
		p.Advise(command[:1])
		return 127
	}
	status := 0
	for first := true; first || len(words) > 0; first = false {
		n := min(most, len(words))
		line := append(slices.Clone(command), words[:n]...)
		if word != "" {
			line = slices.Clone(command)
			for i := range line {
				line[i] = strings.ReplaceAll(line[i], word, words[0])
			}
		}
		words = words[n:]
		if trace {
			p.Errorf("%s\n", strings.Join(line, " "))
		}
		switch ended := p.Spawn(shell.Child{Args: line, In: strings.NewReader("")}); {
		case ended >= 126:
			return ended
		case ended != 0:
			status = 123
		}
	}
	return status
}

// xargsWords cuts a text at blanks and line ends; quotes of both kinds and backslashes keep them.
func (p *Process) xargsWords(text string) []string {
	var words []string
	var word strings.Builder
	quote, open := byte(0), false
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case c == '\n' && quote != 0:
			kind := map[byte]string{'\'': "single", '"': "double"}[quote]
			p.Complain("unmatched %s quote; by default quotes are special to xargs unless you use the -0 option", kind)
			p.Exit(1)
		case c == quote && quote != 0:
			quote = 0
		case quote != 0:
			word.WriteByte(c)
		case c == '\'' || c == '"':
			quote, open = c, true
		case c == '\\' && i+1 < len(text):
			i++
			word.WriteByte(text[i])
			open = true
		case c == ' ' || c == '\t' || c == '\n':
			if open {
				words = append(words, word.String())
				word.Reset()
			}
			open = false
		default:
			word.WriteByte(c)
			open = true
		}
	}
	if open {
		words = append(words, word.String())
	}
	return words
}

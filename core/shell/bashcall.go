package shell

import (
	"slices"
	"strings"

	"mvdan.cc/sh/v3/syntax"
)

// bashCall is what the words behind `bash`, or in the first line of a script, ask for.
type bashCall struct {
	set     string // what the shell begins with, on the line of the script's first command
	command bool   // -c: the first argument is what runs
	input   bool   // -s: what runs is read from standard input
	check   bool   // -n: it is read only
	args    []string
}

// noBashOptions are the long options that change nothing here.
var noBashOptions = []string{"--login", "--noprofile", "--norc", "--noediting", "--posix", "--verbose"}

// readBashCall reads them; refused is the option that there is not.
func readBashCall(args []string) (c bashCall, refused string) {
	var set, shopt string
	for len(args) > 0 && len(args[0]) > 1 && (args[0][0] == '-' || args[0][0] == '+') {
		word := args[0]
		args = args[1:]
		if word == "--" {
			break
		}
		if strings.HasPrefix(word, "--") {
			if !slices.Contains(noBashOptions, word) {
				return c, word
			}
			continue
		}
		for _, letter := range word[1:] {
			switch {
			case letter == 'c':
				c.command = true
			case letter == 's':
				c.input = true
			case letter == 'n':
				c.check = true
			case strings.ContainsRune("oO", letter) && len(args) > 0 && syntax.ValidName(args[0]):
				if letter == 'o' {
					set += " " + word[:1] + "o " + args[0]
				} else {
					shopt += "shopt -s " + args[0] + "; "
				}
				args = args[1:]
			case strings.ContainsRune("li", letter):
			case strings.ContainsRune("aefuvxBCEHT", letter):
				set += " " + word[:1] + string(letter)
			default:
				return c, word
			}
		}
	}
	if c.set = shopt; set != "" {
		c.set += "set" + set + "; "
	}
	if len(args) > 0 && args[0] == "-" {
		args = args[1:]
	}
	c.args = args
	return c, ""
}

// runCalled runs a text as a call of bash asks for it.
func (p *Process) runCalled(c bashCall, name, text string, args []string) int {
	if !c.check {
		return p.runScript(name, c.set+text, args, c.command)
	}
	sh := p.newScript(name, args)
	if _, err := read(text); err != nil {
		return sh.misread(err)
	}
	return 0
}

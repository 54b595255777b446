package unix

import (
	"strconv"
	"strings"
)

// echoPrograms write their arguments.
var echoPrograms = []Program{
	{Name: "echo", Means: "writes its arguments", Run: runEcho},
	{Name: "printf", Means: "writes its arguments in a format", Run: runPrintf,
		Help: usage("printf [-v NAME] FORMAT [ARGUMENT]...", "Print ARGUMENTs as FORMAT says, with -v into a variable.")},
	{Name: "yes", Means: "writes a word again and again", Run: runYes, Help: usage("yes [WORD]...", "Print WORDs, or y, again and again.")},
	{Name: "seq", Means: "writes numbers", Run: runSeq,
		Help: usage("seq [-s SEP] [-w] [FIRST [STEP]] LAST", "Print numbers from FIRST to LAST, in steps of STEP.")},
}

func runEcho(p *Process) int {
	args, escapes, end := p.Args[1:], false, "\n"
	for len(args) > 0 && len(args[0]) > 1 && args[0][0] == '-' && strings.Trim(args[0][1:], "neE") == "" {
		for _, c := range args[0][1:] {
			switch c {
			case 'n':
				end = ""
			case 'e':
				escapes = true
			case 'E':
				escapes = false
			}
		}
		args = args[1:]
	}
	text := strings.Join(args, " ")
	if escapes {
		var stop bool
		if text, stop = unescape(text, true); stop {
			end = ""
		}
	}
	p.Print(text + end)
	return 0
}

// escapes are the characters that stand behind a backslash for another one.
var escapes = map[byte]string{'a': "\a", 'b': "\b", 'e': "\x1b", 'E': "\x1b", 'f': "\f", 'n': "\n", 'r': "\r", 't': "\t",
	'v': "\v", '\\': "\\"}

// unescape carries out backslashes as echo -e (octal as \0nnn) and printf (as \nnn) do. stop is a
// \c: nothing more is to be written.
func unescape(text string, echo bool) (out string, stop bool) {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		if text[i] != '\\' || i+1 == len(text) {
			b.WriteByte(text[i])
			continue
		}
		i++
		c := text[i]
		switch {
		case escapes[c] != "":
			b.WriteString(escapes[c])
		case c == 'c':
			return b.String(), true
		case c == '0' && echo:
			i += number(&b, text[i+1:], 3, 8)
		case c >= '0' && c <= '7' && !echo:
			i += number(&b, text[i:], 3, 8) - 1
		case c == 'x' && hexDigits(text[i+1:], 2) > 0:
			i += number(&b, text[i+1:], 2, 16)
		case (c == 'u' || c == 'U') && hexDigits(text[i+1:], 8) > 0:
			n := hexDigits(text[i+1:], map[byte]int{'u': 4, 'U': 8}[c])
			r, _ := strconv.ParseUint(text[i+1:i+1+n], 16, 32)
			b.WriteRune(rune(r))
			i += n
		case (c == '"' || c == '\'') && !echo:
			b.WriteByte(c)
		default:
			b.WriteString(`\` + string(c))
		}
	}
	return b.String(), false
}

// number writes the byte of up to max digits and returns how many it took.
func number(b *strings.Builder, digits string, most, base int) int {
	n := 0
	for n < len(digits) && n < most && digit(digits[n]) < base {
		n++
	}
	v, _ := strconv.ParseUint("0"+digits[:n], base, 32)
	b.WriteByte(byte(v))
	return n
}

func hexDigits(text string, most int) int {
	n := 0
	for n < len(text) && n < most && digit(text[n]) < 16 {
		n++
	}
	return n
}

// digit is the value of a digit, 99 for another character.
func digit(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	}
	return 99
}

func runYes(p *Process) int {
	word := "y"
	if len(p.Args) > 1 {
		word = strings.Join(p.Args[1:], " ")
	}
	block := strings.Repeat(word+"\n", max(1, 1024/(len(word)+1)))
	for {
		p.Print(block)
	}
}

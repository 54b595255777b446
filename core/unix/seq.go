package unix

import (
	"fmt"
	"strconv"
	"strings"

	"hsmplay/core/voice"
)

func runSeq(p *Process) int {
	sep, format, wide, args := "\n", "", false, p.Args[1:]
	for len(args) > 0 && len(args[0]) > 1 && args[0][0] == '-' && strings.Trim(args[0][1:2], "0123456789.") != "" {
		switch {
		case args[0] == "-w":
			wide = true
		case args[0] == "-s" && len(args) > 1:
			sep, args = args[1], args[1:]
		case strings.HasPrefix(args[0], "--separator="):
			sep = args[0][len("--separator="):]
		case args[0] == "--equal-width":
			wide = true
		case strings.HasPrefix(args[0], "--format="):
			format = args[0][len("--format="):]
		case strings.HasPrefix(args[0], "-s"):
			sep = args[0][2:]
		case args[0] == "-f" && len(args) > 1:
			format, args = args[1], args[1:]
		default:
			p.misused(1, "invalid option -- '"+voice.OneLine(args[0][1:2])+"'")
		}
		args = args[1:]
	}
	if len(args) == 0 {
		p.misused(1, "missing operand")
	}
	if len(args) > 3 {
		p.misused(1, "extra operand '"+voice.OneLine(args[3])+"'")
	}
	p.checkSeqFormat(format)
	p.sequence(args, sep, format, wide)
	return 0
}

// checkSeqFormat refuses a format that is not for one number with a fraction.
func (p *Process) checkSeqFormat(format string) {
	at := strings.IndexByte(strings.ReplaceAll(format, "%%", "  "), '%')
	if format == "" || at >= 0 && strings.IndexAny(strings.TrimLeft(format[at+1:], "-+ #0123456789.'"), "efgaEFGA") == 0 {
		return
	}
	if verb := strings.TrimLeft(format[at+1:], "-+ #0123456789.'"); at >= 0 && verb != "" {
		p.Complain("format %s has unknown %%%c directive", quoted(format), verb[0])
	} else {
		p.Complain("format %s has no %% directive", quoted(format))
	}
	p.Exit(1)
}

// sequence writes the numbers, counted in the smallest decimal place that an argument has.
func (p *Process) sequence(args []string, sep, format string, wide bool) {
	numbers, places := [3]float64{1, 1, 0}, 0
	at := map[int][]int{1: {2}, 2: {0, 2}, 3: {0, 1, 2}}[len(args)]
	width := 0
	for i, arg := range args {
		n, err := strconv.ParseFloat(arg, 64)
		if err != nil {
			p.misused(1, fmt.Sprintf("invalid floating point argument: '%s'", voice.OneLine(arg)))
		}
		if _, fraction, ok := strings.Cut(arg, "."); ok && at[i] < 2 {
			places = max(places, min(len(fraction), 15))
		}
		if at[i] != 1 {
			width = max(width, len(strings.TrimSuffix(arg, ".")))
		}
		numbers[at[i]] = n
	}
	first, step, last := numbers[0], numbers[1], numbers[2]
	if step == 0 {
		p.misused(1, "invalid Zero increment value: '"+voice.OneLine(args[1])+"'")
	}
	var out strings.Builder
	for i, n := 0, first; (step > 0 && n <= last+1e-12) || (step < 0 && n >= last-1e-12); n = first + float64(i)*step {
		text := strconv.FormatFloat(n, 'f', places, 64)
		if wide {
			text = fmt.Sprintf("%0*s", width, text)
		}
		if format != "" {
			text, _ = (&formatter{args: []string{text}}).all(format, p.Limits().Room)
		}
		if i > 0 {
			text = sep + text
		}
		if out.WriteString(text); out.Len() >= 4096 {
			p.Print(out.String())
			out.Reset()
		}
		i++
	}
	p.Print(out.String())
	if (step > 0 && first <= last) || (step < 0 && first >= last) {
		p.Print("\n")
	}
}

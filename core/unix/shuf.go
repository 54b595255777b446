package unix

import (
	"slices"
	"strconv"
	"strings"

	"hsmplay/core/shell"
	"hsmplay/core/voice"
)

// chancePrograms go by chance.
var chancePrograms = []Program{
	{Name: "shuf", Means: "puts lines into a chance order", Run: runShuf, Help: usage("shuf [-n N] [-e WORD... | -i A-B | FILE]", "Print lines in an order by chance.")},
}

// runShuf takes the lines of a file, words or numbers.
func runShuf(p *Process) int {
	o := p.options(1, "n:ei:", "head-count=n", "echo=e", "input-range=i")
	lines := o.args
	if text, ok := o.values['i']; ok {
		lines = nil
		a, b, _ := strings.Cut(text, "-")
		from, err := strconv.Atoi(a)
		to, err2 := strconv.Atoi(b)
		if err != nil || err2 != nil || to < from || to-from > 100_000 {
			return p.Complain("invalid input range: %s", quoted(text))
		}
		for i := range to - from + 1 {
			lines = append(lines, strconv.Itoa(from+i))
		}
	} else if !o.has('e') {
		r, err := p.Open(append(slices.Clone(o.args), "-")[0])
		if err != nil {
			return p.Complain("%s: %s", voice.OneLine(o.args[0]), shell.Reason(err))
		}
		lines = strings.Split(strings.TrimSuffix(string(p.all(r)), "\n"), "\n")
	}
	most, err := strconv.Atoi(o.value('n', strconv.Itoa(len(lines))))
	if err != nil || most < 0 {
		return p.Complain("invalid line count: %s", quoted(o.value('n', "")))
	}
	lines = slices.Clone(lines)
	for i := range min(most, len(lines)) {
		j := i + p.Chance(len(lines)-i)
		lines[i], lines[j] = lines[j], lines[i]
		p.Print(lines[i] + "\n")
	}
	return 0
}

package unix

import (
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"hsmplay/core/voice"
)

// numberPrograms write numbers for people.
var numberPrograms = []Program{
	{Name: "numfmt", Means: "writes sizes for people, and reads them", Run: runNumfmt,
		Help: usage("numfmt [--to=UNIT] [--from=UNIT] [--suffix=TEXT] [--padding=N] [--field=N] [-d SEP] [NUMBER]...",
			"Convert NUMBERs, or those of standard input. UNIT is none, si, iec, iec-i, or for --from auto.")},
}

// powers are the letters of sizes, each a thousand or 1024 times the one before.
const powers = "KMGTPE"

// human is a size in bytes as -h prints it.
func human(bytes int64) string { return scaled(float64(bytes), 1024, "") }

// scaled is a number with a letter, rounded away from zero; below ten it has a decimal.
func scaled(value, base float64, mark string) string {
	up := func(v float64) float64 { return math.Copysign(math.Ceil(math.Abs(v)-1e-9), v) }
	power := 0
	for ; power < len(powers) && math.Abs(up(value)) >= base; power++ {
		value /= base
	}
	switch {
	case power == 0:
		return strconv.FormatFloat(up(value), 'f', -1, 64)
	case math.Abs(up(value*10)) < 100:
		return fmt.Sprintf("%.1f%c%s", up(value*10)/10, powers[power-1], mark)
	case math.Abs(up(value)) >= base && power < len(powers):
		return fmt.Sprintf("1.0%c%s", powers[power], mark)
	}
	return fmt.Sprintf("%.0f%c%s", up(value), powers[power-1], mark)
}

// unitBases are the words of --to and --from.
var unitBases = map[string]float64{"none": 1, "si": 1000, "iec": 1024, "iec-i": 1024, "auto": 1000}

func runNumfmt(p *Process) int {
	o := p.options(1, "d:\x01:\x02:\x03:\x04:\x05:", "delimiter=d", "to=\x01", "from=\x02", "suffix=\x03", "padding=\x04", "field=\x05")
	for letter, name := range []string{1: "to", 2: "from"} {
		if word := o.value(byte(letter), "none"); unitBases[word] == 0 || word == "auto" && name == "to" {
			p.misused(1, "invalid argument "+quoted(word)+" for '--"+name+"'")
		}
	}
	field, _ := strconv.Atoi(o.value(5, "1"))
	convert := func(line string) {
		words := strings.Fields(line)
		sep := o.value('d', " ")
		if o.has('d') {
			words = strings.Split(line, sep)
		}
		if field >= 1 && field <= len(words) {
			words[field-1] = p.reformatted(o, words[field-1])
		}
		p.Print(strings.Join(words, sep) + "\n")
	}
	for _, number := range o.args {
		convert(number)
	}
	if len(o.args) > 0 {
		return 0
	}
	return p.eachInput(nil, func(_ string, r io.Reader) { p.eachLine(r, func(line string, _ bool) { convert(line) }) })
}

// reformatted is one number as numfmt's options want it.
func (p *Process) reformatted(o options, text string) string {
	suffix, from, to := o.value(3, ""), o.value(2, "none"), o.value(1, "none")
	digits := strings.TrimSuffix(text, suffix)
	value, letters := digits, ""
	if at := strings.IndexFunc(digits, func(r rune) bool { return !strings.ContainsRune("+-.0123456789", r) }); at >= 0 {
		value, letters = digits[:at], digits[at:]
	}
	n, err := strconv.ParseFloat(value, 64)
	base := unitBases[from]
	if from == "auto" && len(letters) == 2 {
		base = 1024
	}
	power := 0
	if letters != "" {
		power = 1 + strings.IndexByte(powers, letters[0])
	}
	rest := strings.TrimPrefix(letters, letters[:min(1, len(letters))])
	why := ""
	switch {
	case err != nil:
		why = "invalid number: " + quoted(text)
	case letters == "":
	case power == 0 || rest != "" && rest != "i":
		why = "invalid suffix in input: " + quoted(text)
	case from == "none":
		why = "rejecting suffix in input: " + quoted(text) + " (consider using --from)"
	case from == "iec-i" && rest == "":
		why = "missing 'i' suffix in input: " + quoted(text) + " (e.g Ki/Mi/Gi)"
	}
	if why != "" {
		p.Complain("%s", voice.OneLine(why))
		p.Exit(2)
	}
	n *= math.Pow(base, float64(power))
	shown := strconv.FormatFloat(n, 'f', -1, 64)
	if to != "none" {
		shown = scaled(n, unitBases[to], map[string]string{"iec-i": "i"}[to])
	}
	padding, _ := strconv.Atoi(o.value(4, "0"))
	return fmt.Sprintf("%*s", padding, shown+suffix)
}

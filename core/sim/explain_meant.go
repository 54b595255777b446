package sim

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"hsmplay/core/attr"
	"hsmplay/core/command"
	"hsmplay/core/retcode"
	"hsmplay/core/shell"
)

// asides are words that say what kind of thing is asked for, or nothing at all: they are looked up
// when no other word means something.
var asides = strings.Fields("a an the what is are does do mean means meaning of for in on about me tell error err state code return " +
	"term word attribute attr mechanism command key value number hsm user cluster and or to")

// explainMeant is the line that explains what words ask for which are no term as they stand: the
// code, term, attribute or command among them, or nearly one; "" for none.
func explainMeant(p *shell.Process, words []string) string {
	line := func(what string) string { return command.Joined(append([]string{"explain"}, strings.Fields(what)...)) }
	if len(words) == 1 && command.AsksHelp(words[0]) {
		return line("--help")
	}
	var plain []string
	for _, word := range strings.Fields(strings.Join(words, " ")) {
		if word = strings.TrimFunc(word, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }); word != "" {
			plain = append(plain, word)
		}
	}
	for _, word := range plain {
		if number := numbered(word); number != "" {
			return line(number)
		}
	}
	if code := worded(plain); code != "" {
		return line(code)
	}
	if what := meantIn(plain, false); what != "" {
		return line(what)
	}
	if _, is := p.Which(words[0]); is {
		return command.Joined([]string{words[0], "--help"})
	}
	if what := meantIn(plain, true); what != "" {
		return line(what)
	}
	asked := strings.Join(words, " ")
	if near := command.Nearest(asked, terms()); len(near.Names) > 0 {
		return line(near.Names[0])
	}
	var names []string
	for r := range reals {
		names = append(names, r.name)
	}
	if near := command.Nearest(asked, names); near.How == command.Slip {
		return line(near.Names[0])
	}
	return ""
}

// numbered is the return code or the attribute with a number as people write it, b3, 0xb3., 179 and
// 262; "" for none.
func numbered(word string) string {
	digits := strings.TrimLeft(strings.ToLower(word), "0ox")
	for _, base := range []int{16, 10} {
		n, err := strconv.ParseUint(digits, base, 32)
		if err != nil || len(digits) < 2 || base == 16 && len(digits) == len(word) && strings.Trim(digits, "0123456789") == "" {
			continue // digits alone are decimal
		}
		if _, known := retcode.Lookup(retcode.Code(n)); known {
			return fmt.Sprintf("0x%02x", n)
		}
		for _, row := range attr.Table {
			if uint64(row.Attr) == n {
				return row.Name
			}
		}
	}
	return ""
}

// worded is the return code of whose text words are a part; "" for none.
func worded(words []string) string {
	said := strings.Join(words, " ")
	if !strings.ContainsAny(said, " _") || len(letters(said)) < 6 {
		return ""
	}
	for _, row := range retcode.Table {
		if strings.Contains(letters(row.Text), letters(said)) {
			return fmt.Sprintf("0x%02x", uint32(row.Code))
		}
	}
	return ""
}

// meantIn is the longest run of words that means something, an aside alone or not; "" for none.
func meantIn(words []string, aside bool) string {
	for n := len(words); n > 0; n-- {
		for i := range len(words) - n + 1 {
			run := strings.Join(words[i:i+n], " ")
			if _, is := Meaning(run); is && aside == slices.Contains(asides, strings.ToLower(run)) {
				return run
			}
		}
	}
	return ""
}

// letters are those of a text, in small ones.
func letters(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, text)
}

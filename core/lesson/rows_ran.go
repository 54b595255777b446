package lesson

import (
	"slices"
	"strconv"
	"strings"

	"hsmplay/core/view"
)

// heard is a line that ran, and what a goal asks for of it.
type heard struct {
	view.RanRow
	program string // that the goal names, "" for none
	tool    bool   // the goal names the tool too
}

// known reports whether whoever has read the line knew its command: one that was typed into another
// tool was not run.
func (h heard) known() bool {
	if h.Tool == "bash" {
		return h.status() != notFound
	}
	return len(h.Path) > 0 || strings.HasPrefix(h.Line, h.Tool) // its start has no path
}

// programOf is the program that a goal asks for, "" for none.
func programOf(g Goal) string {
	for _, t := range g.Tests {
		if t.Field == "command" && t.Op == "=" {
			program, _, _ := strings.Cut(t.Value, " ")
			return program[strings.LastIndex(program, "/")+1:]
		}
	}
	return ""
}

// status is how the program ended that was asked for, wherever it stands in the line; else how the
// line did.
func (h heard) status() int {
	for _, exit := range h.Exits {
		if exit.Program == h.program {
			return exit.Status
		}
	}
	return h.Status
}

// lines are what ran since the step began.
var lines = table[heard]{
	name: "ran", main: "command", called: "a line",
	rows: func(e *eyes, g Goal) (all []heard) {
		for _, r := range e.world.Ran(-1, e.since) {
			all = append(all, heard{r, programOf(g), slices.ContainsFunc(g.Tests, func(t Test) bool { return t.Field == "tool" })})
		}
		return all
	},
	id:   func(_ *eyes, r heard) string { return r.ID },
	is:   func(_ *eyes, r heard) string { return commandOf(r.RanRow) },
	fact: func(e *eyes, r heard) string { return r.answered(e.tongue) },
	columns: []column[heard]{
		{"command", func(_ *eyes, r heard) value { return text(commandOf(r.RanRow)) }}, // see tries
		{"number", func(_ *eyes, r heard) value { return number(r.Seq) }},
		{"tool", func(_ *eyes, r heard) value { return text(r.Tool) }},
		{"line", func(_ *eyes, r heard) value { return text(r.Line) }},
		{"code", func(_ *eyes, r heard) value { return codeOf(r.Code) }},
		{"status", func(_ *eyes, r heard) value { return number(r.status()) }},
		{"refusal", func(_ *eyes, r heard) value { return orNone(r.Refusal) }},
		{"tab", func(e *eyes, r heard) value { return number(e.tab(r.Terminal)) }},
		{"user", func(_ *eyes, r heard) value { return named(r.User) }},
		{"on", func(e *eyes, r heard) value { return numbers(e.called(r.RanRow)) }},
		{"keys", func(_ *eyes, r heard) value { return changed(r.RanRow, "key-") }},
		{"users", func(_ *eyes, r heard) value { return changed(r.RanRow, "user-") }},
		{"files", func(_ *eyes, r heard) value { return changed(r.RanRow, "file-") }},
		{"hsms", func(_ *eyes, r heard) value { return changed(r.RanRow, "hsm-") }},
	},
	tries: func(_ *eyes, r heard, field, want string) (ok, tried bool) {
		switch {
		case field == "command":
			return runs(r.RanRow, want) && (r.tool || r.known()), true
		case field == "code" && want == "refused":
			return r.refused(), true
		}
		return false, false
	},
}

// commandOf is the command that a line is, the whole line for none.
func commandOf(r view.RanRow) string {
	if len(r.Path) > 0 {
		return strings.Join(r.Path, " ")
	}
	return r.Line
}

// answered says what a line answered.
func (h heard) answered(t tongue) string {
	key, code := "answered.well", ""
	switch {
	case h.Code != nil && *h.Code >= 0:
		key, code = "answered", hexCode(*h.Code)
	case h.Code != nil:
		key = "answered.refused"
	case h.status() != 0:
		key, code = "answered.status", strconv.Itoa(h.status())
	}
	return t.say(key, "command", h.called(), "code", code)
}

// called is what a sentence calls the line: the program that was asked for, where it is in it.
func (h heard) called() string {
	if h.program != "" && h.Tool == "bash" && runs(h.RanRow, h.program) {
		return h.program
	}
	return commandOf(h.RanRow)
}

// refused reports whether a line was.
func (h heard) refused() bool {
	return h.Code != nil && *h.Code != 0 || h.Code == nil && h.status() != 0
}

// called are the HSMs that a line called.
func (e *eyes) called(r view.RanRow) (nodes []int) {
	if len(r.Calls) == 0 {
		return nil
	}
	for _, c := range e.world.Calls(r.Calls[0] - 1) {
		if c.Seq <= r.Calls[1] && !slices.Contains(nodes, c.Node) {
			nodes = append(nodes, c.Node)
		}
	}
	slices.Sort(nodes)
	return nodes
}

// changed are the rows of a kind that a line has made, changed or removed. Files of the home
// directory are called as there.
func changed(r view.RanRow, kind string) value {
	v := value{list: true}
	for _, id := range r.Rows {
		if name, ok := strings.CutPrefix(id, kind); ok {
			v.texts = append(v.texts, homely(name))
		}
	}
	return v
}

// runs reports whether a line is a command, or has it in it: words stand where a command can begin.
func runs(r view.RanRow, command string) bool {
	want := strings.Fields(command)
	path := strings.Fields(strings.Join(r.Path, " ")) // a tool may have one name of several words
	if len(path) >= len(want) && slices.Equal(path[:len(want)], want) {
		return true
	}
	if r.Tool != "bash" {
		return len(r.Path) == 0 && strings.HasPrefix(r.Line+" ", command+" ")
	}
	words := strings.Fields(strings.NewReplacer(";", " ; ", "|", " | ", "&", " & ", "(", " ( ", ")", " ) ", "`", " ` ", "\n", " ; ").Replace(r.Line))
	for i := range words {
		if len(words)-i >= len(want) && isCommand(words[i:i+len(want)], want) && (i == 0 || begins(words[i-1])) {
			return true
		}
	}
	return false
}

// isCommand compares words with those of a command, whose program may be named with its path.
func isCommand(words, want []string) bool {
	program := words[0]
	if !strings.Contains(want[0], "/") {
		program = program[strings.LastIndex(program, "/")+1:]
	}
	return program == want[0] && slices.Equal(words[1:], want[1:])
}

// begins reports whether a command can stand behind a word.
func begins(word string) bool {
	return slices.Contains([]string{";", "|", "&", "(", "`", "then", "do", "else", "if", "while", "!", "sudo", "time", "$"}, word) ||
		strings.HasSuffix(word, "$") || strings.Contains(word, "=")
}

package lesson

import (
	"slices"
	"strconv"
	"strings"

	"hsmplay/core/view"
)

// lines are what ran since the step began.
var lines = table[view.RanRow]{
	name: "ran", main: "command", called: "a line",
	rows: func(e *eyes, _ Goal) []view.RanRow { return e.world.Ran(-1, e.since) },
	id:   func(_ *eyes, r view.RanRow) string { return r.ID },
	is:   func(_ *eyes, r view.RanRow) string { return commandOf(r) },
	fact: func(_ *eyes, r view.RanRow) string { return commandOf(r) + answered(r) },
	columns: []column[view.RanRow]{
		{"command", func(_ *eyes, r view.RanRow) value { return text(commandOf(r)) }}, // see tries
		{"tool", func(_ *eyes, r view.RanRow) value { return text(r.Tool) }},
		{"line", func(_ *eyes, r view.RanRow) value { return text(r.Line) }},
		{"code", func(_ *eyes, r view.RanRow) value { return codeOf(r.Code) }},
		{"status", func(_ *eyes, r view.RanRow) value { return number(r.Status) }},
		{"refusal", func(_ *eyes, r view.RanRow) value { return orNone(r.Refusal) }},
		{"tab", func(e *eyes, r view.RanRow) value { return number(e.tab(r.Terminal)) }},
		{"user", func(_ *eyes, r view.RanRow) value { return named(r.User) }},
		{"on", func(e *eyes, r view.RanRow) value { return numbers(e.called(r)) }},
		{"keys", func(_ *eyes, r view.RanRow) value { return changed(r, "key-") }},
		{"users", func(_ *eyes, r view.RanRow) value { return changed(r, "user-") }},
		{"files", func(_ *eyes, r view.RanRow) value { return changed(r, "file-") }},
		{"hsms", func(_ *eyes, r view.RanRow) value { return changed(r, "hsm-") }},
	},
	tries: func(_ *eyes, r view.RanRow, field, want string) (ok, tried bool) {
		switch {
		case field == "command":
			return runs(r, want), true
		case field == "code" && want == "refused":
			return refused(r), true
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
func answered(r view.RanRow) string {
	switch {
	case r.Code != nil && *r.Code >= 0:
		return " answered " + hexCode(*r.Code)
	case r.Code != nil:
		return " was refused"
	case r.Status != 0:
		return " ended with status " + strconv.Itoa(r.Status)
	}
	return ""
}

// refused reports whether a line was.
func refused(r view.RanRow) bool {
	return r.Code != nil && *r.Code != 0 || r.Code == nil && r.Status != 0
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
	if len(r.Path) >= len(want) && slices.Equal(r.Path[:len(want)], want) {
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

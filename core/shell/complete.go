package shell

import (
	"slices"
	"strings"

	"hsmplay/core/command"
)

// isAside reports whether a line at a tool's prompt begins with a word of the playground.
func (m *Machine) isAside(line string) bool {
	word, _, more := strings.Cut(strings.TrimLeft(line, " \t"), " ")
	row, ok := m.row(word)
	return more && ok && row.AtTools
}

// completeBash completes the word at the cursor: a program where a command begins, else a file.
func (t *Terminal) completeBash(line string, cursor int) command.Completion {
	if row, at, ok := t.m.typing(line); ok && cursor >= at {
		return t.completeTyping(row.Typing, line, cursor, at)
	}
	from := cursor
	for from > 0 && !strings.ContainsRune(" \t;|&()<>\"'`=", rune(line[from-1])) {
		from--
	}
	word := line[from:cursor]
	c := command.Completion{From: from, To: cursor, Choices: []command.Choice{}}
	if commandBegins(line[:from]) && !strings.Contains(word, "/") {
		c.Choices = t.completePrograms(word)
		return c
	}
	var names []string
	t.m.Do(func() { names = t.m.names(t.directory(), word) })
	for _, name := range names {
		c.Choices = append(c.Choices, command.Choice{Word: quoteName(name), Space: !strings.HasSuffix(name, "/")})
	}
	return c
}

// completePrograms lists the programs that begin with a word; what is built into bash has no meaning to show.
func (t *Terminal) completePrograms(word string) []command.Choice {
	choices := []command.Choice{}
	for _, name := range t.m.known() {
		if !strings.HasPrefix(name, word) {
			continue
		}
		row, _ := t.m.row(name)
		if word == "" && row.Means == "" {
			continue
		}
		choices = append(choices, command.Choice{Word: name, Means: row.Means, Space: true})
	}
	return choices
}

// commandBegins reports whether a command's name is what comes after the text.
func commandBegins(before string) bool {
	before = strings.TrimRight(before, " \t")
	if before == "" || strings.ContainsRune(";|&(`", rune(before[len(before)-1])) {
		return true
	}
	last := before[strings.LastIndexAny(before, " \t\n")+1:]
	return slices.Contains([]string{"do", "then", "else", "if", "while", "until", "!", "{", "time", "sudo"}, last)
}

// typing returns the program of a simple line that reads its own words, and where they begin.
func (m *Machine) typing(line string) (row Program, at int, ok bool) {
	begin := len(line) - len(strings.TrimLeft(line, " \t"))
	name, _, more := strings.Cut(line[begin:], " ")
	row, ok = m.row(name)
	if !more || !ok || row.Typing == nil || strings.ContainsAny(line, ";|&()<>\"'`$") {
		return Program{}, 0, false
	}
	return row, begin + len(name) + 1, true
}

func (t *Terminal) completeTyping(typing *Typing, line string, cursor, at int) (c command.Completion) {
	t.m.Do(func() { c = typing.Complete(line[at:], cursor-at) })
	c.From, c.To = c.From+at, c.To+at
	return c
}

// explainBash says what the command of a line is for.
func (t *Terminal) explainBash(line string, cursor int) (e command.Explanation) {
	if row, at, ok := t.m.typing(line); ok && cursor >= at {
		t.m.Do(func() { e = row.Typing.Explain(line[at:], cursor-at) })
		return e
	}
	return t.explainProgram(line)
}

// explainProgram says what the first word of a line is for.
func (t *Terminal) explainProgram(line string) command.Explanation {
	e := command.Explanation{Slots: []command.Slot{}, Current: -1}
	words := strings.Fields(line)
	if len(words) == 0 {
		return e
	}
	row, ok := t.m.row(words[0])
	if !ok {
		row, ok = t.m.installed(words[0])
	}
	if ok && !strings.HasPrefix(row.Name, hidden) {
		e.Summary, e.Means, e.Current = row.Means, row.Means, 0
		e.Slots = append(e.Slots, command.Slot{Word: words[0], Filled: true})
	}
	return e
}

// quoteName puts a backslash before the characters of a file name that bash would read otherwise.
func quoteName(name string) string {
	var b strings.Builder
	for _, c := range name {
		if strings.ContainsRune(" \t!\"#$&'()*;<>?[\\]^`{|}", c) {
			b.WriteByte('\\')
		}
		b.WriteRune(c)
	}
	return b.String()
}

// directory is the working directory of the terminal's bash as of its last prompt.
func (t *Terminal) directory() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.saved.Dir
}

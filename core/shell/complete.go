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
	if at, ok := t.m.typing(line, cursor); ok {
		return t.completeTyping(at)
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
	t.m.Do(func() { names = t.names(word) })
	for _, name := range names {
		c.Choices = append(c.Choices, command.Choice{Word: quoteName(name), Space: !strings.HasSuffix(name, "/")})
	}
	return c
}

// completePrograms lists the programs that begin with a word; what is built into bash has no
// meaning to show.
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

// typing is a simple command of a line whose program reads its own words.
type typing struct {
	*Typing
	name   string // the program's, as it was typed
	words  string // behind it
	at     int    // where they begin in the line
	cursor int    // in the words
}

// typing returns the command at the cursor, if its program reads its own words.
func (m *Machine) typing(line string, cursor int) (typing, bool) {
	from, to, plain := simpleCommand(line, cursor)
	for text := ""; text != line[from:to]; { // what is typed before the program's name
		text = line[from:to]
		from += len(text) - len(strings.TrimLeft(strings.TrimPrefix(text, "sudo "), " \t"))
	}
	name, words, more := strings.Cut(line[from:to], " ")
	row, ok := m.row(name)
	if !ok {
		row, ok = m.installed(name)
	}
	at := from + len(name) + 1
	if !plain || !more || !ok || row.Typing == nil || cursor < at {
		return typing{}, false
	}
	return typing{row.Typing, name, words, at, cursor - at}, true
}

// simpleCommand returns where in a line the command at the cursor stands, between signs that part
// two commands. It is not plain where bash would replace something in it, or sends what it prints
// elsewhere.
func simpleCommand(line string, cursor int) (from, to int, plain bool) {
	quote, plain := byte(0), true
	for i := 0; i < len(line); i++ {
		switch c := line[i]; {
		case c == quote:
			quote = 0
		case c == '\\' && quote != '\'':
			i++
		case quote == 0 && (c == '"' || c == '\''):
			quote = c
		case quote != '\'' && (c == '$' || c == '`'), quote == 0 && (c == '<' || c == '>'):
			plain = false
		case quote != 0 || !strings.ContainsRune(";|&()", rune(c)):
		case i >= cursor:
			return from, i, plain
		default:
			from, plain = i+1, true
		}
	}
	return from, len(line), plain
}

// completeTyping completes by a program that reads its own words.
func (t *Terminal) completeTyping(at typing) (c command.Completion) {
	t.m.Do(func() { c = at.Complete(t.names, at.words, at.cursor) })
	c.From, c.To = c.From+at.at, c.To+at.at
	return c
}

// names lists the files that begin with a prefix, in the terminal's directory. It is called under
// the world's lock.
func (t *Terminal) names(prefix string) []string { return t.m.names(t.directory(), prefix) }

// explainBash says what the command of a line is for.
func (t *Terminal) explainBash(line string, cursor int) (e command.Explanation) {
	if at, ok := t.m.typing(line, cursor); ok {
		t.m.Do(func() { e = at.Explain(t.names, at.words, at.cursor) })
		if e.Summary != "" || e.Fault != "" {
			return e
		}
		line = at.name
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

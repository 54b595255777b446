package shell

import (
	"cmp"
	"errors"
	"path"
	"slices"
	"strings"
	"unicode"

	"hsmplay/core/command"
	"hsmplay/core/voice"
)

// advice is what is said to words whose first bash does not find: which tool has such a command, or
// the whole line that may have been meant.
func (m *Machine) advice(args []string) voice.Note {
	name := args[0]
	if tool, ok := m.toolCalled(name); ok {
		line := tool.start()
		if len(args) > 1 && !strings.EqualFold(tool.Short, name) {
			line = command.Joined(append([]string{tool.Name}, args[1:]...))
		}
		return voice.Say(voice.ShellNearest, "name", name, "line", line)
	}
	parted := strings.FieldsFunc(strings.Join(args, " "), func(r rune) bool { return r == ' ' || unicode.Is(unicode.Zs, r) })
	if line, ok := command.Say(m.o.Says, parted); ok {
		return voice.Say(voice.ShellSaid, "name", name, "line", line)
	}
	if note, ok := m.lacks(args, voice.ShellNoEditor); ok {
		return note
	}
	if len(parted) > 1 && (name == "$" || name == "#" || parted[0] != name || slices.ContainsFunc(args, hasOddBlank)) {
		if name == "$" || name == "#" {
			parted = parted[1:]
		}
		return voice.Say(voice.ShellNearest, "name", name, "line", command.Joined(parted))
	}
	sure, perhaps := m.reblanked(args)
	if len(sure) > 0 {
		return nearestOf(name, sure)
	}
	whole := func(first string) string { return command.Joined(append([]string{first}, args[1:]...)) }
	if base := path.Base(name); strings.Contains(name, "/") {
		return m.adviceOnPath(base, args)
	}
	if list := m.toolsWith(name); len(list) > 0 {
		return voice.Say(voice.ShellOfTool, "name", name, "tools", toolNames(list), "start", readerOf(list, command.Joined(args)).start())
	}
	for _, tool := range m.o.Tools {
		means := command.Other{Names: tool.Commands, Says: tool.Says}.Means(parted)
		if list := m.toolsWith(means); len(list) > 0 && !slices.Contains(leading, means) && name != "su" {
			return voice.Say(voice.ShellOfTool, "name", means, "tools", toolNames(list), "start", list[0].start())
		}
	}
	programs, commands := m.nearest(name, m.known()), m.nearest(name, m.toolCommands())
	switch {
	case commands != "" && (programs == "" || strings.EqualFold(commands, name)):
		return nearOfTool(name, commands, whole(commands), m.toolsWith(commands))
	case programs != "":
		for _, tool := range m.o.Tools {
			if tool.Name == programs && len(args) == 1 {
				return voice.Say(voice.ShellNearest, "name", name, "line", tool.start())
			}
		}
		lines := append([]string{whole(programs)}, perhaps...)
		if len(args) == 1 && strings.HasPrefix(name, programs) && !doubled(name, programs) || len(perhaps) > 0 && len(name) <= 3 { // its first word without the rest
			lines = append(perhaps, whole(programs))
		}
		return nearestOf(name, lines)
	case len(perhaps) > 0:
		return nearestOf(name, perhaps)
	}
	return voice.Say(voice.ShellUnknown, "name", name)
}

// hasOddBlank reports whether a word has a blank that parts no words in bash.
func hasOddBlank(word string) bool {
	return strings.ContainsFunc(word, func(r rune) bool { return r != ' ' && unicode.Is(unicode.Zs, r) })
}

// adviceOnPath is what is said to a path that leads nowhere: the line with a program of that name, or
// of nearly that name.
func (m *Machine) adviceOnPath(base string, args []string) voice.Note {
	if line, ok := command.Say(m.o.Says, append([]string{base}, args[1:]...)); ok {
		return voice.Say(voice.ShellNearest, "name", args[0], "line", line)
	}
	if _, known := m.row(base); !known {
		if base = m.nearest(base, m.known()); base == "" {
			return voice.Note{}
		}
	}
	for _, tool := range m.o.Tools {
		if tool.Name == base && len(args) == 1 {
			return voice.Say(voice.ShellNearest, "name", args[0], "line", tool.start())
		}
	}
	return voice.Say(voice.ShellNearest, "name", args[0], "line", command.Joined(append([]string{base}, args[1:]...)))
}

// leading are commands of tools that bash has too.
var leading = []string{"exit", "quit", "help"}

// toolCalled is the tool that a word means which is no program's name: its short name, or its own with
// other signs between the words.
func (m *Machine) toolCalled(word string) (tool ToolRow, ok bool) {
	bare := func(name string) string { return strings.NewReplacer("-", "", "_", "").Replace(name) }
	i := slices.IndexFunc(m.o.Tools, func(tool ToolRow) bool {
		return word != "" && word != tool.Name && (strings.EqualFold(tool.Short, word) || strings.EqualFold(bare(tool.Name), bare(word)))
	})
	if i < 0 {
		return tool, false
	}
	return m.o.Tools[i], true
}

func (row ToolRow) start() string { return cmp.Or(row.Start, row.Name) }

// toolsWith returns the tools that have a command.
func (m *Machine) toolsWith(name string) (list []ToolRow) {
	for _, tool := range m.o.Tools {
		if slices.Contains(tool.Commands, name) {
			list = append(list, tool)
		}
	}
	return list
}

// readerOf is the tool of several with a command whose line this is as it stands, else the first.
func readerOf(list []ToolRow, line string) ToolRow {
	i := slices.IndexFunc(list, func(row ToolRow) bool { return row.Reads != nil && row.Reads(line) != "" })
	return list[max(i, 0)]
}

// nearOfTool says of a word that it is nearly a command of tools, and the line with that in its
// place; a line with a password in it is told by its command alone.
func nearOfTool(name, nearest, line string, list []ToolRow) voice.Note {
	row := readerOf(list, line)
	if row.Told != nil {
		if _, shown, _ := row.Told(line); shown != line {
			line = nearest
		}
	}
	return voice.Say(voice.ShellNearOfTool, "name", name, "nearest", nearest, "tools", toolNames(list), "start", row.start(), "line", line)
}

func toolNames(list []ToolRow) string {
	var names []string
	for _, tool := range list {
		names = append(names, tool.Name)
	}
	return strings.Join(names, " and ")
}

func (m *Machine) toolCommands() (names []string) {
	for _, tool := range m.o.Tools {
		names = append(names, tool.Commands...)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// nearest returns the name that a mistyped one may have meant, "" for none. Two letters in
// each other's place, or one that is there twice, are the slips that come first; a word of three
// letters is near to those where one key was missed for its neighbour, or that it alone begins.
func (m *Machine) nearest(name string, names []string) string {
	i := slices.IndexFunc(names, func(other string) bool {
		return strings.EqualFold(other, name) || swapped(other, name) || doubled(name, other)
	})
	if i >= 0 {
		return names[i]
	}
	if len(name) <= 3 {
		return nearShort(name, names)
	}
	near := command.Nearest(name, names)
	if near.How == command.Far || near.How == command.Several || len(near.Names) == 0 {
		return ""
	}
	return near.Names[0]
}

// nearShort is the one name of three letters that differs from a word in a key beside the right one,
// else the one that the word begins; "" for none, or several.
func nearShort(name string, names []string) string {
	only := func(is func(string) bool) string {
		found := slices.DeleteFunc(slices.Clone(names), func(other string) bool { return !is(other) })
		if len(name) != 3 || len(found) != 1 {
			return ""
		}
		return found[0]
	}
	return cmp.Or(only(func(other string) bool { return besideKey(name, other) }),
		only(func(other string) bool { return strings.HasPrefix(other, name) && len(other) <= 5 }))
}

// keys are the rows of a keyboard, each key below the one that is a step to the left of it.
const keys = "qwertyuiop asdfghjkl; zxcvbnm"

// besideKey reports whether two words of the same length differ in one letter, whose keys are
// neighbours.
func besideKey(a, b string) bool {
	if len(a) != len(b) {
		return false
	}
	beside := false
	for i := range len(a) {
		if a[i] == b[i] {
			continue
		}
		x, y := strings.IndexByte(keys, a[i]), strings.IndexByte(keys, b[i])
		if beside || x < 0 || y < 0 || !slices.Contains([]int{1, 10, 11}, max(x, y)-min(x, y)) {
			return false
		}
		beside = true
	}
	return beside
}

// swapped reports whether two words differ in the order of two neighbours.
func swapped(a, b string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := 1; i < len(a); i++ {
		if a[:i-1]+a[i:i+1]+a[i-1:i]+a[i+1:] == b {
			return true
		}
	}
	return false
}

// doubled reports whether a word is another one with a letter twice.
func doubled(word, name string) bool {
	for i := 1; i < len(name); i++ { // ssh is not sh
		if word == name[:i+1]+name[i:] {
			return true
		}
	}
	return false
}

// redirected replaces a tool's notes on a command that it does not have, in none of its modes, and
// bash has.
func (p *Process) redirected(r *running, out command.Outcome) command.Outcome {
	var fault *command.Fault
	if !p.OnTerminal() || out.Exit || !errors.As(out.Err, &fault) || fault.Kind != command.UnknownCommand {
		return out
	}
	says := func(ids ...voice.ID) bool {
		return slices.ContainsFunc(out.Notes, func(n voice.Note) bool { return slices.Contains(ids, n.ID) })
	}
	if line, ok := p.m.saidAtTools(r.line); ok && says(voice.CommandUnknown) {
		out.Notes = []voice.Note{voice.Say(voice.ShellSaid, "name", fault.Word, "line", line)}
		return out
	}
	words := strings.Fields(r.line)
	if len(words) == 0 || words[0] != fault.Word {
		return out // bash's word stands behind one of the tool's
	}
	if note, ok := p.m.lacks(words, voice.ShellNoEditorTab); ok && says(voice.CommandUnknown) {
		out.Notes = []voice.Note{note}
		return out
	}
	name := fault.Word
	other, called := p.m.toolCalled(name)
	if called = called && says(voice.CommandUnknown); called {
		name = other.start()
	}
	ofBash := called || slices.Contains(p.m.known(), fault.Word) || says(voice.CommandUnknown) && (bashOnly(fault.Word) || p.runs(fault.Word))
	answered := says(voice.HelpAsked, voice.CommandNearOne, voice.CommandSaid, voice.CommandSaidAs, voice.CommandAnswer)
	if answered || !ofBash || says(voice.CommandLacks) && !bashLine(words) {
		return out
	}
	if path.Base(fault.Word) == r.name || called && other.Name == r.name {
		out.Notes = []voice.Note{voice.Say(voice.ShellInItself, "name", r.name)}
		return out
	}
	leave := "exit"
	for _, tool := range p.m.o.Tools {
		switch {
		case tool.Name != r.name:
		case slices.Contains(tool.Commands, fault.Word):
			return out
		default:
			leave = cmp.Or(tool.Leave, leave)
		}
	}
	out.Notes = []voice.Note{voice.Say(voice.ShellOfBash, "name", name, "tool", r.name, "leave", leave)}
	return out
}

// saidAtTools is the line that another system's is said in here, if it works at a tool's prompt.
func (m *Machine) saidAtTools(typed string) (line string, ok bool) {
	line, ok = command.Say(m.o.Says, command.Texts(command.Split(typed, command.ShellQuotes)))
	first, _, _ := strings.Cut(line, " ")
	row, known := m.row(first)
	return line, ok && known && row.AtTools
}

// bashLine reports whether a line whose first word a tool may say otherwise is one of bash all the
// same: what stands behind it is neither a number nor an option.
func bashLine(words []string) bool {
	if len(words) == 1 {
		return words[0] == "pwd"
	}
	return !strings.HasPrefix(words[1], "-") && strings.Trim(words[1], "0123456789") != ""
}

// bashWords begin a line of bash, beside its programs.
var bashWords = []string{"$", "#", "time", "for", "while", "until", "if", "case", "select", "function", "[[", "((", "{", "!"}

// bashOnly reports whether a word begins a line that only bash understands: a prompt that was
// copied with its line, a reserved word, an assignment, or a history's !.
func bashOnly(word string) bool {
	name, _, assigns := strings.Cut(word, "=")
	switch {
	case slices.Contains(bashWords, word), slices.Contains(noJobs, word):
		return true
	case assigns && name != "" && !strings.ContainsAny(name, "-/<>"):
		return true
	}
	return len(word) > 1 && word[0] == '!' && word[1] != '='
}

// runs reports whether a word is the path of something that bash would run.
func (p *Process) runs(word string) bool {
	if rest, ok := strings.CutPrefix(word, "~/"); ok {
		word = Home + "/" + rest
	}
	_, _, why := p.sh.find(p, word)
	return strings.Contains(word, "/") && why == ""
}

package shell

import (
	"path"
	"slices"
	"strings"

	"hsmplay/core/command"
	"hsmplay/core/voice"
	"mvdan.cc/sh/v3/syntax"
)

// lacksMax is how many bytes of messages about missing files are kept of a line.
const lacksMax = 4 << 10

// lacksFile begins or ends what programs say of a file that is not there.
var lacksFile = []string{string(NotExist), "No such file", "Could not open file", "Failed to open"}

// keepLacks keeps what is shown of missing files while a line runs. It is called under mu.
func (t *Terminal) keepLacks(seen string) {
	says := func(words string) bool { return strings.Contains(seen, words) }
	if len(t.screen.lacks) < lacksMax && slices.ContainsFunc(lacksFile, says) {
		t.screen.lacks += seen[:min(len(seen), lacksMax)]
	}
}

// spared are programs that take away what they are given, or that ask whether it is there: a file
// nearly of that name is none for them.
var spared = []string{"rm", "rmdir", "unlink", "shred", "test", "[", "truncate"}

// sayMeant offers what a line of bash may have meant that has ended, if nothing else is offered for
// it: the help that was nearly asked for, or the file that was nearly named.
func (t *Terminal) sayMeant(line, dir string, status int) {
	t.mu.Lock()
	lacks := t.screen.lacks
	offered := slices.ContainsFunc(t.screen.said, func(n Note) bool { return len(voice.Offers(n.Parts)) > 0 })
	t.mu.Unlock()
	switch {
	case offered || len(line) > command.LineMax || t.killed.Load():
	case status != 0 && status != 127 && t.sayNearHelp(line): // the word of a program that there is not is told already
	case lacks != "":
		t.sayNearFile(line, dir, strings.FieldsFunc(lacks, func(r rune) bool { return strings.ContainsRune(" \t\n'\":,", r) }))
	}
}

// sayNearHelp offers the help of a program that refused a word which nearly asks for it.
func (t *Terminal) sayNearHelp(line string) bool {
	words := command.Texts(command.Split(line, command.ShellQuotes))
	asks := slices.IndexFunc(words, func(word string) bool {
		return len(word) > 2 && strings.HasPrefix(word, "-") && command.AsksHelp(word)
	})
	if asks < 1 || words[0] == "help" || strings.ContainsAny(line, "|;&<>(){}") || t.m.o.Try == nil || slices.Contains(spared, words[0]) {
		return false
	}
	for _, help := range []string{words[0] + " --help", "help " + words[0], "help"} {
		if help != line && t.works(help) {
			t.say(voice.Say(voice.ShellNearest, "name", voice.Word(words[asks]), "line", help))
			return true
		}
	}
	return false
}

// sayNearFile offers a line that wanted a file which is not there with the one file whose name is
// nearly that: that word alone corrected, else the others too.
func (t *Terminal) sayNearFile(line, dir string, lacks []string) {
	var near []fileWord
	first := -1
	for _, word := range fileWords(line) {
		if t.m.Do(func() { word.near = t.m.nearFile(dir, word.name) }); word.near == "" {
			continue
		}
		if near = append(near, word); first < 0 && slices.Contains(lacks, word.name) {
			first = len(near) - 1
		}
	}
	if first < 0 {
		return
	}
	for _, whole := range []string{corrected(line, near[first:first+1]), corrected(line, near)} {
		if t.m.o.Try == nil || t.works(whole) {
			t.say(voice.Say(voice.ShellNearest, "name", voice.Word(near[first].name), "line", whole))
			return
		}
	}
}

// works tries a line.
func (t *Terminal) works(line string) bool {
	_, ok := t.m.o.Try(t.Number, line)
	return ok
}

// corrected is a line with what is near in place of some of its words.
func corrected(line string, words []fileWord) string {
	for _, w := range slices.Backward(words) {
		line = line[:w.from] + w.before + command.Joined([]string{w.near}) + line[w.to:]
	}
	return line
}

// fileWord is a word of a line that may be the name of a file, and the file that is near to it.
type fileWord struct {
	name, near string
	before     string // what stands before the name in the word: if= of dd
	from, to   int    // in the line
}

// fileWords are the words of a line that may name files, but for those of programs that are spared.
func fileWords(line string) (words []fileWord) {
	stmts, err := read(line)
	if err != nil {
		return nil
	}
	var program *syntax.Word
	for _, stmt := range stmts {
		syntax.Walk(stmt, func(node syntax.Node) bool {
			switch node := node.(type) {
			case *syntax.CallExpr:
				if len(node.Args) > 0 {
					program = node.Args[0]
				}
				return !sparesFiles(node.Args)
			case *syntax.Word:
				if name := node.Lit(); node != program && name != "" && !strings.HasPrefix(name, "-") {
					words = append(words, named(name, int(node.Pos().Offset()), int(node.End().Offset())))
				}
			}
			return true
		})
	}
	return words
}

// sparesFiles reports whether a command is one that is spared, by itself, under sudo, or as what
// another one does with each file.
func sparesFiles(args []*syntax.Word) bool {
	for i, w := range args {
		if word := w.Lit(); i < 2 && slices.Contains(spared, word) || i > 0 && (word == "rm" || word == "-delete") {
			return true
		}
	}
	return false
}

// named parts what stands before a name from it.
func named(word string, from, to int) fileWord {
	before, name, cut := strings.Cut(word, "=")
	if !cut || before == "" || strings.Contains(before, "/") {
		return fileWord{name: word, from: from, to: to}
	}
	return fileWord{name: name, before: before + "=", from: from, to: to}
}

// nearFile is a name with the one part of it corrected that leads nowhere, where exactly one file
// of its directory is near; "" where none is, or the name leads somewhere.
func (m *Machine) nearFile(dir, name string) string {
	at := dir
	if strings.HasPrefix(name, "/") {
		at = "/"
	}
	parts := strings.Split(name, "/")
	for i, part := range parts {
		if part == "" || part == "~" && i == 0 {
			if part == "~" {
				at = Home
			}
			continue
		}
		next := path.Join(at, part)
		if _, err := m.fs.Stat(next); err == nil {
			at = next
			continue
		}
		if parts[i] = m.nearName(at, part); parts[i] == "" {
			return ""
		}
		near := strings.Join(parts, "/")
		file, err := resolve(dir, strings.Replace(near, "~/", Home+"/", 1))
		if err != nil {
			return ""
		}
		if _, err = m.fs.Stat(file); err != nil && i < len(parts)-1 {
			return ""
		}
		return near
	}
	return ""
}

// nearName is the one name in a directory that a mistyped one may have meant, "" for none or
// several.
func (m *Machine) nearName(dir, name string) string {
	list, err := m.fs.List(dir)
	if err != nil {
		return ""
	}
	var names []string
	for _, row := range list {
		names = append(names, row.Name())
	}
	near := command.Nearest(name, names)
	if len(near.Names) != 1 {
		return ""
	}
	return near.Names[0]
}

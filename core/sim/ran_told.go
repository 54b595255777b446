package sim

import (
	"slices"
	"strings"

	"hsmplay/core/command"
	"hsmplay/core/shell"
)

// told returns the command that a line is, the line as it may be kept, and the secrets that were in
// it.
func (w *World) told(e shell.Ended) (path []string, line string, secrets []string) {
	i := slices.IndexFunc(installed, func(t tool) bool { return t.name == e.Tool })
	switch {
	case e.Args != nil && i >= 0 && installed[i].once != nil:
		path, line, secrets = installed[i].once(e.Args)
		return append([]string{}, path...), e.Tool + " " + line, secrets
	case e.Args != nil:
		s := scribe{w: w}
		return startPath(i, e.Args), s.tell(strings.Join(append([]string{e.Tool}, e.Args...), " ")), s.secrets
	case i >= 0:
		path, line, secrets = installed[i].told(e.Line)
		if len(path) > 0 || !w.isProgram(firstWord(e.Line)) {
			return append([]string{}, path...), line, secrets
		}
		s := scribe{w: w} // a line for bash, typed at the wrong prompt
		return []string{}, s.tell(e.Line), s.secrets
	}
	s := scribe{w: w}
	line = s.tell(e.Line)
	words := strings.Fields(line)
	if len(words) > 0 && words[0] == verbs.Tool {
		return words[:min(len(words), 2)], line, s.secrets
	}
	return program(words), line, s.secrets
}

// program is the program that a line of bash begins with: behind variables that are set for it
// alone and sudo. Of the tools it is the name without the directory.
func program(words []string) []string {
	for i, word := range words {
		name, _, assigns := strings.Cut(word, "=")
		if assigns && !strings.ContainsAny(name, "/-\"'$") && i < len(words)-1 || word == "sudo" || i > 0 && words[i-1] == "sudo" && strings.HasPrefix(word, "-") {
			continue
		}
		if base := word[strings.LastIndexByte(word, '/')+1:]; slices.Contains(Tools(), base) {
			return []string{base}
		}
		return []string{word}
	}
	return words
}

// Told is a line as what ran is taken down: without what may be a password in it.
func (w *World) Told(line string) string {
	s := scribe{w: w}
	return s.tell(line)
}

// startPath is the one command that a tool is started for, none where it reads lines.
func startPath(i int, args []string) []string {
	if i >= 0 && slices.Contains(args, "singlecmd") {
		for _, word := range slices.Backward(args) {
			if slices.Contains(installed[i].names(), word) {
				return []string{word}
			}
		}
	}
	return []string{}
}

// scribe writes a line of bash without what may be a password in it.
type scribe struct {
	w       *World
	secrets []string
	command string // the word that the simple command begins with
	before  string // the word before
}

// tell returns the line: simple command by simple command, blanks as they are.
func (s *scribe) tell(line string) string {
	var told strings.Builder
	for line != "" {
		at := strings.IndexAny(line, " \t\n;|&()")
		switch {
		case at == 0:
			if !strings.ContainsRune(" \t", rune(line[0])) {
				s.command, s.before = "", ""
			}
			told.WriteByte(line[0])
			line = line[1:]
			continue
		case s.secretive(line):
			end := toolLineEnd(line)
			told.WriteString(s.toolLine(line[:end]))
			line = line[end:]
			continue
		}
		end := wordEnd(line)
		told.WriteString(s.word(line[:end]))
		line = line[end:]
	}
	return command.Told(told.String())
}

// commandMax is how far a command's name is looked for, in bytes: a line may be long, and without a
// blank.
const commandMax = 64

// secretive reports whether a command of a tool that takes a password begins here, also in quotes.
func (s *scribe) secretive(line string) bool {
	first := strings.TrimLeft(line[:min(len(line), commandMax)], `"'`)
	if i := strings.IndexAny(first, " \t"); i >= 0 {
		first = first[:i]
	}
	return slices.ContainsFunc(installed, func(t tool) bool { return slices.Contains(t.keeps, first) })
}

// toolLineEnd is where a tool's line ends that begins here: at the quote that it began with, or
// with the simple command.
func toolLineEnd(line string) int {
	if line[0] == '"' || line[0] == '\'' {
		return wordEnd(line)
	}
	if end := strings.IndexAny(line, "\n;|&()\"'"); end >= 0 {
		return end
	}
	return len(line)
}

// toolLine tells a line of the tool that hides the least: the other one has the words in other
// places.
func (s *scribe) toolLine(line string) string {
	inner := strings.Trim(line, `"'`)
	best, secrets := "", []string(nil)
	for _, t := range installed {
		_, shown, listed := t.told(inner)
		if best == "" || strings.Count(shown, command.Hidden) < strings.Count(best, command.Hidden) {
			best, secrets = shown, listed
		}
	}
	s.secrets = append(s.secrets, secrets...)
	blanks := inner[len(strings.TrimRight(inner, " \t")):]
	return strings.Replace(line, inner, best+blanks, 1)
}

// wordEnd is where a word of bash ends that begins here; quotes hold it together.
func wordEnd(line string) int {
	quote := byte(0)
	for i := range len(line) {
		switch c := line[i]; {
		case c == quote:
			quote = 0
		case quote != 0:
		case c == '"' || c == '\'':
			quote = c
		case strings.IndexByte(" \t\n;|&()", c) >= 0:
			return i
		}
	}
	return len(line)
}

// word tells a word of a simple command.
func (s *scribe) word(word string) string {
	for _, t := range installed {
		for _, name := range t.keeps {
			if at := strings.Index(word, name); at >= 0 && len(word) > at+len(name) {
				return word[:at] + s.toolLine(word[at:])
			}
		}
	}
	before := s.before
	s.before = word
	if word == "$" {
		return word // of a command substitution: what it runs is told by itself
	}
	name, value, given := strings.Cut(word, "=")
	switch {
	case given && value != "" && secretName(name):
		return s.hide(name+"=", value)
	case strings.HasPrefix(word, "pass:"):
		return s.hide("pass:", word[len("pass:"):])
	case s.command == "" && !given:
		s.command = word
	case secretFlag(before), before == "-p" && !s.known(), s.command == "openssl" && (before == "-k" || before == "-K"):
		return s.hide("", word)
	}
	return word
}

func (s *scribe) hide(head, secret string) string {
	s.secrets = append(s.secrets, strings.Trim(secret, `"'`))
	return head + command.Hidden
}

// known reports whether the simple command is a program of the instance, whose -p is no password.
func (s *scribe) known() bool { return s.w.isProgram(s.command) }

// isProgram reports whether a word is a program of the instance, and none of the tools.
func (w *World) isProgram(word string) bool {
	return slices.ContainsFunc(w.machine.Programs(), func(p shell.Program) bool {
		return p.Name == word && !slices.Contains(Tools(), p.Name)
	})
}

// firstWord is what a line begins with, up to a blank.
func firstWord(line string) string {
	first, _, _ := strings.Cut(strings.TrimLeft(line, " \t"), " ")
	return first
}

// secretName reports whether a variable or long option is called as passwords are.
func secretName(name string) bool {
	name = strings.ToLower(name)
	if name == "pwd" || name == "oldpwd" {
		return false
	}
	return slices.ContainsFunc([]string{"pass", "pwd", "pswd", "secret", "pin"}, func(part string) bool {
		return strings.Contains(name, part) && (part != "pin" || strings.HasSuffix(name, part))
	})
}

// secretFlag reports whether a password follows an option.
func secretFlag(word string) bool {
	return strings.HasPrefix(word, "--") && secretName(word) || word == "-pass" || word == "-password" || word == "-pswd"
}

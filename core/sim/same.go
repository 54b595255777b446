package sim

import (
	"errors"
	"slices"
	"strings"

	"hsmplay/core/command"
	"hsmplay/core/hsm"
	"hsmplay/core/same"
	"hsmplay/core/shell"
	"hsmplay/core/view"
	"hsmplay/core/voice"
)

// Same is a line of a tool in other words; tool is its name, "" where the line is to tell.
type Same = same.Answer

// Same says a line of a tool in the words of the others; tool is the program at whose prompt it was
// typed, "" where the line is to tell. At bash it must name the tool. The error is a *same.Unread.
func (w *World) Same(tool, line string) (a Same, err error) {
	if tool != "" && !slices.Contains(Tools(), tool) {
		tool, line = "", ofTool(line)
	}
	w.machine.Do(func() {
		a, err = same.Of(lookup{w, func(name string) ([]byte, error) { return w.machine.FS().Read(absolute(name)) }}, tool, line)
	})
	return a, err
}

// ofTool is what a line of bash says to a tool: from the tool's name on, without pipes,
// redirections and further commands; "" where it names none.
func ofTool(line string) string {
	from := -1
	for _, word := range command.Split(line, command.ShellQuotes) {
		switch text := line[word.From:word.To]; {
		case from < 0 && slices.Contains(Tools(), word.Text[strings.LastIndexByte(word.Text, '/')+1:]):
			from = word.From
		case from < 0 || word.Quoted:
		case strings.ContainsAny(text[:1], "|<>&;)") || strings.HasPrefix(text, "2>"):
			return strings.TrimSpace(line[from:word.From])
		case strings.HasSuffix(text, ";"):
			return line[from : word.To-1]
		}
	}
	if from < 0 {
		return ""
	}
	return line[from:]
}

// lookup is the world as the rows of core/same look things up in it. It is used under the world's
// lock.
type lookup struct {
	w    *World
	read func(name string) ([]byte, error)
}

func (l lookup) UserName(id int) string {
	return l.user(func(u *hsm.User) bool { return u.ID == id }).Name
}

func (l lookup) UserID(name string) int {
	return l.user(func(u *hsm.User) bool { return strings.EqualFold(u.Name, name) }).ID
}

// user is the first user of the daemon's cluster who is meant, the zero row for nobody.
func (l lookup) user(is func(*hsm.User) bool) hsm.User {
	for _, n := range l.w.cluster.Nodes {
		if i := slices.IndexFunc(n.HSM.Users, is); i >= 0 {
			return *n.HSM.Users[i]
		}
	}
	return hsm.User{}
}

func (l lookup) Key(handle uint32) *hsm.Key {
	for _, n := range l.w.cluster.Nodes {
		for _, k := range n.HSM.Keys {
			if k != nil && k.Handle == handle {
				return k
			}
		}
	}
	return nil
}

func (l lookup) Labelled(label string) (handles []uint32) {
	for _, n := range l.w.cluster.Nodes {
		for _, k := range n.HSM.Keys {
			if k != nil && k.Label == label && !slices.Contains(handles, k.Handle) {
				handles = append(handles, k.Handle)
			}
		}
	}
	return handles
}

func (l lookup) Clusters() (ids []string) {
	for _, g := range l.w.cluster.Groups {
		ids = append(ids, g.ID)
	}
	return ids
}

func (l lookup) ReadFile(name string) ([]byte, error) { return l.read(name) }

// lastOfTool is the last line that a tool has read and that has other words.
func (w *World) lastOfTool(files lookup) (a Same, ok bool) {
	var rows []*view.RanRow
	for _, l := range w.ran.logs {
		rows = append(rows, l.rows...)
	}
	slices.SortFunc(rows, func(a, b *view.RanRow) int { return int(b.Seq - a.Seq) })
	for _, r := range rows {
		if !slices.Contains(Tools(), r.Tool) {
			continue
		}
		if a, err := same.Of(files, r.Tool, r.Line); err == nil {
			return a, true
		}
	}
	return a, false
}

const sameUsage = "usage: same [LINE]\n"

// same is the program `same`: a line in other words, without one the last that a tool has read.
func (w *World) same(p *shell.Process) int {
	line := command.Joined(p.Args[1:])
	if len(p.Args) == 2 {
		line = p.Args[1]
	}
	var a Same
	var err error
	none := false
	p.World(func() {
		files := lookup{w, p.Files().ReadFile}
		if len(p.Args) > 1 {
			a, err = same.Of(files, "", line)
			return
		}
		found := false
		a, found = w.lastOfTool(files)
		none = !found
	})
	switch {
	case none:
		p.Complain("no tool has read a command yet")
		p.Note(voice.SameOfLine, "line", "same genSymKey -t 31 -s 32 -l mykey")
		return 1
	case err != nil:
		return unread(p, err)
	}
	p.Print(a.Text())
	return 0
}

// unread says why a line has no other words.
func unread(p *shell.Process, err error) int {
	var u *same.Unread
	if !errors.As(err, &u) {
		return p.Complain("%s", err)
	}
	p.Complain("%s", u.Error())
	switch {
	case len(u.Near) > 0:
		p.Note(voice.NearestTerm, "line", "same "+u.Near[0])
	case u.Word != "":
		p.Note(voice.SameOfLine, "line", "same genSymKey -t 31 -s 32 -l mykey")
	}
	return 1
}

// sameTyping completes and explains the line behind `same` by the tables of the tools.
var sameTyping = &shell.Typing{Complete: completeSame, Explain: explainSame}

// completeSame lists the commands that begin with what was typed; behind a command, files.
func completeSame(names func(string) []string, words string, cursor int) command.Completion {
	typed := strings.TrimLeft(words[:cursor], " ")
	c := command.Completion{From: cursor - len(typed), To: cursor, Choices: []command.Choice{}}
	for _, name := range same.Names() {
		if strings.HasPrefix(name, typed) {
			c.Choices = append(c.Choices, command.Choice{Word: name, Means: same.Means(name), Space: true})
		}
	}
	if last := typed[strings.LastIndexByte(typed, ' ')+1:]; len(c.Choices) == 0 && strings.Contains(typed, " ") {
		c.From = cursor - len(last)
		for _, name := range names(last) {
			c.Choices = append(c.Choices, command.Choice{Word: name, Means: "file", Space: !strings.HasSuffix(name, "/")})
		}
	}
	return c
}

// explainSame says what the command of the line so far does.
func explainSame(_ func(string) []string, words string, _ int) command.Explanation {
	line := strings.TrimSpace(words)
	x := command.Explanation{Summary: "says a tool's line in the words of the other tools, of PKCS#11 and of OpenSSL", Current: 1,
		Slots: []command.Slot{{Word: "same", Filled: true}, {Word: "LINE", Filled: line != "", Optional: true}}}
	x.Means = x.Summary
	for _, name := range same.Names() {
		if line == name || strings.HasPrefix(line, name+" ") {
			x.Means = same.Means(name)
		}
	}
	return x
}

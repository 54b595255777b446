package command

import (
	"slices"
	"strings"
)

// helpWords ask for help in other programs.
var helpWords = []string{"help", "h", "?", "/?", "usage", "man"}

// helpLine is the line that asks for the usage of a command in the tool's own way, where a line
// asks in another; "" where it does not, or the tool has no way.
func (t Table[E]) helpLine(m Match[E]) string {
	f := m.Fault
	if line := t.helpMeant(m); line != "" {
		return line
	}
	switch {
	case m.Spec == nil && f.Kind == UnknownCommand && slices.Contains(helpWords, strings.ToLower(f.Word)) && len(m.Words) == 2:
		return t.helpOf(m.Words[1].Text)
	case m.Spec == nil:
		return t.helpOfAll(m)
	case len(t.Style.Help) == 0:
		if dashed(f.Word) && AsksHelp(f.Word) || f.Kind == Missing && len(m.Words) == 2 && AsksHelp(m.Words[1].Text) {
			return t.helpOf(m.Spec.Name)
		}
		return ""
	case f.Word != "" && f.Param.Kind != Secret && AsksHelp(f.Word):
		return t.Lead + strings.TrimSpace(m.Spec.Name+" "+t.Style.help())
	case f.Kind == ExtraWord && slices.Contains(helpWords, strings.ToLower(m.Spec.Name)):
		if about := t.About(Texts(m.Words[1:])); about != "" {
			return t.Lead + about + " " + t.Style.help()
		}
	}
	return ""
}

// helpOfAll is the line that asks for the help of a tool, or of a category of its commands, where
// the first word that does not fit asks for it in another way; "" where it does not.
func (t Table[E]) helpOfAll(m Match[E]) string {
	word := m.Fault.Word
	if !AsksHelp(word) && !(t.Lead != "" && len(m.Words) == 1 && AsksHelp("-"+word)) || t.Style.help() == "" {
		return ""
	}
	if t.Lead == "" && m.Path == "" {
		if help := t.Lookup("help"); help != nil || t.Style.HelpWord != "" {
			return "help"
		}
		return ""
	}
	return t.Lead + strings.TrimSpace(m.Path+" "+t.Style.help())
}

// About is the command that words name which ask for help on it, in other letters or nearly; "" for
// none, or several.
func (t Table[E]) About(words []string) string {
	said := strings.Trim(strings.Join(words, ""), "\"';,.?()<>[]")
	for i := range t.Specs {
		if name := t.Specs[i].Name; name != "" && strings.EqualFold(name, said) {
			return name
		}
	}
	if near := t.nearestCommand("", said); len(near.Names) == 1 {
		return near.Names[0]
	}
	return ""
}

// AsksHelp reports whether a word asks for help in some program, or nearly does: -h, /?, --hlep.
func AsksHelp(word string) bool {
	word = strings.TrimRight(word, ";,.")
	return slices.Contains(helpWords, bareOption(word)) || dashed(word) && Nearest(bareOption(word), helpWords[:1]).How != Far
}

// helpMeant is the line of a tool whose help is a word before commands, where another word says the
// same, as man does; "" where none does.
func (t Table[E]) helpMeant(m Match[E]) string {
	if m.Spec != nil || m.Path != "" || m.Fault.Kind != UnknownCommand || t.Style.HelpWord == "" {
		return ""
	}
	own, said := t.translated(m.Words)
	if !said || own[0].Text != t.Style.HelpWord {
		return ""
	}
	if about := Texts(own[1:]); len(about) > 0 && len(t.heads(strings.Join(about, " "), false)) > 0 || t.Lookup(about...) != nil {
		return t.Lead + strings.Join(Texts(own), " ")
	}
	return t.Lead + t.Style.HelpWord
}

// helpNear is the line that asks for help on the command that is nearly named behind the word for
// help, as far as that names one; "" for none: help usr, help help key wrpa aesgcm.
func (t Table[E]) helpNear(m Match[E]) string {
	words := Texts(m.Words)
	if m.Fault.Kind != UnknownCommand || t.Style.HelpWord == "" || m.faultWord() < 0 {
		return ""
	}
	at := slices.Index(words[:m.faultWord()], t.Style.HelpWord)
	if at < 0 {
		near := Nearest(words[0], []string{t.Style.HelpWord})
		if m.faultWord() > 0 || near.How != Slip || len(words) == 1 && len(m.meant()) > 0 {
			return ""
		}
		at = 0
	}
	before, behind := strings.Join(words[:at], " "), words[at+1:]
	about := slices.DeleteFunc(slices.Clone(behind), func(w string) bool { return w == t.Style.HelpWord })
	path := t.nearPath(before, about)
	if path == before && len(about) > 0 {
		return ""
	}
	line := strings.Join(strings.Fields(before+" "+t.Style.HelpWord+" "+path[len(before):]), " ")
	if t.Match(line).Fault != nil {
		return ""
	}
	return t.Lead + line
}

// nearPath is the path of the commands that words name behind another, nearly and one after the other,
// as far as they do.
func (t Table[E]) nearPath(path string, words []string) string {
	for _, word := range words {
		heads := t.heads(path, false)
		if !slices.Contains(heads, word) {
			near := Nearest(word, heads)
			if near.How == Far || near.How == Several {
				return path
			}
			word = near.Names[0]
		}
		path = strings.TrimSpace(path + " " + word)
	}
	return path
}

// helpOf is the line that explains a command in the tool's own way, "" where it has none or no such
// command.
func (t Table[E]) helpOf(name string) string {
	spec := t.Lookup(name)
	if spec == nil {
		return ""
	}
	if len(t.Style.Help) > 0 {
		return t.Lead + spec.Name + " " + t.Style.help()
	}
	if help := t.Lookup("help"); help != nil && len(help.Params) > 0 {
		return t.Lead + "help " + spec.Name
	}
	return ""
}

package command

import "strings"

// Say puts one program's words in place of those of others, and answers false where they are none
// of the sayings.
func Say(says []Saying, words []string) (line string, ok bool) {
	t := Table[struct{}]{Says: says, Style: Style{Quotes: ShellQuotes}}
	typed := make([]Word, len(words))
	for i, text := range words {
		typed[i] = Word{Text: text, Param: -1}
	}
	said, ok := t.translated(typed)
	return Joined(Texts(said)), ok
}

// Joined writes words as a shell reads them back.
func Joined(words []string) string {
	quoted := make([]string, len(words))
	for i, word := range words {
		quoted[i] = quoteShell(word)
	}
	return strings.Join(quoted, " ")
}

package command

import (
	"fmt"
	"strings"
)

// Layout is how a tool lays out an answer: groups of lines, in the order in which they are printed.
// {name} is a blank. It is a value, so that the wordings of a tool's generations and vendors are
// rows of a table.
type Layout []string

// Fill returns the groups with their blanks filled in; blanks are given as name, value, name,
// value. A group that is empty then is left out.
func (l Layout) Fill(blanks ...any) []string {
	var pairs []string
	for i := 0; i+1 < len(blanks); i += 2 {
		pairs = append(pairs, "{"+fmt.Sprint(blanks[i])+"}", fmt.Sprint(blanks[i+1]))
	}
	fill := strings.NewReplacer(pairs...)
	var groups []string
	for _, group := range l {
		if text := fill.Replace(group); text != "" {
			groups = append(groups, text)
		}
	}
	return groups
}

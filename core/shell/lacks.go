package shell

import (
	"slices"
	"strings"

	"hsmplay/core/command"
	"hsmplay/core/voice"
)

// Lack is a kind of programs that the instance has none of: their names, with blanks between, and
// the note that says what there is instead.
type Lack struct {
	Words string
	Says  voice.ID
}

// lacks is what is said to a line that begins with such a program; editor is the note where it is one.
func (m *Machine) lacks(args []string, editor voice.ID) (n voice.Note, ok bool) {
	i := slices.IndexFunc(m.o.Lacks, func(row Lack) bool { return slices.Contains(strings.Fields(row.Words), args[0]) })
	if i < 0 {
		return n, false
	}
	operands := slices.DeleteFunc(slices.Clone(args[1:]), func(word string) bool { return strings.HasPrefix(word, "-") })
	switch m.o.Lacks[i].Says {
	case voice.ShellNoEditor:
		file := "new.txt"
		if len(operands) > 0 {
			file = operands[len(operands)-1]
		}
		return voice.Say(editor, "name", args[0], "line", "cat >> "+command.Joined([]string{file})), true
	case voice.ShellNoPackages:
		for _, word := range operands[min(1, len(operands)):] { // behind install
			if row, known := m.row(word); known {
				return voice.Say(voice.ShellPackageHere, "name", args[0], "program", row.Name), true
			}
		}
	}
	return voice.Say(m.o.Lacks[i].Says, "name", args[0]), true
}

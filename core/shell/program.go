package shell

import (
	"slices"
	"sort"
	"strings"

	"hsmplay/core/command"
)

// Program is a row: something that can be run by name on the instance.
type Program struct {
	Name    string
	Path    string // where it is installed; "" is /usr/bin/Name, "-" is nowhere: built into bash
	Means   string // one line for a learner, for completion and help
	Help    string // what --help prints; "" for a program that reads --help itself
	AtTools bool   // works at a tool's prompt too
	Run     func(*Process) int
	Typing  *Typing // reads what is typed behind the name; nil: files are completed
}

// Typing completes and explains the words behind a program's name; offsets count from the first of
// them. names lists the files of the terminal's directory that begin with a prefix. It is called
// under the world's lock.
type Typing struct {
	Complete func(names func(prefix string) []string, words string, cursor int) command.Completion
	Explain  func(names func(prefix string) []string, words string, cursor int) command.Explanation
}

func (row Program) path() string {
	switch row.Path {
	case "":
		return "/usr/bin/" + row.Name
	case "-":
		return ""
	}
	return row.Path
}

// Programs returns the rows by name, for help and reference pages.
func (m *Machine) Programs() []Program {
	list := slices.Clone(m.table)
	sort.Slice(list, func(i, j int) bool { return list[i].Name < list[j].Name })
	return list
}

// run runs a program in its process and returns its status. It is where a program that was ended
// from inside comes out.
func (row Program) run(p *Process) (status int, err error) {
	defer func() {
		switch thrown := recover().(type) {
		case nil:
		case exit:
			status = int(thrown)
		case error:
			if !isEnding(thrown) {
				panic(thrown)
			}
			err = thrown
		default:
			panic(thrown)
		}
	}()
	if row.Help != "" && len(p.Args) == 2 && p.Args[1] == "--help" {
		p.Print(row.Help)
		return 0, nil
	}
	return row.Run(p), nil
}

// toolProgram is the row of an interactive tool.
func toolProgram(tool ToolRow) Program {
	return Program{Name: tool.Name, Path: tool.Path, Means: tool.Means, Typing: tool.Typing, Run: func(p *Process) int {
		return p.runTool(tool)
	}}
}

// known returns the names that can be typed at bash's prompt, sorted.
func (m *Machine) known() []string {
	var names []string
	for _, row := range m.table {
		if !strings.HasPrefix(row.Name, hidden) {
			names = append(names, row.Name)
		}
	}
	names = append(names, builtins...)
	slices.Sort(names)
	return slices.Compact(names)
}

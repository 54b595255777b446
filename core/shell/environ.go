package shell

import (
	"slices"
	"sort"

	"mvdan.cc/sh/v3/expand"
)

var _ expand.Environ = (*environ)(nil)

// environ is the environment that a bash starts with; what is assigned later is the interpreter's.
type environ struct {
	vars    []Variable
	booting bool // while the interpreter looks for its directory of named pipes
}

// Variable is a variable of bash as plain data.
type Variable struct {
	Name     string            `json:"name"`
	Exported bool              `json:"exported,omitempty"`
	ReadOnly bool              `json:"readOnly,omitempty"`
	Kind     expand.ValueKind  `json:"kind"`
	Str      string            `json:"str,omitempty"`
	List     []string          `json:"list,omitempty"`
	Indexes  []int             `json:"indexes,omitempty"`
	Map      map[string]string `json:"map,omitempty"`
}

// noPipes is a directory in which the interpreter finds no named pipe of its own: the NUL byte
// keeps it apart from every path that can be typed, so that no path is ever opened on the host.
const noPipes = "/\x00"

// loginEnv is the environment of a login shell.
func loginEnv() []Variable {
	var list []Variable
	for _, pair := range [][2]string{
		{"BASH", "/usr/bin/bash"}, {"BASH_ARGV0", "bash"}, {"BASH_VERSION", "5.2.15(1)-release"},
		{"EUID", "1000"}, {"GID", "1000"}, {"HOSTNAME", "ip-10-0-1-20"}, {"HOSTTYPE", "x86_64"}, {"MACHTYPE", "x86_64-redhat-linux-gnu"},
		{"OSTYPE", "linux-gnu"}, {"PS1", `\$ `}, {"PS2", "> "}, {"PS4", "+ "}, {"UID", "1000"},
	} {
		list = append(list, Variable{Name: pair[0], Kind: expand.String, Str: pair[1]})
	}
	for _, pair := range [][2]string{
		{"HOME", Home}, {"LANG", "en_US.UTF-8"}, {"LOGNAME", "ec2-user"},
		{"PATH", "/usr/local/bin:/usr/bin:/opt/cloudhsm/bin:" + Home + "/bin"},
		{"SHELL", "/bin/bash"}, {"SHLVL", "1"}, {"TERM", "dumb"}, {"USER", "ec2-user"},
	} {
		list = append(list, Variable{Name: pair[0], Kind: expand.String, Str: pair[1], Exported: true})
	}
	return append(list, Variable{Name: "BASH_VERSINFO", Kind: expand.Indexed, List: []string{"5", "2", "15", "1", "release", "x86_64-redhat-linux-gnu"}})
}

// setVariable replaces or adds a string variable of a list.
func setVariable(list []Variable, name, value string, exported bool) []Variable {
	list = slices.DeleteFunc(slices.Clone(list), func(v Variable) bool { return v.Name == name })
	return append(list, Variable{Name: name, Kind: expand.String, Str: value, Exported: exported})
}

// exportedOf returns the exported string variables of an environment, by name.
func exportedOf(env expand.Environ) []Variable {
	all := map[string]Variable{}
	for name, vr := range env.Each {
		if vr.IsSet() && vr.Exported && vr.Kind == expand.String {
			all[name] = Variable{Name: name, Kind: expand.String, Str: vr.Str, Exported: true}
		} else {
			delete(all, name)
		}
	}
	return sortedVariables(all)
}

func sortedVariables(all map[string]Variable) []Variable {
	list := make([]Variable, 0, len(all))
	for _, v := range all {
		list = append(list, v)
	}
	sort.Slice(list, func(i, j int) bool { return list[i].Name < list[j].Name })
	return list
}

// Get returns the variable of that name.
func (e *environ) Get(name string) expand.Variable {
	if e.booting && name == "TMPDIR" {
		return expand.Variable{Set: true, Kind: expand.String, Str: noPipes}
	}
	for _, v := range e.vars {
		if v.Name == name {
			return v.value()
		}
	}
	return expand.Variable{}
}

// Each yields every variable.
func (e *environ) Each(yield func(string, expand.Variable) bool) {
	for _, v := range e.vars {
		if !yield(v.Name, v.value()) {
			return
		}
	}
}

func (v Variable) value() expand.Variable {
	return expand.Variable{Set: true, Exported: v.Exported, ReadOnly: v.ReadOnly, Kind: v.Kind,
		Str: v.Str, List: v.List, Indexes: v.Indexes, Map: v.Map}
}

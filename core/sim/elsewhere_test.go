package sim

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"hsmplay/core/cli"
)

// paths are the commands of a tool by all their words.
func (t tool) paths() (all []string) {
	if t.name != cli.Name {
		return t.names()
	}
	for _, s := range cli.Commands.Specs {
		if s.Run != nil && !s.Hidden {
			all = append(all, s.Name)
		}
	}
	return all
}

// own reports whether a tool reads a line as one of its own commands, whole or abbreviated.
func (t tool) own(line string) bool {
	path, _, _ := t.told(line)
	return len(path) > 0
}

// Every command of a tool, typed at each other one, brings a note that names the tool that has it.
func TestCommandsElsewhereNameTheirTool(t *testing.T) {
	for _, at := range installed {
		w := New(Options{})
		n := w.Open("", 80).Terminal
		w.Type(n, at.line)
		for _, other := range installed {
			if other.name == at.name {
				continue
			}
			for _, line := range other.paths() {
				if at.own(line) || line == "help" || line == "exit" || line == "quit" { // who leaves means no other tool
					continue
				}
				said := ""
				for _, note := range w.Type(n, line).Notes {
					for _, part := range note.Parts {
						said += part.Text
					}
				}
				assert.True(t, namesATool(said, at.name), "%s at %s: %q", line, at.name, said)
			}
		}
	}
}

// namesATool reports whether one of the tools beside the one at hand is named.
func namesATool(said, at string) bool {
	for _, name := range Tools() {
		if name != at && strings.Contains(said, name) {
			return true
		}
	}
	return false
}

// Package unix holds the programs that every client instance has beside bash and the tools: the
// usual ones of a Unix, each as far as scripts and lessons use it, in the words of GNU's. A program
// is a row, see [Program]; it reaches nothing but its [Process], and what one prints is compared
// with the real program by the snippets in testdata. bash, its builtins and the files are
// core/shell's. Begin with [Programs].
package unix

import (
	"slices"

	"hsmplay/core/shell"
)

// Program is a row: a program by its name.
type Program struct {
	Name    string
	Means   string // one line for a learner, for completion and help
	Help    string // what --help prints; "" for a program that reads --help itself
	AtTools bool   // works at a tool's prompt too
	Run     func(*Process) int
}

// Process is a program of this package at work. All that it may ask of the machine is in
// [shell.Process]; the methods here are what these programs have in common.
type Process struct{ *shell.Process }

// Programs returns all rows as the machine takes them, family by family.
func Programs() []shell.Program {
	var rows []shell.Program
	for _, row := range slices.Concat(systemPrograms, envPrograms, echoPrograms, testPrograms, listPrograms, filePrograms, linkPrograms,
		hexPrograms, basePrograms, stringsPrograms, textPrograms, tabPrograms, joinPrograms, sumPrograms, grepPrograms, sedPrograms, awkPrograms, datePrograms, findPrograms,
		exprPrograms, timeoutPrograms, columnPrograms, ddPrograms, tarPrograms, gzipPrograms, sizePrograms, roomPrograms, numberPrograms, kindPrograms, chancePrograms, jqPrograms) {
		rows = append(rows, row.installed())
	}
	return rows
}

func (row Program) installed() shell.Program {
	return shell.Program{Name: row.Name, Means: row.Means, Help: row.Help, AtTools: row.AtTools,
		Run: func(p *shell.Process) int { return row.Run(&Process{p}) }}
}

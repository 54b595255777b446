package lesson

import (
	"slices"
	"strings"
)

// subject is a kind of row that goals are about.
type subject struct {
	name    string
	main    string // the field that a plain word behind the subject stands for, "" for none
	lasting bool   // rows were there, or not, when the step began
	fields  func() []string
	rows    func(e *eyes, g Goal) []row
	called  string // what a row of it is in a sentence: a key
}

// row is one row of a subject.
type row struct {
	id     string // tells it from others, also later
	is     string // what a sentence calls it: key 7
	fact   string // what makes it one that was looked for: key 7 on HSMs 0 1 2
	fields func(field string) value

	// tries reports whether a field that is not simply compared is as wanted, and whether it is one.
	tries func(field, want string) (ok, tried bool)
	// relates are the names with which the row's content is as the goal says, and what differs.
	relates func(g Goal, n names) ([]names, []Differs)
}

// column is a field of a subject.
type column[R any] struct {
	name string
	of   func(e *eyes, r R) value
}

// table is a subject as it is written down.
type table[R any] struct {
	name, main, called string
	lasting            bool
	rows               func(e *eyes, g Goal) []R
	id, is, fact       func(e *eyes, r R) string
	columns            []column[R]
	tries              func(e *eyes, r R, field, want string) (ok, tried bool)  // nil: all are compared
	relates            func(e *eyes, r R, g Goal, n names) ([]names, []Differs) // nil: rows have no content
}

// subject is the table for goals of all kinds.
func (t table[R]) subject() subject {
	return subject{
		name: t.name, main: t.main, called: t.called, lasting: t.lasting,
		fields: func() []string {
			var names []string
			for _, c := range t.columns {
				names = append(names, c.name)
			}
			return names
		},
		rows: func(e *eyes, g Goal) (rows []row) {
			for _, r := range t.rows(e, g) {
				rows = append(rows, t.row(e, r))
			}
			return rows
		},
	}
}

func (t table[R]) row(e *eyes, r R) row {
	one := row{id: t.id(e, r), is: t.is(e, r)}
	one.fact = one.is
	if t.fact != nil {
		one.fact = t.fact(e, r)
	}
	one.tries = func(field, want string) (ok, tried bool) {
		if t.tries == nil {
			return false, false
		}
		return t.tries(e, r, field, want)
	}
	if t.relates != nil {
		one.relates = func(g Goal, n names) ([]names, []Differs) { return t.relates(e, r, g, n) }
	}
	one.fields = func(field string) value {
		i := slices.IndexFunc(t.columns, func(c column[R]) bool { return c.name == field })
		if i < 0 { // readGoal refuses it
			panic("lesson: " + t.name + " has no field " + field)
		}
		return t.columns[i].of(e, r)
	}
	return one
}

// subjects lists what goals can be about.
var subjects []subject

func init() {
	subjects = []subject{
		keys.subject(), users.subject(), files.subject(), nodes.subject(), clusters.subject(), backups.subject(), daemon.subject(),
		sessions.subject(), tabs.subject(), tokens.subject(), entries.subject(), lines.subject(),
	}
}

// subjectNamed returns a subject, nil where there is none of the name.
func subjectNamed(name string) *subject {
	i := slices.IndexFunc(subjects, func(s subject) bool { return s.name == name })
	if i < 0 {
		return nil
	}
	return &subjects[i]
}

// subjectNames lists the subjects, for an error.
func subjectNames() string {
	var names []string
	for _, s := range subjects {
		names = append(names, s.name)
	}
	return strings.Join(names, " ")
}

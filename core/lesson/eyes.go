package lesson

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"hsmplay/core/sim"
	"hsmplay/core/view"
)

// eyes look at a world once: what they have read does not change any more.
type eyes struct {
	world *sim.World
	since int64           // what ran up to here was before the step
	was   map[string]bool // the rows that were there when the step began; nil for none
	tabs  []int           // terminals by the numbers that a lesson gives them, from 1
	read  map[string][]row
	all   string // every HSM, as a test has it

	tongue tongue // of sentences about what is seen
}

func newEyes(w *sim.World) *eyes {
	e := &eyes{world: w, read: map[string][]row{}}
	var all []string
	for _, n := range w.Everywhere() {
		all = append(all, strconv.Itoa(n))
	}
	e.all = strings.Join(all, ",")
	return e
}

// rows are those of the goal's subject.
func (e *eyes) rows(g Goal) []row {
	about := g.Subject
	switch g.Subject {
	case "file":
		about += " " + pathOf(g)
	case "ran":
		about += fmt.Sprint(" ", programOf(g), slices.ContainsFunc(g.Tests, func(t Test) bool { return t.Field == "tool" }))
	}
	rows, ok := e.read[about]
	if !ok {
		rows = subjectNamed(g.Subject).rows(e, g)
		e.read[about] = rows
	}
	return rows
}

// present are the ids of all rows that may be new in a later look. Files are those that users have.
func (e *eyes) present() map[string]bool {
	was := map[string]bool{}
	for _, s := range subjects {
		if s.lasting {
			for _, r := range e.rows(Goal{Subject: s.name}) {
				was[r.id] = true
			}
		}
	}
	return was
}

// tab is the number that a lesson gives a terminal, 0 for one that it has not opened.
func (e *eyes) tab(terminal int) int { return 1 + slices.Index(e.tabs, terminal) }

// userNames are the names of users by their ids.
func (e *eyes) userNames(ids []int) (names []string) {
	users := e.world.Users(0).Rows
	for _, id := range ids {
		i := slices.IndexFunc(users, func(u view.UserRow) bool { return u.User == id })
		if i < 0 {
			names = append(names, strconv.Itoa(id))
			continue
		}
		names = append(names, users[i].Name)
	}
	return names
}

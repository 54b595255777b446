package lesson

import (
	"slices"
	"strconv"
	"strings"

	"hsmplay/core/sim"
	"hsmplay/core/view"
)

// Answer is what a prediction's line does on a copy of the world.
type Answer struct {
	Is    string `json:"is"`    // as a choice has it
	Right int    `json:"right"` // the index of the choice, -1 for none
	Also  bool   `json:"-"`     // another choice is right too
	lost  bool   // bash had no such command: the line is of a tool that was left
	Text  string `json:"text"` // what is printed
}

// answer finds out what a question's answer is, in a copy of the world.
func (p Predict) answer(s *stage, n names) Answer {
	f := s.fork()
	defer f.world.Shut()
	before := newEyes(f.world)
	seq := lastSeq(f.world)
	var a Answer
	if p.Line != "" {
		a.Text = f.play([]string{p.Line}, func() names { return n })
	}
	e := newEyes(f.world)
	e.tabs, e.since, e.was = f.tabs, seq, before.present()
	last := lastRan(f.world, seq)
	a.Right, a.lost = -1, p.Line != "" && last.Status == notFound
	if p.Ask.Kind == "text" {
		a.Is = a.Text
	} else {
		a.Is = p.Ask.of(e, last, n)
	}
	for i, choice := range p.Choices {
		switch {
		case !p.Ask.right(a.Is, n.fill(choice)):
		case a.Right >= 0:
			a.Also = true
		default:
			a.Right = i
		}
	}
	return a
}

// notFound is bash's status where it has no such command.
const notFound = 127

// right reports whether a choice is the answer.
func (a Ask) right(is, choice string) bool {
	if a.Kind == "text" {
		return strings.Contains(is, choice)
	}
	v := value{texts: []string{is}, num: true, hex: strings.HasPrefix(is, "0x"), fold: true}
	if v.equal(is, choice) {
		return true
	}
	x, xErr := strconv.ParseInt(is, 0, 64)
	y, yErr := strconv.ParseInt(choice, 0, 64)
	return xErr == nil && yErr == nil && x == y || strings.Join(strings.Fields(is), " ") == strings.Join(strings.Fields(choice), " ")
}

// of is the answer after the line, of which ran is what was taken down.
func (a Ask) of(e *eyes, ran view.RanRow, n names) string {
	switch a.Kind {
	case "refused":
		return flag(heard{RanRow: ran}.refused()).String()
	case "code":
		return codeOf(ran.Code).String()
	case "status":
		return strconv.Itoa(ran.Status)
	case "handles":
		return changed(ran, "key-").String()
	case "nodes":
		return numbers(e.touched(ran)).String()
	case "met":
		return flag(len(e.candidates(a.Goal, n)) > 0).String()
	}
	for _, r := range e.rows(a.Goal) {
		if _, lacks := e.pass(a.Goal, r, n); len(lacks) == 0 {
			return r.fields(a.Field).String()
		}
	}
	return noneMark
}

// touched are the HSMs that have answered well to a line which has changed keys or users.
func (e *eyes) touched(r view.RanRow) (nodes []int) {
	if len(r.Calls) == 0 || len(r.Rows) == 0 {
		return nil
	}
	for _, c := range e.world.Calls(r.Calls[0] - 1) {
		if c.Seq <= r.Calls[1] && c.Code == 0 && !slices.Contains(nodes, c.Node) {
			nodes = append(nodes, c.Node)
		}
	}
	slices.Sort(nodes)
	return nodes
}

// lastSeq is the number of the last line that ran.
func lastSeq(w *sim.World) int64 {
	rows := w.Ran(-1, 0)
	if len(rows) == 0 {
		return 0
	}
	return rows[len(rows)-1].Seq
}

// lastRan is the last line that ran after a number; one that has not ended is none.
func lastRan(w *sim.World, after int64) view.RanRow {
	rows := w.Ran(-1, after)
	if len(rows) == 0 {
		return view.RanRow{}
	}
	return rows[len(rows)-1]
}

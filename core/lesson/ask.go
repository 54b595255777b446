package lesson

import (
	"fmt"
	"slices"
	"strings"
)

// Ask is the question of a prediction.
type Ask struct {
	Kind  string // one of asks; "field" for a field of a row, "met" for whether there is one
	Field string
	Goal  Goal // of field and met
}

// asks are the questions about what a line answers and does.
var asks = []string{"refused", "code", "status", "nodes", "handles", "text"}

// String is the question as it is written.
func (a Ask) String() string {
	switch a.Kind {
	case "field":
		return a.Field + " of " + a.Goal.Text
	case "met":
		return "met " + a.Goal.Text
	}
	return a.Kind
}

// readAsk reads a question.
func readAsk(text string) (a Ask, err error) {
	if slices.Contains(asks, text) {
		return Ask{Kind: text}, nil
	}
	if goal, ok := strings.CutPrefix(text, "met "); ok {
		a.Kind = "met"
		a.Goal, err = readGoal(goal)
		return a, err
	}
	field, goal, ok := strings.Cut(text, " of ")
	if !ok {
		return a, fmt.Errorf("ask is one of %s, FIELD of GOAL, met GOAL; not %q", strings.Join(asks, ", "), text)
	}
	if a.Goal, err = readGoal(goal); err != nil {
		return a, err
	}
	a.Kind, a.Field = "field", strings.TrimSpace(field)
	return a, a.Goal.knows(a.Field)
}

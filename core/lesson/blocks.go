package lesson

import (
	"slices"
	"strings"
)

// blockKind is one kind of fenced block of a step.
type blockKind struct {
	name    string
	takesID bool // a word stands behind the name
	read    func(r *reader, s *Step, b block)
}

// form is how the fence of a block is written.
func (k blockKind) form() string {
	if k.takesID {
		return k.name + " ID"
	}
	return k.name
}

// blocks lists the kinds of blocks.
var blocks = []blockKind{
	{"predict", false, readPredict},
	{"goal", false, func(r *reader, s *Step, b block) { s.Goals = append(s.Goals, r.goals(b, b.lines, true)...) }},
	{"fail", false, func(r *reader, s *Step, b block) { s.Fails = append(s.Fails, r.goals(b, b.lines, true)...) }},
	{"let", false, func(r *reader, s *Step, b block) { s.Lets = append(s.Lets, r.goals(b, b.lines, false)...) }},
	{"done", false, func(_ *reader, s *Step, b block) { s.Done = paragraphs(b.lines) }},
	{"shows", false, func(r *reader, s *Step, b block) { s.Shows = append(s.Shows, Show{r.typed(b, b.lines), b.line}) }},
	{"hint", false, func(r *reader, s *Step, b block) {
		for _, part := range parts(b.lines) {
			s.Hints = append(s.Hints, paragraphs(part))
		}
		if len(s.Hints) > hintsMax {
			r.fail(b.line, "a step has at most %d hints, not %d", hintsMax, len(s.Hints))
		}
	}},
	{"solution", false, func(r *reader, s *Step, b block) {
		if s.Solution != nil {
			r.fail(b.line, "a step has one solution; others are blocks ```also")
		}
		s.Solution = r.typed(b, b.lines)
	}},
	{"also", false, func(r *reader, s *Step, b block) { s.Also = append(s.Also, r.typed(b, b.lines)) }},
	{"wrong", true, readWrong},
	{"record", false, func(_ *reader, s *Step, _ block) { s.Record = true }},
	{"order", false, func(_ *reader, s *Step, _ block) { s.Order = true }},
	{"blank", false, func(r *reader, s *Step, b block) {
		s.Blank = r.typed(b, b.lines)
		if !strings.Contains(strings.Join(b.lines, "\n"), blank) {
			r.fail(b.line, "a block blank has words left out: %s", blank)
		}
	}},
}

// hintsMax is how many hints a step has at most.
const hintsMax = 4

// blank stands for a word left out.
const blank = "___"

// blockNames lists the kinds, for an error.
func blockNames() string {
	var names []string
	for _, k := range blocks {
		names = append(names, k.form())
	}
	return strings.Join(names, ", ")
}

// parts parts the lines of a block at lines of three dashes.
func parts(lines []string) [][]string {
	var all [][]string
	for {
		i := slices.Index(lines, "---")
		if i < 0 {
			return append(all, lines)
		}
		all, lines = append(all, lines[:i]), lines[i+1:]
	}
}

// typed are the lines of a block that are typed: at least one.
func (r *reader) typed(b block, lines []string) []string {
	lines = slices.DeleteFunc(slices.Clone(lines), func(l string) bool { return strings.TrimSpace(l) == "" })
	if len(lines) == 0 {
		r.fail(b.line, "a block %s has a line to type", b.kind)
	}
	return lines
}

// goals reads predicates, each with the sentence that is indented below it, if they have one.
func (r *reader) goals(b block, lines []string, said bool) (goals []Goal) {
	from := b.line + 1 + len(b.lines) - len(lines) // lines are the last of the block
	for i, line := range lines {
		switch says := strings.TrimSpace(line); {
		case says == "":
		case line[0] == ' ' && len(goals) == 0:
			r.fail(from+i, "a sentence stands below its goal")
		case line[0] == ' ':
			last := &goals[len(goals)-1]
			last.Says = strings.TrimSpace(last.Says + " " + says)
		default:
			g, err := readGoal(line)
			if err != nil {
				r.fail(from+i, "%v", err)
			}
			g.At = from + i
			goals = append(goals, g)
		}
	}
	if len(goals) == 0 {
		r.fail(b.line, "a block %s has a predicate", b.kind)
	}
	for _, g := range goals {
		if said && g.Says == "" {
			r.fail(g.At, "a sentence for the learner stands indented below the goal")
		}
	}
	return goals
}

// readPredict reads a prediction: line, ask, choices, why.
func readPredict(r *reader, s *Step, b block) {
	p := Predict{At: b.line}
	ask := ""
	fields := map[string]*string{"line": &p.Line, "ask": &ask, "asks": &p.Asks, "why": &p.Why}
	for i, text := range b.lines {
		key, value, _ := strings.Cut(text, ":")
		value = strings.TrimSpace(value)
		switch field := fields[key]; {
		case strings.TrimSpace(text) == "":
		case key == "choices":
			p.Choices = choices(value)
		case field == nil:
			r.fail(b.line+1+i, "%q is no key of a prediction: these are line ask asks choices why", key)
		default:
			*field = value
		}
	}
	var err error
	if p.Ask, err = readAsk(ask); err != nil {
		r.fail(b.line, "%v", err)
	}
	switch {
	case p.Why == "":
		r.fail(b.line, "a prediction says why")
	case p.Line == "" && p.Ask.Goal.Subject == "":
		r.fail(b.line, "a prediction about an answer has a line")
	case len(p.Choices) < 2:
		r.fail(b.line, "a prediction has two choices or more")
	}
	s.Predict = append(s.Predict, p)
}

// readWrong reads a wrong try: lines, three dashes, a sentence.
func readWrong(r *reader, s *Step, b block) {
	halves := parts(b.lines)
	if len(halves) < 2 || len(halves) > 3 || paragraphs(halves[1]) == "" {
		r.fail(b.line, "a wrong try has lines, then ---, then the sentence that answers them, then perhaps --- and what it is recognised by")
		return
	}
	if slices.ContainsFunc(s.Wrong, func(w Wrong) bool { return w.ID == b.arg }) {
		r.fail(b.line, "the step has a wrong try %s already", b.arg)
	}
	wrong := Wrong{ID: b.arg, Lines: r.typed(b, halves[0]), Says: paragraphs(halves[1]), At: b.line}
	if len(halves) == 3 {
		wrong.Seen = r.goals(b, halves[2], false)
	}
	s.Wrong = append(s.Wrong, wrong)
}

// choices are parted by commas; one in quotes may hold some.
func choices(text string) (list []string) {
	for text = strings.TrimSpace(text); text != ""; {
		choice, rest := "", ""
		if quoted, ok := strings.CutPrefix(text, `"`); ok {
			choice, rest, _ = strings.Cut(quoted, `"`)
			_, rest, _ = strings.Cut(rest, ",")
		} else {
			choice, rest, _ = strings.Cut(text, ",")
		}
		list, text = append(list, strings.TrimSpace(choice)), strings.TrimSpace(rest)
	}
	return list
}

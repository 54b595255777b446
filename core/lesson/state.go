package lesson

import (
	"slices"
	"strings"

	"hsmplay/core/voice"
)

// State is how a lesson stands: all that a host shows of it. Texts are paragraphs of parts.
type State struct {
	Name    string         `json:"name"`
	Title   string         `json:"title"`
	Intro   [][]voice.Part `json:"intro"`
	Step    int            `json:"step"` // from 0
	Titles  []string       `json:"titles"`
	Left    int            `json:"left"` // minutes, about
	Tabs    []int          `json:"tabs"` // terminals, as the lesson counts them; it begins in the first
	Prose   [][]voice.Part `json:"prose"`
	Shows   [][]string     `json:"shows"`
	Goals   []GoalState    `json:"goals"`
	Missing []Miss         `json:"missing"` // once a line was typed
	Wrong   *WrongNote     `json:"wrong"`   // to the last line
	Failed  []voice.Part   `json:"failed"`  // why the step cannot be reached any more; none while it can
	Predict []Prediction   `json:"predict"`
	Hints   [][]voice.Part `json:"hints"` // those given
	HintsOf int            `json:"hintsOf"`
	Order   []TypedLine    `json:"order"` // lines to be put in order; none for no such game
	Blank   []TypedLine    `json:"blank"` // lines with ___ for words left out
	Quiet   bool           `json:"quiet"` // a prediction is open: no dry run, no suggestion
	Held    bool           `json:"held"`  // and nothing was typed yet: goals and quotations would give its answer away
	Repairs bool           `json:"repairs"`
	Ended   bool           `json:"ended"` // the step has ticked
	Done    [][]voice.Part `json:"done"`
	Yours   []TypedLine    `json:"yours"`
	Ours    []TypedLine    `json:"ours"`
	Last    bool           `json:"last"` // it is the last step
}

// GoalState is a line of the checklist.
type GoalState struct {
	Says  []voice.Part `json:"says"`
	Met   bool         `json:"met"`
	Stays bool         `json:"stays"` // it was so before anything was done, and ticks with the step if it stays so
	Fact  string       `json:"fact"`  // what made it true
}

// TypedLine is a line and the tab that it is typed in, as the lesson counts them.
type TypedLine struct {
	Tab  int    `json:"tab"`
	Line string `json:"line"`
}

// typedLines takes the marks of tabs off lines.
func typedLines(lines []string) []TypedLine {
	all := []TypedLine{}
	for _, line := range lines {
		tab, typed := parted(line)
		all = append(all, TypedLine{tab, typed})
	}
	return all
}

// Prediction is a question about a line. Until it is answered, right is -1.
type Prediction struct {
	TypedLine
	Asks    []voice.Part `json:"asks"`
	Choices []string     `json:"choices"`
	Chosen  int          `json:"chosen"`
	Right   int          `json:"right"`
	Is      string       `json:"is"`
	Why     []voice.Part `json:"why"`
}

// State returns how the lesson stands.
func (p *Player) State() State {
	step, n := p.watch.step, p.lesson.shown(p.watch.names(p.stage))
	open := len(p.now.guesses) < len(step.Predict)
	s := State{Name: p.lesson.Name, Title: p.lesson.Title, Intro: prose(p.lesson.Intro, n), Step: p.at, Left: p.left(), Tabs: slices.Clone(p.stage.tabs),
		Prose: prose(step.Prose, n), Shows: [][]string{}, Goals: p.goals(n), Missing: []Miss{}, Wrong: p.now.wrong, Failed: []voice.Part{},
		Predict: p.predictions(n), Hints: [][]voice.Part{}, HintsOf: len(step.Hints), Order: []TypedLine{}, Blank: []TypedLine{},
		Quiet: open, Held: open && !p.now.tried, Repairs: p.repairs(), Ended: p.now.ended,
		Done: [][]voice.Part{}, Yours: []TypedLine{}, Ours: []TypedLine{}, Last: p.at+1 == len(p.lesson.Steps)}
	for _, one := range p.lesson.Steps {
		s.Titles = append(s.Titles, one.Title)
	}
	for _, show := range step.Shows {
		s.Shows = append(s.Shows, fills(show.Lines, n))
	}
	for _, hint := range step.Hints[:p.now.hints] {
		s.Hints = append(s.Hints, flat(hint, n))
	}
	if p.now.failed != "" {
		s.Failed = flat(p.now.failed, n)
	}
	if p.now.tried && !p.now.ended && p.now.misses != nil {
		s.Missing = p.now.misses
	}
	if step.Order {
		s.Order = typedLines(shuffled(fills(step.Solution, n), step.Digest()))
	}
	if step.Blank != nil {
		s.Blank = typedLines(fills(step.Blank, n))
	}
	if p.now.ended {
		s.Done, s.Yours, s.Ours = prose(step.Done, n), typedLines(p.stepDone().Lines), p.ours(n)
	}
	return s
}

// ours are the lines of the solution, with passwords as what ran is taken down: they stand beside it.
func (p *Player) ours(n names) []TypedLine {
	all := typedLines(fills(p.watch.step.Solution, n))
	for i := range all {
		all[i].Line = p.stage.world.Told(all[i].Line)
	}
	return all
}

// left is how many minutes the steps take that are not done, by the lesson's own estimate.
func (p *Player) left() int {
	steps := len(p.lesson.Steps)
	open := steps - p.at
	if p.now.ended {
		open--
	}
	return (p.lesson.Minutes*open + steps - 1) / steps
}

// goals is the checklist.
func (p *Player) goals(n names) (list []GoalState) {
	for i, g := range p.watch.step.Goals {
		ok := p.now.outcome.met[i].ok
		state := GoalState{Says: flat(g.Says, n), Met: ok && (p.now.ended || !p.now.stays[i])}
		state.Stays = ok && !state.Met
		if row := p.now.outcome.met[i].row; row != nil && state.Met {
			state.Fact = row.fact
		}
		list = append(list, state)
	}
	return list
}

// predictions are the questions of the step, with the answers of those that were guessed at.
func (p *Player) predictions(n names) []Prediction {
	list, t := []Prediction{}, p.lesson.tongue
	for i, q := range p.watch.step.Predict {
		one := Prediction{TypedLine: typedLines([]string{n.fill(q.Line)})[0], Asks: q.asks(n, t), Choices: []string{}, Chosen: -1, Right: -1, Why: []voice.Part{}}
		for c, choice := range fills(q.Choices, n) {
			one.Choices = append(one.Choices, t.choice(choice))
			if i < len(p.now.guesses) && choice == p.now.guesses[i].Choice {
				one.Chosen = c
			}
		}
		if i < len(p.now.guesses) {
			one.Right, one.Is, one.Why = p.now.answers[i].Right, t.choice(p.now.guesses[i].Is), flat(q.Why, n)
		}
		list = append(list, one)
	}
	return list
}

// asks is the question in words.
func (p Predict) asks(n names, t tongue) []voice.Part {
	if p.Asks != "" {
		return flat(p.Asks, n)
	}
	return p.Ask.sentence(t)
}

// sentences are the questions in words.
var sentences = map[string]voice.ID{"refused": voice.LessonAskRefused, "code": voice.LessonAskCode, "status": voice.LessonAskStatus, "nodes": voice.LessonAskNodes,
	"handles": voice.LessonAskHandles, "text": voice.LessonAskText, "met": voice.LessonAskMet, "field": voice.LessonAskField}

// sentence is the question in words.
func (a Ask) sentence(t tongue) []voice.Part {
	return t.parts(sentences[a.Kind], "field", fieldName(a.Field), "what", a.Goal.Subject)
}

// fills fills names into lines.
func fills(lines []string, n names) []string {
	all := []string{}
	for _, line := range lines {
		all = append(all, n.fill(line))
	}
	return all
}

// prose is a text in paragraphs, with the names filled in.
func prose(text string, n names) [][]voice.Part {
	all := [][]voice.Part{}
	for paragraph := range strings.SplitSeq(text, "\n\n") {
		if paragraph != "" {
			all = append(all, flat(paragraph, n))
		}
	}
	return all
}

// flat is a paragraph: back quotes are around code.
func flat(text string, n names) []voice.Part {
	parts := []voice.Part{}
	text = strings.Join(strings.Fields(text), " ")
	for i, run := range strings.Split(text, "`") {
		if run == "" {
			continue
		}
		parts = append(parts, voice.Part{Text: n.fill(run), Code: i%2 == 1})
	}
	return parts
}

// shuffled are lines in another order, always the same one.
func shuffled(lines []string, seed string) []string {
	all := append([]string{}, lines...)
	for i := len(all) - 1; i > 0; i-- {
		j := int(seed[i%len(seed)]) % (i + 1)
		all[i], all[j] = all[j], all[i]
	}
	if strings.Join(all, "\n") == strings.Join(lines, "\n") && len(all) > 1 {
		all[0], all[1] = all[1], all[0]
	}
	return all
}

// Package lesson is the course and its player: lessons as data, read from text files, whose goals are
// checked against the read model of a world. It stands above core/sim, which never hears of lessons.
// Begin with [Read].
//
// A lesson never says no to somebody who is right, never says yes to somebody who is wrong, and always
// says what it saw.
package lesson

// Lesson is one lesson: a world to begin in, and steps.
type Lesson struct {
	Name    string // of the file, without number and ending: first-key-pair
	Title   string
	Minutes int
	Theme   string
	After   []string // lessons that should come before: advice, never a lock
	World   []Setup  // what makes the world, in order
	Lets    []Goal   // only bind names
	Start   []string // what is typed in the front terminal before the first step
	Profile string   // of the tools; "" is classic
	Source  string   // where the facts are from: kmu.md 3.15
	Intro   string   // what the learner will be able to do
	Steps   []Step

	tongue tongue // of what the player says itself; nil for English
}

// Setup is one line that makes the world of a lesson.
type Setup struct {
	Line   string
	Hidden bool // a fault to be found: run, and not shown
}

// Step is one thing to do.
type Step struct {
	Title    string
	Prose    string
	Predict  []Predict
	Goals    []Goal
	Lets     []Goal // only bind names
	Hints    []string
	Solution []string   // lines
	Also     [][]string // other lines that are right too
	Wrong    []Wrong
	Fails    []Goal   // what makes the step impossible, with the sentence that says so
	Done     string   // what is said once it has ticked
	Shows    []Show   // what the prose quotes of the tools
	Record   bool     // the player puts what was done into record.txt as the step begins
	Order    bool     // the solution's lines are offered shuffled first
	Blank    []string // the solution with words left out: ___ stands for each
	Line     int      // where it begins in the file
}

// Show is a quotation: lines that the tools print, … for any others.
type Show struct {
	Lines []string
	At    int
}

// Predict is a question about a line before it is run. The right answer is computed on a copy of the
// world and is never written down.
type Predict struct {
	Line    string
	Ask     Ask
	Asks    string // the question in words, "" for the usual ones of its kind
	Choices []string
	Why     string
	At      int // line of the file
}

// Wrong is a wrong try: the lines, and the sentence that answers them.
type Wrong struct {
	ID    string // of a misconception, or of the slip
	Lines []string
	Says  string
	Seen  []Goal // what it is recognised by, nil for what came of the lines
	At    int
}

// Themes are the parts of the course in their order.
var Themes = []string{"start", "keys", "cluster", "people", "automation"}

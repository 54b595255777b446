package lesson

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"hsmplay/core/voice"
)

// Progress is what was done of a course: plain data, for a host to keep and to hand over.
type Progress struct {
	Version int          `json:"version"`
	Says    string       `json:"says"` // what this proves, and what not
	Lessons []LessonDone `json:"lessons"`
	Reviews []int64      `json:"reviews"` // when a review was done, milliseconds since 1970
}

// LessonDone is what was done of a lesson.
type LessonDone struct {
	Name  string     `json:"name"`
	Last  int64      `json:"last"` // when it was played last, milliseconds since 1970
	Steps []StepDone `json:"steps"`
}

// StepDone is what was done of a step.
type StepDone struct {
	Title   string   `json:"title"`
	Digest  string   `json:"digest"` // of its goals then
	Ticked  bool     `json:"ticked"`
	Tries   int      `json:"tries"`
	Hints   int      `json:"hints"`
	Shown   int      `json:"shown"` // lines of the solution
	Guesses []Guess  `json:"guesses"`
	Wrong   []string `json:"wrong"` // ids of wrong tries
	Ms      int64    `json:"ms"`
	Lines   []string `json:"lines"`
}

// Guess is an answered prediction.
type Guess struct {
	Line   string `json:"line"`
	Choice string `json:"choice"`
	Is     string `json:"is"`
	Right  bool   `json:"right"`
}

// version of the data of Progress.
const version = 1

// Errors of data that is no progress.
var (
	ErrVersion  = errors.New("lesson: the progress is of another version")
	ErrProgress = errors.New("lesson: this is no progress")
)

// ReadProgress reads what [Progress.Bytes] has written; no bytes are no progress yet. Errors:
// ErrVersion, ErrProgress.
func ReadProgress(data []byte) (p Progress, err error) {
	if len(strings.TrimSpace(string(data))) == 0 {
		return Progress{Version: version}, nil
	}
	if json.Unmarshal(data, &p) != nil {
		return Progress{}, ErrProgress
	}
	if p.Version != version {
		return Progress{}, ErrVersion
	}
	return p, nil
}

// Bytes writes the progress as JSON, with the sentence that says what it proves.
func (p Progress) Bytes() []byte {
	p.Version, p.Says = version, voice.Say(voice.LessonRecord).String()
	data, err := json.MarshalIndent(p, "", "  ")
	if err != nil { // plain data always marshals
		panic("lesson: " + err.Error())
	}
	return append(data, '\n')
}

// of returns what was done of a lesson, nil for nothing.
func (p *Progress) of(name string) *LessonDone {
	i := slices.IndexFunc(p.Lessons, func(d LessonDone) bool { return d.Name == name })
	if i < 0 {
		return nil
	}
	return &p.Lessons[i]
}

// Put notes what was done of a lesson. A tick that was there stays.
func (p *Progress) Put(done LessonDone) {
	old := p.of(done.Name)
	if old == nil {
		p.Lessons = append(p.Lessons, done)
		return
	}
	for _, s := range old.Steps {
		i := slices.IndexFunc(done.Steps, func(d StepDone) bool { return d.Digest == s.Digest })
		switch {
		case i < 0 && s.Ticked:
			done.Steps = append(done.Steps, s)
		case i >= 0 && s.Ticked && !done.Steps[i].Ticked:
			done.Steps[i] = s
		}
	}
	done.Last = max(done.Last, old.Last)
	*old = done
}

// Merge takes over what another progress has.
func (p *Progress) Merge(other Progress) {
	for _, d := range other.Lessons {
		p.Put(d)
	}
	for _, at := range other.Reviews {
		if !slices.Contains(p.Reviews, at) {
			p.Reviews = append(p.Reviews, at)
		}
	}
	slices.Sort(p.Reviews)
}

// Ticks tells of each step of a lesson whether it has ticked, and whether it is new since the
// lesson was played.
func (p *Progress) Ticks(l *Lesson) (ticked, fresh []bool) {
	done := p.of(l.Name)
	for i := range l.Steps {
		digest := l.Steps[i].Digest()
		here := false
		known := done == nil
		if done != nil {
			for _, s := range done.Steps {
				here = here || s.Digest == digest && s.Ticked
				known = known || s.Digest == digest
			}
		}
		ticked, fresh = append(ticked, here), append(fresh, !known)
	}
	return ticked, fresh
}

// Whole reports whether all steps of a lesson have ticked.
func (p *Progress) Whole(l *Lesson) bool {
	ticked, _ := p.Ticks(l)
	return !slices.Contains(ticked, false)
}

// Last is when a lesson was played last, milliseconds since 1970; 0 for never.
func (p *Progress) Last(l *Lesson) int64 {
	if done := p.of(l.Name); done != nil {
		return done.Last
	}
	return 0
}

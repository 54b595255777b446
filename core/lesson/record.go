package lesson

import (
	"fmt"
	"strings"
	"time"

	"hsmplay/core/voice"
)

// recordFile is the file in the instance's home that a step with a record begins with.
const recordFile = "record.txt"

// text is what was done of a lesson, for people to read and for a key to sign: a line a step, and the
// sentence that says what it proves and what not.
func (d LessonDone) text(l *Lesson) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "%s (hsmplay lesson %s)\n", l.Title, l.Name)
	for _, step := range d.Steps {
		right := 0
		for _, g := range step.Guesses {
			if g.Right {
				right++
			}
		}
		state := "not done"
		if step.Ticked {
			state = "done"
		}
		fmt.Fprintf(&b, "- %s: %s, %d lines, %d hints, %d lines shown, %d of %d predictions right, %s\n", step.Title, state,
			step.Tries, step.Hints, step.Shown, right, len(step.Guesses), time.Duration(step.Ms/1000)*time.Second)
	}
	return []byte(b.String() + voice.Say(voice.LessonRecord).String() + "\n")
}

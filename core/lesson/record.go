package lesson

import (
	"fmt"
	"strings"
	"time"

	"hsmplay/core/sim"
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
		fmt.Fprintf(&b, "- %s: %s, %s, %s, %s shown, %d of %s right, %s\n", step.Title, state, counted(step.Tries, "line"),
			counted(step.Hints, "hint"), counted(step.Shown, "line"), right, counted(len(step.Guesses), "prediction"), time.Duration(step.Ms/1000)*time.Second)
	}
	return []byte(b.String() + voice.Say(voice.LessonRecord).String() + "\n")
}

// lay puts the record into the world in which a step begins that has one.
func (d LessonDone) lay(l *Lesson, step int, w *sim.World) {
	if l.Steps[step].Record {
		_ = w.Write(recordFile, d.text(l)) // a full disk leaves the file as it is
	}
}

// counted is a number of things in words: 1 line, 2 lines.
func counted(n int, thing string) string {
	if n != 1 {
		thing += "s"
	}
	return fmt.Sprintf("%d %s", n, thing)
}

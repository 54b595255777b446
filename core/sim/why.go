package sim

import (
	"context"
	"crypto/rsa"
	"errors"
	"slices"
	"strings"

	"hsmplay/core/command"
	"hsmplay/core/hsm"
	"hsmplay/core/shell"
	"hsmplay/core/view"
)

// Why is why a line fails: the code, the rule that it breaks, the facts of this world that break
// it, and what would help.
type Why struct {
	Code    *int64   `json:"code"` // nil where no HSM has refused it, -1 where no number is public
	Name    string   `json:"name"` // what the code says, or what is wrong with the line; "" where nothing is known
	Rule    string   `json:"rule"`
	Source  string   `json:"source"` // where the rule stands, "" for nowhere
	Facts   []Note   `json:"facts"`
	Repairs []Repair `json:"repairs"` // the best first
	Works   bool     `json:"works"`   // it would work now
}

// Repair is a line that helps, tried in a copy of the world.
type Repair struct {
	Line string `json:"line"`
	Then []Step `json:"then"` // what follows it; the line at fault is the last of them, where it is to be typed again
	Says Note   `json:"says"`
}

// Step is a line of a repair: typed where the line at fault was, or in a new tab, which is the same
// for all of a repair.
type Step struct {
	Line   string `json:"line"`
	NewTab bool   `json:"newTab"`
}

// repairsMax is how many repairs are shown, triesMax how many lines are tried for them.
const repairsMax, triesMax = 3, 60

// failure is a line that fails, and a copy of the world in which it has.
type failure struct {
	w        *World
	terminal int
	line     string
	now      Turn // how the terminal stands before it
	f        *World
	turn     Turn
	heard    shell.Ended

	fault   *command.Fault // of the line, nil for none
	refused hsm.Refusal    // by an HSM; without a reason none
	path    []string       // the command by its words
	tries   int
	works   bool // it does not fail any more
}

// Why says why a line fails that is typed at a terminal's prompt, and what would help: for the
// tools, openssl and hsm. The line is carried out in a copy of the world, and so is all that is
// proposed. No password is in what it says.
func (w *World) Why(terminal int, line string) Why {
	return w.because(w.failing(terminal, line))
}

// because is the answer about a line that was carried out in a copy, nil for none.
func (w *World) because(c *failure) Why {
	v := Why{Facts: []Note{}, Repairs: []Repair{}}
	if c == nil {
		return v
	}
	defer c.f.Shut()
	if v.Works = c.works; v.Works {
		return v
	}
	c.chain(&v)
	if !w.machine.Withheld() {
		c.repair(&v)
	}
	return v
}

// WhyLast says why the last line has failed that did, as Why does; false where none has, or its
// terminal stands elsewhere now.
func (w *World) WhyLast() (line string, v Why, ok bool) {
	var last *view.RanRow
	w.machine.Do(func() {
		for _, l := range w.ran.logs {
			for _, r := range l.rows {
				if hasFailed(r) && (last == nil || r.Seq > last.Seq) {
					last = r
				}
			}
		}
	})
	if last == nil {
		return "", v, false
	}
	c := w.failing(last.Terminal, last.Line)
	if c == nil || c.now.Program != last.Tool {
		return last.Line, v, false
	}
	v = w.because(c)
	return last.Line, v, true
}

// hasFailed reports whether a line of a program that can be rehearsed has failed.
func hasFailed(r *view.RanRow) bool {
	if r.Tool == bash && (len(r.Path) == 0 || !slices.Contains(rehearsed(), r.Path[0])) {
		return false
	}
	return r.Terminal != 0 && r.Line != "" && (r.Code != nil && *r.Code != 0 || r.Code == nil && r.Status != 0)
}

// failing carries a line out in a copy, nil where it is not to be: at a question, while the tool
// waits, and in bash for what is no program that is rehearsed.
func (w *World) failing(terminal int, line string) *failure {
	t := w.machine.Terminal(terminal)
	if t == nil || strings.TrimSpace(line) == "" || w.keysHeld() > wouldKeys {
		return nil
	}
	if state := t.Now().State; state == Asks || state == shell.Waits {
		return nil
	}
	made := false
	source := func(context.Context, int) (*rsa.PrivateKey, error) {
		made = true
		return nil, errTried
	}
	c := &failure{w: w, terminal: terminal, line: line, f: w.fork(nil, wouldLimits)}
	if c.now = c.f.Now(terminal); !c.rehearsed() {
		c.f.Shut()
		return nil
	}
	if now := t.Now(); now.Program == c.now.Program {
		c.now.User = now.User // who a copy that reaches no HSM does not know
	}
	c.f.options.Source.RSA, c.f.cluster.Source.RSA = source, source
	w.lend(c.f)
	c.f.hears = &c.heard
	c.turn = c.f.Type(terminal, line)
	for range wouldAsks {
		if c.turn.State != Asks || c.turn.Hidden {
			break
		}
		answer := "y"
		switch {
		case gaveUp(c.turn):
			answer = "A"
		case strings.Contains(c.turn.Prompt, "(0 or 1)"):
			answer = "0" // 1 is what it is set to in its only way
		}
		c.turn = c.f.Type(terminal, answer)
	}
	c.works = made || c.turn.Works()
	c.path, _, _ = c.told(line)
	errors.As(c.heard.Err, &c.fault)
	errors.As(c.heard.Err, &c.refused)
	return c
}

// rehearsed reports whether the line is one of a program whose lines are rehearsed.
func (c *failure) rehearsed() bool {
	if c.now.Program != bash {
		return c.now.State == Ready
	}
	simple, ok := shell.ReadSimple(c.line)
	return ok && slices.Contains(rehearsed(), simple.Words[0])
}

// gaveUp reports whether a tool asks what to do about an HSM that has refused.
func gaveUp(t Turn) bool { return t.State == Asks && strings.Contains(t.Prompt, "(R/I/A)") }

// keysHeld is how many rows of keys all HSMs have.
func (w *World) keysHeld() (size int) {
	w.machine.Do(func() {
		for _, n := range w.cluster.All() {
			size += len(n.HSM.Keys)
		}
	})
	return size
}

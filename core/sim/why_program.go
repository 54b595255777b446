package sim

import (
	"fmt"
	"strings"

	"hsmplay/core/retcode"
	"hsmplay/core/shell"
	"hsmplay/core/voice"
)

const whyUsage = "usage: why\n"

// why is the program `why`: why the last line that failed has failed, and what would help.
func (w *World) why(p *shell.Process) int {
	if len(p.Args) > 1 {
		p.Print(whyUsage)
		return 2
	}
	line, v, ok := w.WhyLast()
	switch {
	case line == "":
		p.Complain("no line has failed yet")
		return 1
	case !ok:
		p.Complain("this is not the prompt at which a line has failed: %s", line)
		return 1
	}
	p.Print(line + "\n" + v.Text())
	return 0
}

// Text is an answer as text.
func (v Why) Text() string {
	if v.Works {
		return "Now:   " + voice.Say(voice.RepairAgain).String() + "\n"
	}
	var b strings.Builder
	name := v.Name
	if v.Code != nil && *v.Code > 0 {
		name = retcode.Code(*v.Code).Error()
	}
	fmt.Fprintf(&b, "Code:  %s\nRule:  %s%s\n", name, v.Rule, stands(v.Source))
	for i, fact := range v.Facts {
		fmt.Fprintf(&b, "%s%s\n", label("Here:", i), text(fact))
	}
	for i, r := range v.Repairs {
		fmt.Fprintf(&b, "%s%s\n", label("Do:", i), r.Line)
		for _, step := range r.Then {
			fmt.Fprintf(&b, "%sthen %s%s\n", label("", 1), where(step), step.Line)
		}
	}
	return b.String()
}

// where says that a step is typed elsewhere.
func where(s Step) string {
	if s.NewTab {
		return "in a new tab "
	}
	return ""
}

// stands is where something stands, in brackets.
func stands(source string) string {
	if source == "" {
		return ""
	}
	return " (" + source + ")"
}

// label is a heading in front of the first of several lines.
func label(name string, i int) string {
	if i > 0 {
		name = ""
	}
	return fmt.Sprintf("%-7s", name)
}

// text is a note as text.
func text(n Note) string {
	var b strings.Builder
	for _, p := range n.Parts {
		b.WriteString(p.Text)
	}
	return b.String()
}

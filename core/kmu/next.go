package kmu

import "fmt"

// proposal is a line that makes sense in a state of the tool (Next on the page).
type proposal struct {
	when func(*Tool) bool
	line func(*Tool) string
}

func fixed(line string) func(*Tool) string { return func(*Tool) string { return line } }

// proposals are tried in their order; the first three that fit are shown.
var proposals = []proposal{
	{func(t *Tool) bool { return loggedOut(t) && t.loginLine() != "" }, (*Tool).loginLine},
	{func(t *Tool) bool { return loggedOut(t) && t.loginLine() == "" }, fixed("exit")},
	{loggedOut, fixed("help")},
	{func(t *Tool) bool { return loggedIn(t) && t.made.Private == 0 && !t.made.Refused }, fixed("genECCKeyPair -i 14 -l ecc14")},
	{func(t *Tool) bool {
		return loggedIn(t) && t.made.Private != 0 && t.made.Dumped == "" && !t.made.Refused
	}, func(t *Tool) string {
		return fmt.Sprintf("getAttribute -o %d -a 512 -out attr_%d", t.made.Private, t.made.Private)
	}},
	{func(t *Tool) bool { return loggedIn(t) && t.made.Dumped != "" && !t.made.Read }, func(t *Tool) string {
		return "cat " + t.made.Dumped
	}},
	{func(t *Tool) bool { return loggedIn(t) && t.made.Private != 0 && !t.made.Refused }, fixed("genECCKeyPair -i 1 -l ecc1")},
	{func(t *Tool) bool { return t.made.Refused }, fixed("exit")},
	{loggedIn, fixed("findKey")},
	{func(t *Tool) bool { return loggedIn(t) && t.made.Refused }, fixed("genECCKeyPair -i 14 -l ecc14")},
}

func loggedIn(t *Tool) bool  { return t.client != nil && t.client.Login != nil }
func loggedOut(t *Tool) bool { return !loggedIn(t) }

// Next proposes up to three lines.
func (t *Tool) Next() []string {
	var lines []string
	for _, p := range proposals {
		if len(lines) < 3 && p.when(t) {
			lines = append(lines, p.line(t))
		}
	}
	return lines
}

// Heard is told of lines at the prompt that were for the machine, so that the proposal to read a
// file is not made again.
func (t *Tool) Heard(line string) {
	if line == "cat "+t.made.Dumped {
		t.made.Read = true
	}
}

package kmu

// proposal is a line that makes sense in a state of the tool (Next on the page).
type proposal struct {
	when func(*Tool) bool
	line func(*Tool) string
}

func fixed(line string) func(*Tool) string { return func(*Tool) string { return line } }

// proposals are tried in their order.
var proposals = []proposal{
	{func(t *Tool) bool { return loggedOut(t) && t.loginLine() != "" }, (*Tool).loginLine},
	{func(t *Tool) bool { return loggedOut(t) && t.loginLine() == "" }, fixed("exit")},
	{loggedOut, fixed("help")},
	{loggedIn, fixed("findKey")},
	{loggedIn, fixed("listUsers")},
	{func(*Tool) bool { return true }, fixed("exit")},
}

func loggedIn(t *Tool) bool  { return t.client != nil && t.client.Login != nil }
func loggedOut(t *Tool) bool { return !loggedIn(t) }

// Next proposes lines, the best first.
func (t *Tool) Next() (lines []string) {
	for _, p := range proposals {
		if p.when(t) {
			lines = append(lines, p.line(t))
		}
	}
	return lines
}

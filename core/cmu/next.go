package cmu

import (
	"fmt"

	"hsmplay/core/cluster"
	"hsmplay/core/hsm"
)

// proposal is a line that makes sense in a state of the tool (Next on the page).
type proposal struct {
	when func(*Tool) bool
	line func(*Tool) string
}

func fixed(line string) func(*Tool) string { return func(*Tool) string { return line } }

// proposals are tried in their order; the first three that fit are shown.
var proposals = []proposal{
	{uninitialized, fixed("quit")},
	{func(t *Tool) bool { return t.user() == nil && !uninitialized(t) }, loginLine},
	{func(t *Tool) bool { return t.isType(hsm.PRECO) }, fixed("changePswd PRECO admin NewPassword1")},
	{func(t *Tool) bool { return t.mode != everywhere && t.lacking() != "" }, (*Tool).lacking},
	{func(t *Tool) bool { return t.mode != everywhere }, fixed("exit")},
	{func(t *Tool) bool { return t.isType(hsm.CO) && !t.has("new_user") }, fixed("createUser CU new_user password1")},
	{func(t *Tool) bool { return true }, fixed("listUsers")},
	{func(t *Tool) bool { return t.isType(hsm.CO) && t.mode == everywhere }, fixed("findAllKeys 3 1")},
	{func(t *Tool) bool { return t.user() == nil }, fixed("help")},
	{func(t *Tool) bool { return t.isType(hsm.CU) }, fixed("listAttributes")},
	{func(t *Tool) bool { return t.mode == everywhere }, fixed("quit")},
}

// loginLine logs the first officer in with his toy password, or with one that is asked for.
func loginLine(t *Tool) string {
	seed := cluster.Seeds[0]
	for _, s := range t.targets() {
		for _, u := range s.link.Everybody() {
			if u.ID == seed.ID && cluster.SeedPassword(u) != "" {
				return fmt.Sprintf("loginHSM %s %s %s", u.Type, u.Name, seed.Password)
			}
		}
	}
	return "loginHSM CO " + seed.Name + " -hpswd"
}

func (t *Tool) isType(want hsm.UserType) bool {
	u := t.user()
	return u != nil && u.Type == want
}

// has reports whether a server knows a name.
func (t *Tool) has(name string) bool {
	for _, s := range t.targets() {
		if s.link.UserNamed(hsm.CU, name) != nil || s.link.UserNamed(hsm.CO, name) != nil {
			return true
		}
	}
	return false
}

// lacking is the line that copies a user whom another server lacks from the one of the mode, "" for
// none.
func (t *Tool) lacking() string {
	if !t.isType(hsm.CO) {
		return ""
	}
	for _, to := range t.servers {
		if to.number == t.mode || !to.connected() {
			continue
		}
		if u := to.link.LacksUser(t.servers[t.mode].link); u != nil {
			return fmt.Sprintf("syncUser %d %d", u.ID, to.number)
		}
	}
	return ""
}

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

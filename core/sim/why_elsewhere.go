package sim

import (
	"fmt"
	"slices"
	"strings"

	"hsmplay/core/attr"
	"hsmplay/core/cli"
	"hsmplay/core/cmu"
	"hsmplay/core/hsm"
	"hsmplay/core/kmu"
	"hsmplay/core/voice"
)

// me is who is logged in where the line was typed, nil for nobody.
func (c *failure) me() *hsm.User {
	for _, u := range c.w.everybody() {
		if c.now.User != "" && strings.EqualFold(u.Name, c.now.User) {
			return u
		}
	}
	return nil
}

// away leaves the tool, types lines in bash, and comes back to where the line at fault was typed.
func (c *failure) away(lines []string) []string {
	t := toolNamed(c.now.Program)
	lines = slices.Concat([]string{t.leave}, lines, []string{t.line})
	if u := c.me(); u != nil {
		lines = append(lines, hiddenLogin(c.now.Program, u))
	}
	return lines
}

// byUser are lines that another user types at a tool, on the way there and back; none where the user
// cannot.
func (c *failure) byUser(tool string, u *hsm.User, lines ...string) []string {
	if u == nil || c.now.Program == bash || len(lines) == 0 || lines[0] == "" {
		return nil
	}
	in := hiddenLogin(tool, u)
	me := c.me()
	switch {
	case in == "":
		return nil
	case tool != c.now.Program:
		t := toolNamed(tool)
		return c.away(slices.Concat([]string{t.line, in}, lines, []string{t.leave}))
	case me == nil:
		return append([]string{in}, lines...)
	case me.ID == u.ID:
		return lines
	}
	out := logoutLine(tool)
	return slices.Concat([]string{out, in}, lines, []string{out, hiddenLogin(tool, me)})
}

// through is a candidate of lines that another user types before the line at fault.
func (c *failure) through(says voice.Note, tool string, u *hsm.User, lines ...string) (list []candidate) {
	if all := c.byUser(tool, u, lines...); len(all) > 0 {
		try := c.first(says, all...)
		try.far = true
		list = append(list, try)
	}
	return list
}

// owner is who owns a key, nil for nobody.
func (c *failure) owner(k *hsm.Key) *hsm.User {
	for _, u := range c.w.everybody() {
		if u.ID == k.Owner {
			return u
		}
	}
	return nil
}

// sharing share a key with who has none of it: its owner with the user at fault, and where too few
// would be left who may use it, with one more.
func (c *failure) sharing() (list []candidate) {
	k, me := c.lockedKey(c.refused.Handle), c.me()
	if k == nil || k.Session != 0 || me == nil {
		return nil
	}
	owner := c.owner(k)
	if c.refused.Reason == hsm.TooFewSharers {
		for _, u := range c.w.everybody() {
			if u.Type == hsm.CU && !k.UsableBy(u.ID) {
				list = append(list, c.first(voice.Say(voice.RepairShare, "user", u.Name), shareLine(c.now.Program, k, u)))
			}
		}
		return list[:min(len(list), 1)]
	}
	if c.refused.Reason == hsm.NoSuchSharer && c.now.Program == cmu.Name {
		return c.otherSharers(k)
	}
	if c.refused.Reason != hsm.NoSuchKey || me.Type != hsm.CU || owner == nil || k.UsableBy(me.ID) {
		return nil
	}
	tool := c.now.Program
	if tool == kmu.Name {
		tool = cmu.Name
	}
	return c.through(voice.Say(voice.RepairShare, "user", me.Name), tool, owner, shareLine(tool, k, me))
}

// otherSharers are the line at fault with other users in the place of the one who is none to share
// with.
func (c *failure) otherSharers(k *hsm.Key) (list []candidate) {
	words := strings.Fields(c.line)
	for _, u := range c.w.everybody() {
		if len(words) != 4 || u.Type != hsm.CU || u.ID == k.Owner || len(list) == repairsMax {
			continue
		}
		words[2] = fmt.Sprint(u.ID)
		try := instead(voice.Say(voice.RepairShare, "user", u.Name), strings.Join(words, " "))
		if !slices.ContainsFunc(list, func(o candidate) bool { return o.steps[0] == try.steps[0] }) {
			list = append(list, try)
		}
	}
	return list
}

// lockedKey is key, where the world is not locked.
func (c *failure) lockedKey(handle uint32) (k *hsm.Key) {
	if handle != 0 {
		c.w.machine.Do(func() { k = c.key(handle) })
	}
	return k
}

// shareLine is the line that shares a key with a user, "" where the tool has none.
func shareLine(tool string, k *hsm.Key, u *hsm.User) string {
	switch tool {
	case cmu.Name:
		return fmt.Sprintf("shareKey %d %d 1", k.Handle, u.ID)
	case cli.Name:
		return fmt.Sprintf("key share --filter key-reference=0x%016x --username %s --role crypto-user", k.Handle, strings.ToLower(u.Name))
	}
	return ""
}

// settings change the attribute that forbids it, at the tools that can.
func (c *failure) settings() (list []candidate) {
	handle, row, known := c.forbids()
	k := c.lockedKey(handle)
	if !known || k == nil {
		return nil
	}
	says := voice.Say(voice.RepairSet)
	for _, on := range []bool{true, false} {
		if line := sets(c.now.Program, row, handle, on); line != "" {
			list = append(list, c.first(says, line))
		}
	}
	u := c.owner(k)
	if row.Set == attr.Officer {
		u = c.officer()
	}
	for _, tool := range []string{cmu.Name, cli.Name} {
		own := tool == c.now.Program && u != nil && strings.EqualFold(u.Name, c.now.User)
		able := tool == cli.Name || row.Changeable() && c.now.Program != cli.Name
		if line := sets(tool, row, handle, true); line != "" && able && !own {
			list = append(list, c.through(says, tool, u, line)...)
		}
	}
	return list
}

// forbids are the key and the attribute of it that forbid the line.
func (c *failure) forbids() (handle uint32, row attr.Row, known bool) {
	r := c.refused
	handle = r.Handle
	switch r.Reason {
	case hsm.OnlyTrusted:
		r.Attr, handle = attr.Trusted, r.With
	case hsm.SessionKey:
		r.Attr = attr.Token
	}
	row, known = attr.Find(r.Attr)
	return handle, row, known && r.Reason != hsm.TokenStays && (r.Reason.Row().About.Has(hsm.OfAttribute) || r.Reason == hsm.SessionKey)
}

// officer is the first officer, nil for none.
func (c *failure) officer() *hsm.User {
	for _, u := range c.w.everybody() {
		if u.Type == hsm.CO {
			return u
		}
	}
	return nil
}

// sets is the line that sets an attribute at a tool, "" where it has none.
func sets(tool string, row attr.Row, handle uint32, on bool) string {
	switch {
	case tool == cmu.Name:
		return fmt.Sprintf("setAttribute %d %d %d", handle, uint32(row.Attr), btoi(on))
	case tool == cli.Name && row.CLI != "":
		return fmt.Sprintf("key set-attribute --filter key-reference=0x%016x --name %s --value %t", handle, row.CLI, on)
	case tool == kmu.Name && row.Attr == attr.Token && on:
		return fmt.Sprintf("setAttribute -o %d", handle)
	}
	return ""
}

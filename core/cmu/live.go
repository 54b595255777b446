package cmu

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"hsmplay/core/command"
	"hsmplay/core/hsm"
)

// live lists the values of a parameter that exist now: keys, users, servers, files. It reads the
// HSMs without calling them, so that typing causes no events.
func live(t *Tool, p command.Param, typed string) []command.Choice {
	switch p.Kind {
	case command.Handle:
		return t.liveHandles()
	case command.User:
		return t.liveUsers(func(u *hsm.User) (string, string) { return u.Name, fmt.Sprintf("%s %d", typeShown(u), u.ID) })
	case command.Users:
		return t.liveUsers(func(u *hsm.User) (string, string) { return userID(u), u.Name })
	case command.Node:
		return t.liveServers()
	case command.Path, command.Output:
		return t.liveFiles(typed)
	}
	switch p.Value {
	case "user id", "user ID":
		return t.liveUsers(func(u *hsm.User) (string, string) { return userID(u), u.Name + ", " + typeShown(u) })
	case "command":
		return t.liveCommands()
	}
	return nil
}

func userID(u *hsm.User) string { return fmt.Sprint(u.ID) }

// liveHandles lists the token keys that the user can do something with: crypto users theirs,
// officers all.
func (t *Tool) liveHandles() []command.Choice {
	u := t.user()
	if u == nil {
		return nil
	}
	held := map[uint32]*hsm.Key{}
	for _, s := range t.targets() {
		for _, k := range s.link.InSession(0) {
			if held[k.Handle] == nil && (u.Type != hsm.CU || k.UsableBy(u.ID)) {
				held[k.Handle] = k
			}
		}
	}
	var choices []command.Choice
	for _, k := range slices.SortedFunc(maps.Values(held), bySlot) {
		means := k.Material.Class.Name() + " " + k.Material.Type.Show() + " " + k.Label
		choices = append(choices, command.Choice{Word: fmt.Sprint(k.Handle), Means: means})
	}
	return choices
}

// bySlot compares keys, those of one slot in different clusters by handle.
func bySlot(a, b *hsm.Key) int {
	return cmp.Or(cmp.Compare(hsm.Slot(a.Handle), hsm.Slot(b.Handle)), cmp.Compare(a.Handle, b.Handle))
}

// liveUsers lists the users of all servers, each once.
func (t *Tool) liveUsers(write func(*hsm.User) (word, means string)) []command.Choice {
	var choices []command.Choice
	for _, s := range t.targets() {
		for _, u := range s.link.Everybody() {
			word, means := write(u)
			if u.Type != hsm.AU && !slices.ContainsFunc(choices, func(c command.Choice) bool { return c.Word == word }) {
				choices = append(choices, command.Choice{Word: word, Means: means})
			}
		}
	}
	return choices
}

func (t *Tool) liveServers() []command.Choice {
	var choices []command.Choice
	for _, s := range t.servers {
		choices = append(choices, command.Choice{Word: fmt.Sprint(s.number), Means: s.Name})
	}
	return choices
}

func (t *Tool) liveFiles(typed string) []command.Choice {
	var choices []command.Choice
	for _, name := range t.host.Names(typed) {
		choices = append(choices, command.Choice{Word: name, Means: "file", Space: !strings.HasSuffix(name, "/")})
	}
	return choices
}

func (t *Tool) liveCommands() []command.Choice {
	var choices []command.Choice
	for _, s := range t.table().Specs {
		choices = append(choices, command.Choice{Word: s.Name, Means: s.Means})
	}
	return choices
}

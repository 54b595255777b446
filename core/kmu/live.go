package kmu

import (
	"fmt"
	"slices"
	"strings"

	"hsmplay/core/command"
	"hsmplay/core/hsm"
)

// live lists the values of a parameter that exist now: keys, users, files.
func live(t *Tool, p command.Param, typed string) []command.Choice {
	switch p.Kind {
	case command.Handle:
		return t.liveHandles()
	case command.Users, command.User:
		return t.liveUsers(p.Kind)
	case command.Path, command.Output:
		var choices []command.Choice
		for _, name := range t.host.Names(typed) {
			choices = append(choices, command.Choice{Word: name, Means: "file", Space: !strings.HasSuffix(name, "/")})
		}
		return choices
	}
	return nil
}

// visible returns what the user can use, by slot. It reads the HSMs without calling them, so that
// typing causes no events.
func (t *Tool) visible() []*hsm.Key {
	if t.client == nil || t.client.Login == nil {
		return nil
	}
	return t.client.Visible()
}

// liveHandles lists the handles that the user can use.
func (t *Tool) liveHandles() []command.Choice {
	var choices []command.Choice
	for _, k := range t.visible() {
		means := k.Material.Class.Name() + " " + k.Material.Type.Show() + " " + k.Label
		choices = append(choices, command.Choice{Word: fmt.Sprint(k.Handle), Means: means, Space: true})
	}
	return choices
}

// liveUsers lists crypto users: their ids to share with, or their names to log in as.
func (t *Tool) liveUsers(kind command.Kind) []command.Choice {
	if t.client == nil {
		return nil
	}
	var choices []command.Choice
	for _, u := range t.client.Everybody() {
		word, means := u.Name, fmt.Sprintf("crypto user %d", u.ID)
		if kind == command.Users {
			word, means = fmt.Sprint(u.ID), u.Name
		}
		if u.Type == hsm.CU && !slices.ContainsFunc(choices, func(c command.Choice) bool { return c.Word == word }) {
			choices = append(choices, command.Choice{Word: word, Means: means, Space: kind == command.User})
		}
	}
	return choices
}

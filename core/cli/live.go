package cli

import (
	"strings"

	"hsmplay/core/attr"
	"hsmplay/core/command"
	"hsmplay/core/hsm"
)

// live lists the values of a parameter that exist now: keys, users, clusters, files. It reads the
// HSMs without calling them, so that typing causes no events.
func live(t *Tool, p command.Param, typed string) []command.Choice {
	t = t.ahead()
	switch {
	case p.Kind == command.Path || p.Kind == command.Output:
		return t.liveFiles(typed)
	case p.Kind == command.User:
		return t.liveUsers()
	case strings.HasSuffix(p.Flag, "cluster-id"):
		return t.liveClusters()
	case strings.HasSuffix(p.Flag, "filter"):
		return t.liveTerms(typed)
	case strings.HasSuffix(p.Flag, "attributes"):
		return settingChoices(typed)
	case p.Flag == "--name" && p.Value == "KEY_ATTRIBUTE":
		return changeable()
	case p.Flag == "--value" && p.Value == "KEY_ATTRIBUTE_VALUE":
		return []command.Choice{{Word: "true"}, {Word: "false"}}
	}
	return nil
}

// ahead is the tool that knows what there is: for one command that has not connected yet, one on a
// copy of the cluster, connected and logged in as the environment says.
func (t *Tool) ahead() *Tool {
	if !t.single || t.links != nil {
		return t
	}
	if t.foreseen == nil {
		t.foreseen = New(t.cluster.Fork(), t.host)
		t.foreseen.single = true
		t.foreseen.connect()
		for _, l := range t.foreseen.links {
			if l.client != nil {
				t.foreseen.enter(l, "")
			}
		}
	}
	return t.foreseen
}

// liveFiles lists files.
func (t *Tool) liveFiles(typed string) (choices []command.Choice) {
	for _, name := range t.host.Names(typed) {
		choices = append(choices, command.Choice{Word: name, Means: "file", Space: !strings.HasSuffix(name, "/")})
	}
	return choices
}

// front is the cluster that lines are about where they say no other: of the start line, else where
// somebody has logged in last, else the first; nil before there is one.
func (t *Tool) front() *link {
	for _, id := range []string{t.chosen, t.recent} {
		if l := t.linkOf(id); l != nil && l.client != nil {
			return l
		}
	}
	for _, l := range t.links {
		if l.client != nil {
			return l
		}
	}
	return nil
}

// liveUsers lists users by name.
func (t *Tool) liveUsers() (choices []command.Choice) {
	l := t.front()
	if l == nil {
		return nil
	}
	seen := map[string]bool{}
	for _, u := range l.client.Everybody() {
		name := strings.ToLower(u.Name)
		if u.Type != hsm.AU && !seen[name] {
			seen[name] = true
			choices = append(choices, command.Choice{Word: name, Means: u.Type.Role(), Space: true})
		}
	}
	return choices
}

// liveClusters lists the clusters of the configuration.
func (t *Tool) liveClusters() (choices []command.Choice) {
	for _, l := range t.links {
		about := "not reached"
		if l.up() {
			about = l.client.Model().Name()
		}
		choices = append(choices, command.Choice{Word: l.id, Means: about, Space: true})
	}
	return choices
}

// visible are the keys that the user can select.
func (t *Tool) visible() []*hsm.Key {
	l := t.front()
	if l == nil || l.client.Login == nil {
		return nil
	}
	if l.client.Login.Type == hsm.CU {
		return l.client.Visible()
	}
	return l.client.InSession(0)
}

// liveTerms lists terms of a filter: references and labels of keys, and the names of attributes; of
// an attribute whose name stands there already its values.
func (t *Tool) liveTerms(typed string) (choices []command.Choice) {
	keys := t.visible()
	if name, value, ok := strings.Cut(strings.TrimPrefix(typed, attributeTerm), "="); ok && strings.HasPrefix(typed, attributeTerm) {
		return t.liveValues(name, value)
	}
	for _, k := range keys {
		about := k.Material.Class.Name() + " " + k.Material.Type.Show() + " " + k.Label
		choices = append(choices, command.Choice{Word: referenceTerm + reference(k.Handle), Means: about, Space: true})
	}
	for _, a := range attr.Shown {
		row, _ := attr.Find(a)
		choices = append(choices, command.Choice{Word: attributeTerm + row.CLI + "=", Means: row.Means})
	}
	return choices
}

// liveValues lists the values that keys have for an attribute.
func (t *Tool) liveValues(name, _ string) (choices []command.Choice) {
	row, known := attr.Named(name)
	if !known {
		return nil
	}
	if row.Kind == attr.Bool {
		return []command.Choice{{Word: attributeTerm + name + "=true", Space: true}, {Word: attributeTerm + name + "=false", Space: true}}
	}
	model := t.front()
	if model == nil {
		return nil
	}
	seen := map[string]bool{}
	for _, k := range t.visible() {
		value, has := valueOf(k, &row, model.client.Model())
		word := attributeTerm + name + "=" + printed(value)
		if has && !seen[word] {
			seen[word] = true
			choices = append(choices, command.Choice{Word: word, Means: k.Material.Class.Name() + " " + k.Material.Type.Show(), Space: true})
		}
	}
	return choices
}

// settingChoices lists what --attributes takes: names, and of a name that stands there its values.
func settingChoices(typed string) (choices []command.Choice) {
	for _, row := range attr.Table {
		if row.Asked == 0 {
			continue
		}
		if row.Kind != attr.Bool {
			choices = append(choices, command.Choice{Word: row.CLI + "=", Means: row.Means})
			continue
		}
		choices = append(choices, command.Choice{Word: row.CLI + "=true", Means: row.Means, Space: true},
			command.Choice{Word: row.CLI + "=false", Means: row.Means, Space: true})
	}
	return choices
}

// changeable lists the attributes that somebody may change.
func changeable() (choices []command.Choice) {
	for _, row := range attr.Table {
		if row.Later[0].Set != attr.Nobody || row.Later[1].Set != attr.Nobody {
			choices = append(choices, command.Choice{Word: row.CLI, Means: row.Means, Space: true})
		}
	}
	return choices
}

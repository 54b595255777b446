package kmu

import (
	"strings"

	"hsmplay/core/cluster"
	"hsmplay/core/command"
	"hsmplay/core/hsm"
	"hsmplay/core/voice"
)

// loginLine logs a crypto user in: with his toy password, the documentation's user first, or with
// one that is asked for. It is "" where there is no crypto user.
func (t *Tool) loginLine() string {
	if t.client == nil {
		return ""
	}
	switch u, password := t.client.Seeded(hsm.CU); {
	case u == nil:
		return ""
	case password != "":
		return "loginHSM -u CU -s " + u.Name + " -p " + password
	default:
		return "loginHSM -u CU -s " + u.Name + " -hpswd"
	}
}

// seededLine is what loginLine is in a fresh cluster, and what the notes about logins show.
var seededLine = "loginHSM -u CU -s " + cluster.Seeds[2].Name + " -p " + cluster.Seeds[2].Password

// asSeeded returns a note that shows the fresh cluster's login, or where that does not work, one
// that shows what does.
func (t *Tool) asSeeded(seeded voice.Note) voice.Note {
	switch line := t.loginLine(); {
	case t.cluster.State() != cluster.Active:
		return voice.Say(voice.NotActiveYet)
	case line == "":
		return voice.Say(voice.NoCryptoUsers)
	case line != seededLine:
		return voice.Say(voice.LogInAs, "login", line)
	}
	return seeded
}

// unknownUser explains a name that no crypto user has.
func (t *Tool) unknownUser(name string) voice.Note {
	if there, known := t.client.Elsewhere(hsm.CU, name); known {
		return voice.Say(voice.UserOfOtherCluster, "name", name, "ip", there.IP, "here", t.client.Node(), "there", there.Node)
	}
	note := t.asSeeded(voice.Say(voice.UnknownUser, "name", name))
	if note.ID == voice.LogInAs {
		note = voice.Say(voice.UnknownHere, "name", name)
	}
	if note.Has("name") {
		note.Args = append(note.Args, "line", t.loginMeant(name))
	}
	return note
}

// loginMeant is the login of the one crypto user whose name is nearly this, "" for none.
func (t *Tool) loginMeant(name string) string {
	var names []string
	for _, u := range t.client.Everybody() {
		if u.Type == hsm.CU {
			names = append(names, u.Name)
		}
	}
	if near := command.Nearest(strings.Trim(name, "'"), names); len(near.Names) == 1 {
		return "loginHSM -u CU -s " + near.Names[0] + " -hpswd"
	}
	return ""
}

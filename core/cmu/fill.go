package cmu

import (
	"fmt"
	"slices"
	"strings"

	"hsmplay/core/attr"
	"hsmplay/core/cluster"
	"hsmplay/core/command"
	"hsmplay/core/hsm"
)

// fillings are the values of blanks, by command and parameter, or by parameter. Whom a user is
// deleted or given a password says the learner alone.
var fillings = map[string]func(*Tool, command.Place) []string{
	"user-type": (*Tool).typeFor, "createUser user-type": func(*Tool, command.Place) []string { return []string{"CU", "CO"} },
	"loginHSM user-name": (*Tool).loginNames, "createUser user-name": (*Tool).freshName, "deleteUser user-name": none, "changePswd user-name": none,
	"getToken user-name": (*Tool).self, "user name": (*Tool).self, "registerQuorumPubKey user-name": (*Tool).self,
	"key handle": (*Tool).handles, "attribute id": (*Tool).attributes, "value": (*Tool).values, "service": func(*Tool, command.Place) []string { return []string{"3", "4"} },
	"shareKey user id": (*Tool).sharers, "findAllKeys user id": (*Tool).owners, "findAllKeys key hash": func(*Tool, command.Place) []string { return []string{"1", "0"} },
	"syncUser user ID": none, "server ID": (*Tool).otherServers, "destination hsm": (*Tool).otherServers,
	"server-number": (*Tool).serverNumbers, "server id": (*Tool).serverNumbers,
	"approval file": none, "registration-token": none, "signed-registration-token": none, "public-key": none, "private key file": none,
}

func none(*Tool, command.Place) []string { return nil }

// fill gives the values of a blank with which a line works, the best first.
func fill(t *Tool, at command.Place) (values []string, asked bool) {
	for _, key := range []string{at.Command + " " + at.Param.Value, at.Param.Value} {
		if f := fillings[key]; f != nil {
			return f(t, at), true
		}
	}
	return nil, at.Param.Kind == command.Path
}

// takes gives the types of users that the commands take: the others belong to the service.
func takes(t *Tool, at command.Place) []string {
	switch {
	case at.Param.Value != "user-type":
		return nil
	case t.cluster.State() != cluster.Active:
		return []string{string(hsm.PRECO)}
	}
	return []string{string(hsm.CO), string(hsm.CU)}
}

// people are the users of the servers who have a type, each once.
func (t *Tool) people(is func(*hsm.User) bool) []*hsm.User {
	var list []*hsm.User
	for _, s := range t.targets() {
		for _, u := range s.link.Everybody() {
			if is(u) && !slices.ContainsFunc(list, func(o *hsm.User) bool { return o.ID == u.ID }) {
				list = append(list, u)
			}
		}
	}
	return list
}

// typeFor is the type of the user who is named, else that of the first officer.
func (t *Tool) typeFor(at command.Place) []string {
	name := at.Given("user-name")
	for _, u := range t.people(func(u *hsm.User) bool { return strings.EqualFold(u.Name, name) }) {
		return []string{typeShown(u)}
	}
	if name != "" {
		return nil
	}
	for _, u := range t.people(func(u *hsm.User) bool { return u.Type == hsm.CO || u.Type == hsm.PRECO }) {
		return []string{typeShown(u)}
	}
	return nil
}

// loginNames are the users of the type that is given, officers without one.
func (t *Tool) loginNames(at command.Place) []string {
	var names []string
	given := typeGiven(at.Given("user-type"))
	for _, u := range t.people(func(u *hsm.User) bool {
		return !u.Locked() && (u.Type == given || given == "" && (u.Type == hsm.CO || u.Type == hsm.PRECO))
	}) {
		names = append(names, u.Name)
	}
	return names
}

// freshName is a name that nobody has.
func (t *Tool) freshName(command.Place) []string {
	for i := 1; ; i++ {
		name := "new_user"
		if i > 1 {
			name += fmt.Sprint(i)
		}
		if !t.has(name) {
			return []string{name}
		}
	}
}

func (t *Tool) self(command.Place) []string {
	if u := t.user(); u != nil {
		return []string{u.Name}
	}
	return nil
}

// handles are the token keys that the user can do something with, the newest first.
func (t *Tool) handles(command.Place) []string {
	var list []string
	for _, c := range t.liveHandles() {
		list = append(list, c.Word)
	}
	slices.Reverse(list)
	return list
}

// attributes are those that a command shows or, as the user, changes.
func (t *Tool) attributes(at command.Place) []string {
	all := []string{"512"}
	if at.Command == setAttribute.Name {
		all = nil
	}
	for _, row := range attr.Table {
		if row.Changeable() && (at.Command != setAttribute.Name || (row.Set == attr.Officer) == t.isType(hsm.CO)) {
			all = append(all, fmt.Sprint(uint32(row.Attr)))
		}
	}
	return all
}

// values are those of the attribute that is given.
func (t *Tool) values(at command.Place) []string {
	if at.Given("attribute id") == fmt.Sprint(uint32(attr.Label)) {
		return []string{"new_label"}
	}
	return []string{"1", "0"}
}

// sharers are the ids of the other crypto users.
func (t *Tool) sharers(command.Place) []string {
	var ids []string
	me := t.user()
	for _, u := range t.people(func(u *hsm.User) bool { return u.Type == hsm.CU && (me == nil || u.ID != me.ID) }) {
		ids = append(ids, userID(u))
	}
	return ids
}

// owners are the ids of the crypto users.
func (t *Tool) owners(command.Place) []string {
	var ids []string
	for _, u := range t.people(func(u *hsm.User) bool { return u.Type == hsm.CU }) {
		ids = append(ids, userID(u))
	}
	return ids
}

func (t *Tool) serverNumbers(command.Place) []string {
	var list []string
	for _, s := range t.servers {
		if s.connected() {
			list = append(list, fmt.Sprint(s.number))
		}
	}
	return list
}

// otherServers are those that a copy can go to.
func (t *Tool) otherServers(at command.Place) []string {
	return slices.DeleteFunc(t.serverNumbers(at), func(n string) bool { return n == fmt.Sprint(t.mode) })
}

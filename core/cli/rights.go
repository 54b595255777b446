package cli

import (
	"strings"

	"hsmplay/core/command"
	"hsmplay/core/hsm"
)

// right is who may run a command: the answer to somebody who may not, nil for one who may. It comes
// before files, filters and values (spec/cloudhsm-cli.md 2.12).
type right func(*link) *command.Outcome

// anybody is who is logged in.
func anybody(l *link) *command.Outcome { return need(l, "") }

// cryptoUserOnly is a crypto user, adminOnly an admin.
func cryptoUserOnly(l *link) *command.Outcome { return need(l, hsm.CU) }
func adminOnly(l *link) *command.Outcome      { return need(l, hsm.CO) }

// adminOrSelf is an admin, or the very user whom a line names.
func adminOrSelf(args command.Args) right {
	return func(l *link) *command.Outcome {
		if u := l.client.Login; u != nil && u.Type == hsm.InRole(args.Text("--role")) && strings.EqualFold(u.Name, args.Text("--username")) {
			return nil
		}
		return need(l, hsm.CO)
	}
}

// need is the answer where nobody is logged in, or somebody in another role than a command is for;
// "" is any.
func need(l *link, kind hsm.UserType) *command.Outcome {
	var err error
	switch {
	case l.client.Login == nil:
		err = wanted{kind: kind}
	case kind == "" || l.client.Login.Type == kind:
		return nil
	default:
		err = hsm.NotPermitted
	}
	out := refused(err)
	return &out
}

// wanted is the error where nobody is logged in and somebody in a role is needed; "" is any.
type wanted struct {
	kind   hsm.UserType
	prefix string // begins the names of the variables that log in there
}

func (w wanted) Error() string { return hsm.NotLoggedIn.Error() }

// Unwrap returns the code.
func (w wanted) Unwrap() error { return hsm.NotLoggedIn }

package cmu

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"hsmplay/core/cluster"
	"hsmplay/core/command"
	"hsmplay/core/hsm"
	"hsmplay/core/retcode"
	"hsmplay/core/voice"
)

var createUser = row{Spec: command.Spec[*Tool]{Name: "createUser", Means: "makes a user on every server",
	Params: []command.Param{newTypeParam, newNameParam, passwordParam, hiddenParam, secondParam}, Run: (*Tool).createUser},
	synopsis: "createUser <user-type> <user-name> <password |-hpswd> [-2fa </path/to/authdata>]", in: globalMode | serverMode}

var changePswd = row{Spec: command.Spec[*Tool]{Name: "changePswd", Means: "changes a password on every server, and so unlocks the user",
	Params: []command.Param{newTypeParam, nameParam, passwordParam, hiddenParam, secondParam}, Run: (*Tool).changePswd},
	synopsis: "changePswd <user-type> <user-name> <password |-hpswd> [-2fa </path/to/authdata>]", in: globalMode | serverMode}

var deleteUser = row{Spec: command.Spec[*Tool]{Name: "deleteUser", Means: "deletes a user on every server, without asking",
	Params: []command.Param{typeParam, nameParam}, Run: (*Tool).deleteUser},
	synopsis: "deleteUser <user-type> <user-name>", in: globalMode | serverMode}

var listUsers = row{Spec: command.Spec[*Tool]{Name: "listUsers", Means: "lists the users of each server", Run: (*Tool).listUsers},
	synopsis: "listUsers", in: globalMode | serverMode, plain: true}

var newNameParam = command.Param{Value: "user-name", Example: "new_user",
	Means: "a name of 1 to 31 letters, digits and underscores"}

// createUser makes a user (spec/cmu.md 3.3).
func (t *Tool) createUser(args command.Args) command.Outcome {
	kind, name, file := args.Text("user-type"), args.Text("user-name"), args.Text("-2fa")
	if err := hsm.CheckName(name); err != nil {
		return before(err, "Invalid user name", voice.Say(voice.CMUBadName, "max", hsm.NameMax, "line", createLine(kind, name)))
	}
	if refused := onlyOfficers(kind, file); refused != nil {
		return *refused
	}
	return newPassword("createUser", args, askedNew, func(password string) command.Outcome {
		user := hsm.NewUser{Type: typeGiven(kind), Name: name, Secret: t.cluster.NewSecret(password)}
		return t.signed(action{name: "createUser", head: "Creating User " + name + "(" + kind + ")",
			failed: "creating user on ", ended: " failed", ask: retryIgnoreAbort, shared: true,
			note: t.newlyNamed("createUser", name, kind, len(password))},
			file, true, func(at *server, f *hsm.SecondFactor) error {
				row := user
				row.Second = f
				return cluster.FirstError(at.link.CreateUser(row))
			})
	})
}

// createLine is the line that makes a user whose name has no signs that it may not have.
func createLine(kind, name string) string {
	fit := strings.Trim(strings.Map(func(r rune) rune {
		if hsm.CheckName(string(r)) != nil {
			return '_'
		}
		return r
	}, name), "_")
	if fit == "" {
		return ""
	}
	return "createUser " + kind + " " + fit[:min(len(fit), hsm.NameMax)] + " -hpswd"
}

// changePswd changes a password (spec/cmu.md 3.2).
func (t *Tool) changePswd(args command.Args) command.Outcome {
	kind, name, file := args.Text("user-type"), args.Text("user-name"), args.Text("-2fa")
	if refused := onlyOfficers(kind, file); refused != nil {
		return *refused
	}
	return newPassword("changePswd", args, askedChanged, func(password string) command.Outcome {
		secret := t.cluster.NewSecret(password)
		had := t.hasFactor(typeGiven(kind), name)
		out := t.signed(action{name: "changePswd", head: "Changing password for " + name + "(" + kind + ")",
			failed: "changing password on ", ended: " failed", ask: retryIgnoreAbort, shared: true,
			note: t.newlyNamed("changePswd", name, kind, len(password)), after: t.activation()},
			file, true, func(at *server, f *hsm.SecondFactor) error {
				row := secret
				row.Second = f
				return cluster.FirstError(at.link.ChangePassword(typeGiven(kind), name, row))
			})
		if had && file == "" && out.Err == nil && out.Ask == nil {
			out.Notes = append(out.Notes, voice.Say(voice.CMUFactorGone, "name", name, "type", kind))
		}
		return out
	})
}

// hasFactor reports whether a user has a second factor on any server.
func (t *Tool) hasFactor(userType hsm.UserType, name string) bool {
	return slices.ContainsFunc(t.servers, func(at *server) bool {
		u := t.known(at, userType, name)
		return u != nil && u.TwoFA != nil
	})
}

// onlyOfficers refuses a second factor for others (spec/cmu.md 3.3).
func onlyOfficers(kind, file string) *command.Outcome {
	if file == "" || kind != "CU" && kind != "AU" {
		return nil
	}
	out := local("2FA is supported for CO users only", voice.Say(voice.CMUSecondForOfficers))
	return &out
}

// newPassword gets a new password and shows the CAUTION block. Of one that is too short or too long
// the HSMs are asked all the same: what they answer is documented.
func newPassword(name string, args command.Args, asked []string, then func(password string) command.Outcome) command.Outcome {
	asks := ""
	if asksMeant(args) {
		asks = name + " " + args.Text("user-type") + " " + args.Text("user-name") + " -hpswd"
	}
	return secretly(args, asked, func(password string, _ bool) command.Outcome {
		var refusal hsm.Refusal
		if errors.As(hsm.OlderPasswords.Check(password), &refusal) && refusal.Reason == hsm.PasswordLetters {
			return before(refusal, "Invalid password", voice.Say(voice.CMUPasswordLetters, "line", asks))
		}
		return cautiously(func() command.Outcome { return then(password) })
	})
}

// deleteUser deletes a user at once (spec/cmu.md 3.5).
func (t *Tool) deleteUser(args command.Args) command.Outcome {
	kind, name := args.Text("user-type"), args.Text("user-name")
	gone := map[int]hsm.Deleted{}
	return t.sweep(action{name: "deleteUser", head: "Deleting user " + name + "(" + kind + ")",
		ask: retryRollBackIgnore, shared: true, agreed: retcode.UserNotReady, note: t.named("deleteUser", name, kind),
		do: func(at *server) (report, error) {
			deleted, err := cluster.Value(at.link.DeleteUser(typeGiven(kind), name))
			gone[at.number] = deleted
			return report{}, err
		},
		undo: func(at *server) { at.link.Undelete(gone[at.number]) }})
}

// The layout of listUsers, with the tool's own tabs (spec/cmu.md 2.4).
const (
	usersHead    = "Users on %s:\nNumber of users found:%d\n\n"
	usersColumns = "    User Id    \t\tUser Type      \tUser Name      \t\t\t   MofnPubKey  \t LoginFailureCnt       \t 2FA\n"
	usersRow     = "%10d     \t\t%-7s\t\t%-39s\t%3s%16d    \t       \t%4s\n"
)

func (t *Tool) listUsers(command.Args) command.Outcome {
	return t.sweep(action{name: "listUsers", do: func(at *server) (report, error) {
		users, err := at.link.Users()
		var b strings.Builder
		fmt.Fprintf(&b, usersHead, at.label(), len(users))
		b.WriteString(usersColumns)
		for _, u := range users {
			fmt.Fprintf(&b, usersRow, u.ID, typeShown(u), u.Name, yes(u.Quorum != nil), u.Failures, yes(u.TwoFA != nil))
		}
		return report{before: b.String(), silent: true}, err
	}})
}

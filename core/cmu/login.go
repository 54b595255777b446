package cmu

import (
	"errors"
	"slices"
	"strings"

	"hsmplay/core/cluster"
	"hsmplay/core/command"
	"hsmplay/core/hsm"
	"hsmplay/core/retcode"
	"hsmplay/core/voice"
)

var loginHSM = row{Spec: command.Spec[*Tool]{Name: "loginHSM", Means: "logs in on every server",
	Params: []command.Param{typeParam, nameParam, passwordParam, hiddenParam, secondParam}, Run: (*Tool).loginHSM},
	synopsis: "loginHSM <user-type> <user-name> <password |-hpswd> [-2fa </path/to/authdata>]", in: globalMode | serverMode}

var logoutHSM = row{Spec: command.Spec[*Tool]{Name: "logoutHSM", Means: "ends the login on every server; quorum tokens are gone then",
	Run: (*Tool).logoutHSM}, synopsis: "logoutHSM", in: globalMode | serverMode}

// loginHSM tries every server, whatever the others answer (spec/cmu.md 3.18).
func (t *Tool) loginHSM(args command.Args) command.Outcome {
	userType, name, file := typeGiven(args.Text("user-type")), args.Text("user-name"), args.Text("-2fa")
	asks := ""
	if asksMeant(args) {
		asks = "loginHSM " + args.Text("user-type") + " " + name + " -hpswd"
	}
	return secretly(args, askedOnce, func(password string, asked bool) command.Outcome {
		prove := cluster.Prove(password)
		out := t.signed(action{name: "loginHSM",
			note: func(at *server, err error) *voice.Note {
				return t.loginNote(at, err, userType, name, file != "", asks)
			},
		}, file, false, func(at *server, f *hsm.SecondFactor) error {
			return cluster.FirstError(at.link.LogInSigned(userType, name, prove, f))
		})
		if asked && file == "" {
			out.Text = "\n" + out.Text
		}
		return out
	})
}

// asksMeant reports whether a password is -hpswd with another dash, or with a slip in it.
func asksMeant(args command.Args) bool {
	word := strings.TrimLeft(args.Text("password"), "-\u2010\u2011\u2012\u2013\u2014\u2212")
	return command.Nearest(word, []string{strings.TrimPrefix(hiddenParam.Flag, "-")}).How != command.Far
}

// loginNote explains a refused login; asks is the line that asks for the password, where that was meant.
func (t *Tool) loginNote(at *server, err error, userType hsm.UserType, name string, second bool, asks string) *voice.Note {
	u := t.known(at, userType, name)
	var note voice.Note
	switch {
	case errors.Is(err, retcode.NoSuchUser):
		note = t.unknownLogin(at, userType, name)
	case !errors.Is(err, retcode.LoginFailure) || u == nil:
		return nil
	case u.Locked():
		note = voice.Say(voice.CMULocked, "name", u.Name, "type", u.Type, "server", at.number)
	case u.TwoFA != nil && !second:
		note = voice.Say(voice.CMUSecondNeeded, "name", u.Name)
	case u.TwoFA != nil:
		note = voice.Say(voice.CMUWrongFactor, "name", u.Name, "server", at.number, "left", hsm.LoginsWrongMax-u.Failures)
	default:
		note = voice.Say(voice.CMUWrongPassword, "name", u.Name, "server", at.number, "left", hsm.LoginsWrongMax-u.Failures, "line", asks)
	}
	return &note
}

// unknownLogin explains a name that nobody of the type has on a server: another server may know it,
// or somebody of another type may have it.
func (t *Tool) unknownLogin(at *server, userType hsm.UserType, name string) voice.Note {
	for _, other := range t.servers {
		if u := t.known(other, userType, name); u != nil {
			return voice.Say(voice.CMUUserElsewhere, "name", u.Name, "server", at.number, "other", other.number, "id", u.ID)
		}
	}
	for _, other := range []hsm.UserType{hsm.PRECO, hsm.CO, hsm.CU} {
		if u := t.known(at, other, name); u != nil {
			return voice.Say(voice.CMUOtherType, "name", u.Name, "type", u.Type, "given", userType)
		}
	}
	return voice.Say(voice.CMUUnknownUser, "name", name, "line", loginMeant(at, name))
}

// loginMeant is the login of the one user of a server whose name is nearly this, "" for none.
func loginMeant(at *server, name string) string {
	var names []string
	users := at.link.Everybody()
	for _, u := range users {
		if u.Type == hsm.CO || u.Type == hsm.CU {
			names = append(names, u.Name)
		}
	}
	near := command.Nearest(strings.Trim(name, "\"'"), names)
	if len(near.Names) != 1 {
		return ""
	}
	i := slices.IndexFunc(users, func(u *hsm.User) bool { return u.Name == near.Names[0] })
	return "loginHSM " + string(users[i].Type) + " " + users[i].Name + " -hpswd"
}

// known returns the user of a type with a name on a server, nil for none.
func (t *Tool) known(at *server, userType hsm.UserType, name string) *hsm.User {
	if !at.connected() {
		return nil
	}
	return at.link.UserNamed(userType, name)
}

func (t *Tool) logoutHSM(command.Args) command.Outcome {
	return t.sweep(action{name: "logoutHSM", do: func(at *server) (report, error) {
		return report{}, cluster.FirstError(at.link.LogOut())
	}})
}

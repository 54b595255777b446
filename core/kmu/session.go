package kmu

import (
	"errors"
	"fmt"

	"hsmplay/core/cluster"
	"hsmplay/core/command"
	"hsmplay/core/hsm"
	"hsmplay/core/retcode"
	"hsmplay/core/voice"
)

var loginHSM = command.Spec[*Tool]{Name: "loginHSM", Summary: "Login to the HSM", Means: "logs a crypto user in on every HSM",
	Params: []command.Param{
		{Flag: "-u", Value: "user type", Example: "CU", Help: `specifies the user type as "CU"`,
			Means: "the type of user; only crypto users log in here",
			Values: []command.Value{{Word: "CU", Means: "crypto user: owns and uses keys"}, {Word: "CO", Means: "officer: refused here"},
				{Word: "PCO", Means: "first officer: refused here"}, {Word: "AU", Means: "appliance user: refused here"},
				{Word: "PRECO", Means: "officer before activation: refused here"}}},
		{Flag: "-s", Value: "username", Kind: command.User, Help: "specifies the user name", Means: "the user's name",
			Example: "example_user"},
		{Flag: "-p", Value: "password", Kind: command.Secret, OneOf: "password", Help: "specifies the user password",
			Means: "the password, readable on the screen and in the history", Example: "aws"},
		{Flag: "-hpswd", Kind: command.Switch, Over: true, OneOf: "password", Help: "asks for the user password without showing it",
			Means: "asks for the password and does not show it"},
	}, Run: (*Tool).loginHSM}

var logoutHSM = command.Spec[*Tool]{Name: "logoutHSM", Summary: "Logout from the HSM",
	Means: "ends the login; session keys are gone then", Run: (*Tool).logoutHSM}

var loginStatus = command.Spec[*Tool]{Name: "loginStatus", Summary: "Gets the Login Information",
	Means: "says who is logged in", Run: (*Tool).loginStatus}

var listUsers = command.Spec[*Tool]{Name: "listUsers", Summary: "Lists all users of a partition",
	Means: "lists the users of the cluster", Run: (*Tool).listUsers}

func (t *Tool) loginHSM(args command.Args) command.Outcome {
	log := func(password string) command.Outcome {
		return t.login(args, password)
	}
	if args.Has("-p") {
		return log(args.Text("-p"))
	}
	return command.Outcome{Text: "\n", Ask: &command.Question{Prompt: "Enter password: ", Hidden: true, Then: log}}
}

// login logs in, and says who has refused.
func (t *Tool) login(args command.Args, password string) command.Outcome {
	before := t.client.Login
	answers := t.client.LogIn(hsm.UserType(args.Text("-u")), args.Text("-s"), password)
	out := t.printLogin(answers)
	out.Notes = append(out.Notes, t.loginNotes(args, out.Err, before)...)
	var refused []int
	for _, a := range answers {
		if a.Err != nil {
			refused = append(refused, a.Node)
		}
	}
	if out.Err == nil && refused != nil {
		out.Notes = append(out.Notes, voice.Say(voice.LoginRefusedBy, "hsms", voice.HSMs(refused)))
	}
	return out
}

func (t *Tool) printLogin(answers []cluster.Answer) command.Outcome {
	err := t.verdict(answers)
	if t.client.Login != nil && anySuccess(answers) {
		err = nil
	}
	return (&output{}).returned("Cfm3LoginHSM", err).cluster(t.wording(), answers).outcome()
}

// verdict is the first refusal among the answers of all HSMs, or why none has answered.
func (t *Tool) verdict(answers []cluster.Answer) error {
	if len(answers) == 0 {
		if err := t.client.Fault(); err != nil {
			return err
		}
	}
	return cluster.FirstError(answers)
}

func anySuccess(answers []cluster.Answer) bool {
	for _, a := range answers {
		if a.Err == nil {
			return true
		}
	}
	return false
}

// loginNotes explains a refused login.
func (t *Tool) loginNotes(args command.Args, err error, before *cluster.Login) []voice.Note {
	if notes := t.why(args, err); notes != nil {
		return notes
	}
	name := args.Text("-s")
	switch {
	case errors.Is(err, retcode.NoSuchUser):
		return []voice.Note{t.unknownUser(name)}
	case errors.Is(err, retcode.LoginFailure):
		return []voice.Note{t.wrongPassword(name)}
	case err == nil && before != nil:
		return []voice.Note{voice.Say(voice.LoggedInAlready, "user", before.Name)}
	}
	return nil
}

func (t *Tool) wrongPassword(name string) voice.Note {
	u := t.client.UserNamed(hsm.CU, name)
	switch {
	case u == nil:
		return t.unknownUser(name)
	case u.Locked():
		return voice.Say(voice.UserLocked, "name", u.Name)
	}
	return voice.Say(voice.WrongPassword, "name", u.Name, "count", u.Failures)
}

func (t *Tool) logoutHSM(command.Args) command.Outcome {
	kept, user := len(t.client.InSession(t.client.Session)), t.User()
	answers := t.client.LogOut()
	out := (&output{}).returned("Cfm3LogoutHSM", t.verdict(answers)).cluster(t.wording(), answers).outcome()
	switch {
	case out.Err == nil && kept > 0:
		out.Notes = append(out.Notes, voice.Say(voice.SessionKeysGone, "count", kept))
	case errors.Is(out.Err, retcode.UserNotReady) && user != "" && t.User() == "":
		out.Notes = append(out.Notes, voice.Say(voice.LoggedOutHalf, "user", user))
	}
	return out
}

// loginStatus prints local state only (spec/kmu.md 3.6, provisional).
func (t *Tool) loginStatus(command.Args) command.Outcome {
	if t.client.Login == nil {
		return (&output{}).add(indent + "Not logged in").outcome()
	}
	return (&output{}).add(fmt.Sprintf("%sLogged in as %s: %s", indent, t.client.Login.Type, t.client.Login.Name)).outcome()
}

// listUsers prints one list for the whole cluster (spec/kmu.md 3.5).
func (t *Tool) listUsers(args command.Args) command.Outcome {
	const api = "Cfm3ListUsers"
	users, err := t.client.Users()
	if err != nil {
		return t.denied(args, denial{api: api, err: err})
	}
	a := (&output{}).add(indent + fmt.Sprintf(t.wording().UsersFound, len(users)))
	lines := []string{indent + "Index       User ID     User Type       User Name           MofnPubKey    LoginFailureCnt         2FA"}
	for i, u := range users {
		lines = append(lines, fmt.Sprintf("        %-12d%6d      %-16s%-26s%-17s%d               %s", i+1, u.ID, typeShown(u), u.Name,
			yes(u.Quorum != nil), u.Failures, yes(u.TwoFA != nil)))
	}
	return a.add(lines...).returned(api, nil).outcome()
}

// typeShown is the type of a user as this tool prints it: the first officer is PCO here
// (spec/README.md 2).
func typeShown(u *hsm.User) string {
	if u.First && u.Type == hsm.CO {
		return "PCO"
	}
	return string(u.Type)
}

func yes(b bool) string {
	if b {
		return "YES"
	}
	return "NO"
}

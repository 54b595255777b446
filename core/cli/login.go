package cli

import (
	"strings"

	"hsmplay/core/cluster"
	"hsmplay/core/command"
	"hsmplay/core/hsm"
	"hsmplay/core/retcode"
)

var loginParams = params(usernameParam("Username to access the Cluster"), roleParam, passwordParam)

var login = command.Spec[*Tool]{Name: "login", Usage: "cloudhsm-cli login [OPTIONS] --username <USERNAME> --role <ROLE> [COMMAND]",
	Summary: "Login to your cluster", Params: loginParams, Run: (*Tool).login}

var loginMFA = command.Spec[*Tool]{Name: "login mfa-token-sign", Usage: "login --username <USERNAME> --role <ROLE> mfa-token-sign --token <TOKEN>",
	Summary: "Login with token-sign mfa", Run: (*Tool).loginMFA,
	Params: params(unlisted(loginParams[1]), unlisted(roleParam), unlisted(passwordParam),
		command.Param{Flag: "--token", Value: "TOKEN", Kind: command.Output, Help: "Filepath where the unsigned token file will be written"})}

var logout = command.Spec[*Tool]{Name: "logout", Usage: "logout", Summary: "Logout of your cluster", Params: params(), Run: (*Tool).logout}

// who is what commands about a user answer with.
type who struct {
	Username string `json:"username"`
	Role     string `json:"role"`
}

func (t *Tool) login(args command.Args) command.Outcome {
	return t.on(args, func(l *link) command.Outcome {
		if l.client.User() != nil {
			return failed(retcode.LoginFailure, loggedInHere)
		}
		return secret(args, "--password", func(password string) command.Outcome {
			return t.logIn(l, args.Text("--role"), args.Text("--username"), password)
		})
	})
}

// logIn logs in on every HSM of a cluster; one will do.
func (t *Tool) logIn(l *link, role, name, password string) command.Outcome {
	answers := l.client.LogInSigned(typeOf(role), name, cluster.Prove(password), nil)
	if err := cluster.Accepted(answers); err != nil {
		return failed(err, badCredentials)
	}
	u := l.client.User()
	return answer(who{strings.ToLower(u.Name), roleOf(u.Type)})
}

func (t *Tool) loginMFA(command.Args) command.Outcome { return command.Outcome{} }

func (t *Tool) logout(args command.Args) command.Outcome {
	return t.on(args, func(l *link) command.Outcome {
		if err := cluster.FirstError(l.client.LogOut()); err != nil {
			return failed(err, notLoggedIn)
		}
		return answer("Logout successful")
	})
}

// enter logs in whom the environment names, in a program for one command.
func (t *Tool) enter() command.Outcome {
	role, pin := t.host.Env("CLOUDHSM_ROLE"), t.host.Env("CLOUDHSM_PIN")
	if role == "" || pin == "" {
		return command.Outcome{}
	}
	name, password, ok := strings.Cut(pin, ":")
	if !ok || role != admin && role != cryptoUser {
		return failed(retcode.Local, badEnvironment)
	}
	out := command.Outcome{}
	for _, l := range t.links {
		if out = t.logIn(l, role, name, password); out.Err != nil {
			return out
		}
	}
	return command.Outcome{}
}

// secret asks for a password that the line does not have, once.
func secret(args command.Args, flag string, then func(string) command.Outcome) command.Outcome {
	if args.Has(flag) {
		return then(args.Text(flag))
	}
	return command.Outcome{Ask: &command.Question{Prompt: "Enter password:", Hidden: true, Then: func(password string) command.Outcome {
		out := then(password)
		out.Text = "\n" + out.Text
		return out
	}}}
}

// roles are what the types of users are called here.
var roles = []struct {
	of   hsm.UserType
	name string
}{{hsm.CO, admin}, {hsm.CU, cryptoUser}, {hsm.PRECO, "unactivated-admin"}, {hsm.AU, "internal(APPLIANCE_USER)"}}

// roleOf is what a type of user is called.
func roleOf(u hsm.UserType) string {
	for _, row := range roles {
		if row.of == u {
			return row.name
		}
	}
	return string(u)
}

// typeOf is the type of a role.
func typeOf(role string) hsm.UserType {
	for _, row := range roles {
		if row.name == role {
			return row.of
		}
	}
	return hsm.CU
}

package cli

import (
	"errors"
	"strings"

	"hsmplay/core/cluster"
	"hsmplay/core/command"
	"hsmplay/core/hsm"
	"hsmplay/core/retcode"
	"hsmplay/core/voice"
)

var loginParams = params(usernameParam("Username to access the Cluster"), roleParam, passwordParam)

var login = command.Spec[*Tool]{Name: "login", Usage: "cloudhsm-cli login [OPTIONS] --username <USERNAME> --role <ROLE> [COMMAND]",
	Summary: "Login to your cluster", Params: loginParams, Run: (*Tool).login}

var loginMFA = command.Spec[*Tool]{Name: "login mfa-token-sign", Usage: "login --username <USERNAME> --role <ROLE> mfa-token-sign --token <TOKEN>",
	Summary: "Login with token-sign mfa", Run: (*Tool).loginMFA,
	Params: params(before(loginParams[1]), before(roleParam), before(passwordParam),
		command.Param{Flag: "--token", Value: "TOKEN", Kind: command.Output, Help: "Filepath where the unsigned token file will be written"})}

var logout = command.Spec[*Tool]{Name: "logout", Usage: "logout", Summary: "Logout of your cluster", Run: (*Tool).logout,
	Params: params(command.Param{Flag: "--version", Also: "-V", Kind: command.Switch, Optional: true, Help: "Print version information"})}

// who is what commands about a user answer with.
type who struct {
	Username string `json:"username"`
	Role     string `json:"role"`
}

// whoIs is the answer of a command about a user: his name in small letters.
func whoIs(name string, kind hsm.UserType) command.Outcome {
	return answer(who{strings.ToLower(name), kind.Role()})
}

func (t *Tool) login(args command.Args) command.Outcome {
	return t.at(args, func(l *link) command.Outcome {
		if l.client.Login != nil {
			return failed(retcode.LoginFailure, loggedInAlready)
		}
		return secret(args, "--password", func(password string) command.Outcome { return t.authenticate(l, args, password, nil) })
	})
}

// authenticate logs in whom a line names.
func (t *Tool) authenticate(l *link, args command.Args, password string, second *cluster.Response) command.Outcome {
	who := cluster.Credentials{Type: hsm.InRole(args.Text("--role")), Name: args.Text("--username"), Password: password, Second: second}
	if _, err := l.client.Authenticate(who); err != nil {
		if second == nil && l.client.NeedsSecond(who.Type, who.Name) {
			return factorWanted(err, who)
		}
		return failed(err, badCredentials)
	}
	t.recent = l.id
	return whoIs(l.client.Login.Name, l.client.Login.Type)
}

// loginMFA logs in with a second factor: it writes what is to be signed, and asks for it.
func (t *Tool) loginMFA(args command.Args) command.Outcome {
	return t.at(args, func(l *link) command.Outcome {
		if l.client.Login != nil {
			return failed(retcode.LoginFailure, loggedInAlready)
		}
		return secret(args, "--password", func(password string) command.Outcome {
			return t.signedChallenges(l, args.Text("--token"), func(signed []cluster.Signed) command.Outcome {
				return t.authenticate(l, args, password, &cluster.Response{Signed: signed})
			})
		})
	})
}

func (t *Tool) logout(args command.Args) command.Outcome {
	if args.Has("--version") {
		return t.version(args)
	}
	return t.at(args, func(l *link) command.Outcome {
		if err := l.client.SignOut(); err != nil {
			return refused(err)
		}
		t.recent = ""
		return answer("Logout successful")
	})
}

// enter logs in whom the environment names, in a program for one command; prefix begins the names
// of the variables.
func (t *Tool) enter(l *link, prefix string) command.Outcome {
	role, pin := t.host.Env(prefix+"CLOUDHSM_ROLE"), t.host.Env(prefix+"CLOUDHSM_PIN")
	if !t.single || l.client.Login != nil || role == "" || pin == "" {
		return command.Outcome{}
	}
	name, password, ok := strings.Cut(pin, ":")
	kind := hsm.InRole(role)
	if !ok || kind != hsm.CO && kind != hsm.CU {
		return failed(retcode.Local, badEnvironment)
	}
	who := cluster.Credentials{Type: kind, Name: name, Password: password}
	if _, err := l.client.Authenticate(who); err != nil {
		if l.client.NeedsSecond(kind, name) {
			return factorWanted(err, who)
		}
		return failed(err, badCredentials)
	}
	return command.Outcome{}
}

// factorWanted is the answer to a password alone, of somebody with a second factor.
func factorWanted(err error, who cluster.Credentials) command.Outcome {
	name := strings.ToLower(who.Name)
	line := "login --username " + name + " --role " + who.Type.Role() + " mfa-token-sign --token login.json"
	return failed(err, factorMissing, voice.Say(voice.CLIFactor, "user", name, "line", line))
}

// The questions, as they are documented (spec/cloudhsm-cli.md 1.4).
const (
	askPassword = "Enter password:"
	askAgain    = "Confirm password:"
	askSigned   = "Enter signed token file path (press enter if same as the unsigned token file):"
	askKey      = "Enter public key PEM file path:"
)

// secret asks for a password that the line does not have.
func secret(args command.Args, flag string, then func(string) command.Outcome) command.Outcome {
	if args.Has(flag) {
		return then(args.Text(flag))
	}
	return hidden(askPassword, then)
}

// hidden asks a question whose answer is not shown. What follows stands on the next line.
func hidden(prompt string, then func(string) command.Outcome) command.Outcome {
	return command.Outcome{Ask: &command.Question{Prompt: prompt, Hidden: true, Then: then}}
}

// newSecret asks twice for a new password that the line does not have.
func newSecret(args command.Args, flag string, then func(string) command.Outcome) command.Outcome {
	if args.Has(flag) {
		return fit(args.Text(flag), then)
	}
	return hidden(askPassword, func(first string) command.Outcome {
		return hidden(askAgain, func(second string) command.Outcome {
			if first != second {
				return failed(retcode.Local, passwordsDiffer)
			}
			return fit(first, then)
		})
	})
}

// fit goes on with a new password of characters that one may have.
func fit(password string, then func(string) command.Outcome) command.Outcome {
	var refusal hsm.Refusal
	if errors.As(hsm.SDK5Passwords.Check(password), &refusal) && refusal.Reason == hsm.PasswordLetters {
		return failed(retcode.Before(refusal), textOf(refusal))
	}
	return then(password)
}

package cmu

import (
	"fmt"
	"strings"

	"hsmplay/core/cluster"
	"hsmplay/core/command"
	"hsmplay/core/hsm"
	"hsmplay/core/voice"
)

var setMValue = row{Spec: command.Spec[*Tool]{Name: "setMValue", Means: "sets how many approvals a service needs",
	Params: []command.Param{serviceParam,
		{Value: "m value", Kind: command.Number, Example: "2", Means: "2 to 8, and not more than there are officers; it cannot be set back to 1"}},
	Run: (*Tool).setMValue}, synopsis: "setMValue <service> <m value>", in: globalMode | serverMode}

var getMValue = row{Spec: command.Spec[*Tool]{Name: "getMValue", Means: "shows how many approvals a service needs; 1 is none but yours",
	Params: []command.Param{serviceParam}, Run: (*Tool).getMValue}, synopsis: "getMValue <service>", in: globalMode | serverMode}

var serviceParam = command.Param{Value: "service", Kind: command.Number, Example: "3", Values: serviceValues(),
	Means: "what needs approvals: 3 managing users, 4 setting M values"}

func serviceValues() []command.Value {
	var values []command.Value
	for _, s := range hsm.Services {
		values = append(values, command.Value{Word: fmt.Sprint(int(s.Service)), Means: s.Name + ": " + s.Means})
	}
	return values
}

// service reads the number of a service, or refuses it (spec/cmu.md 3.13, provisional).
func service(args command.Args) (hsm.Service, *command.Outcome) {
	s := hsm.Service(min(args.Int("service"), 1<<16))
	if _, known := hsm.ServiceName(s); !known {
		out := local(badService, voice.Say(voice.CMUBadService))
		return 0, &out
	}
	return s, nil
}

// setMValue sets the approvals that a service needs (spec/cmu.md 3.23).
func (t *Tool) setMValue(args command.Args) command.Outcome {
	s, refused := service(args)
	if refused != nil {
		return *refused
	}
	m := args.Int("m value")
	if m < hsm.MValueMin || m > hsm.MValueMax {
		return local(badMValue, voice.Say(voice.CMUBadMValue, "min", hsm.MValueMin, "max", hsm.MValueMax))
	}
	return cautiously(func() command.Outcome {
		return t.sweep(action{name: "setMValue", head: fmt.Sprintf("Setting M Value(%d) for %d", m, s), ask: retryIgnoreAbort, shared: true,
			note: func(at *server, err error) *voice.Note { return t.setMNote(at, err, s, int(m)) },
			do:   func(at *server) (report, error) { return report{}, cluster.FirstError(at.link.SetM(s, int(m))) }})
	})
}

// getMValue names the servers by number only (spec/cmu.md 3.13).
func (t *Tool) getMValue(args command.Args) command.Outcome {
	s, refused := service(args)
	if refused != nil {
		return *refused
	}
	name, _ := hsm.ServiceName(s)
	return t.sweep(action{name: "getMValue", do: func(at *server) (report, error) {
		m, err := cluster.Value(at.link.M(s))
		return report{before: fmt.Sprintf("MValue of service %d[%s] on server %d : [%d]\n", s, name, at.number, m), silent: true}, err
	}})
}

var getToken = row{Spec: command.Spec[*Tool]{Name: "getToken", Means: "begins to collect approvals: writes a token that others sign",
	Params: []command.Param{serviceParam, nameParam,
		{Value: "token file", Kind: command.Output, Example: "officer1.token", Means: "the file to write; whoever approves signs it whole"},
		{Value: "key handle", Kind: command.Handle, Optional: true, Means: "a key that asks for approvals; left out by officers"}},
	Run: (*Tool).getToken}, synopsis: "getToken <service> <user name> <token file> [<key handle>]", in: globalMode | serverMode}

var approveToken = row{Spec: command.Spec[*Tool]{Name: "approveToken", Means: "hands in the signatures that were collected",
	Params: []command.Param{{Value: "approval file", Kind: command.Path, Example: "approval.txt", Means: "a text file that names token, approvers and signatures"}},
	Run:    (*Tool).approveToken}, synopsis: "approveToken <approval file>", in: globalMode | serverMode}

var listTokens = row{Spec: command.Spec[*Tool]{Name: "listTokens", Means: "lists the quorum tokens of each server", Run: (*Tool).listTokens},
	synopsis: "listTokens", in: globalMode | serverMode}

var delToken = row{Spec: command.Spec[*Tool]{Name: "delToken", Means: "deletes your quorum tokens, or all",
	Params: []command.Param{{Value: "all", Kind: command.Choices, Optional: true, Values: []command.Value{{Word: "all", Means: "the tokens of everybody"}}, Means: "the word all: the tokens of everybody"}},
	Run:    (*Tool).delToken}, synopsis: "delToken [all]", in: globalMode | serverMode}

// getToken makes a token on each server and writes their records into one file (spec/cmu.md 3.13,
// 4.4).
func (t *Tool) getToken(args command.Args) command.Outcome {
	s, refused := service(args)
	if refused != nil {
		return *refused
	}
	var file []byte
	var putBack []func()
	name := args.Text("user-name")
	handle := handleOf(args, "key handle")
	out := t.sweep(action{name: "getToken", note: t.aboutToken(name, handle), do: func(at *server) (report, error) {
		putBack = append(putBack, at.link.KeepTokens())
		tokens, err := at.link.NewTokens(s, name, handle)
		if err != nil {
			return report{}, err
		}
		file = append(file, tokens[0].Record...)
		return report{after: tokenText(tokens[0])}, nil
	}})
	if len(file) == 0 {
		return out
	}
	return out.Then(func(out command.Outcome) command.Outcome {
		if fault := t.write(args.Text("token file"), file); fault != nil {
			for _, f := range putBack { // nobody could approve the new ones
				f()
			}
			return *fault
		}
		return command.Outcome{Err: out.Err, Notes: []voice.Note{voice.Say(voice.CMUTokenNext, "file", args.Text("token file"))}}
	})
}

// tokenText are the lines of a token.
func tokenText(p cluster.Pending) string {
	return fmt.Sprintf("Token:\nId:%d\nService:%d\nNode:%d\nKey Handle:%d\nUser:%s\n", p.ID, p.Service, p.Node, p.Handle, p.User)
}

// approveToken hands in approvals (spec/cmu.md 3.1, 4.5).
func (t *Tool) approveToken(args command.Args) command.Outcome {
	name := args.Text("approval file")
	file, approvals, why := t.approvals(name)
	if why != "" {
		return local("Invalid approval file: "+name, voice.Say(voice.CMUApprovalFile, "file", name, "why", why))
	}
	return t.sweep(action{name: "approveToken", note: approveNote,
		do: func(at *server) (report, error) { return report{}, at.link.Approve(file, approvals) }})
}

const tokenRule = "=====================\n"

// listTokens lists tokens server by server, with one line at the end (spec/cmu.md 3.16).
func (t *Tool) listTokens(command.Args) command.Outcome {
	out := t.sweep(action{name: "listTokens", do: func(at *server) (report, error) {
		tokens, err := at.link.Tokens()
		text := fmt.Sprintf("\n%s    Server %d(%s)\n%s", tokenRule, at.number, at.Name, tokenRule)
		for i, token := range tokens {
			text += pendingText(i, token)
		}
		return report{before: text + fmt.Sprintf("Num of tokens = %d\n", len(tokens)), silent: true}, err
	}})
	if out.Err == nil {
		out.Text += "\nlistTokens success\n"
	}
	return out
}

// pendingText are the lines of a token as it stands.
func pendingText(i int, p cluster.Pending) string {
	var b strings.Builder
	fmt.Fprintf(&b, "-------- Token - %d ----------\n", i)
	b.WriteString(tokenText(p))
	fmt.Fprintf(&b, "Token Validity: %d sec\n", p.Validity/1000)
	fmt.Fprintf(&b, "Required num of approvers : %d\nCurrent num of approvals : %d\n", p.Required, len(p.Approvers))
	for i, name := range p.Approvers {
		fmt.Fprintf(&b, "Approver-%d: %s\n", i, name)
	}
	return b.String()
}

// delToken deletes tokens (spec/cmu.md 3.4, provisional).
func (t *Tool) delToken(args command.Args) command.Outcome {
	return t.sweep(action{name: "delToken", do: func(at *server) (report, error) {
		return report{}, at.link.DeleteTokens(args.Has("all"))
	}})
}

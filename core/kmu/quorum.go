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

// The commands for quorums print what the other tool prints, for the cluster as one
// (spec/kmu.md 3.9, provisional).

var getToken = command.Spec[*Tool]{Name: "getToken", Summary: "Initiate an MxN service and get Token",
	Means: "begins to collect approvals: writes a token that others sign",
	Params: []command.Param{
		{Flag: "-s", Value: "service", Kind: command.Choices, Example: "3", Help: "specifies the service (3 = USER_MGMT, 4 = MISC_CO)",
			Means: "a service; with a key either will do", Values: serviceValues()},
		{Flag: "-u", Value: "user name", Kind: command.User, Example: "example_user", Help: "specifies the user name", Means: "who asks: yourself"},
		{Flag: "-f", Value: "token file", Kind: command.Output, Example: "my.token", Help: "specifies the file to write the token", Means: "the file to write; whoever approves signs it whole"},
		{Flag: "-k", Value: "key handle", Kind: command.Handle, Optional: true, Help: "specifies the handle of the key to use", Means: "the key that asks for approvals"}},
	Run: (*Tool).getToken}

var delToken = command.Spec[*Tool]{Name: "delToken", Summary: "delete Token(s)", Means: "deletes your quorum tokens",
	Params: []command.Param{
		{Flag: "-id", Value: "token id", Kind: command.Number, Max: hsm.TokensMax, OneOf: "tokens", Example: "1", Help: "specifies the token to delete", Means: "the number of one token"},
		{Flag: "-a", Kind: command.Switch, OneOf: "tokens", Help: "deletes all tokens", Means: "all your tokens"}},
	Run: (*Tool).delToken}

var approveToken = command.Spec[*Tool]{Name: "approveToken", Summary: "Approves an MxN service", Means: "hands in the signatures that were collected",
	Params: []command.Param{{Flag: "-f", Value: "approval file", Kind: command.Path, Example: "approval.txt", Help: "specifies the approval file", Means: "a text file that names token, approvers and signatures"}},
	Run:    (*Tool).approveToken}

var listTokens = command.Spec[*Tool]{Name: "listTokens", Summary: "List all Tokens in the current partition", Means: "lists the quorum tokens",
	Run: (*Tool).listTokens}

func serviceValues() []command.Value {
	var values []command.Value
	for _, row := range hsm.Services {
		values = append(values, command.Value{Word: fmt.Sprint(int(row.Service)), Means: row.Name + ": " + row.Means})
	}
	return values
}

// getToken makes a token on each HSM and writes their records into one file.
func (t *Tool) getToken(args command.Args) command.Outcome {
	h, file := handle(args, "-k"), args.Text("-f")
	putBack := t.client.KeepTokens()
	tokens, err := t.client.NewTokens(hsm.Service(args.Int("-s")), args.Text("-u"), h)
	if err != nil {
		out := t.denied(args, failed("getToken", err))
		out.Notes = t.tokenNotes(args, h, err)
		return out
	}
	var records []byte
	for _, token := range tokens {
		records = append(records, token.Record...)
	}
	if fault := t.write(file, records); fault != nil {
		putBack() // nobody could approve the new one
		return *fault
	}
	out := (&output{}).add("getToken success").join(tokenText(tokens[0])).outcome()
	out.Notes = []voice.Note{voice.Say(voice.TokenNext, "file", file)}
	return out
}

// tokenNotes explains why there is no token.
func (t *Tool) tokenNotes(args command.Args, h uint32, err error) []voice.Note {
	switch {
	case errors.Is(err, hsm.NotPermitted) && !t.client.Login.Named(args.Text("-u")):
		self := t.client.Login.Name
		line := fmt.Sprintf("getToken -s %d -u %s -k %d -f %s", args.Int("-s"), self, h, args.Text("-f"))
		return []voice.Note{voice.Say(voice.TokenOfSelf, "user", self, "line", line)}
	case errors.Is(err, hsm.NotPermitted):
		return []voice.Note{voice.Say(voice.TokenForKey)}
	case errors.Is(err, hsm.NoQuorum):
		return []voice.Note{voice.Say(voice.NoQuorumOnKey, "handle", h)}
	}
	return t.notGiven(h, err)
}

// notGiven returns the note to a key for which an HSM gives no token.
func (t *Tool) notGiven(h uint32, err error) []voice.Note {
	switch retcode.Of(err) {
	case retcode.BadHandle:
		return []voice.Note{t.badHandle(h)}
	case retcode.AccessDenied:
		return []voice.Note{voice.Say(voice.NotOwner, "handle", h)}
	}
	return nil
}

// approveToken hands in the signatures that an approval file names.
func (t *Tool) approveToken(args command.Args) command.Outcome {
	name := args.Text("-f")
	data, fault := t.read(name)
	if fault != nil {
		return *fault
	}
	file, err := hsm.ParseApprovalFile(data)
	if err != nil {
		return *t.declined(args, voice.ApprovalFileFault, "what", "approvals", "file", name, "why", err)
	}
	token, fault := t.read(file.MultiToken)
	if fault != nil {
		return *fault
	}
	var approvals []hsm.Approval
	for _, a := range file.Approvers {
		signature, fault := t.read(a.File)
		if fault != nil {
			return *fault
		}
		approvals = append(approvals, hsm.Approval{Type: a.Type, Name: a.Name, Signature: signature})
	}
	return t.reported(args, "approveToken", t.client.Approve(token, approvals))
}

// listTokens lists the tokens of the HSM that answers.
func (t *Tool) listTokens(args command.Args) command.Outcome {
	tokens, err := t.client.Tokens()
	if err != nil {
		return t.denied(args, failed("listTokens", err))
	}
	var lines []string
	for i, p := range tokens {
		lines = append(lines, fmt.Sprintf("-------- Token - %d ----------", i), tokenText(p),
			fmt.Sprintf("Token Validity: %d sec", p.Validity/1000),
			fmt.Sprintf("Required num of approvers : %d", p.Required),
			fmt.Sprintf("Current num of approvals : %d", len(p.Approvers)))
		for i, name := range p.Approvers {
			lines = append(lines, fmt.Sprintf("Approver-%d: %s", i, name))
		}
	}
	lines = append(lines, fmt.Sprintf("Num of tokens = %d", len(tokens)))
	return (&output{}).add(lines...).add("listTokens success").outcome()
}

// delToken deletes one token of the user's, or all.
func (t *Tool) delToken(args command.Args) command.Outcome {
	if args.Has("-a") {
		return t.reported(args, "delToken", t.client.DeleteTokens(true))
	}
	return t.reported(args, "delToken", t.client.DeleteToken(int(args.Int("-id"))))
}

// tokenText are the lines of a token.
func tokenText(p cluster.Pending) string {
	return fmt.Sprintf("Token:\nId:%d\nService:%d\nNode:%d\nKey Handle:%d\nUser:%s", p.ID, p.Service, p.Node, p.Handle, p.User)
}

// reasonsOfTokens are the notes to refusals of the commands for quorums.
var reasonsOfTokens = []struct {
	err error
	id  voice.ID
}{
	{hsm.NoToken, voice.NoSuchToken},
	{hsm.BadSignature, voice.SignatureRefused},
	{retcode.UserNotReady, voice.SignerUnknown},
}

// reported ends a command that only succeeds or fails.
func (t *Tool) reported(args command.Args, name string, err error) command.Outcome {
	if err == nil {
		return (&output{}).add(name + " success").outcome()
	}
	out := t.denied(args, failed(name, err))
	for _, row := range reasonsOfTokens {
		if errors.Is(err, row.err) && t.client.Login != nil {
			out.Notes = []voice.Note{voice.Say(row.id)}
		}
	}
	return out
}

// failed is how the commands for quorums word that an HSM refuses.
func failed(name string, err error) denial {
	return denial{err: err, said: name + " failed: " + retcode.Of(err).Text()}
}

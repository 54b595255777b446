package kmu

import (
	"hsmplay/core/command"
	"hsmplay/core/retcode"
)

var getToken = command.Spec[*Tool]{Name: "getToken", Summary: "Initiate an MxN service and get Token",
	Means: "begins a quorum: writes a token that others approve",
	Params: []command.Param{
		{Flag: "-s", Value: "service", Kind: command.Number, Max: 1 << 31, Example: "3", Help: "specifies the service (3 = USER_MGMT, 4 = MISC_CO)", Means: "what is to be approved"},
		{Flag: "-u", Value: "user name", Kind: command.User, Example: "example_user", Help: "specifies the user name", Means: "who asks: yourself"},
		{Flag: "-f", Value: "token file", Kind: command.Output, Example: "my.token", Help: "specifies the file to write the token", Means: "the file to write; approvers sign it"}},
	Run: (*Tool).later}

var delToken = command.Spec[*Tool]{Name: "delToken", Summary: "delete Token(s)", Means: "deletes quorum tokens",
	Params: []command.Param{
		{Flag: "-id", Value: "token id", Kind: command.Number, Or: "-a", Example: "1", Help: "specifies the token to delete", Means: "the number of one token"},
		{Flag: "-a", Kind: command.Switch, Or: "-id", Help: "deletes all tokens", Means: "all tokens"}},
	Run: (*Tool).later}

var approveToken = command.Spec[*Tool]{Name: "approveToken", Summary: "Approves an MxN service", Means: "hands in the approvals of a quorum token",
	Params: []command.Param{{Flag: "-f", Value: "approval file", Kind: command.Path, Example: "approval.txt", Help: "specifies the approval file", Means: "a text file that names token, approvers and signatures"}},
	Run:    (*Tool).later}

var listTokens = command.Spec[*Tool]{Name: "listTokens", Summary: "List all Tokens in the current partition", Means: "lists the quorum tokens",
	Run: (*Tool).later}

func (t *Tool) later(command.Args) command.Outcome { return refused("Cfm3", retcode.Policy) }

package cmu

import "hsmplay/core/command"

// modes says where a command is known (spec/cmu.md 1.3).
type modes int

const (
	globalMode modes = 1 << iota
	serverMode
)

// row is one command of the tool.
type row struct {
	command.Spec[*Tool]
	synopsis string // as the guide writes it
	in       modes
	plain    bool // works without an encrypted channel
	unlisted bool // help does not name it
}

// rows is every command. To add one, add its row to the file of its noun and name it here.
var rows []row

// Global is the table of the commands that run on all servers; Single that of server mode.
var Global, Single command.Table[*Tool]

func init() { // the handler of help reads the rows
	rows = []row{
		approveToken, changePswd, createUser, delToken, deleteUser, enableE2E, exit, findAllKeys, getAttribute, getCert,
		getClusterInfo, getHSMInfo, getKeyInfo, getMValue, getToken, help, info, listAttributes, listTokens, listUsers, loginHSM, logoutHSM,
		quit, registerMofnPubKey, registerQuorumPubKey, serverCommand, setAttribute, setMValue, shareKey, syncKey, syncUser,
	}
	Global = table(globalMode, "quit")
	Single = table(serverMode, "exit")
}

// table returns the table of a mode; leave is what leads out of the tool.
func table(mode modes, leave string) command.Table[*Tool] {
	t := command.Table[*Tool]{Tool: Name, Leave: leave, Live: live, Fill: fill, Takes: takes, Says: says, Called: called, Style: style,
		Others: func(t *Tool) []command.Other { return t.host.Others }}
	for _, r := range rows {
		if r.in&mode == 0 {
			continue
		}
		if !r.plain {
			r.Run = guarded(r.Run)
		}
		t.Specs = append(t.Specs, r.Spec)
	}
	return t
}

// synopsisOf returns the synopsis of a command.
func synopsisOf(name string) string {
	for _, r := range rows {
		if r.Name == name {
			return r.synopsis
		}
	}
	return name
}

// Parameters that several commands share.
var (
	userTypes = []command.Value{{Word: "CO", Means: "crypto officer: manages users"}, {Word: "CU", Means: "crypto user: owns and uses keys"},
		{Word: "PCO", Means: "the first officer, same rights as CO"}, {Word: "PRECO", Means: "the first officer before the cluster is activated"},
		{Word: "preCO", Means: "the same as PRECO"}, {Word: "AU", Means: "appliance user, the service's own"}}
	typeParam     = command.Param{Value: "user-type", Kind: command.Choices, Values: userTypes, Means: "the role of the user; capital letters count"}
	newTypeParam  = command.Param{Value: "user-type", Kind: command.Choices, Loose: true, Values: userTypes, Means: typeParam.Means}
	nameParam     = command.Param{Value: "user-name", Kind: command.User, Example: "example_user", Means: "the user's name; capital letters do not count"}
	passwordParam = command.Param{Value: "password", Kind: command.Secret, OneOf: "password", Spare: true, Example: "password1",
		Means: "the password, readable on the screen and in the history"}
	hiddenParam = command.Param{Flag: "-hpswd", Kind: command.Switch, OneOf: "password", Means: "in place of the password: asks for it and does not show it"}
	secondParam = command.Param{Flag: "-2fa", Value: "/path/to/authdata", Kind: command.Output, Optional: true, Example: "authdata",
		Means: "the file for a second factor: the tool writes digests into it, and you put in signatures"}
	handleParam = command.Param{Value: "key handle", Kind: command.Handle, Means: "the handle of a key"}
)

package kmu

import "hsmplay/core/command"

// group is a heading of help and the commands under it.
type group struct {
	heading string // with its indent; "" for none
	lead    string // what stands before the heading
	specs   []command.Spec[*Tool]
}

// groups is every command, in the order of help (spec/kmu.md 3.2). To add a command, add its row to
// the file of its noun and name it here.
var groups []group

// Commands is the table of key_mgmt_util.
var Commands command.Table[*Tool]

func init() { // the handlers of help and singlecmd read the table that they stand in
	groups = []group{
		{"", "", []command.Spec[*Tool]{exit, help}},
		{"        Configuration and Admin Commands", "\n", []command.Spec[*Tool]{
			getHSMInfo, getPartitionInfo, listUsers, loginStatus, loginHSM, logoutHSM}},
		{"        M of N commands", "\n", []command.Spec[*Tool]{getToken, delToken, approveToken, listTokens}},
		{"        Key Generation Commands\n\n        Asymmetric Keys:", "\n", []command.Spec[*Tool]{
			genRSAKeyPair, genDSAKeyPair, genECCKeyPair}},
		{"        Symmetric Keys:", "\n", []command.Spec[*Tool]{genPBEKey, genSymKey}},
		{"        Key Import/Export Commands", "\n", []command.Spec[*Tool]{
			createPublicKey, importPubKey, exportPubKey, importPrivateKey, exportPrivateKey, imSymKey, exSymKey, wrapKey, unWrapKey}},
		{"        Key Management Commands", "\n", []command.Spec[*Tool]{
			deleteKey, setAttribute, getKeyInfo, findKey, findSingleKey, getAttribute}},
		{"        Certificate Setup Commands", "\n", []command.Spec[*Tool]{getCert}},
		{"        Key Transfer Commands", "\n", []command.Spec[*Tool]{insertMaskedObject, extractMaskedObject}},
		{"        Management Crypto Commands", "\n", []command.Spec[*Tool]{sign, verify, aesWrapUnwrap}},
		{"        Helper Commands", "\n", []command.Spec[*Tool]{
			error2String, getCaviumPrivKey, isValidKeyHandlefile, listAttributes, listECCCurveIds}},
	}
	var specs []command.Spec[*Tool]
	for _, g := range groups {
		specs = append(specs, g.specs...)
	}
	specs = append(specs, quit)
	Commands = command.Table[*Tool]{Tool: Name, Leave: exit.Name, Specs: specs, Live: live, Fill: fill, Takes: takes, Says: says, Called: called, Makes: makes, Style: style,
		Others: func(t *Tool) []command.Other { return t.host.Others }}
}

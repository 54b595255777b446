package cmu

import (
	"slices"

	"hsmplay/core/command"
)

// called are other words for parameters and values: those of key_mgmt_util, of headers, of other
// tools.
var called = []command.Calling{
	{Option: "user-type", Words: "u type role user-type usertype t"},
	{Option: "user-name", Words: "s user username user-name name n login"},
	{Option: "user name", Words: "u user username user-name name"},
	{Option: "password", Words: "p password pwd passwd pass pin pw"},
	{Option: "-hpswd", Words: "hpwd hpasswd hpassword hidden"},
	{Option: "key handle", Words: "k o key handle key-handle filter"},
	{Option: "attribute id", Words: "a attr attribute name"},
	{Option: "user id", Words: "u user users user-id username"},
	{Option: "user ID", Words: "u user user-id username"},
	{Option: "filename", Words: "f out file output"},
	{Option: "output file", Words: "f out file output"},
	{Option: "file-name", Words: "f out file"},
	{Option: "token file", Words: "f out file token"},
	{Option: "value", Words: "v value"},
	{Option: "approval file", Words: "f file"},
	{Option: "certificate-type", Words: "s t type"},
	{Option: "service", Words: "s service"}, {Option: "m value", Words: "m value quorum"},
	{Option: "server-number", Words: "n server node"},
	{Option: "server id", Words: "n node id"},
	{Option: "all", Words: "a"},

	{Option: "user-type", Value: "CO", Words: "officer crypto-officer co admin-user administrator"},
	{Option: "user-type", Value: "CU", Words: "crypto-user cryptouser cu user"},
	{Option: "key hash", Value: "1", Words: "yes true y hash"},
	{Option: "key hash", Value: "0", Words: "no false n"},
	{Option: "user id", Value: "0", Words: "all everybody"},
	{Option: "(share/unshare key?) 1/0", Value: "1", Words: "share yes true y on"},
	{Option: "(share/unshare key?) 1/0", Value: "0", Words: "unshare no false n off"},
	{Option: "attribute id", Value: "512", Words: "all everything"},
	{Option: "attribute id", Value: "3", Words: "name"},
	{Option: "value", Value: "1", Words: "true yes on"},
	{Option: "value", Value: "0", Words: "false no off"},
	{Option: "all", Value: "all", Words: "a everything"},
	{Option: "server", Value: "server", Words: "srv servers node"},
}

// cliSays are lines of CloudHSM CLI.
var cliSays = []command.Saying{
	{Said: "user list", Line: "listUsers"},
	{Said: "user create", Line: "createUser"},
	{Said: "user delete", Line: "deleteUser"},
	{Said: "user change-password", Line: "changePswd"},
	{Said: "user change-mfa token-sign", Line: "changePswd … -2fa authdata"},
	{Said: "user change-quorum token-sign register", Line: "registerQuorumPubKey"},
	{Said: "user replicate", Line: "syncUser"},
	{Said: "key replicate", Line: "syncKey"},
	{Said: "key list, key list --verbose", Line: "findAllKeys"},
	{Said: "key share, key share --role *", Line: "shareKey … 1"},
	{Said: "key unshare, key unshare --role *", Line: "shareKey … 0"},
	{Said: "key set-attribute", Line: "setAttribute"},
	{Said: "cluster hsm-info", Line: "getHSMInfo"},
	{Said: "cluster activate", Line: "help changePswd", Whole: true},
	{Said: "login", Line: "loginHSM"},
	{Said: "logout", Line: "logoutHSM"},
	{Said: "quorum token-sign list-quorum-values", Line: "getMValue 3"},
	{Said: "quorum token-sign set-quorum-value", Line: "setMValue"},
	{Said: "quorum token-sign set-quorum-value --service user", Line: "setMValue 3"},
	{Said: "quorum token-sign set-quorum-value --service quorum", Line: "setMValue 4"},
	{Said: "quorum token-sign generate", Line: "getToken"},
	{Said: "quorum token-sign generate --service user", Line: "getToken 3"},
	{Said: "quorum token-sign generate --service quorum", Line: "getToken 4"},
	{Said: "quorum token-sign list, quorum token-sign list-timeouts", Line: "listTokens"},
	{Said: "quorum token-sign delete", Line: "delToken all", Whole: true},
}

// says are whole lines of other tools and systems.
var says = slices.Concat(cliSays, command.Behind("cloudhsm-cli", cliSays), []command.Saying{
	{Said: "share", Line: "shareKey"},
	{Said: "grant", Line: "shareKey … 1"},
	{Said: "unshare, unshareKey, revoke", Line: "shareKey … 0"},
	{Said: "unlock, unlockUser, resetPassword, reset password", Line: "changePswd"},
	{Said: "change password, set password, passwd, changePassword, chpasswd", Line: "changePswd"},
	{Said: "setPassword", Line: "changePswd"},
	{Said: "sync user", Line: "syncUser"},
	{Said: "sync key", Line: "syncKey"},
	{Said: "add user, new user, adduser, useradd, newUser", Line: "createUser"},
	{Said: "remove user, rm user, deluser, userdel, rmuser", Line: "deleteUser"},
	{Said: "C_Login, pkcs11-tool --login", Line: "loginHSM", Whole: true},
	{Said: "C_Logout", Line: "logoutHSM", Whole: true},
	{Said: "C_SetPIN, pkcs11-tool --change-pin", Line: "changePswd", Whole: true},
	{Said: "C_InitPIN, pkcs11-tool --init-pin", Line: "createUser", Whole: true},
	{Said: "pkcs11-tool -L, pkcs11-tool --list-slots", Line: "getHSMInfo", Whole: true},
	{Said: "servers, list servers, show servers, hsminfo", Line: "getHSMInfo"},
	{Said: "mvalue", Line: "getMValue"},
	{Said: "quit(), exit(), bye, :q, close, q", Line: "quit"},
	{Said: "logoff, logout, signout", Line: "logoutHSM"},
	{Said: "login, logon, signin, su", Line: "loginHSM"},
	{Said: "whoami, who, loginStatus, status", Line: "info server 0"},
	{Said: "?, --help, -h, -help, commands, man, usage", Line: "help"},
	{Said: "users, lsusers, list user, list users", Line: "listUsers"},
	{Said: "list keys, keys, listKeys", Line: "findAllKeys"},
	{Said: "e2e", Line: "enable_e2e"},
	{Said: "tokens", Line: "listTokens"},
	{Said: "attributes", Line: "listAttributes"},
})

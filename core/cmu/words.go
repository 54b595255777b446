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
	{Option: "user id", Words: "u user users user-id username"}, {Option: "user ID", Words: "u user user-id username"},
	{Option: "filename", Words: "f out file output"}, {Option: "output file", Words: "f out file output"}, {Option: "file-name", Words: "f out file"},
	{Option: "token file", Words: "f out file token"}, {Option: "value", Words: "v value"}, {Option: "approval file", Words: "f file"}, {Option: "certificate-type", Words: "s t type"},
	{Option: "service", Words: "s service"}, {Option: "m value", Words: "m value quorum"},
	{Option: "server-number", Words: "n server node"}, {Option: "server id", Words: "n node id"}, {Option: "all", Words: "a"},

	{Option: "user-type", Value: "CO", Words: "officer crypto-officer co admin-user administrator"},
	{Option: "user-type", Value: "CU", Words: "crypto-user cryptouser cu user"},
	{Option: "key hash", Value: "1", Words: "yes true y hash"}, {Option: "key hash", Value: "0", Words: "no false n"},
	{Option: "user id", Value: "0", Words: "all everybody"},
	{Option: "(share/unshare key?) 1/0", Value: "1", Words: "share yes true y on"}, {Option: "(share/unshare key?) 1/0", Value: "0", Words: "unshare no false n off"},
	{Option: "attribute id", Value: "512", Words: "all everything"}, {Option: "attribute id", Value: "3", Words: "name"},
	{Option: "value", Value: "1", Words: "true yes on"}, {Option: "value", Value: "0", Words: "false no off"},
	{Option: "all", Value: "all", Words: "a everything"}, {Option: "server", Value: "server", Words: "srv servers node"},
}

// cliSays are lines of CloudHSM CLI.
var cliSays = []command.Saying{
	{Said: "user list", Line: "listUsers"}, {Said: "user create", Line: "createUser"}, {Said: "user delete", Line: "deleteUser"}, {Said: "user change-password", Line: "changePswd"},
	{Said: "user change-mfa token-sign", Line: "changePswd … -2fa authdata"}, {Said: "user change-quorum token-sign register", Line: "registerQuorumPubKey"},
	{Said: "user replicate", Line: "syncUser"}, {Said: "key replicate", Line: "syncKey"}, {Said: "key list", Line: "findAllKeys"}, {Said: "key list --verbose", Line: "findAllKeys"},
	{Said: "key share", Line: "shareKey … 1"}, {Said: "key share --role *", Line: "shareKey … 1"}, {Said: "key unshare", Line: "shareKey … 0"}, {Said: "key unshare --role *", Line: "shareKey … 0"},
	{Said: "key set-attribute", Line: "setAttribute"}, {Said: "cluster hsm-info", Line: "getHSMInfo"}, {Said: "cluster activate", Line: "help changePswd", Whole: true},
	{Said: "login", Line: "loginHSM"}, {Said: "logout", Line: "logoutHSM"},
	{Said: "quorum token-sign list-quorum-values", Line: "getMValue 3"}, {Said: "quorum token-sign set-quorum-value", Line: "setMValue"},
	{Said: "quorum token-sign set-quorum-value --service user", Line: "setMValue 3"}, {Said: "quorum token-sign set-quorum-value --service quorum", Line: "setMValue 4"},
	{Said: "quorum token-sign generate", Line: "getToken"}, {Said: "quorum token-sign generate --service user", Line: "getToken 3"}, {Said: "quorum token-sign generate --service quorum", Line: "getToken 4"},
	{Said: "quorum token-sign list", Line: "listTokens"}, {Said: "quorum token-sign list-timeouts", Line: "listTokens"}, {Said: "quorum token-sign delete", Line: "delToken all", Whole: true},
}

// says are whole lines of other tools and systems.
var says = slices.Concat(cliSays, command.Behind("cloudhsm-cli", cliSays), []command.Saying{
	{Said: "share", Line: "shareKey"}, {Said: "grant", Line: "shareKey … 1"}, {Said: "unshare", Line: "shareKey … 0"}, {Said: "unshareKey", Line: "shareKey … 0"}, {Said: "revoke", Line: "shareKey … 0"},
	{Said: "unlock", Line: "changePswd"}, {Said: "unlockUser", Line: "changePswd"}, {Said: "resetPassword", Line: "changePswd"}, {Said: "reset password", Line: "changePswd"}, {Said: "change password", Line: "changePswd"}, {Said: "set password", Line: "changePswd"},
	{Said: "sync user", Line: "syncUser"}, {Said: "sync key", Line: "syncKey"}, {Said: "add user", Line: "createUser"}, {Said: "new user", Line: "createUser"}, {Said: "remove user", Line: "deleteUser"}, {Said: "rm user", Line: "deleteUser"},
	{Said: "C_Login", Line: "loginHSM", Whole: true}, {Said: "C_Logout", Line: "logoutHSM", Whole: true}, {Said: "C_SetPIN", Line: "changePswd", Whole: true}, {Said: "C_InitPIN", Line: "createUser", Whole: true},
	{Said: "pkcs11-tool --init-pin", Line: "createUser", Whole: true}, {Said: "pkcs11-tool --change-pin", Line: "changePswd", Whole: true}, {Said: "pkcs11-tool --login", Line: "loginHSM", Whole: true}, {Said: "pkcs11-tool -L", Line: "getHSMInfo", Whole: true}, {Said: "pkcs11-tool --list-slots", Line: "getHSMInfo", Whole: true},
	{Said: "servers", Line: "getHSMInfo"}, {Said: "list servers", Line: "getHSMInfo"}, {Said: "show servers", Line: "getHSMInfo"}, {Said: "mvalue", Line: "getMValue"},
	{Said: "quit()", Line: "quit"}, {Said: "exit()", Line: "quit"}, {Said: "bye", Line: "quit"}, {Said: ":q", Line: "quit"}, {Said: "close", Line: "quit"}, {Said: "q", Line: "quit"},
	{Said: "logoff", Line: "logoutHSM"}, {Said: "logout", Line: "logoutHSM"}, {Said: "signout", Line: "logoutHSM"},
	{Said: "login", Line: "loginHSM"}, {Said: "logon", Line: "loginHSM"}, {Said: "signin", Line: "loginHSM"}, {Said: "su", Line: "loginHSM"},
	{Said: "whoami", Line: "info server 0"}, {Said: "who", Line: "info server 0"}, {Said: "loginStatus", Line: "info server 0"}, {Said: "status", Line: "info server 0"},
	{Said: "?", Line: "help"}, {Said: "--help", Line: "help"}, {Said: "-h", Line: "help"}, {Said: "-help", Line: "help"}, {Said: "commands", Line: "help"}, {Said: "man", Line: "help"}, {Said: "usage", Line: "help"},
	{Said: "users", Line: "listUsers"}, {Said: "lsusers", Line: "listUsers"}, {Said: "list user", Line: "listUsers"}, {Said: "list users", Line: "listUsers"},
	{Said: "adduser", Line: "createUser"}, {Said: "useradd", Line: "createUser"}, {Said: "newUser", Line: "createUser"},
	{Said: "deluser", Line: "deleteUser"}, {Said: "userdel", Line: "deleteUser"}, {Said: "rmuser", Line: "deleteUser"},
	{Said: "passwd", Line: "changePswd"}, {Said: "changePassword", Line: "changePswd"}, {Said: "chpasswd", Line: "changePswd"}, {Said: "setPassword", Line: "changePswd"},
	{Said: "list keys", Line: "findAllKeys"}, {Said: "keys", Line: "findAllKeys"}, {Said: "listKeys", Line: "findAllKeys"},
	{Said: "hsminfo", Line: "getHSMInfo"}, {Said: "e2e", Line: "enable_e2e"}, {Said: "tokens", Line: "listTokens"}, {Said: "attributes", Line: "listAttributes"},
	{Said: "info", Line: "info server 0"},
})

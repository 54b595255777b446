package cmu

import "hsmplay/core/command"

// called are other words for parameters and values: those of key_mgmt_util, of headers, of other
// tools.
var called = []command.Calling{
	{Option: "user-type", Words: "u type role user-type usertype t"},
	{Option: "user-name", Words: "s user username user-name name n login"},
	{Option: "user name", Words: "u user username user-name name"},
	{Option: "password", Words: "p password pwd passwd pass pin pw"},
	{Option: "-hpswd", Words: "hpwd hpasswd hpassword hidden"},
	{Option: "key handle", Words: "k o key handle key-handle"},
	{Option: "attribute id", Words: "a attr attribute"},
	{Option: "user id", Words: "u user users user-id"}, {Option: "user ID", Words: "u user user-id"},
	{Option: "filename", Words: "f out file output"}, {Option: "output file", Words: "f out file output"}, {Option: "file-name", Words: "f out file"},
	{Option: "token file", Words: "f out file"}, {Option: "approval file", Words: "f file"}, {Option: "certificate-type", Words: "s t type"},
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

// says are whole lines of other tools and systems.
var says = []command.Saying{
	{Said: "quit()", Line: "quit"}, {Said: "exit()", Line: "quit"}, {Said: "bye", Line: "quit"}, {Said: ":q", Line: "quit"}, {Said: "close", Line: "quit"}, {Said: "q", Line: "quit"},
	{Said: "logoff", Line: "logoutHSM"}, {Said: "logout", Line: "logoutHSM"}, {Said: "signout", Line: "logoutHSM"},
	{Said: "login", Line: "loginHSM"}, {Said: "logon", Line: "loginHSM"}, {Said: "signin", Line: "loginHSM"}, {Said: "su", Line: "loginHSM"},
	{Said: "whoami", Line: "info server 0"}, {Said: "who", Line: "info server 0"}, {Said: "loginStatus", Line: "info server 0"}, {Said: "status", Line: "info server 0"},
	{Said: "?", Line: "help"}, {Said: "--help", Line: "help"}, {Said: "-h", Line: "help"}, {Said: "-help", Line: "help"}, {Said: "commands", Line: "help"}, {Said: "man", Line: "help"}, {Said: "usage", Line: "help"},
	{Said: "user list", Line: "listUsers"}, {Said: "users", Line: "listUsers"}, {Said: "lsusers", Line: "listUsers"}, {Said: "list user", Line: "listUsers"}, {Said: "list users", Line: "listUsers"},
	{Said: "user create", Line: "createUser"}, {Said: "adduser", Line: "createUser"}, {Said: "useradd", Line: "createUser"}, {Said: "newUser", Line: "createUser"},
	{Said: "user delete", Line: "deleteUser"}, {Said: "deluser", Line: "deleteUser"}, {Said: "userdel", Line: "deleteUser"}, {Said: "rmuser", Line: "deleteUser"},
	{Said: "user change-password", Line: "changePswd"}, {Said: "passwd", Line: "changePswd"}, {Said: "changePassword", Line: "changePswd"}, {Said: "chpasswd", Line: "changePswd"}, {Said: "setPassword", Line: "changePswd"},
	{Said: "user replicate", Line: "syncUser"}, {Said: "key replicate", Line: "syncKey"}, {Said: "key share", Line: "shareKey"}, {Said: "share", Line: "shareKey"},
	{Said: "key list", Line: "findAllKeys"}, {Said: "list keys", Line: "findAllKeys"}, {Said: "keys", Line: "findAllKeys"}, {Said: "listKeys", Line: "findAllKeys"},
	{Said: "cluster hsm-info", Line: "getHSMInfo"}, {Said: "hsminfo", Line: "getHSMInfo"}, {Said: "e2e", Line: "enable_e2e"}, {Said: "tokens", Line: "listTokens"}, {Said: "attributes", Line: "listAttributes"},
	{Said: "quorum token-sign list-quorum-values", Line: "getMValue 3"}, {Said: "quorum token-sign set-quorum-value", Line: "setMValue"}, {Said: "info", Line: "info server 0"},
}

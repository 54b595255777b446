package voice

// The notes of core/cli.
const (
	CLILoginFirst  ID = "cli.login-first"
	CLIEnvironment ID = "cli.environment"
	CLIWrongLogin  ID = "cli.wrong-login"
	CLIFactor      ID = "cli.second-factor"
	CLIWrongRole   ID = "cli.wrong-role"
	CLISeveralKeys ID = "cli.several-keys"
	CLINoKey       ID = "cli.no-key"
	CLIOff         ID = "cli.attribute-off"
	CLINotWaited   ID = "cli.not-waited"
	CLISize        ID = "cli.size"
	CLIInstead     ID = "cli.instead"
	CLISwitch      ID = "cli.switch"
	CLITerm        ID = "cli.term"
	CLIReplica     ID = "cli.replica"
	CLITerms       ID = "cli.terms"
	CLIClusters    ID = "cli.clusters"
)

var cliNotes = []Row{
	{CLILoginFirst, "Nobody is logged in. `{line}` logs {whom} in with a toy password.", true},
	{CLIEnvironment, "Nobody is logged in for this one command. `{line}` logs {whom} in with each from now on.", true},
	{CLIWrongLogin, "Name, role or password is wrong, or the account is locked: the tool says the same to all. `{list}` shows names and roles, and needs no login.", true},
	{CLIFactor, "`{user}` has a second factor, so the password alone is not enough. `{line}` at the prompt of `cloudhsm-cli interactive` writes what is to be signed, and asks for it.", true},
	{CLIWrongRole, "`{user}` is logged in as {role}. Crypto users make and use keys, admins manage users.", true},
	{CLISeveralKeys, "The filter fits {count} keys, and the command takes one. The halves of a pair differ in attr.class, and key-reference names one key alone.", true},
	{CLINoKey, "No key that `{user}` sees fits the filter. `{list}` shows all of them.", true},
	{CLIOff, "Key {key} has {name}=false: a key may only do what was asked for when it was made. `{line}` switches it on.", true},
	{CLISize, "{sizes}. A line that would work: `{line}`.", true},
	{CLIInstead, "A line that would work: `{line}`.", true},
	{CLIReplica, "A key is replicated by its owner, or by an admin, who is logged in to both clusters; a user by an admin. The HSMs of the destination see `{user}`.", true},
	{CLISwitch, "The attribute {name} is true or false. A line that would work: `{line}`.", true},
	{CLITerm, "`{word}` is not understood here. `{near}` would be. A line that would work: `{line}`.", true},
	{CLITerms, "A filter is made of key-reference=0x… and attr.NAME=value, as attr.label=mykey.", false},
	{CLIClusters, "The configuration names these clusters: `{clusters}`. A line that would work: `{line}`.", false},
	{CLINotWaited, "The real tool tries again for a minute and a half before it says so. Here it answers at once.", false},
}

package command

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestUsageOfTheDocumentedCommands compares with the literal texts of spec/kmu.md 2.2.
func TestUsageOfTheDocumentedCommands(t *testing.T) {
	require.Equal(t, `
Description
===========
Extracts a masked object out of an HSM.

Syntax: extractMaskedObject -h -o <object handle> -out <masked object file>

Where: -h         displays this information
       -o         specifies key handle to extract as a masked object.
       -out       specifies the file name to which the masked object needs to be saved.

`, Usage(*kmuish().Lookup("extractMaskedObject")))
	require.Equal(t, `
Description
===========
Exports RSA/DSA/EC Public key

Syntax: exportPubKey -h -k <key handle> -out <key file>

Where: -h    displays this information
       -k    specifies the public key handle
       -out  specifies the file to write the exported public key

`, Usage(*kmuish().Lookup("exportPubKey")))
}

func TestUsageOfOptionsAndTail(t *testing.T) {
	s := Spec[*desk]{Name: "gen", Summary: "Makes", Tail: "\n  1 one\n", Params: []Param{
		{Flag: "-p", Value: "password", Or: "-ask", Help: "the password"},
		{Flag: "-ask", Kind: Switch, Or: "-p", Help: "asks for it"},
		{Flag: "-min_srv", Value: "n", Optional: true, Help: "servers\nby default 1"},
		{Flag: "-nex", Kind: Switch, Optional: true, Help: "not extractable"},
	}}
	require.Equal(t, `
Description
===========
Makes

Syntax: gen -h {-p <password> | -ask} [-min_srv <n>] [-nex]

Where: -h        displays this information
       -p        the password
       -ask      asks for it
       -min_srv  servers
                 by default 1
       -nex      not extractable

  1 one

`, Usage(s))
	require.Equal(t, "exit", Syntax(*kmuish().Lookup("exit")))
	require.Equal(t, "createUser <user-type> <user-name> {<password> | -hpswd} [-2fa <authdata>]",
		Syntax(*cmuish().Lookup("createUser")))
}

func TestAnotherShapeOfUsage(t *testing.T) {
	say := wording
	say.Usage = func(syntax string) string { return "Usage: " + syntax + "\n" }
	out := cmuish().Run(&desk{}, "findAllKeys", say)
	require.Equal(t, "Usage: findAllKeys <user id> [<file>]\n", out.Text)
}

func TestReferencePage(t *testing.T) {
	s := Spec[*desk]{Name: "genECCKeyPair", Summary: "Generates", Means: "Makes a pair.", Params: []Param{
		{Flag: "-i", Value: "EC curve id", Kind: Choices, Values: []Value{{"2", "P-256 | prime"}}, Means: "the curve"},
		{Flag: "-m_value", Value: "0..8", Kind: Number, Max: 8, Optional: true, Needs: "-u", Help: "approvals"},
		{Flag: "-u", Value: "user-ids", Kind: Users, Optional: true, Help: "sharing"},
		{Flag: "-min_srv", Value: "servers", Kind: Number, Min: 1, Max: 1 << 31, Optional: true, Help: "a bound that nobody reaches"},
		{Value: "file", Kind: Output, Optional: true, Help: "a place"},
	}}
	require.Equal(t, "# genECCKeyPair\n\nMakes a pair.\n\n"+
		"```\ngenECCKeyPair -i <EC curve id> [-m_value <0..8>] [-u <user-ids>] [-min_srv <servers>] [<file>]\n```\n\n"+
		"| option | value | meaning | rule |\n|---|---|---|---|\n"+
		"| `-i` | EC curve id | the curve | required |\n"+
		"| `-m_value` | 0..8 | approvals | optional, only with `-u`, 0 to 8 |\n"+
		"| `-u` | user-ids | sharing | optional |\n"+
		"| `-min_srv` | servers | a bound that nobody reaches | optional, 1 or more |\n"+
		"| `<file>` |  | a place | optional |\n"+
		"\nValues of `-i`:\n\n| value | meaning |\n|---|---|\n| `2` | P-256 \\| prime |\n", Reference(s, Syntax(s)))
	require.Contains(t, Reference(*kmuish().Lookup("exit"), "exit"), "It takes no options.")
}

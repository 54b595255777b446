package command

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestSyntax(t *testing.T) {
	s := Spec[*desk]{Name: "key gen", Params: []Param{
		{Flag: "-p", Value: "password", OneOf: "password"},
		{Flag: "-ask", Kind: Switch, OneOf: "password"},
		{Flag: "-min_srv", Value: "n", Optional: true},
		{Flag: "-nex", Kind: Switch, Optional: true},
		{Flag: "--filter", Value: "FILTER", Many: true, Bare: true, Optional: true},
		{Value: "file", Many: true},
	}}
	require.Equal(t, "key gen {-p <password> | -ask} [-min_srv <n>] [-nex] [--filter [<FILTER>...]] <file>...", Syntax(s))
	require.Equal(t, "exit", Syntax(*kmuish().Lookup("exit")))
	require.Equal(t, "createUser <user-type> <user-name> {<password> | -hpswd} [-2fa <authdata>]",
		Syntax(*cmuish().Lookup("createUser")))
}

func TestReferencePage(t *testing.T) {
	s := Spec[*desk]{Name: "genECCKeyPair", Summary: "Generates", Means: "Makes a pair.", Params: []Param{
		{Flag: "-i", Value: "EC curve id", Kind: Choices, Values: []Value{{Word: "2", Means: "P-256 | prime"}}, Means: "the curve"},
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

package clap

import (
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/command"
	"hsmplay/core/voice"
)

func ran(struct{}, command.Args) command.Outcome { return command.Outcome{Text: "ran\n"} }

// some is a table with a row of each kind.
func some(lead string) command.Table[struct{}] {
	cluster := command.Param{Flag: "--cluster-id", Value: "CLUSTER_ID", Optional: true, Help: "Which of the clusters"}
	role := command.Param{Flag: "--role", Value: "ROLE", Kind: command.Choices, Help: "Role the user has in the cluster", Values: []command.Value{
		{Word: "crypto-user", Means: "A CryptoUser has the ability to manage and use keys"},
		{Word: "admin", Means: "An Admin has the ability to manage user accounts"}}}
	curve := command.Param{Flag: "--curve", Value: "CURVE", Kind: command.Choices, Help: "Elliptic curve",
		Values: []command.Value{{Word: "secp256r1"}, {Word: "secp384r1"}}}
	return command.Table[struct{}]{Tool: "some", Style: Style(lead), Specs: []command.Spec[struct{}]{
		{Name: "key", Summary: "Manage keys"},
		{Name: "key list", Summary: "List the keys", Run: ran, Params: []command.Param{cluster,
			{Flag: "--filter", Value: "FILTER", Many: true, Bare: true, Repeat: true, Optional: true, Help: "Which keys"},
			{Flag: "--max-items", Value: "MAX_ITEMS", Kind: command.Number, Min: 1, Max: 99, Optional: true, Help: "How many [default: 10]"},
			{Flag: "--verbose", Also: "-v", Kind: command.Switch, Optional: true, Help: "More"}}},
		{Name: "key share", Summary: "Share", Run: ran, Params: []command.Param{role}},
		{Name: "key unshare", Summary: "Unshare", Usage: "some key unshare --role <ROLE>", Run: ran, Params: []command.Param{role}},
		{Name: "key make", Run: ran, Params: []command.Param{curve,
			{Flag: "--manage", Value: "MANAGE", Kind: command.Number, Needs: "--use", Optional: true},
			{Flag: "--use", Value: "USE", Kind: command.Number, Needs: "--manage", Optional: true},
			{Flag: "--data-path", Value: "DATA_PATH", OneOf: "data"}, {Flag: "--data", Value: "DATA", OneOf: "data"}}},
		{Name: "login", Summary: "Login to your cluster", Run: ran, Params: []command.Param{cluster, role}},
		{Name: "login mfa-token-sign", Usage: "login --role <ROLE> mfa-token-sign --token <TOKEN>", Summary: "Login with token-sign mfa", Run: ran, Params: []command.Param{cluster, role,
			{Flag: "--token", Value: "TOKEN"}}},
	}}
}

func TestPagesOfHelp(t *testing.T) {
	rows := []struct{ line, page string }{
		{"help key list", "List the keys\n\nUsage: key list [OPTIONS]\n\nOptions:\n" +
			"      --cluster-id <CLUSTER_ID>\n          Which of the clusters\n" +
			"      --filter [<FILTER>...]\n          Which keys\n" +
			"      --max-items <MAX_ITEMS>\n          How many [default: 10]\n" +
			"  -v, --verbose\n          More\n" +
			"  -h, --help\n          Print help\n"},
		{"key unshare --help", "Unshare\n\nUsage: some key unshare --role <ROLE>\n\nOptions:\n      --role <ROLE>\n          Role the user has in the cluster\n\n" +
			"          Possible values:\n          - crypto-user: A CryptoUser has the ability to manage and use keys\n" +
			"          - admin:       An Admin has the ability to manage user accounts\n\n" +
			"  -h, --help\n          Print help (see a summary with '-h')\n"},
		{"key share -h", "Share\n\nUsage: key share [OPTIONS] --role <ROLE>\n\nOptions:\n      --role <ROLE>\n" +
			"          Role the user has in the cluster [possible values: crypto-user, admin]\n" +
			"  -h, --help\n          Print help (see more with '--help')\n"},
		{"key make -h", "Usage: key make [OPTIONS] --curve <CURVE> <--data-path <DATA_PATH>|--data <DATA>>\n\nOptions:\n" +
			"      --curve <CURVE>\n          Elliptic curve [possible values: secp256r1, secp384r1]\n" +
			"      --manage <MANAGE>\n          \n      --use <USE>\n          \n      --data-path <DATA_PATH>\n          \n" +
			"      --data <DATA>\n          \n  -h, --help\n          Print help\n"},
		{"help key", "Manage keys\n\nUsage: key <COMMAND>\n\nCommands:\n  list     List the keys\n  share    Share\n  unshare  Unshare\n  make     \n" +
			"  help     Print this message or the help of the given subcommand(s)\n"},
		{"help", "Usage: <COMMAND>\n\nCommands:\n  help   Print this message or the help of the given subcommand(s)\n  key    Manage keys\n" +
			"  login  Login to your cluster\n"},
	}
	for _, row := range rows {
		require.Equal(t, row.page, some("").Run(struct{}{}, row.line).Text, row.line)
	}
	require.Equal(t, "Print this message or the help of the given subcommand(s)\n\nUsage: key help [COMMAND]...\n\n"+
		"Arguments:\n  [COMMAND]...  Print help for the subcommand(s)\n", some("").Run(struct{}{}, "key help help").Text)
	alone := some("some ")
	started := alone.Carry(struct{}{}, alone.MatchWords(nil))
	require.Equal(t, alone.Usage(), started.Errors, "a program without a word")
	require.Equal(t, 2, started.Status)
	require.Contains(t, started.Errors, "Usage: some <COMMAND>\n")
	require.Contains(t, started.Errors, "\nOptions:\n  -h, --help     Print help\n  -V, --version  Print version\n")
	require.Contains(t, some("some ").Usage("key", "list"), "Usage: some key list [OPTIONS]\n")
	require.Contains(t, some("some ").Usage("key", "unshare"), "Usage: some key unshare --role <ROLE>\n")
	require.Contains(t, some("some ").Usage("login"), "Usage: some login [OPTIONS] --role <ROLE> [COMMAND]\n\nCommands:\n  mfa-token-sign  Login with token-sign mfa\n")
}

func TestErrorsAndTips(t *testing.T) {
	rows := []struct{ line, text string }{
		{"key describe", "unrecognized subcommand 'describe'\n\nUsage: key <COMMAND>\n\n"},
		{"key lst", "unrecognized subcommand 'lst'\n\n  tip: a similar subcommand exists: 'list'\n\nUsage: key <COMMAND>\n\n"},
		{"key unshar", "unrecognized subcommand 'unshar'\n\n  tip: some similar subcommands exist: 'share', 'unshare'\n\nUsage: key <COMMAND>\n\n"},
		{"logn", "unrecognized subcommand 'logn'\n\n  tip: a similar subcommand exists: 'login'\n\nUsage: <COMMAND>\n\n"},
		{"login --role admin mfa", "unrecognized subcommand 'mfa'\n\n  tip: a similar subcommand exists: 'mfa-token-sign'\n\nUsage: login [OPTIONS] --role <ROLE> [COMMAND]\n\n"},
		{"key list --filtr a", "unexpected argument '--filtr' found\n\n  tip: a similar argument exists: '--filter'\n\nUsage: key list --filter [<FILTER>...]\n\n"},
		{"key list --zzz=5", "unexpected argument '--zzz' found\n\nUsage: key list [OPTIONS]\n\n"},
		{"key list -1", "unexpected argument '-1' found\n\nUsage: key list [OPTIONS]\n\n"},
		{"key list --max-items -dash", "unexpected argument '-d' found\n\nUsage: key list [OPTIONS]\n\n"},
		{"key list -vxh", "unexpected argument '-x' found\n\nUsage: key list [OPTIONS]\n\n"},
		{"key list --max-items -1", "unexpected argument '-1' found\n\nUsage: key list [OPTIONS]\n\n"},
		{"key share --role --filtr", "unexpected argument '--filtr' found\n\nUsage: key share [OPTIONS] --role <ROLE>\n\n"},
		{"login mfa-token-sign", "the following required arguments were not provided:\n  --role <ROLE>\n  --token <TOKEN>\n\n" +
			"Usage: login --role <ROLE> mfa-token-sign --token <TOKEN>\n\n"},
		{"key share --role=", "a value is required for '--role <ROLE>' but none was supplied\n  [possible values: crypto-user, admin]\n\n"},
		{"key list --max-items 3 -v --zzz --filter a", "unexpected argument '--zzz' found\n\nUsage: key list --max-items <MAX_ITEMS> --verbose\n\n"},
		{"key list --max-items 3 -z", "unexpected argument '-z' found\n\nUsage: key list [OPTIONS]\n\n"},
		{"key make --data x --use 2 --data-path y", "the argument '--data <DATA>' cannot be used with '--data-path <DATA_PATH>'\n\n" +
			"Usage: key make --curve <CURVE> --use <USE> <--data-path <DATA_PATH>|--data <DATA>>\n\n"},
		{"key make --use 2 --data x", "the following required arguments were not provided:\n  --curve <CURVE>\n  --manage <MANAGE>\n\n" +
			"Usage: key make --curve <CURVE> --use <USE> --manage <MANAGE> <--data-path <DATA_PATH>|--data <DATA>>\n\n"},
		{"login --cluster-id c", "the following required arguments were not provided:\n  --role <ROLE>\n\nUsage: login --role <ROLE> --cluster-id <CLUSTER_ID>\n\n"},
		{"key list more", "unexpected argument 'more' found\n\nUsage: key list [OPTIONS]\n\n"},
		{"key list -v --verbose", "the argument '--verbose' cannot be used multiple times\n\nUsage: key list [OPTIONS]\n\n"},
		{"key list --verbose=1", "unexpected value '1' for '--verbose' found; no more were expected\n\nUsage: key list --verbose\n\n"},
		{"key list --max-items x", "invalid value 'x' for '--max-items <MAX_ITEMS>': invalid digit found in string\n\n"},
		{"key list --max-items 0", "invalid value '0' for '--max-items <MAX_ITEMS>': 0 is not in 1..=99\n\n"},
		{"key list --max-items 99999999999999999999", "invalid value '99999999999999999999' for '--max-items <MAX_ITEMS>': number too large to fit in target type\n\n"},
		{"key list --max-items", "a value is required for '--max-items <MAX_ITEMS>' but none was supplied\n\n"},
		{"key share --role", "a value is required for '--role <ROLE>' but none was supplied\n  [possible values: crypto-user, admin]\n\n"},
		{"key share", "the following required arguments were not provided:\n  --role <ROLE>\n\nUsage: key share --role <ROLE>\n\n"},
		{"key share --role CU", "invalid value 'CU' for '--role <ROLE>'\n  [possible values: crypto-user, admin]\n\n"},
		{"key make --curve secp256k1", "invalid value 'secp256k1' for '--curve <CURVE>'\n  [possible values: secp256r1, secp384r1]\n\n" +
			"  tip: a similar value exists: 'secp256r1'\n\n"},
		{"key make", "the following required arguments were not provided:\n  --curve <CURVE>\n  <--data-path <DATA_PATH>|--data <DATA>>\n\n" +
			"Usage: key make --curve <CURVE> <--data-path <DATA_PATH>|--data <DATA>>\n\n"},
		{"key make --curve secp256r1 --data x --manage 2", "the following required arguments were not provided:\n  --use <USE>\n\n" +
			"Usage: key make --curve <CURVE> --manage <MANAGE> --use <USE> <--data-path <DATA_PATH>|--data <DATA>>\n\n"},
		{"key make --curve secp256r1 --data x --data-path y", "the argument '--data <DATA>' cannot be used with '--data-path <DATA_PATH>'\n\n" +
			"Usage: key make --curve <CURVE> <--data-path <DATA_PATH>|--data <DATA>>\n\n"},
	}
	for _, row := range rows {
		out := some("").Run(struct{}{}, row.line)
		require.Equal(t, "error: "+row.text+"For more information, try '--help'.\n", out.Errors, row.line)
		require.Empty(t, out.Text)
		require.Equal(t, 2, out.Status)
	}
	near := some("").Run(struct{}{}, "key lst").Notes
	require.Len(t, near, 1, "the tip names the word, the playground the whole line")
	require.Equal(t, []string{"key list"}, voice.Offers(near[0].Parts()))
	require.NotEmpty(t, some("").Run(struct{}{}, "key describe").Notes)
	out := some("").Run(struct{}{}, "key")
	require.Equal(t, some("").Usage("key"), out.Errors, "the help of the category, as an error")
	require.Equal(t, 2, out.Status)
}

func TestFiltersMayBeRepeated(t *testing.T) {
	args := some("").Match("key list --filter a b --verbose --filter=c=d --filter e").Args()
	require.Equal(t, []string{"a", "b", "c=d", "e"}, args.Texts("--filter"))
}

func TestJaro(t *testing.T) {
	for _, row := range []struct {
		a, b string
		want float64
	}{{"MARTHA", "MARHTA", 0.944}, {"DIXON", "DICKSONX", 0.767}, {"JELLYFISH", "SMELLYFISH", 0.896}, {"abc", "xyz", 0}, {"", "a", 0}} {
		require.InDelta(t, row.want, jaro([]rune(row.a), []rune(row.b)), 0.001, row.a)
	}
	require.Equal(t, []string{"share", "unshare"}, near("unshar", []string{"unshare", "list", "share"}), "the most similar last")
}

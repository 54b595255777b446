package command

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestLinesOfPathsAndLongOptions(t *testing.T) {
	rows := []struct{ line, ran string }{
		{"quit", "quit"},
		{"--version", "--version"},
		{"key list", "key list||"},
		{"key list --filter a b c --max-items 3 -v", "key list|c|3"},
		{"key list --filter --verbose", "key list||"},
		{"key list --filter=a --max-items=3", "key list|a|3"},
		{`key list --filter attr.label="my key"`, "key list|attr.label=my key|"},
		{`key list --filter 'it'\''s' --max-items "3"`, "key list|it's|3"},
		{`"key" list`, "key list||"},
		{"key generate-symmetric aes --label= --key-length-bytes 32", "aes||32"},
		{"key generate-symmetric aes --label=a=b --key-length-bytes 32 --share x --share y", "aes|a=b|32"},
		{"login --username alice --role admin --password a:b", "login|alice|admin|a:b"},
		{"login --username alice --role admin mfa-token-sign --token f", "login mfa-token-sign|alice|f"},
		{"login mfa-token-sign --role admin --username alice --token f", "login mfa-token-sign|alice|f"},
		{"login --username mfa-token-sign --role admin", "login|mfa-token-sign|admin|"},
		{"crypto sign ecdsa --key-filter k --data x", "ecdsa|x|"},
	}
	for _, row := range rows {
		d := &desk{}
		out := clapish().Run(d, row.line)
		require.NoError(t, out.Err, row.line)
		require.Equal(t, []string{row.ran}, d.ran, row.line)
	}
}

func TestValuesOfManyWordsAndRepeatedOptions(t *testing.T) {
	args := clapish().Match("key list --filter a b -v --max-items 3").Args()
	require.Equal(t, []string{"a", "b"}, args.Texts("--filter"))
	require.Equal(t, []string{"--filter", "--verbose", "--max-items"}, args.Order())
	args = clapish().Match("key generate-symmetric aes --share x --label l --share=y --key-length-bytes 16 --attributes a=b c=d").Args()
	require.Equal(t, []string{"x", "y"}, args.Texts("--share"))
	require.Equal(t, []string{"a=b", "c=d"}, args.Texts("--attributes"))
	require.Equal(t, "y", args.Text("--share"))
	args = clapish().Match("key list --filter").Args()
	require.True(t, args.Has("--filter"))
	require.Empty(t, args.Texts("--filter"))
	require.Equal(t, []string{"key", "generate-symmetric", "aes"}, clapish().Lookup("key", "generate-symmetric", "aes").Path())
	require.Nil(t, clapish().Lookup("key", "generate-symmetric"), "a category is no command")
}

func TestFaultsHaveWhatAStyleNeedsToWordThem(t *testing.T) {
	const more = "\n\nFor more information, try '--help'.\n"
	rows := []struct{ line, text string }{
		{"key describe", "error: unrecognized subcommand 'describe'\n\nUsage: key <COMMAND>" + more},
		{"key lst", "error: unrecognized subcommand 'lst'\n\n  tip: a similar subcommand exists: 'list'\n\nUsage: key <COMMAND>" + more},
		{"keys list", "error: unrecognized subcommand 'keys'\n\n  tip: a similar subcommand exists: 'key'\n\nUsage: <COMMAND>" + more},
		{"key li", "error: unrecognized subcommand 'li'\n\nUsage: key <COMMAND>" + more},
		{"help key describe", "error: unrecognized subcommand 'describe'\n\nUsage: key <COMMAND>" + more},
		{"key --verbose", "error: unexpected argument '--verbose' found\n\nUsage: key <COMMAND>" + more},
		{"key list --filtr a", "error: unexpected argument '--filtr' found\n\n  tip: a similar argument exists: '--filter'\n\nUsage: key list" + more},
		{"key list --nothing=5", "error: unexpected argument '--nothing' found\n\nUsage: key list" + more},
		{"key list more", "error: unexpected argument 'more' found\n\nUsage: key list" + more},
		{"key list --verbose=1", "error: unexpected value '1' for '--verbose' found; no more were expected\n\nUsage: key list" + more},
		{"key list -v --verbose", "error: the argument '--verbose <>' cannot be used multiple times\n\nUsage: key list" + more},
		{"key generate-symmetric aes", "error: the following required arguments were not provided:\n  --label <LABEL>\n  --key-length-bytes <KEY_LENGTH_BYTES>" +
			"\n\nUsage: key generate-symmetric aes --label <LABEL> --key-length-bytes <KEY_LENGTH_BYTES>" + more},
		{"key generate-symmetric aes --label --key-length-bytes 32", "error: a value is required for '--label <LABEL>' but none was supplied" +
			"\n\nUsage: key generate-symmetric aes --label <LABEL> --key-length-bytes <KEY_LENGTH_BYTES>" + more},
		{"login --username a --role admi", "error: invalid value 'admi' for '--role <ROLE>'\n\n  tip: a similar value exists: 'admin'" +
			"\n\nUsage: login --username <USERNAME> --role <ROLE>" + more},
		{"login --username a --role=root", "error: invalid value 'root' for '--role <ROLE>'\n\nUsage: login --username <USERNAME> --role <ROLE>" + more},
		{"crypto sign ecdsa --key-filter a b", "error: the following required arguments were not provided:\n  <--data-path <DATA_PATH>|--data <DATA>>" +
			"\n\nUsage: crypto sign ecdsa --key-filter <KEY_FILTER> <--data-path <DATA_PATH>|--data <DATA>>" + more},
		{"crypto sign ecdsa --key-filter a --data b --data-path c", "error: the argument '<--data-path <DATA_PATH>|--data <DATA>>' cannot be used with " +
			"'<--data-path <DATA_PATH>|--data <DATA>>'\n\nUsage: crypto sign ecdsa --key-filter <KEY_FILTER> <--data-path <DATA_PATH>|--data <DATA>>" + more},
		{"key list --nothing --help", "error: unexpected argument '--nothing' found\n\nUsage: key list" + more},
	}
	for _, row := range rows {
		d := &desk{}
		out := clapish().Run(d, row.line)
		require.Equal(t, row.text, out.Errors, row.line)
		require.Empty(t, out.Text, "refusals go to standard error")
		require.Equal(t, 2, out.Status)
		require.NotRegexp(t, `\{[a-z]+\}`, out.Notes[0].String(), "every blank of the note is filled")
		require.Empty(t, d.ran)
	}
	out := clapish().Run(&desk{}, "key generate-symmetric")
	require.Equal(t, "Generate a symmetric key\n\nUsage: key generate-symmetric <COMMAND>\n  aes  Generate an AES key\n  generic-secret  Generate a secret\n", out.Errors)
	require.Equal(t, "key generate-symmetric is the beginning of several commands. Behind it stands one of aes, generic-secret.", out.Notes[0].String())
}

func TestHelpInEveryForm(t *testing.T) {
	table := clapish()
	rows := map[string][]string{ // the usage, and the lines that ask for it
		"":    {"help", "--help", "-h"},
		"key": {"help key", "key help", "key --help", "key -h", "key -h list"},
		"key list": {"help key list", "key help list", "key list --help", "key list -h", "key list --help --nothing",
			"key list --filter a --help", "key list -h --max-items x"},
		"key generate-symmetric aes": {"help key generate-symmetric aes", "key help generate-symmetric aes", "key generate-symmetric help aes",
			"key generate-symmetric aes -h"},
		"login":                {"help login", "login -h", "login help", "login --username a -h"},
		"login mfa-token-sign": {"help login mfa-token-sign", "login help mfa-token-sign", "login mfa-token-sign -h", "login --username a mfa-token-sign -h"},
	}
	for path, lines := range rows {
		want := table.Usage(strings.Fields(path)...)
		for _, line := range lines {
			out := table.Run(&desk{}, line)
			require.Equal(t, want, out.Text, line)
			require.NoError(t, out.Err)
			require.Equal(t, 0, out.Status)
		}
	}
	require.Contains(t, table.Usage("login"), "--role  the role\n    - crypto-user: manages and uses keys\n")
}

func TestCompletePathsAndLongOptions(t *testing.T) {
	rows := []struct{ line, replaced, words string }{
		{"|", "", "quit login key crypto help --help"},
		{"k|", "k", "key"},
		{"key |", "", "list generate-symmetric help --help"},
		{"key g|", "g", "generate-symmetric"},
		{"key g|en list", "gen", "generate-symmetric"},
		{"key generate-symmetric |", "", "aes generic-secret help --help"},
		{"key nothing |", "", ""},
		{"help key |", "", "list generate-symmetric"},
		{"help h|", "h", ""},
		{"login help |", "", "mfa-token-sign"},
		{"key help generate-symmetric a|", "a", "aes"},
		{"key list |", "", "--cluster-id --filter --max-items --verbose --help"},
		{"key list --filter |", "", `'attr.label="my key"' attr.class=secret-key --cluster-id --max-items --verbose`},
		{"key list --filter a attr.c|", "attr.c", "attr.class=secret-key"},
		{"key list --filter a --|", "--", "--cluster-id --max-items --verbose"},
		{"key list --filter=attr.c|", "attr.c", "attr.class=secret-key"},
		{"key list --fil|ter=attr.c", "--filter=attr.c", "--filter"},
		{"login --role |", "", "crypto-user admin"},
		{"login --role=|", "", "crypto-user admin"},
		{"login --role=a|", "a", "admin"},
		{"login --username |", "", `alice "Jane Doe" "it's"`},
		{`login --username "Ja|`, `"Ja`, `"Jane Doe"`},
		{"login --username alice m|", "m", "mfa-token-sign"},
		{"login --username alice mfa-token-sign --t|", "--t", "--token"},
		{"key generate-symmetric aes --share x --share y --s|", "--s", "--share"},
		{"crypto sign ecdsa --data x --d|", "--d", ""},
		{"crypto sign ecdsa --data-path |", "", `keys/ "a b"`},
	}
	for _, row := range rows {
		replaced, words := offered(t, clapish(), row.line)
		require.Equal(t, row.words, words, row.line)
		require.Equal(t, row.replaced, replaced, row.line)
	}
}

func TestExplainPathsAndLongOptions(t *testing.T) {
	rows := []struct {
		line    string
		current string // the slot's word, "" for none
		means   string
		fault   bool
	}{
		{"ke|", "", "Commands for keys", false},
		{"key |", "", "Commands for keys", false},
		{"key lis|", "", "List the keys", false},
		{"key list|", "key list", "List the keys", false},
		{"key list --filter a b|", "--filter", "which keys", false},
		{"login --role=adm|", "--role", "the role", false},
		{"login --role=admin|", "--role", "the role · admin: manages users", false},
		{"login --role=admin mfa|", "", "Login with token-sign mfa", false},
		{"login --role=admin mfa-token-sign|", "login mfa-token-sign", "Login with token-sign mfa", false},
		{"key nothing |", "", "", true},
		{"key list --nothing |", "", "List the keys", true},
	}
	for _, row := range rows {
		before, after, _ := strings.Cut(row.line, "|")
		x := clapish().Explain(&desk{}, before+after, len(before))
		if row.current == "" {
			require.Equal(t, -1, x.Current, row.line)
		} else {
			require.Equal(t, row.current, x.Slots[x.Current].Word, row.line)
		}
		require.Equal(t, row.means, x.Means, row.line)
		require.Equal(t, row.fault, x.Fault != "", "%s: %s", row.line, x.Fault)
	}
}

func TestALineIsMended(t *testing.T) {
	rows := map[string]string{
		"key list --filtr a b":                                          "key list --filter a b",
		"login --username a --role amin":                                "login --username a --role admin",
		"crypto sign ecdsa --data x y":                                  `crypto sign ecdsa --key-filter example --data "x y"`,
		"crypto sign ecdsa --key-filter a 'b c' --data x --data-path y": `crypto sign ecdsa --key-filter a "b c" --data-path y`,
		"key generate-symmetric aes --share x --share y":                "key generate-symmetric aes --label example --key-length-bytes 1 --share x --share y",
	}
	for line, want := range rows {
		m := clapish().Match(line)
		require.NotNil(t, m.Fault)
		table := clapish()
		meant, _ := table.Meant(&desk{}, line)
		require.Equal(t, want, meant, line)
		require.Nil(t, clapish().Match(want).Fault, want)
	}
}

package command

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// clapish is a table like a tool's that is written on clap: categories, long options, exit
// statuses.
func clapish() Table[*desk] {
	cluster := Param{Flag: "--cluster-id", Value: "CLUSTER_ID", Optional: true, Help: "which cluster"}
	name := Param{Flag: "--username", Value: "USERNAME", Kind: User, Help: "who"}
	role := Param{Flag: "--role", Value: "ROLE", Kind: Choices, Help: "the role", Values: []Value{
		{Word: "crypto-user", Means: "manages and uses keys"}, {Word: "admin", Means: "manages users"}}}
	password := Param{Flag: "--password", Value: "PASSWORD", Kind: Secret, Optional: true, Help: "asked for if it is not given"}
	filter := Param{Flag: "--filter", Value: "FILTER", Many: true, Bare: true, Optional: true, Help: "which keys"}
	label := Param{Flag: "--label", Value: "LABEL", Max: 127, Help: "the label"}
	return Table[*desk]{
		Tool:  "cloudhsm-cli",
		Leave: "quit",
		Style: Style{Quotes: ShellQuotes, Form: Form{Equals: true, Strict: true, End: true}, Help: []string{"-h", "--help"}, HelpWord: "help",
			InTurn: true, Usage: clapUsage, Refuse: clapRefuse},
		Specs: []Spec[*desk]{
			{Name: "quit", Summary: "Exit", Run: note("quit")},
			{Name: "--version", Hidden: true, Run: note("--version")},
			{Name: "login", Summary: "Login to your cluster", Params: []Param{name, role, password, cluster},
				Run: note("login", "--username", "--role", "--password")},
			{Name: "login mfa-token-sign", Summary: "Login with token-sign mfa", Run: note("login mfa-token-sign", "--username", "--token"),
				Params: []Param{name, role, password, cluster, {Flag: "--token", Value: "TOKEN", Kind: Output}}},
			{Name: "key", Summary: "Commands for keys"},
			{Name: "key list", Summary: "List the keys", Run: note("key list", "--filter", "--max-items"), Params: []Param{cluster, filter,
				{Flag: "--max-items", Value: "MAX_ITEMS", Kind: Number, Optional: true, Max: 1000},
				{Flag: "--verbose", Also: "-v", Kind: Switch, Optional: true}}},
			{Name: "key generate-symmetric", Summary: "Generate a symmetric key"},
			{Name: "key generate-symmetric aes", Summary: "Generate an AES key", Run: note("aes", "--label", "--key-length-bytes"),
				Params: []Param{label, {Flag: "--key-length-bytes", Value: "KEY_LENGTH_BYTES", Kind: Number},
					{Flag: "--attributes", Value: "ATTRIBUTES", Many: true, Optional: true},
					{Flag: "--share", Value: "USERNAME", Repeat: true, Optional: true}}},
			{Name: "key generate-symmetric generic-secret", Summary: "Generate a secret", Run: note("generic-secret", "--label"),
				Params: []Param{label}},
			{Name: "crypto sign ecdsa", Summary: "Sign", Run: note("ecdsa", "--data", "--data-path"), Params: []Param{
				{Flag: "--key-filter", Value: "KEY_FILTER", Many: true},
				{Flag: "--data-path", Value: "DATA_PATH", Kind: Path, OneOf: "data"}, {Flag: "--data", Value: "DATA", OneOf: "data"}}},
		},
		Live: func(_ *desk, p Param, _ string) []Choice {
			switch p.Kind {
			case User:
				return []Choice{{Word: "alice"}, {Word: "Jane Doe"}, {Word: "it's"}}
			case Path:
				return []Choice{{Word: "keys/"}, {Word: "a b"}, {Word: "-x"}}
			}
			if p.Flag == "--filter" {
				return []Choice{{Word: `attr.label="my key"`}, {Word: "attr.class=secret-key"}}
			}
			return nil
		},
	}
}

// clapUsage is a short form of clap's layout.
func clapUsage(s Shape) string {
	var b strings.Builder
	b.WriteString(s.Summary + "\n\nUsage: " + clapLine(s) + "\n")
	for _, c := range s.Commands {
		b.WriteString("  " + c.Name + "  " + c.Means + "\n")
	}
	for _, p := range s.Params {
		b.WriteString("  " + p.Flag + "  " + p.Help + "\n")
		for _, v := range p.Values {
			b.WriteString("    - " + v.Word + ": " + v.Means + "\n")
		}
	}
	return b.String()
}

// clapLine is the synopsis as clap writes it.
func clapLine(s Shape) string {
	if s.Commands != nil && s.Params == nil {
		return strings.TrimSpace(s.Name + " <COMMAND>")
	}
	line, groups := s.Name, map[string]string{}
	for _, p := range s.Params {
		switch word := p.Flag + " <" + p.Value + ">"; {
		case p.OneOf != "" && groups[p.OneOf] == "":
			groups[p.OneOf] = word
		case p.OneOf != "":
			line += " <" + groups[p.OneOf] + "|" + word + ">"
		case !p.Optional:
			line += " " + word
		}
	}
	return line
}

// clapRefuse words faults as clap 4 does.
func clapRefuse(f Fault, s Shape) Refusal {
	tip, what := "", ""
	switch f.Kind {
	case UnknownCommand:
		what = "unrecognized subcommand '" + f.Word + "'"
		if len(f.Near) == 1 {
			tip = "  tip: a similar subcommand exists: '" + f.Near[0] + "'\n\n"
		}
	case UnknownOption:
		what = "unexpected argument '" + f.Word + "' found"
		if len(f.Near) == 1 {
			tip = "  tip: a similar argument exists: '" + f.Near[0] + "'\n\n"
		}
	case ExtraWord:
		what = "unexpected argument '" + f.Word + "' found"
	case NoCommand:
		return Refusal{Text: clapUsage(s), Errors: true, Status: 2}
	case Missing:
		what = "the following required arguments were not provided:"
		for _, p := range f.Missing {
			what += "\n  " + clapParam(s, p)
		}
	case MissingValue:
		what = "a value is required for '" + clapParam(s, f.Param) + "' but none was supplied"
	case NotAChoice:
		what = "invalid value '" + f.Word + "' for '" + clapParam(s, f.Param) + "'"
		if len(f.Near) == 1 {
			tip = "  tip: a similar value exists: '" + f.Near[0] + "'\n\n"
		}
	case Both:
		what = "the argument '" + clapParam(s, f.Other) + "' cannot be used with '" + clapParam(s, f.Param) + "'"
	case Repeated:
		what = "the argument '" + clapParam(s, f.Param) + "' cannot be used multiple times"
	case NoValue:
		what = "unexpected value '" + f.Word + "' for '" + f.Param.Flag + "' found; no more were expected"
	default:
		what = f.Error()
	}
	return Refusal{Text: "error: " + what + "\n\n" + tip + "Usage: " + clapLine(s) + "\n\nFor more information, try '--help'.\n", Errors: true, Status: 2}
}

// clapParam is a parameter as clap names it, a group as a whole.
func clapParam(s Shape, p Param) string {
	if p.OneOf == "" {
		return p.Flag + " <" + p.Value + ">"
	}
	var all []string
	for _, other := range s.Params {
		if other.OneOf == p.OneOf {
			all = append(all, other.Flag+" <"+other.Value+">")
		}
	}
	return "<" + strings.Join(all, "|") + ">"
}

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
		"key generate-symmetric aes --share x --share y -z":             "key generate-symmetric aes --label example --key-length-bytes 1 --share x --share y",
	}
	for line, want := range rows {
		m := clapish().Match(line)
		require.NotNil(t, m.Fault)
		require.Equal(t, want, m.Mended(), line)
		require.Nil(t, clapish().Match(want).Fault, want)
	}
}

// opensslish is a table like openssl's: one dash or two, values that may look like options, options
// before operands.
func opensslish() Table[*desk] {
	digest := Param{Flag: "-*", Value: "digest", Kind: Named, AnyCase: true, Optional: true, Values: []Value{
		{Word: "sha256"}, {Word: "sha384"}, {Word: "sha2-256", Hidden: true}}}
	return Table[*desk]{
		Tool: "openssl", Lead: "openssl ",
		Style: Style{Quotes: ShellQuotes, Form: Form{Equals: true, Dashes: true, Greedy: true, Ordered: true, End: true, Again: true},
			Help: []string{"-help"}, InTurn: true, Usage: usage, Refuse: refuse},
		Specs: []Spec[*desk]{
			{Name: "dgst", Run: note("dgst", "-*", "-out", "-sign", "file"), Params: []Param{digest,
				{Flag: "-out", Value: "outfile", Kind: Output, Optional: true}, {Flag: "-sign", Value: "infile", Kind: Path, Optional: true},
				{Flag: "-sigopt", Value: "val", Optional: true, Repeat: true}, {Value: "file", Kind: Path, Many: true, Optional: true}}},
			{Name: "req", Run: note("req", "-days"), Params: []Param{{Flag: "-days", Value: "+int", Kind: Number, Optional: true},
				{Flag: "-nodes", Kind: Switch, Optional: true}, {Flag: "-inform", Kind: Choices, AnyCase: true, Optional: true,
					Values: []Value{{Word: "PEM"}, {Word: "DER"}, {Word: "D", Hidden: true}}}}},
		},
		Live: func(_ *desk, p Param, _ string) []Choice {
			if p.Kind == Path {
				return []Choice{{Word: "keys/"}, {Word: "a b"}, {Word: "-x"}}
			}
			return nil
		},
	}
}

func TestLinesOfOneDashOrTwo(t *testing.T) {
	rows := []struct {
		line, ran string // what ran, or "" and a fault
		kind      FaultKind
	}{
		{"dgst a b", "dgst||||b", 0},
		{"dgst -sha256 a", "dgst|sha256|||a", 0},
		{"dgst --SHA2-256 -", "dgst|SHA2-256|||-", 0},
		{"dgst -sign -out --out=f a", "dgst||f|-out|a", 0},
		{"dgst -out f -out g", "dgst||g||", 0},
		{"dgst a -sha256", "dgst||||-sha256", 0},
		{"dgst -- -sha256", "dgst||||-sha256", 0},
		{"req -inform pem -days 3", "req|3", 0},
		{"req -inform d", "req|", 0},
		{"dgst -sha512 a", "", UnknownOption},
		{"dgst -sha256=a", "", UnknownOption},
		{"req -nodes=1", "", NoValue},
		{"req -days", "", MissingValue},
		{"req -days x", "", NotANumber},
		{"req more", "", ExtraWord},
		{"req -inform x", "", NotAChoice},
	}
	for _, row := range rows {
		d := &desk{}
		out := opensslish().Run(d, row.line)
		if row.kind == 0 {
			require.Equal(t, []string{row.ran}, d.ran, row.line)
			continue
		}
		require.Equal(t, row.kind, out.Err.(*Fault).Kind, row.line)
	}
	require.Equal(t, []string{"a", "b:c"}, opensslish().Match("dgst -sigopt a -sigopt b:c").Args().Texts("-sigopt"))
	require.True(t, opensslish().Match("req -help -zz").Help)
	require.False(t, opensslish().Match("req -zz -help").Help)
	require.False(t, opensslish().Match("req -days -help").Help, "it is the value")
	_, words := offered(t, opensslish(), "dgst -s|")
	require.Equal(t, "-sha256 -sha384 -sign -sigopt", words)
	_, words = offered(t, opensslish(), "req -inform |")
	require.Equal(t, "PEM DER", words)
	_, words = offered(t, opensslish(), "dgst -sign |")
	require.Equal(t, `keys/ "a b"`, words)
}

// configureish is a program that is one command, and has more below it.
func configureish() Table[*desk] {
	return Table[*desk]{
		Tool: "configure-cli", Lead: "configure-cli ",
		Style: Style{Quotes: ShellQuotes, Form: Form{Equals: true, Strict: true, End: true}, Help: []string{"-h", "--help"}, InTurn: true,
			Usage: clapUsage, Refuse: clapRefuse},
		Specs: []Spec[*desk]{
			{Run: note("configure", "-a"), Params: []Param{{Flag: "-a", Value: "HSM ENI IP", Many: true},
				{Flag: "--log-type", Value: "LOG TYPE", Kind: Choices, Optional: true, Values: []Value{{Word: "term"}, {Word: "file"}}}}},
			{Name: "add-cluster", Run: note("add-cluster", "--cluster-id"), Params: []Param{{Flag: "--cluster-id", Value: "CLUSTER ID"}}},
		},
	}
}

func TestAProgramCanBeOneCommand(t *testing.T) {
	for line, ran := range map[string]string{
		"-a 1.2.3.4 1.2.3.5":                 "configure|1.2.3.5",
		"--log-type=file -a 1.2.3.4":         "configure|1.2.3.4",
		"add-cluster --cluster-id cluster-1": "add-cluster|cluster-1",
	} {
		d := &desk{}
		require.NoError(t, configureish().Run(d, line).Err, line)
		require.Equal(t, []string{ran}, d.ran, line)
	}
	for line, kind := range map[string]FaultKind{"": Missing, "update -a 1.2.3.4": ExtraWord, "-a 1 -a 2": Repeated, "--zz": UnknownOption, "-a": MissingValue} {
		m := configureish().Match(line)
		require.NotNil(t, m.Fault, line)
		require.Equal(t, kind, m.Fault.Kind, line)
		require.Nil(t, configureish().Match(strings.TrimPrefix(m.Mended(), "configure-cli ")).Fault, m.Mended())
		require.NotRegexp(t, `\\{[a-z]+\\}`, configureish().Note(m).String())
	}
	_, words := offered(t, configureish(), "|")
	require.Equal(t, "add-cluster -a --log-type --help", words)
	_, words = offered(t, configureish(), "-a 1 --log-type |")
	require.Equal(t, "term file", words)
	m := configureish().Match("-h")
	require.True(t, m.Help)
	require.Equal(t, "-h", m.Asked)
	require.Equal(t, "-a", configureish().Explain(&desk{}, "-a 1", 4).Slots[1].Word)
}

package command

import (
	"testing"

	"github.com/stretchr/testify/require"
)

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

// TestAnOptionThatIsCalledLikeItsValueIsMeant types slips around -sha256.
func TestAnOptionThatIsCalledLikeItsValueIsMeant(t *testing.T) {
	table := opensslish()
	for line, meant := range map[string]string{
		"dgts -sha256 a":        "openssl dgst -sha256 a",
		"dgst -sha265 a":        "openssl dgst -sha256 a",
		"dgst –sha256 a":        "openssl dgst -sha256 a",
		"dgst --sha-384 a":      "openssl dgst -sha384 a",
		"dgst -sha256=a":        "openssl dgst -sha256 a",
		"dgst -sha256 -oot o a": "openssl dgst -sha256 -out o a",
		"dgst -zzz a":           "",
	} {
		got, _ := table.Meant(&desk{}, line)
		require.Equal(t, meant, got, line)
	}
	require.Equal(t, "-sha256 takes no value. A line that would work: openssl dgst -sha256 a.", table.Note(table.Match("dgst -sha256=a")).String())
}

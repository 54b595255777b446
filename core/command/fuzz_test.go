package command

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// seeds are ordinary lines, right and wrong.
var seeds = []string{"", " ", "exit", "gen", "genECCKeyPair -h", "genECCKeyPair -i 14 -l ecc14", "genECCKeyPair -i 2 -l \"a b\" -u 4,5",
	"genECCKeyPair -i 2 -l a -timeout 5", "genECCKeyPair -u 4,", "loginHSM -u CU -s example_user -p aws", "loginHSM -u CU -s \"Ja",
	"deleteKey -k 0x6", "Error2String -r 0xb3", "cat my", "createUser CU bob -hpswd", "list", "genEccKeypair -i 14", "hsm stop 2",
	"key list --filter a attr.label=\"my key\" --max-items=3", "key generate-symmetric aes --label=a --share x --share y -zz", "help key list",
	"key help generate-symmetric aes", "login --username a --role=admin mfa-token-sign --token f", "crypto sign ecdsa --data x --data-path 'y z'",
	"key lst", "key list --verbose=1 -- --filter", "login --role=", "dgst -SHA256 -out=f -- -a b", "dgst --sign key -sign -out f", "req -days x -nodes"}

// tables are one of each form.
func tables() []Table[*desk] {
	return []Table[*desk]{kmuish(), cmuish(), clapish(), opensslish(), configureish()}
}

// FuzzMatch holds any line to these: its words are in order and within it; it is known, empty or at
// fault; a note can be said; and the mended line of a fault has none.
func FuzzMatch(f *testing.F) {
	for _, line := range seeds {
		f.Add(line)
	}
	f.Fuzz(func(t *testing.T, line string) {
		for _, table := range tables() {
			m := table.Match(line)
			at := 0
			for _, w := range m.Words {
				require.True(t, at <= w.From && w.From < w.To && w.To <= len(line))
				at = w.To
			}
			table.Run(&desk{}, line)
			if m.Fault == nil {
				require.True(t, m.Spec != nil || m.Help || len(m.Words) == 0)
				continue
			}
			require.NotEmpty(t, table.Note(m).String())
			require.True(t, m.Fault.Span.From <= m.Fault.Span.To && m.Fault.Span.To <= len(line))
			if meant, _ := table.Meant(&desk{}, line); meant != "" {
				require.Nil(t, table.Match(strings.TrimPrefix(meant, table.Lead)).Fault, "%q is to be %q", line, meant)
			}
		}
	})
}

// FuzzComplete holds completion to its law: what is offered replaces a part of the line, and Match
// takes it in that place.
func FuzzComplete(f *testing.F) {
	for _, line := range seeds {
		f.Add(line, len(line))
		f.Add(line, len(line)/2)
	}
	f.Fuzz(func(t *testing.T, line string, cursor int) {
		for _, table := range tables() {
			table.Explain(&desk{}, line, cursor)
			c := table.Complete(&desk{}, line, cursor)
			require.True(t, 0 <= c.From && c.From <= c.To && c.To <= len(line))
			for _, choice := range c.Choices {
				requireAccepted(t, table, line, c, choice)
			}
		}
	})
}

// requireAccepted types a choice and looks for a fault that lies in it.
func requireAccepted(t *testing.T, table Table[*desk], line string, c Completion, choice Choice) {
	t.Helper()
	typed := line[:c.From] + choice.Word + line[c.To:]
	m := table.Match(typed)
	end := c.From + len(choice.Word)
	found := false
	for _, w := range m.Words {
		found = found || w.To == end && w.From <= c.From
	}
	require.True(t, found, "%q is one word of %q", choice.Word, typed)
	if m.Fault == nil || m.Fault.Span.To <= c.From || m.Fault.Span.From >= end {
		return
	}
	switch m.Fault.Kind {
	case MissingValue, Needs, LineTooLong: // what is completed is right, something else is missing
		return
	}
	require.Failf(t, "refused", "%s in %q, %s", choice.Word, typed, m.Fault)
}

func BenchmarkMatch(b *testing.B) {
	table := kmuish()
	line := `genECCKeyPair -i 2 -l shared -u 4,5 -m_value 2 -nex -id k1`
	b.ReportAllocs()
	for b.Loop() {
		table.Match(line)
	}
}

func BenchmarkNote(b *testing.B) {
	table := kmuish()
	for _, name := range tools {
		table.Specs = append(table.Specs, Spec[*desk]{Name: name})
	}
	line := "genEcckeyPiar " + strings.Repeat("-i 2 ", 3)
	for b.Loop() {
		table.Note(table.Match(line))
	}
}

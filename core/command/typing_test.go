package command

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// offered completes a line at its |, and returns the line's part that is replaced and the words.
func offered(t *testing.T, table Table[*desk], line string) (replaced, words string) {
	t.Helper()
	before, after, ok := strings.Cut(line, "|")
	require.True(t, ok)
	c := table.Complete(&desk{}, before+after, len(before))
	var list []string
	for _, choice := range c.Choices {
		list = append(list, choice.Word)
	}
	return (before + after)[c.From:c.To], strings.Join(list, " ")
}

func TestCompleteOffersWhatFits(t *testing.T) {
	rows := []struct{ line, replaced, words string }{
		{"gen|", "gen", "genECCKeyPair genRSAKeyPair genDSAKeyPair"},
		{"  genE|", "genE", "genECCKeyPair"},
		{"genecck|", "genecck", "genECCKeyPair"},
		{"gen|ECCKeyPair -i 2", "genECCKeyPair", "genECCKeyPair genRSAKeyPair genDSAKeyPair"},
		{"qui|", "qui", ""},
		{"zz|", "zz", ""},
		{"zz |", "", ""},

		{"genECCKeyPair |", "", "-i -l -id -min_srv -nex -u -m_value -timeout -h"},
		{"genECCKeyPair -|", "-", "-i -l -id -min_srv -nex -u -m_value -timeout -h"},
		{"genECCKeyPair -i 2 -|", "-", "-l -id -min_srv -nex -u -m_value -timeout"},
		{"genECCKeyPair -i 2 -m|", "-m", "-min_srv -m_value"},
		{"genECCKeyPair -i 2 -M|", "-M", "-min_srv -m_value"},
		{"genECCKeyPair -i 2 -min_srv 2 -u 4 |", "", "-l -id -m_value -nex -timeout"},
		{"genECCKeyPair -| -l a", "-", "-i -id -min_srv -nex -u -m_value -timeout"},
		{"loginHSM -p x |", "", "-u -s"},

		{"genECCKeyPair -i |", "", "1 2 3 14 16"},
		{"genECCKeyPair -i 1|", "1", "1 14 16"},
		{"genECCKeyPair -i 1|4 -l a", "14", "1 14 16"},
		{"genECCKeyPair -i 9|", "9", ""},
		{"genECCKeyPair -l |", "", ""},
		{"loginHSM -p |", "", ""},
		{"loginHSM -u c|", "c", "CU CO"},
		{"loginHSM -s J|", "J", `"Jane Doe"`},
		{`loginHSM -s "Jane D|`, `"Jane D`, `"Jane Doe"`},
		{"deleteKey -k |", "", "6 7 262150"},
		{"deleteKey -k 2|", "2", "262150"},

		{"genECCKeyPair -u |", "", "4 5 42"},
		{"genECCKeyPair -u 4|", "4", "4 42"},
		{"genECCKeyPair -u 4,|", "", "5 42"},
		{"genECCKeyPair -u 5,4|", "4", "4 42"},
		{"genECCKeyPair -u x,|", "", ""},

		{"cat |", "", `keys/ "my key" attr_7 "-l" -h`},
		{"cat m|", "m", `"my key"`},
		{`cat "m|`, `"m`, `"my key"`},
		{"cat -|", "-", `"-l" -h`},
		{"exit |", "", "-h"},
	}
	for _, row := range rows {
		replaced, words := offered(t, kmuish(), row.line)
		require.Equal(t, row.words, words, row.line)
		require.Equal(t, row.replaced, replaced, row.line)
	}
}

func TestCompleteOfWordsInTheirPlaces(t *testing.T) {
	rows := []struct{ line, words string }{
		{"createUser |", "CO CU -hpswd -2fa"},
		{"createUser C|", "CO CU"},
		{"createUser CU -|", "-hpswd -2fa"},
		{"createUser CU bob -hpswd |", "-2fa"},
		{"create CU bob pass |", "-2fa"},
	}
	for _, row := range rows {
		_, words := offered(t, cmuish(), row.line)
		require.Equal(t, row.words, words, row.line)
	}
}

func TestCompleteSaysMeaningsAndBlanks(t *testing.T) {
	c := kmuish().Complete(&desk{}, "cat ", 4)
	require.Equal(t, Choice{"keys/", "", false}, c.Choices[0], "a directory goes on")
	require.Equal(t, Choice{"attr_7", "", true}, c.Choices[2])
	c = kmuish().Complete(&desk{}, "genECCKeyPair -u 4", 18)
	require.Equal(t, Choice{"4", "user4", false}, c.Choices[0], "a list goes on")
	c = kmuish().Complete(&desk{}, "genECCKeyPair -i 14", 19)
	require.Equal(t, []Choice{{"14", "secp384r1", true}}, c.Choices)
	c = kmuish().Complete(&desk{}, "gene", 4)
	require.Equal(t, []Choice{{"genECCKeyPair", "makes a pair", true}}, c.Choices)
	c = kmuish().Complete(&desk{}, "nothing ", 8)
	require.NotNil(t, c.Choices, "an empty list, not null, on the wire")
}

func TestExplainTiesWordsToSlots(t *testing.T) {
	x := kmuish().Explain(&desk{}, "genECCKeyPair -i 14 -l ", 19)
	require.Equal(t, "makes a pair", x.Summary)
	require.Equal(t, "the curve · 14: secp384r1", x.Means)
	require.Equal(t, 1, x.Current)
	require.Empty(t, x.Fault)
	require.Equal(t, []Slot{
		{"genECCKeyPair", "", true, false}, {"-i", "14", true, false}, {"-l", "", false, false}, {"-id", "", false, true},
		{"-min_srv", "", false, true}, {"-m_value", "", false, true}, {"-nex", "", false, true},
		{"-timeout", "", false, true}, {"-u", "", false, true},
	}, x.Slots)
}

func TestExplainFollowsTheCursor(t *testing.T) {
	rows := []struct {
		line    string
		current string // the slot's word, "" for none
		means   string
	}{
		{"|", "", ""},
		{"gen|", "", ""},
		{"genE|", "", "makes a pair"},
		{"genECCKeyPair|", "genECCKeyPair", "makes a pair"},
		{"genECC|KeyPair -i 2", "genECCKeyPair", "makes a pair"},
		{"genECCKeyPair |", "", "makes a pair"},
		{"genECCKeyPair -i|", "-i", "the curve"},
		{"genECCKeyPair -i |", "-i", "the curve"},
		{"genECCKeyPair -i 2 | -l a", "", "makes a pair"},
		{"genECCKeyPair -i 2 -u 4|", "-u", "shares · 4: user4"},
		{"deleteKey -k 7|", "-k", "a key · 7: private"},
		{"zz -i|", "", ""},
		{"cat fi|", "file", ""},
	}
	for _, row := range rows {
		before, after, _ := strings.Cut(row.line, "|")
		x := kmuish().Explain(&desk{}, before+after, len(before))
		if row.current == "" {
			require.Equal(t, -1, x.Current, row.line)
		} else {
			require.Equal(t, row.current, x.Slots[x.Current].Word, row.line)
		}
		require.Equal(t, row.means, x.Means, row.line)
	}
}

func TestExplainFaultsOnlyWhatTypingOnCannotMend(t *testing.T) {
	rows := []struct {
		line  string
		fault bool
	}{
		{"g|", false}, {"genEcc|", false}, {"zz|", true}, {"genEcc |", true}, {"exit|", false},
		{"genECCKeyPair|", false}, {"genECCKeyPair -|", false}, {"genECCKeyPair -m|", false}, {"genECCKeyPair -m |", true},
		{"genECCKeyPair -x|", true}, {"genECCKeyPair -i|", false}, {"genECCKeyPair -i |", false},
		{"genECCKeyPair -i | -l a", false}, {"genECCKeyPair -i a|", true}, {"genECCKeyPair -i 4|", true},
		{"genECCKeyPair -i 14 -l a -m_value 1|", false}, {"genECCKeyPair -i 14 -l a -m_value 9|", true},
		{"genECCKeyPair -u 4,|", false}, {"genECCKeyPair -u 4, |", true}, {"genECCKeyPair -u 4,,|", true},
		{"genECCKeyPair -u |", false}, {"genECCKeyPair -min_srv 0|", false}, {"genECCKeyPair -min_srv 0 |", true},
		{"Error2String -r 0|", false}, {"Error2String -r 0x|", false}, {"Error2String -r 0x |", true},
		{"genECCKeyPair -i -l| a", true}, {"exit now|", true},
	}
	for _, row := range rows {
		before, after, _ := strings.Cut(row.line, "|")
		x := kmuish().Explain(&desk{}, before+after, len(before))
		require.Equal(t, row.fault, x.Fault != "", "%s: %s", row.line, x.Fault)
	}
}

func TestASecretIsNeverExplainedOrNoted(t *testing.T) {
	lines := []string{"loginHSM -u CU -s a -p Tr0ub4dor", "loginHSM -u XX -s a -p Tr0ub4dor", "loginHSM -p Tr0ub4dor",
		"loginHSM -p two Tr0ub4dor", "loginHSM -p Tr0ub4dor -hpswd -u CU -s a", "loginHSM -p Tr0ub4dor -zz",
		"loginHSM -p Tr0ub4dor -p Tr0ub4dor", "createUser CU bob Tr0ub4dor" + strings.Repeat("x", 40),
		"createUser CU bob Tr0ub4dor more", "createUser CU bob my Tr0ub4dor"}
	for _, line := range lines {
		for _, table := range tables() {
			m := table.Match(line)
			if m.Spec == nil {
				continue
			}
			for cursor := range len(line) + 1 {
				x := table.Explain(&desk{}, line, cursor)
				require.NotContains(t, x.Means+x.Fault, "Tr0ub", line)
				for _, slot := range x.Slots {
					require.NotContains(t, slot.Value, "Tr0ub", line)
				}
			}
			if m.Fault != nil {
				require.NotContains(t, strings.Join(table.Note(m).Args, " "), "Tr0ub", line)
			}
		}
	}
}

package command

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestRunAnswers(t *testing.T) {
	eccUsage := kmuish().Usage("genECCKeyPair")
	rows := []struct {
		line, text, note string
	}{
		{"", "", ""},
		{"  \t ", "", ""},
		{"exit", "ran exit\n", ""},
		{"quit", "ran quit\n", ""},
		{"genECCKeyPair -h", eccUsage, ""},
		{"genECCKeyPair -i abc -h", eccUsage, ""},
		{`genECCKeyPair -l "-h" -i 2`, "ran genECCKeyPair\n", ""},
		{"genEccKeypair -i 14 -l ecc14", "\n        Invalid command: genEccKeypair\n\n",
			"genEccKeypair is not understood because capital letters count here: the command is genECCKeyPair. Type genECCKeyPair -i 14 -l ecc14."},
		{"genECCKeypiar", "\n        Invalid command: genECCKeypiar\n\n",
			"key_mgmt_util has no command genECCKeypiar, but genECCKeyPair. Did you mean genECCKeyPair -i 14 -l example?"},
		{"genXSAKeyPair", "\n        Invalid command: genXSAKeyPair\n\n",
			"key_mgmt_util has no command genXSAKeyPair. Did you mean genRSAKeyPair or genDSAKeyPair?"},
		{"genECC -i 2", "\n        Invalid command: genECC\n\n",
			"genECC is only the beginning of genECCKeyPair, and key_mgmt_util wants the whole name. Type genECCKeyPair -i 2 -l example."},
		{"createUser CU a b", "\n        Invalid command: createUser\n\n",
			"createUser is a command of cloudhsm_mgmt_util, not of key_mgmt_util. Start it with cloudhsm_mgmt_util in a new tab, where key_mgmt_util goes on beside it, or leave with exit first."},
		{"sharKey", "\n        Invalid command: sharKey\n\n",
			"key_mgmt_util has no command sharKey, but cloudhsm_mgmt_util has shareKey. Use a new tab, where key_mgmt_util goes on beside it, or leave with exit first."},
		{"xyzzy", "\n        Invalid command: xyzzy\n\n",
			"key_mgmt_util has no command xyzzy. help lists the ones it has."},

		{"genECCKeyPair -i 14", eccUsage,
			"genECCKeyPair needs -l as well. A line that would work: genECCKeyPair -i 14 -l example."},
		{"genECCKeyPair", eccUsage,
			"genECCKeyPair needs -i -l as well. A line that would work: genECCKeyPair -i 14 -l example."},
		{"genECCKeyPair -i 2 -l a -timeout 5", eccUsage,
			"-timeout counts only together with -min_srv. A line that would work: genECCKeyPair -i 2 -l a -min_srv 1 -timeout 5."},
		{"genECCKeyPair -i 2 -l a -m-value 5", eccUsage,
			"genECCKeyPair has no option -m-value, but -m_value. A line that would work: genECCKeyPair -i 2 -l a -m_value 5 -u 4,5."},
		{"genECCKeyPair -i 2 --label a", eccUsage,
			"genECCKeyPair has no option --label, but -l. A line that would work: genECCKeyPair -i 2 -l a."},
		{"genECCKeyPair -I 2 -l a", eccUsage,
			"-I is not understood because capital letters count here. Type genECCKeyPair -i 2 -l a."},
		{"genECCKeyPair -i 2 -l a -zzz", eccUsage,
			"genECCKeyPair has no option -zzz. It takes -i -l -id -min_srv -m_value -nex -timeout -u -h."},
		{"exit -f", kmuish().Usage("exit"), "exit takes no options. Type exit."},
		{"genECCKeyPair -i 2 -l a b", eccUsage,
			"b belongs to no option of genECCKeyPair. A value with blanks goes between double quotes. A line that would work: genECCKeyPair -i 2 -l \"a b\"."},
		{"genECCKeyPair -i 2 -i 2 -l a", eccUsage,
			"-i stands there twice, and genECCKeyPair takes it once. Type genECCKeyPair -i 2 -l a."},
		{"genECCKeyPair -i 4 -l a", eccUsage,
			"4 is not a value of -i, which takes 1 to 3, 14, 16."},
		{"loginHSM -u cu -s a -p b", "\n        Error: invalid value for -u\n" + kmuish().Usage("loginHSM"),
			"cu is not a value of -u because capital letters count here. Type loginHSM -u CU -s a -hpswd."},
		{"loginHSM -u XX -s a -p b", "\n        Error: invalid value for -u\n" + kmuish().Usage("loginHSM"),
			"XX is not a value of -u, which takes CU, CO."},
		{"loginHSM -u CU -s a -p b -hpswd", kmuish().Usage("loginHSM"),
			"-hpswd and -p stand in each other's place, so only one of them can be given. A line that would work: loginHSM -u CU -s a -hpswd."},

		{"genECCKeyPair -i abc -l a", "\n        Error: invalid value for -i\n" + eccUsage,
			"abc is not a value of -i, which takes 1 to 3, 14, 16."},
		{"genECCKeyPair -i SECP256k1 -l a", "\n        Error: invalid value for -i\n" + eccUsage,
			"SECP256k1 is not a value of -i, but 16. A line that would work: genECCKeyPair -i 16 -l a."},
		{"deleteKey -k 0x6", "\n        Error: invalid value for -k\n" + kmuish().Usage("deleteKey"),
			"0x6 is not a number, and -k takes a decimal one. A line that would work: deleteKey -k 6."},
		{"genECCKeyPair -i -l a", "\n        Error: invalid value for -i\n" + eccUsage,
			"-i wants a value after it: EC curve id. A line that would work: genECCKeyPair -i 14 -l a."},
		{"genECCKeyPair -i 2 -l a -u 4 -m_value 9", "\n        Error: invalid value for -m_value\n" + eccUsage,
			"9 is out of range: -m_value takes 0 to 8. A line that would work: genECCKeyPair -i 2 -l a -m_value 8 -u 4."},
		{"deleteKey -k 99999999999999999999", "\n        Error: invalid value for -k\n" + kmuish().Usage("deleteKey"),
			"99999999999999999999 is larger than any number that -k can take."},
		{"Error2String -r xyz", "\n        Error: invalid value for -r\n" + kmuish().Usage("Error2String"),
			"xyz is not hexadecimal, and -r takes the digits 0 to 9 and a to f. A line that would work: Error2String -r 0xb3."},
		{"genECCKeyPair -i 2 -l " + strings.Repeat("x", 128), "\n        Error: invalid value for -l\n" + eccUsage,
			"The value of -l has 128 bytes, and at most 127 fit. Choose a shorter one."},
		{"genECCKeyPair -i 2 -l a \x1b[31m", eccUsage,
			"^[[31m belongs to no option of genECCKeyPair, which takes -i -l -id -min_srv -m_value -nex -timeout -u. A line that would work: genECCKeyPair -i 2 -l a."},
		{"genECCKeyPair -i 2 -l a -u 4,,5", "\n        Error: invalid value for -u\n" + eccUsage,
			"4,,5 is not a list of user ids, which is numbers with commas between and no blanks. A line that would work: genECCKeyPair -i 2 -l a -u 4,5."},
	}
	for _, row := range rows {
		d := &desk{}
		out := kmuish().Run(d, row.line)
		require.Equal(t, row.text, out.Text, row.line)
		if row.note == "" {
			require.Empty(t, out.Notes, row.line)
			require.NoError(t, out.Err)
			continue
		}
		require.Len(t, out.Notes, 1, row.line)
		require.Equal(t, row.note, out.Notes[0].String())
		require.Error(t, out.Err)
		require.Empty(t, d.ran, "a line with a fault is never run: %s", row.line)
	}
}

func TestAHandlerCanRefuseWithTheUsage(t *testing.T) {
	table := Table[*desk]{Style: Style{Usage: usage}, Specs: []Spec[*desk]{{Name: "gen", Run: func(_ *desk, a Args) Outcome { return Outcome{Text: a.Usage()} }}}}
	require.Equal(t, "Usage: gen -h\n", table.Run(&desk{}, "gen").Text)
}

func TestAValueThatIsNearlyAWord(t *testing.T) {
	table := Table[*desk]{Specs: []Spec[*desk]{{Name: "hash", Params: []Param{
		{Flag: "-t", Value: "hash", Kind: Choices, Values: []Value{{Word: "SHA256", Means: ""}, {Word: "SHA384", Means: ""}, {Word: "MD5", Means: ""}}}}}}}
	require.Equal(t, "SHA265 is not a value of -t, but SHA256. A line that would work: hash -t SHA256.",
		table.Note(table.Match("hash -t SHA265")).String())
	require.Equal(t, "sha384 is not a value of -t because capital letters count here. Type hash -t SHA384.",
		table.Note(table.Match("hash -t sha384")).String())
}

func TestALooseCommandTakesWhateverFollows(t *testing.T) {
	d := &desk{}
	table := Table[*desk]{Style: Style{Help: []string{"-h"}}, Specs: []Spec[*desk]{{Name: "genPBEKey", Loose: true, Run: note("genPBEKey")}}}
	table.Run(d, "genPBEKey -p x \"y")
	require.Equal(t, []string{"genPBEKey"}, d.ran)
	require.True(t, table.Match("genPBEKey -p -h").Help)
}

func TestCapitalLettersDoNotCountWhereTheStyleSaysSo(t *testing.T) {
	d := &desk{}
	table := kmuish()
	table.Style.AnyCase = true
	table.Run(d, "geneccKEYPAIR -L a -I 2")
	require.Equal(t, []string{"genECCKeyPair|2|a"}, d.ran)
}

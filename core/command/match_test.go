package command

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestSplitGroupsByQuotesAndHasNoEscapes(t *testing.T) {
	rows := []struct {
		line string
		want []Word
	}{
		{"", []Word{}},
		{" \t\n", []Word{}},
		{"a  b", []Word{{Span{0, 1}, "a", false, -1}, {Span{3, 4}, "b", false, -1}}},
		{`-l "two words"`, []Word{{Span{0, 2}, "-l", false, -1}, {Span{3, 14}, "two words", true, -1}}},
		{`a"b c"d`, []Word{{Span{0, 7}, "ab cd", true, -1}}},
		{`"" x`, []Word{{Span{0, 2}, "", true, -1}, {Span{3, 4}, "x", false, -1}}},
		{`-l "open end `, []Word{{Span{0, 2}, "-l", false, -1}, {Span{3, 13}, "open end ", true, -1}}},
		{`a\"b c"`, []Word{{Span{0, 7}, `a\b c`, true, -1}}},
		{`'a b'`, []Word{{Span{0, 2}, "'a", false, -1}, {Span{3, 5}, "b'", false, -1}}},
	}
	for _, row := range rows {
		require.Equal(t, row.want, Split(row.line, DoubleQuotes), row.line)
	}
	require.Equal(t, `"a`, Split(`"a b"`, NoQuotes)[0].Text, "cloudhsm_mgmt_util has no quotes (spec/cmu.md 1.3)")
}

func TestMatchFindsTheFirstFaultAndItsPlace(t *testing.T) {
	rows := []struct {
		line string
		kind FaultKind
		at   string // the text of the fault's span
	}{
		{"genECCKeyPair -i 14 -l a", 0, ""},
		{"genECCKeyPair -l a -i 014", 0, ""},
		{"genECCKeyPair -l -5 -i 2", 0, ""},
		{"genECCKeyPair -l - -i 2", 0, ""},
		{`genECCKeyPair -l "" -i 2`, 0, ""},
		{`genECCKeyPair -l "-i" -i 2 -nex`, 0, ""},
		{"genECCKeyPair -l " + strings.Repeat("x", 127) + " -i 2", 0, ""},
		{"genECCKeyPair -l a -i 2 -u 4,5 -m_value 0 -min_srv 3 -timeout 0", 0, ""},
		{"loginHSM -u CU -s a -hpswd", 0, ""},
		{"Error2String -r 0xB3", 0, ""},
		{"Error2String -r b3", 0, ""},
		{"cat -n", 0, ""},

		{"genECCkeyPair -i 14", UnknownCommand, "genECCkeyPair"},
		{"\"\"", UnknownCommand, `""`},
		{"genECCKeyPair -i 14 -l a -sess", UnknownOption, "-sess"},
		{"genECCKeyPair -i 14 –l a", UnknownOption, "–l"},
		{"genECCKeyPair -i -l a", MissingValue, "-i"},
		{"genECCKeyPair -l a -i", MissingValue, "-i"},
		{"genECCKeyPair -i -5 -l a", NotANumber, "-5"},
		{"genECCKeyPair -i 1e1 -l a", NotANumber, "1e1"},
		{"genECCKeyPair -i ２ -l a", NotANumber, "２"},
		{`genECCKeyPair -i "" -l a`, NotANumber, `""`},
		{"deleteKey -k 0x6", NotANumber, "0x6"},
		{"deleteKey -k 99999999999999999999", OutOfRange, "99999999999999999999"},
		{"genECCKeyPair -i 17 -l a", NotAChoice, "17"},
		{"genECCKeyPair -i 2 -l a -min_srv 0", OutOfRange, "0"},
		{"genECCKeyPair -i 2 -l a -u 4,5,", NotAList, "4,5,"},
		{"genECCKeyPair -i 2 -l a -u 4, 5", NotAList, "4,"},
		{"genECCKeyPair -i 2 -l a -u bob", NotAList, "bob"},
		{"genECCKeyPair -i 2 -l a -u 99999999999999999999", OutOfRange, "99999999999999999999"},
		{"genECCKeyPair -i 2 -l " + strings.Repeat("x", 128), TooLong, strings.Repeat("x", 128)},
		{"genECCKeyPair -i 2 -l " + strings.Repeat("é", 64), TooLong, strings.Repeat("é", 64)},
		{"Error2String -r 0x", NotHex, "0x"},
		{"Error2String -r 0xg", NotHex, "0xg"},
		{"genECCKeyPair -i 2 -l a -m_value 2", Needs, "-m_value"},
		{"genECCKeyPair -i 2 -l a -timeout 2", Needs, "-timeout"},
		{"genECCKeyPair -nex -i 2 -nex -l a", Repeated, "-nex"},
		{"genECCKeyPair -i 2 -l two words", ExtraWord, "words"},
		{"exit now", ExtraWord, "now"},
		{"loginHSM -u CU -s a", Missing, ""},
		{"loginHSM -u CU -s a -hpswd -p b", Both, "-hpswd"},
		{"genECCKeyPair -i x -zz", NotANumber, "x"},
		{"genECCKeyPair -zz -i x", UnknownOption, "-zz"},
	}
	for _, row := range rows {
		m := kmuish().Match(row.line)
		if row.kind == 0 {
			require.Nil(t, m.Fault, row.line)
			continue
		}
		require.NotNil(t, m.Fault, row.line)
		require.Equal(t, row.kind, m.Fault.Kind, row.line)
		require.Equal(t, row.at, row.line[m.Fault.Span.From:m.Fault.Span.To], row.line)
		require.NotRegexp(t, `\{[a-z]+\}`, kmuish().Note(m).String(), "every blank of the note is filled")
		require.NotEmpty(t, m.Fault.Error())
	}
}

func TestMatchOfWordsInTheirPlaces(t *testing.T) {
	rows := []struct {
		line, ran string // what ran, or "" and a fault
		kind      FaultKind
	}{
		{"createUser CU bob secret", "createUser|CU|bob|secret|", 0},
		{"createUser CU bob -hpswd", "createUser|CU|bob||", 0},
		{"createUser CU bob -hpswd -2fa /tmp/auth", "createUser|CU|bob||/tmp/auth", 0},
		{"createUser CU bob -2fa f secret", "createUser|CU|bob|secret|f", 0},
		{"createUser CU bob -dashed", "createUser|CU|bob|-dashed|", 0},
		{"listU", "listUsers", 0},
		{"findAllKeys 3", "findAllKeys|3|", 0},
		{"find 3 out", "findAllKeys|3|out", 0},
		{"list", "", UnknownCommand},
		{"listu", "", UnknownCommand},
		{"createUser XX bob secret", "", NotAChoice},
		{"createUser CU bob", "", Missing},
		{"createUser CU bob -hpswd secret", "", ExtraWord},
		{"createUser CU bob secret -hpswd", "", Both},
		{"findAllKeys bob", "", NotANumber},
		{"findAllKeys 3 out more", "", ExtraWord},
	}
	for _, row := range rows {
		d := &desk{}
		out := cmuish().Run(d, row.line)
		if row.kind != 0 {
			var f *Fault
			require.ErrorAs(t, out.Err, &f, row.line)
			require.Equal(t, row.kind, f.Kind, row.line)
			require.Empty(t, d.ran)
			continue
		}
		require.Equal(t, []string{row.ran}, d.ran, row.line)
	}
}

func TestMatchNamesAllThatIsMissing(t *testing.T) {
	m := kmuish().Match("loginHSM")
	require.Equal(t, "-u -s -p", names(m.Fault.Missing), "of -p and -hpswd the first stands for both")
	m = kmuish().Match("loginHSM -hpswd -s a")
	require.Equal(t, "-u", names(m.Fault.Missing))
}

func TestMatchWordsTakesWordsAsTheyAre(t *testing.T) {
	d := &desk{}
	m := kmuish().MatchWords([]string{"genECCKeyPair", "-i", "2", "-l", `two "words"`})
	kmuish().Carry(d, m)
	require.Equal(t, []string{`genECCKeyPair|2|two "words"`}, d.ran)
	require.Nil(t, kmuish().MatchWords(nil).Fault)
	require.Equal(t, UnknownCommand, kmuish().MatchWords([]string{""}).Fault.Kind)
}

func TestArgsReadWhatWasChecked(t *testing.T) {
	a := kmuish().Match("genECCKeyPair -i 014 -l \"a b\" -u 5,4,5 -nex").Args()
	require.Equal(t, int64(14), a.Int("-i"))
	require.Equal(t, "a b", a.Text("-l"))
	require.Equal(t, []int64{5, 4, 5}, a.Ints("-u"))
	require.True(t, a.Has("-nex"))
	require.False(t, a.Has("-timeout"))
	require.Zero(t, a.Int("-timeout"))
	require.Empty(t, a.Text("-id"))
	require.PanicsWithValue(t, "command: no parameter -label", func() { a.Text("-label") })

	require.Equal(t, []byte{0x0d, 0xb1}, kmuish().Match("Error2String -r 0xdb1").Args().Hex("-r"))
	require.Nil(t, kmuish().Match("genECCKeyPair -i 2 -l a").Args().Ints("-u"))
}

func TestMatchOfHostileLines(t *testing.T) {
	mega := strings.Repeat("x", 1<<20)
	rows := []struct {
		line string
		kind FaultKind
	}{
		{"a\x00b", UnknownCommand},
		{"\x00", UnknownCommand},
		{"\xff\xfe", UnknownCommand},
		{"cat \xff\xfe\x00", 0},
		{`"`, UnknownCommand},
		{mega, LineTooLong},
		{"exit " + mega, LineTooLong},
		{strings.Repeat("a ", 100_000), LineTooLong},
		{strings.Repeat(" ", 1<<20), LineTooLong},
		{"genECCKeyPair " + strings.Repeat("-i 2 ", 3_000), Repeated},
		{"genECCKeyPair -u " + strings.Repeat("4,", 8_000) + "4 -i 2 -l a", 0},
		{"exit " + strings.Repeat("a ", 8_000), ExtraWord},
	}
	for _, row := range rows {
		d := &desk{}
		out := kmuish().Run(d, row.line)
		if row.kind == 0 {
			require.NoError(t, out.Err)
			continue
		}
		var f *Fault
		require.ErrorAs(t, out.Err, &f)
		require.Equal(t, row.kind, f.Kind)
		for _, part := range out.Notes[0].Parts() {
			require.NotContains(t, part.Text, "\x00")
			require.Less(t, len(part.Text), 1000, "a note repeats only the beginning of a long word")
		}
		kmuish().Complete(d, row.line, len(row.line))
		kmuish().Explain(d, row.line, len(row.line))
	}
}

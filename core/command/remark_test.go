package command

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestWhatIsSilentlyTakenIsRemarked(t *testing.T) {
	rows := []struct{ line, ran, note string }{
		{`genECCKeyPair -i 2 -l "a b`, "genECCKeyPair|2|a b",
			"A double quote has no partner, so it reaches to the end of the line. Type the second one behind the value."},
		{"genECCKeyPair -i 2 -l \u201cx\u201d", "genECCKeyPair|2|\u201cx\u201d",
			"The quotes are part of the value here: -l is \u201cx\u201d. Only straight double quotes go around a value. A line that would work: genECCKeyPair -i 2 -l x."},
		{"genECCKeyPair -i 2 -l 'x'", "genECCKeyPair|2|'x'",
			"The quotes are part of the value here: -l is 'x'. Only straight double quotes go around a value. A line that would work: genECCKeyPair -i 2 -l x."},
		{`genECCKeyPair -i 2 -l ""`, "genECCKeyPair|2|", "The value of -l is empty here, and it is taken so."},
		{"genECCKeyPair -i 2 -l -x", "genECCKeyPair|2|-x",
			"-x looks like an option and is taken as the value of -l, because it stands behind it."},
		{"genECCKeyPair -i 2 -l $HOME", "genECCKeyPair|2|$HOME",
			"Variables are bash's, and here the value of -l is $HOME as it stands."},
		{`genECCKeyPair -i 2 -l "-x"`, "genECCKeyPair|2|-x", ""},
		{"genECCKeyPair -i 2 -l $5", "genECCKeyPair|2|$5", ""},
		{"genECCKeyPair -i 2 -l it's", "genECCKeyPair|2|it's", ""},
		{"loginHSM -u CU -s a -p $Secret", "loginHSM|a|$Secret", ""},
	}
	for _, row := range rows {
		d := &desk{}
		out := kmuish().Run(d, row.line)
		require.Equal(t, []string{row.ran}, d.ran, row.line)
		require.NoError(t, out.Err)
		if row.note == "" {
			require.Empty(t, out.Notes, row.line)
			continue
		}
		require.Len(t, out.Notes, 1, row.line)
		require.Equal(t, row.note, out.Notes[0].String())
	}
	out := kmuish().Carry(&desk{}, kmuish().MatchWords([]string{"genECCKeyPair", "-i", "2", "-l", "$x"}))
	require.Empty(t, out.Notes, "bash has replaced its variables already")
}

func TestAPastedPromptIsCutOff(t *testing.T) {
	rows := map[string]string{
		"Command:  genECCKeyPair -l a -i 2":           "Command: is the prompt, which key_mgmt_util prints itself. Type genECCKeyPair -l a -i 2.",
		"$ exit":                                      "$ is the prompt, which key_mgmt_util prints itself. Type exit.",
		"aws-cloudhsm>exit":                           "aws-cloudhsm> is the prompt, which key_mgmt_util prints itself. Type exit.",
		"aws-cloudhsm > exit":                         "aws-cloudhsm > is the prompt, which key_mgmt_util prints itself. Type exit.",
		"ann@cluster-1a > exit":                       "ann@cluster-1a > is the prompt, which key_mgmt_util prints itself. Type exit.",
		"server0> exit":                               "server0> is the prompt, which key_mgmt_util prints itself. Type exit.",
		"[ec2-user@ip-10-0-0-9 ~]$ exit":              "[ec2-user@ip-10-0-0-9 ~]$ is the prompt, which key_mgmt_util prints itself. Type exit.",
		"Command: deleteKey -o 6":                     "Command: is the prompt, which key_mgmt_util prints itself. Type deleteKey -k 6.",
		"Command: loginHSM -u CU -s bob -p Tr0ub4dor": "Command: is the prompt, which key_mgmt_util prints itself. Type loginHSM -u CU -s bob -hpswd.",
		"foo > exit":                                  "key_mgmt_util has no command foo. help lists the ones it has.",
		"$ foo":                                       "key_mgmt_util has no command $. help lists the ones it has.",
	}
	for line, want := range rows {
		require.Equal(t, want, kmuish().Note(kmuish().Match(line)).String(), line)
	}
}

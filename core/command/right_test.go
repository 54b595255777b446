package command

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestTheMendedLineKeepsWhatWasTyped: what is offered can be typed as it is, and has the learner's
// own values.
func TestTheMendedLineKeepsWhatWasTyped(t *testing.T) {
	rows := []struct{ line, want string }{
		{"genECCKeyPair -i 2 -l a -min_srv 2 -timout 3", "genECCKeyPair -i 2 -l a -min_srv 2 -timeout 3"},
		{"genECCKeyPair -i 2 -l a -timout 3 -minsrv 2", "genECCKeyPair -i 2 -l a -min_srv 2 -timeout 3"},
		{"genECCKeyPair --i 2 -l x", "genECCKeyPair -i 2 -l x"},
		{"genECCKeyPair \u2013i 2 \u2014l x", "genECCKeyPair -i 2 -l x"},
		{"genECCKeyPair \u2013i 2 \u2013l \u201cx\u201d", "genECCKeyPair -i 2 -l x"},
		{"genECCKeyPair -i 2 -l \u201cmy key\u201d", `genECCKeyPair -i 2 -l "my key"`},
		{"genECCKeyPair -i 2 -label x", "genECCKeyPair -i 2 -l x"},
		{"genECCKeyPair -i 99 -label x", ""}, // nobody knows which
		{"genECCKeyPair -i 2 -l my key", `genECCKeyPair -i 2 -l "my key"`},
		{"genECCKeyPair -l my new key -i 2", `genECCKeyPair -i 2 -l "my new key"`},
		{"genECCKeyPair -i 2 -l 'x y'", `genECCKeyPair -i 2 -l "x y"`},
		{"genECCKeyPair -i 2 -l x; ls", "genECCKeyPair -i 2 -l x"},
		{"genECCKeyPair -i 2 -l x > file", "genECCKeyPair -i 2 -l x"},
		{"genECCKeyPair -i 2 extra -l x", "genECCKeyPair -i 2 -l x"},
		{"genECCKeyPair -i 2 -l a -u user4", "genECCKeyPair -i 2 -l a -u 4"},
		{"genECCKeyPair -i 2 -l a -u user5,4", "genECCKeyPair -i 2 -l a -u 5,4"},
		{"genECCKeyPair -i secp384r1 -label x", "genECCKeyPair -i 14 -l x"},
		{"deleteKey -k private", "deleteKey -k 7"},
		{"deleteKey -o 6", "deleteKey -k 6"},
		{"deleteKey --handle 6", "deleteKey -k 6"},
		{"extractMaskedObject -k 6 -out f", "extractMaskedObject -o 6 -out f"},
		{"exportPubKey -out f -o 6", "exportPubKey -k 6 -out f"},
		{"loginHSM -u CU -s bob -p x -hpswd", "loginHSM -u CU -s bob -hpswd"},
		{"loginHSM -u CU -s bob", "loginHSM -u CU -s bob -hpswd"},
	}
	for _, row := range rows {
		m := kmuish().Match(row.line)
		require.NotNil(t, m.Fault, row.line)
		d := &desk{}
		table := kmuish()
		line, _ := table.Meant(d, row.line)
		require.Equal(t, row.want, line, row.line)
		if row.want != "" {
			require.Nil(t, kmuish().Match(row.want).Fault, row.want)
		}
	}
	table := cmuish()
	line, _ := table.Meant(&desk{}, "createUser CU bob x y")
	require.Equal(t, "createUser CU bob -hpswd", line)
}

func TestAProgramsVerbsAreOfferedWithItsName(t *testing.T) {
	table := cmuish()
	table.Tool, table.Lead = "hsm", "hsm "
	table.Specs = []Spec[*desk]{{Name: "stop", Params: []Param{{Value: "N", Kind: Node, Example: "2"}}}, {Name: "status"}}
	rows := map[string]string{
		"stop":   "hsm stop needs N as well. A line that would work: hsm stop 2.",
		"stpo 2": "hsm has no command stpo, but hsm stop. Did you mean hsm stop 2?",
		"foo":    "hsm has no verb foo. hsm lists the ones it has.",
	}
	for line, want := range rows {
		require.Equal(t, want, table.Note(table.Match(line)).String())
	}
}

func TestHelpAskedInAnotherWayIsPointedToTheToolsOwn(t *testing.T) {
	for _, line := range []string{"genECCKeyPair --help", "genECCKeyPair help", "genECCKeyPair ?", "genECCKeyPair -? "} {
		require.Equal(t, "key_mgmt_util explains a command in its own way. Type genECCKeyPair -h.",
			kmuish().Note(kmuish().Match(line)).String(), line)
	}
	table := kmuish()
	table.Specs = append(table.Specs, Spec[*desk]{Name: "help"})
	require.Equal(t, "key_mgmt_util explains a command in its own way. Type genECCKeyPair -h.",
		table.Note(table.Match("help genECCKeyPair")).String())
	require.Equal(t, "x belongs to no option of help. A line that would work: help.",
		table.Note(table.Match("help x")).String())
}

func TestABoundThatNobodyReachesIsNotNamed(t *testing.T) {
	require.Equal(t, "0 is out of range: -min_srv takes 1 or more. A line that would work: genECCKeyPair -i 2 -l a -min_srv 1.",
		kmuish().Note(kmuish().Match("genECCKeyPair -i 2 -l a -min_srv 0")).String())
	require.Contains(t, kmuish().Note(kmuish().Match("genECCKeyPair -i 2 -l a -min_srv 9999999999")).String(), "larger than any number")
}

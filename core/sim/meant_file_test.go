package sim

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestAMisspeltFileIsCorrected types lines of bash and of the tools that name a file nearly: the
// whole line with the right name is offered, once, and only where one file is near.
func TestAMisspeltFileIsCorrected(t *testing.T) {
	w := New(Options{Source: oneKey})
	w.Open("", 80)
	for _, line := range []string{"mkdir -p keys/deep", "echo x > keys/deep/note.txt", "echo '{}' > data.json", "echo ls > go.sh",
		"touch one1 one2", "openssl genrsa -out my.key 2048", "openssl rsa -in my.key -pubout -out my.pub",
		"openssl dgst -sha256 -sign my.key -out sig.bin data.json"} {
		require.True(t, w.Type(1, line).Works(), line)
	}
	for typed, want := range map[string]string{
		"cat dta.json":                    "cat data.json",
		"ls dta.json":                     "ls data.json",
		"cp dta.json b":                   "cp data.json b",
		"mv dta.json b":                   "mv data.json b",
		"head -n 1 dta.json":              "head -n 1 data.json",
		"jq . dta.json":                   "jq . data.json",
		"cat < dta.json | wc -l":          "cat < data.json | wc -l",
		"dd if=dta.json of=b":             "dd if=data.json of=b",
		"cat key/deep/not.txt":            "",
		"cat keys/deep/not.txt":           "cat keys/deep/note.txt",
		"cat key/deep/note.txt":           "cat keys/deep/note.txt",
		"cd keyss":                        "cd keys",
		"bash og.sh":                      "bash go.sh",
		"sudo cat dta.json":               "sudo cat data.json",
		"openssl rsa -in my.ky -noout":    "openssl rsa -in my.key -noout",
		"openssl dgst -sha256 dta.json":   "openssl dgst -sha256 data.json",
		"openssl asn1parse -in my.ky":     "openssl asn1parse -in my.key",
		"openssl pkey -in my.ky -pubout":  "openssl pkey -in my.key -pubout",
		"cloudhsm_mgmt_util nothing.cfg":  "",
		"cat one3":                        "", // two are near
		"cat nothing":                     "",
		"rm dta.json":                     "", // another file is not to go
		"sudo rm dta.json":                "",
		"find keyss -delete":              "",
		"find keyss -exec rm {} +":        "",
		"cat dta.json 2> /dev/null":       "", // who does not want to hear
		"[ -f dta.json ]":                 "",
		"grep dta.json my.pub":            "",
		"echo 'No such file or dta.json'": "",
		"openssl dgst -sha256 -verify my.pb -signature sig.bn dta.json":                            "openssl dgst -sha256 -verify my.pub -signature sig.bin data.json",
		"key_mgmt_util singlecmd loginHSM -u CU -s example_user -p aws importPubKey -l a -f my.pb": "key_mgmt_util singlecmd loginHSM -u CU -s example_user -p aws importPubKey -l a -f my.pub",
	} {
		var wanted []string
		if want != "" {
			wanted = []string{want}
		}
		offers, _ := said(w, typed)
		require.Equal(t, wanted, offers, typed)
	}
	w.Type(1, "key_mgmt_util")
	for typed, want := range map[string]string{"cat dta.json": "cat data.json", "ls dta.json": "ls data.json"} {
		offers, _ := said(w, typed)
		require.Equal(t, []string{want}, offers, typed)
	}
}

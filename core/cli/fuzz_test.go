package cli

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/hsm"
)

// FuzzLine types any line at a logged-in tool, with keys and files to name: nothing panics, what is
// printed is an envelope or an error of clap, and what fails has made nothing.
func FuzzLine(f *testing.F) {
	for _, s := range Commands.Specs {
		f.Add(s.Name)
		line := s.Name
		for _, p := range s.Params {
			if line += " " + p.Flag; p.Example != "" {
				line += " " + p.Example
			} else if len(p.Values) > 0 {
				line += " " + p.Values[0].Word
			} else if strings.HasSuffix(p.Flag, "filter") {
				line += " attr.label=aes"
			} else {
				line += " 16"
			}
		}
		f.Add(line)
	}
	f.Add(`key list --filter attr.label="two words" attr.id= attr.modulus=0x --verbose --max-items 0`)
	f.Add("key generate-symmetric aes --label \u2028\x00\x7f --key-length-bytes 16 --attributes id=0x123 wrap-template=sign=true")
	f.Fuzz(func(t *testing.T, line string) {
		d := newDesk(t)
		d.line("login --username example_user --role crypto-user --password aws")
		d.line("key generate-symmetric aes --label aes --key-length-bytes 16 --attributes wrap=true unwrap=true")
		d.files["16"] = []byte("sixteen bytes...")
		before := d.keys()
		text := d.line(line)
		for d.ask != nil {
			text = d.line("16")
		}
		if d.out.Err != nil {
			require.Equal(t, before, d.keys())
		}
		if strings.HasPrefix(text, "{") && d.out.Notes == nil {
			var e envelope
			require.NoError(t, json.Unmarshal([]byte(text), &e))
		}
	})
}

// keys are those that the user sees.
func (d *desk) keys() []*hsm.Key {
	if len(d.tool.links) == 0 || d.tool.links[0].client.Login == nil {
		return nil
	}
	return d.tool.links[0].client.Visible()
}

// FuzzFilter reads any words as a filter and tries them on a key: nothing panics, and what a key is
// shown with selects it.
func FuzzFilter(f *testing.F) {
	for _, words := range []string{"key-reference=6", "key-reference=0x0000000000000006", "attr.label=aes attr.sign=true", "attr.id=", "attr.=", "=",
		"attr.key-length-bytes=016", "key-reference=0x10000000000000000", "attr.check-value=0x"} {
		f.Add(words)
	}
	d := newDesk(f)
	d.line("login --username example_user --role crypto-user --password aws")
	d.line("key generate-symmetric aes --label aes --key-length-bytes 16")
	k := d.keys()[0]
	f.Fuzz(func(t *testing.T, words string) {
		terms, fault := readFilter(strings.Fields(words))
		require.True(t, fault == "" || terms == nil)
		selects(terms, k, hsm.HSM1)
	})
}

// FuzzToken reads any file as one of a quorum token: it is refused, or has records.
func FuzzToken(f *testing.F) {
	for _, text := range []string{"", "{}", `{"version":"2.0","approval_data":"AAAA","token":"","signatures":[{}]}`, strings.Repeat("[", 10001), `{"tokens":[]}`} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		file, err := readToken(data)
		require.Equal(t, err == nil, len(file.Data) > 0)
	})
}

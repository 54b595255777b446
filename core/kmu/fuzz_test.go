package kmu

import (
	"bytes"
	"encoding/hex"
	"testing"

	"github.com/stretchr/testify/require"
)

func FuzzModulusIn(f *testing.F) {
	for _, text := range []string{"", "0x00c0ffee", "OBJ_ATTR_MODULUS\n0xc0ffee\n", "c0 ff\nee", "0x", "0Xc0f", "none"} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		modulus := modulusIn(data)
		require.True(t, len(modulus) == 0 || modulus[0] != 0)
		require.True(t, bytes.Equal(modulus, modulusIn([]byte(hex.EncodeToString(modulus)))))
	})
}

// FuzzLine types any line at a logged-in tool, with keys and files to name: nothing panics, and
// what fails has made nothing.
func FuzzLine(f *testing.F) {
	for _, s := range Commands.Specs {
		f.Add(s.Name)
		f.Add(s.Name + " -h")
		f.Add(s.Name + " -k 6 -o 6 -w 7 -f aes -out out -m 4 -l label -t 31 -s 16 -i 2 -e 65537 -u 4 -a 512")
	}
	for _, line := range wrongKeys {
		f.Add(line)
	}
	f.Add("imSymKey -f aes -t 31 -l label -w 4 -wk aes -sess")
	f.Add("wrapKey -k 6 -w 6 -out out -m 10 -noheader -iv_file iv -tag_size 8 -aad aes")
	f.Add("unWrapKey -f aes -w 6 -m 5 -noheader -l label -kc 4 -kt 16 -u 4,5 -m_value 3 -nex")
	f.Add(`genSymKey -t 31 -s 16 -l "two words" -id "" -min_srv 2 -timeout 1`)
	f.Fuzz(func(t *testing.T, line string) {
		d := loggedInDesk(t)
		d.line("genSymKey -t 31 -s 16 -l aes")
		d.line("genECCKeyPair -i 2 -l ec")
		d.files["aes"] = []byte("sixteen bytes...")
		keys := d.keys()
		d.line(line)
		for d.ask != nil {
			d.line("1")
		}
		if d.wait != nil {
			d.command("interrupt")
		}
		if d.out.Err != nil {
			require.Equal(t, keys, d.keys())
		}
	})
}

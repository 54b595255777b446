package kmu

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// attribute reads one attribute of a key through the tool.
func (d *desk) attribute(handle, number int) string {
	d.t.Helper()
	d.line(fmt.Sprintf("getAttribute -o %d -a %d -out attribute", handle, number))
	require.NoError(d.t, d.out.Err)
	lines := strings.Fields(string(d.files["attribute"]))
	return lines[len(lines)-1]
}

// Attributes by the numbers of getAttribute (spec/kmu.md 4.1).
const (
	trusted          = 134
	local            = 355
	neverExtractable = 356
	alwaysSensitive  = 357
)

// TestWhatDoesNotComeBackFromAFile: an officer's trust is in one key, and what came out of a file
// was not made here and was outside.
func TestWhatDoesNotComeBackFromAFile(t *testing.T) {
	d := loggedInDesk(t)
	d.line("genSymKey -t 31 -s 32 -l wrapper")            // 6
	d.line("genRSAKeyPair -m 2048 -e 65537 -l wrapper")   // 7, 8
	d.line("genSymKey -t 31 -s 32 -l secret")             // 9
	d.line("genECCKeyPair -i 2 -l pair")                  // 10, 11
	require.Equal(t, "0x00000001", d.attribute(9, local)) // made here
	for _, handle := range []int{6, 9, 11} {              // and trusted
		d.setFlag(fmt.Sprintf("%d TRUSTED 1", handle))
		require.Equal(t, "0x00000001", d.attribute(handle, trusted))
		require.Equal(t, "0x00000001", d.attribute(handle, alwaysSensitive))
	}
	handle := 12
	for _, way := range []struct {
		key, with, back int
		options         string
	}{
		{9, 6, 6, "-m 4"}, {9, 6, 6, "-m 5"}, {9, 6, 6, "-m 6"}, {9, 6, 6, "-m 10"}, {9, 6, 6, "-m 11"},
		{9, 7, 8, "-m 7"}, {9, 7, 8, "-m 8"}, {11, 6, 6, "-m 4"}, {11, 6, 6, "-m 6"}, {11, 7, 8, "-m 7"},
		{9, 6, 6, "-m 6 -noheader"}, {11, 6, 6, "-m 6 -noheader"},
	} {
		d.line(fmt.Sprintf("wrapKey -k %d -w %d -out wrapped %s", way.key, way.with, way.options))
		require.NoError(t, d.out.Err)
		line := fmt.Sprintf("unWrapKey -f wrapped -w %d %s", way.back, way.options)
		if strings.Contains(line, "-noheader") {
			line += map[int]string{9: " -l back -kc 4 -kt 31", 11: " -l back -kc 3 -kt 3"}[way.key]
		}
		require.Contains(t, d.line(line), fmt.Sprintf("Key Handle: %d\n", handle), line)
		for _, number := range []int{trusted, local, alwaysSensitive, neverExtractable} {
			require.Equal(t, "0x00000000", d.attribute(handle, number), "attribute %d after %s", number, line)
		}
		handle++
	}
}

// TestADamagedFileGivesNoKey changes each byte of wrapped files: those of the header are held by
// its checksum alone.
func TestADamagedFileGivesNoKey(t *testing.T) {
	d := loggedInDesk(t)
	d.line("genSymKey -t 31 -s 32 -l wrapper")
	d.line("genSymKey -t 31 -s 16 -l secret -id i")
	d.line("genECCKeyPair -i 2 -l pair")
	for _, key := range []int{7, 9} {
		d.line(fmt.Sprintf("wrapKey -k %d -w 6 -out wrapped -m 4", key))
		require.NoError(t, d.out.Err)
		whole := d.files["wrapped"]
		for i := range whole {
			damaged := slices.Clone(whole)
			damaged[i] ^= 0x01
			d.files["damaged"] = damaged
			text := d.line("unWrapKey -f damaged -w 6 -m 4 -id " + fmt.Sprint(i))
			require.Contains(t, text, "Cfm3UnWrapKey returned: 0x1b", "byte %d of key %d", i, key)
		}
	}
	require.Equal(t, "Total number of keys present 4", strings.TrimSpace(strings.SplitN(d.line("findKey"), "\n\n", 2)[0]))
}

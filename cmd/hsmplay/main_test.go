package main

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// result is what a run of the program left behind.
type result struct {
	out, err string
	status   int
}

// hsmplay runs the program on typed input.
func hsmplay(t *testing.T, input string, args ...string) result {
	t.Helper()
	var out, err bytes.Buffer
	status := run(t.Context(), host{strings.NewReader(input), &out, &err}, args)
	return result{out.String(), err.String(), status}
}

func TestHelp(t *testing.T) {
	for _, args := range [][]string{{"-h"}, {"--help"}, {"help"}, {"exec", "-h"}, {"serve", "-help"}} {
		r := hsmplay(t, "", args...)
		require.Equal(t, done, r.status)
		require.Empty(t, r.err)
		for _, v := range verbs() {
			require.Contains(t, r.out, v.syntax)
		}
	}
}

func TestMisuse(t *testing.T) {
	for _, c := range []struct {
		args []string
		says string
	}{
		{[]string{"exce"}, `"exce" is not something it does`},
		{[]string{}, "standard input is no terminal"},
		{[]string{"exec", "-bogus"}, "-bogus"},
		{[]string{"exec", "-nodes", "0"}, "-nodes is 1 to 28"},
		{[]string{"exec", "-nodes", "29"}, "-nodes is 1 to 28"},
		{[]string{"exec", "-seed", "x"}, "-seed"},
		{[]string{"exec", "a", "b"}, "one script at a time"},
		{[]string{"exec", "/does/not/exist"}, "no such file"},
		{[]string{"exec", "-dir", "/does/not/exist"}, "no such file"},
		{[]string{"serve", "-bogus"}, "-bogus"},
		{[]string{"serve", "x"}, `"x" is no flag`},
	} {
		r := hsmplay(t, "", c.args...)
		require.Equal(t, misused, r.status, "%v", c.args)
		require.Empty(t, r.out)
		require.Contains(t, r.err, c.says)
	}
}

func TestTheTerminalsTextIsTheOutput(t *testing.T) {
	r := hsmplay(t, "echo one\necho two", "exec")
	require.Equal(t, result{"one\ntwo\n", "", done}, r)
	r = hsmplay(t, "echo one\n\necho two", "exec", "-transcript", "-")
	require.Equal(t, result{"$ echo one\none\n$ \n$ echo two\ntwo\n", "", done}, r)
}

func TestAScriptInAFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "script")
	require.NoError(t, os.WriteFile(file, []byte("echo from the file\n"), 0o600))
	require.Equal(t, "from the file\n", hsmplay(t, "echo not typed\n", "exec", file).out)
}

func TestNotesAreHints(t *testing.T) {
	r := hsmplay(t, "key_mgmt_util\ngenEccKeypair -i 14 -l x\n", "exec")
	require.NotContains(t, r.out, "hint:")
	require.Contains(t, r.err, "hint: ")
	require.Contains(t, r.err, "genECCKeyPair")
	t.Setenv("HSMPLAY_HINTS", "0")
	require.Empty(t, hsmplay(t, "key_mgmt_util\ngenEccKeypair -i 14 -l x\n", "exec").err, "nobody wants them")
}

func TestAHiddenAnswerIsNowhere(t *testing.T) {
	r := hsmplay(t, "key_mgmt_util\nloginHSM -u CU -s example_user -hpswd\nswordfish\necho end\n", "exec", "-transcript")
	require.Contains(t, r.out, "Enter password: \n")
	require.NotContains(t, r.out+r.err, "swordfish")
	require.Contains(t, r.out, "Command:  echo end\n")
}

func TestAnAnswerIsShown(t *testing.T) {
	input := "read -p 'who? ' x\nme\necho $x\n"
	require.Contains(t, hsmplay(t, input, "exec", "-transcript").out, "me\n$ echo $x\nme\n")
}

func TestTheHomeIsARealDirectory(t *testing.T) {
	dir := t.TempDir()
	outside := filepath.Join(t.TempDir(), "outside")
	require.NoError(t, os.WriteFile(outside, []byte("secret\n"), 0o600))
	require.NoError(t, os.Symlink(outside, filepath.Join(dir, "link")))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "in"), []byte("given\n"), 0o600))
	r := hsmplay(t, "cat in\ncat link\necho x > link\nmkdir d\necho made > d/out\nmv d/out moved\n", "exec", "-dir", dir)
	require.Contains(t, r.out, "given\n")
	require.NotContains(t, r.out, "secret")
	made, err := os.ReadFile(filepath.Join(dir, "moved"))
	require.NoError(t, err)
	require.Equal(t, "made\n", string(made))
	kept, err := os.ReadFile(outside)
	require.NoError(t, err)
	require.Equal(t, "secret\n", string(kept))
	names, err := filepath.Glob(filepath.Join(dir, ".hsmplay-*"))
	require.NoError(t, err)
	require.Empty(t, names, "no temporary file is left")
}

func TestAStateFileGoesOnWhereTheLastRunEnded(t *testing.T) {
	state := filepath.Join(t.TempDir(), "world")
	login := "loginHSM -u CU -s example_user -p aws\n"
	first := hsmplay(t, "key_mgmt_util\n"+login+"genECCKeyPair -i 14 -l kept\n", "exec", "-state", state)
	require.Equal(t, done, first.status)
	again := hsmplay(t, "findKey -l kept\nexit\n", "exec", "-state", state, "-transcript")
	require.Equal(t, done, again.status)
	require.True(t, strings.HasPrefix(again.out, "Command:  findKey -l kept\n"), again.out)

	require.NoError(t, os.WriteFile(state, []byte("{"), 0o600))
	broken := hsmplay(t, "ls\n", "exec", "-state", state)
	require.Equal(t, failed, broken.status)
	require.Contains(t, broken.err, "is no saved world")
	left, err := os.ReadFile(state)
	require.NoError(t, err)
	require.Equal(t, "{", string(left), "a file that cannot be read is not written over")
}

func TestTheSameSeedGivesTheSameWorld(t *testing.T) {
	script := "echo $RANDOM $RANDOM\nkey_mgmt_util\nloginHSM -u CU -s example_user -p aws\ngenECCKeyPair -i 2 -l a\ngenECCKeyPair -i 2 -l b -sess\nfindKey\n"
	first := hsmplay(t, script, "exec", "-seed", "7")
	require.Equal(t, first, hsmplay(t, script, "exec", "-seed", "7"))
	require.NotEqual(t, first.out, hsmplay(t, script, "exec", "-seed", "8").out)
}

// interrupts ends the run at the first write or read that comes to it.
type interrupts struct{ cancel context.CancelFunc }

func (i interrupts) Write(data []byte) (int, error) { i.cancel(); return len(data), nil }

func (i interrupts) Read(data []byte) (int, error) {
	i.cancel()
	return copy(data, "echo not typed > file\n"), nil
}

func TestAnInterruptedRunSavesItsWorld(t *testing.T) {
	state := filepath.Join(t.TempDir(), "world")
	ctx, cancel := context.WithCancel(t.Context())
	in := io.MultiReader(strings.NewReader("echo kept > file\n"), interrupts{cancel})
	status := run(ctx, host{in, io.Discard, io.Discard}, []string{"exec", "-state", state})
	require.Equal(t, interrupted, status)
	require.Equal(t, "kept\n", hsmplay(t, "cat file\n", "exec", "-state", state).out)
}

func TestAnInterruptStopsARunningLine(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	in := strings.NewReader("while true; do echo on; done\n")
	status := run(ctx, host{in, interrupts{cancel}, io.Discard}, []string{"exec"})
	require.Equal(t, interrupted, status)
}

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestWhereTheWorldIs(t *testing.T) {
	for _, c := range []struct{ state, xdg, home, file string }{
		{"/a/b", "/x", "/h", "/a/b"},
		{"", "/x", "/h", "/x/hsmplay/world"},
		{"", "relative", "/h", "/h/.local/state/hsmplay/world"},
		{"", "", "/h", "/h/.local/state/hsmplay/world"},
	} {
		file, err := worldFile(func(name string) string {
			return map[string]string{"HSMPLAY_STATE": c.state, "XDG_STATE_HOME": c.xdg, "HOME": c.home}[name]
		})
		require.NoError(t, err)
		require.Equal(t, filepath.FromSlash(c.file), file)
	}
	_, err := worldFile(func(string) string { return "" })
	require.ErrorIs(t, err, errNoPlace)
}

func TestAFreshWorldIsMadeWithItsDirectory(t *testing.T) {
	p := installed(t)
	p.env = append(p.env, "HSMPLAY_STATE=", "XDG_STATE_HOME=", "HOME="+p.path("home"))
	require.Equal(t, done, p.single("listECCCurveIds").status)
	info, err := os.Stat(p.path("home/.local/state/hsmplay/world"))
	require.NoError(t, err)
	require.Zero(t, info.Mode().Perm()&0o077, "it holds keys")
}

func TestAnEmptyFileIsAFreshWorld(t *testing.T) {
	p := installed(t)
	require.NoError(t, os.WriteFile(p.path("world"), nil, 0o600))
	r := p.single("genSymKey", "-l", "x", "-t", "31", "-s", "32")
	require.Equal(t, result{r.out, "", done}, r)
	require.Equal(t, "1", p.keys("x"))
}

func TestABrokenWorldIsPutAside(t *testing.T) {
	p := installed(t)
	for i, broken := range []string{"{", "null", "[]", `{"world":"{}"}`, `{"world":"x"}`, "\x00\xff", strings.Repeat("[", 100_000)} {
		require.NoError(t, os.WriteFile(p.path("world"), []byte(broken), 0o600))
		r := p.single("genSymKey", "-l", "x", "-t", "31", "-s", "32")
		require.Equal(t, done, r.status, broken)
		require.Contains(t, r.out, "returned: 0x00")
		require.Contains(t, r.err, "it is kept as "+p.path("world.broken-"))
		require.Equal(t, "1", p.keys("x"))
		kept, err := filepath.Glob(p.path("world.broken-*"))
		require.NoError(t, err)
		require.Len(t, kept, i+1)
		data, err := os.ReadFile(kept[i])
		require.NoError(t, err)
		require.Equal(t, broken, string(data))
	}
}

func TestANewersWorldIsLeftAlone(t *testing.T) {
	p := installed(t)
	const newer = `{"world":"{\"Version\":1000}"}`
	require.NoError(t, os.WriteFile(p.path("world"), []byte(newer), 0o600))
	r := p.single("listUsers")
	require.Equal(t, failed, r.status)
	require.Contains(t, r.err, "newer version")
	data, err := os.ReadFile(p.path("world"))
	require.NoError(t, err)
	require.Equal(t, newer, string(data))
}

func TestAWorldThatCannotBe(t *testing.T) {
	p := installed(t)
	require.NoError(t, os.WriteFile(p.path("file"), nil, 0o600))
	for _, place := range []string{p.path(""), p.path("file/world"), "/dev/null", "/proc/world", "/dev/null/world"} {
		p.env = append(p.env, "HSMPLAY_STATE="+place)
		r := p.single("listUsers")
		require.Equal(t, failed, r.status, place)
		require.Empty(t, r.out, "nothing is reported that was not saved")
		require.Contains(t, r.err, "hsmplay: ")
	}
}

func TestADirectoryThatCannotBeWritten(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("nothing is refused to root")
	}
	p := installed(t)
	require.Equal(t, done, p.single("listUsers").status)
	dir := p.path("closed")
	require.NoError(t, os.Mkdir(dir, 0o500))
	p.env = append(p.env, "HSMPLAY_STATE="+filepath.Join(dir, "world"))
	r := p.single("listUsers")
	require.Equal(t, failed, r.status)
	require.Contains(t, r.err, "permission denied")
}

func TestALinkToTheWorldStaysALink(t *testing.T) {
	p := installed(t)
	require.NoError(t, os.Mkdir(p.path("real"), 0o700))
	require.NoError(t, os.WriteFile(p.path("real/world"), nil, 0o600))
	require.NoError(t, os.Symlink(p.path("real/world"), p.path("world")))
	require.Equal(t, done, p.single("genSymKey", "-l", "x", "-t", "31", "-s", "32").status)
	p.env = append(p.env, "HSMPLAY_STATE="+p.path("real/world"))
	require.Equal(t, "1", p.keys("x"))
}

func TestAWorldThatIsReplacedUnderASession(t *testing.T) {
	p := installed(t)
	w := p.begin()
	w.types(t, "loginHSM -u CU -s example_user -p aws")
	w.screen.shows(t, "Cfm3LoginHSM returned: 0x00")
	require.NoError(t, os.Remove(p.path("world")))
	w.types(t, "listUsers")
	require.Error(t, w.Wait())
	require.Contains(t, w.screen.String(), errGone.Error())
}

func TestAnOutputThatIsFull(t *testing.T) {
	if _, err := os.Stat("/dev/full"); err != nil {
		t.Skip("no /dev/full on this machine")
	}
	r := installed(t).bash("./bin/key_mgmt_util singlecmd loginHSM -u CU -s example_user -p aws listUsers > /dev/full")
	require.Equal(t, failed, r.status)
	require.Contains(t, r.err, "the output is lost")
}

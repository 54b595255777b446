//go:build !windows

package main

import (
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/gofrs/flock"
	"github.com/stretchr/testify/require"
)

// TestASignalEndsARunAndItsWorldIsSaved sends signals to a run whose input stays silent, and to one
// in the middle of a line.
func TestASignalEndsARunAndItsWorldIsSaved(t *testing.T) {
	for _, s := range []syscall.Signal{syscall.SIGTERM, syscall.SIGINT, syscall.SIGHUP} {
		if signal.Ignored(s) {
			continue // under nohup: what is started here ignores it too
		}
		for _, lines := range []string{"echo ready\n", "echo ready; while true; do :; done\n"} {
			p := installed(t)
			c := p.command("", "./hsmplay", "exec", "-state", "kept")
			c.Stdin = nil
			in, err := c.StdinPipe()
			require.NoError(t, err)
			screen := &screenOf{}
			c.Stdout = screen
			require.NoError(t, c.Start())
			_, err = io.WriteString(in, "echo kept > file\n"+lines)
			require.NoError(t, err)
			screen.shows(t, "ready")
			require.NoError(t, c.Process.Signal(s))
			require.Error(t, c.Wait())
			require.Equal(t, 128+int(s), c.ProcessState.ExitCode(), "%v after %q", s, lines)
			require.Equal(t, "kept\n", p.run("cat file\n", "./hsmplay", "exec", "-state", "kept").out)
		}
	}
}

func TestAnIgnoredSignalStaysIgnored(t *testing.T) {
	p := installed(t)
	r := p.bash("trap '' HUP; ./hsmplay exec -state kept <(sleep 0.5; echo echo on) & sleep 0.2; kill -HUP $!; wait $!")
	require.Equal(t, result{"on\n", "", done}, r)
}

func TestOutputThatIsLostFailsAndTheWorldIsSaved(t *testing.T) {
	p := installed(t)
	if _, err := os.Stat("/dev/full"); err == nil {
		r := p.bash("echo 'echo kept > file; ls -l; ls -l > list' | ./hsmplay exec -state kept - > /dev/full")
		require.Equal(t, failed, r.status)
		require.Contains(t, r.err, "the output is lost: ")
		require.Equal(t, "kept\n", p.run("cat file\n", "./hsmplay", "exec", "-state", "kept").out)
		for _, words := range []string{"notices", "version", "-h", "exec -h"} {
			require.Equal(t, failed, p.bash("./hsmplay "+words+" > /dev/full").status, words)
		}
	}
	r := p.bash("set -o pipefail; for i in {1..20000}; do echo \"echo $i; echo kept > file$i\"; done | ./hsmplay exec -state gone - | head -1")
	require.Equal(t, failed, r.status)
	require.Contains(t, r.err, "the output is lost: ")
	require.Equal(t, "kept\n", p.run("cat file1\n", "./hsmplay", "exec", "-state", "gone").out)
	require.NotContains(t, p.run("ls\n", "./hsmplay", "exec", "-state", "gone").out, "file20000", "nothing is typed that nobody hears")
}

func TestAStateFileKeepsItsLinksAndItsMode(t *testing.T) {
	dir := t.TempDir()
	real, link, chain := filepath.Join(dir, "real"), filepath.Join(dir, "link"), filepath.Join(dir, "chain")
	require.NoError(t, os.Symlink("real", link))
	require.NoError(t, os.Symlink(link, chain))
	exec := func(input string) result { return hsmplay(t, input, "exec", "-state", chain) }
	require.Equal(t, done, exec("echo kept > file\n").status)
	info, err := os.Lstat(real)
	require.NoError(t, err)
	require.True(t, info.Mode().IsRegular(), "also where the link led to nothing")
	require.Equal(t, "-rw-------", info.Mode().String())
	require.NoError(t, os.Chmod(real, 0o664))
	require.Equal(t, "kept\n", exec("cat file\n").out)
	info, err = os.Lstat(real)
	require.NoError(t, err)
	require.Equal(t, "-rw-rw-r--", info.Mode().String())
	target, err := os.Readlink(link)
	require.NoError(t, err)
	require.Equal(t, "real", target)
}

func TestWhatCanKeepNoWorldIsRefusedBeforeAnythingIsTyped(t *testing.T) {
	dir := t.TempDir()
	name := func(name string) string { return filepath.Join(dir, name) }
	require.Equal(t, done, hsmplay(t, "", "exec", "-state", name("read-only")).status)
	before, err := os.ReadFile(name("read-only"))
	require.NoError(t, err)
	require.NoError(t, os.Chmod(name("read-only"), 0o444))
	require.NoError(t, os.Symlink(name("read-only"), name("link")))
	require.NoError(t, os.Symlink("round", name("round")))
	for file, why := range map[string]string{"read-only": "is read-only", "link": "is read-only", "round": "leads nowhere",
		".": "is no file that can hold a world", "none/world": "no such file"} {
		r := hsmplay(t, "echo typed\n", "exec", "-state", name(file))
		require.Equal(t, []any{failed, ""}, []any{r.status, r.out}, file)
		require.Contains(t, r.err, why)
	}
	after, err := os.ReadFile(name("read-only"))
	require.NoError(t, err)
	require.Equal(t, before, after)

	p := installed(t)
	require.Equal(t, done, p.single("listUsers").status)
	require.NoError(t, os.Chmod(p.path("world"), 0o400))
	r := p.single("listUsers")
	require.Equal(t, []any{failed, ""}, []any{r.status, r.out})
	require.Contains(t, r.err, "is read-only")
}

func TestARunSaysThatItWaitsForAnother(t *testing.T) {
	p := installed(t)
	lock := flock.New(p.path("kept.lock"))
	require.NoError(t, lock.Lock())
	c := p.command("echo typed\n", "./hsmplay", "exec", "-state", "kept")
	said, out := &screenOf{}, &strings.Builder{}
	c.Stderr, c.Stdout = said, out
	require.NoError(t, c.Start())
	said.shows(t, "hsmplay: another run has kept; waiting for it to end\n")
	require.NoError(t, lock.Unlock())
	require.NoError(t, c.Wait())
	require.Equal(t, "typed\n", out.String())

	require.NoError(t, lock.Lock())
	c = p.command("", "./hsmplay", "exec", "-state", "kept")
	said = &screenOf{}
	c.Stderr = said
	require.NoError(t, c.Start())
	said.shows(t, "another run has kept")
	require.NoError(t, c.Process.Signal(syscall.SIGTERM))
	require.Error(t, c.Wait())
	require.Equal(t, 128+int(syscall.SIGTERM), c.ProcessState.ExitCode(), "a wait for the lock ends too")
	require.NoError(t, lock.Unlock()) // a lock that nobody needs any more is closed by the garbage collector
}

// TestTheWorldsFileIsNoClock: its time is what anybody has set it to.
func TestTheWorldsFileIsNoClock(t *testing.T) {
	p := installed(t)
	now := func() time.Time {
		text := strings.TrimSpace(p.run("date -u +%Y-%m-%dT%H:%M:%SZ\n", "./hsmplay", "exec", "-state", "world").out)
		at, err := time.Parse(time.RFC3339, text)
		require.NoError(t, err, text)
		return at
	}
	require.Equal(t, done, p.single("listUsers").status)
	for _, at := range []time.Time{time.Unix(0, 0), time.Now().AddDate(10, 0, 0), time.Unix(86400, 0)} {
		require.NoError(t, os.Chtimes(p.path("world"), at, at))
		before := now()
		require.NoError(t, os.Chtimes(p.path("world"), at, at))
		require.Equal(t, done, p.single("listUsers").status)
		after := now()
		require.False(t, after.Before(before), "%v: %v and then %v", at, before, after)
		require.Less(t, after.Sub(before), 10*time.Minute, "%v", at)
		require.WithinDuration(t, time.Now(), after, 10*time.Minute)
	}
}

func TestTheSameSeedAndClockGiveTheSameTexts(t *testing.T) {
	script := `date; date +%s%N; touch made; stat made; echo $RANDOM $$ $SECONDS
hsm status
cloudhsm_mgmt_util /opt/cloudhsm/etc/cloudhsm_mgmt_util.cfg
loginHSM CO admin password
createUser CO officer2 password2
y
setMValue 3 2
y
getToken 3 admin token
listTokens
quit
hsm backups
hsm backup
hsm audit 0
sha256sum token
key_mgmt_util
loginHSM -u CU -s example_user -p aws
genSymKey -t 31 -s 32 -l a
genECCKeyPair -i 14 -l a -sess
findKey
getKeyInfo -k 6
exit
hsm new --uninitialized
ls
date
`
	a := hsmplay(t, script, "exec", "-seed", "7", "-clock", "2031-02-03T04:05:06Z", "-transcript")
	time.Sleep(1100 * time.Millisecond)
	b := hsmplay(t, script, "exec", "-seed", "7", "-clock", "2031-02-03T04:05:06Z", "-transcript")
	require.Equal(t, a, b)
	require.Contains(t, a.out, "Mon Feb  3 04:05:06 UTC 2031")
	require.NotContains(t, hsmplay(t, "date\n", "exec", "-clock", "2031-02-03T05:05:06+01:00").out, "05:05:06")

	state := filepath.Join(t.TempDir(), "world")
	require.Contains(t, hsmplay(t, "date\n", "exec", "-state", state).out, time.Now().UTC().Format(" 2006"))
	require.Contains(t, hsmplay(t, "date\n", "exec", "-state", state, "-clock", "2031-02-03T04:05:06Z").out, " 2031")
	require.Contains(t, hsmplay(t, "date\n", "exec", "-state", state).out, " 2031")

	r := hsmplay(t, "", "exec", "-clock", "yesterday")
	require.Equal(t, misused, r.status)
	require.Contains(t, r.err, "-clock is a time such as")
}

func TestTheTimesOfADirectoryAreRight(t *testing.T) {
	dir := t.TempDir()
	at := time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "old"), nil, 0o600))
	require.NoError(t, os.Chtimes(filepath.Join(dir, "old"), at, at))
	require.Equal(t, "2026-03-04 05:06:07\n", hsmplay(t, "date -u -r old '+%F %T'\n", "exec", "-dir", dir).out)
	hsmplay(t, "echo > new\n", "exec", "-dir", dir, "-clock", "2031-02-03T04:05:06Z")
	info, err := os.Stat(filepath.Join(dir, "new"))
	require.NoError(t, err)
	require.Equal(t, "2031-02-03T04:05:06Z", info.ModTime().UTC().Format(time.RFC3339), "-clock is for these times too")
}

// TestKeysComeOutTheSame plays what makes and uses keys: with the same chance and the same clock it is
// the same session, unless the keys are kept in a world.
func TestKeysComeOutTheSame(t *testing.T) {
	t.Setenv("GODEBUG", "cryptocustomrand=1") // as main.go says of the program
	const script = `key_mgmt_util
loginHSM -u CU -s example_user -p aws
genRSAKeyPair -m 2048 -e 65537 -l rsa
genECCKeyPair -i 16 -l ec
genSymKey -t 31 -s 32 -l aes
getAttribute -o 6 -a 512 -out 6
getAttribute -o 8 -a 512 -out 8
getAttribute -o 10 -a 512 -out 10
sign -f 6 -k 7 -m 6 -out s7
sign -f 6 -k 9 -m 17 -out s9
wrapKey -k 10 -w 10 -m 10 -noheader -out w -iv_file iv -tag_size 16 -aad 6
exit
openssl genrsa -out k.pem 2048
head -c 16 /dev/urandom > r
sha256sum 6 8 10 s7 s9 w k.pem r
`
	args := []string{"exec", "-seed", "7", "-clock", "2031-02-03T04:05:06Z"}
	first := hsmplay(t, script, args...)
	require.Regexp(t, `[0-9a-f]{64}  s9\n[0-9a-f]{64}  w\n`, first.out)
	require.Equal(t, first, hsmplay(t, script, args...))
	require.NotEqual(t, first.out, hsmplay(t, script, "exec", "-seed", "7").out, "chance of its own where the clock goes on")
	kept := append(args, "-state", filepath.Join(t.TempDir(), "world"))
	require.NotEqual(t, first.out, hsmplay(t, script, kept...).out, "a world that is kept has new keys each time")
}

//go:build !js

package shell_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hsmplay/core/shell"
)

// rooted is a directory of the host, as a host hands it out.
type rooted struct{ *os.Root }

func (r rooted) Stat(name string) (fs.FileInfo, error)      { return r.Lstat(name) }
func (r rooted) ReadDir(name string) ([]fs.DirEntry, error) { return fs.ReadDir(r.FS(), name) }
func (r rooted) Mkdir(name string, perm fs.FileMode) error  { return r.Root.Mkdir(name, perm) }
func (r rooted) Chmod(name string, perm fs.FileMode) error  { return r.Root.Chmod(name, perm) }
func (r rooted) WriteFile(name string, data []byte, perm fs.FileMode) error {
	return r.Root.WriteFile(name, data, perm)
}

func (r rooted) SetTime(name string, at int64) error {
	return r.Chtimes(name, time.UnixMilli(at), time.UnixMilli(at))
}

// began is when the worlds of the disks begin, milliseconds since 1970: 2026-11-29 12:00 UTC.
const began = 1795953600000

func onDisk(t *testing.T) (string, *shell.Terminal) {
	dir := t.TempDir()
	root, err := os.OpenRoot(dir)
	require.NoError(t, err)
	t.Cleanup(func() { root.Close() })
	return dir, terminalOn(rooted{root}, false)
}

// terminalOn is a terminal whose home directory is a real one.
func terminalOn(real shell.Disk, strict bool) *shell.Terminal {
	w := newWorld(func(o *shell.Options) {
		o.Epoch = func() int64 { return began + o.Now() }
		o.FS = shell.NewDisk(shell.NewMemory(shell.Fresh()), real, shell.DiskClock{Now: o.Now, Epoch: o.Epoch, Strict: strict})
	})
	term, _ := w.Open("", 80)
	return term
}

func TestTheTimesOfARealDirectoryAreTheHosts(t *testing.T) {
	dir, term := onDisk(t)
	at := time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "old"), []byte("old"), 0o600))
	require.NoError(t, os.Chtimes(filepath.Join(dir, "old"), at, at))
	require.Equal(t, "Mar 4 2026 old\n", term.Type("ls -l old | tr -s ' ' | cut -d' ' -f6-").Text)
	require.Equal(t, "2026-03-04 05:06:07\n", term.Type("date -u -r old '+%F %T'").Text)
	when := func(name string) time.Time {
		info, err := os.Stat(filepath.Join(dir, name))
		require.NoError(t, err)
		return info.ModTime().UTC()
	}
	term.Type("chmod 644 old; cp -p old copy")
	require.Equal(t, at, when("old"), "a mode is no change of the content")
	term.Type("echo new > new; touch touched")
	for _, name := range []string{"new", "touched"} {
		require.WithinDuration(t, time.Now(), when(name), time.Minute, "other programs of the host compare it")
	}
}

func TestAStrictClockIsTheWorldsAlsoOnARealDirectory(t *testing.T) {
	dir := t.TempDir()
	root, err := os.OpenRoot(dir)
	require.NoError(t, err)
	defer root.Close()
	term := terminalOn(rooted{root}, true)
	term.Type("echo new > new")
	info, err := os.Stat(filepath.Join(dir, "new"))
	require.NoError(t, err)
	require.Equal(t, int64(began), info.ModTime().UnixMilli())
}

// full is a directory on a disk that has no room left.
type full struct{ rooted }

func (f full) WriteFile(name string, _ []byte, _ fs.FileMode) error {
	return &fs.PathError{Op: "write", Path: name, Err: errors.Join(syscall.ENOSPC)}
}

func (f full) Mkdir(name string, _ fs.FileMode) error {
	return &fs.PathError{Op: "mkdir", Path: name, Err: syscall.ENOSPC}
}

func TestAFullDiskIsSaid(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "old"), []byte("old\n"), 0o600))
	root, err := os.OpenRoot(dir)
	require.NoError(t, err)
	defer root.Close()
	term := terminalOn(full{rooted{root}}, false)
	for _, line := range []string{"echo x > new", "echo x >> old", "exec 3>>old; echo x >&3", "cp old new", "touch new", "mkdir new", "cat old > new",
		"echo y > /tmp/y; mv /tmp/y new", "sed -i s/old/new/ old", "echo x | tee new", "dd if=old of=new 2>&1"} {
		text := term.Type(line + "; echo status $?").Text
		require.Contains(t, text, "No space left on device", line)
		require.NotContains(t, text, "status 0", line)
		require.NotContains(t, text, ".hsmplay", line)
	}
	require.Equal(t, "old\n", term.Type("cat old").Text)
}

func TestTheHomeDirectoryMayBeARealOne(t *testing.T) {
	dir, term := onDisk(t)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "in"), []byte("from the host\n"), 0o644))
	require.Equal(t, "from the host\n", term.Type("cat in").Text)
	term.Type("echo out > out; mkdir d; cp out d; mv d e; rm in; echo more >> out; chmod 600 out")
	data, err := os.ReadFile(filepath.Join(dir, "out"))
	require.NoError(t, err)
	require.Equal(t, "out\nmore\n", string(data))
	require.Equal(t, "e\nout\n", term.Type("ls -1").Text)
	require.Equal(t, "-rw-------\n", term.Type("ls -l out | cut -c1-10").Text)
	require.Equal(t, "out\nmore\n", term.Type("mv out /tmp; cat /tmp/out; ls out 2>/dev/null").Text, "between the two bodies mv copies")
}

func TestLinksOfARealDirectoryAreRefused(t *testing.T) {
	dir, term := onDisk(t)
	outside := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(outside, "secret"), []byte("secret\n"), 0o644))
	require.NoError(t, os.Symlink(filepath.Join(outside, "secret"), filepath.Join(dir, "file")))
	require.NoError(t, os.Symlink(outside, filepath.Join(dir, "dir")))
	for _, line := range []string{"cat file", "cat dir/secret", "cat < file", "ls dir", "echo x > dir/new", "cp file x", "cat *", "cat */*",
		"cd dir", "mv file x", ". ./file", "sh file"} {
		require.NotContains(t, term.Type(line).Text, "secret\n", line)
	}
	entries, err := os.ReadDir(outside)
	require.NoError(t, err)
	require.Len(t, entries, 1)
	require.NotContains(t, term.Type("cat nothing").Text, dir, "no path of the host is told")
}

// Links that are made on the instance lead to its places: they are kept beside the disk, and the
// host sees none.
func TestLinksOfTheInstanceOnARealDirectory(t *testing.T) {
	dir, term := onDisk(t)
	for _, row := range [][2]string{
		{"echo hi > f; ln -s f l; cat l; readlink l", "hi\nf\n"},
		{"ls -1; find . -type l", "f\nl\n./l\n"},
		{"ln -s /usr/bin/cat mycat; ./mycat f", "hi\n"},
		{"echo more >> l; cat f", "hi\nmore\n"},
		{"mkdir d; ln -s ../f d/up; cat d/up; rmdir d", "hi\nmore\nrmdir: failed to remove 'd': Directory not empty\n"},
		{"mv d e; ls -1 e; cat e/up; mv l e; readlink e/l; ls -1", "up\nhi\nmore\nf\ne\nf\nmycat\n"},
		{"mv e/up g; readlink g; echo x > h; mv g h; readlink h; echo y > i; mv i h; cat h", "../f\n../f\ny\n"},
		{"rm -r e; rm mycat; ls -1", "f\nh\n"},
		{"ln -s a b; ln -s b a; cat a; rm a b", "cat: a: Too many levels of symbolic links\n"},
	} {
		require.Equal(t, row[1], term.Type(row[0]).Text, row[0])
	}
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	for _, entry := range entries {
		require.True(t, entry.Type().IsRegular(), entry.Name())
	}
}

// A file of the host is what a name means, also where a link had it before.
func TestAFileOfTheHostStandsBeforeALink(t *testing.T) {
	dir, term := onDisk(t)
	term.Type("ln -s /etc/hostname l")
	require.NoError(t, os.WriteFile(filepath.Join(dir, "l"), []byte("the host's\n"), 0o644))
	require.Equal(t, "the host's\nl\n", term.Type("cat l; ls").Text)
}

func TestARealDirectoryIsNeverWrittenOver(t *testing.T) {
	_, term := onDisk(t)
	neverWritten(t, term)
}

//go:build !js

package shell_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"

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

func onDisk(t *testing.T) (string, *shell.Terminal) {
	dir := t.TempDir()
	root, err := os.OpenRoot(dir)
	require.NoError(t, err)
	t.Cleanup(func() { root.Close() })
	w := newWorld(func(o *shell.Options) { o.FS = shell.NewDisk(shell.NewMemory(shell.Fresh()), rooted{root}) })
	term, _ := w.Open("", 80)
	return dir, term
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

// Links that are made on the instance lead to its places: they are kept beside the disk, and the host sees none.
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

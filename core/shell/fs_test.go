package shell_test

import (
	"io/fs"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/shell"
)

func TestFilesStayWithinTheirLimits(t *testing.T) {
	m := shell.NewMemory(nil)
	put := func(path string, size int) error {
		return m.Put(&shell.File{Path: path, Mode: 0o644, Data: make([]byte, size)})
	}
	require.ErrorIs(t, put("/large", 4<<20+1), shell.TooLarge)
	for _, name := range strings.Split("a b c d e f g h", " ") {
		require.NoError(t, put("/"+name, 4<<20))
	}
	require.ErrorIs(t, put("/i", 1), shell.NoSpace, "32 MiB in all")
	require.NoError(t, put("/a", 0), "making a file smaller makes room")
	require.NoError(t, put("/i", 1))
	require.ErrorIs(t, put("/none/x", 1), fs.ErrNotExist)
	require.ErrorIs(t, put("/i/x", 1), shell.NotDir)
}

func TestThereAreNotTooManyFiles(t *testing.T) {
	require.Contains(t, last(text("for i in {1..5000}; do echo > f$i || break; done")), "No space left on device")
}

func TestNamesAreBounded(t *testing.T) {
	require.Equal(t, "touch: cannot touch '"+strings.Repeat("n", 256)+"': File name too long\n", text("touch "+strings.Repeat("n", 256)))
	long := strings.Repeat("/"+strings.Repeat("d", 200), 30)
	require.Contains(t, text("cat "+long), "File name too long")
}

func TestNamesAreText(t *testing.T) {
	require.Contains(t, text(`echo > $'\xff'`), "Invalid or incomplete multibyte or wide character")
	require.Empty(t, text("echo > é"))
}

func TestDotsNeverLeaveTheInstance(t *testing.T) {
	require.Equal(t, text("ls /"), text("ls /../../.."))
	require.Equal(t, "/\n", text("cd ../../../../..; pwd"))
	require.Equal(t, text("cat /etc/hostname"), text("cat ../../../../../etc/hostname"))
}

func TestARowIsNeverChangedInPlace(t *testing.T) {
	m := shell.NewMemory(shell.Fresh())
	w := newWorld(func(o *shell.Options) { o.FS = m })
	term, _ := w.Open("", 80)
	term.Type("echo one > f; mkdir d")
	before := m.Rows()
	fork := m.Fork()
	term.Type("echo two >> f; mv d e; chmod 600 f; touch e/x; rm e/x")
	require.Equal(t, "one\n", string(row(before, shell.Home+"/f").Data))
	require.Equal(t, fs.FileMode(0o644), row(before, shell.Home+"/f").Mode)
	data, err := fork.Read(shell.Home + "/f")
	require.NoError(t, err)
	require.Equal(t, "one\n", string(data))
	require.Equal(t, "one\ntwo\n", term.Type("cat f").Text)
	require.Same(t, row(before, "/tmp"), row(m.Rows(), "/tmp"), "an unchanged row is the same")
}

func row(rows []*shell.File, path string) *shell.File {
	for _, r := range rows {
		if r.Path == path {
			return r
		}
	}
	return nil
}

func TestWhatIsInstalledCannotBeChanged(t *testing.T) {
	require.Equal(t, "rm: cannot remove '/usr/bin/ls': Permission denied\n", text("sudo rm /usr/bin/ls"))
	require.Equal(t, "bash: /etc/passwd: Permission denied\n", text("echo x > /etc/passwd"))
	require.Equal(t, "touch: cannot touch '/usr/bin/x': Permission denied\n", text("touch /usr/bin/x"))
	require.Equal(t, "cp: cannot create regular file '/opt/cloudhsm/etc/x': Permission denied\n",
		text("echo x > x; cp x /opt/cloudhsm/etc"))
	require.Equal(t, "x\n", text("echo x > x; sudo cp x /opt/cloudhsm/etc; cat /opt/cloudhsm/etc/x"))
}

func TestDevices(t *testing.T) {
	require.Equal(t, "", text("echo x > /dev/null; cat /dev/null"))
	require.Equal(t, "00000000: 0000 0000                                ....\n", text("head -c 4 /dev/zero | xxd"))
	require.Equal(t, "16\n", text("head -c 16 /dev/urandom | wc -c"))
	require.Equal(t, "out\nerr\n", text("echo out > /dev/stdout; echo err > /dev/stderr"))
	require.Equal(t, "16\n", text("dd() { head -c 16 < /dev/urandom; }; dd | wc -c"))
}

func TestOpenFilesAreSeenBeforeTheyAreClosed(t *testing.T) {
	require.Equal(t, "1\n2\n", text("for i in 1 2; do echo $i; cat f >&2; done > f 2>/dev/null; cat f"))
	require.Equal(t, "a\n", text("{ echo a; cat f > g; } > f; cat g"))
}

// open(2): a directory is never written over, and a name that ends in a slash never makes a file.
func TestADirectoryIsNeverWrittenOver(t *testing.T) {
	term, _ := newWorld().Open("", 80)
	neverWritten(t, term)
}

func neverWritten(t *testing.T, term *shell.Terminal) {
	term.Type("mkdir d; touch f d/x; fake")
	for _, row := range []struct{ name, want string }{
		{".", "Is a directory"}, {"./", "Is a directory"}, {"..", "Is a directory"}, {"/tmp", "Is a directory"}, {"/", "Is a directory"},
		{"/usr/bin", "Is a directory"}, {"/home", "Is a directory"}, {"d", "Is a directory"}, {"a/", "Is a directory"},
		{"", "No such file or directory"}, {"a/.", "No such file or directory"}, {"a/b", "No such file or directory"},
		{"f/", "Not a directory"}, {"f/.", "Not a directory"}, {"f/x", "Not a directory"},
	} {
		require.Equal(t, row.want+"\n", term.Type("write "+row.name).Text, row.name)
	}
	term.Type("exit")
	require.Equal(t, "d\nd/x\nf\n", term.Type("ls -d -1 a d d/x f 2>/dev/null").Text)
	require.Equal(t, "bash: a/: Is a directory\nbash: f/: Not a directory\nbash: .: Is a directory\n", term.Type("echo x > a/; echo x >> f/; echo x > .").Text)
	require.Equal(t, "d\nf\n", term.Type("ls -1").Text)
}

package main

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// oneFile is an instance with one file.
type oneFile map[string][]byte

func (f oneFile) ReadFile(name string) ([]byte, error) {
	if data, ok := f[name]; ok {
		return data, nil
	}
	return nil, fs.ErrNotExist
}

func (f oneFile) WriteFile(name string, data []byte) error { f[name] = data; return nil }

func (f oneFile) Names(string) []string { return []string{"/opt/cloudhsm/etc/simulated"} }

// onDisk is the file system of a tool in a fresh working directory.
func onDisk(t *testing.T) *machine {
	t.Helper()
	t.Chdir(t.TempDir())
	m := &machine{instance: oneFile{"/opt/cloudhsm/etc/simulated": []byte("inside")}, aside: func(f func()) error { f(); return nil }}
	m.forget()
	return m
}

func TestNamesAreOfTheWorkingDirectory(t *testing.T) {
	m := onDisk(t)
	require.NoError(t, m.WriteFile("made", []byte("one")))
	data, err := os.ReadFile("made")
	require.NoError(t, err)
	require.Equal(t, "one", string(data))
	require.NoError(t, os.Mkdir("made.d", 0o755))
	require.Equal(t, []string{"made", "made.d/"}, m.Names("ma"))
	require.Empty(t, m.Names("none/x"))
	_, err = m.ReadFile("missing")
	require.ErrorIs(t, err, fs.ErrNotExist)
	_, err = m.ReadFile("made.d")
	require.Error(t, err)
	require.Error(t, m.WriteFile("made.d", nil))
	for _, name := range []string{"", "a\x00b", "missing/x", "made/x"} {
		require.Error(t, m.WriteFile(name, nil), "%q", name)
	}
	entries, err := os.ReadDir(".")
	require.NoError(t, err)
	require.Len(t, entries, 2, "no temporary file is left")
}

func TestAFileKeepsItsModeAndItsLinks(t *testing.T) {
	m := onDisk(t)
	require.NoError(t, os.WriteFile("real", []byte("old and longer"), 0o640))
	require.NoError(t, os.Symlink("real", "link"))
	require.NoError(t, m.WriteFile("link", []byte("new")))
	data, err := os.ReadFile("real")
	require.NoError(t, err)
	require.Equal(t, "new", string(data))
	info, err := os.Lstat("link")
	require.NoError(t, err)
	require.NotZero(t, info.Mode()&fs.ModeSymlink)
	info, err = os.Stat("real")
	require.NoError(t, err)
	require.Equal(t, fs.FileMode(0o640), info.Mode().Perm())
}

func TestTheInstancesFilesStandBehindTheMachines(t *testing.T) {
	if _, err := os.Stat(instanceDir); err == nil {
		t.Skip("this machine has the tools' own directory")
	}
	m := onDisk(t)
	data, err := m.ReadFile("/opt/cloudhsm/../cloudhsm/etc/simulated")
	require.NoError(t, err)
	require.Equal(t, "inside", string(data))
	require.NoError(t, m.WriteFile("/opt/cloudhsm/etc/made", []byte("x")))
	require.NotEmpty(t, m.Names("/opt/cloudhsm/etc/s"))
	for _, name := range []string{"/opt/cloudhsm/etc/none", "/opt/cloudhsmx/etc/simulated", "opt/cloudhsm/etc/simulated"} {
		_, err = m.ReadFile(name)
		require.ErrorIs(t, err, fs.ErrNotExist, name)
	}
}

func TestAnEndlessFileIsRefused(t *testing.T) {
	m := onDisk(t)
	_, err := m.ReadFile("/dev/zero")
	require.ErrorIs(t, err, errTooLarge)
	require.NoError(t, os.WriteFile("large", bytes.Repeat([]byte{1}, fileMax+1), 0o600))
	_, err = m.ReadFile("large")
	require.ErrorIs(t, err, errTooLarge)
	require.NoError(t, m.WriteFile("/dev/null", []byte("gone")))
}

func TestToolsReadPipesAndWriteToTheirOutput(t *testing.T) {
	p := installed(t)
	r := p.bash(`kmu() { ./bin/key_mgmt_util singlecmd loginHSM -u CU -s example_user -p aws "$@"; }
kmu genSymKey -l wrapper -t 31 -s 32 > /dev/null
head -c 16 /dev/zero > key
kmu imSymKey -l imported -t 31 -f <(cat key) -w 6 | grep 'Handle'
kmu getAttribute -o 6 -a 3 -out /dev/stdout | grep LABEL
kmu getAttribute -o 6 -a 3 -out /dev/stdout > log; grep -c 'LABEL\|Cfm3' log
`)
	require.Contains(t, r.out, "Handle: 7")
	require.Contains(t, r.out, "OBJ_ATTR_LABEL")
	require.Contains(t, r.out, "\n4\n", r.out)
	_, err := os.Stat(filepath.Join(p.dir, "log"))
	require.NoError(t, err)
}

package sim

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/shell"
)

func TestWriteRefusesNamesThatAreNoFiles(t *testing.T) {
	w := New(Options{Seed: 1})
	for name, why := range map[string]shell.Errno{
		"":                         shell.NotExist,
		"a/":                       shell.IsDirectory,
		"a/.":                      shell.IsDirectory,
		"..":                       shell.IsDirectory,
		"/tmp/":                    shell.IsDirectory,
		"/tmp":                     shell.IsDirectory,
		"no/such/directory":        shell.NotExist,
		"a\x00b":                   shell.Invalid,
		strings.Repeat("n", 300):   shell.NameTooLong,
		"/dev/null":                shell.Permission,
		"../../../etc/passwd":      shell.Permission,
		strings.Repeat("d/", 2100): shell.IsDirectory,
		strings.Repeat("/d", 2100): shell.NameTooLong,
	} {
		require.ErrorIs(t, w.Write(name, []byte("x")), why, "%.40q", name)
	}
	require.Empty(t, w.Files(0).Rows)
	require.ErrorIs(t, w.Write("large", make([]byte, 4<<20+1)), shell.TooLarge)
	require.NoError(t, w.Write("large", make([]byte, 4<<20)))
}

func TestWriteReplacesAndKeepsTheMode(t *testing.T) {
	w := New(Options{Seed: 1})
	w.Open("", 80)
	require.NoError(t, w.Write("s.sh", []byte("echo one\n")))
	w.Type(1, "chmod +x s.sh")
	require.NoError(t, w.Write("s.sh", []byte("echo two\n")))
	require.Equal(t, "two\n", w.Type(1, "./s.sh").Text)
}

func TestFilesTellWhatTheyAreAndWhatStillFits(t *testing.T) {
	const wall = 1_700_000_000_000
	w := New(Options{Seed: 1, Wall: wall})
	w.Open("", 80)
	empty := w.Files(0).Room
	require.Equal(t, int64(4<<20), empty.File)
	w.Advance(2500)
	w.Type(1, "mkdir d; printf 'gr\\xc3\\xbc\\xc3\\x9fe' > d/text; printf '\\0' > /tmp/zero")
	v := w.Files(0)
	var paths []string
	for _, row := range v.Rows {
		paths = append(paths, row.Path)
		require.Equal(t, int64(wall+2500), row.Changed)
		require.Equal(t, row.Path != "/tmp/zero", row.Text, row.Path)
	}
	require.Equal(t, []string{"/home/ec2-user/d", "/home/ec2-user/d/text", "/tmp/zero"}, paths)
	require.Equal(t, shell.Room{File: empty.File, Bytes: empty.Bytes - 8, Files: empty.Files - 3}, v.Room)
}

func TestTextIsToldByItsBeginning(t *testing.T) {
	w := New(Options{Seed: 1})
	for content, text := range map[string]bool{
		"": true, "a\tb\r\n": true, "\x1b[31m": true, "\x7fELF": false, "\xff\xfe": false, "a\x00": false,
		strings.Repeat("a", 511) + "\u00fc": true, // the head ends in the middle of a character
	} {
		require.NoError(t, w.Write("f", []byte(content)))
		require.Equal(t, text, w.Files(0).Rows[0].Text, "%.20q", content)
	}
}

func TestLoadRefusesFilesUnderOtherNames(t *testing.T) {
	w := New(Options{Seed: 1})
	require.NoError(t, w.Write("a", bytes.Repeat([]byte("x"), 3)))
	const name = "file/home/ec2-user/a"
	for _, path := range []string{"", "a", "/home/ec2-user/b", "/home/ec2-user/../ec2-user/a", "/home/ec2-user/a/"} {
		rows := w.Save()
		rows[name] = strings.Replace(rows[name], `"/home/ec2-user/a"`, `"`+path+`"`, 1)
		_, err := Load(sealed(rows), Options{})
		require.Error(t, err, path)
		rows["file"+path] = rows[name]
		delete(rows, name)
		if path != "/home/ec2-user/b" {
			loaded, err := Load(sealed(rows), Options{})
			require.True(t, err != nil || len(loaded.Files(0).Rows) == 0, path)
		}
	}
}

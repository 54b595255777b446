package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestARenamedTreeResolves renames a copy of the Go files and asks go for everything that they
// import.
func TestARenamedTreeResolves(t *testing.T) {
	const top, name = "../..", "example.org/you/hsmplay"
	dir := filepath.Join(t.TempDir(), "tree")
	for _, part := range []string{"core", "cmd", "wasm"} {
		require.NoError(t, os.CopyFS(filepath.Join(dir, part), os.DirFS(filepath.Join(top, part))))
	}
	for _, file := range []string{"go.mod", "go.sum"} {
		data, err := os.ReadFile(filepath.Join(top, file))
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(filepath.Join(dir, file), data, 0o600))
	}
	was := tree(t, dir)
	require.NoError(t, rename(dir, name))

	list := exec.Command("go", "list", "-deps", "-test", "./...")
	list.Dir = dir
	out, err := list.CombinedOutput()
	require.NoError(t, err, "%s", out)
	require.Contains(t, string(out), name+"/core/sim\n")
	unformatted, err := exec.Command("gofmt", "-l", dir).CombinedOutput()
	require.NoError(t, err)
	require.Empty(t, string(unformatted))

	old := strings.TrimPrefix(strings.SplitN(was["go.mod"], "\n", 2)[0], "module ")
	require.NoError(t, rename(dir, old))
	require.Equal(t, was, tree(t, dir), "and back")
}

func TestANameThatIsNoModuleChangesNothing(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "go.mod"), []byte("module a\n"), 0o600))
	for _, name := range []string{"", "two words", "/a", "a//b", "a/", "../a", "a/.b"} {
		require.Error(t, rename(dir, name), "%q", name)
	}
	require.Equal(t, map[string]string{"go.mod": "module a\n"}, tree(t, dir))
}

// tree is the text of every file below a folder.
func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	require.NoError(t, filepath.WalkDir(dir, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		inside, _ := filepath.Rel(dir, path)
		all[filepath.ToSlash(inside)] = string(data)
		return err
	}))
	return all
}

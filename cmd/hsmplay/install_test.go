package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestInstallLinksTheTools(t *testing.T) {
	p := installed(t)
	for _, tool := range callNames() {
		target, err := os.Readlink(p.path("bin/" + tool))
		require.NoError(t, err)
		require.Equal(t, "hsmplay", filepath.Base(target))
	}
	again := p.run("", "./hsmplay", "install", "bin")
	require.Equal(t, done, again.status)
	require.Contains(t, again.out, "is there already")
	entries, err := os.ReadDir(p.path("bin"))
	require.NoError(t, err)
	require.Len(t, entries, len(callNames()))
}

func TestInstallLeavesAloneWhatIsNotItsOwn(t *testing.T) {
	p := installed(t)
	tool := p.path("bin/key_mgmt_util")
	foreign := map[string]func(){
		"a file":      func() { require.NoError(t, os.WriteFile(tool, []byte("#!/bin/sh\n"), 0o755)) },
		"a directory": func() { require.NoError(t, os.Mkdir(tool, 0o755)) },
		"a link":      func() { require.NoError(t, os.Symlink("/bin/sh", tool)) },
		"a dead link": func() { require.NoError(t, os.Symlink("/opt/cloudhsm/bin/gone", tool)) },
	}
	for name, place := range foreign {
		require.NoError(t, os.Remove(tool))
		place()
		r := p.run("", "./hsmplay", "install", "bin")
		require.Equal(t, failed, r.status, name)
		require.Contains(t, r.err, "it is left alone")
		require.Contains(t, r.out, "cloudhsm_mgmt_util", "the other one is installed")
	}
}

func TestInstallReplacesItsOwn(t *testing.T) {
	p := installed(t)
	tool := p.path("bin/key_mgmt_util")
	own := map[string]func(){
		"a copy":      func() { require.NoError(t, duplicate(p.path("hsmplay"), tool)) },
		"a dead link": func() { require.NoError(t, os.Symlink("/gone/hsmplay", tool)) },
	}
	for name, place := range own {
		require.NoError(t, os.Remove(tool))
		place()
		require.Equal(t, done, p.run("", "./hsmplay", "install", "bin").status, name)
		require.Equal(t, done, p.single("listUsers").status)
	}
}

func TestACopyIsTheToolToo(t *testing.T) {
	p := installed(t)
	require.NoError(t, os.Mkdir(p.path("copies"), 0o755))
	require.NoError(t, duplicate(p.path("hsmplay"), p.path("copies/key_mgmt_util")))
	require.Contains(t, p.run("", "copies/key_mgmt_util").out, "Version info")
}

func TestInstallWantsOneDirectory(t *testing.T) {
	require.NoError(t, os.WriteFile(filepath.Join(t.TempDir(), "file"), nil, 0o600))
	for _, args := range [][]string{{"install"}, {"install", "a", "b"}, {"install", ""}, {"install", "-x", "a"}} {
		require.Equal(t, misused, hsmplay(t, "", args...).status, "%v", args)
	}
	require.Equal(t, failed, hsmplay(t, "", "install", "/dev/null/bin").status)
}

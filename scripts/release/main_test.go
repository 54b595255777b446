package main

import (
	"archive/tar"
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestTheNewestVersionOfTheChangelog(t *testing.T) {
	version, text, err := newest("# Changelog\n\n## Unreleased\n\n- soon\n\n## v1.2.0 (2026-11-29)\n\n- now\n- too\n\n## v1.1.0\n\n- old\n")
	require.NoError(t, err)
	require.Equal(t, []string{"v1.2.0", "- now\n- too\n"}, []string{version, text})
	_, _, err = newest("# Changelog\n\n## Unreleased\n")
	require.Error(t, err)
	changes, err := os.ReadFile("../../CHANGELOG.md")
	require.NoError(t, err)
	version, _, err = newest(string(changes))
	require.NoError(t, err)
	require.Regexp(t, `^v\d+\.\d+\.\d+$`, version)
}

func TestAnArchiveHoldsNamesAndBytesAndNothingOfThisMachine(t *testing.T) {
	dir := t.TempDir()
	site := filepath.Join(dir, "site")
	require.NoError(t, os.MkdirAll(filepath.Join(site, "assets"), 0o700))
	for name, text := range map[string]string{"index.html": "page", "assets/a.js": "script"} {
		require.NoError(t, os.WriteFile(filepath.Join(site, name), []byte(text), 0o600))
	}
	first, second := filepath.Join(dir, "1"), filepath.Join(dir, "2")
	require.NoError(t, pack(first, site, "top"))
	require.NoError(t, os.Chtimes(filepath.Join(site, "index.html"), time.Unix(1, 0), time.Unix(1, 0)))
	require.NoError(t, os.Chmod(filepath.Join(site, "index.html"), 0o640))
	require.NoError(t, pack(second, site, "top"))

	a, err := os.ReadFile(first)
	require.NoError(t, err)
	b, err := os.ReadFile(second)
	require.NoError(t, err)
	require.Equal(t, a, b)
	require.Equal(t, []string{"top/assets/a.js script", "top/index.html page"}, unpacked(t, first))
}

func unpacked(t *testing.T, file string) (all []string) {
	t.Helper()
	in, err := os.Open(file)
	require.NoError(t, err)
	defer in.Close()
	compressed, err := gzip.NewReader(in)
	require.NoError(t, err)
	archive := tar.NewReader(compressed)
	for {
		head, err := archive.Next()
		if err == io.EOF {
			return all
		}
		require.NoError(t, err)
		data, err := io.ReadAll(archive)
		require.NoError(t, err)
		all = append(all, head.Name+" "+string(data))
	}
}

//go:build !js

package core_test

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A citation is a file of docs/spec, as spec/kmu.md, and mostly a section: 3.15, section 6, or 6,
// question 3, which is a row of that section's table. Within docs/spec the folder is left out.
var (
	citation = regexp.MustCompile(`(spec/|\b)([a-zA-Z-]+)\.(md|json)((?:,? (?:sections? )?[0-9]+(?:\.[0-9]+)*)?` +
		`(?:(?:, | and | to )(?:section |questions? )?[0-9]+(?:\.[0-9]+)*)*)`)
	cited   = regexp.MustCompile(`(questions? )?([0-9]+(?:\.[0-9]+)*)`)
	heading = regexp.MustCompile(`(?m)^#{2,4} (.*)$`)
	number  = regexp.MustCompile(`(?:^|, )([0-9]+(?:\.[0-9]+)*)\.? `)
	row     = regexp.MustCompile(`(?m)^\| ?([0-9]+) ?\|`)
	wrapped = regexp.MustCompile(`\n[ \t]*(?://|\*|#)?[ \t]*`)
)

// specification is docs/spec: by file and number of a section the text up to the next heading.
type specification map[string]map[string]string

func TestCitationsLeadSomewhere(t *testing.T) {
	spec := readSpecification(t)
	found := 0
	for _, path := range citing(t) {
		text := wrapped.ReplaceAllString(read(t, path), " ")
		for _, c := range citation.FindAllStringSubmatch(text, -1) {
			inside := strings.HasPrefix(path, "docs/spec/")
			if _, known := spec[c[2]+"."+c[3]]; c[1] == "" && (!inside || !known) {
				continue // another file of that name
			}
			found++
			assert.Empty(t, spec.missing(c[2]+"."+c[3], c[4]), "%s cites %q", path, c[0])
		}
	}
	require.Greater(t, found, 250)
}

func TestTheCheckOfCitationsFindsFaults(t *testing.T) {
	spec := specification{"kmu.md": {"": "", "3": "", "3.15": "", "6": "| 1 | what | then |\n"}}
	for _, c := range []struct{ file, sections, missing string }{
		{"kmu.md", "", ""},
		{"kmu.md", " 3.15", ""},
		{"kmu.md", " section 6, questions 1", ""},
		{"kmu.md", " 3.16", "3.16"},
		{"kmu.md", " 3.15, 3.51", "3.51"},
		{"kmu.md", " 3 to 4", "4"},
		{"kmu.md", " 6, question 2", "6, question 2"},
		{"cmu.md", " 3", "cmu.md"},
	} {
		require.Equal(t, c.missing, spec.missing(c.file, c.sections), "%v", c)
	}
}

// missing returns the first part of a citation that leads nowhere, "" for none.
func (s specification) missing(file, sections string) string {
	if s[file] == nil {
		return file
	}
	last, questions := "", false
	for _, m := range cited.FindAllStringSubmatch(sections, -1) {
		questions = questions && !strings.Contains(m[2], ".") || m[1] != ""
		if questions {
			if !slices.ContainsFunc(row.FindAllStringSubmatch(s[file][last], -1), func(r []string) bool { return r[1] == m[2] }) {
				return fmt.Sprintf("%s, question %s", last, m[2])
			}
			continue
		}
		if _, ok := s[file][m[2]]; !ok {
			return m[2]
		}
		last = m[2]
	}
	return ""
}

// readSpecification reads docs/spec by sections.
func readSpecification(t *testing.T) specification {
	t.Helper()
	spec := specification{}
	paths, err := filepath.Glob("../docs/spec/*")
	require.NoError(t, err)
	require.NotEmpty(t, paths)
	for _, path := range paths {
		data, err := os.ReadFile(path)
		require.NoError(t, err)
		text, sections := string(data), map[string]string{"": ""}
		at := heading.FindAllStringSubmatchIndex(text, -1)
		for i, h := range at {
			end := len(text)
			if i+1 < len(at) {
				end = at[i+1][0]
			}
			for _, n := range number.FindAllStringSubmatch(text[h[2]:h[3]]+" ", -1) {
				sections[n[1]] = text[h[1]:end]
			}
		}
		spec[filepath.Base(path)] = sections
	}
	return spec
}

// citing are the files of the repository that may cite the specification.
func citing(t *testing.T) []string {
	t.Helper()
	var paths []string
	kinds := []string{".go", ".ts", ".tsx", ".mjs", ".css", ".md", ".txt", ".sh"}
	for _, dir := range []string{"core", "cmd", "wasm", "web", "docs", "scripts"} {
		require.NoError(t, filepath.WalkDir(filepath.Join("..", dir), func(path string, _ fs.DirEntry, err error) error {
			if err == nil && slices.Contains(kinds, filepath.Ext(path)) {
				paths = append(paths, strings.TrimPrefix(filepath.ToSlash(path), "../"))
			}
			return err
		}))
	}
	top, err := filepath.Glob("../*.md")
	require.NoError(t, err)
	for _, path := range top {
		paths = append(paths, filepath.Base(path))
	}
	return paths
}

func read(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", path))
	require.NoError(t, err)
	return string(data)
}

//go:build !js

package main

import (
	"bytes"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const root = "../.."

// A fault whose text has moved on would be no fault.
func TestEachMutantChangesItsFile(t *testing.T) {
	require.Greater(t, len(mutants), 30)
	seen := map[string]bool{}
	for _, m := range mutants {
		changed, err := m.apply(root)
		require.NoError(t, err, m.rule)
		require.NotEqual(t, m.old, m.new, m.rule)
		require.False(t, seen[m.file+changed], "%s: twice the same", m.rule)
		seen[m.file+changed] = true
	}
}

// A fault that does not compile breaks no rule.
func TestEachMutantCompiles(t *testing.T) {
	c := compiler{fset: token.NewFileSet(), exports: exported(t), packages: map[string]map[string]*ast.File{}}
	for _, m := range mutants {
		changed, err := m.apply(root)
		require.NoError(t, err, m.rule)
		assert.NoError(t, c.check(t, m.file, changed), m.rule)
	}
}

// compiler reads types.
type compiler struct {
	fset     *token.FileSet
	exports  map[string]string               // the files with the types of packages, by path
	packages map[string]map[string]*ast.File // of packages that were read, by folder and path
}

// exported returns where the types lie of all that packages with faults import.
func exported(t *testing.T) map[string]string {
	list := exec.Command("go", "list", "-export", "-deps", "-f", "{{.ImportPath}} {{.Export}}", "./core/cluster")
	list.Dir = root
	out, err := list.Output()
	require.NoError(t, err)
	files := map[string]string{}
	for line := range strings.Lines(string(out)) {
		path, file, _ := strings.Cut(strings.TrimSpace(line), " ")
		files[path] = file
	}
	return files
}

// check reads the types of a package with a changed file.
func (c *compiler) check(t *testing.T, file, changed string) error {
	parsed, err := parser.ParseFile(c.fset, file, changed, parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	files := []*ast.File{parsed}
	for path, other := range c.read(t, filepath.Dir(file)) {
		if path != filepath.Join(root, file) {
			files = append(files, other)
		}
	}
	open := func(path string) (io.ReadCloser, error) {
		data, err := os.ReadFile(c.exports[path])
		return io.NopCloser(bytes.NewReader(data)), err
	}
	config := types.Config{Importer: importer.ForCompiler(c.fset, "gc", open)}
	_, err = config.Check(filepath.Dir(file), c.fset, files, nil)
	return err
}

// read returns the files of a package without its tests.
func (c *compiler) read(t *testing.T, dir string) map[string]*ast.File {
	if c.packages[dir] != nil {
		return c.packages[dir]
	}
	paths, err := filepath.Glob(filepath.Join(root, dir, "*.go"))
	require.NoError(t, err)
	files := map[string]*ast.File{}
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		files[path], err = parser.ParseFile(c.fset, path, nil, parser.SkipObjectResolution)
		require.NoError(t, err)
	}
	c.packages[dir] = files
	return files
}

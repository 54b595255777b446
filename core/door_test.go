//go:build !js

package core_test

import (
	"bufio"
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

// behindTheDoor are the types that tools do not touch: they reach HSMs through cluster.Client and
// nowhere else, and what it answers are values.
var behindTheDoor = []string{"hsmplay/core/hsm.HSM", "hsmplay/core/cluster.Node"}

// TestToolsReachHSMsThroughTheClient finds expressions of a tool whose type is an HSM: its methods
// and fields, what has one in a field, and the name of the type.
func TestToolsReachHSMsThroughTheClient(t *testing.T) {
	var dirs []string
	for _, tool := range strings.Fields(tools + " core/openssl") {
		if _, err := os.Stat(filepath.Join("..", tool)); err == nil {
			dirs = append(dirs, tool)
		}
	}
	exports := exported(t, dirs...)
	for _, dir := range dirs {
		fset, info := check(t, dir, exports)
		for e, what := range info.Types {
			if name := named(what.Type); hidden(name) {
				assert.Fail(t, "a tool touches "+name, "%s", fset.Position(e.Pos()))
			}
		}
	}
}

// hidden reports whether a type is behind the door.
func hidden(name string) bool {
	for _, other := range behindTheDoor {
		if name == other {
			return true
		}
	}
	return false
}

// named returns the name of a type, or of what it points to or is a list of; "" for one without.
func named(t types.Type) string {
	for {
		switch x := t.(type) {
		case *types.Pointer:
			t = x.Elem()
		case *types.Slice:
			t = x.Elem()
		case *types.Named:
			return types.TypeString(x, nil)
		default:
			return ""
		}
	}
}

// exported returns the files with the types of what packages import, by path.
func exported(t *testing.T, dirs ...string) map[string]string {
	t.Helper()
	args := []string{"list", "-export", "-deps", "-f", "{{.ImportPath}} {{.Export}}"}
	for _, dir := range dirs {
		args = append(args, "./"+dir)
	}
	list := exec.Command("go", args...)
	list.Dir = ".."
	out, err := list.Output()
	require.NoError(t, err)
	files := map[string]string{}
	for lines := bufio.NewScanner(bytes.NewReader(out)); lines.Scan(); {
		path, file, _ := strings.Cut(lines.Text(), " ")
		files[path] = file
	}
	return files
}

// check reads the types of a package without its tests.
func check(t *testing.T, dir string, exports map[string]string) (*token.FileSet, *types.Info) {
	t.Helper()
	fset := token.NewFileSet()
	var files []*ast.File
	paths, err := filepath.Glob(filepath.Join("..", dir, "*.go"))
	require.NoError(t, err)
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(fset, path, nil, parser.SkipObjectResolution)
		require.NoError(t, err)
		files = append(files, file)
	}
	open := func(path string) (io.ReadCloser, error) { return os.Open(exports[path]) }
	config := types.Config{Importer: importer.ForCompiler(fset, "gc", open)}
	info := &types.Info{Types: map[ast.Expr]types.TypeAndValue{}}
	_, err = config.Check("hsmplay/"+dir, fset, files, info)
	require.NoError(t, err)
	return fset, info
}

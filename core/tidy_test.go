//go:build !js

// Package core_test checks the shape of the house: who imports whom, and that core is pure.
// ARCHITECTURE.md draws the same graph; a new edge changes both, in a commit that says why.
package core_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const (
	words  = "core/attr core/retcode core/voice"
	engine = words + " core/mech core/hsm core/cluster"
	tools  = "core/kmu core/cmu core/cli"
	world  = engine + " core/command core/command/clap " + tools + " core/same core/selftest core/openssl core/shell core/unix"
)

// graph says which packages of ours each package may import. A package without a row is a fault.
var graph = map[string]string{
	"core/mech":                   words + " core/mech/internal/material",
	"core/mech/internal/material": words + " core/internal/jsonrow",
	"core/mech/secret":            words + " core/mech core/mech/internal/material",

	"core/attr":                "",
	"core/retcode":             "",
	"core/glossary":            "",
	"core/voice":               "",
	"core/hsm":                 words + " core/mech core/mech/secret core/internal/jsonrow",
	"core/selftest":            "core/attr core/mech core/mech/secret", // keys of published vectors only
	"core/cluster":             words + " core/mech core/hsm",
	"core/command":             "core/voice",
	"core/command/clap":        "core/command core/voice",
	"core/internal/snippet":    "core/shell", // for tests only, as the next
	"core/internal/transcript": "",
	"core/internal/foreign":    "",
	"core/internal/jsonrow":    "",
	"core/internal/slips":      "",                                        // for tests only
	"core/kmu":                 engine + " core/command core/mech/secret", // see secretReaders
	"core/cmu":                 engine + " core/command core/mech/secret", // see secretReaders
	"core/cli":                 engine + " core/command core/command/clap",
	"core/same":                "core/attr core/hsm core/command " + tools, // knows the tools' tables, not their work
	"core/openssl":             engine + " core/command core/mech/secret",
	"core/shell":               "core/command core/retcode core/voice",
	"core/unix":                "core/shell core/command core/voice",
	"core/view":                engine + " core/shell",
	"core/sim":                 world + " core/view core/glossary core/internal/jsonrow",
	"core/lesson":              "core/sim core/view core/voice",
	"wasm":                     "core/sim core/lesson",
	"cmd/hsmplay":              "core/sim core/lesson",
}

// secretReaders are the files of tools that read private keys from files of the client machine:
// they alone may open secrets, beside core/hsm and core/openssl.
var secretReaders = []string{"core/cmu/keyfile.go", "core/kmu/keyfile.go"}

// impure is what core does not import: it reaches the host, shares memory or hides state.
var impure = []string{
	"log", "log/slog", "math/rand", "net", "net/http", "os", "os/exec", "os/signal", "runtime/debug",
	"sync", "sync/atomic", "syscall", "syscall/js", "testing", "unsafe",
}

// heavy is what the page's engine does not carry, in whatever depth: size and reach.
var heavy = []string{
	"crypto/x509", "encoding/gob", "github.com/gofrs/flock", "github.com/peterh/liner",
	"github.com/spf13/afero", "github.com/stretchr/testify/require", "html/template", "net/http",
	"pgregory.net/rapid", "testing", "text/template",
}

// allowance is what a package may do that the rest of core may not. core/shell runs bash, whose
// interpreter blocks: it hands over between goroutines (design of the shell's process).
type allowance struct {
	imports string
	members map[string]string // package → the prefix of its members that may be used
	process bool              // go statements and channels, timers
}

var allowances = map[string]allowance{
	"core/internal/snippet":    {imports: "os os/exec testing"},
	"core/internal/transcript": {imports: "os testing"},
	"core/internal/foreign":    {imports: "os os/exec testing"},
	"core/shell": {
		imports: "os sync sync/atomic",
		members: map[string]string{"os": "O_"},
		process: true,
	},
}

// hostTime and hostChance are members of otherwise harmless packages that read the host.
var (
	hostTime   = []string{"After", "AfterFunc", "NewTicker", "NewTimer", "Now", "Since", "Sleep", "Tick", "Until"}
	hostChance = []string{"Float64", "Int", "Int64", "Int64N", "IntN", "N", "Perm", "Shuffle", "Uint32", "Uint64", "Uint64N", "UintN"}
)

func TestImportsPointDown(t *testing.T) {
	for _, file := range sources(t, "core", "wasm", "cmd") {
		allowed, ok := graph[file.pkg]
		if !assert.True(t, ok, "%s has no row in the graph", file.pkg) {
			continue
		}
		for _, imported := range file.imports() {
			if ours, ok := strings.CutPrefix(imported, module(t)+"/"); ok {
				assert.Contains(t, strings.Fields(allowed), ours, "%s imports it", file.path)
			}
		}
	}
}

// TestSecretsStayInTheHSM finds files that import what opens secrets and are neither the HSM's nor
// readers of key files.
func TestSecretsStayInTheHSM(t *testing.T) {
	for _, file := range sources(t, "core", "wasm", "cmd") {
		may := slices.Contains([]string{"core/hsm", "core/openssl", "core/selftest"}, file.pkg) || slices.Contains(secretReaders, file.path)
		if !may {
			assert.NotContains(t, file.imports(), "hsmplay/core/mech/secret", "%s imports it", file.path)
		}
	}
}

func TestTheGraphHasNoCycle(t *testing.T) {
	for pkg := range graph {
		for _, below := range strings.Fields(graph[pkg]) {
			assert.NotContains(t, strings.Fields(graph[below]), pkg, "%s and %s may import each other", pkg, below)
		}
	}
}

func TestCoreIsPure(t *testing.T) {
	for _, file := range sources(t, "core") {
		may := allowances[file.pkg]
		for _, imported := range file.imports() {
			if !slices.Contains(strings.Fields(may.imports), imported) {
				assert.NotContains(t, impure, imported, "%s imports it", file.path)
			}
		}
		for _, used := range file.members() {
			pkg, member, _ := strings.Cut(used, " ")
			if prefix, ok := may.members[pkg]; ok {
				assert.True(t, strings.HasPrefix(member, prefix), "%s uses %s.%s", file.path, pkg, member)
			}
			assert.False(t, pkg == "time" && !may.process && slices.Contains(hostTime, member), "%s uses time.%s", file.path, member)
			assert.False(t, pkg == "math/rand/v2" && slices.Contains(hostChance, member), "%s uses the global rand.%s", file.path, member)
		}
		if !may.process {
			assert.Empty(t, file.concurrency(), "%s starts goroutines or uses channels", file.path)
		}
	}
}

// TestPackageVariablesAreTables finds assignments to package variables: the world's state lives in
// the world. init may fill a table whose rows refer back to it.
func TestPackageVariablesAreTables(t *testing.T) {
	globals := map[string][]string{}
	files := sources(t, "core")
	for _, file := range files {
		globals[file.pkg] = append(globals[file.pkg], file.globals()...)
	}
	for _, file := range files {
		assert.Empty(t, file.assigned(globals[file.pkg]), "%s changes package variables", file.path)
	}
}

func TestTheEngineOfThePageIsLight(t *testing.T) {
	list := exec.Command("go", "list", "-deps", "./wasm")
	list.Dir = ".."
	list.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	out, err := list.Output()
	require.NoError(t, err)
	linked := strings.Fields(string(out))
	require.Contains(t, linked, module(t)+"/core/sim")
	for _, pkg := range heavy {
		assert.NotContains(t, linked, pkg)
	}
}

// Go makes the code of a generic type once for all pointers, and once more for each other type: a
// table of values was 7 % of the engine's download.
func TestTablesAreOfPointers(t *testing.T) {
	for _, file := range sources(t, "core") {
		ast.Inspect(file.File, func(n ast.Node) bool {
			of, ok := n.(*ast.IndexExpr)
			if !ok {
				return true
			}
			if table, ok := of.X.(*ast.SelectorExpr); ok && (table.Sel.Name == "Table" || table.Sel.Name == "Spec") {
				name, plain := of.Index.(*ast.Ident)
				assert.False(t, plain && len(name.Name) > 1, "%s has a %s of a type that is no pointer", file.path, table.Sel.Name)
			}
			return true
		})
	}
}

// module returns the name of the module, which who publishes it may change.
func module(t *testing.T) string {
	t.Helper()
	data, err := os.ReadFile("../go.mod")
	require.NoError(t, err)
	line, _, _ := strings.Cut(string(data), "\n")
	return strings.TrimPrefix(line, "module ")
}

// source is one parsed file without tests.
type source struct {
	path, pkg string
	*ast.File
}

// sources parses the Go files below the directories of the repository, whatever system they are
// for.
func sources(t *testing.T, dirs ...string) []source {
	t.Helper()
	var files []source
	for _, dir := range dirs {
		require.NoError(t, filepath.WalkDir(filepath.Join("..", dir), func(path string, _ fs.DirEntry, err error) error {
			if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			parsed, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
			inside := strings.TrimPrefix(filepath.ToSlash(path), "../")
			files = append(files, source{inside, inside[:strings.LastIndex(inside, "/")], parsed})
			return err
		}))
	}
	return files
}

// imports returns the paths the file imports.
func (s source) imports() []string {
	var paths []string
	for _, spec := range s.Imports {
		paths = append(paths, strings.Trim(spec.Path.Value, `"`))
	}
	return paths
}

// members returns "path member" for each selector whose left side is an imported package.
func (s source) members() []string {
	path := map[string]string{}
	for i, spec := range s.Imports {
		name := packageName(s.imports()[i])
		if spec.Name != nil {
			name = spec.Name.Name
		}
		path[name] = s.imports()[i]
	}
	var used []string
	ast.Inspect(s.File, func(n ast.Node) bool {
		if selector, ok := n.(*ast.SelectorExpr); ok {
			if left, ok := selector.X.(*ast.Ident); ok && path[left.Name] != "" {
				used = append(used, path[left.Name]+" "+selector.Sel.Name)
			}
		}
		return true
	})
	return used
}

// packageName guesses the name of a package from its path: the last element that is no version.
func packageName(path string) string {
	parts := strings.Split(path, "/")
	if last := parts[len(parts)-1]; len(parts) > 1 && len(last) > 1 && last[0] == 'v' && strings.Trim(last[1:], "0123456789") == "" {
		parts = parts[:len(parts)-1]
	}
	return parts[len(parts)-1]
}

// concurrency returns the go statements, channel types, sends and selects of the file.
func (s source) concurrency() []ast.Node {
	var found []ast.Node
	ast.Inspect(s.File, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.GoStmt, *ast.ChanType, *ast.SendStmt, *ast.SelectStmt:
			found = append(found, n)
		}
		return true
	})
	return found
}

// globals returns the names of the file's package variables.
func (s source) globals() []string {
	var names []string
	for _, decl := range s.Decls {
		if general, ok := decl.(*ast.GenDecl); ok && general.Tok == token.VAR {
			for _, spec := range general.Specs {
				for _, name := range spec.(*ast.ValueSpec).Names {
					names = append(names, name.Name)
				}
			}
		}
	}
	return names
}

// assigned returns those of the package variables that a function of the file writes to.
func (s source) assigned(globals []string) []string {
	found := map[string]bool{}
	for _, decl := range s.Decls {
		function, ok := decl.(*ast.FuncDecl)
		if !ok || function.Body == nil || function.Recv == nil && function.Name.Name == "init" {
			continue
		}
		local := locals(function)
		ast.Inspect(function.Body, func(n ast.Node) bool {
			for _, target := range targets(n) {
				if name := root(target); name != "_" && slices.Contains(globals, name) && !local[name] {
					found[name] = true
				}
			}
			return true
		})
	}
	return slices.Sorted(maps.Keys(found))
}

// targets returns the expressions a node writes to.
func targets(n ast.Node) []ast.Expr {
	switch n := n.(type) {
	case *ast.AssignStmt:
		if n.Tok != token.DEFINE {
			return n.Lhs
		}
	case *ast.IncDecStmt:
		return []ast.Expr{n.X}
	case *ast.CallExpr:
		if f, ok := n.Fun.(*ast.Ident); ok && (f.Name == "delete" || f.Name == "clear") {
			return n.Args[:1]
		}
	}
	return nil
}

// root returns the identifier on the left of x.f[i].g, "" if there is none.
func root(e ast.Expr) string {
	for {
		switch x := e.(type) {
		case *ast.Ident:
			return x.Name
		case *ast.SelectorExpr:
			e = x.X
		case *ast.IndexExpr:
			e = x.X
		case *ast.StarExpr:
			e = x.X
		case *ast.ParenExpr:
			e = x.X
		default:
			return ""
		}
	}
}

// locals returns the names a function declares: receiver, parameters, results and variables.
func locals(function *ast.FuncDecl) map[string]bool {
	names := map[string]bool{}
	ast.Inspect(function, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Field:
			for _, name := range n.Names {
				names[name.Name] = true
			}
		case *ast.ValueSpec:
			for _, name := range n.Names {
				names[name.Name] = true
			}
		case *ast.AssignStmt:
			if n.Tok == token.DEFINE {
				for _, left := range n.Lhs {
					names[root(left)] = true
				}
			}
		case *ast.RangeStmt:
			names[root(n.Key)], names[root(n.Value)] = true, true
		}
		return true
	})
	return names
}

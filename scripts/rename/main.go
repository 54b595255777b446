// Command rename gives the module another name: go.mod, the imports of every Go file, and what
// links them. `make rename MODULE=example.org/you/hsmplay` runs it at the top of the repository. It
// is for whoever publishes a copy; running it again with the old name takes it back.
package main

import (
	"fmt"
	"go/format"
	"go/parser"
	"go/token"
	"io/fs"
	"log"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

func main() {
	log.SetFlags(0)
	if len(os.Args) != 2 {
		log.Fatal("usage: rename MODULE")
	}
	if err := rename(".", os.Args[1]); err != nil {
		log.Fatal(err)
	}
}

var (
	moduleLine = regexp.MustCompile(`(?m)^module (\S+)$`)
	modulePath = regexp.MustCompile(`^[a-zA-Z0-9][a-zA-Z0-9._~-]*(/[a-zA-Z0-9_~-][a-zA-Z0-9._~-]*)*$`)
)

// rename changes the module below a folder from the name in its go.mod to another one.
func rename(dir, to string) error {
	if !modulePath.MatchString(to) {
		return fmt.Errorf("%q is no module path, such as example.org/you/hsmplay", to)
	}
	mod := filepath.Join(dir, "go.mod")
	data, err := os.ReadFile(mod)
	if err != nil {
		return err
	}
	line := moduleLine.FindSubmatchIndex(data)
	if line == nil {
		return fmt.Errorf("%s names no module", mod)
	}
	from := string(data[line[2]:line[3]])
	if err := os.WriteFile(mod, slices.Concat(data[:line[2]], []byte(to), data[line[3]:]), 0o644); err != nil {
		return err
	}
	return filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && (entry.Name() == "node_modules" || entry.Name() == ".git"):
			return fs.SkipDir
		case entry.Type().IsRegular() && strings.HasSuffix(path, ".go"):
			return imports(path, from, to)
		}
		return nil
	})
}

// imports changes the imports of one file and leaves every other byte, but for the order that gofmt
// wants.
func imports(path, from, to string) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, path, data, parser.ImportsOnly)
	if err != nil {
		return err
	}
	text := string(data)
	for _, spec := range slices.Backward(file.Imports) {
		old, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return err
		}
		if rest, ours := strings.CutPrefix(old, from+"/"); ours {
			at := set.Position(spec.Path.Pos()).Offset
			text = text[:at] + strconv.Quote(to+"/"+rest) + text[at+len(spec.Path.Value):]
		}
	}
	if text == string(data) {
		return nil
	}
	formatted, err := format.Source([]byte(text))
	if err != nil {
		return err
	}
	return os.WriteFile(path, formatted, 0o644)
}

// Command notices writes the licences of everything that is shipped, with the program, the page's
// engine and the page, into cmd/hsmplay/notices.txt: the program prints it, the page's build puts
// it beside the page. `make notices` runs it, at the top of the repository and with the npm
// packages installed.
package main

import (
	"encoding/json"
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

const goal = "cmd/hsmplay/notices.txt"

const lead = `What hsmplay is made of: each part with its version, above the licence it comes under.
`

// shipped are the programs that are shipped, by system, processor and package.
var shipped = [][3]string{
	{"linux", "amd64", "./cmd/hsmplay"}, {"darwin", "arm64", "./cmd/hsmplay"}, {"windows", "amd64", "./cmd/hsmplay"},
	{"js", "wasm", "./wasm"},
}

// part is one module or package.
type part struct{ name, licence string }

func main() {
	parts, err := goParts()
	if err != nil {
		log.Fatal(err)
	}
	more, err := npmParts()
	if err != nil {
		log.Fatal(err)
	}
	ours, err := read(map[string]string{"hsmplay": "."})
	if err != nil {
		log.Fatal(err)
	}
	if err := os.WriteFile(goal, []byte(text(slices.Concat(ours, parts, more))), 0o644); err != nil {
		log.Fatal(err)
	}
}

// goParts are the Go modules that are linked, and Go's own library.
func goParts() ([]part, error) {
	dirs := map[string]string{}
	for _, s := range shipped {
		list := exec.Command("go", "list", "-deps", "-f", "{{with .Module}}{{.Path}} {{.Version}}\t{{.Dir}}{{end}}", s[2])
		list.Env = append(os.Environ(), "GOOS="+s[0], "GOARCH="+s[1])
		list.Stderr = os.Stderr
		out, err := list.Output()
		if err != nil {
			return nil, err
		}
		for line := range strings.Lines(string(out)) {
			if name, dir, _ := strings.Cut(strings.TrimSpace(line), "\t"); !strings.HasSuffix(name, " ") && strings.Contains(name, " ") {
				dirs[name] = dir
			}
		}
	}
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return nil, err
	}
	dirs["Go's runtime and standard library"] = strings.TrimSpace(string(root))
	return read(dirs)
}

// npmParts are the packages that the page holds: the dependencies, not those that build and test
// it.
func npmParts() ([]part, error) {
	data, err := os.ReadFile("package.json")
	if err != nil {
		return nil, err
	}
	var about struct{ Dependencies map[string]string }
	if err := json.Unmarshal(data, &about); err != nil {
		return nil, err
	}
	dirs := map[string]string{}
	for name, version := range about.Dependencies {
		dirs[name+" "+version] = filepath.Join("node_modules", filepath.FromSlash(name))
	}
	return read(dirs)
}

// read reads the licence of each part, by name.
func read(dirs map[string]string) (parts []part, err error) {
	for name, dir := range dirs {
		licence, err := licenceIn(dir)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		parts = append(parts, part{name, licence})
	}
	slices.SortFunc(parts, func(a, b part) int { return strings.Compare(a.name, b.name) })
	return parts, nil
}

// licenceIn returns the texts of a folder that must go with a copy of it.
func licenceIn(dir string) (string, error) {
	files, err := os.ReadDir(dir)
	if err != nil {
		return "", err
	}
	var texts []string
	for _, f := range files {
		word, _, _ := strings.Cut(strings.ToUpper(f.Name()), ".")
		if !f.Type().IsRegular() || !slices.Contains([]string{"LICENSE", "LICENCE", "COPYING", "NOTICE"}, word) {
			continue
		}
		data, err := os.ReadFile(filepath.Join(dir, f.Name()))
		if err != nil {
			return "", err
		}
		texts = append(texts, strings.TrimSpace(strings.ReplaceAll(string(data), "\r\n", "\n")))
	}
	if texts == nil {
		return "", fmt.Errorf("no licence in %s", dir)
	}
	return strings.Join(texts, "\n\n"), nil
}

// text is the whole file; parts under the very same words stand together.
func text(parts []part) string {
	var b strings.Builder
	b.WriteString(lead)
	done := map[string]bool{}
	for _, p := range parts {
		if done[p.licence] {
			continue
		}
		done[p.licence] = true
		b.WriteString("\n" + strings.Repeat("-", 80) + "\n")
		for _, same := range parts {
			if same.licence == p.licence {
				b.WriteString("== " + same.name + "\n")
			}
		}
		b.WriteString("\n" + p.licence + "\n")
	}
	return b.String()
}

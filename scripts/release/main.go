// Command release makes what is published, in build/release: a program for each system, the site as
// an archive, the checksums of both, and the text of the release. The version and the text are the
// newest section of CHANGELOG.md that has a version. The same commit gives the same bytes with the
// same Go and Node, wherever it stands. `make release` runs it at the top of the repository.
package main

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
)

const (
	goal = "build/release"
	name = "hsmplay"
)

// systems are the systems and processors that a program is made for.
var systems = []string{"linux/amd64", "linux/arm64", "darwin/amd64", "darwin/arm64", "windows/amd64", "windows/arm64"}

func main() {
	log.SetFlags(0)
	if err := release(); err != nil {
		log.Fatal(err)
	}
}

func release() error {
	changes, err := os.ReadFile("CHANGELOG.md")
	if err != nil {
		return err
	}
	version, text, err := newest(string(changes))
	if err != nil {
		return err
	}
	if err := errors.Join(os.RemoveAll(goal), os.MkdirAll(goal, 0o755)); err != nil {
		return err
	}
	var made []string
	for _, system := range systems {
		file, err := program(version, system)
		if err != nil {
			return err
		}
		made = append(made, file)
	}
	file, err := site(version)
	if err != nil {
		return err
	}
	sums, err := checksums(append(made, file))
	if err != nil {
		return err
	}
	fmt.Print(sums)
	return errors.Join(put("SHA256SUMS", sums), put("VERSION", version+"\n"), put("NOTES.md", text))
}

var section = regexp.MustCompile(`(?m)^## (\S+)(?: .*)?$`)

// newest returns the version of the changelog's newest section that has one, such as v1.2.3, and
// its text.
func newest(changes string) (version, text string, err error) {
	at := section.FindAllStringSubmatchIndex(changes, -1)
	for i, h := range at {
		end := len(changes)
		if i+1 < len(at) {
			end = at[i+1][0]
		}
		if word := changes[h[2]:h[3]]; strings.HasPrefix(word, "v") {
			return word, strings.TrimSpace(changes[h[1]:end]) + "\n", nil
		}
	}
	return "", "", errors.New("CHANGELOG.md has no section with a version, such as ## v1.2.3")
}

// program compiles for a system and returns the file's name.
func program(version, system string) (string, error) {
	goos, goarch, _ := strings.Cut(system, "/")
	file := strings.Join([]string{name, version, goos, goarch}, "-")
	if goos == "windows" {
		file += ".exe"
	}
	return file, run([]string{"GOOS=" + goos, "GOARCH=" + goarch, "CGO_ENABLED=0"}, "go", "build", "-trimpath", "-buildvcs=false",
		"-ldflags", "-s -w -X main.version="+version, "-o", filepath.Join(goal, file), "./cmd/hsmplay")
}

// site builds the page and packs it, and returns the archive's name.
func site(version string) (string, error) {
	dir, err := filepath.Abs(filepath.Join("build", "release-site"))
	if err != nil {
		return "", err
	}
	if err := run([]string{"GOFLAGS=-buildvcs=false"}, "node", "web/build/build.mjs", "to="+dir); err != nil {
		return "", err
	}
	file := strings.Join([]string{name, version, "site.tar.gz"}, "-")
	return file, errors.Join(pack(filepath.Join(goal, file), dir, strings.TrimSuffix(file, ".tar.gz")), os.RemoveAll(dir))
}

// checksums are the lines that `sha256sum -c` takes.
func checksums(files []string) (string, error) {
	var b strings.Builder
	for _, file := range files {
		data, err := os.ReadFile(filepath.Join(goal, file))
		if err != nil {
			return "", err
		}
		fmt.Fprintf(&b, "%x  %s\n", sha256.Sum256(data), file)
	}
	return b.String(), nil
}

func put(file, text string) error {
	return os.WriteFile(filepath.Join(goal, file), []byte(text), 0o644)
}

// run runs a program with a few more variables in its environment.
func run(env []string, words ...string) error {
	c := exec.Command(words[0], words[1:]...)
	c.Env = append(os.Environ(), env...)
	c.Stdout, c.Stderr = os.Stderr, os.Stderr
	if err := c.Run(); err != nil {
		return fmt.Errorf("%s: %w", strings.Join(words, " "), err)
	}
	return nil
}

package sim

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"hsmplay/core/cli"
	"hsmplay/core/cmu"
	"hsmplay/core/kmu"
	"hsmplay/core/openssl"
	"hsmplay/core/same"
)

// realRows tell of each command of the tools and of openssl where it is documented, and how much of
// it is derived and made up: tool, name, section, two numbers, a tab between them.
//
//go:embed real.txt
var realRows string

// realRow is one of them, taken apart.
type realRow struct{ tool, name, section, derived, ours string }

// reals are the rows.
func reals(yield func(realRow) bool) {
	for line := range strings.Lines(realRows) {
		f := strings.Split(strings.TrimSpace(line), "\t")
		if !yield(realRow{f[0], f[1], f[2], f[3], f[4]}) {
			return
		}
	}
}

// folders are where the reference has the pages of a tool's commands.
var folders = map[string]string{kmu.Name: "kmu-", cmu.Name: "cmu-", cli.Name: "cli-"}

// page is the page of the reference, as the site calls it.
func (r realRow) page() string {
	if begin, ok := folders[r.tool]; ok {
		return "docs/" + begin + strings.ReplaceAll(r.name, " ", "-") + ".html"
	}
	return "docs/" + r.tool + ".html#" + r.name
}

// short says in a few words how much is documented.
func (r realRow) short() string {
	if r.tool == "openssl" {
		return "as " + r.section + " has it, a part"
	}
	words := "documented"
	if r.derived != "0" {
		words += ", " + r.derived + " derived"
	}
	if r.ours != "0" {
		words += ", " + r.ours + " made up"
	}
	return words
}

// long says it with where it is documented.
func (r realRow) long() string {
	if r.tool == "openssl" {
		return "documented in " + r.section + ", of which it is a part; compared with the real program"
	}
	return fmt.Sprintf("documented in %s; derived or measured: %s; made up: %s", r.section, r.derived, r.ours)
}

// realOf says how much of the command of a line is documented, and which page tells; "" for lines
// that are no tool's.
func realOf(at, line string) (says, page string) {
	tool, name := commandOf(at, line)
	if tool == verbs.Tool {
		return "the playground's own", ""
	}
	for r := range reals {
		if r.tool == tool && r.name == name {
			return r.short(), r.page()
		}
	}
	return "", ""
}

// commandOf is the command of a line that is typed at a program's prompt: its program, and its whole
// name however much of it was typed; "" for none.
func commandOf(at, line string) (of, name string) {
	words := strings.Fields(line)
	if len(words) == 0 {
		return "", ""
	}
	typed := at != bash
	if of = at; !typed {
		of = program(words)[0]
		words = words[1+slices.IndexFunc(words, func(w string) bool { return w == of || strings.HasSuffix(w, "/"+of) }):]
	}
	var path []string
	i := slices.IndexFunc(installed, func(t tool) bool { return t.name == of })
	switch {
	case i < 0:
		path = words[:min(len(words), 1)]
	case typed:
		path, _, _ = installed[i].told(line)
	case installed[i].once != nil:
		path, _, _ = installed[i].once(words)
	default:
		path = startPath(i, words)
	}
	return of, strings.Join(path, " ")
}

// meaningOfCommand is what `explain` prints of a command, for each tool that has it; "" for none.
func meaningOfCommand(asked string) string {
	var b strings.Builder
	for r := range reals {
		if strings.EqualFold(r.name, asked) {
			means := same.Means(r.name)
			if r.tool == "openssl" {
				means = openssl.Means(r.name)
			}
			fmt.Fprintf(&b, "%s of %s\nMeans: %s\nReal:  %s\nPage:  %s\n", r.name, r.tool, means, r.long(), r.page())
		}
	}
	return b.String()
}

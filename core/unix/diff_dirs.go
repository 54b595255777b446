package unix

import (
	"path"
	"slices"
	"strings"
)

// isDir reports whether a name is that of a directory.
func (p *Process) isDir(name string) bool {
	row, err := p.Stat(name)
	return err == nil && row.IsDir()
}

// diffDirs compares the files of two directories by their names, with -r what is below them too. The
// status is that of the worst.
func (p *Process) diffDirs(o options, left, right string) int {
	status := 0
	for _, name := range p.namesIn(left, right) {
		status = max(status, p.diffEntry(o, left, right, name))
	}
	return status
}

// namesIn are the names in any of some directories, sorted.
func (p *Process) namesIn(dirs ...string) []string {
	var names []string
	for _, dir := range dirs {
		rows, _ := p.List(dir)
		for _, row := range rows {
			names = append(names, path.Base(row.Path))
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// diffEntry compares what has one name in two directories.
func (p *Process) diffEntry(o options, left, right, name string) int {
	a, b := path.Join(left, name), path.Join(right, name)
	if strings.HasPrefix(left, "./") || left == "." {
		a, b = left+"/"+name, right+"/"+name
	}
	_, noA := p.Stat(a)
	_, noB := p.Stat(b)
	empty := func(err error) bool { return err != nil && o.has('N') }
	switch {
	case o.has('r') && (p.isDir(a) || empty(noA)) && (p.isDir(b) || empty(noB)):
		return p.diffDirs(o, a, b)
	case p.isDir(a) && p.isDir(b):
		p.Printf("Common subdirectories: %s and %s\n", a, b)
		return 0
	case noB != nil && !empty(noB):
		p.Printf("Only in %s: %s\n", left, name)
		return 1
	case noA != nil && !empty(noA):
		p.Printf("Only in %s: %s\n", right, name)
		return 1
	case p.isDir(a) != p.isDir(b):
		kinds := map[bool]string{true: "directory", false: "regular file"}
		p.Printf("File %s is a %s while file %s is a %s\n", a, kinds[p.isDir(a)], b, kinds[p.isDir(b)])
		return 1
	}
	dataA, _ := p.ReadFile(a) // one that is not there counts as empty
	dataB, _ := p.ReadFile(b)
	if string(dataA) != string(dataB) && !o.has('q') {
		p.Print(strings.Join(append(p.givenOptions(o), a, b), " ") + "\n")
	}
	o.args = []string{a, b}
	return p.diffFiles(o, dataA, dataB)
}

// givenOptions are the program's name and the options that it was called with.
func (p *Process) givenOptions(o options) []string {
	values := []string{p.Args[0]}
	for _, letter := range []byte("ULCW") {
		values = append(values, o.every[letter]...)
	}
	return slices.DeleteFunc(slices.Clone(p.Args), func(word string) bool {
		return !strings.HasPrefix(word, "-") && !slices.Contains(values, word)
	})
}

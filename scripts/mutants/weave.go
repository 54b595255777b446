package main

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"slices"
	"strings"
)

// A package is built once for all of its faults: each stands beside what it breaks, asleep, and a
// process of the tests wakes one of them by its number. Two never meet in a process, so none can
// hide another.

// wake is the variable of the environment that names the fault.
const wake = "HSMPLAY_MUTANT"

// waker is one more file of a package with faults: which of them is awake, and a table's way to
// ask.
const waker = `package %s

import (
	"os"
	"strconv"
)

var mutantAwake, _ = strconv.Atoi(os.Getenv(%q))

func mutantOr[T any](n int, mutant, was T) T {
	if mutantAwake == n {
		return mutant
	}
	return was
}
`

// woven is a file with faults beside what they break.
type woven struct {
	text  string
	whole []int // the faults that cannot stand beside what they break, such as those of constants
}

// weaveFile puts faults into a file, by their numbers.
func weaveFile(root, file string, faults map[int]mutant) (woven, error) {
	var text string
	for _, m := range faults {
		var err error
		if text, err = m.read(root); err != nil {
			return woven{}, err
		}
	}
	return weave(text, faults)
}

// ordered are the numbers of faults, the least one first.
func ordered(faults map[int]mutant) []int { return slices.Sorted(maps.Keys(faults)) }

// weave puts faults into a file's text, by their numbers.
func weave(text string, faults map[int]mutant) (woven, error) {
	file, err := parser.ParseFile(token.NewFileSet(), "", text, parser.SkipObjectResolution)
	if err != nil {
		return woven{}, err
	}
	var w woven
	edits := []edit{}
	for _, n := range ordered(faults) {
		more := beside(file, text, n, faults[n])
		if more == nil {
			w.whole = append(w.whole, n)
		}
		edits = append(edits, more...)
	}
	w.text = edited(text, edits)
	return w, nil
}

// beside returns what has to be written for a fault to stand beside what it breaks, or nil where it
// cannot.
func beside(file *ast.File, text string, n int, m mutant) []edit {
	e := m.edit(text)
	for _, decl := range file.Decls {
		switch d := decl.(type) {
		case *ast.FuncDecl:
			if d.Body != nil && e.within(d.Body) {
				return besideFunc(d, text, n, e)
			}
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				v, ok := spec.(*ast.ValueSpec)
				if ok && d.Tok == token.VAR && len(v.Values) == 1 && e.within(v.Values[0]) {
					return besideValue(v.Values[0], text, n, e)
				}
			}
		}
	}
	return nil
}

// besideFunc adds a function with the fault, and has the one that it breaks call it while the fault
// is awake.
func besideFunc(d *ast.FuncDecl, text string, n int, e edit) []edit {
	receiver, named := names(d.Recv)
	values, alsoNamed := names(d.Type.Params)
	types, _ := names(d.Type.TypeParams)
	if !named || !alsoNamed {
		return nil
	}
	name := fmt.Sprintf("%sMutant%d", d.Name.Name, n)
	call := strings.Join(append(receiver, name), ".")
	if len(types) > 0 {
		call += "[" + strings.Join(types, ", ") + "]"
	}
	call += "(" + strings.Join(values, ", ") + ")"
	if d.Type.Results == nil {
		call += "; return"
	} else {
		call = "return " + call
	}
	start, end := span(d)
	title, _ := span(d.Name)
	other := edited(text[start:end], []edit{
		{title - start, title - start + len(d.Name.Name), name},
		{e.from - start, e.to - start, e.new},
	})
	body, _ := span(d.Body)
	return []edit{
		{body + 1, body + 1, fmt.Sprintf(" if mutantAwake == %d { %s };", n, call)},
		{len(text), len(text), "\n" + other + "\n"},
	}
}

// besideValue has a variable begin with the value that has the fault while the fault is awake.
func besideValue(value ast.Expr, text string, n int, e edit) []edit {
	start, end := span(value)
	other := edited(text[start:end], []edit{{e.from - start, e.to - start, e.new}})
	return []edit{
		{start, start, fmt.Sprintf("mutantOr(%d, %s, ", n, other)},
		{end, end, ")"},
	}
}

// names returns the names in a list of parameters as a call passes them on; it says no where one
// has none.
func names(list *ast.FieldList) (all []string, ok bool) {
	if list == nil {
		return nil, true
	}
	for _, field := range list.List {
		_, many := field.Type.(*ast.Ellipsis)
		for _, name := range field.Names {
			if name.Name == "_" {
				return nil, false
			}
			word := name.Name
			if many {
				word += "..."
			}
			all = append(all, word)
		}
		if len(field.Names) == 0 {
			return nil, false
		}
	}
	return all, true
}

// edit is a piece of a text and what stands there instead.
type edit struct {
	from, to int
	new      string
}

// edit returns where the fault differs from what stands in the text, without what both have in
// common.
func (m mutant) edit(text string) edit {
	was, now, from := m.old, m.new, strings.Index(text, m.old)
	for was != "" && now != "" && was[0] == now[0] {
		was, now, from = was[1:], now[1:], from+1
	}
	for was != "" && now != "" && was[len(was)-1] == now[len(now)-1] {
		was, now = was[:len(was)-1], now[:len(now)-1]
	}
	return edit{from, from + len(was), now}
}

func (e edit) within(n ast.Node) bool {
	start, end := span(n)
	return start <= e.from && e.to <= end
}

// span returns where a node begins and ends in the text of its file, which is alone in its set.
func span(n ast.Node) (start, end int) { return int(n.Pos()) - 1, int(n.End()) - 1 }

// edited returns a text after edits that do not overlap; those at one place are made in their
// order.
func edited(text string, edits []edit) string {
	edits = slices.Clone(edits)
	slices.SortStableFunc(edits, func(a, b edit) int { return cmp.Compare(a.from, b.from) })
	var b strings.Builder
	at := 0
	for _, e := range edits {
		b.WriteString(text[at:e.from] + e.new)
		at = e.to
	}
	return b.String() + text[at:]
}

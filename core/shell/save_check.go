package shell

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"mvdan.cc/sh/v3/expand"
	"mvdan.cc/sh/v3/syntax"
)

// numberMax is the largest number of a saved terminal, and columnsMax its greatest width: far more
// than there ever is.
const (
	numberMax  = 1 << 30
	columnsMax = 1 << 12
)

// ErrBroken is the error of saved terminals and files that no instance has written.
var ErrBroken = errors.New("the instance's data is broken")

// Check returns ErrBroken, wrapped, unless a terminal can have been saved so. Functions that cannot
// be read are no fault, they are only not there; what is no function is one, since nothing of a
// saved terminal is ever run.
func (s Saved) Check() error {
	switch {
	case s.Number < 1 || s.Number > numberMax:
		return fmt.Errorf("%w: its number is %d", ErrBroken, s.Number)
	case s.Dir != "" && !path.IsAbs(s.Dir):
		return fmt.Errorf("%w: its directory %q is not absolute", ErrBroken, s.Dir)
	}
	for _, gone := range s.Gone {
		if gone < 0 || gone > numberMax {
			return fmt.Errorf("%w: %d lines are gone", ErrBroken, gone)
		}
	}
	for _, v := range s.Variables {
		if !v.whole() {
			return fmt.Errorf("%w: the variable %q", ErrBroken, v.Name)
		}
	}
	if _, err := declarations(s.Functions); err != nil {
		return fmt.Errorf("%w: beside its functions there are commands", ErrBroken)
	}
	return nil
}

// whole reports whether bash can have a variable.
func (v Variable) whole() bool {
	increasing := slices.IsSorted(v.Indexes) && len(slices.Compact(slices.Clone(v.Indexes))) == len(v.Indexes)
	switch {
	case v.Name == "" || strings.ContainsAny(v.Name, "=\x00"):
		return false
	case v.Kind > expand.Associative:
		return false
	}
	return len(v.Indexes) == 0 || len(v.Indexes) == len(v.List) && v.Indexes[0] >= 0 && increasing
}

// errNotFunctions is a text in which there is more than functions.
var errNotFunctions = errors.New("not only functions")

// declarations parses a text of functions. It fails where it is something else as well; a text that
// cannot be read is none.
func declarations(text string) ([]*syntax.Stmt, error) {
	stmts, err := read(text)
	if err != nil {
		return nil, nil
	}
	return stmts, onlyFunctions(stmts)
}

// onlyFunctions fails unless all statements declare functions: running those runs nothing.
func onlyFunctions(stmts []*syntax.Stmt) error {
	for _, s := range stmts {
		f, is := s.Cmd.(*syntax.FuncDecl)
		if !is || f.Name == nil || s.Negated || s.Background || s.Coprocess || s.Disown || len(s.Redirs) > 0 {
			return errNotFunctions
		}
	}
	return nil
}

// declare gives bash the functions of a saved terminal.
func (b *bash) declare(text string) {
	stmts, err := declarations(text)
	if err == nil {
		stmts, err = b.prepare(stmts, "")
	}
	if err != nil || onlyFunctions(stmts) != nil {
		return
	}
	ctx, cancel := b.t.newLeash()
	defer cancel()
	for _, s := range stmts {
		b.runNode(ctx, s)
	}
}

// errFile is a file that cannot be there.
func errFile(f *File, why string) error { return fmt.Errorf("%w: %s %s", ErrBroken, f.Path, why) }

// Check returns ErrBroken, wrapped, unless files can have come to be so.
func (m *Memory) Check() error {
	if len(m.rows) > 2*maxFiles || m.total > 2*maxTotal {
		return fmt.Errorf("%w: %d files of %d bytes", ErrBroken, len(m.rows), m.total)
	}
	for _, f := range m.rows {
		parent, found := m.find(path.Dir(f.Path))
		kind := f.Mode.Type()
		switch {
		case !found || !m.rows[parent].IsDir():
			return errFile(f, "is in no directory")
		case kind != 0 && kind != fs.ModeDir && kind != fs.ModeSymlink && kind != fs.ModeDevice|fs.ModeCharDevice && kind != fs.ModeCharDevice:
			return errFile(f, "is of no kind of file")
		case f.IsDir() && len(f.Data) > 0, f.Size() > MaxFile, len(f.Path) > maxPath:
			return errFile(f, "is too large")
		case f.Time < -timeMax || f.Time > timeMax:
			return errFile(f, "has no time that can be")
		}
	}
	return nil
}

// timeMax is far beyond any time of a file, in milliseconds before and after the beginning of the
// world.
const timeMax = 1 << 53

package shell

import (
	"maps"
	"strings"

	"mvdan.cc/sh/v3/syntax"
)

// What the tree rewriters have put aside of a line: texts that run later, and how functions were typed.

// keepText keeps a text for a process and returns its number; the same text has the same number.
func (t *Terminal) keepText(text string) int {
	t.mu.Lock()
	defer t.mu.Unlock()
	if n, ok := t.textAt[text]; ok {
		return n
	}
	if t.textAt == nil {
		t.textAt = map[string]int{}
	}
	t.texts = append(t.texts, text)
	t.textAt[text] = len(t.texts) - 1
	return len(t.texts) - 1
}

// keepBody keeps how a function was typed whose body has been changed.
func (t *Terminal) keepBody(changed, typed string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.typedBody == nil {
		t.typedBody = map[string]string{}
	}
	if changed != typed {
		t.typedBody[bodyKey(changed)] = typed
	}
}

// bodyTyped is how a text was typed that has been changed, "" for others.
func (t *Terminal) bodyTyped(changed string) string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.typedBody[bodyKey(changed)]
}

// bodyKey is a text without what its layout may change.
func bodyKey(text string) string {
	return strings.Map(func(c rune) rune {
		if strings.ContainsRune(" \t\n;\\", c) {
			return -1
		}
		return c
	}, text)
}

// functionsWith are the names of the functions that this terminal has seen, with those that
// statements define.
func (t *Terminal) functionsWith(stmts []*syntax.Stmt) map[string]bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	own := false
	visit(stmts, func(n syntax.Node) bool {
		if f, ok := n.(*syntax.FuncDecl); ok && f.Name != nil && !t.defined[f.Name.Value] {
			if !own {
				own, t.defined = true, maps.Clone(t.defined)
			}
			if t.defined == nil {
				t.defined = map[string]bool{}
			}
			t.defined[f.Name.Value] = true
		}
		return true
	})
	return t.defined
}

// keptText returns a text by its number.
func (t *Terminal) keptText(n int) string {
	t.mu.Lock()
	defer t.mu.Unlock()
	if n < 0 || n >= len(t.texts) {
		return ""
	}
	return t.texts[n]
}

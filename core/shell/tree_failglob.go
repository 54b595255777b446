package shell

import (
	"context"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"mvdan.cc/sh/v3/expand"
	"mvdan.cc/sh/v3/interp"
	"mvdan.cc/sh/v3/syntax"
)

// The interpreter has no failglob. Where a shell has read of it, a command with words that may be
// names of files asks before:
//
//	if hsmplay-glob 4 "$-" "$@"; then ls *.pem; else hsmplay-status 1; fi
//
// where 4 is the number under which the words are kept. What matches nothing drops the line, as
// arithmetic does that has no value.

// failsGlob puts the question before a statement. A text may be prepared again; it does so once.
func (p *preparer) failsGlob(stmt *syntax.Stmt) {
	if choice, ok := stmt.Cmd.(*syntax.IfClause); ok && isCall(choice.Cond[0], hidden+"glob") {
		p.globs[choice.Then[0]] = true
	}
	kept := ""
	if p.fails && !p.globs[stmt] && stmt.Cmd != nil && !asksStatus(&syntax.Stmt{Cmd: headOf(stmt.Cmd)}) {
		for _, word := range globWords(stmt.Cmd) {
			kept += " " + strings.TrimSpace(wordText(word))
		}
	}
	if kept == "" {
		return
	}
	p.b.calculated.Store(true)
	alone := &syntax.Stmt{Position: stmt.Position, Cmd: stmt.Cmd, Redirs: stmt.Redirs}
	p.globs[alone], p.guarded[alone], p.shown[alone] = true, true, true
	choice := written("if " + hidden + "glob " + strconv.Itoa(p.b.t.keepText(kept)) + ` "$-" "$@"; then :; else ` + hidden + "status 1; fi")
	choice.Position = stmt.Position
	guard := choice.Cmd.(*syntax.IfClause)
	guard.Position, guard.Then = stmt.Position, []*syntax.Stmt{alone}
	guard.Cond[0].Position = stmt.Position
	guard.Cond[0].Cmd.(*syntax.CallExpr).Args[0].Parts[0].(*syntax.Lit).ValuePos = stmt.Position
	stmt.Cmd, stmt.Redirs = guard, nil
}

// headOf is a command without what runs inside of it: the question would change the $? in it.
func headOf(cmd syntax.Command) syntax.Command {
	if loop, ok := cmd.(*syntax.ForClause); ok && overWords(loop) {
		return &syntax.CallExpr{Args: loop.Loop.(*syntax.WordIter).Items}
	}
	return cmd
}

// globWords are the words of a command that may be names of files and that nothing is run for.
func globWords(cmd syntax.Command) (list []*syntax.Word) {
	words := []*syntax.Word{}
	array := func(as *syntax.Assign) {
		if as.Array != nil {
			for _, elem := range as.Array.Elems {
				words = append(words, elem.Value)
			}
		}
	}
	switch cmd := cmd.(type) {
	case *syntax.CallExpr:
		words = append(words, cmd.Args...)
		for _, as := range cmd.Assigns {
			array(as)
		}
	case *syntax.DeclClause:
		for _, as := range cmd.Args {
			array(as)
		}
	case *syntax.ForClause:
		if loop, ok := cmd.Loop.(*syntax.WordIter); ok {
			words = append(words, loop.Items...)
		}
	}
	for _, word := range words {
		if word != nil && mayGlob(word) {
			list = append(list, word)
		}
	}
	return list
}

// mayGlob reports whether a word may become names of files.
func mayGlob(word *syntax.Word) (may bool) {
	for _, part := range word.Parts {
		switch part := part.(type) {
		case *syntax.Lit:
			may = may || strings.ContainsAny(part.Value, "*?[")
		case *syntax.ParamExp, *syntax.ExtGlob:
			may = true
		}
	}
	syntax.Walk(word, func(n syntax.Node) bool {
		switch n := n.(type) {
		case *syntax.CmdSubst, *syntax.ProcSubst, *syntax.ArithmExp:
			may = false
		case *syntax.ParamExp:
			may = may && (n.Exp == nil || lazily[n.Exp.Op] == "") // it could be assigned, or end the shell
		}
		return true
	})
	return may
}

// failGlob is what `hsmplay-glob` does.
func (b *bash) failGlob(ctx context.Context, args []string) error {
	hc := interp.HandlerCtx(ctx)
	number, _ := strconv.Atoi(args[0])
	words, err := read("x" + b.t.keptText(number))
	on := func(option string) bool { return hc.Env.Get(optionVariable+option).String() != "" }
	if err != nil || strings.Contains(args[1], "f") || !on("failglob") {
		return nil
	}
	env := ofShell{hc.Env, "", args[2:], hc.Pos.Line()}
	cfg := expand.Config{Env: env, DotGlob: on("dotglob"), GlobStar: on("globstar"), NoCaseGlob: on("nocaseglob"), ExtGlob: on("extglob"),
		ReadDir2: func(name string) ([]fs.DirEntry, error) { return b.readDir(ctx, name) }}
	for _, word := range words[0].Cmd.(*syntax.CallExpr).Args[1:] {
		left, found := cfg, cfg
		left.ReadDir2, found.NullGlob = nil, true
		typed, err := expand.Fields(&left, word)
		names, also := expand.Fields(&found, word)
		if err != nil || also != nil || len(names) >= len(typed) {
			continue
		}
		for _, field := range typed {
			if !slices.Contains(names, field) {
				b.complain(ctx, "no match: %s", field)
				return b.drop(ctx)
			}
		}
	}
	return nil
}

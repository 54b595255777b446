package shell

import (
	"slices"
	"strings"

	"mvdan.cc/sh/v3/syntax"
)

// Where the lines of `set -x` go, and what stands before them. The interpreter writes them to what
// standard error is by then, with one + whatever is around. So where `set -x` is mentioned a
// statement that sends standard error elsewhere, or whose commands are nested, ends its redirections
// with one to a name of ours, of which [bash.openTrace] makes [complaints] that know both:
//
//	cmd 2>f     2>>/dev/fd/trace/outer cmd 2>f 2>>/dev/fd/trace/own
//	{ cmd; } 2>f                       { cmd; } 2>f 2>>/dev/fd/trace/body
//	$(cmd)                             $({ cmd; } 2>>/dev/fd/trace/deeper)
//	eval cmd                           eval cmd 2>>/dev/fd/trace/nested
//
// Also elsewhere the first and the third of these go together, see expandsFirst.
const traceName = descriptorDir + "trace/"

// nesting are the builtins whose text shows itself with one + more.
var nesting = []string{"eval", "source", "."}

// The names, by what a command's lines of the trace do there.
const (
	traceOuter  = "outer"  // before other redirections: notes where standard error goes until then
	traceOwn    = "own"    // the command's own line goes there
	traceAll    = "all"    // so does what it runs
	traceBody   = "body"   // what stands in its words shows itself there, the commands in it where they send it
	traceNested = "nested" // its text shows itself with one + more
	traceDeeper = "deeper" // so do its commands
)

// keepTrace has a statement keep its line of the trace out of where it sends standard error.
func (p *preparer) keepTrace(stmt *syntax.Stmt) {
	if !p.traces || stmt.Cmd == nil || endsInTrace(stmt) {
		return
	}
	sends := slices.ContainsFunc(stmt.Redirs, sendsErrors)
	how := ""
	switch cmd := stmt.Cmd.(type) {
	case *syntax.CallExpr:
		switch {
		case slices.Contains(nesting, calledName(cmd)):
			how = traceNested
		case len(cmd.Args) > 0:
			how = traceOwn
		default:
			how = traceAll
		}
	case *syntax.DeclClause:
		how = traceOwn
	case *syntax.LetClause:
		how = traceAll
	default:
		how = traceBody
	}
	switch {
	case sends:
		stmt.Redirs = slices.Concat([]*syntax.Redirect{toTrace(traceOuter)}, stmt.Redirs, []*syntax.Redirect{toTrace(how)})
	case how == traceNested:
		stmt.Redirs = append(stmt.Redirs, toTrace(how))
	}
}

// expandsFirst has the commands in the words of a simple command write where standard error goes
// before its redirections, as bash expands words first: `echo $(ls /x) 2>f` does not hide what ls says.
func (p *preparer) expandsFirst(stmt *syntax.Stmt) {
	if p.traces || endsInTrace(stmt) || !slices.ContainsFunc(stmt.Redirs, sendsErrors) {
		return
	}
	switch stmt.Cmd.(type) {
	case *syntax.CallExpr, *syntax.DeclClause:
	default:
		return
	}
	found := false
	shallow(stmt.Cmd, func(n syntax.Node) bool {
		subst, ok := n.(*syntax.CmdSubst)
		if !ok || len(subst.Stmts) == 0 || subst.Stmts[0].Cmd == nil {
			return !ok
		}
		p.outside[subst], found = true, true
		return false
	})
	if found {
		outer, own := []*syntax.Redirect{toTrace(traceOuter)}, toTrace(traceOwn)
		stmt.Redirs = append(slices.Concat(outer, stmt.Redirs), own)
	}
}

// endsInTrace reports whether the last redirection of a statement is one of ours: a text may be
// prepared again.
func endsInTrace(stmt *syntax.Stmt) bool {
	last := len(stmt.Redirs) - 1
	return last >= 0 && strings.HasPrefix(stmt.Redirs[last].Word.Lit(), traceName)
}

// calledName is the name that a command calls, behind `command` and `builtin`; "" where it is not
// plain.
func calledName(cmd *syntax.CallExpr) (name string) {
	for _, word := range cmd.Args[:min(2, len(cmd.Args))] {
		if name = word.Lit(); name != "command" && name != "builtin" {
			break
		}
	}
	return name
}

// toTrace is a redirection to one of the names.
func toTrace(how string) *syntax.Redirect {
	return &syntax.Redirect{N: lit("2"), Op: syntax.AppOut, Word: literal(traceName + how)}
}

// sendsErrors reports whether a redirection is one of standard error.
func sendsErrors(rd *syntax.Redirect) bool {
	return rd.Op == syntax.RdrAll || rd.Op == syntax.AppAll || rd.N != nil && rd.N.Value == "2"
}

// pipeErrors writes `a |& b` as `a 2>&1 | b`, as bash does.
func (p *preparer) pipeErrors(n *syntax.BinaryCmd) {
	if !p.traces || n.Op != syntax.PipeAll {
		return
	}
	left := n.X
	if pipe, ok := left.Cmd.(*syntax.BinaryCmd); ok && isPipe(pipe) {
		left = pipe.Y
	}
	n.Op = syntax.Pipe
	left.Redirs = append(left.Redirs, &syntax.Redirect{N: lit("2"), Op: syntax.DplOut, Word: literal("1")})
}

// deeper has commands show themselves with one more +, and write to the standard error before
// redirections; n is what they stand in.
func (p *preparer) deeper(n syntax.Node, stmts []*syntax.Stmt) []*syntax.Stmt {
	if !p.traces && !p.outside[n] || len(stmts) == 0 || stmts[0].Cmd == nil ||
		len(stmts) == 1 && len(stmts[0].Redirs) == 1 && stmts[0].Redirs[0].Word.Lit() == traceName+traceDeeper {
		return stmts
	}
	list := block(stmts...)
	list.Lbrace, list.Rbrace = stmts[0].Position, stmts[len(stmts)-1].End()
	return []*syntax.Stmt{{Position: list.Lbrace, Cmd: list, Redirs: []*syntax.Redirect{toTrace(traceDeeper)}}}
}

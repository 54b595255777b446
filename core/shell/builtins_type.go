package shell

import (
	"slices"
	"strings"

	"mvdan.cc/sh/v3/interp"
	"mvdan.cc/sh/v3/syntax"
)

// isFunction asks bash. The empty eval afterwards takes back the status that the question has left
// there.
func (p *Process) isFunction(name string) bool {
	if !syntax.ValidName(name) {
		return false
	}
	hc := interp.HandlerCtx(p.ctx)
	defer hc.Builtin(p.ctx, []string{"eval", ":"})
	return hc.Builtin(p.ctx, []string{"eval", "declare -f " + name + " > /dev/null"}) == nil
}

// kind says what a name is to bash.
func (p *Process) kind(name string) (kind, file string) {
	switch {
	case syntax.IsKeyword(name):
		return "keyword", ""
	case p.isFunction(name):
		return "function", ""
	case slices.Contains(builtins, name) || rewrites[name] != nil || interp.IsBuiltin(name):
		return "builtin", ""
	}
	if row, ok := p.m.row(name); ok && row.path() != "" && onPath(p, row.path()[:strings.LastIndex(row.path(), "/")]) {
		return "file", row.path()
	} else if ok && row.path() == "" && !strings.HasPrefix(name, hidden) {
		return "builtin", ""
	}
	row, file, why := p.sh.find(p, name)
	switch {
	case why != "":
		return "", ""
	case strings.Contains(name, "/"):
		return "file", name
	case row == nil:
		return "file", file
	}
	return "", ""
}

func runType(p *Process) int {
	args, mode := p.Args[1:], ""
	for len(args) > 0 && strings.HasPrefix(args[0], "-") {
		mode, args = args[0], args[1:]
	}
	status := 0
	for _, name := range args {
		kind, file := p.kind(name)
		switch {
		case kind == "":
			status = 1
			if mode == "" || mode == "-a" {
				p.Faulty("type: %s: not found", oneLine(name))
			}
		case mode == "-t":
			p.Print(kind + "\n")
		case mode == "-p" || mode == "-P":
			if file != "" {
				p.Print(file + "\n")
			}
		default:
			p.tellKind(name, kind, file)
		}
	}
	return status
}

// tellKind is the sentence of `type` and `command -V`.
func (p *Process) tellKind(name, kind, file string) {
	switch kind {
	case "file":
		p.Printf("%s is %s\n", name, file)
	case "function":
		p.Printf("%s is a function\n", name)
		text := source([]*syntax.Stmt{{Cmd: shownPipe("-f", name)}})
		_ = interp.HandlerCtx(p.ctx).Builtin(p.ctx, []string{"eval", text})
	default:
		p.Printf("%s is a shell %s\n", name, kind)
	}
}

// runCommandV is `command -v`.
func runCommandV(p *Process) int {
	status := 1
	for _, name := range p.Args[2:] {
		kind, file := p.kind(name)
		switch {
		case kind == "":
			continue
		case p.Args[1] == "-V":
			p.tellKind(name, kind, file)
		case file != "":
			p.Print(file + "\n")
		default:
			p.Print(name + "\n")
		}
		status = 0
	}
	return status
}

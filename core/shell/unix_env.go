package shell

import (
	"slices"
	"strings"

	"mvdan.cc/sh/v3/interp"
)

func (p *Process) userName() string {
	if p.root {
		return "root"
	}
	return "ec2-user"
}

func runSudo(p *Process) int {
	args := p.Args[1:]
	for len(args) > 0 && strings.HasPrefix(args[0], "-") {
		if (args[0] == "-u" || args[0] == "-g") && len(args) > 1 {
			args = args[1:]
		}
		args = args[1:]
	}
	if len(args) == 0 {
		p.Errorf("usage: sudo COMMAND [ARGUMENT]...\n")
		return 1
	}
	if interp.IsBuiltin(args[0]) {
		if _, ok := p.m.row(args[0]); !ok {
			p.Errorf("sudo: %s: command not found\n", args[0])
			return 1
		}
	}
	p.root = true
	return p.Run(args)
}

func runEnv(p *Process) int {
	vars := exportedOf(p.env)
	args := p.Args[1:]
	for len(args) > 0 {
		name, value, assigned := strings.Cut(args[0], "=")
		switch {
		case args[0] == "-i" || args[0] == "-":
			vars = nil
		case args[0] == "-u" && len(args) > 1:
			drop := args[1]
			vars = slices.DeleteFunc(vars, func(v Variable) bool { return v.Name == drop })
			args = args[1:]
		case assigned && name != "":
			vars = setVariable(vars, name, value, true)
		default:
			p.env = &environ{vars: vars}
			return p.Run(args)
		}
		args = args[1:]
	}
	for _, v := range vars {
		p.Printf("%s=%s\n", v.Name, v.Str)
	}
	return 0
}

func runPrintenv(p *Process) int {
	if len(p.Args) > 1 {
		v := p.env.Get(p.Args[1])
		if !v.IsSet() || !v.Exported {
			return 1
		}
		p.Print(v.Str + "\n")
		return 0
	}
	for _, v := range exportedOf(p.env) {
		p.Printf("%s=%s\n", v.Name, v.Str)
	}
	return 0
}

func runID(p *Process) int {
	id, name := "1000", p.userName()
	if p.root {
		id = "0"
	}
	switch {
	case len(p.Args) > 1 && strings.Contains(p.Args[1], "u") && strings.Contains(p.Args[1], "n"):
		p.Print(name + "\n")
	case len(p.Args) > 1 && (p.Args[1] == "-u" || p.Args[1] == "-g"):
		p.Print(id + "\n")
	default:
		p.Printf("uid=%s(%s) gid=%s(%s) groups=%s(%s)\n", id, name, id, name, id, name)
	}
	return 0
}

func runUname(p *Process) int {
	o := p.options(1, "asnrm")
	all := [][2]string{{"s", "Linux"}, {"n", "ip-10-0-1-20"}, {"r", "4.14.0-hsmplay"}, {"m", "x86_64"}}
	var words []string
	for _, row := range all {
		if o.has('a') || o.has(row[0][0]) {
			words = append(words, row[1])
		}
	}
	if len(words) == 0 {
		words = []string{"Linux"}
	}
	p.Print(strings.Join(words, " ") + "\n")
	return 0
}

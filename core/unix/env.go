package unix

import (
	"slices"
	"strings"

	"hsmplay/core/shell"
	"hsmplay/core/voice"
)

// envPrograms run another program with other rights or in another environment.
var envPrograms = []Program{
	{Name: "sudo", Means: "runs a command with root's rights", Run: runSudo,
		Help: usage("sudo [-u USER] COMMAND [ARGUMENT]...", "Run COMMAND as root, without a password.")},
	{Name: "env", Means: "shows the environment, or runs a command in a changed one", Run: runEnv,
		Help: usage("env [-i] [-u NAME] [NAME=VALUE]... [COMMAND [ARG]...]", "Set each NAME to VALUE in the environment and run COMMAND.")},
	{Name: "printenv", Run: runPrintenv, Help: usage("printenv [NAME]...", "Print the environment, or variables of it.")},
}

func runSudo(p *Process) int {
	args := p.Args[1:]
	vars, login := p.Environ(), false
	for ; len(args) > 0; args = args[1:] {
		name, value, assigned := strings.Cut(args[0], "=")
		switch {
		case args[0] == "--":
			args = append([]string{}, args[1:]...)
		case (args[0] == "-u" || args[0] == "-g") && len(args) > 1:
			args = args[1:]
			continue
		case strings.HasPrefix(args[0], "-"):
			login = login || args[0] == "-i" || args[0] == "-s"
			continue
		case assigned && name != "":
			vars = shell.SetVariable(vars, name, value)
			continue
		}
		break
	}
	if len(args) == 0 && login {
		args = []string{"bash"}
	}
	if len(args) == 0 {
		p.Errorf("usage: sudo COMMAND [ARGUMENT]...\n")
		return 1
	}
	if _, ok := p.Which(args[0]); !ok {
		p.Complain("%s: command not found", voice.OneLine(args[0]))
		p.Advise(args)
		return 1
	}
	return p.Spawn(shell.Child{Args: args, Env: vars, Root: true})
}

func runEnv(p *Process) int {
	vars := p.Environ()
	args := p.Args[1:]
	for len(args) > 0 {
		name, value, assigned := strings.Cut(args[0], "=")
		switch {
		case args[0] == "-i" || args[0] == "-":
			vars = []shell.Variable{}
		case args[0] == "-u" && len(args) > 1:
			vars = shell.UnsetVariable(vars, args[1])
			args = args[1:]
		case assigned && name != "":
			vars = shell.SetVariable(vars, name, value)
		default:
			return p.Spawn(shell.Child{Args: args, Env: vars})
		}
		args = args[1:]
	}
	for _, v := range vars {
		p.Printf("%s=%s\n", v.Name, v.Str)
	}
	return 0
}

func runPrintenv(p *Process) int {
	vars := p.Environ()
	if len(p.Args) > 1 {
		i := slices.IndexFunc(vars, func(v shell.Variable) bool { return v.Name == p.Args[1] })
		if i < 0 {
			return 1
		}
		p.Print(vars[i].Str + "\n")
		return 0
	}
	for _, v := range vars {
		p.Printf("%s=%s\n", v.Name, v.Str)
	}
	return 0
}

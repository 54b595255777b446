package shell

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"mvdan.cc/sh/v3/interp"
	"mvdan.cc/sh/v3/syntax"
)

// usage is how a builtin of bash is called: the letters of its options, with a colon behind those
// that take a word, its usage, and what it does.
type usage struct{ letters, synopsis, means string }

const mapfileUsage = "[-d delim] [-n count] [-O origin] [-s count] [-t] [-u fd] [-C callback] [-c quantum] [array]"

// usages are those whose wrong options are refused here.
var usages = map[string]usage{
	".":         {"", "filename [arguments]", "Execute commands from a file in the current shell."},
	"alias":     {"p", "[-p] [name[=value] ... ]", "Define or display aliases."},
	"cd":        {"LPe@", "[-L|[-P [-e]] [-@]] [dir]", "Change the shell working directory."},
	"command":   {"pVv", "[-pVv] command [arg ...]", "Execute a simple command or display information about commands."},
	"declare":   {"aAfFgiIlnprtux", "[-aAfFgiIlnrtux] [name[=value] ...] or declare -p [-aAfFilnrtux] [name ...]", "Set variable values and attributes."},
	"eval":      {"", "[arg ...]", "Execute arguments as a shell command."},
	"exec":      {"cla:", "[-cl] [-a name] [command [argument ...]] [redirection ...]", "Replace the shell with the given command."},
	"export":    {"fnp", "[-fn] [name[=value] ...] or export -p", "Set export attribute for shell variables."},
	"jobs":      {"lnprsx", "[-lnprs] [jobspec ...] or jobs -x command [args]", "Display status of jobs."},
	"local":     {"aAfFgiIlnprtux", "[option] name[=value] ...", "Define local variables."},
	"mapfile":   {"d:n:O:s:tu:C:c:", mapfileUsage, "Read lines from the standard input into an indexed array variable."},
	"printf":    {"v:", "[-v var] format [arguments]", "Formats and prints ARGUMENTS under control of the FORMAT."},
	"pwd":       {"LP", "[-LP]", "Print the name of the current working directory."},
	"read":      {"ersa:d:i:n:N:p:t:u:", "[-ers] [-a array] [-d delim] [-i text] [-n nchars] [-N nchars] [-p prompt] [-t timeout] [-u fd] [name ...]", "Read a line from the standard input and split it into fields."},
	"readarray": {"d:n:O:s:tu:C:c:", mapfileUsage, "Read lines from a file into an array variable."},
	"readonly":  {"aAfp", "[-aAf] [name[=value] ...] or readonly -p", "Mark shell variables as unchangeable."},
	"set":       {"abefhkmnptuvxBCEHPTo:", "[-abefhkmnptuvxBCEHPT] [-o option-name] [--] [-] [arg ...]", "Set or unset values of shell options and positional parameters."},
	"shopt":     {"pqsuo", "[-pqsu] [-o] [optname ...]", "Set and unset shell options."},
	"source":    {"", "filename [arguments]", "Execute commands from a file in the current shell."},
	"trap":      {"lp", "[-lp] [[arg] signal_spec ...]", "Trap signals and other events."},
	"type":      {"afptP", "[-afptP] name [name ...]", "Display information about command type."},
	"typeset":   {"aAfFgiIlnprtux", "[-aAfFgiIlnrtux] name[=value] ... or typeset -p [-aAfFilnrtux] [name ...]", "Set variable values and attributes."},
	"umask":     {"pS", "[-p] [-S] [mode]", "Display or set file mode mask."},
	"unalias":   {"a", "[-a] name [name ...]", "Remove each NAME from the list of defined aliases."},
	"unset":     {"fvn", "[-f] [-v] [-n] [name ...]", "Unset values and attributes of shell variables and functions."},
	"wait":      {"fnp:", "[-fn] [-p var] [id ...]", "Wait for job completion and return exit status."},
}

// needsWords are those that do nothing without an argument but say how they are called.
var needsWords = []string{"printf", "unalias", ".", "source"}

// refuses says what is wrong with the first options of a builtin, or what it does if it is asked
// for that, and reports whether there was anything to say.
func (b *bash) refuses(ctx context.Context, args []string) bool {
	row, ok := usages[args[0]]
	if !ok {
		return false
	}
	hc, first := interp.HandlerCtx(ctx), append(args, "")[1]
	bad := row.wrong(first)
	switch {
	case first == "--help":
		fmt.Fprintf(hc.Stdout, "%s: %[1]s %s\n    %s\n", args[0], row.synopsis, row.means)
		return true
	case bad != "":
		b.complain(ctx, "%s: %s%s: invalid option", args[0], first[:1], bad)
	case len(args) > 1 || !slices.Contains(needsWords, args[0]):
		return false
	case strings.HasPrefix(row.synopsis, "filename"):
		b.complain(ctx, "%s: filename argument required", args[0])
	}
	fmt.Fprintf(raw(hc.Stderr), "%s: usage: %[1]s %s\n", args[0], row.synopsis)
	return true
}

// wrong is the first letter in a word of options that is none, "" if there is none.
func (u usage) wrong(word string) string {
	if len(word) < 2 || word == "--" || word[0] != '-' && (word[0] != '+' || !strings.HasPrefix(u.letters, "ab")) {
		return ""
	}
	for _, letter := range word[1:] {
		at := strings.IndexRune(u.letters, letter)
		if at < 0 || letter == ':' {
			return string(letter)
		}
		if at+1 < len(u.letters) && u.letters[at+1] == ':' {
			break
		}
	}
	return ""
}

// refusesDeclared has a declaration with an option that is none refused, which the interpreter
// words in its own way.
func refusesDeclared(stmt *syntax.Stmt) {
	decl, ok := stmt.Cmd.(*syntax.DeclClause)
	if !ok || len(decl.Args) == 0 || decl.Args[0].Value == nil || decl.Args[0].Name != nil {
		return
	}
	word := decl.Args[0].Value.Lit()
	if row, ok := usages[decl.Variant.Value]; ok && row.wrong(word) != "" {
		c := call(hidden+"refused", decl.Variant.Value, word)
		c.Args[0].Parts[0].(*syntax.Lit).ValuePos = stmt.Position
		stmt.Cmd = c
	}
}

// misdeclared refuses a declaration.
func (b *bash) misdeclared(ctx context.Context, args []string) error {
	b.refuses(ctx, args)
	return interp.ExitStatus(2)
}

package shell

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"mvdan.cc/sh/v3/interp"
)

// optionVariable begins the names of the variables that hold what `shopt` has set, so that a
// subshell has its own.
const optionVariable = hiddenVariable + "shopt_"

// shellOptions are the options of `shopt` in bash's order, with a + those that are on from the
// beginning. The interpreter carries out those of [interpreted], nocasematch is tree_nocase.go's, failglob tree_failglob.go's;
// the others change nothing that can be seen here.
var shellOptions = strings.Fields(`autocd assoc_expand_once cdable_vars cdspell checkhash checkjobs +checkwinsize +cmdhist compat31
	compat32 compat40 compat41 compat42 compat43 compat44 +complete_fullquote direxpand dirspell dotglob execfail
	expand_aliases extdebug extglob +extquote failglob +force_fignore +globasciiranges +globskipdots globstar gnu_errfmt histappend
	histreedit histverify +hostcomplete huponexit inherit_errexit +interactive_comments lastpipe lithist localvar_inherit
	localvar_unset login_shell mailwarn no_empty_cmd_completion nocaseglob nocasematch noexpand_translation nullglob +patsub_replacement
	+progcomp progcomp_alias +promptvars restricted_shell shift_verbose +sourcepath syslog_history varredir_close xpg_echo`)

// interpreted are the options that the interpreter carries out.
var interpreted = []string{"dotglob", "expand_aliases", "extglob", "globstar", "nocaseglob", "nullglob"}

// rewriteShopt keeps and shows the options that are named, and hands the interpreter's to it.
func rewriteShopt(b *bash, ctx context.Context, args []string) []string {
	names, flags := args[1:], ""
	for len(names) > 0 && strings.HasPrefix(names[0], "-") {
		flags += names[0][1:]
		names = names[1:]
	}
	if len(names) == 0 || strings.Contains(flags, "o") {
		return args
	}
	hc := interp.HandlerCtx(ctx)
	code, run := 0, ""
	for _, name := range names {
		v := hc.Env.Get(optionVariable + name)
		on := v.String() != "" || !v.IsSet() && slices.Contains(shellOptions, "+"+name)
		word := map[bool]string{true: "on", false: "off"}[on]
		switch {
		case !slices.Contains(shellOptions, name) && !slices.Contains(shellOptions, "+"+name):
			b.complain(ctx, "shopt: %s: invalid shell option name", name)
			code = 1
			continue
		case strings.ContainsAny(flags, "su"):
			run += optionVariable + name + "=" + strings.Trim(flags, "uqp") + "; "
			if slices.Contains(interpreted, name) {
				run += hidden + "shopt -" + strings.Trim(flags, "qp") + " " + name + "; "
			}
			continue
		case strings.Contains(flags, "p"):
			fmt.Fprintf(hc.Stdout, "shopt -%s %s\n", map[bool]string{true: "s", false: "u"}[on], name)
		case flags == "":
			fmt.Fprintf(hc.Stdout, "%-15s\t%s\n", name, word)
		}
		if !on {
			code = 1
		}
	}
	if run == "" || code != 0 {
		run += hidden + "status " + fmt.Sprint(code)
	}
	return []string{"eval", run}
}

package command

import (
	"strings"
)

// clapish is a table like a tool's that is written on clap: categories, long options, exit
// statuses.
func clapish() Table[*desk] {
	cluster := Param{Flag: "--cluster-id", Value: "CLUSTER_ID", Optional: true, Help: "which cluster"}
	name := Param{Flag: "--username", Value: "USERNAME", Kind: User, Help: "who"}
	role := Param{Flag: "--role", Value: "ROLE", Kind: Choices, Help: "the role", Values: []Value{
		{Word: "crypto-user", Means: "manages and uses keys"}, {Word: "admin", Means: "manages users"}}}
	password := Param{Flag: "--password", Value: "PASSWORD", Kind: Secret, Optional: true, Help: "asked for if it is not given"}
	filter := Param{Flag: "--filter", Value: "FILTER", Many: true, Bare: true, Optional: true, Help: "which keys"}
	label := Param{Flag: "--label", Value: "LABEL", Max: 127, Help: "the label"}
	return Table[*desk]{
		Tool:  "cloudhsm-cli",
		Leave: "quit",
		Style: Style{Quotes: ShellQuotes, Form: Form{Equals: true, Strict: true, End: true}, Help: []string{"-h", "--help"}, HelpWord: "help",
			InTurn: true, Usage: clapUsage, Refuse: clapRefuse},
		Specs: []Spec[*desk]{
			{Name: "quit", Summary: "Exit", Run: note("quit")},
			{Name: "--version", Hidden: true, Run: note("--version")},
			{Name: "login", Summary: "Login to your cluster", Params: []Param{name, role, password, cluster},
				Run: note("login", "--username", "--role", "--password")},
			{Name: "login mfa-token-sign", Summary: "Login with token-sign mfa", Run: note("login mfa-token-sign", "--username", "--token"),
				Params: []Param{name, role, password, cluster, {Flag: "--token", Value: "TOKEN", Kind: Output}}},
			{Name: "key", Summary: "Commands for keys"},
			{Name: "key list", Summary: "List the keys", Run: note("key list", "--filter", "--max-items"), Params: []Param{cluster, filter,
				{Flag: "--max-items", Value: "MAX_ITEMS", Kind: Number, Optional: true, Max: 1000},
				{Flag: "--verbose", Also: "-v", Kind: Switch, Optional: true}}},
			{Name: "key generate-symmetric", Summary: "Generate a symmetric key"},
			{Name: "key generate-symmetric aes", Summary: "Generate an AES key", Run: note("aes", "--label", "--key-length-bytes"),
				Params: []Param{label, {Flag: "--key-length-bytes", Value: "KEY_LENGTH_BYTES", Kind: Number},
					{Flag: "--attributes", Value: "ATTRIBUTES", Many: true, Optional: true},
					{Flag: "--share", Value: "USERNAME", Repeat: true, Optional: true}}},
			{Name: "key generate-symmetric generic-secret", Summary: "Generate a secret", Run: note("generic-secret", "--label"),
				Params: []Param{label}},
			{Name: "crypto sign ecdsa", Summary: "Sign", Run: note("ecdsa", "--data", "--data-path"), Params: []Param{
				{Flag: "--key-filter", Value: "KEY_FILTER", Many: true},
				{Flag: "--data-path", Value: "DATA_PATH", Kind: Path, OneOf: "data"}, {Flag: "--data", Value: "DATA", OneOf: "data"}}},
		},
		Live: func(_ *desk, p Param, _ string) []Choice {
			switch p.Kind {
			case User:
				return []Choice{{Word: "alice"}, {Word: "Jane Doe"}, {Word: "it's"}}
			case Path:
				return []Choice{{Word: "keys/"}, {Word: "a b"}, {Word: "-x"}}
			}
			if p.Flag == "--filter" {
				return []Choice{{Word: `attr.label="my key"`}, {Word: "attr.class=secret-key"}}
			}
			return nil
		},
	}
}

// clapUsage is a short form of clap's layout.
func clapUsage(s Shape) string {
	var b strings.Builder
	b.WriteString(s.Summary + "\n\nUsage: " + clapLine(s) + "\n")
	for _, c := range s.Commands {
		b.WriteString("  " + c.Name + "  " + c.Means + "\n")
	}
	for _, p := range s.Params {
		b.WriteString("  " + p.Flag + "  " + p.Help + "\n")
		for _, v := range p.Values {
			b.WriteString("    - " + v.Word + ": " + v.Means + "\n")
		}
	}
	return b.String()
}

// clapLine is the synopsis as clap writes it.
func clapLine(s Shape) string {
	if s.Commands != nil && s.Params == nil {
		return strings.TrimSpace(s.Name + " <COMMAND>")
	}
	line, groups := s.Name, map[string]string{}
	for _, p := range s.Params {
		switch word := p.Flag + " <" + p.Value + ">"; {
		case p.OneOf != "" && groups[p.OneOf] == "":
			groups[p.OneOf] = word
		case p.OneOf != "":
			line += " <" + groups[p.OneOf] + "|" + word + ">"
		case !p.Optional:
			line += " " + word
		}
	}
	return line
}

// clapRefuse words faults as clap 4 does.
func clapRefuse(f Fault, s Shape) Refusal {
	tip, what := "", ""
	switch f.Kind {
	case UnknownCommand:
		what = "unrecognized subcommand '" + f.Word + "'"
		if len(f.Near) == 1 {
			tip = "  tip: a similar subcommand exists: '" + f.Near[0] + "'\n\n"
		}
	case UnknownOption:
		what = "unexpected argument '" + f.Word + "' found"
		if len(f.Near) == 1 {
			tip = "  tip: a similar argument exists: '" + f.Near[0] + "'\n\n"
		}
	case ExtraWord:
		what = "unexpected argument '" + f.Word + "' found"
	case NoCommand:
		return Refusal{Text: clapUsage(s), Errors: true, Status: 2}
	case Missing:
		what = "the following required arguments were not provided:"
		for _, p := range f.Missing {
			what += "\n  " + clapParam(s, p)
		}
	case MissingValue:
		what = "a value is required for '" + clapParam(s, f.Param) + "' but none was supplied"
	case NotAChoice:
		what = "invalid value '" + f.Word + "' for '" + clapParam(s, f.Param) + "'"
		if len(f.Near) == 1 {
			tip = "  tip: a similar value exists: '" + f.Near[0] + "'\n\n"
		}
	case Both:
		what = "the argument '" + clapParam(s, f.Other) + "' cannot be used with '" + clapParam(s, f.Param) + "'"
	case Repeated:
		what = "the argument '" + clapParam(s, f.Param) + "' cannot be used multiple times"
	case NoValue:
		what = "unexpected value '" + f.Word + "' for '" + f.Param.Flag + "' found; no more were expected"
	default:
		what = f.Error()
	}
	return Refusal{Text: "error: " + what + "\n\n" + tip + "Usage: " + clapLine(s) + "\n\nFor more information, try '--help'.\n", Errors: true, Status: 2}
}

// clapParam is a parameter as clap names it, a group as a whole.
func clapParam(s Shape, p Param) string {
	if p.OneOf == "" {
		return p.Flag + " <" + p.Value + ">"
	}
	var all []string
	for _, other := range s.Params {
		if other.OneOf == p.OneOf {
			all = append(all, other.Flag+" <"+other.Value+">")
		}
	}
	return "<" + strings.Join(all, "|") + ">"
}

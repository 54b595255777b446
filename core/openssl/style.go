package openssl

import (
	"fmt"
	"strings"

	"hsmplay/core/command"
	"hsmplay/core/voice"
)

// style is how openssl reads a line, as its opt_next does, and answers one that it cannot carry
// out.
var style = command.Style{Quotes: command.ShellQuotes, Help: []string{"-help"}, InTurn: true, Usage: usage, Refuse: refuseLine,
	Form: command.Form{Equals: true, Dashes: true, Greedy: true, Ordered: true, End: true, Again: true}}

// usage is what -help prints of a subcommand, in OpenSSL's layout, and the list of commands.
func usage(s command.Shape) string {
	var b strings.Builder
	if s.Name == "" {
		b.WriteString("The playground's openssl is a small part of the real one. It has these commands:\n\n")
		for _, line := range s.Commands {
			fmt.Fprintf(&b, "%-18s%s\n", line.Name, line.Means)
		}
		fmt.Fprintf(&b, "\nDigests: %s\nCiphers: %s\n`openssl COMMAND -help` shows the options of one.\n",
			strings.Join(digestNames(), " "), strings.Join(cipherNames(), " "))
		return b.String()
	}
	fmt.Fprintf(&b, "Usage: %s\n\nOptions:\n", strings.TrimSpace(s.Name+" [options] "+s.Tail))
	row := func(option, help string) { fmt.Fprintf(&b, " %-19s %s\n", option, help) }
	row("-help", "Display this summary")
	for _, p := range s.Params {
		switch {
		case p.Flag == "":
		case p.Kind == command.Named:
			row(p.Flag, "Any of "+strings.Join(offered(p), " "))
		case p.Kind == command.Switch:
			row(p.Flag, p.Help)
		default:
			row(p.Flag+" "+p.Value, p.Help)
		}
	}
	return b.String()
}

// offered are the values of a parameter that are listed.
func offered(p command.Param) []string {
	var words []string
	for _, v := range p.Values {
		if !v.Hidden {
			words = append(words, v.Word)
		}
	}
	return words
}

// refuseLine words a fault as OpenSSL 3.0 does. The playground adds what was meant, where it can
// tell.
func refuseLine(f command.Fault, s command.Shape) command.Refusal {
	r := faultOf(f, s)
	answer := command.Refusal{Text: r.text, Errors: true, Status: r.exit(), Notes: r.notes()}
	if f.Kind == command.UnknownOption && len(f.Near) > 0 {
		answer.Notes = nil // the matcher's own
	}
	return answer
}

func faultOf(f command.Fault, s command.Shape) *refusal {
	option := strings.TrimPrefix(f.Param.Flag, "-")
	switch f.Kind {
	case command.UnknownCommand:
		return unknownCommand(f.Word, f.Near)
	case command.UnknownOption:
		if name, ok := strings.CutPrefix(f.Word, "-"); ok {
			return unknownOption(strings.TrimPrefix(name, "-"), s)
		}
	case command.NoValue:
		return usageOf(s.Name, "Option -%s does not take a value", option)
	case command.MissingValue:
		return usageOf(s.Name, "Option -%s needs a value", option)
	case command.NotANumber, command.OutOfRange:
		return usageOf(s.Name, "Can't parse \"%s\" as a number", f.Word)
	case command.NotAChoice:
		if f.Param.Kind == command.Choices && f.Param.Value == "val" {
			return refuse("%s: Value must be one of:\n\t%s\n\t%s\n%[1]s: Use -help for summary.", s.Name, namedCurveWord, explicitWord)
		}
		return refuse("%s: Bad format \"%s\"\n%[1]s: Invalid format \"%[2]s\" for option -%[3]s\n%[1]s: Use -help for summary.",
			s.Name, f.Word, option)
	case command.LineTooLong:
		return refuse("%s: Line too long", s.Name)
	}
	return refuse("%s: Use -help for summary.", s.Name)
}

// unknownOption words an option that is not there.
func unknownOption(name string, s command.Shape) *refusal {
	what := "Unknown option: -%s"
	for _, p := range s.Params {
		switch {
		case p.Kind != command.Named:
		case p.Value == "digest":
			what = "Unknown option or message digest: %s"
		default:
			what = "Unknown cipher: %s"
		}
	}
	r := usageOf(s.Name, what, name)
	switch s.Name { // the two that make keys say less
	case "genrsa":
		r = refuse("%s: "+what, s.Name, name)
	case "genpkey":
		r = refuse("%s: Use -help for summary.", s.Name)
	}
	return r.because(voice.OpenSSLOption, "command", s.Name, "option", "-"+voice.Word(name))
}

// unknownCommand words what the real one says, and adds what the playground has.
func unknownCommand(name string, near []string) *refusal {
	r := refuse("Invalid command '%s'; type \"help\" for a list.", name)
	if len(near) == 1 {
		return r.because(voice.OpenSSLUnknown, "what", voice.Word(name), "near", near[0])
	}
	return r.because(voice.OpenSSLLacks, "what", voice.Word(name), "commands", strings.Join(names(), " "))
}

// usageOf is a refusal of what was typed.
func usageOf(name, format string, args ...any) *refusal {
	return refuse("%s: %s\n%[1]s: Use -help for summary.", name, fmt.Sprintf(format, args...))
}

package clap

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"hsmplay/core/command"
)

// usageStatus is the exit status of a usage mistake (spec/cloudhsm-cli.md 1.6).
const usageStatus = 2

// told is what an error says: its lines, the tip, and the usage line; "" for none.
type told struct {
	what, tip, usage string
}

// refuse words a fault. Where the tip names what the playground would name itself, that has the whole
// line to add, or nothing.
func refuse(lead string, f command.Fault, s command.Shape) command.Refusal {
	if f.Kind == command.NoCommand {
		return command.Refusal{Text: page(lead, s), Errors: true, Status: usageStatus}
	}
	t := tell(lead, f, s)
	r := command.Refusal{Text: "error: " + t.what + "\n\n", Errors: true, Status: usageStatus}
	if t.tip != "" {
		r.Text += "  tip: " + t.tip + "\n\n"
		r.Tipped = len(f.Near) == 1 && !f.Said && t.tip == similar(tipped(f.Kind), f.Near)
	}
	if t.usage != "" {
		r.Text += "Usage: " + t.usage + "\n\n"
	}
	r.Text += "For more information, try '--help'.\n"
	return r
}

// tell words the kinds of faults.
func tell(lead string, f command.Fault, s command.Shape) told {
	p, full := f.Param, line(lead, s)
	switch f.Kind {
	case command.UnknownCommand:
		return unrecognized(f.Word, full, s)
	case command.UnknownOption:
		return unexpected(lead, f, s)
	case command.ExtraWord:
		if len(s.Commands) > 0 || s.Name == "" {
			return unrecognized(f.Word, full, s)
		}
		return told{"unexpected argument '" + f.Word + "' found", "", full}
	case command.Missing:
		needs := needed(s, f.Given)
		return told{lacking(s, append(f.Missing, needs...)), "", smart(lead, s, append(f.Given, needs...)...)}
	case command.Needs:
		needs := needed(s, f.Given)
		return told{lacking(s, needs), "", smart(lead, s, append(f.Given, needs...)...)}
	case command.MissingValue:
		return told{strings.TrimSpace("a value is required for '" + named(&p) + "' but none was supplied" + values(&p)), "", ""}
	case command.NotAChoice:
		if f.Word == "" { // as a value that is not there
			return told{"a value is required for '" + named(&p) + "' but none was supplied" + values(&p), "", ""}
		}
		return told{"invalid value '" + f.Word + "' for '" + named(&p) + "'" + values(&p), similar("value", best(f.Word, words(&p))), ""}
	case command.NotANumber, command.OutOfRange, command.NotHex, command.NotAList, command.TooLong:
		return told{"invalid value '" + f.Word + "' for '" + named(&p) + "': " + fault(f), "", ""}
	case command.Both:
		first, second := &f.Other, &p
		if !among(first, before(f.Given, second)) {
			first, second = second, first
		}
		return told{"the argument '" + named(first) + "' cannot be used with '" + named(second) + "'", "", smart(lead, s, without(f.Given, second)...)}
	case command.Repeated:
		return told{"the argument '" + named(&p) + "' cannot be used multiple times", "", full}
	case command.NoValue:
		return told{"unexpected value '" + f.Word + "' for '" + named(&p) + "' found; no more were expected", "", smart(lead, s, append(f.Given, p)...)}
	}
	return told{f.Error(), "", full}
}

// unrecognized is a word that is no command.
func unrecognized(word, usage string, s command.Shape) told {
	var names []string
	for _, c := range s.Commands {
		names = append(names, c.Name)
	}
	names = append(names, helpLine.Name)
	return told{"unrecognized subcommand '" + word + "'", similar("subcommand", near(word, names)), usage}
}

// unexpected is an option that is not there. Where one is similar, the usage is as if that one had
// been given.
func unexpected(lead string, f command.Fault, s command.Shape) told {
	t := told{"unexpected argument '" + atFault(f.Word, s) + "' found", "", line(lead, s)}
	name, ok := strings.CutPrefix(f.Word, "--")
	if !ok {
		return t
	}
	given, names := f.Given, []string{"help"}
	for i := range s.Params {
		if flag, long := strings.CutPrefix(s.Params[i].Flag, "--"); long && !s.Params[i].Before {
			names = append(names, flag)
		}
	}
	if meant := best(name, names); meant != nil {
		t.tip = similar("argument", []string{"--" + meant[0]})
		for i := range s.Params {
			if p := s.Params[i]; p.Flag == "--"+meant[0] {
				given = append(given, p)
			}
		}
	}
	t.usage = behind(lead, s, given...)
	return t
}

// atFault is the option that is at fault in a word: of letters behind one dash the first that is none.
func atFault(word string, s command.Shape) string {
	letters := strings.TrimPrefix(word, "-")
	if letters == word || strings.HasPrefix(letters, "-") {
		return word
	}
	for _, letter := range letters {
		flag := "-" + string(letter)
		known := func(p command.Param) bool { return p.Flag == flag || p.Also == flag }
		if flag != "-h" && !slices.ContainsFunc(s.Params, known) {
			return flag
		}
	}
	return word
}

// lacking lists what was not given.
func lacking(s command.Shape, missing []command.Param) string {
	text := "the following required arguments were not provided:"
	for i := range missing {
		if missing[i].OneOf == "" {
			text += "\n  " + named(&missing[i])
		} else {
			text += "\n  " + group(s, &missing[i])
		}
	}
	return text
}

// needed are the options that given ones need and that are not among them.
func needed(s command.Shape, given []command.Param) (needs []command.Param) {
	for i := range given {
		for j := range s.Params {
			if p := &s.Params[j]; p.Flag == given[i].Needs && !among(p, given) && !among(p, needs) {
				needs = append(needs, *p)
			}
		}
	}
	return needs
}

// without are the options but one.
func without(given []command.Param, p *command.Param) (rest []command.Param) {
	for i := range given {
		if given[i].Flag != p.Flag {
			rest = append(rest, given[i])
		}
	}
	return rest
}

// before are the options in front of one of them.
func before(given []command.Param, p *command.Param) []command.Param {
	for i := range given {
		if given[i].Flag == p.Flag {
			return given[:i]
		}
	}
	return given
}

// values lists the values of an option in an error.
func values(p *command.Param) string {
	if p.Kind != command.Choices {
		return ""
	}
	return "\n  " + possible(p)
}

// words are the values of an option.
func words(p *command.Param) (list []string) {
	for _, v := range p.Values {
		list = append(list, v.Word)
	}
	return list
}

// fault says what is wrong with a value, as Rust's parsers do.
func fault(f command.Fault) string {
	switch _, err := strconv.ParseUint(f.Word, 10, 64); {
	case f.Kind == command.NotANumber && f.Word == "":
		return "cannot parse integer from empty string"
	case f.Kind == command.NotANumber:
		return "invalid digit found in string"
	case f.Kind == command.OutOfRange && err != nil, f.Kind == command.OutOfRange && f.Param.Max == 0:
		return "number too large to fit in target type"
	case f.Kind == command.OutOfRange && f.Param.Max == math.MaxInt64:
		return f.Word + " is not in " + strconv.FormatInt(f.Param.Min, 10) + ".."
	case f.Kind == command.OutOfRange:
		return f.Word + " is not in " + strconv.FormatInt(f.Param.Min, 10) + "..=" + strconv.FormatInt(f.Param.Max, 10)
	}
	return f.Error()
}

// tipped is what the tip to a fault names.
func tipped(kind command.FaultKind) string {
	switch kind {
	case command.UnknownOption:
		return "argument"
	case command.NotAChoice:
		return "value"
	}
	return "subcommand"
}

// similar is the tip that names what was meant, "" for nothing.
func similar(what string, names []string) string {
	if len(names) == 0 {
		return ""
	}
	quoted := "'" + strings.Join(names, "', '") + "'"
	if len(names) > 1 {
		return "some similar " + what + "s exist: " + quoted
	}
	return "a similar " + what + " exists: " + quoted
}

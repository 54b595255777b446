package unix

import (
	"strconv"
	"strings"

	"hsmplay/core/shell"
)

// jqLetters are the long names of options that are letters too.
var jqLetters = map[string]byte{"compact-output": 'c', "null-input": 'n', "exit-status": 'e', "slurp": 's', "raw-output": 'r',
	"join-output": 'j', "raw-input": 'R', "ascii-output": 'a', "sort-keys": 'S', "color-output": 'C', "monochrome-output": 'M',
	"ascii": 'a', "unbuffered": 'u', "help": 'h', "version": 'V', "from-file": 'f'}

// jqTakes are the options that take a name and a value.
var jqTakes = map[string]func(j *jq, name, value string) any{
	"arg": func(_ *jq, _, value string) any { return value },
	"argjson": func(j *jq, _, value string) any {
		values, ok := parseAll(value)
		if !ok || len(values) != 1 {
			j.usage("invalid JSON text passed to --argjson")
		}
		return values[0]
	},
	"slurpfile": func(j *jq, name, value string) any {
		values, ok := parseAll(string(j.optionFile("slurpfile", name, value)))
		if !ok {
			j.usage("Bad JSON in --slurpfile %s %s", name, value)
		}
		return values
	},
	"rawfile": func(j *jq, name, value string) any { return string(j.optionFile("rawfile", name, value)) },
}

// optionFile reads the file that an option names.
func (j *jq) optionFile(option, name, file string) []byte {
	data, err := j.ReadFile(file)
	if err != nil {
		j.Errorf("jq: Bad JSON in --%s %s %s: Could not open %s: %s\n", option, name, file, file, shell.Reason(err))
		j.Exit(jqUsage)
	}
	return data
}

// arguments reads the options and returns the files.
func (j *jq) arguments() (files []string) {
	args := j.Args[1:]
	positional := "" // args or jsonargs
	plain := false
	take := func() string {
		if len(args) == 0 {
			return ""
		}
		word := args[0]
		args = args[1:]
		return word
	}
	for len(args) > 0 {
		word := take()
		long, isLong := strings.CutPrefix(word, "--")
		switch {
		case plain || len(word) < 2 || word[0] != '-' || strings.IndexByte(".[{(\"", word[1]) >= 0:
			files = j.operand(files, word, positional)
		case word == "--":
			plain = true
		case isLong && jqTakes[long] != nil:
			if len(args) < 2 && !(long == "argjson" && len(args) == 1) {
				j.usage("--%s takes two parameters (e.g. --%[1]s varname %s)", long,
					map[bool]string{true: "filename", false: "value"}[strings.HasSuffix(long, "file")])
			}
			name, value := take(), take()
			j.names, j.values = append(j.names, "$"+name), append(j.values, jqTakes[long](j, name, value))
		case long == "args" || long == "jsonargs":
			positional = long
		case long == "stream":
			j.stream = true
		case long == "tab":
			j.indent = "\t"
		case long == "indent":
			n, err := strconv.Atoi(take())
			if err != nil || n < 0 || n > 7 {
				j.usage("--indent takes a number between -1 and 7")
			}
			if j.indent = strings.Repeat(" ", n); n == 0 {
				j.flags['c'] = true
			}
		case isLong:
			letter, ok := jqLetters[long]
			if !ok {
				j.usage("Unknown option %s", word)
			}
			j.letters(string(letter), word, take)
		default:
			j.letters(word[1:], word, take)
		}
	}
	return files
}

// operand is the filter first, then files or arguments.
func (j *jq) operand(files []string, word, positional string) []string {
	switch {
	case !j.given:
		j.filter, j.given = word, true
	case positional == "args":
		j.rest = append(j.rest, word)
	case positional == "jsonargs":
		values, ok := parseAll(word)
		if !ok || len(values) != 1 {
			j.usage("Invalid JSON text passed to --jsonargs")
		}
		j.rest = append(j.rest, values[0])
	default:
		return append(files, word)
	}
	return files
}

// letters reads options of one letter.
func (j *jq) letters(letters, word string, take func() string) {
	for _, letter := range []byte(letters) {
		switch {
		case letter == 'h':
			j.Print(jqHelp)
			j.Exit(0)
		case letter == 'V':
			j.Print("jq-1.6\n")
			j.Exit(0)
		case letter == 'f':
			j.file = take()
		case strings.IndexByte("cnesrjRaSCMu", letter) >= 0:
			j.flags[letter] = true
		default:
			j.usage("Unknown option %s", word)
		}
	}
}

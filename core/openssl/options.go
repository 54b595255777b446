package openssl

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"hsmplay/core/voice"
)

// kind says what follows an option.
type kind int

const (
	flag kind = iota
	text
	number
	inFile
	outFile
	format // PEM or DER
)

// valueWords are what -help writes for the value of an option.
var valueWords = [...]string{flag: "", text: "val", number: "+int", inFile: "infile", outFile: "outfile", format: "PEM|DER"}

// option is one option of a subcommand.
type option struct {
	name  string // without the dash
	kind  kind
	means string
}

// subcommand is a row of the table of commands.
type subcommand struct {
	name    string
	means   string // one line for a learner
	also    []string
	params  string // what may follow the options, as -help writes it; "" for nothing
	digests bool   // takes -sha256 and its like as options
	ciphers bool   // takes -id-aes256-wrap and its like as options
	engine  bool   // takes -engine
	options []option
	run     func(*call) error
}

// call is a subcommand with what was typed.
type call struct {
	World
	row        *subcommand
	name       string // as typed: sha256 for one
	set        map[string][]string
	digest     *digest  // nil for none given
	digestWord string   // as typed
	order      []string // of the options as typed
	cipher     *cipher  // nil for none given
	rest       []string
	inside     []any // what to say of a key of the cluster that has signed; nil for none
}

// passphraseOptions are about keys under pass phrases, or name the cipher of one.
var passphraseOptions = []string{"passin", "passout", "pass", "passwd", "aes128", "aes192", "aes256", "aes-128-cbc", "aes-192-cbc",
	"aes-256-cbc", "des", "des3", "idea", "camellia128", "camellia192", "camellia256", "aria128", "aria192", "aria256", "cipher", "v1", "v2"}

// parse reads the options as OpenSSL's opt_next does: one dash or two, and a value behind a blank or an equals sign.
func (row subcommand) parse(w World, name string) (*call, error) {
	c := &call{World: w, row: &row, name: name, set: map[string][]string{}}
	args := w.Args[1:]
	for len(args) > 0 && strings.HasPrefix(args[0], "-") && args[0] != "-" {
		word := args[0]
		args = args[1:]
		if word == "--" {
			break
		}
		taken, err := c.option(strings.TrimPrefix(word[1:], "-"), args)
		if err != nil {
			return nil, err
		}
		args = args[taken:]
	}
	c.rest = args
	if c.has("help") {
		return c, nil
	}
	if len(args) > 0 && row.params == "" {
		return nil, refuse("%s: Use -help for summary.", c.name)
	}
	return c, nil
}

// option reads one option and returns how many of the words behind it were taken as its value.
func (c *call) option(word string, behind []string) (taken int, err error) {
	name, value, joined := strings.Cut(word, "=")
	o, known := c.row.option(name)
	switch {
	case !known && !joined && c.named(name):
		return 0, nil
	case !known:
		return 0, c.unknown(name)
	case o.kind == flag && joined:
		return 0, c.usage("Option -%s does not take a value", name)
	case o.kind == flag:
		c.give(name, "")
		return 0, nil
	case !joined && len(behind) == 0:
		return 0, c.usage("Option -%s needs a value", name)
	case !joined:
		value, taken = behind[0], 1
	}
	c.give(name, value)
	return taken, c.check(o, value)
}

// give sets an option. One that is given again counts where it stands last.
func (c *call) give(name, value string) {
	c.set[name] = append(c.set[name], value)
	c.order = slices.DeleteFunc(c.order, func(other string) bool { return other == name })
	c.order = append(c.order, name)
}

// named reads an option that is the name of a digest or a cipher.
func (c *call) named(name string) bool {
	if d := digestNamed(name); c.row.digests && d != nil {
		c.digest, c.digestWord = d, name
		return true
	}
	if x := cipherNamed(name); c.row.ciphers && x != nil {
		c.cipher = x
		return true
	}
	return false
}

// unknown words an option that is not there, and says whether it is one about pass phrases.
func (c *call) unknown(name string) error {
	what := "Unknown option: -%s"
	if c.row.digests {
		what = "Unknown option or message digest: %s"
	} else if c.row.ciphers {
		what = "Unknown cipher: %s"
	}
	r := c.usage(what, name)
	if slices.Contains(passphraseOptions, name) && !c.row.ciphers {
		return c.passphrase("leave -" + name + " out")
	}
	return r.because(voice.OpenSSLOption, "command", c.name, "option", "-"+voice.Word(name))
}

// passphrase refuses to write a key under a pass phrase. The words are the playground's.
func (c *call) passphrase(repair string) *refusal {
	return refuse("%s: pass phrases are not supported", c.name).because(voice.OpenSSLPassphrase, "repair", repair)
}

// check refuses a value that is not of the option's kind.
func (c *call) check(o option, value string) error {
	switch o.kind {
	case number:
		if _, err := strconv.ParseUint(value, 10, 31); err != nil {
			return c.usage("Can't parse \"%s\" as a number", value)
		}
	case format:
		if !isDER(value) && !isPEM(value) {
			return refuse("%s: Bad format \"%s\"\n%[1]s: Invalid format \"%[2]s\" for option -%[3]s\n%[1]s: Use -help for summary.",
				c.name, value, o.name)
		}
	}
	return nil
}

func isPEM(value string) bool { return strings.EqualFold(value, "PEM") || value == "P" || value == "p" }
func isDER(value string) bool { return strings.EqualFold(value, "DER") || value == "D" || value == "d" }

// usage is a refusal of what was typed.
func (c *call) usage(format string, args ...any) *refusal {
	return refuse("%s: %s\n%[1]s: Use -help for summary.", c.name, fmt.Sprintf(format, args...))
}

// has reports whether an option was given.
func (c *call) has(name string) bool { return len(c.set[name]) > 0 }

// last returns the value of an option, "" if it was not given. Of several the last counts, as in OpenSSL.
func (c *call) last(name string) string {
	if values := c.set[name]; len(values) > 0 {
		return values[len(values)-1]
	}
	return ""
}

// count returns the value of an option of a number.
func (c *call) count(name string, otherwise int) int {
	if n, err := strconv.Atoi(c.last(name)); err == nil {
		return n
	}
	return otherwise
}

// allOptions returns the row's options with those that all have.
func (row subcommand) allOptions() []option {
	all := []option{{"help", flag, "Display this summary"}}
	all = append(all, row.options...)
	if row.engine {
		all = append(all, option{"engine", text, "Use engine e: cloudhsm signs inside the cluster"},
			option{"keyform", text, "Ignored: the engine knows its keys by what is in the file"})
	}
	return all
}

func (row subcommand) option(name string) (option, bool) {
	for _, o := range row.allOptions() {
		if o.name == name {
			return o, true
		}
	}
	return option{}, false
}

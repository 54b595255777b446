package openssl

import (
	"strconv"
	"strings"

	"hsmplay/core/cluster"
	"hsmplay/core/command"
	"hsmplay/core/voice"
)

// An option of a command is a parameter whose flag has one dash; what stands for its value is what
// -help writes.

func flag(name, help string) command.Param {
	return command.Param{Flag: "-" + name, Kind: command.Switch, Optional: true, Help: help}
}

func text(name, help string, values ...string) command.Param {
	return command.Param{Flag: "-" + name, Value: "val", Optional: true, Help: help, Values: words(values)}
}

// pairs is an option of n:v pairs.
func pairs(name, help string, values ...string) command.Param {
	return again(text(name, help, values...))
}

// again is an option that counts each time it is given.
func again(p command.Param) command.Param {
	p.Repeat = true
	return p
}

// hidden is a value that is shown nowhere.
func hidden(name, help string) command.Param {
	p := text(name, help)
	p.Kind = command.Secret
	return p
}

func number(name, help string) command.Param {
	return command.Param{Flag: "-" + name, Value: "+int", Kind: command.Number, Max: 1<<31 - 1, Optional: true, Help: help}
}

func inFile(name, help string) command.Param {
	return command.Param{Flag: "-" + name, Value: "infile", Kind: command.Path, Optional: true, Help: help}
}

func outFile(name, help string) command.Param {
	return command.Param{Flag: "-" + name, Value: "outfile", Kind: command.Output, Optional: true, Help: help}
}

func format(name, help string) command.Param {
	return command.Param{Flag: "-" + name, Value: "PEM|DER", Kind: command.Choices, AnyCase: true, Optional: true, Help: help,
		Values: []command.Value{{Word: "PEM"}, {Word: "DER"}, {Word: "P", Hidden: true}, {Word: "D", Hidden: true}}}
}

// encoding is an option that says how parameters of EC keys are written.
func encoding(name string) command.Param {
	return command.Param{Flag: "-" + name, Value: "val", Kind: command.Choices, Optional: true,
		Help: "Specifies the way the ec parameters are encoded", Values: words([]string{namedCurveWord, explicitWord})}
}

// The ways to encode parameters of EC keys.
const (
	namedCurveWord = "named_curve"
	explicitWord   = "explicit"
)

// operands are what may follow the options.
func operands(name, help string, kind command.Kind, values ...string) []command.Param {
	return []command.Param{{Value: name, Help: help, Kind: kind, Many: true, Optional: true, Values: words(values)}}
}

// engineParams are the options of commands that can sign inside the cluster.
var engineParams = []command.Param{
	text("engine", "Use engine e: cloudhsm signs inside the cluster", engineName),
	text("keyform", "Ignored: the engine knows its keys by what is in the file"),
}

// anyDigest, anyCipher and anyKeyCipher are options that are called as what they choose: -sha256.
var (
	anyDigest = []command.Param{{Flag: anyFlag, Value: "digest", Kind: command.Named, AnyCase: true, Optional: true, Help: "the digest",
		Values: digestWords()}}
	anyKeyCipher = []command.Param{{Flag: anyFlag, Value: "cipher", Kind: command.Named, AnyCase: true, Optional: true,
		Help: "the cipher that encrypts the private key", Values: words(keyCipherNames())}}
	anyCipher = []command.Param{{Flag: anyFlag, Value: "cipher", Kind: command.Named, AnyCase: true, Optional: true, Help: "the cipher",
		Values: cipherWords()}}
)

// anyFlag is how -help writes them.
const anyFlag = "-*"

// words are values that say what they mean themselves.
func words(list []string) []command.Value {
	var values []command.Value
	for _, word := range list {
		values = append(values, command.Value{Word: word})
	}
	return values
}

// call is a subcommand with what was typed.
type call struct {
	World
	args       command.Args
	name       string // as typed: sha256 for one
	digest     *digest
	digestWord string  // as typed
	cipher     *cipher // nil for none given, as the digest
	rest       []string
	engine     *engine // the key of the cluster that signs, and its session; nil for none
	phrases    phrases
	unlocked   bool // a configuration file says that a new key is under no pass phrase
	explicit   bool // the key that was read gives the numbers of its curve instead of the name
}

// run makes a handler of the table from a function of a call.
func run(do func(*call) error) func(*call, command.Args) command.Outcome {
	return func(c *call, args command.Args) command.Outcome {
		c.args, c.rest = args, args.Operands()
		if c.has("*") {
			c.digestWord = c.last("*")
			c.digest, c.cipher = digestNamed(c.digestWord), cipherNamed(c.digestWord)
		}
		if err := c.gotPhrases(); err != nil {
			return c.outcome(err)
		}
		if err := c.fitTogether(); err != nil {
			return c.outcome(err)
		}
		return c.outcome(do(c))
	}
}

// outcome is how a call has ended, and with it what the engine has begun. What it printed is
// printed.
func (c *call) outcome(err error) command.Outcome {
	if c.engine != nil {
		c.Cluster(func(*cluster.Cluster) { c.engine.client.Close() })
	}
	switch {
	case err != nil:
		return asRefusal(err).outcome()
	case c.engine != nil:
		return command.Outcome{Notes: []voice.Note{voice.Say(voice.EngineSigned, "handle", c.engine.file.handle, "user", voice.Word(c.engine.user))}}
	}
	return command.Outcome{}
}

func isDER(value string) bool { return strings.EqualFold(value, "DER") || value == "D" || value == "d" }

// usage is a refusal of what was typed.
func (c *call) usage(format string, args ...any) *refusal { return usageOf(c.name, format, args...) }

// has reports whether an option was given; a command has not all of them.
func (c *call) has(name string) bool { return c.args.Knows("-"+name) && c.args.Has("-"+name) }

// last returns the value of an option, "" if it was not given. Of several the last counts, as in
// OpenSSL.
func (c *call) last(name string) string {
	if !c.has(name) {
		return ""
	}
	return c.args.Text("-" + name)
}

// all returns the values of an option each time it was given.
func (c *call) all(name string) []string {
	if !c.has(name) {
		return nil
	}
	return c.args.Texts("-" + name)
}

// count returns the value of an option of a number.
func (c *call) count(name string, otherwise int) int {
	if n, err := strconv.Atoi(c.last(name)); err == nil {
		return n
	}
	return otherwise
}

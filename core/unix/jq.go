package unix

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"math/big"
	"slices"
	"strings"

	"github.com/itchyny/gojq"
	"hsmplay/core/shell"
	"hsmplay/core/voice"
)

// jqPrograms work on JSON. The filters are gojq's, which keeps no order of an object's keys:
// jqOrder does. It is given no modules, the instance's environment and the simulated clock.
var jqPrograms = []Program{
	{Name: "jq", Means: "picks and computes in JSON", Run: runJq},
}

const jqHelp = `Usage:	jq [OPTIONS] FILTER [FILE]...
	jq [OPTIONS] --args FILTER [STRING]...

Apply FILTER to JSON of FILEs or standard input.

  -c  compact instead of pretty-printed output
  -n  use null as the single input value
  -e  set the exit status by the last output
  -s  read all inputs into an array
  -r  output raw strings, not JSON texts
  -j  like -r, without line ends
  -R  read raw strings, not JSON texts
  -a  escape all characters beyond ASCII
  -S  sort keys of objects
  -C, -M  colours, which there are none of
  --tab  indent by tabs; --indent N  by N blanks
  --stream  each path with its value, in place of whole values
  -f FILE  read the filter from FILE
  --arg A V  set $A to the string V; --argjson A V  to JSON
  --slurpfile A F  set $A to the values in F; --rawfile A F  to its text
  --args, --jsonargs  the other arguments are $ARGS.positional
`

// The exit statuses of jq.
const (
	jqFalse   = 1 // of -e, the last output was false or null
	jqUsage   = 2
	jqCompile = 3
	jqNone    = 4 // of -e, there was no output; and of JSON that cannot be read
	jqFailed  = 5
)

// jq is one call.
type jq struct {
	*Process
	flags    map[byte]bool
	indent   string
	filter   string
	given    bool   // a filter was
	stream   bool   // --stream
	file     string // of -f
	names    []string
	values   []any
	named    map[string]any
	rest     []any // positional arguments behind --args and --jsonargs
	inputs   *jqInputs
	order    *jqOrder
	status   int
	last     any
	printed  bool
	compiled *gojq.Code
}

func runJq(p *Process) int {
	j := &jq{Process: p, flags: map[byte]bool{}, indent: "  ", named: map[string]any{}}
	files := j.arguments()
	if !j.given && p.OnTerminal() {
		p.Errorf("%s", jqHelp)
		return jqUsage
	}
	if strings.TrimSpace(j.filter) == "" && j.file == "" {
		j.filter = "."
	}
	if j.file != "" {
		if j.given {
			files = append([]string{j.filter}, files...)
		}
		data, err := p.ReadFile(j.file)
		if err != nil {
			p.Errorf("jq: error: Could not open %s: %s\n", j.file, shell.Reason(err))
			return jqUsage
		}
		j.filter = string(data)
	}
	j.order = newJqOrder(j.filter)
	j.inputs = &jqInputs{j: j, files: files}
	if len(files) == 0 {
		j.inputs.files = []string{"-"}
	}
	if !j.compile() {
		return jqCompile
	}
	j.all()
	switch {
	case j.status == 0 && j.flags['e'] && !j.printed:
		return jqNone
	case j.status == 0 && j.flags['e'] && (j.last == nil || j.last == false):
		return jqFalse
	}
	return j.status
}

// all runs the filter on each input.
func (j *jq) all() {
	if j.flags['n'] {
		j.run(nil)
	}
	for !j.flags['n'] && j.status < halted {
		v, ok := j.inputs.Next()
		if !ok {
			break
		}
		if _, bad := v.(error); bad {
			break
		}
		j.run(v)
	}
	j.status &^= halted
	j.status = max(j.status, j.inputs.status)
}

// halted is added to the status of a filter that ends all.
const halted = 1 << 10

// run prints what the filter makes of a value.
func (j *jq) run(v any) {
	iter := j.compiled.RunWithContext(j.Counted(), v, j.values...)
	for {
		out, ok := iter.Next()
		if !ok {
			return
		}
		if err, bad := out.(error); bad {
			j.failed(err, v)
			return
		}
		j.last, j.printed = out, true
		j.print(out)
	}
}

// failed says what is wrong, in jq's words.
func (j *jq) failed(err error, input any) {
	var halt *gojq.HaltError
	if errors.As(err, &halt) {
		switch v := halt.Value().(type) {
		case nil:
		case string:
			j.Errorf("%s", v)
		default:
			j.Errorf("%s\n", j.encode(v, "", false))
		}
		j.status = halt.ExitCode() | halted
		return
	}
	j.status = jqFailed
	at := "<unknown>"
	if !j.flags['n'] || j.inputs.parser != nil {
		at = j.inputs.at()
	}
	var own gojq.ValueError
	if errors.As(err, &own) {
		switch v := own.Value().(type) {
		case string:
			j.Errorf("jq: error (at %s): %s\n", at, v)
			return
		case nil:
			return
		default:
			j.Errorf("jq: error (at %s) (not a string): %s\n", at, j.encode(v, "", false))
			return
		}
	}
	j.Errorf("jq: error (at %s): %s\n", at, j.reword(err.Error(), input))
}

// compile reads the filter; it says what is wrong and is false if that fails.
func (j *jq) compile() bool {
	query, err := gojq.Parse(j.filter)
	if err != nil {
		j.syntax(err)
		return false
	}
	if !inOwnOrder(query) {
		j.Errorf("jq: error: memory exhausted at <top-level>, line 1:\n%s\njq: 1 compile error\n", j.filter)
		return false
	}
	j.named["named"], j.named["positional"] = j.namedValues(), slices.Concat([]any{}, j.rest)
	j.names, j.values = append(j.names, "$ARGS"), append(j.values, any(j.named))
	j.compiled, err = gojq.Compile(query, gojq.WithVariables(j.names), gojq.WithInputIter(j.inputs),
		gojq.WithEnvironLoader(j.environment),
		gojq.WithFunction("now", 0, 0, func(any, []any) any { return float64(j.Date(j.Now()).UnixMilli()) / 1000 }),
		gojq.WithFunction("keys_unsorted", 0, 0, j.keysUnsorted),
		gojq.WithIterFunction("_each", 0, 0, j.eachKey),
		gojq.WithFunction("_at", 1, 1, j.keyAt),
		gojq.WithFunction("_tojson", 0, 0, func(v any, _ []any) any { return j.encode(v, "", false) }),
		gojq.WithFunction("input_filename", 0, 0, func(any, []any) any { return j.inputs.name() }),
		gojq.WithFunction("input_line_number", 0, 0, func(any, []any) any { return j.inputs.lines() }),
		gojq.WithFunction("debug", 0, 0, func(v any, _ []any) any {
			j.Errorf("%s\n", j.encode([]any{"DEBUG:", v}, "", false))
			return v
		}),
		gojq.WithFunction("stderr", 0, 0, func(v any, _ []any) any {
			j.Errorf("%s", j.encode(v, "", false))
			return v
		}))
	if err != nil {
		j.notDefined(err)
		return false
	}
	return true
}

// keysUnsorted are an object's keys in their order, and an array's indices.
func (j *jq) keysUnsorted(v any, _ []any) any {
	keys := []any{}
	switch v := v.(type) {
	case map[string]any:
		for _, key := range j.order.keys(v) {
			keys = append(keys, key)
		}
	case []any:
		for i := range v {
			keys = append(keys, i)
		}
	default:
		return fmt.Errorf("%s (%s) has no keys", gojq.TypeOf(v), j.encode(v, "", false))
	}
	return keys
}

func (j *jq) namedValues() map[string]any {
	named := map[string]any{}
	for i, name := range j.names {
		named[name[1:]] = j.values[i]
	}
	return named
}

func (j *jq) environment() []string {
	var pairs []string
	for _, v := range j.Environ() {
		pairs = append(pairs, v.Name+"="+v.Str)
	}
	return pairs
}

// print prints an output.
func (j *jq) print(v any) {
	end := "\n"
	if j.flags['j'] {
		end = ""
	}
	text, isString := v.(string)
	switch {
	case isString && j.raw() && j.flags['a']:
		text = strings.Trim(j.encode(v, "", false), `"`)
	case isString && j.raw():
	default:
		text = j.encode(v, "", !j.flags['c'])
	}
	j.Print(text + end)
}

func (j *jq) raw() bool { return j.flags['r'] || j.flags['j'] }

// encode is a value as JSON in jq's layout; before is the indentation of where it stands.
func (j *jq) encode(v any, before string, pretty bool) string {
	return j.encodeAt(0, v, before, pretty)
}

// printDepth is how deep values are shown in each other, as in jq 1.6.
const printDepth = 256

func (j *jq) encodeAt(depth int, v any, before string, pretty bool) string {
	if depth > printDepth {
		return "<stripped: exceeds max depth>"
	}
	open, sep, end := "", ",", ""
	if pretty {
		open, end = "\n"+before+j.indent, "\n"+before
		sep = "," + open
	}
	var parts []string
	switch v := v.(type) {
	case []any:
		for _, element := range v {
			parts = append(parts, j.encodeAt(depth+1, element, before+j.indent, pretty))
		}
		if len(parts) == 0 {
			return "[]"
		}
		return "[" + open + strings.Join(parts, sep) + end + "]"
	case map[string]any:
		colon := map[bool]string{true: ": ", false: ":"}[pretty]
		keys := sortedKeys(v)
		if !j.flags['S'] {
			keys = j.order.keys(v)
		}
		for _, key := range keys {
			parts = append(parts, j.scalar(key)+colon+j.encodeAt(depth+1, v[key], before+j.indent, pretty))
		}
		if len(parts) == 0 {
			return "{}"
		}
		return "{" + open + strings.Join(parts, sep) + end + "}"
	}
	return j.scalar(v)
}

func sortedKeys(v map[string]any) []string {
	keys := make([]string, 0, len(v))
	for key := range v {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

// scalar is a text, number, truth or null.
func (j *jq) scalar(v any) string {
	if n, ok := v.(*big.Int); ok {
		v, _ = new(big.Float).SetInt(n).Float64()
	}
	if f, ok := v.(float64); ok && !math.IsNaN(f) && !math.IsInf(f, 0) {
		return jqNumber(f)
	}
	data, err := gojq.Marshal(v)
	if err != nil {
		return "null"
	}
	if j.flags['a'] {
		return escapeBeyond(string(bytes.TrimSpace(data)))
	}
	return string(data)
}

// usage ends the program with a word about its options.
func (j *jq) usage(format string, args ...any) {
	j.Errorf("jq: "+format+"\n", args...)
	j.Errorf("Use jq --help for help with command-line options,\nor see the jq manpage, or online docs  at https://stedolan.github.io/jq\n")
	j.Exit(jqUsage)
}

// openFailed says that an input cannot be read.
func (j *jq) openFailed(name string, err error) {
	j.Errorf("jq: error: Could not open file %s: %s\n", voice.OneLine(name), shell.Reason(err))
	j.inputs.status = jqUsage
}

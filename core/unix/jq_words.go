package unix

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/itchyny/gojq"
	"hsmplay/core/shell"
)

// jqWords are gojq's messages, as regular expressions, and jq's for the same. What they name
// besides is put in by [jq.reword]. They are compiled when something has failed: not while the page
// waits for its first prompt.
var jqWords = []struct{ is, say string }{
	{`^\w+path\(\["(\w+)".* cannot be applied to .*: expected an object but got: (\w+).*$`, `Cannot index $2 with string "$1"`},
	{`^\w+path\(.* cannot be applied to .*: expected an array but got: (\w+).*$`, "Cannot index $1 with number"},
	{`^expected "start" and "end" for slicing but got: (\w+).*$`, "Cannot index object with $1"},
	{`^range(?:\(.*\))? cannot be applied to: .*$`, "Range bounds must be numeric"},
	{`^expected an object but got: (\w+).*$`, `Cannot index $1 with string "%s"`},
	{`^expected an array but got: (\w+).*$`, "Cannot index $1 with number"},
	{`^expected a (?:string for object key|number for indexing an? \w+) but got: (\w+).*$`, "Cannot index object with $1"},
	{`^cannot iterate over: null$`, "Cannot iterate over null (null)"},
	{`^cannot iterate over: (.*)$`, "Cannot iterate over $1"},
	{`^cannot (add|subtract|multiply): (.*) and (.*)$`, "$2 and $3 cannot be ${1}ed"},
	{`^cannot divide: (.*) and (.*)$`, "$1 and $2 cannot be divided"},
	{`^cannot divide (.*) by: (.*)$`, "$1 and $2 cannot be divided because the divisor is zero"},
	{`^cannot modulo (.*) by: (.*)$`, "$1 and $2 cannot be divided (remainder) because the divisor is zero"},
	{`^cannot negate: (.*)$`, "$1 cannot be negated"},
	{`^length cannot be applied to: (.*)$`, "$1 has no length"},
	{`^(?:keys|to_entries) cannot be applied to: null$`, "null (null) has no keys"},
	{`^(?:keys|to_entries) cannot be applied to: (.*)$`, "$1 has no keys"},
	{`^tonumber cannot be applied to "(.*)": .*$`, "Invalid numeric literal at EOF at line 1, column %d (while parsing '$1')"},
	{`^tonumber cannot be applied to: (.*)$`, "$1 cannot be parsed as a number"},
	{`^fromjson cannot be applied to: null$`, "null (null) only strings can be parsed"},
	{`^fromjson cannot be applied to: (.*)$`, "$1 only strings can be parsed"},
	{`^has\("?.*"\) cannot be applied to: (\w+).*$`, "Cannot check whether $1 has a string key"},
	{`^has\(.*\) cannot be applied to: (\w+).*$`, "Cannot check whether $1 has a number key"},
	{`^contains\((.*)\) cannot be applied to: (.*)$`, "$2 and %t ($1) cannot have their containment checked"},
	{`^(?:explode|ascii_downcase|ascii_upcase) cannot be applied to: .*$`, "explode input must be a string"},
	{`^implode cannot be applied to: .*$`, "implode input must be an array"},
	{`^split\(.*\) cannot be applied to: .*$`, "split input and separator must be strings"},
	{`^(startswith|endswith)\(.*\) cannot be applied to: .*$`, "$1() requires string inputs"},
	{`^(?:sort|sort_by|group_by|unique|unique_by|min|max|min_by|max_by)(?:\(.*\))? cannot be applied to: (.*)$`,
		"$1 cannot be sorted, as it is not an array"},
	{`^(?:add|map|flatten|any|all|join)(?:\(.*\))? cannot be applied to: (.*)$`, "Cannot iterate over $1"},
	{`^(?:match|test|capture|scan|sub|gsub|splits)\(.*\) cannot be applied to: (.*)$`, "$1 cannot be matched, as it is not a string"},
	{`^@(\w+) cannot be applied to: (.*)$`, "$2 cannot be $1-formatted, only array"},
	{`^@(?:csv|tsv) cannot format an array including: (.*)$`, "$1 is not valid in a csv row"},
	{`^@sh cannot format an array including: (.*)$`, "$1 can not be escaped for shell"},
	{`^@base64d cannot be applied to (".*"): illegal .*$`, "string ($1) is not valid base64 data"},
	{`^format not defined: @(\w+)$`, "$1 is not a valid format"},
	{`^getpath\(.*\) cannot be applied to: .*$`, "Path must be specified as an array"},
	{`^@base64d cannot be applied to: (.*)$`, "$1 is not valid base64 data"},
	{`^array index should not be negative.*$`, "Out of bounds negative array index"},
}

// reword puts a message of gojq in jq's words; input is what the filter was run on.
func (j *jq) reword(message string, input any) string {
	for _, row := range jqWords {
		is := regexp.MustCompile(row.is)
		at := is.FindStringSubmatchIndex(message)
		if at == nil {
			continue
		}
		text := string(is.ExpandString(nil, row.say, message, at))
		text = strings.NewReplacer("multiplyed", "multiplied").Replace(text)
		switch {
		case strings.Contains(text, "%s"):
			query, _ := gojq.Parse(j.filter)
			text = strings.Replace(text, "%s", j.culprit(query, input, message), 1)
		case strings.Contains(text, "%t"):
			text = strings.Replace(text, "%t", previewKind(message[at[2]:at[3]]), 1)
		case strings.Contains(text, "%d"):
			text = strings.Replace(text, "%d", strconv.Itoa(at[3]-at[2]), 1)
		}
		return text
	}
	return message
}

// culprit finds the key at which a filter fails with a message. It follows pipes and what stands
// behind a term; of other filters it takes the first key.
func (j *jq) culprit(query *gojq.Query, input any, message string) string {
	if query == nil {
		return ""
	}
	if query.Op == gojq.OpPipe && query.Left != nil {
		outs, failed := j.try(query.Left, input, message)
		if failed {
			return j.culprit(query.Left, input, message)
		}
		for _, out := range outs {
			if _, failed := j.try(query.Right, out, message); failed {
				return j.culprit(query.Right, out, message)
			}
		}
	}
	if term := query.Term; term != nil {
		if term.Index != nil {
			bare := &gojq.Query{Term: &gojq.Term{Type: term.Type, Index: term.Index}}
			if _, failed := j.try(bare, input, message); failed {
				return keyName(term.Index)
			}
		}
		for i, suffix := range term.SuffixList {
			part := *term
			part.SuffixList = term.SuffixList[:i+1]
			if _, failed := j.try(&gojq.Query{Term: &part}, input, message); failed && suffix.Index != nil {
				return keyName(suffix.Index)
			}
		}
	}
	if m := firstKey().FindStringSubmatch(j.filter); m != nil {
		return m[1]
	}
	return ""
}

// firstKey is a key of a filter.
var firstKey = shell.Pattern(`\.([A-Za-z_]\w*)`)

// previewKind is the type of a value as a message shows it.
func previewKind(preview string) string {
	kinds := map[byte]string{'"': "string", '[': "array", '{': "object", 't': "boolean", 'f': "boolean", 'n': "null"}
	if kind, ok := kinds[preview[0]]; ok {
		return kind
	}
	return "number"
}

func keyName(index *gojq.Index) string {
	if index.Name != "" {
		return index.Name
	}
	if index.Str != nil {
		return index.Str.Str
	}
	if index.Start != nil && index.Start.Term != nil && index.Start.Term.Str != nil {
		return index.Start.Term.Str.Str
	}
	return ""
}

// try runs a part of the filter and reports whether it fails with the message.
func (j *jq) try(query *gojq.Query, input any, message string) (outs []any, failed bool) {
	code, err := gojq.Compile(query)
	if err != nil {
		return nil, false
	}
	iter := code.RunWithContext(j.Counted(), input)
	for len(outs) < 1000 {
		out, ok := iter.Next()
		if !ok {
			break
		}
		if err, bad := out.(error); bad {
			return outs, err.Error() == message
		}
		outs = append(outs, out)
	}
	return outs, false
}

// syntax says where a filter cannot be read.
func (j *jq) syntax(err error) {
	what, line := "$end", 1+strings.Count(j.filter, "\n")
	var bad *gojq.ParseError
	if errors.As(err, &bad) && bad.Token != "" {
		what = tokenKind(bad.Token)
		line = 1 + strings.Count(j.filter[:min(bad.Offset, len(j.filter))], "\n")
	}
	j.Errorf("jq: error: syntax error, unexpected %s (Unix shell quoting issues?) at <top-level>, line %d:\n%s\njq: 1 compile error\n",
		what, line, j.filter)
}

// tokenKind is what jq calls a token.
func tokenKind(token string) string {
	switch c := token[0]; {
	case c == '"':
		return "QQSTRING_START"
	case c >= '0' && c <= '9':
		return "LITERAL"
	case c == '.' && len(token) > 1:
		return "FIELD"
	case c|0x20 >= 'a' && c|0x20 <= 'z' || c == '_' || c == '$':
		return "IDENT"
	case strings.IndexByte("[](){}|,.:;=+-*/%<>?", c) >= 0:
		return "'" + token + "'"
	}
	return "INVALID_CHARACTER"
}

// notDefined says which function, variable or module there is not.
func (j *jq) notDefined(err error) {
	message := err.Error()
	if name, ok := strings.CutPrefix(message, "function not defined: "); ok {
		message = name + " is not defined"
	}
	if name, ok := strings.CutPrefix(message, "variable not defined: "); ok {
		message = name + " is not defined"
	}
	if name, ok := strings.CutPrefix(message, "cannot load module: "); ok {
		j.Errorf("jq: error: module not found: %s\n\njq: 1 compile error\n", strings.Trim(name, `"`))
		return
	}
	j.Errorf("jq: error: %s at <top-level>, line 1:\n%s\njq: 1 compile error\n", message, j.filter)
}

// jqNumber is a number with a fraction, or a large one, in jq's form: 17 digits at most, an
// exponent of two digits.
func jqNumber(f float64) string {
	mantissa, exponent, _ := strings.Cut(strconv.FormatFloat(f, 'e', -1, 64), "e")
	digits := strings.Replace(strings.TrimPrefix(mantissa, "-"), ".", "", 1)
	n, _ := strconv.Atoi(exponent)
	if n+1 > -4 && n+1 <= len(digits)+15 {
		return strconv.FormatFloat(f, 'f', -1, 64)
	}
	return fmt.Sprintf("%se%+03d", mantissa, n)
}

// escapeBeyond writes what is beyond ASCII as \uXXXX.
func escapeBeyond(text string) string {
	var b strings.Builder
	for _, r := range text {
		switch {
		case r < 0x80:
			b.WriteRune(r)
		case r > 0xffff:
			high, low := utf16.EncodeRune(r)
			fmt.Fprintf(&b, `\u%04x\u%04x`, high, low)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	return b.String()
}

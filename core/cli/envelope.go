package cli

import (
	"bytes"
	"encoding/json"

	"hsmplay/core/command"
	"hsmplay/core/voice"
)

// envelope is what every command answers with (spec/cloudhsm-cli.md 1.6).
type envelope struct {
	ErrorCode int `json:"error_code"`
	Data      any `json:"data"`
}

// message is the data of commands that say no more than that they are done.
type message struct {
	Message string `json:"message"`
}

// answer is success: data is a text or an object.
func answer(data any) command.Outcome { return command.Outcome{Text: written(envelope{0, data})} }

// done is success that says so.
func done(text string) command.Outcome { return answer(message{text}) }

// failed is a refusal, whose words stand in the table of wordings; err carries its return code.
func failed(err error, text string, notes ...voice.Note) command.Outcome {
	return command.Outcome{Text: written(envelope{1, text}), Err: err, Status: 1, Notes: notes}
}

// written is a value as JSON, indented by two blanks, with nothing escaped that needs not be.
func written(value any) string { return string(indented(JSON(value, ""))) }

// JSON is plain data of our own as a client writes it: nothing is escaped that needs not be, and a
// line ends it. With indent "" it stands on one line.
func JSON(value any, indent string) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", indent)
	if err := e.Encode(value); err != nil { // plain data always marshals
		panic("cli: " + err.Error())
	}
	return b.Bytes()
}

// indented lays out JSON that has no blanks, as json.Indent does but without reading it a second
// time, and puts the two line separators back that encoding/json escapes for JavaScript's sake.
func indented(text []byte) []byte {
	out := make([]byte, 0, 3*len(text))
	depth := 0
	for i := 0; i < len(text); i++ {
		switch c := text[i]; c {
		case '"':
			end := textEnd(text, i)
			out = appendRaw(out, text[i:end])
			i = end - 1
		case '{', '[':
			if text[i+1] == c+2 { // its own end
				out = append(out, c, c+2)
				i++
				continue
			}
			depth++
			out = newLine(append(out, c), depth)
		case '}', ']':
			depth--
			out = append(newLine(out, depth), c)
		case ',':
			out = newLine(append(out, c), depth)
		case ':':
			out = append(out, c, ' ')
		default:
			out = append(out, c)
		}
	}
	return out
}

// textEnd is behind the quote that ends the text that begins at from.
func textEnd(text []byte, from int) int {
	for end := from + 1; ; end++ {
		switch text[end] {
		case '\\':
			end++
		case '"':
			return end + 1
		}
	}
}

// newLine begins a line.
func newLine(out []byte, depth int) []byte {
	out = append(out, '\n')
	for range depth {
		out = append(out, "  "...)
	}
	return out
}

// appendRaw appends a text with its line separators as they are.
func appendRaw(out, text []byte) []byte {
	if !bytes.Contains(text, []byte(`\u202`)) {
		return append(out, text...)
	}
	for i := 0; i < len(text); i++ {
		if text[i] != '\\' {
			out = append(out, text[i])
			continue
		}
		switch rest := text[i:]; {
		case bytes.HasPrefix(rest, []byte(`\u2028`)):
			out = append(out, "\u2028"...)
			i += 5
		case bytes.HasPrefix(rest, []byte(`\u2029`)):
			out = append(out, "\u2029"...)
			i += 5
		default:
			out = append(out, rest[:2]...)
			i++
		}
	}
	return out
}

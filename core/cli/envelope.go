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
func written(value any) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(value); err != nil { // values of our own always marshal
		panic("cli: " + err.Error())
	}
	return raw(b.Bytes())
}

// raw puts the two line separators back that encoding/json escapes for JavaScript's sake.
func raw(text []byte) string {
	var b bytes.Buffer
	for i := 0; i < len(text); i++ {
		if text[i] != '\\' || i+1 == len(text) {
			b.WriteByte(text[i])
			continue
		}
		switch rest := text[i:]; {
		case bytes.HasPrefix(rest, []byte(`\u2028`)):
			b.WriteString("\u2028")
			i += 5
		case bytes.HasPrefix(rest, []byte(`\u2029`)):
			b.WriteString("\u2029")
			i += 5
		default:
			b.Write(rest[:2])
			i++
		}
	}
	return b.String()
}

package command

import (
	"slices"
	"strings"
)

// writable reports whether a text can be typed between double quotes.
func writable(text string) bool {
	_, ok := quote(text, DoubleQuotes)
	return ok
}

// unstyled is a text without the single quotes around it, or those of a word processor.
func unstyled(text string) string {
	const quotes = "'\u2018\u2019\u201c\u201d\u201e"
	if inner := strings.Trim(text, quotes); inner != "" && len(text)-len(inner) > 1 {
		return inner
	}
	return text
}

// nearestOption looks for the option that the unknown one at word i may have meant: another
// spelling, or this command's name for the handle that other commands call otherwise.
func (m Match[E]) nearestOption(i int) Near {
	if near := nearestOption(m.Words[i].Text, m.Spec.Params); near.How != Far {
		return near
	}
	if i+1 < len(m.Words) && digits(m.Words[i+1].Text) && slices.Contains(handleNames, bareOption(m.Words[i].Text)) {
		return m.missingHandle()
	}
	return Near{}
}

// handleNames are what the commands of the tools call the handle of a key, and what learners do.
var handleNames = []string{"k", "o", "w", "key", "object", "obj", "handle"}

// missingHandle is the one required handle that was not given.
func (m Match[E]) missingHandle() Near {
	var missing []string
	for i := range m.Spec.Params {
		if p := &m.Spec.Params[i]; p.Kind == Handle && p.Flag != "" && !p.Optional && !m.Bound[i].Given {
			missing = append(missing, p.Flag)
		}
	}
	if len(missing) != 1 {
		return Near{}
	}
	return Near{Slip, missing}
}

package sim

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"hsmplay/core/cluster"
	"hsmplay/core/command"
	"hsmplay/core/voice"
)

// everyHSM are words for all HSMs.
var everyHSM = []string{"all", "every", "each", "both", "any", "everything", "--all", "-a", "*"}

// several says to a line that names more than one HSM, such as `hsm stop all` and `hsm stop 1,2`,
// that a verb takes one, and offers the line for each; other lines keep their notes.
func (w *World) several(words []string, out command.Outcome) command.Outcome {
	var fault *command.Fault
	if !errors.As(out.Err, &fault) || len(words) < 2 {
		return out
	}
	if line, ok := command.Say(verbSays, words); ok {
		words = command.Texts(command.Split(line, command.ShellQuotes))
	}
	spec := verbs.Lookup(words[0])
	if spec == nil || len(spec.Params) == 0 || spec.Params[0].Kind != command.Node {
		return out
	}
	nodes, rest, named := w.nodesNamed(spec, words[1:])
	more := slices.DeleteFunc(slices.Clone(spec.Params[1:]), func(p command.Param) bool { return p.Optional })
	if !named || len(rest) < len(more) {
		return out
	}
	if len(nodes) == 0 {
		out.Notes = []voice.Note{voice.Say(voice.NodesNone, "verb", spec.Name)}
		return out
	}
	var lines []string
	for _, n := range nodes {
		lines = append(lines, command.Joined(slices.Concat([]string{"hsm", spec.Name, n}, rest)))
	}
	out.Notes = []voice.Note{voice.Say(voice.NodesOne, "verb", spec.Name, "line", strings.Join(lines, "; "), voice.Else, lines[0])}
	return out
}

// nodesNamed are the HSMs that the first words behind a verb name, where those are several, and the
// words behind.
func (w *World) nodesNamed(spec *command.Spec[*World], words []string) (nodes, rest []string, ok bool) {
	if slices.Contains(everyHSM, strings.ToLower(words[0])) {
		nodes, _ = fillVerb(w, command.Place{Command: spec.Name, Param: &spec.Params[0]})
		slices.Reverse(nodes)
		return nodes, words[1:], true
	}
	for len(words) > 0 {
		list := numbersIn(words[0])
		if list == nil {
			break
		}
		nodes, words = append(nodes, list...), words[1:]
	}
	return nodes, words, len(nodes) > 1
}

// numbersIn are the numbers of a word such as 1, 1,2 or 0-2, none for another.
func numbersIn(word string) (list []string) {
	for part := range strings.FieldsFuncSeq(word, func(r rune) bool { return strings.ContainsRune(",;+&", r) }) {
		first, last, isRange := strings.Cut(part, "-")
		from, err := strconv.Atoi(first)
		to := from
		if isRange && err == nil {
			to, err = strconv.Atoi(last)
		}
		if err != nil || from < 0 || to < from || to-from > nodesMax {
			return nil
		}
		for n := from; n <= to; n++ {
			list = append(list, strconv.Itoa(n))
		}
	}
	return list
}

// nodesMax bounds how many HSMs a range may name.
const nodesMax = cluster.NodesMax

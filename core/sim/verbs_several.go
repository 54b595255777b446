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
// that a verb takes one, and offers the line for each, or for as many as it works for; other lines
// keep their notes.
func (w *World) several(words []string, out command.Outcome) command.Outcome {
	var fault *command.Fault
	if !errors.As(out.Err, &fault) {
		return out
	}
	if note, ok := w.again(words); ok {
		out.Notes = []voice.Note{note}
		return out
	}
	if line, ok := command.Say(verbSays, words); ok {
		words = command.Texts(command.Split(line, command.ShellQuotes))
	}
	spec := verbs.Lookup(words[0])
	if spec == nil || len(words) < 2 || len(spec.Params) == 0 || spec.Params[0].Kind != command.Node {
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
	id := voice.NodesOne
	if spec.Name == "remove" && len(nodes) == len(w.cluster.Nodes) {
		id, nodes = voice.NodesLeft, nodes[:len(nodes)-1]
	}
	var lines []string
	for _, n := range nodes {
		lines = append(lines, command.Joined(slices.Concat([]string{"hsm", spec.Name, n}, rest)))
	}
	args := []any{"verb", spec.Name, "line", strings.Join(lines, "; ")}
	for n := len(lines) - 1; n > 0; n-- {
		args = append(args, voice.Else, strings.Join(lines[:n], "; "))
	}
	out.Notes = []voice.Note{voice.Say(id, args...)}
	return out
}

// again says to words for switching an HSM off and on that this takes two lines. Where HSMs are
// down, those are meant.
func (w *World) again(words []string) (voice.Note, bool) {
	stop := verbs.Lookup("stop")
	word := strings.ToLower(words[0])
	if !slices.Contains(restarts, word) || word == "reset" && len(words) == 1 || w.reached() < len(w.cluster.Nodes) {
		return voice.Note{}, false
	}
	nodes, _ := fillVerb(w, command.Place{Command: stop.Name, Param: &stop.Params[0]})
	if nodes = nodes[:1]; len(words) > 1 {
		nodes, _, _ = w.nodesNamed(stop, words[1:])
	}
	var lines []string
	for _, n := range nodes {
		lines = append(lines, "hsm stop "+n, "hsm start "+n)
	}
	return voice.Say(voice.NodesAgain, "word", voice.Word(words[0]), "line", strings.Join(lines, "; ")), lines != nil
}

// restarts are words for switching an HSM off and on.
var restarts = strings.Fields("restart reboot reset cycle power-cycle powercycle bounce")

// nodesNamed are the HSMs that the first words behind a verb name, and the words behind; it answers
// whether they name several, or one in other words than its number.
func (w *World) nodesNamed(spec *command.Spec[*World], words []string) (nodes, rest []string, ok bool) {
	if slices.Contains(everyHSM, strings.ToLower(words[0])) {
		nodes, _ = fillVerb(w, command.Place{Command: spec.Name, Param: &spec.Params[0]})
		if spec.Name != "remove" { // of those the first one stays
			slices.Reverse(nodes)
		}
		return nodes, words[1:], true
	}
	plain := true
	for ; len(words) > 0; words = words[1:] {
		list := numbersIn(words[0])
		if len(nodes) > 0 && len(spec.Params) > 1 && !spec.Params[1].Optional {
			break // hsm delay 1 500 ms
		}
		if list == nil {
			if list = w.nodesCalled(words[0]); list == nil && !slices.Contains(nouns, strings.ToLower(words[0])) {
				break
			}
			plain = false
		}
		nodes = append(nodes, list...)
	}
	return nodes, words, len(nodes) > 1 || len(nodes) > 0 && !plain
}

// nouns may stand before the number of an HSM.
var nouns = strings.Fields("hsm hsms node nodes server servers number no nr #")

// nodesCalled are the numbers of the HSMs with an address.
func (w *World) nodesCalled(address string) (list []string) {
	for _, n := range w.cluster.All() {
		if n.IP == address {
			list = append(list, strconv.Itoa(n.HSM.Node))
		}
	}
	return list
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

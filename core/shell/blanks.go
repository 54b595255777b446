package shell

import (
	"slices"
	"strings"

	"hsmplay/core/command"
	"hsmplay/core/voice"
)

// reblanked are the lines that words make whose blanks were typed in another place: those that only
// a blank explains, as of `rm- rf f`, `c at f` and `ls-l`, and those that may be something else.
func (m *Machine) reblanked(args []string) (sure, perhaps []string) {
	known := m.known()
	is := func(name string) bool { return slices.Contains(known, name) }
	name, rest := args[0], args[1:]
	line := func(words ...string) string { return command.Joined(words) }
	last := len(name) - 1
	if len(rest) > 0 && rest[0] != "" && last > 0 {
		begins, next := name[:last], slices.Concat([]string{name[last:] + rest[0]}, rest[1:])
		switch moved := line(slices.Concat([]string{begins}, next)...); {
		case is(begins) && strings.HasPrefix(next[0], "-"):
			sure = append(sure, moved)
		case is(begins):
			perhaps = append(perhaps, moved)
		}
	}
	if len(rest) > 0 && is(name+rest[0]) {
		sure = append(sure, line(slices.Concat([]string{name + rest[0]}, rest[1:])...))
	} else if len(rest) > 0 {
		for at := range rest[0] {
			if whole := name + rest[0][:at]; at > 0 && is(whole) {
				perhaps = append(perhaps, line(slices.Concat([]string{whole, rest[0][at:]}, rest[1:])...))
			}
		}
	}
	for at := last; at >= 2; at-- {
		begins, more := name[:at], name[at:]
		if !slices.Contains(attentive, begins) || !is(begins) {
			continue
		}
		moved := line(slices.Concat([]string{begins, more}, rest)...)
		switch verb := strings.TrimLeft(more, "-_"); {
		case strings.HasPrefix(more, "-") && len(rest) == 0 && verb == "":
			sure = append(sure, moved) // cd-
		case more[0] == '-' || more[0] == '_':
			sure = append(sure, moved, line(slices.Concat([]string{begins, verb}, rest)...))
		case slices.Contains(places, more):
			sure = append(sure, begins+" "+more)
		case strings.HasPrefix(more, "/"), strings.HasPrefix(more, "../"), strings.HasPrefix(more, "./"):
			sure = append(sure, moved)
		case begins != "rm":
			perhaps = append(perhaps, moved)
		}
	}
	if strings.HasSuffix(name, ".sh") && !strings.Contains(name, "/") {
		perhaps = append(perhaps, line(slices.Concat([]string{"./" + name}, rest)...), line(slices.Concat([]string{"bash", name}, rest)...))
	}
	return sure, perhaps
}

// attentive are programs that refuse what they cannot use, so that a word which only begins as their
// name does becomes no line that works by chance, as test and echo would make of testing and echoes.
var attentive = []string{"base64", "cat", "cd", "cp", "explain", "grep", "head", "hsm", "ls", "mkdir", "mv", "openssl", "rm", "service",
	"sha256sum", "sudo", "systemctl", "tail", "wc", "xxd"}

// places are words that stand for a directory.
var places = []string{".", "..", "~"}

// nearestOf offers the first of some lines that works.
func nearestOf(name string, lines []string) voice.Note {
	args := []any{"name", name, "line", lines[0]}
	for _, other := range lines[1:min(len(lines), reblankedMax)] {
		args = append(args, voice.Else, other)
	}
	return voice.Say(voice.ShellNearest, args...)
}

// reblankedMax is how many lines are tried for one.
const reblankedMax = 4

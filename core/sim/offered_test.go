package sim

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"hsmplay/core/cmu"
	"hsmplay/core/command"
	"hsmplay/core/internal/slips"
	"hsmplay/core/kmu"
	"hsmplay/core/shell"
	"hsmplay/core/voice"
)

// Every line that a note, Next, a help page or completion offers is typed, in many worlds, each on
// a copy: it ends without a fault, at a question, in a wait, or with the code that it is said to
// end with. A plain test types a sample of the lines that provoke notes; HSMPLAY_OFFERED=all types
// them all.

// offeredSample is of how many provoking lines one is typed in a plain test.
const offeredSample = 23

func TestEveryOfferedLineWorks(t *testing.T) {
	all := os.Getenv("HSMPLAY_OFFERED")
	for n, s := range settings {
		if all != "" && all != "all" && all != s.name {
			continue
		}
		t.Run(s.name, func(t *testing.T) {
			v := visit(t, s)
			v.next()
			v.completion()
			i := 0
			for tab, lines := range provoking {
				for _, line := range lines {
					if i++; all != "" || (i+n)%offeredSample == 0 {
						v.provoke(provokingTabs[tab], line)
					}
				}
			}
			if all != "" || n%7 == 0 {
				v.help()
			}
		})
	}
}

// visitor is a world with a tab for each program.
type visitor struct {
	t     *testing.T
	world *World
	tabs  map[string]int
	said  map[string]string
}

// visit makes the world of a setting.
func visit(t *testing.T, s setting) *visitor {
	s.options.Source, s.options.Seed, s.options.Wall = oneKey, 7, 1763985600000
	v := &visitor{t: t, world: New(s.options), tabs: map[string]int{}, said: map[string]string{}}
	for _, tab := range []string{inBash, inKMU, inCMU} {
		turn := v.world.Open("", 80)
		v.tabs[tab] = turn.Terminal
	}
	for _, step := range s.steps {
		if v.tabs[step.Tab] == 0 {
			v.tabs[step.Tab] = v.world.Open("", 80).Terminal
		}
		turn := v.world.Type(v.tabs[step.Tab], step.Line)
		for turn.State == shell.Waits && v.world.Jump(turn.Terminal) {
			turn = v.world.machine.Terminal(turn.Terminal).Now()
		}
		require.NotEqual(t, shell.Waits, turn.State, step.Line)
	}
	return v
}

// typed types a line on a copy; tab 0 is a new one.
func (v *visitor) typed(terminal int, line string) Turn {
	f := v.world.Fork()
	defer f.Shut()
	if terminal == 0 {
		terminal = f.Open("", 80).Terminal
	}
	return f.Type(terminal, line)
}

// works types an offered line at a terminal.
func (v *visitor) works(terminal int, line, where string) {
	key := fmt.Sprint(terminal, line)
	if _, seen := v.said[key]; seen {
		return
	}
	v.said[key] = where
	turn := v.typed(terminal, line)
	if line == "exit" && turn.State == "closed" {
		return // with the status of the line before
	}
	assert.True(v.t, turn.Works(), "%s offers %q at %q: %s%s", where, line, turn.At, turn.Text, noteText(turn))
}

// offeredBy types what notes offer, and what their ids are tells where.
func (v *visitor) offeredBy(terminal int, notes []shell.Note, where string) {
	for _, n := range notes {
		for _, sentence := range voice.Sentences(n.Parts) {
			at := terminal
			if voice.InNewTab(sentence) {
				at = 0
			}
			for _, line := range voice.Offers(sentence) {
				v.works(at, line, where+", "+string(n.ID))
			}
		}
	}
}

// next types the rows of Next in each tab and in a new one.
func (v *visitor) next() {
	for _, tab := range []string{inBash, inKMU, inCMU} {
		for _, line := range v.world.Next(v.tabs[tab]) {
			if !v.seen(tab, line) {
				v.works(v.tabs[tab], line, "Next in "+tab)
			}
		}
	}
}

// seen reports whether a line is a step that is there to see it refused, and is.
func (v *visitor) seen(tab, line string) bool {
	now := v.world.machine.Terminal(v.tabs[tab]).Now()
	g := &guide{w: v.world, program: now.Program, user: now.User, prompt: now.Prompt, dir: shell.Home}
	shown := slices.ContainsFunc(steps, func(s step) bool { return s.refused && s.line(g) == line })
	turn := v.typed(v.tabs[tab], line)
	return shown && turn.Code != nil && *turn.Code != 0
}

// provoke types a line and what the notes to it offer.
func (v *visitor) provoke(tab, line string) {
	turn := v.typed(v.tabs[tab], line)
	v.offeredBy(v.tabs[tab], turn.Notes, fmt.Sprintf("%q in %s", line, tab))
}

// program is what runs in a tab.
func (v *visitor) program(tab string) string {
	return v.world.machine.Terminal(v.tabs[tab]).Now().Program
}

// helpName finds the commands that a list of commands names, one a line.
var helpName = regexp.MustCompile(`(?m)^\s*([A-Za-z_][A-Za-z0-9_]+)\b`)

// help asks for the list of commands and then for each.
func (v *visitor) help() {
	if v.program(inKMU) == kmu.Name {
		v.helpOf(inKMU, "help", func(name string) string { return name + " -h" })
	}
	if v.program(inCMU) == cmu.Name {
		v.helpOf(inCMU, "help", func(name string) string { return "help " + name })
	}
	v.works(v.tabs[inBash], "hsm help", "help")
	for _, row := range verbs.Specs {
		v.works(v.tabs[inBash], "hsm "+row.Name+" --help", "help")
	}
}

func (v *visitor) helpOf(tab, line string, about func(name string) string) {
	turn := v.typed(v.tabs[tab], line)
	names := 0
	for _, found := range helpName.FindAllStringSubmatch(turn.Text, -1) {
		if slices.Contains(commandsOf[tab], found[1]) {
			names++
			v.works(v.tabs[tab], about(found[1]), "help in "+tab)
		}
	}
	require.Greater(v.t, names, 5, "%s lists commands: %s", line, turn.Text)
}

// completion completes line after line, choice after choice: what stands there is understood, and
// what is whole works.
func (v *visitor) completion() {
	for _, tab := range []string{inBash, inKMU, inCMU} {
		if v.program(tab) == "bash" {
			continue // bash completes programs and files
		}
		for _, name := range v.choices(tab, "") {
			v.completed(tab, name, 0)
		}
	}
	for _, name := range v.choices(inBash, "hsm ") {
		v.completed(inBash, "hsm "+name, 0)
	}
}

// choices are the words that a line is completed by, with what follows.
func (v *visitor) choices(tab, line string) (words []string) {
	for _, c := range v.world.Complete(v.tabs[tab], line, len(line)).Choices {
		words = append(words, c.Word)
	}
	return words
}

// completed looks at a line that ends in a completed word, and completes on: all choices of the
// next word are understood, and with the first it works, if it does with any.
func (v *visitor) completed(tab, line string, depth int) {
	if v.whole(tab, line) && (depth > 0 || v.typed(v.tabs[tab], line).Works()) {
		v.leads(tab, line)
		return
	}
	next := v.world.Complete(v.tabs[tab], line+" ", len(line)+1)
	for i, c := range next.Choices {
		longer := (line + " ")[:next.From] + strings.TrimRight(c.Word, " ")
		v.explained(tab, longer)
		if i == 0 && depth < 12 {
			defer v.completed(tab, longer, depth+1)
		}
	}
}

// whole reports whether a completed line lacks nothing.
func (v *visitor) whole(tab, line string) bool {
	e := v.world.Explain(v.tabs[tab], line+" ", len(line)+1)
	inValue := e.Current >= 0 && strings.HasSuffix(line, " "+e.Slots[e.Current].Word)
	return e.Fault == "" && !inValue && !slices.ContainsFunc(e.Slots, func(s command.Slot) bool { return !s.Filled && !s.Optional })
}

// leads types a whole line that was made of first choices. Where it fails, so does it with any
// other choice in one of its places.
func (v *visitor) leads(tab, line string) {
	turn := v.typed(v.tabs[tab], line)
	if turn.Works() {
		return
	}
	words := strings.Split(line, " ")
	for i := 1; i < len(words); i++ {
		if words[i][0] == '-' || tab == inBash && i == 1 {
			continue
		}
		before := strings.Join(words[:i], " ") + " "
		for _, c := range v.world.Complete(v.tabs[tab], before, len(before)).Choices {
			other := strings.Join(append(append(slices.Clone(words[:i]), c.Word), words[i+1:]...), " ")
			if v.whole(tab, other) && v.typed(v.tabs[tab], other).Works() {
				assert.Fail(v.t, "completion leads nowhere", "first choices in %s make %q, which fails, and %q works: %s%s", tab, line, other, turn.Text, noteText(turn))
				return
			}
		}
	}
}

// explained explains a line with a blank behind it: it is right so far.
func (v *visitor) explained(tab, line string) command.Explanation {
	e := v.world.Explain(v.tabs[tab], line+" ", len(line)+1)
	assert.Empty(v.t, e.Fault, "completion in %s makes %q", tab, line)
	return e
}

// provokingTabs are the tabs of provoking lines.
var provokingTabs = []string{inBash, inKMU, inCMU}

// commandsOf are the commands of the tools.
var commandsOf = map[string][]string{inKMU: names(kmu.Commands.Specs), inCMU: slices.Concat(names(cmu.Global.Specs), names(cmu.Single.Specs))}

// provoking are lines that notes are said to, in bash and at the two tools: each command as it
// stands, with help, spoilt, and lines that work in the worlds of slips.
var provoking = func() (lists [3][]string) {
	for i, tab := range provokingTabs {
		var lines []string
		for _, w := range slips.Worlds {
			lines = append(lines, w.Lines[tab]...)
		}
		for _, name := range commandsOf[tab] {
			lines = append(lines, name, name+" -h", name+" --help", name+" 6", name+" x y", name+" -k 6", name+" -x 1", "help "+name, strings.ToLower(name), name[:len(name)-1])
		}
		slices.Sort(lines)
		lines = slices.Compact(lines)
		for _, line := range lines {
			words := strings.Fields(line)
			for j := 1; j < len(words); j++ {
				without := strings.Join(slices.Delete(slices.Clone(words), j, j+1), " ")
				spoilt := slices.Clone(words)
				spoilt[j] = "zzz"
				large := slices.Clone(words)
				large[j] = "99998"
				lines = append(lines, without, strings.Join(spoilt, " "), strings.Join(large, " "))
			}
		}
		slices.Sort(lines)
		lists[i] = slices.Compact(lines)
	}
	lists[0] = append(lists[0], "kmu", "cmu", "hms status", "hsm stat", "hsm", "hsm stop", "hsm stop 9", "hsm start", "hsm explode", "findKey", "listUsers",
		"loginHSM CO admin password", "service cloudhsm-client", "opnssl version", "openssl foo", "openssl genrsa -out x.key 1000", "explain", "explain 0x999", "hsm clock 5", "hsm profile x")
	return lists
}()

package sim

import (
	"context"
	"crypto/rsa"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"hsmplay/core/internal/slips"
	"hsmplay/core/internal/transcript"
	"hsmplay/core/mech"
	"hsmplay/core/shell"
	"hsmplay/core/voice"
)

// Every note is brought about by real lines in a real world, and stands there as it is shown, in
// testdata/notes/*.txt. A file is a list of worlds and of notes in them:
//
//	= a world           begins a world, with options behind its name: nodes=2 keys=40 non-fips slow
//	kmu> findKey        a line for a terminal; those in front of the first note make the world
//	- kmu.not-logged-in begins a note, whose lines are typed in a copy of the world, one behind the other
//	~ kmu.not-logged-in Nobody is logged in yet. …
//
// A line that begins with ~ is a note as the last line brought it, code between back quotes; -update
// writes these. In place of a line ^C interrupts, ^D ends, … lets time pass until nothing waits,
// give up ends a wait that nothing ends, and go lets a page go and come back. In a slow world RSA
// keys take for ever, and a tool's line that ends in & is left while it works.
func TestNotesAreShownAsTheyStand(t *testing.T) {
	shown := map[voice.ID]bool{}
	for _, file := range noteFiles(t) {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			worlds, comments := readNotes(t, file)
			text := comments
			for i, world := range worlds {
				if i > 0 || text != "" {
					text += "\n"
				}
				text += world.play(t, shown)
			}
			transcript.Golden(t, file, text)
		})
	}
	for _, row := range voice.Table {
		kind, _, _ := strings.Cut(string(row.ID), ".") // others are no answers to lines that have ended
		assert.True(t, shown[row.ID] || slices.Contains([]string{"lesson", "would", "final", "why", "rule"}, kind) || elsewhere[row.ID] != "", "no line of testdata/notes brings %s: %s", row.ID, row.Text)
	}
}

// elsewhere are notes that no short line brings, with what brings them.
var elsewhere = map[voice.ID]string{
	voice.ShellSteps:       "a line of seconds; core/shell brings it under smaller limits",
	voice.ShellOutput:      "the same",
	voice.Dropped:          "Ctrl-C while something is computed with an RSA key, within milliseconds; core/kmu ends such a wait",
	voice.ShellRestored:    "a saved world in which a tool asks or waits; core/shell loads one",
	voice.ShellFault:       "a fault of the playground itself; core/shell has a program with one",
	voice.LabelTooLong:     "a wrapped key's file that somebody has made; core/kmu makes one",
	voice.CMUTooManyKeys:   "an HSM that is full and lacks a key; core/cmu fills one",
	voice.CMUTooManyTokens: "as many quorum tokens as fit, a thousand; core/cmu has them",
}

func noteFiles(t *testing.T) []string {
	files, err := filepath.Glob("testdata/notes/*.txt")
	require.NoError(t, err)
	return files
}

// noteWorld is a world in which lines bring notes.
type noteWorld struct {
	head  string   // name and options
	setup []string // lines with the names of their terminals
	notes []noteRow
}

// noteRow are the lines that bring a note.
type noteRow struct {
	id    voice.ID
	lines []string
}

// readNotes reads a file of worlds and the comments at its head.
func readNotes(t *testing.T, file string) (worlds []noteWorld, comments string) {
	data, err := os.ReadFile(file)
	require.NoError(t, err)
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSuffix(line, "\n")
		switch mark, rest, _ := strings.Cut(line, " "); {
		case mark == "#" && worlds == nil:
			comments += line + "\n"
		case line == "" || mark == "~":
		case mark == "=":
			worlds = append(worlds, noteWorld{head: rest})
		case mark == "-":
			w := &worlds[len(worlds)-1]
			w.notes = append(w.notes, noteRow{id: voice.ID(rest)})
		default:
			require.True(t, strings.HasSuffix(mark, ">"), "%s: %s", file, line)
			w := &worlds[len(worlds)-1]
			if len(w.notes) == 0 {
				w.setup = append(w.setup, line)
				continue
			}
			n := &w.notes[len(w.notes)-1]
			n.lines = append(n.lines, line)
		}
	}
	return worlds, comments
}

// options are those of the world.
func (n noteWorld) options() Options {
	o := Options{Seed: 7, Wall: 1763985600000, Source: oneKey}
	for _, word := range strings.Fields(n.head) {
		fmt.Sscanf(word, "nodes=%d", &o.Nodes)
		fmt.Sscanf(word, "keys=%d", &o.KeysMax)
		fmt.Sscanf(word, "sessions=%d", &o.SessMax)
		o.NonFIPS = o.NonFIPS || word == "non-fips"
		if word == "slow" {
			o.Source = neverMade
		}
	}
	return o
}

// neverMade is a source of RSA keys that is still at the first when it is interrupted.
var neverMade = mech.Source{RSA: func(ctx context.Context, _ int) (*rsa.PrivateKey, error) {
	<-ctx.Done()
	return nil, ctx.Err()
}}

// begin makes the world.
func (n noteWorld) begin(t *testing.T) *noteStage {
	s := &noteStage{t: t, tabs: map[string]int{}, typed: make(chan struct{}, 1)}
	o := n.options()
	o.Listen = s.listen
	s.world = New(o)
	for _, line := range n.setup {
		s.play(line)
	}
	return s
}

// play brings all notes of a world about and returns it as it is written.
func (n noteWorld) play(t *testing.T, shown map[voice.ID]bool) string {
	s := n.begin(t)
	defer s.world.Shut()
	text := "= " + n.head + "\n"
	for _, line := range n.setup {
		text += line + "\n"
	}
	for _, row := range n.notes {
		text += "\n- " + string(row.id) + "\n"
		for _, line := range row.lines {
			text += line + "\n"
		}
		notes, printed := s.bring(n, row)
		notes = slices.DeleteFunc(notes, func(note shell.Note) bool { return beside(note.ID, row.id) })
		for _, note := range notes {
			shown[note.ID] = true
			text += "~ " + quoted(note.Parts) + "\n"
			offersAreSeen(t, note)
		}
		assert.True(t, slices.ContainsFunc(notes, func(n shell.Note) bool { return n.ID == row.id }), "%s: %q brings no %s: %s%v", n.head, row.lines, row.id, printed, notes)
	}
	return text
}

// offersAreSeen fails on a note whose offered lines a reader who only knows the openings would take
// for others than the playground does, and on one that offers a blank.
func offersAreSeen(t *testing.T, note shell.Note) {
	var parts []slips.Part
	for _, p := range note.Parts {
		parts = append(parts, slips.Part{Text: p.Text, Code: p.Code})
	}
	offers := voice.Offers(note.Parts)
	assert.Equal(t, slips.Offers(parts), offers, quoted(note.Parts))
	for _, line := range offers {
		assert.NotRegexp(t, `\b(HANDLE|FILE|NAME|KEY|SIG|SIGNATURE|BACKUP)\b|\{`, line, quoted(note.Parts))
	}
}

// beside reports whether a note is one that a first success or a token brings along, in a row about
// another.
func beside(id, about voice.ID) bool {
	room := func(id voice.ID) bool {
		return strings.HasPrefix(string(id), "happened.") || strings.HasPrefix(string(id), "approval.")
	}
	return room(id) && !room(about)
}

// quoted is a note as it is written, code between back quotes.
func quoted(parts []voice.Part) string {
	var b strings.Builder
	for _, p := range parts {
		if p.Code {
			b.WriteString("`" + p.Text + "`")
			continue
		}
		b.WriteString(p.Text)
	}
	return b.String()
}

// noteStage is a world with terminals that are called by name and open when they are named first.
type noteStage struct {
	t     *testing.T
	world *World
	tabs  map[string]int
	mu    sync.Mutex
	turns []Turn        // as the world's listener heard them, also those of a wait that has ended
	typed chan struct{} // hears that a line in the background has ended
	busy  int           // the terminal of that line, 0 for none
	text  string        // what the last line printed
}

// listen hears the turns of a world.
func (s *noteStage) listen(turn Turn) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.turns = append(s.turns, turn)
}

// bring types the lines of a row in a copy of the world and returns what the last one
// brings. A copy has no listener, so that where lines wait, the world is made once more.
func (s *noteStage) bring(world noteWorld, row noteRow) (notes []shell.Note, printed string) {
	var copied *noteStage
	if slices.ContainsFunc(row.lines, func(line string) bool { return waited.MatchString(line) }) {
		copied = world.begin(s.t)
	} else {
		copied = &noteStage{t: s.t, world: s.world.Fork(), tabs: maps.Clone(s.tabs)}
	}
	defer func() {
		copied.stop()
		copied.world.Shut()
	}()
	for _, line := range row.lines {
		notes = copied.play(line)
	}
	printed = copied.text
	if tab, _, ok := strings.Cut(row.lines[len(row.lines)-1], "> "); ok {
		copied.offersWork(copied.tabs[tab], notes)
	}
	return notes, printed
}

// offersWork types each line that notes offer in a copy of the world.
func (s *noteStage) offersWork(terminal int, notes []shell.Note) {
	for _, note := range notes {
		for _, sentence := range voice.Sentences(note.Parts) {
			for _, line := range voice.Offers(sentence) {
				v := &visitor{t: s.t, world: s.world, said: map[string]string{}}
				at := terminal
				if voice.InNewTab(sentence) {
					at = 0
				}
				v.works(at, line, quoted(note.Parts))
			}
		}
	}
}

// waited are lines that wait: they let time pass, or run in the background.
var waited = regexp.MustCompile(`^\w+> (…|go|.* &)$`)

// play types a line and returns its notes; what a wait is about counts as one.
func (s *noteStage) play(line string) []shell.Note {
	tab, line, _ := strings.Cut(line, "> ")
	n := s.tabs[tab]
	if n == 0 {
		n = s.world.Open("", 80).Terminal
		s.tabs[tab] = n
	}
	switch line {
	case "^C":
		return s.interrupt(n)
	case "^D":
		return s.heard(s.world.End(n))
	case "give up":
		return s.heard(s.world.GiveUp(n))
	case "…":
		s.turns = nil
		for s.world.Jump(n) {
		}
		return s.heard(s.turns...)
	case "go":
		saved := s.world.Save()
		s.world.Shut()
		loaded, err := Load(saved, s.world.options)
		require.NoError(s.t, err)
		s.world = loaded
		return append(s.heard(s.world.Now(n)), s.world.TerminalsView().Notes...)
	}
	if line, ok := strings.CutSuffix(line, " &"); ok && tab != "bash" {
		s.busy, s.turns = n, nil
		go func() {
			s.world.Type(n, line)
			s.typed <- struct{}{}
		}()
		for s.world.Now(n).State != shell.Runs {
			runtime.Gosched()
		}
		return nil
	}
	return s.heard(s.world.Type(n, line))
}

// interrupt is Ctrl-C, also while a line runs in the background.
func (s *noteStage) interrupt(n int) []shell.Note {
	if s.busy != n {
		return s.heard(s.world.Interrupt(n))
	}
	s.turns = nil
	s.stop()
	return s.heard(s.turns...)
}

// stop ends the line that runs in the background.
func (s *noteStage) stop() {
	if s.busy != 0 {
		s.world.Interrupt(s.busy)
		<-s.typed
		s.busy = 0
	}
}

// heard are the notes of turns.
func (s *noteStage) heard(turns ...Turn) (notes []shell.Note) {
	s.text = ""
	for _, turn := range turns {
		s.text += turn.Text
		notes = append(notes, turn.Notes...)
		if turn.Wait != nil {
			notes = append(notes, shell.Note{ID: waitsFor(turn.Wait.About), Parts: turn.Wait.About})
		}
	}
	return notes
}

// waitsFor is the note that a wait shows: a turn names it by its text alone.
func waitsFor(about []voice.Part) voice.ID {
	for _, id := range []voice.ID{voice.DaemonInFront, voice.ShellSleeps} {
		if quoted(about) == quoted(voice.Say(id).Parts()) {
			return id
		}
	}
	return voice.Waiting
}

// lastLines hands the last line of each row of a world to somebody, before it is typed.
func (n noteWorld) lastLines(t *testing.T, to func(w *World, terminal int, line string)) {
	if strings.Contains(n.head, "slow") {
		return
	}
	s := n.begin(t)
	defer s.world.Shut()
	for _, row := range n.notes {
		last := len(row.lines) - 1
		tab, line, typed := strings.Cut(row.lines[last], "> ")
		if !typed || strings.HasPrefix(line, "^") || waited.MatchString(strings.Join(row.lines, "\n")) {
			continue
		}
		copied := &noteStage{t: t, world: s.world.Fork(), tabs: map[string]int{}, typed: make(chan struct{}, 1)}
		for name, n := range s.tabs {
			copied.tabs[name] = n
		}
		for _, before := range row.lines[:last] {
			copied.play(before)
		}
		if copied.tabs[tab] == 0 {
			copied.tabs[tab] = copied.world.Open("", 80).Terminal
		}
		to(copied.world, copied.tabs[tab], line)
		copied.stop()
		copied.world.Shut()
	}
}

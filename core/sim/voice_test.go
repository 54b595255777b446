package sim

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"hsmplay/core/internal/slips"
)

// What the playground offers for mistyped lines must work, and must be what was meant. Slips are
// made from right lines in several worlds; each is typed on a copy of its world, and so is each
// line that the notes offer. An offered line works if it ends without a fault, at a question or in
// a wait. Precision is offers that do what was meant ÷ offers, recall slips answered right ÷ slips;
// silence is right only where nothing was meant.
//
// A plain test types a sample. HSMPLAY_VOICE=all types every slip and prints figures, those of the
// half of the slips that is not looked at too; HSMPLAY_VOICE=show prints the wrong answers of the
// other half. HSMPLAY_SEED divides anew.

// Goals in thousandths.
const (
	worksGoal     = 980
	precisionGoal = 970
	recallGoal    = 920
)

func TestOffersAreWhatWasMeant(t *testing.T) {
	mode, seed := os.Getenv("HSMPLAY_VOICE"), fromEnvironment("HSMPLAY_SEED", 1)
	var looked, hidden tally
	count := 0
	for _, world := range slips.Worlds {
		if only := os.Getenv("HSMPLAY_WORLD"); only != "" && only != world.Name {
			continue
		}
		s := newStage(t, world)
		for i, slip := range world.All() {
			if mode == "" && i%sample != seed%sample {
				continue
			}
			a, is := s.answer(slip)
			if !is {
				continue
			}
			count++
			if slip.Looked(seed) {
				looked.add(a)
				if mode == "show" && !a.right() {
					fmt.Println(a)
				}
				continue
			}
			hidden.add(a)
		}
	}
	if mode != "" {
		fmt.Printf("slips                 %6d in %d worlds\nlooked at             %s\nnot looked at         %s\n", count, len(slips.Worlds), &looked, &hidden)
		looked.kinds()
		return
	}
	all := looked
	all.merge(hidden)
	require.GreaterOrEqual(t, all.thousandths(all.works, all.offers), worksGoal, "offered lines work: %s", &all)
	require.GreaterOrEqual(t, all.thousandths(all.meant, all.offers), precisionGoal, "precision: %s", &all)
	require.GreaterOrEqual(t, all.thousandths(all.right, all.slips), recallGoal, "recall: %s", &all)
}

// sample is of how many slips one is typed in a plain test.
const sample = 29

// stage is a world in which slips are typed, on a copy each.
type stage struct {
	t     *testing.T
	world *World
	tabs  map[string]int
}

func newStage(t *testing.T, setting slips.World) *stage {
	w := New(Options{NonFIPS: setting.NonFIPS, Source: oneKey, Seed: 7})
	s := &stage{t, w, map[string]int{}}
	for _, tab := range []string{slips.Bash, slips.KMU, slips.CMU, slips.CLI} {
		s.tabs[tab] = w.Open("", 80).Terminal
	}
	for _, step := range setting.Setup {
		turn := w.Type(s.tabs[step.Tab], step.Line)
		require.True(t, turn.Works(), "%s: %q: %s%v", setting.Name, step.Line, turn.Text, turn.Notes)
	}
	for tab, lines := range setting.Lines {
		for _, line := range lines {
			turn := s.try(tab, line)
			assert.True(t, turn.Works(), "%s: %q: %s%v", setting.Name, line, turn.Text, turn.Notes)
		}
	}
	return s
}

// try types a line on a copy of the world.
func (s *stage) try(tab, line string) Turn {
	fork := s.world.Fork()
	defer fork.Shut()
	return fork.Type(s.tabs[tab], line)
}

// answer is what was offered for a slip.
type answer struct {
	slip         slips.Slip
	offers       []string
	works, meant []bool
	text         string
}

// answer types a slip; false for a line that is no fault after all.
func (s *stage) answer(slip slips.Slip) (answer, bool) {
	slip = s.possible(slip)
	turn := s.try(slip.Tab, slip.Typed)
	a := answer{slip: slip}
	if turn.Works() && len(turn.Notes) == 0 {
		return a, false
	}
	for _, n := range turn.Notes {
		var parts []slips.Part
		for _, p := range n.Parts {
			parts = append(parts, slips.Part{Text: p.Text, Code: p.Code})
			if p.Code {
				a.text += "`" + p.Text + "`"
				continue
			}
			a.text += p.Text
		}
		a.offers = append(a.offers, slips.Offers(parts)...)
	}
	if turn.Works() && len(a.offers) == 0 {
		return a, false
	}
	for _, offer := range a.offers {
		a.works = append(a.works, s.try(slip.Tab, offer).Works())
		a.meant = append(a.meant, slip.Right(offer))
	}
	return a, true
}

// logins are what is to be offered where a line needs somebody to be logged in.
var logins = map[string][]string{
	slips.KMU: {"loginHSM -u CU -s example_user -hpswd"},
	slips.CMU: {"loginHSM CO admin -hpswd"},
}

// possible is a slip with a login as what is meant where nothing that is meant works.
func (s *stage) possible(slip slips.Slip) slips.Slip {
	works := func(line string) bool { return s.try(slip.Tab, line).Works() }
	if logins[slip.Tab] != nil && slip.Meant != nil && !slices.ContainsFunc(slip.Meant, works) {
		slip.Meant, slip.Open = logins[slip.Tab], nil
	}
	return slip
}

// right reports whether a slip is answered right: by silence where nothing was meant, else by an
// offer that is meant.
func (a answer) right() bool {
	if a.slip.Meant == nil {
		return len(a.offers) == 0
	}
	return slices.Contains(a.meant, true) && !slices.Contains(a.works, false)
}

func (a answer) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s/%s [%s] %s\n    meant   %s\n", a.slip.World, a.slip.Tab, a.slip.Kind, a.slip.Typed, strings.Join(a.slip.Meant, " | "))
	for i, offer := range a.offers {
		fmt.Fprintf(&b, "    offers  %s  (works %v, meant %v)\n", offer, a.works[i], a.meant[i])
	}
	fmt.Fprintf(&b, "    note    %s", a.text)
	return b.String()
}

// tally counts answers.
type tally struct {
	slips, right, offers, works, meant int
	byKind                             map[string][2]int
}

func (c *tally) add(a answer) {
	if c.byKind == nil {
		c.byKind = map[string][2]int{}
	}
	c.slips++
	k := c.byKind[a.slip.Kind]
	k[0]++
	if a.right() {
		c.right++
		k[1]++
	}
	c.byKind[a.slip.Kind] = k
	c.offers += len(a.offers)
	for i := range a.offers {
		if a.works[i] {
			c.works++
		}
		if a.meant[i] {
			c.meant++
		}
	}
}

func (c *tally) merge(d tally) {
	c.slips, c.right, c.offers, c.works, c.meant = c.slips+d.slips, c.right+d.right, c.offers+d.offers, c.works+d.works, c.meant+d.meant
}

func (c *tally) thousandths(part, of int) int { return part * 1000 / max(of, 1) }

func (c *tally) String() string {
	return fmt.Sprintf("%6d slips  %6d offers  work %.3f  precision %.3f  recall %.3f", c.slips, c.offers,
		float64(c.works)/float64(max(c.offers, 1)), float64(c.meant)/float64(max(c.offers, 1)), float64(c.right)/float64(max(c.slips, 1)))
}

// kinds prints how many slips of each kind were answered right.
func (c *tally) kinds() {
	for _, kind := range slices.Sorted(maps.Keys(c.byKind)) {
		n := c.byKind[kind]
		fmt.Printf("  %-20s %4d of %4d\n", kind, n[1], n[0])
	}
}

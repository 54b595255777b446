package sim

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/cmu"
	"hsmplay/core/kmu"
	"hsmplay/core/mech"
	"hsmplay/core/shell"
)

// walker presses Next and Enter, and answers y to questions. What is to be typed while a login
// stays, it types in a second tab.
type walker struct {
	t    *testing.T
	w    *World
	tabs [2]int
	rows []string // what was pressed
}

func newWalker(t *testing.T, arc string) *walker {
	w := New(Options{Seed: 3, Source: newKeys()})
	for _, other := range arcs {
		if arc != "" && other != arc {
			w.progress.Ended = append(w.progress.Ended, other)
		}
	}
	k := &walker{t: t, w: w}
	k.tabs = [2]int{w.Open("", 80).Terminal, 0}
	return k
}

// next is the first row of Next in the tab that the next step is for.
func (k *walker) next() (tab int, line string) {
	arc := k.current()
	s := k.w.progress.offer(k.guide(), arc)
	require.NotNil(k.t, s, "%s: %q", arc, k.rows)
	if s.stays && s.tool == bash {
		if k.tabs[1] == 0 {
			k.tabs[1] = k.w.Open("", 80).Terminal
		}
		tab = k.tabs[1]
	} else {
		tab = k.tabs[0]
	}
	lines := k.w.Next(tab)
	require.NotEmpty(k.t, lines, "%q", k.rows)
	return tab, lines[0]
}

func (k *walker) guide() *guide {
	return &guide{w: k.w, program: bash, dir: shell.Home}
}

func (k *walker) current() string { return k.w.progress.current(k.guide()) }

// press types the first row of Next.
func (k *walker) press() string {
	tab, line := k.next()
	s := k.w.progress.offer(k.guide(), k.current())
	turn := k.w.Type(tab, line)
	for turn.State == shell.Asks || turn.State == shell.Waits {
		if turn.State == shell.Waits {
			require.True(k.t, k.w.Jump(tab), line)
			turn = k.w.machine.Terminal(tab).Now()
			continue
		}
		turn = k.w.Type(tab, "y")
	}
	require.True(k.t, turn.Works() || s.refused, "%q: %s%s", line, turn.Text, noteText(turn))
	k.rows = append(k.rows, line)
	return line
}

// leads reports whether a line only leads from one prompt to another.
func leads(line string) bool {
	first := strings.Fields(line)[0]
	return slices.Contains([]string{kmu.Name, cmu.Name, "exit", "quit", "loginHSM", "logoutHSM"}, first)
}

func TestNextWalksEachArcToItsEnd(t *testing.T) {
	for _, arc := range arcs {
		t.Run(arc, func(t *testing.T) {
			k := newWalker(t, arc)
			for k.current() != "" {
				require.Less(t, len(k.rows), 40, "%q", k.rows)
				row := k.press()
				if !leads(row) {
					require.Equal(t, 1, count(k.rows, row), "%q", k.rows)
				}
			}
			k.choice()
		})
	}
}

// Arc follows arc from a fresh world, also when it is saved and loaded between all rows.
func TestNextWalksAllArcs(t *testing.T) {
	for _, loads := range []bool{false, true} {
		k := newWalker(t, "")
		var walked []string
		for k.current() != "" {
			require.Less(t, len(k.rows), 100, "%q", k.rows)
			if arc := k.current(); !slices.Contains(walked, arc) {
				walked = append(walked, arc)
			}
			k.press()
			if loads {
				w, err := Load(k.w.Save(), Options{Source: k.w.options.Source})
				require.NoError(t, err)
				require.Equal(t, marshal(k.w.progress), marshal(w.progress))
				k.w = w
			}
		}
		require.Equal(t, arcs, walked)
		k.choice()
	}
}

// Who begins another arc by himself is shown that one.
func TestNextFollowsTheLearner(t *testing.T) {
	p := start(t, Options{})
	p.do("genSymKey -t 31 -s 32 -l mine")
	require.Equal(t, "genSymKey -t 31 -s 16 -l payroll", p.w.Next(p.n)[0])
	other := p.in()
	other.do("hsm stop 2")
	require.Equal(t, "genECCKeyPair -i 2 -l on_the_rest", p.w.Next(p.n)[0])
	require.Equal(t, []string{"key_mgmt_util", "hsm start 2", "hsm status"}, p.w.Next(other.n))
}

// Where the key is gone that a step needs, another one is made first.
func TestNextMakesWhatIsGone(t *testing.T) {
	p := start(t, Options{})
	p.do("genECCKeyPair -i 14 -l a")
	require.Equal(t, "getAttribute -o 7 -a 512 -out attr_7", p.w.Next(p.n)[0])
	p.do("deleteKey -k 7")
	require.Equal(t, "genECCKeyPair -i 14 -l ecc14", p.w.Next(p.n)[0])
}

// What was chosen once can be walked again: by any of the rows of the choice.
func TestNextIsWalkedAgain(t *testing.T) {
	k := newWalker(t, "wrap")
	for k.current() != "" {
		k.press()
	}
	for _, row := range k.w.Next(k.tabs[0]) {
		f := k.w.Fork()
		f.Type(k.tabs[0], row)
		require.NotEqual(t, row, f.Next(k.tabs[0])[0])
		f.Shut()
	}
}

// A save of another version may have steps that there are not.
func TestProgressOfOtherTablesIsCutToTheOwn(t *testing.T) {
	saved := progress{Arc: "dance", Taken: []string{"key/make", "dance/turn", "key/make"}, Ended: []string{"wrap", "dance"}}
	require.Equal(t, progress{Taken: []string{"key/make"}, Ended: []string{"wrap"}}, saved.known())
}

// choice looks at what is proposed once all arcs were walked: the beginnings of several.
func (k *walker) choice() {
	rows := k.w.Next(k.tabs[0])
	require.Len(k.t, rows, 3)
	require.Len(k.t, slices.Compact(slices.Sorted(slices.Values(rows))), 3)
}

func count(rows []string, row string) (n int) {
	for _, other := range rows {
		if other == row {
			n++
		}
	}
	return n
}

// newKeys makes another RSA key each time, of a few that are made once.
func newKeys() mech.Source {
	made := 0
	return mech.Source{RSA: func(ctx context.Context, bits int) (*rsa.PrivateKey, error) {
		made++
		for len(readyKeys) < made {
			key, err := rsa.GenerateKey(rand.Reader, bits)
			if err != nil {
				return nil, err
			}
			readyKeys = append(readyKeys, key)
		}
		return readyKeys[made-1], ctx.Err()
	}}
}

var readyKeys []*rsa.PrivateKey

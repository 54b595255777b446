// Package slips makes lines as people mistype them, from lines that are right: letters swapped,
// dashes of a word processor, names for numbers, words of other tools. It knows worlds in which the
// right lines work, and no rule of the playground: what is done with a slip is for the tests. Begin
// with [All].
package slips

import (
	"fmt"
	"hash/fnv"
	"slices"
)

// The tabs of a world.
const (
	Bash = "bash"
	KMU  = "kmu"
	CMU  = "cmu"
	CLI  = "cli"
)

// Slip is a line that was mistyped.
type Slip struct {
	World, Tab string
	Kind       string   // how it came about
	Typed      string   // what was typed
	Meant      []string // lines of which each would do; nil where nothing was meant
	Open       []string // options of the meant line whose values the typed one leaves open
}

// Key tells a slip from all others.
func (s Slip) Key() string { return s.World + "/" + s.Tab + "/" + s.Typed }

// Looked reports in which half a slip is: the one that is looked at, or the one that is only
// counted.
func (s Slip) Looked(seed int) bool {
	h := fnv.New64a()
	fmt.Fprintf(h, "%d %s", seed, s.Key())
	return h.Sum64()>>17&1 == 0
}

// All are the slips of a world, each once.
func (w World) All() []Slip {
	var all []Slip
	seen := map[string]bool{}
	for _, tab := range w.tabs() {
		for i, line := range w.Lines[tab] {
			for _, s := range spoil(tab, line, i) {
				if s.World, s.Tab = w.Name, tab; s.Typed != line && !seen[s.Key()] {
					seen[s.Key()] = true
					all = append(all, s)
				}
			}
		}
		others := w.Foreign[tab]
		if w.Tabs == nil {
			others = slices.Concat(others, foreign[tab])
		}
		for _, s := range others {
			if s.World, s.Tab = w.Name, tab; !seen[s.Key()] {
				seen[s.Key()] = true
				all = append(all, s)
			}
		}
	}
	return all
}

// tabs are those in which slips of the world are typed.
func (w World) tabs() []string {
	if w.Tabs == nil {
		return []string{Bash, KMU, CMU}
	}
	return w.Tabs
}

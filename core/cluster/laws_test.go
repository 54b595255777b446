package cluster_test

import (
	"context"
	"fmt"
	"slices"

	"github.com/stretchr/testify/require"

	"hsmplay/core/attr"
	"hsmplay/core/cluster"
	"hsmplay/core/hsm"
	"hsmplay/core/mech"
)

func (w *world) context() context.Context { return context.Background() }

// observe learns of the keys that creations have placed and of how creations have ended.
func (w *world) observe() {
	w.pending = slices.DeleteFunc(w.pending, func(p *pending) bool {
		for i, k := range p.Keys {
			if w.keys[k.Material] == nil {
				t := p.asked.Templates[i]
				what := &known{handle: k.Handle, class: t.Class, owner: p.owner.Name, ownerID: k.Owner}
				if t.Class != attr.Public {
					what.m = t.MValue
				}
				if t.InSession {
					what.session = p.tool.Session
				}
				w.keys[k.Material] = what
				w.granted(k, t)
			}
		}
		if p.Slow() || !p.Done() {
			return false
		}
		w.ended(p)
		return true
	})
	w.endSessionKeys()
}

// granted learns whom a new key is shared with: the users who had the ids on the HSM that made it.
func (w *world) granted(k *hsm.Key, t hsm.Template) {
	home := int(k.Handle >> hsm.SlotBits)
	what := w.keys[k.Material]
	w.law(w.accountByID(home, k.Owner).name == what.owner, "%d is made for %d, not for %s", k.Handle, k.Owner, what.owner)
	g := grant{home, k.Material}
	w.may[g] = []string{}
	if t.Class == attr.Public {
		return
	}
	for _, id := range t.Shared {
		w.may[g] = append(w.may[g], w.accountByID(home, id).name)
	}
	w.must[g] = w.may[g]
}

// ended checks what a creation promised (spec/kmu.md 2.7).
func (w *world) ended(p *pending) {
	if p.Err != nil {
		for _, k := range p.Keys {
			w.keys[k.Material].dead = true
		}
		return
	}
	if p.asked.Templates[0].InSession {
		require.Len(w.t, p.Answers, 1, w.last)
		return
	}
	require.GreaterOrEqual(w.t, len(p.Answers), max(p.asked.Servers, 1), w.last)
	for _, a := range p.Answers {
		for _, k := range p.Keys {
			held := w.c.Node(a.Node).HSM.At(k.Handle)
			require.NotNil(w.t, held, "%s: node %d lacks %d", w.last, a.Node, k.Handle)
			require.Same(w.t, k.Material, held.Material)
		}
	}
}

// endSessionKeys learns which session keys are gone for good.
func (w *world) endSessionKeys() {
	for material, what := range w.keys {
		if what.session == 0 || what.dead {
			continue
		}
		held := slices.ContainsFunc(w.c.Nodes, func(n *cluster.Node) bool {
			k := n.HSM.At(what.handle)
			return k != nil && k.Material == material
		})
		what.dead = !held
	}
}

// law fails the schedule unless it holds. The world is drawn only then.
func (w *world) law(holds bool, format string, args ...any) {
	if !holds {
		require.FailNow(w.t, w.last+": "+fmt.Sprintf(format, args...)+"\n"+w.c.String())
	}
}

func (w *world) laws() {
	w.handlesAreUnique()
	w.theDeadStayDead()
	w.nothingIsLost()
	w.sessionKeysStayHome()
	w.peopleStay()
	w.rightsHold()
	w.rows.unchanged(w)
	for _, n := range w.c.Nodes {
		w.law(n.HSM.Room() >= 0, "node %d holds more keys than fit", n.HSM.Node)
	}
	if w.pick(20) == 0 {
		for _, n := range w.c.Nodes {
			err := n.HSM.Audit.Verify()
			w.law(err == nil, "node %d: %v", n.HSM.Node, err)
		}
	}
	due := w.c.Due()
	w.law(due == 0 || due > w.c.Now, "something is due at %d, it is %d", due, w.c.Now)
}

// handlesAreUnique: a slot holds the same key on all HSMs, also on those that are away, and it is
// one that was made under this handle.
func (w *world) handlesAreUnique() {
	slots := map[int]*hsm.Key{}
	for _, n := range w.c.Nodes {
		for slot, k := range n.HSM.Keys {
			if k == nil {
				continue
			}
			w.law(slot == hsm.Slot(k.Handle) && slot >= hsm.FirstSlot, "%d is in slot %d", k.Handle, slot)
			w.law(w.keys[k.Material].handle == k.Handle, "a key has changed its handle to %d", k.Handle)
			other := slots[slot]
			w.law(other == nil || other.Handle == k.Handle && other.Material == k.Material, "slot %d has two keys", slot)
			slots[slot] = k
		}
	}
}

// theDeadStayDead: no reached HSM has a key that was deleted, whose creation failed, or whose
// session is over.
func (w *world) theDeadStayDead() {
	for _, n := range w.c.Reached() {
		for _, k := range n.HSM.Keys {
			if k != nil {
				w.law(!w.keys[k.Material].dead, "%d is back on node %d", k.Handle, n.HSM.Node)
			}
		}
	}
}

// sessionKeysStayHome: a session key is on one HSM, in a session that is open there and whose tool
// runs.
func (w *world) sessionKeysStayHome() {
	homes := map[uint32]int{}
	for _, n := range w.c.Nodes {
		for _, k := range n.HSM.Keys {
			if k == nil || k.Session == 0 {
				continue
			}
			homes[k.Handle]++
			w.law(homes[k.Handle] == 1, "session key %d has two homes", k.Handle)
			w.law(n.HSM.LoggedIn(k.Session), "session key %d has outlived the login", k.Handle)
			runs := slices.ContainsFunc(slices.Concat(w.tools, w.wholes), func(cl *cluster.Client) bool { return cl.Session == k.Session })
			w.law(runs, "session key %d has outlived the tool", k.Handle)
		}
	}
}

// waitLong lets everything settle: then the reached HSMs agree on their token keys
// (spec/cmu.md 6.5), but for those that are full and for keys that are still being made.
func (w *world) waitLong() {
	w.c.Advance(10 * cluster.SyncPeriod)
	w.observe()
	for _, n := range w.c.Reached() {
		for _, other := range w.c.Reached() {
			for _, k := range other.HSM.Keys {
				if k == nil || k.Session != 0 || w.halfMade(k) || n.HSM.Room() == 0 || !w.isOwner(n.HSM.Node, w.keys[k.Material]) {
					continue
				}
				w.law(n.HSM.At(k.Handle) != nil, "node %d lacks %d", n.HSM.Node, k.Handle)
			}
		}
	}
}

func (w *world) halfMade(k *hsm.Key) bool {
	return slices.ContainsFunc(w.pending, func(p *pending) bool {
		return slices.ContainsFunc(p.Keys, func(made *hsm.Key) bool { return made.Material == k.Material })
	})
}

// saveAndLoad goes on with a copy of the cluster: half-made keys are gone, some tools do not come
// back.
func (w *world) saveAndLoad() {
	before := w.c.Snapshot()
	restored, gone, err := cluster.Restore(before, mech.Source{})
	require.NoError(w.t, err)
	require.Equal(w.t, len(before.HalfMade), gone)
	if gone == 0 {
		require.Equal(w.t, before, restored.Snapshot())
	}
	w.c = restored
	for _, p := range w.pending {
		for _, k := range p.Keys {
			w.keys[k.Material].dead = true
		}
	}
	w.pending = nil
	var back []*cluster.Client
	for _, cl := range w.tools {
		if w.pick(4) > 0 {
			back = append(back, w.c.Reattach(cl.Session, cl.Login))
		}
	}
	w.tools, w.wholes = back, nil
	var stay []*desk
	for _, d := range w.desks {
		if w.pick(4) > 0 {
			stay = append(stay, &desk{&server{w.c.Redial(d.Session, d.Node), d.Node}, d.who})
		}
	}
	w.desks = stay
	w.c.EndOrphans()
}

// rows remembers what stored rows looked like when they were first seen.
type rows struct {
	keys     map[*hsm.Key]hsm.Key
	users    map[*hsm.User]hsm.User
	sessions map[*hsm.Session]hsm.Session
}

func newRows() rows {
	return rows{map[*hsm.Key]hsm.Key{}, map[*hsm.User]hsm.User{}, map[*hsm.Session]hsm.Session{}}
}

// unchanged: no stored row is changed in place.
func (r rows) unchanged(w *world) {
	for _, n := range w.c.Nodes {
		for _, k := range n.HSM.Keys {
			if k == nil {
				continue
			}
			if seen, ok := r.keys[k]; ok {
				w.law(seen.Handle == k.Handle && seen.Owner == k.Owner && seen.Session == k.Session && seen.Flags == k.Flags &&
					slices.Equal(seen.Shared, k.Shared) && seen.Label == k.Label && seen.ID == k.ID, "a row of %d has changed", k.Handle)
				continue
			}
			copied := *k
			copied.Shared = slices.Clone(k.Shared)
			r.keys[k] = copied
		}
		for _, u := range n.HSM.Users {
			if seen, ok := r.users[u]; ok {
				w.law(seen.Failures == u.Failures && seen.Name == u.Name && seen.ID == u.ID, "a row of user %d has changed", u.ID)
			}
			r.users[u] = *u
		}
		for _, s := range n.HSM.Sessions {
			if seen, ok := r.sessions[s]; ok {
				w.law(seen == *s, "a row of session %d has changed", s.ID)
			}
			r.sessions[s] = *s
		}
	}
}

package cluster_test

import (
	"slices"

	"hsmplay/core/attr"
	"hsmplay/core/cluster"
	"hsmplay/core/hsm"
	"hsmplay/core/mech"
)

// The laws about who has what: keys stay, change only by who may change them, and are seen by
// nobody else.

// nothingIsLost: a key leaves an HSM only by dying, or with the HSM; and it changes only by who may
// change it.
func (w *world) nothingIsLost() {
	held := map[int][]*hsm.Key{}
	for _, n := range w.c.Nodes {
		id := n.HSM.Node
		for _, k := range w.held[id] {
			now := n.HSM.At(k.Handle)
			if now == nil || now.Material != k.Material {
				w.law(w.keys[k.Material].dead, "node %d lost %d", id, k.Handle)
				continue
			}
			by := w.touched != nil && (w.touched.node == id || w.touched.node == everyNode) && (w.touched.handle == 0 || w.touched.handle == k.Handle)
			w.law(now == k || by || w.last == "make token", "node %d has changed %d by itself", id, k.Handle)
			tied := k.Has(attr.FlagWrapWithTrusted) && !now.Has(attr.FlagWrapWithTrusted)
			w.law(!tied && k.Has(attr.FlagExtractable) == now.Has(attr.FlagExtractable), "node %d: %d is less protected", id, k.Handle)
		}
		for _, k := range n.HSM.Keys {
			if k != nil {
				held[id] = append(held[id], k)
			}
		}
	}
	came := map[*mech.Material]int{} // to how many nodes in this step
	for id, keys := range held {
		for _, k := range keys {
			if !holds(w.held[id], k) {
				came[k.Material]++
			}
		}
	}
	for id, keys := range held {
		for _, k := range keys {
			if !holds(w.held[id], k) {
				w.copied(held, id, k, came[k.Material] == 1)
			}
		}
	}
	w.held = held
}

// holds reports whether a key is among some.
func holds(keys []*hsm.Key, k *hsm.Key) bool {
	return slices.ContainsFunc(keys, func(old *hsm.Key) bool { return old.Material == k.Material })
}

// copied learns of a copy on a node: it is shared there as where it came from, with those who are
// the same users there. One that came alone did not come by way of another new copy.
func (w *world) copied(held map[int][]*hsm.Key, node int, k *hsm.Key, alone bool) {
	to := grant{node, k.Material}
	if w.may[to] != nil {
		return // it was made here
	}
	may, first, certain := []string{}, true, alone
	for id, keys := range held {
		from := grant{id, k.Material}
		if w.may[from] == nil || !holds(keys, k) {
			continue
		}
		for _, name := range w.may[from] {
			a := w.account(node, name, hsm.CU)
			there := w.account(id, name, hsm.CU)
			if a != nil && there != nil && a.id == there.id && !slices.Contains(may, name) {
				may = append(may, name)
			}
		}
		if !first || len(w.must[from]) < len(w.may[from]) {
			certain = false // who knows from where it came
		}
		first = false
	}
	w.may[to] = may
	if certain {
		w.must[to] = may
	}
}

// peopleStay: an HSM has the users that officers have given it, and a key's owner is the same user
// wherever the key is. Sharers are users there.
func (w *world) peopleStay() {
	for _, n := range w.c.Nodes {
		id := n.HSM.Node
		w.law(len(n.HSM.Users) == len(w.accounts[id]), "node %d has %d users", id, len(n.HSM.Users))
		for _, u := range n.HSM.Users {
			a := w.accountByID(id, u.ID)
			w.law(a != nil && a.name == u.Name && a.kind == u.Type, "node %d has come by %s", id, u.Name)
		}
		for _, k := range n.HSM.Keys {
			if k == nil {
				continue
			}
			what := w.keys[k.Material]
			w.law(k.MValue == what.m, "%d asks for %d approvals on node %d", k.Handle, k.MValue, id)
			w.law(k.Owner == what.ownerID && w.isOwner(id, what), "%d of %s has another owner on node %d", k.Handle, what.owner, id)
			for _, sharer := range k.Shared {
				a := w.accountByID(id, sharer)
				w.law(a != nil && slices.Contains(w.may[grant{id, k.Material}], a.name), "%d is shared with %d on node %d", k.Handle, sharer, id)
			}
		}
	}
	w.desks = slices.DeleteFunc(w.desks, func(d *desk) bool {
		lost := !d.Connected()
		w.law(!lost || slices.Contains([]string{"stop", "isolate", "remove", "save and load"}, w.last), "a connection is lost")
		return lost
	})
}

// rightsHold: on each HSM each tool sees and owns what the matrix says (spec/kmu.md 2.8,
// spec/cmu.md 2.6), and nothing else. The key is a random one each time.
func (w *world) rightsHold() {
	handle := w.handle()
	for _, n := range w.c.Nodes {
		k := n.HSM.At(handle)
		for _, cl := range slices.Concat(w.tools, w.wholes) {
			may, must, owns := false, false, false
			if k != nil && n.HSM.LoggedIn(cl.Session) && cl.Login.Type == hsm.CU {
				what := w.keys[k.Material]
				w.law(n.HSM.SessionUser(cl.Session).Name == cl.Login.Name, "%s is somebody else on node %d", cl.Login.Name, n.HSM.Node)
				if what.session == 0 || what.session == cl.Session {
					may, must, owns = w.rights(n, k, cl.Login.Name)
				}
			}
			_, err := n.HSM.Key(cl.Session, handle)
			w.law((may || err != nil) && (!must || err == nil), "node %d, %d, sees %d: %v", n.HSM.Node, cl.Session, handle, err)
			_, err = n.HSM.OwnKey(cl.Session, handle)
			w.law(owns == (err == nil), "node %d, session %d, owns %d: %v", n.HSM.Node, cl.Session, handle, err)
		}
	}
	for _, d := range w.desks {
		n := w.c.Node(d.Node)
		may, must := false, false
		if k := n.HSM.At(handle); k != nil && d.is(hsm.CU) && k.Session == 0 {
			may, must, _ = w.rights(n, k, d.who.name)
		}
		_, err := d.Key(handle)
		w.law((may || err != nil) && (!must || err == nil), "node %d, a desk reads %d: %v", d.Node, handle, err)
		_, _, err = d.KeysOf(0)
		w.law((err == nil) == d.is(hsm.CO), "node %d, a desk lists all keys: %v", d.Node, err)
	}
}

// rights returns whether a user may see a key on a node, whether he must be able to, and whether he
// owns it.
func (w *world) rights(n *cluster.Node, k *hsm.Key, name string) (may, must, owns bool) {
	what, g := w.keys[k.Material], grant{n.HSM.Node, k.Material}
	owns = what.owner == name
	always := owns || what.class == attr.Public
	return always || slices.Contains(w.may[g], name), always || slices.Contains(w.must[g], name), owns
}

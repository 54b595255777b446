package cluster_test

import (
	"crypto"
	"errors"
	"slices"

	"github.com/stretchr/testify/require"

	"hsmplay/core/attr"
	"hsmplay/core/cluster"
	"hsmplay/core/hsm"
	"hsmplay/core/mech"
	"hsmplay/core/retcode"
)

// What people do with keys through cloudhsm_mgmt_util, and with a tool of the daemon's.

func (w *world) syncKey() {
	from := w.desk()
	if from == nil {
		return
	}
	to, handle := w.other(from), w.handleAt(from)
	if to == nil {
		return
	}
	for _, lacked := range w.c.Node(from.Node).HSM.Keys {
		if lacked != nil && w.pick(2) == 0 && w.c.Node(to.Node).HSM.At(lacked.Handle) == nil {
			handle = lacked.Handle
		}
	}
	k := w.c.Node(from.Node).HSM.At(handle)
	may := k != nil && k.Session == 0 && (from.is(hsm.CO) || from.is(hsm.CU) && w.keys[k.Material].owner == from.who.name)
	row, err := from.ExtractKey(handle)
	require.Equal(w.t, may, err == nil, "extract key %d: %v", handle, err)
	if err != nil {
		return
	}
	h, what := w.c.Node(to.Node).HSM, w.keys[k.Material]
	slot := hsm.Slot(handle)
	free := slot >= len(h.Keys) || h.Keys[slot] == nil
	may = free && h.Room() > 0 && w.isOwner(to.Node, what)
	err = to.InsertKey(from.server, row)
	require.Equal(w.t, may, err == nil, "insert key %d: %v", handle, err)
}

// isOwner reports whether the owner of a key is the same user on an HSM.
func (w *world) isOwner(node int, what *known) bool {
	a := w.account(node, what.owner, hsm.CU)
	return a != nil && a.id == what.ownerID
}

func (w *world) share() {
	d, id, on := w.desk(), 3+w.pick(7), w.pick(3) > 0
	if d == nil {
		return
	}
	handle, all := w.handleAt(d), w.accounts[d.Node]
	if w.pick(3) > 0 {
		id = all[w.pick(len(all))].id
	}
	k, with := w.c.Node(d.Node).HSM.At(handle), w.accountByID(d.Node, id)
	may := k != nil && k.Session == 0 && k.Material.Class != attr.Public && w.owns(d, k) && with != nil && with.kind == hsm.CU &&
		with.name != d.who.name && k.MValue == 0
	w.touch(d.Node, handle)
	err := d.Share(handle, []int{id}, on)
	require.Equal(w.t, may, err == nil, "share %d: %v", handle, err)
	if err != nil {
		return
	}
	g := grant{d.Node, k.Material}
	w.revoke(g, with.name)
	if on {
		w.may[g], w.must[g] = append(w.may[g], with.name), append(w.must[g], with.name)
	}
}

// revoke takes a user from those that a key is shared with.
func (w *world) revoke(g grant, name string) {
	is := func(other string) bool { return other == name }
	w.may[g] = slices.DeleteFunc(slices.Clone(w.may[g]), is)
	w.must[g] = slices.DeleteFunc(slices.Clone(w.must[g]), is)
}

// handleAt returns a key of an HSM, rather one that the user at the desk owns, rarely any other.
func (w *world) handleAt(d *desk) uint32 {
	var own []uint32
	for _, k := range w.c.Node(d.Node).HSM.Keys {
		if k != nil && (w.owns(d, k) || d.is(hsm.CO)) {
			own = append(own, k.Handle)
		}
	}
	if len(own) == 0 || w.pick(4) == 0 {
		return w.handle()
	}
	return own[w.pick(len(own))]
}

// owns reports whether the crypto user at a desk owns a key.
func (w *world) owns(d *desk, k *hsm.Key) bool {
	return k != nil && d.is(hsm.CU) && w.keys[k.Material].owner == d.who.name
}

func (w *world) setAttribute() {
	d := w.desk()
	if d == nil {
		return
	}
	handle := w.handleAt(d)
	a := []attr.Attr{attr.Trusted, attr.Decrypt, attr.Sign, attr.Destroyable, attr.WrapWithTrusted, attr.Extractable}[w.pick(6)]
	value := []string{"0", "1"}[w.pick(2)]
	k := w.c.Node(d.Node).HSM.At(handle)
	may := k != nil && k.Session == 0 && a != attr.Extractable
	if a == attr.Trusted {
		may = may && d.is(hsm.CO)
	} else {
		column, _ := attr.Lookup(a)
		may = may && w.owns(d, k) && (k.MValue == 0 || k.Has(column.Flag) == (value == "1"))
	}
	if may && a == attr.WrapWithTrusted && value == "0" {
		may = !k.Has(attr.FlagWrapWithTrusted)
	}
	w.touch(d.Node, handle)
	err := d.SetAttribute(handle, a, value)
	require.Equal(w.t, may, err == nil, "set attribute %d of %d: %v", a, handle, err)
}

// use uses a key with a tool, or takes it out of the HSM.
func (w *world) use() {
	cl, handle := w.tool(), w.handle()
	if cl == nil {
		return
	}
	signing := hsm.SignRequest{Handle: handle, Mechanism: mech.ECDSAWith(crypto.SHA256)}
	flag, refused := attr.FlagSign, cl.Sign(signing).Refused()
	if w.pick(2) == 0 {
		flag, refused = attr.FlagVerify, cl.Verify(signing).Refused()
	}
	if k, err := cl.Key(handle); err == nil && refused == nil {
		what := w.keys[k.Material]
		w.law(k.Has(flag) && what.m == 0, "key %d is used without %x or approval", handle, flag)
		w.law(w.mayEverSee(what, k.Material, cl.Login.Name), "%s uses %d of %s", cl.Login.Name, handle, what.owner)
	}
	if k, err := cl.OwnKey(handle); err == nil {
		w.law(w.keys[k.Material].owner == cl.Login.Name, "%s takes %d of %s", cl.Login.Name, handle, w.keys[k.Material].owner)
	}
	object, err := cl.Mask(handle)
	if err != nil {
		return
	}
	for _, other := range w.tools {
		_, _, err := other.Unmask(object)
		stranger := other.Login != nil && other.Login.Name != cl.Login.Name
		// the HSM that is asked may not have let the user in, or may have had no session left for him
		if errors.Is(err, retcode.UserNotReady) || errors.Is(err, retcode.BadSession) {
			continue
		}
		w.law(stranger == errors.Is(err, retcode.AccessDenied), "an object of %s is opened: %v", cl.Login.Name, err)
	}
}

// mayEverSee reports whether a user may see a key on some HSM.
func (w *world) mayEverSee(what *known, m *mech.Material, name string) bool {
	if what.owner == name || what.class == attr.Public {
		return true
	}
	return slices.ContainsFunc(w.c.Nodes, func(n *cluster.Node) bool { return slices.Contains(w.may[grant{n.HSM.Node, m}], name) })
}

// touch says that the move may change a key on a node, 0 for all keys there.
func (w *world) touch(node int, handle uint32) { w.touched = &touched{node, handle} }

type touched struct {
	node   int
	handle uint32
}

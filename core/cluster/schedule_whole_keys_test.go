package cluster_test

import (
	"crypto"
	"slices"

	"hsmplay/core/attr"
	"hsmplay/core/cluster"
	"hsmplay/core/hsm"
	"hsmplay/core/mech"
)

// The moves of clients of the whole cluster on keys: what is refused has changed nothing, what is
// granted is the owner's right, and done on every HSM that is reached and has the key.

// wholeUser returns a client of the whole cluster at which a crypto user is logged in; nil if there
// is none.
func (w *world) wholeUser() *cluster.Client {
	cl := w.wholeTool()
	if cl == nil {
		return nil
	}
	if cl.Login == nil {
		cl.Authenticate(cluster.Credentials{Type: hsm.CU, Name: w.name(), Password: "aws"})
	}
	if cl.Login == nil || cl.Login.Type != hsm.CU {
		return nil
	}
	return cl
}

func (w *world) createEverywhere() {
	cl := w.wholeUser()
	if cl == nil {
		return
	}
	r := []cluster.Request{pair(0), single(0, attr.PrivateKey), single(0, attr.Public)}[w.pick(3)]
	if w.pick(4) == 0 {
		r = inSession(r)
	}
	if w.pick(5) == 0 {
		r = slowly(r)
	}
	p := &pending{tool: cl, asked: r, owner: cl.Login}
	p.Creation = cl.Create(r)
	w.pending = append(w.pending, p)
}

// rowsOf are the rows of a key by node, of those HSMs that have it.
func (w *world) rowsOf(handle uint32) map[int]*hsm.Key {
	rows := map[int]*hsm.Key{}
	for _, n := range w.c.Nodes {
		if k := n.HSM.At(handle); k != nil {
			rows[n.HSM.Node] = k
		}
	}
	return rows
}

// holders are the nodes of a client that have a key.
func (w *world) holders(cl *cluster.Client, handle uint32) (nodes []int) {
	for _, a := range cl.Reached() {
		if w.c.Node(a.Node).HSM.At(handle) != nil {
			nodes = append(nodes, a.Node)
		}
	}
	return nodes
}

// judged makes a request about a key and checks that a refusal has left every HSM as it was.
func (w *world) judged(handle uint32, what string, request func() error) bool {
	before := w.rowsOf(handle)
	err := request()
	if err == nil {
		return true
	}
	for id, k := range w.rowsOf(handle) {
		w.law(before[id] == k, "%s of %d was refused, and has changed node %d: %v", what, handle, id, err)
	}
	w.law(len(before) == len(w.rowsOf(handle)), "%s of %d was refused, and has taken it away: %v", what, handle, err)
	return false
}

// anyRow is a key as some HSM of a client has it, and whose the client's user may say that it is.
func (w *world) anyRow(cl *cluster.Client, handle uint32) (k *hsm.Key, owns bool) {
	nodes := w.holders(cl, handle)
	if len(nodes) == 0 {
		return nil, false
	}
	k = w.c.Node(nodes[0]).HSM.At(handle)
	return k, w.keys[k.Material].owner == cl.Login.Name
}

func (w *world) deleteEverywhere() {
	cl, handle := w.wholeUser(), w.handle()
	if cl == nil {
		return
	}
	k, owns := w.anyRow(cl, handle)
	if w.judged(handle, "deleting", func() error { _, err := cl.Delete(handle); return err }) {
		w.law(owns && k.Has(attr.FlagDestroyable), "%s deletes %d", cl.Login.Name, handle)
		w.law(len(w.holders(cl, handle)) == 0, "%d is deleted, and there", handle)
		w.keys[k.Material].dead = true
	}
}

func (w *world) shareEverywhere() {
	cl, handle, name, on := w.wholeUser(), w.handle(), w.name(), w.pick(3) > 0
	if cl == nil {
		return
	}
	k, owns := w.anyRow(cl, handle)
	w.touch(everyNode, handle)
	if !w.judged(handle, "sharing", func() error { return cl.ShareKey(handle, name, on) }) {
		return
	}
	w.law(owns && w.keys[k.Material].m == 0, "%s shares %d", cl.Login.Name, handle)
	for _, id := range w.holders(cl, handle) {
		h := w.c.Node(id).HSM
		w.law(slices.Contains(h.At(handle).Shared, h.UserNamed(hsm.CU, name).ID) == on, "%d is shared otherwise on node %d", handle, id)
		g := grant{id, k.Material}
		w.revoke(g, name)
		if on {
			w.may[g], w.must[g] = append(w.may[g], name), append(w.must[g], name)
		}
	}
}

func (w *world) changeKeyEverywhere() {
	cl, handle := w.wholeTool(), w.handle()
	if cl == nil || cl.Login == nil {
		return
	}
	s := attr.Setting{Attr: []attr.Attr{attr.Trusted, attr.Decrypt, attr.Sign, attr.WrapWithTrusted, attr.Extractable, attr.Token}[w.pick(6)], On: w.pick(2) == 0}
	k, owns := w.anyRow(cl, handle)
	w.touch(everyNode, handle)
	if !w.judged(handle, "changing", func() error { return cl.ChangeKey(handle, s) }) {
		return
	}
	what := w.keys[k.Material]
	if s.Attr == attr.Token {
		w.law(owns && s.On, "%s makes %d a token key", cl.Login.Name, handle)
		what.session = 0
		return
	}
	column, _ := attr.Lookup(s.Attr)
	is := k.Has(column.Flag) == s.On
	w.law(s.Attr == attr.Trusted && cl.Login.Type == hsm.CO || owns && (what.m == 0 || is), "%s changes %d of %d", cl.Login.Name, s.Attr, handle)
	for _, id := range w.holders(cl, handle) {
		w.law(w.c.Node(id).HSM.At(handle).Has(column.Flag) == s.On, "%d of %d is not changed on node %d", s.Attr, handle, id)
	}
}

// useEverywhere uses a key, sometimes with a token that nobody has approved.
func (w *world) useEverywhere() {
	cl, handle := w.wholeUser(), w.handle()
	if cl == nil {
		return
	}
	if w.pick(3) == 0 {
		handle = w.guarded(handle)
		w.askApproval(cl, handle)
	}
	k, _ := w.anyRow(cl, handle)
	if cl.Sign(hsm.SignRequest{Handle: handle, Mechanism: mech.ECDSAWith(crypto.SHA256)}).Refused() == nil {
		what := w.keys[k.Material]
		w.law(what.m == 0, "%d signs without an approval", handle)
		w.law(w.mayEverSee(what, k.Material, cl.Login.Name), "%s uses %d of %s", cl.Login.Name, handle, what.owner)
	}
}

// guarded returns a key that asks for approvals, the other one if there is none.
func (w *world) guarded(otherwise uint32) uint32 {
	var handles []uint32
	for _, n := range w.c.Nodes {
		for _, k := range n.HSM.Keys {
			if k != nil && k.MValue > 0 {
				handles = append(handles, k.Handle)
			}
		}
	}
	if len(handles) == 0 {
		return otherwise
	}
	return handles[w.pick(len(handles))]
}

// askApproval makes a token for a key on all HSMs, or on none.
func (w *world) askApproval(cl *cluster.Client, handle uint32) {
	service := []hsm.Service{hsm.KeyUsage, hsm.KeyMgmt}[w.pick(2)]
	before := map[int][]*hsm.Token{}
	for _, n := range w.c.Nodes {
		before[n.HSM.Node] = slices.Clone(n.HSM.Quorum.Tokens)
	}
	_, err := cl.NewToken(service, handle)
	if err != nil {
		for _, n := range w.c.Nodes {
			stands := slices.Equal(before[n.HSM.Node], n.HSM.Quorum.Tokens)
			w.law(stands, "a token for %d is refused, and node %d has other tokens: %v", handle, n.HSM.Node, err)
		}
		return
	}
	for _, a := range cl.Reached() {
		h := w.c.Node(a.Node).HSM
		has := slices.ContainsFunc(h.Quorum.Tokens, func(t *hsm.Token) bool {
			return t.Service == service && t.Handle == handle && !slices.Contains(before[a.Node], t)
		})
		w.law(has, "node %d has no token for %d", a.Node, handle)
	}
}

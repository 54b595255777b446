package cluster_test

import (
	"slices"

	"github.com/stretchr/testify/require"

	"hsmplay/core/attr"
	"hsmplay/core/cluster"
	"hsmplay/core/hsm"
)

// sizes are the clusters to begin with, small ones more often.
var sizes = []int{1, 2, 2, 3, 3, 3, 3, 4, 5, anySize, cluster.NodesMax}

const anySize = 0

// moves are what may happen.
var moves = []struct {
	name   string
	weight int
	make   func(*world)
}{
	{"connect", 4, (*world).connect},
	{"close", 2, (*world).close},
	{"log in", 6, (*world).logIn},
	{"log out", 2, (*world).logOut},
	{"create", 30, (*world).create},
	{"do the work", 4, (*world).doWork},
	{"abandon", 2, (*world).abandon},
	{"delete", 12, (*world).delete},
	{"make token", 5, (*world).makeToken},
	{"stop", 4, func(w *world) { w.fault((*cluster.Cluster).Stop) }},
	{"start", 10, func(w *world) { w.repair((*cluster.Cluster).Start) }},
	{"isolate", 4, func(w *world) { w.fault((*cluster.Cluster).Isolate) }},
	{"heal", 9, func(w *world) { w.repair((*cluster.Cluster).Heal) }},
	{"delay", 4, (*world).delay},
	{"add", 3, (*world).add},
	{"remove", 3, (*world).remove},
	{"daemon stop", 1, func(w *world) { w.c.SetDaemon(false) }},
	{"daemon start", 8, func(w *world) { w.c.SetDaemon(true) }},
	{"advance", 10, func(w *world) { w.c.Advance(int64(w.pick(3000))) }},
	{"wait long", 3, (*world).waitLong},
	{"save and load", 1, (*world).saveAndLoad},
	{"use", 8, (*world).use},
	{"dial", 6, (*world).dial},
	{"hang up", 2, (*world).hangUp},
	{"enter", 12, (*world).enterAny},
	{"leave", 4, (*world).leave},
	{"create user", 6, (*world).createUser},
	{"delete user", 5, (*world).deleteUser},
	{"change password", 5, (*world).changePassword},
	{"sync user", 8, (*world).syncUser},
	{"sync key", 9, (*world).syncKey},
	{"share", 8, (*world).share},
	{"set attribute", 8, (*world).setAttribute},
	{"join", 2, (*world).join},
	{"part", 1, (*world).part},
	{"sign in", 6, (*world).signIn},
	{"sign out", 2, (*world).signOut},
	{"manage", 10, (*world).manage},
	{"create everywhere", 8, (*world).createEverywhere},
	{"delete everywhere", 4, (*world).deleteEverywhere},
	{"share everywhere", 6, (*world).shareEverywhere},
	{"change everywhere", 6, (*world).changeKeyEverywhere},
	{"use everywhere", 6, (*world).useEverywhere},
}

func (w *world) tool() *cluster.Client {
	if len(w.tools) == 0 {
		w.connect()
	}
	if len(w.tools) == 0 {
		return nil
	}
	return w.tools[w.pick(len(w.tools))]
}

func (w *world) connect() {
	if cl, err := w.c.Connect(); err == nil {
		w.tools = append(w.tools, cl)
	}
}

func (w *world) close() {
	if cl := w.tool(); cl != nil {
		cl.Close()
		w.tools = slices.DeleteFunc(w.tools, func(other *cluster.Client) bool { return other == cl })
	}
}

func (w *world) logIn() {
	if cl := w.tool(); cl != nil {
		w.logInAs(cl, w.name(), w.password())
	}
}

// logInAs logs in on every HSM: it takes the right password on each, and an account that is not
// locked there.
func (w *world) logInAs(cl *cluster.Client, name, password string) {
	may := map[int]bool{}
	for _, n := range w.c.Reached() {
		a, u := w.account(n.HSM.Node, name, hsm.CU), n.HSM.UserNamed(hsm.CU, name)
		may[n.HSM.Node] = a != nil && a.password == password && !u.Locked() && (cl.Login == nil || cl.Login.Name == name)
	}
	for _, answer := range cl.LogIn(hsm.CU, name, password) {
		w.law(answer.Err != nil || may[answer.Node], "%s logs in on %d: %v", name, answer.Node, answer.Err)
	}
}

func (w *world) logOut() {
	if cl := w.tool(); cl != nil {
		cl.LogOut()
	}
}

func (w *world) create() {
	cl := w.tool()
	if cl == nil {
		return
	}
	if cl.Login == nil && w.pick(5) > 0 {
		w.logInAs(cl, w.name(), "aws")
	}
	r := []cluster.Request{pair(0), single(0, attr.PrivateKey), single(0, attr.Public)}[w.pick(3)]
	if w.pick(2) == 0 {
		r.Servers = w.pick(len(w.c.Nodes) + 2)
	}
	if w.pick(2) == 0 {
		r.Timeout = int64(w.pick(4000))
	}
	if w.pick(4) == 0 {
		r = inSession(r)
	}
	if w.pick(5) == 0 {
		r = slowly(r)
	}
	for i := range r.Templates {
		if w.pick(3) == 0 {
			r.Templates[i].Shared, r.Templates[i].MValue = []int{3 + w.pick(7)}, []int{0, 0, 0, 2}[w.pick(4)]
		}
		if w.pick(4) == 0 {
			r.Templates[i].ID = []string{"a", "b"}[w.pick(2)]
		}
	}
	p := &pending{tool: cl, asked: r, owner: cl.Login}
	p.Creation = cl.Create(r)
	w.pending = append(w.pending, p)
}

func (w *world) doWork() {
	for _, p := range w.pending {
		if p.Slow() {
			p.Work(w.context())
			p.Done()
			return
		}
	}
}

func (w *world) abandon() {
	if len(w.pending) > 0 {
		w.pending[w.pick(len(w.pending))].Abandon()
	}
}

// handle returns a handle that some HSM has, rarely any other.
func (w *world) handle() uint32 {
	var handles []uint32
	for _, n := range w.c.Nodes {
		for _, k := range n.HSM.Keys {
			if k != nil {
				handles = append(handles, k.Handle)
			}
		}
	}
	if len(handles) == 0 || w.pick(20) == 0 {
		return uint32(w.pick(1 << 20))
	}
	return handles[w.pick(len(handles))]
}

func (w *world) delete() {
	cl, handle := w.tool(), w.handle()
	if cl == nil {
		return
	}
	k, may := w.reachable(cl, handle)
	may = may && k.Has(attr.FlagDestroyable)
	_, err := cl.Delete(handle)
	require.Equal(w.t, may, err == nil, "delete %d: %v", handle, err)
	if err == nil {
		w.keys[k.Material].dead = true
	}
}

func (w *world) makeToken() {
	cl, handle := w.tool(), w.handle()
	if cl == nil {
		return
	}
	k, may := w.reachable(cl, handle)
	_, err := cl.SetToken(handle, true)
	require.Equal(w.t, may, err == nil, "make token %d: %v", handle, err)
	if err == nil {
		w.keys[k.Material].session = 0
	}
}

// reachable returns the key of a handle, and whether the tool's user owns it on an HSM where he is
// logged in.
func (w *world) reachable(cl *cluster.Client, handle uint32) (*hsm.Key, bool) {
	for _, n := range w.c.Nodes {
		k := n.HSM.At(handle)
		if k == nil || !n.Reached() || !w.c.Daemon || !n.HSM.LoggedIn(cl.Session) {
			continue
		}
		what := w.keys[k.Material]
		if what.owner == cl.Login.Name && (what.session == 0 || what.session == cl.Session) && !w.refusedBefore(cl, n) {
			return k, true
		}
	}
	return nil, false
}

// refusedBefore reports whether a tool that asks the HSMs in turn is refused by one before it gets
// to a node: nobody is logged in there.
func (w *world) refusedBefore(cl *cluster.Client, until *cluster.Node) bool {
	for _, n := range w.c.Reached() {
		if n == until {
			break
		}
		if !n.HSM.LoggedIn(cl.Session) {
			return true
		}
	}
	return false
}

func (w *world) node() int { return w.c.Nodes[w.pick(len(w.c.Nodes))].HSM.Node }

func (w *world) fault(f func(*cluster.Cluster, int) error) { require.NoError(w.t, f(w.c, w.node())) }

// repair does something to a node that is away, to any if none is.
func (w *world) repair(f func(*cluster.Cluster, int) error) {
	for _, n := range w.c.Nodes {
		if !n.Reached() {
			require.NoError(w.t, f(w.c, n.HSM.Node))
			return
		}
	}
	w.fault(f)
}

func (w *world) delay() {
	require.NoError(w.t, w.c.Delay(w.node(), int64(w.pick(3)*w.pick(1500))))
}

func (w *world) add() {
	like := w.c.Nodes[0]
	if reached := w.c.Reached(); len(reached) > 0 {
		like = reached[0]
	}
	id, err := w.c.Add()
	if err != nil {
		require.ErrorIs(w.t, err, cluster.ErrLargest)
		return
	}
	w.accounts[id] = nil
	for _, a := range w.accounts[like.HSM.Node] {
		row := *a
		w.accounts[id] = append(w.accounts[id], &row)
	}
}

func (w *world) remove() {
	id := w.node()
	if err := w.c.Remove(id); err != nil {
		require.ErrorIs(w.t, err, cluster.ErrSmallest)
		return
	}
	for g := range w.may {
		if g.node == id {
			delete(w.may, g)
			delete(w.must, g)
		}
	}
}

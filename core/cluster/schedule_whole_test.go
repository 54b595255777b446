package cluster_test

import (
	"slices"

	"github.com/stretchr/testify/require"

	"hsmplay/core/cluster"
	"hsmplay/core/hsm"
	"hsmplay/core/mech"
)

// The moves of clients of the whole cluster: the same accounts as those of the other tools, and what
// one HSM refuses is done on none, but for new users.

// everyNode is the node of what a move may change anywhere.
const everyNode = -1

// wholeTool returns a client of the whole cluster, sometimes a new one; nil if there is none.
func (w *world) wholeTool() *cluster.Client {
	if len(w.wholes) == 0 || w.pick(8) == 0 {
		w.join()
	}
	if len(w.wholes) == 0 {
		return nil
	}
	return w.wholes[w.pick(len(w.wholes))]
}

func (w *world) join() {
	if w.anchor == nil {
		w.anchor = mech.CertificatePEM(w.c.CustomerRoot())
	}
	j := cluster.Joining{Anchor: w.anchor}
	room := false
	for _, n := range w.c.Nodes {
		j.Addresses = append(j.Addresses, n.IP)
		room = room || n.Reached() && len(n.HSM.Sessions) < n.HSM.SessMax
	}
	cl, err := w.c.Join(j)
	require.Equal(w.t, room, err == nil, "join: %v", err)
	if err == nil {
		w.wholes = append(w.wholes, cl)
	}
}

func (w *world) part() {
	if cl := w.wholeTool(); cl != nil {
		cl.Close()
		w.wholes = slices.DeleteFunc(w.wholes, func(o *cluster.Client) bool { return o == cl })
	}
}

// signIn logs in on every HSM, as the accounts there say.
func (w *world) signIn() {
	cl := w.wholeTool()
	if cl == nil {
		return
	}
	who := cluster.Credentials{Type: w.kind(), Name: w.name(), Password: w.password()}
	if w.pick(2) == 0 {
		who = cluster.Credentials{Type: hsm.CO, Name: "admin", Password: "password"}
	}
	before := cl.Login
	may := map[int]bool{}
	for _, a := range cl.Reached() {
		account, u := w.account(a.Node, who.Name, who.Type), w.c.Node(a.Node).HSM.UserNamed(who.Type, who.Name)
		may[a.Node] = account != nil && account.password == who.Password && !u.Locked()
	}
	answers, err := cl.Authenticate(who)
	if before != nil || len(may) == 0 {
		require.Error(w.t, err, "a second login")
		require.Same(w.t, before, cl.Login)
		return
	}
	for _, a := range answers {
		w.law(may[a.Node] == (a.Err == nil), "%s signs in on %d: %v", who.Name, a.Node, a.Err)
	}
}

func (w *world) signOut() {
	if cl := w.wholeTool(); cl != nil {
		may := cl.Login != nil && cl.Connected()
		require.Equal(w.t, may, cl.SignOut() == nil)
	}
}

// wholeBusy reports whether a user is logged in on an HSM through a client of the whole cluster.
func (w *world) wholeBusy(node int, name string) bool {
	return slices.ContainsFunc(w.wholes, func(cl *cluster.Client) bool {
		u := w.c.Node(node).HSM.SessionUser(cl.Session)
		return u != nil && u.Name == name
	})
}

// on is what a client of the whole cluster is on one HSM: who is logged in, nil for nobody.
func (w *world) on(cl *cluster.Client, node int) *hsm.User {
	return w.c.Node(node).HSM.SessionUser(cl.Session)
}

// manage does something to a user on the whole cluster.
func (w *world) manage() {
	cl := w.wholeTool()
	if cl == nil {
		return
	}
	w.touch(everyNode, 0)
	var nodes []int
	for _, a := range cl.Reached() {
		nodes = append(nodes, a.Node)
	}
	[]func(*cluster.Client, []int, hsm.UserType, string, string){w.addEverywhere, w.removeEverywhere, w.changeEverywhere}[w.pick(3)](
		cl, nodes, w.kind(), w.name(), w.password())
}

func (w *world) addEverywhere(cl *cluster.Client, nodes []int, kind hsm.UserType, name, password string) {
	known, other, officer := 0, false, cl.Login != nil
	var lacking []int
	for _, id := range nodes {
		a := w.account(id, name, "")
		other = other || a != nil && a.kind != kind
		u := w.on(cl, id)
		if is := u != nil && u.Type == hsm.CO; a != nil {
			known++
		} else if is {
			lacking = append(lacking, id)
		} else {
			officer = false
		}
	}
	err := cl.AddUser(hsm.NewUser{Type: kind, Name: name, Secret: secretOf(password)})
	w.law((officer && !other && known < len(nodes)) == (err == nil), "add %s: %v", name, err)
	if cl.Login == nil || other || known == len(nodes) {
		return
	}
	for _, id := range lacking { // also where another HSM has refused: users are made one by one
		u := w.c.Node(id).HSM.UserNamed(kind, name)
		w.law(u != nil, "%s is not made on %d: %v", name, id, err)
		w.accounts[id] = append(w.accounts[id], &account{u.ID, u.Name, kind, password})
	}
}

func (w *world) removeEverywhere(cl *cluster.Client, nodes []int, kind hsm.UserType, name, _ string) {
	may, some := cl.Login != nil, false
	for _, id := range nodes {
		if w.account(id, name, kind) == nil {
			continue
		}
		some = true
		owns := slices.ContainsFunc(w.c.Node(id).HSM.Keys, func(k *hsm.Key) bool { return k != nil && w.keys[k.Material].owner == name })
		u := w.on(cl, id)
		may = may && u != nil && u.Type == hsm.CO && !owns && !w.busy(id, name, nil)
	}
	err := cl.RemoveUser(kind, name)
	w.law((may && some) == (err == nil), "remove %s: %v", name, err)
	if err != nil {
		return
	}
	for _, id := range nodes {
		w.accounts[id] = slices.DeleteFunc(w.accounts[id], func(a *account) bool { return a.name == name && a.kind == kind })
		for g := range w.may {
			if g.node == id && w.account(id, name, hsm.CU) == nil {
				w.revoke(g, name)
			}
		}
	}
}

func (w *world) changeEverywhere(cl *cluster.Client, nodes []int, kind hsm.UserType, name, password string) {
	may, some := cl.Login != nil, false
	for _, id := range nodes {
		a := w.account(id, name, kind)
		if a == nil {
			continue
		}
		some = true
		u := w.on(cl, id)
		allowed := u != nil && (u.Type == hsm.CO || u.ID == a.id) && !w.busy(id, name, nil)
		if u != nil && u.ID == a.id {
			allowed = !w.busyBeside(id, name, cl)
		}
		may = may && allowed
	}
	long := password
	if len(long) < 8 {
		long = "password1"
	}
	err := cl.ChangeUser(kind, name, cluster.PasswordChange{Password: long})
	w.law((may && some) == (err == nil), "change %s: %v", name, err)
	for _, id := range nodes {
		if a := w.account(id, name, kind); a != nil && err == nil {
			a.password = long
		}
	}
}

// busyBeside is busy for a user who is logged in through a client himself.
func (w *world) busyBeside(node int, name string, self *cluster.Client) bool {
	all := w.wholes
	w.wholes = slices.DeleteFunc(slices.Clone(all), func(cl *cluster.Client) bool { return cl == self })
	defer func() { w.wholes = all }()
	return w.busy(node, name, nil)
}

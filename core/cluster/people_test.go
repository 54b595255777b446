package cluster_test

import (
	"slices"

	"github.com/stretchr/testify/require"

	"hsmplay/core/cluster"
	"hsmplay/core/hsm"
	"hsmplay/core/mech"
)

// Users are not synchronised, so each HSM has its own. What is known of them here comes from what
// officers have asked for, never from an HSM: a small second opinion on who is who, and on who may
// do what (spec/cmu.md 2.5, 2.6).

// account is a user of one HSM.
type account struct {
	id       int
	name     string
	kind     hsm.UserType
	password string
}

// desk is a connection of cloudhsm_mgmt_util to one HSM.
type desk struct {
	*server
	who *account // who is logged in, as the account was then; nil for nobody
}

// grant is whom a key is shared with on one HSM.
type grant struct {
	node     int
	material *mech.Material
}

// freshAccounts are those of a fresh cluster.
func freshAccounts() []*account {
	var all []*account
	for _, s := range cluster.Seeds {
		all = append(all, &account{s.ID, s.Name, s.Type, s.Password})
	}
	return all
}

// secrets remembers what is expensive to compute.
var secrets = map[string][]byte{}

func derived(password string, salt []byte) []byte {
	key := password + "/" + string(salt)
	if secrets[key] == nil {
		secrets[key] = hsm.Derive(password, salt)
	}
	return secrets[key]
}

func secretOf(password string) hsm.Secret {
	salt := []byte("salt of " + password)
	return hsm.Secret{Salt: salt, Verifier: derived(password, salt)}
}

// account returns the user of an HSM with a name and of a type, "" for any; nil if there is none.
func (w *world) account(node int, name string, kind hsm.UserType) *account {
	for _, a := range w.accounts[node] {
		if a.name == name && (kind == "" || a.kind == kind) {
			return a
		}
	}
	return nil
}

func (w *world) accountByID(node, id int) *account {
	for _, a := range w.accounts[node] {
		if a.id == id {
			return a
		}
	}
	return nil
}

// names are those that users have and get.
var names = []string{"example_user", "user4", "user5", "user6", "p1", "p2", "p3", "p4"}

func (w *world) name() string       { return names[w.pick(len(names))] }
func (w *world) password() string   { return []string{"aws", "password1", "password2"}[w.pick(3)] }
func (w *world) kind() hsm.UserType { return []hsm.UserType{hsm.CU, hsm.CU, hsm.CU, hsm.CO}[w.pick(4)] }

// desk returns a connection that stands, sometimes a new one; nil if there is none.
func (w *world) desk() *desk {
	if len(w.desks) == 0 {
		w.dial()
	}
	if len(w.desks) == 0 {
		return nil
	}
	return w.desks[w.pick(len(w.desks))]
}

func (w *world) dial() {
	n := w.c.Nodes[w.pick(len(w.c.Nodes))]
	if reached := w.c.Reached(); len(reached) > 0 && w.pick(4) > 0 {
		n = reached[w.pick(len(reached))]
	}
	s, err := dial(w.c, n.IP)
	room := len(n.HSM.Sessions) < n.HSM.SessMax || err == nil
	require.Equal(w.t, n.Reached() && room, err == nil, "dial: %v", err)
	if err == nil {
		w.desks = append(w.desks, &desk{server: s})
		w.officer(w.desks[len(w.desks)-1])
	}
}

// officer logs the first officer in most often, so that something happens.
func (w *world) officer(d *desk) {
	if w.pick(3) > 0 {
		w.enter(d, hsm.CO, "admin", "password")
	}
}

func (w *world) hangUp() {
	if d := w.desk(); d != nil {
		d.Close()
		w.desks = slices.DeleteFunc(w.desks, func(o *desk) bool { return o == d })
	}
}

func (w *world) enterAny() {
	d := w.desk()
	if d == nil {
		return
	}
	if accounts := w.accounts[d.Node]; w.pick(3) > 0 {
		a := accounts[w.pick(len(accounts))]
		w.enter(d, a.kind, a.name, a.password)
		return
	}
	w.enter(d, w.kind(), w.name(), w.password())
}

// enter logs in at a desk: it takes the right password of the HSM at hand, and an account that is
// not locked there.
func (w *world) enter(d *desk, kind hsm.UserType, name, password string) {
	a := w.account(d.Node, name, kind)
	u := w.c.Node(d.Node).HSM.UserNamed(kind, name)
	may := a != nil && kind != hsm.AU && a.password == password && !u.Locked() && (d.who == nil || d.who.id == a.id)
	err := d.LogIn(kind, name, func(salt []byte) []byte { return derived(password, salt) }, nil)
	require.Equal(w.t, may, err == nil, "log in %s %s on %d: %v", kind, name, d.Node, err)
	if err == nil {
		d.who = a
	}
}

func (w *world) leave() {
	if d := w.desk(); d != nil {
		require.Equal(w.t, d.who != nil, d.LogOut() == nil)
		d.who = nil
	}
}

// is reports whether a user of a type is logged in.
func (d *desk) is(kind hsm.UserType) bool { return d.who != nil && d.who.kind == kind }

func (w *world) createUser() {
	d, kind, name, password := w.desk(), w.kind(), w.name(), w.password()
	if d == nil {
		return
	}
	may := d.is(hsm.CO) && w.account(d.Node, name, "") == nil
	err := d.CreateUser(hsm.NewUser{Type: kind, Name: name, Secret: secretOf(password)})
	require.Equal(w.t, may, err == nil, "create %s: %v", name, err)
	if err == nil {
		id := w.c.Node(d.Node).HSM.UserNamed(kind, name).ID
		require.Nil(w.t, w.accountByID(d.Node, id), "the id %d of %s is somebody's", id, name)
		w.accounts[d.Node] = append(w.accounts[d.Node], &account{id, name, kind, password})
	}
}

// busy reports whether a user is logged in on an HSM, in another session than the desk's.
func (w *world) busy(node int, name string, except *desk) bool {
	for _, d := range w.desks {
		if d != except && d.Node == node && d.who != nil && d.who.name == name {
			return true
		}
	}
	h := w.c.Node(node).HSM
	return w.wholeBusy(node, name) || slices.ContainsFunc(w.tools, func(cl *cluster.Client) bool {
		return h.LoggedIn(cl.Session) && cl.Login.Name == name
	})
}

func (w *world) deleteUser() {
	d, kind, name := w.desk(), w.kind(), w.name()
	if d == nil {
		return
	}
	owns := slices.ContainsFunc(w.c.Node(d.Node).HSM.Keys, func(k *hsm.Key) bool {
		return k != nil && w.keys[k.Material].owner == name
	})
	may := d.is(hsm.CO) && w.account(d.Node, name, kind) != nil && !w.busy(d.Node, name, nil) && !owns
	w.touch(d.Node, 0)
	gone, err := d.DeleteUser(kind, name)
	require.Equal(w.t, may, err == nil, "delete %s: %v", name, err)
	if err != nil {
		return
	}
	if w.pick(4) == 0 { // the tool takes back what another HSM has refused
		require.NoError(w.t, d.Undelete(gone))
		return
	}
	w.accounts[d.Node] = slices.DeleteFunc(w.accounts[d.Node], func(a *account) bool { return a.name == name })
	for g := range w.may {
		if g.node == d.Node {
			w.revoke(g, name)
		}
	}
}

func (w *world) changePassword() {
	d, kind, name, password := w.desk(), w.kind(), w.name(), w.password()
	if d == nil {
		return
	}
	a := w.account(d.Node, name, kind)
	may := a != nil && d.who != nil && (d.is(hsm.CO) || d.who.name == name) && !w.busy(d.Node, name, d)
	err := d.ChangePassword(kind, name, secretOf(password))
	require.Equal(w.t, may, err == nil, "change password of %s: %v", name, err)
	if err == nil {
		a.password = password
	}
}

// other returns another desk at which the same user is logged in; nil if there is none.
func (w *world) other(d *desk) *desk {
	for _, o := range w.desks {
		if o.Node != d.Node && d.who != nil && o.who != nil && o.who.name == d.who.name {
			return o
		}
	}
	return nil
}

func (w *world) syncUser() {
	from := w.desk()
	if from == nil {
		return
	}
	to := w.other(from)
	a := w.accountByID(from.Node, 1+w.pick(9))
	if to == nil || a == nil {
		return
	}
	u, err := from.ExtractUser(a.id)
	require.Equal(w.t, from.is(hsm.CO) && a.kind != hsm.AU, err == nil, "extract user %s: %v", a.name, err)
	if err != nil {
		return
	}
	byID, byName := w.accountByID(to.Node, a.id), w.account(to.Node, a.name, "")
	may := to.is(hsm.CO) && byID == byName && (byID == nil || byID.kind == a.kind)
	err = to.InsertUser(from.server, u)
	require.Equal(w.t, may, err == nil, "insert user %s: %v", a.name, err)
	if err == nil {
		w.accounts[to.Node] = slices.DeleteFunc(w.accounts[to.Node], func(o *account) bool { return o == byID })
		copied := *a
		w.accounts[to.Node] = append(w.accounts[to.Node], &copied)
	}
}

package cluster_test

import (
	"errors"
	"slices"

	"github.com/stretchr/testify/require"

	"hsmplay/core/attr"
	"hsmplay/core/cluster"
	"hsmplay/core/hsm"
	"hsmplay/core/mech"
	"hsmplay/core/retcode"
)

// Users are not synchronised, so each HSM has its own. What is known of them here comes from what officers have asked for,
// never from an HSM: a small second opinion on who is who, and on who may do what (spec/cmu.md 2.5, 2.6).

// account is a user of one HSM.
type account struct {
	id       int
	name     string
	kind     hsm.UserType
	password string
}

// desk is a connection of cloudhsm_mgmt_util to one HSM.
type desk struct {
	*cluster.Server
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
	s, err := w.c.Dial(n.IP)
	room := len(n.HSM.Sessions) < n.HSM.SessMax || err == nil
	require.Equal(w.t, n.Reached() && room, err == nil, "dial: %v", err)
	if err == nil {
		w.desks = append(w.desks, &desk{Server: s})
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

// enter logs in at a desk: it takes the right password of the HSM at hand, and an account that is not locked there.
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
	return slices.ContainsFunc(w.tools, func(cl *cluster.Client) bool {
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
	err = to.InsertUser(u)
	require.Equal(w.t, may, err == nil, "insert user %s: %v", a.name, err)
	if err == nil {
		w.accounts[to.Node] = slices.DeleteFunc(w.accounts[to.Node], func(o *account) bool { return o == byID })
		copied := *a
		w.accounts[to.Node] = append(w.accounts[to.Node], &copied)
	}
}

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
	err = to.InsertKey(row)
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
	flags := []attr.Flags{0, attr.FlagSign, attr.FlagVerify, attr.FlagExtractable}[w.pick(4)]
	if k, err := cl.UsableKey(handle, "use", flags); err == nil {
		what := w.keys[k.Material]
		w.law(k.Has(flags) && what.m == 0, "key %d is used without %x or approval", handle, flags)
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

package cluster

import (
	"cmp"
	"slices"
	"strings"

	"hsmplay/core/hsm"
	"hsmplay/core/retcode"
)

// Agreement says on which of the HSMs that are reached something is so: of a user, of those that
// know him.
type Agreement int

// The agreements, with the words of user list (spec/cloudhsm-cli.md 1.8).
const (
	None   Agreement = iota // nowhere
	Full                    // everywhere
	Partly                  // on some: "inconsistent"
)

// agreement sums up on how many of some HSMs something is so.
func agreement(have, of int) Agreement {
	switch have {
	case 0:
		return None
	case of:
		return Full
	}
	return Partly
}

// Person is a user of the whole cluster. Names are who somebody is; ids may differ from HSM to HSM.
type Person struct {
	Name     string       // in small letters
	Type     hsm.UserType // "" where the HSMs disagree
	Locked   Agreement
	Second   Agreement // a key of a second factor is registered
	Quorum   Agreement // a key for approvals is registered
	Coverage Agreement // Full or Partly
}

// tally counts on how many HSMs a user is what.
type tally struct {
	first                        *hsm.User
	differs                      bool // his type
	have, locked, second, quorum int
}

// People returns the users of the whole cluster: officers, crypto users, each by id, then the
// service's own. It needs no login. It fails with retcode.ServerUnavailable.
func (cl *Client) People() ([]Person, error) {
	nodes := cl.nodes()
	if len(nodes) == 0 {
		return nil, retcode.ServerUnavailable
	}
	cl.cluster.record(Event{From: FromClient, Node: nodes[0].HSM.Node, Op: "users"})
	people, of := tallies(nodes), len(nodes)
	slices.SortStableFunc(people, func(a, b *tally) int {
		return cmp.Or(rank(a.first.Type)-rank(b.first.Type), a.first.ID-b.first.ID)
	})
	var list []Person
	for _, t := range people {
		p := Person{Name: strings.ToLower(t.first.Name), Type: t.first.Type, Locked: agreement(t.locked, t.have),
			Second: agreement(t.second, t.have), Quorum: agreement(t.quorum, t.have), Coverage: agreement(t.have, of)}
		if t.differs {
			p.Type = ""
		}
		list = append(list, p)
	}
	return list, nil
}

// Person returns a user of the whole cluster. It fails with ErrNoUser and retcode.ServerUnavailable.
func (cl *Client) Person(name string) (Person, error) {
	people, err := cl.People()
	if err != nil {
		return Person{}, err
	}
	for _, p := range people {
		if strings.EqualFold(p.Name, name) {
			return p, nil
		}
	}
	return Person{}, ErrNoUser
}

// tallies counts the users of HSMs, each once, in the order in which they are met.
func tallies(nodes []*Node) []*tally {
	var people []*tally
	byName := map[string]*tally{}
	for _, n := range nodes {
		for _, u := range n.HSM.Users {
			name := strings.ToLower(u.Name)
			t := byName[name]
			if t == nil {
				t = &tally{first: u}
				byName[name] = t
				people = append(people, t)
			}
			t.add(u)
		}
	}
	return people
}

// add counts the user as one more HSM knows him.
func (t *tally) add(u *hsm.User) {
	t.have++
	t.differs = t.differs || u.Type != t.first.Type
	for _, mark := range []struct {
		set   bool
		count *int
	}{{u.Locked(), &t.locked}, {u.TwoFA != nil, &t.second}, {u.Quorum != nil, &t.quorum}} {
		if mark.set {
			*mark.count++
		}
	}
}

// rank is the place of a type of users in the list.
func rank(t hsm.UserType) int {
	return slices.Index([]hsm.UserType{hsm.PRECO, hsm.CO, hsm.CU, hsm.AU}, t)
}

// AddUser makes a user on every reached HSM, and on those that lack him where only some know him:
// that repairs what went half through. It fails as together; with hsm.NameTaken where all know
// him, or one knows him in another role; with hsm.TooManyUsers; and as hsm.CreateUser. What was made
// stays where another HSM refuses: users are made one by one.
func (cl *Client) AddUser(n hsm.NewUser, approvals ...TokenFile) error {
	if err := cl.loggedIn(); err != nil {
		return err
	}
	nodes := cl.nodes()
	known := 0
	for _, node := range nodes {
		for _, u := range node.HSM.Users {
			if !strings.EqualFold(u.Name, n.Name) {
				continue
			}
			if known++; u.Type != n.Type {
				return hsm.Refusal{Reason: hsm.NameTaken, User: u.ID}
			}
			n.ID = cmp.Or(n.ID, u.ID)
		}
	}
	if n.ID == 0 {
		n.ID = cl.freeUserID()
	}
	return cl.under(approvals, func() error {
		return FirstError(cl.all("create user", n.Name, func(h *hsm.HSM) error {
			switch u := h.UserNamed(n.Type, n.Name); {
			case u != nil && known < len(nodes):
				return nil
			case u == nil && len(h.Users) >= h.Policy.Model.Row().UsersMax:
				return hsm.TooManyUsers
			}
			err := h.CreateUser(cl.Session, n)
			if err == nil {
				cl.welcome(h.Node, h.UserNamed(n.Type, n.Name).ID)
			}
			return err
		}, typed(n.Type), Arg{Name: "password", Secret: true}))
	})
}

// freeUserID returns the lowest id that is free on all HSMs of the cluster, also on those that are
// away: keys go to HSMs that know their owner by the same id.
func (cl *Client) freeUserID() int {
	id := 1
	for slices.ContainsFunc(cl.known(), func(n *Node) bool { return n.HSM.UserByID(id) != nil }) {
		id++
	}
	return id
}

// RemoveUser deletes a user from every reached HSM that knows him in this role. It fails as
// together, with ErrNoUser where none does, and as hsm.DeleteUser; then nobody is deleted anywhere.
func (cl *Client) RemoveUser(t hsm.UserType, name string, approvals ...TokenFile) error {
	if err := cl.loggedIn(); err != nil {
		return err
	}
	if cl.UserNamed(t, name) == nil {
		return ErrNoUser
	}
	gone := map[int]hsm.Deleted{}
	return cl.under(approvals, func() error {
		return cl.together("delete user", name, func(h *hsm.HSM) error {
			if h.UserNamed(t, name) == nil {
				return nil
			}
			deleted, err := h.DeleteUser(cl.Session, t, name)
			gone[h.Node] = deleted
			return err
		}, func(h *hsm.HSM) { h.Undelete(gone[h.Node]) }, typed(t))
	})
}

// PasswordChange is a new password in the whole cluster, with what becomes of the registered keys.
type PasswordChange struct {
	Password   string
	DropSecond bool
	DropQuorum bool
	Second     *Response // a key of a second factor to register, with the answers to the challenges; nil for none
}

// ChangeUser gives a user a new password on every reached HSM that knows him, and registers or
// forgets his keys; it unlocks him. It fails as together, with ErrNoUser, and as
// hsm.ChangePassword; then nothing is changed anywhere.
func (cl *Client) ChangeUser(t hsm.UserType, name string, to PasswordChange, approvals ...TokenFile) error {
	asked := cl.take()
	if err := cl.loggedIn(); err != nil {
		return err
	}
	if cl.UserNamed(t, name) == nil {
		return ErrNoUser
	}
	secret := cl.NewUserSecret(to.Password)
	secret.Keep, secret.DropSecond, secret.DropQuorum = true, to.DropSecond, to.DropQuorum
	before := map[int]*hsm.User{}
	return cl.under(approvals, func() error {
		return cl.together("change password", name, func(h *hsm.HSM) error {
			u := h.UserNamed(t, name)
			if u == nil {
				return nil
			}
			before[h.Node] = u
			row := secret
			row.Second = to.Second.factor(asked, h.Node)
			err := h.ChangePassword(cl.Session, t, name, row)
			if err == nil && cl.Login.Named(name) && cl.Login.Type == t {
				cl.proof = cl.cluster.proof(to.Password)
			}
			return err
		}, func(h *hsm.HSM) {
			if before[h.Node] != nil {
				h.PutUser(before[h.Node])
			}
		}, typed(t), hidden("password", to.Password))
	})
}

// NewUserSecret prepares a new password for the whole cluster.
func (cl *Client) NewUserSecret(password string) hsm.Secret {
	secret := cl.cluster.NewSecret(password)
	secret.Fault = hsm.SDK5Passwords.Check(password)
	return secret
}

// activationName is who the first officer is before the activation. His password is the service's,
// which Client SDK 5 knows.
const activationName = "admin"

// Activate gives the first officer his own password and so activates the cluster. No login is
// needed; one as that officer ends with it, as he has another role now. It fails with ErrActive, retcode.ServerUnavailable, and as hsm.ChangePassword.
func (cl *Client) Activate(password string) error {
	g := cl.group()
	switch {
	case !cl.Connected():
		return retcode.ServerUnavailable
	case g.State() == Active:
		return ErrActive
	}
	before := cl.Login != nil
	if !before {
		if _, err := cl.Authenticate(Credentials{Type: hsm.PRECO, Name: activationName, Password: Seeds[0].Password}); err != nil {
			return err
		}
	}
	err := FirstError(cl.ChangePassword(hsm.PRECO, activationName, cl.NewUserSecret(password)))
	if err == nil || !before {
		_ = cl.SignOut() // the change counts, whatever becomes of the login
	}
	return err
}

// RegisterQuorum registers the key of the user who is logged in for approvals on every reached HSM,
// after a signature over the data of a registration token. It fails as together, and as
// hsm.RegisterSigned.
func (cl *Client) RegisterQuorum(key, data, signature []byte) error {
	before := map[int]*hsm.User{}
	return cl.together("register key", "", func(h *hsm.HSM) error {
		before[h.Node] = h.SessionUser(cl.Session)
		return h.RegisterSigned(cl.Session, key, data, signature)
	}, func(h *hsm.HSM) { h.PutUser(before[h.Node]) },
		sized("public key", key), sized("signature", signature))
}

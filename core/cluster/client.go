package cluster

import (
	"slices"
	"strings"

	"hsmplay/core/attr"
	"hsmplay/core/hsm"
	"hsmplay/core/retcode"
)

// Client is one running tool's connection through the client daemon: the only way from tools to HSMs. Each call is
// an [Event].
type Client struct {
	Session uint64
	Login   *Login // nil while nobody is logged in

	cluster *Cluster
	proof   *proof // of the login, for an HSM that comes back; nil after a load
	resting bool   // of a fork, and no tool has asked for it yet
}

// Login is who is logged in.
type Login struct {
	ID   int
	Name string // as the HSM has it
	Type hsm.UserType
}

// Connect opens a session on every reached HSM. It fails with retcode.DaemonSocket when the daemon is down or reaches
// none.
func (c *Cluster) Connect() (*Client, error) {
	reached := c.Reached()
	if !c.Daemon || len(reached) == 0 {
		return nil, retcode.DaemonSocket
	}
	c.lastID++
	cl := &Client{Session: c.lastID, cluster: c}
	for _, n := range reached {
		if err := n.HSM.OpenSession(cl.Session); err != nil {
			cl.Close()
			return nil, err
		}
	}
	c.clients = append(c.clients, cl)
	return cl, nil
}

// Cluster returns what the client is connected to.
func (cl *Client) Cluster() *Cluster { return cl.cluster }

// Close ends the sessions, and with them the session keys and what is half made.
func (cl *Client) Close() {
	cl.end()
	cl.cluster.clients = slices.DeleteFunc(cl.cluster.clients, func(o *Client) bool { return o == cl })
	cl.cluster.settle()
}

// end ends the sessions and what is half made; the client may log in again.
func (cl *Client) end() {
	cl.abandon()
	for _, n := range cl.cluster.Nodes {
		n.HSM.CloseSession(cl.Session)
	}
	cl.Login, cl.proof = nil, nil
	cl.cluster.unsure = true // session keys have made room
}

// abandon gives up what is half made.
func (cl *Client) abandon() {
	for _, cr := range slices.Clone(cl.cluster.creations) {
		if cr.client == cl {
			cr.Abandon()
		}
	}
}

// all calls f on each reached HSM and records the answers.
func (cl *Client) all(op, detail string, f func(*hsm.HSM) error) []Answer {
	var answers []Answer
	for _, n := range cl.nodes() {
		err := f(n.HSM)
		answers = append(answers, Answer{n.HSM.Node, err})
		cl.cluster.record(Event{From: FromClient, Node: n.HSM.Node, Op: op, Detail: detail, Code: retcode.Of(err)})
	}
	return answers
}

// nodes returns the nodes the client reaches, none while the daemon is down.
func (cl *Client) nodes() []*Node {
	if !cl.cluster.Daemon {
		return nil
	}
	return cl.cluster.Reached()
}

// primary returns the node that carries out what one node does for all: the first that is reached, rather one where the
// user is logged in. It fails with retcode.DaemonSocket while the daemon is down, and with ServerUnavailable.
func (cl *Client) primary() (*Node, error) {
	nodes := cl.nodes()
	switch {
	case !cl.cluster.Daemon:
		return nil, retcode.DaemonSocket
	case len(nodes) == 0:
		return nil, retcode.ServerUnavailable
	}
	for _, n := range nodes {
		if n.HSM.LoggedIn(cl.Session) {
			return n, nil
		}
	}
	return nodes[0], nil
}

// LogIn logs in on every reached HSM, and opens the session first where it is lost. The login counts when one HSM has
// accepted it.
func (cl *Client) LogIn(t hsm.UserType, name, password string) []Answer {
	proof := &proof{password: password}
	answers := cl.all("login", name, func(h *hsm.HSM) error {
		if err := h.OpenSession(cl.Session); err != nil {
			return err
		}
		if cl.Login != nil && !cl.Login.Named(name) { // also where only others have let the user in
			return hsm.OtherLoggedIn
		}
		return h.Login(cl.Session, t, name, proof.verifier)
	})
	for _, a := range answers {
		if a.Err == nil {
			u := cl.cluster.Node(a.Node).HSM.UserNamed(t, name)
			cl.Login, cl.proof = &Login{u.ID, u.Name, u.Type}, proof
			break
		}
	}
	return answers
}

// proof is a password that is being tried; it is derived once per salt.
type proof struct {
	password         string
	salts, verifiers [][]byte
}

// verifier is an hsm.Prover.
func (p *proof) verifier(salt []byte) []byte {
	for i, s := range p.salts {
		if string(s) == string(salt) {
			return p.verifiers[i]
		}
	}
	p.salts = append(p.salts, salt)
	p.verifiers = append(p.verifiers, hsm.Derive(p.password, salt))
	return p.verifiers[len(p.verifiers)-1]
}

// LogOut ends the login on every reached HSM and destroys the session keys and what is half made everywhere.
func (cl *Client) LogOut() []Answer {
	cl.abandon()
	primary, _ := cl.primary()
	answers := cl.all("logout", "", func(h *hsm.HSM) error {
		if primary.HSM == h {
			return h.Logout(cl.Session)
		}
		return h.EndLogin(cl.Session)
	})
	cl.Login, cl.proof = nil, nil
	cl.cluster.unsure = true
	cl.cluster.settle()
	return answers
}

// Users returns the users of the cluster as one list by id, as key_mgmt_util shows them: from the first HSM that is
// reached, and whom only others have after that.
func (cl *Client) Users() ([]*hsm.User, error) {
	if cl.Login == nil {
		return nil, retcode.UserNotReady
	}
	primary, err := cl.primary()
	if err != nil {
		return nil, err
	}
	cl.cluster.record(Event{From: FromClient, Node: primary.HSM.Node, Op: "users"})
	return cl.cluster.allUsers(cl.nodes()), nil
}

// allUsers merges the users of nodes, by id; the lowest node's row of a user counts.
func (c *Cluster) allUsers(nodes []*Node) []*hsm.User {
	merged := &hsm.HSM{}
	for _, n := range slices.Backward(nodes) {
		for _, u := range n.HSM.Users {
			merged.PutUser(u)
		}
	}
	return merged.Users
}

// Key returns a key that the user may see, from the first reached HSM that has it. Errors as hsm.Key.
func (cl *Client) Key(handle uint32) (*hsm.Key, error) {
	return cl.ask("look up", handle, (*hsm.HSM).Key)
}

// OwnKey returns a key that the user owns. Errors as hsm.OwnKey.
func (cl *Client) OwnKey(handle uint32) (*hsm.Key, error) {
	return cl.ask("look up", handle, (*hsm.HSM).OwnKey)
}

// UsableKey returns a key that the user may use and that has the flags. It fails with retcode.AccessDenied
// where a flag is missing, and with [hsm.NeedsApproval] where the key asks for a quorum. A token of a quorum is spent.
func (cl *Client) UsableKey(handle uint32, op string, flags attr.Flags) (*hsm.Key, error) {
	k, err := cl.ask(op, handle, func(h *hsm.HSM, session uint64, handle uint32) (*hsm.Key, error) {
		k, err := h.UsableKey(session, handle, flags)
		if opcode := audited(op, flags); opcode != "" && retcode.Of(err) != retcode.BadHandle {
			h.LogKeys(opcode, session, err, handle)
		}
		return k, err
	})
	if err == nil {
		cl.spend(k)
	}
	return k, err
}

// ask asks the reached HSMs in turn for a key until one has it.
func (cl *Client) ask(op string, handle uint32, get func(*hsm.HSM, uint64, uint32) (*hsm.Key, error)) (*hsm.Key, error) {
	if _, err := cl.primary(); err != nil {
		return nil, err
	}
	var last error
	for _, n := range cl.nodes() {
		k, err := get(n.HSM, cl.Session, handle)
		cl.cluster.record(Event{From: FromClient, Node: n.HSM.Node, Op: op, Detail: handleText(handle), Code: retcode.Of(err)})
		if err == nil {
			return k, nil
		}
		last = err
		if retcode.Of(err) != retcode.BadHandle {
			break
		}
	}
	return nil, last
}

// Find returns the keys that the user may use and that match, each once, by slot, and what each HSM answered.
func (cl *Client) Find(match func(*hsm.Key) bool) ([]*hsm.Key, []Answer) {
	merged := &hsm.HSM{}
	fresh := func(k *hsm.Key) bool { return merged.At(k.Handle) == nil && match(k) }
	answers := cl.all("find", "", func(h *hsm.HSM) error {
		found, err := h.Find(cl.Session, fresh)
		for _, k := range found {
			merged.Put(k)
		}
		return err
	})
	return slices.DeleteFunc(merged.Keys, func(k *hsm.Key) bool { return k == nil }), answers
}

// Where asks every reached HSM whether it has a key that the user may see (findSingleKey).
func (cl *Client) Where(handle uint32) []Answer {
	return cl.all("look up", handleText(handle), func(h *hsm.HSM) error {
		_, err := h.Key(cl.Session, handle)
		return err
	})
}

// Delete removes a key of the user from every reached HSM; those that come back later remove it too. The error is the
// answer of the cluster before any HSM is told: hsm.DeletableKey's. Where one HSM has agreed, the others follow also if
// nobody is logged in there, so that the synchronisation does not bring the key back.
func (cl *Client) Delete(handle uint32) ([]Answer, error) {
	k, err := cl.ask("look up", handle, (*hsm.HSM).DeletableKey)
	if err != nil {
		return nil, err
	}
	answers := cl.all("delete", handleText(handle), func(h *hsm.HSM) error {
		if h.At(handle) != nil {
			h.LogKeys(hsm.CNDestroyObject, cl.Session, nil, handle)
			h.Erase(handle)
		}
		return nil
	})
	cl.cluster.bury(k)
	cl.cluster.unsure = true
	cl.cluster.settle()
	return answers, nil
}

// MakeToken turns a session key of the user into a token key and copies it to every reached HSM that accepts it. A token
// key stays as it is. Errors as hsm.OwnKey.
func (cl *Client) MakeToken(handle uint32) ([]Answer, error) {
	k, err := cl.OwnKey(handle)
	if err != nil {
		return nil, err
	}
	row, home := *k, cl.cluster.holder(k)
	row.Session = 0
	answers := cl.all("set attribute", handleText(handle), func(h *hsm.HSM) error {
		if k.Session != 0 {
			return cl.putToken(h, home, &row)
		}
		if h.At(handle) == nil {
			return retcode.BadHandle
		}
		return nil
	})
	cl.cluster.unsure = true
	cl.cluster.settle()
	return answers, nil
}

// putToken stores a key that was a session key till now, at its home and elsewhere.
func (cl *Client) putToken(h, home *hsm.HSM, row *hsm.Key) error {
	if h != home {
		if !h.Accepts(home, row) {
			return hsm.TooManyKeys
		}
		h.PutCopy(home, row)
		h.LogKeys(hsm.CNInsertMasked, cl.Session, nil, row.Handle)
		return nil
	}
	h.Put(row)
	h.LogKeys(hsm.CNModifyObject, cl.Session, nil, row.Handle)
	h.LogKeys(hsm.CNExtractMasked, cl.Session, nil, row.Handle)
	return nil
}

// Refuse records that every reached HSM refuses a call, and returns their answers.
func (cl *Client) Refuse(op string, code retcode.Code) []Answer {
	return cl.all(op, "", func(*hsm.HSM) error { return code })
}

// RefuseOne records that one HSM refuses something by policy before anything is made: the error, and the cluster block of
// such a refusal. Without a login the error is retcode.UserNotReady.
func (cl *Client) RefuseOne(op string) ([]Answer, error) {
	primary, err := cl.primary()
	if err != nil {
		return nil, err
	}
	if cl.Login == nil {
		return nil, retcode.UserNotReady
	}
	cl.cluster.record(Event{From: FromClient, Node: primary.HSM.Node, Op: op, Code: retcode.Policy})
	return refusalBlock(primary, retcode.Policy), retcode.Policy
}

// Named reports whether a login is the user's with the name; capital letters do not count (spec/README.md 2).
func (l *Login) Named(name string) bool { return strings.EqualFold(l.Name, name) }

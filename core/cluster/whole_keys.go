package cluster

import (
	"slices"
	"strings"

	"hsmplay/core/attr"
	"hsmplay/core/hsm"
	"hsmplay/core/retcode"
)

// KeyRow is a key of the whole cluster, and where its HSMs disagree about it.
type KeyRow struct {
	*hsm.Key           // as the first HSM has it
	Owner    Holder    // whose it is
	Sharers  []Holder  // with whom it is shared, in the order of the sharing
	Coverage Agreement // Full or Partly; a session key is Full on the one HSM that it is on
	Differ   attr.Flags
	Label    bool // labels differ
	ID       bool // ids differ
}

// Holder is a user of a key, by name in small letters, and whether all HSMs agree that he is.
type Holder struct {
	Name     string
	Coverage Agreement
}

// Seen returns the keys that the user who is logged in may list, by handle: a crypto user his own,
// those shared with him and all public ones, an officer the public ones. It fails as together.
func (cl *Client) Seen() ([]*hsm.Key, error) {
	if err := cl.loggedIn(); err != nil {
		return nil, err
	}
	var keys []*hsm.Key
	if cl.Login.Type == hsm.CU {
		var answers []Answer
		if keys, answers = cl.Find(func(*hsm.Key) bool { return true }); Accepted(answers) != nil {
			return nil, Accepted(answers)
		}
	} else {
		cl.all("find", "", func(*hsm.HSM) error { return nil })
		for _, k := range cl.InSession(0) {
			if k.Material.Class == attr.Public {
				keys = append(keys, k)
			}
		}
	}
	slices.SortFunc(keys, func(a, b *hsm.Key) int { return int(int64(a.Handle) - int64(b.Handle)) })
	return keys, nil
}

// Referred returns the token key with a handle, whosever it is, for what an officer does to a key
// that he is told the reference of. It fails as together, with hsm.NotPermitted for somebody else,
// and with a hsm.Refusal, NoSuchKey.
func (cl *Client) Referred(handle uint32) (*hsm.Key, error) {
	switch err := cl.loggedIn(); {
	case err != nil:
		return nil, err
	case cl.Login.Type != hsm.CO:
		return nil, hsm.NotPermitted
	}
	for _, n := range cl.nodes() {
		if k := n.HSM.At(handle); k != nil && k.Session == 0 {
			return k, nil
		}
	}
	return nil, hsm.Refusal{Reason: hsm.NoSuchKey, Handle: handle}
}

// Describe describes a key as the HSMs have it; none has it any more: only the key itself is known.
func (cl *Client) Describe(k *hsm.Key) KeyRow {
	row := KeyRow{Key: k, Coverage: Full}
	var holders []*hsm.HSM
	for _, n := range cl.nodes() {
		if n.holds(k) {
			holders = append(holders, n.HSM)
		}
	}
	of := len(cl.nodes())
	if k.Session != 0 || len(holders) == 0 {
		of = len(holders)
	}
	if len(holders) < of {
		row.Coverage = Partly
	}
	for i, h := range holders {
		other := h.At(k.Handle)
		if i == 0 {
			row.Key = other
		}
		row.Differ |= other.Flags ^ row.Flags
		row.Label = row.Label || other.Label != row.Key.Label
		row.ID = row.ID || other.ID != row.Key.ID
	}
	row.count(holders, of)
	return row
}

// count counts on how many HSMs a key is whose.
func (r *KeyRow) count(holders []*hsm.HSM, of int) {
	owners := map[string]int{}
	sharers := map[string]int{}
	var names []string
	for _, h := range holders {
		k := h.At(r.Handle)
		owners[strings.ToLower(h.UserName(k.Owner))]++
		for _, id := range k.Shared {
			name := strings.ToLower(h.UserName(id))
			if sharers[name]++; sharers[name] == 1 {
				names = append(names, name)
			}
		}
	}
	if len(holders) > 0 {
		name := strings.ToLower(holders[0].UserName(r.Key.Owner))
		r.Owner = Holder{name, agreement(owners[name], of)}
	}
	for _, name := range names {
		r.Sharers = append(r.Sharers, Holder{name, agreement(sharers[name], of)})
	}
}

// onHolders changes a key on every reached HSM that has it. It is done on all, or on none. It fails
// as together, with a hsm.Refusal, NoSuchKey, where none has it, and as the HSMs.
func (cl *Client) onHolders(op string, handle uint32, do func(*hsm.HSM) error, args ...Arg) error {
	if err := cl.loggedIn(); err != nil {
		return err
	}
	before := map[int]*hsm.Key{}
	for _, n := range cl.nodes() {
		if k := n.HSM.At(handle); k != nil {
			before[n.HSM.Node] = k
		}
	}
	if len(before) == 0 {
		return hsm.Refusal{Reason: hsm.NoSuchKey, Handle: handle}
	}
	return cl.together(op, handleText(handle), func(h *hsm.HSM) error {
		if before[h.Node] == nil {
			return nil
		}
		return do(h)
	}, func(h *hsm.HSM) {
		if k := before[h.Node]; k != nil && h.At(handle) != nil {
			h.Put(k)
		}
	}, args...)
}

// ShareKey shares a key of the user who is logged in with another crypto user, or takes it back, on
// all HSMs that have it. It fails as onHolders, with ErrNoUser where an HSM does not know the user,
// and as hsm.Share.
func (cl *Client) ShareKey(handle uint32, name string, share bool, approvals ...TokenFile) error {
	return cl.under(approvals, func() error {
		return cl.onHolders("share", handle, func(h *hsm.HSM) error {
			u := h.UserNamed(hsm.CU, name)
			if u == nil {
				return ErrNoUser
			}
			return h.Share(cl.Session, handle, []int{u.ID}, share)
		}, valued("with", name), switched(share))
	})
}

// ChangeKey changes an attribute of a key on all HSMs that have it. A session key that becomes a
// token key is copied to the others. It fails as onHolders, and as hsm.Change.
func (cl *Client) ChangeKey(handle uint32, s attr.Setting, approvals ...TokenFile) error {
	return cl.under(approvals, func() error {
		brief := cl.brief(handle)
		err := cl.onHolders("set attribute", handle, func(h *hsm.HSM) error { return h.Change(cl.Session, handle, s) },
			attributed(s.Attr), valued("value", s.Value()))
		if err != nil || brief == nil || s.Attr != attr.Token {
			return err
		}
		k := brief.At(handle)
		cl.changed(cl.all("copy", handleText(handle), func(h *hsm.HSM) error { return cl.putToken(h, brief, k) }))
		return nil
	})
}

// brief returns the HSM that has a session key with a handle, or nil.
func (cl *Client) brief(handle uint32) *hsm.HSM {
	for _, n := range cl.nodes() {
		if k := n.HSM.At(handle); k != nil && k.Session != 0 {
			return n.HSM
		}
	}
	return nil
}

// ReplicateKey copies a key to the HSMs of a clone, with its handle, owner and sharers, who are the
// same there by name. A logged-in owner or officer is needed on both. HSMs that have it already
// count as done. It fails as together, and with ErrSameCluster, ErrNoKey, ErrKeyMissing, ErrNotClones,
// ErrStrangers, and [Replicated].
func (cl *Client) ReplicateKey(to *Client, handle uint32) (KeyRow, error) {
	if err := cl.replicates(to); err != nil {
		return KeyRow{}, err
	}
	replies := cl.ExtractKey(handle)
	k, err := extracted(replies, retcode.BadHandle, ErrNoKey, ErrKeyMissing)
	if err != nil {
		return KeyRow{}, err
	}
	home := cl.cluster.holder(k)
	for _, n := range to.nodes() {
		if !n.HSM.KnowsAll(home, k) {
			return KeyRow{}, ErrStrangers
		}
	}
	err = replicated(to.all("insert", handleText(handle), func(h *hsm.HSM) error { return h.Replicate(to.Session, home, k) }))
	to.changed(nil)
	return to.Describe(k), err
}

// ReplicateUser copies a user to the HSMs of a clone, with his password and keys. An officer must be
// logged in on both. It fails as together, and with ErrSameCluster, ErrNoUser, ErrUserMissing,
// ErrNotClones, ErrOtherModel, and [Replicated].
func (cl *Client) ReplicateUser(to *Client, t hsm.UserType, name string) (Person, error) {
	if err := cl.replicates(to); err != nil {
		return Person{}, err
	}
	replies := each(cl, "extract", name, func(h *hsm.HSM) (*hsm.User, error) {
		u := h.UserNamed(t, name)
		if u == nil {
			return nil, retcode.UserNotReady
		}
		return h.ExtractUser(cl.Session, u.ID)
	})
	u, err := extracted(replies, retcode.UserNotReady, ErrNoUser, ErrUserMissing)
	switch {
	case err != nil:
		return Person{}, err
	case cl.Model() == hsm.HSM2 && to.Model() != hsm.HSM2:
		return Person{}, ErrOtherModel
	}
	if err := replicated(to.InsertUser(cl, u)); err != nil {
		return Person{}, err
	}
	return to.Person(name)
}

// replicates returns nil where something may be copied from this client's cluster to another one's.
func (cl *Client) replicates(to *Client) error {
	for _, side := range []*Client{cl, to} {
		if err := side.loggedIn(); err != nil {
			return err
		}
	}
	switch {
	case cl.group() == to.group():
		return ErrSameCluster
	case !cl.clones(to):
		return ErrNotClones
	}
	return nil
}

// extracted returns what all HSMs of the source have: none, or some lack it, are errors of their own.
func extracted[T any](replies []Reply[T], lacks retcode.Code, none, some error) (T, error) {
	var zero T
	lacking := 0
	for _, r := range replies {
		if r.Err != nil && r.Code() == lacks {
			lacking++
		} else if r.Err != nil {
			return zero, r.Err
		}
	}
	switch lacking {
	case 0:
		return Value(replies)
	case len(replies):
		return zero, none
	}
	return zero, some
}

// replicated is the error of HSMs of the destination.
func replicated(answers []Answer) error {
	failed := 0
	for _, a := range answers {
		if a.Err != nil {
			failed++
		}
	}
	if failed > 0 {
		return Replicated{failed, len(answers), FirstError(answers)}
	}
	return nil
}

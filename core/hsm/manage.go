package hsm

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"hsmplay/core/retcode"
)

// NewUser is what a user is to be like.
type NewUser struct {
	Type UserType
	Name string
	ID   int // to have where it is free; 0 for the lowest free one
	Secret
}

// Secret is what a user proves himself with from now on. The tool derives the verifier once for all
// HSMs.
type Secret struct {
	Salt, Verifier []byte
	Fault          error         // what there is against the password, see [Passwords]; nil for nothing
	Second         *SecondFactor // nil for none

	Keep       bool // the registered keys stay that are not said to go: as Client SDK 5 has it
	DropSecond bool // the key of the second factor goes
	DropQuorum bool // the key for approvals goes
}

// known reports whether there is such a type of user.
func (t UserType) known() bool {
	return slices.ContainsFunc(auditTypes, func(row auditRow) bool { return row.Type == t })
}

// CreateUser adds a user, with the lowest free id unless another one is asked for. It fails with
// NotLoggedIn, NotPermitted, UnknownUserType, retcode.BadUserType, as [CheckName] and [Passwords]
// say, with NotApproved, NameTaken, TooManyUsers, and for a second factor as [SecondFactor] says.
func (h *HSM) CreateUser(session uint64, n NewUser) (err error) {
	defer func() { h.LogUser(created(n.Type), session, err, n.Type, n.Name) }()
	s, _, err := h.allow(session, OpManageUsers)
	if err != nil {
		return err
	}
	if err := n.fault(); err != nil {
		return err
	}
	approval, err := h.approval(s, UserMgmt)
	if err != nil {
		return err
	}
	if u := h.called(n.Name); u != nil {
		return Refusal{Reason: NameTaken, User: u.ID}
	}
	if len(h.Users) >= UsersMax {
		return TooManyUsers
	}
	u := &User{ID: h.idFor(n), Name: n.Name, Type: n.Type, Salt: n.Salt, Verifier: n.Verifier}
	if err := u.setSecond(n.Second); err != nil {
		return err
	}
	h.PutUser(u)
	h.spend(approval)
	return nil
}

// fault is what an HSM has against a user whom nobody knows yet, nil for nothing.
func (n NewUser) fault() error {
	switch {
	case !n.Type.known():
		return UnknownUserType
	case n.Type != CO && n.Type != CU:
		return retcode.BadUserType
	}
	return cmp.Or(CheckName(n.Name), n.Fault)
}

// called returns the user with a name, whatever his type, or nil: names are unique
// (spec/cmu.md 2.2).
func (h *HSM) called(name string) *User {
	for _, u := range h.Users {
		if strings.EqualFold(u.Name, name) {
			return u
		}
	}
	return nil
}

// idFor returns the id that a new user is to have.
func (h *HSM) idFor(n NewUser) int {
	if n.ID > 0 && h.UserByID(n.ID) == nil {
		return n.ID
	}
	return h.freeID()
}

// freeID returns the lowest id that no user has (spec/cmu.md section 9, question 9).
func (h *HSM) freeID() int {
	id := 1
	for _, u := range h.Users { // by id
		if u.ID == id {
			id++
		}
	}
	return id
}

// ChangePassword gives a user a new password, forgets his wrong ones and so unlocks him; the first
// officer's activates the cluster (spec/cmu.md 3.2). It fails with NotLoggedIn, UnknownUserType,
// retcode.UserNotReady for an unknown user, NotPermitted, UserActive, as [Passwords] say,
// with NotApproved, and for a second factor as [SecondFactor] says.
func (h *HSM) ChangePassword(session uint64, t UserType, name string, secret Secret) (err error) {
	defer func() { h.LogUser(CNChangePswd, session, err, t, name) }()
	s, _, err := h.allow(session, OpChangeOwn)
	if err != nil {
		return err
	}
	if !t.known() {
		return UnknownUserType
	}
	u := h.UserNamed(t, name)
	if u == nil {
		return retcode.UserNotReady
	}
	approval, err := h.mayChange(s, u, secret)
	if err != nil {
		return err
	}
	row := *u
	row.Salt, row.Verifier, row.Other, row.Failures, row.Seeded = secret.Salt, secret.Verifier, nil, 0, false
	if row.Type == PRECO {
		row.Type, row.First = CO, true
	}
	row.dropKeys(secret)
	if err := row.setSecond(secret.Second); err != nil {
		return err
	}
	h.PutUser(&row)
	h.spend(approval)
	if s.User == u.ID {
		h.Resume(session, &row)
	}
	return nil
}

// dropKeys forgets the registered keys that do not outlive a change of the password: in
// cloudhsm_mgmt_util those of a second factor (spec/cmu.md 3.2), in Client SDK 5 those that are
// named.
func (u *User) dropKeys(secret Secret) {
	switch {
	case !secret.Keep && u.TwoFA != nil:
		u.TwoFA, u.Quorum = nil, nil
	case secret.DropSecond:
		u.TwoFA = nil
	}
	if secret.DropQuorum {
		u.Quorum = nil
	}
}

// mayChange returns the approval that a change of a user's password takes, nil where it takes none.
func (h *HSM) mayChange(s *Session, u *User, secret Secret) (*Token, error) {
	own := s.User == u.ID
	switch {
	case !own && (Allowed(OpChangePassword, s.Type) != Always || u.Type == AU || u.Type == PRECO):
		return nil, NotPermitted
	case h.busy(u.ID, s.ID):
		return nil, UserActive
	case secret.Fault != nil:
		return nil, secret.Fault
	case own:
		return nil, nil
	}
	return h.approval(s, UserMgmt)
}

// busy reports whether a user is logged in here in another session than the one given, 0 for any.
func (h *HSM) busy(user int, except uint64) bool {
	return slices.ContainsFunc(h.Sessions, func(s *Session) bool { return s.User == user && s.ID != except })
}

// Deleted is what [HSM.Undelete] needs to bring a user back.
type Deleted struct {
	user *User
	keys []*Key // that were shared with him, as they were
}

// DeleteUser removes a user, and his name from the keys that were shared with him. It fails with
// NotLoggedIn, NotPermitted, retcode.UserNotReady for an unknown user, UserActive, HasKeys and
// NotApproved.
func (h *HSM) DeleteUser(session uint64, t UserType, name string) (gone Deleted, err error) {
	defer func() { h.LogUser(CNDeleteUser, session, err, t, name) }()
	s, _, err := h.allow(session, OpManageUsers)
	if err != nil {
		return Deleted{}, err
	}
	u := h.UserNamed(t, name)
	switch {
	case u == nil:
		return Deleted{}, retcode.UserNotReady
	case u.Type == AU || u.Type == PRECO:
		return Deleted{}, NotPermitted
	case h.busy(u.ID, 0):
		return Deleted{}, UserActive
	case slices.ContainsFunc(h.Keys, func(k *Key) bool { return k != nil && k.Owner == u.ID }):
		return Deleted{}, Refusal{Reason: HasKeys, User: u.ID}
	}
	approval, err := h.approval(s, UserMgmt)
	if err != nil {
		return Deleted{}, err
	}
	h.spend(approval)
	return h.remove(u), nil
}

// remove takes a user away.
func (h *HSM) remove(u *User) Deleted {
	gone := Deleted{user: u}
	h.Users = slices.DeleteFunc(slices.Clone(h.Users), func(other *User) bool { return other.ID == u.ID })
	for _, k := range h.Keys {
		if k == nil || !slices.Contains(k.Shared, u.ID) {
			continue
		}
		gone.keys = append(gone.keys, k)
		row := *k
		row.Shared = slices.DeleteFunc(slices.Clone(k.Shared), func(id int) bool { return id == u.ID })
		h.Put(&row)
	}
	h.forgetUser(u.ID)
	return gone
}

// Undelete brings a deleted user back, on the keys that are still there too.
func (h *HSM) Undelete(d Deleted) {
	if d.user == nil || h.UserByID(d.user.ID) != nil || h.called(d.user.Name) != nil {
		return
	}
	h.PutUser(d.user)
	for _, old := range d.keys {
		if k := h.At(old.Handle); k != nil && k.Material == old.Material {
			row := *k
			row.Shared = once(append(slices.Clone(k.Shared), d.user.ID))
			h.Put(&row)
		}
	}
}

// ExtractUser returns a user to copy to another HSM (spec/cmu.md 3.26). It fails with NotLoggedIn,
// NotPermitted, also for a user who is neither CO nor CU, and retcode.UserNotReady for an unknown
// id.
func (h *HSM) ExtractUser(session uint64, id int) (_ *User, err error) {
	defer func() { h.LogKeys(CNExtractMasked, session, err) }()
	if _, _, err := h.allow(session, OpSyncUser); err != nil {
		return nil, err
	}
	u := h.UserByID(id)
	if u == nil {
		return nil, retcode.UserNotReady
	}
	if u.Type != CO && u.Type != CU {
		return nil, NotPermitted
	}
	return u, nil
}

// InsertUser stores a user from another HSM, with his id, over the one with the same id and name.
// It fails with NotLoggedIn, NotPermitted, NameTaken where id or name belong to somebody else or
// to a user of another type, and TooManyUsers.
func (h *HSM) InsertUser(session uint64, u *User) (err error) {
	defer func() { h.LogKeys(CNInsertMasked, session, err) }()
	if _, _, err := h.allow(session, OpSyncUser); err != nil {
		return err
	}
	byID, byName := h.UserByID(u.ID), h.called(u.Name)
	if byID != byName || byID != nil && byID.Type != u.Type {
		return Refusal{Reason: NameTaken, User: cmp.Or(byID, byName).ID}
	}
	if byID == nil && len(h.Users) >= UsersMax {
		return TooManyUsers
	}
	row := *u
	row.Failures = 0
	h.PutUser(&row)
	return nil
}

// HasSession reports whether a session is open.
func (h *HSM) HasSession(id uint64) bool { return h.session(id) != nil }

// SessionUser returns the user who is logged in in a session, nil for nobody.
func (h *HSM) SessionUser(id uint64) *User {
	if s := h.session(id); s != nil && s.User != 0 {
		return h.UserByID(s.User)
	}
	return nil
}

// UserName returns the name of a user, and his number where he is not known here.
func (h *HSM) UserName(id int) string {
	if u := h.UserByID(id); u != nil {
		return u.Name
	}
	return strconv.Itoa(id)
}

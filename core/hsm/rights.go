package hsm

// Op is something that an officer's tool asks an HSM to do.
type Op string

// The operations of the matrix.
const (
	OpLogIn          Op = "log in"
	OpChangeOwn      Op = "change own password"
	OpChangePassword Op = "change password"
	OpManageUsers    Op = "create and delete users"
	OpRegisterKey    Op = "register key"
	OpSetM           Op = "set M value"
	OpGetM           Op = "get M value"
	OpListTokens     Op = "list tokens"
	OpToken          Op = "get, approve and delete tokens"
	OpListKeys       Op = "list all keys"
	OpReadKey        Op = "read key"
	OpTrust          Op = "set trusted"
	OpSetAttribute   Op = "set attribute"
	OpShare          Op = "share"
	OpSyncUser       Op = "synchronise user"
	OpSyncKey        Op = "synchronise key"
)

// Scope says on what an operation is allowed.
type Scope int

const (
	// Never: not at all.
	Never Scope = iota
	// OnSelf: on oneself only.
	OnSelf
	// OnOwn: on keys that one owns.
	OnOwn
	// OnUsable: on keys that one owns or that are shared with one.
	OnUsable
	// OnQuorate: on keys that one may use and that ask for approvals.
	OnQuorate
	// Always: on everything.
	Always
)

// Right is one line of the matrix: who may do something, by type of user. In the line of OpLogIn
// the column is the type that logs in.
type Right struct {
	Op                        Op
	Nobody, PRECO, CO, CU, AU Scope
}

// Rights is who may do what through cloudhsm_mgmt_util (spec/cmu.md 2.6). What nobody need log in
// for is not in it.
var Rights = []Right{
	{OpLogIn, Never, Always, Always, Always, Never},
	{OpChangeOwn, Never, OnSelf, OnSelf, OnSelf, OnSelf},
	{OpChangePassword, Never, Never, Always, Never, Never},
	{OpManageUsers, Never, Never, Always, Never, Never},
	{OpRegisterKey, Never, Never, OnSelf, OnSelf, Never}, // the matrix has officers only; see [HSM.Approve]
	{OpSetM, Never, Never, Always, Never, Never},
	{OpGetM, Never, Always, Always, Always, Always},
	{OpListTokens, Never, Always, Always, Always, Always},
	{OpToken, Never, Never, Always, OnQuorate, Never},
	{OpListKeys, Never, Never, Always, Never, Always},
	{OpReadKey, Never, Never, Never, OnUsable, Never},
	{OpTrust, Never, Never, Always, Never, Never},
	{OpSetAttribute, Never, Never, Never, OnOwn, Never},
	{OpShare, Never, Never, Never, OnOwn, Never},
	{OpSyncUser, Never, Never, Always, Never, Never},
	{OpSyncKey, Never, Never, Always, OnOwn, Never},
}

// Allowed returns on what a user of a type may do something; "" is nobody.
func Allowed(op Op, t UserType) Scope {
	for _, row := range Rights {
		if row.Op != op {
			continue
		}
		switch t {
		case PRECO:
			return row.PRECO
		case CO:
			return row.CO
		case CU:
			return row.CU
		case AU:
			return row.AU
		}
		return row.Nobody
	}
	panic("hsm: no row of rights for " + string(op))
}

// loggedIn returns the session of a logged-in user. It fails with [NotLoggedIn].
func (h *HSM) loggedIn(session uint64) (*Session, error) {
	s := h.session(session)
	if s == nil || s.User == 0 {
		return nil, NotLoggedIn
	}
	return s, nil
}

// allow returns the session and on what it may do something. It fails with [NotLoggedIn] or
// [NotPermitted].
func (h *HSM) allow(session uint64, op Op) (*Session, Scope, error) {
	s, err := h.loggedIn(session)
	if err != nil {
		return nil, Never, err
	}
	scope := Allowed(op, s.Type)
	if scope == Never {
		return nil, Never, NotPermitted
	}
	return s, scope, nil
}

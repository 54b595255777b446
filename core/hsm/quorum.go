package hsm

import (
	"crypto"
	"slices"
	"strings"

	"hsmplay/core/mech"
	"hsmplay/core/retcode"
)

// Service is a group of commands that ask for approvals together (spec/cmu.md 4.2).
type Service int

// The services that are exposed, and the names of Client SDK 5 for them: user, quorum, key-usage,
// key-management, cluster. The numbers from 6 on are the playground's (spec/cloudhsm-cli.md 5.2).
const (
	UserMgmt    Service = 3 // creating and deleting users, changing somebody else's password
	MiscCO      Service = 4 // setting M values
	KeyUsage    Service = 5 // using a key
	KeyMgmt     Service = 6 // wrapping, unwrapping with, sharing and changing a key
	ClusterMgmt Service = 7 // mutual TLS; HSMs of the first type have none of it
)

// MValues are M values by service; 0 stands for 1, which is no quorum.
type MValues [ClusterMgmt + 1]int

// Services lists the services of the older tools with the names that getMValue prints.
var Services = []struct {
	Service Service
	Name    string
	Means   string
}{
	{UserMgmt, "USER_MGMT", "creating and deleting users, changing the password of others"},
	{MiscCO, "MISC_CO", "setting M values"},
}

// ServiceName returns the name of a service and whether there is one.
func ServiceName(s Service) (string, bool) {
	for _, row := range Services {
		if row.Service == s {
			return row.Name, true
		}
	}
	return "", false
}

// Limits of M values and tokens (spec/cmu.md 4.3, 4.4).
const (
	MValueMin = 2
	TokensMax = 1024
	TokenLife = 600_000 // simulated milliseconds that a token is kept at least
)

// Quorum is what an HSM keeps about approvals.
type Quorum struct {
	M      MValues
	Tokens []*Token // by id; the list is replaced, never changed
}

// Token is a challenge for one user, one service and one operation, on one HSM. Its rows are
// immutable.
type Token struct {
	ID        int
	Service   Service
	Handle    uint32 // of the key to use; 0 for an officer's service
	User      int
	Session   uint64 // of the login that it belongs to
	Created   int64  // simulated milliseconds
	Ends      int64  `json:",omitempty"` // simulated milliseconds, when it is good for nothing any more; 0 for never, as the older tools' tokens
	Record    []byte // as in the token file
	Approvers []int  // user ids, in the order of their approvals
}

// MValue returns how many approvals a service needs; 1 is no quorum.
func (h *HSM) MValue(s Service) int {
	if s < 0 || int(s) >= len(h.Quorum.M) {
		return 1
	}
	return max(1, h.Quorum.M[s])
}

// Required returns how many approvals a token needs.
func (h *HSM) Required(t *Token) int {
	if t.Handle == 0 {
		return h.MValue(t.Service)
	}
	if k := h.At(t.Handle); k != nil {
		return k.Approvals(t.Service)
	}
	return 0
}

// Approvals returns how many approvals a service needs for the key, 0 for none. Keys of the older
// tools have one number for both.
func (k *Key) Approvals(s Service) int {
	if s == KeyMgmt && k.Manage > 0 {
		return k.Manage
	}
	return k.MValue
}

// Validity returns for how many milliseconds a token is still kept for certain.
func (t *Token) Validity(now int64) int64 { return max(0, t.Created+TokenLife-now) }

// RegisterKey registers the session's user's public key for approvals, after a signature over a
// file of his choice. It fails with NotLoggedIn, NotPermitted, retcode.UserNotReady for an unknown
// user, SecondFactorKey, BadPublicKey and BadSignature.
func (h *HSM) RegisterKey(session uint64, t UserType, name string, key, file, signature []byte) error {
	s, _, err := h.allow(session, OpRegisterKey)
	if err != nil {
		return err
	}
	u := h.UserNamed(t, name)
	switch {
	case u == nil:
		return retcode.UserNotReady
	case u.ID != s.User:
		return NotPermitted
	case u.TwoFA != nil:
		return SecondFactorKey
	}
	public, err := signingKey(key)
	if err != nil {
		return err
	}
	if mech.Verify(public, SHA256WithRSA, file, signature) != nil {
		return BadSignature
	}
	row := *u
	row.Quorum = public.SPKI
	h.PutUser(&row)
	return nil
}

// SHA256WithRSA is the mechanism of registrations and approvals (spec/cmu.md 4.6).
var SHA256WithRSA = mech.PKCS1(crypto.SHA256)

// SetM sets the approvals that a service needs. The first value is free; another one takes as many
// approvals of a token for MiscCO as either service needs (spec/cmu.md 4.3). It fails with
// NotLoggedIn, NotPermitted, BadMValue and NotApproved.
func (h *HSM) SetM(session uint64, service Service, m int) (err error) {
	defer func() { h.logOwn(CNSetMValue, session, err) }()
	s, _, err := h.allow(session, OpSetM)
	if err != nil {
		return err
	}
	if _, known := ServiceName(service); !known || m < MValueMin || m > min(MValueMax, h.officers()) {
		return BadMValue
	}
	var approval *Token
	if now := h.MValue(service); now > 1 {
		if approval, err = h.approvedBy(s, MiscCO, 0, max(now, h.MValue(MiscCO))); err != nil {
			return err
		}
	}
	h.spend(approval)
	h.Quorum.M[service] = m
	return nil
}

// M returns the M value of a service to a user. It fails with NotLoggedIn.
func (h *HSM) M(session uint64, service Service) (int, error) {
	if _, _, err := h.allow(session, OpGetM); err != nil {
		return 0, err
	}
	return h.MValue(service), nil
}

// approval returns the token that lets a session use a service, nil where none is needed. It fails
// with NotApproved.
func (h *HSM) approval(s *Session, service Service) (*Token, error) {
	if m := h.MValue(service); m > 1 {
		return h.approvedBy(s, service, 0, m)
	}
	return nil, nil
}

// keyApproval returns the token that lets a session use or manage a key, as service says, nil where
// the key asks for none. The tokens of the older tools are for both. It fails with NotApproved.
func (h *HSM) keyApproval(s *Session, k *Key, service Service) (*Token, error) {
	m := k.Approvals(service)
	if m == 0 {
		return nil, nil
	}
	for _, good := range []Service{service, UserMgmt, MiscCO} {
		if t, err := h.approvedBy(s, good, k.Handle, m); err == nil {
			return t, nil
		}
	}
	return nil, NotApproved
}

// approvedBy returns the session's token with so many approvals. It fails with NotApproved.
func (h *HSM) approvedBy(s *Session, service Service, handle uint32, approvals int) (*Token, error) {
	for _, t := range h.Quorum.Tokens {
		if t.of(s) && t.Service == service && t.Handle == handle && len(t.Approvers) >= approvals {
			return t, nil
		}
	}
	return nil, NotApproved
}

// spend forgets a token that was used; nil is none.
func (h *HSM) spend(t *Token) {
	if t != nil {
		h.dropTokens(func(other *Token) bool { return other == t })
	}
}

// forgetUser forgets a user's tokens and approvals.
func (h *HSM) forgetUser(id int) {
	h.dropTokens(func(t *Token) bool { return t.User == id })
	h.withdraw(func(_ *Token, approver int) bool { return approver == id })
}

// withdraw takes back the approvals for which a condition holds.
func (h *HSM) withdraw(lost func(t *Token, approver int) bool) {
	for _, t := range h.Quorum.Tokens {
		kept := slices.DeleteFunc(slices.Clone(t.Approvers), func(approver int) bool { return lost(t, approver) })
		if len(kept) < len(t.Approvers) {
			row := *t
			row.Approvers = kept
			h.putToken(&row)
		}
	}
}

// named reports whether a session is a user's with the name.
func (h *HSM) named(s *Session, name string) bool {
	u := h.UserByID(s.User)
	return u != nil && strings.EqualFold(u.Name, name)
}

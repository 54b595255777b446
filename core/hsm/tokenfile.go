package hsm

import (
	"encoding/binary"
	"slices"

	"hsmplay/core/mech"
	"hsmplay/core/retcode"
)

// Quorum as Client SDK 5 has it (spec/cloudhsm-cli.md 5). The tokens are those of the older tools,
// but for three things: the record says other things, they expire, and approvals are presented with
// the command that they are for.

// TokenServices lists the services of Client SDK 5 with their names.
var TokenServices = []struct {
	Service Service
	Name    string // of the command's option
	InFile  string // in a token file
	OfKey   bool   // it is about a key, and crypto users ask for it
}{
	{UserMgmt, "user", "user-management", false},
	{MiscCO, "quorum", "quorum-management", false},
	{ClusterMgmt, "cluster", "cluster-management", false},
	{KeyUsage, "key-usage", "key-usage", true},
	{KeyMgmt, "key-management", "key-management", true},
}

// OfKey reports whether a service of Client SDK 5 is about a key.
func (s Service) OfKey() bool { return s == KeyUsage || s == KeyMgmt }

// Name returns what Client SDK 5 calls a service, "" for none.
func (s Service) Name() string {
	for _, row := range TokenServices {
		if row.Service == s {
			return row.Name
		}
	}
	return ""
}

// GenerateToken makes a token that lives for TokenLife. It fails with NotLoggedIn; NotPermitted for
// a service of the other role; NoQuorum for a key that asks for no approvals; retcode.BadHandle;
// retcode.AccessDenied; TooManyTokens; and a [Refusal], TokenExists, where the user has a live
// token for an officers' service.
func (h *HSM) GenerateToken(session uint64, r Request) (_ *Token, err error) {
	defer func() { h.logOwn(CNGetToken, session, err) }()
	s, _, err := h.allow(session, OpToken)
	if err != nil {
		return nil, err
	}
	if err := h.mayGenerate(s, r); err != nil {
		return nil, err
	}
	h.dropTokens(func(t *Token) bool { return t.User == s.User && t.Over(r.Now) || h.lost(t) })
	if !r.Service.OfKey() && slices.ContainsFunc(h.Quorum.Tokens, func(t *Token) bool {
		return t.User == s.User && t.Service == r.Service && t.Handle == 0 && t.Ends > 0
	}) {
		return nil, Refusal{Reason: TokenExists, User: s.User}
	}
	if err := h.makeRoom(r.Now); err != nil {
		return nil, err
	}
	r.Type, r.Name = s.Type, h.UserName(s.User)
	t := &Token{ID: h.freeTokenID(), Service: r.Service, Handle: r.Handle, User: s.User, Session: session,
		Created: r.Now, Ends: r.Now + TokenLife}
	t.Record = Record(t.ID, r)
	h.putToken(t)
	return t, nil
}

// mayGenerate returns nil where a session's user may ask for such a token.
func (h *HSM) mayGenerate(s *Session, r Request) error {
	if !r.Service.OfKey() {
		if _, known := ServiceName(r.Service); s.Type != CO || !known && !(r.Service == ClusterMgmt && h.Policy.MTLS()) {
			return NotPermitted
		}
		return nil
	}
	k := h.At(r.Handle)
	switch {
	case s.Type != CU:
		return NotPermitted
	case k == nil:
		return retcode.BadHandle
	case !k.usableBy(s):
		return retcode.AccessDenied
	case k.Approvals(r.Service) == 0:
		return NoQuorum
	}
	return nil
}

// Over reports whether a token has expired.
func (t *Token) Over(now int64) bool { return t.Ends > 0 && now >= t.Ends }

// recordTypes are the types of users by the numbers of a record.
var recordTypes = map[UserType]uint16{CO: 1, CU: 2}

// Record is a token as a file of Client SDK 5 holds it: 80 bytes (spec/cloudhsm-cli.md 5.2).
func Record(id int, r Request) []byte {
	b := binary.BigEndian.AppendUint16(nil, recordTypes[r.Type])
	b = binary.BigEndian.AppendUint16(b, uint16(r.Service))
	b = binary.BigEndian.AppendUint32(b, uint32(id))
	b = binary.BigEndian.AppendUint64(b, uint64(r.Handle))
	b = append(b, r.Nonce[:]...)
	name := make([]byte, NameMax+1)
	copy(name, r.Name)
	b = append(b, name...)
	b = binary.BigEndian.AppendUint64(b, uint64(r.Unix))
	return append(b, make([]byte, RecordSize-len(b))...)
}

// Present gives the approvals of a token file to the token of the session's user that the file
// holds a record of, for the command that follows; [HSM.Withdraw] takes them back where they were
// not used. All must be good, or none counts, and nobody counts twice. It fails with NotLoggedIn,
// NotPermitted, and a [Refusal]: TokenOver, NoApprovals, BadApproval, ApproverRefused,
// TooFewApprovals.
func (h *HSM) Present(session uint64, file []byte, approvals []Approval, now int64) (err error) {
	defer func() { h.logOwn(CNApproveToken, session, err) }()
	s, _, err := h.allow(session, OpToken)
	if err != nil {
		return err
	}
	t := h.tokenIn(s, file)
	switch {
	case t == nil || t.Over(now):
		return Refusal{Reason: TokenOver, Handle: handleIn(file)}
	case len(approvals) == 0:
		return Refusal{Reason: NoApprovals, Handle: t.Handle}
	}
	row := *t
	row.Approvers = nil
	for _, a := range approvals {
		u, err := h.approver(t, file, a)
		if err != nil {
			return err
		}
		if !slices.Contains(row.Approvers, u.ID) {
			row.Approvers = append(row.Approvers, u.ID)
		}
	}
	if have, need := len(row.Approvers), max(1, h.Required(t)); have < need {
		return Refusal{Reason: TooFewApprovals, Handle: t.Handle, Size: have, MValue: need}
	}
	h.putToken(&row)
	return nil
}

// approver returns the user who has approved a token, if the approval counts.
func (h *HSM) approver(t *Token, file []byte, a Approval) (*User, error) {
	u := h.UserNamed(a.Type, a.Name)
	if u == nil || u.Quorum == nil || !h.mayApprove(u, t) {
		return nil, Refusal{Reason: ApproverRefused, Handle: t.Handle}
	}
	key, err := mech.ParsePublic(u.Quorum)
	switch {
	case err != nil:
		return nil, Refusal{Reason: ApproverRefused, Handle: t.Handle, User: u.ID}
	case len(a.Signature) != (key.Bits+7)/8:
		return nil, Refusal{Reason: BadApproval, Handle: t.Handle, User: u.ID}
	case mech.Verify(key, SHA256WithRSA, file, a.Signature) != nil:
		return nil, Refusal{Reason: ApproverRefused, Handle: t.Handle, User: u.ID}
	}
	return u, nil
}

// handleIn returns the key that the first record of a token file is about, 0 for none.
func handleIn(file []byte) uint32 {
	if len(file) < RecordSize {
		return 0
	}
	return uint32(binary.BigEndian.Uint64(file[8:]))
}

// Withdraw takes back the approvals of the session's tokens that were presented and not used.
func (h *HSM) Withdraw(session uint64) {
	if s := h.session(session); s != nil {
		h.withdraw(func(t *Token, _ int) bool { return t.of(s) && t.Ends > 0 })
	}
}

// SetQuorumValue sets the approvals that an officers' service needs, 1 for none: as Client SDK 5
// has it, freely while setting them takes no approvals (spec/cloudhsm-cli.md 2.5). It fails with
// NotLoggedIn, NotPermitted also for a service that the HSM does not have, NotApproved, and a
// [Refusal], QuorumValue.
func (h *HSM) SetQuorumValue(session uint64, service Service, m int) (err error) {
	defer func() { h.logOwn(CNSetMValue, session, err) }()
	s, _, err := h.allow(session, OpSetM)
	if err != nil {
		return err
	}
	_, known := ServiceName(service)
	switch {
	case !known && !(service == ClusterMgmt && h.Policy.MTLS()):
		return NotPermitted
	case m < 1 || m > min(MValueMax, h.officers()):
		return Refusal{Reason: QuorumValue, MValue: m, Max: min(MValueMax, h.officers())}
	}
	approval, err := h.approval(s, MiscCO)
	if err != nil {
		return err
	}
	h.spend(approval)
	h.Quorum.M[service] = m
	return nil
}

// officers returns how many officers there are.
func (h *HSM) officers() int {
	n := 0
	for _, u := range h.Users {
		if u.Type == CO {
			n++
		}
	}
	return n
}

// RegisterSigned registers the session's user's public key for approvals, after a signature over
// the data of a registration token (spec/cloudhsm-cli.md 5.1). A user with a second factor has one
// key for both. It fails with NotLoggedIn, NotPermitted, SecondFactorKey, BadPublicKey and
// BadSignature.
func (h *HSM) RegisterSigned(session uint64, key, data, signature []byte) error {
	s, _, err := h.allow(session, OpRegisterKey)
	if err != nil {
		return err
	}
	public, err := signingKey(key)
	if err != nil {
		return err
	}
	u := h.UserByID(s.User)
	switch {
	case u == nil:
		return NotPermitted
	case u.TwoFA != nil && !slices.Equal(u.TwoFA, public.SPKI):
		return SecondFactorKey
	case mech.Verify(public, SHA256WithRSA, data, signature) != nil:
		return BadSignature
	}
	row := *u
	row.Quorum = public.SPKI
	h.PutUser(&row)
	return nil
}

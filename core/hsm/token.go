package hsm

import (
	"bytes"
	"encoding/binary"
	"slices"

	"hsmplay/core/mech"
	"hsmplay/core/retcode"
)

// RecordSize is the size of a token's record in the token file, in bytes. The file is the records
// of all HSMs, in the order in which the tool knows them (spec/cmu.md 4.4).
const RecordSize = 80

// Request is what a token is asked for.
type Request struct {
	Service Service
	Name    string // of the session's user
	Handle  uint32 // of a key that asks for approvals; 0 for an officer's service
	Now     int64  // simulated milliseconds
	Unix    int64  // seconds since 1970, for the record
	Nonce   [16]byte
	Type    UserType // of the session's user, for the record of [HSM.GenerateToken]
}

// NewToken makes a token, in place of the user's old one for the same. It fails with NotLoggedIn,
// NotPermitted, also for another user's name, NoQuorum where no approvals are needed,
// retcode.BadHandle, retcode.AccessDenied, and TooManyTokens.
func (h *HSM) NewToken(session uint64, r Request) (_ *Token, err error) {
	defer func() { h.logOwn(CNGetToken, session, err) }()
	s, scope, err := h.allow(session, OpToken)
	if err != nil {
		return nil, err
	}
	if _, known := ServiceName(r.Service); !known || !h.named(s, r.Name) {
		return nil, NotPermitted
	}
	if err := h.needsQuorum(s, scope, r); err != nil {
		return nil, err
	}
	h.dropTokens(func(t *Token) bool {
		return t.User == s.User && t.Service == r.Service && t.Handle == r.Handle || h.lost(t)
	})
	if err := h.makeRoom(r.Now); err != nil {
		return nil, err
	}
	t := &Token{ID: h.freeTokenID(), Service: r.Service, Handle: r.Handle, User: s.User, Session: session, Created: r.Now}
	t.Record = record(t.ID, h.Node, r)
	h.putToken(t)
	return t, nil
}

// needsQuorum reports whether what the token is for asks for approvals.
func (h *HSM) needsQuorum(s *Session, scope Scope, r Request) error {
	if r.Handle == 0 {
		switch {
		case scope != Always:
			return NotPermitted
		case h.MValue(r.Service) <= 1:
			return NoQuorum
		}
		return nil
	}
	k := h.At(r.Handle)
	switch {
	case k == nil:
		return retcode.BadHandle
	case !k.UsableBy(s.User):
		return retcode.AccessDenied
	case k.MValue == 0:
		return NoQuorum
	}
	return nil
}

// record is a token as the token file holds it.
func record(id, node int, r Request) []byte {
	b := binary.BigEndian.AppendUint16(nil, uint16(id))
	b = binary.BigEndian.AppendUint16(b, uint16(r.Service))
	b = binary.BigEndian.AppendUint32(b, uint32(node))
	b = binary.BigEndian.AppendUint64(b, uint64(r.Handle))
	b = append(b, r.Nonce[:]...)
	name := make([]byte, NameMax+1)
	copy(name, r.Name)
	b = append(b, name...)
	b = binary.BigEndian.AppendUint32(b, uint32(r.Unix))
	return append(b, make([]byte, RecordSize-len(b))...)
}

// Approval is one user's signature over a whole token file.
type Approval struct {
	Type      UserType
	Name      string
	Signature []byte // RSA PKCS#1 v1.5 over SHA-256
}

// Approve adds approvals to the token of the session's user that the file holds a record of. All
// must be good, or none counts; nobody counts twice. Officers approve officers' services; the use
// of a key its owner and those approve with whom it is shared, since no more than they may be asked
// for (spec/cmu.md 4.8; the vendor's guide leaves it open). It fails with NotLoggedIn,
// NotPermitted, NoToken, retcode.UserNotReady for a signer who has no registered key or is none of
// these, and BadSignature.
func (h *HSM) Approve(session uint64, file []byte, approvals []Approval) (err error) {
	defer func() { h.logOwn(CNApproveToken, session, err) }()
	s, _, err := h.allow(session, OpToken)
	if err != nil {
		return err
	}
	t := h.tokenIn(s, file)
	if t == nil {
		return NoToken
	}
	row := *t
	for _, a := range approvals {
		u := h.UserNamed(a.Type, a.Name)
		if u == nil || u.Quorum == nil || !h.mayApprove(u, t) {
			return retcode.UserNotReady
		}
		key, err := mech.ParsePublic(u.Quorum)
		if err != nil || mech.Verify(key, SHA256WithRSA, file, a.Signature) != nil {
			return BadSignature
		}
		if !slices.Contains(row.Approvers, u.ID) {
			row.Approvers = append(slices.Clone(row.Approvers), u.ID)
		}
	}
	h.putToken(&row)
	return nil
}

// mayApprove reports whether a user's approval of a token counts.
func (h *HSM) mayApprove(u *User, t *Token) bool {
	if t.Handle == 0 {
		return u.Type == CO
	}
	k := h.At(t.Handle)
	return k != nil && k.UsableBy(u.ID)
}

// tokenIn returns the session's token whose record stands in a token file, or nil.
func (h *HSM) tokenIn(s *Session, file []byte) *Token {
	for part := range slices.Chunk(file, RecordSize) {
		for _, t := range h.Quorum.Tokens {
			if t.of(s) && bytes.Equal(t.Record, part) {
				return t
			}
		}
	}
	return nil
}

// ListTokens returns all tokens by id. It fails with NotLoggedIn.
func (h *HSM) ListTokens(session uint64) ([]*Token, error) {
	if _, _, err := h.allow(session, OpListTokens); err != nil {
		return nil, err
	}
	h.dropTokens(h.lost)
	return h.Quorum.Tokens, nil
}

// DeleteTokens deletes the tokens of the session's user, or all. It fails with NotLoggedIn and
// NotPermitted.
func (h *HSM) DeleteTokens(session uint64, all bool) (err error) {
	defer func() { h.logOwn(CNDeleteToken, session, err) }()
	s, _, err := h.allow(session, OpToken)
	if err != nil {
		return err
	}
	h.dropTokens(func(t *Token) bool { return t.User == s.User || all && Allowed(OpToken, s.Type) == Always })
	return nil
}

// DropToken deletes the session's token for a service and key; none is no error.
func (h *HSM) DropToken(session uint64, service Service, handle uint32) {
	if s := h.session(session); s != nil {
		h.spend(h.token(s, service, handle))
	}
}

// SpendKey deletes the session's tokens for a key that have approvals: another HSM has done what
// they were given for.
func (h *HSM) SpendKey(session uint64, handle uint32) {
	if s := h.session(session); s != nil {
		h.dropTokens(func(t *Token) bool { return t.of(s) && t.Handle == handle && len(t.Approvers) > 0 })
	}
}

// endTokens drops the tokens of a session whose login ends.
func (h *HSM) endTokens(session uint64) {
	h.dropTokens(func(t *Token) bool { return t.Session == session })
}

// of reports whether a token is the session's.
func (t *Token) of(s *Session) bool { return t.User == s.User && t.Session == s.ID }

// token returns the session's token for a service and key, or nil.
func (h *HSM) token(s *Session, service Service, handle uint32) *Token {
	for _, t := range h.Quorum.Tokens {
		if t.of(s) && t.Service == service && t.Handle == handle {
			return t
		}
	}
	return nil
}

// lost reports whether the login that a token belongs to has ended.
func (h *HSM) lost(t *Token) bool {
	s := h.session(t.Session)
	return s == nil || s.User != t.User
}

// makeRoom drops one expired token where the table is full. It fails with TooManyTokens.
func (h *HSM) makeRoom(now int64) error {
	if len(h.Quorum.Tokens) < TokensMax {
		return nil
	}
	i := slices.IndexFunc(h.Quorum.Tokens, func(t *Token) bool { return t.Validity(now) == 0 })
	if i < 0 {
		return TooManyTokens
	}
	h.spend(h.Quorum.Tokens[i])
	return nil
}

// freeTokenID returns the lowest id that no token has.
func (h *HSM) freeTokenID() int {
	id := 1
	for _, t := range h.Quorum.Tokens { // by id
		if t.ID == id {
			id++
		}
	}
	return id
}

// putToken stores a token row in place of the one with the same id.
func (h *HSM) putToken(row *Token) {
	tokens := slices.DeleteFunc(slices.Clone(h.Quorum.Tokens), func(t *Token) bool { return t.ID == row.ID })
	i, _ := slices.BinarySearchFunc(tokens, row.ID, func(t *Token, id int) int { return t.ID - id })
	h.Quorum.Tokens = slices.Insert(tokens, i, row)
}

// dropTokens forgets the tokens for which a condition holds.
func (h *HSM) dropTokens(drop func(*Token) bool) {
	if slices.ContainsFunc(h.Quorum.Tokens, drop) {
		h.Quorum.Tokens = slices.DeleteFunc(slices.Clone(h.Quorum.Tokens), drop)
	}
}

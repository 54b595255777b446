package hsm

import (
	"slices"

	"hsmplay/core/retcode"
)

// Session is one tool's session on one HSM. Its id is the same on all HSMs of the cluster.
type Session struct {
	ID   uint64
	User int // who is logged in; 0 for nobody
	Type UserType

	Anchor int `json:",omitempty"` // the trust anchor of its client certificate; 0 for none
}

// session returns the session with the id, or nil.
func (h *HSM) session(id uint64) *Session {
	for _, s := range h.Sessions {
		if s.ID == id {
			return s
		}
	}
	return nil
}

// putSession stores a session row in place of the one with the same id.
func (h *HSM) putSession(row *Session) {
	for i, s := range h.Sessions {
		if s.ID == row.ID {
			h.Sessions[i] = row
			return
		}
	}
	h.Sessions = append(h.Sessions, row)
}

// OpenSession opens a session without a login. It fails with retcode.MaxSessions when the HSM is
// full.
func (h *HSM) OpenSession(id uint64) error { return h.OpenSessionBy(id, 0) }

// OpenSessionBy is OpenSession over a connection with a client certificate that leads to a trust
// anchor, 0 for none.
func (h *HSM) OpenSessionBy(id uint64, anchor int) error {
	if h.session(id) != nil {
		return nil
	}
	if len(h.Sessions) >= h.SessMax {
		return retcode.MaxSessions
	}
	h.Sessions = append(h.Sessions, &Session{ID: id, Anchor: anchor})
	return nil
}

// CloseSession ends a session and destroys its session keys and quorum tokens.
func (h *HSM) CloseSession(id uint64) {
	h.logOwn(CNCloseSession, id, nil)
	h.dropSessionKeys(id)
	h.endTokens(id)
	h.Sessions = slices.DeleteFunc(h.Sessions, func(s *Session) bool { return s.ID == id })
}

// Login logs the session in. It fails with NoSuchUser, LoginFailure (wrong password or locked),
// BadSession, or [OtherLoggedIn].
func (h *HSM) Login(session uint64, t UserType, name string, prove Prover) (err error) {
	s := h.session(session)
	if s == nil {
		return retcode.BadSession
	}
	defer func() { h.LogUser(CNLogin, session, err, t, name) }()
	u := h.UserNamed(t, name)
	if u == nil {
		return retcode.NoSuchUser
	}
	if s.User != 0 && s.User != u.ID {
		return OtherLoggedIn
	}
	if err := h.checkPassword(u, prove); err != nil {
		return err
	}
	h.Resume(session, u)
	return nil
}

// Resume gives a session the login of a user without a password: for a tool that was saved while it
// was logged in.
func (h *HSM) Resume(session uint64, u *User) {
	row := Session{ID: session, User: u.ID, Type: u.Type}
	if s := h.session(session); s != nil {
		row.Anchor = s.Anchor
	}
	h.putSession(&row)
}

// LoggedIn reports whether a user is logged in in the session.
func (h *HSM) LoggedIn(session uint64) bool {
	s := h.session(session)
	return s != nil && s.User != 0
}

// Disconnect ends all sessions, and with them their session keys: the connections are lost.
func (h *HSM) Disconnect() {
	for _, s := range slices.Clone(h.Sessions) {
		h.CloseSession(s.ID)
	}
}

// Logout ends the login and destroys the session keys and quorum tokens.
func (h *HSM) Logout(session uint64) error {
	if _, err := h.need(session); err != nil {
		return err
	}
	h.logOwn(CNLogout, session, nil)
	return h.EndLogin(session)
}

// EndLogin is Logout without an entry in the audit log: where another HSM has taken the command
// (spec/cmu.md 7.4).
func (h *HSM) EndLogin(session uint64) error {
	s, err := h.need(session)
	if err != nil {
		return err
	}
	h.dropSessionKeys(session)
	h.endTokens(session)
	h.putSession(&Session{ID: session, Anchor: s.Anchor})
	return nil
}

// dropSessionKeys destroys the keys that live in a session.
func (h *HSM) dropSessionKeys(session uint64) {
	for i, k := range h.Keys {
		if k != nil && k.Session == session {
			h.free(i)
		}
	}
}

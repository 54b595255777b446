package hsm

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"strings"

	"hsmplay/core/retcode"
)

// Audit is the audit log of an HSM: what clients have asked for, but for reading. Nobody can switch
// it off (spec/cmu.md section 7). Each entry's hash is over the one before, so that a changed log
// shows.
type Audit struct {
	Clock   int64    `json:"-"` // microseconds since 1970; the cluster tells it
	Reboots uint32   // power cycles; the reboot counter of the entries
	Next    uint64   // the sequence number of the next entry
	Head    []byte   // the hash of the last entry; nil before the first
	Entries []*Entry `json:"-"` // oldest first; rows that are only appended, and saved apart
}

// AuditMax is how many entries an HSM keeps at least; older ones go after that, so many at once.
const AuditMax = 512

// Entry is one line of the log. Its rows are immutable.
type Entry struct {
	Seq     uint64
	Time    int64 // microseconds since 1970
	Reboots uint32
	Opcode  Opcode
	Session uint64 // 0 for none
	Code    retcode.Code
	User    string    `json:",omitempty"` // as it was typed
	Type    UserType  `json:",omitempty"`
	Keys    [2]uint32 // handles: private or secret key, public key; a lone public key stands first; 0 for none
	Prev    []byte    // the hash of the entry before
	Hash    []byte    // SHA-256 of Prev and the fields above
}

// BrokenChain is the error of a log that somebody has changed: the first entry that does not follow
// from the one before.
type BrokenChain struct{ Seq uint64 }

// Error names the entry.
func (e BrokenChain) Error() string { return fmt.Sprintf("audit log: entry 0x%x was changed", e.Seq) }

// digest is the hash that an entry must have: over the hash before and every field, texts with
// their lengths. (The text of the entry would do, but takes ten times as long.)
func (e *Entry) digest() []byte {
	b := make([]byte, 0, 192)
	b = append(b, e.Prev...)
	for _, n := range []uint64{e.Seq, uint64(e.Time), uint64(e.Reboots), e.Session, uint64(e.Code), uint64(e.Keys[0]), uint64(e.Keys[1])} {
		b = binary.BigEndian.AppendUint64(b, n)
	}
	for _, s := range []string{string(e.Opcode), e.User, string(e.Type)} {
		b = binary.BigEndian.AppendUint32(b, uint32(len(s)))
		b = append(b, s...)
	}
	sum := sha256.Sum256(b)
	return sum[:]
}

// Verify returns BrokenChain if an entry was changed, left out, added or moved.
func (a *Audit) Verify() error {
	for i, e := range a.Entries {
		follows := i == 0 && a.begins(e) || i > 0 && e.Seq == a.Entries[i-1].Seq+1 && bytes.Equal(e.Prev, a.Entries[i-1].Hash)
		if !follows || !bytes.Equal(e.Hash, e.digest()) {
			return BrokenChain{e.Seq}
		}
	}
	n := len(a.Entries)
	if n == 0 && a.Next > 0 || n > 0 && (!bytes.Equal(a.Entries[n-1].Hash, a.Head) || a.Entries[n-1].Seq+1 != a.Next) {
		return BrokenChain{a.Next}
	}
	return nil
}

// begins reports whether an entry can be the oldest: the first of all, or the first that is left
// after old ones have gone.
func (a *Audit) begins(e *Entry) bool {
	if e.Seq == 0 {
		return len(e.Prev) == 0
	}
	return e.Seq%AuditMax == 0 && len(a.Entries) >= AuditMax
}

// log appends an entry, numbered, timed and chained.
func (h *HSM) log(e Entry, err error) {
	a := &h.Audit
	e.User, e.Type = asText(e.User), UserType(asText(string(e.Type)))
	e.Seq, e.Time, e.Reboots, e.Prev, e.Code = a.Next, a.Clock, a.Reboots, a.Head, retcode.Of(err)
	e.Hash = e.digest()
	a.Next, a.Head = a.Next+1, e.Hash
	if len(a.Entries) >= 2*AuditMax {
		a.Entries = append(a.Entries[:0:0], a.Entries[AuditMax:]...)
	}
	a.Entries = append(a.Entries, &e)
}

// asText is a text as a saved world gives it back, so that it does not break the chain.
func asText(s string) string { return strings.ToValidUTF8(s, "\uFFFD") }

// Log records an operation that has no keys or users to name.
func (h *HSM) Log(op Opcode, session uint64, err error) {
	h.log(Entry{Opcode: op, Session: session}, err)
}

// LogKeys records an operation on keys: private or secret first, then public.
func (h *HSM) LogKeys(op Opcode, session uint64, err error, handles ...uint32) {
	e := Entry{Opcode: op, Session: session}
	copy(e.Keys[:], handles)
	h.log(e, err)
}

// LogUser records an operation on a user, by the name and type that were given. What concerns
// appliance users is the service's own business and is not recorded, but for their creation.
func (h *HSM) LogUser(op Opcode, session uint64, err error, t UserType, name string) {
	if t != AU || op == CNCreateAppliance {
		h.log(Entry{Opcode: op, Session: session, User: name, Type: t}, err)
	}
}

// logOwn records an operation with the user who is logged in in the session.
func (h *HSM) logOwn(op Opcode, session uint64, err error) {
	if u := h.SessionUser(session); u != nil {
		h.LogUser(op, session, err, u.Type, u.Name)
	}
}

// logMade records the making of keys from templates, an import too; no keys where it was refused.
func (h *HSM) logMade(session uint64, err error, ts []Template, keys []*Key) {
	var handles []uint32
	for i := len(keys) - 1; i >= 0; i-- { // of a pair, the private key comes second
		handles = append(handles, keys[i].Handle)
	}
	h.LogKeys(opcodeOf(ts), session, err, handles...)
}

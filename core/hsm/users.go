package hsm

import (
	"crypto/pbkdf2"
	"crypto/sha256"
	"crypto/subtle"
	"slices"
	"strings"

	"hsmplay/core/retcode"
)

// UserType is the role of a user, as the tools print and take it.
type UserType string

// The types of users (spec/kmu.md 3.5).
const (
	PRECO UserType = "PRECO" // the first officer before the cluster is activated
	CO    UserType = "CO"    // officer: manages users
	CU    UserType = "CU"    // crypto user: owns and uses keys
	AU    UserType = "AU"    // appliance user: synchronises and backs up
)

// User is one user of one HSM.
type User struct {
	ID       int
	Name     string
	Type     UserType
	Salt     []byte
	Verifier []byte // PBKDF2 of the password, see [Derive]
	Other    []byte // of a seeded user the documentation gives two passwords: verifier of the second; nil for none
	Failures int    // wrong passwords in a row
	Seeded   bool   // with a toy password that is public; a new password makes it an ordinary user
	First    bool   // the officer that the cluster was made with: PCO to key_mgmt_util
	Quorum   []byte // registered public key for approvals, SubjectPublicKeyInfo; nil for none
	TwoFA    []byte // registered public key of the second factor; nil for none
}

// rounds of PBKDF2: toy passwords, and thousands of logins in a script.
const rounds = 1000

// Derive returns the verifier of a password: PBKDF2-HMAC-SHA-256, 1,000 rounds, 32 bytes.
func Derive(password string, salt []byte) []byte {
	key, err := pbkdf2.Key(sha256.New, password, salt, rounds, sha256.Size)
	if err != nil { // only a length that FIPS mode of the Go library forbids
		panic("hsm: " + err.Error())
	}
	return key
}

// Locked reports whether too many wrong passwords have locked the account here.
func (u *User) Locked() bool { return u.Failures > LoginsWrongMax }

// Prover returns the verifier of the password being tried, for a salt. The caller derives once per
// salt.
type Prover func(salt []byte) []byte

// UserNamed returns the user of the type with the name, in whatever case (spec/README.md 2), or
// nil.
func (h *HSM) UserNamed(t UserType, name string) *User {
	for _, u := range h.Users {
		if u.Type == t && strings.EqualFold(u.Name, name) {
			return u
		}
	}
	return nil
}

// UserByID returns the user with the id, or nil.
func (h *HSM) UserByID(id int) *User {
	i, found := slices.BinarySearchFunc(h.Users, id, func(u *User, id int) int { return u.ID - id })
	if !found {
		return nil
	}
	return h.Users[i]
}

// PutUser stores a user row, in place of the row with the same id.
func (h *HSM) PutUser(u *User) {
	switch i, found := slices.BinarySearchFunc(h.Users, u.ID, func(old *User, id int) int { return old.ID - id }); {
	case found:
		h.Users[i] = u
	case i == len(h.Users):
		h.Users = append(h.Users, u)
	default:
		h.Users = slices.Insert(slices.Clip(h.Users), i, u) // readers keep the old table
	}
}

// proved reports whether a password's verifier is the user's; who has none logs in with nothing.
func (u *User) proved(verifier []byte) bool {
	for _, own := range [][]byte{u.Verifier, u.Other} {
		if len(own) > 0 && subtle.ConstantTimeCompare(verifier, own) == 1 {
			return true
		}
	}
	return false
}

// checkPassword counts a wrong password and forgets the count after the right one
// (spec/README.md 2, lock-out).
func (h *HSM) checkPassword(u *User, prove Prover) error {
	if u.Locked() {
		return retcode.LoginFailure
	}
	row := *u
	verifier := prove(u.Salt)
	if h.rehearsal != nil && verifier != nil {
		h.rehearsal.grant(RightPassword)
	} else if !u.proved(verifier) {
		row.Failures++
		h.PutUser(&row)
		return retcode.LoginFailure
	}
	if u.Failures > 0 {
		row.Failures = 0
		h.PutUser(&row)
	}
	return nil
}

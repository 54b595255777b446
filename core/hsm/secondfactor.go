package hsm

import (
	"bytes"
	"crypto"

	"hsmplay/core/attr"
	"hsmplay/core/mech"
	"hsmplay/core/retcode"
)

// SecondFactor is the answer to an HSM's challenge, which is a SHA-256 digest: a signature over it
// as it is, and the public key to set, SubjectPublicKeyInfo (spec/cmu.md 2.8). At a login the key
// is the one set before and is not looked at. Setting one fails with BadPublicKey for another key
// than RSA-2048, and with BadSignature.
type SecondFactor struct {
	Key, Challenge, Signature []byte
	Alone                     bool // it is not to be the key for approvals too; fails with SecondFactorKey where that is another one
}

// challenged is how a challenge is signed: PKCS#1 v1.5 over a digest as it is, as openssl pkeyutl
// makes it (RFC 8017, 8.2).
var challenged = mech.Mechanism{Scheme: mech.RSAPKCS1, Hash: crypto.SHA256, Input: mech.Digest}

// setSecond makes a key the second factor of a user, and his key for approvals; nil changes
// nothing.
func (u *User) setSecond(f *SecondFactor) error {
	if f == nil {
		return nil
	}
	key, err := signingKey(f.Key)
	if err != nil {
		return err
	}
	if mech.Verify(key, challenged, f.Challenge, f.Signature) != nil {
		return BadSignature
	}
	if f.Alone {
		if u.Quorum != nil && !bytes.Equal(u.Quorum, key.SPKI) { // a user has one key pair for both
			return SecondFactorKey
		}
		u.TwoFA = key.SPKI
		return nil
	}
	u.TwoFA, u.Quorum = key.SPKI, key.SPKI
	return nil
}

// signingKey reads the public key of an officer: RSA-2048 (spec/cmu.md 3.20).
func signingKey(spki []byte) (*mech.Material, error) {
	key, err := mech.ParsePublic(spki)
	if err != nil || key.Type != attr.RSA || key.Bits != 2048 {
		return nil, BadPublicKey
	}
	return key, nil
}

// LogInSigned logs a session in as [HSM.Login] does, for an officer's tool: a missing or wrong
// second factor counts as a wrong password, and appliance users are refused with
// retcode.BadUserType. A second factor of a user who has none is not looked at.
func (h *HSM) LogInSigned(session uint64, t UserType, name string, prove Prover, f *SecondFactor) error {
	if Allowed(OpLogIn, t) == Never {
		return retcode.BadUserType
	}
	if u := h.UserNamed(t, name); u != nil && u.TwoFA != nil && !f.opens(u) {
		prove = func([]byte) []byte { return nil }
	}
	return h.Login(session, t, name, prove)
}

// opens reports whether the answer to the challenge is signed with a user's second factor.
func (f *SecondFactor) opens(u *User) bool {
	if f == nil {
		return false
	}
	key, err := mech.ParsePublic(u.TwoFA)
	return err == nil && mech.Verify(key, challenged, f.Challenge, f.Signature) == nil
}

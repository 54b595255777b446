package hsm

import (
	"hsmplay/core/attr"
	"hsmplay/core/mech"
	"hsmplay/core/mech/secret"
)

// MessageMax is the longest message that is signed, in bytes (spec/kmu.md 2.9).
const MessageMax = 64 << 10

// SignRequest is what is to be signed or verified.
type SignRequest struct {
	Handle    uint32
	Mechanism mech.Mechanism
	Message   []byte // a digest where the mechanism says so
	Signature []byte // to verify
	Strict    bool   // in FIPS mode no hash is taken that is weaker than the curve, as clients of SDK 5 have it since 5.16
}

// Sign signs with a private key of the session's user, or one that is shared with him. It fails as
// [HSM.Key], and with a [Refusal]: OtherKind, AttributeOff, QuorumMissing, NoSignatures,
// MessageTooLong, SignsOtherwise.
func (h *HSM) Sign(session uint64, r SignRequest) *Job[[]byte] {
	ask := func() ([]use, error) {
		uses, err := h.signer(session, r, need{handle: r.Handle, kind: PrivateKey, flags: attr.FlagSign}, SignsOtherwise)
		if err == nil && r.Strict && h.Policy.FIPS {
			err = weaker(r, uses[0].key)
		}
		return uses, err
	}
	job := newJob(h, session, ask, instead(h, func(uses []use) ([]byte, error) {
		signature, err := secret.Sign(uses[0].key.Material, r.Mechanism, r.Message)
		if err != nil {
			return nil, Refusal{Reason: MessageTooLong, Size: len(r.Message), Max: MessageMax, Why: err}
		}
		return signature, nil
	}, r.unsigned))
	job.Slow = slow(r.Mechanism) && h.rehearsal == nil
	return job
}

// weaker is the refusal of a hash with fewer bits of security than the curve that signs, nil for
// another (spec/cloudhsm-cli.md 2.10).
func weaker(r SignRequest, k *Key) error {
	curve := k.Material.Curve()
	if curve == nil {
		return nil
	}
	if hash, key := strengthOf(r.Mechanism.Hash.Size()*8), strengthOf(curve.Bits); hash < key {
		return Refusal{Reason: WeakHash, Handle: k.Handle, Size: hash, Max: key}
	}
	return nil
}

// strengthOf is the security of a digest or curve of so many bits (NIST SP 800-57 part 1, 5.6.1):
// half of them, counted in the steps of that table. SHA-1 has 80.
func strengthOf(bits int) int {
	strength := 80
	for _, step := range []int{112, 128, 192, 256} {
		if bits/2 >= step {
			strength = step
		}
	}
	return strength
}

// unsigned stands in for a signature in a rehearsal. A digest is to have the hash's length.
func (r SignRequest) unsigned(uses []use) ([]byte, error) {
	if r.Mechanism.Input == mech.Digest && len(r.Message) != r.Mechanism.Hash.Size() {
		return nil, Refusal{Reason: MessageTooLong, Size: len(r.Message), Max: MessageMax, Why: mech.ErrTooLong}
	}
	return make([]byte, max(len(uses[0].key.Material.Modulus), 64)), nil
}

// matches takes a signature for a good one.
func (h *HSM) matches([]use) (none struct{}, _ error) {
	h.rehearsal.grant(Matches)
	return none, nil
}

// slow reports whether a mechanism works with the large numbers of RSA.
func slow(m mech.Mechanism) bool { return m.Scheme == mech.RSAPKCS1 || m.Scheme == mech.RSAPSS }

// Verify verifies with a public key. It fails as [HSM.Sign], with ChecksOtherwise in place of
// SignsOtherwise, and with SignatureDiffers.
func (h *HSM) Verify(session uint64, r SignRequest) *Job[struct{}] {
	ask := func() ([]use, error) {
		return h.signer(session, r, need{handle: r.Handle, kind: PublicKey, flags: attr.FlagVerify}, ChecksOtherwise)
	}
	job := newJob(h, session, ask, instead(h, func(uses []use) (none struct{}, _ error) {
		if mech.Verify(uses[0].key.Material, r.Mechanism, r.Message, r.Signature) != nil {
			return none, Refusal{Reason: SignatureDiffers, Handle: r.Handle}
		}
		return none, nil
	}, h.matches))
	job.Slow = slow(r.Mechanism) && h.rehearsal == nil
	return job
}

// signer returns the key that signs or verifies a message. DSA keys exist, but there is no
// mechanism for them.
func (h *HSM) signer(session uint64, r SignRequest, n need, otherwise Reason) ([]use, error) {
	u, err := h.grant(session, n)
	if err != nil {
		return nil, err
	}
	m := u.key.Material
	keyType, known := r.Mechanism.Type()
	switch {
	case m.Type == attr.DSA:
		return nil, Refusal{Reason: NoSignatures, Handle: r.Handle, Type: m.Type}
	case len(r.Message) > MessageMax:
		return nil, Refusal{Reason: MessageTooLong, Size: len(r.Message), Max: MessageMax}
	case !known || m.Type != keyType:
		return nil, Refusal{Reason: otherwise, Handle: r.Handle, Type: m.Type}
	}
	return []use{u}, nil
}

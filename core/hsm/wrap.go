package hsm

import (
	"errors"
	"slices"

	"hsmplay/core/attr"
	"hsmplay/core/mech"
	"hsmplay/core/mech/secret"
)

// WrapRequest says which key is to be wrapped with which, and how.
type WrapRequest struct {
	Handle uint32
	With   uint32
	Params mech.WrapParams
}

// Wrapped is a wrapped key, and what may travel beside it in the open.
type Wrapped struct {
	Blob []byte
	IV   []byte // of [mech.WrapGCM]; nil for the others
	Key  *Key   // as it was wrapped
}

// Permits returns nil if a key may be wrapped or unwrapped in this way here, whatever the keys. It
// fails with WrappingRefused, and before that with retcode.UserNotReady.
func (h *HSM) Permits(session uint64, w mech.Wrapping) error {
	if h.Policy.Permits(w) {
		return nil
	}
	if _, err := h.need(session); err != nil {
		return err
	}
	return Refusal{Reason: WrappingRefused}
}

// Wrap encrypts a key of the session's user with another one. It fails as [HSM.Key], as
// [HSM.Permits], and with a [Refusal]: NotOwner, OtherKind, NotExtractable, AttributeOff,
// QuorumMissing, OnlyTrusted, TooLongToWrap, LengthNotWrapped.
func (h *HSM) Wrap(session uint64, r WrapRequest) *Job[Wrapped] {
	ask := func() ([]use, error) {
		if err := h.Permits(session, r.Params.Wrapping); err != nil {
			return nil, err
		}
		return h.wrapPair(session, r.Handle, WrappableKey, need{handle: r.With, manage: true, kind: wrapperKind(r.Params.Wrapping, RSAPublic),
			flags: attr.FlagWrap, opcode: CNNistAESWrap})
	}
	return newJob(h, session, ask, func(uses []use) (Wrapped, error) {
		k, with := uses[0].key, uses[1].key
		blob, iv, err := secret.Wrap(with.Material, secret.Value(k.Material), r.Params)
		if err != nil {
			return Wrapped{}, notWrapped(k, with, err)
		}
		return Wrapped{blob, iv, k}, nil
	})
}

// wrapperKind is the kind of key that wraps, or unwraps with the half of an RSA pair that does it.
func wrapperKind(w mech.Wrapping, half Kind) Kind {
	if row, _ := w.Row(); row.Type == attr.RSA {
		return half
	}
	return AESKey
}

// wrapPair returns a key of the session's user that may leave the HSM, and a key that may wrap it.
// Keys that only trusted keys may wrap have none other wrap them (spec/kmu.md 3.25, a choice of
// code).
func (h *HSM) wrapPair(session uint64, handle uint32, want Kind, wrapper need) ([]use, error) {
	k, err := h.grant(session, need{handle: handle, manage: true, kind: want, own: true, flags: attr.FlagExtractable, opcode: CNWrapKey})
	if err != nil {
		return named(k), err
	}
	with, err := h.grant(session, wrapper)
	switch {
	case err != nil:
		return append(named(k), named(with)...), err
	case k.key.Has(attr.FlagWrapWithTrusted) && !with.key.Has(attr.FlagTrusted):
		err = Refusal{Reason: OnlyTrusted, Handle: handle, With: wrapper.handle}
	case !k.key.like(with.key.WrapTemplate):
		err = Refusal{Reason: TemplateDiffers, Handle: handle, With: wrapper.handle}
	}
	return []use{k, with}, err
}

// like reports whether a key is as a template says.
func (k *Key) like(template []attr.Setting) bool {
	return !slices.ContainsFunc(template, func(s attr.Setting) bool { return k.Flags.With(s) != k.Flags })
}

// named is the list of a use, empty where there is no key that the audit log could name.
func named(u use) []use {
	if u.key == nil {
		return nil
	}
	return []use{u}
}

// notWrapped is the refusal of a key that is too long for the mechanism, or of a length that it
// does not take.
func notWrapped(k, with *Key, err error) Refusal {
	reason := TooLongToWrap
	if errors.Is(err, mech.ErrNotMultipleOf8) || errors.Is(err, mech.ErrTooShort) {
		reason = LengthNotWrapped
	}
	return Refusal{Reason: reason, Handle: k.Handle, With: with.Handle, Size: len(secret.Value(k.Material)), Why: err}
}

// ExportRequest says which key is to leave the HSM in plain form, on its way wrapped with which.
type ExportRequest struct {
	Handle uint32
	Want   Kind // what the command takes
	With   uint32
	Host   []byte // the AES key with which the host unwraps; nil: the HSM decrypts for it
}

// Exported is the value of a key in plain form: PKCS#8 of a private key, the bare bytes of a
// secret.
type Exported struct {
	Key   *Key
	Value []byte
}

// Export has the HSM wrap a key of the session's user and decrypt the result for the host, which
// takes WRAP and DECRYPT (spec/kmu.md 3.22; for secrets a choice). Where the host unwraps with a
// key of its own, which must be the one that wraps, WRAP is enough. It fails as [HSM.Wrap], and
// with NoHostKey and OtherHostKey.
func (h *HSM) Export(session uint64, r ExportRequest) *Job[Exported] {
	wrapper := need{handle: r.With, manage: true, kind: AESKey, flags: attr.FlagWrap, opcode: CNNistAESWrap}
	if r.Host == nil {
		wrapper.flags |= attr.FlagDecrypt
	}
	ask := func() ([]use, error) { return h.wrapPair(session, r.Handle, r.Want, wrapper) }
	return newJob(h, session, ask, func(uses []use) (Exported, error) {
		k, with := uses[0].key, uses[1].key
		if r.Host != nil {
			if err := travels(secret.Value(k.Material), with.Material, r.Host, false); err != nil {
				return Exported{}, err
			}
		}
		return Exported{k, secret.Value(k.Material)}, nil
	})
}

// travels returns nil if what one key wraps comes out again with the other: if the host's key is
// the HSM's. in is for the way in, where the host wraps.
func travels(value []byte, inside *mech.Material, host []byte, in bool) error {
	outside, err := secret.New(attr.AES, host)
	if err != nil {
		return Refusal{Reason: NoHostKey, Size: len(host)}
	}
	from, to := inside, outside
	if in {
		from, to = outside, inside
	}
	p := mech.WrapParams{Wrapping: mech.WrapPKCS5}
	blob, _, err := secret.Wrap(from, value, p)
	if err == nil {
		_, err = secret.Unwrap(to, blob, p)
	}
	if err != nil {
		return Refusal{Reason: OtherHostKey}
	}
	return nil
}

// ExportPublic returns a public key that may leave the HSM. Every crypto user may
// (spec/kmu.md 3.20, a choice). It fails as [HSM.Key], and with OtherKind and NotExtractable.
func (h *HSM) ExportPublic(session uint64, handle uint32) (*Key, error) {
	u, err := h.grant(session, need{handle: handle, kind: PublicKey, flags: attr.FlagExtractable, opcode: CNWrapKey})
	h.logUses(session, named(u), err)
	if err != nil {
		return nil, err
	}
	h.spend(u.token)
	return u.key, nil
}

// DataMax is the longest data that is wrapped, in bytes (spec/kmu.md 2.9).
const DataMax = 4095

// DataRequest is data of the host that a key of the HSM is to wrap or unwrap.
type DataRequest struct {
	With uint32
	IV   []byte // 8 bytes; nil for RFC 3394's
	Data []byte
}

// WrapData wraps data of the host by PKCS#5 padding and RFC 3394. What it needs of the key is a
// choice: the exports and imports of spec/kmu.md 3.21 and 3.22 use the same API functions, and ask
// for ENCRYPT and DECRYPT: the algorithm is a wrapping, and what it works on is data. It fails as
// [HSM.Key], and with OtherKind, AttributeOff, QuorumMissing and DataTooLong.
func (h *HSM) WrapData(session uint64, r DataRequest) *Job[[]byte] {
	return h.data(session, r, attr.FlagWrap|attr.FlagEncrypt, secret.WrapData)
}

// UnwrapData takes back what WrapData has done. It fails as that, and with NotOpened.
func (h *HSM) UnwrapData(session uint64, r DataRequest) *Job[[]byte] {
	return h.data(session, r, attr.FlagUnwrap|attr.FlagDecrypt, secret.UnwrapData)
}

func (h *HSM) data(session uint64, r DataRequest, flags attr.Flags, do func(*mech.Material, []byte, []byte) ([]byte, error)) *Job[[]byte] {
	ask := func() ([]use, error) {
		u, err := h.grant(session, need{handle: r.With, kind: AESKey, flags: flags, opcode: CNNistAESWrap})
		if err == nil && len(r.Data) > DataMax {
			err = Refusal{Reason: DataTooLong, Handle: r.With, Size: len(r.Data), Max: DataMax}
		}
		return named(u), err
	}
	return newJob(h, session, ask, func(uses []use) ([]byte, error) {
		result, err := do(uses[0].key.Material, r.IV, r.Data)
		if err != nil {
			return nil, Refusal{Reason: NotOpened, With: r.With, Why: err}
		}
		return result, nil
	})
}

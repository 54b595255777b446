package hsm

import (
	"bytes"
	"encoding/pem"
	"slices"

	"hsmplay/core/attr"
	"hsmplay/core/mech"
)

// Limits of trust anchors for mutual TLS (spec/cloudhsm-cli.md 2.2).
const (
	AnchorsMax = 2
	AnchorSize = 6980 // bytes of a chain
)

// MTLS is what an HSM keeps about mutual TLS between clients and it.
type MTLS struct {
	Anchors  []Anchor `json:",omitempty"` // by reference; the list is replaced, never changed
	Enforced bool     `json:",omitempty"` // no client connects without a certificate
}

// Anchor is a certificate of a chain that clients' certificates may lead to.
type Anchor struct {
	Reference int
	PEM       []byte
}

// Same reports whether two HSMs keep the same.
func (m MTLS) Same(o MTLS) bool {
	return m.Enforced == o.Enforced && slices.EqualFunc(m.Anchors, o.Anchors, func(a, b Anchor) bool {
		return a.Reference == b.Reference && bytes.Equal(a.PEM, b.PEM)
	})
}

// ParseChain reads certificates, leaf first; nil where one of them is none, or there is none.
func ParseChain(file []byte) (chain []*mech.Certificate) {
	for len(file) <= mech.MaxFile {
		block, rest := pem.Decode(file)
		if block == nil {
			if len(bytes.TrimSpace(file)) > 0 {
				return nil
			}
			return chain
		}
		c, err := mech.ParseCertificate(block.Bytes)
		if err != nil || block.Type != "CERTIFICATE" {
			return nil
		}
		chain, file = append(chain, c), rest
	}
	return nil
}

// Verifies returns the reference of the anchor to which a client's chain leads, 0 for none.
func (m MTLS) Verifies(chain []*mech.Certificate) int {
	for _, a := range m.Anchors {
		for _, anchor := range ParseChain(a.PEM) {
			if leads(chain, anchor) {
				return a.Reference
			}
		}
	}
	return 0
}

// leads reports whether the first certificate of a chain is certified by an anchor, by way of the
// others.
func leads(chain []*mech.Certificate, anchor *mech.Certificate) bool {
	for i, c := range chain {
		switch {
		case bytes.Equal(c.DER, anchor.DER) && i > 0, c.VerifyBy(anchor) == nil:
			return true
		case i+1 < len(chain) && c.VerifyBy(chain[i+1]) != nil:
			return false
		}
	}
	return false
}

// RegisterAnchor adds a trust anchor, with a reference that no other one has. It fails with
// NotLoggedIn, NotPermitted, NotApproved, and a [Refusal]: NoMTLS, AnchorTooLong, AnchorBad,
// AnchorKnown, AnchorsFull.
func (h *HSM) RegisterAnchor(session uint64, file []byte, reference int) error {
	s, err := h.mutual(session)
	switch {
	case err != nil:
		return err
	case len(file) > AnchorSize:
		return Refusal{Reason: AnchorTooLong, Size: len(file), Max: AnchorSize}
	case !goodAnchor(ParseChain(file)):
		return Refusal{Reason: AnchorBad}
	case h.anchored(file) != 0:
		return Refusal{Reason: AnchorKnown, Number: int64(h.anchored(file))}
	case len(h.MTLS.Anchors) >= AnchorsMax || h.anchor(reference) >= 0:
		return Refusal{Reason: AnchorsFull, Max: AnchorsMax}
	}
	approval, err := h.approval(s, ClusterMgmt)
	if err != nil {
		return err
	}
	h.spend(approval)
	anchors := append(slices.Clone(h.MTLS.Anchors), Anchor{reference, bytes.Clone(file)})
	slices.SortFunc(anchors, func(a, b Anchor) int { return a.Reference - b.Reference })
	h.MTLS.Anchors = anchors
	return nil
}

// DeregisterAnchor removes a trust anchor, and ends the connections that lead to it. The last one
// stays while mutual TLS is enforced (a choice). It fails with NotLoggedIn, NotPermitted,
// NotApproved, and a [Refusal]: NoMTLS, NoSuchAnchor, AnchorNeeded.
func (h *HSM) DeregisterAnchor(session uint64, reference int) error {
	s, err := h.mutual(session)
	switch {
	case err != nil:
		return err
	case h.anchor(reference) < 0:
		return Refusal{Reason: NoSuchAnchor, Number: int64(reference)}
	case h.MTLS.Enforced && len(h.MTLS.Anchors) == 1:
		return Refusal{Reason: AnchorNeeded, Number: int64(reference)}
	}
	approval, err := h.approval(s, ClusterMgmt)
	if err != nil {
		return err
	}
	h.spend(approval)
	h.MTLS.Anchors = slices.DeleteFunc(slices.Clone(h.MTLS.Anchors), func(a Anchor) bool { return a.Reference == reference })
	for _, s := range slices.Clone(h.Sessions) {
		if s.Anchor == reference {
			h.CloseSession(s.ID)
		}
	}
	return nil
}

// Enforce lets clients connect with a certificate only, or no longer. Only the first officer may,
// over a connection that has one (spec/cloudhsm-cli.md 2.2). It fails with NotLoggedIn,
// NotPermitted, NotApproved, and a [Refusal]: NoMTLS, NotTheAdmin, NotMutual.
func (h *HSM) Enforce(session uint64, on bool) error {
	s, err := h.mutual(session)
	switch {
	case err != nil:
		return err
	case !h.named(s, "admin"):
		return Refusal{Reason: NotTheAdmin, User: s.User}
	case s.Anchor == 0:
		return Refusal{Reason: NotMutual}
	}
	approval, err := h.approval(s, ClusterMgmt)
	if err != nil {
		return err
	}
	h.spend(approval)
	h.MTLS.Enforced = on
	return nil
}

// mutual returns the session of an officer on an HSM that knows mutual TLS.
func (h *HSM) mutual(session uint64) (*Session, error) {
	s, err := h.loggedIn(session)
	switch {
	case err != nil:
		return nil, err
	case !h.Policy.MTLS():
		return nil, Refusal{Reason: NoMTLS}
	case s.Type != CO:
		return nil, NotPermitted
	}
	return s, nil
}

// anchor returns the place of an anchor by its reference, -1 for none.
func (h *HSM) anchor(reference int) int {
	return slices.IndexFunc(h.MTLS.Anchors, func(a Anchor) bool { return a.Reference == reference })
}

// anchored returns the reference of the anchor that is a file's, 0 for none.
func (h *HSM) anchored(file []byte) int {
	for _, a := range h.MTLS.Anchors {
		if bytes.Equal(bytes.TrimSpace(a.PEM), bytes.TrimSpace(file)) {
			return a.Reference
		}
	}
	return 0
}

// anchorCurves are those of an anchor's key, and anchorBits of an RSA one (spec/cloudhsm-cli.md
// 2.2).
var (
	anchorCurves = []string{"prime256v1", "secp384r1", "secp521r1"}
	anchorBits   = []int{2048, 3072, 4096}
)

// goodAnchor reports whether the keys of a chain are such as an anchor may have.
func goodAnchor(chain []*mech.Certificate) bool {
	for _, c := range chain {
		curve := c.Public.Curve()
		ec := curve != nil && slices.Contains(anchorCurves, curve.Name)
		if !ec && !(c.Public.Type == attr.RSA && slices.Contains(anchorBits, c.Public.Bits)) {
			return false
		}
	}
	return len(chain) > 0
}

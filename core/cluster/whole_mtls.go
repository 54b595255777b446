package cluster

import (
	"bytes"
	"cmp"
	"slices"

	"hsmplay/core/hsm"
	"hsmplay/core/retcode"
)

// AnchorRow is a trust anchor of the whole cluster for mutual TLS.
type AnchorRow struct {
	Reference int
	PEM       []byte
	Coverage  Agreement // Full or Partly
}

// TrustAnchors returns the trust anchors by reference. It needs no login. It fails with
// retcode.ServerUnavailable, and with a hsm.Refusal, NoMTLS.
func (cl *Client) TrustAnchors() ([]AnchorRow, error) {
	if err := cl.mutual(); err != nil {
		return nil, err
	}
	nodes := cl.nodes()
	cl.cluster.record(Event{From: FromClient, Node: nodes[0].HSM.Node, Op: "trust anchors"})
	var rows []AnchorRow
	counts := map[int]int{}
	for _, n := range nodes {
		for _, a := range n.HSM.MTLS.Anchors {
			i := slices.IndexFunc(rows, func(r AnchorRow) bool { return r.Reference == a.Reference })
			if i < 0 {
				rows = append(rows, AnchorRow{Reference: a.Reference, PEM: a.PEM})
			}
			counts[a.Reference]++
		}
	}
	for i, r := range rows {
		rows[i].Coverage = agreement(counts[r.Reference], len(nodes))
	}
	slices.SortFunc(rows, func(a, b AnchorRow) int { return cmp.Compare(a.Reference, b.Reference) })
	return rows, nil
}

// mutual returns nil where the HSMs know mutual TLS.
func (cl *Client) mutual() error {
	switch {
	case !cl.Connected():
		return retcode.ServerUnavailable
	case !cl.Policy().MTLS():
		return hsm.Refusal{Reason: hsm.NoMTLS}
	}
	return nil
}

// AddAnchor registers a trust anchor on every reached HSM, and on those that lack it where only some
// have it: then it is repaired, and the error is ErrAnchorRepaired all the same
// (spec/cloudhsm-cli.md 2.2). It fails as together, and as hsm.RegisterAnchor.
func (cl *Client) AddAnchor(file []byte, approvals ...TokenFile) (AnchorRow, error) {
	rows, err := cl.TrustAnchors()
	if err != nil {
		return AnchorRow{}, err
	}
	row := AnchorRow{Reference: 1, PEM: file, Coverage: Full}
	known := slices.IndexFunc(rows, func(r AnchorRow) bool { return bytes.Equal(bytes.TrimSpace(r.PEM), bytes.TrimSpace(file)) })
	for slices.ContainsFunc(rows, func(r AnchorRow) bool { return r.Reference == row.Reference }) {
		row.Reference++
	}
	repair := false
	if known >= 0 {
		row.Reference, repair = rows[known].Reference, rows[known].Coverage == Partly
	}
	before := cl.mtls()
	err = cl.under(approvals, func() error {
		return cl.together("register trust anchor", "", func(h *hsm.HSM) error {
			if repair && slices.ContainsFunc(h.MTLS.Anchors, func(a hsm.Anchor) bool { return a.Reference == row.Reference }) {
				return nil
			}
			return h.RegisterAnchor(cl.Session, file, row.Reference)
		}, func(h *hsm.HSM) { h.MTLS = before[h.Node] })
	})
	if err == nil && repair {
		err = ErrAnchorRepaired
	}
	return row, err
}

// DropAnchor removes a trust anchor from every reached HSM that has it. Connections that lead to it
// end, this client's too. It fails as together, with ErrNoSuchAnchor, and as hsm.DeregisterAnchor.
func (cl *Client) DropAnchor(reference int, approvals ...TokenFile) error {
	rows, err := cl.TrustAnchors()
	if err != nil {
		return err
	}
	if err := cl.loggedIn(); err != nil {
		return err
	}
	if !slices.ContainsFunc(rows, func(r AnchorRow) bool { return r.Reference == reference }) {
		return ErrNoSuchAnchor
	}
	before := cl.mtls()
	return cl.under(approvals, func() error {
		return cl.together("deregister trust anchor", "", func(h *hsm.HSM) error {
			if !slices.ContainsFunc(h.MTLS.Anchors, func(a hsm.Anchor) bool { return a.Reference == reference }) {
				return nil
			}
			return h.DeregisterAnchor(cl.Session, reference)
		}, func(h *hsm.HSM) { h.MTLS = before[h.Node] })
	})
}

// Enforcement reports whether clients connect with a certificate only. It needs no login. It fails
// as TrustAnchors.
func (cl *Client) Enforcement() (bool, error) {
	if err := cl.mutual(); err != nil {
		return false, err
	}
	return slices.ContainsFunc(cl.nodes(), func(n *Node) bool { return n.HSM.MTLS.Enforced }), nil
}

// Enforce lets clients connect with a certificate only, or no longer. It fails as together, as
// TrustAnchors, and as hsm.Enforce.
func (cl *Client) Enforce(on bool, approvals ...TokenFile) error {
	if err := cl.mutual(); err != nil {
		return err
	}
	before := cl.mtls()
	return cl.under(approvals, func() error {
		return cl.together("set enforcement", "", func(h *hsm.HSM) error { return h.Enforce(cl.Session, on) },
			func(h *hsm.HSM) { h.MTLS = before[h.Node] })
	})
}

// mtls is what the reached HSMs keep about mutual TLS, by node.
func (cl *Client) mtls() map[int]hsm.MTLS {
	kept := map[int]hsm.MTLS{}
	for _, n := range cl.nodes() {
		kept[n.HSM.Node] = n.HSM.MTLS
	}
	return kept
}

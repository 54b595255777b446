package cluster

import (
	"cmp"
	"crypto/sha256"
	"slices"
	"strings"

	"hsmplay/core/hsm"
	"hsmplay/core/retcode"
)

// TokenFile is what a file of a quorum token holds: the records of all HSMs, and approvals.
type TokenFile struct {
	Data      []byte // approval_data
	Approvals []hsm.Approval
}

// TokenData is a token for a file: approval_data, and its SHA-256, which is what is signed.
type TokenData struct {
	Service hsm.Service // 0 for a registration
	Handle  uint32      // of the key, 0 for an officers' service
	Data    []byte
	Digest  [sha256.Size]byte
}

// NewToken makes a quorum token on every reached HSM; handle is the key's, 0 for an officers'
// service. Either all have made one, or none keeps it. It fails as together, and as
// hsm.GenerateToken.
func (cl *Client) NewToken(service hsm.Service, handle uint32) (TokenData, error) {
	t := TokenData{Service: service, Handle: handle}
	putBack := cl.KeepTokens()
	err := cl.together("get token", "", func(h *hsm.HSM) error {
		made, err := h.GenerateToken(cl.Session, cl.cluster.tokenRequest(service, "", handle))
		if err == nil {
			t.Data = append(t.Data, made.Record...)
		}
		return err
	}, nil, served(service), keyed(handle))
	if err != nil {
		putBack()
		return TokenData{}, err
	}
	t.Digest = sha256.Sum256(t.Data)
	return t, nil
}

// RegistrationToken returns data to sign for the registration of a key; no HSM remembers it, and no
// login is needed. It fails with retcode.ServerUnavailable.
func (cl *Client) RegistrationToken() (TokenData, error) {
	n, err := cl.primary()
	if err != nil {
		return TokenData{}, err
	}
	r := cl.cluster.tokenRequest(0, "", 0)
	if cl.Login != nil {
		r.Type, r.Name = cl.Login.Type, cl.Login.Name
	}
	t := TokenData{Data: hsm.Record(0, r)}
	t.Digest = sha256.Sum256(t.Data)
	cl.cluster.record(Event{From: FromClient, Node: n.HSM.Node, Op: "get token"})
	return t, nil
}

// Present gives the HSMs the approvals of token files, for the command that follows;
// [Client.Withdraw] takes back what it has not used. Where one HSM refuses, none keeps them. It
// fails as together, and as hsm.Present.
func (cl *Client) Present(files ...TokenFile) error {
	for _, f := range files {
		err := cl.together("approve token", "", func(h *hsm.HSM) error {
			return h.Present(cl.Session, f.Data, f.Approvals, cl.cluster.Now)
		}, func(*hsm.HSM) {})
		if err != nil {
			cl.Withdraw()
			return err
		}
	}
	return nil
}

// Withdraw takes back the approvals that were presented and not used.
func (cl *Client) Withdraw() {
	for _, n := range cl.nodes() {
		n.HSM.Withdraw(cl.Session)
	}
}

// under carries out a call under the approvals of token files. One that fails has cost no token.
func (cl *Client) under(files []TokenFile, call func() error) error {
	if len(files) == 0 {
		return call()
	}
	if err := cl.Present(files...); err != nil {
		return err
	}
	putBack := cl.KeepTokens()
	err := call()
	if err != nil {
		putBack()
	}
	cl.Withdraw()
	return err
}

// SetQuorum sets the approvals that an officers' service needs on every reached HSM, 1 for none. It
// fails as together, and as hsm.SetQuorumValue; then nothing is changed.
func (cl *Client) SetQuorum(service hsm.Service, m int, approvals ...TokenFile) error {
	before := map[int]hsm.MValues{}
	return cl.under(approvals, func() error {
		return cl.together("set M value", service.Name(), func(h *hsm.HSM) error {
			before[h.Node] = h.Quorum.M
			return h.SetQuorumValue(cl.Session, service, m)
		}, func(h *hsm.HSM) { h.Quorum.M = before[h.Node] }, counted("M value", m))
	})
}

// QuorumValues returns the approvals that each officers' service needs, in the order of
// hsm.TokenServices: those of the HSM that asks for most. HSMs without mutual TLS have no service
// for it. It needs no login. It fails with retcode.ServerUnavailable.
func (cl *Client) QuorumValues() ([]QuorumValue, error) {
	n, err := cl.primary()
	if err != nil {
		return nil, err
	}
	cl.cluster.record(Event{From: FromClient, Node: n.HSM.Node, Op: "get M value"})
	var values []QuorumValue
	for _, row := range hsm.TokenServices {
		if row.OfKey || row.Service == hsm.ClusterMgmt && !n.HSM.Policy.MTLS() {
			continue
		}
		v := QuorumValue{Service: row.Service}
		for _, n := range cl.nodes() {
			v.Value = max(v.Value, n.HSM.MValue(row.Service))
		}
		values = append(values, v)
	}
	return values, nil
}

// QuorumValue is the approvals that a service needs; 1 is no quorum.
type QuorumValue struct {
	Service hsm.Service
	Value   int
}

// TokenRow is what is listed of the tokens of a user for a service and key.
type TokenRow struct {
	User      string // in small letters
	Service   hsm.Service
	Handle    uint32    // 0 for an officers' service
	Required  int       // approvals, of an officers' service
	Approvals int       // that the token has
	Left      int64     // simulated milliseconds for which it is good
	Least     int       // of a key: the smallest number of tokens that an HSM has for it
	Coverage  Agreement // Full or Partly
}

// TokenList returns the tokens that are good now: those of officers' services by service, user and
// key, the highest service first, then those of keys (spec/cloudhsm-cli.md 2.5). It fails as
// together.
func (cl *Client) TokenList() ([]TokenRow, error) {
	if err := cl.loggedIn(); err != nil {
		return nil, err
	}
	nodes := cl.nodes()
	counts := map[TokenRow]map[int]int{} // by user, service and key; by node
	var rows []TokenRow
	for _, n := range nodes {
		tokens, err := n.HSM.ListTokens(cl.Session)
		cl.cluster.record(Event{From: FromClient, Node: n.HSM.Node, Op: "list tokens", Code: retcode.Of(err)})
		if err != nil {
			continue
		}
		for _, t := range tokens {
			if t.Over(cl.cluster.Now) {
				continue
			}
			key := TokenRow{User: strings.ToLower(n.HSM.UserName(t.User)), Service: t.Service, Handle: t.Handle}
			if t.Handle != 0 && !t.Service.OfKey() { // the older tools' for the use of a key
				key.Service = hsm.KeyUsage
			}
			if counts[key] == nil {
				counts[key] = map[int]int{}
				rows = append(rows, cl.tokenRow(key, n, t))
			}
			counts[key][n.HSM.Node]++
		}
	}
	for i, row := range rows {
		key := TokenRow{User: row.User, Service: row.Service, Handle: row.Handle}
		rows[i].Coverage = agreement(len(counts[key]), len(nodes))
		for _, n := range nodes {
			rows[i].Least = min(rows[i].Least, counts[key][n.HSM.Node])
		}
		if row.Handle == 0 {
			rows[i].Least = 0
		}
	}
	slices.SortStableFunc(rows, func(a, b TokenRow) int {
		ofKey := func(r TokenRow) int { return min(int(r.Handle), 1) }
		return cmp.Or(ofKey(a)-ofKey(b), int(b.Service)-int(a.Service), strings.Compare(a.User, b.User), cmp.Compare(a.Handle, b.Handle))
	})
	return rows, nil
}

// tokenRow describes the first token that was met for a user, service and key.
func (cl *Client) tokenRow(key TokenRow, n *Node, t *hsm.Token) TokenRow {
	p := cl.cluster.pending(n.HSM, t)
	key.Required, key.Approvals, key.Left, key.Least = max(1, p.Required), len(t.Approvers), p.Validity, hsm.TokensMax
	return key
}

// DropTokens deletes the tokens of the user who is logged in on every reached HSM, or with all every
// token that he may delete. It fails as together, and as hsm.DeleteTokens.
func (cl *Client) DropTokens(all bool) error {
	return cl.together("delete token", "", func(h *hsm.HSM) error { return h.DeleteTokens(cl.Session, all) }, nil)
}

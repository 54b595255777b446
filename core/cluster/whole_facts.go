package cluster

import "hsmplay/core/hsm"

// Active reports whether the cluster that the client is connected to is activated.
func (cl *Client) Active() bool {
	g := cl.group()
	return g != nil && g.State() == Active
}

// FactsOfEach returns what each reached HSM says of its hardware and counters, by node. It needs no
// login.
func (cl *Client) FactsOfEach() (all []hsm.Facts) {
	each(cl, "info", "", func(h *hsm.HSM) (struct{}, error) {
		all = append(all, h.Facts())
		return struct{}{}, nil
	})
	return all
}

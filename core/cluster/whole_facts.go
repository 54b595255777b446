package cluster

import "hsmplay/core/hsm"

// Active reports whether the cluster that the client is connected to is activated.
func (cl *Client) Active() bool {
	g := cl.group()
	return g != nil && g.State() == Active
}

// Infos returns what each reached HSM says of itself, by node. It needs no login.
func (cl *Client) Infos() (all []hsm.HSMInfo) {
	each(cl, "info", "", func(h *hsm.HSM) (struct{}, error) {
		all = append(all, h.Info())
		return struct{}{}, nil
	})
	return all
}

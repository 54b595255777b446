package cluster

import "hsmplay/core/hsm"

// Partition returns the HSM that answers for itself when a tool asks about hardware and counters: the first that is
// reached. It needs no login. It fails with retcode.ServerUnavailable where none is reached.
func (cl *Client) Partition() (*hsm.HSM, error) {
	n, err := cl.primary()
	if err != nil {
		return nil, err
	}
	cl.cluster.record(Event{From: FromClient, Node: n.HSM.Node, Op: "info"})
	return n.HSM, nil
}

package cluster

import (
	"fmt"
	"strings"
)

// String draws the cluster: a line per node with its state and the handles of its keys in the order of slots, session
// keys with an s, and what is buried on HSMs that are away.
//
//	node 0 up: 6 7 8s
//	node 1 down: 6
//	node 2 isolated: 6 7
//	buried: 6
func (c *Cluster) String() string {
	var b strings.Builder
	for _, n := range c.Nodes {
		fmt.Fprintf(&b, "node %d %s:", n.HSM.Node, n.state())
		for _, k := range n.HSM.Keys {
			if k == nil {
				continue
			}
			b.WriteString(" " + handleText(k.Handle))
			if k.Session != 0 {
				b.WriteString("s")
			}
		}
		b.WriteString("\n")
	}
	if len(c.tombstones) > 0 {
		b.WriteString("buried:")
		for _, handle := range c.tombstones {
			b.WriteString(" " + handleText(handle))
		}
		b.WriteString("\n")
	}
	return b.String()
}

// state is up, down or isolated.
func (n *Node) state() string {
	switch {
	case !n.Up:
		return "down"
	case n.Isolated:
		return "isolated"
	}
	return "up"
}

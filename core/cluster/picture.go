package cluster

import (
	"fmt"
	"strings"
)

// String draws the cluster: a line per node with its state and the handles of its keys in the order
// of slots, session keys with an s, and what is buried on HSMs that are away. Clusters are parted
// by ---.
//
//	node 0 up: 6 7 8s
//	node 1 down: 6
//	node 2 isolated: 6 7
//	buried: 6
func (c *Cluster) String() string {
	var b strings.Builder
	for i, g := range c.Groups {
		if i > 0 {
			b.WriteString("---\n")
		}
		g.draw(&b)
	}
	return b.String()
}

func (g *Group) draw(b *strings.Builder) {
	for _, n := range g.Nodes {
		fmt.Fprintf(b, "node %d %s:", n.HSM.Node, n.state())
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
	if len(g.Tombstones) > 0 {
		b.WriteString("buried:")
		for _, handle := range g.Tombstones {
			b.WriteString(" " + handleText(handle))
		}
		b.WriteString("\n")
	}
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

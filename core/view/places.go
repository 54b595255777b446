package view

import (
	"fmt"
	"slices"
	"strings"

	"hsmplay/core/cluster"
	"hsmplay/core/hsm"
)

// place is a key and where it is.
type place struct {
	id    string
	key   *hsm.Key // as the first of the nodes has it
	at    *cluster.Node
	nodes []int
}

// places returns every key by slot. Clusters may have different keys under one handle; an id tells them apart.
func places(c *cluster.Cluster) []*place {
	all := c.All()
	slots := 0
	for _, n := range all {
		slots = max(slots, len(n.HSM.Keys))
	}
	var list []*place
	for slot := range slots {
		begin := len(list)
		for _, n := range all {
			if slot < len(n.HSM.Keys) && n.HSM.Keys[slot] != nil {
				list = put(list, begin, n, n.HSM.Keys[slot])
			}
		}
		slices.SortFunc(list[begin:], func(a, b *place) int { return strings.Compare(a.id, b.id) })
	}
	return list
}

// put adds a node's key to the places of its slot, which begin at an index.
func put(list []*place, begin int, n *cluster.Node, k *hsm.Key) []*place {
	id := fmt.Sprint("key-", k.Handle)
	for _, p := range list[begin:] {
		if p.key.Handle != k.Handle {
			continue
		}
		if p.key.Material == k.Material {
			p.nodes = append(p.nodes, n.HSM.Node)
			return list
		}
		id = fmt.Sprint("key-", k.Handle, "-", n.HSM.Node)
	}
	return append(list, &place{id, k, n, []int{n.HSM.Node}})
}

// missing returns the HSMs that lack a token key which others of their cluster have.
func (p *place) missing(c *cluster.Cluster) []int {
	missing := []int{}
	if p.key.Session != 0 {
		return missing
	}
	for _, g := range c.Groups {
		var lack []int
		for _, n := range g.Nodes {
			if !slices.Contains(p.nodes, n.HSM.Node) {
				lack = append(lack, n.HSM.Node)
			}
		}
		if len(lack) < len(g.Nodes) {
			missing = append(missing, lack...)
		}
	}
	return missing
}

// What a line would do to users, HSMs and what is set on them, as facts of sentences.

package sim

import (
	"fmt"
	"slices"
	"strings"

	"hsmplay/core/cluster"
	"hsmplay/core/hsm"
)

func (d *dryRun) madeUsers(c change) (list [][]any) {
	for _, u := range c.users {
		if u.made() && !d.fresh(c) {
			list = append(list, []any{"name", u.is.Name, "type", u.is.Type, "hsms", d.hsms(u.on)})
		}
	}
	return list
}

func (d *dryRun) goneUsers(c change) (list [][]any) {
	for _, u := range c.users {
		if u.gone() && !d.fresh(c) {
			list = append(list, []any{"name", u.was.Name, "hsms", ofHSMs(u.had, len(d.was.Nodes))})
		}
	}
	return list
}

func (d *dryRun) passwords(c change) (list [][]any) {
	for _, u := range c.users {
		if u.changed() && u.was != nil && u.is != nil && !d.fresh(c) && string(u.was.Salt) != string(u.is.Salt) {
			list = append(list, []any{"name", u.is.Name, "hsms", d.hsms(u.on)})
		}
	}
	return list
}

// userChanges are users of whom something else has changed, but for a count of wrong passwords.
func (d *dryRun) userChanges(c change) (list [][]any) {
	for _, u := range c.users {
		if u.changed() && u.was != nil && u.is != nil && !d.fresh(c) && string(u.was.Salt) == string(u.is.Salt) &&
			(string(u.was.Quorum) != string(u.is.Quorum) || string(u.was.TwoFA) != string(u.is.TwoFA)) {
			list = append(list, []any{"name", u.is.Name, "hsms", d.hsms(u.on)})
		}
	}
	return list
}

func (d *dryRun) madeNodes(c change) (list [][]any) {
	for _, n := range c.nodes {
		if n.was == nil && !d.fresh(c) && d.was.Called(d.f.cluster.GroupOf(n.is.HSM.Node).ID) != nil {
			token, session := n.is.HSM.Count()
			list = append(list, []any{"node", n.is.HSM.Node, "keys", howMany(token+session, "key")})
		}
	}
	return list
}

// howMany is a number with its noun.
func howMany(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

func (d *dryRun) goneNodes(c change) (list [][]any) {
	for _, n := range c.nodes {
		if n.is == nil && !d.fresh(c) {
			list = append(list, []any{"node", n.was.HSM.Node})
		}
	}
	return list
}

// fallen are the HSMs that are not reached any more.
func fallen(so func(*cluster.Node) bool) func(*dryRun, change) [][]any {
	return func(d *dryRun, c change) (list [][]any) {
		for _, n := range c.nodes {
			if n.was != nil && n.is != nil && n.was.Reached() && !n.is.Reached() && so(n.is) {
				list = append(list, []any{"node", n.is.HSM.Node, "left", d.f.reached()})
			}
		}
		return list
	}
}

func (d *dryRun) risen(c change) (list [][]any) {
	for _, n := range c.nodes {
		if n.was != nil && n.is != nil && !n.was.Reached() && n.is.Reached() {
			list = append(list, []any{"node", n.is.HSM.Node})
		}
	}
	return list
}

// copied are keys that are on more HSMs than before.
func (d *dryRun) copied(c change) [][]any {
	keys := c.those(func(k rowChange[hsm.Key]) bool { return k.changed() && len(k.fresh) > 0 })
	if len(keys) == 0 || d.fresh(c) || len(d.madeNodes(c)) > 0 || d.restored(c) {
		return nil
	}
	what := howMany(len(keys), "key")
	if len(keys) == 1 {
		what = fmt.Sprintf("key %d", keys[0].id)
	}
	var nodes []string
	for _, n := range keys[0].fresh {
		nodes = append(nodes, fmt.Sprintf("HSM %d", n))
	}
	return [][]any{{"keys", what, "nodes", strings.Join(nodes, ", ")}}
}

// differs reports whether something differs on an HSM that was there before.
func (d *dryRun) differs(c change, on func(was, is *hsm.HSM) bool) bool {
	return !d.fresh(c) && slices.ContainsFunc(d.f.cluster.All(), func(n *cluster.Node) bool {
		was := d.was.Node(n.HSM.Node)
		return was != nil && on(was.HSM, n.HSM)
	})
}

func (d *dryRun) mValues(c change) bool {
	return d.differs(c, func(was, is *hsm.HSM) bool { return was.Quorum.M != is.Quorum.M })
}

func (d *dryRun) tokens(c change) bool {
	return d.differs(c, func(was, is *hsm.HSM) bool { return !slices.Equal(was.Quorum.Tokens, is.Quorum.Tokens) })
}

// settings reports whether something else has changed that no sentence tells of.
func (d *dryRun) settings(c change) bool {
	was, is := d.was, d.f.cluster
	if was.Settings != is.Settings || was.Daemon != is.Daemon || was.Disabled != is.Disabled {
		return true
	}
	return slices.ContainsFunc(c.nodes, func(n nodeChange) bool {
		return n.was != nil && n.is != nil && (n.was.Delay != n.is.Delay || n.was.HSM.Firmware != n.is.HSM.Firmware)
	}) || d.differs(c, func(was, is *hsm.HSM) bool {
		return was.MTLS.Enforced != is.MTLS.Enforced || len(was.MTLS.Anchors) != len(is.MTLS.Anchors)
	})
}

// lostWorld counts what goes with a cluster that is replaced.
func (d *dryRun) lostWorld(c change) [][]any {
	if !d.fresh(c) {
		return nil
	}
	seen := map[uint32]bool{}
	for _, n := range d.was.All() {
		for _, k := range n.HSM.Keys {
			if k != nil {
				seen[k.Handle] = true
			}
		}
	}
	return [][]any{{"keys", howMany(len(seen), "key"), "users", howMany(len(d.was.Nodes[0].HSM.Users), "user")}}
}

// What a line would do to keys, as facts of sentences.

package sim

import (
	"fmt"
	"slices"
	"strings"

	"hsmplay/core/attr"
	"hsmplay/core/hsm"
)

// made are the keys that are new, in a cluster that is not.
func (d *dryRun) made(c change) []rowChange[hsm.Key] {
	if d.fresh(c) {
		return nil
	}
	return c.those(rowChange[hsm.Key].made)
}

func (d *dryRun) pair(c change) [][]any {
	keys := d.made(c)
	if len(keys) != 2 || keys[0].is.Material.Class != attr.Public || keys[1].is.Material.Class != attr.PrivateKey {
		return nil
	}
	k := keys[1].is
	return [][]any{{"type", k.Material.Describe(), "hsms", d.hsms(keys[1].on), "public", keys[0].id, "private", keys[1].id, "owner", d.user(k.Owner), "leaves", leaves(k)}}
}

// leaves says whether a key can leave the HSMs.
func leaves(k *hsm.Key) string {
	if k.Has(attr.FlagExtractable) {
		return "extractable"
	}
	return "not extractable"
}

func (d *dryRun) madeKey(c change) [][]any {
	keys := d.made(c)
	if len(keys) != 1 {
		return nil
	}
	k := keys[0].is
	return [][]any{{"type", k.Material.Describe(), "class", k.Material.Class.Name(), "hsms", d.hsms(keys[0].on), "handle", k.Handle, "owner", d.user(k.Owner), "leaves", leaves(k)}}
}

func (d *dryRun) madeKeys(c change) [][]any {
	keys := d.made(c)
	if len(keys) < 2 || d.pair(c) != nil {
		return nil
	}
	return [][]any{{"count", len(keys), "hsms", d.hsms(keys[0].on), "owner", d.user(keys[0].is.Owner)}}
}

// deleted are the token keys that are gone, in a cluster that is there still.
func (d *dryRun) deleted(c change) []rowChange[hsm.Key] {
	if d.fresh(c) {
		return nil
	}
	return c.those(func(k rowChange[hsm.Key]) bool {
		return k.gone() && (k.was.Session == 0 || d.now.User == d.turn.User && len(c.nodes) == 0)
	})
}

func (d *dryRun) goneKey(c change) [][]any {
	keys := d.deleted(c)
	if len(keys) != 1 {
		return nil
	}
	return [][]any{{"handle", keys[0].id, "hsms", d.hsms(d.had(keys[0]))}}
}

// had are the HSMs that had a key.
func (d *dryRun) had(k rowChange[hsm.Key]) (nodes []int) {
	for _, n := range d.was.All() {
		if n.HSM.At(uint32(k.id)) != nil {
			nodes = append(nodes, n.HSM.Node)
		}
	}
	return nodes
}

func (d *dryRun) goneKeys(c change) [][]any {
	keys := d.deleted(c)
	if len(keys) < 2 {
		return nil
	}
	return [][]any{{"count", len(keys)}}
}

// attributes are those that are set otherwise.
func (d *dryRun) attributes(c change) (list [][]any) {
	for _, k := range c.those(rowChange[hsm.Key].changed) {
		if k.was == nil || k.is == nil {
			continue
		}
		for _, row := range changedAttributes(k) {
			value := map[bool]string{false: "0", true: "1"}[k.is.Has(row.Flag)]
			switch row.Attr {
			case attr.Label:
				value = fmt.Sprintf("%q", k.is.Label)
			case attr.Token:
				value = map[bool]string{false: "0", true: "1"}[k.is.Session == 0]
			}
			list = append(list, []any{"attribute", row.Name, "handle", k.id, "value", value})
		}
	}
	return list
}

// changedAttributes are the attributes of a key that are set otherwise.
func changedAttributes(k rowChange[hsm.Key]) (rows []attr.Row) {
	for _, row := range attr.Table {
		differs := row.Flag != 0 && k.was.Has(row.Flag) != k.is.Has(row.Flag)
		switch row.Attr {
		case attr.Label:
			differs = k.was.Label != k.is.Label
		case attr.Token:
			differs = (k.was.Session == 0) != (k.is.Session == 0)
		}
		if differs {
			rows = append(rows, row)
		}
	}
	return rows
}

// shares are the keys that are shared with more users, or with fewer.
func shares(more bool) func(*dryRun, change) [][]any {
	return func(d *dryRun, c change) (list [][]any) {
		for _, k := range c.those(rowChange[hsm.Key].changed) {
			if k.was == nil || k.is == nil {
				continue
			}
			these, others := k.is.Shared, k.was.Shared
			if !more {
				these, others = others, these
			}
			var names []string
			for _, id := range these {
				if !slices.Contains(others, id) && d.isUser(id) {
					names = append(names, d.user(id))
				}
			}
			if len(names) > 0 {
				list = append(list, []any{"handle", k.id, "users", strings.Join(names, ", ")})
			}
		}
		return list
	}
}

func (d *dryRun) isUser(id int) bool { return d.user(id) != fmt.Sprint(id) }

// otherwise are keys that have changed in another way than the other sentences say.
func (d *dryRun) otherwise(c change) (list [][]any) {
	for _, k := range c.those(rowChange[hsm.Key].changed) {
		if k.was != nil && k.is != nil && (k.was.MValue != k.is.MValue || k.was.Manage != k.is.Manage || k.was.ID != k.is.ID) && !d.fresh(c) {
			list = append(list, []any{"handle", k.id, "hsms", d.hsms(k.on)})
		}
	}
	return list
}

// lostKeys are there where a token key is gone from all HSMs.
func (d *dryRun) lostKeys(c change) [][]any {
	n := 0
	for _, k := range d.deleted(c) {
		if k.was.Session == 0 {
			n++
		}
	}
	if n == 0 {
		return nil
	}
	return [][]any{{"count", n}}
}

func (d *dryRun) lostSession(c change) [][]any {
	if n := c.sessionKeys(); n > 0 && !d.fresh(c) && len(d.goneKey(c)) == 0 {
		return [][]any{{"count", n}}
	}
	return nil
}

// oneWay reports whether an attribute is set that cannot be set back.
func (d *dryRun) oneWay(c change) bool {
	return slices.ContainsFunc(c.those(rowChange[hsm.Key].changed), func(k rowChange[hsm.Key]) bool {
		return k.was != nil && k.is != nil && slices.ContainsFunc(changedAttributes(k), func(row attr.Row) bool { return row.Way != attr.BothWays })
	})
}

package view

import (
	"encoding/hex"
	"fmt"
	"slices"

	"hsmplay/core/attr"
	"hsmplay/core/cluster"
	"hsmplay/core/hsm"
)

// KeySight is what is known of a key beside its row.
type KeySight struct {
	Key        *KeyRow         `json:"key"`  // nil where it is gone
	Pair       uint32          `json:"pair"` // the handle of the other half; 0 for none
	Attributes []AttributeLine `json:"attributes"`
	Copies     []CopyRow       `json:"copies"`
	Deeds      []DeedRow       `json:"deeds"`
	Uses       []AuditRow      `json:"uses"`    // what the audit logs have of it, the newest first
	Begins     bool            `json:"begins"`  // the logs go back to their first entry
	Backups    []string        `json:"backups"` // that hold it
}

// AttributeLine is an attribute that the key has.
type AttributeLine struct {
	Number uint32 `json:"number"`
	Name   string `json:"name"`   // OBJ_ATTR_SIGN; "" where the older tools do not know it
	PKCS11 string `json:"pkcs11"` // CKA_SIGN
	CLI    string `json:"cli"`    // sign
	Value  string `json:"value"`  // as key_mgmt_util writes it; what it does not know, as it is
	Reads  string `json:"reads"`  // the value in words, "" where it speaks for itself
	Means  string `json:"means"`
	Set    string `json:"set"` // who may change it: owner, officer; "" for nobody
	Way    string `json:"way"` // to what: on, off; "" for any
}

// CopyRow is an HSM of the key's cluster and its copy.
type CopyRow struct {
	Node    int      `json:"node"`
	IP      string   `json:"ip"`
	State   string   `json:"state"` // as [NodeRow.State]
	Held    bool     `json:"held"`
	Differs []string `json:"differs"` // in what from the first copy: label, id, owner, shared, attributes, approvals
}

// DeedRow is something that may be done with the key, by whom, and why not by others.
type DeedRow struct {
	Name      string `json:"name"`
	Means     string `json:"means"`
	Approvals int    `json:"approvals"`
	By        []Doer `json:"by"`
	Attribute string `json:"attribute"` // that keeps everybody from it: OBJ_ATTR_SIGN
}

// Doer is somebody for whom there is an answer: the owner, those with whom the key is shared, other
// crypto users, officers.
type Doer struct {
	Who string `json:"who"` // owner, sharer, user, officer
	Not string `json:"not"` // the reason, as hsm.Reason; "" where he may
}

// Sight looks at the key whose row has an id, for the reader who is a user.
func Sight(c *cluster.Cluster, id string, user int) KeySight {
	s := KeySight{Attributes: []AttributeLine{}, Copies: []CopyRow{}, Deeds: []DeedRow{}, Uses: []AuditRow{}, Backups: []string{}}
	keys := placesOf(c)
	i := slices.IndexFunc(keys.list, func(p place) bool { return keys.id(p) == id })
	if i < 0 {
		return s
	}
	p := keys.list[i]
	row := keys.row(p, user)
	s.Key, s.Pair, s.Attributes, s.Deeds = &row, keys.pair(p), attributeLines(p.key), deeds(p.key)
	g := c.Groups[slices.IndexFunc(c.Groups, func(g *cluster.Group) bool { return slices.Contains(g.Nodes, keys.all[p.first]) })]
	s.Begins = true
	for _, n := range g.Nodes {
		s.Copies = append(s.Copies, copyOn(n, p.key))
		s.Begins = s.Begins && (len(n.HSM.Audit.Entries) == 0 || n.HSM.Audit.Entries[0].Seq == 0)
	}
	s.Uses = slices.DeleteFunc(Trail(c, AuditLook{Handle: p.key.Handle, Count: 200}), func(r AuditRow) bool {
		return !slices.ContainsFunc(g.Nodes, func(n *cluster.Node) bool { return n.HSM.Node == r.Node })
	})
	for _, b := range Backups(c) {
		if b.Cluster == g.ID && slices.Contains(b.Handles, p.key.Handle) {
			s.Backups = append(s.Backups, b.ID)
		}
	}
	return s
}

// pair is the handle of the other half of a pair: with the same public key and another class.
func (w *places) pair(of place) uint32 {
	m := of.key.Material
	for _, p := range w.list {
		if other := p.key.Material; len(m.SPKI) > 0 && other.Class != m.Class && string(other.SPKI) == string(m.SPKI) && p.nodes&of.nodes != 0 {
			return p.key.Handle
		}
	}
	return 0
}

// attributeLines are the attributes that a key has, in the order of the tables.
func attributeLines(k *hsm.Key) (lines []AttributeLine) {
	setters, ways := [...]string{"", "owner", "officer"}, [...]string{"", "on", "off"}
	for _, row := range slices.Concat(attr.Table, attr.Newer) {
		value, has := k.Value(row)
		if row.Name == "" {
			value, has = k.Shown(row, hsm.HSM1)
		}
		if !has {
			continue
		}
		line := AttributeLine{Number: uint32(row.Attr), Name: row.Name, PKCS11: row.PKCS11, CLI: row.CLI, Value: writtenValue(row, value), Means: row.Means}
		if row.Changeable() {
			line.Set, line.Way = setters[row.Set], ways[row.Way]
		}
		lines = append(lines, line)
	}
	return lines
}

// writtenValue is a value as in a dump of key_mgmt_util (spec/kmu.md 4.2).
func writtenValue(row attr.Row, v hsm.Value) string {
	switch row.Kind {
	case attr.Small, attr.Bool:
		return fmt.Sprintf("0x%02x", v.Number)
	case attr.Number:
		return fmt.Sprintf("0x%08x", v.Number)
	case attr.Text:
		return v.Text
	}
	return "0x" + hex.EncodeToString(v.Bytes)
}

// copyOn tells of a node's copy of a key, which is the first copy.
func copyOn(n *cluster.Node, first *hsm.Key) CopyRow {
	k := n.HSM.At(first.Handle)
	r := CopyRow{Node: n.HSM.Node, IP: n.IP, State: state(n), Differs: []string{}}
	if k == nil || k.Material != first.Material {
		return r
	}
	r.Held = true
	for _, part := range []struct {
		name string
		same bool
	}{{"label", k.Label == first.Label}, {"id", k.ID == first.ID}, {"owner", k.Owner == first.Owner}, {"shared", slices.Equal(k.Shared, first.Shared)},
		{"attributes", k.Flags == first.Flags}, {"approvals", k.MValue == first.MValue && k.Manage == first.Manage}} {
		if !part.same {
			r.Differs = append(r.Differs, part.name)
		}
	}
	return r
}

// deeds are those that the key is for, with who may.
func deeds(k *hsm.Key) (rows []DeedRow) {
	nobody := 0
	people := []struct {
		who string
		is  hsm.User
	}{{"owner", hsm.User{ID: k.Owner, Type: hsm.CU}}, {"sharer", hsm.User{ID: nobody, Type: hsm.CU}}, {"user", hsm.User{ID: nobody, Type: hsm.CU}}, {"officer", hsm.User{ID: nobody, Type: hsm.CO}}}
	if len(k.Shared) == 0 {
		people = slices.Delete(people, 1, 2)
	} else {
		people[1].is.ID = k.Shared[0]
	}
	for _, d := range hsm.Deeds {
		if !d.Takes(k) {
			continue
		}
		row := DeedRow{Name: d.Name, Means: d.Means, Approvals: d.Approvals(k)}
		for _, p := range people {
			reason, lacks := d.Refuses(k, &p.is)
			row.By = append(row.By, Doer{p.who, string(reason)})
			if known, ok := attr.Find(lacks); ok && reason != "" && lacks != 0 {
				row.Attribute = known.Name
				if known.Name == "" {
					row.Attribute = known.CLI
				}
			}
		}
		rows = append(rows, row)
	}
	return rows
}

package view

import (
	"encoding/hex"
	"fmt"
	"math/bits"
	"slices"
	"strings"

	"hsmplay/core/attr"
	"hsmplay/core/cluster"
	"hsmplay/core/hsm"
	"hsmplay/core/mech"
)

// KeyRow is a key of the clusters.
type KeyRow struct {
	ID          string   `json:"id"`
	Handle      uint32   `json:"handle"`
	Class       string   `json:"class"`
	Type        string   `json:"type"`
	Curve       string   `json:"curve"` // secp384r1; "" for none
	Bits        int      `json:"-"`     // of the modulus, the curve or the value
	Label       string   `json:"label"`
	KeyID       string   `json:"keyId"`
	Owner       int      `json:"owner"`
	OwnerName   string   `json:"ownerName"`
	Shared      []int    `json:"shared"`
	Extractable bool     `json:"extractable"`
	Session     bool     `json:"session"`
	KCV         string   `json:"kcv"`
	Nodes       []int    `json:"nodes"`
	Missing     []int    `json:"missing"`
	MValue      int      `json:"mValue"`
	Flags       []string `json:"flags"`  // the attributes that are set, by the tools' names: OBJ_ATTR_SIGN
	Origin      string   `json:"origin"` // generated, imported, unwrapped
	Visible     bool     `json:"visible"`
}

func (r KeyRow) mark(m *mark) {
	m.text(r.ID)
	m.number(int64(r.Handle))
	m.text(r.Class)
	m.text(r.Type)
	m.text(r.Curve)
	m.number(int64(r.Bits))
	m.text(r.Label)
	m.text(r.KeyID)
	m.number(int64(r.Owner))
	m.text(r.OwnerName)
	m.numbers(r.Shared)
	m.flag(r.Extractable)
	m.flag(r.Session)
	m.text(r.KCV)
	m.numbers(r.Nodes)
	m.numbers(r.Missing)
	m.number(int64(r.MValue))
	m.texts(r.Flags)
	m.text(r.Origin)
	m.flag(r.Visible)
}

// Look says which keys a reader wants to see.
type Look struct {
	User   int    // whose keys are [KeyRow.Visible]; 0 for nobody's
	From   int    // the index of the first
	Count  int    // how many; 0 for all
	Filter string // what handle, class, type, label, id or owner contain, in whatever case
}

// Keys returns the keys of all clusters by slot. Total counts all that match the filter.
func Keys(c *cluster.Cluster, since int64, look Look) Section[KeyRow] {
	keys := placesOf(c)
	shown := keys.list
	if look.Filter != "" {
		filter := strings.ToLower(look.Filter)
		shown = slices.DeleteFunc(shown, func(p place) bool { return !strings.Contains(keys.text(p), filter) })
	}
	shown, total := window(shown, look.From, look.Count), len(shown)
	rows := make([]KeyRow, 0, len(shown))
	for _, p := range shown { // only what is shown is described
		rows = append(rows, keys.row(p, look.User))
	}
	return section(rows, total, since)
}

// text is what a filter looks at.
func (w *places) text(p place) string {
	k, m := p.key, p.key.Material
	return strings.ToLower(fmt.Sprint(k.Handle, " ", m.Class.Name(), " ", m.Describe(), " ", k.Label, " ", k.ID, " ", w.owner(p)))
}

// row describes a key to a user.
func (w *places) row(p place, user int) KeyRow {
	k, m := p.key, p.key.Material
	r := KeyRow{ID: w.id(p), Handle: k.Handle, Class: m.Class.Name(), Type: m.Describe(), Label: k.Label, KeyID: k.ID,
		Owner: k.Owner, OwnerName: w.owner(p), Shared: append([]int{}, slices.Sorted(slices.Values(k.Shared))...), Extractable: k.Has(attr.FlagExtractable),
		Session: k.Session != 0, KCV: hex.EncodeToString(m.KCV), Nodes: w.numbers(p.nodes), Missing: w.numbers(w.missing(p)),
		MValue: k.MValue, Flags: flagNames(k.Flags), Origin: origin(k), Visible: k.UsableBy(user)}
	if curve := m.Curve(); curve != nil {
		r.Curve = curveName(curve.Name)
	}
	r.Bits = bitsOf(m)
	return r
}

// bitsOf is how large a key is: RSA and DSA by the modulus, EC by the curve, Ed25519 and ML-DSA by
// the public key, secrets by the value.
func bitsOf(m *mech.Material) int {
	switch curve := m.Curve(); {
	case curve != nil:
		return curve.Bits
	case m.Bits > 0:
		return m.Bits
	case m.Type == attr.Edwards, m.Type == attr.MLDSA:
		return 8 * m.Public().ValueLen
	}
	return 8 * m.ValueLen
}

// owner returns the name of the key's owner, which the HSM that has the key may have forgotten; ""
// where all of the cluster have.
func (w *places) owner(p place) string {
	if u := w.all[p.first].HSM.UserByID(p.key.Owner); u != nil {
		return u.Name
	}
	for _, g := range w.groups {
		for i, n := range w.all {
			if u := n.HSM.UserByID(p.key.Owner); u != nil && g>>i&1 == 1 && g>>p.first&1 == 1 {
				return u.Name
			}
		}
	}
	return ""
}

// flagNames lists the attributes that are set, in the order of their table.
func flagNames(flags attr.Flags) []string {
	names := make([]string, 0, bits.OnesCount64(uint64(flags)))
	for _, row := range attr.Table {
		if row.Flag != 0 && flags.Has(row.Flag) {
			names = append(names, row.Name)
		}
	}
	return names
}

// curveName is the standard's name of a curve of the tools' list: secp384r1 for NID_secp384r1.
func curveName(name string) string {
	name = strings.TrimPrefix(name, "NID_")
	return strings.TrimPrefix(name, "X9_62_")
}

// origin says where a key's material is from. Keys of old worlds do not say so themselves.
func origin(k *hsm.Key) string {
	switch {
	case k.Origin == hsm.Unwrapped:
		return "unwrapped"
	case k.Origin == hsm.Imported || !k.Has(attr.FlagLocal):
		return "imported"
	}
	return "generated"
}

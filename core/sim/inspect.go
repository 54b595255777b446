package sim

import (
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"

	"hsmplay/core/attr"
	"hsmplay/core/hsm"
	"hsmplay/core/kmu"
	"hsmplay/core/mech"
	"hsmplay/core/view"
)

// Inspection is what the playground recognises in a file: facts, of which the page makes sentences.
type Inspection struct {
	Kind       string         `json:"kind"`  // empty, attributes, pem, wrapped, masked, text, binary
	Text       bool           `json:"text"`  // can be read as text
	Class      string         `json:"class"` // of the key that it is about, as in KeyRow; "" where unknown
	Type       string         `json:"type"`
	Label      string         `json:"label"`
	Handle     uint32         `json:"handle"` // of the one key of the cluster that it is about, 0 for none
	Here       bool           `json:"here"`   // of a masked object: this cluster can open it
	Attributes []AttributeRow `json:"attributes"`
	Blocks     []BlockRow     `json:"blocks"`
}

// AttributeRow is an attribute in a file of getAttribute.
type AttributeRow struct {
	ID     string `json:"id"`
	On     string `json:"on"` // the server it was read on, as cloudhsm_mgmt_util writes it; "" for key_mgmt_util
	Number uint32 `json:"number"`
	Name   string `json:"name"`
	Value  string `json:"value"`
	Reads  string `json:"reads"` // the value in words, "" where it speaks for itself
	Means  string `json:"means"`
}

// BlockRow is a block of a PEM file.
type BlockRow struct {
	ID      string `json:"id"`
	Label   string `json:"label"`
	Size    int    `json:"size"`   // bytes of the content
	Kind    string `json:"kind"`   // mech.BlockKind
	Type    string `json:"type"`   // EC P-256; "" where unknown
	Handle  string `json:"handle"` // that a fake names, else of the key of the cluster that it is; "" for none
	There   bool   `json:"there"`  // the cluster holds the key with this handle
	Subject string `json:"subject"`
	Issuer  string `json:"issuer"`
}

// Inspect returns what a file of the instance is; a relative name is in the home directory. Errors
// wrap a shell.Errno.
func (w *World) Inspect(name string) (Inspection, error) {
	data, err := w.Read(name)
	if err != nil {
		return Inspection{}, err
	}
	return w.InspectBytes(data), nil
}

// InspectBytes returns what bytes are, as those of a file.
func (w *World) InspectBytes(data []byte) Inspection {
	in := Inspection{Kind: "binary", Text: view.IsText(data), Attributes: []AttributeRow{}, Blocks: []BlockRow{}}
	if in.Text {
		in.Kind = "text"
	}
	if len(data) == 0 {
		in.Kind = "empty"
		return in
	}
	blocks := mech.InspectPEM(data)
	w.machine.Do(func() {
		for _, look := range []func(*Inspection, []byte) bool{w.dump, w.wrapped, w.masked} {
			if look(&in, data) {
				return
			}
		}
		w.pem(&in, blocks)
	})
	return in
}

// pem fills in the blocks of a PEM file.
func (w *World) pem(in *Inspection, blocks []mech.Block) {
	for i, b := range blocks {
		row := BlockRow{ID: fmt.Sprint("block-", i), Label: b.Label, Size: b.Size, Kind: string(b.Kind),
			Subject: b.Subject.String(), Issuer: b.Issuer.String()}
		if b.Key != nil {
			row.Type = b.Key.Describe()
		}
		if b.Kind == mech.FakeBlock {
			row.Handle = strconv.FormatUint(b.Handle, 10)
			row.There = w.only(func(k *hsm.Key) bool { return uint64(k.Handle) == b.Handle }) != nil
		} else if b.Key != nil && b.Key.KCV != nil {
			if k := w.only(func(k *hsm.Key) bool { return sameKey(k, b) }); k != nil {
				row.Handle, row.There = fmt.Sprint(k.Handle), true
			}
		}
		in.Blocks, in.Kind = append(in.Blocks, row), "pem"
	}
}

// sameKey reports whether a key of the cluster is the half of a pair that is in a block.
func sameKey(k *hsm.Key, b mech.Block) bool {
	class := attr.Public
	if b.Kind == mech.PrivateBlock {
		class = attr.PrivateKey
	}
	return k.Material.Class == class && string(k.Material.SPKI) == string(b.Key.SPKI)
}

// wrapped recognises what wrapKey writes.
func (w *World) wrapped(in *Inspection, data []byte) bool {
	key, ok := kmu.ReadWrapped(data)
	if ok {
		in.Kind, in.Class, in.Type, in.Label = "wrapped", key.Class.Name(), key.Type.Show(), key.Label
	}
	return ok
}

// masked recognises what extractMaskedObject writes.
func (w *World) masked(in *Inspection, data []byte) (ok bool) {
	if in.Here, ok = w.cluster.IsMasked(data); ok {
		in.Kind = "masked"
	}
	return ok
}

// dump recognises what getAttribute of both tools writes: names of attributes and their values,
// line by line.
func (w *World) dump(in *Inspection, data []byte) bool {
	if len(data) > mech.MaxFile {
		return false
	}
	rows := readDump(string(data))
	if len(rows) == 0 {
		return false
	}
	in.Kind, in.Attributes = "attributes", rows
	class, kind, kcv := readWord(rows, attr.ClassAttr), readWord(rows, attr.KeyTypeAttr), readText(rows, attr.KCV)
	in.Label = readText(rows, attr.Label)
	if class == "" || kind == "" {
		return true
	}
	in.Class, in.Type = class, strings.TrimSpace(kind+" "+strings.TrimSuffix(readWord(rows, attr.ModulusBits), " bits"))
	k := w.only(func(k *hsm.Key) bool {
		m := k.Material
		return m.Class.Name() == class && k.Label == in.Label && strings.Trim(kcv, "0x") != "" && "0x"+hex.EncodeToString(m.KCV) == kcv
	})
	if k != nil {
		in.Handle = k.Handle
	}
	return true
}

// only returns the one key of the cluster that matches, nil for none and for several.
func (w *World) only(match func(*hsm.Key) bool) (found *hsm.Key) {
	for _, n := range w.cluster.Nodes {
		for _, k := range n.HSM.Keys {
			if k == nil || !match(k) {
				continue
			}
			if found != nil && found.Handle != k.Handle {
				return nil
			}
			found = k
		}
	}
	return found
}

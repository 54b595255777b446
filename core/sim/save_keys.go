package sim

import (
	"slices"
	"strconv"

	"hsmplay/core/hsm"
	"hsmplay/core/internal/jsonrow"
	"hsmplay/core/mech"
)

// savedKey is a key with a reference to its material, and with texts of any bytes.
type savedKey struct {
	hsm.Key
	Material   int64
	LabelBytes []byte `json:",omitempty"`
	IDBytes    []byte `json:",omitempty"`
}

// code goes over the fields of a key as encoding/json has them.
func (k *savedKey) code(c *jsonrow.Coder) {
	k.Key.Code(c, func() {
		jsonrow.Number(c, "Material", &k.Material)
		if c.Has("LabelBytes", len(k.LabelBytes) > 0) {
			jsonrow.Bytes(c, "LabelBytes", &k.LabelBytes)
		}
		if c.Has("IDBytes", len(k.IDBytes) > 0) {
			jsonrow.Bytes(c, "IDBytes", &k.IDBytes)
		}
	})
}

func codedKeys(keys *[]*savedKey) func(*jsonrow.Coder) {
	return func(c *jsonrow.Coder) { jsonrow.List(c, keys, func(k *savedKey) { k.code(c) }) }
}

// keyRow is a row of keys with its text, which is made once: HSMs that agree have the same one.
type keyRow struct {
	keys    []*hsm.Key
	numbers []int64 // of their material
	text    string
}

// keys looks at the keys of an HSM whose row has a name; it has none any more when it is gone.
func (c *changes) keys(name string, keys []*hsm.Key) {
	stored := c.saver.keys[name]
	for i := 0; i*chunk < len(keys) || i < len(stored); i++ {
		if i == len(stored) {
			stored = append(stored, nil)
		}
		now := keys[min(i*chunk, len(keys)):min((i+1)*chunk, len(keys))]
		if before := stored[i]; !slices.Equal(before, now) {
			c.keyRow(name+"/keys/"+strconv.Itoa(i), i, now)
			c.release(before)
			stored[i] = slices.Clone(now)
		}
	}
	c.saver.keys[name] = stored[:(len(keys)+chunk-1)/chunk]
}

// keyRow stores a row of keys, and deletes one in which no key can be any more.
func (c *changes) keyRow(name string, i int, keys []*hsm.Key) {
	if len(keys) == 0 {
		c.rows[name] = nil
		return
	}
	numbers, made := c.useAll(keys), c.saver.made[i]
	if !slices.Equal(made.keys, keys) || !slices.Equal(made.numbers, numbers) {
		made = keyRow{slices.Clone(keys), numbers, keysText(keys, numbers)}
		c.saver.made[i] = made
	}
	c.text(name, made.text)
}

// keysText is the text of a row of keys with the numbers of their material.
func keysText(keys []*hsm.Key, numbers []int64) string {
	saved := make([]*savedKey, len(keys))
	for i, k := range keys {
		if k != nil {
			saved[i] = &savedKey{*k, numbers[i], rest(k.Label), rest(k.ID)}
		}
	}
	return string(jsonrow.Write(192*len(keys), codedKeys(&saved)))
}

// useAll returns the numbers of the keys' material. Material that new keys bring is stored first.
func (c *changes) useAll(keys []*hsm.Key) []int64 {
	numbers := make([]int64, len(keys))
	for i, k := range keys {
		if k != nil {
			numbers[i] = c.use(k.Material)
		}
	}
	return numbers
}

// use returns the number of a key's material and stores it the first time.
func (c *changes) use(m *mech.Material) int64 {
	row := c.saver.materials[m]
	if row == nil {
		text := hsm.SaveMaterial(m)
		row = c.saver.number(rowMaterial, text)
		row.text = text
		c.saver.materials[m] = row
	}
	if row.used == 0 {
		c.text(rowMaterial+strconv.FormatInt(row.id, 10), row.text)
	}
	row.used++
	return row.id
}

// number returns the number of a row of key material, or of a page: the next one, or one made from
// its text, so that it is the same whoever looks.
func (s *saver) number(kind, text string) *stored {
	if s.same == nil {
		s.next++
		return &stored{id: s.next}
	}
	id := int64(fingerprint(kind, text) >> 1)
	if s.same[id] == nil {
		s.same[id] = &stored{id: id}
	}
	return s.same[id]
}

// release gives up the material of keys that are saved no more; what nothing uses is deleted.
func (c *changes) release(keys []*hsm.Key) {
	for _, k := range keys {
		if k == nil {
			continue
		}
		row := c.saver.materials[k.Material]
		if row.used--; row.used == 0 {
			delete(c.saver.materials, k.Material)
			c.rows[rowMaterial+strconv.FormatInt(row.id, 10)] = nil
		}
	}
}

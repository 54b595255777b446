package hsm

import (
	"encoding/json"

	"hsmplay/core/internal/jsonrow"
	"hsmplay/core/mech"
	"hsmplay/core/mech/secret"
)

// SaveMaterial returns a material as JSON for a saved world, with its secret.
func SaveMaterial(m *mech.Material) string { return secret.Marshal(m) }

// LoadMaterial reads what SaveMaterial wrote.
func LoadMaterial(row string) (*mech.Material, error) { return secret.Unmarshal(row) }

// Code goes over the fields of a key as encoding/json has them, but for the material; more goes
// over what follows them.
func (k *Key) Code(c *jsonrow.Coder, more func()) {
	c.Object(func() {
		jsonrow.Number(c, "Handle", &k.Handle)
		jsonrow.Number(c, "Owner", &k.Owner)
		jsonrow.Numbers(c, "Shared", &k.Shared)
		jsonrow.Number(c, "MValue", &k.MValue)
		jsonrow.Seldom(c, "Manage", k.Manage != 0, k.Manage)
		jsonrow.Number(c, "Session", &k.Session)
		jsonrow.Text(c, "Label", &k.Label)
		jsonrow.Text(c, "ID", &k.ID)
		jsonrow.Number(c, "Flags", &k.Flags)
		if c.Has("Origin", k.Origin != 0) {
			jsonrow.Number(c, "Origin", &k.Origin)
		}
		jsonrow.Seldom(c, "CurveSaid", k.CurveSaid != "", k.CurveSaid)
		jsonrow.Seldom(c, "WrapTemplate", len(k.WrapTemplate) > 0, k.WrapTemplate)
		jsonrow.Seldom(c, "UnwrapTemplate", len(k.UnwrapTemplate) > 0, k.UnwrapTemplate)
		more()
	})
}

// SaveEntries returns entries of an audit log as JSON for a saved world.
func SaveEntries(entries []*Entry) string {
	return string(jsonrow.Write(320*len(entries), coded(&entries)))
}

// LoadEntries reads what SaveEntries wrote.
func LoadEntries(row string) (entries []*Entry, err error) {
	if !jsonrow.Read(row, coded(&entries)) {
		entries = nil
		err = json.Unmarshal([]byte(row), &entries)
	}
	return entries, err
}

func coded(entries *[]*Entry) func(*jsonrow.Coder) {
	return func(c *jsonrow.Coder) { jsonrow.List(c, entries, func(e *Entry) { e.code(c) }) }
}

// code goes over the fields of an entry as encoding/json has them.
func (e *Entry) code(c *jsonrow.Coder) {
	c.Object(func() {
		jsonrow.Number(c, "Seq", &e.Seq)
		jsonrow.Number(c, "Time", &e.Time)
		jsonrow.Number(c, "Reboots", &e.Reboots)
		jsonrow.Text(c, "Opcode", &e.Opcode)
		jsonrow.Number(c, "Session", &e.Session)
		jsonrow.Number(c, "Code", &e.Code)
		if c.Has("User", e.User != "") {
			jsonrow.Text(c, "User", &e.User)
		}
		if c.Has("Type", e.Type != "") {
			jsonrow.Text(c, "Type", &e.Type)
		}
		jsonrow.Array(c, "Keys", e.Keys[:])
		jsonrow.Bytes(c, "Prev", &e.Prev)
		jsonrow.Bytes(c, "Hash", &e.Hash)
	})
}

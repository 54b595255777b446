package hsm

import (
	"encoding/json"
	"unicode/utf8"

	"hsmplay/core/attr"
	"hsmplay/core/mech/secret"
	"hsmplay/core/retcode"
)

// masked is what a masked object holds, encrypted (spec/kmu.md 6, question 10). Users are in it by
// name: their numbers may be somebody else's on another HSM.
type masked struct {
	Class     attr.Class
	Type      attr.KeyType
	Bytes     []byte
	Flags     attr.Flags
	Label     string
	ID        string
	Owner     string
	Shared    []string
	MValue    int
	InSession bool
	Came      Origin `json:",omitempty"`
	Manage    int    `json:",omitempty"`

	LabelBytes     []byte         `json:",omitempty"` // where the text of JSON would change it
	IDBytes        []byte         `json:",omitempty"` // the same
	CurveSaid      string         `json:",omitempty"`
	WrapTemplate   []attr.Setting `json:",omitempty"`
	UnwrapTemplate []attr.Setting `json:",omitempty"`
}

// odd returns the bytes of a text that JSON cannot hold, nil of another.
func odd(text string) []byte {
	if utf8.ValidString(text) {
		return nil
	}
	return []byte(text)
}

// whole returns a text, or the bytes that it stands for.
func whole(text string, bytes []byte) string {
	if bytes != nil {
		return string(bytes)
	}
	return text
}

// Mask returns a key of the session's user as a masked object: the key need not be extractable,
// since only an HSM can open it. Errors as [HSM.OwnKey].
func (h *HSM) Mask(session uint64, handle uint32, with Masking) ([]byte, error) {
	k, err := h.OwnKey(session, handle)
	if retcode.Of(err) != retcode.BadHandle {
		h.LogKeys(CNExtractMasked, session, err, handle)
	}
	if err != nil {
		return nil, err
	}
	object := masked{k.Material.Class, k.Material.Type, secret.Value(k.Material), k.Flags, k.Label, k.ID,
		h.UserName(k.Owner), nil, k.MValue, k.Session != 0, k.Origin, k.Manage,
		odd(k.Label), odd(k.ID), k.CurveSaid, k.WrapTemplate, k.UnwrapTemplate}
	for _, id := range k.Shared {
		object.Shared = append(object.Shared, h.UserName(id))
	}
	content, err := json.Marshal(object)
	if err != nil { // plain data always marshals
		panic("hsm: " + err.Error())
	}
	return with.seal(content), nil
}

// Unmask opens a masked object: what the key is to be like, and its material. It fails with
// retcode.BadSession, with retcode.UserNotReady without a login, and with a [Refusal]: NotMasked,
// MaskedElsewhere, MaskedByOther.
func (h *HSM) Unmask(session uint64, object []byte, with Masking) (Template, *Arrival, error) {
	s, err := h.need(session)
	if err != nil {
		return Template{}, nil, err
	}
	content, err := with.open(object)
	if err != nil {
		return Template{}, nil, err
	}
	var m masked
	if err := json.Unmarshal(content, &m); err != nil {
		return Template{}, nil, Refusal{Reason: NotMasked, Why: err}
	}
	if !h.named(s, m.Owner) {
		return Template{}, nil, Refusal{Reason: MaskedByOther}
	}
	material, err := secret.Load(m.Class, m.Type, m.Bytes)
	if err != nil {
		return Template{}, nil, Refusal{Reason: NotMasked, Why: err}
	}
	a := &Arrival{material: material, origin: Inserted, came: m.Came, flags: m.Flags}
	return a.Template(Template{Label: whole(m.Label, m.LabelBytes), ID: whole(m.ID, m.IDBytes), Shared: h.known(m.Shared), MValue: m.MValue,
		Manage: m.Manage, InSession: m.InSession, CurveSaid: m.CurveSaid, WrapTemplate: m.WrapTemplate, UnwrapTemplate: m.UnwrapTemplate}), a, nil
}

// known returns the ids of those users who are crypto users here.
func (h *HSM) known(names []string) []int {
	var ids []int
	for _, name := range names {
		if u := h.UserNamed(CU, name); u != nil {
			ids = append(ids, u.ID)
		}
	}
	return ids
}

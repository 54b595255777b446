package cluster

import (
	"fmt"
	"slices"

	"hsmplay/core/hsm"
)

// Image is what a backup holds of an HSM. Images of one cluster share the pages that are the same.
type Image struct {
	Policy  hsm.Policy
	M       hsm.MValues
	KeysMax int
	SessMax int
	MTLS    hsm.MTLS `json:",omitzero"`
	Pages   []*Page  `json:"-"` // of users and keys; saved apart
}

// PageSize is how many places of the tables make a page.
const PageSize = 32

// Page is a part of an HSM's tables. It is never changed.
type Page struct {
	Users []*hsm.User // by id
	Keys  []*hsm.Key  // token keys, by slot
}

// imageOf returns the image of an HSM, with the keys that are to be in it. Pages that are as in an
// earlier one are its pages.
func imageOf(h *hsm.HSM, before Image, in func(*hsm.Key) bool) Image {
	i := Image{Policy: h.Policy, M: h.Quorum.M, KeysMax: h.KeysMax, SessMax: h.SessMax, MTLS: h.MTLS}
	for at := 0; at < max(len(h.Users), len(h.Keys)); at += PageSize {
		users, keys := h.Users[min(at, len(h.Users)):], h.Keys[min(at, len(h.Keys)):]
		page := &Page{Users: slices.Clone(users[:min(PageSize, len(users))])}
		for _, k := range keys[:min(PageSize, len(keys))] {
			if k != nil && in(k) {
				page.Keys = append(page.Keys, k)
			}
		}
		if n := len(i.Pages); n < len(before.Pages) && page.same(before.Pages[n]) {
			page = before.Pages[n]
		}
		i.Pages = append(i.Pages, page)
	}
	return i
}

func (p *Page) same(o *Page) bool {
	return slices.Equal(p.Users, o.Users) && slices.Equal(p.Keys, o.Keys)
}

// same reports whether two images, of which one was made from the other, show the same.
func (i Image) same(o Image) bool {
	return i.Policy == o.Policy && i.M == o.M && i.KeysMax == o.KeysMax && i.SessMax == o.SessMax && i.MTLS.Same(o.MTLS) && slices.Equal(i.Pages, o.Pages)
}

// put makes an HSM that has no keys and users yet as in the image.
func (i Image) put(h *hsm.HSM) {
	h.Policy, h.Quorum.M, h.KeysMax, h.SessMax, h.MTLS = i.Policy, i.M, i.KeysMax, i.SessMax, i.MTLS
	for _, page := range i.Pages {
		h.Users = append(h.Users, page.Users...)
		for _, k := range page.Keys {
			h.Put(k)
		}
	}
}

// Count returns how many users and keys are in the image.
func (i Image) Count() (users, keys int) {
	for _, page := range i.Pages {
		users += len(page.Users)
		keys += len(page.Keys)
	}
	return users, keys
}

// check returns hsm.ErrBroken, wrapped, unless the image can be one of an HSM.
func (i Image) check() error {
	slots := map[int]bool{}
	for _, page := range i.Pages {
		for _, k := range page.Keys {
			if k == nil || slots[hsm.Slot(k.Handle)] {
				return fmt.Errorf("%w: a backup has a slot twice", hsm.ErrBroken)
			}
			slots[hsm.Slot(k.Handle)] = true
		}
	}
	h := &hsm.HSM{}
	i.put(h)
	return h.Check()
}

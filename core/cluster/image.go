package cluster

import (
	"fmt"
	"slices"

	"hsmplay/core/hsm"
)

// Image is what a backup holds of an HSM. Images of one cluster share the pages that are the same.
type Image struct {
	Policy  hsm.Policy
	M       [hsm.MiscCO + 1]int // the M values, by service
	KeysMax int
	SessMax int
	Users   []*Page[hsm.User] `json:"-"` // saved apart, as the keys
	Keys    []*Page[hsm.Key]  `json:"-"` // token keys
}

// PageSize is how many places of a table make a page.
const PageSize = 32

// Page is rows of a table. It is never changed.
type Page[Row any] struct{ Rows []*Row }

// imageOf returns the image of an HSM, with the keys that are to be in it. Pages that are as in an earlier one are its pages.
func imageOf(h *hsm.HSM, before Image, in func(*hsm.Key) bool) Image {
	return Image{Policy: h.Policy, M: h.Quorum.M, KeysMax: h.KeysMax, SessMax: h.SessMax,
		Users: pages(h.Users, before.Users, func(*hsm.User) bool { return true }),
		Keys:  pages(h.Keys, before.Keys, func(k *hsm.Key) bool { return k != nil && in(k) })}
}

// pages parts a table into pages of the rows that are to be in them.
func pages[Row any](table []*Row, before []*Page[Row], in func(*Row) bool) []*Page[Row] {
	var all []*Page[Row]
	for places := range slices.Chunk(table, PageSize) {
		var rows []*Row
		for _, row := range places {
			if in(row) {
				rows = append(rows, row)
			}
		}
		if i := len(all); i < len(before) && slices.Equal(before[i].Rows, rows) {
			all = append(all, before[i])
		} else {
			all = append(all, &Page[Row]{rows})
		}
	}
	return all
}

// same reports whether two images, of which one was made from the other, show the same.
func (i Image) same(o Image) bool {
	return i.Policy == o.Policy && i.M == o.M && i.KeysMax == o.KeysMax && i.SessMax == o.SessMax &&
		slices.Equal(i.Users, o.Users) && slices.Equal(i.Keys, o.Keys)
}

// put makes an HSM that has no keys and users yet as in the image.
func (i Image) put(h *hsm.HSM) {
	h.Policy, h.Quorum.M, h.KeysMax, h.SessMax = i.Policy, i.M, i.KeysMax, i.SessMax
	for _, page := range i.Users {
		h.Users = append(h.Users, page.Rows...)
	}
	for _, page := range i.Keys {
		for _, k := range page.Rows {
			h.Put(k)
		}
	}
}

// Count returns how many users and keys are in the image.
func (i Image) Count() (users, keys int) {
	for _, page := range i.Users {
		users += len(page.Rows)
	}
	for _, page := range i.Keys {
		keys += len(page.Rows)
	}
	return users, keys
}

// check returns hsm.ErrBroken, wrapped, unless the image can be one of an HSM.
func (i Image) check() error {
	slots := map[int]bool{}
	for _, page := range i.Keys {
		for _, k := range page.Rows {
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

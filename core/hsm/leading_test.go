package hsm_test

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/attr"
	"hsmplay/core/hsm"
)

// Whatever comes and goes, and in whatever copy: the first free slot is the first one that is free.
func TestTheFirstFreeSlot(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	h := desk(t)
	for range 2000 {
		slot := hsm.FirstSlot + r.IntN(12)
		switch k := h.At(uint32(slot)); r.IntN(12) {
		case 0:
			h.Restart()
		case 1:
			require.NoError(t, h.OpenSession(asAlice))
			h.CloseSession(asAlice)
		case 2:
			h = h.Copy()
		case 3, 4, 5:
			h.Erase(uint32(slot))
		default:
			if k == nil {
				h.Put(&hsm.Key{Handle: uint32(slot), Owner: 3, Session: uint64(r.IntN(2)), Material: material(attr.Secret)})
			}
		}
		first := hsm.FirstSlot
		for h.At(uint32(first)) != nil {
			first++
		}
		if r.IntN(3) > 0 {
			require.Equal(t, first, h.Leading())
		}
	}
}

package hsm_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/attr"
	"hsmplay/core/hsm"
)

// The number 7 is ann on one HSM and carol on another, since users are not synchronised.
func TestACopyOfAKeyGoesByName(t *testing.T) {
	ann := func(owner int, shared ...int) *hsm.Key {
		return &hsm.Key{Handle: 6, Owner: owner, Shared: shared, Material: material(attr.PrivateKey)}
	}
	here, there := fresh(), fresh()
	there.PutUser(&hsm.User{ID: 7, Name: "ann", Type: hsm.CU})
	require.False(t, here.Accepts(there, ann(7)), "nobody has the number")
	here.PutUser(&hsm.User{ID: 7, Name: "carol", Type: hsm.CU})
	require.False(t, here.Accepts(there, ann(7)), "somebody else has the number")

	shared := ann(3, 4, 7)
	require.True(t, here.Accepts(there, shared))
	here.PutCopy(there, shared)
	require.Equal(t, []int{4}, here.At(6).Shared)
	require.Equal(t, []int{4, 7}, shared.Shared, "rows are not changed in place")

	here.PutUser(&hsm.User{ID: 7, Name: "Ann", Type: hsm.CU})
	here.PutCopy(there, shared)
	require.Same(t, shared, here.At(6), "capital letters do not count, and equal rows are one")
}

package hsm_test

import (
	"encoding/hex"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/attr"
	"hsmplay/core/hsm"
	"hsmplay/core/mech"
)

// spec/cloudhsm-cli.md 3.1, 3.2: which members keys of each kind have.
func TestWhatClientSDK5Shows(t *testing.T) {
	h := desk(t)
	lattice, _ := mech.LatticeNamed("ML-DSA-65")
	const rsa, ec = "public-exponent modulus modulus-size-bits", "ec-point curve"
	for _, row := range []struct {
		recipe     mech.Recipe
		typ, extra string
		value      map[string]string
		noCheckSum bool
		lengths    [2]uint32
	}{
		{aes128, "aes", "", nil, false, [2]uint32{16}},
		{mech.SecretKey{Type: attr.DES3, Size: 24}, "des3", "", nil, false, [2]uint32{24}},
		{mech.SecretKey{Type: attr.GenericSecret, Size: 5}, "generic-secret", "", nil, true, [2]uint32{5}},
		{rsa2k, "rsa", rsa, nil, false, [2]uint32{512, 1217}},
		{p256, "ec", ec, map[string]string{"curve": "secp256r1"}, false, [2]uint32{65, 138}},
		{mech.EC{Curve: curve("secp521r1")}, "ec", ec, map[string]string{"curve": "secp521r1"}, false, [2]uint32{133, 241}},
		{mech.Edwards{}, "ec", ec, map[string]string{"curve": "ed25519"}, false, [2]uint32{32, 48}},
		{lattice, "ml-dsa", "mldsa-algorithm", map[string]string{"mldsa-algorithm": "ML-DSA-65"}, false, [2]uint32{1952, 4032}},
	} {
		for i, handle := range made(t, h, row.recipe) {
			var names []string
			for _, a := range attr.Shown {
				r, known := attr.Find(a)
				require.True(t, known)
				v, has := h.At(handle).Shown(r, "")
				if has {
					names = append(names, r.CLI)
				}
				if want := row.value[r.CLI]; want != "" {
					require.Equal(t, want, v.Text)
				}
				if a == attr.ValueLen {
					require.Equal(t, row.lengths[i], v.Number, row.typ)
				}
				if a == attr.KeyTypeAttr {
					require.Equal(t, row.typ, v.Text)
				}
			}
			want := 24
			if row.noCheckSum {
				want--
			}
			require.Len(t, names, want+len(strings.Fields(row.extra)), row.typ)
			require.Equal(t, row.noCheckSum, !strings.Contains(strings.Join(names, " "), "check-value"))
		}
	}
}

func TestPointsAndSpellingsByTypeOfHSM(t *testing.T) {
	h := desk(t)
	k := h.At(made(t, h, p256, func(k *hsm.Key) { k.CurveSaid = "prime256v1" })[0])
	point, curve := row(t, "ec-point"), row(t, "curve")
	bare, _ := k.Shown(point, hsm.HSM1)
	require.Equal(t, k.Material.Modulus, bare.Bytes)
	wrapped, _ := k.Shown(point, hsm.HSM2)
	require.Equal(t, "0441"+hex.EncodeToString(k.Material.Modulus), hex.EncodeToString(wrapped.Bytes))
	name, _ := k.Shown(curve, hsm.HSM1)
	require.Equal(t, "prime256v1", name.Text)
	p521 := h.At(made(t, h, mech.EC{Curve: mech.Curves[14]})[0])
	wrapped, _ = p521.Shown(point, hsm.HSM2)
	require.Equal(t, "048185", hex.EncodeToString(wrapped.Bytes[:3]))
}

// row is the row of a CLI's name.
func row(t *testing.T, name string) attr.Row {
	r, known := attr.Named(name)
	require.True(t, known, name)
	return r
}

func TestWhatAnHSMSaysOfItself(t *testing.T) {
	h := desk(t)
	info := h.Info()
	require.Equal(t, []any{hsm.Vendor, "NITROX-III CNN35XX-NFBE", h.Serial, "CNN35XX-NFBE-FW-2.03-13", true},
		[]any{info.Vendor, info.Model, info.Serial, info.FirmwareID, info.FIPS})
	require.Equal(t, []int{3, 0, 2, 3, 13}, []int{info.HardwareMajor, info.HardwareMinor, info.FirmwareMajor, info.FirmwareMinor, info.BuildNumber})
	h.Policy = hsm.Policy{Model: hsm.HSM2}
	require.NotEqual(t, info.Model, h.Info().Model)
	require.False(t, h.Info().FIPS)
}

package kmu

import (
	"encoding/hex"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/attr"
	"hsmplay/core/mech"
	"hsmplay/core/mech/secret"
)

// TestSizesOfDumps compares the size and number that getAttribute -a 512 prints with the documented
// examples and the predictions of spec/kmu.md 4.7.
func TestSizesOfDumps(t *testing.T) {
	for _, c := range []struct {
		line         string
		handle       uint32
		size, count  int
		late, counts int
	}{
		{"genSymKey -t 21 -s 24 -l k", 6, 444, 17, 514, 23},
		{"genSymKey -t 31 -s 32 -l k -id i", 6, 444, 17, 514, 23},
		{"genSymKey -t 16 -s 2048 -l k", 6, 444, 17, 514, 23},
		{"genDSAKeyPair -m 2048 -l k", 7, 444, 17, 514, 23},
		{"genECCKeyPair -i 2 -l k", 7, 529, 19, 599, 25},
		{"genECCKeyPair -i 2 -l k", 6, 529, 19, 599, 25},
		{"genECCKeyPair -i 16 -l k", 7, 529, 19, 599, 25},
		{"genECCKeyPair -i 14 -l k", 7, 561, 19, 631, 25},
		{"genRSAKeyPair -m 2048 -e 65537 -l k", 6, 731, 20, 801, 26},
		{"genRSAKeyPair -m 2304 -e 65537 -l k", 6, 763, 20, 833, 26},
		{"genRSAKeyPair -m 3072 -e 65537 -l k", 7, 859, 20, 929, 26},
		{"genRSAKeyPair -m 2048 -e 16777259 -l k", 6, 732, 20, 802, 26},
	} {
		d := loggedInDesk(t)
		d.line(c.line)
		require.NoError(t, d.out.Err, c.line)
		dump := fmt.Sprintf("getAttribute -o %d -a 512 -out a", c.handle)
		require.Contains(t, d.line(dump), fmt.Sprintf("\ngot all attributes of size %d attr cnt %d\n", c.size, c.count), c.line)
		require.Equal(t, 2*c.count, strings.Count(string(d.files["a"]), "\n"))
		d.command("profile late")
		require.Contains(t, d.line(dump), fmt.Sprintf("\nAttribute size: %d, count: %d\n", c.late, c.counts), c.line)
	}
}

// TestCheckValues are the known answers of spec/kmu.md 4.6 as the tool shows them.
func TestCheckValues(t *testing.T) {
	point := "044a0f9d01d10f7437d9fa20995f0cc742552e5ba16d3d7e9a65a33e20ad3e569e68eb62477a9960a87911e6121d112b698e469a0329a665eba74ee5ac55eae9f5"
	modulus := "bb9301cc362c1d9724eb93da8adab0364296bde7124a241087d9436b9be57e4f7780040df03c2c1c0fe6e3b61aa83c205280119452868f66541bbbffacbbe787b8284fc81deaeef2b8ec0ba25a077d6983c77a1de7b17cbe8e15b203868704c6452c2810344a7f2736012424cf0703cf15a37183a1d2d097240829f8f90b063dd3a41171402b162578d581980976653935431da0c1260bfe756d85dca63857d9f27a541676cb9c7def0ef6a2a89c9b9304bcac16fdf8183c0a555421f9ad5dfeb534cf26b65873970cdf1a07484f1c128b53e10209cc6f7ac308669112968c81a5de408e7f644fe58b1a9ae1286fecb3e4203294a96fae06f8f0db7982cb5d7f"
	d := loggedInDesk(t)
	d.files["p256.pem"] = publicPEM(t, "3059301306072a8648ce3d020106082a8648ce3d030107034200"+point)
	d.files["modulus"] = []byte("OBJ_ATTR_MODULUS\n0x" + modulus + "\n")
	d.line("importPubKey -l ec -f p256.pem")
	d.line("createPublicKey -l rsa -m modulus -e 65537")
	d.line("genECCKeyPair -i 14 -l pair")
	d.line("getAttribute -o 6 -a 371 -out ec")
	d.line("getAttribute -o 7 -a 371 -out rsa")
	require.Equal(t, "OBJ_ATTR_KCV\n0xbbb32a\n", string(d.files["ec"]))
	require.Equal(t, "OBJ_ATTR_KCV\n0xc51c18\n", string(d.files["rsa"]))
	require.Equal(t, d.peek(8).Material.KCV, d.peek(9).Material.KCV, "both halves of a pair have the same")
}

func publicPEM(t *testing.T, spki string) []byte {
	t.Helper()
	m, err := secret.Load(attr.Public, attr.EC, unhex(t, spki))
	require.NoError(t, err)
	return mech.PublicPEM(m)
}

func unhex(t testing.TB, text string) []byte {
	t.Helper()
	data, err := hex.DecodeString(text)
	require.NoError(t, err)
	return data
}

//go:build !js

package kmu

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/internal/foreign"
)

// workbench is a desk whose files openssl reads and writes.
type workbench struct {
	*desk
	real foreign.OpenSSL
}

// newWorkbench skips the test where openssl is not installed. Key 6 is an AES key, in the file kek
// too.
func newWorkbench(t *testing.T) workbench {
	t.Helper()
	w := workbench{loggedInDesk(t), foreign.NewOpenSSL(t)}
	w.must("genSymKey -t 31 -s 32 -l kek")
	w.must("exSymKey -k 6 -w 6 -out kek")
	return w
}

// must types a line that succeeds, and returns what it prints.
func (w workbench) must(format string, args ...any) string {
	w.t.Helper()
	text := w.line(fmt.Sprintf(format, args...))
	require.NoError(w.t, w.out.Err, text)
	return text
}

// openssl runs in a directory with the tool's files, and the tool sees what it writes.
func (w workbench) openssl(format string, args ...any) string {
	w.t.Helper()
	line := fmt.Sprintf(format, args...)
	out, err := w.real.Share(w.files, line)
	require.NoError(w.t, err, "openssl %s\n%s", line, out)
	return out
}

func (w workbench) same(a, b string) {
	w.t.Helper()
	require.True(w.t, bytes.Equal(w.files[a], w.files[b]), "%s and %s are the same", a, b)
}

func TestOpenSSLReadsExportedKeys(t *testing.T) {
	for _, pair := range []string{"genRSAKeyPair -m 2048 -e 65537", "genDSAKeyPair -m 2048",
		"genECCKeyPair -i 2", "genECCKeyPair -i 14", "genECCKeyPair -i 16"} {
		w := newWorkbench(t)
		w.must("%s -l pair", pair)
		w.must("exportPubKey -k 7 -out public.pem")
		w.must("exportPrivateKey -k 8 -w 6 -out private.pem")
		w.openssl("pkey -in private.pem -noout")
		if !strings.HasPrefix(pair, "genDSA") { // which openssl pkey does not check without its parameters' seed
			w.openssl("pkey -in private.pem -check -noout")
		}
		w.openssl("pkey -in private.pem -pubout -out derived.pem")
		w.same("public.pem", "derived.pem")
	}
}

func TestTheToolReadsKeysOfOpenSSL(t *testing.T) {
	for _, make := range []string{
		"genrsa -traditional -out key.pem 2048", "genrsa -out key.pem 3072",
		"ecparam -name prime256v1 -genkey -out key.pem", "ecparam -name secp384r1 -genkey -noout -out key.pem",
		"genpkey -algorithm EC -pkeyopt ec_paramgen_curve:secp256k1 -out key.pem",
		"pkey -in dsa2048.pem -traditional -out key.pem",
	} {
		w := newWorkbench(t)
		w.command("key dsa2048.pem")
		w.openssl("%s", make)
		w.openssl("pkey -in key.pem -pubout -out public.pem")
		w.openssl("pkey -in key.pem -out pkcs8.pem")
		w.must("importPrivateKey -f key.pem -l private -w 6 -id pair")
		w.must("importPubKey -f public.pem -l public -id pair")
		w.must("exportPrivateKey -k 7 -w 6 -out back.pem")
		w.must("exportPubKey -k 8 -out public-back.pem")
		w.openssl("pkey -in back.pem -out back8.pem")
		w.same("back8.pem", "pkcs8.pem")
		w.same("public-back.pem", "public.pem")
		w.must("getAttribute -o 7 -a 371 -out kcv1")
		w.must("getAttribute -o 8 -a 371 -out kcv2")
		w.same("kcv1", "kcv2")
	}
}

func TestSignaturesBothWays(t *testing.T) {
	pss := "-sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:digest"
	w := newWorkbench(t)
	w.files["message"] = []byte("a message\n")
	w.must("genRSAKeyPair -m 2048 -e 65537 -l rsa")
	w.must("genECCKeyPair -i 14 -l p384")
	w.must("genECCKeyPair -i 16 -l k1")
	for _, c := range []struct {
		mechanism    int
		hash, option string
		keys         []int // private handles; the public half is the one before
	}{
		{0, "sha1", "", []int{8}}, {1, "sha256", "", []int{8}}, {2, "sha384", "", []int{8}}, {3, "sha512", "", []int{8}}, {4, "sha224", "", []int{8}},
		{5, "sha1", pss, []int{8}}, {6, "sha256", pss, []int{8}}, {7, "sha384", pss, []int{8}}, {8, "sha512", pss, []int{8}}, {9, "sha224", pss, []int{8}},
		{15, "sha1", "", []int{10, 12}}, {16, "sha224", "", []int{10, 12}}, {17, "sha256", "", []int{10, 12}}, {18, "sha384", "", []int{10, 12}}, {19, "sha512", "", []int{10, 12}},
	} {
		for _, private := range c.keys {
			w.must("exportPubKey -k %d -out public.pem", private-1)
			w.must("exportPrivateKey -k %d -w 6 -out private.pem", private)
			w.must("sign -f message -k %d -m %d -out signature", private, c.mechanism)
			require.Contains(t, w.openssl("dgst -%s %s -verify public.pem -signature signature message", c.hash, c.option), "Verified OK")
			w.openssl("dgst -%s %s -sign private.pem -out theirs message", c.hash, c.option)
			w.must("verify -f message -s theirs -k %d -m %d", private-1, c.mechanism)
		}
	}
}

func TestWrappedKeysBothWays(t *testing.T) {
	w := newWorkbench(t)
	kek := hex.EncodeToString(w.files["kek"])
	w.openssl("rand -out secret 32")
	w.must("imSymKey -f secret -t 31 -l secret -w 6")
	for mechanism, cipher := range map[int]string{5: "-id-aes256-wrap -iv A6A6A6A6A6A6A6A6", 6: "-id-aes256-wrap-pad -iv A65959A6"} {
		w.must("wrapKey -k 7 -w 6 -m %d -noheader -out ours", mechanism)
		w.openssl("enc -d %s -K %s -in ours -out opened", cipher, kek)
		w.same("opened", "secret")
		w.openssl("enc %s -K %s -in secret -out theirs", cipher, kek)
		w.same("ours", "theirs")
		w.must("unWrapKey -f theirs -w 6 -m %d -noheader -l theirs -kc 4 -kt 31", mechanism)
	}
	// mechanism 4 is RFC 3394 over PKCS#5 padding, and so is aesWrapUnwrap
	w.files["padded"] = append(bytes.Clone(w.files["secret"]), 8, 8, 8, 8, 8, 8, 8, 8)
	w.openssl("enc -id-aes256-wrap -iv A6A6A6A6A6A6A6A6 -K %s -in padded -out theirs", kek)
	w.must("wrapKey -k 7 -w 6 -m 4 -noheader -out ours")
	w.same("ours", "theirs")
	w.must("aesWrapUnwrap -m 1 -f secret -w 6 -out file")
	w.same("file", "theirs")
	// a private key leaves as PKCS#8
	w.must("genECCKeyPair -i 2 -l ec")
	private := w.lastKey()
	w.must("wrapKey -k %d -w 6 -m 6 -noheader -out ours", private)
	w.openssl("enc -d -id-aes256-wrap-pad -iv A65959A6 -K %s -in ours -out der", kek)
	w.openssl("pkey -inform DER -in der -check -noout")
}

func TestKeysUnderRSABothWays(t *testing.T) {
	w := newWorkbench(t)
	w.openssl("rand -out secret 32")
	w.must("imSymKey -f secret -t 31 -l secret -w 6")
	w.must("genRSAKeyPair -m 2048 -e 65537 -l rsa")
	w.must("exportPubKey -k 8 -out public.pem")
	w.must("exportPrivateKey -k 9 -w 6 -out private.pem")
	for number, hash := range []string{2: "sha1", 3: "sha256", 4: "sha384", 5: "sha512", 6: "sha224"} {
		if hash == "" {
			continue
		}
		oaep := fmt.Sprintf("-pkeyopt rsa_padding_mode:oaep -pkeyopt rsa_oaep_md:%s -pkeyopt rsa_mgf1_md:%s", hash, hash)
		w.must("wrapKey -k 7 -w 8 -m 8 -t %d -noheader -out ours", number)
		w.openssl("pkeyutl -decrypt -inkey private.pem %s -in ours -out opened", oaep)
		w.same("opened", "secret")
		w.openssl("pkeyutl -encrypt -pubin -inkey public.pem %s -in secret -out theirs", oaep)
		w.must("unWrapKey -f theirs -w 9 -m 8 -t %d -noheader -l theirs -kc 4 -kt 31", number)
		w.must("wrapKey -k 9 -w 8 -m 7 -t %d -noheader -out ours", number)
		w.files["head"], w.files["body"] = w.files["ours"][:256], w.files["ours"][256:]
		w.openssl("pkeyutl -decrypt -inkey private.pem %s -in head -out ephemeral", oaep)
		w.openssl("enc -d -id-aes256-wrap-pad -iv A65959A6 -K %x -in body -out der", w.files["ephemeral"])
		w.openssl("pkey -inform DER -in der -out opened.pem")
		w.same("opened.pem", "private.pem")
	}
}

func TestOpenSSLVerifiesTheCertificates(t *testing.T) {
	w := newWorkbench(t)
	for _, number := range []int{1, 2, 4, 8, 16} {
		w.must("getCert -f c%d -s %d", number, number)
	}
	at := fmt.Sprintf("-attime %d", int64(noon/1000))
	for _, line := range []string{"-check_ss_sig -CAfile c1 c1", "-check_ss_sig -CAfile c4 c4", "-CAfile c1 c2", "-CAfile c4 c8", "-CAfile c1 -untrusted c2 c16"} {
		require.Contains(t, w.openssl("verify -x509_strict %s %s", at, line), ": OK", line)
	}
	require.Equal(t, w.openssl("x509 -in c8 -noout -pubkey"), w.openssl("x509 -in c16 -noout -pubkey"), "both certify the cluster's key")
}

func TestOpenSSLReadsFakePEM(t *testing.T) {
	for _, pair := range []string{"genRSAKeyPair -m 2048 -e 65537", "genECCKeyPair -i 2", "genECCKeyPair -i 16"} {
		w := newWorkbench(t)
		w.must("%s -l pair -nex", pair)
		w.must("exportPubKey -k 7 -out public.pem")
		w.must("getCaviumPrivKey -k 8 -out fake.pem")
		w.openssl("pkey -in fake.pem -pubout -out derived.pem")
		w.same("public.pem", "derived.pem")
	}
}

// lastKey returns the highest handle.
func (w workbench) lastKey() uint32 {
	keys := w.cluster.Nodes[0].HSM.Keys
	return keys[len(keys)-1].Handle
}

package same_test

import (
	"encoding/asn1"
	"encoding/hex"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"hsmplay/core/attr"
	"hsmplay/core/same"
)

// mechanisms are those of PKCS#11 by a line that asks for them (spec/cloudhsm-cli.md 6.4).
var mechanisms = map[string]string{
	"kmu genRSAKeyPair -m 2048 -e 65537 -l a": "CKM_RSA_X9_31_KEY_PAIR_GEN", "kmu genECCKeyPair -i 2 -l a": "CKM_EC_KEY_PAIR_GEN",
	"kmu genSymKey -t 31 -s 32 -l a": "CKM_AES_KEY_GEN", "kmu genSymKey -t 16 -s 32 -l a": "CKM_GENERIC_SECRET_KEY_GEN", "kmu genSymKey -t 21 -s 24 -l a": "CKM_DES3_KEY_GEN",
	"kmu sign -f m -k 8 -m 0 -out s": "CKM_SHA1_RSA_PKCS", "kmu sign -f m -k 8 -m 4 -out s": "CKM_SHA224_RSA_PKCS", "kmu sign -f m -k 8 -m 6 -out s": "CKM_SHA256_RSA_PKCS_PSS",
	"kmu sign -f m -k 10 -m 19 -out s": "CKM_ECDSA_SHA512", "kmu verify -f m -s m.sig -k 7 -m 1": "CKM_SHA256_RSA_PKCS",
	"kmu wrapKey -k 11 -w 6 -out w -m 4 -noheader": "CKM_CLOUDHSM_AES_KEY_WRAP_PKCS5_PAD", "kmu wrapKey -k 11 -w 6 -out w -m 5 -noheader": "CKM_CLOUDHSM_AES_KEY_WRAP_NO_PAD",
	"kmu wrapKey -k 11 -w 6 -out w -m 6 -noheader": "CKM_CLOUDHSM_AES_KEY_WRAP_ZERO_PAD", "kmu wrapKey -k 11 -w 7 -out w -m 7 -noheader": "CKM_RSA_AES_KEY_WRAP",
	"kmu wrapKey -k 11 -w 7 -out w -m 8 -noheader": "CKM_RSA_PKCS_OAEP", "kmu wrapKey -k 11 -w 6 -out w -m 10 -noheader": "CKM_AES_GCM", "kmu wrapKey -k 11 -w 6 -out w -m 11 -noheader": "CKM_CLOUDHSM_AES_GCM",
	"kmu wrapKey -k 11 -w 7 -out w -m 12 -noheader":                                                                            "CKM_RSA_PKCS",
	"cli key generate-asymmetric-pair ec --public-label a --private-label b --curve secp521r1":                                 "CKM_EC_KEY_PAIR_GEN",
	"cli key generate-asymmetric-pair ec --public-label a --private-label b --curve ed25519":                                   "CKM_EC_EDWARDS_KEY_PAIR_GEN",
	"cli key generate-asymmetric-pair ml-dsa --public-label a --private-label b":                                               "CKM_ML_DSA_KEY_PAIR_GEN",
	"cli key generate-asymmetric-pair rsa --public-label a --private-label b --modulus-size-bits 2048 --public-exponent 65537": "CKM_RSA_X9_31_KEY_PAIR_GEN",
	"cli key generate-symmetric aes --label a --key-length-bytes 32":                                                           "CKM_AES_KEY_GEN",
	"cli crypto sign ecdsa --key-filter key-reference=10 --hash-function sha384 --data-path m":                                 "CKM_ECDSA_SHA384",
	"cli crypto sign rsa-pkcs-pss --key-filter key-reference=8 --hash-function sha1 --data-path m":                             "CKM_SHA1_RSA_PKCS_PSS",
	"cli crypto sign ed25519 --key-filter attr.label=a --data-path m":                                                          "CKM_EDDSA", "cli crypto sign ml-dsa --key-filter attr.label=a --data-path m": "CKM_ML_DSA",
	"cli key wrap aes-zero-pad --payload-filter key-reference=8 --wrapping-filter key-reference=6 --path w": "CKM_CLOUDHSM_AES_KEY_WRAP_ZERO_PAD",
	"cli key unwrap rsa-aes --filter key-reference=8 --data-path w7 --key-type-class aes --label in":        "CKM_RSA_AES_KEY_WRAP",
	"cli key unwrap cloudhsm-aes-gcm --filter key-reference=6 --data-path w --key-type-class aes":           "CKM_CLOUDHSM_AES_GCM",
}

// pkcs11Of are the calls of PKCS#11 that a line comes to.
func pkcs11Of(t *testing.T, a same.Answer) string {
	t.Helper()
	var all []string
	for _, o := range a.Others {
		for _, l := range o.Lines {
			if o.Name == "PKCS#11" {
				all = append(all, l.Text)
			}
		}
	}
	return strings.Join(all, "\n")
}

func TestMechanismsAreTheRightOnes(t *testing.T) {
	w := world(t)
	for line, want := range mechanisms {
		a, err := w.Same("", line)
		require.NoError(t, err, line)
		assert.Regexp(t, want+`\b`, pkcs11Of(t, a), line)
	}
}

// calls are the functions, users, classes and types of PKCS#11 v3.2 that cells name.
var calls = strings.Fields(`C_Initialize C_Finalize C_GetSlotList C_GetSlotInfo C_GetTokenInfo C_OpenSession C_CloseSession C_GetSessionInfo C_Login C_Logout
	C_CreateObject C_DestroyObject C_GetAttributeValue C_SetAttributeValue C_FindObjectsInit C_FindObjects C_FindObjectsFinal C_SignInit C_Sign C_VerifyInit C_Verify
	C_GenerateKey C_GenerateKeyPair C_WrapKey C_UnwrapKey CKU_USER CKO_PUBLIC_KEY CKO_PRIVATE_KEY CKO_SECRET_KEY
	CKK_RSA CKK_DSA CKK_EC CKK_GENERIC_SECRET CKK_AES CKK_DES3 CKK_RC4`)

// parts are attributes of keys in plain form, which no HSM shows and our tables have not.
var parts = []string{"CKA_VALUE", "CKA_PRIVATE_EXPONENT", "CKA_PRIME_1", "CKA_PRIME_2"}

// Cells name nothing that PKCS#11 has not: attributes are those of the table of attributes,
// mechanisms those that lines ask for.
func TestCallsNameWhatThereIs(t *testing.T) {
	known := map[string]bool{}
	for _, list := range [][]string{calls, parts} {
		for _, name := range list {
			known[name] = true
		}
	}
	for _, row := range attr.Table {
		known[row.PKCS11] = true
	}
	for _, row := range attr.Newer {
		known[row.PKCS11] = true
	}
	for _, name := range mechanisms {
		known[name] = true
	}
	name := regexp.MustCompile(`\bCK[A-Z]_[A-Z0-9_]+|\bC_[A-Za-z]+`)
	for _, tool := range []string{"kmu", "cmu", "cli"} {
		for i, cell := range same.Cells(tool) {
			if i%5 != 3 {
				continue
			}
			for _, n := range name.FindAllString(cell, -1) {
				assert.True(t, known[n], "%s in %s", n, cell)
			}
		}
	}
}

// CKA_EC_PARAMS is the curve's object identifier in DER.
func TestCurvesAreTheirIdentifiers(t *testing.T) {
	w := world(t)
	for curve, want := range map[string]asn1.ObjectIdentifier{"prime256v1": {1, 2, 840, 10045, 3, 1, 7}, "secp256r1": {1, 2, 840, 10045, 3, 1, 7},
		"secp224r1": {1, 3, 132, 0, 33}, "secp384r1": {1, 3, 132, 0, 34}, "secp521r1": {1, 3, 132, 0, 35}, "secp256k1": {1, 3, 132, 0, 10}} {
		a, err := w.Same("cloudhsm-cli", "key generate-asymmetric-pair ec --public-label a --private-label b --curve "+curve)
		require.NoError(t, err)
		found := regexp.MustCompile(`CKA_EC_PARAMS=0x([0-9A-F]+)`).FindStringSubmatch(pkcs11Of(t, a))
		require.Len(t, found, 2, curve)
		der, err := hex.DecodeString(found[1])
		require.NoError(t, err)
		var got asn1.ObjectIdentifier
		rest, err := asn1.Unmarshal(der, &got)
		require.NoError(t, err)
		require.Empty(t, rest)
		require.Equal(t, want, got, curve)
	}
}

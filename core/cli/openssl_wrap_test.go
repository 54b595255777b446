//go:build !js

package cli

import (
	"crypto/aes"
	"crypto/cipher"
	"encoding/hex"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// oaep are openssl's options for a hash.
func oaep(hash string) string {
	return fmt.Sprintf("-pkeyopt rsa_padding_mode:oaep -pkeyopt rsa_oaep_md:%s -pkeyopt rsa_mgf1_md:%[1]s", hash)
}

// kek makes an AES key that wraps, takes it out to openssl by OAEP, and returns its bytes.
func (w workbench) kek(size int) []byte {
	w.t.Helper()
	w.openssl("genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out out.pem")
	w.openssl("pkey -in out.pem -pubout -out out.pub")
	label := fmt.Sprint("out", size)
	w.must("key import pem --path out.pub --label %s --key-type-class rsa-public --attributes wrap=true", label)
	w.must("key generate-symmetric aes --label kek%d --key-length-bytes %[1]d --attributes wrap=true unwrap=true", size)
	for _, hash := range hashes {
		w.must("key wrap rsa-oaep --payload-filter attr.label=kek%d --wrapping-filter attr.label=%s --hash-function %s --mgf mgf1-%[3]s --path kek.oaep", size, label, hash)
		w.openssl("pkeyutl -decrypt -inkey out.pem %s -in kek.oaep -out kek.%s", oaep(hash), hash)
		w.same("kek.sha1", "kek."+hash)
	}
	w.must("key wrap rsa-pkcs --payload-filter attr.label=kek%d --wrapping-filter attr.label=%s --path kek.pkcs", size, label)
	w.openssl("pkeyutl -decrypt -inkey out.pem -in kek.pkcs -out kek.bin")
	w.same("kek.sha1", "kek.bin")
	return w.files["kek.bin"]
}

// payloads are keys to be wrapped: their label, of pairs that of the private half, and their class.
var payloads = []struct{ label, class, line string }{
	{"aes16", "aes", "key generate-symmetric aes --label aes16 --key-length-bytes 16"},
	{"aes32", "aes", "key generate-symmetric aes --label aes32 --key-length-bytes 32"},
	{"secret", "generic-secret", "key generate-symmetric generic-secret --label secret --key-length-bytes 24"},
	{"rsa", "rsa-private", "key generate-asymmetric-pair rsa --public-label rsapub --private-label rsa --modulus-size-bits 2048 --public-exponent 65537"},
	{"p224", "ec-private", "key generate-asymmetric-pair ec --public-label p224pub --private-label p224 --curve secp224r1"},
	{"p256", "ec-private", "key generate-asymmetric-pair ec --public-label p256pub --private-label p256 --curve secp256r1"},
	{"p384", "ec-private", "key generate-asymmetric-pair ec --public-label p384pub --private-label p384 --curve secp384r1"},
	{"p521", "ec-private", "key generate-asymmetric-pair ec --public-label p521pub --private-label p521 --curve secp521r1"},
	{"k256", "ec-private", "key generate-asymmetric-pair ec --public-label k256pub --private-label k256 --curve secp256k1"},
}

// opened requires that a file has the bytes of a payload, as its check value or its public half
// tells.
func (w workbench) opened(label, class, file string) {
	w.t.Helper()
	switch class {
	case "aes":
		require.Equal(w.t, w.shown("attr.label="+label, "check-value"), w.checkValueAES(w.files[file]), file)
	case "generic-secret":
		require.Equal(w.t, w.shown("attr.label="+label, "key-length-bytes"), fmt.Sprint(len(w.files[file])))
	default:
		w.must("key generate-file --encoding pem --path %s.pub --filter attr.label=%[1]spub", label)
		w.openssl("pkey -inform DER -in %s -pubout -out opened.pub", file)
		w.same(label+".pub", "opened.pub")
		require.Equal(w.t, w.shown("attr.label="+label, "check-value"), w.checkValue("opened.pub"))
	}
}

// tried are the hashes for a key: all for the first of a list, one for the others, for which they
// change nothing.
func tried(i int) []string {
	if i == 0 {
		return hashes
	}
	return hashes[2:3]
}

// gcm is AES-GCM of crypto/cipher, which openssl enc does not offer.
func gcm(t *testing.T, key []byte, tag int) cipher.AEAD {
	block, err := aes.NewCipher(key)
	require.NoError(t, err)
	a, err := cipher.NewGCMWithTagSize(block, tag)
	require.NoError(t, err)
	return a
}

func TestOpenSSLOpensWhatIsWrapped(t *testing.T) {
	w := newWorkbench(t)
	kek := w.kek(32)
	for i, p := range payloads {
		w.must("%s", p.line)
		wrap := func(mechanism, rest string) map[string]any {
			return w.must("key wrap %s --payload-filter attr.label=%s --wrapping-filter attr.label=kek32 %s", mechanism, p.label, rest)
		}
		wrap("aes-zero-pad", "--path w")
		w.openssl("enc -d -id-aes256-wrap-pad -K %x -iv A65959A6 -in w -out key.bin", kek)
		w.opened(p.label, p.class, "key.bin")
		if p.class == "aes" || p.class == "generic-secret" { // RFC 3394 takes blocks of eight bytes
			wrap("aes-no-pad", "--path w")
			w.openssl("enc -d -id-aes256-wrap -K %x -iv A6A6A6A6A6A6A6A6 -in w -out other.bin", kek)
			w.same("key.bin", "other.bin")
		}
		wrap("aes-pkcs5-pad", "--path w")
		w.openssl("enc -d -id-aes256-wrap -K %x -iv A6A6A6A6A6A6A6A6 -in w -out padded.bin", kek)
		padded := w.files["padded.bin"]
		n := len(padded) - int(padded[len(padded)-1])
		require.Equal(t, strings.Repeat(string(padded[len(padded)-1:]), len(padded)-n), string(padded[n:]))
		require.Equal(t, w.files["key.bin"], padded[:n])

		for _, bits := range []int{96, 104, 128} {
			a := gcm(t, kek, bits/8)
			answer := wrap("aes-gcm", fmt.Sprintf("--tag-length-bits %d --aad 0x1020", bits))
			iv, err := hex.DecodeString(strings.TrimPrefix(answer["iv"].(string), "0x"))
			require.NoError(t, err)
			plain, err := a.Open(nil, iv, w.bytes(answer, "wrapped_key_data"), []byte{0x10, 0x20})
			require.NoError(t, err)
			require.Equal(t, w.files["key.bin"], plain)
			blob := w.bytes(wrap("cloudhsm-aes-gcm", fmt.Sprintf("--tag-length-bits %d", bits)), "wrapped_key_data")
			plain, err = a.Open(nil, blob[:12], blob[12:], nil)
			require.NoError(t, err)
			require.Equal(t, w.files["key.bin"], plain)
		}
		for _, hash := range tried(i) {
			answer := w.must("key wrap rsa-aes --payload-filter attr.label=%s --wrapping-filter attr.label=out32 --hash-function %s --mgf mgf1-%[2]s", p.label, hash)
			blob := w.bytes(answer, "wrapped-key-data")
			w.files["w"], w.files["rest"] = blob[:256], blob[256:]
			w.openssl("pkeyutl -decrypt -inkey out.pem %s -in w -out temporary", oaep(hash))
			w.openssl("enc -d -id-aes256-wrap-pad -K %x -iv A65959A6 -in rest -out other.bin", w.files["temporary"])
			w.same("key.bin", "other.bin")
		}
	}
}

// arriving are keys that openssl makes: their class, and the line that makes them.
var arriving = []struct{ class, line string }{
	{"aes", "rand -out key.bin 16"}, {"aes", "rand -out key.bin 24"}, {"aes", "rand -out key.bin 32"}, {"generic-secret", "rand -out key.bin 40"}, {"des3", "rand -out key.bin 24"},
	{"rsa-private", "genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out key.pem"},
	{"ec-private", "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:secp224r1 -out key.pem"},
	{"ec-private", "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:prime256v1 -out key.pem"},
	{"ec-private", "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:secp384r1 -out key.pem"},
	{"ec-private", "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:secp521r1 -out key.pem"},
	{"ec-private", "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:secp256k1 -out key.pem"},
}

// arrived requires that a key of the HSM is the one in key.bin, and deletes it.
func (w workbench) arrived(class string) {
	w.t.Helper()
	switch class {
	case "aes":
		require.Equal(w.t, w.checkValueAES(w.files["key.bin"]), w.shown("attr.label=in", "check-value"))
	case "generic-secret", "des3":
		require.Equal(w.t, fmt.Sprint(len(w.files["key.bin"])), w.shown("attr.label=in", "key-length-bytes"))
	default:
		w.openssl("pkey -inform DER -in key.bin -pubout -out in.pub")
		require.Equal(w.t, w.checkValue("in.pub"), w.shown("attr.label=in", "check-value"))
		scheme := map[string]string{"ec-private": "ecdsa", "rsa-private": "rsa-pkcs"}[class]
		w.must("key set-attribute --filter attr.label=in --name sign --value true")
		w.files["m"] = []byte("hello")
		signature := w.bytes(w.must("crypto sign %s --key-filter attr.label=in --hash-function sha256 --data-path m", scheme), "signature")
		if class == "ec-private" {
			signature = der(signature)
		}
		w.files["in.sig"] = signature
		w.openssl("dgst -sha256 -verify in.pub -signature in.sig m")
	}
	w.must("key delete --filter attr.label=in")
}

func TestWhatOpenSSLWrapsIsUnwrapped(t *testing.T) {
	w := newWorkbench(t)
	kek := w.kek(32)
	w.must("key generate-asymmetric-pair rsa --public-label unpub --private-label un --modulus-size-bits 2048 --public-exponent 65537 --private-attributes unwrap=true")
	w.must("key generate-file --encoding pem --path un.pub --filter attr.label=unpub")
	for i, p := range arriving {
		w.openssl("%s", p.line)
		if strings.HasSuffix(p.class, "private") {
			w.openssl("pkcs8 -topk8 -nocrypt -in key.pem -outform DER -out key.bin")
		}
		unwrap := func(mechanism, with, rest string) {
			t.Helper()
			w.must("key unwrap %s --filter attr.label=%s --data-path w --key-type-class %s --label in %s", mechanism, with, p.class, rest)
			w.arrived(p.class)
		}
		w.openssl("enc -e -id-aes256-wrap-pad -K %x -iv A65959A6 -in key.bin -out w", kek)
		unwrap("aes-zero-pad", "kek32", "")
		key := w.files["key.bin"]
		if len(key)%8 == 0 && !strings.HasSuffix(p.class, "private") {
			w.openssl("enc -e -id-aes256-wrap -K %x -iv A6A6A6A6A6A6A6A6 -in key.bin -out w", kek)
			unwrap("aes-no-pad", "kek32", "")
		}
		n := 8 - len(key)%8
		w.files["padded.bin"] = append(key[:len(key):len(key)], strings.Repeat(string(rune(n)), n)...)
		w.openssl("enc -e -id-aes256-wrap -K %x -iv A6A6A6A6A6A6A6A6 -in padded.bin -out w", kek)
		unwrap("aes-pkcs5-pad", "kek32", "")
		iv := []byte("twelve bytes")
		w.files["w"] = gcm(t, kek, 16).Seal(nil, iv, key, []byte{7})
		unwrap("aes-gcm", "kek32", fmt.Sprintf("--iv 0x%x --tag-length-bits 128 --aad 07", iv))
		w.files["w"] = gcm(t, kek, 12).Seal(iv, iv, key, nil)
		unwrap("cloudhsm-aes-gcm", "kek32", "--tag-length-bits 96")
		for _, hash := range tried(i) {
			options := fmt.Sprintf("--hash-function %s --mgf mgf1-%[1]s", hash)
			if len(key) <= 100 {
				w.openssl("pkeyutl -encrypt -pubin -inkey un.pub %s -in key.bin -out w", oaep(hash))
				unwrap("rsa-oaep", "un", options)
			}
			w.openssl("rand -out temporary 32")
			w.openssl("pkeyutl -encrypt -pubin -inkey un.pub %s -in temporary -out w", oaep(hash))
			w.openssl("enc -e -id-aes256-wrap-pad -K %x -iv A65959A6 -in key.bin -out rest", w.files["temporary"])
			w.files["w"] = append(w.files["w"], w.files["rest"]...)
			unwrap("rsa-aes", "un", options)
		}
		if len(key) <= 200 {
			w.openssl("pkeyutl -encrypt -pubin -inkey un.pub -in key.bin -out w")
			unwrap("rsa-pkcs", "un", "")
		}
	}
}

// TestKeyFilesAndOpenSSL reads what generate-file writes, and compares check values.
func TestKeyFilesAndOpenSSL(t *testing.T) {
	w := newWorkbench(t)
	for _, p := range payloads {
		w.must("%s", p.line)
		if !strings.HasSuffix(p.class, "private") {
			w.never(notEncodable, "key generate-file --encoding pem --path f --filter attr.label=%s", p.label)
			continue
		}
		w.must("key generate-file --encoding pem --path %s.pub --filter attr.label=%[1]spub", p.label)
		require.Equal(t, w.checkValue(p.label+".pub"), w.shown("attr.label="+p.label+"pub", "check-value"))
		w.openssl("pkey -pubin -in %s.pub -out again.pub", p.label)
		w.same(p.label+".pub", "again.pub")
		w.must("key generate-file --encoding reference-pem --path %s.pem --filter attr.label=%[1]s", p.label)
		w.openssl("pkey -in %s.pem -pubout -out again.pub", p.label)
		w.same(p.label+".pub", "again.pub")
		w.files["m"] = []byte("hello")
		if _, err := w.try("dgst -sha256 -sign %s.pem -out fake.sig m", p.label); err == nil { // the reference is no key
			out, err := w.try("dgst -sha256 -verify %s.pub -signature fake.sig m", p.label)
			require.Error(t, err, out)
		}
		w.never(notEncodable, "key generate-file --encoding pem --path f --filter attr.label=%s", p.label)
		w.never(notEncodable, "key generate-file --encoding cloudhsm-reference-pem --path f --filter attr.label=%s", p.label)
	}
	w.must("key generate-asymmetric-pair ec --curve ed25519 --public-label edpub --private-label ed")
	w.must("key generate-file --encoding cloudhsm-reference-pem --path ed.pem --filter attr.label=ed")
	w.never(notEncodable, "key generate-file --encoding reference-pem --path f --filter attr.label=ed")
	out, err := w.try("pkey -in ed.pem -noout")
	require.Error(t, err, "a reference of CloudHSM's own is no key of openssl: %s", out)
	require.NotContains(t, w.files, "f", "what is refused writes no file")
}

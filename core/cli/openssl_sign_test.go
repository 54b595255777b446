//go:build !js

package cli

import (
	"crypto"
	"crypto/ed25519"
	"crypto/sha512"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"fmt"
	"math/big"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"

	"hsmplay/core/mech"
)

// der is an ECDSA signature as openssl has it, of r and s side by side.
func der(raw []byte) []byte {
	var b cryptobyte.Builder
	b.AddASN1(asn1.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1BigInt(new(big.Int).SetBytes(raw[:len(raw)/2]))
		b.AddASN1BigInt(new(big.Int).SetBytes(raw[len(raw)/2:]))
	})
	return b.BytesOrPanic()
}

// sideBySide is an ECDSA signature of openssl as r and s side by side, of size bytes each.
func sideBySide(t *testing.T, signature []byte, size int) []byte {
	var r, s big.Int
	var in cryptobyte.String
	all := cryptobyte.String(signature)
	require.True(t, all.ReadASN1(&in, asn1.SEQUENCE) && in.ReadASN1Integer(&r) && in.ReadASN1Integer(&s))
	return append(r.FillBytes(make([]byte, size)), s.FillBytes(make([]byte, size))...)
}

// inputs puts a message into files for each hash: as it is, hashed, and hashed as DigestInfo (RFC
// 8017, 9.2), which openssl recovers of what it signs.
func (w workbench) inputs() {
	w.openssl("genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out rsa.pem")
	w.files["m"] = []byte("the message that is signed")
	for _, hash := range hashes {
		w.openssl("dgst -%s -binary -out digest.%[1]s m", hash)
		w.openssl("pkeyutl -sign -inkey rsa.pem -pkeyopt digest:%s -in digest.%[1]s -out any.sig", hash)
		w.openssl("pkeyutl -verifyrecover -inkey rsa.pem -in any.sig -out info.%s", hash)
	}
}

// curves are those of ECDSA: the CLI's name, openssl's, bytes of a coordinate.
var curves = []struct {
	name, openssl string
	size          int
}{{"secp224r1", "secp224r1", 28}, {"prime256v1", "prime256v1", 32}, {"secp256r1", "prime256v1", 32}, {"secp384r1", "secp384r1", 48},
	{"secp521r1", "secp521r1", 66}, {"secp256k1", "secp256k1", 32}}

func TestECDSAAndOpenSSL(t *testing.T) {
	w := newWorkbench(t)
	w.inputs()
	for i, c := range curves {
		w.must("key generate-asymmetric-pair ec --curve %s --public-label pub%d --private-label priv%[2]d --public-attributes verify=true --private-attributes sign=true", c.name, i)
		w.must("key generate-file --encoding pem --path pub%d.pem --filter attr.label=pub%[1]d", i)
		w.openssl("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:%s -out theirs.pem", c.openssl)
		w.openssl("pkey -in theirs.pem -pubout -out theirs.pub")
		w.must("key import pem --path theirs.pub --label theirs%d --key-type-class ec-public --attributes verify=true", i)
		for _, hash := range hashes {
			w.openssl("dgst -%s -sign theirs.pem -out theirs.der m", hash)
			w.files["theirs.sig"] = sideBySide(t, w.files["theirs.der"], c.size)
			for in, kind := range map[string]string{"m": "", "digest." + hash: " --data-type digest"} {
				signature := w.bytes(w.must("crypto sign ecdsa --key-filter attr.label=priv%d --hash-function %s --data-path %s%s", i, hash, in, kind), "signature")
				require.Len(t, signature, 2*c.size)
				w.files["ours.sig"] = der(signature)
				w.openssl("dgst -%s -verify pub%d.pem -signature ours.sig m", hash, i)
				verify := fmt.Sprintf("crypto verify ecdsa --key-filter attr.label=theirs%d --hash-function %s --data-path %s%s", i, hash, in, kind)
				w.must("%s --signature-path theirs.sig", verify)
				w.never(signatureDiffers, "%s --signature %s", verify, base64.StdEncoding.EncodeToString(signature))
			}
		}
	}
}

func TestRSAAndOpenSSL(t *testing.T) {
	w := newWorkbench(t)
	w.inputs()
	w.openssl("pkey -in rsa.pem -pubout -out rsa.pub")
	w.must("key import pem --path rsa.pub --label theirs --key-type-class rsa-public --attributes verify=true")
	for _, bits := range []int{2048, 3072} {
		w.must("key generate-asymmetric-pair rsa --modulus-size-bits %d --public-exponent 65537 --public-label pub%[1]d --private-label priv%[1]d "+
			"--public-attributes verify=true --private-attributes sign=true", bits)
		w.must("key generate-file --encoding pem --path pub%d.pem --filter attr.label=pub%[1]d", bits)
		for _, hash := range hashes {
			if bits > 2048 && hash != "sha256" {
				continue // the size of the key changes nothing for the others
			}
			w.openssl("dgst -%s -sign rsa.pem -out theirs.sig m", hash)
			for in, kind := range map[string]string{"m": " --data-type raw", "info." + hash: " --data-type digest"} {
				data := fmt.Sprintf("--hash-function %s --data-path %s%s", hash, in, kind)
				w.files["ours.sig"] = w.bytes(w.must("crypto sign rsa-pkcs --key-filter attr.label=priv%d %s", bits, data), "signature")
				w.openssl("dgst -%s -verify pub%d.pem -signature ours.sig m", hash, bits)
				w.must("crypto verify rsa-pkcs --key-filter attr.label=theirs %s --signature-path theirs.sig", data)
			}
			size := len(w.files["digest."+hash])
			for _, salt := range []int{0, size, 2048/8 - size - 2} {
				pss := fmt.Sprintf("dgst -%s -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:%d -sigopt rsa_mgf1_md:%[1]s", hash, salt)
				w.openssl("%s -sign rsa.pem -out theirs.sig m", pss)
				for in, kind := range map[string]string{"m": " --data-type raw", "digest." + hash: " --data-type digest"} {
					data := fmt.Sprintf("--hash-function %s --mgf mgf1-%[1]s --salt-length %d --data-path %s%s", hash, salt, in, kind)
					w.files["ours.sig"] = w.bytes(w.must("crypto sign rsa-pkcs-pss --key-filter attr.label=priv%d %s", bits, data), "signature")
					w.openssl("%s -verify pub%d.pem -signature ours.sig m", pss, bits)
					w.must("crypto verify rsa-pkcs-pss --key-filter attr.label=theirs %s --signature-path theirs.sig", data)
					w.never(signatureDiffers, "crypto verify rsa-pkcs-pss --key-filter attr.label=theirs %s --signature-path ours.sig", data)
				}
			}
		}
	}
}

func TestEd25519AndOpenSSL(t *testing.T) {
	w := newWorkbench(t)
	w.must("key generate-asymmetric-pair ec --curve ed25519 --public-label pub --private-label priv --public-attributes verify=true --private-attributes sign=true")
	w.must("key generate-file --encoding pem --path pub.pem --filter attr.label=pub")
	w.openssl("genpkey -algorithm ED25519 -out theirs.pem")
	w.openssl("pkey -in theirs.pem -pubout -out theirs.pub")
	w.must("key import pem --path theirs.pub --label theirs --key-type-class ec-public --attributes verify=true")
	require.Equal(t, w.checkValue("pub.pem"), w.shown("attr.label=pub", "check-value"))
	require.Equal(t, w.checkValue("theirs.pub"), w.shown("attr.label=theirs", "check-value"))
	for _, size := range []int{1, 64, 16000} {
		w.files["m"] = []byte(strings.Repeat("m", size))
		w.files["ours.sig"] = w.bytes(w.must("crypto sign ed25519 --key-filter attr.label=priv --data-path m"), "signature")
		w.openssl("pkeyutl -verify -pubin -inkey pub.pem -rawin -in m -sigfile ours.sig")
		w.openssl("pkeyutl -sign -inkey theirs.pem -rawin -in m -out theirs.sig")
		w.must("crypto verify ed25519 --key-filter attr.label=theirs --data-path m --signature-path theirs.sig")
		w.never(signatureDiffers, "crypto verify ed25519 --key-filter attr.label=theirs --data-path m --signature-path ours.sig")
	}
	// OpenSSL 3.0 knows no Ed25519ph: crypto/ed25519 does.
	block, _ := pem.Decode(w.files["pub.pem"])
	public, err := x509.ParsePKIXPublicKey(block.Bytes)
	require.NoError(t, err)
	ph := &ed25519.Options{Hash: crypto.SHA512}
	block, _ = pem.Decode(w.files["theirs.pem"])
	private, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	require.NoError(t, err)
	digest := sha512.Sum512(w.files["m"])
	w.files["digest"] = digest[:]
	for in, kind := range map[string]string{"m": "raw", "digest": "digest"} {
		data := "--hash-function sha512 --data-type " + kind + " --data-path " + in
		signature := w.bytes(w.must("crypto sign ed25519ph --key-filter attr.label=priv %s", data), "signature")
		require.NoError(t, ed25519.VerifyWithOptions(public.(ed25519.PublicKey), digest[:], signature, ph))
		require.Error(t, ed25519.VerifyWithOptions(public.(ed25519.PublicKey), digest[:], signature, &ed25519.Options{}))
		w.files["theirs.sig"], err = private.(ed25519.PrivateKey).Sign(nil, digest[:], ph)
		require.NoError(t, err)
		w.must("crypto verify ed25519ph --key-filter attr.label=theirs %s --signature-path theirs.sig", data)
	}
	if _, err := w.try("pkeyutl -verify -pubin -inkey pub.pem -rawin -in m -sigfile ours.sig -pkeyopt instance:Ed25519ph"); err == nil {
		w.files["ours.sig"] = w.bytes(w.must("crypto sign ed25519ph --key-filter attr.label=priv --hash-function sha512 --data-type raw --data-path m"), "signature")
		w.openssl("pkeyutl -verify -pubin -inkey pub.pem -rawin -in m -sigfile ours.sig -pkeyopt instance:Ed25519ph")
	}
}

// TestKnownSignatures are answers that pages and RFCs print (spec/cloudhsm-cli.md 8.3).
func TestKnownSignatures(t *testing.T) {
	w := newWorkbench(t)
	w.files["rfc.pem"] = pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: append([]byte{0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00},
		[]byte("\xec\x17\x2b\x93\xad\x5e\x56\x3b\xf4\x93\x2c\x70\xe1\x24\x50\x34\xc3\x54\x67\xef\x2e\xfd\x4d\x64\xeb\xf8\x19\x68\x34\x67\xe2\xbf")...)})
	w.must("key import pem --path rfc.pem --label rfc --key-type-class ec-public --attributes verify=true")
	require.Equal(t, "0x2788fc", w.shown("attr.label=rfc", "check-value"))
	w.must("crypto verify ed25519ph --key-filter attr.label=rfc --data YWJj --data-type raw --hash-function sha512 " +
		"--signature mKcCIvC4Ehqp0w+BPWg/gJ5GK0acf/h2OUmbuU5trkEx+FBCRjwqNVogA9BirfWqoQuMYeY2Biqq0RwqJgg0Bg==")
}

// The scripts that hold ML-DSA to the OpenSSL of Python's library cryptography, both ways.
const (
	pythonKnows    = "from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey; MLDSA44PrivateKey.generate()"
	pythonVerifies = `from cryptography.hazmat.primitives.serialization import load_pem_public_key
key = load_pem_public_key(open("pub.pem", "rb").read())
key.verify(open("ours.sig", "rb").read(), open("m", "rb").read())`
	pythonSigns = `from cryptography.hazmat.primitives.asymmetric import mldsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
key = mldsa.%sPrivateKey.generate()
open("theirs.der", "wb").write(key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo))
open("theirs.sig", "wb").write(key.sign(open("m", "rb").read()))`
)

// TestMLDSAAndOpenSSL holds keys and signatures to OpenSSL where it is 3.5 or newer, on PATH or in
// Python's library cryptography; what older ones can is to find the bytes of the key, as the
// documentation does.
func TestMLDSAAndOpenSSL(t *testing.T) {
	w := newWorkbench(t)
	w.files["m"] = []byte("the message that is signed")
	for i, set := range []string{"ML-DSA-44", "ML-DSA-65", "ML-DSA-87"} {
		w.must("key generate-asymmetric-pair ml-dsa --mldsa-algorithm %s --public-label pub%d --private-label priv%[2]d --public-attributes verify=true --private-attributes sign=true", set, i)
		w.must("key generate-file --encoding pem --path pub.pem --filter attr.label=pub%d", i)
		w.openssl("asn1parse -in pub.pem -strparse 17 -noout -out point")
		require.Len(t, w.files["point"], []int{1312, 1952, 2592}[i])
		w.files["ours.sig"] = w.bytes(w.must("crypto sign ml-dsa --key-filter attr.label=priv%d --hash-function shake256 --data-type raw --data-path m", i), "signature")
		require.Len(t, w.files["ours.sig"], []int{2420, 3309, 4627}[i])
		if _, err := w.real.SharePython(w.files, pythonKnows); err == nil {
			out, err := w.real.SharePython(w.files, pythonVerifies)
			require.NoError(t, err, out)
			out, err = w.real.SharePython(w.files, fmt.Sprintf(pythonSigns, strings.ReplaceAll(set, "-", "")))
			require.NoError(t, err, out)
			theirs, err := mech.ParseAnyPublic(w.files["theirs.der"])
			require.NoError(t, err)
			require.NoError(t, mech.Verify(theirs, mech.Mechanism{Scheme: mech.MLDSA}, w.files["m"], w.files["theirs.sig"]))
			w.files["ours.sig"][9] ^= 1
			_, err = w.real.SharePython(w.files, pythonVerifies)
			require.Error(t, err, "a signature that was changed")
			w.files["ours.sig"][9] ^= 1
		}
		if _, err := w.try("genpkey -algorithm %s -out theirs.pem", set); err != nil {
			continue
		}
		w.openssl("pkeyutl -verify -pubin -inkey pub.pem -rawin -in m -sigfile ours.sig")
		require.Equal(t, w.checkValue("pub.pem"), w.shown(fmt.Sprintf("attr.label=pub%d", i), "check-value"))
	}
}

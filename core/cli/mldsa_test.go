//go:build !js

package cli

import (
	"crypto/rand"
	"crypto/sha3"
	"encoding/pem"
	"slices"
	"testing"

	"github.com/cloudflare/circl/sign"
	"github.com/cloudflare/circl/sign/mldsa/mldsa44"
	"github.com/cloudflare/circl/sign/mldsa/mldsa65"
	"github.com/cloudflare/circl/sign/mldsa/mldsa87"
	"github.com/stretchr/testify/require"

	"hsmplay/core/cluster"
	"hsmplay/core/hsm"
	"hsmplay/core/mech"
)

// TestMLDSAAndAnotherLibrary holds signatures of the tool, of messages and of representatives, to
// circl's, and circl's to ours. A key of circl's cannot get into an HSM (spec/cloudhsm-cli.md 2.7):
// there the verifying alone is ours.
func TestMLDSAAndAnotherLibrary(t *testing.T) {
	w := workbench{desk: newDesk(t)}
	w.begin(cluster.Options{Model: hsm.HSM2})
	w.must("login --username example_user --role crypto-user --password aws")
	message := []byte("the message that is signed")
	w.files["m"] = message
	for i, scheme := range []sign.Scheme{mldsa44.Scheme(), mldsa65.Scheme(), mldsa87.Scheme()} {
		w.must("key generate-asymmetric-pair ml-dsa --mldsa-algorithm %s --public-label pub%d --private-label priv%[2]d --public-attributes verify=true --private-attributes sign=true", scheme.Name(), i)
		w.must("key generate-file --encoding pem --path pub.pem --filter attr.label=pub%d", i)
		block, _ := pem.Decode(w.files["pub.pem"])
		head := len(block.Bytes) - scheme.PublicKeySize()
		public, err := scheme.UnmarshalBinaryPublicKey(block.Bytes[head:])
		require.NoError(t, err)
		tr := sha3.SumSHAKE256(block.Bytes[head:], 64)
		w.files["mu"] = sha3.SumSHAKE256(slices.Concat(tr, []byte{0, 0}, message), 64)
		for in, kind := range map[string]string{"m": "raw", "mu": "external-mu"} {
			data := "--hash-function shake256 --data-type " + kind + " --data-path " + in
			w.files["ours.sig"] = w.bytes(w.must("crypto sign ml-dsa --key-filter attr.label=priv%d %s", i, data), "signature")
			require.True(t, scheme.Verify(public, message, w.files["ours.sig"], nil), kind)
			w.must("crypto verify ml-dsa --key-filter attr.label=pub%d %s --signature-path ours.sig", i, data)
			w.files["ours.sig"][0] ^= 1
			require.False(t, scheme.Verify(public, message, w.files["ours.sig"], nil), kind)
			w.never(signatureDiffers, "crypto verify ml-dsa --key-filter attr.label=pub%d %s --signature-path ours.sig", i, data)
		}
		w.never(badDigest, "crypto sign ml-dsa --key-filter attr.label=priv%d --hash-function shake256 --data-type external-mu --data-path m", i)

		seed := make([]byte, scheme.SeedSize())
		_, err = rand.Read(seed)
		require.NoError(t, err)
		theirs, private := scheme.DeriveKey(seed)
		point, err := theirs.MarshalBinary()
		require.NoError(t, err)
		ours, err := mech.ParseAnyPublic(slices.Concat(block.Bytes[:head], point))
		require.NoError(t, err)
		signature := scheme.Sign(private, message, nil)
		require.NoError(t, mech.Verify(ours, mech.Mechanism{Scheme: mech.MLDSA}, message, signature), scheme.Name())
		require.Error(t, mech.Verify(ours, mech.Mechanism{Scheme: mech.MLDSA}, message[1:], signature))
	}
}

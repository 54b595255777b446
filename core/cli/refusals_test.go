package cli

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// refusals are lines with one thing wrong, and what is said to it.
var refusals = []struct{ line, text string }{
	{"key generate-symmetric aes --label a --key-length-bytes 17", sizeRefused},
	{"key generate-symmetric generic-secret --label a --key-length-bytes 801", sizeRefused},
	{`key generate-symmetric aes --label "" --key-length-bytes 16`, badLabel},
	{"key generate-asymmetric-pair rsa --public-label a --private-label a --modulus-size-bits 2048 --public-exponent 65538", exponentRefused},
	{"key generate-asymmetric-pair rsa --public-label a --private-label a --modulus-size-bits 2176 --public-exponent 65537", sizeRefused},
	{"key generate-asymmetric-pair ec --public-label a --private-label a --curve ed25519", notOffered},
	{"key generate-asymmetric-pair ml-dsa --public-label a --private-label a --mldsa-algorithm ML-DSA-44", notOffered},
	{"key generate-symmetric aes --label a --key-length-bytes 16 --attributes token=false", tokenNotOptional},
	{"key generate-symmetric aes --label a --key-length-bytes 16 --attributes trusted=true", notSet("trusted", "true")},
	{"key generate-symmetric aes --label a --key-length-bytes 16 --attributes sensitive=false", notSet("sensitive", "false")},
	{"key generate-symmetric aes --label a --key-length-bytes 16 --attributes sign=maybe", notSet("sign", "maybe")},
	{"key generate-symmetric aes --label a --key-length-bytes 16 --attributes nothing=true", badAttribute("nothing")},
	{"key generate-symmetric aes --label a --key-length-bytes 16 --attributes sign", badSetting("sign")},
	{"key generate-symmetric aes --label a --key-length-bytes 16 --attributes wrap-template=x", notSet("wrap-template", "x")},
	{"key set-attribute --filter attr.label=w --name unwrap-template --value sign=true none=true", notSet("unwrap-template", "sign=true none=true")},
	{"key generate-symmetric aes --label a --key-length-bytes 16 --share-crypto-users admin", unknownUser},
	{"key generate-symmetric aes --label a --key-length-bytes 16 --share-crypto-users example_user", sharedWithOwner},
	{"key generate-symmetric aes --label a --key-length-bytes 16 --share-crypto-users user4 --manage-key-quorum-value 2 --use-key-quorum-value 3", quorumTooHigh},
	{"key generate-symmetric aes --label a --key-length-bytes 16 --share-crypto-users user4 --manage-key-quorum-value 2 --use-key-quorum-value 1", quorumTooLow},

	{"key list --filter attr.nothing=1", badAttribute("nothing")}, {"key list --filter label=a", badTerm("label=a")}, {"key list --filter key-reference=x", badReference},
	{"key delete --filter attr.label=nothing", matched(0)}, {"key delete --filter attr.class=secret-key", matched(4)}, {"key delete --filter attr.label=fixed", notDestroyable},
	{"key set-attribute --filter attr.label=w --name extractable --value true", notSet("extractable", "true")}, {"key set-attribute --filter attr.label=w --name never-extractable --value false", notSet("never-extractable", "false")},
	{"key set-attribute --filter attr.label=w --name trusted --value true", notSet("trusted", "true")}, {"key set-attribute --filter attr.label=fixed --name sign --value false", notModifiable},
	{"key share --filter attr.label=w --username user4 --role admin", onlyCryptoUsers}, {"key share --filter attr.label=w --username nobody --role crypto-user", unknownUser},
	{"key share --filter attr.label=q --username user6 --role crypto-user", keyApproval}, {"key unshare --filter attr.label=q --username user4 --role crypto-user", keyApproval},
	{"key set-attribute --filter attr.label=q --name sign --value false", keyApproval}, {"quorum token-sign generate --service key-usage --token t", keyNeeded},
	{"quorum token-sign generate --service key-usage --token t --filter attr.label=w", noQuorumOnKey},

	{"key wrap aes-no-pad --payload-filter attr.label=q --wrapping-filter attr.label=w", keyApproval}, {"key wrap aes-no-pad --payload-filter attr.label=fixed --wrapping-filter attr.label=w", notExtractable},
	{"key wrap aes-no-pad --payload-filter attr.label=w --wrapping-filter attr.label=fixed", attributeOff("wrap")}, {"key wrap aes-no-pad --payload-filter attr.label=odd --wrapping-filter attr.label=w", lengthNotWrapped},
	{"key wrap aes-gcm --payload-filter attr.label=w --wrapping-filter attr.label=w --tag-length-bits 60", badTag}, {"key wrap aes-gcm --payload-filter attr.label=w --wrapping-filter attr.label=w --tag-length-bits 64 --aad 0x1", badHex},
	{"key wrap rsa-oaep --payload-filter attr.label=w --wrapping-filter attr.label=pub --hash-function sha256 --mgf mgf1-sha1", masksDiffer},
	{"key wrap rsa-oaep --payload-filter attr.label=w --wrapping-filter attr.label=priv --hash-function sha256 --mgf mgf1-sha256", otherKind},
	{"key wrap rsa-oaep --payload-filter attr.label=priv --wrapping-filter attr.label=pub --hash-function sha256 --mgf mgf1-sha256", tooLongToWrap},
	{"key wrap rsa-pkcs --payload-filter attr.label=w --wrapping-filter attr.label=pub", mechanismRefused}, {"key wrap aes-no-pad --payload-filter attr.label=pub --wrapping-filter attr.label=w", otherKind},
	{"key unwrap aes-no-pad --filter attr.label=w --data * --key-type-class aes --label a", badBase64}, {"key unwrap aes-no-pad --filter attr.label=w --data AAAA --key-type-class aes --label a", unwrapFailed},
	{"key unwrap aes-no-pad --filter attr.label=w --data-path none --key-type-class aes --label a", unreadable("none")}, {"key unwrap aes-no-pad --filter attr.label=fixed --data AAAA --key-type-class aes --label a", attributeOff("unwrap")},
	{"key unwrap aes-gcm --filter attr.label=w --data AAAA --tag-length-bits 64 --iv 0x00 --key-type-class aes --label a", badIV},
	{"key unwrap rsa-oaep --filter attr.label=priv --data AAAA --hash-function sha256 --mgf mgf1-sha256 --key-type-class aes --label a", unwrapFailed},

	{"crypto sign rsa-pkcs --key-filter attr.label=pub --hash-function sha256 --data YWJj", otherKind}, {"crypto sign ecdsa --key-filter attr.label=priv --hash-function sha256 --data YWJj", otherMechanism},
	{"crypto sign rsa-pkcs --key-filter attr.label=priv --hash-function sha256 --data YWJj --data-type digest", badDigest}, {"crypto sign rsa-pkcs-pss --key-filter attr.label=priv --hash-function sha256 --data YWJj --mgf mgf1-sha256 --salt-length 32 --data-type digest", badDigest},
	{"crypto sign rsa-pkcs-pss --key-filter attr.label=priv --hash-function sha256 --data YWJj --mgf mgf1-sha256 --salt-length 223", badSalt},
	{"crypto sign rsa-pkcs-pss --key-filter attr.label=priv --hash-function sha256 --data YWJj --mgf mgf1-sha1 --salt-length 32", masksDiffer}, {`crypto sign rsa-pkcs --key-filter attr.label=priv --hash-function sha256 --data "YW Jj"`, badBase64},
	{"crypto verify rsa-pkcs --key-filter attr.label=pub --hash-function sha256 --data YWJj --signature AAAA", signatureDiffers}, {"crypto verify rsa-pkcs --key-filter attr.label=pub --hash-function sha256 --data YWJj --signature-path none", unreadable("none")},
	{"key generate-file --encoding pem --path f --filter attr.label=priv", notEncodable}, {"key generate-file --encoding reference-pem --path f --filter attr.label=w", notEncodable},
	{"key generate-file --encoding cloudhsm-reference-pem --path f --filter attr.label=priv", notEncodable}, {"key import pem --path ca0.crt --label a --key-type-class rsa-public", noPublicKey},
}

// TestWhatARefusalSays types each line of refusals on keys that most of it is right for; nothing is
// made or changed by any of them.
func TestWhatARefusalSays(t *testing.T) {
	d := newDesk(t)
	d.quiet = true
	for _, line := range []string{"login --username example_user --role crypto-user --password aws",
		"key generate-symmetric aes --label w --key-length-bytes 32 --attributes wrap=true unwrap=true",
		"key generate-symmetric aes --label fixed --key-length-bytes 16 --attributes destroyable=false modifiable=false extractable=false",
		"key generate-symmetric generic-secret --label odd --key-length-bytes 13",
		"key generate-symmetric aes --label q --key-length-bytes 16 --share-crypto-users user4 user5 --manage-key-quorum-value 2 --use-key-quorum-value 3",
		"key generate-asymmetric-pair rsa --public-label pub --private-label priv --modulus-size-bits 2048 --public-exponent 65537 --public-attributes wrap=true verify=true --private-attributes sign=true unwrap=true",
		"key set-attribute --filter attr.label=fixed --name wrap --value false"} {
		d.line(line)
	}
	before := d.keys()
	for _, row := range refusals {
		require.Equal(t, written(envelope{1, row.text}), d.line(row.line), row.line)
		require.Equal(t, 1, d.out.Status, row.line)
		require.Equal(t, before, d.keys(), row.line)
	}
}

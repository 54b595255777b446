package same

import "cmp"

// Parts of the rows of the CLI.
const (
	byHandle   = "-k {handle:--filter}"
	kmuShared  = "[ -u {ids:--share-crypto-users}]"
	kmuHeld    = "[--session? -sess]"
	usesFixed  = "[!uses:?key_mgmt_util gives new keys the uses of their kind, all of them; a single one is changed afterwards with setAttribute of cloudhsm_mgmt_util]"
	newer      = "it belongs to Client SDK 5: the older tools know nothing of it"
	newerKey   = "the older tools make no such keys"
	inFiles    = "key_mgmt_util reads and writes signatures as files of bytes, the CLI as base64 or with --signature-path"
	onlyAdmins = "in the CLI only admins delete tokens: those of a crypto user end with the login, or after ten minutes"
	byMTLS     = "the older client proves itself with the files of cloudhsm_mgmt_util.cfg"
)

// cliRows are the commands of CloudHSM CLI.
var cliRows = []row{
	{path: "cluster activate", cmu: "loginHSM PRECO admin <password>\nchangePswd PRECO admin <password>", differs: "cloudhsm_mgmt_util is logged in as PRECO before and as CO behind it"},
	{path: "cluster hsm-info", kmu: "getHSMInfo", cmu: "getHSMInfo", pkcs11: "C_GetTokenInfo"},
	{path: "cluster mtls register-trust-anchor", kmu: none + byMTLS, cmu: none + byMTLS, differs: newer},
	{path: "cluster mtls deregister-trust-anchor", kmu: none + byMTLS, cmu: none + byMTLS, differs: newer},
	{path: "cluster mtls list-trust-anchors", kmu: none + byMTLS, cmu: none + byMTLS, differs: newer},
	{path: "cluster mtls get-enforcement", kmu: none + byMTLS, cmu: none + byMTLS, differs: newer},
	{path: "cluster mtls set-enforcement", kmu: none + byMTLS, cmu: none + byMTLS, differs: newer},

	{path: "crypto sign rsa-pkcs", kmu: kmuSign, pkcs11: pkcsSign, openssl: dgstSign, differs: inFiles},
	{path: "crypto sign rsa-pkcs-pss", kmu: kmuSign, pkcs11: pkcsSign, openssl: "openssl dgst -{n:--hash-function} -sign private.pem" + dgstSalt + " -out data.sig {--data-path}",
		differs: inFiles + "; the salt of key_mgmt_util is as long as the hash"},
	{path: "crypto sign ecdsa", kmu: kmuSign, pkcs11: pkcsSign, openssl: dgstSign, differs: asDER},
	{path: "crypto sign ed25519", kmu: none + newerKey, pkcs11: "C_SignInit(CKM_EDDSA; key {handle:--key-filter})\nC_Sign", openssl: "openssl pkeyutl -sign -rawin -inkey private.pem -in {--data-path} -out data.sig", differs: newerKey},
	{path: "crypto sign ed25519ph", kmu: none + newerKey, pkcs11: "C_SignInit(CKM_EDDSA with phFlag; key {handle:--key-filter})\nC_Sign", openssl: none + "OpenSSL 3.0 knows no Ed25519ph", differs: newerKey},
	{path: "crypto sign ml-dsa", kmu: none + newerKey, pkcs11: "C_SignInit(CKM_ML_DSA; key {handle:--key-filter})\nC_Sign", openssl: "openssl pkeyutl -sign -inkey private.pem -in {--data-path} -out data.sig", differs: newerKey,
		note: "OpenSSL knows ML-DSA from 3.5 on."},
	{path: "crypto verify rsa-pkcs", kmu: kmuVerify, pkcs11: pkcsVerify, openssl: dgstVerify},
	{path: "crypto verify rsa-pkcs-pss", kmu: kmuVerify, pkcs11: pkcsVerify, openssl: "openssl dgst -{n:--hash-function} -verify public.pem" + dgstSalt + " -signature {--signature-path} {--data-path}"},
	{path: "crypto verify ecdsa", kmu: kmuVerify, pkcs11: pkcsVerify, openssl: dgstVerify, differs: asDER},
	{path: "crypto verify ed25519", kmu: none + newerKey, pkcs11: "C_VerifyInit(CKM_EDDSA; key {handle:--key-filter})\nC_Verify",
		openssl: "openssl pkeyutl -verify -rawin -pubin -inkey public.pem -in {--data-path} -sigfile {--signature-path}", differs: newerKey},
	{path: "crypto verify ed25519ph", kmu: none + newerKey, pkcs11: "C_VerifyInit(CKM_EDDSA with phFlag; key {handle:--key-filter})\nC_Verify", openssl: none + "OpenSSL 3.0 knows no Ed25519ph", differs: newerKey},
	{path: "crypto verify ml-dsa", kmu: none + newerKey, pkcs11: "C_VerifyInit(CKM_ML_DSA; key {handle:--key-filter})\nC_Verify",
		openssl: "openssl pkeyutl -verify -pubin -inkey public.pem -in {--data-path} -sigfile {--signature-path}", differs: newerKey, note: alone},

	{path: "key delete", kmu: "deleteKey " + byHandle, pkcs11: "C_DestroyObject(key {handle:--filter})", openssl: "rm private.pem"},
	{path: "key generate-file", when: "--encoding=pem", kmu: "exportPubKey " + byHandle + " -out {--path}", pkcs11: "C_GetAttributeValue(key {handle:--filter}; CKA_MODULUS, CKA_PUBLIC_EXPONENT or CKA_EC_PARAMS, CKA_EC_POINT)",
		openssl: "openssl pkey -in private.pem -pubout -out {--path}"},
	{path: "key generate-file", kmu: "getCaviumPrivKey " + byHandle + " -out {--path}", openssl: "openssl req -engine cloudhsm -new -key {--path} -out web.csr"},
	{path: "key generate-asymmetric-pair ec", when: "curveno:--curve=2|14|16", kmu: "genECCKeyPair -i {curveno:--curve} -l {--private-label}" + kmuMade,
		pkcs11:  "C_GenerateKeyPair(CKM_EC_KEY_PAIR_GEN; public: CKA_TOKEN={token:--session}, CKA_LABEL={--public-label}, CKA_EC_PARAMS=0x{oid:--curve}; private: CKA_TOKEN={token:--session}, CKA_PRIVATE=1, CKA_LABEL={--private-label})",
		openssl: "openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:{ecname:--curve} -out private.pem", differs: usesFixed, note: "key_mgmt_util has one label for both halves."},
	{path: "key generate-asymmetric-pair ec", when: "--curve=ed25519", kmu: none + newerKey, pkcs11: "C_GenerateKeyPair(CKM_EC_EDWARDS_KEY_PAIR_GEN; public: CKA_LABEL={--public-label}; private: CKA_LABEL={--private-label})",
		openssl: "openssl genpkey -algorithm ED25519 -out private.pem", differs: newerKey},
	{path: "key generate-asymmetric-pair ec", kmu: none + "FIPS mode refuses this curve there",
		pkcs11:  "C_GenerateKeyPair(CKM_EC_KEY_PAIR_GEN; public: CKA_LABEL={--public-label}, CKA_EC_PARAMS=0x{oid:--curve}; private: CKA_PRIVATE=1, CKA_LABEL={--private-label})",
		openssl: "openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:{ecname:--curve} -out private.pem", differs: "key_mgmt_util makes keys on prime256v1, secp384r1 and secp256k1 only"},
	{path: "key generate-asymmetric-pair ml-dsa", kmu: none + newerKey, pkcs11: "C_GenerateKeyPair(CKM_ML_DSA_KEY_PAIR_GEN; public: CKA_LABEL={--public-label}; private: CKA_LABEL={--private-label})",
		openssl: "openssl genpkey -algorithm {--mldsa-algorithm} -out private.pem", differs: newerKey, note: "OpenSSL knows ML-DSA from 3.5 on."},
	{path: "key generate-asymmetric-pair rsa", kmu: "genRSAKeyPair -m {n:--modulus-size-bits} -e {n:--public-exponent} -l {--private-label}" + kmuMade,
		pkcs11: "C_GenerateKeyPair(CKM_RSA_X9_31_KEY_PAIR_GEN; public: CKA_TOKEN={token:--session}, CKA_LABEL={--public-label}, CKA_MODULUS_BITS={n:--modulus-size-bits}, CKA_PUBLIC_EXPONENT={n:--public-exponent}; " +
			"private: CKA_TOKEN={token:--session}, CKA_PRIVATE=1, CKA_LABEL={--private-label})",
		openssl: "openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:{n:--modulus-size-bits} -pkeyopt rsa_keygen_pubexp:{n:--public-exponent} -out private.pem",
		differs: usesFixed, note: "key_mgmt_util has one label for both halves."},
	{path: "key generate-symmetric aes", kmu: "genSymKey -t 31 -s {n:--key-length-bytes} -l {--label}" + kmuMadeOne,
		pkcs11:  "C_GenerateKey(CKM_AES_KEY_GEN; CKA_TOKEN={token:--session}, CKA_LABEL={--label}, CKA_VALUE_LEN={n:--key-length-bytes})",
		openssl: "openssl rand -out key.bin {n:--key-length-bytes}", differs: usesFixed},
	{path: "key generate-symmetric generic-secret", kmu: "genSymKey -t 16 -s {n:--key-length-bytes} -l {--label}" + kmuMadeOne,
		pkcs11:  "C_GenerateKey(CKM_GENERIC_SECRET_KEY_GEN; CKA_TOKEN={token:--session}, CKA_LABEL={--label}, CKA_VALUE_LEN={n:--key-length-bytes})",
		openssl: "openssl rand -out key.bin {n:--key-length-bytes}", differs: usesFixed},
	{path: "key import pem", kmu: "importPubKey -l {--label} -f {--path}[ -id {id:--attributes}]", pkcs11: "C_CreateObject(CKA_CLASS=CKO_PUBLIC_KEY, CKA_TOKEN=1, CKA_LABEL={--label}, …)",
		openssl: "openssl pkey -pubin -in {--path} -text -noout", differs: usesFixed},
	{path: "key list", when: "handle:--filter", kmu: "getKeyInfo " + byHandle + "\ngetAttribute -o {handle:--filter} -a 512 -out attributes.txt", cmu: "getKeyInfo {handle:--filter}\ngetAttribute {handle:--filter} 512",
		pkcs11: "C_GetAttributeValue(key {handle:--filter}; every attribute)", openssl: "openssl pkey -in private.pem -text -noout", differs: printed},
	{path: "key list", kmu: "findKey[ -c {attrc:--filter}][ -t {attrt:--filter}][ -l {label:--filter}][ -id {id:--filter}][ -sess {sess:--filter}][ -kcv {kcv:--filter}]", cmu: "findAllKeys <user id> 0", pkcs11: "C_FindObjectsInit([CKA_LABEL=\"{label:--filter}\"])\nC_FindObjects\nC_FindObjectsFinal",
		differs: "[findKey cannot look for {beyond:--filter}]"},
	{path: "key replicate", kmu: "extractMaskedObject -o {handle:--filter} -out masked.object\ninsertMaskedObject -f masked.object", cmu: "syncKey {handle:--filter} <server>", differs: collapsed},
	{path: "key set-attribute", when: "--name=token", kmu: "setAttribute -o {handle:--filter} -a 1", cmu: "setAttribute {handle:--filter} 1 {bit:--value}", pkcs11: none + "Client SDK 5 has no C_SetAttributeValue"},
	{path: "key set-attribute", when: "attrno:--name", kmu: none + "it changes only attribute 1, TOKEN", cmu: "setAttribute {handle:--filter} {attrno:--name} {bit:--value}", pkcs11: none + "Client SDK 5 has no C_SetAttributeValue"},
	{path: "key set-attribute", kmu: none + "it changes only attribute 1, TOKEN", cmu: none + "it does not know this attribute", pkcs11: none + "Client SDK 5 has no C_SetAttributeValue", differs: "the older tools do not know this attribute"},
	{path: "key share", cmu: "shareKey {handle:--filter} {ids:--username} 1", kmu: none + "it shares keys only while it makes them: -u"},
	{path: "key unshare", cmu: "shareKey {handle:--filter} {ids:--username} 0", kmu: none + "it shares keys only while it makes them: -u"},

	{path: "login", when: "--role=crypto-user", kmu: "loginHSM -u CU -s {--username} -p <password>", cmu: "loginHSM CU {--username} <password>", pkcs11: "C_OpenSession\nC_Login(CKU_USER; {--username} and the password, with a colon between them)"},
	{path: "login", kmu: none + "only crypto users log in there", cmu: "loginHSM CO {--username} <password>", pkcs11: none + "only crypto users log in there"},
	{path: "login mfa-token-sign", kmu: none + "it has no second factor", cmu: "loginHSM {co:--role} {--username} <password> -2fa {--token}", pkcs11: none + "it has no second factor", differs: factor},
	{path: "logout", kmu: "logoutHSM", cmu: "logoutHSM", pkcs11: "C_Logout"},
	{path: helpWord, kmu: "help", cmu: "help", openssl: "openssl help"},
	{path: "quit", kmu: "exit", cmu: "quit", pkcs11: "C_Finalize"},
	{path: "interactive", kmu: "$ /opt/cloudhsm/bin/key_mgmt_util", cmu: "$ /opt/cloudhsm/bin/cloudhsm_mgmt_util /opt/cloudhsm/etc/cloudhsm_mgmt_util.cfg", pkcs11: "C_Initialize"},

	{path: "quorum token-sign delete", when: "--scope=all", kmu: none + "it deletes your own: delToken -a", cmu: "delToken all"},
	{path: "quorum token-sign delete", kmu: none + onlyAdmins, cmu: "delToken"},
	{path: "quorum token-sign generate", when: "--service=user|quorum", kmu: "getToken -s {servno:--service} -u <user name> -f {--token}", cmu: "getToken {servno:--service} <user name> {--token}", openssl: signToken, differs: tokenForm},
	{path: "quorum token-sign generate", when: "--service=key-usage", kmu: "getToken -s 3 -u <user name> -f {--token} -k {handle:--filter}", cmu: "getToken 3 <user name> {--token} {handle:--filter}", openssl: signToken, differs: tokenForm},
	{path: "quorum token-sign generate", when: "--service=registration", cmu: none + "whoever registers makes up a token of 1 to 245 bytes", openssl: "openssl rand -out {--token} 32", differs: tokenForm},
	{path: "quorum token-sign generate", kmu: none + newer, cmu: none + newer, openssl: signToken, differs: newer},
	{path: "quorum token-sign list", kmu: "listTokens", cmu: "listTokens"},
	{path: "quorum token-sign list-quorum-values", cmu: "getMValue 3\ngetMValue 4"},
	{path: "quorum token-sign set-quorum-value", when: "servno:--service", cmu: "setMValue {servno:--service} {n:--value}"},
	{path: "quorum token-sign set-quorum-value", cmu: none + newer, differs: newer},

	{path: "user change-mfa token-sign", when: "--deregister", cmu: "changePswd {co:--role} {--username} <password>", differs: factor},
	{path: "user change-mfa token-sign", cmu: "changePswd {co:--role} {--username} <password> -2fa {--token}", differs: factor},
	{path: "user change-password", cmu: "changePswd {co:--role} {--username} <password>"},
	{path: "user change-quorum token-sign register", cmu: "registerQuorumPubKey CO <user name> registration.token registration.sig {--public-key}",
		openssl: "openssl dgst -sha256 -sign private.pem -out registration.sig registration.token", differs: "who registers makes up the token in cloudhsm_mgmt_util; in the CLI the tool makes it, and the signature stands in it"},
	{path: "user create", cmu: "createUser {co:--role} {--username} <password>"},
	{path: "user delete", cmu: "deleteUser {co:--role} {--username}"},
	{path: "user list", kmu: "listUsers", cmu: "listUsers"},
	{path: "user replicate", cmu: "syncUser {ids:--username} <server>", differs: "inside a cluster syncUser repairs a user on one server; between a cluster and its clone both copy"},
}

// Parts of the rows of the CLI that sign and make keys.
const (
	kmuSign    = "sign -f {--data-path} -k {handle:--key-filter} -m {signno:--hash-function} -out data.sig"
	kmuVerify  = "verify -f {--data-path} -s {--signature-path} -k {handle:--key-filter} -m {signno:--hash-function}"
	pkcsSign   = "C_SignInit({clickm:--hash-function}; key {handle:--key-filter})\nC_Sign"
	pkcsVerify = "C_VerifyInit({clickm:--hash-function}; key {handle:--key-filter})\nC_Verify"
	dgstSign   = "openssl dgst -{n:--hash-function} -sign private.pem -out data.sig {--data-path}"
	dgstVerify = "openssl dgst -{n:--hash-function} -verify public.pem -signature {--signature-path} {--data-path}"
	dgstSalt   = " -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:{n:--salt-length}"
	kmuMade    = "[ -id {id:--private-attributes}][nex:--private-attributes? -nex][ -m_value {n:--use-private-key-quorum-value}]" + kmuHeld + kmuShared
	kmuMadeOne = "[ -id {id:--attributes}][nex:--attributes? -nex][ -m_value {n:--use-key-quorum-value}]" + kmuHeld + kmuShared
)

func init() { // a row for each mechanism that wraps
	for _, w := range wrappings {
		method := w[name]
		openssl, opened := none+"openssl enc knows no GCM", none+"openssl enc knows no GCM"
		switch method {
		case "aes-zero-pad":
			openssl = "openssl enc -e -id-aes{bits:--wrapping-filter}-wrap-pad -K <hex of the wrapping key> -iv A65959A6 -in key.bin -out {--path}"
			opened = "openssl enc -d -id-aes{bits:--filter}-wrap-pad -K <hex of the wrapping key> -iv A65959A6 -in {--data-path} -out key.bin"
		case "aes-no-pad":
			openssl = "openssl enc -e -id-aes{bits:--wrapping-filter}-wrap -K <hex of the wrapping key> -iv A6A6A6A6A6A6A6A6 -in key.bin -out {--path}"
			opened = "openssl enc -d -id-aes{bits:--filter}-wrap -K <hex of the wrapping key> -iv A6A6A6A6A6A6A6A6 -in {--data-path} -out key.bin"
		case "aes-pkcs5-pad":
			openssl = padded + "openssl enc -e -id-aes{bits:--wrapping-filter}-wrap -K <hex of the wrapping key> -iv A6A6A6A6A6A6A6A6 -in padded.bin -out {--path}"
			opened = "openssl enc -d -id-aes{bits:--filter}-wrap -K <hex of the wrapping key> -iv A6A6A6A6A6A6A6A6 -in {--data-path} -out padded.bin" + unpadded
		case "rsa-aes":
			openssl, opened = hybridWrap("{n:--hash-function}", "{--path}"), hybridUnwrap("{n:--hash-function}", "{--data-path}")
		case "rsa-oaep":
			openssl, opened = oaepWrap("{n:--hash-function}", "key.bin", "{--path}"), oaepUnwrap("{n:--hash-function}", "{--data-path}", "key.bin")
		case "rsa-pkcs":
			openssl, opened = "openssl pkeyutl -encrypt -pubin -inkey public.pem -in key.bin -out {--path}", "openssl pkeyutl -decrypt -inkey private.pem -in {--data-path} -out key.bin"
		}
		cliRows = append(cliRows,
			row{path: "key wrap " + method, kmu: aadFile + "wrapKey -k {handle:--payload-filter} -w {handle:--wrapping-filter} -out {--path} -m {wrapno:} -noheader" + methodOptions[method],
				pkcs11: "C_WrapKey({wckm:}; key {handle:--wrapping-filter} wraps key {handle:--payload-filter})", openssl: openssl, differs: notWrapped[method]},
			row{path: "key unwrap " + method, kmu: aadFile + ivFile[method] + "unWrapKey -f {--data-path} -w {handle:--filter} -m {wrapno:} -noheader -kc {kc:--key-type-class} -kt {ktno:--key-type-class} -l {--label}" +
				methodOptions[method] + kmuMadeOne,
				pkcs11: "C_UnwrapKey({wckm:}; key {handle:--filter} opens {--data-path}; CKA_LABEL={--label})", openssl: opened, differs: cmp.Or(notUnwrapped[method], usesFixed)})
	}
}

// aadFile makes the file in which key_mgmt_util has what the CLI's --aad says.
const aadFile = "[$ echo {digits:--aad} | xxd -r -p > aad.bin]\n"

// methodOptions are the options of wrapKey that go with a mechanism.
var methodOptions = map[string]string{
	"rsa-oaep": "[ -t {oaepno:--hash-function}]", "rsa-aes": "[ -t {oaepno:--hash-function}]",
	"aes-gcm": "[ -tag_size {tagsize:--tag-length-bits}] -iv_file iv.bin[--aad? -aad aad.bin]", "cloudhsm-aes-gcm": "[ -tag_size {tagsize:--tag-length-bits}][--aad? -aad aad.bin]",
}

// ivFile makes the file in which key_mgmt_util has what the CLI's --iv says.
var ivFile = map[string]string{"aes-gcm": "[$ echo {digits:--iv} | xxd -r -p > iv.bin]\n"}

// notUnwrapped is why unWrapKey does not come to the same.
var notUnwrapped = map[string]string{
	"aes-gcm":  "the IV stands on the CLI's line, and in a file in key_mgmt_util",
	"rsa-pkcs": notWrapped["rsa-pkcs"],
}

// notWrapped is why wrapKey does not come to the same.
var notWrapped = map[string]string{
	"aes-gcm":  "key_mgmt_util writes the IV to a file, and the CLI prints it as data.iv",
	"rsa-pkcs": "FIPS mode refuses it in every tool; outside FIPS mode the same comes of both",
}

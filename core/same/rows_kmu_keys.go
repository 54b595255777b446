package same

// Parts that the rows of commands which make keys share.
const (
	aesUses     = "encrypt=true decrypt=true wrap=true unwrap=true sign=false verify=false"
	rsaUses     = "decrypt=true sign=true unwrap=true"
	rsaPublic   = "encrypt=true verify=true wrap=true"
	held        = "[-nex? extractable=false]"
	identified  = "[ id=0x{hexid:-id}]"
	shared      = "[ --share-crypto-users {names:-u}]"
	approved    = "[-m_value=2|3|4|5|6|7|8? --manage-key-quorum-value {n:-m_value} --use-key-quorum-value {n:-m_value}]"
	approvedBy  = "[-m_value=2|3|4|5|6|7|8? --manage-private-key-quorum-value {n:-m_value} --use-private-key-quorum-value {n:-m_value}]"
	inSession   = "[-sess? --session]"
	pairLabels  = "--public-label {-l} --private-label {-l}"
	pkcsNew     = "CKA_TOKEN={token:-sess}, CKA_LABEL={-l}[, CKA_ID={-id}]"
	pkcsPrivate = pkcsNew + ", CKA_PRIVATE=1[-nex?, CKA_EXTRACTABLE=0]"
)

const (
	oneLabel  = "The CLI has a label for each half; here both have the one label. The uses are named because its pairs have none of their own."
	plainIn   = "the CLI takes no key in plain form: the file is wrapped on the host with the same AES key, whose bytes must be known there, or with the public half of an RSA pair in the HSM (rsa-oaep, rsa-aes)"
	plainOut  = "the CLI writes no key in plain form: it is wrapped in the HSM and opened on the host, where the bytes of the wrapping key must be known"
	printed   = "the CLI prints what key_mgmt_util writes to a file"
	collapsed = "extracting and inserting are one command in the CLI: it copies between two clusters, the second made from a backup of the first, with a login on both"
	certs     = "certificates come from the service: aws cloudhsmv2 describe-clusters"
	tokenForm = "the token is another file: records of each HSM in the older tools, JSON with places for signatures in the CLI"
)

// kmuKeys are the commands of key_mgmt_util that make keys, and let them in and out.
var kmuKeys = []row{
	{path: "genRSAKeyPair",
		cli: "key generate-asymmetric-pair rsa " + pairLabels + " --modulus-size-bits {n:-m} --public-exponent {n:-e} --public-attributes " + rsaPublic +
			identified + " --private-attributes " + rsaUses + identified + held + shared + approvedBy + inSession,
		pkcs11: "C_GenerateKeyPair(CKM_RSA_X9_31_KEY_PAIR_GEN; public: " + pkcsNew + ", CKA_MODULUS_BITS={n:-m}, CKA_PUBLIC_EXPONENT={n:-e}, " +
			"CKA_ENCRYPT=1, CKA_VERIFY=1, CKA_WRAP=1; private: " + pkcsPrivate + ", CKA_DECRYPT=1, CKA_SIGN=1, CKA_UNWRAP=1)",
		openssl: "openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:{n:-m} -pkeyopt rsa_keygen_pubexp:{n:-e} -out private.pem\n" +
			"openssl pkey -in private.pem -pubout -out public.pem",
		note: oneLabel},
	{path: "genECCKeyPair", when: "-i=2|14|16",
		cli: "key generate-asymmetric-pair ec " + pairLabels + " --curve {curve:-i} --public-attributes verify=true" + identified +
			" --private-attributes sign=true" + identified + held + shared + approvedBy + inSession,
		pkcs11: "C_GenerateKeyPair(CKM_EC_KEY_PAIR_GEN; public: " + pkcsNew + ", CKA_EC_PARAMS=0x{oid:-i}, CKA_VERIFY=1; private: " + pkcsPrivate + ", CKA_SIGN=1)",
		openssl: "openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:{curve:-i} -out private.pem\n" +
			"openssl pkey -in private.pem -pubout -out public.pem",
		note: oneLabel},
	{path: "genECCKeyPair", when: "curve:-i",
		cli: "key generate-asymmetric-pair ec " + pairLabels + " --curve {curve:-i} --public-attributes verify=true" + identified +
			" --private-attributes sign=true" + identified + held + shared + approvedBy + inSession,
		pkcs11:  "C_GenerateKeyPair(CKM_EC_KEY_PAIR_GEN; public: " + pkcsNew + ", CKA_EC_PARAMS=0x{oid:-i}, CKA_VERIFY=1; private: " + pkcsPrivate + ", CKA_SIGN=1)",
		openssl: "openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:{curve:-i} -out private.pem",
		differs: "key_mgmt_util refuses this curve in FIPS mode, and the CLI makes it", note: oneLabel},
	{path: "genECCKeyPair", when: "-i",
		cli: none + "it has no such curve; prime256v1, secp384r1, secp256k1, secp224r1, secp521r1 and ed25519 are its curves", pkcs11: none + "no such curve",
		openssl: "openssl ecparam -list_curves", differs: "no tool of today makes keys on this curve"},
	{path: "genECCKeyPair",
		cli:     "key generate-asymmetric-pair ec " + pairLabels + " --curve {curve:-i} --public-attributes verify=true --private-attributes sign=true",
		pkcs11:  "C_GenerateKeyPair(CKM_EC_KEY_PAIR_GEN; public: " + pkcsNew + ", CKA_EC_PARAMS, CKA_VERIFY=1; private: " + pkcsPrivate + ", CKA_SIGN=1)",
		openssl: "openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:<curve> -out private.pem", differs: "the line names no curve yet"},
	{path: "genDSAKeyPair", cli: none + "it knows no DSA; use EC or RSA", pkcs11: none + "Client SDK 5 has no mechanism for DSA",
		openssl: "openssl genpkey -genparam -algorithm DSA -pkeyopt dsa_paramgen_bits:{n:-m} -out dsa.pem\nopenssl genpkey -paramfile dsa.pem -out private.pem",
		differs: "DSA is gone from Client SDK 5; keys that exist stay in the HSM, and the CLI has no command for them"},
	{path: "genSymKey", when: "-t=31",
		cli:     "key generate-symmetric aes --label {-l} --key-length-bytes {n:-s} --attributes " + aesUses + identified + held + shared + approved + inSession,
		pkcs11:  "C_GenerateKey(CKM_AES_KEY_GEN; " + pkcsPrivate + ", CKA_VALUE_LEN={n:-s}, CKA_ENCRYPT=1, CKA_DECRYPT=1, CKA_WRAP=1, CKA_UNWRAP=1)",
		openssl: "openssl rand -out key.bin {n:-s}",
		note:    "AES keys of the CLI sign and verify and do nothing else unless asked; those of key_mgmt_util are the other way round."},
	{path: "genSymKey", when: "-t=16",
		cli:     "key generate-symmetric generic-secret --label {-l} --key-length-bytes {n:-s} --attributes sign=false verify=false" + identified + held + shared + approved + inSession,
		pkcs11:  "C_GenerateKey(CKM_GENERIC_SECRET_KEY_GEN; " + pkcsPrivate + ", CKA_VALUE_LEN={n:-s})",
		openssl: "openssl rand -out key.bin {n:-s}",
		note:    "The CLI makes secrets of 1 to 800 bytes, key_mgmt_util of 1 to 3583. Those of the CLI sign and verify unless asked otherwise."},
	{path: "genSymKey", when: "-t=21", cli: none + "it makes no 3DES keys, it only unwraps them: key unwrap … --key-type-class des3",
		pkcs11:  "C_GenerateKey(CKM_DES3_KEY_GEN; " + pkcsPrivate + ")",
		openssl: "openssl rand -out key.bin 24", differs: "FIPS mode forbids making 3DES keys since 2024, and the CLI has no command for it"},
	{path: "genSymKey", when: "-t=18", cli: none + "RC4 is gone", pkcs11: none + "RC4 is gone", openssl: "openssl rand -out key.bin {n:-s}",
		differs: "FIPS mode has never allowed RC4"},
	{path: "genSymKey",
		cli:    "key generate-symmetric aes --label {-l} --key-length-bytes {n:-s} --attributes " + aesUses,
		pkcs11: "C_GenerateKey(CKM_AES_KEY_GEN; " + pkcsPrivate + ", CKA_VALUE_LEN={n:-s})", openssl: "openssl rand -out key.bin {n:-s}",
		differs: "the line names no type of key yet"},
	{path: "genPBEKey", cli: none + "it derives no keys from passwords", pkcs11: none + "it derives no keys from passwords",
		openssl: "openssl kdf -keylen 32 -kdfopt digest:SHA256 -kdfopt pass:<password> -kdfopt salt:<salt> -kdfopt iter:<count> PBKDF2",
		differs: "key_mgmt_util refuses it on every HSM"},

	{path: "imSymKey", when: "-t=18", cli: none + "RC4 is gone", pkcs11: none + "RC4 is gone", differs: "FIPS mode has never allowed RC4"},
	{path: "imSymKey",
		cli: "$ openssl enc -e -id-aes{bits:-w}-wrap -K <hex of the wrapping key> -iv A6A6A6A6A6A6A6A6 -in {-f} -out wrapped.bin\n" +
			"key unwrap aes-no-pad --filter key-reference={ref:-w} --key-type-class {kt:-t} --label {-l} --data-path wrapped.bin" + identifiedAlone + shared + inSession,
		pkcs11:  "C_CreateObject(CKA_CLASS=CKO_SECRET_KEY, CKA_KEY_TYPE={ckk:-t}, " + pkcsPrivate + ", CKA_VALUE)",
		openssl: "cp {-f} key.bin", differs: plainIn},
	{path: "exSymKey",
		cli: "key wrap aes-no-pad --payload-filter key-reference={ref:-k} --wrapping-filter key-reference={ref:-w} --path wrapped.bin\n" +
			"$ openssl enc -d -id-aes{bits:-w}-wrap -K <hex of the wrapping key> -iv A6A6A6A6A6A6A6A6 -in wrapped.bin -out {-out}",
		pkcs11:  "C_WrapKey(CKM_CLOUDHSM_AES_KEY_WRAP_NO_PAD; key {n:-w} wraps key {n:-k})",
		openssl: "cp key.bin {-out}", differs: plainOut},
	{path: "importPrivateKey", when: "kind:-f=ec",
		cli: intoPKCS8 + "key unwrap aes-zero-pad --filter key-reference={ref:-w} --key-type-class ec-private --label {-l} --data-path wrapped.bin --attributes sign=true" +
			identified + shared + approved + inSession,
		pkcs11:  "C_CreateObject(CKA_CLASS=CKO_PRIVATE_KEY, CKA_KEY_TYPE=CKK_EC, " + pkcsPrivate + ", CKA_EC_PARAMS, CKA_VALUE, CKA_SIGN=1)",
		openssl: "openssl pkey -in {-f} -text -noout", differs: plainIn},
	{path: "importPrivateKey",
		cli: intoPKCS8 + "key unwrap aes-zero-pad --filter key-reference={ref:-w} --key-type-class rsa-private --label {-l} --data-path wrapped.bin --attributes " +
			rsaUses + identified + shared + approved + inSession,
		pkcs11:  "C_CreateObject(CKA_CLASS=CKO_PRIVATE_KEY, CKA_KEY_TYPE=CKK_RSA, " + pkcsPrivate + ", CKA_MODULUS, CKA_PUBLIC_EXPONENT, CKA_PRIVATE_EXPONENT, CKA_PRIME_1, CKA_PRIME_2, …)",
		openssl: "openssl pkey -in {-f} -text -noout", differs: plainIn},
	{path: "exportPrivateKey",
		cli: "key wrap aes-zero-pad --payload-filter key-reference={ref:-k} --wrapping-filter key-reference={ref:-w} --path wrapped.bin\n" +
			"$ openssl enc -d -id-aes{bits:-w}-wrap-pad -K <hex of the wrapping key> -iv A65959A6 -in wrapped.bin -out key.der\n" +
			"$ openssl pkey -inform DER -in key.der -out {-out}",
		pkcs11:  "C_WrapKey(CKM_CLOUDHSM_AES_KEY_WRAP_ZERO_PAD; key {n:-w} wraps key {n:-k})",
		openssl: "openssl pkey -in private.pem -out {-out}", differs: plainOut},
	{path: "importPubKey", when: "kind:-f=ec",
		cli:     "key import pem --path {-f} --label {-l} --key-type-class ec-public --attributes verify=true" + identified,
		pkcs11:  "C_CreateObject(CKA_CLASS=CKO_PUBLIC_KEY, CKA_KEY_TYPE=CKK_EC, " + pkcsNew + ", CKA_EC_PARAMS, CKA_EC_POINT, CKA_VERIFY=1)",
		openssl: "openssl pkey -pubin -in {-f} -text -noout"},
	{path: "importPubKey",
		cli:     "key import pem --path {-f} --label {-l} --key-type-class rsa-public --attributes " + rsaPublic + identified,
		pkcs11:  "C_CreateObject(CKA_CLASS=CKO_PUBLIC_KEY, CKA_KEY_TYPE=CKK_RSA, " + pkcsNew + ", CKA_MODULUS, CKA_PUBLIC_EXPONENT, CKA_ENCRYPT=1, CKA_VERIFY=1, CKA_WRAP=1)",
		openssl: "openssl pkey -pubin -in {-f} -text -noout"},
	{path: "createPublicKey", cli: "key import pem --path public.pem --label {-l} --key-type-class rsa-public --attributes " + rsaPublic + identified,
		pkcs11:  "C_CreateObject(CKA_CLASS=CKO_PUBLIC_KEY, CKA_KEY_TYPE=CKK_RSA, " + pkcsNew + ", CKA_MODULUS=0x{modulus:-m}, CKA_PUBLIC_EXPONENT={n:-e}, CKA_ENCRYPT=1, CKA_VERIFY=1, CKA_WRAP=1)",
		openssl: "openssl asn1parse -genconf key.cnf -noout -out public.der\nopenssl rsa -RSAPublicKey_in -inform DER -in public.der -pubout -out public.pem",
		differs: "the CLI takes a PEM file, not the two numbers: OpenSSL makes one of them, key.cnf says asn1=SEQUENCE with the modulus and the exponent as INTEGER", note: alone},
	{path: "exportPubKey", cli: "key generate-file --encoding pem --path {-out} --filter key-reference={ref:-k}",
		pkcs11:  "C_GetAttributeValue(key {n:-k}; CKA_MODULUS, CKA_PUBLIC_EXPONENT or CKA_EC_PARAMS, CKA_EC_POINT)",
		openssl: "openssl pkey -in private.pem -pubout -out {-out}"},

	{path: "wrapKey", when: "-m=9", cli: none + "the vendor has dropped it", pkcs11: none + "the vendor has dropped it", differs: "key_mgmt_util refuses it too"},
	{path: "wrapKey", when: "!-noheader", cli: cliWrap + wrapOptions, pkcs11: pkcsWrap, openssl: none + "it writes no such header",
		differs: "without -noheader key_mgmt_util writes a header of its own in front, which nobody else reads"},
	{path: "wrapKey", when: "-m=10", cli: cliWrap + wrapOptions, pkcs11: pkcsWrap, differs: "key_mgmt_util writes the IV to a file, and the CLI prints it as data.iv"},
	{path: "wrapKey", when: "-m=12", cli: cliWrap, pkcs11: pkcsWrap, openssl: "openssl pkeyutl -encrypt -pubin -inkey public.pem -in key.bin -out {-out}",
		differs: "FIPS mode refuses it in every tool; outside FIPS mode the same comes of both"},
	{path: "wrapKey", when: "-m=6", cli: cliWrap, pkcs11: pkcsWrap, openssl: "openssl enc -e -id-aes{bits:-w}-wrap-pad -K <hex of the wrapping key> -iv A65959A6 -in key.bin -out {-out}"},
	{path: "wrapKey", when: "-m=4", cli: cliWrap, pkcs11: pkcsWrap, openssl: padded + "openssl enc -e -id-aes{bits:-w}-wrap -K <hex of the wrapping key> -iv A6A6A6A6A6A6A6A6 -in padded.bin -out {-out}", note: noIV},
	{path: "wrapKey", when: "-m=5", cli: cliWrap, pkcs11: pkcsWrap, openssl: "openssl enc -e -id-aes{bits:-w}-wrap -K <hex of the wrapping key> -iv A6A6A6A6A6A6A6A6 -in key.bin -out {-out}", note: noIV},
	{path: "wrapKey", when: "-m=7", cli: cliWrap + wrapOptions, pkcs11: pkcsWrap, openssl: hybridWrap("{oaep:-t}", "{-out}")},
	{path: "wrapKey", when: "-m=8", cli: cliWrap + wrapOptions, pkcs11: pkcsWrap, openssl: oaepWrap("{oaep:-t}", "key.bin", "{-out}")},
	{path: "wrapKey", cli: cliWrap + wrapOptions, pkcs11: pkcsWrap, openssl: none + "openssl enc knows no GCM"},

	{path: "unWrapKey", when: "-m=9", cli: none + "the vendor has dropped it", pkcs11: none + "the vendor has dropped it", differs: "key_mgmt_util refuses it too"},
	{path: "unWrapKey", when: "!-noheader", cli: cliUnwrap + unwrapNew, pkcs11: pkcsUnwrap,
		differs: "the CLI reads no file with key_mgmt_util's header: wrap it with -noheader first, and say what it holds"},
	{path: "unWrapKey", when: "-m=10", cli: cliUnwrap + wrapOptions + " --iv 0x{hexfile:-iv_file}" + unwrapUses, pkcs11: pkcsUnwrap, differs: "the IV stands on the CLI's line, and in a file here"},
	{path: "unWrapKey", when: "-m=12", cli: cliUnwrap + unwrapUses, pkcs11: pkcsUnwrap, differs: "FIPS mode refuses it in every tool; outside FIPS mode the same comes of both"},
	{path: "unWrapKey", when: "-kt=1", cli: none + "it knows no DSA", pkcs11: none + "Client SDK 5 has no mechanism for DSA", differs: "DSA is gone from Client SDK 5"},
	{path: "unWrapKey", when: "-m=6", cli: cliUnwrap + unwrapUses, pkcs11: pkcsUnwrap, openssl: "openssl enc -d -id-aes{bits:-w}-wrap-pad -K <hex of the wrapping key> -iv A65959A6 -in {-f} -out key.bin"},
	{path: "unWrapKey", when: "-m=4", cli: cliUnwrap + unwrapUses, pkcs11: pkcsUnwrap, openssl: "openssl enc -d -id-aes{bits:-w}-wrap -K <hex of the wrapping key> -iv A6A6A6A6A6A6A6A6 -in {-f} -out padded.bin" + unpadded},
	{path: "unWrapKey", when: "-m=5", cli: cliUnwrap + unwrapUses, pkcs11: pkcsUnwrap, openssl: "openssl enc -d -id-aes{bits:-w}-wrap -K <hex of the wrapping key> -iv A6A6A6A6A6A6A6A6 -in {-f} -out key.bin"},
	{path: "unWrapKey", when: "-m=7", cli: cliUnwrap + wrapOptions + unwrapUses, pkcs11: pkcsUnwrap, openssl: hybridUnwrap("{oaep:-t}", "{-f}")},
	{path: "unWrapKey", when: "-m=8", cli: cliUnwrap + wrapOptions + unwrapUses, pkcs11: pkcsUnwrap, openssl: oaepUnwrap("{oaep:-t}", "{-f}", "key.bin")},
	{path: "unWrapKey", cli: cliUnwrap + wrapOptions + unwrapUses, pkcs11: pkcsUnwrap, openssl: none + "openssl enc knows no GCM"},
}

// Parts of the rows that wrap and unwrap.
const (
	identifiedAlone = "[ --attributes id=0x{hexid:-id}]"
	intoPKCS8       = "$ openssl pkcs8 -topk8 -nocrypt -in {-f} -outform DER -out key.der\n" +
		"$ openssl enc -e -id-aes{bits:-w}-wrap-pad -K <hex of the wrapping key> -iv A65959A6 -in key.der -out wrapped.bin\n"
	cliWrap     = "key wrap {wraps:-m} --payload-filter key-reference={ref:-k} --wrapping-filter key-reference={ref:-w} --path {-out}"
	cliUnwrap   = "key unwrap {wraps:-m} --filter key-reference={ref:-w} --data-path {-f}"
	pkcsWrap    = "C_WrapKey({wrapckm:-m}; key {n:-w} wraps key {n:-k})"
	pkcsUnwrap  = "C_UnwrapKey({wrapckm:-m}; key {n:-w} opens {-f}; CKA_KEY_TYPE={ckk:-kt}, CKA_CLASS={cko:-kc}, " + pkcsPrivate + ")"
	wrapOptions = "[-m=7|8? --hash-function {oaep:-t} --mgf mgf1-{oaep:-t}][-m=10|11? --tag-length-bits {tag:-tag_size}][ --aad 0x{hexfile:-aad}]"
	unwrapNew   = " --key-type-class {kt:-kt} --label {-l}" + shared + approved + inSession
	unwrapUses  = unwrapNew + "[-kt=31? --attributes " + aesUses + "][-kt=21? --attributes encrypt=true decrypt=true sign=false verify=false]" +
		"[-kt=16? --attributes sign=false verify=false][-kt=0? --attributes " + rsaUses + "][-kt=3? --attributes sign=true]" + identified + held
)

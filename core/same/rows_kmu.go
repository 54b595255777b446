package same

import "slices"

const (
	key1    = "--filter key-reference={ref:-k}"
	signing = " --key-filter key-reference={ref:-k} --hash-function {hash:-m} --data-path {-f}"
	pssSalt = "[-m=5|6|7|8|9? --mgf mgf1-{hash:-m} --salt-length {salt:-m}]"
	dgstPSS = "[-m=5|6|7|8|9? -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:digest]"
)

// onlyKeys is why a token of key_mgmt_util without a key is nowhere.
const onlyKeys = "crypto users, and nobody else logs in at key_mgmt_util, get tokens for a key alone: -k names it"

// kmuRows are the commands of key_mgmt_util.
var kmuRows = slices.Concat(kmuKeys, []row{
	{path: "findKey", when: "-u", cli: "key list --verbose --max-items 100", differs: "the CLI has no filter for who may use a key: --verbose shows shared-users"},
	{path: "findKey", when: "type:-t=dsa|rc4", cli: none + "it knows no such keys", differs: "the CLI knows no such keys"},
	{path: "findKey",
		cli: "key list[{filter:-c}][ attr.class={class:-c}][ attr.key-type={type:-t}]" +
			"[ attr.label={-l}][ attr.id=0x{hexid:-id}][-sess=1? attr.token=false][-sess=0? attr.token=true][ attr.modulus=0x{modulus:-m}][ attr.check-value=0x{digits:-kcv}] --max-items 100",
		cmu:    "findAllKeys <user id> 0",
		pkcs11: "C_FindObjectsInit([{sought:-c}])\nC_FindObjects\nC_FindObjectsFinal",
		note:   "key_mgmt_util lists handles, the CLI references and labels, ten at a time unless asked otherwise."},
	{path: "findSingleKey", cli: "key list " + key1 + " --verbose", cmu: "getKeyInfo {n:-k}", pkcs11: "C_FindObjects",
		note: "The CLI says it in key-info: cluster-coverage is full or inconsistent."},
	{path: "getAttribute", when: "-a=512", cli: "key list --filter key-reference={ref:-o} --verbose", cmu: "getAttribute {n:-o} 512 {-out}",
		pkcs11: "C_GetAttributeValue(key {n:-o}; every attribute)", openssl: "openssl pkey -in private.pem -text -noout", differs: printed},
	{path: "getAttribute", when: "attr:-a",
		cli: "$ cloudhsm-cli key list --filter key-reference={ref:-o} --verbose | jq -r '.data.matched_keys | first | .attributes | .\"{attr:-a}\"' > {-out}",
		cmu: "getAttribute {n:-o} {n:-a} {-out}", pkcs11: "C_GetAttributeValue(key {n:-o}; {cka:-a})", openssl: "openssl pkey -in private.pem -text -noout", differs: printed,
		note: byEnvironment},
	{path: "getAttribute", cli: "key list --filter key-reference={ref:-o} --verbose", cmu: "getAttribute {n:-o} {n:-a} {-out}", pkcs11: "C_GetAttributeValue(key {n:-o})", differs: printed},
	{path: "setAttribute", cli: "key set-attribute --filter key-reference={ref:-o} --name token --value true",
		cmu: "setAttribute {n:-o} 1 1", pkcs11: none + "Client SDK 5 has no C_SetAttributeValue"},
	{path: "getKeyInfo", cli: "key list " + key1 + " --verbose", cmu: "getKeyInfo {n:-k}", note: "The CLI says it in key-info: key-owners, shared-users and key-quorum-values."},
	{path: "deleteKey", cli: "key delete " + key1, pkcs11: "C_DestroyObject(key {n:-k})", openssl: "rm private.pem"},

	{path: "sign", when: "signs:-m=ecdsa",
		cli:    "$ cloudhsm-cli crypto sign {signs:-m}" + signing + " | jq -r .data.signature | base64 -d > {-out}",
		pkcs11: "C_SignInit({signckm:-m}; key {n:-k})\nC_Sign", openssl: "openssl dgst -{hash:-m} -sign private.pem -out {-out} {-f}",
		differs: asDER, note: byEnvironment},
	{path: "sign",
		cli:    "$ cloudhsm-cli crypto sign {signs:-m}" + signing + pssSalt + " | jq -r .data.signature | base64 -d > {-out}",
		pkcs11: "C_SignInit({signckm:-m}; key {n:-k})\nC_Sign", openssl: "openssl dgst -{hash:-m} -sign private.pem" + dgstPSS + " -out {-out} {-f}",
		differs: "the CLI prints the signature in base64; at bash it becomes the same file", note: byEnvironment},
	{path: "verify", when: "signs:-m=ecdsa", cli: "crypto verify {signs:-m}" + signing + " --signature-path {-s}",
		pkcs11: "C_VerifyInit({signckm:-m}; key {n:-k})\nC_Verify", openssl: "openssl dgst -{hash:-m} -verify public.pem -signature {-s} {-f}",
		differs: asDER},
	{path: "verify", cli: "crypto verify {signs:-m}" + signing + " --signature-path {-s}" + pssSalt,
		pkcs11: "C_VerifyInit({signckm:-m}; key {n:-k})\nC_Verify", openssl: "openssl dgst -{hash:-m} -verify public.pem" + dgstPSS + " -signature {-s} {-f}"},
	{path: "aesWrapUnwrap", when: "-m=0", cli: "key unwrap aes-pkcs5-pad --filter key-reference={ref:-w} --key-type-class generic-secret --label {-f} --data-path {-f}",
		pkcs11:  "C_UnwrapKey(CKM_CLOUDHSM_AES_KEY_WRAP_PKCS5_PAD; key {n:-w} opens {-f})",
		openssl: "openssl enc -d -id-aes{bits:-w}-wrap -K <hex of the wrapping key> -iv {iv:-i} -in {-f} -out padded.bin\nhead -c -8 padded.bin > {out:-out}",
		differs: "the CLI makes a key of what it unwraps, and writes no file", note: eights},
	{path: "aesWrapUnwrap", cli: none + "it wraps keys, not files; bring the bytes in as a key, then key wrap aes-pkcs5-pad",
		pkcs11: "C_CreateObject(CKA_CLASS=CKO_SECRET_KEY, CKA_TOKEN=0, CKA_VALUE)\nC_WrapKey(CKM_CLOUDHSM_AES_KEY_WRAP_PKCS5_PAD; key {n:-w} wraps it)",
		openssl: "(cat {-f}; printf '\\010%.0s' 1 2 3 4 5 6 7 8) > padded.bin\n" +
			"openssl enc -e -id-aes{bits:-w}-wrap -K <hex of the wrapping key> -iv {iv:-i} -in padded.bin -out {out:-out}",
		differs: "the CLI wraps keys, not files", note: eights},
	{path: "getCaviumPrivKey", cli: "key generate-file --encoding reference-pem --path {-out} " + key1,
		openssl: "openssl req -engine cloudhsm -new -key {-out} -out web.csr"},
	{path: "IsValidKeyHandlefile", cli: none + "it has no command for it", openssl: "openssl pkey -in {-f} -check -noout",
		differs: "the CLI does not look into such files; OpenSSL fails on a reference"},
	{path: "extractMaskedObject", cli: "key replicate --filter key-reference={ref:-o} --source-cluster-id {here:} --destination-cluster-id {clone:}",
		cmu: "syncKey {n:-o} <server>", differs: collapsed},
	{path: "insertMaskedObject", cli: "key replicate --filter key-reference=<reference> --source-cluster-id {here:} --destination-cluster-id {clone:}",
		cmu: "syncKey <key handle> <server>", differs: collapsed},

	{path: "loginHSM", cli: "login --username {-s} --role {role:-u}[ --password {-p}]", cmu: "loginHSM {-u} {-s} [{-p}][-hpswd?-hpswd]",
		pkcs11: "C_OpenSession\nC_Login(CKU_USER; {-s} and the password, with a colon between them)", note: "In a script the CLI reads CLOUDHSM_ROLE and CLOUDHSM_PIN. Without --password it asks, as -hpswd does."},
	{path: "logoutHSM", cli: "logout", cmu: "logoutHSM", pkcs11: "C_Logout\nC_CloseSession"},
	{path: "loginStatus", cli: none + "it does not tell; while several clusters are configured the prompt does", cmu: "info server 0", pkcs11: "C_GetSessionInfo", differs: "the CLI has no command that says who is logged in"},
	{path: "listUsers", cli: "user list", cmu: "listUsers", note: "The CLI names users by name and role; it shows no ids."},
	{path: "getHSMInfo", cli: "cluster hsm-info", cmu: "getHSMInfo", pkcs11: "C_GetTokenInfo"},
	{path: "getPartitionInfo", cli: none + "it does not tell how full an HSM is", pkcs11: "C_GetTokenInfo", differs: "the CLI does not tell how full an HSM is"},
	{path: "getToken", when: "-k", cli: "quorum token-sign generate --service key-usage --filter key-reference={ref:-k} --token {-f}", cmu: "getToken {n:-s} {-u} {-f} {n:-k}", differs: tokenForm},
	{path: "getToken", cli: none + onlyKeys, cmu: none + onlyKeys, differs: onlyKeys},
	{path: "delToken", when: "-id", cli: none + "it deletes all of a user's, or of everybody", differs: "the CLI deletes no single token: quorum token-sign delete --scope user"},
	{path: "delToken", cli: none + onlyAdmins, cmu: "delToken", differs: onlyAdmins},
	{path: "approveToken", cli: none + handedIn, cmu: "approveToken {-f}", openssl: signToken, differs: handedIn},
	{path: "listTokens", cli: "quorum token-sign list", cmu: "listTokens"},
	{path: "getCert", cli: none + certs, cmu: "getCert {-f} [{n:-s}][{n:-t}]", openssl: "openssl x509 -in {-f} -text -noout", differs: certs},
	{path: "Error2String", cli: none + "its messages stand in its answers", pkcs11: "CKR_…, the value that each call returns", openssl: "openssl errstr <hex>", differs: "the CLI says what is wrong in its answer; at bash, explain {n:-r} tells more"},
	{path: "listAttributes", cli: none + "attributes have names there: key list --verbose shows them", cmu: "listAttributes", pkcs11: "CKA_…, the names of attributes", differs: "the CLI has names in place of numbers"},
	{path: "listECCCurveIds", cli: "help key generate-asymmetric-pair ec", pkcs11: "CKA_EC_PARAMS, the curve by its object identifier", openssl: "openssl ecparam -list_curves", differs: "the CLI names its curves in the help"},
	{path: helpWord, cli: "help", cmu: "help", openssl: "openssl help"},
	{path: "exit", cli: "quit", cmu: "quit", pkcs11: "C_Finalize"},
	{path: "quit", cli: "quit", cmu: "quit", pkcs11: "C_Finalize"},
})

const (
	asDER         = "key_mgmt_util and OpenSSL have ECDSA signatures as DER, the CLI and PKCS#11 as the two numbers side by side"
	byEnvironment = "Each line of the CLI at bash logs in for itself, by CLOUDHSM_ROLE=crypto-user and CLOUDHSM_PIN=<user>:<password>."
	handedIn      = "the signatures are put into the token file, and --approval hands it in with the command that they are for"
	signToken     = "openssl pkeyutl -sign -inkey approver.pem -pkeyopt digest:sha256 -in token.digest -out token.sig"
)

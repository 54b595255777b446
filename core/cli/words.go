package cli

import (
	"slices"
	"strings"

	"hsmplay/core/command"
)

// says are lines that guides print and this tool does not have, and the words of the older tools
// and of PKCS#11 for what it does (spec/cloudhsm-cli.md 6.1, 6.2).
var says = []command.Saying{
	{Said: "exit, bye, :q, exit(), quit(), q", Line: "quit"},
	{Said: "?, commands, man, usage", Line: "help"},

	{Said: "cluster identify, cluster info, cluster list", Line: "cluster hsm-info"},
	{Said: "cluster describe, cluster status, hsm list, hsm info", Line: "cluster hsm-info"},
	{Said: "key describe, key info, key show, key get", Line: "key list --verbose"},
	{Said: "key get-attribute, key attributes", Line: "key list --verbose"},
	{Said: "key find, key search, keys, list keys", Line: "key list"},
	{Said: "key generate-aes, key generate aes", Line: "key generate-symmetric aes"},
	{Said: "key generate-symmetric-key, key create", Line: "key generate-symmetric aes"},
	{Said: "key generate", Line: "key generate-symmetric aes"},
	{Said: "key generate-rsa, key generate rsa", Line: "key generate-asymmetric-pair rsa"},
	{Said: "key generate-asymmetric rsa", Line: "key generate-asymmetric-pair rsa"},
	{Said: "key generate-pair rsa", Line: "key generate-asymmetric-pair rsa"},
	{Said: "key generate-ec, key generate ec", Line: "key generate-asymmetric-pair ec"},
	{Said: "key generate-asymmetric ec", Line: "key generate-asymmetric-pair ec"},
	{Said: "key generate-pair ec", Line: "key generate-asymmetric-pair ec"},
	{Said: "crypto sign ecdsa-*, crypto sign CKM_ECDSA*", Line: "crypto sign ecdsa"},
	{Said: "crypto sign CKM_ECDSA, crypto sign ec, key sign", Line: "crypto sign ecdsa"},
	{Said: "sign ecdsa", Line: "crypto sign ecdsa"},
	{Said: "crypto sign RSASSA_PSS*, crypto sign pss", Line: "crypto sign rsa-pkcs-pss"},
	{Said: "crypto sign rsa-pss", Line: "crypto sign rsa-pkcs-pss"},
	{Said: "crypto sign RSASSA_PKCS1*, crypto sign rsa", Line: "crypto sign rsa-pkcs"},
	{Said: "sign rsa-pkcs", Line: "crypto sign rsa-pkcs"},
	{Said: "crypto verify ecdsa-*, crypto verify ec, key verify", Line: "crypto verify ecdsa"},
	{Said: "verify ecdsa", Line: "crypto verify ecdsa"},
	{Said: "crypto verify RSASSA_PSS*, crypto verify pss", Line: "crypto verify rsa-pkcs-pss"},
	{Said: "crypto verify rsa-pss", Line: "crypto verify rsa-pkcs-pss"},
	{Said: "crypto verify RSASSA_PKCS1*, crypto verify rsa", Line: "crypto verify rsa-pkcs"},
	{Said: "verify rsa-pkcs", Line: "crypto verify rsa-pkcs"},
	{Said: "crypto sign eddsa", Line: "crypto sign ed25519"},
	{Said: "crypto verify eddsa", Line: "crypto verify ed25519"},
	{Said: "key export", Line: "key generate-file"},
	{Said: "key remove", Line: "key delete"},
	{Said: "key import-pem", Line: "key import pem"},
	{Said: "user add", Line: "user create"},
	{Said: "user remove", Line: "user delete"},
	{Said: "user show, user info, whoami, who, users, list users", Line: "user list"},
	{Said: "passwd, chpasswd", Line: "user change-password"},
	{Said: "useradd, adduser", Line: "user create"},
	{Said: "userdel, deluser", Line: "user delete"},
	{Said: "su", Line: "login"},
	{Said: "user password, user unlock", Line: "user change-password"},
	{Said: "wrap aes-gcm", Line: "key wrap aes-gcm"},
	{Said: "unwrap aes-gcm", Line: "key unwrap aes-gcm"},
	{Said: "quorum token-sign sign, quorum token-sign submit", Line: "quorum token-sign list"},
	{Said: "quorum list, quorum token-sign list-timeouts", Line: "quorum token-sign list"},
	{Said: "logoff", Line: "logout"},
	{Said: "signin, logon", Line: "login"},

	{Said: "loginHSM, C_Login", Line: "login"},
	{Said: "logoutHSM", Line: "logout"},
	{Said: "listUsers", Line: "user list"},
	{Said: "getHSMInfo", Line: "cluster hsm-info"},
	{Said: "genSymKey -t 16", Line: "key generate-symmetric generic-secret"},
	{Said: "genSymKey, C_GenerateKey", Line: "key generate-symmetric aes"},
	{Said: "genECCKeyPair, C_GenerateKeyPair", Line: "key generate-asymmetric-pair ec"},
	{Said: "genRSAKeyPair", Line: "key generate-asymmetric-pair rsa"},
	{Said: "findKey, findAllKeys, C_FindObjects", Line: "key list"},
	{Said: "findSingleKey, getKeyInfo, getAttribute", Line: "key list --verbose"},
	{Said: "setAttribute", Line: "key set-attribute"},
	{Said: "deleteKey, C_DestroyObject", Line: "key delete"},
	{Said: "shareKey", Line: "key share"},
	{Said: "importPubKey", Line: "key import pem"},
	{Said: "exportPubKey", Line: "key generate-file --encoding pem"},
	{Said: "getCaviumPrivKey", Line: "key generate-file --encoding reference-pem"},
	{Said: "wrapKey", Line: "key wrap aes-gcm"},
	{Said: "unWrapKey", Line: "key unwrap aes-gcm"},
	{Said: "sign, C_Sign", Line: "crypto sign ecdsa"},
	{Said: "verify", Line: "crypto verify ecdsa"},
	{Said: "createUser", Line: "user create"},
	{Said: "deleteUser", Line: "user delete"},
	{Said: "changePswd", Line: "user change-password"},
	{Said: "registerQuorumPubKey", Line: "user change-quorum token-sign register"},
	{Said: "setMValue", Line: "quorum token-sign set-quorum-value"},
	{Said: "getMValue", Line: "quorum token-sign list-quorum-values"},
	{Said: "getToken", Line: "quorum token-sign generate"},
	{Said: "listTokens", Line: "quorum token-sign list"},
	{Said: "delToken", Line: "quorum token-sign delete"},
	{Said: "extractMaskedObject, syncKey", Line: "key replicate"},
	{Said: "syncUser", Line: "user replicate"},
}

// saysTo are the sayings of the tool at its prompt, or as a program of bash, whose mode they begin too.
func saysTo(lead string) []command.Saying {
	if lead == "" {
		return says
	}
	return append(slices.Clip(says), command.Saying{Said: "-i, --interactive, --shell, shell, repl, console, prompt", Line: interactive.Name})
}

// called are other words for options and values: those of guides, and of the older tools.
var called = []command.Calling{
	{Option: "--username", Words: "user name s u user-name login"},
	{Option: "--role", Words: "type user-type t usertype r"},
	{Option: "--password", Words: "pwd passwd pass pw pin p password-stdin"},
	{Option: "--label", Words: "l name key-label title alias"},
	{Option: "--key-length-bytes", Words: "key-size size s length key-length bytes key-size-bytes key-length-in-bytes key-spec keyspec spec algorithm value-len"},
	{Option: "--key-length-bytes", Words: "key-size-in-bits bits key-size-bits key-length-bits key-length-in-bits size-bits size-in-bits", Per: 8},
	{Option: "--modulus-size-bits", Words: "key-size-in-bits key-size size m modulus bits modulus-size key-size-bits key-length-bits key-length modulus-bits key-spec keyspec spec algorithm rsa-keygen-bits"},
	{Option: "--public-label", Words: "label l name pub-label public-name"},
	{Option: "--private-label", Words: "priv-label private-name"},
	{Option: "--mldsa-algorithm", Words: "algorithm key-spec keyspec spec parameter-set ml-dsa-algorithm variant level"},
	{Option: "--public-exponent", Words: "e exponent"},
	{Option: "--curve", Words: "i curve-id ec-curve curve-name named-curve curve-type name ec-paramgen-curve key-spec keyspec spec algorithm crv"},
	{Command: keySetAttribute.Name, Option: "--name", Words: "attribute attributes attr a n attribute-name"},
	{Command: keySetAttribute.Name, Option: "--value", Words: "v val to attribute-value"},
	{Option: "--filter", Words: "k o key handle key-reference key-handle attr"},
	{Option: "--key-filter", Words: "filter k key handle key-reference"},
	{Option: "--payload-filter", Words: "filter k key payload"},
	{Option: "--wrapping-filter", Words: "w wrapper wrapping-key kek"},
	{Option: "--path", Words: "out output o file f"},
	{Option: "--data-path", Words: "f file in input message"},
	{Option: "--signature-path", Words: "s sig signature-file"},
	{Option: "--hash-function", Words: "hash digest algorithm mechanism m hash-algorithm digest-algorithm signing-algorithm md"},
	{Option: "--max-items", Words: "limit max n count max-results"},
	{Option: "--verbose", Words: "long all detailed"},
	{Option: "--cluster-id", Words: "cluster c"},
	{Option: "--share-crypto-users", Words: "share users u share-with"},
	{Option: "--key-type-class", Words: "key-type type kt"},
	{Option: "--service", Words: "type s service-name for"},
	{Option: "--token", Words: "file f out output path token-file"},
	{Option: "--approval", Words: "quorum-token signed-token token"},
	{Option: "--scope", Value: "all", Words: "al a everything every any cluster"},
	{Option: "--scope", Value: "user", Words: "own mine me my self one"},
	{Command: keySetAttribute.Name, Option: "--value", Value: "true", Words: "1 yes y on t enable enabled ture treu tru"},
	{Command: keySetAttribute.Name, Option: "--value", Value: "false", Words: "0 no n off f disable disabled flase fasle fals"},
	{Option: "--role", Value: cryptoUser, Words: "cu crypto_user cryptouser user"},
	{Option: "--role", Value: admin, Words: "co crypto-officer pco officer"},
	{Option: "--curve", Value: "secp256r1", Words: "p256 p-256 nistp256 2 ecc-nist-p256 es256"},
	{Option: "--curve", Value: "secp384r1", Words: "p384 p-384 nistp384 14 ecc-nist-p384 es384"},
	{Option: "--curve", Value: "secp521r1", Words: "p521 p-521 nistp521 15 ecc-nist-p521 es512"},
	{Option: "--curve", Value: "secp224r1", Words: "p224 p-224 nistp224 13 ecc-nist-p224"},
	{Option: "--curve", Value: "secp256k1", Words: "k256 bitcoin 16 ecc-secg-p256k1 es256k"},
	{Option: "--curve", Value: "ed25519", Words: "eddsa edwards25519 ecc-nist-edwards25519"},
	{Option: "--mldsa-algorithm", Value: "ML-DSA-44", Words: "44 dilithium2 mldsa-44"},
	{Option: "--mldsa-algorithm", Value: "ML-DSA-65", Words: "65 dilithium3 mldsa-65"},
	{Option: "--mldsa-algorithm", Value: "ML-DSA-87", Words: "87 dilithium5 mldsa-87"},
	{Option: "--hash-function", Value: "sha256", Words: "sha-256 sha2 es256 rs256 ps256 ecdsa-sha256 ecdsa-sha-256 sha256-rsa-pkcs sha256-rsa-pkcs-pss rsassa-pss-sha-256 rsassa-pkcs1-v1-5-sha-256"},
	{Option: "--hash-function", Value: "sha384", Words: "sha-384 es384 rs384 ps384 ecdsa-sha384 ecdsa-sha-384 sha384-rsa-pkcs sha384-rsa-pkcs-pss rsassa-pss-sha-384 rsassa-pkcs1-v1-5-sha-384"},
	{Option: "--hash-function", Value: "sha512", Words: "sha-512 es512 rs512 ps512 ecdsa-sha512 ecdsa-sha-512 sha512-rsa-pkcs sha512-rsa-pkcs-pss rsassa-pss-sha-512 rsassa-pkcs1-v1-5-sha-512"},
	{Option: "--hash-function", Value: "sha224", Words: "sha-224 ecdsa-sha224 sha224-rsa-pkcs sha224-rsa-pkcs-pss"},
	{Option: "--hash-function", Value: "sha1", Words: "sha-1 sha ecdsa-sha1 sha1-rsa-pkcs"},
}

// inSDKs is who does with the keys what this tool does not.
const inSDKs = "the libraries of Client SDK 5 (PKCS#11, JCE, OpenSSL) do that with the same keys"

// absent is what the tool does not do (spec/cloudhsm-cli.md 2.0).
var absent = []command.Absence{
	{Words: "encrypt enc encryption decrypt dec decryption", What: "encrypt or decrypt data", Where: inSDKs},
	{Words: "derive derivation kdf agree agreement ecdh", What: "derive keys", Where: inSDKs},
	{Words: "hmac mac cmac gmac", What: "compute a MAC", Where: inSDKs},
	{Words: "digest hash sha256 sha384 sha512", What: "hash data", Where: "`openssl dgst` in bash does, and `crypto sign` hashes what it signs"},
	{Words: "random rand getrandom generate-random", What: "print random bytes", Where: "keys are random as they are made, and `openssl rand` in bash prints bytes"},
	{Words: "cert certificate certificates get-cert attest attestation", What: "show certificates or attest", Where: "the certificates of a cluster come from `describe-clusters` of the AWS CLI"},
	{Words: "des3 3des des generate-des3", What: "make 3DES keys", Where: "PKCS#11 makes them on clusters outside FIPS mode"},
}

// The lines that make what a filter selects.
const (
	makesAES  = "key generate-symmetric aes --label wrapper --key-length-bytes 32 --attributes wrap=true unwrap=true"
	makesRSA  = "key generate-asymmetric-pair rsa --public-label pub --private-label priv --modulus-size-bits 2048 --public-exponent 65537 "
	makesPair = "key generate-asymmetric-pair ec --public-label pub --private-label priv --curve secp384r1 --public-attributes verify=true --private-attributes sign=true"
	wrapsRSA  = makesRSA + "--public-attributes wrap=true --private-attributes unwrap=true"
	signsRSA  = makesRSA + "--public-attributes verify=true --private-attributes sign=true"
)

// makes is how what the blanks take is made.
var makes = []command.Making{
	{Option: "--filter", What: "a key", Line: "key generate-symmetric aes --label mykey --key-length-bytes 32"},
	{Option: "--payload-filter", What: "a key", Line: "key generate-symmetric aes --label mykey --key-length-bytes 32"},
	{Command: "key delete", Option: "--filter"}, // which key goes, the learner says
	{Command: "key generate-file", Option: "--filter", What: "a key of a pair", Line: makesPair},
	{Option: "--destination-cluster-id", What: "a clone, which hsm clone makes and configure-cli add-cluster adds to the configuration"},
	{Option: "--data-path", What: "a file", Shell: "echo hello > message.txt"},
	{Option: "--wrapping-filter", What: "a key that wraps", Line: makesAES},
	{Command: "key wrap rsa-aes", Option: "--wrapping-filter", What: "an RSA key that wraps", Line: wrapsRSA},
	{Command: "key wrap rsa-oaep", Option: "--wrapping-filter", What: "an RSA key that wraps", Line: wrapsRSA},
	{Command: "key unwrap rsa-aes", Option: "--filter", What: "an RSA key that unwraps", Line: wrapsRSA},
	{Command: "key unwrap rsa-oaep", Option: "--filter", What: "an RSA key that unwraps", Line: wrapsRSA},
	{Command: "key unwrap", Option: "--filter", What: "a key that unwraps", Line: makesAES},
	{Command: "key unwrap", Option: "--data-path", What: "a file with a wrapped key, which key wrap makes"},
	{Command: "key import pem", Option: "--path", What: "a file with a public key in PEM, which openssl ec -pubout or openssl rsa -pubout makes"},
	{Option: "--signature-path", What: "a file with a signature"},
	{Command: "crypto sign ecdsa", Option: "--key-filter", What: "an EC key that signs", Line: makesPair},
	{Command: "crypto verify ecdsa", Option: "--key-filter", What: "an EC key that verifies", Line: makesPair},
	{Command: "crypto sign rsa-pkcs", Option: "--key-filter", What: "an RSA key that signs", Line: signsRSA},
	{Command: "crypto sign rsa-pkcs-pss", Option: "--key-filter", What: "an RSA key that signs", Line: signsRSA},
	{Command: "crypto verify rsa-pkcs", Option: "--key-filter", What: "an RSA key that verifies", Line: signsRSA},
	{Command: "crypto verify rsa-pkcs-pss", Option: "--key-filter", What: "an RSA key that verifies", Line: signsRSA},
}

// Guides are the lines of guides that begin as this tool's own do: whoever types one elsewhere means
// this tool.
func Guides() (lines []command.Saying) {
	own := Words()
	for row := range command.Ways(says) {
		if first, _, more := strings.Cut(row.Said, " "); more && slices.Contains(own, first) {
			lines = append(lines, row)
		}
	}
	return lines
}

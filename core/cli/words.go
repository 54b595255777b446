package cli

import (
	"slices"
	"strings"

	"hsmplay/core/command"
)

// says are lines that guides print and this tool does not have, and the words of the older tools
// and of PKCS#11 for what it does (spec/cloudhsm-cli.md 6.1, 6.2).
var says = []command.Saying{
	{Said: "exit", Line: "quit"}, {Said: "bye", Line: "quit"}, {Said: ":q", Line: "quit"}, {Said: "exit()", Line: "quit"}, {Said: "quit()", Line: "quit"}, {Said: "q", Line: "quit"},
	{Said: "?", Line: "help"}, {Said: "commands", Line: "help"}, {Said: "man", Line: "help"}, {Said: "usage", Line: "help"},

	{Said: "cluster identify", Line: "cluster hsm-info"}, {Said: "cluster info", Line: "cluster hsm-info"}, {Said: "cluster list", Line: "cluster hsm-info"},
	{Said: "cluster describe", Line: "cluster hsm-info"}, {Said: "cluster status", Line: "cluster hsm-info"}, {Said: "hsm list", Line: "cluster hsm-info"}, {Said: "hsm info", Line: "cluster hsm-info"},
	{Said: "key describe", Line: "key list --verbose"}, {Said: "key info", Line: "key list --verbose"}, {Said: "key show", Line: "key list --verbose"},
	{Said: "key get", Line: "key list --verbose"}, {Said: "key find", Line: "key list"}, {Said: "key search", Line: "key list"},
	{Said: "key get-attribute", Line: "key list --verbose"}, {Said: "key attributes", Line: "key list --verbose"},
	{Said: "key generate-aes", Line: "key generate-symmetric aes"}, {Said: "key generate aes", Line: "key generate-symmetric aes"},
	{Said: "key generate-symmetric-key", Line: "key generate-symmetric aes"}, {Said: "key create", Line: "key generate-symmetric aes"},
	{Said: "key generate", Line: "key generate-symmetric aes"}, {Said: "key generate-rsa", Line: "key generate-asymmetric-pair rsa"},
	{Said: "key generate rsa", Line: "key generate-asymmetric-pair rsa"}, {Said: "key generate-ec", Line: "key generate-asymmetric-pair ec"},
	{Said: "key generate ec", Line: "key generate-asymmetric-pair ec"}, {Said: "key generate-asymmetric ec", Line: "key generate-asymmetric-pair ec"},
	{Said: "key generate-asymmetric rsa", Line: "key generate-asymmetric-pair rsa"}, {Said: "key generate-pair ec", Line: "key generate-asymmetric-pair ec"},
	{Said: "key generate-pair rsa", Line: "key generate-asymmetric-pair rsa"},
	{Said: "key export", Line: "key generate-file"}, {Said: "key remove", Line: "key delete"}, {Said: "key import-pem", Line: "key import pem"},
	{Said: "user add", Line: "user create"}, {Said: "user remove", Line: "user delete"}, {Said: "user show", Line: "user list"}, {Said: "user info", Line: "user list"},
	{Said: "user password", Line: "user change-password"}, {Said: "user unlock", Line: "user change-password"},
	{Said: "sign ecdsa", Line: "crypto sign ecdsa"}, {Said: "verify ecdsa", Line: "crypto verify ecdsa"}, {Said: "sign rsa-pkcs", Line: "crypto sign rsa-pkcs"},
	{Said: "verify rsa-pkcs", Line: "crypto verify rsa-pkcs"}, {Said: "wrap aes-gcm", Line: "key wrap aes-gcm"}, {Said: "unwrap aes-gcm", Line: "key unwrap aes-gcm"},
	{Said: "quorum token-sign sign", Line: "quorum token-sign list"}, {Said: "quorum token-sign submit", Line: "quorum token-sign list"},
	{Said: "quorum list", Line: "quorum token-sign list"}, {Said: "quorum token-sign list-timeouts", Line: "quorum token-sign list"},
	{Said: "whoami", Line: "user list"}, {Said: "users", Line: "user list"}, {Said: "keys", Line: "key list"}, {Said: "list keys", Line: "key list"},
	{Said: "list users", Line: "user list"}, {Said: "logoff", Line: "logout"}, {Said: "signin", Line: "login"}, {Said: "logon", Line: "login"},

	{Said: "loginHSM", Line: "login"}, {Said: "logoutHSM", Line: "logout"}, {Said: "listUsers", Line: "user list"}, {Said: "getHSMInfo", Line: "cluster hsm-info"},
	{Said: "genSymKey -t 16", Line: "key generate-symmetric generic-secret"}, {Said: "genSymKey", Line: "key generate-symmetric aes"},
	{Said: "genECCKeyPair", Line: "key generate-asymmetric-pair ec"}, {Said: "genRSAKeyPair", Line: "key generate-asymmetric-pair rsa"},
	{Said: "findKey", Line: "key list"}, {Said: "findSingleKey", Line: "key list --verbose"}, {Said: "findAllKeys", Line: "key list"},
	{Said: "getKeyInfo", Line: "key list --verbose"}, {Said: "getAttribute", Line: "key list --verbose"}, {Said: "setAttribute", Line: "key set-attribute"},
	{Said: "deleteKey", Line: "key delete"}, {Said: "shareKey", Line: "key share"}, {Said: "importPubKey", Line: "key import pem"},
	{Said: "exportPubKey", Line: "key generate-file --encoding pem"}, {Said: "getCaviumPrivKey", Line: "key generate-file --encoding reference-pem"},
	{Said: "wrapKey", Line: "key wrap aes-gcm"}, {Said: "unWrapKey", Line: "key unwrap aes-gcm"}, {Said: "sign", Line: "crypto sign ecdsa"}, {Said: "verify", Line: "crypto verify ecdsa"},
	{Said: "createUser", Line: "user create"}, {Said: "deleteUser", Line: "user delete"}, {Said: "changePswd", Line: "user change-password"},
	{Said: "registerQuorumPubKey", Line: "user change-quorum token-sign register"}, {Said: "setMValue", Line: "quorum token-sign set-quorum-value"},
	{Said: "getMValue", Line: "quorum token-sign list-quorum-values"}, {Said: "getToken", Line: "quorum token-sign generate"},
	{Said: "listTokens", Line: "quorum token-sign list"}, {Said: "delToken", Line: "quorum token-sign delete"},
	{Said: "extractMaskedObject", Line: "key replicate"}, {Said: "syncKey", Line: "key replicate"}, {Said: "syncUser", Line: "user replicate"},
	{Said: "C_FindObjects", Line: "key list"}, {Said: "C_GenerateKey", Line: "key generate-symmetric aes"}, {Said: "C_GenerateKeyPair", Line: "key generate-asymmetric-pair ec"},
	{Said: "C_Login", Line: "login"}, {Said: "C_Sign", Line: "crypto sign ecdsa"}, {Said: "C_DestroyObject", Line: "key delete"},
}

// called are other words for options and values: those of guides, and of the older tools.
var called = []command.Calling{
	{Option: "--username", Words: "user name s u user-name login"},
	{Option: "--role", Words: "type user-type t usertype"},
	{Option: "--password", Words: "pwd passwd pass pw pin p password-stdin"},
	{Option: "--label", Words: "l name key-label title alias"},
	{Option: "--key-length-bytes", Words: "key-size-in-bits key-size size s length key-length bits bytes"},
	{Option: "--modulus-size-bits", Words: "key-size-in-bits key-size size m modulus bits modulus-size"},
	{Option: "--public-exponent", Words: "e exponent"},
	{Option: "--curve", Words: "i curve-id ec-curve"},
	{Option: "--filter", Words: "k o key handle key-reference key-handle attr"},
	{Option: "--key-filter", Words: "filter k key handle key-reference"},
	{Option: "--payload-filter", Words: "filter k key payload"},
	{Option: "--wrapping-filter", Words: "w wrapper wrapping-key kek"},
	{Option: "--path", Words: "out output o file f"},
	{Option: "--data-path", Words: "f file in input message"},
	{Option: "--signature-path", Words: "s sig signature-file"},
	{Option: "--hash-function", Words: "hash digest algorithm mechanism m"},
	{Option: "--max-items", Words: "limit max n count max-results"},
	{Option: "--verbose", Words: "long all detailed"},
	{Option: "--cluster-id", Words: "cluster c"},
	{Option: "--share-crypto-users", Words: "share users u share-with"},
	{Option: "--key-type-class", Words: "key-type type kt"},
	{Option: "--approval", Words: "quorum-token signed-token token"},
	{Option: "--role", Value: cryptoUser, Words: "cu crypto_user cryptouser user"},
	{Option: "--role", Value: admin, Words: "co crypto-officer pco officer"},
	{Option: "--curve", Value: "secp256r1", Words: "p256 p-256 nistp256 2"},
	{Option: "--curve", Value: "secp384r1", Words: "p384 p-384 nistp384 14"},
	{Option: "--curve", Value: "secp521r1", Words: "p521 p-521 nistp521 15"},
	{Option: "--curve", Value: "secp224r1", Words: "p224 p-224 nistp224 13"},
	{Option: "--curve", Value: "secp256k1", Words: "k256 bitcoin 16"},
	{Option: "--hash-function", Value: "sha256", Words: "sha-256 sha2"},
	{Option: "--hash-function", Value: "sha384", Words: "sha-384"}, {Option: "--hash-function", Value: "sha512", Words: "sha-512"},
	{Option: "--hash-function", Value: "sha1", Words: "sha-1 sha"},
}

// makes is how what the blanks take is made.
var makes = []command.Making{
	{Option: "--key-filter", What: "a key", Line: "key generate-asymmetric-pair ec --public-label pub --private-label priv --curve secp384r1 --public-attributes verify=true --private-attributes sign=true"},
	{Option: "--filter", What: "a key", Line: "key generate-symmetric aes --label mykey --key-length-bytes 32"},
	{Command: "key delete", Option: "--filter"}, // which key goes, the learner says
	{Option: "--data-path", What: "a file", Shell: "echo hello > message.txt"},
	{Option: "--wrapping-filter", What: "a key that wraps", Line: "key generate-symmetric aes --label wrapper --key-length-bytes 32 --attributes wrap=true unwrap=true"},
}

// Guides are the lines of guides that begin as this tool's own do: whoever types one elsewhere means
// this tool.
func Guides() (lines []command.Saying) {
	own := Words()
	for _, row := range says {
		if first, _, more := strings.Cut(row.Said, " "); more && slices.Contains(own, first) {
			lines = append(lines, row)
		}
	}
	return lines
}

package same

import "strings"

// The tables of numbers and names (spec/cloudhsm-cli.md 6.4). Each row has the number of
// key_mgmt_util, the name of the CLI, and what else the columns say.
const (
	number = iota
	name
	ckm
)

// Columns that single tables have.
const (
	hash  = 2 // of signings
	size  = 2 // of hashes, in bytes
	oid   = 2 // of curves, as CKA_EC_PARAMS
	class = 2 // of arrivals
)

// curves by the names that the CLI takes; key_mgmt_util's numbers are its own table's.
var curves = [][3]string{
	{"", "prime256v1", "06082A8648CE3D030107"}, {"", "secp384r1", "06052B81040022"}, {"", "secp256k1", "06052B8104000A"},
	{"", "secp224r1", "06052B81040021"}, {"", "secp521r1", "06052B81040023"}, {"", "secp256r1", "06082A8648CE3D030107"},
}

// signings are the mechanisms of sign -m.
var signings = [][3]string{
	{"0", "rsa-pkcs", "sha1"}, {"1", "rsa-pkcs", "sha256"}, {"2", "rsa-pkcs", "sha384"}, {"3", "rsa-pkcs", "sha512"}, {"4", "rsa-pkcs", "sha224"},
	{"5", "rsa-pkcs-pss", "sha1"}, {"6", "rsa-pkcs-pss", "sha256"}, {"7", "rsa-pkcs-pss", "sha384"}, {"8", "rsa-pkcs-pss", "sha512"},
	{"9", "rsa-pkcs-pss", "sha224"}, {"15", "ecdsa", "sha1"}, {"16", "ecdsa", "sha224"}, {"17", "ecdsa", "sha256"}, {"18", "ecdsa", "sha384"},
	{"19", "ecdsa", "sha512"},
}

// wrappings are the mechanisms of wrapKey -m.
var wrappings = [][3]string{
	{"4", "aes-pkcs5-pad", "CKM_CLOUDHSM_AES_KEY_WRAP_PKCS5_PAD"}, {"5", "aes-no-pad", "CKM_CLOUDHSM_AES_KEY_WRAP_NO_PAD"},
	{"6", "aes-zero-pad", "CKM_CLOUDHSM_AES_KEY_WRAP_ZERO_PAD"}, {"7", "rsa-aes", "CKM_RSA_AES_KEY_WRAP"},
	{"8", "rsa-oaep", "CKM_RSA_PKCS_OAEP"}, {"10", "aes-gcm", "CKM_AES_GCM"}, {"11", "cloudhsm-aes-gcm", "CKM_CLOUDHSM_AES_GCM"},
	{"12", "rsa-pkcs", "CKM_RSA_PKCS"},
}

// hashes by the numbers of wrapKey -t.
var hashes = [][3]string{{"2", "sha1", "20"}, {"3", "sha256", "32"}, {"4", "sha384", "48"}, {"5", "sha512", "64"}, {"6", "sha224", "28"}}

// classes and types of keys.
var (
	classes = [][3]string{{"2", "public-key", "CKO_PUBLIC_KEY"}, {"3", "private-key", "CKO_PRIVATE_KEY"}, {"4", "secret-key", "CKO_SECRET_KEY"}}
	types   = [][3]string{{"0", "rsa", "CKK_RSA"}, {"1", "dsa", "CKK_DSA"}, {"3", "ec", "CKK_EC"}, {"16", "generic-secret", "CKK_GENERIC_SECRET"},
		{"18", "rc4", "CKK_RC4"}, {"21", "des3", "CKK_DES3"}, {"31", "aes", "CKK_AES"}}
)

// arrivals are the types of keys that unwrapping makes, with their class.
var arrivals = [][3]string{{"0", "rsa-private", "3"}, {"3", "ec-private", "3"}, {"16", "generic-secret", "4"}, {"21", "des3", "4"}, {"31", "aes", "4"}}

// services of a quorum by the numbers of cloudhsm_mgmt_util.
var services = [][3]string{{"3", "user", ""}, {"4", "quorum", ""}}

// column is a column of the first row in which another one has a value, "" for none; further values
// are tried where the first is empty or in no row.
func column(table [][3]string, want, by int, values ...string) string {
	for _, value := range values {
		for _, row := range table {
			if value != "" && row[by] == value {
				return row[want]
			}
		}
	}
	return ""
}

// signingNumbered is the row of a number of sign -m.
func signingNumbered(n string) (row [3]string) {
	for _, row := range signings {
		if row[number] == n {
			return row
		}
	}
	return row
}

// signingNumber is the number of sign -m for a mechanism and a hash, "" for none.
func signingNumber(method, digest string) string {
	for _, row := range signings {
		if row[name] == method && row[hash] == digest {
			return row[number]
		}
	}
	return ""
}

// signingCKM is the mechanism of PKCS#11 for a row of signings.
func signingCKM(row [3]string) string {
	digest := strings.ToUpper(row[hash])
	switch row[name] {
	case "rsa-pkcs":
		return "CKM_" + digest + "_RSA_PKCS"
	case "rsa-pkcs-pss":
		return "CKM_" + digest + "_RSA_PKCS_PSS"
	case "ecdsa":
		return "CKM_ECDSA_" + digest
	}
	return ""
}

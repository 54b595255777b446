package kmu

import (
	"hsmplay/core/command"
)

var wrapKey = command.Spec[*Tool]{Name: "wrapKey", Summary: "Wraps a key from from HSM using the specified handle",
	Means: "writes an encrypted copy of a key of yours to a file",
	Params: []command.Param{
		{Flag: "-k", Value: "exported key handle", Kind: command.Handle, Help: "specifies the handle of the key to wrap",
			Means: "a secret or private key of yours that is extractable"},
		{Flag: "-w", Value: "wrapping key handle", Kind: command.Handle, Help: "specifies the wrapping key handle",
			Means: "the key that encrypts: an AES key, or an RSA public key for 7, 8 and 12"},
		{Flag: "-out", Value: "output file", Kind: command.Output, Example: "wrapped.key", Help: "specifies the file to write the wrapped key",
			Means: "the file to write; an old one is overwritten"},
		mechanismParam, aadParam, hashParam, noHeaderParam,
		{Flag: "-i", Value: "wrapping IV", Kind: command.Hex, Optional: true, Needs: "-noheader", Example: "A6A6A6A6A6A6A6A6",
			Help: "specifies the wrapping IV in hexadecimal", Means: "only A6A6A6A6A6A6A6A6, for 4 and 5 with -noheader"},
		{Flag: "-iv_file", Value: "IV file", Kind: command.Output, Optional: true, Needs: "-noheader", Example: "iv.bin",
			Help: "specifies the file to write the IV", Means: "the file to write the IV to, for 10 with -noheader"},
		tagSizeParam},
	Run: (*Tool).later}

var unWrapKey = command.Spec[*Tool]{Name: "unWrapKey", Summary: "UnWraps a key into HSM using the specified handle",
	Means: "brings an encrypted key from a file into the HSM",
	Params: []command.Param{
		{Flag: "-f", Value: "key file name", Kind: command.Path, Example: "wrapped.key", Help: "specifies the file containing the wrapped key",
			Means: "a file that wrapKey wrote, or one from elsewhere with -noheader"},
		{Flag: "-w", Value: "wrapper key handle", Kind: command.Handle, Help: "specifies the wrapping key handle",
			Means: "the key that decrypts: the AES key that wrapped, or the RSA private key"},
		mechanismParam, sessParam, attestParam, serversParam, timeoutParam, aadParam, tagSizeParam,
		{Flag: "-iv_file", Value: "IV file", Kind: command.Path, Optional: true, Needs: "-noheader", Example: "iv.bin",
			Help: "specifies the file that contains the IV", Means: "the file with the IV, for 10 with -noheader"},
		hashParam, nexParam, usersParam, mValueParam, noHeaderParam,
		{Flag: "-l", Value: "key label", Max: labelParam.Max, Optional: true, Help: "specifies the label of the key, with -noheader",
			Means: "a name for people, with -noheader"},
		{Flag: "-id", Value: "key ID", Optional: true, Help: "specifies the key ID, with -noheader",
			Means: "a name for programs, with -noheader"},
		{Flag: "-kt", Value: "key type", Kind: command.Choices, Optional: true,
			Help:  "specifies the key type, with -noheader (0 = RSA, 1 = DSA, 3 = ECC, 16 = GENERIC_SECRET, 21 = DES3, 31 = AES)",
			Means: "what type of key the file holds, with -noheader", Values: wrappedTypes},
		{Flag: "-kc", Value: "key class", Kind: command.Choices, Optional: true, Help: "specifies the key class, with -noheader (3 = private, 4 = secret)",
			Means: "what the file holds, with -noheader", Values: []command.Value{{Word: "3", Means: "private key"}, {Word: "4", Means: "secret key"}}},
		{Flag: "-i", Value: "Unwrapping IV", Kind: command.Hex, Optional: true, Needs: "-noheader", Example: "A6A6A6A6A6A6A6A6",
			Help: "specifies the unwrapping IV in hexadecimal", Means: "only A6A6A6A6A6A6A6A6, for 4 and 5 with -noheader"}},
	Run: (*Tool).later}

var (
	mechanismParam = command.Param{Flag: "-m", Value: "wrapping mechanism", Kind: command.Choices, Values: mechanismValues, Example: "4",
		Help: "specifies the wrapping mechanism\n" +
			"4 = CLOUDHSM_AES_KEY_WRAP, 5 = NIST_AES_WRAP_NO_PAD, 6 = NIST_AES_WRAP_PAD, 7 = RSA_AES, 8 = RSA_OAEP,\n" +
			"10 = AES_GCM, 11 = CLOUDHSM_AES_GCM, 12 = RSA_PKCS",
		Means: "how the key is encrypted"}
	aadParam = command.Param{Flag: "-aad", Value: "additional authenticated data filename", Kind: command.Path, Optional: true,
		Help: "specifies the file containing the additional authenticated data", Means: "data that is authenticated with the key, for 10 and 11"}
	hashParam = command.Param{Flag: "-t", Value: "hash type", Kind: command.Choices, Optional: true, Values: hashValues, Example: "3",
		Help: "specifies the hash type for RSA_AES and RSA_OAEP (2 = SHA1, 3 = SHA256, 4 = SHA384, 5 = SHA512, 6 = SHA224)", Means: "the hash of OAEP, for 7 and 8; 2 is the default"}
	noHeaderParam = command.Param{Flag: "-noheader", Kind: command.Switch, Optional: true, Help: "leaves out the header with the key's attributes",
		Means: "the bare encrypted key, as other tools read and write it"}
	tagSizeParam = command.Param{Flag: "-tag_size", Value: "tag size", Kind: command.Number, Min: 8, Max: 16, Optional: true, Needs: "-noheader",
		Help: "specifies the size of the tag in bytes, 8 to 16", Means: "bytes of the tag, for 10 and 11 with -noheader; 16 is the default", Example: "16"}
)

// mechanismValues are the wrapping mechanisms by the vendor's numbers (spec/kmu.md 3.25).
var mechanismValues = []command.Value{
	{Word: "4", Means: "CLOUDHSM_AES_KEY_WRAP: PKCS#5 padding, then RFC 3394"},
	{Word: "5", Means: "NIST_AES_WRAP_NO_PAD: RFC 3394, for multiples of 8 bytes"},
	{Word: "6", Means: "NIST_AES_WRAP_PAD: RFC 5649"},
	{Word: "7", Means: "RSA_AES: a fresh AES key under RSA-OAEP, then RFC 5649"},
	{Word: "8", Means: "RSA_OAEP: for short keys"},
	{Word: "9", Means: "NIST_TDEA_WRAP: refused"},
	{Word: "10", Means: "AES_GCM: the IV stands apart"},
	{Word: "11", Means: "CLOUDHSM_AES_GCM: the IV stands in front"},
	{Word: "12", Means: "RSA_PKCS: refused in FIPS mode"},
}

var hashValues = []command.Value{{Word: "2", Means: "SHA1"}, {Word: "3", Means: "SHA256"}, {Word: "4", Means: "SHA384"},
	{Word: "5", Means: "SHA512"}, {Word: "6", Means: "SHA224"}}

var wrappedTypes = []command.Value{{Word: "0", Means: "RSA"}, {Word: "1", Means: "DSA"}, {Word: "3", Means: "EC"},
	{Word: "16", Means: "generic secret"}, {Word: "21", Means: "3DES"}, {Word: "31", Means: "AES"}}

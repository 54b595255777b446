package cli

import (
	"slices"

	"hsmplay/core/command"
)

var (
	symmetricCategory = command.Spec[*Tool]{Name: "key generate-symmetric", Summary: "Generate a symmetric key"}              // provisional
	pairCategory      = command.Spec[*Tool]{Name: "key generate-asymmetric-pair", Summary: "Generate an asymmetric key pair"} // provisional
)

// symmetric are the options of the commands that make a secret.
func symmetric(attributesOf, sharedAs string) []command.Param {
	return with(params(labelParam("--label", "LABEL", "Label for the key"), sessionParam, keyLengthParam,
		attributesParam("--attributes", "KEY_ATTRIBUTES", attributeList(attributesOf)), sharersParam(sharedAs)), quorumParams("", "")...)
}

var keyGenerateAES = command.Spec[*Tool]{Name: "key generate-symmetric aes", Summary: "Generate an AES key",
	Params: sized(symmetric("AES key", "AES key"), "32"), Run: (*Tool).keyGenerateAES}

var keyGenerateSecret = command.Spec[*Tool]{Name: "key generate-symmetric generic-secret", Summary: "Generate a generic secret key",
	Params: sized(symmetric("generic secret key", "generic secret key"), "256"), Run: (*Tool).keyGenerateSecret}

// sized are parameters with an example of the length.
func sized(params []command.Param, bytes string) []command.Param {
	for i := range params {
		if params[i].Flag == keyLengthParam.Flag {
			params[i].Example = bytes
		}
	}
	return params
}

// pairParams are the options of the commands that make a pair; own stand in their midst.
func pairParams(kind, sharedAs string, own ...command.Param) []command.Param {
	return slices.Concat(
		params(labelParam("--public-label", "PUBLIC_LABEL", "Label for the public key"),
			labelParam("--private-label", "PRIVATE_LABEL", "Label for the private key"), pairSessionParam), own,
		[]command.Param{attributesParam("--public-attributes", "PUBLIC_KEY_ATTRIBUTES", attributeList(kind+" public key")),
			attributesParam("--private-attributes", "PRIVATE_KEY_ATTRIBUTES", attributeList(kind+" private key")), sharersParam(sharedAs)},
		quorumParams("private-", " for the private key"))
}

var keyGenerateRSA = command.Spec[*Tool]{Name: "key generate-asymmetric-pair rsa", Summary: "Generate an RSA key pair", Run: (*Tool).keyGenerateRSA,
	Params: pairParams("RSA", "RSA key",
		command.Param{Flag: "--modulus-size-bits", Value: "MODULUS_SIZE_BITS", Kind: command.Number, Example: "2048",
			Help: "Modulus size in bits used to generate the RSA key pair", Means: "2048 to 4096, in steps of 256"},
		command.Param{Flag: "--public-exponent", Value: "PUBLIC_EXPONENT", Kind: command.Number, Example: "65537",
			Help: "Public exponent used to generate the RSA key pair", Means: "odd, 65537 or more"})}

var keyGenerateEC = command.Spec[*Tool]{Name: "key generate-asymmetric-pair ec", Summary: "Generate an Elliptic-Curve Cryptography (ECC) key pair",
	Run: (*Tool).keyGenerateEC, Params: pairParams("EC", "EC private key",
		choices("--curve", "Elliptic curve used to generate the key pair",
			"prime256v1", "secp256r1", "secp224r1", "secp384r1", "secp256k1", "secp521r1", "ed25519"))}

var keyGenerateMLDSA = command.Spec[*Tool]{Name: "key generate-asymmetric-pair ml-dsa", Summary: "Generate an ML-DSA key pair",
	Run: (*Tool).keyGenerateMLDSA, Params: pairParams("ML-DSA", "ML-DSA private key",
		choices("--mldsa-algorithm", "ML-DSA algorithm", "ML-DSA-44", "ML-DSA-65", "ML-DSA-87"))}

package material

import "crypto"

// The numbers that the vectors and tests use for mechanisms, curves and hashes: key_mgmt_util's.

// signBy returns the mechanism of a number, one that is none for any other.
func signBy(number int) Mechanism { return mechanisms[number] }

var mechanisms = map[int]Mechanism{
	0: PKCS1(crypto.SHA1), 1: PKCS1(crypto.SHA256), 2: PKCS1(crypto.SHA384), 3: PKCS1(crypto.SHA512), 4: PKCS1(crypto.SHA224),
	5: PSS(crypto.SHA1), 6: PSS(crypto.SHA256), 7: PSS(crypto.SHA384), 8: PSS(crypto.SHA512), 9: PSS(crypto.SHA224),
	15: ECDSAWith(crypto.SHA1), 16: ECDSAWith(crypto.SHA224), 17: ECDSAWith(crypto.SHA256),
	18: ECDSAWith(crypto.SHA384), 19: ECDSAWith(crypto.SHA512),
}

// mechanismNumbers are all numbers of mechanisms.
var mechanismNumbers = []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 16, 17, 18, 19}

// hashBy returns the hash of a wrapping by its number, one that is none for 1.
func hashBy(number int) crypto.Hash {
	return []crypto.Hash{0, crypto.MD5, crypto.SHA1, crypto.SHA256, crypto.SHA384, crypto.SHA512, crypto.SHA224}[number]
}

// wrapBy returns the wrapping of a number, one that is none for any other.
func wrapBy(number int) Wrapping {
	return map[int]Wrapping{4: WrapPKCS5, 5: WrapNoPad, 6: WrapPad, 7: WrapRSAAES, 8: WrapOAEP, 10: WrapGCM,
		11: WrapGCMPrefixed, 12: WrapPKCS1}[number]
}

// onCurve returns the curve of a number, nil for any other.
func onCurve(number int) *Curve {
	if number < 1 || number > len(Curves) {
		return nil
	}
	return Curves[number-1]
}

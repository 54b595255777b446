package kmu

import (
	"crypto"
	"fmt"
	"slices"

	"hsmplay/core/attr"
	"hsmplay/core/command"
	"hsmplay/core/hsm"
	"hsmplay/core/mech"
)

// curveRow ties a number of genECCKeyPair -i to a curve.
type curveRow struct {
	ID    int
	Name  string // as listECCCurveIds prints it
	Curve *mech.Curve
}

// curves are the curves by id (spec/kmu.md 3.15).
var curves = func() (rows []curveRow) {
	for i, name := range []string{
		"prime192v1", "prime256v1", "sect163k1", "sect163r2", "sect233k1", "sect233r1", "sect283k1", "sect283r1",
		"sect409k1", "sect409r1", "sect571k1", "sect571r1", "secp224r1", "secp384r1", "secp521r1", "secp256k1",
	} {
		curve, known := mech.CurveNamed(name)
		if !known {
			panic("kmu: no curve " + name)
		}
		row := curveRow{i + 1, "NID_" + name, curve}
		if name == "prime192v1" || name == "prime256v1" {
			row.Name = "NID_X9_62_" + name
		}
		rows = append(rows, row)
	}
	return rows
}()

// curveByID returns the curve of a genECCKeyPair -i number, nil where there is none.
func curveByID(id int) *mech.Curve {
	for _, row := range curves {
		if row.ID == id {
			return row.Curve
		}
	}
	return nil
}

// curveID returns the number of a curve.
func curveID(c *mech.Curve) int {
	return 1 + slices.IndexFunc(curves, func(row curveRow) bool { return row.Curve == c })
}

// CurveID returns the number that genECCKeyPair -i has for a curve by the standard's name, such as
// secp384r1; 0 for one that it does not know.
func CurveID(name string) int {
	curve, _ := mech.CurveNamed(name)
	return curveID(curve)
}

// fipsCurve reports whether FIPS mode allows a curve.
func fipsCurve(c *mech.Curve) bool {
	return hsm.Policy{FIPS: true}.Allows(hsm.Template{Type: attr.EC, Curve: c})
}

// signatureRow ties a number of sign -m to a mechanism.
type signatureRow struct {
	Number    int
	Name      string
	Mechanism mech.Mechanism
}

// signatures are the signature mechanisms by number (spec/kmu.md 3.36). There is none for DSA, HMAC
// or CMAC.
var signatures = []signatureRow{
	{0, "SHA1_RSA_PKCS", mech.PKCS1(crypto.SHA1)},
	{1, "SHA256_RSA_PKCS", mech.PKCS1(crypto.SHA256)},
	{2, "SHA384_RSA_PKCS", mech.PKCS1(crypto.SHA384)},
	{3, "SHA512_RSA_PKCS", mech.PKCS1(crypto.SHA512)},
	{4, "SHA224_RSA_PKCS", mech.PKCS1(crypto.SHA224)},
	{5, "SHA1_RSA_PKCS_PSS", mech.PSS(crypto.SHA1)},
	{6, "SHA256_RSA_PKCS_PSS", mech.PSS(crypto.SHA256)},
	{7, "SHA384_RSA_PKCS_PSS", mech.PSS(crypto.SHA384)},
	{8, "SHA512_RSA_PKCS_PSS", mech.PSS(crypto.SHA512)},
	{9, "SHA224_RSA_PKCS_PSS", mech.PSS(crypto.SHA224)},
	{15, "ECDSA_SHA1", mech.ECDSAWith(crypto.SHA1)},
	{16, "ECDSA_SHA224", mech.ECDSAWith(crypto.SHA224)},
	{17, "ECDSA_SHA256", mech.ECDSAWith(crypto.SHA256)},
	{18, "ECDSA_SHA384", mech.ECDSAWith(crypto.SHA384)},
	{19, "ECDSA_SHA512", mech.ECDSAWith(crypto.SHA512)},
}

// signatureNumbered returns the mechanism of sign -m.
func signatureNumbered(number int) signatureRow {
	i := slices.IndexFunc(signatures, func(row signatureRow) bool { return row.Number == number })
	if i < 0 { // the grammar takes no other number
		panic(fmt.Sprintf("kmu: no signature mechanism %d", number))
	}
	return signatures[i]
}

// wrappingRow ties a number of wrapKey -m to a wrapping, with the options that go with it.
type wrappingRow struct {
	Number int
	Name   string
	mech.WrapRow
}

// wrapping is a line of wrapKey -m.
type wrapping struct {
	Number   int
	Name     string
	Wrapping mech.Wrapping
	Means    string
}

// wrappings are the wrapping mechanisms by number (spec/kmu.md 3.25). 9 was dropped by the vendor.
var wrappings = []wrapping{
	{4, "CLOUDHSM_AES_KEY_WRAP", mech.WrapPKCS5, "PKCS#5 padding, then RFC 3394"},
	{5, "NIST_AES_WRAP_NO_PAD", mech.WrapNoPad, "RFC 3394, for multiples of 8 bytes"},
	{6, "NIST_AES_WRAP_PAD", mech.WrapPad, "RFC 5649"},
	{7, "RSA_AES", mech.WrapRSAAES, "a fresh AES key under RSA-OAEP, then RFC 5649"},
	{8, "RSA_OAEP", mech.WrapOAEP, "for short keys"},
	{9, "NIST_TDEA_WRAP", "", "refused"},
	{10, "AES_GCM", mech.WrapGCM, "the IV stands apart"},
	{11, "CLOUDHSM_AES_GCM", mech.WrapGCMPrefixed, "the IV stands in front"},
	{12, "RSA_PKCS", mech.WrapPKCS1, "refused in FIPS mode"},
}

// wrappingNumbered returns the line of wrapKey -m; 9 has no wrapping.
func wrappingNumbered(number int) wrappingRow {
	for _, line := range wrappings {
		if line.Number == number {
			row, _ := line.Wrapping.Row()
			return wrappingRow{line.Number, line.Name, row}
		}
	}
	panic(fmt.Sprintf("kmu: no wrapping mechanism %d", number)) // the grammar takes no other number
}

func mechanismValues() (values []command.Value) {
	for _, line := range wrappings {
		values = append(values, command.Value{Word: fmt.Sprint(line.Number), Means: line.Name + ": " + line.Means})
	}
	return values
}

// wrapHashes are the hashes of RSA_AES and RSA_OAEP by the number of wrapKey -t (spec/kmu.md 3.25).
var wrapHashes = []struct {
	Number int
	Name   string
	Hash   crypto.Hash
}{
	{2, "SHA1", crypto.SHA1},
	{3, "SHA256", crypto.SHA256},
	{4, "SHA384", crypto.SHA384},
	{5, "SHA512", crypto.SHA512},
	{6, "SHA224", crypto.SHA224},
}

// wrapHash returns the hash of wrapKey -t, none for 0.
func wrapHash(number int) crypto.Hash {
	for _, row := range wrapHashes {
		if row.Number == number {
			return row.Hash
		}
	}
	return 0
}

func hashValues() (values []command.Value) {
	for _, row := range wrapHashes {
		values = append(values, command.Value{Word: fmt.Sprint(row.Number), Means: row.Name})
	}
	return values
}

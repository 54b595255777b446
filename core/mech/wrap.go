package mech

import (
	"crypto"

	"hsmplay/core/attr"
)

// WrapMechanism is one wrapping mechanism of wrapKey and unWrapKey, with the options that go with it.
type WrapMechanism struct {
	Number int // as given to wrapKey -m
	Name   string
	Type   attr.KeyType // of the wrapping key: AES, or RSA (public wraps, private unwraps)
	Hash   bool         // takes -t
	IV     bool         // takes -i, whose only value is the default
	IVFile bool         // takes -iv_file: the IV travels apart from the blob
	GCM    bool         // takes -aad and -tag_size

	wrap   func(with *Material, plain []byte, p WrapParams) (blob, iv []byte, err error)
	unwrap func(with *Material, blob []byte, p WrapParams) (plain []byte, err error)
}

// WrapMechanisms lists the wrapping mechanisms by number (spec/kmu.md 3.25). 9, NIST_TDEA_WRAP, was
// dropped by the vendor. All of them may carry a header, which is the tool's matter.
var WrapMechanisms = []WrapMechanism{
	{Number: 4, Name: "CLOUDHSM_AES_KEY_WRAP", Type: attr.AES, IV: true,
		wrap: wrapPKCS5, unwrap: unwrapPKCS5},
	{Number: 5, Name: "NIST_AES_WRAP_NO_PAD", Type: attr.AES, IV: true,
		wrap: wrapNoPad, unwrap: unwrapNoPad},
	{Number: 6, Name: "NIST_AES_WRAP_PAD", Type: attr.AES,
		wrap: wrapPad, unwrap: unwrapPad},
	{Number: 7, Name: "RSA_AES", Type: attr.RSA, Hash: true,
		wrap: wrapRSAAES, unwrap: unwrapRSAAES},
	{Number: 8, Name: "RSA_OAEP", Type: attr.RSA, Hash: true,
		wrap: wrapOAEP, unwrap: unwrapOAEP},
	{Number: 10, Name: "AES_GCM", Type: attr.AES, IVFile: true, GCM: true,
		wrap: wrapGCM, unwrap: unwrapGCM},
	{Number: 11, Name: "CLOUDHSM_AES_GCM", Type: attr.AES, GCM: true,
		wrap: wrapGCMPrefixed, unwrap: unwrapGCMPrefixed},
	{Number: 12, Name: "RSA_PKCS", Type: attr.RSA,
		wrap: wrapPKCS1, unwrap: unwrapPKCS1},
}

// WrapMechanismByNumber returns the mechanism of wrapKey -m and whether there is one.
func WrapMechanismByNumber(number int) (WrapMechanism, bool) {
	for _, row := range WrapMechanisms {
		if row.Number == number {
			return row, true
		}
	}
	return WrapMechanism{}, false
}

// WrapHash is one hash of RSA_AES and RSA_OAEP.
type WrapHash struct {
	Number int // as given to wrapKey -t
	Name   string
	Hash   crypto.Hash // of OAEP and of its mask
}

// WrapHashes lists the hashes by number (spec/kmu.md 3.25).
var WrapHashes = []WrapHash{
	{2, "SHA1", crypto.SHA1},
	{3, "SHA256", crypto.SHA256},
	{4, "SHA384", crypto.SHA384},
	{5, "SHA512", crypto.SHA512},
	{6, "SHA224", crypto.SHA224},
}

// DefaultWrapHash is the hash without -t.
const DefaultWrapHash = 2

// The sizes of GCM's tag and IV in bytes (spec/kmu.md 3.25).
const (
	MinTagSize     = 8
	DefaultTagSize = 16
	GCMIVSize      = 12
)

// WrapParams are the options of Wrap and Unwrap. A zero value stands for an option that was not given.
type WrapParams struct {
	Mechanism int
	Hash      int    // 2 … 6, for RSA_AES and RSA_OAEP
	IV        []byte // the default one or none for 4 and 5; 12 bytes to unwrap 10
	AAD       []byte // additional authenticated data, for GCM
	TagSize   int    // 8 … 16 bytes, for GCM
}

// Wrap encrypts the value of a key. iv is what was drawn for AES_GCM and nil for the others. Errors:
// ErrUnknownMechanism, ErrKeyType, ErrWrapParams, ErrTooShort, ErrTooLong, ErrNotMultipleOf8.
func Wrap(with *Material, plain []byte, p WrapParams) (blob, iv []byte, err error) {
	row, p, err := checkWrap(with, attr.Public, p)
	if err != nil {
		return nil, nil, err
	}
	if row.IVFile && p.IV != nil {
		return nil, nil, ErrWrapParams
	}
	if len(plain) == 0 {
		return nil, nil, ErrTooShort
	}
	if len(plain) > MaxFile {
		return nil, nil, ErrTooLong
	}
	return row.wrap(with, plain, p)
}

// Unwrap decrypts what Wrap made. Errors: ErrUnknownMechanism, ErrKeyType, ErrWrapParams, ErrTooLong,
// ErrIntegrity.
func Unwrap(with *Material, blob []byte, p WrapParams) ([]byte, error) {
	row, p, err := checkWrap(with, attr.PrivateKey, p)
	if err != nil {
		return nil, err
	}
	if row.IVFile && len(p.IV) != GCMIVSize {
		return nil, ErrWrapParams
	}
	if len(blob) > 2*MaxFile {
		return nil, ErrTooLong
	}
	return row.unwrap(with, blob, p)
}

// checkWrap looks the mechanism up, checks key and options against its row, and fills in the defaults.
// half is the half of an RSA pair that can do it.
func checkWrap(with *Material, half attr.Class, p WrapParams) (WrapMechanism, WrapParams, error) {
	row, ok := WrapMechanismByNumber(p.Mechanism)
	if !ok {
		return row, p, ErrUnknownMechanism
	}
	class := half
	if row.Type == attr.AES {
		class = attr.Secret
	}
	if with.Type != row.Type || with.Class != class {
		return row, p, ErrKeyType
	}
	if !row.takes(p) {
		return row, p, ErrWrapParams
	}
	if p.Hash == 0 {
		p.Hash = DefaultWrapHash
	}
	if p.TagSize == 0 {
		p.TagSize = DefaultTagSize
	}
	return row, p, nil
}

// takes reports whether each option that was given goes with the mechanism and has one of its values.
func (w WrapMechanism) takes(p WrapParams) bool {
	_, knownHash := wrapHash(p.Hash)
	return (p.Hash == 0 || w.Hash && knownHash) &&
		(p.IV == nil || w.IVFile || w.IV && string(p.IV) == string(defaultIV[:])) &&
		(p.AAD == nil || w.GCM) &&
		(p.TagSize == 0 || w.GCM && MinTagSize <= p.TagSize && p.TagSize <= DefaultTagSize)
}

func wrapHash(number int) (crypto.Hash, bool) {
	for _, row := range WrapHashes {
		if row.Number == number {
			return row.Hash, true
		}
	}
	return 0, false
}

package material

import (
	"crypto"
	"slices"

	"hsmplay/core/attr"
)

// Wrapping is a way to encrypt keys: an identity of its own, which tools map their numbers and
// names to.
type Wrapping string

// The wrappings.
const (
	WrapPKCS5       Wrapping = "PKCS#5 padding, then RFC 3394"
	WrapNoPad       Wrapping = "RFC 3394"
	WrapPad         Wrapping = "RFC 5649"
	WrapRSAAES      Wrapping = "a fresh AES key under RSA OAEP, then RFC 5649"
	WrapOAEP        Wrapping = "RSA OAEP"
	WrapGCM         Wrapping = "AES GCM, the IV apart"
	WrapGCMPrefixed Wrapping = "AES GCM, the IV in front"
	WrapPKCS1       Wrapping = "RSA PKCS#1 v1.5"
)

// WrapRow is one line of the table of wrappings, with the options that go with it.
type WrapRow struct {
	Wrapping Wrapping
	Type     attr.KeyType // of the wrapping key: AES, or RSA (public wraps, private unwraps)
	Hash     bool         // takes a hash
	IV       bool         // takes an IV, whose only value is the default
	IVApart  bool         // the IV travels apart from the blob
	GCM      bool         // takes additional data and a tag size

	wrap   func(with *Material, plain []byte, p WrapParams) (blob, iv []byte, err error)
	unwrap func(with *Material, blob []byte, p WrapParams) (plain []byte, err error)
}

// Wrappings lists the wrappings (spec/kmu.md 3.25).
var Wrappings = []WrapRow{
	{Wrapping: WrapPKCS5, Type: attr.AES, IV: true, wrap: wrapPKCS5, unwrap: unwrapPKCS5},
	{Wrapping: WrapNoPad, Type: attr.AES, IV: true, wrap: wrapNoPad, unwrap: unwrapNoPad},
	{Wrapping: WrapPad, Type: attr.AES, wrap: wrapPad, unwrap: unwrapPad},
	{Wrapping: WrapRSAAES, Type: attr.RSA, Hash: true, wrap: wrapRSAAES, unwrap: unwrapRSAAES},
	{Wrapping: WrapOAEP, Type: attr.RSA, Hash: true, wrap: wrapOAEP, unwrap: unwrapOAEP},
	{Wrapping: WrapGCM, Type: attr.AES, IVApart: true, GCM: true, wrap: wrapGCM, unwrap: unwrapGCM},
	{Wrapping: WrapGCMPrefixed, Type: attr.AES, GCM: true, wrap: wrapGCMPrefixed, unwrap: unwrapGCMPrefixed},
	{Wrapping: WrapPKCS1, Type: attr.RSA, wrap: wrapPKCS1, unwrap: unwrapPKCS1},
}

// Row returns the line of a wrapping and whether there is one.
func (w Wrapping) Row() (WrapRow, bool) {
	for _, row := range Wrappings {
		if row.Wrapping == w {
			return row, true
		}
	}
	return WrapRow{}, false
}

// DefaultWrapHash is the hash of OAEP where none is given.
const DefaultWrapHash = crypto.SHA1

// The sizes of GCM's tag and IV in bytes (spec/kmu.md 3.25).
const (
	MinTagSize     = 8
	DefaultTagSize = 16
	GCMIVSize      = 12
)

// WrapParams are the options of Wrap and Unwrap. A zero value stands for an option that was not
// given.
type WrapParams struct {
	Wrapping Wrapping
	Hash     crypto.Hash // of OAEP and of its mask: one of Hashes
	IV       []byte      // the default one or none where the row takes it; 12 bytes to unwrap WrapGCM
	AAD      []byte      // additional authenticated data, for GCM
	TagSize  int         // 8 … 16 bytes, for GCM
}

// Wrap encrypts the value of a key. iv is what was drawn for WrapGCM and nil for the others.
// Errors: ErrUnknownMechanism, ErrKeyType, ErrWrapParams, ErrTooShort, ErrTooLong,
// ErrNotMultipleOf8.
func Wrap(with *Material, plain []byte, p WrapParams) (blob, iv []byte, err error) {
	row, p, err := checkWrap(with, attr.Public, p)
	if err != nil {
		return nil, nil, err
	}
	if row.IVApart && p.IV != nil {
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

// Unwrap decrypts what Wrap made. Errors: ErrUnknownMechanism, ErrKeyType, ErrWrapParams,
// ErrTooLong, ErrIntegrity.
func Unwrap(with *Material, blob []byte, p WrapParams) ([]byte, error) {
	row, p, err := checkWrap(with, attr.PrivateKey, p)
	if err != nil {
		return nil, err
	}
	if row.IVApart && len(p.IV) != GCMIVSize {
		return nil, ErrWrapParams
	}
	if len(blob) > 2*MaxFile {
		return nil, ErrTooLong
	}
	return row.unwrap(with, blob, p)
}

// checkWrap looks the mechanism up, checks key and options against its row, and fills in the
// defaults. half is the half of an RSA pair that can do it.
func checkWrap(with *Material, half attr.Class, p WrapParams) (WrapRow, WrapParams, error) {
	row, ok := p.Wrapping.Row()
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

// takes reports whether each option that was given goes with the mechanism and has one of its
// values.
func (w WrapRow) takes(p WrapParams) bool {
	return (p.Hash == 0 || w.Hash && slices.Contains(Hashes, p.Hash)) &&
		(p.IV == nil || w.IVApart || w.IV && string(p.IV) == string(defaultIV[:])) &&
		(p.AAD == nil || w.GCM) &&
		(p.TagSize == 0 || w.GCM && MinTagSize <= p.TagSize && p.TagSize <= DefaultTagSize)
}

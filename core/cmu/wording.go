package cmu

import (
	"slices"

	"hsmplay/core/attr"
)

// Wording is what the tool prints where its output generations differ. Public pages show this tool
// in one generation only; the late one has the attributes that late clients know, as key_mgmt_util
// has them (provisional).
type Wording struct {
	Dump []attr.Attr // all attributes of a key, in the order in which they are written
}

// Classic is the generation of the documentation: the order of a dump is key_mgmt_util's
// (spec/cmu.md 3.9).
var Classic = Wording{Dump: []attr.Attr{attr.ClassAttr, attr.KeyTypeAttr, attr.Token, attr.Private, attr.Encrypt, attr.Decrypt,
	attr.Wrap, attr.Unwrap, attr.Sign, attr.Verify, attr.Local, attr.Sensitive, attr.Extractable, attr.Label, attr.ID,
	attr.ValueLen, attr.KCV, attr.Modulus, attr.ModulusBits, attr.PublicExponent}}

// Late is the generation of the late 3.x clients.
var Late = Wording{Dump: append(slices.Clip(Classic.Dump), attr.Trusted, attr.WrapWithTrusted, attr.Destroyable, attr.Derive,
	attr.AlwaysSensitive, attr.NeverExtractable)}

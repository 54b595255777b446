package attr

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// spec/cloudhsm-cli.md 3.1.
func TestTheOrderOfTheCLI(t *testing.T) {
	const order = "key-type label id check-value class encrypt decrypt token always-sensitive derive destroyable extractable local modifiable " +
		"never-extractable private mldsa-algorithm sensitive sign trusted unwrap verify wrap wrap-with-trusted key-length-bytes " +
		"public-exponent modulus modulus-size-bits ec-point curve"
	var names []string
	for _, a := range Shown {
		row, known := Find(a)
		require.True(t, known)
		names = append(names, row.CLI)
		again, known := Named(row.CLI)
		require.True(t, known)
		require.Equal(t, a, again.Attr)
	}
	require.Equal(t, order, strings.Join(names, " "))
	for _, name := range []string{"", "OBJ_ATTR_LABEL", "nothing"} {
		_, known := Named(name)
		require.False(t, known, name)
	}
}

func TestSettings(t *testing.T) {
	for said, want := range map[string]Setting{
		"encrypt=true": {Attr: Encrypt, On: true}, "encrypt=True": {Attr: Encrypt, On: true}, "encrypt=false": {Attr: Encrypt},
		"modifiable=false": {Attr: Modifiable}, "id=0x0aff": {Attr: ID, Text: "\x0a\xff"}, "id=aff": {Attr: ID, Text: "\x0a\xff"}, "id=": {Attr: ID},
		"label=a b": {Attr: Label, Text: "a b"}, "key-type=aes": {Attr: KeyTypeAttr, Text: "aes"},
		"wrap-template=sign=true wrap=false": {Attr: WrapTemplate, Template: []Setting{{Attr: Sign, On: true}, {Attr: Wrap}}},
		"unwrap-template=":                   {Attr: UnwrapTemplate},
	} {
		name, value, _ := strings.Cut(said, "=")
		s, err := ParseSetting(name, value)
		require.NoError(t, err, said)
		require.Equal(t, want, s, said)
	}
	for said, want := range map[string]error{"nothing=true": ErrNoAttribute, "encrypt=yes": ErrValue, "encrypt=": ErrValue, "encrypt=1": ErrValue,
		"id=0xg": ErrValue, "wrap-template=label=x": ErrValue, "wrap-template=sign=2": ErrValue, "wrap-template=none=true": ErrValue, "unwrap-template=x": ErrValue} {
		name, value, _ := strings.Cut(said, "=")
		_, err := ParseSetting(name, value)
		require.ErrorIs(t, err, want, said)
	}
	for _, said := range []string{"encrypt=true", "modifiable=false", "id=0x0aff", "label=x", "wrap-template=sign=true wrap=false"} {
		name, value, _ := strings.Cut(said, "=")
		s, err := ParseSetting(name, value)
		require.NoError(t, err)
		require.Equal(t, value, s.Value())
	}
}

func TestSettingsOfFlags(t *testing.T) {
	require.Equal(t, FlagSign, Flags(0).With(Setting{Attr: Sign, On: true}))
	require.Equal(t, FlagWrap, (FlagSign | FlagWrap).With(Setting{Attr: Sign}))
	require.Equal(t, FlagFixed, Flags(0).With(Setting{Attr: Modifiable}))
	require.Zero(t, FlagFixed.With(Setting{Attr: Modifiable, On: true}))
}

// spec/cloudhsm-cli.md 3.4.
func TestGivenFlags(t *testing.T) {
	every := FlagPrivate | FlagDestroyable | FlagExtractable
	for _, row := range kinds {
		want := every
		switch row.class {
		case Secret:
			want |= FlagSensitive | FlagSign | FlagVerify
		case PrivateKey:
			want |= FlagSensitive
		}
		require.Equal(t, want, GivenFlags(row.class, row.typ))
	}
}

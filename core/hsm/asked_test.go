package hsm_test

import (
	"crypto"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/attr"
	"hsmplay/core/hsm"
	"hsmplay/core/mech"
)

// set reads settings as they are said.
func set(t testing.TB, said ...string) (settings []attr.Setting) {
	for _, word := range said {
		name, value, _ := strings.Cut(word, "=")
		s, err := attr.ParseSetting(name, value)
		require.NoError(t, err, word)
		settings = append(settings, s)
	}
	return settings
}

// wished has alice make keys as a client of SDK 5.
func wished(h *hsm.HSM, recipe mech.Recipe, ts ...hsm.Template) ([]*hsm.Key, error) {
	for i := range ts {
		ts[i].SDK5 = true
		if ts[i].Label == "" {
			ts[i].Label = "l"
		}
	}
	return done(h.Generate(asAlice, hsm.GenerateRequest{Recipe: recipe, Source: readyRSA, Templates: ts}))
}

func aesAsked(change func(*hsm.Template)) hsm.Template {
	t := hsm.Template{Class: attr.Secret, Type: attr.AES, Size: 16}
	if change != nil {
		change(&t)
	}
	return t
}

func pairAsked(typ attr.KeyType, c *mech.Curve) []hsm.Template {
	return []hsm.Template{{Class: attr.Public, Type: typ, Curve: c}, {Class: attr.PrivateKey, Type: typ, Curve: c}}
}

// spec/cloudhsm-cli.md 3.4.
func TestWhatIsGivenToWhoAsksForNothing(t *testing.T) {
	h := desk(t)
	every := attr.FlagDestroyable | attr.FlagExtractable | attr.FlagPrivate
	local := attr.FlagLocal | attr.FlagAlwaysSensitive | attr.FlagSensitive
	keys, err := wished(h, aes128, aesAsked(nil))
	require.NoError(t, err)
	require.Equal(t, every|local|attr.FlagSign|attr.FlagVerify, keys[0].Flags)
	keys, err = wished(h, p256, pairAsked(attr.EC, p256.Curve)...)
	require.NoError(t, err)
	require.Equal(t, []attr.Flags{every | attr.FlagLocal, every | local}, []attr.Flags{keys[0].Flags, keys[1].Flags})
	keys, err = wished(h, aes128, aesAsked(func(tm *hsm.Template) {
		tm.Settings = set(t, "extractable=false", "private=false", "destroyable=False", "modifiable=false", "sign=false", "verify=false", "encrypt=true", "id=0x1ff")
	}))
	require.NoError(t, err)
	require.Equal(t, local|attr.FlagNeverExtractable|attr.FlagEncrypt|attr.FlagFixed, keys[0].Flags)
	require.Equal(t, "\x01\xff", keys[0].ID)
	pair := pairAsked(attr.EC, p256.Curve)
	pair[1].Settings = set(t, "sensitive=false")
	keys, err = wished(h, p256, pair...)
	require.NoError(t, err)
	require.Equal(t, every|attr.FlagLocal, keys[1].Flags, "what is not sensitive was not always so")
	public := made(t, h, p256)[0]
	a := hsm.PublicArrival(h.At(public).Material)
	keys, err = wished(h, a, a.Template(hsm.Template{Settings: set(t, "verify=true")}))
	require.NoError(t, err)
	require.Equal(t, every|attr.FlagVerify, keys[0].Flags)
}

func TestWhatMayBeAskedFor(t *testing.T) {
	h := desk(t)
	for _, row := range []struct {
		said                    string
		public, private, secret hsm.Reason // "" for taken
	}{
		{"encrypt=true", "", "", ""}, {"decrypt=true", "", "", ""}, {"sign=true", "", "", ""}, {"verify=true", "", "", ""},
		{"derive=true", "", "", ""}, {"destroyable=false", "", "", ""}, {"wrap-with-trusted=true", "", "", ""},
		{"extractable=false", "", "", ""}, {"modifiable=false", "", "", ""}, {"private=false", "", "", ""}, {"id=12", "", "", ""},
		{"wrap=true", "", hsm.AttributeRefused, ""}, {"unwrap=true", hsm.AttributeRefused, "", ""},
		{"sensitive=false", hsm.AttributeRefused, "", hsm.AttributeRefused},
		{"token=true", hsm.TokenInTemplate, hsm.TokenInTemplate, hsm.TokenInTemplate},
		{"trusted=true", hsm.AttributeRefused, hsm.AttributeRefused, hsm.AttributeRefused},
		{"local=true", hsm.AttributeRefused, hsm.AttributeRefused, hsm.AttributeRefused},
		{"always-sensitive=true", hsm.AttributeRefused, hsm.AttributeRefused, hsm.AttributeRefused},
		{"never-extractable=true", hsm.AttributeRefused, hsm.AttributeRefused, hsm.AttributeRefused},
		{"label=x", hsm.AttributeRefused, hsm.AttributeRefused, hsm.AttributeRefused},
		{"key-type=aes", hsm.AttributeRefused, hsm.AttributeRefused, hsm.AttributeRefused},
		{"class=secret-key", hsm.AttributeRefused, hsm.AttributeRefused, hsm.AttributeRefused},
		{"curve=ed25519", hsm.AttributeRefused, hsm.AttributeRefused, hsm.AttributeRefused},
		{"check-value=0x00", hsm.AttributeRefused, hsm.AttributeRefused, hsm.AttributeRefused},
	} {
		ofPublic, ofPrivate := pairAsked(attr.EC, p256.Curve), pairAsked(attr.EC, p256.Curve)
		ofPublic[0].Settings, ofPrivate[1].Settings = set(t, row.said), set(t, row.said)
		_, err := wished(h, p256, ofPublic...)
		tried(t, row.public, err, row.said)
		_, err = wished(h, p256, ofPrivate...)
		tried(t, row.private, err, row.said)
		_, err = wished(h, aes128, aesAsked(func(tm *hsm.Template) { tm.Settings = set(t, row.said) }))
		tried(t, row.secret, err, row.said)
		if row.secret == hsm.AttributeRefused {
			name, value, _ := strings.Cut(row.said, "=")
			r, _ := attr.Named(name)
			require.Equal(t, hsm.Refusal{Reason: hsm.AttributeRefused, Attr: r.Attr, Value: value}, err)
		}
	}
}

// tried checks that something was refused for a reason, or was not.
func tried(t *testing.T, want hsm.Reason, err error, name string) {
	t.Helper()
	if want == "" {
		require.NoError(t, err, name)
		return
	}
	refusedFor(t, want, err, name)
}

// spec/cloudhsm-cli.md 2.1, 2.12.
func TestLabelsSharersAndQuorumValues(t *testing.T) {
	h := desk(t)
	bob := h.UserNamed(hsm.CU, "bob").ID
	alice := h.UserNamed(hsm.CU, "alice").ID
	for _, row := range []struct {
		name        string
		use, manage int
		quorate     bool
		shared      []int
		label       string
		want        hsm.Reason
	}{
		{"the longest label", 0, 0, false, nil, strings.Repeat("x", 127), ""},
		{"too long a label", 0, 0, false, nil, strings.Repeat("x", 128), hsm.LabelLength},
		{"nobody", 0, 0, false, nil, "l", ""},
		{"both values", 2, 2, true, []int{bob}, "l", ""},
		{"more than there are", 2, 3, true, []int{bob}, "l", hsm.MValueTooHigh},
		{"more to use than there are", 3, 2, true, []int{bob}, "l", hsm.MValueTooHigh},
		{"nobody to approve", 2, 2, true, nil, "l", hsm.MValueTooHigh},
		{"one of both", 2, 0, false, []int{bob}, "l", hsm.QuorumTooLow},
		{"the other", 0, 2, false, []int{bob}, "l", hsm.QuorumTooLow},
		{"one approval", 1, 2, true, []int{bob}, "l", hsm.QuorumTooLow},
		{"none, said", 0, 0, true, []int{bob}, "l", hsm.QuorumTooLow},
		{"no such user", 0, 0, false, []int{99}, "l", hsm.NotCryptoUser},
		{"the owner", 0, 0, false, []int{alice}, "l", hsm.SharedWithSelf},
	} {
		keys, err := wished(h, aes128, aesAsked(func(tm *hsm.Template) {
			tm.Label, tm.MValue, tm.Manage, tm.Quorate, tm.Shared = row.label, row.use, row.manage, row.quorate, row.shared
		}))
		tried(t, row.want, err, row.name)
		if err == nil {
			require.Equal(t, [2]int{row.use, row.manage}, [2]int{keys[0].MValue, keys[0].Manage})
		}
	}
	_, err := done(h.Generate(asAlice, hsm.GenerateRequest{Recipe: aes128, Templates: []hsm.Template{{SDK5: true, Class: attr.Secret, Type: attr.AES, Size: 16}}}))
	refusedFor(t, hsm.LabelLength, err, "no label")
	pair := pairAsked(attr.EC, p256.Curve)
	for i := range pair {
		pair[i].Shared, pair[i].MValue, pair[i].Manage = []int{bob}, 2, 2
	}
	keys, err := wished(h, p256, pair...)
	require.NoError(t, err)
	require.Empty(t, keys[0].Shared)
	require.Equal(t, []int{0, 0, 2, 2}, []int{keys[0].MValue, keys[0].Manage, keys[1].MValue, keys[1].Manage})
}

// spec/cloudhsm-cli.md 7.2; the clock of the world tells since when.
func TestWhatATypeOfHSMOffers(t *testing.T) {
	before, after := int64(1788220799_999_999), int64(1788220800_000_000)
	lattice, _ := mech.LatticeNamed("ML-DSA-44")
	p224, p521 := mech.EC{Curve: curve("secp224r1")}, mech.EC{Curve: curve("secp521r1")}
	for _, row := range []struct {
		name                                           string
		recipe                                         mech.Recipe
		typ                                            attr.KeyType
		curve                                          *mech.Curve
		old, oldOpen, secondBefore, second, openBefore hsm.Reason
	}{
		{"Ed25519", mech.Edwards{}, attr.Edwards, nil, hsm.NotOffered, hsm.NotOffered, hsm.NotOffered, hsm.NotOffered, ""},
		{"ML-DSA", lattice, attr.MLDSA, nil, hsm.NotOffered, hsm.NotOffered, hsm.NotOffered, "", ""},
		{"P-224", p224, attr.EC, p224.Curve, "", "", "", "", ""},
		{"P-521", p521, attr.EC, p521.Curve, "", "", "", "", ""},
	} {
		for _, on := range []struct {
			policy hsm.Policy
			clock  int64
			want   hsm.Reason
		}{
			{hsm.Policy{FIPS: true}, after, row.old}, {hsm.Policy{Model: hsm.HSM1}, after, row.oldOpen},
			{hsm.Policy{FIPS: true, Model: hsm.HSM2}, before, row.secondBefore}, {hsm.Policy{FIPS: true, Model: hsm.HSM2}, after, row.second},
			{hsm.Policy{Model: hsm.HSM2}, before, row.openBefore},
		} {
			h := desk(t)
			h.Policy, h.Audit.Clock = on.policy, on.clock
			_, err := wished(h, row.recipe, pairAsked(row.typ, row.curve)...)
			tried(t, on.want, err, row.name)
		}
	}
	h := desk(t)
	_, err := done(h.Generate(asAlice, hsm.GenerateRequest{Recipe: p521, Templates: pairAsked(attr.EC, p521.Curve)}))
	refusedFor(t, hsm.SizeNotAllowed, err, "the older tools have no P-521 in FIPS mode")
	for size, want := range map[int]hsm.Reason{1: "", 800: "", 801: hsm.SizeNotAllowed} {
		_, err := wished(h, mech.SecretKey{Type: attr.GenericSecret, Size: size}, hsm.Template{Class: attr.Secret, Type: attr.GenericSecret, Size: size})
		tried(t, want, err, "generic secret")
	}
}

func TestRoomForPairs(t *testing.T) {
	h := desk(t)
	h.Policy.Model, h.KeysMax = hsm.HSM2, 16666
	most := hsm.HSM2.Row().PairedMax
	require.Equal(t, 3333, most)
	one := made(t, h, p256)[0]
	for slot := 100; slot < 100+most-3; slot++ {
		row := *h.At(one)
		row.Handle = uint32(slot)
		h.Put(&row)
	}
	_, err := wished(h, p256, pairAsked(attr.EC, p256.Curve)...)
	refusedFor(t, hsm.PairsFull, err, "a pair where there is room for one key")
	_, err = wished(h, aes128, aesAsked(nil))
	require.NoError(t, err)
	a := hsm.PublicArrival(h.At(one).Material)
	_, err = wished(h, a, a.Template(hsm.Template{}))
	require.NoError(t, err)
	_, err = wished(h, a, a.Template(hsm.Template{}))
	refusedFor(t, hsm.PairsFull, err, "one more")
	_, err = wished(h, aes128, aesAsked(nil))
	require.NoError(t, err, "secrets have room of their own")

	h = desk(t)
	h.Policy.Model, h.KeysMax = hsm.HSM2, 10
	made(t, h, p256)
	_, err = wished(h, p256, pairAsked(attr.EC, p256.Curve)...)
	refusedFor(t, hsm.PairsFull, err, "of ten keys two are of a pair")
}

// spec/cloudhsm-cli.md 2.10, 7.1: SHA-1 is too weak for every curve in FIPS mode.
func TestHashesThatAreWeakerThanTheCurve(t *testing.T) {
	for name, least := range map[string]int{"secp224r1": 1, "prime256v1": 2, "secp256k1": 2, "secp384r1": 3, "secp521r1": 4} {
		for i, hash := range []crypto.Hash{crypto.SHA1, crypto.SHA224, crypto.SHA256, crypto.SHA384, crypto.SHA512} {
			h := desk(t)
			private := made(t, h, mech.EC{Curve: curve(name)})[1]
			sign := func(strict bool) error {
				_, err := done(h.Sign(asAlice, hsm.SignRequest{Handle: private, Mechanism: mech.ECDSAWith(hash), Message: []byte("m"), Strict: strict}))
				return err
			}
			require.NoError(t, sign(false))
			if i < least {
				refusedFor(t, hsm.WeakHash, sign(true), name)
			} else {
				require.NoError(t, sign(true), name)
			}
			h.Policy.FIPS = false
			require.NoError(t, sign(true))
		}
	}
	h := desk(t)
	_, err := done(h.Sign(asAlice, hsm.SignRequest{Handle: made(t, h, p256)[1], Mechanism: mech.ECDSAWith(crypto.SHA1), Strict: true}))
	require.Equal(t, [2]int{80, 128}, [2]int{err.(hsm.Refusal).Size, err.(hsm.Refusal).Max})
	_, err = done(h.Sign(asAlice, hsm.SignRequest{Handle: made(t, h, rsa2k)[1], Mechanism: mech.PKCS1(crypto.SHA1), Strict: true}))
	require.NoError(t, err)
}

func TestKeysThatClientsOfSDK5Unwrap(t *testing.T) {
	h := desk(t)
	h.Policy = hsm.Policy{Model: hsm.HSM2}
	wrapper := made(t, h, aes256)[0]
	pad := mech.WrapParams{Wrapping: mech.WrapPad}
	unwrap := func(payload uint32, class attr.Class, typ attr.KeyType, sdk5 bool, settings ...string) (*hsm.Key, error) {
		w, err := done(h.Wrap(asAlice, hsm.WrapRequest{Handle: payload, With: wrapper, Params: pad}))
		require.NoError(t, err)
		a, err := done(h.Unwrap(asAlice, hsm.UnwrapRequest{With: wrapper, Params: pad, Blob: w.Blob, Class: class, Type: typ, SDK5: sdk5}))
		if err != nil {
			return nil, err
		}
		keys, err := wished(h, a, a.Template(hsm.Template{Settings: set(t, settings...)}))
		if err != nil {
			return nil, err
		}
		return keys[0], nil
	}
	every := attr.FlagDestroyable | attr.FlagExtractable | attr.FlagPrivate | attr.FlagSensitive
	payload := made(t, h, aes128)[0]
	k, err := unwrap(payload, attr.Secret, attr.AES, true)
	require.NoError(t, err)
	require.Equal(t, every|attr.FlagSign|attr.FlagVerify, k.Flags)
	k, err = unwrap(payload, attr.Secret, attr.GenericSecret, true, "extractable=false")
	require.NoError(t, err)
	require.Equal(t, every&^attr.FlagExtractable|attr.FlagSign|attr.FlagVerify, k.Flags, "it was extractable once")
	edwards := made(t, h, mech.Edwards{})[1]
	k, err = unwrap(edwards, attr.PrivateKey, attr.EC, true)
	require.NoError(t, err)
	require.Equal(t, []any{attr.Edwards, every}, []any{k.Material.Type, k.Flags})
	_, err = unwrap(edwards, attr.PrivateKey, attr.EC, false)
	refusedFor(t, hsm.NoKeyInside, err, "who does not know Ed25519")
	_, err = unwrap(edwards, attr.PrivateKey, attr.RSA, true)
	refusedFor(t, hsm.NoKeyInside, err, "another type")
	h.Policy = hsm.Policy{FIPS: true, Model: hsm.HSM2}
	_, err = unwrap(edwards, attr.PrivateKey, attr.EC, true)
	refusedFor(t, hsm.NotOffered, err, "FIPS mode has no Ed25519")
}

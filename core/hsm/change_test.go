package hsm_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/attr"
	"hsmplay/core/hsm"
	"hsmplay/core/mech"
)

// spec/cloudhsm-cli.md 3.3: what an owner changes on either type of HSM; "" is done.
func TestWhatAnOwnerChanges(t *testing.T) {
	const no = hsm.AttributeRefused
	for _, row := range []struct {
		said          string
		first, second hsm.Reason
	}{
		{"encrypt=true", "", ""}, {"decrypt=false", "", ""}, {"sign=true", "", ""}, {"verify=true", "", ""}, {"wrap=false", "", ""},
		{"unwrap=false", "", ""}, {"derive=true", "", ""}, {"destroyable=false", "", ""}, {"label=new", "", ""},
		{"id=0x0102", no, ""}, {"extractable=false", no, ""}, {"extractable=true", no, no},
		{"modifiable=false", "", ""}, {"modifiable=true", no, no}, {"token=true", "", ""}, {"token=false", no, no},
		{"wrap-with-trusted=true", "", ""}, {"wrap-with-trusted=false", no, no}, {"private=false", no, no}, {"sensitive=false", no, no},
		{"trusted=true", no, no}, {"local=false", no, no}, {"never-extractable=false", no, no}, {"always-sensitive=false", no, no},
		{"check-value=0x01", no, no}, {"key-length-bytes=16", no, no}, {"key-type=rsa", no, no}, {"class=public-key", no, no},
		{"curve=ed25519", no, no}, {"modulus=0x01", no, no}, {"ec-point=0x01", no, no}, {"mldsa-algorithm=ML-DSA-44", no, no},
		{"wrap-template=extractable=true", "", ""}, {"unwrap-template=sign=false", "", ""},
	} {
		for model, want := range map[hsm.Model]hsm.Reason{"": row.first, hsm.HSM2: row.second} {
			h := desk(t)
			h.Policy.Model = model
			handle := made(t, h, aes256)[0]
			before := *h.At(handle)
			s := set(t, row.said)[0]
			err := h.Change(asAlice, handle, s)
			tried(t, want, err, row.said)
			if err != nil {
				require.Equal(t, before, *h.At(handle), row.said)
				require.Equal(t, hsm.Refusal{Reason: no, Handle: handle, Attr: s.Attr, Value: s.Value()}, err)
				continue
			}
			shows(t, h, handle, s)
		}
	}
}

// shows checks that a key has what was set.
func shows(t *testing.T, h *hsm.HSM, handle uint32, s attr.Setting) {
	t.Helper()
	k := h.At(handle)
	row, _ := attr.Find(s.Attr)
	value, _ := k.Shown(row, h.Policy.Model)
	switch {
	case s.Attr == attr.WrapTemplate:
		require.Equal(t, s.Template, k.WrapTemplate)
	case s.Attr == attr.UnwrapTemplate:
		require.Equal(t, s.Template, k.UnwrapTemplate)
	case row.Kind == attr.Bool:
		require.Equal(t, s.On, value.Number == 1, row.CLI)
	default:
		require.Equal(t, s.Text, value.Text+string(value.Bytes))
	}
}

func TestWhoChanges(t *testing.T) {
	h := desk(t)
	handle, session := made(t, h, aes256, shared)[0], made(t, h, aes128, inSession)[0]
	pair := made(t, h, rsa2k)
	label, trusted, derive := set(t, "label=new")[0], set(t, "trusted=true")[0], set(t, "derive=true")[0]
	require.Equal(t, hsm.NotLoggedIn, h.Change(asNobody, handle, label))
	refusedFor(t, hsm.NotOwner, h.Change(asBob, handle, label), "who has a share")
	refusedFor(t, hsm.NoSuchKey, h.Change(asBob, session, label), "another's session key")
	refusedFor(t, hsm.NoSuchKey, h.Change(asAlice, 999, label), "no such key")
	require.Equal(t, error(hsm.NotPermitted), h.Change(asAdmin, handle, label))
	require.NoError(t, h.Change(asAdmin, handle, trusted))
	require.True(t, h.At(handle).Has(attr.FlagTrusted))
	require.NoError(t, h.Change(asAdmin, handle, set(t, "trusted=false")[0]))
	refusedFor(t, hsm.NoSuchKey, h.Change(asAdmin, session, trusted), "a session key")
	refusedFor(t, hsm.AttributeRefused, h.Change(asAlice, pair[0], derive), "RSA on the first type")
	h.Policy.Model = hsm.HSM2
	require.NoError(t, h.Change(asAlice, pair[0], derive))
	for size, want := range map[int]hsm.Reason{1: "", 127: "", 0: hsm.LabelLength, 128: hsm.LabelLength} {
		tried(t, want, h.Change(asAlice, handle, attr.Setting{Attr: attr.Label, Text: strings.Repeat("x", size)}), "label")
	}
	require.NoError(t, h.Change(asAlice, session, set(t, "token=true")[0]))
	require.Zero(t, h.At(session).Session)
}

// A key that is not modifiable stays as it is, whatever tool asks (spec/cloudhsm-cli.md 3.3).
func TestAKeyThatIsNotModifiable(t *testing.T) {
	h := desk(t)
	handle, brief := made(t, h, aes256)[0], made(t, h, aes128, inSession, with(attr.FlagFixed))[0]
	require.NoError(t, h.Change(asAlice, handle, set(t, "modifiable=false")[0]))
	bob := h.UserNamed(hsm.CU, "bob").ID
	_, _, noToken := h.SetToken(asAlice, brief, true)
	for name, err := range map[string]error{
		"its owner":            h.Change(asAlice, handle, set(t, "label=new")[0]),
		"an officer":           h.Change(asAdmin, handle, set(t, "trusted=true")[0]),
		"an officer's tool":    h.SetAttribute(asAdmin, handle, attr.Trusted, "1"),
		"the older tools":      h.SetAttribute(asAlice, handle, attr.Label, "new"),
		"the older tools, too": noToken,
		"sharing":              h.Share(asAlice, handle, []int{bob}, true),
	} {
		refusedFor(t, hsm.NotModifiable, err, name)
	}
	_, err := h.Delete(asAlice, handle)
	require.NoError(t, err, "to delete is not to change")
}

func TestAManagedKeyIsChangedWithApprovals(t *testing.T) {
	h := desk(t)
	handle := made(t, h, aes256, func(k *hsm.Key) { k.Shared, k.MValue, k.Manage = []int{4}, 2, 2 })[0]
	refusedFor(t, hsm.ApprovalsMissing, h.Change(asAlice, handle, set(t, "label=new")[0]), "none")
	require.NoError(t, h.Change(asAdmin, handle, set(t, "trusted=true")[0]), "officers are asked for none")
}

func TestTemplatesOfWrappingKeys(t *testing.T) {
	h := desk(t)
	wrapper, payload := made(t, h, aes256)[0], made(t, h, aes128)[0]
	pad := mech.WrapParams{Wrapping: mech.WrapPad}
	wrap := func() (hsm.Wrapped, error) {
		return done(h.Wrap(asAlice, hsm.WrapRequest{Handle: payload, With: wrapper, Params: pad}))
	}
	require.NoError(t, h.Change(asAlice, wrapper, set(t, "wrap-template=sign=true")[0]))
	_, err := wrap()
	refusedFor(t, hsm.TemplateDiffers, err, "a key that does not sign")
	_, err = done(h.Export(asAlice, hsm.ExportRequest{Handle: payload, Want: hsm.SecretKey, With: wrapper}))
	refusedFor(t, hsm.TemplateDiffers, err, "an export")
	require.NoError(t, h.Change(asAlice, payload, set(t, "sign=true")[0]))
	wrapped, err := wrap()
	require.NoError(t, err)
	s, err := attr.ParseSetting("unwrap-template", "sign=false", "extractable=false")
	require.NoError(t, err)
	require.NoError(t, h.Change(asAlice, wrapper, s))
	a, err := done(h.Unwrap(asAlice, hsm.UnwrapRequest{With: wrapper, Params: pad, Blob: wrapped.Blob, Class: attr.Secret, Type: attr.AES}))
	require.NoError(t, err)
	for _, sdk5 := range []bool{false, true} {
		tm := a.Template(hsm.Template{Label: "l", SDK5: sdk5})
		require.Zero(t, tm.Key(99, h.Sessions[0], h.At(payload).Material).Flags&(attr.FlagSign|attr.FlagExtractable))
	}
	_, err = wished(h, a, a.Template(hsm.Template{Settings: set(t, "sign=true")}))
	refusedFor(t, hsm.TemplateDiffers, err, "what the template forbids")
	_, err = wished(h, a, a.Template(hsm.Template{Settings: set(t, "sign=false", "verify=true")}))
	require.NoError(t, err)
}

package sim

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// inspect looks at a file that must be there.
func (p player) inspect(name string) Inspection {
	p.t.Helper()
	in, err := p.w.Inspect(name)
	require.NoError(p.t, err)
	return in
}

func TestInspectReadsADumpOfKeyMgmtUtil(t *testing.T) {
	p := start(t, Options{Seed: 1})
	p.do("genECCKeyPair -i 14 -l ecc14")
	p.do("getAttribute -o 7 -a 512 -out attr_7")
	in := p.inspect("attr_7")
	require.Equal(t, []any{"attributes", true, "private", "EC P-384", "ecc14", uint32(7)},
		[]any{in.Kind, in.Text, in.Class, in.Type, in.Label, in.Handle})
	require.Len(t, in.Attributes, 19) // spec/kmu.md 4.3
	require.Equal(t, AttributeRow{"attribute-0", "", 0, "OBJ_ATTR_CLASS", "0x03", "private", "2 public, 3 private, 4 secret"}, in.Attributes[0])
	reads := map[string]string{}
	for _, row := range in.Attributes {
		reads[row.Name] = row.Reads
	}
	require.Equal(t, "EC", reads["OBJ_ATTR_KEY_TYPE"])
	require.Equal(t, "yes", reads["OBJ_ATTR_SIGN"])
	require.Equal(t, "no", reads["OBJ_ATTR_WRAP"])
	require.Equal(t, "P-384", reads["OBJ_ATTR_MODULUS_BITS"])
	require.Equal(t, "185 bytes", reads["OBJ_ATTR_VALUE_LEN"])
	require.Equal(t, "", reads["OBJ_ATTR_LABEL"])
}

func TestInspectReadsASingleAttribute(t *testing.T) {
	p := start(t, Options{Seed: 1})
	p.do("genSymKey -t 31 -s 32 -l aes")
	p.do("getAttribute -o 6 -a 370 -out one")
	p.do("getAttribute -o 6 -a 258 -out empty")
	in := p.inspect("one")
	require.Equal(t, []any{"attributes", "", uint32(0)}, []any{in.Kind, in.Class, in.Handle})
	require.Equal(t, "yes", in.Attributes[0].Reads)
	in = p.inspect("empty")
	require.Equal(t, "attributes", in.Kind)
	require.Equal(t, "", in.Attributes[0].Value)
}

func TestInspectReadsWhatEachServerHolds(t *testing.T) {
	p := start(t, Options{Seed: 1})
	p.do("genSymKey -t 31 -s 32 -l aes")
	p.do("exit")
	p.do("cloudhsm_mgmt_util /opt/cloudhsm/etc/cloudhsm_mgmt_util.cfg")
	p.do("loginHSM CU example_user aws")
	p.do("getAttribute 6 512 attrs")
	in := p.inspect("attrs")
	require.Equal(t, []any{"attributes", "secret", "AES", uint32(6)}, []any{in.Kind, in.Class, in.Type, in.Handle})
	var servers []string
	for _, row := range in.Attributes {
		if row.Name == "OBJ_ATTR_CLASS" {
			servers = append(servers, row.On)
		}
	}
	require.Equal(t, []string{"server 0(10.0.1.10)", "server 1(10.0.2.11)", "server 2(10.0.3.12)"}, servers)
}

func TestInspectNamesTheKeyOfAFakePEM(t *testing.T) {
	p := start(t, Options{Seed: 1})
	p.do("genECCKeyPair -i 2 -l ecc2")
	p.do("getCaviumPrivKey -k 7 -out fake.pem")
	p.do("exportPubKey -k 6 -out public.pem")
	require.Equal(t, []BlockRow{{ID: "block-0", Label: "EC PRIVATE KEY", Size: 121, Kind: "fake", Type: "EC P-256", Handle: "7", There: true}},
		p.inspect("fake.pem").Blocks)
	require.Equal(t, []BlockRow{{ID: "block-0", Label: "PUBLIC KEY", Size: 91, Kind: "public", Type: "EC P-256", Handle: "6", There: true}},
		p.inspect("public.pem").Blocks)
	p.do("deleteKey -k 7")
	fake := p.inspect("fake.pem").Blocks[0]
	require.Equal(t, []any{"7", false}, []any{fake.Handle, fake.There})
}

func TestInspectRecognisesTheToolsOwnFiles(t *testing.T) {
	p := start(t, Options{Seed: 1})
	p.do("genSymKey -t 31 -s 32 -l wrapper")
	p.do("genSymKey -t 31 -s 16 -l payload")
	p.do("wrapKey -k 7 -w 6 -m 4 -out wrapped")
	p.do("extractMaskedObject -o 7 -out masked")
	in := p.inspect("wrapped")
	require.Equal(t, []any{"wrapped", false, "secret", "AES", "payload"}, []any{in.Kind, in.Text, in.Class, in.Type, in.Label})
	in = p.inspect("masked")
	require.Equal(t, []any{"masked", true}, []any{in.Kind, in.Here})
	data, err := p.w.Read("masked")
	require.NoError(t, err)
	other := New(Options{Seed: 2})
	require.NoError(t, other.Write("masked", data))
	in, err = other.Inspect("masked")
	require.NoError(t, err)
	require.Equal(t, []any{"masked", false}, []any{in.Kind, in.Here})
}

func TestInspectOfAnythingElse(t *testing.T) {
	w := New(Options{Seed: 1})
	for content, kind := range map[string]string{
		"":                               "empty",
		"hello\n":                        "text",
		"a\x00b":                         "binary",
		"OBJ_ATTR_CLASS\n":               "text",
		"OBJ_ATTR_CLASS\n0x03\nmore\n":   "text",
		"OBJ_ATTR_NONE\n0x03\n":          "text",
		"OBJ_ATTR_ALL\n0x03\n":           "text",
		"OBJ_ATTR_CLASS\nno number\n":    "attributes",
		"OBJ_ATTR_CLASS\n0xffffffffff\n": "attributes",
		"OBJ_ATTR_SIGN\n0x02\n":          "attributes",
		"-----BEGIN PUBLIC KEY-----\n":   "text",
		"-----BEGIN X-----\nAA==\n-----END X-----\n":           "pem",
		strings.Repeat("OBJ_ATTR_SIGN\n0x01\n", 4<<10):         "text",
		"HSMWRAP\x01" + strings.Repeat("x", 300):               "binary",
		"HSMPLAY MASKED 2\nelsewhere\n\x00 as long as a nonce": "masked",
		"HSMPLAY MASKED 2\n":                                   "text",
	} {
		require.NoError(t, w.Write("f", []byte(content)))
		in, err := w.Inspect("f")
		require.NoError(t, err)
		require.Equal(t, kind, in.Kind, "%.60q", content)
		require.NotNil(t, in.Attributes)
		require.NotNil(t, in.Blocks)
	}
	_, err := w.Inspect("nowhere")
	require.Error(t, err)
}

func FuzzInspect(f *testing.F) {
	f.Add([]byte("OBJ_ATTR_CLASS\n0x03\nOBJ_ATTR_LABEL\n\n"))
	f.Add([]byte("\nAttribute Value on server 0(10.0.1.10):\nOBJ_ATTR_SIGN\n0x00000001\n"))
	f.Add([]byte("-----BEGIN RSA PRIVATE KEY-----\nMAA=\n-----END RSA PRIVATE KEY-----\n"))
	f.Add([]byte("HSMPLAY MASKED 2\nx\n012345678901"))
	w := New(Options{Seed: 1})
	f.Fuzz(func(t *testing.T, data []byte) {
		if w.Write("f", data) != nil {
			return
		}
		in, err := w.Inspect("f")
		require.NoError(t, err)
		require.NotEmpty(t, in.Kind)
	})
}

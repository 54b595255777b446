package material

import (
	"bytes"
	"encoding/pem"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestInspectPEMTellsWhatABlockIs(t *testing.T) {
	ecPublic, ec := makePair(t, EC{onCurve(14)})
	rsaPublic, rsa := makePair(t, RSA{2048, 65537})
	_, dsa := makePair(t, DSA{2048})
	pkcs8, err := privatePEM(ec)
	require.NoError(t, err)
	curve := onCurve(2)
	scalar, point, err := curve.math.generate()
	require.NoError(t, err)
	fakeEC, err := FakePEM(ec, 262169)
	require.NoError(t, err)
	fakeRSA, err := FakePEM(rsa, 15)
	require.NoError(t, err)
	name, err := ParseName("/O=Example/CN=server")
	require.NoError(t, err)
	request, err := NewRequest(name, ec)
	require.NoError(t, err)
	for _, c := range []struct {
		data   []byte
		kind   BlockKind
		key    string
		handle uint64
	}{
		{PublicPEM(ecPublic), PublicBlock, "EC P-384", 0},
		{PublicPEM(rsaPublic), PublicBlock, "RSA 2048", 0},
		{PublicPEM(dsa), PublicBlock, "DSA", 0},
		{pkcs8, PrivateBlock, "EC P-384", 0},
		{rsaPEM1, PrivateBlock, "RSA 2048", 0},
		{encodePEM("EC PRIVATE KEY", writeSEC1(curve, scalar, point)), PrivateBlock, "EC P-256", 0},
		{encodePEM("DSA PRIVATE KEY", []byte{0x30, 0}), PrivateBlock, "DSA", 0},
		{fakeEC, FakeBlock, "EC P-384", 262169},
		{fakeRSA, FakeBlock, "RSA 2048", 15},
		{RequestPEM(request), RequestBlock, "EC P-384", 0},
		{encodePEM("PUBLIC KEY", []byte("no DER")), BrokenBlock, "", 0},
		{encodePEM("CERTIFICATE", []byte{0x30, 0}), BrokenBlock, "", 0},
		{encodePEM("ENCRYPTED PRIVATE KEY", []byte{0x30, 0}), EncryptedBlock, "", 0},
		{encodePEM("PGP MESSAGE", []byte("text")), OtherBlock, "", 0},
	} {
		blocks := InspectPEM(c.data)
		require.Len(t, blocks, 1, "%s", c.data)
		require.Equal(t, c.kind, blocks[0].Kind, "%s", c.data)
		require.Equal(t, c.handle, blocks[0].Handle)
		if c.key == "" {
			require.Nil(t, blocks[0].Key)
			continue
		}
		require.Equal(t, c.key, blocks[0].Key.Describe())
	}
	require.Equal(t, "O = Example, CN = server", InspectPEM(RequestPEM(request))[0].Subject.String())
}

func TestInspectPEMOfSeveralBlocksAndOfNone(t *testing.T) {
	public, _ := makePair(t, EC{onCurve(2)})
	one := PublicPEM(public)
	require.Len(t, InspectPEM(append([]byte("text before\n"), bytes.Repeat(one, 3)...)), 3)
	require.Len(t, InspectPEM(bytes.Repeat(pem.EncodeToMemory(&pem.Block{Type: "X"}), 1000)), blocksMax)
	require.Empty(t, InspectPEM(nil))
	require.Empty(t, InspectPEM([]byte("-----BEGIN PUBLIC KEY-----\nhalf of one\n")))
	require.Empty(t, InspectPEM(append(one, make([]byte, MaxFile)...)))
}

func FuzzInspectPEM(f *testing.F) {
	public, private := makePair(f, EC{onCurve(2)})
	pkcs8, err := privatePEM(private)
	require.NoError(f, err)
	for _, seed := range [][]byte{PublicPEM(public), pkcs8, rsaPEM1, []byte("-----BEGIN X-----\n-----END X-----\n")} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, b := range InspectPEM(data) {
			require.NotEmpty(t, b.Kind)
			if b.Key != nil {
				require.NotEmpty(t, b.Key.Describe())
			}
		}
	})
}

// FuzzInspectBlock hands the bytes of blocks over without their base64.
func FuzzInspectBlock(f *testing.F) {
	public, private := makePair(f, EC{onCurve(2)})
	f.Add(byte(0), public.value)
	f.Add(byte(1), private.value)
	block, _ := pem.Decode(rsaPEM1)
	f.Add(byte(3), block.Bytes)
	labels := []string{"PUBLIC KEY", "PRIVATE KEY", "EC PRIVATE KEY", "RSA PRIVATE KEY", "CERTIFICATE", "CERTIFICATE REQUEST"}
	f.Fuzz(func(t *testing.T, which byte, der []byte) {
		require.Len(t, InspectPEM(encodePEM(labels[int(which)%len(labels)], der)), 1)
	})
}

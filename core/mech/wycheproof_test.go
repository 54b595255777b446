package mech

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// wycheproof is one file of sampled vectors of C2SP/wycheproof. A vector of a signature is id, index of
// the key, message, signature, result; one of a wrapping is id, key, plain text, blob, result, and for
// GCM IV and additional data.
type wycheproof struct {
	Mechanism int
	Keys      []string
	Vectors   [][]any
}

// readWycheproof skips the test where the vectors are not at hand: they are another project's data.
func readWycheproof(t *testing.T, name string) (set wycheproof) {
	t.Helper()
	path := filepath.Join("..", "..", "..", "shared", "wycheproof", name+".json")
	data, err := os.ReadFile(path)
	if err != nil {
		t.Skipf("no Wycheproof vectors at %s", path)
	}
	require.NoError(t, json.Unmarshal(data, &set))
	require.NotEmpty(t, set.Vectors)
	return set
}

func TestWycheproofSignatures(t *testing.T) {
	for _, name := range []string{"ecdsa-p256-sha256", "ecdsa-p384-sha384", "ecdsa-secp256k1-sha256",
		"rsa-2048-sha256", "rsa-2048-sha512", "rsa-pss-2048-sha256"} {
		t.Run(name, func(t *testing.T) {
			set := readWycheproof(t, name)
			for _, v := range set.Vectors {
				public, err := PublicFromPEM([]byte(set.Keys[int(v[1].(float64))]))
				require.NoError(t, err)
				err = Verify(public, set.Mechanism, unhex(t, v[2].(string)), unhex(t, v[3].(string)))
				checkWycheproof(t, v, err)
			}
		})
	}
}

func TestWycheproofWrapping(t *testing.T) {
	for _, name := range []string{"aes-kw", "aes-kwp", "aes-gcm"} {
		t.Run(name, func(t *testing.T) {
			set := readWycheproof(t, name)
			for _, v := range set.Vectors {
				p := WrapParams{Mechanism: set.Mechanism}
				if len(v) == 7 {
					p.IV, p.AAD = unhex(t, v[5].(string)), unhex(t, v[6].(string))
				}
				plain, err := Unwrap(newAES(t, unhex(t, v[1].(string))), unhex(t, v[3].(string)), p)
				checkWycheproof(t, v, err)
				if err == nil {
					require.Equal(t, unhex(t, v[2].(string)), append([]byte{}, plain...))
				}
			}
		})
	}
}

// checkWycheproof compares an outcome with the fifth field; acceptable vectors may go either way.
func checkWycheproof(t *testing.T, vector []any, err error) {
	t.Helper()
	switch vector[4] {
	case "valid":
		require.NoError(t, err, "vector %v", vector[0])
	case "invalid":
		require.Error(t, err, "vector %v", vector[0])
	default:
		require.Equal(t, "acceptable", vector[4])
	}
}

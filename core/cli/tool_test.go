package cli

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestFilesOfTheConfigurationAreNeeded(t *testing.T) {
	d := newDesk(t)
	c, err := ReadConfig(d.files[ConfigFile])
	require.NoError(t, err)
	c.Clusters[0].Cluster.ClientCert, c.Clusters[0].Cluster.ClientKey = "c.crt", "c.key"
	d.files[ConfigFile] = c.Text()
	for _, row := range []struct{ member, file string }{{"client_cert_hsm_tls_path", "c.crt"}, {"client_key_hsm_tls_path", "c.key"}} {
		out := New(d.cluster, d.host()).Start([]string{"cluster", "hsm-info"})
		require.Contains(t, out.Text+out.Errors, "Could not read configuration-referenced file "+row.member+" at location "+row.file+": No such file or directory")
		d.files[row.file] = []byte("x")
	}
}

func TestTheClusterServiceComesWithMutualTLS(t *testing.T) {
	d := newDesk(t)
	d.line("login --username admin --role admin --password password")
	require.Contains(t, d.line("quorum token-sign set-quorum-value --service cluster --value 1"), mtlsUnknown)
	require.Contains(t, d.line("quorum token-sign generate --service cluster --token t"), mtlsUnknown)
}

func TestASession(t *testing.T) {
	d := newDesk(t)
	require.Equal(t, "aws-cloudhsm > ", d.Prompt())
	require.Equal(t, "{\n  \"error_code\": 0,\n  \"data\": {\n    \"username\": \"example_user\",\n    \"role\": \"crypto-user\"\n  }\n}\n",
		d.line("login --username Example_USER --role crypto-user --password aws"))
	require.Equal(t, "{\n  \"error_code\": 0,\n  \"data\": \"Logout successful\"\n}\n", d.line("logout"))
	require.Empty(t, d.line(`login --username user4 \`))
	require.Empty(t, d.Prompt(), "a line that goes on has no prompt")
	require.Contains(t, d.line("--role crypto-user --password aws"), "user4")
	d.line("quit")
	require.True(t, d.out.Exit)
}

// TestJSONIsLaidOutAsEncodingJSONDoes compares with json.Indent, but for the separators.
func TestJSONIsLaidOutAsEncodingJSONDoes(t *testing.T) {
	for _, value := range []any{"", `a "b" \ c`, "<&>", []int{}, map[string]int{}, []any{1, []any{}, nil, true, "]}{[,:\\"}, struct{ A, B any }{struct{}{}, []string{"\\u2028", "x"}}, "\x00\xff\t\u007f"} {
		var b bytes.Buffer
		e := json.NewEncoder(&b)
		e.SetEscapeHTML(false)
		e.SetIndent("", "  ")
		require.NoError(t, e.Encode(value))
		require.Equal(t, b.String(), written(value))
	}
	require.Equal(t, "\"a\u2028b\u2029\\\\u2028\"\n", written("a\u2028b\u2029\\u2028"))
	require.Equal(t, "{\n  \"a\": \"x\u2028<\",\n  \"b\": 3,\n  \"c\": false,\n  \"d\": \"\\\"\"\n}\n", written(members{{"a", "x\u2028<"}, {"b", uint32(3)}, {"c", false}, {"d", `"`}}))
}

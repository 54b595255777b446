package sim

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestOneCommandOfTheCLIGetsTheWholeLine types faulty lines of cloudhsm-cli in bash, where it has not
// connected when it refuses them: what is offered is filled from the cluster, as at its prompt.
func TestOneCommandOfTheCLIGetsTheWholeLine(t *testing.T) {
	w := New(Options{Source: oneKey})
	w.Open("", 80)
	asUser, asAdmin := "export CLOUDHSM_ROLE=crypto-user CLOUDHSM_PIN=example_user:aws", "export CLOUDHSM_ROLE=admin CLOUDHSM_PIN=admin:password"
	check := func(lines map[string]string) {
		for typed, want := range lines {
			offers, text := said(w, typed)
			require.Equal(t, []string{want}, offers, "%s: %s", typed, text)
		}
	}
	for _, line := range []string{asUser, "cloudhsm-cli key generate-symmetric aes --label a --key-length-bytes 32", "echo x > m"} {
		require.True(t, w.Type(1, line).Works(), line)
	}
	before := w.cluster.LastEvent()
	check(map[string]string{
		"cloudhsm-cli help usr":                       "cloudhsm-cli help user",
		"cloudhsm-cli help usr create":                "cloudhsm-cli help user create",
		"cloudhsm-cli help user creat":                "cloudhsm-cli help user create",
		"cloudhsm-cli help usre creat":                "cloudhsm-cli help user create",
		"cloudhsm-cli help kye wrap aesgcm":           "cloudhsm-cli help key wrap aes-gcm",
		"cloudhsm-cli help help usr":                  "cloudhsm-cli help user",
		"cloudhsm-cli help help usr creat":            "cloudhsm-cli help user create",
		"cloudhsm-cli user help help creat":           "cloudhsm-cli user help create",
		"cloudhsm-cli key help wrp":                   "cloudhsm-cli key help wrap",
		"cloudhsm-cli help key list all":              "cloudhsm-cli help key list",
		"cloudhsm-cli hlep key list":                  "cloudhsm-cli help key list",
		"cloudhsm-cli -i":                             "cloudhsm-cli interactive",
		"cloudhsm-cli --interactive":                  "cloudhsm-cli interactive",
		"cloudhsm-cli key generate-symmetric aes":     "cloudhsm-cli key generate-symmetric aes --label mykey --key-length-bytes 32",
		"cloudhsm-cli key set-attribute":              "cloudhsm-cli key set-attribute --filter key-reference=0x0000000000000006 --name sign --value true",
		"cloudhsm-cli key list -v -v":                 "cloudhsm-cli key list --verbose",
		"cloudhsm-cli key list -vv":                   "cloudhsm-cli key list --verbose",
		"cloudhsm-cli key list --fliter attr.label=a": "cloudhsm-cli key list --filter attr.label=a",
	})
	require.Equal(t, before, w.cluster.LastEvent(), "nothing was asked of the HSMs")
	fork := w.Fork()
	require.Contains(t, fork.Type(1, "cloudhsm-cli key list -vv").Text, "the argument '--verbose' cannot be used multiple times")
	fork.Shut()
	require.True(t, w.Type(1, asAdmin).Works())
	check(map[string]string{
		"cloudhsm-cli user create --username bob":            "cloudhsm-cli user create --username bob --role crypto-user",
		"cloudhsm-cli user change-password --username admin": "cloudhsm-cli user change-password --username admin --role admin",
	})

	clone := strings.Fields(w.Type(1, "hsm backup && hsm clone").Text)
	other := ""
	for _, word := range clone {
		if strings.HasPrefix(word, "cluster-") {
			other = word
		}
	}
	require.True(t, w.Type(1, "sudo /opt/cloudhsm/bin/configure-cli add-cluster --cluster-id "+other).Works())
	first := w.cluster.Groups[0].ID
	check(map[string]string{
		"cloudhsm-cli user list":                  "cloudhsm-cli user list --cluster-id " + first,
		"cloudhsm-cli user create --username bob": "cloudhsm-cli user create --cluster-id " + first + " --username bob --role crypto-user",
	})
}

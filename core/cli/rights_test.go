package cli

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/cluster"
	"hsmplay/core/hsm"
)

// byRole are lines by who may run them, each with a file, a filter or a value that is wrong too: who
// may not is told that first (spec/cloudhsm-cli.md 2.0, 2.12).
var byRole = []struct {
	kind hsm.UserType // "" is anybody who is logged in
	line string
}{
	{hsm.CO, "cluster mtls register-trust-anchor --path none"}, {hsm.CO, "cluster mtls deregister-trust-anchor --certificate-reference x"},
	{hsm.CO, "cluster mtls set-enforcement --level none --approval none"},
	{hsm.CO, "user create --username a-b --role crypto-user --password p --approval none"}, {hsm.CO, "user delete --username nobody --role crypto-user --approval none"},
	{hsm.CO, "user change-password --username nobody --role crypto-user --password p --approval none"}, {hsm.CO, "user change-password --username user5 --role crypto-user"},
	{hsm.CO, "user change-mfa token-sign --username nobody --role admin --change-password p --deregister"},
	{hsm.CO, "quorum token-sign generate --service user --token /none/t"}, {hsm.CO, "quorum token-sign generate --service quorum --token /none/t"},
	{hsm.CO, "quorum token-sign set-quorum-value --service user --value 99"}, {hsm.CO, "quorum token-sign delete --scope user"}, {hsm.CO, "quorum token-sign delete --scope all"},
	{"", "user change-quorum token-sign register --public-key none --signed-token none"}, {"", "quorum token-sign list"}, {"", "key list --filter x"}, {"", "cluster mtls get-enforcement"},
	{"", "key set-attribute --filter x --name trusted --value true --approval none"},
	{hsm.CU, "quorum token-sign generate --service key-usage --token /none/t"}, {hsm.CU, "quorum token-sign generate --service key-management --token t --filter x"},
	{hsm.CU, "key set-attribute --filter key-reference=6 --name sign --value x --approval none"}, {hsm.CU, "key delete --filter x"},
	{hsm.CU, "key generate-symmetric aes --label a --key-length-bytes 9 --attributes x"}, {hsm.CU, "key generate-symmetric generic-secret --label a --key-length-bytes 0"},
	{hsm.CU, "key generate-asymmetric-pair rsa --public-label a --private-label a --modulus-size-bits 1 --public-exponent 2 --public-attributes x"},
	{hsm.CU, "key generate-asymmetric-pair ec --public-label a --private-label a --curve ed25519 --share-crypto-users nobody"},
	{hsm.CU, "key generate-asymmetric-pair ml-dsa --public-label a --private-label a --mldsa-algorithm ML-DSA-44"},
	{hsm.CU, "key generate-file --encoding pem --path /none/f --filter x"}, {hsm.CU, "key import pem --path none --label a --key-type-class ec-public"},
	{hsm.CU, "key share --filter x --username nobody --role admin --approval none"}, {hsm.CU, "key unshare --filter x --username nobody --role admin --approval none"},
	{hsm.CU, "key wrap aes-gcm --payload-filter x --wrapping-filter x --tag-length-bits 1 --payload-approval none"},
	{hsm.CU, "key unwrap aes-no-pad --filter x --data * --key-type-class aes --label a --approval none"},
	{hsm.CU, "crypto sign ecdsa --key-filter x --hash-function sha256 --data * --approval none"}, {hsm.CU, "crypto verify ed25519 --key-filter x --data-path none --signature-path none"},
}

// TestTheRoleIsAskedFirst types the lines as nobody, as an admin and as a crypto user.
func TestTheRoleIsAskedFirst(t *testing.T) {
	for _, as := range []struct {
		kind  hsm.UserType
		login string
	}{{"", ""}, {hsm.CO, "login --username admin --role admin --password password"}, {hsm.CU, "login --username example_user --role crypto-user --password aws"}} {
		d := newDesk(t)
		d.begin(cluster.Options{Model: hsm.HSM2})
		d.quiet = true
		if as.login != "" {
			d.line(as.login)
		}
		for _, row := range byRole {
			text := d.line(row.line)
			for d.ask != nil {
				text = d.line("password1")
			}
			switch {
			case as.kind == "":
				require.Contains(t, text, notLoggedIn, row.line)
			case row.kind != "" && row.kind != as.kind:
				require.Contains(t, text, wrongRole, row.line)
			default:
				require.NotContains(t, text, wrongRole, row.line)
				require.NotContains(t, text, notLoggedIn, row.line)
			}
		}
	}
}

// TestNobodyIsToldWhoLogsIn has the note name the role that a line is for.
func TestNobodyIsToldWhoLogsIn(t *testing.T) {
	d := newDesk(t)
	for _, row := range byRole {
		want := "as a crypto user"
		if row.kind == hsm.CO {
			want = "an admin"
		}
		require.Contains(t, d.line(row.line), "logs "+strings.TrimPrefix(want, "as ")+" in", row.line)
	}
}

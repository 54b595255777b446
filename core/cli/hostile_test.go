package cli

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestHostileInput types what nobody should: a clear error each, and nothing is half made.
func TestHostileInput(t *testing.T) {
	d := newDesk(t)
	d.line("login --username example_user --role crypto-user --password aws")
	d.files["deep"] = []byte(strings.Repeat("[", 10000) + strings.Repeat("]", 10000))
	d.files["large"] = []byte(`{"approval_data":"` + strings.Repeat("A", 10<<20) + `"}`)
	d.line("key generate-symmetric aes --label k --key-length-bytes 16")
	for line, want := range map[string]string{
		"key list" + strings.Repeat(" --filter attr.label=k", 10000):                  `"total_key_count": 1`,
		"key list --filter" + strings.Repeat(" attr.label=x", 10000):                  `"total_key_count": 0`,
		"key list --filter key-reference=0x10000000000000000":                         badReference,
		"key list --filter key-reference=18446744073709551615":                        `"total_key_count": 0`,
		"key list --max-items 18446744073709551616":                                   "number too large to fit in target type",
		"key list --starting-token 99999999999999999999":                              badStart,
		"key list --max-items 0":                                                      "0 is not in 1..",
		"key generate-symmetric aes --label a --key-length-bytes 9223372036854775807": sizeRefused,
		"key generate-asymmetric-pair rsa --public-label a --private-label b --modulus-size-bits 9223372036854775807 --public-exponent 65537": sizeRefused,
		"key share --filter attr.label=k --username user4 --role crypto-user --approval deep":                                                 badTokenFile,
		"key share --filter attr.label=k --username user4 --role crypto-user --approval large":                                                badTokenFile,
		"key unwrap aes-no-pad --filter attr.label=k --key-type-class aes --label a --data-path large":                                        "\"error_code\": 1",
		strings.Repeat("x", 2<<20): "error: line too long",
	} {
		before := len(d.keys())
		require.Contains(t, d.line(line), want, line[:min(len(line), 100)])
		require.Len(t, d.keys(), before)
	}
	d.line("key generate-symmetric aes --label \"\x01\x1b[2J<&>\u2028\" --key-length-bytes 16")
	text := d.line("key list")
	require.NotContains(t, text, "\x1b", "control characters are escaped")
	require.Contains(t, text, "<&>\u2028")
	require.True(t, json.Valid([]byte(text)))
}

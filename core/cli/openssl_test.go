//go:build !js

package cli

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/cluster"
	"hsmplay/core/hsm"
	"hsmplay/core/internal/foreign"
)

// workbench is a desk on HSMs that refuse nothing, logged in, whose files openssl reads and writes.
type workbench struct {
	*desk
	real foreign.OpenSSL
}

// newWorkbench skips the test where openssl is not installed.
func newWorkbench(t *testing.T) workbench {
	t.Helper()
	w := workbench{newDesk(t), foreign.NewOpenSSL(t)}
	w.begin(cluster.Options{Model: hsm.HSM2, NonFIPS: true})
	w.must("login --username example_user --role crypto-user --password aws")
	return w
}

// must types a line that succeeds, and returns the data of its answer.
func (w workbench) must(format string, args ...any) map[string]any {
	w.t.Helper()
	line := fmt.Sprintf(format, args...)
	text := w.line(line)
	require.NoError(w.t, w.out.Err, "%s\n%s", line, text)
	var e struct{ Data map[string]any }
	require.NoError(w.t, json.Unmarshal([]byte(w.out.Text), &e), line)
	return e.Data
}

// never types a line that is refused with a text.
func (w workbench) never(want, format string, args ...any) {
	w.t.Helper()
	line := fmt.Sprintf(format, args...)
	require.Contains(w.t, w.line(line), `"`+want+`"`, line)
}

// openssl runs in a directory with the tool's files, and the tool sees what it writes.
func (w workbench) openssl(format string, args ...any) string {
	w.t.Helper()
	out, err := w.try(format, args...)
	require.NoError(w.t, err, "openssl %s\n%s", fmt.Sprintf(format, args...), out)
	return out
}

func (w workbench) try(format string, args ...any) (string, error) {
	w.t.Helper()
	return w.real.Share(w.files, fmt.Sprintf(format, args...))
}

// bytes are a member in base64.
func (w workbench) bytes(data map[string]any, name string) []byte {
	w.t.Helper()
	text, ok := data[name].(string)
	require.True(w.t, ok, "%s in %v", name, data)
	value, err := base64.StdEncoding.DecodeString(text)
	require.NoError(w.t, err)
	return value
}

// shown is an attribute of a key, as key list --verbose prints it.
func (w workbench) shown(filter, name string) string {
	w.t.Helper()
	found := w.must("key list --verbose --filter %s", filter)["matched_keys"].([]any)
	require.Len(w.t, found, 1, filter)
	return fmt.Sprint(found[0].(map[string]any)["attributes"].(map[string]any)[name])
}

// checkValue is what openssl makes of a public key's file.
func (w workbench) checkValue(pem string) string {
	w.t.Helper()
	w.openssl("pkey -pubin -in %s -outform DER -out check.der", pem)
	w.openssl("dgst -sha1 -r -out check.txt check.der")
	return "0x" + string(w.files["check.txt"][:6])
}

// checkValueAES is what openssl makes of the bytes of an AES key.
func (w workbench) checkValueAES(key []byte) string {
	w.t.Helper()
	w.files["zero"] = make([]byte, 16)
	w.openssl("enc -aes-%d-ecb -nopad -K %x -in zero -out check.bin", 8*len(key), key)
	return fmt.Sprintf("0x%x", w.files["check.bin"][:3])
}

// same requires that two files say the same.
func (w workbench) same(a, b string) {
	w.t.Helper()
	require.NotEmpty(w.t, w.files[a], a)
	require.True(w.t, bytes.Equal(w.files[a], w.files[b]), "%s and %s", a, b)
}

//go:build !js

package same_test

import (
	"encoding/hex"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"hsmplay/core/internal/foreign"
	"hsmplay/core/same"
	"hsmplay/core/sim"
)

// run is a line of a tool, whose lines of OpenSSL the machine's own openssl runs.
type run struct {
	tool, line string
	before     string // typed at the machine's shell before them
	after      string // and what must be true there behind them
	hsm        string // a line of key_mgmt_util that must succeed on the files that OpenSSL has made
	equal      string // a file that the tool's line itself makes in the HSM, with the same bytes
}

// Parts of runs.
const (
	rsaKey   = "cp rsa-private.pem private.pem; cp rsa.pem public.pem"
	ecKey    = "cp ec-private.pem private.pem; cp ec.pem public.pem"
	aesKey   = "cp plain.bin key.bin"
	isKey    = "cmp key.bin plain.bin"
	textHas  = "openssl pkey -in private.pem -noout -text | grep -q "
	approver = "openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out approver.pem; head -c 32 /dev/zero > token.digest"
	approved = "openssl pkeyutl -verify -inkey approver.pem -pkeyopt digest:sha256 -in token.digest -sigfile token.sig"
	numbers  = "printf 'asn1=SEQUENCE:k\\n[k]\\nn=INTEGER:0x%s\\ne=INTEGER:65537\\n' $(openssl rsa -pubin -in rsa.pem -noout -modulus | cut -d= -f2) > key.cnf"
	aes128   = " --payload-filter attr.label=plain --wrapping-filter attr.label=wrapper --path w"
	oaep     = " --hash-function sha256 --mgf mgf1-sha256"
	isAESNow = " -kc 4 -kt 31 -l in"
)

// runs are lines of every command that OpenSSL has words for. The files are those of the HSM's keys
// 8 (rsa-private.pem), 10 (ec-private.pem), 11 (plain.bin), and what setUp has made.
var runs = []run{
	{tool: "kmu", line: "genRSAKeyPair -m 2048 -e 65537 -l a", after: textHas + "'(2048 bit' && openssl rsa -in private.pem -noout -check && openssl pkey -pubin -in public.pem -noout"},
	{tool: "kmu", line: "genECCKeyPair -i 2 -l a", after: textHas + "'OID: prime256v1'"}, {tool: "kmu", line: "genECCKeyPair -i 14 -l a", after: textHas + "'OID: secp384r1'"},
	{tool: "kmu", line: "genECCKeyPair -i 16 -l a", after: textHas + "'OID: secp256k1'"}, {tool: "kmu", line: "genECCKeyPair -i 13 -l a", after: textHas + "'OID: secp224r1'"},
	{tool: "kmu", line: "genECCKeyPair -i 15 -l a", after: textHas + "'OID: secp521r1'"}, {tool: "kmu", line: "genECCKeyPair -i 1 -l a"}, {tool: "kmu", line: "genECCKeyPair -l a", after: "test -s private.pem"},
	{tool: "kmu", line: "genDSAKeyPair -m 2048 -l a", after: textHas + "'(2048 bit'"},
	{tool: "kmu", line: "genSymKey -t 31 -s 32 -l a", after: "test $(wc -c < key.bin) = 32", hsm: "imSymKey -f key.bin -w 6 -t 31 -l in"}, {tool: "kmu", line: "genSymKey -t 16 -s 60 -l a", after: "test $(wc -c < key.bin) = 60"},
	{tool: "kmu", line: "genSymKey -t 21 -s 24 -l a", after: "test $(wc -c < key.bin) = 24"}, {tool: "kmu", line: "genSymKey -t 18 -s 16 -l a", after: "test $(wc -c < key.bin) = 16"}, {tool: "kmu", line: "genSymKey -s 16 -l a", after: "test -s key.bin"},
	{tool: "kmu", line: "genPBEKey -l a -s 32 -p 12345678 -iter 1000"},
	{tool: "kmu", line: "imSymKey -f plain.bin -w 6 -t 31 -l in", after: "cmp plain.bin key.bin"}, {tool: "kmu", line: "exSymKey -k 11 -w 6 -out f", before: aesKey, equal: "f"},
	{tool: "kmu", line: "importPrivateKey -f rsa-private.pem -w 6 -l in"}, {tool: "kmu", line: "importPrivateKey -f ec-private.pem -w 6 -l in"},
	{tool: "kmu", line: "exportPrivateKey -k 8 -w 6 -out f.pem", before: rsaKey, after: "cmp f.pem rsa-private.pem", hsm: "importPrivateKey -f f.pem -w 6 -l in"},
	{tool: "kmu", line: "importPubKey -l in -f rsa.pem"}, {tool: "kmu", line: "importPubKey -l in -f ec.pem"}, {tool: "kmu", line: "createPublicKey -l in -m modulus -e 65537", before: numbers, after: "cmp public.pem rsa.pem"},
	{tool: "kmu", line: "exportPubKey -k 9 -out f.pem", before: ecKey, equal: "f.pem"}, {tool: "kmu", line: "exportPubKey -k 7 -out f.pem", before: rsaKey, equal: "f.pem"},
	{tool: "kmu", line: "wrapKey -k 11 -w 6 -out w -m 4 -noheader", before: aesKey, equal: "w"}, {tool: "kmu", line: "wrapKey -k 11 -w 6 -out w -m 5 -noheader", before: aesKey, equal: "w"},
	{tool: "kmu", line: "wrapKey -k 11 -w 6 -out w -m 6 -noheader", before: aesKey, equal: "w"},
	{tool: "kmu", line: "wrapKey -k 11 -w 7 -out w -m 7 -t 3 -noheader", before: rsaKey + ";" + aesKey, hsm: "unWrapKey -f w -w 8 -m 7 -t 3 -noheader" + isAESNow},
	{tool: "kmu", line: "wrapKey -k 11 -w 7 -out w -m 7 -noheader", before: rsaKey + ";" + aesKey, hsm: "unWrapKey -f w -w 8 -m 7 -noheader" + isAESNow},
	{tool: "kmu", line: "wrapKey -k 11 -w 7 -out w -m 8 -t 3 -noheader", before: rsaKey + ";" + aesKey, hsm: "unWrapKey -f w -w 8 -m 8 -t 3 -noheader" + isAESNow},
	{tool: "kmu", line: "wrapKey -k 11 -w 7 -out w -m 12 -noheader", before: rsaKey + ";" + aesKey, after: "openssl pkeyutl -decrypt -inkey private.pem -in w | cmp - plain.bin"},
	{tool: "kmu", line: "unWrapKey -f w4 -w 6 -m 4 -noheader" + isAESNow, after: isKey}, {tool: "kmu", line: "unWrapKey -f w5 -w 6 -m 5 -noheader" + isAESNow, after: isKey},
	{tool: "kmu", line: "unWrapKey -f w6 -w 6 -m 6 -noheader -kc 3 -kt 0 -l in", after: "openssl rsa -inform DER -in key.bin | cmp - rsa-private.pem"},
	{tool: "kmu", line: "unWrapKey -f w7 -w 8 -m 7 -t 3 -noheader" + isAESNow, before: rsaKey, after: isKey}, {tool: "kmu", line: "unWrapKey -f w8 -w 8 -m 8 -t 3 -noheader" + isAESNow, before: rsaKey, after: isKey},
	{tool: "kmu", line: "getAttribute -o 8 -a 512 -out f", before: rsaKey}, {tool: "kmu", line: "getAttribute -o 8 -a 3 -out f", before: rsaKey}, {tool: "kmu", line: "deleteKey -k 8", before: rsaKey, after: "test ! -e private.pem"},
	{tool: "kmu", line: "sign -f m -k 10 -m 17 -out s", before: ecKey, hsm: "verify -f m -s s -k 9 -m 17"}, {tool: "kmu", line: "sign -f m -k 8 -m 1 -out s", before: rsaKey, equal: "s", hsm: "verify -f m -s s -k 7 -m 1"},
	{tool: "kmu", line: "sign -f m -k 8 -m 2 -out s", before: rsaKey, equal: "s"}, {tool: "kmu", line: "sign -f m -k 8 -m 6 -out s", before: rsaKey, hsm: "verify -f m -s s -k 7 -m 6"}, {tool: "kmu", line: "sign -f m -k 8 -m 8 -out s", before: rsaKey, hsm: "verify -f m -s s -k 7 -m 8"},
	{tool: "kmu", line: "verify -f m -s ec.sig -k 9 -m 17", before: ecKey}, {tool: "kmu", line: "verify -f m -s m.sig -k 7 -m 1", before: rsaKey}, {tool: "kmu", line: "verify -f m -s pss.sig -k 7 -m 6", before: rsaKey},
	{tool: "kmu", line: "aesWrapUnwrap -f plain.bin -w 6 -m 1 -out w", equal: "w"}, {tool: "kmu", line: "aesWrapUnwrap -f w4 -w 6 -m 0 -out f", equal: "f", after: "cmp f plain.bin"},
	{tool: "kmu", line: "IsValidKeyHandlefile -f rsa-private.pem"}, {tool: "kmu", line: "Error2String -r 0xb3"}, {tool: "kmu", line: "listECCCurveIds"}, {tool: "kmu", line: "help"},
	{tool: "kmu", line: "approveToken -f t", before: approver, after: approved}, {tool: "kmu", line: "getCert -f cert.pem -s 4", before: rsaKey + "; openssl req -x509 -new -key private.pem -subj /CN=a -out cert.pem"},
	{tool: "cmu", line: "registerQuorumPubKey CO admin t t.sig public.pem", before: rsaKey + "; head -c 32 /dev/zero > t", after: "openssl dgst -sha256 -verify public.pem -signature t.sig t"},
	{tool: "cmu", line: "registerMofnPubKey CO token admin rsa-private.pem", after: "cmp public.pem rsa.pem"}, {tool: "cmu", line: "getToken 3 admin t", before: approver, after: approved}, {tool: "cmu", line: "approveToken t", before: approver, after: approved},
	{tool: "cmu", line: "getCert cert.pem 4", before: rsaKey + "; openssl req -x509 -new -key private.pem -subj /CN=a -out cert.pem"}, {tool: "cmu", line: "help"},

	{tool: "cli", line: "crypto sign rsa-pkcs --key-filter key-reference=8 --hash-function sha384 --data-path m", before: rsaKey, hsm: "verify -f m -s data.sig -k 7 -m 2"},
	{tool: "cli", line: "crypto sign rsa-pkcs-pss --key-filter key-reference=8 --hash-function sha512 --mgf mgf1-sha512 --salt-length 64 --data-path m", before: rsaKey, hsm: "verify -f m -s data.sig -k 7 -m 8"},
	{tool: "cli", line: "crypto sign ecdsa --key-filter key-reference=10 --hash-function sha256 --data-path m", before: ecKey, hsm: "verify -f m -s data.sig -k 9 -m 17"},
	{tool: "cli", line: "crypto sign ed25519 --key-filter attr.label=ed --data-path m", before: "openssl genpkey -algorithm ED25519 -out private.pem", after: "test $(wc -c < data.sig) = 64"},
	{tool: "cli", line: "crypto verify rsa-pkcs --key-filter key-reference=7 --hash-function sha256 --data-path m --signature-path m.sig", before: rsaKey},
	{tool: "cli", line: "crypto verify rsa-pkcs-pss --key-filter key-reference=7 --hash-function sha256 --mgf mgf1-sha256 --salt-length 32 --data-path m --signature-path pss.sig", before: rsaKey},
	{tool: "cli", line: "crypto verify ecdsa --key-filter key-reference=9 --hash-function sha256 --data-path m --signature-path ec.sig", before: ecKey},
	{tool: "cli", line: "crypto verify ed25519 --key-filter attr.label=ed --data-path m --signature-path ed.sig",
		before: "openssl genpkey -algorithm ED25519 -out ed.pem; openssl pkey -in ed.pem -pubout -out public.pem; openssl pkeyutl -sign -rawin -inkey ed.pem -in m -out ed.sig"},
	{tool: "cli", line: "key delete --filter key-reference=8", before: rsaKey, after: "test ! -e private.pem"}, {tool: "cli", line: "key generate-file --encoding pem --path f.pem --filter key-reference=9", before: ecKey, equal: "f.pem"},
	{tool: "cli", line: "key generate-asymmetric-pair ec --public-label a --private-label a --curve secp384r1", after: textHas + "'OID: secp384r1'"}, {tool: "cli", line: "key generate-asymmetric-pair ec --public-label a --private-label a --curve secp256r1", after: textHas + "'OID: prime256v1'"},
	{tool: "cli", line: "key generate-asymmetric-pair ec --public-label a --private-label a --curve ed25519", after: textHas + "ED25519"}, {tool: "cli", line: "key generate-asymmetric-pair ec --public-label a --private-label a --curve secp521r1", after: textHas + "'OID: secp521r1'"},
	{tool: "cli", line: "key generate-asymmetric-pair ec --public-label a --private-label a --curve secp224r1", after: textHas + "'OID: secp224r1'"},
	{tool: "cli", line: "key generate-asymmetric-pair rsa --public-label a --private-label a --modulus-size-bits 3072 --public-exponent 65537", after: textHas + "'(3072 bit'"},
	{tool: "cli", line: "key generate-symmetric aes --label a --key-length-bytes 24", after: "test $(wc -c < key.bin) = 24"}, {tool: "cli", line: "key generate-symmetric generic-secret --label a --key-length-bytes 64", after: "test $(wc -c < key.bin) = 64"},
	{tool: "cli", line: "key import pem --path rsa.pem --label in --key-type-class rsa-public"}, {tool: "cli", line: "key list --filter key-reference=8", before: rsaKey}, {tool: "cli", line: "help"},
	{tool: "cli", line: "quorum token-sign generate --service user --token t", before: approver, after: approved}, {tool: "cli", line: "quorum token-sign generate --service key-usage --filter key-reference=8 --token t", before: approver, after: approved},
	{tool: "cli", line: "quorum token-sign generate --service cluster --token t", before: approver, after: approved}, {tool: "cli", line: "quorum token-sign generate --service registration --token t", after: "test $(wc -c < t) = 32"},
	{tool: "cli", line: "user change-quorum token-sign register --public-key p --signed-token t", before: rsaKey + "; head -c 32 /dev/zero > registration.token", after: "openssl dgst -sha256 -verify public.pem -signature registration.sig registration.token"},
	{tool: "cli", line: "key wrap aes-pkcs5-pad" + aes128, before: aesKey, equal: "w"}, {tool: "cli", line: "key wrap aes-no-pad" + aes128, before: aesKey, equal: "w"}, {tool: "cli", line: "key wrap aes-zero-pad" + aes128, before: aesKey, equal: "w"},
	{tool: "cli", line: "key wrap rsa-aes --payload-filter key-reference=11 --wrapping-filter key-reference=7 --path w" + oaep, before: rsaKey + ";" + aesKey, hsm: "unWrapKey -f w -w 8 -m 7 -t 3 -noheader" + isAESNow},
	{tool: "cli", line: "key wrap rsa-oaep --payload-filter key-reference=11 --wrapping-filter key-reference=7 --path w" + oaep, before: rsaKey + ";" + aesKey, hsm: "unWrapKey -f w -w 8 -m 8 -t 3 -noheader" + isAESNow},
	{tool: "cli", line: "key wrap rsa-pkcs --payload-filter key-reference=11 --wrapping-filter key-reference=7 --path w", before: rsaKey + ";" + aesKey, after: "openssl pkeyutl -decrypt -inkey private.pem -in w | cmp - plain.bin"},
	{tool: "cli", line: "key unwrap aes-pkcs5-pad --filter key-reference=6 --data-path w4 --key-type-class aes --label in", after: isKey}, {tool: "cli", line: "key unwrap aes-no-pad --filter key-reference=6 --data-path w5 --key-type-class aes --label in", after: isKey},
	{tool: "cli", line: "key unwrap aes-zero-pad --filter key-reference=6 --data-path w6 --key-type-class rsa-private --label in", after: "openssl rsa -inform DER -in key.bin | cmp - rsa-private.pem"},
	{tool: "cli", line: "key unwrap rsa-aes --filter key-reference=8 --data-path w7 --key-type-class aes --label in" + oaep, before: rsaKey, after: isKey}, {tool: "cli", line: "key unwrap rsa-oaep --filter key-reference=8 --data-path w8 --key-type-class aes --label in" + oaep, before: rsaKey, after: isKey},
	{tool: "cli", line: "key unwrap rsa-pkcs --filter key-reference=8 --data-path w12 --key-type-class aes --label in", before: rsaKey + "; openssl pkeyutl -encrypt -pubin -inkey public.pem -in plain.bin -out w12", after: isKey},
}

// elsewhere are the commands whose lines the machine's openssl need not be able to run: the engine is
// the instance's, where TestTheEngineRunsItsLines types them, and OpenSSL knows ML-DSA from 3.5 on,
// where TestOpenSSLOfTodayRunsMLDSA does.
var elsewhere = []string{"kmu getCaviumPrivKey", "cli key generate-file", "cli crypto sign ml-dsa", "cli crypto verify ml-dsa", "cli key generate-asymmetric-pair ml-dsa"}

// What is said in the words of OpenSSL is what the machine's openssl takes, and it comes to what the
// HSM makes of the line.
func TestOpenSSLRunsItsLines(t *testing.T) {
	base := opened(t)
	ran := map[string]bool{}
	for _, r := range runs {
		ran[fmt.Sprint(r.tool, same.Chosen(asked{base}, names[r.tool], r.line))] = true
		t.Run(r.tool+" "+r.line, func(t *testing.T) { r.run(t, base) })
	}
	for _, tool := range []string{"kmu", "cmu", "cli"} {
		for i, pair := range same.Pairs(tool) {
			cell := same.Cells(tool)[5*i+4]
			if cell == "" || cell[0] == '!' || slices.Contains(elsewhere, tool+" "+pair.Command) {
				continue
			}
			assert.True(t, ran[fmt.Sprint(tool, i)], "%s %s, %s: no openssl runs %s", tool, pair.Command, pair.When, cell)
		}
	}
}

// TestTheEngineRunsItsLines types what is said in the words of OpenSSL about references to keys at the
// instance's bash, whose openssl has the engine.
func TestTheEngineRunsItsLines(t *testing.T) {
	base := world(t)
	for tool, line := range map[string]string{"kmu": "getCaviumPrivKey -k 8 -out fake.pem", "cli": "key generate-file --encoding reference-pem --path fake.pem --filter key-reference=8"} {
		w := base.Fork()
		answer, err := w.Same(names[tool], line)
		require.NoError(t, err)
		require.True(t, w.Type(loggedIn(w, tool), line).Works())
		bash := w.Open("", 80).Terminal
		w.Type(bash, "export n3fips_password=example_user:aws")
		for _, l := range answer.Others[len(answer.Others)-1].Lines {
			turn := w.Type(bash, l.Text)
			for i := 0; turn.Prompt != "$ " && i < 20; i++ { // what the request is about
				turn = w.Type(bash, "")
			}
			require.True(t, turn.Works(), turn.Text)
		}
		require.Contains(t, w.Type(bash, "openssl req -in web.csr -noout -verify").Text, "self-signature verify OK", "the key in the HSM has signed")
		w.Shut()
	}
}

// TestOpenSSLOfTodayRunsMLDSA types the lines about ML-DSA at the machine's shell, where its openssl is
// 3.5 or later.
func TestOpenSSLOfTodayRunsMLDSA(t *testing.T) {
	o := foreign.NewOpenSSL(t)
	if _, err := o.Shell("openssl genpkey -algorithm ML-DSA-44 -out private.pem"); err != nil {
		t.Skip("openssl here knows no ML-DSA")
	}
	base := world(t)
	defer base.Shut()
	o.Write("m", []byte("hello\n"))
	for _, line := range []string{"key generate-asymmetric-pair ml-dsa --public-label a --private-label a --mldsa-algorithm ML-DSA-65",
		"crypto sign ml-dsa --key-filter key-reference=1 --data-type raw --hash-function shake256 --data-path m",
		"crypto verify ml-dsa --key-filter key-reference=1 --data-type raw --hash-function shake256 --data-path m --signature-path data.sig"} {
		answer, err := base.Same(names["cli"], line)
		require.NoError(t, err)
		for _, l := range answer.Others[len(answer.Others)-1].Lines {
			shell(t, o, l.Text)
		}
		shell(t, o, "openssl pkey -in private.pem -pubout -out public.pem")
	}
}

// opened is the world of the plays with its keys in files as well.
func opened(t *testing.T) *sim.World {
	w := world(t)
	terminal := w.Open("", 80).Terminal
	for _, line := range []string{starts["kmu"], setUp["kmu"][0], "exportPrivateKey -k 8 -w 6 -out rsa-private.pem", "exportPrivateKey -k 10 -w 6 -out ec-private.pem",
		"exSymKey -k 11 -w 6 -out plain.bin", "exSymKey -k 6 -w 6 -out wrapper.bin", "sign -f m -k 10 -m 17 -out ec.sig", "getAttribute -o 7 -a 288 -out modulus", "exit"} {
		turn := w.Type(terminal, line)
		require.True(t, turn.Works(), "%s\n%s", line, turn.Text)
	}
	return w
}

// run types the lines of OpenSSL at the machine's shell.
func (r run) run(t *testing.T, base *sim.World) {
	o := foreign.NewOpenSSL(t)
	w := base.Fork()
	defer w.Shut()
	var secret []byte
	for _, f := range w.Files(0).Rows {
		if name, ok := strings.CutPrefix(f.Path, "/home/ec2-user/"); ok && !f.Directory && !strings.Contains(name, "/") {
			data, err := w.Read(f.Path)
			require.NoError(t, err)
			o.Write(name, data)
			if name == "wrapper.bin" {
				secret = data
			}
		}
	}
	shell(t, o, r.before)
	answer, err := w.Same(names[r.tool], r.line)
	require.NoError(t, err)
	last := answer.Others[len(answer.Others)-1]
	require.NotEmpty(t, last.Lines, last.Why)
	known := strings.NewReplacer("<hex of the wrapping key>", hex.EncodeToString(secret), "<password>", "secret99", "<salt>", "salt", "<count>", "1000", "<curve>", "P-256", "<hex>", "1C800064", "<key size>", "16")
	for _, l := range last.Lines {
		require.NotContains(t, l.Text, "[")
		shell(t, o, known.Replace(l.Text))
	}
	shell(t, o, r.after)
	lines := []string{r.before}
	for _, l := range last.Lines {
		lines = append(lines, known.Replace(l.Text))
	}
	alone := strings.Contains(strings.Join(answer.Notes, " "), "The instance's openssl")
	require.Equal(t, !alone, atTheInstance(w, append(lines, r.after)), "what the instance's openssl knows")
	r.compare(t, base, o)
}

// atTheInstance reports whether lines can be typed at the instance's bash.
func atTheInstance(w *sim.World, lines []string) bool {
	terminal := w.Open("", 80).Terminal
	for _, line := range lines {
		if !w.Type(terminal, line).Works() {
			return false
		}
	}
	return true
}

// compare holds what OpenSSL has made against the HSM.
func (r run) compare(t *testing.T, base *sim.World, o foreign.OpenSSL) {
	t.Helper()
	if r.equal != "" {
		w := base.Fork()
		defer w.Shut()
		terminal := loggedIn(w, r.tool)
		turn := w.Type(terminal, r.line)
		require.True(t, turn.Works(), turn.Text)
		want, err := w.Read(r.equal)
		require.NoError(t, err)
		require.Equal(t, want, o.Read(r.equal), "OpenSSL makes the HSM's file")
	}
	if r.hsm == "" {
		return
	}
	w := base.Fork()
	defer w.Shut()
	entries, err := os.ReadDir(o.Dir)
	require.NoError(t, err)
	for _, e := range entries {
		require.NoError(t, w.Write(e.Name(), o.Read(e.Name())))
	}
	before := len(w.Keys(0, 0, 0, 0, "").Rows)
	turn := w.Type(loggedIn(w, "kmu"), r.hsm)
	require.True(t, turn.Works(), turn.Text)
	rows := w.Keys(0, 0, 0, 0, "").Rows
	if strings.HasPrefix(r.hsm, "unWrapKey") {
		require.Len(t, rows, before+1)
		require.Equal(t, rows[5].KCV, rows[before].KCV, "the HSM opens it as the key")
	}
}

// loggedIn is a terminal at a tool's prompt, with example_user logged in.
func loggedIn(w *sim.World, tool string) int {
	terminal := w.Open("", 80).Terminal
	w.Type(terminal, starts[tool])
	w.Type(terminal, map[string]string{"kmu": setUp["kmu"][0], "cli": newerPlays[0].login}[tool])
	return terminal
}

// shell runs what must succeed.
func shell(t *testing.T, o foreign.OpenSSL, line string) {
	t.Helper()
	out, err := o.Shell(line)
	require.NoError(t, err, "%s\n%s", line, out)
}

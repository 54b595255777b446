package kmu

import (
	"maps"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/hsm"
	"hsmplay/core/retcode"
	"hsmplay/core/voice"
)

// TestWhatIsRefusedLeavesNothingBehind types lines that must fail, with every kind of wrong file,
// and compares the keys on all HSMs and the files before and after.
func TestWhatIsRefusedLeavesNothingBehind(t *testing.T) {
	d := refusingDesk(t)
	for _, command := range []string{
		"importPubKey -l no -f FILE", "createPublicKey -l no -e 65537 -m FILE",
		"importPrivateKey -l no -w 6 -f FILE", "importPrivateKey -l no -w 6 -f ec-p256.pem -wk FILE",
		"imSymKey -l no -w 6 -t 31 -f FILE", "imSymKey -l no -w 6 -t 21 -f FILE", "imSymKey -l no -w 6 -t 31 -f aes -wk FILE",
		"exSymKey -k 6 -w 6 -out no -wk FILE", "exportPrivateKey -k 8 -w 6 -out no -wk FILE",
		"unWrapKey -w 6 -m 4 -f FILE", "unWrapKey -w 6 -m 6 -noheader -l no -kc 4 -kt 31 -f FILE",
		"unWrapKey -w 6 -m 10 -noheader -l no -kc 4 -kt 31 -f gcm -iv_file FILE",
		"unWrapKey -w 8 -m 7 -noheader -l no -kc 3 -kt 0 -f FILE", "unWrapKey -w 8 -m 8 -noheader -l no -kc 4 -kt 16 -f FILE",
		"insertMaskedObject -f FILE", "approveToken -f FILE", "verify -f FILE -s FILE -k 7 -m 1",
	} {
		for _, file := range []string{"missing", "empty", "binary", "large", "text", "certificate.pem", "truncated.pem", "two.pem", "encrypted-pkcs8.pem", "damaged-header", "damaged-object"} {
			d.refuses(strings.ReplaceAll(command, "FILE", file))
		}
	}
	for _, line := range wrongKeys {
		d.refuses(line)
	}
}

// wrongKeys are lines with handles that do not do: none, somebody else's, of another kind, not
// extractable, asking for a quorum.
var wrongKeys = []string{
	"wrapKey -k 99 -w 6 -m 4 -out no", "wrapKey -k 6 -w 99 -m 4 -out no", "wrapKey -k 7 -w 6 -m 4 -out no",
	"wrapKey -k 9 -w 6 -m 4 -out no", "wrapKey -k 10 -w 6 -m 4 -out no", "wrapKey -k 11 -w 6 -m 4 -out no",
	"wrapKey -k 6 -w 8 -m 7 -out no", "wrapKey -k 6 -w 6 -m 12 -out no", "wrapKey -k 8 -w 7 -m 8 -out no",
	"exSymKey -k 9 -w 6 -out no", "exSymKey -k 10 -w 6 -out no", "exSymKey -k 11 -w 6 -out no", "exSymKey -k 8 -w 6 -out no",
	"exportPrivateKey -k 6 -w 6 -out no", "exportPrivateKey -k 7 -w 6 -out no", "exportPrivateKey -k 12 -w 6 -out no",
	"exportPubKey -k 8 -out no", "exportPubKey -k 6 -out no", "exportPubKey -k 0 -out no",
	"sign -f aes -k 7 -m 1 -out no", "sign -f aes -k 8 -m 17 -out no", "sign -f aes -k 11 -m 1 -out no", "sign -f large -k 8 -m 1 -out no",
	"getCaviumPrivKey -k 7 -out no", "getCaviumPrivKey -k 6 -out no", "extractMaskedObject -o 9 -out no", "extractMaskedObject -o 99 -out no",
	"aesWrapUnwrap -m 1 -f aes -w 8 -out no", "aesWrapUnwrap -m 1 -f large -w 6 -out no", "aesWrapUnwrap -m 1 -f aes -w 6 -i 00 -out no",
	"getAttribute -o 9 -a 512 -out no", "getAttribute -o 6 -a 288 -out no", "deleteKey -k 9", "setAttribute -o 9 -a 1",
	"getToken -s 3 -u example_user -k 6 -f no", "getCert -f locked/no -s 1",
	"wrapKey -k 6 -w 6 -m 4 -out locked/no", "exSymKey -k 6 -w 6 -out locked/no", "exportPrivateKey -k 8 -w 6 -out locked/no",
	"exportPubKey -k 7 -out locked/no", "sign -f aes -k 8 -m 1 -out locked/no", "getAttribute -o 6 -a 512 -out locked/no",
	"extractMaskedObject -o 6 -out locked/no", "getCaviumPrivKey -k 8 -out locked/no",
	"wrapKey -k 6 -w 6 -m 10 -noheader -iv_file locked/iv -out no",
}

// refusingDesk has a key of each kind and files of each fault: 6 AES, 7 and 8 an RSA pair, 9
// another user's, 10 not extractable, 11 with a quorum, 12 a private one not extractable.
func refusingDesk(t *testing.T) *desk {
	d := loggedInDesk(t)
	must := func(line string) {
		d.line(line)
		require.NoError(t, d.out.Err, line)
	}
	must("genSymKey -t 31 -s 32 -l wrapper")
	must("genRSAKeyPair -m 2048 -e 65537 -l rsa")
	d.command("another user4")
	must("genSymKey -t 31 -s 32 -l foreign")
	d.command("back")
	must("genSymKey -t 31 -s 32 -l fixed -nex")
	must("genSymKey -t 31 -s 32 -l quorum -u 4 -m_value 2")
	d.command("key ec-p256.pem certificate.pem truncated.pem two.pem encrypted-pkcs8.pem")
	must("importPrivateKey -f ec-p256.pem -l ec -w 6")
	d.command("flag 12 EXTRACTABLE 0")
	d.command("write empty ")
	d.command("bytes binary 00ff80fe0102030405060708090a0b0c0d")
	d.command("zeros large 70001")
	d.command("write text neither key nor number")
	d.command("bytes aes 000102030405060708090a0b0c0d0e0f")
	must("wrapKey -k 6 -w 6 -m 4 -out damaged-header")
	d.command("flip damaged-header 30")
	must("extractMaskedObject -o 6 -out damaged-object")
	d.command("flip damaged-object 200")
	must("wrapKey -k 6 -w 6 -m 10 -noheader -iv_file iv -out gcm")
	d.files = maps.Clone(d.files)
	d.tool.host.Files = d.files
	return d
}

// refuses types a line and requires an error, an explanation, and that nothing has changed.
func (d *desk) refuses(line string) {
	d.t.Helper()
	keys, files := d.keys(), maps.Clone(d.files)
	text := d.line(line)
	require.Nil(d.t, d.ask, line)
	require.Nil(d.t, d.wait, line)
	require.Error(d.t, d.out.Err, line)
	require.Contains(d.t, text, "\n~ ", "%s is explained", line)
	require.Equal(d.t, keys, d.keys(), line)
	require.Equal(d.t, files, d.files, line)
}

// keys returns the key rows of all HSMs; rows are never changed in place, so that pointers tell.
func (d *desk) keys() [][]*hsm.Key {
	var keys [][]*hsm.Key
	for _, n := range d.cluster.Snapshot().Nodes {
		keys = append(keys, n.HSM.Keys)
	}
	return keys
}

// Whatever an HSM refuses for has a note, and what the tool itself declines has one row.
func TestRefusalsHaveTheirRows(t *testing.T) {
	older := 0
	for _, row := range hsm.Reasons {
		require.Equal(t, !row.Apart, reasons[row.Reason] != nil, "%s", row.Reason)
		if !row.Apart {
			older++
		}
	}
	require.Len(t, reasons, older)
	seen := map[voice.ID]bool{}
	for _, row := range declines {
		require.False(t, seen[row.note], "%s", row.note)
		seen[row.note] = true
		require.True(t, row.text != "" || row.usage || row.api != nil, "%s prints nothing", row.note)
		require.Equal(t, row.api != nil, row.code != 0, "%s: a code is shown by a return line", row.note)
	}
}

// spec/kmu.md 2.2: what stands in front of the usage, and that the code is the tool's own.
func TestWhatTheToolItselfDeclines(t *testing.T) {
	d := loggedInDesk(t)
	d.files["message"] = []byte("message") // for the one that is missing
	usage := func(name string) string { return Commands.Usage(name) }
	for _, row := range []struct{ line, want string }{
		{"sign -f missing -k 6 -m 1 -out no", "\n" + indent + "Error: Failed to open file missing\n\n"},
		{"wrapKey -k 6 -w 6 -m 4 -out no -t 3", usage("wrapKey")},
		{"aesWrapUnwrap -m 1 -f missing -w 6 -i 00", "\n" + indent + "Error: invalid value for -i\n" + usage("aesWrapUnwrap")},
		{"findKey -kcv 00", "\n" + indent + "Error: invalid value for -kcv\n" + usage("findKey")},
		{"Error2String -r b3", usage("Error2String")},
	} {
		out := d.tool.Line(row.line)
		require.Equal(t, row.want, out.Text, row.line)
		require.Equal(t, error(retcode.Local), out.Err, row.line)
		require.Len(t, out.Notes, 1, row.line)
	}
}

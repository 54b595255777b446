package sim

import (
	"bytes"
	"encoding/json"
	"encoding/pem"
	mathrand "math/rand/v2"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/attr"
	"hsmplay/core/hsm"
	"hsmplay/core/mech"
	"hsmplay/core/shell"
)

// wording is what is said of a line, what cannot be undone behind a bar.
func wording(v Would) string {
	var words []string
	for _, n := range v.Says {
		words = append(words, quoted(n.Parts))
	}
	if len(v.Final) > 0 {
		words = append(words, "|")
	}
	for _, n := range v.Final {
		words = append(words, quoted(n.Parts))
	}
	return strings.Join(words, " ")
}

// wouldRow is a line and what is said of it.
type wouldRow struct{ line, want string }

func (p player) would(rows ...wouldRow) {
	p.t.Helper()
	for _, row := range rows {
		v := p.w.Would(p.n, row.line)
		require.Equal(p.t, row.want, wording(v), row.line)
		require.Equal(p.t, strings.HasPrefix(row.want, "Will be refused"), v.Refused, row.line)
	}
}

func TestWouldAtKmu(t *testing.T) {
	p := start(t, Options{Source: oneKey})
	p.do("genECCKeyPair -i 14 -l one")
	p.do("genSymKey -t 31 -s 32 -l two")
	p.in().do("echo hello > note.txt")
	p.would(
		wouldRow{"genECCKeyPair -i 14 -l x", "Creates 1 pair (EC P-384) on all 3 HSMs under the handles 9 and 10, owner example_user, private key extractable."},
		wouldRow{"genRSAKeyPair -m 3072 -e 65537 -l r -nex", "Creates 1 pair (RSA 3072) on all 3 HSMs under the handles 9 and 10, owner example_user, private key not extractable."},
		wouldRow{"genSymKey -t 31 -s 32 -l s -sess", "Creates 1 secret key (AES) on 1 of 3 HSMs under the handle 9, owner example_user, extractable."},
		wouldRow{"genECCKeyPair -i 13 -l x", "Will be refused: the size or curve is not allowed (0xb3)."},
		wouldRow{"genECCKeyPair -i 14", ""},
		wouldRow{"deleteKey -k 6", "Deletes key 6 from all 3 HSMs. | Only a copy that was made before brings a deleted key back."},
		wouldRow{"deleteKey -k 99", "Will be refused: there is no such key for the user (0xa8)."},
		wouldRow{"sign -f note.txt -k 7 -m 15 -out sig", "Writes `sig`."},
		wouldRow{"verify -f note.txt -s note.txt -k 6 -m 15", "Whether the signature fits shows when it runs."},
		wouldRow{"wrapKey -k 7 -w 8 -out note.txt -m 4", "Writes `note.txt` anew. | What is in `note.txt` is lost."},
		wouldRow{"findKey", "Reads, and changes nothing."},
		wouldRow{"logoutHSM", "Logs example_user out."},
		wouldRow{"exit", "Logs example_user out. Leaves `key_mgmt_util`."},
		wouldRow{"loginHSM -u CU -s user4 -p aws", "Will be refused: somebody else is logged in (0xa3)."},
		wouldRow{"loginHSM -u CU -s example_user -p wrong", "If the password is right: Reads, and changes nothing."},
		wouldRow{"hsm stop 2", "HSM 2 is switched off, and 2 are left."},
	)
	p.do("genSymKey -t 31 -s 32 -l passing -sess")
	p.would(wouldRow{"exit", "Logs example_user out. Leaves `key_mgmt_util`. | Session keys are gone then: 1."},
		wouldRow{"setAttribute -o 9 -a 1", "Asks for an answer first."})
	p.in().do("hsm stop 2")
	p.would(wouldRow{"genECCKeyPair -i 14 -l three -min_srv 3", "Creates 1 pair (EC P-384) on 2 of 3 HSMs under the handles 10 and 11, owner example_user, private key extractable. Then waits: 2 of 3 HSMs have the key."},
		wouldRow{"hsm start 2", "HSM 2 answers again."})
}

func TestWouldAtCmu(t *testing.T) {
	w := New(Options{})
	p := player{t, w, w.Open("", 80).Terminal}
	p.do("cloudhsm_mgmt_util /opt/cloudhsm/etc/cloudhsm_mgmt_util.cfg")
	p.would(wouldRow{"loginHSM CO admin password", "If the password is right: Logs admin in on all 3 HSMs."},
		wouldRow{"loginHSM CO admin nonsense", "If the password is right: Logs admin in on all 3 HSMs."},
		wouldRow{"loginHSM CO nobody password", "Will be refused: no user of this type has this name on the HSM (0xce)."})
	p.do("loginHSM CO admin password")
	p.would(wouldRow{"createUser CU alice secret123", "Asks first, and after `y`: Creates the user alice (CU) on all 3 HSMs."},
		wouldRow{"createUser CU alice -hpswd", "Asks for an answer first."},
		wouldRow{"changePswd CU user5 newpass123", "Asks first, and after `y`: Gives user5 another password on all 3 HSMs."},
		wouldRow{"deleteUser CU user6", "Deletes the user user6 from all 3 HSMs. | The user's password and registered keys are gone then."},
		wouldRow{"listUsers", "Reads, and changes nothing."},
		wouldRow{"quit", "Logs admin out. Leaves `cloudhsm_mgmt_util`."})
}

// A user whom one HSM does not know is logged in on the others, and that is what is said before and
// after.
func TestALoginIsToldOfTheHSMsThatLetTheUserIn(t *testing.T) {
	w := New(Options{})
	p := player{t, w, w.Open("", 80).Terminal}
	for _, line := range []string{"hsm isolate 2", "cloudhsm_mgmt_util /opt/cloudhsm/etc/cloudhsm_mgmt_util.cfg",
		"loginHSM CO admin password", "createUser CU payroll_user password1", "y", "quit", "hsm heal 2", "key_mgmt_util"} {
		p.do(line)
	}
	const line = "loginHSM -u CU -s payroll_user -p password1"
	p.would(wouldRow{line, "If the password is right: Logs payroll_user in on 2 of 3 HSMs."})
	p.do(line)
	require.Equal(t, "2 of 3 HSMs", w.admitting("payroll_user", nil))
	p.do("logoutHSM")
	require.Equal(t, "0 of 3 HSMs", w.admitting("payroll_user", nil))
}

func TestWouldAtCLI(t *testing.T) {
	w := New(Options{})
	p := player{t, w, w.Open("", 80).Terminal}
	p.do("cloudhsm-cli interactive")
	p.would(wouldRow{"key list", "Will be refused: HSM Error: No user is logged in to do this operation."})
	p.do("login --username example_user --role crypto-user --password aws")
	p.do("key generate-symmetric aes --label two --key-length-bytes 32")
	p.would(
		wouldRow{"key generate-asymmetric-pair ec --curve secp521r1 --public-label a --private-label b", "Creates 1 pair (EC P-521) on all 3 HSMs under the handles 7 and 8, owner example_user, private key extractable."},
		wouldRow{"key delete --filter attr.label=two", "Deletes key 6 from all 3 HSMs. | Only a copy that was made before brings a deleted key back."},
		wouldRow{"key set-attribute --filter attr.label=two --name label --value new", "Sets OBJ_ATTR_LABEL of key 6 to \"new\"."},
		wouldRow{"key share --filter attr.label=two --username user4 --role crypto-user", "Shares key 6 with user4."},
		wouldRow{"logout", "Logs example_user out."})
}

func TestWouldAtBash(t *testing.T) {
	p := start(t, Options{})
	p.do("genECCKeyPair -i 14 -l one")
	s := p.in()
	s.do("echo hello > note.txt; mkdir sub")
	s.would(
		wouldRow{"hsm new", "Puts a fresh cluster in place of this one. | What was there is gone, backups and clones too: 2 keys, 6 users."},
		wouldRow{"hsm add", "Adds HSM 3, with 2 keys."},
		wouldRow{"hsm remove 2", "Removes HSM 2, after a backup. | What only this HSM holds is in the backup alone."},
		wouldRow{"hsm backup", "Makes a backup."},
		wouldRow{"hsm delay 1 2s", "Changes a setting."},
		wouldRow{"hsm clock +60s", "Lets 60 s of simulated time pass."},
		wouldRow{"hsm status", "Reads, and changes nothing."},
		wouldRow{"openssl rand -out note.txt 16", "Writes `note.txt` anew. | What is in `note.txt` is lost."},
		wouldRow{"openssl genrsa -out k.pem 2048", "Writes `k.pem` where all goes well; that was not tried, since it takes a private key or a password."},
		wouldRow{"openssl genrsa -out note.txt 2048", "Writes `note.txt` where all goes well; that was not tried, since it takes a private key or a password. | What is in `note.txt` is lost."},
		wouldRow{"openssl version > note.txt", "Writes `note.txt` anew. | What is in `note.txt` is lost."},
		wouldRow{"echo a > note.txt", "Writes `note.txt` anew. | What is in `note.txt` is lost."},
		wouldRow{"rm 'note.txt'", "Deletes `note.txt`. | What is in `note.txt` is lost."},
		wouldRow{"rm -i note.txt", ""}, wouldRow{"echo a >> note.txt", ""}, wouldRow{"rm *", ""}, wouldRow{"rm sub", ""},
		wouldRow{"for i in 1 2; do hsm new; done", ""}, wouldRow{"hsm new && ls", ""}, wouldRow{"hsm stop $(echo 1)", ""}, wouldRow{"hsm nwe", ""},
		wouldRow{"key_mgmt_util", "Starts `key_mgmt_util`."})
}

// Whatever is about to be typed, a dry run leaves the world as it is, to the byte, and what it says
// is what the line then comes to: the same sentences tell the difference that the line makes in a
// copy in which nothing is left out.
func TestADryRunIsTrueAndTouchesNothing(t *testing.T) {
	worlds, told := 3*fromEnvironment("HSMPLAY_SOAK", 1), 0
	if runtime.GOOS == "js" {
		worlds = 1
	}
	for seed := range worlds {
		t.Run("seed "+strconv.Itoa(seed), func(t *testing.T) {
			d := newTrio(t, 1+seed%3)
			d.ahead = func(n int, line string) {
				before := d.w.Save()
				v := d.w.Would(n, line)
				require.Equal(t, before, d.w.Save(), line)
				if len(v.Says) == 0 {
					return
				}
				told++
				earnest := d.w.would(n, line, true)
				if strings.Contains(wording(v), "If the ") && strings.HasPrefix(wording(earnest), "Will be refused") {
					return // the condition does not hold
				}
				require.Equal(t, outright(wording(earnest)), outright(wording(v)), line)
			}
			r := mathrand.New(mathrand.NewPCG(uint64(seed), 5))
			for range 60 {
				d.random(r)
			}
		})
	}
	require.Greater(t, told, 10*worlds)
}

// outright is what is said without its conditions.
func outright(text string) string {
	return strings.NewReplacer("If the password is right: ", "", "If the wrapped key opens: ", "", "If the numbers in the file make a key: ", "",
		"Whether the signature fits shows when it runs.", "Reads, and changes nothing.").Replace(text)
}

// A dry run uses no private key and no password: it says the same where they are rubbish.
func TestADryRunTakesNoSecret(t *testing.T) {
	p := start(t, Options{Source: oneKey})
	for _, line := range []string{"genECCKeyPair -i 14 -l ec", "genRSAKeyPair -m 2048 -e 65537 -l rsa", "genSymKey -t 31 -s 32 -l aes"} {
		p.do(line)
	}
	p.in().do("echo hello > note.txt")
	p.do("wrapKey -k 7 -w 10 -out wrapped -m 4")
	p.in().do("openssl ecparam -name secp384r1 -genkey -noout -out e.pem; openssl genrsa -traditional -out r.pem 2048")
	bad := player{t, p.w.Fork(), p.n}
	for _, name := range []string{"e.pem", "r.pem"} {
		rubbish(t, bad.w, "/home/ec2-user/"+name)
	}
	for _, n := range bad.w.cluster.All() {
		for i, k := range n.HSM.Keys {
			if k != nil && k.Material.Class == attr.PrivateKey {
				row := *k
				row.Material = spoiled(t, &row)
				n.HSM.Keys[i] = &row
			}
		}
		for i, u := range n.HSM.Users {
			row := *u
			row.Verifier = bytes.Repeat([]byte{1}, len(u.Verifier))
			n.HSM.Users[i] = &row
		}
	}
	for _, line := range []string{"sign -f note.txt -k 7 -m 15 -out sig", "sign -f note.txt -k 9 -m 1 -out sig", "wrapKey -k 7 -w 10 -out w -m 4", "exportPrivateKey -k 7 -w 10 -out w",
		"loginHSM -u CU -s example_user -p aws", "unWrapKey -f wrapped -w 9 -t 3 -l x -m 8", "genRSAKeyPair -m 4096 -e 65537 -l r", "deleteKey -k 7", "getAttribute -o 7 -a 512 -out a",
		"importPrivateKey -f e.pem -l e -w 10", "importPrivateKey -f r.pem -l r -w 10"} {
		require.Equal(t, p.w.Would(p.n, line), bad.w.Would(p.n, line), line)
		require.NotEmpty(t, p.w.Would(p.n, line).Says, line)
	}
}

// rubbish turns a byte of the private number in a file of a key over: what belongs to it stays.
func rubbish(t *testing.T, w *World, name string) {
	data, err := w.Read(name)
	require.NoError(t, err)
	block, _ := pem.Decode(data)
	at := 20 // in the scalar
	if block.Type == "RSA PRIVATE KEY" {
		at = 2*len(block.Bytes)/5 - 40 // in the private exponent
	}
	block.Bytes[at] ^= 1
	require.NoError(t, w.Write(name, pem.EncodeToMemory(block)))
}

// spoiled is the material of a key with another secret of the same length.
func spoiled(t *testing.T, k *hsm.Key) (m *mech.Material) {
	var row map[string]any
	require.NoError(t, json.Unmarshal([]byte(hsm.SaveMaterial(k.Material)), &row))
	row["Bytes"] = strings.Repeat("AAAA", len(row["Bytes"].(string))/4)
	data, err := json.Marshal(row)
	require.NoError(t, err)
	m, err = hsm.LoadMaterial(string(data))
	require.NoError(t, err)
	return m
}

// Nothing is said in a world that is too large, of a line that does too much, at a question, and of
// nothing.
func TestADryRunHasLimits(t *testing.T) {
	p := start(t, Options{})
	require.Empty(t, p.w.Would(p.n, " ").Says)
	require.Empty(t, p.w.Would(99, "findKey").Says)
	s := p.in()
	require.Empty(t, s.w.Would(s.n, "openssl rand -out big 9000000").Says)
	require.Empty(t, s.w.Would(s.n, "hsm clock +99999h").Says)
	other := p.in()
	other.do("hsm stop 2")
	p.w.Type(p.n, "genECCKeyPair -i 14 -l three -min_srv 3")
	require.Equal(t, shell.Waits, p.w.Now(p.n).State)
	require.Empty(t, p.w.Would(p.n, "findKey").Says)
}

func BenchmarkWould(b *testing.B) {
	w, n := full(b, 3, 200)
	for _, line := range []string{"genECCKeyPair -i 14 -l x", "genRSAKeyPair -m 4096 -e 65537 -l r", "deleteKey -k 7", "genECCKeyPair -i 13 -l x"} {
		b.Run(line, func(b *testing.B) {
			for b.Loop() {
				w.Would(n, line)
			}
		})
	}
}

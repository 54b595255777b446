package sim

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// TestNotesAreTrue types lines whose notes were once false, about another line, or without the line
// that would help. The last line's notes contain what is wanted, nothing that begins with ! and no
// empty sentence.
func TestNotesAreTrue(t *testing.T) {
	const kmu, cmu = "key_mgmt_util", "cloudhsm_mgmt_util /opt/cloudhsm/etc/cloudhsm_mgmt_util.cfg"
	const asUser, aes, admin = "loginHSM -u CU -s example_user -p aws", "genSymKey -t 31 -s 32 -l x", "loginHSM CO admin password"
	for _, row := range []struct {
		lines string // one behind the other
		want  []string
	}{
		// about what was typed, not about its correction
		{join(kmu, asUser, aes, aes, "wrapKey -k 6 -w 7 -m 4 -out w", "unWrapKey -f w -w 7 -m 4 -l back -kt 3 -kc 3"), []string{"-kt counts only together with -noheader", "!does not open"}},
		{join(kmu, asUser, aes, aes, "wrapKey -k 6 -w 7 -m 4 -out w", "unWrapKey -f w -w 6 -m 8 -l back"), []string{"takes an RSA private key", "!mechanism 4"}},
		{join(kmu, asUser, "genSymKey -t 31 -s 32 -l a -u 4 -m_value 9"), []string{"9 is out of range", "!approvals need"}},
		// first successes
		{join(kmu, asUser, aes, aes, "wrapKey -k 6 -w 7 -m 4 -out w"), []string{"is of no use without that one."}},
		{join(kmu, asUser, aes, "genRSAKeyPair -m 2048 -e 65537 -l r", "wrapKey -k 6 -w 7 -m 8 -out w"), []string{"encrypted under key 7", "without the private half of that one."}},
		{join(kmu, asUser, aes+" -u 4", "logoutHSM", "loginHSM -u CU -s user4 -p aws", "findKey"), []string{"show only where they are shared"}},
		{"openssl genrsa 2048 > /dev/null", []string{"!is a file"}},
		{"openssl genrsa 2048", []string{"!is a file"}},
		{"openssl genrsa -out /dev/null 2048", []string{"!is a file"}},
		{"openssl genrsa 2048 > k.pem", []string{"This private key is a file"}},
		{join(cmu, "server 0", admin), []string{"!all of them"}},
		{join(cmu, admin), []string{"each command goes to all of them"}},
		// lines of tools in bash
		{admin, []string{"Type cloudhsm_mgmt_util /opt/cloudhsm/etc/cloudhsm_mgmt_util.cfg first"}},
		{asUser, []string{"Type key_mgmt_util first"}},
		{"genSymkey -t 31", []string{"then genSymKey -t 31 there"}},
		{"findKye", []string{"then findKey there"}},
		{"loginHSm CO admin secret12", []string{"Type cloudhsm_mgmt_util /opt", "then loginHSM there", "!secret12"}},
		{join("false", "quit"), []string{"Did you mean exit?"}},
		// a login that holds, and the command that was typed
		{join(cmu, admin, "changePswd CU example_user newpass12", "y", "quit", "key_mgmt_util singlecmd "+aes), []string{"singlecmd loginHSM -u CU -s user4 -p aws " + aes + "."}},
		{join(cmu, admin, "deleteUser CU example_user", "y", "quit", "key_mgmt_util singlecmd findKey -c 3"), []string{"singlecmd loginHSM -u CU -s user4 -p aws findKey -c 3."}},
		// cloudhsm_mgmt_util
		{join(cmu, "loginHSM CU example_user aws", "getToken 3 nosuch f"), []string{"Nobody is called nosuch", "!loginHSM as"}},
		{join(cmu, "loginHSM CU example_user aws", "setAttribute 99 1 1", "y"), []string{"No server has a key with the handle 99", "!-o 99"}},
		{join(cmu, admin, "createUser CO two password1", "y", "logoutHSM", "loginHSM CO two password1", "deleteUser CO two"), []string{"nobody deletes himself", "!Log out there"}},
		{join(cmu, "server 0", admin, "createUser CO two password1", "y", "logoutHSM", "loginHSM CO two password1", "deleteUser CO two"), []string{"nobody deletes himself"}},
		{join(cmu, "server 0", "createUser CU two password1", "y"), []string{"Nobody is logged in on server 0"}},
		{join(cmu, "server 0", admin, "createUser CU two password1", "y"), []string{"two is on 1 of 3 HSMs now"}},
		{join(cmu, "server 0", "quit"), []string{"Type exit first"}},
		{join(cmu, "server 0", "loginHSM CU nosuch aws"), []string{"Nobody is called nosuch"}},
		// whole lines
		{join("hsm remove 2", "hsm remove 1", kmu, asUser, aes+" -min_srv 2"), []string{"The cluster has 1 HSM, so 2 cannot"}},
		{"openssl genpkey -algorithm EC -out x", []string{"A line that would work: openssl genpkey -algorithm EC -out x -pkeyopt ec_paramgen_curve:P-256."}},
		{join(kmu, asUser, "genDSAKeyPair -m 1024 -l x"), []string{"A line that would work: genDSAKeyPair -m 2048 -l x"}},
		{join(kmu, asUser, "genDSAKeyPair -m 3072 -l x"), []string{"A line that would work: genDSAKeyPair -m 2048 -l x"}},
		{join(kmu, asUser, "generate key pair"), []string{"Type genECCKeyPair -i 14 -l mykey"}},
		{join("openssl genrsa 2048 | openssl rsa -pubout -out p.pem", kmu, asUser, aes, "importPrivateKey -l p -f p.pem -w 6"), []string{"A line that would work: importPubKey -l p -f p.pem."}},
		{join("openssl ecparam -name prime256v1 -genkey -noout | openssl ec -pubout -param_enc explicit -out p.pem", kmu, asUser, "importPubKey -l p -f p.pem"), []string{"openssl ec -pubin -in p.pem -param_enc named_curve -pubout -out named.pem names it"}},
	} {
		w := New(Options{Source: oneKey})
		terminal := w.Open("", 80).Terminal
		said := ""
		for line := range strings.SplitSeq(row.lines, "\n") {
			said = noteText(w.Type(terminal, line))
		}
		for _, want := range row.want {
			if never, not := strings.CutPrefix(want, "!"); not {
				assert.NotContains(t, said, never, row.lines)
				continue
			}
			assert.Contains(t, said, want, row.lines)
		}
		w.Shut()
	}
}

func join(lines ...string) string { return strings.Join(lines, "\n") }

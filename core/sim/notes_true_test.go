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
	const cli, cliPair = "cloudhsm-cli interactive", "key generate-asymmetric-pair ec --curve secp256r1 --public-label p --private-label q --public-attributes verify=true --private-attributes sign=true"
	const files, rsa = "printf 0123456789abcdef > f16\nopenssl genrsa -out k.pem 2048", "genRSAKeyPair -m 2048 -e 65537 -l r"
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
		// a file that is not there: one that is, or how one is made
		{join(files, kmu, asUser, aes, rsa, "sign -f nosuch -k 8 -m 1 -out s"), []string{"A line that would work: sign -f f16 -k 8 -m 1 -out s."}},
		{join(files, kmu, asUser, aes, rsa, "sign -f f16 -k 8 -m 1 -out sig", "verify -f nosuch -s nosig -k 7 -m 1"), []string{"A line that would work: verify -f f16 -s sig -k 7 -m 1."}},
		{join(files, kmu, asUser, aes, rsa, "verify -f f16 -s nosig -k 7 -m 1"), []string{"a file with a signature, which sign makes"}},
		{join(files, kmu, asUser, aes, aes, "wrapKey -k 6 -w 7 -m 4 -out w", "unWrapKey -f nosuch -w 7 -m 4 -l x"), []string{"A line that would work: unWrapKey -f w -w 7 -m 4 -l x."}},
		{join(files, kmu, asUser, aes, "unWrapKey -f nosuch -w 6 -m 4 -l x"), []string{"a file with a wrapped key, which wrapKey makes"}},
		{join(files, kmu, asUser, aes, "imSymKey -f nosuch -l x -w 6 -t 31"), []string{"A line that would work: imSymKey -l x -t 31 -f f16 -w 6."}},
		{join(files, kmu, asUser, aes, "importPrivateKey -f nosuch -l x -w 6"), []string{"A line that would work: importPrivateKey -l x -f k.pem -w 6."}},
		{join(kmu, asUser, aes, "importPrivateKey -f nosuch -l x -w 6"), []string{"In bash, openssl ecparam"}},
		{join(kmu, asUser, "importPubKey -f nosuch -l x"), []string{"In bash, openssl ecparam"}},
		{join(kmu, asUser, aes, "aesWrapUnwrap -f nosuch -w 6 -m 1"), []string{"In bash, openssl rand -out aes.bin 32 makes one"}},
		{join(kmu, asUser, aes, "extractMaskedObject -o 6 -out m", "insertMaskedObject -f nosuch"), []string{"A line that would work: insertMaskedObject -f m."}},
		{join(kmu, asUser, "insertMaskedObject -f nosuch"), []string{"which extractMaskedObject makes"}},
		{join(files, kmu, "IsValidKeyHandlefile -f nosuch"), []string{"A line that would work: IsValidKeyHandlefile -f k.pem."}},
		{join(files, cli, "login --username example_user --role crypto-user", "aws", "key import pem --path nosuch --label x --key-type-class rsa-public"), []string{"which openssl ec -pubout or openssl rsa -pubout makes"}},
		{join(files, "openssl rsa -in k.pem -pubout -out p.pem", cli, "login --username example_user --role crypto-user", "aws", "key import pem --path nosuch --label x --key-type-class rsa-public"), []string{"A line that would work: key import pem --path p.pem --label x --key-type-class rsa-public."}},
		{join(cli, "login --username example_user --role crypto-user", "aws", cliPair, "crypto sign ecdsa --key-filter attr.label=q --hash-function sha256 --data-path nosuch"), []string{"In bash, echo hello > message.txt makes one"}},
		{join(cli, "login --username example_user --role crypto-user", "aws", cliPair, "crypto verify ecdsa --key-filter attr.label=p --hash-function sha256 --data aGk= --signature-path nosuch"), []string{"takes a file with a signature"}},
		{join(cli, "login --username example_user --role crypto-user", "aws", "key generate-symmetric aes --key-length-bytes 32 --label k --attributes unwrap=true", "key unwrap aes-no-pad --filter attr.label=k --key-type-class aes --label x --data-path nosuch"), []string{"a file with a wrapped key, which key wrap makes"}},
		// another value, or one less
		{join(cli, "login --username example_user --role crypto-user", "aws", "key generate-symmetric aes --key-length-bytes 33 --label x"), []string{"A line that would work: key generate-symmetric aes --label x --key-length-bytes 32."}},
		{join(cli, "login --username example_user --role crypto-user", "aws", "key generate-asymmetric-pair rsa --public-exponent 65537 --modulus-size-bits 3000 --public-label p --private-label q"), []string{"--modulus-size-bits 3072"}},
		{join(kmu, asUser, "genSymKey -t 31 -s 20 -l x"), []string{"genSymKey -t 31 -s 16 -l x"}},
		{join(kmu, asUser, aes, aes, "wrapKey -k 6 -w 7 -m 4 -out w", "unWrapKey -f w -w 7 -m 4 -l back -kt 31 -kc 4"), []string{"A line that would work: unWrapKey -f w -w 7 -m 4 -l back."}},
		{join(kmu, asUser, aes, aes, "wrapKey -k 6 -w 7 -m 4 -noheader -out w", "unWrapKey -f w -w 7 -m 4 -l back -kt 31 -kc 4"), []string{"-noheader -l back -kt 31 -kc 4."}},
		// a key file of another kind
		{join(files, kmu, asUser, "importPubKey -f k.pem -l x"), []string{"In bash, openssl pkey -in k.pem -pubout -out pub.pem writes its public half"}},
		{join(files, cli, "login --username example_user --role crypto-user", "aws", "key import pem --path k.pem --label x --key-type-class rsa-public"), []string{"k.pem holds a private key."}},
		{join("printf -- '"+pbes1+"\\n' > l.pem", kmu, asUser, aes, "importPrivateKey -f l.pem -l x -w 6"), []string{"through scrypt or PBES1", "!takes it off"}},
		{join(files, "openssl pkcs8 -topk8 -in k.pem -out l.pem -passout pass:abcdef", kmu, asUser, aes, "importPrivateKey -f l.pem -l x -w 6"), []string{"openssl pkey -in l.pem -out plain.pem"}},
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

// pbes1 is a key that openssl pkcs8 -v1 PBE-SHA1-3DES has locked.
const pbes1 = `-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIGxMBwGCiqGSIb3DQEMAQMwDgQI+kAp/lPLoXkCAggABIGQJmSCr7dbIY6qiTUS\nSS0NOGy1bHtWeFJgqO9ZU7dINbgn2RmajWq1vp+SKs5FXgkl+wQ3yAjcMfzXbukL\nES8H7eGVAuXOL3uRT/B7m0wzD3YxEGy9Y4V4dx7cjvwhfkdp1RH1jZ+1kYTSExcP\nWFvrIGl127kGNQ+ldYw7R8ChPOvVFBU/7dWV23Zw3H0PUF8j\n-----END ENCRYPTED PRIVATE KEY-----`

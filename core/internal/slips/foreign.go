package slips

// means returns the slips of pairs: what is typed, and the lines that would do.
func means(kind string, pairs [][]string) []Slip {
	var all []Slip
	for _, p := range pairs {
		all = append(all, Slip{Kind: kind, Typed: p[0], Meant: p[1:]})
	}
	return all
}

// nothing returns lines with which nothing was meant that the tool knows.
func nothing(lines ...string) []Slip {
	var all []Slip
	for _, line := range lines {
		all = append(all, Slip{Kind: "nothing meant", Typed: line})
	}
	return all
}

// Lines that lead to another program: from a tool they leave it, from bash they start one.
var (
	toKMU = []string{"key_mgmt_util", "/opt/cloudhsm/bin/key_mgmt_util"}
	toCMU = []string{"cloudhsm_mgmt_util /opt/cloudhsm/etc/cloudhsm_mgmt_util.cfg", "/opt/cloudhsm/bin/cloudhsm_mgmt_util /opt/cloudhsm/etc/cloudhsm_mgmt_util.cfg"}
)

func leads(kind string, to []string, lines ...string) []Slip {
	var all []Slip
	for _, line := range lines {
		all = append(all, Slip{Kind: kind, Typed: line, Meant: to})
	}
	return all
}

// foreign are the words of other tools and systems that fit every world.
var foreign = map[string][]Slip{
	KMU:  join(means("other words", kmuWords), leads("other tool", []string{"exit"}, "createUser CU ann password1", "changePswd CU user4 password2", "server 0", "shareKey 6 4 1", "deleteUser CU user4", "info server 0", "setMValue 3 2", "syncUser 4 1"), leads("bash word", []string{"exit"}, "openssl version", "grep x m", "service cloudhsm-client status", "mkdir d", "echo hello", "cloudhsm_mgmt_util", "sudo configure -a 10.0.1.10", "base64 m", "pwd", "rm m", "export A=1", "time ls", "jobs", "kill 1"), nothing("apt-get install jq", "xyzzy", "blah blah", "hello", "qwerty uiop", "42", "?!", "foo -x 3", "yes", "no way")),
	CMU:  join(means("other words", cmuWords), leads("other tool", []string{"quit"}, "findKey", "genECCKeyPair -i 2 -l x", "genSymKey -t 31 -s 32 -l x", "sign -f m -k 8 -m 17 -out s", "deleteKey -k 6", "wrapKey -k 8 -w 6 -m 4 -out w"), leads("bash word", []string{"quit"}, "openssl version", "grep x m", "mkdir d", "key_mgmt_util", "base64 m", "pwd", "cd", "id", "history", "rm m", "time ls", "kill 1"), nothing("yum install jq", "xyzzy", "blah blah", "hello", "qwerty uiop", "42", "?!", "foo -x 3")),
	Bash: join(means("other words", bashWords), means("moved blanks", movedBlanks), leads("other tool", toKMU, "findKey", "genECCKeyPair -i 2 -l x", "genSymKey -t 31 -s 32 -l x", "deleteKey -k 6", "kmu", "keymgmt", "key-mgmt-util", "KEY_MGMT_UTIL", "key_mgmt_utl", "key_mgm_util", "wrapKey"), leads("other tool", toCMU, "createUser CU ann password1", "shareKey 6 4 1", "cmu", "cloudhsm_mgmt_utl", "cloudhsm-mgmt-util", "changePswd CU user4 password2", "syncUser 4 1"), nothing("xyzzy", "qwertz", "florb -x", "zzz", "hsmx42q", "apt-get install jq", "sudo yum install cloudhsm-client", "pip install boto3", "ssh host", "python3 x.py")),
}

func join(parts ...[]Slip) []Slip {
	var all []Slip
	for _, p := range parts {
		all = append(all, p...)
	}
	return all
}

var kmuWords = [][]string{
	{"quit()", "exit", "quit"}, {"exit()", "exit", "quit"}, {"bye", "exit", "quit"}, {":q", "exit", "quit"}, {"logoff", "logoutHSM"}, {"logout", "logoutHSM"}, {"signout", "logoutHSM"},
	{"whoami", "loginStatus"}, {"who", "loginStatus", "listUsers"}, {"status", "loginStatus"}, {"man findKey", "findKey -h"}, {"help findKey", "findKey -h"},
	{"findKey --help", "findKey -h"}, {"findKey help", "findKey -h"}, {"findKey -?", "findKey -h"}, {"man", "help"}, {"?", "help"}, {"--help", "help"}, {"-h", "help"}, {"commands", "help"},
	{"listKeys", "findKey"}, {"list keys", "findKey"}, {"list_keys", "findKey"}, {"showKeys", "findKey"}, {"show keys", "findKey"}, {"keys", "findKey"}, {"key list", "findKey"},
	{"findKeys", "findKey"}, {"findkeys", "findKey"}, {"getKeys", "findKey"}, {"list users", "listUsers"}, {"showUsers", "listUsers"}, {"users", "listUsers"}, {"user list", "listUsers"}, {"getUsers", "listUsers"},
	{"list attributes", "listAttributes"}, {"attributes", "listAttributes"}, {"list curves", "listECCCurveIds"}, {"curves", "listECCCurveIds"}, {"listCurves", "listECCCurveIds"},
	{"pkcs11-tool --list-objects", "findKey"}, {"pkcs11-tool -O", "findKey"}, {"--list-objects", "findKey"}, {"C_FindObjects", "findKey"},
	{"key generate-symmetric aes --label x --key-length-bytes 32", "genSymKey -t 31 -s 32 -l x"},
	{"key generate-asymmetric-pair ec --curve secp384r1 --public-label x --private-label x", "genECCKeyPair -i 14 -l x"},
	{"key generate-asymmetric-pair rsa --modulus-size-bits 2048 --public-exponent 65537 --public-label x --private-label x", "genRSAKeyPair -m 2048 -e 65537 -l x"},
	{"generateECCKeyPair -i 2 -l x", "genECCKeyPair -i 2 -l x"}, {"generateSymKey -t 31 -s 32 -l x", "genSymKey -t 31 -s 32 -l x"}, {"createECCKeyPair -i 2 -l x", "genECCKeyPair -i 2 -l x"},
	{"createKeyPair -i 2 -l x", "genECCKeyPair -i 2 -l x"}, {"makeSymKey -t 31 -s 32 -l x", "genSymKey -t 31 -s 32 -l x"}, {"genECKeyPair -i 14 -l x", "genECCKeyPair -i 14 -l x"}, {"genAESKey -s 32 -l x", "genSymKey -t 31 -s 32 -l x"},
	{"pkcs11-tool --keypairgen --key-type EC:secp384r1 --label x", "genECCKeyPair -i 14 -l x"}, {"pkcs11-tool --keygen --key-type AES:32 --label x", "genSymKey -t 31 -s 32 -l x"},
	{"pkcs11-tool --keypairgen --key-type rsa:2048 --label x", "genRSAKeyPair -m 2048 -e 65537 -l x"},
	{"cluster hsm-info", "getHSMInfo"}, {"hsminfo", "getHSMInfo"}, {"hsmInfo", "getHSMInfo"}, {"partition", "getPartitionInfo"}, {"explain error 0xb3", "explain 0xb3", "Error2String -r 0xb3"}, {"error 0xb3", "explain 0xb3", "Error2String -r 0xb3"},
}

var cmuWords = [][]string{
	{"quit()", "quit"}, {"bye", "quit"}, {"logoff", "logoutHSM"}, {"logout", "logoutHSM"}, {"whoami", "info server 0"}, {"man createUser", "help createUser"}, {"createUser --help", "help createUser"},
	{"createUser -h", "help createUser"}, {"help createuser", "help createUser"}, {"?", "help"}, {"--help", "help"}, {"list users", "listUsers"}, {"user list", "listUsers"}, {"showUsers", "listUsers"}, {"users", "listUsers"},
	{"lsusers", "listUsers"}, {"list attributes", "listAttributes"}, {"cluster hsm-info", "getHSMInfo"}, {"hsminfo", "getHSMInfo"}, {"list tokens", "listTokens"}, {"e2e", "enable_e2e"}, {"enable-e2e", "enable_e2e"}, {"enableE2E", "enable_e2e"},
}

var movedBlanks = [][]string{
	{"rm- rf m", "rm -rf m"}, {"rm-f m", "rm -f m"}, {"c at m", "cat m"}, {"ca tm", "cat m"}, {"cat- n m", "cat -n m"}, {"ls-l", "ls -l"}, {"ls- l", "ls -l"}, {"ls-a", "ls -a"}, {"l s", "ls"}, {"cd..", "cd .."}, {"cd~", "cd ~"}, {"cd/tmp", "cd /tmp"},
	{"mk dir d", "mkdir d"}, {"mkdird", "mkdir d"}, {"grep- n hello m", "grep -n hello m"}, {"hsms tatus", "hsm status"}, {"hs m status", "hsm status"}, {"hsm-stop 1", "hsm stop 1"}, {"opensslversion", "openssl version"}, {"openss lversion", "openssl version"}, {"open sslversion", "openssl version"},
	{"key_mgmt _util", "key_mgmt_util"}, {"catm", "cat m"}, {"e cho hello", "echo hello"}, {"sha256 sum m", "sha256sum m"},
}

var bashWords = [][]string{
	{"hsm stop all", "hsm stop 0; hsm stop 1; hsm stop 2"}, {"hsm stop 1 2", "hsm stop 1; hsm stop 2"}, {"hsm stop 1,2", "hsm stop 1; hsm stop 2"}, {"hsm isolate 0-1", "hsm isolate 0; hsm isolate 1"}, {"hsm delay all 500ms", "hsm delay 0 500ms; hsm delay 1 500ms; hsm delay 2 500ms"},
	{"vi m", "cat >> m"}, {"vim m", "cat >> m"}, {"emacs m", "cat >> m"}, {"nano m", "cat >> m"}, {"top", "ps"}, {"tree", "ls -R"}, {"su", "sudo bash"},
	{"hsm list", "hsm status"}, {"hsm ls", "hsm status"}, {"hsm show", "hsm status"}, {"hsm info", "hsm status"}, {"hsm kill 1", "hsm stop 1"}, {"hsm down 1", "hsm stop 1"}, {"hsm halt 1", "hsm stop 1"}, {"hsm crash 1", "hsm stop 1"}, {"hsm disconnect 1", "hsm isolate 1"},
	{"hsm statsu", "hsm status"}, {"hsm stat", "hsm status"}, {"hsm stop1", "hsm stop 1"}, {"hsmstatus", "hsm status"}, {"hsm-status", "hsm status"}, {"hsm log 0", "hsm audit 0"}, {"hsm audits 0", "hsm audit 0"}, {"hsm slow 2 500ms", "hsm delay 2 500ms"}, {"hsm latency 2 500ms", "hsm delay 2 500ms"},
	{"hsm reset", "hsm new"}, {"hsm fresh", "hsm new"}, {"hsm wait +10m", "hsm clock +10m"}, {"hsm time +10m", "hsm clock +10m"}, {"hsm -h", "hsm --help", "hsm help"}, {"man hsm", "hsm --help", "hsm help"}, {"hsm --hlep", "hsm --help", "hsm help"},
	{"aws cloudhsmv2 describe-clusters", "hsm status"}, {"aws cloudhsmv2 create-hsm", "hsm add"}, {"aws cloudhsmv2 describe-backups", "hsm backups"}, {"systemctl cloudhsm-client status", "systemctl status cloudhsm-client"}, {"service status cloudhsm-client", "service cloudhsm-client status"},
	{"service cloudhsm-client restrat", "service cloudhsm-client restart"}, {"opnessl version", "openssl version"}, {"open ssl version", "openssl version"}, {"openssl verison", "openssl version"}, {"openssl digest -sha256 m", "openssl dgst -sha256 m"}, {"openssl dgst -sha265 m", "openssl dgst -sha256 m"},
	{"openssl dgst --sha-256 m", "openssl dgst -sha256 m"}, {"openssl sha256sum m", "sha256sum m", "openssl sha256 m", "openssl dgst -sha256 m"}, {"explian 0xb3", "explain 0xb3"}, {"error 0xb3", "explain 0xb3"}, {"Error2String -r 0xb3", "explain 0xb3", "key_mgmt_util"}, {"cta m", "cat m"}, {"sl", "ls"}, {"dir", "ls", "ls -l"}, {"ll", "ls -l"}, {"cls", "clear"},
	{"type m", "cat m"}, {"quit", "exit"}, {"logout", "exit"}, {"gerp hello m", "grep hello m"}, {"sah256sum m", "sha256sum m"}, {"base46 m", "base64 m"}, {"xdd m", "xxd m"}, {"mkidr d", "mkdir d"}, {"ehco hello", "echo hello"},
}

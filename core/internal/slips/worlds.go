package slips

// World is a world in which right lines work.
type World struct {
	Name    string
	NonFIPS bool
	Setup   []Step
	Tabs    []string            // in which slips are typed, without the words that fit every world; nil: bash and the older tools
	Lines   map[string][]string // by tab, what works there
	Foreign map[string][]Slip   // words of others whose meaning depends on the world
}

// Step is a line that is typed to make a world.
type Step struct{ Tab, Line string }

const startCMU = "cloudhsm_mgmt_util /opt/cloudhsm/etc/cloudhsm_mgmt_util.cfg"

// begin starts both tools and makes files; who logs in there, "" for nobody.
func begin(kmu, cmu string, more ...Step) []Step {
	steps := []Step{{Bash, "echo hello > m"}, {Bash, "openssl ecparam -name prime256v1 -genkey -noout -out ec.pem"},
		{Bash, "openssl pkey -in ec.pem -pubout -out ec.pub"}, {Bash, "printf 0123456789abcdef0123456789abcdef > aes.bin"},
		{KMU, "key_mgmt_util"}, {CMU, startCMU}}
	if kmu != "" {
		steps = append(steps, Step{KMU, kmu})
	}
	if cmu != "" {
		steps = append(steps, Step{CMU, cmu})
	}
	return append(steps, more...)
}

const (
	asUser    = "loginHSM -u CU -s example_user -p aws"
	asOfficer = "loginHSM CO admin password"
	asCU      = "loginHSM CU example_user aws"
)

// keys makes a wrapping key 6, pairs 7 and 8 on P-384, 9 and 10 RSA, 11 and 12 on P-256, a session
// key 13, and files of theirs.
var keys = []Step{
	{KMU, "genSymKey -t 31 -s 32 -l wrapper"}, {KMU, "genECCKeyPair -i 14 -l ecc14"}, {KMU, "genRSAKeyPair -m 2048 -e 65537 -l rsa"},
	{KMU, "genECCKeyPair -i 2 -l p256"}, {KMU, "genSymKey -t 31 -s 16 -l tmp -sess"}, {KMU, "sign -f m -k 8 -m 17 -out s"},
	{KMU, "exSymKey -k 13 -w 6 -out plain.key"}, {KMU, "wrapKey -k 13 -w 6 -m 4 -out wrapped.key"}, {KMU, "getCaviumPrivKey -k 10 -out cav.pem"},
}

var makeLines = []string{
	"genECCKeyPair -i 2 -l mylabel", "genECCKeyPair -i 14 -l ecc -id myid", "genECCKeyPair -i 16 -l k1 -u 4,5", "genECCKeyPair -i 2 -l short -sess",
	"genECCKeyPair -i 14 -l fixed -nex", "genECCKeyPair -i 2 -l x -min_srv 2 -timeout 10", "genECCKeyPair -i 14 -l q -u 4,5 -m_value 2",
	`genECCKeyPair -i 2 -l "my key"`, "genRSAKeyPair -m 2048 -e 65537 -l rsa2", "genDSAKeyPair -m 2048 -l dsa", "genSymKey -t 31 -s 32 -l aes256",
	"genSymKey -t 31 -s 16 -l aes128 -sess", "genSymKey -t 21 -s 24 -l des", "genSymKey -t 16 -s 64 -l secret",
}

var lookLines = []string{"findKey", "listUsers", "listAttributes", "listECCCurveIds", "loginStatus", "getHSMInfo", "getPartitionInfo", "help", "logoutHSM", "exit",
	"Error2String -r 0xb3", "getCert -f po.crt -s 4", "importPubKey -l p -f ec.pub", "findKey -sess 0"}

var useLines = []string{
	"findKey -c 4", "findKey -t 31", "findKey -l ecc14", "findKey -sess 1", "findKey -c 3 -t 3", "findKey -t 0", "findKey -c 2", "findSingleKey -k 8", "getKeyInfo -k 8", "deleteKey -k 12",
	"deleteKey -k 6", "getAttribute -o 8 -a 512 -out attr", "getAttribute -o 6 -a 3 -out attr", "getAttribute -o 8 -a 354 -out attr", "setAttribute -o 13 -a 1", "sign -f m -k 8 -m 18 -out sig", "sign -f m -k 12 -m 17 -out sig", "sign -f m -k 10 -m 1 -out sig", "sign -f m -k 10 -m 6 -out sig",
	"verify -f m -s s -k 7 -m 17", "wrapKey -k 13 -w 6 -m 4 -out w", "wrapKey -k 8 -w 6 -m 6 -out w", "wrapKey -k 8 -w 6 -m 10 -out w", "wrapKey -k 8 -w 9 -m 7 -out w", "unWrapKey -f wrapped.key -w 6 -m 4", "exSymKey -k 13 -w 6 -out plain",
	"imSymKey -l imp -t 31 -f aes.bin -w 6", "importPrivateKey -l imp -f ec.pem -w 6", "exportPrivateKey -k 8 -w 6 -out out.pem", "exportPubKey -k 7 -out pub.pem", "aesWrapUnwrap -m 1 -f aes.bin -w 6",
	"extractMaskedObject -o 6 -out masked", "getCaviumPrivKey -k 10 -out fake.pem", "IsValidKeyHandlefile -f cav.pem",
}

var officerLines = []string{"listUsers", "getHSMInfo", "info server 0", "server 1", "createUser CU ann password1", "createUser CO officer2 -hpswd", "changePswd CU user4 password2", "deleteUser CU user6",
	"findAllKeys 3 1", "findAllKeys 0 0 keys.txt", "getMValue 3", "logoutHSM", "quit", "help createUser", "listAttributes", "enable_e2e", "listTokens", "delToken all"}

var bashLines = []string{"key_mgmt_util", startCMU, "hsm status", "hsm stop 1", "hsm isolate 1", "hsm delay 2 500ms", "hsm audit 0", "hsm clock +10m", "hsm profile late", "hsm new --nodes 2", "hsm new --non-fips",
	"hsm tamper 0", "hsm add", "service cloudhsm-client status", "systemctl status cloudhsm-client", "openssl version", "openssl dgst -sha256 m", "openssl genrsa -out r.pem 2048", "openssl pkey -in ec.pem -pubout",
	"openssl ecparam -name prime256v1 -genkey -noout", "openssl rand -hex 16", "explain 0xb3"}

// Worlds are the worlds in which slips are made.
var Worlds = []World{
	{Name: "fresh", Setup: begin(asUser, asOfficer), Lines: map[string][]string{KMU: append(makeLines, lookLines...), CMU: officerLines, Bash: bashLines}},
	{Name: "keys", Setup: begin(asUser, asOfficer, keys...), Lines: map[string][]string{KMU: useLines, CMU: {"setAttribute 6 134 1", "findAllKeys 3 0", "deleteUser CU user5"}, Bash: {"cat m"}},
		Foreign: map[string][]Slip{KMU: means("other words", [][]string{
			{"remove 8", "deleteKey -k 8"}, {"rmKey 8", "deleteKey -k 8"}, {"delete 12", "deleteKey -k 12"}, {"delete key 12", "deleteKey -k 12"}, {"delKey -k 12", "deleteKey -k 12"}, {"destroyKey -k 12", "deleteKey -k 12"}, {"removeKey -k 12", "deleteKey -k 12"},
			{"keyInfo -k 8", "getKeyInfo -k 8"}, {"showKey -k 8", "getKeyInfo -k 8"}, {"export 7 pub.pem", "exportPubKey -k 7 -out pub.pem"}, {"exportKey -k 7 -out pub.pem", "exportPubKey -k 7 -out pub.pem"}, {"importKey -l imp -f ec.pem -w 6", "importPrivateKey -l imp -f ec.pem -w 6"},
			{"key delete 8", "deleteKey -k 8"}, {"getAttributes -o 8 -a 512 -out attr", "getAttribute -o 8 -a 512 -out attr"}, {"readAttribute -o 8 -a 512 -out attr", "getAttribute -o 8 -a 512 -out attr"}, {"signFile -f m -k 8 -m 17 -out sig", "sign -f m -k 8 -m 17 -out sig"},
			{"wrap -k 13 -w 6 -m 4 -out w", "wrapKey -k 13 -w 6 -m 4 -out w"}, {"unwrap -f wrapped.key -w 6 -m 4", "unWrapKey -f wrapped.key -w 6 -m 4"}, {"unwrapKey -f wrapped.key -w 6 -m 4", "unWrapKey -f wrapped.key -w 6 -m 4"},
			{"key list --filter attr.label=ecc14", "findKey -l ecc14"}, {"pkcs11-tool --delete-object --label p256", "deleteKey -k 12"}})}},
	{Name: "shared", Setup: begin(asUser, asCU, append(keys, Step{KMU, "genECCKeyPair -i 2 -l ours -u 4,5"}, Step{KMU, "logoutHSM"}, Step{KMU, "loginHSM -u CU -s user4 -p aws"}, Step{KMU, "genSymKey -t 31 -s 32 -l mine"})...),
		Lines: map[string][]string{KMU: {"sign -f m -k 15 -m 17 -out sig", "getKeyInfo -k 15", "deleteKey -k 13", "findKey -u 3", "findKey -l mine", "getAttribute -o 13 -a 512 -out attr", "wrapKey -k 13 -w 13 -m 4 -out w", "exportPubKey -k 14 -out pub.pem", "extractMaskedObject -o 13 -out masked", "verify -f m -s s -k 7 -m 17", "genECCKeyPair -i 2 -l mylabel -u 3"},
			CMU: {"shareKey 6 4 1", "shareKey 8 4,5 1", "getKeyInfo 6", "getKeyInfo 8 key.txt", "getAttribute 8 512", "getAttribute 8 3", "setAttribute 8 3 newlabel", "setAttribute 6 262 0", "listUsers", "logoutHSM"}}},
	{Name: "stopped", Setup: begin(asUser, asOfficer, append(keys, Step{Bash, "hsm stop 2"})...),
		Lines:   map[string][]string{KMU: append(useLines[:12:12], "genECCKeyPair -i 2 -l mylabel", "genSymKey -t 31 -s 32 -l aes256", "genECCKeyPair -i 2 -l x -min_srv 2 -timeout 10"), CMU: officerLines[:8], Bash: {"hsm start 2", "hsm status", "hsm stop 1"}},
		Foreign: map[string][]Slip{Bash: means("other words", [][]string{{"hsm up 2", "hsm start 2"}, {"hsm restart 2", "hsm start 2"}, {"hsm boot 2", "hsm start 2"}, {"hsm run 2", "hsm start 2"}, {"hsm strat 2", "hsm start 2"}})}},
	{Name: "non-fips", NonFIPS: true, Setup: begin(asUser, asOfficer, keys...),
		Lines: map[string][]string{KMU: append(makeLines[:8:8], "genECCKeyPair -i 15 -l p521", "genECCKeyPair -i 13 -l p224", "wrapKey -k 13 -w 9 -m 12 -out w", "deleteKey -k 12", "findKey -c 4", "getKeyInfo -k 8"), CMU: {"listUsers", "createUser CU ann password1", "setAttribute 6 134 1"}}},
	{Name: "logged out", Setup: begin("", ""),
		Lines: map[string][]string{KMU: {asUser, "loginHSM -u CU -s user4 -hpswd", "help", "exit", "loginStatus", "getHSMInfo", "listAttributes"}, CMU: {asOfficer, asCU, "loginHSM CO admin -hpswd", "listUsers", "help", "quit", "info server 0", "getHSMInfo", "server 0"}},
		Foreign: map[string][]Slip{
			KMU: means("other words", [][]string{{"login", "loginHSM -u CU -s example_user -hpswd"}, {"login --username example_user --role crypto-user", "loginHSM -u CU -s example_user -hpswd"}, {"login example_user", "loginHSM -u CU -s example_user -hpswd"}, {"loginHSM CU example_user aws", "loginHSM -u CU -s example_user -hpswd"}, {"loginHSM example_user aws", "loginHSM -u CU -s example_user -hpswd"}, {"loginHSM user4", "loginHSM -u CU -s user4 -hpswd"}, {"logon -u CU -s user4 -p aws", "loginHSM -u CU -s user4 -hpswd"}, {"signin", "loginHSM -u CU -s example_user -hpswd"}, {"su user4", "loginHSM -u CU -s user4 -hpswd"}, {"loginHSM -u CU -s user4", "loginHSM -u CU -s user4 -hpswd"}, {"loginHSM -u CO -s admin -p password", "exit"}, {"findKey", "loginHSM -u CU -s example_user -hpswd"}, {"genECCKeyPair -i 2 -l x", "loginHSM -u CU -s example_user -hpswd"}}),
			CMU: means("other words", [][]string{{"login", "loginHSM CO admin -hpswd"}, {"login --username admin --role admin", "loginHSM CO admin -hpswd"}, {"loginHSM admin password", "loginHSM CO admin -hpswd"}, {"loginHSM -u CO -s admin -p password", "loginHSM CO admin -hpswd"}, {"loginHSM CU admin password", "loginHSM CO admin -hpswd"}, {"loginHSM CO example_user aws", "loginHSM CU example_user -hpswd"}, {"loginHSM user4", "loginHSM CU user4 -hpswd"}, {"createUser CU ann password1", "loginHSM CO admin -hpswd"}, {"loginHSM -u CU -s user5 -p aws", "loginHSM CU user5 -hpswd"}})}},
	{Name: "server mode", Setup: begin(asUser, asOfficer, append(keys, Step{CMU, "server 0"})...),
		Lines:   map[string][]string{CMU: {"listUsers", "exit", "findAllKeys 3 1", "createUser CU ann password1", "getCert PO.crt 4", "getMValue 3", "deleteUser CU user6", "logoutHSM", "help"}},
		Foreign: map[string][]Slip{CMU: leads("other mode", []string{"exit"}, "server 1", "info server 0", "quit")}},
	{Name: "cli", Tabs: []string{CLI}, Setup: inCLI("login --username example_user --role crypto-user --password aws"), Lines: map[string][]string{CLI: cliLines}},
	{Name: "cli admin", Tabs: []string{CLI}, Setup: inCLI("login --username admin --role admin --password password"), Lines: map[string][]string{CLI: cliAdminLines}},
	{Name: "openssl", Tabs: []string{Bash}, Setup: opensslFiles, Lines: map[string][]string{Bash: opensslLines}},
}

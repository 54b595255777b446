package sim

import (
	"hsmplay/core/internal/slips"
)

// setting is a world in which everything is tried that is offered there. A further one is a row of
// settings.
type setting struct {
	name    string
	options Options
	steps   []slips.Step // lines and answers, after which no wait goes on
}

const (
	inBash, inKMU, inCMU = slips.Bash, slips.KMU, slips.CMU

	toKMU     = "key_mgmt_util"
	toCMU     = "cloudhsm_mgmt_util /opt/cloudhsm/etc/cloudhsm_mgmt_util.cfg"
	asUser    = "loginHSM -u CU -s example_user -p aws"
	asUser4   = "loginHSM -u CU -s user4 -p aws"
	asOfficer = "loginHSM CO admin password"
	asCU      = "loginHSM CU example_user aws"
)

// at parts lines of a tab.
func at(tab string, lines ...string) (list []slips.Step) {
	for _, line := range lines {
		list = append(list, slips.Step{Tab: tab, Line: line})
	}
	return list
}

func joined(parts ...[]slips.Step) (all []slips.Step) {
	for _, p := range parts {
		all = append(all, p...)
	}
	return all
}

var (
	bothTools = joined(at(inKMU, toKMU), at(inCMU, toCMU))
	bothIn    = joined(bothTools, at(inKMU, asUser), at(inCMU, asOfficer))
	someFiles = at(inBash, "echo hello > m", "openssl ecparam -name prime256v1 -genkey -noout -out ec.pem",
		"openssl pkey -in ec.pem -pubout -out ec.pub", "printf 0123456789abcdef0123456789abcdef > aes.bin")
	someKeys = at(inKMU, "genSymKey -t 31 -s 32 -l wrapper", "genECCKeyPair -i 14 -l ecc14", "genRSAKeyPair -m 2048 -e 65537 -l rsa",
		"genSymKey -t 31 -s 16 -l tmp -sess", "genECCKeyPair -i 2 -l p256", "sign -f m -k 8 -m 17 -out s",
		"wrapKey -k 11 -w 6 -m 4 -out wrapped.key", "getCaviumPrivKey -k 10 -out cav.pem", "extractMaskedObject -o 6 -out masked")
	quorumKey = joined(registered("example_user", inCMU), registered("user4", inCMU),
		at(inKMU, "genECCKeyPair -i 2 -l contract -u 4 -m_value 2"))
)

// registered makes and registers the key with which a crypto user approves.
func registered(name, tab string) []slips.Step {
	return joined(
		at(inBash, "openssl genrsa -out "+name+".key 2048", "openssl rsa -in "+name+".key -outform PEM -pubout -out "+name+".pub",
			"echo 'register "+name+"' > "+name+".reg", "openssl dgst -sha256 -sign "+name+".key -out "+name+".reg.sig "+name+".reg"),
		at(tab, "loginHSM CU "+name+" aws", "registerQuorumPubKey CU "+name+" "+name+".reg "+name+".reg.sig "+name+".pub", "y", "logoutHSM"))
}

// settings are the worlds.
var settings = []setting{
	{name: "fresh"},
	{name: "tools, nobody logged in", steps: bothTools},
	{name: "logged in, no files", steps: bothIn},
	{name: "keys and files", steps: joined(someFiles, bothIn, someKeys)},
	{name: "crypto user at both tools", steps: joined(someFiles, bothTools, at(inKMU, asUser), someKeys, at(inCMU, asCU))},
	{name: "another's keys", steps: joined(someFiles, bothTools, at(inKMU, asUser), someKeys, at(inKMU, "logoutHSM", asUser4), at(inCMU, "loginHSM CU user4 aws"))},
	{name: "server mode", steps: joined(someFiles, bothIn, someKeys, at(inCMU, "server 0"))},
	{name: "auditor", steps: joined(bothTools, at(inCMU, "loginHSM AU app_user -hpswd"))},
	{name: "one HSM stopped", steps: joined(someFiles, bothIn, someKeys, at(inBash, "hsm stop 2"))},
	{name: "one HSM missed keys", steps: joined(someFiles, bothIn, at(inBash, "hsm stop 2"), someKeys, at(inBash, "hsm start 2"))},
	{name: "all HSMs stopped", steps: joined(someFiles, bothIn, someKeys, at(inBash, "hsm stop 0", "hsm stop 1", "hsm stop 2"))},
	{name: "all stopped, nothing runs", steps: at(inBash, "hsm stop 0", "hsm stop 1", "hsm stop 2")},
	{name: "no daemon", steps: joined(someFiles, bothIn, someKeys, at(inBash, "service cloudhsm-client stop"))},
	{name: "no daemon, nothing runs", steps: at(inBash, "service cloudhsm-client stop")},
	{name: "keys full", options: Options{KeysMax: 2}, steps: joined(bothIn, at(inKMU, "genECCKeyPair -i 14 -l full"))},
	{name: "sessions full", options: Options{SessMax: 1}, steps: at(inKMU, toKMU)},
	{name: "user locked", steps: joined(bothTools, locked)},
	{name: "tampered", steps: joined(bothIn, at(inBash, "hsm tamper 1"))},
	{name: "isolated", steps: joined(someFiles, bothIn, someKeys, at(inBash, "hsm isolate 1"))},
	{name: "slow", steps: joined(someFiles, bothIn, someKeys, at(inBash, "hsm delay 2 500ms"))},
	{name: "non-FIPS", options: Options{NonFIPS: true}, steps: joined(someFiles, bothIn, someKeys)},
	{name: "one HSM", options: Options{Nodes: 1}, steps: joined(someFiles, bothIn, someKeys)},
	{name: "late profile", steps: joined(at(inBash, "hsm profile late"), someFiles, bothIn, someKeys)},
	{name: "key with quorum", steps: joined(someFiles, bothTools, at(inKMU, asUser), quorumKey[len(quorumKey)-1:], at(inCMU, asCU))},
	{name: "token of a key", steps: joined(someFiles, bothTools, at(inKMU, asUser), quorumKey, at(inKMU, "getToken -s 3 -u example_user -k 7 -f use.token"))},
	{name: "token of a key, nobody registered", steps: joined(someFiles, bothTools, at(inKMU, asUser), quorumKey[len(quorumKey)-1:], at(inKMU, "getToken -s 3 -u example_user -k 7 -f use.token"))},
	{name: "uninitialized", steps: at(inBash, "hsm new --uninitialized")},
	{name: "uninitialized, tools", steps: joined(at(inBash, "hsm new --uninitialized"), bothTools)},
	{name: "initialized", steps: joined(at(inBash, "hsm new --initialized"), bothTools)},
	{name: "initialized, precrypto officer", steps: joined(at(inBash, "hsm new --initialized"), bothTools, at(inCMU, "loginHSM PRECO admin password"))},
	{name: "elsewhere in the tree", steps: joined(at(inBash, "mkdir d", "cd d"), bothIn)},
}

// locked locks the documentation's crypto user.
var locked = func() (all []slips.Step) {
	for range 20 {
		all = append(all, at(inKMU, "loginHSM -u CU -s example_user -p wrong")...)
	}
	return all
}()

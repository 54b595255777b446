package kmu

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// Who reaches no HSM is told that, by every command that asks one, with a login or without.
func TestNoHSMComesBeforeNoLogin(t *testing.T) {
	local := strings.Fields("exit quit help loginStatus Error2String listAttributes listECCCurveIds IsValidKeyHandlefile")
	lines := []string{
		"listUsers", "getHSMInfo", "getPartitionInfo", "loginHSM -u CU -s example_user -p aws", "logoutHSM",
		"getToken -s 3 -u example_user -k 6 -f no", "delToken -a", "delToken -id 1", "approveToken -f approval", "listTokens",
		"genRSAKeyPair -m 2048 -e 65537 -l no", "genDSAKeyPair -m 2048 -l no", "genECCKeyPair -i 2 -l no",
		"genPBEKey -p password -s 16 -l no", "genSymKey -t 31 -s 32 -l no", "createPublicKey -l no -m modulus -e 65537",
		"importPubKey -l no -f ec.pub", "exportPubKey -k 7 -out no", "importPrivateKey -l no -w 6 -f ec-p256.pem",
		"exportPrivateKey -k 8 -w 6 -out no", "imSymKey -l no -w 6 -t 31 -f aes", "exSymKey -k 6 -w 6 -out no",
		"wrapKey -k 6 -w 6 -m 4 -out no", "unWrapKey -f aes -w 6 -m 4 -l no", "deleteKey -k 6", "setAttribute -o 6 -a 1",
		"getKeyInfo -k 6", "findKey", "findSingleKey -k 6", "getAttribute -o 6 -a 512 -out no", "getCert -f no -s 1",
		"insertMaskedObject -f damaged-object", "extractMaskedObject -o 6 -out no", "sign -f aes -k 8 -m 1 -out no",
		"verify -f aes -s aes -k 7 -m 1", "aesWrapUnwrap -m 1 -f aes -w 6", "getCaviumPrivKey -k 8 -out no",
	}
	d := refusingDesk(t)
	d.line("exportPubKey -k 7 -out ec.pub")
	d.files["approval"] = []byte("Multi Token File Path = aes;\nToken File Path = ;\n\nNumber of Approvals = 1;\n\n" +
		"Approver Type = 1;\nApprover Name = user4;\nApproval File = aes;\n")
	d.files["modulus"] = []byte(strings.Repeat("c1", 256))
	for _, login := range []bool{true, false} {
		if !login {
			d.line("logoutHSM")
		}
		for _, n := range d.cluster.Nodes {
			n.Up = false
		}
		asked := slices.Clone(local)
		for _, line := range lines {
			text := d.line(line)
			assert.Contains(t, text, "LIQUIDSECURITY: Invalid Operation", line)
			asked = append(asked, strings.Fields(line)[0])
		}
		for _, s := range Commands.Specs {
			assert.Contains(t, asked, s.Name)
		}
		for _, n := range d.cluster.Nodes {
			n.Up = true
		}
	}
}

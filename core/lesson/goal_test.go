package lesson_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"hsmplay/core/lesson"
	"hsmplay/core/sim"
)

// world has a little of everything that goals are about.
var world = []string{
	"key_mgmt_util", "loginHSM -u CU -s example_user -p aws", "genECCKeyPair -i 14 -l pair -u 4,5 -m_value 0", "genSymKey -t 31 -s 32 -l w",
	"genSymKey -t 31 -s 16 -l short -sess", "exSymKey -k 8 -w 8 -out w.bin", "getAttribute -o 8 -a 512 -out w.txt",
	"wrapKey -k 8 -w 8 -m 4 -out w.wrapped", "exportPubKey -k 6 -out pub.pem", "getCaviumPrivKey -k 7 -out fake.pem",
	"@2 echo hello > f", "sign -f f -k 7 -m 18 -out sig", "@2 hsm stop 2", "genSymKey -t 31 -s 32 -l late", "genECCKeyPair -i 1 -l no",
	"@2 n3fips_password=example_user:aws openssl req -new -engine cloudhsm -key fake.pem -keyform PEM -subj /CN=payroll -out app.csr", "@2 hsm backup", "@2 false",
	"@2 CLOUDHSM_ROLE=crypto-user CLOUDHSM_PIN=example_user:aws cloudhsm-cli crypto sign ecdsa --key-filter key-reference=7 --hash-function sha384 --data-path f | jq -r .data.signature | base64 -d > plain.sig",
	"@4 cloudhsm-cli interactive", "@4 login --username example_user --role crypto-user --password aws", "@4 key list", "@4 key delete --filter attr.label=nobody",
	"@3 cloudhsm_mgmt_util /opt/cloudhsm/etc/cloudhsm_mgmt_util.cfg", "@3 loginHSM CO admin password", "@2 hsm status | cat", "@2 openssl dgst nowhere | cat", "@2 openssl rand -hex 2 | grep -q x", "@2 shareKey 7 4 1", "shareKey 7 4 1",
}

// Every line is a goal; those behind a minus are not met.
const goals = `
key label=pair class=private type=ec curve=14 on=all owner=example_user session=no
key label=pair curve=secp384r1 bits=384 extractable=yes sign=yes local=yes origin=generated
key label=pair class=public handle=6 reference=0x0000000000000006 m=0 verify=yes missing-on=none
key label=pair shared=user4,user5
key label=pair shared~USER5
-key label=pair shared=user4
key label=short session=yes bits=128 count=1
key label=late on=0,1 missing-on=2
-key label=late on=all
key label=nobody none
-key label=pair none
key label=pair count=2
key label=pair count>1 count<3
key label=pair|late class=secret|private
-key label=PAIR
key label=w kcv=$kcv
user example_user type=cu number=3 on=all missing-on=none accepts=aws toy-password=yes failures=0 locked-on=none
user Example_User logged-in-on~0 differs=no
-user example_user accepts=other
user admin type=CO quorum-key=none second-factor=none
file f holds hello
-file f holds goodbye
file w.txt kind=attributes class=secret label=w handle=8
file w.txt holds OBJ_ATTR_SIGN=0x00 OBJ_ATTR_LABEL=w
file w.wrapped kind=wrapped class=secret label=w
file *.pem kind=pem count=2
file pub.pem blocks="PUBLIC KEY" block-kinds=public type=ec
file fake.pem block-kinds=fake handle=7
file sig verifies data=f key=6
file sig verifies data=f key=7 mech=sha384
file sig verifies data=f key=pub.pem
-file sig verifies data=f key=6 mech=sha256
file plain.sig size=96 verifies data=f key=6
-file plain.sig verifies data=w.txt key=6
-file sig verifies data=w.txt key=6
-file sig verifies data=f key=8
file app.csr block-kinds=request verifies key=6
file app.csr verifies key=pub.pem
-file app.csr verifies key=8
file app.csr subject~payroll block-kinds=request
file f size=6 text=yes mode=644 owner=ec2-user directory=no same=f
-file f same=sig
file /opt/cloudhsm/etc/cloudhsm_client.cfg owner=root holds create_object_minimum_nodes
hsm 2 state=down
hsm state=up count=2
hsm fips=yes user-mgmt=1 misc-co=1 count=3
hsm 0 sessions>0 users=6 kin=own tampered=no
cluster kin=own state=active hsms=0,1,2 up=0,1
backup why="by hand" handles~8 users=6
backup new=yes count=1
daemon running=yes ip=10.0.1.10 hsm=0 reaches=0,1 min-servers=1
session example_user type=CU on=0,1
session admin type=CO
tab key_mgmt_util user=example_user number=1 state=ready
tab number=2 program=bash
token none
audit CN_GENERATE_KEY_PAIR hsm=0 user=example_user key~7 code=0x00
audit opcode=CN_LOGIN type=CO
ran genECCKeyPair code=0xb3 keys=none
ran genECCKeyPair code=refused on~0
ran genECCKeyPair code=0 keys=6,7 user=example_user tab=1 tool=key_mgmt_util
ran genSymKey line~"-l late" on=0,1
ran hsm stop hsms=2
ran false status=1
ran false status!=0
ran cat
ran openssl dgst status!=0
-ran openssl dgst status=0
ran openssl rand status=0
ran cat status=0 line~dgst
ran key list code=0
ran key delete code=refused
-ran key delete code=0
-ran key generate-symmetric aes
-ran cloudhsm-cli key list
ran cloudhsm-cli crypto sign ecdsa status=0
-ran shareKey
ran shareKey tool=bash status=127
ran shareKey tool=key_mgmt_util
-ran hsm start
ran getAttribute files=w.txt
`

func TestGoals(t *testing.T) {
	w := strings.Builder{}
	for goal := range strings.Lines(goals) {
		if goal = strings.TrimSpace(goal); goal == "" {
			continue
		}
		w.WriteString("## " + goal + "\n\n```goal\n" + strings.TrimPrefix(goal, "-") + "\n  " + goal + "\n```\n```solution\ntrue\n```\n")
	}
	l, err := lesson.Read("goals.md", "---\ntitle: Goals\nminutes: 1\ntheme: keys\n---\n"+w.String())
	require.NoError(t, err)
	met := lesson.Met(l, sim.New(sim.Options{}), world)
	for i, s := range l.Steps {
		assert.Equal(t, !strings.HasPrefix(s.Title, "-"), met[i], s.Title)
	}
}

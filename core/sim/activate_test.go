package sim

import (
	"math/big"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hsmplay/core/mech"
	"hsmplay/core/mech/secret"
	"hsmplay/core/shell"
)

// madeAt is the wall clock of the clusters, in seconds since 1970: 2025-11-24 12:00 UTC.
const madeAt = 1763985600

// unactivated returns a player in front of a cluster that is not initialized.
func unactivated(t *testing.T) player {
	w := New(Options{Seed: 1, Wall: madeAt * 1000})
	p := player{t, w, w.Open("", 80).Terminal}
	require.Contains(t, p.do("hsm new --uninitialized").Text, "is UNINITIALIZED")
	return p
}

// work types a line, and waits until it is done.
func (p player) work(line string) Turn {
	p.t.Helper()
	turn := p.w.Type(p.n, line)
	for turn.State == shell.Waits || turn.State == shell.Runs {
		require.True(p.t, p.w.Jump(p.n), line)
		turn = p.w.Terminals()[p.n-1].Now()
	}
	return turn
}

// What is proposed leads from a fresh cluster to the first key.
func TestNextTellsTheWayToAnActiveCluster(t *testing.T) {
	p := unactivated(t)
	id := p.w.cluster.ID
	for _, step := range []struct {
		want    string
		answers []string
	}{
		{"openssl genrsa -out customerCA.key 2048", nil},
		{"openssl req -new -x509 -days 3652 -key customerCA.key -out customerCA.crt", []string{"US", "", "", "Example", "", "root", ""}},
		{"openssl x509 -req -days 3652 -in " + id + "_ClusterCsr.csr -CA customerCA.crt -CAkey customerCA.key -CAcreateserial -out " + id + "_CustomerHsmCertificate.crt", nil},
		{"hsm initialize " + id + "_CustomerHsmCertificate.crt customerCA.crt", nil},
		{"sudo cp customerCA.crt /opt/cloudhsm/etc/customerCA.crt", nil},
		{"cloudhsm_mgmt_util /opt/cloudhsm/etc/cloudhsm_mgmt_util.cfg", nil},
		{"loginHSM PRECO admin password", nil},
		{"changePswd PRECO admin NewPassword1", []string{"y"}},
		{"createUser CU new_user password1", []string{"y"}},
		{"listUsers", nil},
	} {
		require.Equal(t, step.want, p.w.Next(p.n)[0])
		p.work(step.want)
		for _, answer := range step.answers {
			p.do(answer)
		}
	}
	p.do("quit")
	for _, want := range []string{"service cloudhsm-client start", "key_mgmt_util", "loginHSM -u CU -s new_user -hpswd"} {
		require.Equal(t, want, p.w.Next(p.n)[0])
		p.do(want)
	}
	require.Contains(t, p.do("password1").Text, "Cfm3LoginHSM returned: 0x00")
	require.Contains(t, p.do("genECCKeyPair -i 14 -l ecc14").Text, "private key handle: 7")
}

// A world that is saved and loaded between all steps gets to its first key as well.
func TestEveryStateIsSavedAndLoaded(t *testing.T) {
	p := unactivated(t)
	id := p.w.cluster.ID
	states := map[string]bool{}
	for _, step := range []string{
		"openssl genrsa -out customerCA.key 2048",
		"openssl req -new -x509 -key customerCA.key -out customerCA.crt -subj /CN=root",
		"openssl x509 -req -in " + id + "_ClusterCsr.csr -CA customerCA.crt -CAkey customerCA.key -CAcreateserial -out signed.crt",
		"hsm initialize signed.crt customerCA.crt", "sudo cp customerCA.crt /opt/cloudhsm/etc/customerCA.crt", "service cloudhsm-client start",
		"cloudhsm_mgmt_util /opt/cloudhsm/etc/cloudhsm_mgmt_util.cfg", "loginHSM PRECO admin password", "changePswd PRECO admin P55w0rd1; y",
		"createUser CU bob password1; y", "quit", "hsm add", "key_mgmt_util", "loginHSM -u CU -s bob -p password1", "genECCKeyPair -i 2 -l first",
	} {
		for _, line := range strings.Split(step, "; ") {
			p.work(line)
		}
		states[p.w.Cluster(0, 0).State] = true
		w, err := Load(p.w.Save(), Options{})
		require.NoError(t, err)
		require.Equal(t, p.w.Cluster(0, 0).State, w.Cluster(0, 0).State, step)
		require.Equal(t, p.w.Users(0).Rows, w.Users(0).Rows, step)
		require.Equal(t, p.w.cluster.Certificates, w.cluster.Certificates, step)
		p.w = w
	}
	require.Equal(t, map[string]bool{"UNINITIALIZED": true, "INITIALIZED": true, "ACTIVE": true}, states)
	require.Len(t, p.w.Keys(0, p.n, 0, 0, "").Rows, 2)
	require.Contains(t, p.in().do("hsm status").Text, id+" is ACTIVE\n")
}

// authority signs certificates for the refusals.
type authority struct {
	t    *testing.T
	key  *mech.Material
	root *mech.Certificate
}

func newAuthority(t *testing.T, file string, ca bool) authority {
	data, err := os.ReadFile(file)
	require.NoError(t, err)
	a := authority{t: t}
	a.key, err = secret.PrivateFromPEM(data)
	require.NoError(t, err)
	a.root, err = mech.CertificateFromPEM(a.sign(a.key, ca))
	require.NoError(t, err)
	return a
}

func (a authority) sign(public *mech.Material, ca bool) []byte {
	der, err := secret.NewCertificate(mech.CertificateSpec{Serial: big.NewInt(1), Subject: mech.Name{{Type: "CN", Value: "root"}}, Public: public,
		CA: ca, NotBefore: time.Unix(0, 0), NotAfter: time.Unix(2e9, 0)}, a.root, a.key)
	require.NoError(a.t, err)
	return mech.CertificatePEM(der)
}

// Each refusal says which rule the files break, and how they are mended.
func TestRefusalsOfInitialize(t *testing.T) {
	p := unactivated(t)
	request, err := mech.ParseRequest(p.w.cluster.Request())
	require.NoError(t, err)
	own, other := newAuthority(t, "../mech/internal/material/testdata/rsa2048_1.pem", true), newAuthority(t, "../mech/internal/material/testdata/rsa2048_2.pem", true)
	bare, curve := newAuthority(t, "../mech/internal/material/testdata/rsa2048_1.pem", false), newAuthority(t, "../kmu/testdata/keys/ec-p256.pem", true)
	for name, data := range map[string][]byte{
		"good.crt": own.sign(request.Public, false), "foreign.crt": own.sign(other.key, false), "root.crt": own.sign(own.key, true),
		"other.crt": other.sign(other.key, true), "bare.crt": bare.sign(bare.key, false), "curve.crt": curve.sign(curve.key, true),
		"below.crt": own.sign(other.key, true), "text": []byte("no certificate\n"),
	} {
		require.NoError(t, p.w.Write(name, data))
	}
	for _, row := range []struct{ files, text, note string }{
		{"missing.crt root.crt", "No such file or directory", "`missing.crt` cannot be used: there is no such file"},
		{"good.crt text", "", "`text` cannot be used"},
		{"good.crt /opt", "", "`/opt` cannot be used"},
		{"root.crt good.crt", "is not for the key of the cluster's request", "comes first, the trust anchor second"},
		{"foreign.crt root.crt", "is not for the key of the cluster's request", p.w.cluster.ID + "_ClusterCsr.csr"},
		{"good.crt curve.crt", "not RSA with 2048 or 4096 bits", "is of another kind"},
		{"good.crt bare.crt", "no Basic Constraints", "lack `CA:TRUE`"},
		{"good.crt below.crt", "not self-signed", "was not signed with its own key"},
		{"good.crt other.crt", "not signed by the trust anchor", "-CA other.crt"},
	} {
		turn := p.do("hsm initialize " + row.files)
		require.Contains(t, turn.Text, row.text, row.files)
		require.Contains(t, noteText(turn), strings.ReplaceAll(row.note, "`", ""), row.files)
		require.Equal(t, 1, turn.Status)
		require.Equal(t, "UNINITIALIZED", p.w.Cluster(0, 0).State)
	}
	p.do("hsm isolate 0")
	require.Contains(t, noteText(p.do("hsm initialize good.crt root.crt")), "hsm heal 0")
	p.do("hsm heal 0")
	p.do("mkdir below; cp good.crt root.crt below; cd below")
	require.Contains(t, p.do("hsm initialize good.crt root.crt").Text, "State will change to INITIALIZED upon completion.\n")
	require.Contains(t, noteText(p.do("hsm initialize good.crt root.crt")), "takes a trust anchor once")
}

// A fresh cluster finds the client machine set up for it, and the learner's files as they were.
func TestHsmNewSetsTheClientMachineUp(t *testing.T) {
	p := start(t, Options{})
	p.do("exit")
	p.do("echo mine > mine.txt")
	p.do("sudo rm /opt/cloudhsm/etc/customerCA.crt")
	p.do("hsm new --nodes 2")
	require.Equal(t, "mine\n", p.do("cat mine.txt").Text)
	text := p.do("cloudhsm_mgmt_util /opt/cloudhsm/etc/cloudhsm_mgmt_util.cfg").Text
	require.Contains(t, text, "E2E enabled on server 0(10.0.1.10)\nE2E enabled on server 1(10.0.2.11)\n")
	require.NotContains(t, text, "server 2")
	p.do("quit")
	require.Equal(t, "cloudhsm-client is running\n", p.do("service cloudhsm-client restart").Text)
	require.NotContains(t, p.do("hsm status").Text, "ACTIVE")

	p.do("hsm new --uninitialized")
	require.Contains(t, p.do("ls /opt/cloudhsm/etc").Text, "cloudhsm_client.cfg  cloudhsm_mgmt_util.cfg\n")
	require.Contains(t, p.do("service cloudhsm-client status").Text, "   Active: inactive (dead)\n")
	p.do("hsm new")
	require.Contains(t, p.do("service cloudhsm-client status").Text, "   Active: active (running)\n")
	require.Len(t, p.w.Cluster(0, 0).Rows, 3)
}

func TestOneHSMUntilActive(t *testing.T) {
	p := start(t, Options{})
	p.do("exit")
	turn := p.do("hsm new --uninitialized --nodes 2")
	require.Contains(t, turn.Text, "a cluster begins with one HSM")
	require.Equal(t, "ACTIVE", p.w.Cluster(0, 0).State, "the old cluster is still there")
	p.do("hsm new --uninitialized --nodes 1 --non-fips --keys 10")
	require.Contains(t, noteText(p.do("hsm add")), "The cluster is UNINITIALIZED")
	require.Contains(t, p.do("openssl req -in *_ClusterCsr.csr -noout -subject").Text, "for non-FIPS mode")
}

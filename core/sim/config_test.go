package sim

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// The procedure of spec/cmu.md 1.1: `configure -a` names one HSM to both programs, `-m` the others
// that the daemon found.
func TestConfigureNamesOneHSMThenAll(t *testing.T) {
	w := New(Options{})
	p := player{t, w, w.Open("", 80).Terminal}
	require.Contains(t, p.do("/opt/cloudhsm/bin/configure -a 10.0.1.10").Text, "Permission denied")
	require.Equal(t, "Updating server config in /opt/cloudhsm/etc/cloudhsm_client.cfg\n"+
		"Updating server config in /opt/cloudhsm/etc/cloudhsm_mgmt_util.cfg\n", p.do("sudo /opt/cloudhsm/bin/configure -a 10.0.2.11").Text)
	require.NotContains(t, p.do("cat /opt/cloudhsm/etc/cloudhsm_mgmt_util.cfg").Text, "10.0.1.10")
	p.do("sudo service cloudhsm-client restart")
	p.do("sudo configure -m")
	all := p.do("cat /opt/cloudhsm/etc/cloudhsm_mgmt_util.cfg").Text
	for _, ip := range []string{"10.0.1.10", "10.0.2.11", "10.0.3.12"} {
		require.Contains(t, all, ip)
	}
}

func TestDaemonNeedsTheConfiguredHSM(t *testing.T) {
	w := New(Options{})
	p := player{t, w, w.Open("", 80).Terminal}
	p.do("sudo configure -a 10.9.9.9")
	turn := p.do("sudo service cloudhsm-client restart")
	require.Equal(t, 1, turn.Status)
	require.Contains(t, noteText(turn), "10.9.9.9")
	require.Contains(t, p.do("key_mgmt_util").Text, "LIQUIDSECURITY: Daemon socket connection error")
	p.do("sudo configure --cmu 10.0.3.12")
	require.Zero(t, p.do("sudo service cloudhsm-client start").Status)
	p.login()
}

// spec/kmu.md 2.7: the effective number of HSMs is the larger of -min_srv and the daemon's
// configuration.
func TestDaemonsConfigurationAsksForMoreServers(t *testing.T) {
	w := New(Options{})
	p := player{t, w, w.Open("", 80).Terminal}
	p.do(`sed 's/minimum_nodes": 1/minimum_nodes": 3/' /opt/cloudhsm/etc/cloudhsm_client.cfg > c`)
	p.do("sudo cp c /opt/cloudhsm/etc/cloudhsm_client.cfg")
	p.do("sudo service cloudhsm-client restart")
	p.do("hsm stop 2")
	p.login()
	require.Equal(t, "waits", string(w.Type(p.n, "genECCKeyPair -i 2 -l three").State))
}

// spec/cmu.md 1.1: -a, -m and --cmu write addresses, and nothing else that somebody has set.
func TestConfigureKeepsWhatElseIsSet(t *testing.T) {
	w := New(Options{})
	p := player{t, w, w.Open("", 80).Terminal}
	const etc = "/opt/cloudhsm/etc/"
	before := p.do("cat " + etc + "cloudhsm_client.cfg " + etc + "cloudhsm_mgmt_util.cfg").Text
	p.do("sudo configure --cmu 10.0.1.10")
	require.Equal(t, before, p.do("cat "+etc+"cloudhsm_client.cfg "+etc+"cloudhsm_mgmt_util.cfg").Text, "to the byte")
	p.do("sudo sed -i 's/minimum_nodes\": 1/minimum_nodes\": 2/' " + etc + "cloudhsm_client.cfg")
	p.do("sudo sed -i 's/enable\": \"yes/enable\": \"no/' " + etc + "cloudhsm_mgmt_util.cfg")
	p.do("sudo configure -a 10.0.2.11; sudo configure -m")
	require.Equal(t, strings.NewReplacer(`minimum_nodes": 1`, `minimum_nodes": 2`, `"hostname": "10.0.1.10",
        "port": 2223`, `"hostname": "10.0.2.11",
        "port": 2223`).Replace(before[:strings.Index(before, "}\n{")]), strings.TrimSuffix(p.do("cat "+etc+"cloudhsm_client.cfg").Text, "}\n"))
	require.Equal(t, "7\n3\n", p.do("grep -c 'enable\": \"no' "+etc+"cloudhsm_mgmt_util.cfg; grep -c hostname "+etc+"cloudhsm_mgmt_util.cfg").Text)
	for _, broken := range []string{"", "{", "null", "[]", `{"servers": [1], "server": 2}`} {
		p.do("echo '" + broken + "' | sudo tee " + etc + "cloudhsm_client.cfg " + etc + "cloudhsm_mgmt_util.cfg")
		p.do("sudo configure --cmu 10.0.3.12")
		require.Equal(t, "10.0.3.12\n10.0.1.10\n", p.do("jq -r .server.hostname "+etc+"cloudhsm_client.cfg; jq -r '.servers[0].hostname' "+etc+"cloudhsm_mgmt_util.cfg").Text, broken)
	}
}

// spec/cmu.md 1.1: --ssl puts another key and certificate in the place of the client's.
func TestConfigureNamesATLSKeyAndCertificate(t *testing.T) {
	w := New(Options{})
	p := player{t, w, w.Open("", 80).Terminal}
	p.do("openssl req -x509 -newkey rsa:2048 -nodes -keyout own.key -out own.crt -subj /CN=client")
	p.do("openssl genrsa -out other.key 2048")
	for words, why := range map[string]string{
		"--ssl":                                 "usage: configure -a IP | --cmu IP | -m [-i ID] | --ssl --pkey FILE --cert FILE\n",
		"--ssl --pkey own.key":                  "usage: configure",
		"--pkey own.key --cert own.crt":         "usage: configure",
		"--ssl --pkey none --cert own.crt":      "none: there is no such file or directory",
		"--ssl --pkey own.crt --cert own.crt":   "own.crt: the file holds no private key",
		"--ssl --pkey own.key --cert own.key":   "own.key: ",
		"--ssl --pkey other.key --cert own.crt": "own.crt: the certificate is not of this private key",
		"--ssl --pkey own.key --cert own.crt":   "own.crt: the certificate is not signed by the trust anchor",
	} {
		turn := p.do("sudo configure " + words)
		require.NotZero(t, turn.Status, words)
		require.Contains(t, turn.Text, why, words)
	}
	require.Equal(t, "0\n", p.do("grep -c own.crt /opt/cloudhsm/etc/cloudhsm_client.cfg").Text)
	p.do("sudo cp own.crt /opt/cloudhsm/etc/customerCA.crt")
	require.Empty(t, p.do("sudo configure --ssl --pkey own.key --cert own.crt").Text)
	require.Equal(t, "/home/ec2-user/own.key\n3\n", p.do("jq -r .ssl.pkey /opt/cloudhsm/etc/cloudhsm_client.cfg; grep -c /home/ec2-user/own.crt /opt/cloudhsm/etc/cloudhsm_mgmt_util.cfg").Text)
	p.do("sudo configure --cmu 10.0.1.10")
	require.Equal(t, "/home/ec2-user/own.crt\n", p.do("jq -r '.servers[2].certificate' /opt/cloudhsm/etc/cloudhsm_mgmt_util.cfg").Text, "it stays")
}

func TestConfigureIsCalledInOneOfFourWays(t *testing.T) {
	w := New(Options{})
	p := player{t, w, w.Open("", 80).Terminal}
	for _, line := range []string{"configure", "configure -a", "configure -a 10.0.1.10 -m", "configure -i 1", "configure --all", "configure 10.0.1.10"} {
		turn := p.do(line + " > /dev/null")
		require.Equal(t, configureForm, turn.Text, line)
		require.Equal(t, 2, turn.Status, line)
	}
	require.Zero(t, p.do("configure --help 2> /dev/null").Status)
	require.Zero(t, p.do("sudo configure -m -i 1").Status)
}

// spec/cmu.md 1.1: -m copies from /opt/cloudhsm/daemon/<id>/cluster.info, and only daemon 1 runs.
func TestConfigureThatFailsSaysWhyAndChangesNothing(t *testing.T) {
	w := New(Options{})
	p := player{t, w, w.Open("", 80).Terminal}
	const files = "cat /opt/cloudhsm/etc/cloudhsm_client.cfg /opt/cloudhsm/etc/cloudhsm_mgmt_util.cfg"
	before := p.do(files).Text
	for line, why := range map[string]string{
		"configure -m -i 2":           "/opt/cloudhsm/daemon/2/cluster.info: there is no such file or directory",
		"configure -m -i 0":           "/opt/cloudhsm/daemon/0/cluster.info: there is no such file or directory",
		"configure -m -i ../1":        "usage: configure",
		"configure --cmu 10.9.9.9":    "10.9.9.9: no HSM answers at the configured address",
		"configure --cmu example.com": "no HSM answers at the configured address",
	} {
		turn := p.do("sudo /opt/cloudhsm/bin/" + line)
		require.NotZero(t, turn.Status, line)
		require.Contains(t, turn.Text, why, line)
		require.Equal(t, before, p.do(files).Text, line)
	}
	p.do("hsm stop 2")
	require.Equal(t, 1, p.do("sudo configure --cmu 10.0.3.12").Status, "it is there and does not answer")
	require.Equal(t, before, p.do(files).Text)
}

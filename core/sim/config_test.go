package sim

import (
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

func TestConfigureIsCalledInOneOfThreeWays(t *testing.T) {
	w := New(Options{})
	p := player{t, w, w.Open("", 80).Terminal}
	for _, line := range []string{"configure", "configure -a", "configure -a 10.0.1.10 -m", "configure -i 1", "configure --all", "configure 10.0.1.10"} {
		turn := p.do(line + " > /dev/null")
		require.Equal(t, "usage: configure -a IP | --cmu IP | -m [-i ID]\n", turn.Text, line)
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

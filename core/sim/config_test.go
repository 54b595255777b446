package sim

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// The procedure of spec/cmu.md 1.1: `configure -a` names one HSM to both programs, `-m` the others that the daemon found.
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

// spec/kmu.md 2.7: the effective number of HSMs is the larger of -min_srv and the daemon's configuration.
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

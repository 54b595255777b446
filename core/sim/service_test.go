package sim

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

const (
	activeUnit = "● cloudhsm-client.service - CloudHSM client daemon\n" +
		"   Loaded: loaded (/etc/systemd/system/cloudhsm-client.service; enabled; vendor preset: disabled)\n" +
		"   Active: active (running)\n Main PID: 2417 (cloudhsm_client)\n"
	deadUnit = "● cloudhsm-client.service - CloudHSM client daemon\n" +
		"   Loaded: loaded (/etc/systemd/system/cloudhsm-client.service; enabled; vendor preset: disabled)\n" +
		"   Active: inactive (dead)\n"
)

// The daemon is switched by service, by systemctl, which is silent, and by Upstart's verbs.
func TestTheDaemonIsSwitched(t *testing.T) {
	p := start(t, Options{})
	p.do("exit")
	for _, row := range []struct {
		line, want string
		status     int
		on         bool
	}{
		{"service cloudhsm-client status -l", activeUnit, 0, true},
		{"sudo systemctl stop cloudhsm-client", "", 0, false},
		{"systemctl is-active cloudhsm-client", "inactive\n", 3, false},
		{"systemctl is-active -q cloudhsm-client.service", "", 3, false},
		{"systemctl --no-pager status cloudhsm-client", deadUnit, 3, false},
		{"sudo systemctl start cloudhsm-client.service", "", 0, true},
		{"systemctl is-active cloudhsm-client", "active\n", 0, true},
		{"systemctl is-failed cloudhsm-client", "active\n", 1, true},
		{"sudo systemctl enable cloudhsm-client", "", 0, true},
		{"systemctl is-enabled cloudhsm-client", "enabled\n", 0, true},
		{"sudo systemctl disable --now cloudhsm-client", "", 0, false},
		{"systemctl is-enabled cloudhsm-client", "disabled\n", 1, false},
		{"systemctl is-enabled -q cloudhsm-client", "", 1, false},
		{"systemctl list-unit-files", "cloudhsm-client.service disabled\n", 0, false},
		{"sudo systemctl enable --now cloudhsm-client", "", 0, true},
		{"sudo systemctl restart cloudhsm-client", "", 0, true},
		{"sudo systemctl daemon-reload", "", 0, true},
		{"systemctl start nginx", "Failed to start nginx.service: Unit not found.\n", 5, true},
		{"systemctl status nginx", "Unit nginx.service could not be found.\n", 4, true},
		{"systemctl is-active nginx", "unknown\n", 3, true},
		{"systemctl frob cloudhsm-client", "Unknown operation frob.\n", 1, true},
		{"systemctl is-active cloudhsm-client nginx", "active\nunknown\n", 3, true},
		{"systemctl start", "Too few arguments.\n", 1, true},
		{"systemctl status cloudhsm-client -n 5 --frob", activeUnit, 0, true},
		{"service cloudhsm-client", "usage: service cloudhsm-client start|stop|restart|status\n", 2, true},
		{"service cloudhsm-client frob", "usage: service start|stop|restart|status\n", 2, true},
		{"service nginx frob", "service: nginx: unrecognized service\n", 4, true},
		{"sudo start cloudhsm-client", "start: Job is already running: cloudhsm-client\n", 1, true},
		{"sudo stop cloudhsm-client", "cloudhsm-client stop/waiting\n", 0, false},
		{"sudo stop cloudhsm-client", "stop: Unknown instance: \n", 1, false},
		{"status cloudhsm-client", "cloudhsm-client stop/waiting\n", 0, false},
		{"sudo start cloudhsm-client", "cloudhsm-client start/running, process 2417\n", 0, true},
		{"sudo restart cloudhsm-client", "cloudhsm-client start/running, process 2417\n", 0, true},
		{"start nginx", "start: Unknown job: nginx\n", 1, true},
		{"stop", "stop: missing job name\nTry `stop --help' for more information.\n", 1, true},
		{"service cloudhsm-client stop", "cloudhsm-client is stopped\n", 0, false},
		{"service nginx stop", "service: nginx: unrecognized service\n", 4, false},
		{"service cloudhsm-client start", "cloudhsm-client is running\n", 0, true},
	} {
		turn := p.do(row.line)
		require.Equal(t, row.want, turn.Text, row.line)
		require.Equal(t, row.status, turn.Status, row.line)
		require.Equal(t, row.on, p.w.cluster.Daemon, row.line)
	}
}

// The programs of the daemon complete, explain and correct as tools do.
func TestTheDaemonsProgramsAreTables(t *testing.T) {
	p := start(t, Options{})
	p.do("exit")
	for line, want := range map[string][]string{
		"service cloudhsm-client st":      {"start", "stop", "status"},
		"service cl":                      {"cloudhsm-client"},
		"systemctl is-":                   {"is-active", "is-enabled"},
		"systemctl enable --":             {"--no-pager", "--now"},
		"systemctl status -n 3 cl":        {"cloudhsm-client"},
		"start ":                          {"cloudhsm-client"},
		"journalctl -u ":                  {"cloudhsm-client"},
		"sudo systemctl restart cloudhsm": {"cloudhsm-client"},
	} {
		var words []string
		for _, choice := range p.w.Complete(p.n, line, len(line)).Choices {
			words = append(words, choice.Word)
		}
		require.Subset(t, words, want, line)
	}
	for line, want := range map[string]string{
		"systemctl restart cloudhsm-client": "stops it and starts it anew",
		"journalctl -n 3":                   "shows the client daemon's log",
		"stop cloudhsm-client":              "stops it",
	} {
		require.Equal(t, want, p.w.Explain(p.n, line, len(line)).Summary, line)
	}
	for line, want := range map[string]string{
		"systemctl statsu cloudhsm-client": "Did you mean systemctl status cloudhsm-client?",
		"service cloudhsm-client statu":    "A line that would work: service cloudhsm-client status.",
		"sudo systemctl restart":           "A line that would work: systemctl restart cloudhsm-client.",
		"service nginx frob":               "frob is not a value of COMMAND, which takes start, stop, restart, status.",
		"journalctl -n x":                  "x is not a number",
		"stop clodhsm-client":              "Did you mean stop cloudhsm-client?",
	} {
		require.Contains(t, noteText(p.do(line)), want, line)
	}
	require.Contains(t, p.do("systemctl --help").Text, "  is-active        says active or inactive")
	require.Equal(t, "usage: systemctl stop cloudhsm-client [-q] [-l] [--no-pager]\nstops it\n", p.do("systemctl stop --help").Text)
	require.Regexp(t, `^[^\n]*\n[^\n]*\n$`, p.do("journalctl -n 1").Text)
}

// What systemd was told stays in a saved world and in a copy.
func TestDisabledIsKept(t *testing.T) {
	p := start(t, Options{})
	p.do("exit")
	require.Equal(t, 0, p.do("sudo systemctl disable cloudhsm-client").Status)
	require.True(t, p.w.Fork().cluster.Disabled)
	require.Contains(t, p.do("systemctl status cloudhsm-client").Text, "cloudhsm-client.service; disabled;")
	w, err := Load(p.w.Save(), Options{})
	require.NoError(t, err)
	q := player{t, w, p.n}
	require.Equal(t, "disabled\n", q.do("systemctl is-enabled cloudhsm-client").Text)
	require.Equal(t, 0, q.do("sudo systemctl enable cloudhsm-client").Status)
	require.False(t, q.w.cluster.Disabled)
}

// The daemon by hand: a job, ended by kill; in front it is ended by Ctrl-C.
func TestTheDaemonRunsByHand(t *testing.T) {
	p := start(t, Options{})
	p.do("exit")
	const line = "/opt/cloudhsm/bin/cloudhsm_client /opt/cloudhsm/etc/cloudhsm_client.cfg"
	require.Equal(t, "cloudhsm_client: the daemon is running already\n", p.do("cloudhsm_client").Text)
	p.do("service cloudhsm-client stop")
	require.Equal(t, "cloudhsm_client: /none: No such file or directory\n", p.do("cloudhsm_client /none").Text)
	comes := func(line, says string) { // a job begins when it is its turn, and writes when it is
		t.Helper()
		said := ""
		for range 500 {
			if said = p.do(line).Text; said == says {
				return
			}
			time.Sleep(5 * time.Millisecond)
		}
		require.Equal(t, says, said)
	}
	p.do(line + " &> /tmp/log &")
	comes("cat /tmp/log", "liquidSecurity INF: 3 HSMs in the cluster\n")
	p.do("kill $!; wait")
	require.False(t, p.w.cluster.Daemon)

	require.Equal(t, Waits, p.w.Type(p.n, line).State)
	require.True(t, p.w.cluster.Daemon)
	p.w.Interrupt(p.n)
	require.False(t, p.w.cluster.Daemon)

	p.do(line + " &")
	comes("systemctl is-active cloudhsm-client", "active\n")
	p.w.Close(p.n)
	require.True(t, p.w.cluster.Daemon, "a closed terminal leaves it running")
}

func TestTheDaemonsLog(t *testing.T) {
	p := start(t, Options{})
	p.do("exit")
	p.do("hsm stop 1")
	require.Equal(t, "-- Logs begin at Thu 1970-01-01 00:00:00 UTC, end at Thu 1970-01-01 00:00:00 UTC. --\n"+
		"Jan 01 00:00:00 ip-10-0-1-20 systemd[1]: Started CloudHSM client daemon.\n"+
		"Jan 01 00:00:00 ip-10-0-1-20 cloudhsm_client[2417]: liquidSecurity INF: connected to HSM 0 at 10.0.1.10:2225\n"+
		"Jan 01 00:00:00 ip-10-0-1-20 cloudhsm_client[2417]: liquidSecurity INF: cannot connect to HSM 1 at 10.0.2.11:2225\n"+
		"Jan 01 00:00:00 ip-10-0-1-20 cloudhsm_client[2417]: liquidSecurity INF: connected to HSM 2 at 10.0.3.12:2225\n",
		p.do("sudo journalctl -u cloudhsm-client").Text)
	require.Contains(t, p.do("journalctl -u nginx").Text, "-- No entries --\n")
	require.Equal(t, "liquidSecurity INF: cannot connect to HSM 1 at 10.0.2.11:2225\n", p.do("journalctl -o cat -u cloudhsm-client | grep cannot").Text)
	require.Equal(t, "Started CloudHSM client daemon.\n", p.do("journalctl -o cat -t systemd --no-pager").Text)
	require.Empty(t, p.do("journalctl -q -p err").Text, "all lines are INF")
	require.Equal(t, 4, strings.Count(p.do("journalctl -q -p info").Text, "\n"))
	p.do("sudo service cloudhsm-client stop")
	require.Contains(t, p.do("journalctl -u cloudhsm-client").Text, "Stopped CloudHSM client daemon.\n")
	p.do("hsm new --uninitialized")
	require.Contains(t, p.do("journalctl -u cloudhsm-client").Text, "-- No entries --\n", "it was never started")
}

func TestPropertiesOfTheUnit(t *testing.T) {
	p := start(t, Options{})
	p.do("exit")
	require.Equal(t, "ActiveState=active\n", p.do("systemctl show -p ActiveState cloudhsm-client").Text)
	require.Equal(t, "2417\nrunning\n", p.do("systemctl show cloudhsm-client.service --property=MainPID,SubState --value").Text)
	require.Equal(t, "1\n", p.do("systemctl list-units --type=service | grep -c cloudhsm-client").Text)
	p.do("sudo systemctl stop cloudhsm-client")
	require.Contains(t, p.do("systemctl show cloudhsm-client").Text, "ActiveState=inactive\nSubState=dead\nUnitFileState=enabled\n")
	require.Empty(t, p.do("systemctl list-units").Text)
	require.Equal(t, "cloudhsm-client.service enabled\n", p.do("systemctl list-unit-files").Text)
}

// configure -m -i takes the daemon's number, and there is one.
func TestConfigureKnowsOneDaemon(t *testing.T) {
	p := start(t, Options{})
	p.do("exit")
	p.do("sudo /opt/cloudhsm/bin/configure -a 10.0.1.10")
	turn := p.do("sudo /opt/cloudhsm/bin/configure -m -i 2")
	require.Equal(t, "/opt/cloudhsm/bin/configure: /opt/cloudhsm/daemon/2/cluster.info: there is no such file or directory\n", turn.Text)
	require.Equal(t, 1, turn.Status)
	require.Equal(t, "1\n", p.do("grep -c '\"hostname\"' /opt/cloudhsm/etc/cloudhsm_mgmt_util.cfg").Text)
	p.do("sudo /opt/cloudhsm/bin/configure -m -i 1")
	require.Equal(t, "3\n", p.do("grep -c '\"hostname\"' /opt/cloudhsm/etc/cloudhsm_mgmt_util.cfg").Text)
}

// A line for a program whose files are root's is offered with sudo before it, and nothing of sudo is
// said to who has typed it.
func TestLinesForRootAreOfferedWithSudo(t *testing.T) {
	p := start(t, Options{})
	p.do("exit")
	for line, want := range map[string]string{
		"sudo /opt/cloudhsm/bin/configure-cli -a": "A line that would work: sudo configure-cli -a 10.0.1.10.",
		"configure-cli -a":                        "A line that would work: sudo configure-cli -a 10.0.1.10.",
		"sudo configure -a":                       "A line that would work: sudo configure -a 10.0.1.10.",
		"configure a 10.0.1.10":                   "A line that would work: sudo configure -a 10.0.1.10.",
	} {
		got := noteText(p.do(line))
		require.Contains(t, got, want, line)
		require.NotContains(t, got, "belongs to root", line)
	}
	require.Contains(t, noteText(p.do("configure-cli -a 10.0.1.10")), "The file belongs to root.")
}

package sim

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// What scripts ask ps and pgrep for: whether the daemon runs.
func TestProcessesOfTheInstance(t *testing.T) {
	p := start(t, Options{})
	p.do("exit")
	require.Equal(t, "2417\n", p.do("pgrep cloudhsm_client").Text)
	require.Equal(t, "2417 /opt/cloudhsm/bin/cloudhsm_client /opt/cloudhsm/etc/cloudhsm_client.cfg\n", p.do("pgrep -af cloudhsm_client.cfg").Text)
	require.Equal(t, "1\n", p.do("pgrep -c -x cloudhsm_client").Text)
	require.Equal(t, "2417\n", p.do("pidof /opt/cloudhsm/bin/cloudhsm_client").Text)
	require.Equal(t, " 2417 cloudhsm_client\n", p.do("ps -C cloudhsm_client -o pid=,comm=").Text)
	require.Equal(t, "root      2417     1 ?        00:00:00 /opt/cloudhsm/bin/cloudhsm_client /opt/cloudhsm/etc/cloudhsm_client.cfg\n",
		p.do("ps -ef | grep '[c]loudhsm_client'").Text)
	require.Equal(t, "  PID TTY          TIME CMD\n 1001 pts/0    00:00:00 bash\n 2418 pts/0    00:00:00 ps\n", p.do("ps").Text)
	require.Equal(t, "1\n", p.do("ps aux | grep -c '[c]loudhsm_client'").Text)
	require.Equal(t, "pgrep: no matching criteria specified\nTry `pgrep --help' for more information.\n", p.do("pgrep").Text)

	// Jobs have the numbers that $! and kill know, the same in each terminal's list.
	require.Equal(t, "  PID TTY          TIME CMD\n 1001 pts/0    00:00:00 bash\n 2001 pts/0    00:00:00 sleep\n 2418 pts/0    00:00:00 ps\n", p.do("sleep 100 & ps").Text)
	require.Equal(t, "2001\n2001 sleep 100\n[1]+  2001 Running                 sleep 100 &\n", p.do("pidof sleep; pgrep -a sleep; jobs -l").Text)
	require.Equal(t, "ec2-user  2002  1001 pts/0    00:00:00 sleep 7\n", p.do("{ while true; do sleep 7; done; } & ps -ef | grep '[s]leep 7'").Text)
	require.Equal(t, "1\n", p.do("kill $!; pgrep -c sleep").Text)
	require.Equal(t, "gone\n", p.do("kill $(pgrep sleep); wait; pgrep sleep || echo gone").Text)

	p.do("sudo service cloudhsm-client stop")
	require.Equal(t, "gone\n", p.do("pgrep cloudhsm_client || echo gone").Text)
	require.Equal(t, "1\n", p.do("ps -C cloudhsm_client > /dev/null; echo $?").Text)
	require.Equal(t, "1\n", p.do("pidof cloudhsm_client; echo $?").Text)
}

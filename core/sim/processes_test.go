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

	p.do("sudo service cloudhsm-client stop")
	require.Equal(t, "gone\n", p.do("pgrep cloudhsm_client || echo gone").Text)
	require.Equal(t, "1\n", p.do("ps -C cloudhsm_client > /dev/null; echo $?").Text)
	require.Equal(t, "1\n", p.do("pidof cloudhsm_client; echo $?").Text)
}

package cli

import (
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/cluster"
)

// run runs the program for one command and returns what it prints and its exit status.
func (d *desk) run(args ...string) (out, errs string, status int) {
	tool := New(d.cluster, d.host())
	o := tool.Start(args)
	for o.Wait != nil {
		o.Wait.Work(d.t.Context())
		o, _ = o.Wait.Poll()
	}
	require.True(d.t, o.Exit || o.Ask != nil)
	tool.Close()
	return o.Text, o.Errors, tool.Status()
}

// TestOneCommand runs the program for one command: its streams, its status, who acts.
func TestOneCommand(t *testing.T) {
	d := newDesk(t)
	d.tool.Close()
	rows := []struct {
		role, pin string
		args      []string
		out, errs string
		status    int
	}{
		{"", "", []string{"--version"}, "cloudhsm-cli 5.18.0\n", "", 0},
		{"", "", []string{"-V"}, "cloudhsm-cli 5.18.0\n", "", 0},
		{"", "", []string{"user", "list"}, `"username": "app_user"`, "", 0},
		{"", "", []string{"key", "list"}, notLoggedIn, "", 1},
		{"crypto-user", "example_user:aws", []string{"key", "list"}, `"total_key_count": 0`, "", 0},
		{"crypto-user", "example_user:wrong", []string{"key", "list"}, badCredentials, "", 1},
		{"crypto-user", "example_user", []string{"key", "list"}, "CLOUDHSM_PIN", "", 1},
		{"CU", "example_user:aws", []string{"key", "list"}, "CLOUDHSM_ROLE", "", 1},
		{"crypto-user", "example_user:aws", []string{"login", "--username", "user4", "--role", "crypto-user", "--password", "aws"}, `"user4"`, "", 0},
		{"", "", []string{"help", "key", "list"}, "Usage: cloudhsm-cli key list [OPTIONS]\n", "", 0},
		{"", "", []string{"key", "list", "--help"}, "Usage: cloudhsm-cli key list [OPTIONS]\n", "", 0},
		{"", "", []string{"key", "lst"}, "", "Usage: cloudhsm-cli key <COMMAND>\n", 2},
		{"", "", []string{"quit"}, "", "unrecognized subcommand 'quit'", 2},
		{"", "", []string{"key"}, "", "Commands:", 2},
		{"", "", nil, "", "Commands:", 2},
	}
	for _, row := range rows {
		d.env = map[string]string{"CLOUDHSM_ROLE": row.role, "CLOUDHSM_PIN": row.pin}
		out, errs, status := d.run(row.args...)
		require.Equal(t, row.status, status, row.args)
		require.Contains(t, out, row.out, row.args)
		require.Contains(t, errs, row.errs, row.args)
		require.Equal(t, row.out == "", out == "", row.args)
		require.Equal(t, row.errs == "", errs == "", row.args)
	}
	for _, n := range d.cluster.Nodes {
		require.NoError(t, d.cluster.Stop(n.HSM.Node))
	}
	out, errs, status := d.run("user", "list")
	require.Empty(t, out)
	require.Equal(t, "Error: \"HSM is disconnected\"\n", errs)
	require.Equal(t, 1, status)
	require.Equal(t, 1, started(t, d, "{}"), "no configuration")
	require.Equal(t, 1, started(t, d, `{"clusters":[{"cluster":{"servers":[{"hostname":"`+Placeholder+`","enable":true}]}}]}`))
}

// started is the status of the tool with another configuration.
func started(t *testing.T, d *desk, config string) int {
	d.files[ConfigFile] = []byte(config)
	_, errs, status := d.run("interactive")
	require.NotEmpty(t, errs)
	return status
}

// TestSeveralClusters logs in to two clusters at once, one of which may be away.
func TestSeveralClusters(t *testing.T) {
	d := newDesk(t)
	g, err := d.cluster.Beside(cluster.Options{Nodes: 2})
	require.NoError(t, err)
	d.configure(d.cluster.Groups...)
	d.tool = New(d.cluster, d.host())
	require.NoError(t, d.tool.Start([]string{"interactive"}).Err)
	require.Contains(t, d.line("user list"), severalClusters)
	require.Equal(t, prompt, d.Prompt())
	d.line("login --username example_user --role crypto-user --password aws --cluster-id " + d.cluster.ID)
	require.Equal(t, "example_user@"+d.cluster.ID+" > ", d.Prompt())
	d.line("login --username admin --role admin --password password --cluster-id " + g.ID)
	require.Equal(t, "admin@"+g.ID+" > ", d.Prompt())
	require.Contains(t, d.line("user list --cluster-id nothing"), unknownCluster)
	for _, n := range g.Nodes {
		require.NoError(t, d.cluster.Stop(n.HSM.Node))
	}
	require.Contains(t, d.line("user list --cluster-id "+g.ID), disconnected)
	require.Contains(t, d.line("key list --cluster-id "+d.cluster.ID), `"total_key_count": 0`)
	later := New(d.cluster, d.host())
	require.NoError(t, later.Start([]string{"interactive"}).Err, "the other cluster is there")
	require.Contains(t, later.Line("user list --cluster-id "+g.ID).Text, disconnected)
	restored := New(d.cluster, d.host())
	require.NoError(t, restored.Restore(later.Save()))
	require.Contains(t, restored.Line("user list --cluster-id "+d.cluster.ID).Text, "app_user")
}

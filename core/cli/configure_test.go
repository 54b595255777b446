package cli

import (
	"io/fs"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/hsm"
)

// bench is a machine on which configure-cli runs.
type bench struct {
	t    *testing.T
	file []byte
	root bool
}

func newBench(t *testing.T) *bench {
	return &bench{t, FreshConfig("hsm1", "cluster-one", []string{"10.0.1.10", "10.0.2.11"}).Text(), true}
}

// runs carries a line out and returns the configuration, the errors and the status.
func (b *bench) runs(line string) (c Config, errors string, status int) {
	out := Configure.Carry(&Configuring{
		Read: func(string) ([]byte, error) { return b.file, nil },
		Write: func(_ string, data []byte) error {
			if !b.root {
				return fs.ErrPermission
			}
			b.file = data
			return nil
		},
		Abs: func(name string) string { return "/home/ec2-user/" + name },
		All: func() []Place {
			return []Place{{"cluster-one", hsm.HSM1, []string{"10.0.1.10", "10.0.2.11"}}, {"cluster-two", hsm.HSM2, []string{"10.0.4.13"}}}
		},
	}, Configure.MatchWords(strings.Fields(line)))
	require.Empty(b.t, out.Text, "on success it prints nothing")
	c, err := ReadConfig(b.file)
	require.NoError(b.t, err)
	return c, out.Errors, out.Status
}

// good carries a line out that must do its work.
func (b *bench) good(line string) Config {
	c, errors, status := b.runs(line)
	require.Empty(b.t, errors, line)
	require.Zero(b.t, status, line)
	return c
}

func (b *bench) hosts(c ConfigCluster) string { return strings.Join(c.addresses(), " ") }

func TestConfigurePointsAtHSMs(t *testing.T) {
	b := newBench(t)
	c := b.good("-a 10.0.1.10")
	require.Len(t, c.Clusters, 1)
	require.Equal(t, []string{"hsm1", "cluster-one", "10.0.1.10"}, []string{c.Clusters[0].Type, c.Clusters[0].Cluster.ID, b.hosts(c.Clusters[0])})
	require.Equal(t, []ConfigServer{{"10.0.1.10", 2223, true}}, c.Clusters[0].Cluster.Servers)
	require.Equal(t, "10.0.2.11", b.hosts(b.good("-a10.0.2.11").Clusters[0]), "as clap reads it")
	require.Equal(t, "10.0.1.10 help", b.hosts(b.good("-a 10.0.1.10 help").Clusters[0]), "a value among several")
	c = b.good("-a 10.0.4.13 10.9.9.9 --disable-key-availability-check")
	require.Equal(t, []string{"hsm2m", "cluster-two", "10.0.4.13 10.9.9.9"}, []string{c.Clusters[0].Type, c.Clusters[0].Cluster.ID, b.hosts(c.Clusters[0])})
	c = b.good("-a 10.9.9.9")
	require.Equal(t, "", c.Clusters[0].Cluster.ID, "nobody knows whose it is")
	require.True(t, c.Clusters[0].options().NoAvailability, "options stay")
	c = b.good("--cluster-id cluster-one --region us-east-1")
	require.Equal(t, "10.0.1.10 10.0.2.11", b.hosts(c.Clusters[0]), "the service tells the addresses")
	require.Equal(t, "us-east-1", c.Clusters[0].Cluster.Region)
}

func TestConfigureSwitchesAndFiles(t *testing.T) {
	b := newBench(t)
	c := b.good("--disable-key-availability-check --disable-validate-key-at-init --enable-ecdsa-with-weak-hash-function --default-retry-mode off")
	require.Equal(t, ConfigOptions{true, true, true, "off"}, c.Clusters[0].options())
	c = b.good("--enable-key-availability-check --enable-validate-key-at-init")
	require.Equal(t, ConfigOptions{WeakHash: true, RetryMode: "off"}, c.Clusters[0].options())
	c = b.good("--log-type term --log-file x.log --log-level trace --log-rotation never --hsm-ca-cert ca.crt")
	require.Equal(t, ConfigLogging{"term", "/home/ec2-user/x.log", "trace", "never"}, c.Logging)
	require.Equal(t, "/home/ec2-user/ca.crt", c.Clusters[0].Cluster.CAFile)
	c = b.good("--client-cert-hsm-tls-file c.crt --client-key-hsm-tls-file c.key")
	require.Equal(t, "/home/ec2-user/c.crt /home/ec2-user/c.key", c.Clusters[0].Cluster.ClientCert+" "+c.Clusters[0].Cluster.ClientKey)
}

func TestConfigureSeveralClusters(t *testing.T) {
	b := newBench(t)
	c := b.good("add-cluster --cluster-id cluster-two --hsm-ca-cert two.crt")
	require.Len(t, c.Clusters, 2)
	require.Equal(t, []string{"hsm2m", "10.0.4.13", "/home/ec2-user/two.crt"}, []string{c.Clusters[1].Type, b.hosts(c.Clusters[1]), c.Clusters[1].Cluster.CAFile})
	c = b.good("--cluster-id cluster-two --disable-key-availability-check")
	require.Equal(t, []bool{false, true}, []bool{c.Clusters[0].options().NoAvailability, c.Clusters[1].options().NoAvailability})
	c = b.good("--cluster-id cluster-two -a 10.9.9.9")
	require.Equal(t, []string{"10.0.1.10 10.0.2.11", "10.9.9.9"}, []string{b.hosts(c.Clusters[0]), b.hosts(c.Clusters[1])})
	_, errors, status := b.runs("add-cluster --cluster-id cluster-two")
	require.Equal(t, []any{configureTwice + "cluster-two\n", 1}, []any{errors, status})
	_, errors, _ = b.runs("add-cluster --cluster-id cluster-three")
	require.Equal(t, configureNoCluster+"cluster-three\n", errors)
	c = b.good("remove-cluster --cluster-id cluster-one")
	require.Equal(t, "cluster-two", c.Clusters[0].Cluster.ID)
	_, errors, _ = b.runs("remove-cluster --cluster-id cluster-one")
	require.Equal(t, configureMissing+"cluster-one\n", errors)
}

func TestConfigureRefuses(t *testing.T) {
	b := newBench(t)
	before := string(b.file)
	for line, want := range map[string]string{
		"update -a 10.0.1.10":          "error: unrecognized subcommand 'update'\n\nUsage: configure-cli [OPTIONS]\n",
		"-a 10.0.1.10 -a 10.0.2.11":    "error: the argument '-a <HSM ENI IP>...' cannot be used multiple times\n",
		"-a":                           "error: a value is required for '-a <HSM ENI IP>...' but none was supplied\n",
		"--log-level loud":             "error: invalid value 'loud' for '--log-level <LOG LEVEL>'\n  [possible values: error, warn, info, debug, trace]\n",
		"--log-rotation weekly":        "error: invalid value 'weekly' for '--log-rotation <LOG ROTATION>'\n",
		"--client-cert-hsm-tls-file x": "error: the following required arguments were not provided:\n  --client-key-hsm-tls-file <CLIENT KEY HSM TLS FILE>\n",
		"--region us-east-1":           "error: the following required arguments were not provided:\n  --cluster-id <CLUSTER ID>\n",
		"add-cluster":                  "error: the following required arguments were not provided:\n  --cluster-id <CLUSTER ID>\n\nUsage: configure-cli add-cluster --cluster-id <CLUSTER ID>\n",
		"--nothing":                    "error: unexpected argument '--nothing' found\n",
		"":                             "Usage: configure-cli[ .exe ] [OPTIONS]\n",
		"--enable-key-availability-check --disable-key-availability-check": "error: the argument '--enable-key-availability-check' cannot be used with '--disable-key-availability-check'\n\n" +
			"Usage: configure-cli --enable-key-availability-check\n",
	} {
		_, errors, status := b.runs(line)
		require.Equal(t, 2, status, line)
		require.True(t, strings.HasPrefix(errors, want), "%s: %s", line, errors)
		require.Equal(t, before, string(b.file))
	}
	b.root = false
	_, errors, status := b.runs("-a 10.0.1.10")
	require.Equal(t, []any{configureUnwritable + "permission is denied\n", 1}, []any{errors, status})
}

func TestConfigureHasHelpAsAWord(t *testing.T) {
	for line, same := range map[string]string{"help": "--help", "help add-cluster": "add-cluster --help"} {
		word, flag := Configure.Carry(nil, Configure.MatchWords(strings.Fields(line))), Configure.Carry(nil, Configure.MatchWords(strings.Fields(same)))
		require.Contains(t, word.Text, "Usage: configure-cli")
		require.Equal(t, flag.Text, word.Text, line)
	}
}

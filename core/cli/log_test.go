package cli

import (
	"io/fs"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/cluster"
	"hsmplay/core/command"
)

// logging configures the log of a desk's tool and starts it again.
func (d *desk) logging(l ConfigLogging) {
	c, err := ReadConfig(d.files[ConfigFile])
	require.NoError(d.t, err)
	c.Logging = l
	d.files[ConfigFile] = c.Text()
	d.tool = New(d.cluster, d.host())
	d.tool.Start([]string{"interactive"})
}

func TestTheLogIsWritten(t *testing.T) {
	for _, c := range []struct {
		level string
		want  []string
	}{
		{"error", []string{"ERROR cloudhsm-cli: key list: No user is logged in"}},
		{"warn", []string{"ERROR cloudhsm-cli: key list: No user is logged in"}},
		{"info", []string{"ERROR cloudhsm-cli: key list: No user is logged in", "INFO cloudhsm-cli: login: done", "INFO cloudhsm-cli: key list: done"}},
		{"debug", []string{"DEBUG cloudhsm-cli: key list: calls to HSMs: 0", "INFO cloudhsm-cli: login: done"}},
		{"trace", []string{"TRACE cloudhsm-cli: read: login --username example_user --role crypto-user --password ***"}},
	} {
		d := newDesk(t)
		d.logging(ConfigLogging{"file", "log", c.level, "never"})
		for _, line := range []string{"key list", "login --username example_user --role crypto-user --password aws", "key list"} {
			d.line(line)
		}
		got := string(d.files["log"])
		if c.level == "error" || c.level == "info" || c.level == "warn" {
			require.Equal(t, len(c.want), strings.Count(got, "\n"), got)
		}
		for _, line := range c.want {
			require.Contains(t, got, line+"\n")
		}
		require.NotContains(t, got, "aws")
		require.Regexp(t, `^2026-11-\d\dT12:00:00.000Z [A-Z]+ cloudhsm-cli: `, got)
	}
}

// A log of type term goes to standard error; a file takes the day or the hour into its name; where it
// cannot be written, the tool says so once and goes on.
func TestWhereTheLogGoes(t *testing.T) {
	d := newDesk(t)
	d.logging(ConfigLogging{"term", "log", "info", "never"})
	_, errs, status := d.run("user", "list")
	require.Regexp(t, `^\S+Z INFO cloudhsm-cli: user list: done\n$`, errs)
	require.Zero(t, status)
	require.NotContains(t, d.files, "log")

	for interval, length := range map[string]int{"daily": len("log.2006-01-02"), "hourly": len("log.2006-01-02-15")} {
		d.logging(ConfigLogging{"file", "log", "info", interval})
		d.line("user list")
		found := false
		for name := range d.files {
			found = found || strings.HasPrefix(name, "log.20") && len(name) == length
		}
		require.True(t, found, interval)
	}

	d.logging(ConfigLogging{"file", "log", "info", "never"})
	d.tool.host = &command.Host{Files: readOnly{d.files}, Env: command.NoEnv}
	require.Contains(t, d.line("user list"), "Error writing to log file. Falling back to standard error.\n")
	again := d.line("user list")
	require.NotContains(t, again, "Falling back")
	require.Contains(t, again, "INFO cloudhsm-cli: user list: done\n")
	require.Contains(t, again, `"error_code": 0`)
}

// readOnly is a file system that takes nothing.
type readOnly struct{ command.Files }

func (readOnly) WriteFile(string, []byte) error { return fs.ErrPermission }

// A fresh configuration names a log that nobody has asked for.
func TestNoLogIsKeptUnasked(t *testing.T) {
	d := newDesk(t)
	d.logging(FreshConfig("", "", nil).Logging)
	d.line("user list")
	require.NotContains(t, d.files, "/opt/cloudhsm/run/cloudhsm-cli.log")
	require.Nil(t, d.tool.log)
}

// The texts that are documented for the log stand there, and in no answer.
func TestWhatOnlyTheLogSays(t *testing.T) {
	d := newDesk(t)
	d.begin(cluster.Options{Nodes: 1})
	d.logging(ConfigLogging{"file", "log", "error", "never"})
	d.line("login --username example_user --role crypto-user --password aws")
	out := d.line("key generate-symmetric aes --label a --key-length-bytes 32")
	require.NotContains(t, out, "availability requirements")
	require.Contains(t, string(d.files["log"]), "does not meet the availability requirements - The key must be available on at least 2 HSMs before being used.\n")
}

// With the retry mode off nothing is said of the time that the real tool takes to try again.
func TestWithoutRetriesNothingIsWaitedFor(t *testing.T) {
	for mode, says := range map[string]bool{"off": false, "standard": true} {
		d := newDesk(t)
		d.begin(cluster.Options{Nodes: 1})
		c, err := ReadConfig(d.files[ConfigFile])
		require.NoError(t, err)
		c.Clusters[0].Cluster.Options = &ConfigOptions{RetryMode: mode}
		d.files[ConfigFile] = c.Text()
		d.tool = New(d.cluster, d.host())
		d.tool.Start([]string{"interactive"})
		d.line("login --username example_user --role crypto-user --password aws")
		require.Equal(t, says, strings.Contains(d.line("key generate-symmetric aes --label a --key-length-bytes 32"), "a minute and a half"), mode)
	}
}

// The files of mutual TLS are called as the tool's error names them; a configuration of before is read.
func TestTheMembersOfMutualTLS(t *testing.T) {
	d := newDesk(t)
	for _, name := range []string{"client_cert_hsm_tls_path", "client_cert_hsm_tls_file"} {
		text := strings.Replace(string(FreshConfig("hsm2m", "a", []string{"10.0.1.10"}).Text()), `"hsm_ca_file"`, `"`+name+`": "c.pem", "hsm_ca_file"`, 1)
		c, err := ReadConfig([]byte(text))
		require.NoError(t, err)
		require.Contains(t, string(c.Text()), `"client_cert_hsm_tls_path": "c.pem"`)
		c.Clusters[0].Cluster.CAFile = "ca0.crt"
		d.files[ConfigFile] = c.Text()
		_, errs, status := d.run("user", "list")
		require.Equal(t, "Error: \"Could not read configuration-referenced file client_cert_hsm_tls_path at location c.pem: No such file or directory\"\n", errs)
		require.Equal(t, 1, status)
	}
}

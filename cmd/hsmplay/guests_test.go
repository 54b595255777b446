//go:build !windows

package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestWhoWantsNotes(t *testing.T) {
	for _, row := range []struct {
		hints string
		live  bool
		want  bool
	}{{"", true, true}, {"", false, false}, {"1", false, true}, {"1", true, true}, {"0", true, false}, {"0", false, false}} {
		require.Equal(t, row.want, wanted(row.hints, row.live), "%+v", row)
	}
}

func TestInstallWritesTheConfigurationsBesideTheTools(t *testing.T) {
	p := installed(t)
	at := p.path("root/opt/cloudhsm")
	require.NoError(t, os.MkdirAll(at+"/etc", 0o755))
	require.NoError(t, os.WriteFile(at+"/etc/cloudhsm_client.cfg", []byte("mine\n"), 0o600))
	r := p.run("", "./hsmplay", "install", at+"/bin")
	require.Equal(t, done, r.status, r.err)
	for _, name := range []string{"key_mgmt_util", "cloudhsm_mgmt_util", "cloudhsm-cli", "configure-cli", "configure", "cloudhsm_client", "cloudhsm-client", "hsm"} {
		require.FileExists(t, at+"/bin/"+name)
	}
	kept, err := os.ReadFile(at + "/etc/cloudhsm_client.cfg")
	require.NoError(t, err)
	require.Equal(t, "mine\n", string(kept))
	info, err := os.Stat(at + "/etc/cloudhsm_mgmt_util.cfg")
	require.NoError(t, err)
	require.Equal(t, "-rw-r--r--", info.Mode().String())
	tool := p.run("quit\n", at+"/bin/cloudhsm_mgmt_util", at+"/etc/cloudhsm_mgmt_util.cfg")
	require.Contains(t, tool.out, "E2E enabled on server 2(10.0.3.12)")
	require.NoDirExists(t, p.path("etc"), "only beside /opt/cloudhsm/bin")
}

// guestAt is a call of a guest in this process, on a machine whose /opt/cloudhsm/etc is another
// directory.
func (p place) guestAt(etc string, words ...string) result {
	p.t.Helper()
	p.t.Chdir(p.dir)
	var out, notes bytes.Buffer
	world, err := openShared(p.path("world"), &notes)
	require.NoError(p.t, err)
	defer world.close()
	for _, g := range guests {
		if g.name == words[0] {
			status, err := newSwitchboard(world, &out, &notes, etc).run(g, words[1:])
			require.NoError(p.t, err)
			return result{out.String(), notes.String(), status}
		}
	}
	p.t.Fatal("no guest " + words[0])
	return result{}
}

// signed makes a customer's certificate, and signs the cluster's request where there is one.
func (p place) signed() {
	p.t.Helper()
	r := p.run(`openssl genrsa -out customerCA.key 2048
openssl req -new -x509 -days 3652 -key customerCA.key -out customerCA.crt -subj /CN=mine
for csr in *_ClusterCsr.csr; do openssl x509 -req -days 3652 -in $csr -CA customerCA.crt -CAkey customerCA.key -CAcreateserial -out signed.crt; done
`, "./hsmplay", "exec", "-dir", ".")
	require.Equal(p.t, done, r.status, r.err)
}

func TestAClusterIsInitializedFromTheWorkingDirectory(t *testing.T) {
	p := installed(t)
	require.NoError(t, os.Mkdir(p.path("work"), 0o755))
	r := p.bash("cd work && ../bin/hsm new --uninitialized")
	require.Equal(t, done, r.status, r.out)
	found, err := filepath.Glob(p.path("work/*_ClusterCsr.csr"))
	require.NoError(t, err)
	require.Len(t, found, 1)
	require.NoFileExists(t, p.path("work/.bash_history"))
	require.NoError(t, os.Rename(found[0], p.path(filepath.Base(found[0]))))
	p.signed()
	r = p.run("", "bin/hsm", "initialize", "signed.crt", "customerCA.crt")
	require.Equal(t, done, r.status, r.out)
	require.Contains(t, r.out, "is INITIALIZED")
}

// TestAClusterTrustsThisMachinesAnchor puts a world into a state by one command, on a machine that
// has a certificate.
func TestAClusterTrustsThisMachinesAnchor(t *testing.T) {
	p := installed(t)
	p.signed()
	etc := p.path("etc")
	require.NoError(t, os.Mkdir(etc, 0o755))
	anchor, err := os.ReadFile(p.path("customerCA.crt"))
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(etc+"/customerCA.crt", anchor, 0o644))
	const mine = `{"server": {"hostname": "10.0.1.10"}, "client": {"e2e_owner_crt_path": "/opt/cloudhsm/etc/customerCA.crt"}}`
	require.NoError(t, os.WriteFile(etc+"/cloudhsm_client.cfg", []byte(mine), 0o644))

	r := p.guestAt(etc, "hsm", "new", "--initialized")
	require.Equal(t, done, r.status, r.out)
	require.Contains(t, r.out, "is INITIALIZED")
	for name, want := range map[string]string{"customerCA.crt": string(anchor), "cloudhsm_client.cfg": mine} {
		kept, err := os.ReadFile(filepath.Join(etc, name))
		require.NoError(t, err)
		require.Equal(t, want, string(kept), name)
	}
	written, err := os.ReadFile(etc + "/cloudhsm_mgmt_util.cfg")
	require.NoError(t, err, "what is not there is written")
	require.NotContains(t, string(written), "10.0.2.11", "the cluster has one HSM")
	r = p.run("loginHSM PRECO admin password\nchangePswd PRECO admin NewPassword1\ny\nquit\n", "bin/cloudhsm_mgmt_util",
		"/opt/cloudhsm/etc/cloudhsm_mgmt_util.cfg")
	require.Contains(t, r.out, "Changing password for admin(PRECO) on 1 nodes", r.out)
	require.Contains(t, p.run("", "bin/hsm", "status").out, "is ACTIVE")

	r = p.guestAt(etc, "hsm", "new")
	require.Equal(t, done, r.status, r.out)
	require.Equal(t, done, p.guestAt(etc, "cloudhsm-client", "restart").status, "the daemon trusts the anchor")
	require.Equal(t, done, p.single("listUsers").status)
}

func TestTheClientIsConfigured(t *testing.T) {
	p := installed(t)
	etc := p.path("etc")
	require.NoError(t, os.Mkdir(etc, 0o755))
	require.Equal(t, done, p.guestAt(etc, "configure", "-a", "10.0.2.11").status)
	data, err := os.ReadFile(etc + "/cloudhsm_client.cfg")
	require.NoError(t, err)
	require.Contains(t, string(data), `"hostname": "10.0.2.11"`)
	require.NotEqual(t, done, p.run("", "bin/configure", "-x").status)
	r := p.run("", "bin/configure", "-a", "10.0.3.12")
	require.Equal(t, done, r.status, r.out)
	require.Contains(t, p.run("cat /opt/cloudhsm/etc/cloudhsm_client.cfg\n", "./hsmplay", "exec", "-state", "world").out, "10.0.3.12")
}

func TestTheDaemonIsAProgram(t *testing.T) {
	p := installed(t)
	require.Equal(t, done, p.run("", "bin/cloudhsm-client", "stop").status)
	require.NotEqual(t, done, p.single("listUsers").status)
	r := p.run("", "bin/cloudhsm_client", "--help")
	require.Equal(t, done, r.status)
	require.Contains(t, r.out, "usage: cloudhsm_client FILE\n")
	require.NotEqual(t, done, p.single("listUsers").status, "it was only asked")
	c := p.command("", "bin/cloudhsm_client", "/opt/cloudhsm/etc/cloudhsm_client.cfg")
	var log strings.Builder
	c.Stdout = &log
	require.NoError(t, c.Start())
	require.Eventually(t, func() bool { return p.single("listUsers").status == done }, patience, patience/100)
	require.NoError(t, c.Process.Signal(syscall.SIGTERM))
	require.NoError(t, c.Wait())
	require.Contains(t, log.String(), "liquidSecurity INF: connected to HSM 2 at 10.0.3.12:2225\n")
	require.NotEqual(t, done, p.single("listUsers").status)
	require.NotEqual(t, done, p.run("", "bin/cloudhsm-client", "jump").status)
	require.False(t, strings.Contains(p.run("", "bin/cloudhsm-client", "start").out, "command not found"))
	require.Equal(t, done, p.single("listUsers").status)
}

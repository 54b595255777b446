//go:build !js

package sim

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// machine is a directory where the machine's own openssl works on files of the instance.
type machine struct {
	player
	dir string
}

// newMachine skips the test where openssl is not installed. The files of a fresh cluster are there.
func newMachine(t *testing.T) machine {
	t.Helper()
	if _, err := exec.LookPath("openssl"); err != nil {
		t.Skip("no openssl on PATH: interoperability is not tested")
	}
	m := machine{unactivated(t), t.TempDir()}
	for _, row := range m.w.Files(0).Rows {
		data, err := m.w.Read(row.Path)
		require.NoError(t, err)
		_, name, _ := strings.Cut(filepath.Base(row.Path), "_")
		require.NoError(t, os.WriteFile(filepath.Join(m.dir, name), data, 0o600))
	}
	return m
}

// openssl runs in the directory.
func (m machine) openssl(line string) string {
	m.t.Helper()
	cmd := exec.Command("openssl", strings.Fields(line)...)
	cmd.Dir = m.dir
	out, err := cmd.CombinedOutput()
	require.NoError(m.t, err, "openssl %s\n%s", line, out)
	return string(out)
}

// hand writes a file of the machine onto the instance.
func (m machine) hand(name string) {
	data, err := os.ReadFile(filepath.Join(m.dir, name))
	require.NoError(m.t, err)
	require.NoError(m.t, m.w.Write(name, data))
}

// The request and both chains are what the documentation says, to somebody else's openssl.
func TestOpenSSLAcceptsRequestAndChains(t *testing.T) {
	m := newMachine(t)
	require.Contains(t, m.openssl("req -in ClusterCsr.csr -noout -verify -subject -nameopt compat"),
		"subject=/C=US/ST=CA/O=Cavium/OU=N3FIPS/L=SanJose/CN=HSM:"+m.w.cluster.Nodes[0].HSM.ID()+":PARTN:1, for FIPS mode\n")
	for _, chain := range []string{"Manufacturer", "Aws"} {
		root, hardware := chain+"RootCertificate.crt", chain+"HardwareCertificate.crt"
		require.Contains(t, m.openssl(fmt.Sprintf("verify -x509_strict -check_ss_sig -attime %d -CAfile ", madeAt)+root+" -untrusted "+hardware+" HsmCertificate.crt"), ": OK")
	}
	require.Equal(t, m.openssl("req -in ClusterCsr.csr -noout -pubkey"), m.openssl("x509 -in HsmCertificate.crt -noout -pubkey"))
}

// A CA that another openssl keeps will do, with extensions or of version 1, and the chain is good
// for it in turn.
func TestACAOfOpenSSLInitializes(t *testing.T) {
	for _, root := range []string{
		"req -new -x509 -days 3652 -key customerCA.key -out customerCA.crt -subj /C=US/O=Example/CN=root",
		"x509 -req -days 3652 -in root.csr -signkey customerCA.key -out customerCA.crt",
	} {
		m := newMachine(t)
		m.openssl("genrsa -out customerCA.key 2048")
		m.openssl("req -new -key customerCA.key -out root.csr -subj /CN=root")
		m.openssl(root)
		m.openssl("x509 -req -days 3652 -in ClusterCsr.csr -CA customerCA.crt -CAkey customerCA.key -CAcreateserial -out signed.crt")
		m.openssl("verify -CAfile customerCA.crt signed.crt")
		m.hand("customerCA.crt")
		m.hand("signed.crt")
		require.Contains(t, m.do("hsm initialize signed.crt customerCA.crt").Text, "is INITIALIZED\n", root)
		m.do("sudo cp customerCA.crt /opt/cloudhsm/etc/")
		require.Equal(t, "cloudhsm-client is running\n", m.do("service cloudhsm-client start").Text, root)
		require.Contains(t, m.do("cloudhsm_mgmt_util /opt/cloudhsm/etc/cloudhsm_mgmt_util.cfg").Text, "E2E enabled on server 0(10.0.1.10)\n")
	}
}

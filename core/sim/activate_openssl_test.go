//go:build !js

package sim

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/internal/foreign"
)

// bench is a directory where the machine's own openssl works on files of the instance.
type bench struct {
	player
	real foreign.OpenSSL
}

// newBench skips the test where openssl is not installed. The files of a fresh cluster are there.
func newBench(t *testing.T) bench {
	t.Helper()
	m := bench{unactivated(t), foreign.NewOpenSSL(t)}
	for _, row := range m.w.Files(0).Rows {
		data, err := m.w.Read(row.Path)
		require.NoError(t, err)
		_, name, _ := strings.Cut(filepath.Base(row.Path), "_")
		m.real.Write(name, data)
	}
	return m
}

// hand writes a file of the machine onto the instance.
func (m bench) hand(name string) { require.NoError(m.t, m.w.Write(name, m.real.Read(name))) }

// The request and both chains are what the documentation says, to somebody else's openssl.
func TestOpenSSLAcceptsRequestAndChains(t *testing.T) {
	m := newBench(t)
	require.Contains(t, m.real.Run("req -in ClusterCsr.csr -noout -verify -subject -nameopt compat"),
		"subject=/C=US/ST=CA/O=Cavium/OU=N3FIPS/L=SanJose/CN=HSM:"+m.w.cluster.Nodes[0].HSM.ID()+":PARTN:1, for FIPS mode\n")
	for _, chain := range []string{"Manufacturer", "Aws"} {
		root, hardware := chain+"RootCertificate.crt", chain+"HardwareCertificate.crt"
		require.Contains(t, m.real.Run(fmt.Sprintf("verify -x509_strict -check_ss_sig -attime %d -CAfile ", madeAt)+root+" -untrusted "+hardware+" HsmCertificate.crt"), ": OK")
	}
	require.Equal(t, m.real.Run("req -in ClusterCsr.csr -noout -pubkey"), m.real.Run("x509 -in HsmCertificate.crt -noout -pubkey"))
}

// A CA that another openssl keeps will do, with extensions or of version 1, and the chain is good
// for it in turn.
func TestACAOfOpenSSLInitializes(t *testing.T) {
	for _, root := range []string{
		"req -new -x509 -days 3652 -key customerCA.key -out customerCA.crt -subj /C=US/O=Example/CN=root",
		"x509 -req -days 3652 -in root.csr -signkey customerCA.key -out customerCA.crt",
	} {
		m := newBench(t)
		m.real.Run("genrsa -out customerCA.key 2048")
		m.real.Run("req -new -key customerCA.key -out root.csr -subj /CN=root")
		m.real.Run(root)
		m.real.Run("x509 -req -days 3652 -in ClusterCsr.csr -CA customerCA.crt -CAkey customerCA.key -CAcreateserial -out signed.crt")
		m.real.Run("verify -CAfile customerCA.crt signed.crt")
		m.hand("customerCA.crt")
		m.hand("signed.crt")
		require.Contains(t, m.do("hsm initialize signed.crt customerCA.crt").Text, "is INITIALIZED\n", root)
		m.do("sudo cp customerCA.crt /opt/cloudhsm/etc/")
		require.Equal(t, "cloudhsm-client is running\n", m.do("service cloudhsm-client start").Text, root)
		require.Contains(t, m.do("cloudhsm_mgmt_util /opt/cloudhsm/etc/cloudhsm_mgmt_util.cfg").Text, "E2E enabled on server 0(10.0.1.10)\n")
	}
}

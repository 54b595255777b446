package openssl

import (
	"hsmplay/core/mech/secret"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/attr"
	"hsmplay/core/cluster"
	"hsmplay/core/hsm"
	"hsmplay/core/mech"
	"hsmplay/core/voice"
)

// withCluster is a machine with a cluster, and fake PEMs of an RSA and an EC key of example_user
// (id 3).
func withCluster(t *testing.T) *machine {
	m := newMachine(t)
	m.cluster = cluster.New(cluster.Options{Wall: m.now.UnixMilli(), Source: readyRSA})
	m.env["n3fips_password"] = "example_user:aws"
	m.fake("rsa.fake", mech.RSA{Bits: 2048, Exponent: 65537}, hsm.Template{})
	m.fake("ec.fake", mech.EC{Curve: curveNamed("P-384")}, hsm.Template{})
	return m
}

// fake makes a pair in the cluster and writes its fake PEM.
func (m *machine) fake(file string, recipe mech.Recipe, private hsm.Template) *hsm.Key {
	m.t.Helper()
	client, err := m.cluster.Connect()
	require.NoError(m.t, err)
	defer client.Close()
	client.LogIn(hsm.CU, "example_user", "aws")
	private.Class = attr.PrivateKey
	switch r := recipe.(type) {
	case mech.RSA:
		private.Type, private.Size = attr.RSA, r.Bits
	case mech.EC:
		private.Type, private.Curve = attr.EC, r.Curve
	}
	public := hsm.Template{Class: attr.Public, Type: private.Type, Curve: private.Curve, Size: private.Size}
	c := client.Create(cluster.Request{Recipe: recipe, Templates: []hsm.Template{public, private}})
	if c.Slow() {
		c.Work(m.t.Context())
	}
	require.True(m.t, c.Done())
	require.NoError(m.t, c.Err)
	pem, err := mech.FakePEM(c.Keys[1].Material, uint64(c.Keys[1].Handle))
	require.NoError(m.t, err)
	m.files[file] = string(pem)
	return c.Keys[1]
}

func TestACertificateSignedInsideTheCluster(t *testing.T) {
	m := withCluster(t)
	for _, key := range []string{"rsa", "ec"} {
		m.files["web.key"] = m.files[key+".fake"]
		sessions := len(m.cluster.Nodes[0].HSM.Sessions)
		r := m.pipe("US\n\n\nExample\n\nwww.example.com\n\n\n\n", "req -engine cloudhsm -new -key web.key -out web.csr")
		require.Equal(t, 0, r.status, r.err)
		require.True(t, strings.HasPrefix(r.err, "Engine \"cloudhsm\" set.\nYou are about to be asked"), r.err)
		require.Equal(t, []voice.ID{voice.EngineSigned}, r.notes)
		r = m.run("x509 -engine cloudhsm -req -days 365 -in web.csr -signkey web.key -out web.crt")
		require.Equal(t, 0, r.status, r.err)
		require.Equal(t, "web.crt: OK\n", m.good("verify -CAfile web.crt web.crt"))
		require.Equal(t, "subject=C = US, ST = Some-State, O = Example, CN = www.example.com\n", m.good("x509 -in web.crt -noout -subject"))
		require.Len(t, m.cluster.Nodes[0].HSM.Sessions, sessions, "the engine leaves no session")

		m.files["m"] = "message"
		m.good("x509 -in web.crt -noout -pubkey")
		m.files["web.pub"] = m.good("x509 -in web.crt -noout -pubkey")
		m.good("dgst -engine cloudhsm -sha256 -sign web.key -out sig m")
		require.Equal(t, "Verified OK\n", m.good("dgst -sha256 -verify web.pub -signature sig m"))
	}
}

func TestWhyTheEngineDoesNotSign(t *testing.T) {
	line := "req -engine cloudhsm -new -key rsa.fake -subj /CN=x -out x.csr"
	for name, c := range map[string]struct {
		line  string
		spoil func(*machine)
		note  voice.ID
	}{
		"another engine":      {line: strings.Replace(line, "cloudhsm", "pkcs11", 1), note: voice.EngineUnknown},
		"no engine":           {line: strings.Replace(line, "-engine cloudhsm", "", 1), note: voice.OpenSSLFake},
		"no variable":         {spoil: func(m *machine) { delete(m.env, "n3fips_password") }, note: voice.EngineNoPassword},
		"no colon":            {spoil: func(m *machine) { m.env["n3fips_password"] = "example_user" }, note: voice.EngineForm},
		"no password":         {spoil: func(m *machine) { m.env["n3fips_password"] = "example_user:" }, note: voice.EngineForm},
		"wrong password":      {spoil: func(m *machine) { m.env["n3fips_password"] = "example_user:x" }, note: voice.EngineLogin},
		"unknown user":        {spoil: func(m *machine) { m.env["n3fips_password"] = "nobody:aws" }, note: voice.EngineLogin},
		"an officer":          {spoil: func(m *machine) { m.env["n3fips_password"] = "admin:password" }, note: voice.EngineLogin},
		"daemon down":         {spoil: func(m *machine) { m.cluster.SetDaemon(false) }, note: voice.EngineNoDaemon},
		"somebody else's key": {spoil: func(m *machine) { m.env["n3fips_password"] = "user4:aws" }, note: voice.EngineKeyGone},
		"deleted": {spoil: func(m *machine) {
			handle, _, _ := mech.ParseFakePEM([]byte(m.files["rsa.fake"]))
			for _, n := range m.cluster.Nodes {
				n.HSM.Erase(uint32(handle))
			}
		}, note: voice.EngineKeyGone},
		"handle beyond 32 bits": {spoil: func(m *machine) { m.refake("rsa.fake", "rsa.fake", 1<<40) }, note: voice.EngineKeyGone},
		"handle of another key": {spoil: func(m *machine) {
			handle, _, _ := mech.ParseFakePEM([]byte(m.files["rsa.fake"]))
			m.refake("rsa.fake", "ec.fake", handle)
		}, note: voice.EngineKeyOther},
		"handle of a public key": {spoil: func(m *machine) {
			handle, _, _ := mech.ParseFakePEM([]byte(m.files["rsa.fake"]))
			m.refake("rsa.fake", "rsa.fake", handle-1)
		}, note: voice.EngineKeyForbidden},
		"may not sign": {spoil: func(m *machine) {
			m.fake("rsa.fake", mech.EC{Curve: curveNamed("P-256")}, hsm.Template{Flags: attr.DefaultFlags(attr.PrivateKey, attr.EC) &^ attr.FlagSign})
		}, note: voice.EngineKeyForbidden},
		"quorum": {spoil: func(m *machine) {
			m.fake("rsa.fake", mech.EC{Curve: curveNamed("P-256")}, hsm.Template{Shared: []int{4}, MValue: 1})
		}, note: voice.EngineQuorum},
		"no key at all": {spoil: func(m *machine) { m.files["rsa.fake"] = "hello" }, note: voice.OpenSSLNotText},
		"no file":       {spoil: func(m *machine) { delete(m.files, "rsa.fake") }, note: voice.OpenSSLUnfit},
	} {
		t.Run(name, func(t *testing.T) {
			m := withCluster(t)
			if c.spoil != nil {
				c.spoil(m)
			}
			if c.line == "" {
				c.line = line
			}
			r := m.run(c.line)
			require.Equal(t, 1, r.status)
			require.Equal(t, []voice.ID{c.note}, r.notes, r.err)
			require.NotContains(t, m.files, "x.csr")
			require.Empty(t, m.cluster.Nodes[0].HSM.Sessions, "no session stays")
		})
	}
}

// refake writes a fake PEM of the public key of another, with another handle.
func (m *machine) refake(file, of string, handle uint64) {
	_, public, err := mech.ParseFakePEM([]byte(m.files[of]))
	require.NoError(m.t, err)
	private := *public
	private.Class = attr.PrivateKey
	pem, err := mech.FakePEM(&private, handle)
	require.NoError(m.t, err)
	m.files[file] = string(pem)
}

func TestTheEngineLeavesRealKeysToOpenSSL(t *testing.T) {
	m := withCluster(t)
	m.files["r.key"] = string(rsaPEM)
	r := m.run("req -engine cloudhsm -new -key r.key -subj /CN=x -out x.csr")
	require.Equal(t, 0, r.status)
	require.Equal(t, []voice.ID{voice.EngineRealKey}, r.notes)
	require.Empty(t, m.cluster.Events(m.cluster.LastEvent()))
}

func TestTheKeyOfTheClusterIsWrittenNowhere(t *testing.T) {
	m := withCluster(t)
	m.good("req -engine cloudhsm -x509 -new -key ec.fake -subj /CN=x -text -out x.crt")
	handle, _, err := mech.ParseFakePEM([]byte(m.files["ec.fake"]))
	require.NoError(t, err)
	key := m.cluster.Nodes[0].HSM.At(uint32(handle)).Material
	for name, data := range m.files {
		require.NotContains(t, data, string(ecScalar(key)), name)
		require.NotContains(t, data, string(pemOf("PRIVATE KEY", secret.Value(key))), name)
	}
}

func TestTheRealOpenSSLReadsThePublicHalfOfAFakePEM(t *testing.T) {
	m := withCluster(t)
	for _, line := range []string{"rsa -in rsa.fake -noout -modulus", "rsa -in rsa.fake -pubout", "ec -in ec.fake -pubout", "pkey -in ec.fake -pubout -text_pub"} {
		r := m.run(line)
		require.Zero(t, r.status, line)
		require.Regexp(t, "^(Modulus=|-----BEGIN PUBLIC KEY)", r.out, line)
		require.Empty(t, r.notes, line)
	}
	for _, line := range []string{"rsa -in rsa.fake", "rsa -in rsa.fake -noout -text", "rsa -in rsa.fake -noout -check"} {
		require.Equal(t, []voice.ID{voice.OpenSSLFake}, m.run(line).notes, line)
	}
}

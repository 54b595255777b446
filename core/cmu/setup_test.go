package cmu

import (
	"crypto"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/attr"
	"hsmplay/core/cluster"
	"hsmplay/core/command"
	"hsmplay/core/hsm"
	"hsmplay/core/internal/transcript"
	"hsmplay/core/mech"
)

// noon is the wall clock of the tests: 2025-11-24 12:00 UTC.
const noon = 1763985600000

// desk is a tool on a cluster with files, played by transcripts.
type desk struct {
	t       testing.TB
	cluster *cluster.Cluster
	files   transcript.Files
	tool    *Tool
	left    *Tool // the tool that was set aside, with its open question
	asked   *command.Question
	quiet   bool // notes are left out, and tabs are blanks
	ask     *command.Question
	out     command.Outcome
}

// classic is the wording of a tool whose generation is never changed.
func classic() *Wording { return &Classic }

// machine is a machine with these files, and with the other tool.
func machine(files command.Files) *command.Host {
	return &command.Host{Files: files, Env: command.NoEnv, Terminal: true, Others: []command.Other{{Tool: "key_mgmt_util",
		Start: "/opt/cloudhsm/bin/key_mgmt_util", Names: strings.Fields(
			"deleteKey findKey findSingleKey genECCKeyPair genRSAKeyPair genSymKey getPartitionInfo loginStatus wrapKey unWrapKey")}}}
}

// newDesk returns a tool that is not started, on a fresh cluster of three HSMs.
func newDesk(t testing.TB) *desk { return deskOf(t, 3) }

// deskOf returns a tool that is not started, on a fresh cluster of so many HSMs.
func deskOf(t testing.TB, nodes int) *desk {
	d := &desk{t: t, files: transcript.Files{}}
	d.begin(nodes)
	return d
}

// startedDesk returns a tool that was started with the instance's configuration.
func startedDesk(t testing.TB) *desk {
	d := newDesk(t)
	d.tool.Start([]string{DefaultConfig})
	return d
}

// begin makes a fresh cluster of so many HSMs, and the files that the instance has for it.
func (d *desk) begin(nodes int) {
	d.cluster = cluster.New(cluster.Options{Nodes: nodes, Wall: noon})
	d.files[Anchor] = mech.CertificatePEM(d.cluster.CustomerRoot())
	d.configure()
	d.tool = New(d.cluster, machine(d.files), classic)
}

// configure writes the configuration file anew, as configure --cmu does.
func (d *desk) configure() {
	var addresses []string
	for _, n := range d.cluster.Nodes {
		addresses = append(addresses, n.IP)
	}
	d.files[DefaultConfig] = Config(addresses)
}

// connect starts the tool anew with the instance's configuration.
func (d *desk) connect() { d.restart(DefaultConfig) }

// restart starts the tool anew with arguments.
func (d *desk) restart(args ...string) command.Outcome {
	d.tool.Close()
	d.tool = New(d.cluster, machine(d.files), classic)
	return d.tool.Start(args)
}

// Prompt is the tool's, or the question's.
func (d *desk) Prompt() string {
	if d.ask != nil {
		return d.ask.Prompt
	}
	return d.tool.Prompt()
}

// Type carries out a line of a transcript.
func (d *desk) Type(prompt, line string) string {
	if prompt != "$ " {
		return d.line(line)
	}
	name, rest, _ := strings.Cut(line, " ")
	run, ok := commands[name]
	if !ok {
		d.t.Fatalf("no command %q", name)
	}
	return run(d, rest)
}

// line types a line or an answer and returns what is printed, notes behind ~.
func (d *desk) line(line string) string {
	ask := d.ask
	if ask == nil {
		return d.print(d.tool.Line(line))
	}
	d.ask = nil
	return d.print(ask.Then(line))
}

func (d *desk) print(out command.Outcome) string {
	d.ask, d.out = out.Ask, out
	text := out.Text
	for _, n := range out.Notes {
		if !d.quiet {
			text += "~ " + n.String() + "\n"
		}
	}
	if d.quiet {
		return expanded(text)
	}
	return text
}

// expanded writes tabs as blanks up to the next multiple of 8, as terminals and the vendor's pages
// do.
func expanded(text string) string {
	var b strings.Builder
	column := 0
	for _, r := range text {
		switch r {
		case '\t':
			b.WriteString(strings.Repeat(" ", 8-column%8))
			column += 8 - column%8
		case '\n':
			b.WriteRune(r)
			column = 0
		default:
			b.WriteRune(r)
			column++
		}
	}
	return b.String()
}

// do types lines and fails where one is refused.
func (d *desk) do(lines ...string) {
	d.t.Helper()
	for _, line := range lines {
		text := d.line(line)
		require.True(d.t, d.out.Err == nil, "%s\n%s", line, text)
	}
}

// officer reads the private key of an officer.
func officer(t testing.TB, name string) *rsa.PrivateKey {
	data, err := os.ReadFile("testdata/keys/" + name + ".pem")
	require.NoError(t, err)
	block, _ := pem.Decode(data)
	key, err := x509.ParsePKCS1PrivateKey(block.Bytes)
	require.NoError(t, err)
	return key
}

func publicPEM(t testing.TB, key any) []byte {
	der, err := x509.MarshalPKIXPublicKey(key)
	require.NoError(t, err)
	return pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der})
}

// sign signs a file as `openssl dgst -sha256 -sign` does.
func (d *desk) sign(name, file, signature string) {
	digest := sha256.Sum256(d.files[file])
	sig, err := rsa.SignPKCS1v15(nil, officer(d.t, name), crypto.SHA256, digest[:])
	require.NoError(d.t, err)
	d.files[signature] = sig
}

// answer fills in a file of authentication data with an officer's signatures and key.
func (d *desk) answer(file, name string) {
	var auth map[string]any
	require.NoError(d.t, json.Unmarshal(d.files[file], &auth))
	key := officer(d.t, name)
	auth["PublicKey"] = string(publicPEM(d.t, &key.PublicKey))
	for _, row := range auth["Data"].([]any) {
		row := row.(map[string]any)
		digest, err := base64.StdEncoding.DecodeString(row["Digest"].(string))
		require.NoError(d.t, err)
		sig, err := rsa.SignPKCS1v15(nil, key, crypto.SHA256, digest)
		require.NoError(d.t, err)
		row["Signature"] = base64.StdEncoding.EncodeToString(sig)
	}
	data, err := json.Marshal(auth)
	require.NoError(d.t, err)
	d.files[file] = data
}

// makeKey makes a key for a crypto user through the daemon, on the HSMs that are reached.
func (d *desk) makeKey(user, password string, tm hsm.Template) *hsm.Key {
	client, err := d.cluster.Connect()
	require.NoError(d.t, err)
	defer client.Close()
	require.NoError(d.t, cluster.FirstError(client.LogIn(hsm.CU, user, password)))
	request := cluster.Request{Servers: 1, Recipe: mech.SecretKey{Type: attr.AES, Size: 32}, Templates: []hsm.Template{tm}}
	if tm.Class == attr.Public {
		request.Recipe, request.Templates = mech.EC{Curve: tm.Curve}, []hsm.Template{tm, private(tm)}
	}
	made := client.Create(request)
	require.NoError(d.t, made.Err)
	return made.Keys[0]
}

func private(tm hsm.Template) hsm.Template {
	tm.Class = attr.PrivateKey
	return tm
}

func aes(label string) hsm.Template {
	return hsm.Template{Class: attr.Secret, Type: attr.AES, Size: 32, Label: label}
}

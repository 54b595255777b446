package sim

import (
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"hsmplay/core/hsm"
	"hsmplay/core/internal/slips"
	"hsmplay/core/internal/transcript"
	"hsmplay/core/retcode"
)

// Each reason of an HSM is brought by a line that people type: in the worlds of the notes, in the
// procedures, in those of reasonWorlds. Before it is typed there its why is asked for: it has the
// reason's rule and facts of that world, and each of its repairs works when it is typed in a copy,
// and the world stays as it was.
func TestEachReasonIsBroughtByALine(t *testing.T) {
	if runtime.GOOS == "js" {
		t.Skip("minutes there; the same code runs natively")
	}
	p := &provoker{t: t, seen: map[hsm.Reason]int{}}
	for _, s := range reasonWorlds {
		v := visit(t, s.setting)
		for _, line := range s.lines {
			tab, line, _ := strings.Cut(line, "> ")
			p.ask(v.world, v.tabs[tab], line)
		}
		v.world.Shut()
	}
	for _, file := range noteFiles(t) {
		worlds, _ := readNotes(t, file)
		for _, w := range worlds {
			w.lastLines(t, p.ask)
		}
	}
	transcript.Run(t, "testdata/procedures/*.txt", func(t *testing.T) transcript.Session {
		s := newSeat(t)
		s.before = func(terminal int, line string) { p.ask(s.world, terminal, line) }
		return s
	})
	for _, row := range hsm.Reasons {
		assert.True(t, p.seen[row.Reason] > 0 || unprovoked[row.Reason] != "", "no line brings the reason %q: %s", row.Reason, row.Means)
		assert.False(t, p.seen[row.Reason] > 0 && unprovoked[row.Reason] != "", "%q: a line brings it", row.Reason)
	}
	t.Logf("%d lines, %d repairs", p.lines, p.repairs)
}

// provoker asks why.
type provoker struct {
	t              *testing.T
	seen           map[hsm.Reason]int
	lines, repairs int
}

// askedMax is at how many lines of a reason its why is looked at.
const askedMax = 3

// ask asks why a line fails, where an HSM refuses it for a reason.
func (p *provoker) ask(w *World, terminal int, line string) {
	c := w.failing(terminal, line)
	if c == nil {
		return
	}
	defer c.f.Shut()
	reason := c.refused.Reason
	if reason == "" && c.code() == retcode.NotApproved {
		reason = hsm.ApprovalsMissing // of an officer, whose commands need them
	}
	if reason == "" || p.seen[reason] == askedMax {
		return
	}
	p.seen[reason]++
	p.lines++
	before := w.Save()
	v := w.Why(terminal, line)
	require.Equal(p.t, before, w.Save(), line)
	if c.refused.Reason != "" {
		require.Equal(p.t, reason.Row().Rule, v.Rule, line)
	}
	require.NotEmpty(p.t, v.Facts, line)
	require.NotContains(p.t, noted(v.Facts), "{", line)
	at := &visitor{t: p.t, world: w}
	var ways []string
	for _, r := range v.Repairs {
		p.repairs++
		at.repaired(terminal, line, r)
		ways = append(ways, strings.Join(stepsOf(r), "; "))
	}
	p.t.Logf("%s: %s\n    %s\n    > %s", reason, line, noted(v.Facts), strings.Join(ways, "\n    > "))
}

// cliAs begins an interactive session of cloudhsm-cli in the second tool's tab.
func cliAs(login string, lines ...string) []slips.Step {
	return at(inCMU, append([]string{"cloudhsm-cli interactive", "login " + login}, lines...)...)
}

const (
	cliUser    = "--username example_user --role crypto-user --password aws"
	cliOfficer = "--username admin --role admin --password password"
	mtlsFiles  = "for u in ca other third; do openssl req -x509 -newkey rsa:2048 -nodes -days 30 -keyout $u.key -out $u.crt -subj /CN=$u; done"
)

// reasonWorlds are further lines.
var reasonWorlds = []struct {
	setting
	lines []string
}{
	{setting{name: "shared and not shared", steps: joined(someFiles, at(inKMU, toKMU, asUser), someKeys, at(inKMU, "logoutHSM", asUser4), at(inCMU, toCMU, "loginHSM CU user4 aws"))},
		[]string{"kmu> getAttribute -o 8 -a 512 -out a", "kmu> sign -f m -k 8 -m 17 -out sig", "kmu> wrapKey -k 8 -w 6 -m 4 -out w", "cmu> getAttribute 8 512 a"}},
	{setting{name: "an owner of keys", steps: joined(someFiles, bothTools, at(inKMU, asUser), someKeys, at(inCMU, asCU))},
		[]string{"kmu> verify -f m -s s -k 9 -m 17", "kmu> sign -f m -k 6 -m 1 -out x", "cmu> shareKey 8 1 1", "cmu> shareKey 8 3 1", "cmu> shareKey 7 4 1"}},
	{setting{name: "a quorum at key_mgmt_util", steps: joined(someFiles, bothTools, at(inKMU, asUser, "genECCKeyPair -i 2 -l contract -u 4 -m_value 2"), at(inCMU, asCU))},
		[]string{"kmu> sign -f m -k 7 -m 15 -out sig", "cmu> shareKey 7 4 0", "cmu> shareKey 7 5 1"}},
	{setting{name: "a quorum, and a token without approvals", steps: joined(someFiles, bothTools, at(inKMU, asUser), quorumKey, at(inKMU, "getToken -s 3 -u example_user -k 7 -f use.token"))},
		[]string{"kmu> sign -f m -k 7 -m 15 -out sig"}},
	{setting{name: "officers", steps: joined(someFiles, at(inCMU, toCMU, asOfficer, "createUser CO admin2 password", "y"))},
		[]string{"cmu> setMValue 3 5"}},
	{setting{name: "officers' quorum", steps: joined(someFiles, at(inCMU, toCMU, asOfficer, "createUser CO admin2 password1", "y", "setMValue 3 2", "y"))},
		[]string{"cmu> createUser CU alice password1"}},
	{setting{name: "a user of cloudhsm-cli", steps: joined(someFiles, cliAs(cliUser,
		"key generate-symmetric aes --label one --key-length-bytes 32",
		"key generate-symmetric aes --label fixed --key-length-bytes 32 --attributes modifiable=false",
		"key generate-asymmetric-pair ec --curve secp384r1 --public-label pub --private-label priv --private-attributes sign=true",
		"key generate-symmetric aes --label passing --key-length-bytes 32 --session",
		"key generate-symmetric aes --label two --key-length-bytes 32 --share-crypto-users user4 --manage-key-quorum-value 2 --use-key-quorum-value 2"))},
		[]string{"cmu> key generate-symmetric aes --label a --key-length-bytes 16 --attributes token=false", "cmu> key set-attribute --filter attr.label=one --name token --value false",
			"cmu> key generate-asymmetric-pair ec --public-label a --private-label b --curve ed25519", "cmu> key set-attribute --filter attr.label=fixed --name encrypt --value false",
			"cmu> key generate-symmetric aes --label a --key-length-bytes 32 --attributes trusted=true", "cmu> crypto sign ecdsa --key-filter attr.label=one --hash-function sha384 --data YWJj",
			"cmu> crypto sign ecdsa --key-filter attr.label=priv --hash-function sha256 --data YWJj", "cmu> key generate-symmetric aes --label '' --key-length-bytes 32",
			"cmu> key generate-symmetric aes --label q --key-length-bytes 32 --share-crypto-users user4 --use-key-quorum-value 2",
			"cmu> key generate-symmetric aes --label q --key-length-bytes 32 --share-crypto-users user4 --use-key-quorum-value 1 --manage-key-quorum-value 1",
			"cmu> key share --filter attr.label=pub --username user4 --role crypto-user", "cmu> key share --filter attr.label=passing --username user4 --role crypto-user",
			"cmu> key share --filter attr.label=one --username example_user --role crypto-user", "cmu> key unshare --filter attr.label=two --username user4 --role crypto-user"}},
	{setting{name: "an approval that is none", steps: joined(someFiles, at(inCMU, toCMU), registered("user4", inCMU), at(inCMU, "quit"), cliAs(cliUser,
		"key generate-asymmetric-pair ec --curve secp384r1 --public-label pub --private-label two --private-attributes sign=true --share-crypto-users user4 "+
			"--manage-private-key-quorum-value 2 --use-private-key-quorum-value 2",
		"quorum token-sign generate --service key-usage --filter attr.label=two --token use.json"),
		at(inBash, `jq '.signatures=[{username:"user4",role:"crypto-user",signature:"QUJD"}]' use.json > bad.json`))},
		[]string{"cmu> crypto sign ecdsa --key-filter attr.label=two --hash-function sha384 --data YWJj --approval bad.json"}},
	{setting{name: "an officer of cloudhsm-cli", steps: cliAs(cliOfficer, "quorum token-sign generate --service user --token t.json")},

		[]string{"cmu> quorum token-sign set-quorum-value --service user --value 5",
			"cmu> quorum token-sign generate --service user --token u.json", "cmu> cluster mtls list-trust-anchors", "cmu> cluster mtls get-enforcement"}},
	{setting{name: "an officer, and a user with keys", steps: joined(someFiles, at(inKMU, toKMU, asUser), someKeys, at(inKMU, "logoutHSM"), cliAs(cliOfficer))},
		[]string{"cmu> user delete --username example_user --role crypto-user"}},
	{setting{name: "mutual TLS", steps: joined(at(inBash, "hsm new --type hsm2m.medium", mtlsFiles), cliAs(cliOfficer,
		"cluster mtls register-trust-anchor --path ca.crt", "cluster mtls register-trust-anchor --path other.crt"))},
		[]string{"cmu> cluster mtls register-trust-anchor --path third.crt", "cmu> cluster mtls deregister-trust-anchor --certificate-reference 0x09"}},
	{setting{name: "mutual TLS, enforced", steps: joined(at(inBash, "hsm new --type hsm2m.medium", mtlsFiles), cliAs(cliOfficer,
		"user create --username admin2 --role admin --password password1", "cluster mtls register-trust-anchor --path ca.crt", "quit"),
		at(inBash, "sudo /opt/cloudhsm/bin/configure-cli --client-cert-hsm-tls-file ca.crt --client-key-hsm-tls-file ca.key"),
		cliAs(cliOfficer, "cluster mtls set-enforcement --level cluster"))},
		[]string{"cmu> cluster mtls deregister-trust-anchor --certificate-reference 0x01"}},
	{setting{name: "mutual TLS, another officer", steps: joined(at(inBash, "hsm new --type hsm2m.medium", mtlsFiles), cliAs(cliOfficer,
		"user create --username admin2 --role admin --password password1", "cluster mtls register-trust-anchor --path ca.crt", "quit"),
		at(inBash, "sudo /opt/cloudhsm/bin/configure-cli --client-cert-hsm-tls-file ca.crt --client-key-hsm-tls-file ca.key"),
		cliAs("--username admin2 --role admin --password password1"))},
		[]string{"cmu> cluster mtls set-enforcement --level cluster"}},
	{setting{name: "names and passwords", steps: at(inCMU, toCMU, asOfficer)},
		[]string{"cmu> createUser CU al:ice password1", "cmu> createUser CU " + longName + " password1", "cmu> createUser CU alice short", "cmu> changePswd CU user4 short"}},
	{setting{name: "names and passwords of cloudhsm-cli", steps: cliAs(cliOfficer)},
		[]string{"cmu> user create --username al.ice --role crypto-user --password password1", "cmu> user create --username " + longName + " --role crypto-user --password password1",
			"cmu> user create --username alice --role crypto-user --password pass:word", "cmu> user change-password --username user4 --role crypto-user --password short"}},
	{setting{name: "quorum values", steps: cliAs(cliUser)},
		[]string{"cmu> key generate-symmetric aes --label q --key-length-bytes 32 --share-crypto-users user4 --use-key-quorum-value 1 --manage-key-quorum-value 2"}},
	{setting{name: "a wrapped key's file that somebody has made", steps: joined(
		at(inKMU, toKMU, asUser, "genSymKey -t 31 -s 32 -l wrapper", "genSymKey -t 31 -s 16 -l short", "wrapKey -k 7 -w 6 -m 4 -out w"),
		at(inBash, `(head -c 26 w; printf '\200\0'; printf 'l%.0s' $(seq 128); tail -c +157 w | head -c 103) > head; tail -c +268 w > blob`,
			`(cat head; cat head blob | openssl dgst -sha256 -binary | head -c 8; cat blob) > long`))},
		[]string{"kmu> setAttribute -o 6 -a 1", "kmu> unWrapKey -f long -w 6 -m 4"}},
	{setting{name: "pairs", steps: joined(at(inBash, "hsm new --type hsm2m.medium --keys 10"), cliAs(cliUser, "key generate-asymmetric-pair ec --public-label a --private-label b --curve secp384r1"))},
		[]string{"cmu> key generate-asymmetric-pair ec --public-label c --private-label d --curve secp384r1"}},
	{setting{name: "a clone that is full of session keys", options: Options{KeysMax: 3}, steps: joined(
		at(inBash, "hsm stop 0"), at(inKMU, toKMU, asUser, "genSymKey -t 31 -s 16 -l a -sess", "genSymKey -t 31 -s 16 -l b -sess"), at(inBash, "hsm start 0"),
		bothClusters(aesIn(served, "c --session"), aesIn(served, "d --session"), aesIn(served, "e"), aesIn(clone, "f --session"), aesIn(clone, "g --session"), aesIn(clone, "h --session")))},
		[]string{"cmu> key replicate --filter attr.label=e --source-cluster-id " + served + " --destination-cluster-id " + clone}},
}

var longName = strings.Repeat("a", hsm.NameMax+1)

// served is the cluster of a visitor's world, and clone the first that is made of it.
const served, clone = "cluster-ptvoodohxa7", "cluster-gkyyql5eazc"

func aesIn(cluster, label string) string {
	return "key generate-symmetric aes --label " + label + " --key-length-bytes 32 --cluster-id " + cluster
}

// bothClusters is a clone beside the cluster, and a crypto user at cloudhsm-cli who is logged in to
// both.
func bothClusters(lines ...string) []slips.Step {
	return joined(at(inBash, "hsm clone", "sudo /opt/cloudhsm/bin/configure-cli add-cluster --cluster-id "+clone),
		cliAs(cliUser+" --cluster-id "+served, append([]string{"login " + cliUser + " --cluster-id " + clone}, lines...)...))
}

// unprovoked are reasons that no line of the tools brings, with what does.
var unprovoked = map[hsm.Reason]string{
	hsm.NoSuchAnchor:    "nothing: cloudhsm-cli looks before it asks an HSM, and all HSMs have the same",
	hsm.TemplateDiffers: "nothing: no line of the tools gives a key a template",
}

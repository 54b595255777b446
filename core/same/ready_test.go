package same_test

import (
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"hsmplay/core/sim"
)

// ready is a pair of which both halves are refused in the world of [apart], in a world that is made
// for it: there both work, and what a line of bash shows behind them is the same.
type ready struct {
	tool, line string
	other      string   // the tool of the other half
	start      string   // how cloudhsm_mgmt_util is started, where it is not as ever
	fresh      []string // lines of bash that make the world, instead of the world of the plays
	before     []string // lines of bash in the world, for both halves
	here       []string // what is typed at the line's own tool; {line} is the line itself
	there      []string // at the other one; {0} is its first line, {1} its second
	known      []string // what stands in the blanks of the other half
	shows      string
}

// The lines of bash that the rows share.
const (
	asAdminInBash  = "export CLOUDHSM_ROLE=admin CLOUDHSM_PIN=admin:password"
	factorKeys     = "openssl genrsa -out factor.key 2048; openssl rsa -in factor.key -pubout -out factor.pub"
	signEach       = `for i in $(jq -r ".tokens|keys[]" f); do jq -r ".tokens[$i].unsigned" f | base64 -d > d; openssl pkeyutl -sign -inkey factor.key -pkeyopt digest:sha256 -in d -out s; jq --arg s "$(base64 -w0 s)" ".tokens[$i].signed=\$s" f > g; mv g f; done`
	signDigests    = `while IFS= read -r line; do case $line in *'"PublicKey":'*) echo "\"PublicKey\":\"$(awk '{ printf "%s\\n", $0 }' factor.pub)\",";; *'"Digest":'*) echo "$line"; cut -d'"' -f4 <<< "$line" | base64 -d > d; s=$(openssl pkeyutl -sign -in d -inkey factor.key -pkeyopt digest:sha256 | base64 -w 0);; *'"Signature":'*) echo "\"Signature\":\"$s\"";; *) echo "$line";; esac; done < f > f.signed`
	signRegistered = `jq -r ".tokens[0].unsigned" t | base64 -d > d; openssl pkeyutl -sign -inkey factor.key -pkeyopt digest:sha256 -in d -out s; jq --arg s "$(base64 -w0 s)" ".tokens[0].signed=\$s" t > g; mv g t`
	makesDave      = "cloudhsm-cli user create --username dave --role admin --password password1"
	factorOfDave   = `cloudhsm-cli user list | jq -c '.data.users[]|select(.username=="dave")|.mfa'`
	quorumOfAdmin  = `cloudhsm-cli user list | jq -c '.data.users[]|select(.username=="admin")|.quorum'`
	theNewKey      = `cloudhsm-cli key list --verbose --filter attr.label=in | jq -c '.data.matched_keys[0].attributes|[.["check-value"],.["key-length-bytes"]]'`
	openedAgain    = `cloudhsm-cli key unwrap rsa-pkcs --filter key-reference=8 --data-path w --key-type-class aes --label back | jq -r '.data.key.attributes["check-value"]'`
	whoIsThere     = `cloudhsm-cli user list | jq -c '[.data.users[]|[.username,.role]]'; CLOUDHSM_ROLE=admin CLOUDHSM_PIN=admin:password1 cloudhsm-cli quorum token-sign list | jq .error_code`
	usersOfClone   = `cloudhsm-cli user list --cluster-id $(jq -r '.clusters[1].cluster.cluster_id' /opt/cloudhsm/etc/cloudhsm-cli.cfg) | jq -c '[.data.users[].username]'`
	keysOfClone    = `cloudhsm-cli key list --verbose --cluster-id $(jq -r '.clusters[1].cluster.cluster_id' /opt/cloudhsm/etc/cloudhsm-cli.cfg) | jq -c '[.data.matched_keys[].attributes|[.label,.["check-value"]]]|sort'`
	asCryptoInBash = "export CLOUDHSM_ROLE=crypto-user CLOUDHSM_PIN=example_user:aws"
	overThere      = "DESTINATION_CLOUDHSM_ROLE=admin DESTINATION_CLOUDHSM_PIN=admin:password "
	clustersOf     = `jq -r '.clusters[].cluster.cluster_id' /opt/cloudhsm/etc/cloudhsm-cli.cfg`
	withClone      = `hsm clone; first=$(jq -r '.clusters[0].cluster.cluster_id' /opt/cloudhsm/etc/cloudhsm-cli.cfg); sudo /opt/cloudhsm/bin/configure-cli --disable-key-availability-check; id=$(hsm status | grep -o 'cluster-[a-z0-9]*' | sort -u | grep -v $first); sudo /opt/cloudhsm/bin/configure-cli add-cluster --cluster-id $id; hsm cfg 0 3 > two.cfg`
)

// outsideFIPS is the beginning of a world in which RSA wraps with PKCS #1 v1.5.
var outsideFIPS = []string{"hsm new --non-fips"}

// notActive are the lines to a cluster that waits for its first admin.
var notActive = []string{"hsm new --uninitialized", "openssl genrsa -out customerCA.key 2048", "openssl req -new -x509 -days 3652 -key customerCA.key -out customerCA.crt -subj /CN=root",
	"openssl x509 -req -days 3652 -in *_ClusterCsr.csr -CA customerCA.crt -CAkey customerCA.key -CAcreateserial -out signed.crt", "hsm initialize signed.crt customerCA.crt",
	"sudo cp customerCA.crt /opt/cloudhsm/etc/customerCA.crt", "service cloudhsm-client start"}

// daveHasAFactor are the lines to an admin with a second factor; those behind @ are typed beside.
var daveHasAFactor = []string{factorKeys, asAdminInBash, makesDave, "cloudhsm-cli user change-mfa token-sign --username dave --role admin --change-password password1 --token f",
	"@ " + signEach, "", "factor.pub"}

var readies = []ready{
	{tool: "kmu", line: "wrapKey -k 11 -w 7 -out w -m 12 -noheader", other: "cli", fresh: outsideFIPS, here: []string{asKMU, "{line}"}, there: []string{asCrypto, "{0}"}, shows: openedAgain},
	{tool: "cli", line: "key wrap rsa-pkcs --payload-filter key-reference=11 --wrapping-filter key-reference=7 --path w", other: "kmu", fresh: outsideFIPS,
		here: []string{asCrypto, "{line}"}, there: []string{asKMU, "{0}"}, shows: openedAgain},
	{tool: "kmu", line: "unWrapKey -f w5 -w 8 -m 12 -noheader -kc 4 -kt 31 -l in", other: "cli", fresh: outsideFIPS,
		before: []string{"cloudhsm-cli key wrap rsa-pkcs --payload-filter key-reference=11 --wrapping-filter key-reference=7 --path w5"},
		here:   []string{asKMU, "{line}"}, there: []string{asCrypto, "{0}"}, shows: theNewKey},
	{tool: "cli", line: "key unwrap rsa-pkcs --filter key-reference=8 --data-path w8 --key-type-class aes --label in", other: "kmu", fresh: outsideFIPS,
		before: []string{"cloudhsm-cli key wrap rsa-pkcs --payload-filter key-reference=11 --wrapping-filter key-reference=7 --path w8"},
		here:   []string{asCrypto, "{line}"}, there: []string{asKMU, "{0}"}, shows: theNewKey},
	{tool: "cli", line: "key unwrap aes-gcm --filter key-reference=6 --data-path w10 --tag-length-bits 128 --iv {iv10} --key-type-class aes --label in", other: "kmu",
		here: []string{asCrypto, "{line}"}, there: []string{"$ {0}", asKMU, "{1}"}, shows: theNewKey},
	{tool: "cmu", line: "loginHSM PRECO admin password", other: "cli", fresh: notActive, here: []string{"{line}", "changePswd PRECO admin password1", "y"},
		there: []string{"{0}", "password1", "password1"}, shows: whoIsThere},
	{tool: "cli", line: "cluster activate --password password1", other: "cmu", fresh: notActive, here: []string{"{line}"}, there: []string{"{0}", "{1}", "y"},
		known: []string{"loginHSM PRECO admin <password>", "loginHSM PRECO admin password", "<password>", "password1"}, shows: whoIsThere},
	{tool: "cmu", line: "registerQuorumPubKey CO admin t t.sig public.pem", other: "cli", before: []string{factorKeys, "cp factor.pub public.pem"},
		here:  []string{"$ openssl rand -out t 32; openssl dgst -sha256 -sign factor.key -out t.sig t", asOfficer, "{line}", "y"},
		there: []string{asAdmin, "{0}", "$ " + signRegistered, "{1}"}, shows: quorumOfAdmin},
	{tool: "cli", line: "user change-quorum token-sign register --public-key rsa.pem --signed-token t", other: "cmu",
		before: []string{factorKeys, "cp factor.pub rsa.pem", "cloudhsm-cli quorum token-sign generate --service registration --token t", signRegistered,
			"openssl rand -out registration.token 32; openssl dgst -sha256 -sign factor.key -out registration.sig registration.token"},
		here: []string{asAdmin, "{line}"}, there: []string{asOfficer, "{0}", "y"}, known: []string{"<user name>", "admin"}, shows: quorumOfAdmin},
	{tool: "cmu", line: "changePswd CO dave password2 -2fa f", other: "cli", before: []string{factorKeys, asAdminInBash, makesDave},
		here:  []string{asOfficer, "{line}", "y", "$ " + signDigests, "f.signed"},
		there: []string{asAdmin, "{0}", "password2", "password2", "$ " + signEach, "", "factor.pub"}, shows: factorOfDave},
	{tool: "cli", line: "user change-mfa token-sign --username dave --role admin --change-password password2 --token f", other: "cmu", before: []string{factorKeys, asAdminInBash, makesDave},
		here:  []string{asAdmin, "{line}", "$ " + signEach, "", "factor.pub"},
		there: []string{asOfficer, "{0}", "y", "$ " + signDigests, "f.signed"}, known: []string{"<password>", "password2"}, shows: factorOfDave},
	{tool: "cmu", line: "loginHSM CO dave password1 -2fa f", other: "cli", before: daveHasAFactor, here: []string{"{line}", "$ " + signDigests, "f.signed"},
		there: []string{"{0}", "$ " + signEach, ""}, known: []string{"<password>", "password1"}},
	{tool: "cli", line: "login --username dave --role admin --password password1 mfa-token-sign --token f", other: "cmu", before: daveHasAFactor,
		here: []string{"{line}", "$ " + signEach, ""}, there: []string{"{0}", "$ " + signDigests, "f.signed"}, known: []string{"<password>", "password1"}},
	{tool: "cmu", line: "syncKey 12 1", other: "cli", start: "cloudhsm_mgmt_util two.cfg",
		before: []string{withClone, "cloudhsm-cli key generate-symmetric aes --label late --key-length-bytes 16 --cluster-id $first"},
		here:   []string{"loginHSM CO admin password", "server 0", "{line}"}, there: []string{"$ " + asAdminInBash, "$ " + overThere + "cloudhsm-cli {0}", "$ " + asCryptoInBash}, shows: keysOfClone},
	{tool: "cmu", line: "syncUser 8 1", other: "cli", start: "cloudhsm_mgmt_util two.cfg",
		before: []string{withClone, asAdminInBash, "cloudhsm-cli user create --username late --role crypto-user --password password1 --cluster-id $first"},
		here:   []string{"loginHSM CO admin password", "server 0", "{line}"}, there: []string{"$ " + asAdminInBash, "$ " + overThere + "cloudhsm-cli {0}"},
		known: []string{"<role>", "crypto-user"}, shows: usersOfClone},
	{tool: "cli", line: "user replicate --username late --role crypto-user --source-cluster-id {first} --destination-cluster-id {second}", other: "cmu", start: "cloudhsm_mgmt_util two.cfg",
		before: []string{withClone, asAdminInBash, "cloudhsm-cli user create --username late --role crypto-user --password password1 --cluster-id $first"},
		here:   []string{"$ " + asAdminInBash, "$ " + overThere + "cloudhsm-cli {line}"},
		there:  []string{"loginHSM CO admin password", "server 0", "{0}"}, known: []string{"<user id>", "8", "<server>", "1"}, shows: usersOfClone},
}

// TestPairsThatAreRefusedWorkInAReadyWorld plays the pairs of which both halves are refused in the
// plain world where they can work.
func TestPairsThatAreRefusedWorkInAReadyWorld(t *testing.T) {
	base, _ := exported(t)
	defer base.Shut()
	iv, err := base.Read("iv10")
	require.NoError(t, err)
	for _, r := range readies {
		t.Run(r.tool+" "+r.line, func(t *testing.T) {
			w := r.world(t, base)
			defer w.Shut()
			clusters := append(strings.Fields(w.Type(w.Open("", 80).Terminal, clustersOf).Text), "", "")
			r.line = strings.NewReplacer("{iv10}", "0x"+hex.EncodeToString(iv), "{first}", clusters[0], "{second}", clusters[1]).Replace(r.line)
			here, there := w.Fork(), w.Fork()
			defer here.Shut()
			defer there.Shut()
			answer, err := there.Same(names[r.tool], r.line)
			require.NoError(t, err)
			known := strings.NewReplacer(append(slices.Clone(r.known), "<id of the clone>", clusters[1])...)
			var lines []string
			for _, o := range answer.Others {
				for _, l := range o.Lines {
					if o.Name == names[r.other] {
						lines = append(lines, known.Replace(l.Text))
					}
				}
			}
			a, as := r.types(t, here, r.tool, r.here, []string{r.line})
			b, bs := r.types(t, there, r.other, r.there, lines)
			if r.shows == "" {
				require.Equal(t, "dave", strings.ToLower(as))
				require.Equal(t, "dave", strings.ToLower(bs))
				return
			}
			shown := here.Type(a, r.shows).Text
			require.NotRegexp(t, `^\[?\]?\n?$|null`, shown)
			require.Equal(t, shown, there.Type(b, r.shows).Text)
		})
	}
	for _, row := range apart {
		if row.way == neither {
			name := row.tool + " " + named(row.line)
			works := slices.ContainsFunc(readies, func(r ready) bool { return r.tool+" "+named(r.line) == name })
			assert.True(t, works || unworkable[name] != "", "%s: both halves are refused, and nothing shows where they work", name)
		}
	}
}

// unworkable are the pairs that work nowhere, with what says so: each has a reason in the table that is
// played in [apart].
var unworkable = map[string]string{
	"kmu genECCKeyPair -l": "the line names no curve, which both tools ask for; with one it is in plays",
	"cmu getToken":         "the key has no quorum; with one it is in apart as key_mgmt_util's line",
}

// named is the command of a line with its first option of one dash: that of the CLI are the words before
// the first option.
func named(line string) string {
	if before, _, cli := strings.Cut(line, " --"); cli {
		return before
	}
	if words := strings.Fields(line); strings.HasPrefix(words[1], "-") || words[1] == "PRECO" {
		return strings.Join(words[:2], " ")
	}
	return strings.Fields(line)[0]
}

// world is the world of a row, with what is typed before both halves.
func (r ready) world(t *testing.T, base *sim.World) *sim.World {
	w := base.Fork()
	if r.fresh != nil {
		w.Shut()
		w = sim.New(sim.Options{Seed: 1})
	}
	terminal := w.Open("", 80).Terminal
	for _, line := range r.fresh {
		require.True(t, w.Type(terminal, line).Works(), line)
	}
	if slices.Equal(r.fresh, outsideFIPS) {
		set(t, w)
	}
	for _, line := range append([]string{asCryptoInBash}, r.before...) {
		at := terminal
		if beside, ok := strings.CutPrefix(line, "@ "); ok {
			at, line = w.Open("", 80).Terminal, beside
		}
		turn := w.Type(at, line)
		require.True(t, turn.Works() || turn.State == sim.Asks, "%s\n%s", line, turn.Text)
	}
	return w
}

// types types a half in a world, and returns a terminal with bash, and who is logged in at the tool.
func (r ready) types(t *testing.T, w *sim.World, tool string, script, lines []string) (sh int, user string) {
	sh, at := w.Open("", 80).Terminal, w.Open("", 80).Terminal
	w.Type(sh, asCryptoInBash)
	start := starts[tool]
	if r.start != "" && tool == "cmu" {
		start = r.start
	}
	w.Type(at, start)
	for _, text := range script {
		text = strings.ReplaceAll(text, "{line}", "{0}")
		for i, line := range lines {
			text = strings.ReplaceAll(text, fmt.Sprintf("{%d}", i), line)
		}
		terminal := at
		if rest, bash := strings.CutPrefix(text, "$ "); bash {
			terminal, text = sh, rest
		}
		turn := w.Type(terminal, text)
		require.True(t, turn.Works() || turn.State == sim.Asks, "%s\n%s", text, turn.Text)
		if terminal == at {
			user = turn.User
		}
	}
	return sh, user
}

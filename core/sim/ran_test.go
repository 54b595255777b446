package sim

import (
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/view"
)

// last returns what a terminal has run last.
func (p player) last() view.RanRow {
	rows := p.w.Ran(p.n, 0)
	return rows[len(rows)-1]
}

func TestWhatRanIsTakenDown(t *testing.T) {
	p := start(t, Options{Nodes: 2})
	ok, policy := int64(0), int64(0xb3)
	p.do("genECCKeyPair -i 14 -l one")
	got := p.last()
	calls := got.Calls
	require.Len(t, calls, 2)
	require.Equal(t, view.RanRow{ID: fmt.Sprint("ran-", got.Seq), Seq: got.Seq, Terminal: p.n, Line: "genECCKeyPair -i 14 -l one",
		Tool: "key_mgmt_util", Path: []string{"genECCKeyPair"}, Code: &ok, Calls: calls, Rows: []string{"key-6", "key-7"},
		User: "example_user"}, got)
	for _, c := range view.Calls(p.w.cluster, calls[0]-1) {
		require.Equal(t, p.w.lines, c.Command, "the calls are the line's")
	}
	p.do("genECCKeyPair -i 1 -l no")
	require.Equal(t, &policy, p.last().Code)
	require.Equal(t, "size", p.last().Refusal)
	require.Empty(t, p.last().Rows)
	p.do("genECCKeyPair -q")
	require.Equal(t, "unknown option", p.last().Refusal)
	p.do("deleteKey -k 6")
	require.Equal(t, []string{"key-6"}, p.last().Rows)
	p.do("genECCKeyPar -i 14 -l one")
	require.Empty(t, p.last().Path)
	p.do("hsm stop 1")
	require.Equal(t, []string{"hsm", "stop"}, p.last().Path)
	require.Equal(t, []string{"hsm-1"}, p.last().Rows)

	b := p.in()
	b.do("mkdir -p sub; false")
	require.Equal(t, view.RanRow{ID: b.last().ID, Seq: b.last().Seq, Terminal: b.n, Line: "mkdir -p sub; false", Tool: "bash",
		Path: []string{"mkdir"}, Status: 1, Calls: []int64{}, Rows: []string{"file-/home/ec2-user/sub"},
		Exits: []view.Exit{{Program: "mkdir"}}}, b.last())
	b.do("")
	require.Len(t, p.w.Ran(b.n, 0), 1)
	require.Equal(t, b.last(), p.w.Ran(-1, b.last().Seq-1)[0])
}

// A refusal of CloudHSM CLI is one also where no command is recognised.
func TestWhatNoCommandIsRefuses(t *testing.T) {
	p := start(t, Options{}).in()
	p.do("cloudhsm-cli interactive")
	for line, refusal := range map[string]string{"key frobnicate": "unknown command", "frobnicate": "unknown command",
		"key": "command missing", "key list --nope": "unknown option"} {
		p.do(line)
		require.Equal(t, refusal, p.last().Refusal, line)
	}
}

// Without a login there may be keys that cannot be used: that there are none would be untrue.
func TestKeysThatNobodyMayUseAreNotDenied(t *testing.T) {
	p := start(t, Options{})
	p.do("genECCKeyPair -i 14 -l one")
	p.do("logoutHSM")
	var said []string
	for _, n := range p.w.Type(p.n, "sign -f promise.txt").Notes {
		for _, part := range n.Parts {
			said = append(said, part.Text)
		}
	}
	require.Contains(t, strings.Join(said, ""), "a private key that signs, and there is none that can be used now.")
	require.Contains(t, strings.Join(said, ""), "Nobody is logged in")
}

// The lines of a pipe are lines too, and so is the start of a tool.
func TestWhatRanInAPipe(t *testing.T) {
	p := start(t, Options{}).in()
	p.do("printf 'loginHSM -u CU -s example_user -p aws\ngenSymKey -t 31 -s 32 -l k\n' | key_mgmt_util")
	var lines []string
	for _, r := range p.w.Ran(p.n, 0) {
		lines = append(lines, r.Tool+": "+r.Line)
	}
	require.Equal(t, []string{"key_mgmt_util: key_mgmt_util", "key_mgmt_util: loginHSM -u CU -s example_user -p ***",
		"key_mgmt_util: genSymKey -t 31 -s 32 -l k",
		"bash: printf 'loginHSM -u CU -s example_user -p *** genSymKey -t 31 -s 32 -l k' | key_mgmt_util"}, lines)
	p.do("key_mgmt_util singlecmd loginHSM -u CU -s example_user -p aws findKey -c 4")
	single := p.w.Ran(p.n, 0)[4]
	require.Equal(t, []string{"findKey"}, single.Path)
	require.Equal(t, "key_mgmt_util singlecmd loginHSM -u CU -s example_user -p *** findKey -c 4", single.Line)
	require.Zero(t, *single.Code)
}

// A command that CloudHSM CLI is started for is the tool's: its path and code, and nothing secret.
func TestASingleCommandIsTheTools(t *testing.T) {
	const with = "CLOUDHSM_ROLE=crypto-user CLOUDHSM_PIN=example_user:aws "
	for _, c := range []struct{ line, path, told, bash string }{
		{with + "cloudhsm-cli key list", "key list", "cloudhsm-cli key list", "cloudhsm-cli"},
		{with + "/opt/cloudhsm/bin/cloudhsm-cli key list --verbose", "key list", "cloudhsm-cli key list --verbose", "cloudhsm-cli"},
		{with + "sudo -E cloudhsm-cli key list", "key list", "cloudhsm-cli key list", "cloudhsm-cli"},
		{"sudo " + with + "cloudhsm-cli key list", "key list", "cloudhsm-cli key list", "cloudhsm-cli"},
		{"cloudhsm-cli user create --username ann --role crypto-user --password hunter22222", "user create", "cloudhsm-cli user create --username ann --role crypto-user --password ***", "cloudhsm-cli"},
		{"cloudhsm-cli user list", "user list", "cloudhsm-cli user list", "cloudhsm-cli"},
		{"cloudhsm-cli nothing", "", "cloudhsm-cli nothing", "cloudhsm-cli"},
	} {
		p := start(t, Options{}).in()
		p.do(c.line)
		rows := p.w.Ran(p.n, 0)
		require.Len(t, rows, 2, c.line)
		require.Equal(t, "cloudhsm-cli", rows[0].Tool)
		require.Equal(t, strings.TrimSpace(c.path), strings.Join(rows[0].Path, " "), c.line)
		require.Equal(t, c.told, rows[0].Line)
		require.NotNil(t, rows[0].Code, c.line)
		require.Equal(t, []string{c.bash}, rows[1].Path, c.line)
		for _, row := range rows {
			require.NotContains(t, row.Line, "example_user:aws")
			require.NotContains(t, row.Line, "hunter22222")
		}
		require.Equal(t, strings.HasSuffix(c.line, "list") || strings.HasSuffix(c.line, "verbose"), *rows[0].Code == 0, c.line)
	}
}

// No password is in what ran, wherever it was typed, not even one that was typed before it was one.
func TestNoSecretIsTakenDown(t *testing.T) {
	w := New(Options{})
	p := player{t, w, w.Open("", 80).Terminal}
	const secret = "Hunter2Hunter2"
	for _, line := range []string{
		"echo " + secret,
		"PASSWORD=" + secret + " true; export DB_PWD='" + secret + "'",
		"key_mgmt_util singlecmd loginHSM -u CU -s ann -p " + secret,
		"echo loginHSM CO admin " + secret + " | cat",
		"bash -c \"echo 'createUser CU ann " + secret + "'\"",
		"echo \"$(echo loginHSM -u CU -s a -p " + secret + ")\"",
		"cat <<E\nchangePswd CU ann " + secret + "\nE",
		"openssl enc -aes-256-cbc -k " + secret + " -in f; openssl rsa -passin pass:" + secret + " -in f; ./x -p " + secret,
		"./x --password=" + secret + " --password " + secret,
		"cloudhsm_mgmt_util /opt/cloudhsm/etc/cloudhsm_mgmt_util.cfg",
		"loginHSM CO admin password",
		"createUser CU ann " + secret, "y",
		"creatUser CU ann " + secret,
		"changePswd CU ann -hpswd", secret, secret, "y",
		"quit",
		"key_mgmt_util", "loginHSM -u CU -s ann -hpswd", secret, "loginHSM CU ann " + secret, "exit",
	} {
		for text := range strings.SplitSeq(line, "\n") {
			p.w.Type(p.n, text)
		}
	}
	rows := w.Ran(-1, 0)
	require.Greater(t, len(rows), 15)
	for _, r := range rows {
		require.NotContains(t, r.Line, secret)
	}
	require.NotContains(t, marshal(rows), secret)
	require.Equal(t, "echo ***", rows[0].Line)
}

// A line for bash that was typed into a tool is told as bash's own, and takes its words out of no other line.
func TestALineAtTheWrongPromptHidesNothingElse(t *testing.T) {
	p := start(t, Options{}).in()
	for _, line := range []string{"touch record.txt", "key_mgmt_util", "openssl dgst -verify pub.pem -signature record.sig record.txt", "openssl rsa -passin pass:Hunter2Hunter2",
		"sgin -f record.txt -k 7 -out record.sig", "openssl enc -aes-256-ecb -K $(xxd -p k.bin) -in record.txt"} {
		p.do(line)
	}
	var lines []string
	for _, r := range p.w.Ran(p.n, 0) {
		lines = append(lines, r.Line)
	}
	require.Equal(t, []string{"touch record.txt", "key_mgmt_util", "openssl dgst -verify pub.pem -signature record.sig record.txt", "openssl rsa -passin pass:***",
		"sgin -f *** -k 7 -out ***", "openssl enc -aes-256-ecb -K $(xxd -p k.bin) -in record.txt"}, lines)
}

func TestWhatRanIsBounded(t *testing.T) {
	w := New(Options{})
	p := player{t, w, w.Open("", 80).Terminal}
	q := p.in()
	q.do("echo the other")
	for i := range 600 {
		p.do(fmt.Sprint("echo ", i))
	}
	rows := w.Ran(p.n, 0)
	require.GreaterOrEqual(t, len(rows), ranMax-ranGone)
	require.LessOrEqual(t, len(rows), ranMax)
	require.Equal(t, "echo 599", rows[len(rows)-1].Line)
	require.Len(t, w.Ran(q.n, 0), 1)
	for range 2 * logsMax {
		p.in().do("echo " + strings.Repeat("x", 5000))
	}
	require.Len(t, w.ran.logs, logsMax)
	require.Less(t, len(p.w.Ran(-1, 0)[logsMax-1].Line), 1100)
}

// What happens by itself belongs to no line.
func TestWhatHappensByItselfIsNoLines(t *testing.T) {
	p := start(t, Options{Nodes: 2})
	p.do("hsm stop 1")
	p.do("genSymKey -t 31 -s 32 -l k")
	p.do("hsm start 1")
	p.w.Advance(10_000)
	require.Equal(t, []int{0, 1}, p.places(6))
	p.do("findKey")
	require.Empty(t, p.last().Rows)
	require.Equal(t, p.last().Calls[1]-p.last().Calls[0], int64(1))

	p.in().do("hsm delay 1 500ms")
	p.w.Type(p.n, "genSymKey -t 31 -s 32 -l slow")
	p.w.Advance(500)
	require.Equal(t, []string{"key-7"}, p.last().Rows, "what is waited for is the line's")
}

func TestWhatRanIsSaved(t *testing.T) {
	p := start(t, Options{})
	stored := p.w.Save()
	p.w.Changes()
	check := func() {
		store(stored, p.w.Changes())
		require.Equal(t, p.w.Save(), stored)
		w, err := Load(stored, Options{})
		require.NoError(t, err)
		require.Equal(t, p.w.Ran(-1, 0), w.Ran(-1, 0))
		player{t, w, p.n}.do("findKey")
		require.Equal(t, p.w.ran.seq+1, player{t, w, p.n}.last().Seq)
	}
	for i := range ranMax + ranPage {
		p.do("genSymKey -t 31 -s 32 -l k")
		if i%37 == 0 {
			check()
		}
	}
	check()
	p.in().do("echo more")
	check()
	require.Contains(t, stored, fmt.Sprint("ran/", p.n, "/", ranMax/ranPage))
	require.NotContains(t, stored, fmt.Sprint("ran/", p.n, "/0"))
	for row, text := range map[string]string{"ran/1/8": "[{}]", "ran/1/9": "{", "ran/x/1": "[]", "ran/7/0": `[{"seq":1,"terminal":8}]`,
		"ran/1/100": `[{"seq":1,"terminal":1}]`} {
		broken := maps.Clone(stored)
		broken[row] = text
		_, err := Load(broken, Options{})
		require.Error(t, err, row)
	}
}

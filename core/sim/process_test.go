package sim

import (
	"maps"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const logsIn = "loginHSM -u CU -s example_user -p aws"

// onInstance leaves a process the instance's files.
func onInstance(instance Host) Host { return instance }

func TestAProcessIsATool(t *testing.T) {
	w := New(Options{})
	p, r := w.Start("7-1", "key_mgmt_util", nil, onInstance)
	require.Equal(t, Ready, r.State)
	require.Equal(t, "Command:  ", r.Prompt)
	require.Contains(t, p.Line(logsIn).Text, "Cfm3LoginHSM returned: 0x00")
	r = p.Line("loginHSM -u CU -s example_user -hpswd")
	require.Equal(t, Asks, r.State)
	require.True(t, r.Hidden)
	require.Equal(t, Ready, p.Answer("aws").State)
	require.Equal(t, []string{"7-1"}, w.Processes())
	require.Equal(t, Closed, p.Line("exit").State)
	require.Empty(t, w.Processes())
}

// The end of the input is like quit (spec/cmu.md 1.3), at a question too; key_mgmt_util has no last
// word.
func TestTheEndOfInputOfAProcess(t *testing.T) {
	w := New(Options{})
	for _, lines := range [][]string{{}, {"server 0"}, {"loginHSM CO admin password", "createUser CU eve password1"}} {
		p, _ := w.Start("7-1", "cloudhsm_mgmt_util", []string{"/opt/cloudhsm/etc/cloudhsm_mgmt_util.cfg"}, onInstance)
		for _, line := range lines {
			p.Line(line)
		}
		r := p.End()
		require.Equal(t, Closed, r.State)
		require.Equal(t, "\ndisconnecting from servers, please wait...\n", r.Text)
		require.Empty(t, p.End().Text, "it is said once")
	}
	p, _ := w.Start("7-1", "key_mgmt_util", nil, onInstance)
	require.Empty(t, p.End().Text)
}

// A single command whose question is given up has no prompt to go back to.
func TestAQuestionOfASingleCommandIsGivenUp(t *testing.T) {
	w := New(Options{})
	for name, row := range map[string]struct {
		give   func(*Process) Reply
		status int
	}{"end": {(*Process).End, 1}, "Ctrl-C": {(*Process).Interrupt, 130}} {
		p, r := w.Start("7-1", "key_mgmt_util", strings.Fields("singlecmd loginHSM -u CU -s example_user -hpswd findKey"), onInstance)
		require.Equal(t, Asks, r.State, name)
		r = row.give(p)
		require.Equal(t, Reply{State: Closed, Status: row.status}, r, name)
	}
	p := start(t, Options{})
	p.do("exit")
	const single = "cloudhsm-cli login --username admin --role admin"
	require.Equal(t, "Enter password:1\n", p.do(single+" < /dev/null; echo $?").Text)
	require.Equal(t, Asks, p.w.Type(p.n, single).State)
	require.Equal(t, "$ ", p.w.Interrupt(p.n).Prompt)
	require.Equal(t, "130\n", p.do("echo $?").Text)
	require.Equal(t, Asks, p.w.Type(p.n, "key_mgmt_util singlecmd loginHSM -u CU -s example_user -hpswd findKey; echo $?").State)
	require.Equal(t, "$ ", p.w.End(p.n).Prompt)
}

// What is offered behind a single command is typed where it was started.
func TestASingleCommandOffersNoLineOfAPrompt(t *testing.T) {
	w := New(Options{})
	for line, want := range map[string]string{
		"singlecmd " + logsIn + " genSymKey -t 31 -s 31 -l a": "The HSM makes no AES key of size 31. AES keys have 16, 24 or 32 bytes.",
		"singlecmd findKey": "`singlecmd` takes a login and one command: `key_mgmt_util singlecmd loginHSM -u CU -s example_user -p aws findKey`.",
	} {
		_, r := w.Start("7-1", "key_mgmt_util", strings.Fields(line), onInstance)
		require.Equal(t, strings.ReplaceAll(want, "`", ""), noteText(Turn{Notes: r.Notes}), line)
	}
}

func TestThereIsNoSuchTool(t *testing.T) {
	p, r := New(Options{}).Start("7-1", "key_mgmt", nil, onInstance)
	require.Nil(t, p)
	require.Equal(t, Closed, r.State)
}

func TestSinglecmdEndsWithItsStatus(t *testing.T) {
	w := New(Options{})
	for line, status := range map[string]int{"listECCCurveIds": 0, "genECCKeyPair -i 13 -l x": 1} {
		args := append([]string{"singlecmd"}, strings.Fields(logsIn)...)
		_, r := w.Start("7-1", "key_mgmt_util", append(args, strings.Fields(line)...), onInstance)
		require.Equal(t, Closed, r.State)
		require.Equal(t, status, r.Status, line)
	}
}

func TestASavedWorldHoldsItsProcesses(t *testing.T) {
	w := New(Options{})
	p, _ := w.Start("7-1", "key_mgmt_util", nil, onInstance)
	p.Line(logsIn)
	p.Line("genSymKey -l mine -t 31 -s 32 -sess")

	w, err := Load(w.Save(), Options{})
	require.NoError(t, err)
	w, err = Load(w.Save(), Options{}) // also where another process has saved it
	require.NoError(t, err)
	require.Nil(t, w.Attach("7-2", onInstance))
	p = w.Attach("7-1", onInstance)
	require.Contains(t, p.Line("findKey -l mine").Text, "Total number of keys present 1")

	w.EndProcess("7-1")
	require.Empty(t, w.Processes())
	require.Empty(t, w.cluster.Nodes[0].HSM.Sessions)
}

func TestARowOfAProcessMayBeBad(t *testing.T) {
	w := New(Options{})
	rows := w.Save()
	maps.Copy(rows, map[string]string{"process/1": "{", "process/2": `{"tool":"none"}`, "process/3": `{"tool":"key_mgmt_util","state":"e30"}`})
	w, err := Load(sealed(rows), Options{})
	require.NoError(t, err)
	require.Empty(t, w.Processes())
}

func TestAWaitOfAProcess(t *testing.T) {
	w := New(Options{})
	w.Open("", 0)
	w.Type(1, "hsm stop 2")
	p, _ := w.Start("7-1", "key_mgmt_util", nil, onInstance)
	p.Line(logsIn)
	r := p.Line("genECCKeyPair -i 14 -l all -min_srv 3")
	require.Equal(t, Waits, r.State)
	require.Equal(t, r.State, p.Line("exit").State, "a line has to wait")
	w.Type(1, "hsm start 2")
	r = p.Poll()
	require.Equal(t, Ready, r.State)
	require.Contains(t, r.Text, "public key handle")

	w.Type(1, "hsm stop 2")
	p.Line("genECCKeyPair -i 14 -l never -min_srv 3")
	require.Contains(t, p.Interrupt().Text, "0x30000085")
	require.Contains(t, p.Line("findKey -l never").Text, "Total number of keys present 0")
}

func TestACommandThatBeganEarlierExpiresEarlier(t *testing.T) {
	w := New(Options{})
	w.Open("", 0)
	w.Type(1, "hsm stop 2")
	w.Advance(60_000)
	now, _ := w.Clock()
	p, _ := w.Start("7-1", "key_mgmt_util", nil, onInstance)
	p.Line(logsIn)
	w.Rewind(4_000)
	p.Line("genECCKeyPair -i 14 -l all -min_srv 3 -timeout 5")
	w.Advance(4_000)
	require.Equal(t, Waits, p.Poll().State)
	then, due := w.Clock()
	require.Equal(t, now, then)
	require.Equal(t, now+1_000, due)
	w.Advance(1_000)
	require.Contains(t, p.Poll().Text, "0x30000085")
}

func TestAnRSAKeyIsWork(t *testing.T) {
	w := New(Options{})
	p, _ := w.Start("7-1", "key_mgmt_util", nil, onInstance)
	p.Line(logsIn)
	r := p.Line("genRSAKeyPair -m 2048 -e 65537 -l rsa")
	require.Equal(t, Runs, r.State)
	require.True(t, p.Work(t.Context()))
	require.False(t, p.Work(t.Context()))
	require.Contains(t, p.Poll().Text, "Cfm3GenerateKeyPair returned: 0x00")
}

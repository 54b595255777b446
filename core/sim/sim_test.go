package sim

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/shell"
)

// player types lines into a world.
type player struct {
	t *testing.T
	w *World
	n int // the terminal
}

// start returns a player in a fresh world, logged in to key_mgmt_util.
func start(t *testing.T, o Options) player {
	w := New(o)
	p := player{t, w, w.Open("", 80).Terminal}
	p.login()
	return p
}

func (p player) login() {
	p.t.Helper()
	p.do("key_mgmt_util")
	require.Contains(p.t, p.do("loginHSM -u CU -s example_user -p aws").Text, "Cfm3LoginHSM returned: 0x00")
}

// do types a line that must not wait.
func (p player) do(line string) Turn {
	p.t.Helper()
	turn := p.w.Type(p.n, line)
	require.NotEqual(p.t, shell.Waits, turn.State, line)
	return turn
}

// in opens another terminal of the same world.
func (p player) in() player { return player{p.t, p.w, p.w.Open("", 80).Terminal} }

// places returns where a key is, by its handle.
func (p player) places(handle uint32) []int {
	for _, k := range p.w.Keys(0, p.n, 0, 0, "").Rows {
		if k.Handle == handle {
			return k.Nodes
		}
	}
	return nil
}

func TestSlowCloneIsOnTwoOfThreeHalfWay(t *testing.T) {
	p := start(t, Options{})
	p.in().do("hsm delay 2 500ms")
	turn := p.w.Type(p.n, "genECCKeyPair -i 14 -l slow")
	require.Equal(t, shell.Waits, turn.State)
	p.w.Advance(250)
	require.Equal(t, []int{0, 1}, p.places(7))
	rows := p.w.Cluster(0, 0).Rows
	require.Equal(t, []bool{false, false, true}, []bool{rows[0].Sync, rows[1].Sync, rows[2].Sync})
	require.Equal(t, []int{0, 0, 2}, []int{rows[0].Missing, rows[1].Missing, rows[2].Missing})
	p.w.Advance(250)
	require.Equal(t, []int{0, 1, 2}, p.places(7))
	require.Equal(t, shell.Ready, p.w.Terminals()[0].Now().State)
}

func TestPolicyRefusalLeavesEveryHSMUp(t *testing.T) {
	p := start(t, Options{})
	turn := p.do("genECCKeyPair -i 1 -l ecc1")
	require.Equal(t, int64(0xb3), *turn.Code)
	require.Contains(t, noteText(turn), "only how the tool words that")
	for _, n := range p.w.Cluster(0, 0).Rows {
		require.Equal(t, "up", n.State)
	}
}

// What the page gets of a refusal: no number that is not public, and none where no HSM was asked
// (spec/return-codes.md 1.1).
func TestOnlyPublicNumbersAreShown(t *testing.T) {
	p := start(t, Options{})
	turn := p.do("genECCKeyPair -i 2")
	require.Equal(t, int64(-1), *turn.Code)
	require.Equal(t, "genECCKeyPair failed.", turn.Said)
	p.do("exit")
	p.do("cloudhsm_mgmt_util /opt/cloudhsm/etc/cloudhsm_mgmt_util.cfg")
	turn = p.do("getMValue 3")
	require.Equal(t, int64(-1), *turn.Code)
	require.Equal(t, "getMValue failed: HSM Error: No user is logged in to do this operation.", turn.Said)
	p.do("loginHSM CU example_user aws")
	p.do("deleteUser CU user4")
	p.do("I")
	p.do("I")
	p.do("I")
	turn = p.do("hsm audit 0")
	require.Contains(t, turn.Text, "Response : ??:HSM Error: The current logged in user is not authorized to do this operation\n")
	require.Contains(t, noteText(turn), "no public source")
}

func noteText(turn Turn) string {
	var b strings.Builder
	for _, n := range turn.Notes {
		for _, part := range n.Parts {
			b.WriteString(part.Text)
		}
	}
	return b.String()
}

func TestWaitIsEndedFromAnotherTerminal(t *testing.T) {
	var heard []Turn
	p := start(t, Options{Listen: func(turn Turn) { heard = append(heard, turn) }})
	other := p.in()
	other.do("hsm stop 2")
	require.Equal(t, shell.Waits, p.w.Type(p.n, "genECCKeyPair -i 14 -l three -min_srv 3").State)
	require.Equal(t, []int{0, 1}, p.places(7))
	other.do("hsm start 2")
	last := heard[len(heard)-1]
	require.Equal(t, p.n, last.Terminal)
	require.Contains(t, last.Text, "public key handle: 6    private key handle: 7")
	require.Equal(t, []int{0, 1, 2}, p.places(7))
}

func TestInterruptedAndExpiredWaitsLeaveNoKey(t *testing.T) {
	p := start(t, Options{})
	p.in().do("hsm stop 2")
	require.Equal(t, shell.Waits, p.w.Type(p.n, "genECCKeyPair -i 14 -l three -min_srv 3").State)
	turn := p.w.Interrupt(p.n)
	require.Equal(t, shell.Ready, turn.State)
	require.Contains(t, turn.Text, "0x30000085 : HSM CLUSTER ERROR: Server in cluster is unavailable")
	require.Empty(t, p.w.Keys(0, p.n, 0, 0, "").Rows)

	require.Equal(t, shell.Waits, p.w.Type(p.n, "genECCKeyPair -i 14 -l three -min_srv 3 -timeout 5").State)
	require.True(t, p.w.Jump(p.n))
	require.Equal(t, shell.Ready, p.w.Terminals()[0].Now().State)
	require.Empty(t, p.w.Keys(0, p.n, 0, 0, "").Rows)
	now, _ := p.w.Clock()
	require.Equal(t, int64(5000), now)
}

func TestHopelessWaitCanBeGivenUp(t *testing.T) {
	p := start(t, Options{})
	require.Equal(t, shell.Waits, p.w.Type(p.n, "genECCKeyPair -i 2 -l four -min_srv 4").State)
	require.False(t, p.w.Jump(p.n))
	turn := p.w.GiveUp(p.n)
	require.Equal(t, shell.Ready, turn.State)
	require.Empty(t, p.w.Keys(0, p.n, 0, 0, "").Rows)
}

func TestRestartedHSMIsSynchronised(t *testing.T) {
	p := start(t, Options{})
	other := p.in()
	other.do("hsm stop 2")
	p.do("genECCKeyPair -i 14 -l late")
	require.Equal(t, []int{0, 1}, p.places(6))
	other.do("hsm start 2")
	require.Equal(t, []int{0, 1}, p.places(6))
	other.do("hsm clock +60s")
	require.Equal(t, []int{0, 1, 2}, p.places(6))
}

func TestHiddenAnswerAppearsNowhere(t *testing.T) {
	var heard []Turn
	w := New(Options{Listen: func(turn Turn) { heard = append(heard, turn) }})
	p := player{t, w, w.Open("", 80).Terminal}
	p.do("key_mgmt_util")
	turn := p.do("loginHSM -u CU -s example_user -hpswd")
	require.Equal(t, shell.Asks, turn.State)
	require.True(t, turn.Hidden)
	turn = p.do("n0t-the-one")
	require.Equal(t, int64(0xa3), *turn.Code)
	for _, said := range heard {
		require.NotContains(t, marshal(said), "n0t-the-one")
	}
	for _, row := range w.Save() {
		require.NotContains(t, row, "n0t-the-one")
	}
	require.NotContains(t, marshal(w.Cluster(0, 0)), "n0t-the-one")
	require.NotContains(t, marshal(w.TerminalsView()), "n0t-the-one")
}

func TestNextTellsTheFirstMinute(t *testing.T) {
	w := New(Options{})
	p := player{t, w, w.Open("", 80).Terminal}
	for _, want := range []string{
		"key_mgmt_util",
		"loginHSM -u CU -s example_user -p aws",
		"genECCKeyPair -i 14 -l ecc14",
		"getAttribute -o 7 -a 512 -out attr_7",
		"cat attr_7",
		"genECCKeyPair -i 1 -l ecc1",
		"exit",
		"hsm stop 2",
		"key_mgmt_util",
	} {
		require.Equal(t, want, w.Next(p.n)[0])
		p.do(want)
	}
	other := p.in()
	require.Contains(t, w.Next(other.n), "hsm start 2")
}

func TestVerbsCompleteAndExplainThemselves(t *testing.T) {
	w := New(Options{})
	p := player{t, w, w.Open("", 80).Terminal}
	line := "hsm st"
	c := w.Complete(p.n, line, len(line))
	var words []string
	for _, choice := range c.Choices {
		words = append(words, line[:c.From]+choice.Word)
	}
	require.Equal(t, []string{"hsm status", "hsm stop", "hsm start"}, words)
	require.Equal(t, "10.0.3.12, up", w.Complete(p.n, "hsm stop 2", 10).Choices[0].Means)
	require.Equal(t, "switches an HSM off", w.Explain(p.n, "hsm stop ", 9).Summary)
	require.Contains(t, noteText(p.do("hsm stpo 2")), "stop")
}

package sim

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/shell"
	"hsmplay/core/voice"
)

// noteIDs are those of a turn's notes.
func noteIDs(turn Turn) (ids []voice.ID) {
	for _, n := range turn.Notes {
		ids = append(ids, n.ID)
	}
	return ids
}

// A first success says what has happened, with the facts of this world, and a second nothing. Where
// something else is said, it waits for the next.
func TestAFirstSuccessIsTold(t *testing.T) {
	p := start(t, Options{})
	turn := p.do("genECCKeyPair -i 14 -l a")
	require.Contains(t, noteText(turn), "all 3 HSMs now, under the handles 6 for the public half and 7 for the private one")
	require.Empty(t, p.do("genECCKeyPair -i 14 -l b").Notes)
	other := p.in()
	other.do("hsm stop 2")
	require.Equal(t, []voice.ID{voice.NotEverywhere}, noteIDs(p.do("genSymKey -t 31 -s 32 -l c")))
	other.do("hsm start 2")
	p.w.Advance(60_000)
	require.Equal(t, []voice.ID{voice.HappenedSecret}, noteIDs(p.do("genSymKey -t 31 -s 32 -l d")))
	require.NotContains(t, noteIDs(p.do("sign -f nothing -k 7 -m 18 -out s")), voice.HappenedSign)
}

// Who asks for help, or starts an HSM that runs, has made nothing happen.
func TestHelpIsNoSuccess(t *testing.T) {
	p := start(t, Options{})
	file := p.in()
	for _, line := range []string{"hsm start 1", "hsm stop --help", "hsm clock --help", "openssl genrsa -help"} {
		require.Empty(t, file.do(line).Notes, line)
	}
	for _, line := range []string{"logoutHSM -h", "listUsers -h"} {
		require.Empty(t, p.do(line).Notes, line)
	}
	require.Equal(t, []voice.ID{voice.HappenedStop}, noteIDs(file.do("hsm stop 1")))
	require.Equal(t, []voice.ID{voice.HappenedStart}, noteIDs(file.do("hsm start 1")))
}

// What was told is known to the saved world and to a copy; a fresh cluster begins anew.
func TestWhatWasToldIsSaved(t *testing.T) {
	p := start(t, Options{})
	require.Empty(t, p.do("findKey").Notes, "no numbers are shown yet")
	p.do("genSymKey -t 31 -s 32 -l a")
	require.NotEmpty(t, p.do("findKey").Notes)
	w, err := Load(p.w.Save(), Options{})
	require.NoError(t, err)
	require.Empty(t, w.Type(p.n, "findKey").Notes)
	require.Empty(t, p.w.Fork().Type(p.n, "findKey").Notes)
	p.in().do("hsm new")
	p.do("loginHSM -u CU -s example_user -p aws")
	p.do("genSymKey -t 31 -s 32 -l a")
	require.NotEmpty(t, p.do("findKey").Notes)
}

// What a script types is not told of, nor what was piped in.
func TestScriptsAreToldNothing(t *testing.T) {
	w := New(Options{})
	p := player{t, w, w.Open("", 80).Terminal}
	turn := p.do(`printf 'loginHSM -u CU -s example_user -p aws\nfindKey\nexit\n' | key_mgmt_util`)
	require.NotContains(t, noteIDs(turn), voice.HappenedFind)
	p.do("hsm stop 1; hsm stop 2")
	require.NotContains(t, noteIDs(p.do("hsm start 1; hsm start 2")), voice.HappenedStart)
}

// approvalsOf types the lines that the notes to getToken offer, each in a new tab, and returns
// those with which users register.
func approvalsOf(t *testing.T, w *World, notes []shell.Note) (typed int, registers []string) {
	for _, n := range notes {
		for _, sentence := range voice.Sentences(n.Parts) {
			for _, line := range voice.Offers(sentence) {
				require.True(t, voice.InNewTab(sentence), line)
				turn := w.Type(w.Open("", 80).Terminal, line)
				require.True(t, turn.Works(), "%s: %s", line, turn.Text)
				typed++
			}
		}
		if n.ID == voice.ApprovalRegisters {
			registers = append(registers, n.Parts[1].Text)
		}
	}
	return typed, registers
}

// The lines that stand ready after getToken make an approval file that is accepted: first those
// that make and register the keys that are missing, then those that sign. They are for a new tab,
// also where the tool runs in another directory.
func TestLinesAfterGetTokenBringApprovals(t *testing.T) {
	for _, dir := range []string{"", "d"} {
		w := New(Options{Source: newKeys()})
		p := player{t, w, w.Open("", 80).Terminal}
		if dir != "" {
			p.do("mkdir d && cd d")
		}
		p.login()
		p.do("genECCKeyPair -i 2 -l contract -u 4,5 -m_value 2")
		turn := p.do("getToken -s 3 -u example_user -k 7 -f use.token")
		typed, registers := approvalsOf(t, w, turn.Notes)
		require.Equal(t, 2, typed, noteText(turn))
		require.Len(t, registers, 2)
		officer := p.in()
		officer.do(toCMU)
		for i, line := range registers {
			officer.do("loginHSM CU " + []string{"example_user", "user4"}[i] + " aws")
			officer.do(line)
			require.Contains(t, officer.do("y").Text, "success on server 2")
			officer.do("logoutHSM")
		}
		turn = p.do("getToken -s 3 -u example_user -k 7 -f use.token")
		typed, _ = approvalsOf(t, w, turn.Notes)
		require.Equal(t, 3, typed, noteText(turn))
		approve := turn.Notes[len(turn.Notes)-1].Parts[3].Text
		require.True(t, strings.HasPrefix(approve, "approveToken -f "), approve)
		require.Contains(t, p.do(approve).Text, "approveToken success")
		require.Contains(t, p.do("sign -f use.token -k 7 -m 17 -out s").Text, "0x00")
	}
}

// Officers get theirs, and Next shows them one by one.
func TestLinesAfterAnOfficersGetToken(t *testing.T) {
	w := New(Options{Source: newKeys()})
	p := player{t, w, w.Open("", 80).Terminal}
	file := p.in()
	for _, line := range []string{toCMU, asOfficer, "createUser CO officer1 password1", "y"} {
		p.do(line)
	}
	for i, name := range []string{"admin", "officer1"} {
		for _, step := range registered(name, "") {
			if step.Tab == inBash {
				file.do(step.Line)
			}
		}
		p.do("logoutHSM")
		p.do("loginHSM CO " + name + []string{" password", " password1"}[i])
		p.do("registerQuorumPubKey CO " + name + " " + name + ".reg " + name + ".reg.sig " + name + ".pub")
		p.do("y")
	}
	p.do("setMValue 3 2")
	p.do("y")
	turn := p.do("getToken 3 officer1 my.token")
	require.Equal(t, voice.ApprovalFile, turn.Notes[len(turn.Notes)-1].ID, noteText(turn))
	for range 3 {
		rows := w.Next(file.n)
		i := slices.IndexFunc(rows, func(row string) bool { return strings.Contains(row, "my.token") })
		require.GreaterOrEqual(t, i, 0, rows)
		require.True(t, file.do(rows[i]).Works())
	}
	require.Contains(t, w.Next(p.n), "approveToken approval.txt")
	require.Contains(t, p.do("approveToken approval.txt").Text, "approveToken success on server 2")
}

// Who pipes lines to a tool has them already: that nobody is logged in is no news, and would stand
// behind the login's answer.
func TestAToolInAPipeDoesNotSayHowToLogIn(t *testing.T) {
	w := New(Options{Source: newKeys()})
	p := player{t, w, w.Open("", 80).Terminal}
	for _, line := range []string{"echo loginHSM -u CU -s example_user -p aws | key_mgmt_util",
		"echo loginHSM CO admin password | " + toCMU} {
		require.NotContains(t, noteText(p.do(line)), "Nobody is logged in", line)
	}
	require.Contains(t, noteText(p.do("key_mgmt_util")), "Nobody is logged in")
}

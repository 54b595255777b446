package lesson

import (
	"math/rand/v2"
	"slices"

	"hsmplay/core/sim"
)

// The noise of the proof: what somebody else does in the world at the same time, in a tab of his
// own. No lesson may name what begins with noise, or user6, who does it.

// noiseStart are the lines with which the tabs of the noise begin.
var noiseStart = [][]string{
	{"key_mgmt_util", "loginHSM -u CU -s user6 -p aws"},
	{"mkdir -p noise", "echo noise > noise/a"},
}

// noisePool are lines by the tab of the noise that they go to.
var noisePool = [][]string{
	{
		"genECCKeyPair -i 14 -l noise-pair", "genECCKeyPair -i 2 -l noise-p256", "genSymKey -t 31 -s 32 -l noise-aes",
		"genSymKey -t 31 -s 16 -l noise-aes16", "genSymKey -t 31 -s 32 -l noise-sess -sess", "genSymKey -t 16 -s 32 -l noise-generic", "findKey", "findKey -c 4",
		"listUsers", "getHSMInfo", "loginStatus", "listECCCurveIds", "help genSymKey", "genECCKeyPair -h",
		"findKey -l noise-aes", "error2String -r 0xb3", "listAttributes",
	},
	{
		"ls", "date", "echo noise > noise/a", "cat noise/a", "openssl rand -hex 16 > noise/random", "openssl ecparam -name prime256v1 -genkey -out noise/key.pem",
		"rm -f noise/random", "hsm status", "hsm audit 0", "cp noise/a noise/b", "history", "pwd", "wc -c noise/a",
	},
}

// noise is somebody else at work.
type noise struct {
	world  *sim.World
	tabs   []int
	chance *rand.Rand
}

// newNoise begins to work in a world. The same seed does the same.
func newNoise(w *sim.World, seed uint64) *noise {
	n := &noise{world: w, chance: rand.New(rand.NewPCG(seed, 0x6e6f697365))}
	for _, start := range noiseStart {
		terminal := w.Open("", columns).Terminal
		for _, line := range start {
			w.Type(terminal, line)
		}
		n.tabs = append(n.tabs, terminal)
	}
	return n
}

// make types some lines.
func (n *noise) make(count int) {
	for range count {
		tab := n.chance.IntN(len(n.tabs))
		n.world.Type(n.tabs[tab], noisePool[tab][n.chance.IntN(len(noisePool[tab]))])
	}
}

// noiseLines is how many lines of noise there are around the lines of a row of the proof.
const noiseLines = 20

// between makes noise before each of some lines, which are then typed.
func (n *noise) between(s *stage, lines []string, bound func() names) (text string) {
	each := max(1, noiseLines/max(1, len(lines)))
	for line := range slices.Values(lines) {
		n.make(each)
		text += s.typed(bound().fill(line)).Text
	}
	for _, terminal := range s.tabs {
		s.passTime(terminal)
	}
	return text
}

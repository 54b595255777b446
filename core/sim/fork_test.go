package sim

import (
	"fmt"
	"maps"
	mathrand "math/rand/v2"
	"runtime"
	"slices"
	"strconv"
	"testing"
	"testing/cryptotest"

	"github.com/stretchr/testify/require"
)

func TestForkGoesItsOwnWay(t *testing.T) {
	p := start(t, Options{})
	p.do("genECCKeyPair -i 14 -l one")
	fork := p.w.Fork()
	player{t, fork, p.n}.do("deleteKey -k 6")
	require.Len(t, fork.Keys(0, p.n, 0, 0, "").Rows, 1)
	require.Len(t, p.w.Keys(0, p.n, 0, 0, "").Rows, 2)
}

// A fork and its origin never touch each other: random lines on both in turn say and leave what the
// same lines say and leave in a world where the other stands still.
func TestAForkAndItsOriginNeverTouch(t *testing.T) {
	seeds := 6 * fromEnvironment("HSMPLAY_SOAK", 1)
	if runtime.GOOS == "js" {
		seeds = 1
	}
	_, err := oneKey.RSA(t.Context(), 2048)
	require.NoError(t, err) // the first call takes from the chance that the worlds share
	for seed := range seeds {
		t.Run("seed "+strconv.Itoa(seed), func(t *testing.T) {
			both, fork := twins(t, seed)
			still, alone := twins(t, seed)
			for i := range 60 {
				both.step(t, i)
				fork.step(t, i)
				still.step(t, i)
			}
			for i := range 60 {
				alone.step(t, i)
			}
			require.Equal(t, still.heard, both.heard, "the origin beside a busy fork")
			require.Equal(t, alone.heard, fork.heard, "the fork beside a busy origin")
			require.Empty(t, differing(still.w, both.w))
			require.Empty(t, differing(alone.w, fork.w))
			require.Equal(t, still.w.Cluster(0, 0), both.w.Cluster(0, 0))
			require.Equal(t, alone.w.Cluster(0, 0), fork.w.Cluster(0, 0))
		})
	}
}

// differing returns the names of the saved rows in which two worlds differ.
func differing(a, b *World) (names []string) {
	before, after := a.Save(), b.Save()
	for _, name := range slices.Sorted(maps.Keys(after)) {
		if before[name] != after[name] {
			names = append(names, name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(before)) {
		if _, there := after[name]; !there {
			names = append(names, name)
		}
	}
	return names
}

// twin is a world that random lines are typed in.
type twin struct {
	*trio
	chance *mathrand.Rand
}

// twins returns a world in which something has happened, and a fork of it: each time the same for a
// seed.
func twins(t *testing.T, seed int) (origin, fork twin) {
	cryptotest.SetGlobalRandom(t, uint64(seed))
	d := newTrio(t, 2+seed%3)
	r := mathrand.New(mathrand.NewPCG(uint64(seed), 1))
	for range 30 {
		d.random(r)
	}
	d.heard = []Turn{}
	f := *d
	f.w = d.w.Fork()
	t.Cleanup(f.w.Shut)
	t.Cleanup(d.w.Shut)
	return twin{d, mathrand.New(mathrand.NewPCG(uint64(seed), 2))}, twin{&f, mathrand.New(mathrand.NewPCG(uint64(seed), 3))}
}

// step types a random line; key material is the same each time.
func (w twin) step(t *testing.T, i int) {
	cryptotest.SetGlobalRandom(t, uint64(i))
	w.random(w.chance)
	if i%6 == 0 { // a wrong password changes a user
		w.line(w.shell, fmt.Sprintf("key_mgmt_util singlecmd loginHSM -u CU -s user%d -p wrong", 4+w.chance.IntN(3)))
	}
}

// A fork of a world in which something waits is at its prompts, without what is half made.
func TestAForkLeavesWaitsBehind(t *testing.T) {
	p := start(t, Options{})
	other := p.in()
	other.do("hsm stop 2")
	p.w.Type(p.n, "genECCKeyPair -i 14 -l three -min_srv 3")
	require.Equal(t, Waits, p.w.Now(p.n).State)
	fork := p.w.Fork()
	require.Equal(t, "Command:  ", fork.Now(p.n).Prompt)
	require.Equal(t, Ready, fork.Now(p.n).State)
	require.Empty(t, fork.Keys(0, p.n, 0, 0, "").Rows)
	q := player{t, fork, p.n}
	require.Contains(t, q.do("genSymKey -t 31 -s 32 -l mine").Text, "Handle: 6")
	require.Equal(t, []int{0, 1}, p.places(7), "the origin goes on waiting")
	player{t, p.w, other.n}.do("hsm start 2")
	require.Equal(t, Ready, p.w.Now(p.n).State)
}

// What a fork holds of its origin: who is logged in, also with a password that an HSM asks for
// later; chance, numbers, directory, variables, functions, history; nothing of a tool that no
// terminal stands at.
func TestWhatAForkTakesAlong(t *testing.T) {
	p := start(t, Options{})
	shell := p.in()
	shell.do("mkdir sub; cd sub; x=hello; f() { echo $x; }")
	fork := p.w.Fork()
	q, s := player{t, fork, p.n}, player{t, fork, shell.n}
	require.Equal(t, "hello\n/home/ec2-user/sub\n", s.do("f; pwd").Text)
	require.Equal(t, shell.do("echo $RANDOM $RANDOM").Text, s.do("echo $RANDOM $RANDOM").Text)
	require.Equal(t, p.w.Open("", 80).Terminal, fork.Open("", 80).Terminal)
	s.do("hsm stop 0")
	s.do("hsm start 0")
	require.Contains(t, q.do("genSymKey -t 31 -s 32 -l k").Text, "Node id 0 and err state 0x00000000")
	require.Equal(t, []string{"loginHSM -u CU -s example_user -p aws", "genSymKey -t 31 -s 32 -l k"}, fork.Terminals()[0].History())
}

func BenchmarkFork(b *testing.B) {
	w, _ := full(b, 3, 3300)
	for b.Loop() {
		w.Fork()
	}
}

// A fork of a fork whose terminals nobody has used stands as the first one does.
func TestAForkOfAFork(t *testing.T) {
	p := start(t, Options{})
	p.do("genSymKey -t 31 -s 32 -l k -sess")
	first := p.w.Fork()
	second := first.Fork()
	require.Empty(t, differing(first, second))
	require.Contains(t, player{t, second, p.n}.do("findKey -sess 1").Text, "Total number of keys present 1")
	require.Contains(t, player{t, first, p.n}.do("deleteKey -k 6").Text, "0x00")
	require.Contains(t, player{t, second, p.n}.do("getKeyInfo -k 6").Text, "0x00")
	first.Close(p.n)
	require.Empty(t, first.cluster.Node(0).HSM.Sessions)
	require.Len(t, second.cluster.Node(0).HSM.Sessions, 1)
}

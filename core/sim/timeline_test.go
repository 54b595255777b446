package sim

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// timed is a player whose world has a timeline.
type timed struct {
	player
	line *Timeline
}

func withTimeline(t *testing.T, o Options) *timed {
	p := start(t, o)
	return &timed{p, NewTimeline(p.w)}
}

// do types lines, each of which is a point.
func (p *timed) do(lines ...string) {
	for _, line := range lines {
		p.player.do(line)
		p.line.Take(p.w)
	}
}

// to goes to a point.
func (p *timed) to(id int64) {
	p.t.Helper()
	old := p.w
	next, err := p.line.Go(p.w, id)
	require.NoError(p.t, err)
	p.w = next
	old.Shut()
}

// saved is the world as a new host would save it.
func (p *timed) saved() map[string]string {
	f := p.w.Fork()
	defer f.Shut()
	rows := f.Save()
	return rows
}

func (p *timed) at() int64 { return p.line.View(0, 1).At }

// Going back and forth gives the very worlds that were there, in whatever order they are visited,
// and also after others have gone on from them.
func TestAJumpGivesTheVeryWorldOfThePoint(t *testing.T) {
	p := withTimeline(t, Options{})
	then := map[int64]map[string]string{p.at(): p.saved()}
	for _, line := range []string{
		"genECCKeyPair -i 14 -l one", "genSymKey -t 31 -s 32 -l two -sess", "deleteKey -k 7", "deleteKey -k 99", "logoutHSM",
		"loginHSM -u CU -s user4 -p aws", "exit", "x=5; cd /tmp; f() { echo $x; }", "echo hello > file", "hsm stop 1", "hsm new --nodes 2",
		"key_mgmt_util", "loginHSM -u CU -s example_user -p aws", "genSymKey -t 31 -s 16 -l new",
	} {
		p.do(line)
		then[p.at()] = p.saved()
	}
	require.Len(t, then, 15)
	for _, id := range []int64{1, 15, 3, 2, 14, 9, 10, 11, 12, 4, 5, 6, 7, 8, 13, 15} {
		p.to(id)
		require.Equal(t, then[id], p.saved(), "point %d", id)
	}
	p.to(3)
	p.do("genSymKey -t 31 -s 32 -l elsewhere")
	p.to(15)
	require.Equal(t, then[15], p.saved())
	p.to(10)
	require.Equal(t, "5\n", p.player.do("f").Text, "functions and variables come back")
}

func TestBothFuturesStay(t *testing.T) {
	p := withTimeline(t, Options{})
	p.do("genSymKey -t 31 -s 32 -l one", "genSymKey -t 31 -s 32 -l two")
	fork := p.at() - 1
	p.to(fork)
	require.Equal(t, "Command:  ", p.w.Now(p.n).Prompt)
	p.do("genSymKey -t 31 -s 32 -l three")
	v := p.line.View(0, 10)
	require.Equal(t, []string{"genSymKey -t 31 -s 32 -l three", "genSymKey -t 31 -s 32 -l one", ""}, lines(v.Points))
	require.Len(t, v.Branches, 1)
	require.Equal(t, BranchRow{ID: 1, From: fork, More: 1, Last: v.Branches[0].Last}, v.Branches[0])
	require.Equal(t, 1, v.Points[1].Ahead)
	p.to(v.Branches[0].Last.ID)
	require.Equal(t, []string{"genSymKey -t 31 -s 32 -l two", "genSymKey -t 31 -s 32 -l one", ""}, lines(p.line.View(0, 10).Points))
	require.Contains(t, p.player.do("findKey -l two").Text, "Total number of keys present 1")

	o, err := p.line.Differs(p.line.View(0, 1).Branches[0].Last.ID, p.at())
	require.NoError(t, err)
	require.Equal(t, []Change{{ID: "key-7", Kind: "key", How: "changed", Name: "7", Says: `AES secret "two", on HSM 0 1 2`}}, o.Rows)
	require.Equal(t, []string{"genSymKey -t 31 -s 32 -l three"}, lines(o.Undone))
	require.Equal(t, []string{"genSymKey -t 31 -s 32 -l two"}, lines(o.Done))
}

func lines(rows []PointRow) (list []string) {
	for _, r := range rows {
		list = append(list, r.Line)
	}
	return list
}

func TestAPointSaysWhatItsCommandHasDone(t *testing.T) {
	p := withTimeline(t, Options{})
	for _, c := range []struct{ line, says string }{
		{"genECCKeyPair -i 14 -l pair", "Made keys 6 and 7."},
		{"findKey", "Nothing has changed."},
		{"genECCKeyPair -i 1 -l ecc1", "Refused: the size or curve is not allowed."},
		{"deleteKey -k 99", "Refused: "},
		{"deleteKey -k 6", "Removed key 6."},
		{"exit", "Logged example_user out."},
		{"key_mgmt_util", "Nothing has changed."},
		{"loginHSM -u CU -s example_user -p no", "0xa3 : HSM Error: RET_USER_LOGIN_FAILURE. Changed user example_user."},
		{"loginHSM -u CU -s example_user -p aws", "Logged example_user in."},
		{"exit", "Logged example_user out."},
		{"echo x > out.txt", "Made file out.txt."},
		{"hsm stop 2", "Changed HSM 2."},
	} {
		p.do(c.line)
		require.Contains(t, p.line.View(0, 1).Points[0].Says, c.says, c.line)
	}
	o, err := p.line.Differs(1, p.at())
	require.NoError(t, err)
	require.Len(t, o.Done, 12)
	require.NotEmpty(t, o.Audit)
	require.Contains(t, o.Audit[0].Texts, "CN_GENERATE_KEY_PAIR")
	require.Contains(t, o.Audit[0].Texts, "CN_GENERATE_KEY_PAIR (refused)")
	require.Equal(t, "hsm-2", o.Rows[0].ID)
}

// A question and a wait are no points, and nobody jumps away from them; what was done beside the
// terminals is not lost by a jump.
func TestQuestionsAndWaitsAreNoPoints(t *testing.T) {
	p := withTimeline(t, Options{})
	other := p.in()
	other.do("hsm stop 2")
	p.line.Take(p.w)
	at := p.at()
	p.w.Type(p.n, "genECCKeyPair -i 14 -l three -min_srv 3")
	require.False(t, p.line.Take(p.w))
	_, err := p.line.Go(p.w, 1)
	require.ErrorIs(t, err, ErrBusy)
	require.Equal(t, at, p.at())
	p.w.Interrupt(p.n)
	p.line.Take(p.w)
	require.NoError(t, p.w.Write("/home/ec2-user/put", []byte("by hand")))
	p.to(1)
	require.Equal(t, "", p.line.View(0, 1).Branches0(t))
}

// Branches0 fails where there is no other way: the view of a test that goes to the beginning.
func (v TimelineView) Branches0(t *testing.T) string {
	require.Equal(t, "Made file put.", v.Points[0].Says)
	return v.Points[0].Line
}

func TestATimelineIsBounded(t *testing.T) {
	tl := &Timeline{}
	tl.now = &branch{id: 1}
	tl.branches = []*branch{tl.now}
	for range 30_000 {
		tl.add(&point{root: &root{}})
	}
	require.InDelta(t, pointsMax+(30_000-pointsMax)/thinned, len(tl.now.points), thinned)
	require.Equal(t, int64(1), tl.now.points[0].ID)
	for i, p := range tl.now.points[:500] {
		require.Equal(t, thinned*i, p.Depth)
	}
	for range 70_000 {
		tl.add(&point{root: &root{}})
	}
	require.LessOrEqual(t, len(tl.now.points), 2*pointsMax+2*thinned)
	require.Equal(t, int64(1), tl.now.points[0].ID, "the beginning stays")
	for i := range 20 {
		tl.at = tl.now.points[len(tl.now.points)-10-i]
		tl.add(&point{root: &root{}})
	}
	require.Len(t, tl.branches, branchesMax)
}

// Calls are remembered by the newest points alone: a long session would keep all that there ever
// were.
func TestOldPointsKeepNoCalls(t *testing.T) {
	p := withTimeline(t, Options{})
	for range pointsMax + thinned {
		p.do("loginStatus")
	}
	points := p.line.now.points
	require.Empty(t, points[0].root.cluster.Events(0))
	require.NotEmpty(t, points[len(points)-1].root.cluster.Events(0))
	last := points[0].root.cluster.LastEvent()
	p.to(points[0].ID)
	require.GreaterOrEqual(t, p.w.cluster.LastEvent(), last)
}

// A password that was typed where anybody sees it is known for one only later: then no point has it
// in what it tells, and none in what a jump brings back to what ran.
func TestNoPointKeepsAPasswordThatTheWorldHides(t *testing.T) {
	p := withTimeline(t, Options{})
	p.do("exit", "Unlikely-Pa55", "/opt/cloudhsm/bin/cloudhsm_mgmt_util /opt/cloudhsm/etc/cloudhsm_mgmt_util.cfg", "loginHSM CO admin password")
	typed := p.at() - 2
	require.Contains(t, fmt.Sprint(p.w.Ran(-1, 0)), "Unlikely-Pa55")
	p.player.do("createUser CU some Unlikely-Pa55")
	p.do("y")
	require.NotContains(t, fmt.Sprint(p.w.Ran(-1, 0)), "Unlikely-Pa55")
	require.NotContains(t, fmt.Sprint(p.line.View(0, 100)), "Unlikely-Pa55")
	p.to(typed)
	require.NotContains(t, fmt.Sprint(p.w.Ran(-1, 0)), "Unlikely-Pa55")
	require.True(t, strings.Contains(fmt.Sprint(p.line.View(0, 100)), "createUser"))
}

// What a pair costs with its point, 200 pairs and their points being there.
func TestAPairCostsFewBytes(t *testing.T) {
	if runtime.GOOS == "js" {
		t.Skip("the heap is measured natively")
	}
	p := withTimeline(t, Options{})
	for i := range 200 {
		p.do(fmt.Sprintf("genECCKeyPair -i 14 -l pair%d", i))
	}
	before := inUse()
	for i := range 100 {
		p.do(fmt.Sprintf("genECCKeyPair -i 14 -l more%d", i))
	}
	each := (inUse() - before) / 100
	t.Logf("%d bytes", each)
	require.Less(t, each, 64<<10)
	runtime.KeepAlive(p)
}

// inUse is how much of the heap is used.
func inUse() int {
	var m runtime.MemStats
	runtime.GC()
	runtime.GC()
	runtime.ReadMemStats(&m)
	return int(m.HeapAlloc)
}

// longLine is a world with 500 commands and 200 pairs.
func longLine(b *testing.B) (*World, *Timeline) {
	w := New(Options{})
	n := w.Open("", 80).Terminal
	tl := NewTimeline(w)
	for _, line := range []string{"key_mgmt_util", "loginHSM -u CU -s example_user -p aws"} {
		w.Type(n, line)
		tl.Take(w)
	}
	for i := range 500 {
		line := fmt.Sprintf("genECCKeyPair -i 14 -l pair%d", i)
		if i >= 200 {
			line = "listUsers"
		}
		w.Type(n, line)
		tl.Take(w)
	}
	return w, tl
}

func BenchmarkJump(b *testing.B) {
	w, tl := longLine(b)
	ids := []int64{100, 480}
	for i := 0; b.Loop(); i++ {
		next, err := tl.Go(w, ids[i%2])
		if err != nil {
			b.Fatal(err)
		}
		w = next
	}
}

func BenchmarkPoint(b *testing.B) {
	w, tl := longLine(b)
	for b.Loop() {
		w.machine.Do(func() { w.root(tl.at.root) })
	}
}

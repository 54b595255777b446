package sim

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// lineStore keeps a timeline as a host does.
type lineStore struct {
	rows   map[string]string
	worlds map[int64]KeptWorld
	bytes  []int // of the worlds, as they came
	hidden []string
}

// keep takes over all that has changed.
func (s *lineStore) keep(t *Timeline) {
	if s.rows == nil {
		s.rows, s.worlds = map[string]string{}, map[int64]KeptWorld{}
	}
	for more := true; more; {
		k := t.Kept(7)
		for _, w := range k.Worlds {
			s.worlds[w.ID] = w
			s.bytes = append(s.bytes, len(marshal(w.Rows)))
		}
		for _, id := range k.Gone {
			s.drop(id)
		}
		for name, row := range k.Rows {
			if row == nil {
				delete(s.rows, name)
			} else {
				s.rows[name] = *row
			}
		}
		s.hidden = append(s.hidden, k.Hidden...)
		for _, secret := range k.Hidden {
			s.hide(secret)
		}
		more = k.More
	}
}

func (s *lineStore) ids() []int64 { return slices.Sorted(maps.Keys(s.worlds)) }

// drop puts what a point's rows say into the next point's.
func (s *lineStore) drop(id int64) {
	ids := s.ids()
	gone := s.worlds[id]
	if i := slices.Index(ids, id); i+1 < len(ids) && !s.worlds[ids[i+1]].Whole {
		next := s.worlds[ids[i+1]]
		rows := maps.Clone(gone.Rows)
		maps.Copy(rows, next.Rows)
		next.Rows, next.Whole = rows, gone.Whole
		s.worlds[next.ID] = next
	}
	delete(s.worlds, id)
}

func (s *lineStore) hide(secret string) {
	for _, w := range s.worlds {
		for name, row := range w.Rows {
			if row != nil && isRow(name, rowRan) {
				hidden := strings.ReplaceAll(*row, secret, "***")
				w.Rows[name] = &hidden
			}
		}
	}
}

// world is a point's world.
func (s *lineStore) world(id int64) map[string]string {
	rows := map[string]string{}
	ids := s.ids()
	last := slices.Index(ids, id)
	first := last
	for first > 0 && !s.worlds[ids[first]].Whole {
		first--
	}
	for _, id := range ids[first : last+1] {
		for name, row := range s.worlds[id].Rows {
			if row == nil {
				delete(rows, name)
			} else {
				rows[name] = *row
			}
		}
	}
	return rows
}

// reload is the player in a new host, with the timeline as it was kept.
func (s *lineStore) reload(t *testing.T, p *timed) *timed {
	rows := p.w.Save()
	var kept map[string]string
	require.NoError(t, json.Unmarshal([]byte(marshal(s.rows)), &kept))
	w, err := Load(rows, Options{})
	require.NoError(t, err)
	t.Cleanup(w.Shut)
	again := &timed{player{t, w, p.n}, NewTimeline(w)}
	require.NoError(t, again.line.Join(kept))
	return again
}

// recalled goes to a point whose world is away or not.
func (p *timed) recalled(s *lineStore, id int64) {
	p.t.Helper()
	for _, away := range p.line.Away(id) {
		require.NoError(p.t, p.line.Recall(p.w, away, s.world(away)))
	}
	p.to(id)
}

// sameWorld compares two worlds row by row. Slots of keys that are gone, behind the last key, are not
// there any more after loading.
func sameWorld(t *testing.T, want, got map[string]string, p *point) {
	t.Helper()
	for name := range merge(want, got) {
		is := [2]string{want[name], got[name]}
		for i, row := range is {
			if strings.Contains(name, "/keys/") {
				is[i] = strings.TrimRight(strings.TrimSuffix(row, "]"), ",nul[")
			}
		}
		if name != rowSum && is[0] != is[1] {
			require.Equal(t, is[0], is[1], "row %s of point %d: %s", name, p.ID, p.Line)
		}
	}
}

func merge(a, b map[string]string) map[string]string {
	all := maps.Clone(a)
	maps.Copy(all, b)
	return all
}

// random types a random line of a session, mostly one that changes something.
func (p *timed) random(chance *rand.Rand) {
	handle := 6 + chance.IntN(12)
	all := []string{
		fmt.Sprintf("genSymKey -t 31 -s 32 -l key%d", chance.IntN(99)), "genECCKeyPair -i 14 -l pair", fmt.Sprintf("deleteKey -k %d", handle),
		"genSymKey -t 31 -s 16 -l short -sess", fmt.Sprintf("getAttribute -o %d -a 512 -out attr_%d", handle, chance.IntN(3)), "findKey", "listUsers", "info",
		fmt.Sprintf("shareKey -k %d -u 4 -y 1", handle), "exit", "hsm stop 2", "hsm start 2", "echo $RANDOM > file", "rm file", "f() { echo 5; }; x=7", "cd /tmp",
		"hsm backup", "key_mgmt_util", "loginHSM -u CU -s example_user -p aws",
	}
	line := all[chance.IntN(len(all))]
	if chance.IntN(3) == 0 {
		p.do("key_mgmt_util", "loginHSM -u CU -s example_user -p aws")
	}
	p.do(line)
}

// Whatever is done, and wherever one goes on: after a reload each point that is left has the world
// that it had, on whatever branch, also after more has been done and another reload.
func TestAKeptTimelineGivesTheVeryWorlds(t *testing.T) {
	rounds := 2
	if testing.Short() || runtime.GOOS == "js" {
		rounds = 1
	}
	for seed := range uint64(rounds) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			chance := rand.New(rand.NewPCG(seed, 7))
			p := withTimeline(t, Options{Seed: seed})
			store := &lineStore{}
			then := map[int64]map[string]string{}
			note := func() {
				if then[p.at()] == nil {
					then[p.at()] = p.saved()
				}
			}
			note()
			for range 3 {
				for range 25 {
					p.random(chance)
					note()
					if chance.IntN(4) == 0 {
						store.keep(p.line)
					}
					if chance.IntN(8) == 0 {
						ids := slices.Sorted(maps.Keys(then))
						id := ids[chance.IntN(len(ids))]
						if _, there := p.line.find(id); there != nil {
							p.recalled(store, id)
						}
					}
				}
				store.keep(p.line)
				require.Equal(t, store.ids(), slices.Sorted(maps.Keys(p.line.points())))
				p = store.reload(t, p)
				p.do("true")
				for _, b := range p.line.branches {
					for _, pt := range b.points {
						if pt.root != nil {
							continue
						}
						p.recalled(store, pt.ID)
						if want := then[pt.ID]; want != nil {
							sameWorld(t, want, p.saved(), pt)
						}
					}
				}
				then[p.at()] = p.saved()
			}
		})
	}
}

// Of a long line old points are thinned out: what is left in the store gives the worlds all the
// same, and the store is bounded.
func TestAThinnedTimelineKeepsItsWorlds(t *testing.T) {
	if runtime.GOOS == "js" {
		t.Skip("a thousand commands take long there")
	}
	p := withTimeline(t, Options{})
	store := &lineStore{}
	then := map[int64]map[string]string{}
	p.do("exit")
	for i := range pointsMax + 2*thinned + 20 {
		p.do(fmt.Sprintf("echo %d > file%d", i, i%3))
		if i < 3*thinned || i%100 == 0 {
			then[p.at()] = p.saved()
		}
		if i%9 == 0 {
			store.keep(p.line)
		}
	}
	store.keep(p.line)
	left := store.ids()
	require.Equal(t, left, slices.Sorted(maps.Keys(p.line.points())))
	require.Less(t, len(left), pointsMax+2*thinned)
	p = store.reload(t, p)
	compared := 0
	for _, id := range left {
		if then[id] != nil {
			p.recalled(store, id)
			sameWorld(t, then[id], p.saved(), p.line.at)
			compared++
		}
	}
	require.Greater(t, compared, 5)
	held := 0
	for _, pt := range p.line.points() {
		if pt.root != nil {
			held++
		}
	}
	require.LessOrEqual(t, held, recalledMax+1)
}

// Going on after a reload is a branch where the world stood in the middle, and goes on where it
// stood at the end; both futures are there after another reload. What was done beside the terminals
// is a point.
func TestOneGoesOnAfterAReload(t *testing.T) {
	p := withTimeline(t, Options{})
	store := &lineStore{}
	p.do("genSymKey -t 31 -s 32 -l one", "genSymKey -t 31 -s 32 -l two")
	store.keep(p.line)
	p = store.reload(t, p)
	require.Equal(t, int64(3), p.at())
	require.Equal(t, 3, p.line.View(0, 9).Total, "the world as it was found is the point where it stood")
	p.do("genSymKey -t 31 -s 32 -l three")
	require.Equal(t, []string{"genSymKey -t 31 -s 32 -l three", "genSymKey -t 31 -s 32 -l two", "genSymKey -t 31 -s 32 -l one", ""}, lines(p.line.View(0, 9).Points))
	require.Equal(t, 3, p.line.View(0, 1).Points[0].Depth)
	p.recalled(store, 2)
	store.keep(p.line)
	p = store.reload(t, p)
	p.do("genSymKey -t 31 -s 32 -l other")
	store.keep(p.line)
	require.NoError(t, p.w.Write("/home/ec2-user/put", []byte("by hand")))
	p = store.reload(t, p)
	v := p.line.View(0, 9)
	require.Equal(t, []string{"", "genSymKey -t 31 -s 32 -l other", "genSymKey -t 31 -s 32 -l one", ""}, lines(v.Points))
	require.Len(t, v.Branches, 1)
	require.Equal(t, "genSymKey -t 31 -s 32 -l three", v.Branches[0].Last.Line)
	require.Equal(t, []int64{v.Branches[0].Last.ID}, p.line.Away(v.Branches[0].Last.ID))
	_, err := p.line.Go(p.w, v.Branches[0].Last.ID)
	require.ErrorIs(t, err, ErrAway)
	_, err = p.line.Differs(v.Branches[0].Last.ID, p.at())
	require.ErrorIs(t, err, ErrAway)
	p.recalled(store, v.Branches[0].Last.ID)
	require.Contains(t, p.player.do("findKey -l three").Text, "Total number of keys present 1")
}

// Rows that no timeline has written, or another one's, are refused, and change nothing.
func TestAForeignTimelineIsRefused(t *testing.T) {
	p := withTimeline(t, Options{})
	store := &lineStore{}
	p.do("genSymKey -t 31 -s 32 -l one", "genSymKey -t 31 -s 32 -l two")
	store.keep(p.line)
	head, points := store.rows[rowHead], store.rows[rowPoints+"0"]
	w, err := Load(p.w.Save(), Options{})
	require.NoError(t, err)
	defer w.Shut()
	again := NewTimeline(w)
	before := again.View(0, 99)
	for _, c := range []struct{ head, points string }{
		{"", points}, {"{}", points}, {"null", points}, {"[", points}, {head, ""}, {head, "{"}, {head, "[{}]"}, {head, "[null]"},
		{strings.Replace(head, `"Version":1`, `"Version":9`, 1), points}, {strings.Replace(head, `"At":3`, `"At":9`, 1), points},
		{strings.Replace(head, `"Now":1`, `"Now":2`, 1), points}, {strings.Replace(head, `[1,3,1]`, `[1,3,0]`, 1), points},
		{strings.Replace(head, `[1,3,1]`, `[1,3000000000,1]`, 1), points}, {strings.Replace(head, `[1,3,1]`, `[3,1,1]`, 1), points},
		{strings.Replace(head, `[1,3,1]`, `[1,3,-1]`, 1), points}, {strings.Replace(head, `"Last":3`, `"Last":2`, 1), points},
		{head, strings.Replace(points, `"digest":"`, `"digest":"x`, 1)}, {head, strings.Replace(points, `"id":2`, `"id":1`, 1)},
		{head, strings.Replace(points, `"depth":1`, `"depth":-1`, 1)},
	} {
		require.ErrorIs(t, again.Join(map[string]string{rowHead: c.head, rowPoints + "0": c.points}), ErrForeign, "%s %s", c.head, c.points)
		require.Equal(t, before, again.View(0, 99))
	}
	require.NoError(t, again.Join(store.rows))

	whole := store.world(2)
	world := maps.Clone(whole)
	world[rowWorld] = strings.Replace(world[rowWorld], `"Lines":`, `"Lines":1`, 1)
	for _, rows := range []map[string]string{nil, {}, store.world(3), world, {"world": "x"}} {
		require.ErrorIs(t, again.Recall(w, 2, rows), ErrForeign)
	}
	require.ErrorIs(t, again.Recall(w, 99, whole), ErrNoPoint)
	require.Equal(t, []int64{2}, again.Away(2))
	require.NoError(t, again.Recall(w, 2, whole))
	require.Empty(t, again.Away(2))
}

// Answers to hidden questions are nowhere in what is kept, and a password that was typed where
// everybody sees it is taken out when it comes to light, also after a reload.
func TestAKeptTimelineHasNoSecrets(t *testing.T) {
	p := withTimeline(t, Options{})
	store := &lineStore{}
	p.do("exit", "Unlikely-Pa55", "/opt/cloudhsm/bin/cloudhsm_mgmt_util /opt/cloudhsm/etc/cloudhsm_mgmt_util.cfg", "loginHSM CO admin password")
	store.keep(p.line)
	has := func(secret string) (names []string) {
		for _, w := range store.worlds {
			for name, row := range w.Rows {
				if row != nil && strings.Contains(*row, secret) && !strings.Contains(name, rowLines) {
					i := strings.Index(*row, secret)
					names = append(names, name+": "+(*row)[max(0, i-60):i+40])
				}
			}
		}
		for name, row := range store.rows {
			if strings.Contains(row, secret) {
				i := strings.Index(row, secret)
				names = append(names, name+": "+row[max(0, i-60):i+40])
			}
		}
		return names
	}
	require.NotEmpty(t, has("Unlikely-Pa55"))
	p = store.reload(t, p)
	p.player.do("createUser CU some Unlikely-Pa55")
	p.do("y")
	store.keep(p.line)
	require.Contains(t, store.hidden, "Unlikely-Pa55")
	require.Empty(t, has("Unlikely-Pa55"), "the program's own list of typed lines has it, as on a machine")
	p.recalled(store, 3)
	require.NotContains(t, fmt.Sprint(p.w.Ran(-1, 0)), "Unlikely-Pa55")

	p.do("key_mgmt_util")
	require.True(t, p.player.do("loginHSM -u CU -s example_user -hpswd").Hidden)
	p.do("Hidden-Answer", "exit")
	store.keep(p.line)
	require.Empty(t, has("Hidden-Answer"))
	for _, w := range store.worlds {
		require.NotContains(t, marshal(w.Rows), "Hidden-Answer")
	}
}

// A pair costs few bytes of rows; a host packs them.
func TestAPairIsKeptInFewBytes(t *testing.T) {
	p := withTimeline(t, Options{})
	store := &lineStore{}
	for i := range 200 {
		p.do(fmt.Sprintf("genECCKeyPair -i 14 -l pair%d", i))
		store.keep(p.line)
	}
	slices.Sort(store.bytes)
	t.Logf("%d bytes, at most %d", store.bytes[len(store.bytes)/2], store.bytes[len(store.bytes)-5])
	require.Less(t, store.bytes[len(store.bytes)/2], 64<<10)
}

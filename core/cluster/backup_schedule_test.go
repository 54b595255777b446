package cluster_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/cluster"
	"hsmplay/core/hsm"
	"hsmplay/core/mech"
)

// TestBackupsHoldUnderSeededSchedules: what a backup showed when it was made, it shows for ever and
// gives back; nothing goes from one cluster to another by itself; no number and no slot is taken
// twice.
func TestBackupsHoldUnderSeededSchedules(t *testing.T) {
	worlds := 25 * number("HSMPLAY_SOAK", 1)
	if runtime.GOOS == "js" {
		worlds = 4
	}
	for seed := range worlds {
		t.Run("seed "+strconv.Itoa(seed), func(t *testing.T) {
			r := rand.New(rand.NewPCG(uint64(seed), 1))
			v := &vault{t: t, pick: r.IntN, c: cluster.New(cluster.Options{Nodes: 1 + r.IntN(4), KeysMax: 30}), shown: map[string]string{}}
			for range 80 {
				v.step()
			}
		})
	}
}

// vault is clusters with backups, and what the backups showed when they were made.
type vault struct {
	t     *testing.T
	pick  func(n int) int
	c     *cluster.Cluster
	tool  *cluster.Client
	shown map[string]string // by id
}

func (v *vault) step() {
	others := v.others()
	move := vaultMoves[v.pick(len(vaultMoves))]
	move.make(v)
	v.c.Advance(int64(v.pick(3) * v.pick(cluster.BackupPeriod)))
	look := v.pick(8) == 0
	for _, b := range v.c.Backups {
		switch {
		case v.shown[b.ID] == "":
			v.shown[b.ID] = image(b)
		case look:
			require.Equal(v.t, v.shown[b.ID], image(b), move.name)
		}
	}
	if !move.elsewhere {
		require.Equal(v.t, others, v.others(), move.name)
	}
	numbers := map[int]bool{}
	for _, n := range v.c.All() {
		require.False(v.t, numbers[n.HSM.Node], "%s: two HSMs are %d", move.name, n.HSM.Node)
		numbers[n.HSM.Node] = true
		require.NoError(v.t, n.HSM.Check(), move.name)
		require.NoError(v.t, n.HSM.Audit.Verify(), move.name)
	}
}

// vaultMoves are what may happen; elsewhere: also to other clusters than the daemon's.
var vaultMoves = []struct {
	name      string
	elsewhere bool
	make      func(*vault)
}{
	{"make", false, (*vault).makeKeys},
	{"make", false, (*vault).makeKeys},
	{"make, too many HSMs wanted", false, func(v *vault) { v.client().Create(pair(9)) }},
	{"delete", false, (*vault).delete},
	{"fault", false, (*vault).fault},
	{"back up", false, func(v *vault) { v.c.BackUp(v.c.Group) }},
	{"restore", false, (*vault).restore},
	{"clone", true, func(v *vault) { v.c.Clone(v.backup()) }},
	{"beside", true, func(v *vault) { v.c.Beside(cluster.Options{Nodes: 1, KeysMax: 30}) }},
	{"serve", true, (*vault).serve},
	{"add", false, func(v *vault) { v.c.Add() }},
	{"add elsewhere", true, func(v *vault) { v.c.AddTo(v.group()) }},
	{"remove", true, func(v *vault) { v.c.Remove(v.node()) }},
	{"save and load", false, (*vault).saveAndLoad},
}

// others draws the clusters that the daemon does not serve: which HSMs are reached, and which keys
// the cluster has. Inside a cluster its HSMs copy what one of them lacks.
func (v *vault) others() (text string) {
	for _, g := range v.c.Groups {
		if g == v.c.Group {
			continue
		}
		text += g.ID
		held := map[string]bool{}
		for _, n := range g.Nodes {
			text += fmt.Sprintf(" %d %v", n.HSM.Node, n.Reached())
			for _, k := range n.HSM.Keys {
				if k != nil {
					held[fmt.Sprintf(" %d %p", k.Handle, k.Material)] = true
				}
			}
		}
		text += strings.Join(slices.Sorted(maps.Keys(held)), "")
	}
	return text
}

// image draws what a backup holds.
func image(b *cluster.Backup) string {
	var users []*hsm.User
	var keys []*hsm.Key
	for _, page := range b.Pages {
		users, keys = append(users, page.Users...), append(keys, page.Keys...)
	}
	return rowsOf(users, keys)
}

// rowsOf draws users and keys; material is compared by address.
func rowsOf(users []*hsm.User, keys []*hsm.Key) (text string) {
	for _, u := range users {
		text += fmt.Sprintf("%v\n", *u)
	}
	for _, k := range keys {
		if k != nil && k.Session == 0 {
			text += fmt.Sprintf("%d %v %p\n", k.Handle, k.Shared, k.Material)
		}
	}
	return text
}

func (v *vault) client() *cluster.Client {
	if v.tool == nil {
		v.tool, _ = v.c.Connect()
	}
	if v.tool == nil { // no HSM is reached: one comes back
		first := v.c.Nodes[0].HSM.Node
		require.NoError(v.t, v.c.Start(first))
		require.NoError(v.t, v.c.Heal(first))
		v.tool, _ = v.c.Connect()
	}
	if v.tool.Login == nil {
		v.tool.LogIn(hsm.CU, "example_user", "aws")
	}
	return v.tool
}

func (v *vault) group() *cluster.Group   { return v.c.Groups[v.pick(len(v.c.Groups))] }
func (v *vault) backup() *cluster.Backup { return v.c.Backups[v.pick(len(v.c.Backups))] }

func (v *vault) node() int {
	all := v.c.All()
	return all[v.pick(len(all))].HSM.Node
}

func (v *vault) makeKeys() {
	r := pair(0)
	if v.pick(4) == 0 {
		r = inSession(r)
	}
	if cr := v.client().Create(r); !cr.Done() {
		cr.Abandon()
	}
}

func (v *vault) delete() {
	k := v.c.Nodes[v.pick(len(v.c.Nodes))].HSM.Keys
	if held := slices.DeleteFunc(slices.Clone(k), func(k *hsm.Key) bool { return k == nil }); len(held) > 0 {
		v.client().Delete(held[v.pick(len(held))].Handle)
	}
}

func (v *vault) fault() {
	node := v.c.Nodes[v.pick(len(v.c.Nodes))].HSM.Node
	faults := []func(int) error{v.c.Stop, v.c.Start, v.c.Start, v.c.Isolate, v.c.Heal, v.c.Heal}
	require.NoError(v.t, faults[v.pick(len(faults))](node))
}

// restore gives back what the backup showed, on every HSM, and logs everybody out.
func (v *vault) restore() {
	b := v.backup()
	v.c.RestoreTo(v.c.Group, b)
	for _, n := range v.c.Nodes {
		require.True(v.t, n.Reached())
		require.Equal(v.t, image(b), rowsOf(n.HSM.Users, n.HSM.Keys))
	}
	if v.tool != nil {
		require.Nil(v.t, v.tool.Login)
	}
}

func (v *vault) serve() {
	v.c.SetDaemon(false)
	v.c.Serve(v.group())
	v.c.SetDaemon(true)
}

func (v *vault) saveAndLoad() {
	before := v.c.Snapshot()
	c, gone, err := cluster.Restore(before, mech.Source{})
	require.NoError(v.t, err)
	if gone == 0 {
		require.Equal(v.t, before, c.Snapshot())
	}
	if v.tool != nil {
		v.tool = c.Reattach(v.tool.Session, v.tool.Login)
	}
	v.c = c
	c.EndOrphans()
}

package cluster_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/cluster"
	"hsmplay/core/hsm"
	"hsmplay/core/retcode"
)

// path writes down what a sweep over 0, 1, 2, 3 does. The HSMs with a row refuse, each as often as
// it has refusals.
type path struct {
	refusals map[int][]error
	log      string
}

func (p *path) do(at int) error {
	p.log += fmt.Sprint("do ", at, " ")
	if len(p.refusals[at]) == 0 {
		return nil
	}
	err := p.refusals[at][0]
	p.refusals[at] = p.refusals[at][1:]
	return err
}

func (p *path) undo(at int) { p.log += fmt.Sprint("undo ", at, " ") }

func (p *path) sweep(agreed error) *cluster.Sweep[int] {
	return &cluster.Sweep[int]{Do: p.do, Undo: p.undo, Agreed: agreed, Ahead: []int{0, 1, 2, 3}}
}

func TestASweepGoesOnAsItIsTold(t *testing.T) {
	full := []error{retcode.MaxSessions}
	for _, row := range []struct {
		name                 string
		refusals             map[int][]error
		how                  cluster.OnRefusal
		log                  string
		done, missed, differ []int
		err                  error
	}{
		{"nobody refuses", nil, cluster.RollBack, "do 0 do 1 do 2 do 3 ", []int{0, 1, 2, 3}, nil, nil, nil},
		{"go on", map[int][]error{1: full}, cluster.GoOn, "do 0 do 1 do 2 do 3 ",
			[]int{0, 2, 3}, []int{1}, []int{1}, retcode.MaxSessions},
		{"go on twice", map[int][]error{0: {hsm.UserActive}, 3: full}, cluster.GoOn, "do 0 do 1 do 2 do 3 ",
			[]int{1, 2}, []int{0, 3}, []int{0, 3}, retcode.MaxSessions},
		{"go on where it is so already", map[int][]error{1: {retcode.UserNotReady}, 2: full}, cluster.GoOn,
			"do 0 do 1 do 2 do 3 ", []int{0, 3}, []int{1, 2}, []int{2}, retcode.MaxSessions},
		{"abort", map[int][]error{1: full}, cluster.Abort, "do 0 do 1 ",
			[]int{0}, []int{1, 2, 3}, []int{1, 2, 3}, retcode.MaxSessions},
		{"abort where it is so already", map[int][]error{1: {retcode.UserNotReady}}, cluster.Abort, "do 0 do 1 ",
			[]int{0}, []int{1, 2, 3}, []int{2, 3}, retcode.UserNotReady},
		{"roll back", map[int][]error{2: full}, cluster.RollBack, "do 0 do 1 do 2 undo 0 undo 1 ",
			nil, []int{2, 3}, []int{2, 3}, retcode.MaxSessions},
		{"roll back nothing", map[int][]error{0: full}, cluster.RollBack, "do 0 ",
			nil, []int{0, 1, 2, 3}, []int{0, 1, 2, 3}, retcode.MaxSessions},
	} {
		t.Run(row.name, func(t *testing.T) {
			p := path{refusals: row.refusals}
			s := p.sweep(retcode.UserNotReady)
			s.Run(row.how)
			require.Equal(t, row.log, p.log)
			require.Equal(t, row.done, s.Done)
			require.Equal(t, row.missed, s.Missed)
			require.Equal(t, row.differ, s.Differ)
			require.Equal(t, row.err, s.Err)
			require.Empty(t, s.Ahead)
		})
	}
}

func TestASweepStandsStillAtARefusal(t *testing.T) {
	p := path{refusals: map[int][]error{1: {hsm.UserActive, hsm.OwnsKeys}}}
	s := p.sweep(nil)
	s.Run(cluster.Retry)
	require.Equal(t, "do 0 do 1 ", p.log)
	require.Equal(t, []int{1, 2, 3}, s.Ahead)
	s.Go(cluster.Retry)
	require.Equal(t, []int{1, 2, 3}, s.Ahead, "nothing is left out")
	at, err := s.Next()
	require.Equal(t, 1, at)
	require.Equal(t, hsm.OwnsKeys, err)
	s.Run(cluster.GoOn)
	require.Equal(t, "do 0 do 1 do 1 do 1 do 2 do 3 ", p.log)
	require.Equal(t, []int{0, 1, 2, 3}, s.Done)
	require.NoError(t, s.Err, "what was asked again was not left")
	s.Go(cluster.Abort)
	require.Empty(t, s.Missed, "there is no refusal any more")
}

// TestARolledBackDeletionBringsTheUserBack is what deleteUser does when an HSM refuses and its user
// takes all back.
func TestARolledBackDeletionBringsTheUserBack(t *testing.T) {
	c := cluster.New(cluster.Options{})
	shared := single(1, 3)
	shared.Templates[0].Shared = []int{4}
	made(t, as(t, c, "example_user"), shared)
	cl := officers(t, c)
	require.NoError(t, c.Isolate(2))
	require.NoError(t, c.Heal(2))
	busy, err := c.Dial(c.Node(2).IP)
	require.NoError(t, err)
	require.NoError(t, cluster.FirstError(busy.LogInSigned(hsm.CU, "user4", cluster.Prove("aws"), nil)))
	last := officer(t, c, 2)

	gone := map[*cluster.Client]hsm.Deleted{}
	s := cluster.Sweep[*cluster.Client]{Ahead: append(cl.Each()[:2], last.Client),
		Do: func(at *cluster.Client) (err error) {
			gone[at], err = cluster.Value(at.DeleteUser(hsm.CU, "user4"))
			return err
		},
		Undo: func(at *cluster.Client) { at.Undelete(gone[at]) }}
	s.Run(cluster.RollBack)
	require.ErrorIs(t, s.Err, hsm.UserActive)
	for _, n := range c.Nodes {
		require.NotNil(t, n.HSM.UserNamed(hsm.CU, "user4"), "node %d", n.HSM.Node)
		require.Equal(t, []int{4}, n.HSM.At(6).Shared, "node %d", n.HSM.Node)
	}
}

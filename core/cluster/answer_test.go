package cluster_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/cluster"
	"hsmplay/core/hsm"
	"hsmplay/core/retcode"
)

func TestWhatAnswersComeTo(t *testing.T) {
	yes, no, never := cluster.Answer{Node: 0}, cluster.Answer{Node: 1, Err: hsm.OwnsKeys}, cluster.Answer{Node: 2, Err: hsm.UserActive}
	for _, row := range []struct {
		name            string
		answers         []cluster.Answer
		first, accepted error
	}{
		{"nobody", nil, retcode.ServerUnavailable, retcode.ServerUnavailable},
		{"all", []cluster.Answer{yes, yes}, nil, nil},
		{"one of them", []cluster.Answer{no, yes}, hsm.OwnsKeys, nil},
		{"none of them", []cluster.Answer{never, no}, hsm.UserActive, hsm.UserActive},
	} {
		t.Run(row.name, func(t *testing.T) {
			require.Equal(t, row.first, cluster.FirstError(row.answers))
			require.Equal(t, row.accepted, cluster.Accepted(row.answers))
			var replies []cluster.Reply[int]
			for i, a := range row.answers {
				replies = append(replies, cluster.Reply[int]{Answer: a, Value: 10 + i})
			}
			require.Equal(t, row.answers, cluster.Answers(replies))
			value, err := cluster.Value(replies)
			require.Equal(t, row.accepted, err)
			if err == nil {
				require.Equal(t, map[string]int{"all": 10, "one of them": 11}[row.name], value, "of the first that has accepted")
			} else {
				require.Zero(t, value)
			}
		})
	}
}

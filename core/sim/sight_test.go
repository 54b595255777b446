package sim

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/view"
)

// by are the reasons against a deed, by whom.
func by(t *testing.T, s view.KeySight, deed string) map[string]string {
	t.Helper()
	for _, d := range s.Deeds {
		if d.Name == deed {
			not := map[string]string{}
			for _, p := range d.By {
				not[p.Who] = p.Not
			}
			return not
		}
	}
	require.Fail(t, "no deed "+deed)
	return nil
}

func TestSightOfAKey(t *testing.T) {
	p := start(t, Options{Seed: 1})
	p.do("genECCKeyPair -i 14 -l pair -nex")
	p.in().do("hsm stop 2")
	p.do("genSymKey -t 31 -s 32 -l later")
	s := p.w.Sight("key-7", p.n)
	require.Equal(t, "pair", s.Key.Label)
	require.Equal(t, uint32(6), s.Pair)
	require.Equal(t, map[string]string{"owner": "", "user": "handle", "officer": "type"}, by(t, s, "sign"))
	require.Equal(t, map[string]string{"owner": "extractable", "user": "handle", "officer": "type"}, by(t, s, "export"))
	require.Equal(t, map[string]string{"owner": "type", "user": "type", "officer": ""}, by(t, s, "trust"))
	names := map[string]view.AttributeLine{}
	for _, a := range s.Attributes {
		names[a.PKCS11] = a
	}
	require.Equal(t, view.AttributeLine{Number: 264, Name: "OBJ_ATTR_SIGN", PKCS11: "CKA_SIGN", CLI: "sign", Value: "0x01", Reads: "yes",
		Means: "may sign", Set: "owner"}, names["CKA_SIGN"])
	require.Equal(t, "P-384", names["CKA_MODULUS_BITS"].Reads)
	require.Equal(t, "0x01", names["CKA_MODIFIABLE"].Value)
	require.Equal(t, "secp384r1", names["CKA_EC_PARAMS"].Value)
	require.True(t, s.Begins)
	first := s.Uses[len(s.Uses)-1]
	require.Equal(t, []any{"CN_GENERATE_KEY_PAIR", "example_user", []uint32{7, 6}, int64(0)}, []any{first.Opcode, first.User, first.Keys, first.Code})
	require.GreaterOrEqual(t, s.Uses[0].Time, first.Time)

	later := p.w.Sight("key-8", p.n)
	require.Equal(t, []view.CopyRow{
		{Node: 0, IP: "10.0.1.10", State: "up", Held: true, Differs: []string{}},
		{Node: 1, IP: "10.0.2.11", State: "up", Held: true, Differs: []string{}},
		{Node: 2, IP: "10.0.3.12", State: "down", Differs: []string{}}}, later.Copies)
	require.Empty(t, later.Backups)
	require.Nil(t, p.w.Sight("key-99", p.n).Key)
}

func TestSightKnowsBackupsAndCopiesThatDiffer(t *testing.T) {
	p := start(t, Options{Seed: 1, Nodes: 2})
	p.do("genSymKey -t 31 -s 32 -l aes")
	p.do("exit")
	p.do("hsm backup")
	p.do("hsm stop 1")
	p.do("cloudhsm_mgmt_util /opt/cloudhsm/etc/cloudhsm_mgmt_util.cfg")
	p.do("loginHSM CU example_user aws")
	p.do("setAttribute 6 3 other")
	p.do("y")
	p.do("quit")
	p.do("hsm start 1")
	s := p.w.Sight("key-6", p.n)
	require.Len(t, s.Backups, 1)
	require.Equal(t, []string{"label"}, s.Copies[1].Differs)
	require.True(t, slices.ContainsFunc(s.Uses, func(r view.AuditRow) bool {
		return r.Opcode == "CN_MODIFY_OBJECT" && r.Node == 0 && r.Means == "an attribute of a key was changed"
	}))
}

func TestTrailIsTheNewestEntries(t *testing.T) {
	p := start(t, Options{Seed: 1})
	p.do("genSymKey -t 31 -s 32 -l one")
	p.do("genSymKey -t 31 -s 32 -l two")
	p.do("deleteKey -k 6")
	rows := p.w.Trail(0, 3)
	require.Len(t, rows, 3)
	require.Equal(t, "CN_DESTROY_OBJECT", rows[0].Opcode)
	for _, r := range p.w.Trail(7, 0) {
		require.Contains(t, r.Keys, uint32(7))
	}
	require.Len(t, p.w.Trail(0, 0), len(p.w.Audit()))
}

func TestAccessTellsWhoIsAtWork(t *testing.T) {
	p := start(t, Options{Seed: 1})
	a := p.w.Access()
	require.Equal(t, []any{true, "10.0.1.10", []int{0, 1, 2}}, []any{a.Daemon.Running, a.Daemon.IP, a.Daemon.Reaches})
	require.Equal(t, "example_user", a.Sessions[0].User)
	require.Equal(t, []any{"daemon", []int{0, 1, 2}}, []any{a.Sessions[0].Way, a.Sessions[0].Nodes})
	require.Equal(t, QuorumRow{0, 1, 1}, a.Quorum[0])
}

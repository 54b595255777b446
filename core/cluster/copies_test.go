package cluster_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/attr"
	"hsmplay/core/cluster"
	"hsmplay/core/hsm"
	"hsmplay/core/retcode"
)

// Copies by hand between HSMs: of users, which nobody else copies, and of keys.

func TestWhatIsMaskedOpensInOneLineageWithOneSecret(t *testing.T) {
	for _, row := range []struct {
		name            string
		lineage, secret bool // that both clusters have
		want            error
	}{
		{"strangers", false, false, hsm.BadMask},
		{"of one seed", true, false, hsm.BadMask},
		{"of one secret only", false, true, hsm.BadMask},
		{"kin", true, true, nil},
	} {
		t.Run(row.name, func(t *testing.T) {
			c := cluster.New(cluster.Options{Nodes: 1})
			g, err := c.Beside(cluster.Options{Nodes: 1})
			require.NoError(t, err)
			if row.lineage {
				g.Lineage = c.Lineage
			}
			if row.secret {
				g.MaskKey = c.MaskKey
			}
			handle := made(t, as(t, c, "example_user"), single(1, attr.PrivateKey))[0].Handle
			from, to := officer(t, c, 0), officer(t, c, 1)
			k, err := from.ExtractKey(handle)
			require.NoError(t, err)
			require.Equal(t, row.want, to.InsertKey(from, k))
			require.Equal(t, row.want == nil, g.Nodes[0].HSM.At(handle) != nil)
			if row.want != nil {
				last := c.Events(c.LastEvent() - 1)[0]
				require.Equal(t, []any{"insert", "6", 1, hsm.BadMask}, []any{last.Op, last.Detail, last.Node, last.Code})
				entries := g.Nodes[0].HSM.Audit.Entries
				require.Equal(t, hsm.CNInsertMasked, entries[len(entries)-1].Opcode)
			}
			u, err := from.ExtractUser(3)
			require.NoError(t, err)
			require.Equal(t, row.want, to.InsertUser(from, u))
		})
	}
}

func TestAKeyThatIsGoneIsNotCopied(t *testing.T) {
	c := cluster.New(cluster.Options{Nodes: 2})
	cl := as(t, c, "example_user")
	handle := made(t, cl, single(1, attr.PrivateKey))[0].Handle
	from, to := officer(t, c, 0), officer(t, c, 1)
	k, err := from.ExtractKey(handle)
	require.NoError(t, err)
	_, err = cl.Delete(handle)
	require.NoError(t, err)
	require.Equal(t, retcode.BadHandle, to.InsertKey(from, k))
	require.Nil(t, c.Node(1).HSM.At(handle))
}

func TestACopyByHandNeedsNoSynchronisationAnyMore(t *testing.T) {
	c := cluster.New(cluster.Options{Nodes: 2})
	handle := made(t, as(t, c, "example_user"), single(1, attr.PrivateKey))[0].Handle
	require.NoError(t, c.Isolate(1))
	c.Node(1).HSM.Erase(handle)
	require.NoError(t, c.Heal(1))
	require.NotZero(t, c.Due(), "the HSMs will see to it")
	from, to := officer(t, c, 0), officer(t, c, 1)
	k, err := from.ExtractKey(handle)
	require.NoError(t, err)
	require.NoError(t, to.InsertKey(from, k))
	require.Zero(t, c.Due())
	require.Same(t, c.Node(0).HSM.At(handle), c.Node(1).HSM.At(handle), "the row is shared")
}

// TestAUserWhoIsBackHasHisKeysAgain: an HSM that does not know an owner takes none of his keys,
// whatever the way he comes.
func TestAUserWhoIsBackHasHisKeysAgain(t *testing.T) {
	for _, row := range []struct {
		name string
		back func(t *testing.T, away *server, here *server, gone hsm.Deleted)
	}{
		{"taken back", func(t *testing.T, away, _ *server, gone hsm.Deleted) { require.NoError(t, away.Undelete(gone)) }},
		{"made anew", func(t *testing.T, away, _ *server, _ hsm.Deleted) {
			require.NoError(t, away.CreateUser(newUser("example_user")))
		}},
		{"copied", func(t *testing.T, away, here *server, _ hsm.Deleted) {
			u, err := here.ExtractUser(3)
			require.NoError(t, err)
			require.NoError(t, away.InsertUser(here, u))
		}},
	} {
		t.Run(row.name, func(t *testing.T) {
			c := cluster.New(cluster.Options{Nodes: 2})
			away := officer(t, c, 1)
			gone, err := away.DeleteUser(hsm.CU, "example_user")
			require.NoError(t, err)
			cl, err := c.Connect()
			require.NoError(t, err)
			require.NoError(t, cluster.Accepted(cl.LogIn(hsm.CU, "example_user", "aws")))
			handle := made(t, cl, single(1, attr.PrivateKey))[0].Handle
			c.Advance(10 * cluster.SyncPeriod)
			require.Nil(t, c.Node(1).HSM.At(handle))
			require.Zero(t, c.Due())
			row.back(t, away, officer(t, c, 0), gone)
			require.NotZero(t, c.Due())
			c.Advance(2 * cluster.SyncPeriod)
			require.NotNil(t, c.Node(1).HSM.At(handle))
		})
	}
}

func TestTheFirstOfficersPasswordMakesABackup(t *testing.T) {
	c, request := beginning(t)
	owner := newCustomer(t, rsa2048, true)
	require.NoError(t, c.Initialize(owner.certify(request.Public, "/CN=cluster", false), owner.root))
	s, err := dial(c, c.Nodes[0].IP)
	require.NoError(t, err)
	require.NoError(t, s.LogIn(hsm.PRECO, "admin", cluster.Prove("password"), nil))
	before := len(c.Backups)
	require.NoError(t, s.ChangePassword(hsm.PRECO, "admin", secretOf("password1")))
	require.Len(t, c.Backups, before+1)
	require.Equal(t, cluster.Activated, c.Backups[before].Why)
	require.NoError(t, s.ChangePassword(hsm.CO, "admin", secretOf("password2")))
	require.Len(t, c.Backups, before+1)
}

// TestAnHSMIsAskedForAKeyUntilOneSaysMoreThanThatThereIsNone is how a call for one key goes round.
func TestAnHSMIsAskedForAKeyUntilOneSaysMoreThanThatThereIsNone(t *testing.T) {
	c := cluster.New(cluster.Options{})
	owner, other := as(t, c, "example_user"), as(t, c, "user4")
	r := single(1, attr.PrivateKey)
	r.Templates[0].Shared = []int{4}
	handle := made(t, owner, r)[0].Handle
	asked := func(call func() error) (nodes []int) {
		before := c.LastEvent()
		_ = call()
		for _, e := range c.Events(before) {
			nodes = append(nodes, e.Node)
		}
		return nodes
	}
	key := func() error { _, err := owner.Key(handle); return err }
	require.Equal(t, []int{0}, asked(key))
	c.Node(0).HSM.Erase(handle)
	require.Equal(t, []int{0, 1}, asked(key))
	require.Equal(t, []int{0, 1}, asked(func() error { _, err := other.OwnKey(handle); return err }), "it is refused")
	c.Node(1).HSM.Erase(handle)
	c.Node(2).HSM.Erase(handle)
	require.Equal(t, []int{0, 1, 2}, asked(key))
}

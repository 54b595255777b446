package cluster_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/attr"
	"hsmplay/core/cluster"
	"hsmplay/core/hsm"
	"hsmplay/core/mech"
)

func handles(keys []*hsm.Key) []uint32 {
	var list []uint32
	for _, k := range keys {
		list = append(list, k.Handle)
	}
	return list
}

func TestFactsAreNoCalls(t *testing.T) {
	c := cluster.New(cluster.Options{})
	cl := as(t, c, "example_user")
	k := made(t, cl, single(1, attr.PrivateKey))[0]
	for _, cl := range []*cluster.Client{cl, officer(t, c, 0).Client} {
		before := c.LastEvent()
		cl.FIPS()
		cl.MValue(hsm.UserMgmt)
		cl.UserNamed(hsm.CU, "user4")
		cl.Everybody()
		cl.Seeded(hsm.CU)
		cl.LacksUser(cl)
		cl.Elsewhere(hsm.CU, "user4")
		cl.Visible()
		cl.InSession(0)
		cl.MayUse(3, k)
		cl.Lacks(k.Handle, attr.FlagSign)
		cl.Missing(9)
		cl.KeyCoverage(k.Handle)
		cl.Strangers(k)
		cl.User()
		require.Equal(t, before, c.LastEvent())
	}
}

func TestWhatAnHSMTellsOfItself(t *testing.T) {
	c := cluster.New(cluster.Options{NonFIPS: true, KeysMax: 9})
	cl := as(t, c, "example_user")
	made(t, cl, pair(1))
	made(t, cl, inSession(single(1, attr.PrivateKey)))
	h := c.Node(0).HSM
	facts, err := cl.Facts()
	require.NoError(t, err)
	require.Equal(t, hsm.Facts{Node: 0, ID: h.ID(), Serial: h.Serial, Firmware: cluster.Firmware, Users: len(cluster.Seeds), Sessions: 1,
		TokenKeys: 2, SessionKeys: 1, KeysMax: 9, MValues: map[hsm.Service]int{hsm.UserMgmt: 1, hsm.MiscCO: 1}}, facts)
	require.Equal(t, "info", c.Events(c.LastEvent() - 1)[0].Op)
	require.False(t, cl.FIPS())
	require.True(t, as(t, cluster.New(cluster.Options{}), "example_user").FIPS())

	s := officer(t, c, 2)
	facts, err = s.Client.Facts()
	require.NoError(t, err)
	require.Equal(t, []int{2, 2, 0}, []int{facts.Node, facts.TokenKeys, facts.SessionKeys})
	require.NoError(t, s.CreateUser(hsm.NewUser{Type: hsm.CO, Name: "second", Secret: secretOf("password2")}))
	require.NoError(t, cluster.FirstError(s.SetM(hsm.UserMgmt, 2)))
	require.Equal(t, 2, s.MValue(hsm.UserMgmt))
	require.Equal(t, 1, s.MValue(hsm.MiscCO))
	require.Equal(t, 1, cl.MValue(hsm.UserMgmt), "it is node 2's")
}

func TestWhyAHandleMeansNothing(t *testing.T) {
	c := cluster.New(cluster.Options{})
	owner := as(t, c, "example_user")
	made(t, owner, single(1, attr.PrivateKey))            // 6
	made(t, owner, inSession(single(1, attr.PrivateKey))) // 7, on node 0
	require.NoError(t, c.Isolate(0))
	far := made(t, owner, single(1, attr.PrivateKey))[0].Handle // of node 1
	require.NoError(t, c.Heal(0))
	c.Advance(10 * cluster.SyncPeriod)
	own := made(t, owner, inSession(single(1, attr.PrivateKey)))[0].Handle
	other := as(t, c, "user4")
	stranger, err := c.Beside(cluster.Options{Nodes: 1})
	require.NoError(t, err)
	theirs := stranger.Nodes[0].HSM
	theirs.Put(&hsm.Key{Handle: hsm.Handle(theirs.Node, 20), Owner: 3, Material: &mech.Material{Class: attr.PrivateKey, Type: attr.EC}})
	for _, n := range []int{0, 1} {
		c.Node(n).HSM.Erase(far)
	}
	require.NoError(t, c.Isolate(2))
	for _, row := range []struct {
		name   string
		client *cluster.Client
		handle uint32
		want   cluster.Missing
	}{
		{"no key", other, 4000, cluster.Missing{}},
		{"handle 0", other, 0, cluster.Missing{}},
		{"the HSMs' own", other, 1, cluster.Missing{Place: cluster.Internal}},
		{"the last of the HSMs' own", other, hsm.FirstSlot - 1, cluster.Missing{Place: cluster.Internal}},
		{"the first that can be a user's", other, hsm.FirstSlot, cluster.Missing{Place: cluster.OfOther, IP: "10.0.1.10", Owner: 3}},
		{"in another session", other, own, cluster.Missing{Place: cluster.InOtherSession, IP: "10.0.1.10"}},
		{"on an HSM that is not reached", other, far, cluster.Missing{Place: cluster.OnUnreached, Node: 2, IP: "10.0.3.12"}},
		{"of another cluster, for the daemon", other, hsm.Handle(theirs.Node, 20), cluster.Missing{}},
		{"of another cluster", officer(t, c, 0).Client, hsm.Handle(theirs.Node, 20),
			cluster.Missing{Place: cluster.InOtherCluster, Node: theirs.Node, IP: stranger.Nodes[0].IP}},
		{"on another HSM", officer(t, c, theirs.Node).Client, 6, cluster.Missing{Place: cluster.InOtherCluster, Node: 1, IP: "10.0.2.11"}},
		{"on an HSM that is not reached, alone", officer(t, c, 0).Client, far, cluster.Missing{}},
		{"in another session, to own connections", officer(t, c, 1).Client, own, cluster.Missing{Place: cluster.InOtherSession, IP: "10.0.1.10"}},
	} {
		t.Run(row.name, func(t *testing.T) { require.Equal(t, row.want, row.client.Missing(row.handle)) })
	}
	c.Node(1).HSM.Erase(6)
	require.Equal(t, cluster.Missing{Place: cluster.OnOtherHSM, Node: 0, IP: "10.0.1.10"}, officer(t, c, 1).Missing(6))
	require.NoError(t, c.Heal(2))
	require.NoError(t, c.Isolate(0))
	require.Equal(t, cluster.OfOther, other.Missing(6).Place, "an HSM that is reached has it too")
}

func TestWhereAKeyIsAndWhyNot(t *testing.T) {
	c := cluster.New(cluster.Options{})
	s := officer(t, c, 0)
	require.NoError(t, s.CreateUser(newUser("bob")))
	cl, err := c.Connect()
	require.NoError(t, err)
	require.NoError(t, cluster.Accepted(cl.LogIn(hsm.CU, "bob", "password2")))
	k := made(t, cl, single(1, attr.PrivateKey))[0]
	require.Equal(t, cluster.Coverage{Have: 1, Of: 3, Lacking: []int{1, 2}}, cl.KeyCoverage(k.Handle))
	require.False(t, cl.KeyCoverage(k.Handle).Full())
	require.Equal(t, cluster.Coverage{Have: 1, Of: 3, Lacking: []int{1, 2}}, cl.UserCoverage(hsm.CU, "bob"))
	require.Equal(t, 3, cl.UserCoverage(hsm.CO, "bob").Of-cl.UserCoverage(hsm.CO, "bob").Have, "the type counts")
	require.Equal(t, []int{1, 2}, cl.Strangers(k))
	require.NoError(t, c.Isolate(1))
	require.Equal(t, []int{2}, cl.Strangers(k), "an HSM that is not reached is no stranger")
	require.Equal(t, cluster.Coverage{Have: 1, Of: 2, Lacking: []int{2}}, cl.KeyCoverage(k.Handle))

	u, err := s.ExtractUser(k.Owner)
	require.NoError(t, err)
	require.NoError(t, officer(t, c, 2).InsertUser(s, u))
	require.Empty(t, cl.Strangers(k), "it knows him and only lacks the key")
	c.Advance(10 * cluster.SyncPeriod)
	require.True(t, cl.KeyCoverage(k.Handle).Full())

	lacks, found := cl.Lacks(k.Handle, attr.FlagSign|attr.FlagWrap)
	require.True(t, found)
	require.Equal(t, attr.FlagWrap, lacks)
	_, found = cl.Lacks(k.Handle+1, attr.FlagSign)
	require.False(t, found)
}

func TestKeysAsAClientSeesThem(t *testing.T) {
	c := cluster.New(cluster.Options{})
	owner, other := as(t, c, "example_user"), as(t, c, "user4")
	shared := pair(1)
	shared.Templates[1].Shared = []int{4}
	made(t, owner, shared)                            // 6 7
	made(t, owner, single(1, attr.PrivateKey))        // 8
	made(t, other, inSession(single(1, attr.Public))) // 9
	c.Node(0).HSM.Erase(7)
	require.Equal(t, []uint32{6, 7, 8}, handles(owner.Visible()))
	require.Equal(t, []uint32{6, 7, 9}, handles(other.Visible()))
	require.Equal(t, []uint32{6, 7, 8}, handles(officer(t, c, 1).InSession(0)))
	require.Equal(t, []uint32{6, 8}, handles(officer(t, c, 0).InSession(0)))
	require.Equal(t, []uint32{9}, handles(other.InSession(other.Session)))
	require.Empty(t, owner.InSession(owner.Session))
	nobody, err := c.Connect()
	require.NoError(t, err)
	require.Empty(t, nobody.Visible())

	private := c.Node(1).HSM.At(7)
	for id, may := range map[int]bool{1: false, 3: true, 4: true, 5: false, 99: false} {
		require.Equal(t, may, owner.MayUse(id, private), "user %d", id)
	}
	require.False(t, owner.MayUse(1, c.Node(1).HSM.At(6)), "an officer uses no key, not even a public one")
	require.True(t, owner.MayUse(5, c.Node(1).HSM.At(6)))
}

func TestPeopleAsAClientSeesThem(t *testing.T) {
	c := cluster.New(cluster.Options{})
	require.NoError(t, officer(t, c, 1).CreateUser(newUser("bob")))
	cl := as(t, c, "example_user")
	require.Equal(t, "bob", cl.UserNamed(hsm.CU, "BOB").Name)
	require.Nil(t, cl.UserNamed(hsm.CO, "bob"))
	require.Nil(t, officer(t, c, 0).UserNamed(hsm.CU, "bob"))
	bobs := 0
	for _, u := range cl.Everybody() {
		if u.Name == "bob" {
			bobs++
		}
	}
	require.Equal(t, 1, bobs)
	require.Len(t, cl.Everybody(), len(cluster.Seeds)+1, "the same row once")
	require.Equal(t, "bob", officer(t, c, 0).LacksUser(officer(t, c, 1).Client).Name)
	require.Nil(t, officer(t, c, 1).LacksUser(officer(t, c, 0).Client))
	require.NoError(t, c.Isolate(1))
	require.Nil(t, cl.UserNamed(hsm.CU, "bob"))

	stranger, err := c.Beside(cluster.Options{Nodes: 1})
	require.NoError(t, err)
	there := stranger.Nodes[0]
	_, known := cl.Elsewhere(hsm.CU, "carol")
	require.False(t, known)
	require.NoError(t, officer(t, c, there.HSM.Node).CreateUser(newUser("carol")))
	found, known := cl.Elsewhere(hsm.CU, "carol")
	require.True(t, known)
	require.Equal(t, cluster.OtherCluster{Node: there.HSM.Node, IP: there.IP}, found)
	_, known = officer(t, c, there.HSM.Node).Elsewhere(hsm.CU, "carol")
	require.False(t, known, "it is her own cluster")
}

func TestWhomToLogInAs(t *testing.T) {
	c := cluster.New(cluster.Options{Nodes: 2})
	cl, err := c.Connect()
	require.NoError(t, err)
	seeded := func() []string {
		u, password := cl.Seeded(hsm.CU)
		if u == nil {
			return nil
		}
		return []string{u.Name, password}
	}
	require.Equal(t, []string{"example_user", "aws"}, seeded())
	for _, s := range []*server{officer(t, c, 0), officer(t, c, 1)} {
		require.NoError(t, s.ChangePassword(hsm.CU, "example_user", secretOf("password2")))
		s.Close()
	}
	require.Equal(t, []string{"user4", "aws"}, seeded(), "a password that is not public is not told")
	for _, n := range c.Nodes {
		n.HSM.Users = n.HSM.Users[:3]
	}
	require.Equal(t, []string{"example_user", ""}, seeded())
	for _, n := range c.Nodes {
		n.HSM.Users = n.HSM.Users[:2]
	}
	require.Nil(t, seeded())
}

func TestWhatIsAtAnAddress(t *testing.T) {
	c := cluster.New(cluster.Options{Nodes: 4})
	require.NoError(t, c.Stop(0))
	require.NoError(t, c.Isolate(1))
	c.Node(2).HSM.SessMax = 0
	for address, want := range map[string]cluster.Line{
		"192.0.2.1": cluster.NoHSM, c.Node(0).IP: cluster.HSMDown, c.Node(1).IP: cluster.HSMDown,
		c.Node(2).IP: cluster.HSMFull, c.Node(3).IP: cluster.HSMUp,
	} {
		require.Equal(t, want, c.LineTo(address), address)
	}
}

func TestHowAListOfAddressesFits(t *testing.T) {
	c := cluster.New(cluster.Options{Nodes: 2})
	stranger, err := c.Beside(cluster.Options{Nodes: 2})
	require.NoError(t, err)
	a, b, x, y := c.Nodes[0].IP, c.Nodes[1].IP, stranger.Nodes[0].IP, stranger.Nodes[1].IP
	for _, row := range []struct {
		name      string
		addresses []string
		want      cluster.Naming
	}{
		{"all", []string{b, a}, cluster.Naming{First: a, Clusters: 1}},
		{"some", []string{b}, cluster.Naming{First: a, Unnamed: []string{a}, Clusters: 1}},
		{"another cluster's", []string{x}, cluster.Naming{First: x, Unnamed: []string{y}, Clusters: 1}},
		{"of both", []string{x, b}, cluster.Naming{First: a, Clusters: 2}},
		{"of none", []string{"192.0.2.1"}, cluster.Naming{First: a, Unnamed: []string{a, b}}},
	} {
		t.Run(row.name, func(t *testing.T) { require.Equal(t, row.want, c.Naming(row.addresses)) })
	}
}

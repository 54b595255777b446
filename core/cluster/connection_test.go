package cluster_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/attr"
	"hsmplay/core/cluster"
	"hsmplay/core/hsm"
	"hsmplay/core/retcode"
)

// addresses are those of nodes.
func addresses(c *cluster.Cluster, nodes ...int) []string {
	var list []string
	for _, id := range nodes {
		list = append(list, c.Node(id).IP)
	}
	return list
}

// officers connects to all HSMs of the daemon's cluster without the daemon and logs the first
// officer in.
func officers(t require.TestingT, c *cluster.Cluster) *cluster.Client {
	return without(t, c, hsm.CO, "admin", "password")
}

// without connects to all HSMs without the daemon, and logs in.
func without(t require.TestingT, c *cluster.Cluster, kind hsm.UserType, name, password string) *cluster.Client {
	var all []int
	for _, n := range c.Nodes {
		all = append(all, n.HSM.Node)
	}
	cl, err := c.Dial(addresses(c, all...)...)
	require.NoError(t, err)
	require.NoError(t, cluster.FirstError(cl.LogInSigned(kind, name, cluster.Prove(password), nil)))
	return cl
}

func sessions(c *cluster.Cluster) []int {
	var counts []int
	for _, n := range c.All() {
		counts = append(counts, len(n.HSM.Sessions))
	}
	return counts
}

func TestConnectionsOfItsOwn(t *testing.T) {
	for _, row := range []struct {
		name     string
		prepare  func(*cluster.Cluster)
		dial     []string
		err      error
		sessions []int
	}{
		{"one HSM", nil, []string{"10.0.2.11"}, nil, []int{0, 1, 0}},
		{"several", nil, []string{"10.0.3.12", "10.0.1.10"}, nil, []int{1, 0, 1}},
		{"while the daemon is down", func(c *cluster.Cluster) { c.SetDaemon(false) }, []string{"10.0.2.11"}, nil, []int{0, 1, 0}},
		{"nobody there", nil, []string{"10.0.1.10", "192.0.2.1"}, retcode.ServerUnavailable, []int{0, 0, 0}},
		{"a stopped HSM", func(c *cluster.Cluster) { _ = c.Stop(1) }, []string{"10.0.2.11"}, retcode.ServerUnavailable, []int{0, 0, 0}},
		{"an isolated HSM", func(c *cluster.Cluster) { _ = c.Isolate(1) }, []string{"10.0.2.11"}, retcode.ServerUnavailable, []int{0, 0, 0}},
		{"a full HSM", func(c *cluster.Cluster) { c.Node(1).HSM.SessMax = 0 }, []string{"10.0.1.10", "10.0.2.11"},
			retcode.MaxSessions, []int{0, 0, 0}},
	} {
		t.Run(row.name, func(t *testing.T) {
			c := cluster.New(cluster.Options{})
			if row.prepare != nil {
				row.prepare(c)
			}
			cl, err := c.Dial(row.dial...)
			require.Equal(t, row.err, err)
			require.Equal(t, row.sessions, sessions(c), "a failure leaves no session")
			if err == nil {
				require.True(t, cl.Connected())
				cl.Close()
				require.Equal(t, []int{0, 0, 0}, sessions(c))
				require.False(t, cl.Connected())
			}
		})
	}
}

func TestTheDaemonsClientComesBackAndOwnConnectionsDoNot(t *testing.T) {
	for _, fault := range []struct {
		name      string
		away, now func(*cluster.Cluster)
	}{
		{"stopped", func(c *cluster.Cluster) { _ = c.Stop(1) }, func(c *cluster.Cluster) { _ = c.Start(1) }},
		{"isolated", func(c *cluster.Cluster) { _ = c.Isolate(1) }, func(c *cluster.Cluster) { _ = c.Heal(1) }},
	} {
		t.Run(fault.name, func(t *testing.T) {
			c := cluster.New(cluster.Options{})
			daemons, own := as(t, c, "example_user"), without(t, c, hsm.CU, "example_user", "aws")
			for _, cl := range []*cluster.Client{daemons, own} {
				require.Equal(t, []int{0, 1, 2}, nodesOf(cl.Reached()))
			}
			fault.away(c)
			for _, cl := range []*cluster.Client{daemons, own} {
				require.Equal(t, []int{0, 2}, nodesOf(cl.Reached()))
				require.Equal(t, []int{0, 2}, nodesOf(cl.Where(6)))
			}
			fault.now(c)
			require.Equal(t, []int{0, 1, 2}, nodesOf(daemons.Reached()))
			require.Equal(t, []int{0, 2}, nodesOf(own.Reached()))
			require.True(t, c.Node(1).HSM.LoggedIn(daemons.Session))
			require.False(t, c.Node(1).HSM.HasSession(own.Session))
			require.Equal(t, 3, own.Size(), "it knows of the HSM still")
		})
	}
}

func TestALostConnectionIsNoCall(t *testing.T) {
	c := cluster.New(cluster.Options{})
	s := officer(t, c, 1)
	require.NoError(t, c.Stop(1))
	require.NoError(t, c.Start(1))
	last := c.LastEvent()
	require.False(t, s.Connected())
	require.Equal(t, retcode.ServerUnavailable, s.LogOut())
	_, err := s.Users()
	require.Equal(t, retcode.ServerUnavailable, err)
	_, err = s.Client.Facts()
	require.Equal(t, retcode.ServerUnavailable, err)
	require.Equal(t, retcode.ServerUnavailable, s.Fault())
	_, err = s.NewTokens(hsm.UserMgmt, "admin", 0)
	require.Equal(t, retcode.ServerUnavailable, err)
	require.Nil(t, s.User())
	require.Equal(t, last, c.LastEvent())
}

func TestTheDaemonDoesNotTouchOwnConnections(t *testing.T) {
	c := cluster.New(cluster.Options{})
	daemons, own := as(t, c, "example_user"), officers(t, c)
	c.SetDaemon(false)
	require.Equal(t, retcode.DaemonSocket, daemons.Fault())
	require.Empty(t, daemons.Reached())
	require.False(t, daemons.Connected())
	require.NoError(t, own.Fault())
	require.Equal(t, "admin", own.User().Name)
	c.SetDaemon(true)
	require.NoError(t, daemons.Fault())
	require.Nil(t, daemons.Login, "a new start of the daemon knows nobody")
	require.Equal(t, "admin", own.User().Name)
	require.Equal(t, []int{2, 2, 2}, sessions(c))
}

func TestARenewedClusterKnowsNoOwnConnection(t *testing.T) {
	c := cluster.New(cluster.Options{})
	daemons, own := as(t, c, "example_user"), officers(t, c)
	c.Renew(cluster.Options{})
	require.True(t, daemons.Connected())
	require.Nil(t, daemons.Login)
	require.False(t, own.Connected())
	require.Equal(t, []int{1, 1, 1}, sessions(c))
}

// TestAClientOfOneActsThereAndNowhereElse calls each service of an officer's tool.
func TestAClientOfOneActsThereAndNowhereElse(t *testing.T) {
	for _, row := range []struct {
		op, detail string
		who        hsm.UserType
		call       func(*server) error
	}{
		{"create user", "bob", hsm.CO, func(s *server) error { return s.CreateUser(newUser("bob")) }},
		{"change password", "user4", hsm.CO, func(s *server) error {
			return s.ChangePassword(hsm.CU, "user4", secretOf("password2"))
		}},
		{"delete user", "user5", hsm.CO, func(s *server) error { _, err := s.DeleteUser(hsm.CU, "user5"); return err }},
		{"extract", "4", hsm.CO, func(s *server) error { _, err := s.ExtractUser(4); return err }},
		{"users", "", hsm.CO, func(s *server) error { _, err := s.Users(); return err }},
		{"info", "", hsm.CO, func(s *server) error { _, err := s.Client.Facts(); return err }},
		{"info", "", hsm.CO, func(s *server) error { _, err := s.Certificate(cluster.CustomerRoot); return err }},
		{"set M value", "2", hsm.CO, func(s *server) error {
			if err := s.CreateUser(hsm.NewUser{Type: hsm.CO, Name: "second", Secret: secretOf("password2")}); err != nil {
				return err
			}
			return cluster.FirstError(s.SetM(hsm.UserMgmt, 2))
		}},
		{"get M value", "3", hsm.CO, func(s *server) error { _, err := cluster.Value(s.M(hsm.UserMgmt)); return err }},
		{"list tokens", "", hsm.CO, func(s *server) error { _, err := s.Tokens(); return err }},
		{"delete token", "", hsm.CO, func(s *server) error { return s.DeleteTokens(true) }},
		{"find", "3", hsm.CO, func(s *server) error { _, _, err := s.KeysOf(3); return err }},
		{"logout", "", hsm.CO, func(s *server) error { return s.LogOut() }},
		{"look up", "6", hsm.CU, func(s *server) error { _, err := s.Key(6); return err }},
		{"share", "6", hsm.CU, func(s *server) error { return s.Share(6, []int{4}, true) }},
		{"set attribute", "6", hsm.CU, func(s *server) error { return s.SetAttribute(6, attr.Label, "new") }},
		{"extract", "6", hsm.CU, func(s *server) error { _, err := s.ExtractKey(6); return err }},
	} {
		t.Run(row.op+" "+row.detail, func(t *testing.T) {
			c := cluster.New(cluster.Options{})
			made(t, as(t, c, "example_user"), single(1, attr.PrivateKey))
			s, err := dial(c, c.Node(1).IP)
			require.NoError(t, err)
			name, password := "admin", "password"
			if row.who == hsm.CU {
				name, password = "example_user", "aws"
			}
			require.NoError(t, s.LogIn(row.who, name, cluster.Prove(password), nil))
			others := []*hsm.HSM{c.Node(0).HSM.Copy(), c.Node(2).HSM.Copy()}
			require.NoError(t, row.call(s))
			events := c.Events(0)
			last := events[len(events)-1]
			require.Equal(t, []any{row.op, row.detail, 1, cluster.FromClient}, []any{last.Op, last.Detail, last.Node, last.From})
			require.Equal(t, others, []*hsm.HSM{c.Node(0).HSM, c.Node(2).HSM})
		})
	}
}

func newUser(name string) hsm.NewUser {
	return hsm.NewUser{Type: hsm.CU, Name: name, Secret: secretOf("password2")}
}

func TestAClientOfSeveralHasAnAnswerPerHSM(t *testing.T) {
	c := cluster.New(cluster.Options{})
	one := officer(t, c, 1)
	require.NoError(t, one.CreateUser(newUser("bob")))
	all := officers(t, c)
	require.Equal(t, []cluster.Answer{{Node: 0}, {Node: 1, Err: hsm.Refusal{Reason: hsm.NameTaken, User: 7}}, {Node: 2}}, all.CreateUser(newUser("bob")),
		"a refusal holds up nobody")
	require.Equal(t, cluster.Coverage{Have: 3, Of: 3}, all.UserCoverage(hsm.CU, "bob"))

	require.NoError(t, c.Isolate(0))
	gone := all.DeleteUser(hsm.CU, "bob")
	require.Equal(t, []int{1, 2}, nodesOf(cluster.Answers(gone)))
	require.Equal(t, []cluster.Answer{{Node: 1}, {Node: 2}}, cluster.Answers(gone))
	require.NotNil(t, c.Node(0).HSM.UserNamed(hsm.CU, "bob"))
}

func TestEachIsTheSameConnectionsOneByOne(t *testing.T) {
	c := cluster.New(cluster.Options{})
	all := officers(t, c)
	for i, one := range all.Each() {
		require.Equal(t, i, one.Node())
		require.Equal(t, 1, one.Size())
		require.Equal(t, "admin", one.User().Name)
		require.NoError(t, cluster.FirstError(one.LogOut()))
		require.Equal(t, i < 2, all.User() != nil, "the others are logged in still")
	}
	require.Equal(t, []int{1, 1, 1}, sessions(c))
}

func TestNobodyIsToldByWhomHeReaches(t *testing.T) {
	c := cluster.New(cluster.Options{})
	daemons, err := c.Connect()
	require.NoError(t, err)
	own, err := c.Dial(addresses(c, 0)...)
	require.NoError(t, err)
	before := c.LastEvent()
	calls := map[string]func() error{
		"users":  func() error { _, err := daemons.Users(); return err },
		"tokens": func() error { _, err := daemons.Tokens(); return err },
		"make":   func() error { _, err := daemons.NewTokens(hsm.UserMgmt, "user4", 6); return err },
		"delete": func() error { return daemons.DeleteTokens(true) },
		"one":    func() error { return daemons.DeleteToken(1) },
		"hand":   func() error { return daemons.Approve(nil, nil) },
	}
	for name, call := range calls {
		require.Equal(t, retcode.UserNotReady, call(), name)
	}
	require.Equal(t, before, c.LastEvent(), "no HSM was asked")
	_, err = own.Users()
	require.NoError(t, err)
	_, err = own.Tokens()
	require.Equal(t, hsm.NotLoggedIn, err)
	require.Equal(t, hsm.NotLoggedIn, cluster.FirstError(own.LogOut()))
	require.Equal(t, retcode.UserNotReady, cluster.FirstError(daemons.LogOut()))
	c.Daemon = false
	for name, call := range calls {
		require.Equal(t, retcode.DaemonSocket, call(), "without a daemon nobody is asked who he is: %s", name)
	}
}

func TestAChallengeIsAnsweredOnce(t *testing.T) {
	c := cluster.New(cluster.Options{})
	s, other := officer(t, c, 0), officer(t, c, 0)
	digest := s.Challenge()
	require.Len(t, digest, 32)
	require.NotEqual(t, digest, s.Challenge())
	require.NotEqual(t, digest, other.Challenge())
	other.Close()
	wrong := &hsm.SecondFactor{Challenge: []byte("mine")}
	secret := secretOf("password2")
	secret.Second = wrong
	require.ErrorIs(t, s.ChangePassword(hsm.CO, "admin", secret), hsm.BadPublicKey)
	require.Equal(t, []byte("mine"), wrong.Challenge, "the caller's is left alone")
}

// TestOnlyOneHSMIsLoggedOutAudibly: where a command goes to all, the HSM that has taken it writes
// it down.
func TestOnlyOneHSMIsLoggedOutAudibly(t *testing.T) {
	for name, connect := range map[string]func(*cluster.Cluster) *cluster.Client{
		"daemon": func(c *cluster.Cluster) *cluster.Client { return as(t, c, "example_user") },
		"own":    func(c *cluster.Cluster) *cluster.Client { return without(t, c, hsm.CU, "example_user", "aws") },
	} {
		c := cluster.New(cluster.Options{})
		require.NoError(t, cluster.FirstError(connect(c).LogOut()), name)
		for _, n := range c.Nodes {
			last := n.HSM.Audit.Entries[len(n.HSM.Audit.Entries)-1]
			require.Equal(t, n.HSM.Node == 0, last.Opcode == hsm.CNLogout, "%s, node %d", name, n.HSM.Node)
		}
	}
}

func TestTheSameUserOnTwoHSMs(t *testing.T) {
	c := cluster.New(cluster.Options{Nodes: 2})
	for _, row := range []struct {
		name   string
		t      [2]hsm.UserType // "" for nobody
		user   [2]string
		wanted error
	}{
		{"the same", [2]hsm.UserType{hsm.CU, hsm.CU}, [2]string{"user4", "user4"}, nil},
		{"another", [2]hsm.UserType{hsm.CU, hsm.CU}, [2]string{"user4", "user5"}, hsm.OtherLoggedIn},
		{"nobody here", [2]hsm.UserType{"", hsm.CU}, [2]string{"", "user5"}, hsm.NotLoggedIn},
		{"nobody there", [2]hsm.UserType{hsm.CU, ""}, [2]string{"user5", ""}, hsm.NotLoggedIn},
		{"nobody anywhere", [2]hsm.UserType{}, [2]string{}, hsm.NotLoggedIn},
	} {
		var clients []*cluster.Client
		for i := range 2 {
			cl, err := c.Dial(c.Node(i).IP)
			require.NoError(t, err)
			if row.t[i] != "" {
				require.NoError(t, cluster.FirstError(cl.LogInSigned(row.t[i], row.user[i], cluster.Prove("aws"), nil)))
			}
			clients = append(clients, cl)
		}
		require.Equal(t, row.wanted, clients[0].SameUser(clients[1]), row.name)
	}
	here, there := withNode(t, c, 0), withNode(t, c, 1)
	require.NoError(t, c.Isolate(1))
	require.Equal(t, error(hsm.NotLoggedIn), here.SameUser(there), "a lost connection")
}

package cluster_test

import (
	"hsmplay/core/attr"
	"hsmplay/core/cluster"
	"hsmplay/core/hsm"
)

// server is a client of one HSM, whose answers are the one's.
type server struct {
	*cluster.Client
	Node int
}

func dial(c *cluster.Cluster, address string) (*server, error) {
	cl, err := c.Dial(address)
	if err != nil {
		return nil, err
	}
	return &server{cl, cl.Node()}, nil
}

func (s *server) LogIn(t hsm.UserType, name string, prove hsm.Prover, f *hsm.SecondFactor) error {
	return cluster.FirstError(s.LogInSigned(t, name, prove, f))
}

func (s *server) LogOut() error { return cluster.FirstError(s.Client.LogOut()) }

func (s *server) CreateUser(n hsm.NewUser) error { return cluster.FirstError(s.Client.CreateUser(n)) }

func (s *server) ChangePassword(t hsm.UserType, name string, secret hsm.Secret) error {
	return cluster.FirstError(s.Client.ChangePassword(t, name, secret))
}

func (s *server) DeleteUser(t hsm.UserType, name string) (hsm.Deleted, error) {
	return cluster.Value(s.Client.DeleteUser(t, name))
}

func (s *server) Undelete(d hsm.Deleted) error { return cluster.FirstError(s.Client.Undelete(d)) }

func (s *server) ExtractUser(id int) (*hsm.User, error) {
	return cluster.Value(s.Client.ExtractUser(id))
}

func (s *server) InsertUser(from *server, u *hsm.User) error {
	return cluster.FirstError(s.Client.InsertUser(from.Client, u))
}

func (s *server) Key(handle uint32) (*hsm.Key, error) { return cluster.Value(s.ReadKey(handle)) }

func (s *server) Share(handle uint32, users []int, share bool) error {
	return cluster.FirstError(s.Client.Share(handle, users, share))
}

func (s *server) SetAttribute(handle uint32, a attr.Attr, value string) error {
	return cluster.FirstError(s.Client.SetAttribute(handle, a, value))
}

func (s *server) ExtractKey(handle uint32) (*hsm.Key, error) {
	return cluster.Value(s.Client.ExtractKey(handle))
}

func (s *server) InsertKey(from *server, k *hsm.Key) error {
	return cluster.FirstError(s.Client.InsertKey(from.Client, k))
}

func (s *server) KeysOf(user int) ([]hsm.Listed, [32]byte, error) {
	held, err := cluster.Value(s.Client.KeysOf(user))
	return held.Keys, held.Hash, err
}

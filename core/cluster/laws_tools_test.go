package cluster_test

import (
	"crypto"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/attr"
	"hsmplay/core/cluster"
	"hsmplay/core/hsm"
	"hsmplay/core/mech"
)

// The laws hold across tools: on one cluster in one state, what the tool of Client SDK 5 is granted,
// an older one is granted, and the reverse. Each request is made in a copy of the world by each.

// asking asks for the same by way of both.
type asking struct {
	older func(*cluster.Client) error // cloudhsm_mgmt_util, or key_mgmt_util where daemon is set
	whole func(*cluster.Client) error
}

// askers are what may be asked for, of a user and a key that chance has picked.
func askers(kind hsm.UserType, name string, k *hsm.Key) map[string]asking {
	secret := func(cl *cluster.Client) hsm.Secret { return cl.NewUserSecret("newpassword") }
	share := func(on bool) asking {
		return asking{func(cl *cluster.Client) error {
			u := cl.UserNamed(hsm.CU, name)
			if u == nil {
				return cluster.ErrNoUser
			}
			return cluster.FirstError(cl.Share(k.Handle, []int{u.ID}, on))
		}, func(cl *cluster.Client) error { return cl.ShareKey(k.Handle, name, on) }}
	}
	return map[string]asking{
		"delete user": {func(cl *cluster.Client) error { return cluster.FirstError(cluster.Answers(cl.DeleteUser(kind, name))) },
			func(cl *cluster.Client) error { return cl.RemoveUser(kind, name) }},
		"create user": {func(cl *cluster.Client) error {
			return cluster.FirstError(cl.CreateUser(hsm.NewUser{Type: kind, Name: name + "2", Secret: secret(cl)}))
		}, func(cl *cluster.Client) error {
			return cl.AddUser(hsm.NewUser{Type: kind, Name: name + "2", Secret: secret(cl)})
		}},
		"change password": {func(cl *cluster.Client) error { return cluster.FirstError(cl.ChangePassword(kind, name, secret(cl))) },
			func(cl *cluster.Client) error {
				return cl.ChangeUser(kind, name, cluster.PasswordChange{Password: "newpassword"})
			}},
		"share":   share(true),
		"unshare": share(false),
		"set trusted": {func(cl *cluster.Client) error {
			return cluster.FirstError(cl.SetAttribute(k.Handle, attr.Trusted, "1"))
		},
			func(cl *cluster.Client) error {
				return cl.ChangeKey(k.Handle, attr.Setting{Attr: attr.Trusted, On: true})
			}},
	}
}

// uses are the same of key_mgmt_util, for crypto users.
func uses(k *hsm.Key) map[string]func(*cluster.Client) error {
	return map[string]func(*cluster.Client) error{
		"look up": func(cl *cluster.Client) error { _, err := cl.Key(k.Handle); return err },
		"delete":  func(cl *cluster.Client) error { _, err := cl.Delete(k.Handle); return err },
		"sign": func(cl *cluster.Client) error {
			return cl.Sign(hsm.SignRequest{Handle: k.Handle, Mechanism: mech.ECDSAWith(crypto.SHA384), Message: []byte("m")}).Refused()
		},
	}
}

// anyWorld is a cluster with keys, approvals and logins by chance.
func anyWorld(t *testing.T, r *rand.Rand) *cluster.Cluster {
	c := cluster.New(cluster.Options{Seed: r.Uint64()})
	admin := joined(t, c, c.Group, hsm.CO, "admin")
	require.NoError(t, admin.AddUser(hsm.NewUser{Type: hsm.CO, Name: "boss", Secret: admin.NewUserSecret("password")}))
	for _, name := range []string{"user4", "user5"} {
		cl := joined(t, c, c.Group, hsm.CU, name)
		for range 3 {
			q := pair(1)
			q.Templates[1].Shared = [][]int{nil, {6}, {3, 6}}[r.IntN(3)]
			if len(q.Templates[1].Shared) > 1 {
				q.Templates[1].MValue = []int{0, 2}[r.IntN(2)]
			}
			made(t, cl, q)
		}
		if r.IntN(2) == 0 {
			cl.Close()
		}
	}
	if r.IntN(3) == 0 {
		require.NoError(t, admin.SetQuorum(hsm.UserMgmt, 2))
	}
	admin.Close()
	return c
}

func TestNoToolGrantsWhatAnotherRefuses(t *testing.T) {
	people := []struct {
		kind hsm.UserType
		name string
	}{{hsm.CO, "admin"}, {hsm.CO, "boss"}, {hsm.CU, "user4"}, {hsm.CU, "user5"}, {hsm.CU, "user6"}, {hsm.CU, "example_user"}}
	granted, refused := map[string]int{}, map[string]int{}
	for seed := range uint64(12) {
		r := rand.New(rand.NewPCG(seed, 1))
		c := anyWorld(t, r)
		var keys []*hsm.Key
		for _, k := range c.Node(0).HSM.Keys {
			if k != nil {
				keys = append(keys, k)
			}
		}
		for range 12 {
			who, about, k := people[r.IntN(len(people))], people[r.IntN(len(people))], keys[r.IntN(len(keys))]
			all := askers(about.kind, about.name, k)
			for op, use := range uses(k) {
				if who.kind == hsm.CU {
					all[op] = asking{use, use}
				}
			}
			for op, ask := range all {
				before := c.Fork()
				older := olderTool(t, before, who.kind, who.name, uses(k)[op] != nil)
				old := ask.older(older)
				after := c.Fork()
				now := ask.whole(joined(t, after, after.Group, who.kind, who.name))
				require.Equal(t, old == nil, now == nil, "seed %d: %s as %s, about %s and %d: %v, %v", seed, op, who.name, about.name, k.Handle, old, now)
				if now == nil {
					granted[op]++
				} else {
					refused[op]++
				}
			}
		}
	}
	for _, op := range []string{"delete user", "change password", "share", "set trusted", "look up", "delete", "sign"} {
		require.Positive(t, granted[op], op)
		require.Positive(t, refused[op], op)
	}
}

// olderTool is key_mgmt_util or cloudhsm_mgmt_util with a login.
func olderTool(t *testing.T, c *cluster.Cluster, kind hsm.UserType, name string, daemon bool) *cluster.Client {
	password := credentials(kind, name).Password
	if daemon {
		cl, err := c.Connect()
		require.NoError(t, err)
		require.NoError(t, cluster.FirstError(cl.LogIn(kind, name, password)))
		return cl
	}
	cl, err := c.Dial(addresses(c, 0, 1, 2)...)
	require.NoError(t, err)
	require.NoError(t, cluster.FirstError(cl.LogInSigned(kind, name, cluster.Prove(password), nil)), name+strconv.Itoa(slices.Index(c.Groups, c.Group)))
	return cl
}

package cluster_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/attr"
	"hsmplay/core/cluster"
	"hsmplay/core/hsm"
	"hsmplay/core/mech"
)

// quick is a recipe of keys whose value does not matter: material of its own, made without any
// computing.
type quick struct {
	classes []attr.Class
	slow    bool
}

func (q quick) Make(ctx context.Context, _ mech.Source) ([]*mech.Material, error) {
	var made []*mech.Material
	for _, class := range q.classes {
		made = append(made, &mech.Material{Class: class, Type: attr.EC, Bits: 715, KCV: []byte{1, 2, 3}})
	}
	return made, ctx.Err()
}

func (q quick) Slow() bool { return q.slow }

// pair asks for a P-384 pair that n HSMs must hold.
func pair(servers int) cluster.Request { return request(servers, attr.Public, attr.PrivateKey) }

// single asks for one key of the class.
func single(servers int, class attr.Class) cluster.Request { return request(servers, class) }

func request(servers int, classes ...attr.Class) cluster.Request {
	r := cluster.Request{Recipe: quick{classes: classes}, Servers: servers}
	for _, class := range classes {
		r.Templates = append(r.Templates, hsm.Template{Class: class, Type: attr.EC, Curve: p384(), Label: "k"})
	}
	return r
}

// inSession makes the keys of a request session keys.
func inSession(r cluster.Request) cluster.Request {
	for i := range r.Templates {
		r.Templates[i].InSession = true
	}
	return r
}

// within gives a request a time-out in milliseconds.
func within(r cluster.Request, ms int64) cluster.Request {
	r.Timeout = ms
	return r
}

// slowly makes the material of a request the caller's work.
func slowly(r cluster.Request) cluster.Request {
	q := r.Recipe.(quick)
	q.slow = true
	r.Recipe = q
	return r
}

// as connects a tool and logs a crypto user with the toy password in.
func as(t require.TestingT, c *cluster.Cluster, name string) *cluster.Client {
	cl, err := c.Connect()
	require.NoError(t, err)
	require.NoError(t, cluster.FirstError(cl.LogIn(hsm.CU, name, "aws")))
	return cl
}

// made creates keys and expects them at once.
func made(t require.TestingT, cl *cluster.Client, r cluster.Request) []*hsm.Key {
	cr := cl.Create(r)
	require.True(t, cr.Done())
	require.NoError(t, cr.Err)
	return cr.Keys
}

// picture compares the state of a cluster with a drawing.
func picture(t *testing.T, want string, c *cluster.Cluster) {
	t.Helper()
	require.Equal(t, want, "\n"+c.String())
}

// p384 is the curve of the tests' pairs.
func p384() *mech.Curve {
	curve, _ := mech.CurveNamed("secp384r1")
	return curve
}

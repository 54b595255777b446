package cluster_test

import (
	"crypto"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/binary"
	"encoding/pem"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/attr"
	"hsmplay/core/cluster"
	"hsmplay/core/hsm"
	"hsmplay/core/mech"
	"hsmplay/core/mech/secret"
	"hsmplay/core/retcode"
)

// signer is a private key outside of the HSMs.
type signer struct {
	t   *testing.T
	key *rsa.PrivateKey
}

func newSigner(t *testing.T) signer {
	data, err := os.ReadFile(rsa2048)
	require.NoError(t, err)
	block, _ := pem.Decode(data)
	key, err := x509.ParsePKCS1PrivateKey(block.Bytes)
	require.NoError(t, err)
	return signer{t, key}
}

func (s signer) public() []byte {
	spki, err := x509.MarshalPKIXPublicKey(&s.key.PublicKey)
	require.NoError(s.t, err)
	return spki
}

// digest signs a digest as it is, file what it is of.
func (s signer) digest(digest []byte) []byte {
	signature, err := rsa.SignPKCS1v15(nil, s.key, crypto.SHA256, digest)
	require.NoError(s.t, err)
	return signature
}

func (s signer) file(file []byte) []byte {
	sum := sha256.Sum256(file)
	return s.digest(sum[:])
}

// quorate makes a key that asks for two approvals of example_user, user4 and user5.
func quorate(t *testing.T, cl *cluster.Client) uint32 {
	r := pair(1)
	r.Recipe = mech.EC{Curve: p384()}
	r.Templates[1].Shared, r.Templates[1].MValue = []int{4, 5}, 2
	return made(t, cl, r)[1].Handle
}

// registered gives example_user and user4 a key for approvals.
func registered(c *cluster.Cluster, key signer) {
	for _, n := range c.Nodes {
		for _, id := range []int{3, 4} {
			row := *n.HSM.UserByID(id)
			row.Quorum = key.public()
			n.HSM.PutUser(&row)
		}
	}
}

func tokens(c *cluster.Cluster) []int {
	var counts []int
	for _, n := range c.Nodes {
		counts = append(counts, len(n.HSM.Quorum.Tokens))
	}
	return counts
}

func TestAQuorumIsCollectedOnAllHSMsAtOnce(t *testing.T) {
	c := cluster.New(cluster.Options{Wall: 1_000_000_000_000})
	c.Advance(5000)
	cl, key := as(t, c, "example_user"), newSigner(t)
	handle := quorate(t, cl)
	registered(c, key)
	made, err := cl.NewTokens(hsm.UserMgmt, "example_user", handle)
	require.NoError(t, err)
	require.Len(t, made, 3)
	nonces := map[string]bool{}
	var file []byte
	for i, p := range made {
		require.Equal(t, i, p.Node)
		require.Equal(t, []any{"example_user", 2, handle, hsm.UserMgmt}, []any{p.User, p.Required, p.Handle, p.Service})
		require.EqualValues(t, hsm.TokenLife, p.Validity)
		require.EqualValues(t, 1_000_000_005, binary.BigEndian.Uint32(p.Record[64:]))
		nonces[string(p.Record[16:32])] = true
		file = append(file, p.Record...)
	}
	require.Len(t, nonces, 3, "each HSM has a token of its own")
	approval := func(name string) hsm.Approval {
		return hsm.Approval{Type: hsm.CU, Name: name, Signature: key.file(file)}
	}
	require.NoError(t, cl.Approve(file, []hsm.Approval{approval("example_user"), approval("example_user")}))
	c.Advance(1000)
	listed, err := cl.Tokens()
	require.NoError(t, err)
	require.Len(t, listed, 1)
	require.Equal(t, []string{"example_user"}, listed[0].Approvers)
	require.EqualValues(t, hsm.TokenLife-1000, listed[0].Validity)
	require.NoError(t, c.Isolate(1))
	require.NoError(t, cl.Approve(file, []hsm.Approval{approval("user4")}))
	require.NoError(t, c.Heal(1))
	for _, n := range []int{0, 2} {
		require.Equal(t, []int{3, 4}, c.Node(n).HSM.Quorum.Tokens[0].Approvers)
	}
	require.Empty(t, c.Node(1).HSM.Quorum.Tokens, "its session is a new one")

	bad := approval("user4")
	bad.Signature = []byte("no signature")
	require.Equal(t, hsm.BadSignature, cl.Approve(file, []hsm.Approval{bad}))
	require.Equal(t, hsm.NoToken, cl.Approve([]byte("no token"), nil))
}

// Approvals are given for one use in the cluster, not for one on each HSM; and a use that fails
// takes none.
func TestAUseSpendsTheApprovalsOnAllHSMs(t *testing.T) {
	c := cluster.New(cluster.Options{Wall: 1_000_000_000_000})
	cl, key := as(t, c, "example_user"), newSigner(t)
	r := request(1, attr.Public, attr.PrivateKey)
	r.Recipe = mech.EC{Curve: p384()}
	r.Templates[1].Shared, r.Templates[1].MValue = []int{4}, 1
	handle := made(t, cl, r)[1].Handle
	for _, n := range c.Nodes {
		row := *n.HSM.UserByID(4)
		row.Quorum = key.public()
		n.HSM.PutUser(&row)
	}
	pending, err := cl.NewTokens(hsm.UserMgmt, "example_user", handle)
	require.NoError(t, err)
	var file []byte
	for _, p := range pending {
		file = append(file, p.Record...)
	}
	require.NoError(t, cl.Approve(file, []hsm.Approval{{Type: hsm.CU, Name: "user4", Signature: key.file(file)}}))
	sign := func(m mech.Mechanism) error {
		call := cl.Sign(hsm.SignRequest{Handle: handle, Mechanism: m})
		call.Work()
		_, err := call.Finish()
		return err
	}
	require.Error(t, sign(mech.PKCS1(crypto.SHA256)))
	require.Equal(t, []int{1, 1, 1}, tokens(c))
	require.NoError(t, sign(mech.ECDSAWith(crypto.SHA256)))
	require.Equal(t, []int{0, 0, 0}, tokens(c))
	require.ErrorIs(t, sign(mech.ECDSAWith(crypto.SHA256)), hsm.NotApproved)
}

func TestATokenCountsWhereOneHSMMakesIt(t *testing.T) {
	c := cluster.New(cluster.Options{})
	cl := as(t, c, "example_user")
	handle := quorate(t, cl)
	c.Node(0).HSM.Erase(handle)
	c.Node(1).HSM.Erase(handle)
	made, err := cl.NewTokens(hsm.UserMgmt, "example_user", handle)
	require.NoError(t, err)
	require.Len(t, made, 1)
	require.Equal(t, 2, made[0].Node)
	c.Node(2).HSM.Erase(handle)
	_, err = cl.NewTokens(hsm.UserMgmt, "example_user", handle)
	require.Equal(t, retcode.BadHandle, err, "the first HSM's refusal")
}

func TestOneTokenIsDeletedForItsKeyAlone(t *testing.T) {
	c := cluster.New(cluster.Options{})
	cl, other := as(t, c, "example_user"), as(t, c, "user4")
	first, second := quorate(t, cl), quorate(t, cl)
	for _, handle := range []uint32{first, second} {
		_, err := cl.NewTokens(hsm.UserMgmt, "example_user", handle)
		require.NoError(t, err)
	}
	theirs, err := other.NewTokens(hsm.UserMgmt, "user4", first)
	require.NoError(t, err)
	require.Equal(t, []int{3, 3, 3}, tokens(c))
	require.Equal(t, hsm.NoToken, cl.DeleteToken(99))
	require.Equal(t, hsm.NoToken, cl.DeleteToken(theirs[0].ID), "somebody else's")
	mine, err := cl.Tokens()
	require.NoError(t, err)
	require.Equal(t, second, mine[1].Handle)
	require.NoError(t, cl.DeleteToken(mine[1].ID))
	for _, n := range c.Nodes {
		require.Len(t, n.HSM.Quorum.Tokens, 2)
		for _, token := range n.HSM.Quorum.Tokens {
			require.Equal(t, first, token.Handle, "node %d", n.HSM.Node)
		}
	}
	require.NoError(t, cl.DeleteTokens(false))
	require.Equal(t, []int{1, 1, 1}, tokens(c))
	require.Equal(t, 4, c.Node(0).HSM.Quorum.Tokens[0].User)
}

func TestASecondFactorAnswersOneChallenge(t *testing.T) {
	c := cluster.New(cluster.Options{})
	s, key := officer(t, c, 0), newSigner(t)
	with := func(password string, digest []byte) hsm.Secret {
		secret := secretOf(password)
		secret.Second = &hsm.SecondFactor{Key: key.public(), Signature: key.digest(digest)}
		return secret
	}
	digest := s.Challenge()
	require.NoError(t, s.ChangePassword(hsm.CO, "admin", with("password1", digest)))
	require.NotNil(t, c.Node(0).HSM.UserByID(1).TwoFA)
	require.Equal(t, hsm.BadSignature, s.ChangePassword(hsm.CO, "admin", with("password2", digest)), "it was answered before")
	s.Close()
	s, err := dial(c, c.Node(0).IP)
	require.NoError(t, err)
	prove := cluster.Prove("password1")
	require.Equal(t, retcode.LoginFailure, s.LogIn(hsm.CO, "admin", prove, nil))
	digest = s.Challenge()
	require.NoError(t, s.LogIn(hsm.CO, "admin", prove, &hsm.SecondFactor{Signature: key.digest(digest)}))
	require.NoError(t, s.LogOut())
	require.Equal(t, retcode.LoginFailure, s.LogIn(hsm.CO, "admin", prove, &hsm.SecondFactor{Signature: key.digest(digest)}))
}

// TestApprovalsAreForOneUse: the HSMs have a token each, and a use on one of them spends all.
func TestApprovalsAreForOneUse(t *testing.T) {
	c := cluster.New(cluster.Options{})
	cl, key := as(t, c, "example_user"), newSigner(t)
	registered(c, key)
	handle, other := quorate(t, cl), quorate(t, cl)
	var file []byte
	for _, h := range []uint32{handle, other} {
		made, err := cl.NewTokens(hsm.UserMgmt, "example_user", h)
		require.NoError(t, err)
		if h == handle {
			for _, p := range made {
				file = append(file, p.Record...)
			}
		}
	}
	use := func() error {
		call := cl.Sign(hsm.SignRequest{Handle: handle, Mechanism: mech.ECDSAWith(crypto.SHA384), Message: []byte("m")})
		if err := call.Refused(); err != nil {
			return err
		}
		call.Work()
		_, err := call.Finish()
		return err
	}
	approve := func(name string) {
		a := hsm.Approval{Type: hsm.CU, Name: name, Signature: key.file(file)}
		require.NoError(t, cl.Approve(file, []hsm.Approval{a}))
	}
	approve("example_user")
	require.ErrorIs(t, use(), hsm.NotApproved, "one is not enough")
	require.Equal(t, []int{2, 2, 2}, tokens(c))
	approve("user4")
	require.NoError(t, use())
	require.Equal(t, []int{1, 1, 1}, tokens(c), "those of the other key stay")
	require.ErrorIs(t, use(), hsm.NotApproved)
}

// TestWhatFailsSpendsNoApprovals: an import waits for HSMs that do not come, a blob does not open,
// a signature is refused, and the approvals are still there.
func TestWhatFailsSpendsNoApprovals(t *testing.T) {
	c := cluster.New(cluster.Options{})
	cl, key := as(t, c, "example_user"), newSigner(t)
	registered(c, key)
	wrapper, err := secret.New(attr.AES, make([]byte, 32))
	require.NoError(t, err)
	with := made(t, cl, cluster.Request{Recipe: given{wrapper}, Templates: []hsm.Template{
		{Class: attr.Secret, Type: attr.AES, Size: 32, Shared: []int{4}, MValue: 2}}})[0].Handle
	inside, err := secret.New(attr.AES, make([]byte, 16))
	require.NoError(t, err)
	blob, _, err := secret.Wrap(wrapper, secret.Value(inside), mech.WrapParams{Wrapping: mech.WrapNoPad})
	require.NoError(t, err)
	approved(t, cl, key, with)
	unwrap := func(blob []byte) (*hsm.Arrival, error) {
		call := cl.Unwrap(hsm.UnwrapRequest{With: with, Params: mech.WrapParams{Wrapping: mech.WrapNoPad}, Blob: blob,
			Class: attr.Secret, Type: attr.AES})
		call.Work()
		return call.Finish()
	}
	place := func() *cluster.Creation {
		arrival, err := unwrap(blob)
		require.NoError(t, err)
		return cl.Create(within(cluster.Request{Recipe: arrival, Servers: 3, Templates: []hsm.Template{arrival.Template(hsm.Template{})}}, 5000))
	}

	_, err = unwrap(append([]byte{^blob[0]}, blob[1:]...))
	require.Error(t, err)
	require.Equal(t, []int{1, 1, 1}, tokens(c), "a blob that does not open")
	require.NoError(t, c.Stop(2))
	late := place()
	require.False(t, late.Done())
	c.Advance(5000)
	require.True(t, late.Done())
	require.ErrorIs(t, late.Err, retcode.ServerUnavailable)
	require.Equal(t, []int{1, 1}, tokens(c)[:2], "the time was over")
	left := place()
	left.Abandon()
	require.Equal(t, []int{1, 1}, tokens(c)[:2], "it was given up")
	require.NoError(t, c.Start(2))
	c.Advance(60_000)
	done := place()
	c.Advance(60_000)
	require.True(t, done.Done())
	require.NoError(t, done.Err)
	require.Equal(t, []int{0, 0}, tokens(c)[:2])
}

// approved collects the two approvals that a key asks for.
func approved(t *testing.T, cl *cluster.Client, key signer, handle uint32) {
	made, err := cl.NewTokens(hsm.UserMgmt, "example_user", handle)
	require.NoError(t, err)
	var file []byte
	for _, p := range made {
		file = append(file, p.Record...)
	}
	for _, name := range []string{"example_user", "user4"} {
		require.NoError(t, cl.Approve(file, []hsm.Approval{{Type: hsm.CU, Name: name, Signature: key.file(file)}}))
	}
}

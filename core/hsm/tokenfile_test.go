package hsm_test

import (
	"crypto"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/binary"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/hsm"
	"hsmplay/core/retcode"
)

// The published token files (spec/cloudhsm-cli.md 8.3).
const (
	usageFile = "AAIABQAAABkAAAAAAGgABi5CDa9x9VyyRIaFbkSrHgJjcnlwdG9fdXNlcgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAABnPQBLAAAAAAAAAAAAAgAFAAAAGgAAAAAAaAAGQvd2qKY+GJj8gXo9lKuANGNyeXB0b191c2VyAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAGc9AEsAAAAAAAAAAA=="
	userFile  = "AAEAAwAAABgAAAAAAAAAAJ9eFkfcP3mNzJAlfK+OWbNhZG1pbgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAABj5vbeAAAAAAAAAAAAAQADAAAAFQAAAAAAAAAAW/v5Euk83amq1fij0zyvD2FkbWluAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAGPm9t4AAAAAAAAAAAABAAMAAAAUAAAAAAAAAABDw2XDwfK4hB8a15Xh1E0nYWRtaW4AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAY+b23gAAAAAAAAAA"
)

func TestRecordsAreThoseOfThePublishedFiles(t *testing.T) {
	rows := []struct {
		file, token string
		records     int
		request     hsm.Request
	}{
		{usageFile, "5GlgoWOlQU4fw4QIlbxkPGZVOVoDugFGuSKE/k67ncM=", 2,
			hsm.Request{Service: hsm.KeyUsage, Name: "crypto_user", Handle: 0x680006, Type: hsm.CU}},
		{userFile, "0l2LZkmAHZyAc1hPhyckOoVW33aGrgG77qmDHWQ3CJ8=", 3,
			hsm.Request{Service: hsm.UserMgmt, Name: "admin", Type: hsm.CO}},
	}
	for _, row := range rows {
		file, err := base64.StdEncoding.DecodeString(row.file)
		require.NoError(t, err)
		sum := sha256.Sum256(file)
		require.Equal(t, row.token, base64.StdEncoding.EncodeToString(sum[:]))
		require.Len(t, file, row.records*hsm.RecordSize)
		for at := 0; at < len(file); at += hsm.RecordSize {
			record, r := file[at:at+hsm.RecordSize], row.request
			copy(r.Nonce[:], record[16:])
			r.Unix = int64(binary.BigEndian.Uint64(record[64:]))
			require.Equal(t, record, hsm.Record(int(binary.BigEndian.Uint32(record[4:])), r))
		}
	}
}

// signs signs a file as an approver does.
func signs(t *testing.T, key *rsa.PrivateKey, file []byte) []byte {
	sum := sha256.Sum256(file)
	signature, err := rsa.SignPKCS1v15(nil, key, crypto.SHA256, sum[:])
	require.NoError(t, err)
	return signature
}

// registered gives users of an HSM a key for approvals.
func registered(t *testing.T, h *hsm.HSM, names ...string) *rsa.PrivateKey {
	key, err := readyRSA.RSA(t.Context(), 2048)
	require.NoError(t, err)
	spki, err := x509.MarshalPKIXPublicKey(&key.PublicKey)
	require.NoError(t, err)
	for _, name := range names {
		for _, u := range h.Users {
			if u.Name == name {
				row := *u
				row.Quorum = spki
				h.PutUser(&row)
			}
		}
	}
	return key
}

// newOfficer adds an officer.
func newOfficer(t *testing.T, h *hsm.HSM, name string) {
	require.NoError(t, h.CreateUser(asAdmin, hsm.NewUser{Type: hsm.CO, Name: name, Secret: secretOf("password")}))
}

func secretOf(password string) hsm.Secret {
	return hsm.Secret{Salt: []byte("salt"), Verifier: hsm.Derive(password, []byte("salt"))}
}

func TestPresentedApprovalsCountForOneCommand(t *testing.T) {
	h := desk(t)
	newOfficer(t, h, "boss")
	key := registered(t, h, "admin", "boss")
	require.NoError(t, h.SetQuorumValue(asAdmin, hsm.UserMgmt, 2))
	token, err := h.GenerateToken(asAdmin, hsm.Request{Service: hsm.UserMgmt})
	require.NoError(t, err)
	_, err = h.GenerateToken(asAdmin, hsm.Request{Service: hsm.UserMgmt, Now: 1})
	refusedFor(t, hsm.TokenExists, err, "a second token")
	file := token.Record
	by := func(names ...string) (list []hsm.Approval) {
		for _, name := range names {
			list = append(list, hsm.Approval{Type: hsm.CO, Name: name, Signature: signs(t, key, file)})
		}
		return list
	}
	bad := by("admin", "boss")
	bad[1].Signature = signs(t, key, []byte("something else"))
	short := by("admin", "boss")
	short[0].Signature = []byte("no signature")
	for name, row := range map[string]struct {
		file      []byte
		approvals []hsm.Approval
		now       int64
		want      hsm.Reason
	}{
		"none":             {file, nil, 0, hsm.NoApprovals},
		"one":              {file, by("admin"), 0, hsm.TooFewApprovals},
		"one twice":        {file, by("admin", "admin"), 0, hsm.TooFewApprovals},
		"a stranger":       {file, by("admin", "nobody"), 0, hsm.ApproverRefused},
		"another's":        {file, bad, 0, hsm.ApproverRefused},
		"no signature":     {file, short, 0, hsm.BadApproval},
		"another file":     {hsm.Record(9, hsm.Request{}), by("admin", "boss"), 0, hsm.TokenOver},
		"too late":         {file, by("admin", "boss"), hsm.TokenLife, hsm.TokenOver},
		"a crypto user's":  {file, append(by("admin"), hsm.Approval{Type: hsm.CU, Name: "alice", Signature: signs(t, key, file)}), 0, hsm.ApproverRefused},
		"an unregistered ": {file, append(by("admin"), hsm.Approval{Type: hsm.CU, Name: "bob"}), 0, hsm.ApproverRefused},
	} {
		refusedFor(t, row.want, h.Present(asAdmin, row.file, row.approvals, row.now), name)
		require.Empty(t, h.Quorum.Tokens[0].Approvers, name)
	}
	carol := hsm.NewUser{Type: hsm.CU, Name: "carol", Secret: secretOf("password")}
	require.NoError(t, h.Present(asAdmin, file, by("admin", "boss"), 599_999))
	h.Withdraw(asAdmin)
	require.Equal(t, error(hsm.NotApproved), h.CreateUser(asAdmin, carol), "what was withdrawn")
	require.NoError(t, h.Present(asAdmin, file, by("admin", "boss"), 0))
	require.Equal(t, error(hsm.Refusal{Reason: hsm.NameTaken, User: 4}), h.CreateUser(asAdmin, hsm.NewUser{Type: hsm.CU, Name: "bob", Secret: secretOf("password")}))
	require.NoError(t, h.CreateUser(asAdmin, carol), "a refusal has cost nothing")
	require.Empty(t, h.Quorum.Tokens)
	refusedFor(t, hsm.TokenOver, h.Present(asAdmin, file, by("admin", "boss"), 0), "a second time")
	carol.Name = "dave"
	require.Equal(t, error(hsm.NotApproved), h.CreateUser(asAdmin, carol))
}

func TestATokenIsBoundToItsLoginAndExpires(t *testing.T) {
	h := desk(t)
	newOfficer(t, h, "boss")
	token, err := h.GenerateToken(asAdmin, hsm.Request{Service: hsm.MiscCO})
	require.NoError(t, err)
	require.NoError(t, h.OpenSession(7))
	require.NoError(t, h.Login(7, hsm.CO, "admin", proof("password")))
	refusedFor(t, hsm.TokenOver, h.Present(7, token.Record, []hsm.Approval{{}}, 0), "another login of the same officer")
	_, err = h.GenerateToken(asAdmin, hsm.Request{Service: hsm.MiscCO, Now: hsm.TokenLife})
	require.NoError(t, err, "the first has expired")
	require.NoError(t, h.Logout(asAdmin))
	require.Empty(t, h.Quorum.Tokens)
}

func TestQuorumValues(t *testing.T) {
	h := desk(t)
	refusedFor(t, hsm.QuorumValue, h.SetQuorumValue(asAdmin, hsm.UserMgmt, 2), "more than there are officers")
	newOfficer(t, h, "boss")
	newOfficer(t, h, "deputy")
	key := registered(t, h, "admin", "boss")
	require.Equal(t, error(hsm.NotPermitted), h.SetQuorumValue(asAlice, hsm.UserMgmt, 2))
	require.Equal(t, error(hsm.NotPermitted), h.SetQuorumValue(asAdmin, hsm.ClusterMgmt, 2), "an HSM without mutual TLS")
	refusedFor(t, hsm.QuorumValue, h.SetQuorumValue(asAdmin, hsm.UserMgmt, 0), "none")
	require.NoError(t, h.SetQuorumValue(asAdmin, hsm.UserMgmt, 3))
	require.NoError(t, h.SetQuorumValue(asAdmin, hsm.UserMgmt, 2), "as long as setting values takes no approvals")
	require.NoError(t, h.SetQuorumValue(asAdmin, hsm.MiscCO, 2))
	require.Equal(t, error(hsm.NotApproved), h.SetQuorumValue(asAdmin, hsm.UserMgmt, 1))
	token, err := h.GenerateToken(asAdmin, hsm.Request{Service: hsm.MiscCO})
	require.NoError(t, err)
	var approvals []hsm.Approval
	for _, name := range []string{"admin", "boss"} {
		approvals = append(approvals, hsm.Approval{Type: hsm.CO, Name: name, Signature: signs(t, key, token.Record)})
	}
	require.NoError(t, h.Present(asAdmin, token.Record, approvals, 0))
	require.NoError(t, h.SetQuorumValue(asAdmin, hsm.MiscCO, 1))
	require.Equal(t, 1, h.MValue(hsm.MiscCO))
	require.Empty(t, h.Quorum.Tokens)
	h.Policy.Model = hsm.HSM2
	require.NoError(t, h.SetQuorumValue(asAdmin, hsm.ClusterMgmt, 2))
}

func TestTokensOfKeysAreForUseOrForManagement(t *testing.T) {
	h := desk(t)
	key := registered(t, h, "alice", "bob")
	handle := made(t, h, aes128, shared, func(k *hsm.Key) { k.MValue, k.Manage = 2, 2 })[0]
	_, err := h.GenerateToken(asAdmin, hsm.Request{Service: hsm.KeyMgmt, Handle: handle})
	require.Equal(t, error(hsm.NotPermitted), err, "an officer")
	_, err = h.GenerateToken(asAlice, hsm.Request{Service: hsm.KeyMgmt, Handle: 99})
	require.Equal(t, error(retcode.BadHandle), err)
	usage, err := h.GenerateToken(asAlice, hsm.Request{Service: hsm.KeyUsage, Handle: handle})
	require.NoError(t, err)
	_, err = h.GenerateToken(asAlice, hsm.Request{Service: hsm.KeyUsage, Handle: handle})
	require.NoError(t, err, "there may be several")
	manage, err := h.GenerateToken(asAlice, hsm.Request{Service: hsm.KeyMgmt, Handle: handle})
	require.NoError(t, err)
	present := func(token *hsm.Token) {
		var approvals []hsm.Approval
		for _, name := range []string{"alice", "bob"} {
			approvals = append(approvals, hsm.Approval{Type: hsm.CU, Name: name, Signature: signs(t, key, token.Record)})
		}
		require.NoError(t, h.Present(asAlice, token.Record, approvals, 0))
	}
	present(usage)
	refusedFor(t, hsm.ApprovalsMissing, h.Share(asAlice, handle, []int{4}, true), "approved for another service")
	present(manage)
	require.NoError(t, h.Share(asAlice, handle, []int{4}, true))
	require.Len(t, h.Quorum.Tokens, 2)
	refusedFor(t, hsm.ApprovalsMissing, h.Share(asAlice, handle, []int{4}, true), "once")
}

// An approved change that would leave too few users to approve the next one is refused, and keeps
// its approvals.
func TestAnApprovedChangeLeavesEnoughUsers(t *testing.T) {
	h := desk(t)
	key := registered(t, h, "alice", "bob")
	handle := made(t, h, aes128, shared, func(k *hsm.Key) { k.Manage = 2 })[0]
	token, err := h.GenerateToken(asAlice, hsm.Request{Service: hsm.KeyMgmt, Handle: handle})
	require.NoError(t, err)
	var approvals []hsm.Approval
	for _, name := range []string{"alice", "bob"} {
		approvals = append(approvals, hsm.Approval{Type: hsm.CU, Name: name, Signature: signs(t, key, token.Record)})
	}
	require.NoError(t, h.Present(asAlice, token.Record, approvals, 0))
	refusedFor(t, hsm.TooFewSharers, h.Share(asAlice, handle, []int{4}, false), "alice alone")
	require.NoError(t, h.Share(asAlice, handle, []int{4}, true), "approved still")
	require.Empty(t, h.Quorum.Tokens)
}

func TestASecondFactorAndApprovalsHaveOneKeyPair(t *testing.T) {
	h := desk(t)
	key := registered(t, h, "admin")
	spki := h.UserNamed(hsm.CO, "admin").Quorum
	another := newRSA(t)
	other, err := x509.MarshalPKIXPublicKey(another.Public())
	require.NoError(t, err)
	data := []byte("data of a registration token")
	challenge := sha256.Sum256(data)
	secret := secretOf("password")
	secret.Keep = true
	secret.Second = &hsm.SecondFactor{Key: other, Challenge: challenge[:], Signature: signs(t, another, data), Alone: true}
	require.Equal(t, error(hsm.SecondFactorKey), h.ChangePassword(asAdmin, hsm.CO, "admin", secret), "approvals are given with another key")
	secret.Second = &hsm.SecondFactor{Key: spki, Challenge: challenge[:], Signature: signs(t, key, data), Alone: true}
	require.NoError(t, h.ChangePassword(asAdmin, hsm.CO, "admin", secret))
	require.Equal(t, error(hsm.SecondFactorKey), h.RegisterSigned(asAdmin, other, data, nil))
	require.Equal(t, error(hsm.BadSignature), h.RegisterSigned(asAdmin, spki, []byte("other data"), signs(t, key, data)))
	require.NoError(t, h.RegisterSigned(asAdmin, spki, data, signs(t, key, data)))
	keep := secretOf("password")
	keep.Keep = true
	require.NoError(t, h.ChangePassword(asAdmin, hsm.CO, "admin", keep))
	require.Equal(t, [][]byte{spki, spki}, [][]byte{h.UserNamed(hsm.CO, "admin").TwoFA, h.UserNamed(hsm.CO, "admin").Quorum})
	keep.DropSecond = true
	require.NoError(t, h.ChangePassword(asAdmin, hsm.CO, "admin", keep))
	require.Nil(t, h.UserNamed(hsm.CO, "admin").TwoFA)
	require.Equal(t, spki, h.UserNamed(hsm.CO, "admin").Quorum)
	keep.DropQuorum = true
	require.NoError(t, h.ChangePassword(asAdmin, hsm.CO, "admin", keep))
	require.Nil(t, h.UserNamed(hsm.CO, "admin").Quorum)
}

func newRSA(t *testing.T) *rsa.PrivateKey {
	key, err := rsa.GenerateKey(nil, 2048)
	require.NoError(t, err)
	return key
}

package cluster

import (
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"math/rand/v2"

	"hsmplay/core/hsm"
)

// Seeds are the users of a fresh cluster with their toy passwords, the documentation's (design:
// fresh cluster).
var Seeds = []struct {
	ID       int
	Type     hsm.UserType
	Name     string
	Password string // "" for one that nobody logs in as
	Other    string // the documentation logs this user in with another password too (spec/kmu.md 1.3); "" for none
}{
	{1, hsm.CO, "admin", "password", ""},
	{2, hsm.AU, "app_user", "", ""},
	{3, hsm.CU, "example_user", "aws", "example_pwd"},
	{4, hsm.CU, "user4", "aws", ""},
	{5, hsm.CU, "user5", "aws", ""},
	{6, hsm.CU, "user6", "aws", ""},
}

// Firmware is the digest that a genuine HSM reports.
const Firmware = "CNN35XX-NFBE-FW-2.03-13"

// toySalt is the salt of the toy passwords, which are public. Their verifiers are so known
// beforehand, and a world under js does not begin with thousands of rounds of PBKDF2.
const toySalt = "hsmplay's toy users"

// toyVerifiers are what [hsm.Derive] makes of the toy passwords and the salt, in hex.
var toyVerifiers = map[string]string{
	"password":    "5586d1c25347f4d824997c9721cde673c68ce6394a104428f19549b0359e05d0",
	"aws":         "077fa5c9f970ecbf77f46947feb7c766a48ec08fa8a748955674676c3b19b42c",
	"example_pwd": "463cd6bc0168570f9952172470cfdf99f0ba681bc16c9c891571a0bd8aa3ba41",
}

// toyVerifier returns the verifier of a toy password, nil for "".
func toyVerifier(password string) []byte {
	verifier, err := hex.DecodeString(toyVerifiers[password])
	if err != nil || len(verifier) == 0 {
		return nil
	}
	return verifier
}

// freshUsers returns the rows of the seeded users; the HSMs share them. A seed's ids and serial
// numbers stand behind two draws for each, which once were salts: so a seed goes on meaning the
// same cluster.
func freshUsers(chance *rand.PCG) []*hsm.User {
	var users []*hsm.User
	for _, s := range Seeds {
		NewSalt(chance)
		users = append(users, &hsm.User{ID: s.ID, Name: s.Name, Type: s.Type, Salt: []byte(toySalt), First: s.ID == 1,
			Seeded: s.Password != "", Verifier: toyVerifier(s.Password), Other: toyVerifier(s.Other)})
	}
	return users
}

// NewSalt returns 16 bytes of chance for a user's verifier.
func NewSalt(chance *rand.PCG) []byte {
	salt := binary.BigEndian.AppendUint64(nil, chance.Uint64())
	return binary.BigEndian.AppendUint64(salt, chance.Uint64())
}

// addNode adds an HSM with the users and no keys to a cluster.
func (c *Cluster) addNode(g *Group, id int, o Options, users []*hsm.User) {
	h := &hsm.HSM{Node: id, Serial: serial(c.Chance), Firmware: Firmware, Policy: hsm.Policy{FIPS: !o.NonFIPS, Model: o.Model},
		KeysMax: o.KeysMax, SessMax: o.SessMax, Users: append([]*hsm.User(nil), users...)}
	if h.KeysMax == 0 {
		h.KeysMax = o.Model.Row().KeysMax
	}
	if h.SessMax == 0 {
		h.SessMax = hsm.SessionsMax
	}
	g.Nodes = append(g.Nodes, &Node{HSM: h, IP: nodeIP(id), Up: true})
}

// nodeIP returns the address of a node: a subnet each, as a cluster over several zones has.
func nodeIP(id int) string { return fmt.Sprintf("10.0.%d.%d", id+1, id+10) }

// serial returns a serial number in the vendor's shape, 3.0A0101-ICM000001 for one.
func serial(chance *rand.PCG) string {
	b := binary.BigEndian.AppendUint32(nil, uint32(chance.Uint64()))
	return "3.0A" + hex.EncodeToString(b[:2]) + "-ICM" + fmt.Sprintf("%06d", 1+chance.Uint64()%999999)
}

// SeedPassword returns the toy password of a seeded user who has not changed it, "" otherwise.
func SeedPassword(u *hsm.User) string {
	for _, s := range Seeds {
		if u.Seeded && s.ID == u.ID && s.Name == u.Name {
			return s.Password
		}
	}
	return ""
}

package hsm_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/hsm"
	"hsmplay/core/retcode"
)

// spec/cmu.md 2.2 and spec/cloudhsm-cli.md 1.8: what may be a name.
func TestNamesOfUsers(t *testing.T) {
	long := strings.Repeat("n", 32)
	for name, want := range map[string]error{
		"a": nil, "Z_9": nil, "_": nil, long[1:]: nil,
		"": hsm.Refusal{Reason: hsm.NameLength, Max: 31}, long: hsm.Refusal{Reason: hsm.NameLength, Size: 32, Max: 31},
		"crypto-user-1": hsm.Refusal{Reason: hsm.NameLetters, Value: "-"}, "a b": hsm.Refusal{Reason: hsm.NameLetters, Value: " "},
		"é": hsm.Refusal{Reason: hsm.NameLetters, Value: "é"}, long + "!": hsm.Refusal{Reason: hsm.NameLetters, Value: "!"},
		"a\xff": hsm.Refusal{Reason: hsm.NameLetters, Value: "\uFFFD"},
	} {
		require.Equal(t, want, hsm.CheckName(name), "%q", name)
		h := fresh()
		logIn(t, h, 1, hsm.CO, "admin")
		before := len(h.Users)
		require.Equal(t, want, h.CreateUser(1, hsm.NewUser{Type: hsm.CU, Name: name}), "%q", name)
		require.Equal(t, want == nil, len(h.Users) > before, "%q", name)
	}
}

// spec/cmu.md 2.2: a name is one user's, whatever his type.
func TestANameIsTakenOnce(t *testing.T) {
	h := fresh()
	logIn(t, h, 1, hsm.CO, "admin")
	for _, u := range []hsm.NewUser{{Type: hsm.CU, Name: "bob"}, {Type: hsm.CO, Name: "bob"}, {Type: hsm.CU, Name: "BOB"}} {
		require.Equal(t, hsm.Refusal{Reason: hsm.NameTaken, User: 4}, h.CreateUser(1, u), "%s %s", u.Type, u.Name)
	}
	require.NoError(t, h.CreateUser(1, hsm.NewUser{Type: hsm.CO, Name: "bobby"}))
}

// The same sections: what may be a password, through the older tools and through Client SDK 5.
func TestPasswords(t *testing.T) {
	letters := func(c string) error { return hsm.Refusal{Reason: hsm.PasswordLetters, Value: c} }
	size := func(n int) error { return hsm.Refusal{Reason: hsm.PasswordSize, Size: n} }
	long := strings.Repeat("x", 33)
	for _, row := range []struct {
		password    string
		older, sdk5 error
	}{
		{"", size(0), size(0)},
		{"sixsix", size(6), size(6)},
		{"sevense", nil, size(7)},
		{"~eight!!", nil, nil},
		{long[1:], nil, nil},
		{long, size(33), size(33)},
		{"user:password", nil, letters(":")},
		{"new password", letters(" "), letters(" ")},
		{"pass\x7fword", letters("\x7f"), letters("\x7f")},
		{"pässword", letters("ä"), letters("ä")},
		{"a\tb", letters("\t"), letters("\t")}, // before anything is said of the length
	} {
		require.Equal(t, row.older, hsm.OlderPasswords.Check(row.password), "%q", row.password)
		require.Equal(t, row.sdk5, hsm.SDK5Passwords.Check(row.password), "%q", row.password)
	}
}

// spec/cmu.md 3.2, 3.3: an HSM refuses a password with a fault and a type of user that there is none
// of, after the rights and before anything changes.
func TestAPasswordWithAFaultIsRefused(t *testing.T) {
	for _, fault := range []error{hsm.Refusal{Reason: hsm.PasswordSize, Size: 3}, hsm.Refusal{Reason: hsm.PasswordLetters, Value: ":"}} {
		bad := hsm.Secret{Salt: []byte{1}, Verifier: []byte{2}, Fault: fault}
		for _, c := range []struct {
			kind hsm.UserType
			name string
			want [2]error // of making such a user, and of changing his password
		}{
			{hsm.CU, "carol", [2]error{fault, retcode.UserNotReady}},
			{hsm.CU, "bob", [2]error{fault, fault}},
			{hsm.CO, "admin", [2]error{fault, fault}}, // oneself, too
			{"XX", "bob", [2]error{hsm.UnknownUserType, hsm.UnknownUserType}},
			{"", "bob", [2]error{hsm.UnknownUserType, hsm.UnknownUserType}},
			{"cu", "bob", [2]error{hsm.UnknownUserType, hsm.UnknownUserType}},
			{hsm.AU, "bob", [2]error{retcode.BadUserType, retcode.UserNotReady}},
		} {
			h := fresh()
			logIn(t, h, 1, hsm.CO, "admin")
			before := slices.Clone(h.Users)
			require.Equal(t, c.want[0], h.CreateUser(1, hsm.NewUser{Type: c.kind, Name: c.name, Secret: bad}), "%s %s", c.kind, c.name)
			require.Equal(t, c.want[1], h.ChangePassword(1, c.kind, c.name, bad), "%s %s", c.kind, c.name)
			require.Equal(t, before, h.Users)
		}
		h := fresh()
		require.NoError(t, h.OpenSession(1))
		require.Equal(t, error(hsm.NotLoggedIn), h.CreateUser(1, hsm.NewUser{Type: "XX", Name: "x", Secret: bad}), "rights come first")
	}
}

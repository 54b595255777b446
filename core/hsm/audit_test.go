package hsm_test

import (
	"regexp"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/attr"
	"hsmplay/core/hsm"
	"hsmplay/core/retcode"
)

// A refused call must not read as one that has done something.
func TestARefusedEntrySaysSo(t *testing.T) {
	denies := regexp.MustCompile(`\b(not|no|nothing|tried)\b`)
	for _, row := range hsm.Opcodes {
		done, refused := hsm.Entry{Opcode: row.Opcode}, hsm.Entry{Opcode: row.Opcode, Code: retcode.Policy}
		require.Regexp(t, denies, refused.Means(), row.Opcode)
		require.NotRegexp(t, denies, done.Means(), row.Opcode)
	}
}

// The entries of spec/cmu.md 7.2 and 7.4.
func TestEntriesReadAsDocumented(t *testing.T) {
	for _, row := range []struct {
		entry hsm.Entry
		want  string
	}{
		{hsm.Entry{Time: 1513717277174902, Seq: 2, Reboots: 0xe8, Opcode: hsm.CNCreateAppliance, Session: 1, User: "app_user", Type: hsm.AU},
			`Time: 12/19/17 21:01:17.174902, usecs:1513717277174902
Sequence No : 0x2
Reboot counter : 0xe8
Command Type(hex) : CN_MGMT_CMD (0x0)
Opcode : CN_CREATE_APPLIANCE_USER (0xfc)
Session Handle : 0x1004001
Response : 0:HSM Return: SUCCESS
Log type : MGMT_USER_DETAILS_LOG (2)
User Name : app_user
User Type : CN_APPLIANCE_USER (5)
`},
		{hsm.Entry{Time: 1549654539480168, Seq: 0x3f, Reboots: 0x38, Opcode: hsm.CNShareObject, Session: 7},
			`Time: 02/08/19 19:35:39.480168, usecs:1549654539480168
Sequence No : 0x3f
Reboot counter : 0x38
Command Type(hex) : CN_MGMT_CMD (0x0)
Opcode : CN_SHARE_OBJECT (0x12)
Session Handle : 0x1004007
Response : 0:HSM Return: SUCCESS
Log type : UNKNOWN_LOG_TYPE (5)
`},
		{hsm.Entry{Opcode: hsm.CNGenerateKeyPair, Keys: [2]uint32{262177, 262179}},
			`Time: 01/01/70 00:00:00.000000, usecs:0
Sequence No : 0x0
Reboot counter : 0x0
Command Type(hex) : CN_MGMT_CMD (0x0)
Opcode : CN_GENERATE_KEY_PAIR (0x19)
Session Handle : 0x1004000
Response : 0:HSM Return: SUCCESS
Log type : MGMT_KEY_DETAILS_LOG (1)
Priv/Secret Key Handle : 262177
Public Key Handle : 262179
`},
		{hsm.Entry{Opcode: hsm.CNCloseSession, Code: retcode.LoginFailure, User: "a\nb\x1b", Type: "X\n"},
			`Time: 01/01/70 00:00:00.000000, usecs:0
Sequence No : 0x0
Reboot counter : 0x0
Command Type(hex) : CN_MGMT_CMD (0x0)
Opcode : CN_CLOSE_SESSION
Session Handle : 0x1004000
Response : 163:HSM Error: RET_USER_LOGIN_FAILURE
Log type : MGMT_USER_DETAILS_LOG (2)
User Name : a\nb\x1b
User Type : X\n
`},
		{hsm.Entry{Opcode: hsm.CNCreateUser, Code: retcode.NotApproved, User: "bob", Type: hsm.CU},
			`Time: 01/01/70 00:00:00.000000, usecs:0
Sequence No : 0x0
Reboot counter : 0x0
Command Type(hex) : CN_MGMT_CMD (0x0)
Opcode : CN_CREATE_USER (0x3)
Session Handle : 0x1004000
Response : ??:RET_MXN_AUTH_FAILED
Log type : MGMT_USER_DETAILS_LOG (2)
User Name : bob
User Type : CN_CRYPTO_USER (1)
`},
	} {
		require.Equal(t, row.want, row.entry.String())
	}
}

// line is an entry in short.
type line struct {
	Opcode hsm.Opcode
	Code   retcode.Code
	About  any
}

func lines(entries []*hsm.Entry) (all []line) {
	for _, e := range entries {
		switch {
		case e.User != "":
			all = append(all, line{e.Opcode, e.Code, string(e.Type) + " " + e.User})
		case e.Keys != [2]uint32{}:
			all = append(all, line{e.Opcode, e.Code, e.Keys})
		default:
			all = append(all, line{e.Opcode, e.Code, nil})
		}
	}
	return all
}

func TestLoginsAreRecordedAsTyped(t *testing.T) {
	h := fresh()
	require.NoError(t, h.OpenSession(1))
	require.Error(t, h.Login(1, hsm.CU, "Alice", proof("wrong")))
	require.Error(t, h.Login(1, hsm.CU, "nobody\xff", proof("wrong")))
	require.Error(t, h.Login(1, hsm.AU, "app_user", proof("wrong")))
	require.NoError(t, h.Login(1, hsm.CU, "Alice", proof("password")))
	require.NoError(t, h.Logout(1))
	require.Error(t, h.Logout(1))
	require.NoError(t, h.Login(1, hsm.CO, "admin", proof("password")))
	h.CloseSession(1)
	require.Equal(t, []line{
		{hsm.CNLogin, retcode.LoginFailure, "CU Alice"},
		{hsm.CNLogin, retcode.NoSuchUser, "CU nobody\uFFFD"},
		{hsm.CNLogin, retcode.Success, "CU Alice"},
		{hsm.CNLogout, retcode.Success, "CU alice"},
		{hsm.CNLogin, retcode.Success, "CO admin"},
		{hsm.CNCloseSession, retcode.Success, "CO admin"},
	}, lines(h.Audit.Entries))
	require.NoError(t, h.Audit.Verify())
}

func TestChangesOfUsersAreRecorded(t *testing.T) {
	h := fresh()
	logIn(t, h, 1, hsm.CO, "admin")
	secret := hsm.Secret{Salt: []byte{1}, Verifier: []byte{2}}
	require.NoError(t, h.CreateUser(1, hsm.NewUser{Type: hsm.CU, Name: "carol", Secret: secret}))
	require.NoError(t, h.CreateUser(1, hsm.NewUser{Type: hsm.CO, Name: "dave", Secret: secret}))
	require.Error(t, h.CreateUser(1, hsm.NewUser{Type: hsm.CU, Name: "carol", Secret: secret}))
	require.NoError(t, h.ChangePassword(1, hsm.CU, "carol", secret))
	_, err := h.DeleteUser(1, hsm.CU, "carol")
	require.NoError(t, err)
	require.NoError(t, h.SetM(1, hsm.UserMgmt, 2))
	require.Equal(t, []line{
		{hsm.CNCreateUser, retcode.Success, "CU carol"},
		{hsm.CNCreateCO, retcode.Success, "CO dave"},
		{hsm.CNCreateUser, retcode.UserExists, "CU carol"},
		{hsm.CNChangePswd, retcode.Success, "CU carol"},
		{hsm.CNDeleteUser, retcode.Success, "CU carol"},
		{hsm.CNSetMValue, retcode.Success, "CO admin"},
	}, lines(h.Audit.Entries[1:]))
}

func TestMakingKeysIsRecordedByWhatItWas(t *testing.T) {
	public := hsm.Template{Class: attr.Public, Type: attr.EC, Curve: curve("secp384r1")}
	private := hsm.Template{Class: attr.PrivateKey, Type: attr.EC, Curve: curve("secp384r1")}
	came := func(k hsm.Template, origin hsm.Origin) hsm.Template { k.Origin = origin; return k }
	for _, row := range []struct {
		templates []hsm.Template
		want      line
	}{
		{[]hsm.Template{public, private}, line{hsm.CNGenerateKeyPair, 0, [2]uint32{7, 6}}},
		{[]hsm.Template{private}, line{hsm.CNGenerateKey, 0, [2]uint32{6, 0}}},
		{[]hsm.Template{came(public, hsm.Imported)}, line{hsm.CNCreateObject, 0, [2]uint32{6, 0}}},
		{[]hsm.Template{came(private, hsm.Imported)}, line{hsm.CNUnwrapKey, 0, [2]uint32{6, 0}}},
		{[]hsm.Template{came(private, hsm.Inserted)}, line{hsm.CNInsertMasked, 0, [2]uint32{6, 0}}},
		{[]hsm.Template{came(public, hsm.Inserted)}, line{hsm.CNInsertMasked, 0, [2]uint32{6, 0}}},
	} {
		h := fresh()
		logIn(t, h, 1, hsm.CU, "alice")
		recorded := len(h.Audit.Entries)
		var materials ready
		for _, tm := range row.templates {
			materials = append(materials, material(tm.Class))
		}
		_, err := done(h.Generate(1, hsm.GenerateRequest{Recipe: materials, Templates: row.templates}))
		require.NoError(t, err)
		require.Equal(t, []line{row.want}, lines(h.Audit.Entries[recorded:]))
	}
}

// tenEntries returns an HSM with ten entries.
func tenEntries() *hsm.HSM {
	h := fresh()
	for i := range 10 {
		h.Audit.Clock += 1000
		h.LogKeys(hsm.CNDestroyObject, 1, nil, uint32(6+i))
	}
	return h
}

func TestATamperedLogShows(t *testing.T) {
	require.NoError(t, tenEntries().Audit.Verify())
	change := func(i int, f func(*hsm.Entry)) func(*hsm.Audit) {
		return func(a *hsm.Audit) {
			row := *a.Entries[i]
			f(&row)
			a.Entries[i] = &row
		}
	}
	for _, row := range []struct {
		name   string
		tamper func(*hsm.Audit)
		seq    uint64
	}{
		{"code", change(3, func(e *hsm.Entry) { e.Code = retcode.AccessDenied }), 3},
		{"handle", change(0, func(e *hsm.Entry) { e.Keys[0] = 9 }), 0},
		{"time", change(9, func(e *hsm.Entry) { e.Time++ }), 9},
		{"number", change(4, func(e *hsm.Entry) { e.Seq = 40 }), 40},
		{"link", change(0, func(e *hsm.Entry) { e.Prev = []byte{1} }), 0},
		{"left out", func(a *hsm.Audit) { a.Entries = slices.Delete(a.Entries, 4, 5) }, 5},
		{"cut off", func(a *hsm.Audit) { a.Entries = a.Entries[:7] }, 10},
		{"beginning cut off", func(a *hsm.Audit) { a.Entries = a.Entries[3:] }, 3},
		{"emptied", func(a *hsm.Audit) { a.Entries = nil }, 10},
		{"twice", func(a *hsm.Audit) { a.Entries = slices.Insert(a.Entries, 4, a.Entries[3]) }, 3},
		{"swapped", func(a *hsm.Audit) { a.Entries[2], a.Entries[3] = a.Entries[3], a.Entries[2] }, 3},
	} {
		t.Run(row.name, func(t *testing.T) {
			a := tenEntries().Audit
			row.tamper(&a)
			require.Equal(t, hsm.BrokenChain{Seq: row.seq}, a.Verify())
		})
	}
}

func TestOldEntriesGoAndTheChainStillHolds(t *testing.T) {
	h := fresh()
	for range 2*hsm.AuditMax + 1 {
		h.Log(hsm.CNInitDone, 1, nil)
	}
	require.Len(t, h.Audit.Entries, hsm.AuditMax+1)
	require.EqualValues(t, hsm.AuditMax, h.Audit.Entries[0].Seq)
	require.NoError(t, h.Audit.Verify())
	h.Audit.Entries = h.Audit.Entries[1:]
	require.Equal(t, hsm.BrokenChain{Seq: hsm.AuditMax + 1}, h.Audit.Verify(), "they go all at once")
}

func TestACopyOfTheLogGoesItsOwnWay(t *testing.T) {
	h := tenEntries()
	c := h.Copy()
	h.Log(hsm.CNInitToken, 1, nil)
	c.Log(hsm.CNInitDone, 1, nil)
	c.Restart()
	c.Log(hsm.CNInitDone, 1, nil)
	require.NoError(t, h.Audit.Verify())
	require.NoError(t, c.Audit.Verify())
	require.Equal(t, hsm.CNInitToken, h.Audit.Entries[10].Opcode)
	require.EqualValues(t, 1, c.Audit.Entries[11].Reboots)
}

package view_test

import (
	"reflect"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/attr"
	"hsmplay/core/cluster"
	"hsmplay/core/hsm"
	"hsmplay/core/mech"
	"hsmplay/core/shell"
	"hsmplay/core/view"
)

// made returns the keys that a crypto user makes of templates with a curve's material.
func made(t *testing.T, c *cluster.Cluster, user string, templates ...hsm.Template) []*hsm.Key {
	t.Helper()
	cl, err := c.Connect()
	require.NoError(t, err)
	require.NoError(t, cluster.FirstError(cl.LogIn(hsm.CU, user, "aws")))
	cr := cl.Create(cluster.Request{Recipe: mech.EC{Curve: p384()}, Templates: templates})
	require.True(t, cr.Done())
	require.NoError(t, cr.Err)
	return cr.Keys
}

func p384() *mech.Curve {
	curve, _ := mech.CurveNamed("secp384r1")
	return curve
}

// pair are the templates of an EC pair.
func pair(label string) []hsm.Template {
	private := hsm.Template{Class: attr.PrivateKey, Type: attr.EC, Curve: p384(), Label: label}
	public := private
	public.Class = attr.Public
	return []hsm.Template{public, private}
}

func rows(c *cluster.Cluster, user int) map[uint32]view.KeyRow {
	found := map[uint32]view.KeyRow{}
	for _, r := range view.Keys(c, 0, view.Look{User: user}).Rows {
		found[r.Handle] = r
	}
	return found
}

func TestAKeyInARow(t *testing.T) {
	c := cluster.New(cluster.Options{Nodes: 2})
	made(t, c, "example_user", pair("mine")...)
	require.NoError(t, c.Stop(1))
	templates := pair("shared")
	templates[1].Shared, templates[1].MValue, templates[1].NotExtractable = []int{5, 4}, 2, true
	keys := made(t, c, "example_user", templates...)
	got := rows(c, 0)[keys[1].Handle]
	kcv := got.KCV
	require.Len(t, kcv, 6)
	require.Equal(t, view.KeyRow{ID: "key-9", Handle: 9, Class: "private", Type: "EC P-384", Curve: "secp384r1", Bits: 384, Label: "shared",
		Owner: 3, OwnerName: "example_user", Shared: []int{4, 5}, KCV: kcv, Nodes: []int{0}, Missing: []int{1}, MValue: 2,
		Flags: []string{"OBJ_ATTR_PRIVATE", "OBJ_ATTR_SENSITIVE", "OBJ_ATTR_SIGN", "OBJ_ATTR_LOCAL",
			"OBJ_ATTR_NEVER_EXTRACTABLE", "OBJ_ATTR_ALWAYS_SENSITIVE", "OBJ_ATTR_DESTROYABLE"}, Origin: "generated"}, got)
	require.Equal(t, []int{0, 1}, rows(c, 0)[6].Nodes)
	require.True(t, rows(c, 0)[7].Extractable)
}

// What a user sees is his own, what is shared with him, and public keys.
func TestVisible(t *testing.T) {
	c := cluster.New(cluster.Options{Nodes: 1})
	templates := pair("k")
	templates[1].Shared = []int{5}
	made(t, c, "example_user", templates...)
	for user, private := range map[int]bool{0: false, 3: true, 4: false, 5: true, 6: false} {
		require.True(t, rows(c, user)[6].Visible, user)
		require.Equal(t, private, rows(c, user)[7].Visible, user)
	}
}

func TestTampered(t *testing.T) {
	c := cluster.New(cluster.Options{Nodes: 2})
	c.Node(1).HSM.Firmware = "another"
	found := view.Nodes(c, 0).Rows
	require.False(t, found[0].Tampered)
	require.True(t, found[1].Tampered)
}

// A toy password stands in the row until somebody has changed it.
func TestPassword(t *testing.T) {
	c := cluster.New(cluster.Options{Nodes: 2})
	users := view.Users(c, 0).Rows
	require.Equal(t, view.UserRow{ID: "user-1", User: 1, Name: "admin", Type: "CO", Password: "password", Nodes: []int{0, 1}}, users[0])
	require.Equal(t, view.UserRow{ID: "user-2", User: 2, Name: "app_user", Type: "AU", Nodes: []int{0, 1}}, users[1])
	for _, n := range c.Nodes {
		u := *n.HSM.UserByID(4)
		u.Seeded = false
		n.HSM.PutUser(&u)
	}
	require.Empty(t, view.Users(c, 0).Rows[3].Password)
	require.Equal(t, "aws", view.Users(c, 0).Rows[4].Password)
}

// HSMs that disagree about who has an id have a row for each.
func TestUsersOfOneID(t *testing.T) {
	c := cluster.New(cluster.Options{Nodes: 3})
	for node, row := range map[int]hsm.User{1: {ID: 7, Name: "ann", Type: hsm.CU}, 2: {ID: 7, Name: "ann", Type: hsm.CO}} {
		c.Node(node).HSM.PutUser(&row)
	}
	users := view.Users(c, 0).Rows
	require.Equal(t, view.UserRow{ID: "user-7", User: 7, Name: "ann", Type: "CU", Nodes: []int{1}}, users[6])
	require.Equal(t, view.UserRow{ID: "user-7-ann-CO", User: 7, Name: "ann", Type: "CO", Nodes: []int{2}}, users[7])
	require.True(t, view.Nodes(c, 0).Rows[2].Differs)
}

func TestNodesCountWhatTheyLack(t *testing.T) {
	c := cluster.New(cluster.Options{Nodes: 3})
	require.NoError(t, c.Stop(0))
	require.NoError(t, c.Isolate(1))
	made(t, c, "example_user", pair("k")...)
	session := pair("s")
	session[0].InSession, session[1].InSession = true, true
	made(t, c, "example_user", session...)
	for i, want := range []view.NodeRow{{State: "down", Missing: 2, Differs: true}, {State: "cut", Missing: 2, Differs: true},
		{State: "up", Keys: 4}} {
		got := view.Nodes(c, 0).Rows[i]
		require.Equal(t, want, view.NodeRow{State: got.State, Keys: got.Keys, Missing: got.Missing, Differs: got.Differs}, i)
	}
}

func TestFilterAndWindow(t *testing.T) {
	c := cluster.New(cluster.Options{Nodes: 1})
	for _, label := range []string{"one", "two", "ONE too"} {
		made(t, c, "example_user", pair(label)...)
	}
	handles := func(look view.Look) (list []uint32) {
		for _, r := range view.Keys(c, 0, look).Rows {
			list = append(list, r.Handle)
		}
		return list
	}
	require.Equal(t, []uint32{6, 7, 10, 11}, handles(view.Look{Filter: "One"}))
	require.Equal(t, []uint32{7, 10}, handles(view.Look{Filter: "one", From: 1, Count: 2}))
	require.Equal(t, []uint32{10, 11}, handles(view.Look{From: 4, Count: 9}))
	require.Empty(t, handles(view.Look{From: 7}))
	require.Equal(t, []uint32{6}, handles(view.Look{From: -1, Count: 1}))
	require.Equal(t, 4, view.Keys(c, 0, view.Look{Filter: "one", Count: 1}).Total)
}

// Readers do not disturb each other: a version stays while the rows stay, whatever others look at.
func TestVersionsAreOfTheRows(t *testing.T) {
	c := cluster.New(cluster.Options{Nodes: 2})
	made(t, c, "example_user", pair("k")...)
	first, second := view.Look{User: 3}, view.Look{User: 4, Filter: "k"}
	one, two := view.Keys(c, 0, first), view.Keys(c, 0, second)
	require.NotEqual(t, one.Version, two.Version)
	require.Empty(t, view.Keys(c, one.Version, first).Rows)
	require.Equal(t, 2, view.Keys(c, one.Version, first).Total)
	require.Equal(t, two, view.Keys(c, one.Version, second), "another's version spares nothing")
	require.Equal(t, one.Version, view.Keys(c.Fork(), 0, first).Version)
	made(t, c, "user4", pair("other")...)
	require.NotEqual(t, one.Version, view.Keys(c, one.Version, first).Version)
	window := view.Keys(c, one.Version, view.Look{User: 3, Count: 2})
	require.Equal(t, one.Version, window.Version, "what is made outside of the window changes none of its rows")
	require.Empty(t, window.Rows)
	require.Equal(t, 4, window.Total)
	require.Positive(t, view.Keys(cluster.New(cluster.Options{}), 0, view.Look{}).Version)
}

// Every field of a row is in its version.
func TestEveryFieldCounts(t *testing.T) {
	for _, row := range []any{view.NodeRow{}, view.KeyRow{}, view.UserRow{}, view.FileRow{}} {
		seen := map[int64]string{view.Version(row): "none"}
		for i := range reflect.TypeOf(row).NumField() {
			changed := reflect.New(reflect.TypeOf(row)).Elem()
			set(t, changed.Field(i))
			name := reflect.TypeOf(row).Name() + "." + reflect.TypeOf(row).Field(i).Name
			version := view.Version(changed.Interface())
			require.NotContains(t, seen, version, name)
			seen[version] = name
		}
	}
}

// set gives a field another value than none.
func set(t *testing.T, f reflect.Value) {
	switch f.Kind() {
	case reflect.String:
		f.SetString("x")
	case reflect.Int, reflect.Int64:
		f.SetInt(1)
	case reflect.Uint32:
		f.SetUint(1)
	case reflect.Bool:
		f.SetBool(true)
	case reflect.Slice:
		f.Set(reflect.MakeSlice(f.Type(), 1, 1))
	default:
		t.Fatalf("a field of kind %s", f.Kind())
	}
}

func TestFiles(t *testing.T) {
	m := shell.NewMemory(shell.Fresh())
	require.NoError(t, m.Put(&shell.File{Path: shell.Home + "/f", Mode: 0o644, Time: 7, Data: []byte("text\n")}))
	require.NoError(t, m.Put(&shell.File{Path: "/tmp/b", Mode: 0o644, Data: []byte{0, 1}}))
	require.NoError(t, m.Put(&shell.File{Path: "/home/tfile", Mode: 0o644, Data: []byte("{}")}))
	require.NoError(t, m.Put(&shell.File{Path: "/var/f", Mode: 0o644}))
	require.Equal(t, []view.FileRow{
		{ID: "file-/home/ec2-user/f", Path: "/home/ec2-user/f", Size: 5, Changed: 1007, Text: true, Mode: 0o644},
		{ID: "file-/home/tfile", Path: "/home/tfile", Size: 2, Changed: 1000, Text: true, Mode: 0o644},
		{ID: "file-/tmp/b", Path: "/tmp/b", Size: 2, Changed: 1000, Mode: 0o644}}, view.Files(m, 1000, 0).Rows)
}

func TestCallsAndAudit(t *testing.T) {
	c := cluster.New(cluster.Options{Nodes: 1})
	_, err := c.Connect()
	require.NoError(t, err)
	made(t, c, "example_user", pair("k")...)
	calls := view.Calls(c, 0)
	require.Equal(t, view.CallRow{ID: "call-1", Seq: 1, From: -1, Op: "login", Detail: "example_user"}, calls[0])
	require.Empty(t, view.Calls(c, calls[len(calls)-1].Seq))
	log := view.Audit(c)
	require.Equal(t, "audit-0-0", log[0].ID)
	require.Equal(t, "CN_GENERATE_KEY_PAIR", log[len(log)-1].Opcode)
	require.Equal(t, c.Node(0).HSM.Audit.Entries[len(log)-1].String(), log[len(log)-1].Text)
}

// What lessons ask of the world, beside what the page draws.
func TestLoginsAndClusters(t *testing.T) {
	c := cluster.New(cluster.Options{Nodes: 2})
	cl, err := c.Connect()
	require.NoError(t, err)
	require.NoError(t, cluster.FirstError(cl.LogIn(hsm.CU, "example_user", "aws")))
	sessions := view.Sessions(c)
	require.Len(t, sessions, 1)
	require.Equal(t, view.SessionRow{ID: sessions[0].ID, User: "example_user", Type: "CU", Way: "daemon", Nodes: []int{0, 1}}, sessions[0])
	require.Equal(t, []int{0, 1}, view.Users(c, 0).Rows[2].LoggedIn)
	other, err := c.Connect()
	require.NoError(t, err)
	require.Error(t, cluster.FirstError(other.LogIn(hsm.CU, "user4", "wrong")))
	require.Equal(t, 1, view.Users(c, 0).Rows[3].Failures)
	require.NoError(t, c.Stop(1))
	require.Equal(t, []view.ClusterRow{{ID: c.ID, State: "ACTIVE", Model: "hsm1.medium", Nodes: []int{0, 1}, Up: []int{0}}}, view.Clusters(c))
	b := c.Backups[0]
	require.Equal(t, []view.BackupRow{{ID: b.ID, Cluster: c.ID, Why: string(cluster.Activated), Users: 6}}, view.Backups(c))
}

package cmu

import (
	"errors"
	"maps"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/cluster"
	"hsmplay/core/hsm"
	"hsmplay/core/mech"
	"hsmplay/core/retcode"
)

// rights is who may do what (spec/cmu.md 2.6): the roles for which a line is not refused. Key 6 is
// example_user's, shared with user4 and with no one else; CU is example_user, CU4 and CU5 are user4
// and user5.
var rights = []struct {
	line    string
	allowed string
}{
	{"help", "nobody PRECO CO CU CU4 CU5 AU"},
	{"info server 0", "nobody PRECO CO CU CU4 CU5 AU"},
	{"listAttributes", "nobody PRECO CO CU CU4 CU5 AU"},
	{"getHSMInfo", "nobody PRECO CO CU CU4 CU5 AU"},
	{"getClusterInfo", "nobody PRECO CO CU CU4 CU5 AU"},
	{"listUsers", "nobody PRECO CO CU CU4 CU5 AU"},
	{"enable_e2e", "nobody PRECO CO CU CU4 CU5 AU"},
	{"server 0; getCert c.crt 4", "nobody PRECO CO CU CU4 CU5 AU"},
	{"loginHSM CU user6 aws", "nobody"},
	{"logoutHSM", "PRECO CO CU CU4 CU5 AU"},
	{"changePswd CU user6 newPassword; y", "CO"},
	{"changePswd CU example_user newPassword; y", "CO CU"},
	{"changePswd CO admin newPassword; y", "CO"},
	{"changePswd PRECO admin newPassword; y", "PRECO"},
	{"changePswd AU app_user newPassword; y", "AU"},
	{"createUser CU bob newPassword; y", "CO"},
	{"deleteUser CU user6", "CO"},
	{"registerQuorumPubKey CO admin t t.sig t.pub; y", "CO"},
	{"registerQuorumPubKey CU example_user t t.sig t.pub; y", "CU"}, // the guide: nobody; see hsm.HSM.Approve,
	{"setMValue 3 2; y", "CO"},
	{"getMValue 3", "PRECO CO CU CU4 CU5 AU"},
	{"listTokens", "PRECO CO CU CU4 CU5 AU"},
	{"getToken 4 admin token", "CO"},
	{"getToken 4 example_user token", ""},
	{"delToken", "CO CU CU4 CU5"},
	{"findAllKeys 3 0", "CO AU"},
	{"getKeyInfo 6", "CU CU4"},
	{"getAttribute 6 3", "CU CU4"},
	{"setAttribute 6 134 1; y", "CO"},
	{"setAttribute 6 260 0; y", "CU"},
	{"shareKey 6 6 1; y", "CU"},
	{"server 0; syncUser 6 1", "CO"},
	{"server 0; syncKey 6 1", "CO CU"},
}

// roles are who is logged in, by the user's id; 0 is nobody.
var roles = []struct {
	name string
	id   int
	kind hsm.UserType
}{
	{"nobody", 0, ""}, {"PRECO", 1, hsm.PRECO}, {"CO", 1, hsm.CO}, {"CU", 3, hsm.CU}, {"CU4", 4, hsm.CU}, {"CU5", 5, hsm.CU}, {"AU", 2, hsm.AU},
}

func TestRights(t *testing.T) {
	for _, role := range roles {
		d := roleDesk(t, role.id, role.kind)
		world, tool := d.cluster.Snapshot(), d.tool.Save()
		for _, row := range rights {
			c, _, err := cluster.Restore(world, mech.Source{})
			require.NoError(t, err)
			line := &desk{t: t, cluster: c, files: maps.Clone(d.files), tool: New(c, machine(maps.Clone(d.files)), classic)}
			require.NoError(t, line.tool.Restore(tool))
			want := strings.Contains(" "+row.allowed+" ", " "+role.name+" ")
			require.Equal(t, want, allowed(line, row.line), "%s: %s", role.name, row.line)
		}
	}
}

// allowed reports whether lines are not refused.
func allowed(d *desk, lines string) bool {
	if strings.Contains(lines, "syncKey") {
		d.cluster.Nodes[1].HSM.Erase(6)
	}
	for line := range strings.SplitSeq(lines, "; ") {
		d.line(line)
	}
	for _, refusal := range []error{hsm.NotLoggedIn, hsm.NotPermitted, hsm.OtherLoggedIn, retcode.AccessDenied, retcode.UserNotReady} {
		if errors.Is(d.out.Err, refusal) {
			return false
		}
	}
	require.NoError(d.t, d.out.Err, lines)
	return true
}

// roleDesk is a desk with two HSMs at which a role is logged in.
func roleDesk(t *testing.T, id int, kind hsm.UserType) *desk {
	d := deskOf(t, 2)
	tm := aes("key")
	tm.Shared = []int{4}
	d.makeKey("example_user", "aws", tm)
	d.files["t"], d.files["t.pub"] = []byte("token"), publicPEM(t, &officer(t, "admin").PublicKey)
	d.sign("admin", "t", "t.sig")
	d.tool.Start([]string{DefaultConfig})
	for _, s := range d.tool.servers {
		h := d.cluster.Node(s.link.Node()).HSM
		if kind == hsm.PRECO {
			row := *h.UserByID(1)
			row.Type = hsm.PRECO
			h.PutUser(&row)
		} else {
			h.PutUser(&hsm.User{ID: 7, Name: "second", Type: hsm.CO})
			h.Quorum.M[hsm.MiscCO] = 2
		}
		if id != 0 {
			h.Resume(s.link.Session, h.UserByID(id))
		}
	}
	return d
}

func TestEveryOperationHasARow(t *testing.T) {
	seen := map[hsm.Op]bool{}
	for _, row := range hsm.Rights {
		require.False(t, seen[row.Op], "%s stands there twice", row.Op)
		seen[row.Op] = true
		require.Equal(t, hsm.Never, hsm.Allowed(row.Op, ""), "%s needs a login", row.Op)
	}
}

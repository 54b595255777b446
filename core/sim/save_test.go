package sim

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/hsm"
)

func TestLoadedWorldGoesOnWhereItWas(t *testing.T) {
	p := start(t, Options{})
	p.do("genECCKeyPair -i 14 -l token -u 4,5 -m_value 2")
	p.do("genECCKeyPair -i 2 -l session -sess")
	p.do("getAttribute -o 7 -a 512 -out attr_7")
	other := p.in()
	other.do("mkdir sub")
	other.do("cd sub")
	other.do("x=hello; f() { echo $x; }")
	other.do("hsm stop 1")

	w, err := Load(p.w.Save(), Options{})
	require.NoError(t, err)
	require.Equal(t, p.w.Save(), w.Save())
	require.Equal(t, p.w.Keys(0, p.n, 0, 0, "").Rows, w.Keys(0, p.n, 0, 0, "").Rows)
	require.Equal(t, p.w.Cluster(0, 0).Rows, w.Cluster(0, 0).Rows)

	q := player{t, w, p.n}
	require.Equal(t, "Command:  ", w.Terminals()[0].Now().Prompt)
	require.Contains(t, q.do("findKey -sess 1").Text, "Total number of keys present 2")
	require.Contains(t, q.do("cat attr_7").Text, "OBJ_ATTR_LABEL\ntoken\n")
	r := player{t, w, other.n}
	require.Equal(t, "hello\n/home/ec2-user/sub\n", r.do("f; pwd").Text)
}

// A symbolic link is a row of a saved world; one that leads nowhere is none.
func TestLinksAreSaved(t *testing.T) {
	p := start(t, Options{})
	p.do("exit")
	p.do("ln -s /opt/cloudhsm/bin/key_mgmt_util kmu; ln -s a b; ln -s b a")
	rows := p.w.Save()
	w, err := Load(rows, Options{})
	require.NoError(t, err)
	q := player{t, w, p.n}
	require.Equal(t, "/opt/cloudhsm/bin/key_mgmt_util\n", q.do("readlink kmu").Text)
	require.Contains(t, q.do("./kmu singlecmd loginHSM -u CU -s example_user -p aws findKey -c 3").Text, "Cfm3FindKey returned: 0x00")
	rows["file/home/ec2-user/kmu"] = `{"path":"/home/ec2-user/kmu","mode":134218239,"time":0,"root":false,"data":""}`
	_, err = Load(sealed(rows), Options{})
	require.Error(t, err)
}

func TestAToolThatWasLeftDoesNotComeBack(t *testing.T) {
	p := start(t, Options{})
	for _, want := range []string{"Command:  ", "$ "} {
		w, err := Load(p.w.Save(), Options{})
		require.NoError(t, err)
		require.Equal(t, want, w.Terminals()[0].Now().Prompt)
		p.w = w
		p.do("exit")
	}
}

func TestLoadRemovesWhatWasHalfMade(t *testing.T) {
	p := start(t, Options{})
	p.in().do("hsm stop 2")
	p.w.Type(p.n, "genECCKeyPair -i 14 -l three -min_srv 3")
	require.Equal(t, []int{0, 1}, p.places(7))
	w, err := Load(p.w.Save(), Options{})
	require.NoError(t, err)
	require.Empty(t, w.Keys(0, p.n, 0, 0, "").Rows)
	require.Contains(t, w.TerminalsView().Notes[0].Parts[0].Text, "were removed: 2")
	require.Equal(t, "Command:  ", w.Terminals()[0].Now().Prompt)
}

func TestChangesAreTheRowsThatChanged(t *testing.T) {
	p := start(t, Options{})
	p.do("genECCKeyPair -i 14 -l one")
	stored := p.w.Save()
	p.w.Changes()
	for _, line := range []string{"genECCKeyPair -i 2 -l two", "deleteKey -k 6", "getAttribute -o 7 -a 512 -out a", "hsm stop 1", "exit", "rm a"} {
		p.do(line)
		store(stored, p.w.Changes())
		require.Equal(t, p.w.Save(), stored, line)
	}
	require.Empty(t, p.w.Changes())
}

// store puts changes into stored rows, as a host does.
func store(stored map[string]string, changes map[string]*string) {
	for name, row := range changes {
		if row == nil {
			delete(stored, name)
		} else {
			stored[name] = *row
		}
	}
}

// The rows stay those of the world while audit logs and the lines of a terminal grow, lose their
// oldest part and begin anew.
func TestChangesOfWhatGrows(t *testing.T) {
	p := start(t, Options{})
	stored := p.w.Save()
	p.w.Changes()
	for i := range 1200 {
		p.do(fmt.Sprintf("genSymKey -t 31 -s 32 -l key%d", i))
		p.do("deleteKey -k 6")
		if i%5 == 0 {
			store(stored, p.w.Changes())
		}
	}
	require.Less(t, p.w.cluster.Node(0).HSM.Audit.Entries[0].Seq, p.w.cluster.Node(0).HSM.Audit.Next-hsm.AuditMax)
	require.Positive(t, p.w.cluster.Node(0).HSM.Audit.Entries[0].Seq, "old entries are gone")
	for _, line := range []string{"exit", "hsm remove 2", "hsm new --nodes 2", "hsm add", "history -c", "exit"} {
		store(stored, p.w.Changes())
		require.Equal(t, p.w.Save(), stored, line)
		p.do(line)
	}
	store(stored, p.w.Changes())
	require.Equal(t, p.w.Save(), stored)
}

func TestLoadRefusesWhatIsNoWorld(t *testing.T) {
	p := start(t, Options{})
	p.do("genECCKeyPair -i 14 -l one")
	good := p.w.Save()
	for name, broken := range map[string]string{"world": "", "node/0": "{}", "node/1": "nonsense", "node/0/keys/0": `[{"Handle":6,"Material":99}]`,
		"node/0/users/0": "{", "material/1": "[]", "terminal/1": "0"} {
		rows := map[string]string{}
		for k, v := range good {
			rows[k] = v
		}
		require.Contains(t, rows, name)
		rows[name] = broken
		_, err := Load(sealed(rows), Options{})
		require.Error(t, err, name)
	}
	_, err := Load(nil, Options{})
	require.ErrorIs(t, err, ErrNoWorld)
	_, err = Load(map[string]string{"world": `{"Version":0}`}, Options{})
	require.ErrorIs(t, err, ErrNoWorld)
}

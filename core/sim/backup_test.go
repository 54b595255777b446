package sim

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/cluster"
)

// newestBackup returns the id of the backup that was made last.
func newestBackup(w *World) string { return w.cluster.Backups[len(w.cluster.Backups)-1].ID }

func TestBackupsAndClonesAreSaved(t *testing.T) {
	p := start(t, Options{})
	p.do("genECCKeyPair -i 14 -l one")
	other := p.in()
	other.do("hsm backup")
	p.do("deleteKey -k 7")
	other.do("hsm clone")
	other.do("hsm add --to " + p.w.cluster.Groups[1].ID)
	other.do("sudo /opt/cloudhsm/bin/configure -a 10.0.4.13")
	other.do("service cloudhsm-client restart")

	w, err := Load(p.w.Save(), Options{})
	require.NoError(t, err)
	require.Equal(t, ofBackups(p.w), ofBackups(w))
	require.Equal(t, p.w.Cluster(0, 0).Rows, w.Cluster(0, 0).Rows)
	require.Equal(t, p.w.cluster.String(), w.cluster.String())
	require.Equal(t, w.cluster.Groups[1].ID, w.cluster.ID)

	q := player{t, w, p.n}
	q.do("loginHSM -u CU -s example_user -p aws")
	require.Contains(t, q.do("findKey").Text, "6, 7\n")
}

// ofBackups are the saved rows of a world's backups, and the one with its clusters.
func ofBackups(w *World) map[string]string {
	rows := w.Save()
	maps.DeleteFunc(rows, func(name, _ string) bool {
		return !isRow(name, rowBackup) && !isRow(name, rowPage) && !isRow(name, rowMaterial) && name != rowWorld
	})
	return rows
}

func TestChangesOfBackupsAreTheRowsThatChanged(t *testing.T) {
	p := start(t, Options{})
	stored := p.w.Save()
	p.w.Changes()
	for _, line := range []string{"genECCKeyPair -i 14 -l one", "hsm backup", "hsm backup", "deleteKey -k 7", "hsm clone", "hsm clock +25h",
		"genECCKeyPair -i 14 -l two", "hsm backup", "hsm restore ID", "hsm backups --delete ID", "hsm remove 3", "hsm new"} {
		p.do(strings.ReplaceAll(line, "ID", newestBackup(p.w)))
		for name, row := range p.w.Changes() {
			if row == nil {
				require.Contains(t, stored, name, "what is deleted was stored")
				delete(stored, name)
			} else {
				stored[name] = *row
			}
		}
		require.Equal(t, p.w.Save(), stored, line)
	}
	require.Empty(t, p.w.Changes())
}

func TestBackupsOfWhatIsTheSameShareTheirRows(t *testing.T) {
	p := start(t, Options{})
	p.do("genECCKeyPair -i 14 -l one")
	p.do("hsm backup")
	p.w.Changes()
	p.do("hsm backup")
	for name := range p.w.Changes() {
		require.False(t, isRow(name, rowPage) || isRow(name, rowMaterial), name)
	}
}

// ofVersion1 writes the rows of a world as version 1 has them: one cluster, no backups.
func ofVersion1(t *testing.T, rows map[string]string) map[string]string {
	old := maps.Clone(rows)
	maps.DeleteFunc(old, func(name, _ string) bool { return isRow(name, rowBackup) || isRow(name, rowPage) })
	var world map[string]any
	require.NoError(t, json.Unmarshal([]byte(old[rowWorld]), &world))
	g := world["Groups"].([]any)[0].(map[string]any)
	for _, name := range []string{"ID", "MaskKey", "Certificates", "Tombstones"} {
		world[name] = g[name]
	}
	world["Version"], world["Order"], world["Nodes"] = 1, g["Members"], nil
	for _, name := range []string{"Groups", "Serves", "Kept"} {
		delete(world, name)
	}
	old[rowWorld] = marshal(world)
	return old
}

func TestAWorldOfVersion1IsMigrated(t *testing.T) {
	p := start(t, Options{})
	p.do("genECCKeyPair -i 14 -l one")
	p.do("extractMaskedObject -o 7 -out masked")
	p.do("hsm stop 2")
	p.do("deleteKey -k 6")
	w, err := Load(ofVersion1(t, p.w.Save()), Options{})
	require.NoError(t, err)
	require.Equal(t, p.w.cluster.String(), w.cluster.String())
	require.Equal(t, p.w.Cluster(0, 0).Rows, w.Cluster(0, 0).Rows)
	require.Equal(t, p.w.cluster.CustomerRoot(), w.cluster.CustomerRoot())
	q := player{t, w, p.n}
	require.Contains(t, q.do("insertMaskedObject -f masked").Text, "New Key Handle")
	require.Empty(t, w.cluster.Backups)
	q.do("hsm clock +24h")
	require.Len(t, w.cluster.Backups, 1)
	again, err := Load(w.Save(), Options{})
	require.NoError(t, err)
	require.Equal(t, w.Save(), again.Save())
}

func TestLoadRefusesBrokenBackups(t *testing.T) {
	p := start(t, Options{})
	p.do("genECCKeyPair -i 14 -l one")
	p.do("hsm backup")
	good := p.w.Save()
	backup := rowBackup + newestBackup(p.w)
	page := ""
	for name, row := range good {
		if isRow(name, rowPage) && strings.Contains(row, `"Handle"`) {
			page = name
		}
	}
	require.Contains(t, good, backup)
	require.NotEmpty(t, page)
	for name, broken := range map[string]string{backup: `{"Numbers":[99]}`, page: `{"Users":[],"Keys":[{"Handle":6,"Material":99}]}`, rowWorld: `{"Version":2}`} {
		rows := maps.Clone(good)
		rows[name] = broken
		_, err := Load(sealed(rows), Options{})
		require.Error(t, err, name)
	}
	for _, name := range []string{backup, page} {
		rows := maps.Clone(good)
		delete(rows, name)
		_, err := Load(sealed(rows), Options{})
		require.Error(t, err, name)
	}
}

func TestALoopOfBackupsKeepsTheNewest(t *testing.T) {
	w := New(Options{})
	p := player{t, w, w.Open("", 80).Terminal}
	p.do("for i in {1..50}; do hsm backup >/dev/null; done")
	require.Equal(t, cluster.BackupsKept, strings.Count(p.do("hsm backups").Text, "backup-"))
	rows := 0
	for name := range w.Save() {
		if isRow(name, rowBackup) {
			rows++
		}
	}
	require.Equal(t, cluster.BackupsKept, rows)
}

func TestBackupsAndClustersAreOffered(t *testing.T) {
	w := New(Options{Wall: 1763985600000})
	p := player{t, w, w.Open("", 80).Terminal}
	p.do("hsm clone")
	line := "hsm restore "
	c := w.Complete(p.n, line, len(line))
	require.Equal(t, newestBackup(w), c.Choices[0].Word)
	require.Equal(t, "2025-11-24 12:00:00  HSM 3   6 users  0 keys  HSM added", c.Choices[0].Means)
	line = "hsm add --to "
	require.Equal(t, w.cluster.Groups[1].ID, w.Complete(p.n, line, len(line)).Choices[1].Word)
	line = "hsm stop "
	require.Equal(t, "3", w.Complete(p.n, line, len(line)).Choices[3].Word)
}

func TestBackupVerbsRefusePlainly(t *testing.T) {
	w := New(Options{Nodes: 1})
	p := player{t, w, w.Open("", 80).Terminal}
	known := newestBackup(w)
	for _, row := range []struct{ line, text, note string }{
		{"hsm restore backup-zzzzzzzzzzz", "hsm: no such backup: backup-zzzzzzzzzzz\n", "`hsm backups` lists them"},
		{"hsm clone " + strings.ToUpper(known), "hsm: no such backup", known},
		{"hsm backups --delete nonsense", "hsm: no such backup: nonsense\n", "`hsm backups` lists them"},
		{"hsm add --to cluster-zzzzzzzzzzz", "hsm: no such cluster: cluster-zzzzzzzzzzz\n", "`hsm status`"},
		{"hsm cfg 0 7", "hsm: 7: no HSM has this number\n", "0 to 0"},
		{"hsm restore", "usage: hsm restore <BACKUP>\n", ""},
		{"hsm new --beside --uninitialized", "hsm: a cluster beside another is active from the start\n", "without `--beside`"},
		{"hsm new --beside --nodes 28", "hsm: there are 28 HSMs already\n", "hsm remove"},
	} {
		turn := p.do(row.line)
		require.Equal(t, 1, turn.Status, row.line)
		require.Contains(t, turn.Text, row.text)
		require.Contains(t, noteText(turn), strings.ReplaceAll(row.note, "`", ""))
	}
	p.do("hsm isolate 0")
	require.Equal(t, "hsm: no HSM of the cluster is reached\n", p.do("hsm backup").Text)
	require.NotContains(t, noteText(p.do("hsm restore "+known)), "was there before", "nothing could be backed up")
	p.do("hsm backups --delete " + known)
	require.Equal(t, "no backups\n", p.do("hsm backups").Text)
	require.Contains(t, p.do("hsm clone").Text, "hsm: no such backup")
}

func TestTheReadModelTellsClustersApart(t *testing.T) {
	p := start(t, Options{})
	p.do("genECCKeyPair -i 14 -l one")
	p.do("hsm backup")
	p.do("deleteKey -k 7")
	p.do("genSymKey -t 31 -s 32 -l two")
	p.do("hsm clone " + newestBackup(p.w))
	p.do("hsm stop 2")
	p.do("genSymKey -t 31 -s 32 -l three")
	w := p.w
	rows := w.Cluster(0, 0).Rows
	for i, row := range rows {
		require.Equal(t, []string{"", "", "", "clone"}[i], row.Kin)
		require.Equal(t, i == 3, row.Cluster != rows[0].Cluster)
		require.Equal(t, []int{0, 0, 1, 0}[i], row.Missing, "keys are missing inside a cluster only")
		require.Equal(t, i == 2, row.Differs)
	}
	var ids []string
	for _, k := range w.Keys(0, p.n, 0, 0, "").Rows {
		ids = append(ids, k.ID+" "+k.Label)
	}
	require.Equal(t, []string{"key-6 one", "key-7 two", "key-7-3 one", "key-8 three"}, ids, "one handle may be two keys")
}

func TestAFreshClusterHasNoClonesAndOneBackup(t *testing.T) {
	w := New(Options{})
	p := player{t, w, w.Open("", 80).Terminal}
	p.do("hsm clone")
	p.do("hsm new")
	require.Len(t, w.cluster.Groups, 1)
	require.Len(t, w.cluster.Backups, 1)
	require.Equal(t, "3 of 3 HSMs up\n", lastLine(p.do("hsm status").Text))
}

func lastLine(text string) string {
	lines := slices.Collect(strings.Lines(text))
	return lines[len(lines)-1]
}

package view

import (
	"hsmplay/core/cluster"
)

// ClusterRow is a cluster.
type ClusterRow struct {
	ID    string
	Kin   string // as [NodeRow.Kin]
	State string // UNINITIALIZED, INITIALIZED, ACTIVE
	Model string // the type of the HSMs
	Nodes []int
	Up    []int // those that are reached
}

// Clusters returns the clusters by age.
func Clusters(c *cluster.Cluster) (rows []ClusterRow) {
	for _, g := range c.Groups {
		r := ClusterRow{ID: g.ID, Kin: kin(c, g), State: string(g.State()), Model: g.Model().Name()}
		for _, n := range g.Nodes {
			r.Nodes = append(r.Nodes, n.HSM.Node)
		}
		for _, n := range g.Reached() {
			r.Up = append(r.Up, n.HSM.Node)
		}
		rows = append(rows, r)
	}
	return rows
}

// BackupRow is a backup of a cluster.
type BackupRow struct {
	ID      string
	Cluster string
	Node    int
	Why     string
	Users   int
	Keys    int
	Handles []uint32 // of the keys in it
}

// Backups returns the backups of all clusters, the oldest first.
func Backups(c *cluster.Cluster) (rows []BackupRow) {
	for _, b := range c.Backups {
		users, keys := b.Count()
		r := BackupRow{ID: b.ID, Cluster: b.Cluster, Node: b.Node, Why: string(b.Why), Users: users, Keys: keys}
		for _, page := range b.Pages {
			for _, k := range page.Keys {
				r.Handles = append(r.Handles, k.Handle)
			}
		}
		rows = append(rows, r)
	}
	return rows
}

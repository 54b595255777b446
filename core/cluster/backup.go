package cluster

import (
	"crypto/sha256"
	"encoding/base32"
	"errors"
	"fmt"
	"slices"
	"strings"

	"hsmplay/core/hsm"
)

// Backup is what the service keeps of a cluster: the image of one of its HSMs, and the cluster's
// secret and certificates (spec/cmu.md 6.8). Its rows are shared with the HSMs; it is never
// changed.
type Backup struct {
	ID      string
	Cluster string
	Node    int   // of which HSM
	Time    int64 // simulated milliseconds
	Why     Why

	Lineage      string
	MaskKey      []byte
	Certificates []Certificate
	Image
}

// Why is the occasion of a backup.
type Why string

// The occasions (spec/cmu.md 6.8); the real service has no backup at a user's word.
const (
	Activated Why = "activation"
	Daily     Why = "daily"
	HSMAdded  Why = "HSM added"
	Removed   Why = "HSM removed"
	Replaced  Why = "HSMs replaced" // before a restore: the service removes the HSMs and makes new ones
	ByHand    Why = "by hand"
)

// Limits of backups. The real service keeps them for 90 days, or as long as it is told.
const (
	BackupPeriod = 24 * 60 * 60 * 1000 // simulated milliseconds after which the service makes one by itself
	BackupsKept  = 8                   // the newest of each cluster
	backupsMax   = NodesMax + 4        // of all clusters, those too that are gone
)

// Errors of backups: the playground's own.
var (
	ErrNoneReached = errors.New("no HSM of the cluster is reached")
	ErrFull        = fmt.Errorf("there are %d HSMs already", NodesMax)
)

// BackUp makes a backup of a cluster, of its first HSM that is reached. It fails with
// ErrNoneReached and ErrNotActive.
func (c *Cluster) BackUp(g *Group) (*Backup, error) {
	reached := g.Reached()
	switch {
	case g.State() != Active:
		return nil, ErrNotActive
	case len(reached) == 0:
		return nil, ErrNoneReached
	}
	h := reached[0].HSM
	h.Log(hsm.CNBackupBegin, 0, nil)
	b := c.take(g, h, ByHand, c.Now)
	h.Log(hsm.CNBackupEnd, 0, nil)
	return b, nil
}

// Backup returns the backup with an id, or nil.
func (c *Cluster) Backup(id string) *Backup {
	for _, b := range c.Backups {
		if b.ID == id {
			return b
		}
	}
	return nil
}

// DeleteBackup forgets a backup; no such one is no error.
func (c *Cluster) DeleteBackup(id string) {
	c.Backups = slices.DeleteFunc(c.Backups, func(b *Backup) bool { return b.ID == id })
}

// Newest returns a cluster's newest backup, or nil.
func (c *Cluster) Newest(g *Group) *Backup {
	for _, b := range slices.Backward(c.Backups) {
		if b.Cluster == g.ID {
			return b
		}
	}
	return nil
}

// Outdated reports whether a backup shows something else than an HSM of its cluster does now.
func (c *Cluster) Outdated(g *Group, b *Backup) bool {
	reached := g.Reached()
	return g.ID == b.Cluster && len(reached) > 0 && !c.image(reached[0].HSM, b.Image).same(b.Image)
}

// image returns the image of an HSM as it goes into a backup: without session keys and keys that
// are half made.
func (c *Cluster) image(h *hsm.HSM, before Image) Image {
	return imageOf(h, before, func(k *hsm.Key) bool { return k.Session == 0 && !c.halfMade(k.Handle) })
}

// take makes and keeps a backup of an HSM.
func (c *Cluster) take(g *Group, h *hsm.HSM, why Why, at int64) *Backup {
	g.certificate(h.Serial, ManufacturerRoot) // so that clones have the same
	g.Made++
	b := &Backup{ID: serviceID("backup-", fmt.Sprint(g.ID, " ", g.Made)), Cluster: g.ID, Node: h.Node, Time: at, Why: why, Lineage: g.Lineage,
		MaskKey: g.MaskKey, Certificates: g.Certificates}
	last := c.Newest(g)
	var before Image
	if last != nil {
		before = last.Image
	}
	b.Image = c.image(h, before)
	if why == Daily && last != nil && last.Why == Daily && b.Image.same(last.Image) { // it tells nothing new
		c.DeleteBackup(last.ID)
	}
	c.Backups = append(c.Backups, b)
	g.BackupAt = later(at, BackupPeriod)
	c.purge(g)
	return b
}

// purge forgets the oldest backups that are too many, but never the last one of a cluster.
func (c *Cluster) purge(g *Group) {
	own := 0
	for _, b := range slices.Backward(c.Backups) {
		if b.Cluster == g.ID {
			if own++; own > BackupsKept {
				c.DeleteBackup(b.ID)
			}
		}
	}
	for len(c.Backups) > backupsMax {
		i := slices.IndexFunc(c.Backups, func(b *Backup) bool { return !c.lastOf(b) })
		c.Backups = slices.Delete(c.Backups, i, i+1)
	}
}

// lastOf reports whether a backup is the last one of a cluster that exists.
func (c *Cluster) lastOf(b *Backup) bool {
	return slices.ContainsFunc(c.Groups, func(g *Group) bool { return g.ID == b.Cluster && c.Newest(g) == b })
}

// pass lets time pass in which nothing happens but backups. Of several days only the last one's is
// made: those before would show the same.
func (c *Cluster) pass(to int64) {
	to = max(c.Now, to)
	for _, g := range c.Groups {
		if g.BackupAt > to || g.State() != Active {
			continue
		}
		due := g.BackupAt + (to-g.BackupAt)/BackupPeriod*BackupPeriod
		if reached := g.Reached(); len(reached) > 0 {
			c.take(g, reached[0].HSM, Daily, due)
		}
		g.BackupAt = later(due, BackupPeriod)
	}
	c.Now = to
	c.tellTime()
}

// RestoreTo makes the HSMs of a cluster anew from a backup, as the service does by removing all and
// adding new ones: users, keys, policies and the secret are the backup's, whatever there was.
// Numbers and addresses stay; serial numbers and ids are new. Everybody's sessions end. It returns
// the backup that is made before, nil where no HSM is reached.
func (c *Cluster) RestoreTo(g *Group, b *Backup) (before *Backup) {
	if reached := g.Reached(); len(reached) > 0 {
		before = c.take(g, reached[0].HSM, Replaced, c.Now)
	}
	for _, cl := range c.clients {
		if cl.group() == g {
			cl.end()
		}
	}
	g.Lineage, g.MaskKey, g.Certificates, g.Tombstones = b.Lineage, b.MaskKey, b.Certificates, nil
	for _, n := range g.Nodes {
		n.HSM = c.recovered(n.HSM.Node, b)
		n.Up, n.Isolated, n.SyncAt = true, false, 0
		c.rejoin(n)
	}
	c.unsure = true
	c.settle()
	return before
}

// Clone makes a new cluster with one HSM from a backup. It is active at once, and the certificates
// are the backup's. It fails with ErrFull.
func (c *Cluster) Clone(b *Backup) (*Group, error) {
	if len(c.All()) >= NodesMax {
		return nil, ErrFull
	}
	id := c.freeNode()
	g := &Group{ID: randomName(c.Chance), Lineage: b.Lineage, MaskKey: b.MaskKey, Since: c.Wall + c.Now, Certificates: b.Certificates}
	h := c.recovered(id, b)
	g.Nodes = []*Node{{HSM: h, IP: nodeIP(id), Up: true}}
	c.Groups = append(c.Groups, g)
	c.take(g, h, HSMAdded, c.Now)
	return g, nil
}

// recovered returns a new HSM with what a backup holds. Its audit log begins with that.
func (c *Cluster) recovered(id int, b *Backup) *hsm.HSM {
	h := &hsm.HSM{Node: id, Serial: serial(c.Chance), Firmware: Firmware}
	h.Rehearse(c.rehearsal)
	b.Image.put(h)
	h.Audit.Clock = (c.Wall + c.Now) * 1000
	h.Log(hsm.CNRestoreBegin, 0, nil)
	h.Log(hsm.CNRestoreEnd, 0, nil)
	return h
}

// serviceID returns an id as the service gives them: eleven of a to z and 2 to 7, which follow from
// a text (spec/cmu.md 6.1).
func serviceID(prefix, of string) string {
	sum := sha256.Sum256([]byte(of))
	return prefix + strings.ToLower(base32.StdEncoding.EncodeToString(sum[:]))[:11]
}

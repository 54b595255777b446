package sim

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"

	"hsmplay/core/cluster"
	"hsmplay/core/cmu"
	"hsmplay/core/command"
	"hsmplay/core/mech"
	"hsmplay/core/retcode"
	"hsmplay/core/voice"
)

// backupVerbs stand for what an operator asks of the service (spec/cmu.md 6.8), but for backup and
// cfg, which are ours.
var backupVerbs = []command.Spec[*World]{
	{Name: "backup", Means: "makes a backup of the cluster now", Run: (*World).backUp},
	{Name: "backups", Means: "lists the backups, or deletes one", Params: []command.Param{
		{Flag: "--delete", Value: "BACKUP", Optional: true, Means: "the id of a backup to delete", Example: "backup-abcdefghijk"}},
		Run: (*World).listBackups},
	{Name: "restore", Means: "makes the cluster's HSMs anew from a backup", Params: []command.Param{
		{Value: "BACKUP", Means: "the id of a backup", Example: "backup-abcdefghijk"}}, Run: (*World).restore},
	{Name: "clone", Means: "makes another cluster, of one HSM, from a backup", Params: []command.Param{
		{Value: "BACKUP", Optional: true, Means: "the id of a backup; without it the newest", Example: "backup-abcdefghijk"}}, Run: (*World).clone},
	{Name: "cfg", Means: "prints a tool's configuration for two HSMs, source first", Params: []command.Param{
		{Value: "SOURCE", Kind: command.Node, Means: "the number of the HSM to copy from", Example: "0"},
		{Value: "DESTINATION", Kind: command.Node, Means: "the number of the HSM to copy to", Example: "3"}}, Run: (*World).cfg},
}

// liveService lists the backups and the clusters that a parameter may name.
func (w *World) liveService(p command.Param) (choices []command.Choice) {
	switch p.Value {
	case "BACKUP":
		for _, b := range slices.Backward(w.cluster.Backups) {
			choices = append(choices, command.Choice{Word: b.ID, Means: w.shown(b), Space: true})
		}
	case "CLUSTER":
		for _, g := range w.cluster.Groups {
			choices = append(choices, command.Choice{Word: g.ID, Means: w.heading(g), Space: true})
		}
	}
	return choices
}

// shown describes a backup: when, of which HSM, how much, and why it was made.
func (w *World) shown(b *cluster.Backup) string {
	users, keys := b.Count()
	at := time.UnixMilli(w.cluster.Wall + b.Time).UTC().Format("2006-01-02 15:04:05")
	return fmt.Sprintf("%s  HSM %-2d  %d users  %d keys  %s", at, b.Node, users, keys, b.Why)
}

// heading tells what a cluster is among several.
func (w *World) heading(g *cluster.Group) string {
	text := g.ID
	if g.Lineage != g.ID {
		text += ", a clone of " + g.Lineage
	}
	if g == w.cluster.Group && g.Older() {
		text += ", which the daemon serves"
	}
	return text
}

func (w *World) backUp(command.Args) command.Outcome {
	b, err := w.cluster.BackUp(w.cluster.Group)
	switch {
	case errors.Is(err, cluster.ErrNotActive):
		return refused(err, voice.Say(voice.NotActive, "state", w.cluster.State()))
	case err != nil:
		return refused(err, voice.Say(voice.NothingToBackUp))
	}
	return command.Outcome{Text: b.ID + "  " + w.shown(b) + "\n", Notes: []voice.Note{voice.Say(voice.BackupsComeByThemselves)}}
}

// listBackups lists the backups, by cluster where there are several.
func (w *World) listBackups(args command.Args) command.Outcome {
	if args.Has("--delete") {
		return w.deleteBackup(args.Text("--delete"))
	}
	var ids []string // of clusters, also of those that are gone
	for _, b := range w.cluster.Backups {
		if !slices.Contains(ids, b.Cluster) {
			ids = append(ids, b.Cluster)
		}
	}
	var b strings.Builder
	for _, id := range ids {
		if len(ids) > 1 {
			b.WriteString(id + "\n")
		}
		for _, row := range w.cluster.Backups {
			if row.Cluster == id {
				b.WriteString(row.ID + "  " + w.shown(row) + "\n")
			}
		}
	}
	if len(ids) == 0 {
		return command.Outcome{Text: "no backups\n", Notes: []voice.Note{voice.Say(voice.BackupsComeByThemselves)}}
	}
	return command.Outcome{Text: b.String(), Notes: []voice.Note{voice.Say(voice.BackupsKept, "kept", cluster.BackupsKept)}}
}

func (w *World) deleteBackup(id string) command.Outcome {
	if w.cluster.Backup(id) == nil {
		return w.noBackup(id)
	}
	w.cluster.DeleteBackup(id)
	return command.Outcome{Text: id + " deleted\n", Notes: []voice.Note{voice.Say(voice.BackupGone, "left", len(w.cluster.Backups))}}
}

// noBackup is the refusal of an id that no backup has.
func (w *World) noBackup(id string) command.Outcome {
	var ids []string
	for _, b := range w.cluster.Backups {
		ids = append(ids, b.ID)
	}
	note := voice.Say(voice.NoSuchBackup)
	if near := command.Nearest(id, ids); near.How != command.Far {
		note = voice.Say(voice.BackupNear, "near", near.Names[0])
	}
	return command.Outcome{Text: "hsm: no such backup: " + id + "\n", Err: retcode.Local, Notes: []voice.Note{note}}
}

func (w *World) restore(args command.Args) command.Outcome {
	b := w.cluster.Backup(args.Text("BACKUP"))
	if b == nil {
		return w.noBackup(args.Text("BACKUP"))
	}
	before := w.cluster.RestoreTo(w.cluster.Group, b)
	notes := []voice.Note{voice.Say(voice.Restored)}
	if before != nil {
		notes = append(notes, voice.Say(voice.RestoreUndo, "backup", before.ID))
	}
	text := fmt.Sprintf("%s is as in %s\n", w.cluster.ID, b.ID)
	for _, n := range w.cluster.Nodes {
		text += fmt.Sprintf("HSM %-3d %-11s is now %s\n", n.HSM.Node, n.IP, n.HSM.ID())
	}
	return command.Outcome{Text: text + w.summary(), Notes: notes}
}

func (w *World) clone(args command.Args) command.Outcome {
	b := w.cluster.Newest(w.cluster.Group)
	var notes []voice.Note
	if id := args.Text("BACKUP"); id != "" {
		if b = w.cluster.Backup(id); b == nil {
			return w.noBackup(id)
		}
	}
	if b == nil {
		return w.noBackup("")
	}
	if args.Text("BACKUP") == "" && w.cluster.Outdated(w.cluster.Group, b) {
		notes = []voice.Note{voice.Say(voice.BackupOlder)}
	}
	g, err := w.cluster.Clone(b)
	if err != nil {
		return refused(err, voice.Say(voice.RemoveOne))
	}
	n := g.Nodes[0]
	if g.Older() {
		notes = append(notes, voice.Say(voice.CloneStandsAlone, "source", w.cluster.Nodes[0].HSM.Node, "node", n.HSM.Node, "tool", cmu.Name),
			voice.Say(voice.CloneServed, "ip", n.IP))
	} else {
		notes = append(notes, voice.Say(voice.CloneApart))
	}
	return command.Outcome{Text: fmt.Sprintf("%s made from %s\n", g.ID, b.ID) + nodesAt(g),
		Notes: append(notes, voice.Say(voice.CloneAdded, "cluster", g.ID))}
}

// nodesAt lists the HSMs of a new cluster.
func nodesAt(g *cluster.Group) (text string) {
	for _, n := range g.Nodes {
		text += fmt.Sprintf("HSM %d at %s\n", n.HSM.Node, n.IP)
	}
	return text
}

// cfg prints a configuration file with two HSMs, as the guide has it copied and edited for two
// clusters (spec/cmu.md 1.1).
func (w *World) cfg(args command.Args) command.Outcome {
	var all []string
	for _, name := range []string{"SOURCE", "DESTINATION"} {
		id := int(min(args.Int(name), 1<<30))
		n := w.cluster.Node(id)
		if n == nil {
			return w.refuse(args.Text(name), cluster.ErrNoSuchNode)
		}
		all = append(all, n.IP)
	}
	return command.Outcome{Text: string(cmu.Config(all))}
}

// errBesideActive is a cluster at the beginning of its life that is to stand beside another.
var errBesideActive = errors.New("a cluster beside another is active from the start")

// beside makes an unrelated cluster beside the others. The certificate that the customer has signed
// it with is added to the client machine's.
func (w *World) beside(o cluster.Options) command.Outcome {
	if o.Uninitialized {
		return refused(errBesideActive, voice.Say(voice.BesideAlone))
	}
	g, err := w.cluster.Beside(o)
	if err != nil {
		return refused(err, voice.Say(voice.RemoveOne))
	}
	anchors, err := w.machine.FS().Read(cmu.Anchor)
	if err == nil || errors.Is(err, fs.ErrNotExist) {
		err = w.machine.FS().Put(rootFile(cmu.Anchor, slices.Concat(anchors, mech.CertificatePEM(g.CustomerRoot()))))
	}
	if err != nil {
		return command.Outcome{Text: "hsm: " + cmu.Anchor + ": " + err.Error() + "\n", Err: retcode.Local}
	}
	return command.Outcome{Text: fmt.Sprintf("%s made, beside the other\n", g.ID) + nodesAt(g),
		Notes: []voice.Note{voice.Say(voice.BesideIsUnrelated, "file", cmu.Anchor)}}
}

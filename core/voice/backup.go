package voice

// The notes of core/sim about backups, clones and unrelated clusters.
const (
	BackupsComeByThemselves ID = "backup.by-themselves"
	NothingToBackUp         ID = "backup.nothing-to"
	BackupsKept             ID = "backup.kept"
	BackupGone              ID = "backup.gone"
	NoSuchBackup            ID = "backup.no-such"
	BackupNear              ID = "backup.near"
	Restored                ID = "backup.restored"
	RestoreUndo             ID = "backup.restore-undo"
	BackupOlder             ID = "backup.older"
	CloneStandsAlone        ID = "backup.clone-alone"
	CloneServed             ID = "backup.clone-served"
	CloneApart              ID = "backup.clone-apart"
	CloneAdded              ID = "backup.clone-added"
	BesideIsUnrelated       ID = "backup.beside"
	BesideAlone             ID = "backup.beside-alone"
	RemoveOne               ID = "backup.remove-one"
	NoSuchCluster           ID = "backup.no-such-cluster"
	DaemonServes            ID = "backup.daemon-serves"
)

var backupNotes = []Row{
	{BackupsComeByThemselves, "The real service has no command for this: it makes a backup every 24 hours, at the activation, and when an HSM is added or removed. `hsm clock +24h` shows it.", false},
	{NothingToBackUp, "A backup is the image of one HSM, and the service reaches none. `hsm start 0` or `hsm heal 0` brings one back.", true},
	{BackupsKept, "The newest {kept} of each cluster are kept here; the real service keeps them for 90 days unless told otherwise. `hsm clone BACKUP` makes a second cluster of one, `hsm restore BACKUP` takes this one back.", false},
	{BackupGone, "It is gone at once; the real service waits 7 days. A key that must not come back is deleted on the HSMs and in every backup that holds it. Backups left: {left}.", false},
	{NoSuchBackup, "No backup has this id. `hsm backups` lists them.", true},
	{BackupNear, "No backup has this id. `{near}` is one.", true},
	{Restored, "Users, passwords, keys and policies are the backup's, and everybody is logged out. The service does this with new HSMs, so their ids are new; here they keep their numbers and addresses.", false},
	{RestoreUndo, "What was there before is in `{backup}`.", false},
	{BackupOlder, "The cluster has changed since this backup, and the clone is as it was then. `hsm backup` before `hsm clone` takes along how it is now.", false},
	{CloneStandsAlone, "It has the backup's users, keys and masking secret, and from now on nothing goes from one cluster to the other by itself. `hsm cfg {source} {node} > syncConfig.cfg` and `{tool} syncConfig.cfg` open both for `syncUser` and `syncKey`.", false},
	{CloneServed, "To work in it, `sudo {bin}/configure -a {ip}` and `service cloudhsm-client restart` point this machine at it.", false},
	{CloneApart, "It has the backup's users, keys and masking secret, and from now on nothing goes from one cluster to the other by itself.", false},
	{CloneAdded, "`sudo {bin}/configure-cli add-cluster --cluster-id {cluster}` lets CloudHSM CLI know it too, and its `user replicate` and `key replicate` copy from one to the other.", false},
	{BesideIsUnrelated, "It has a masking secret of its own, so neither masked objects nor `syncKey` go across; keys travel wrapped. Its users are those of any fresh cluster, and `{file}` vouches for both clusters now.", false},
	{BesideAlone, "`hsm new --uninitialized` without `--beside` puts a cluster at the beginning of its life in the place of this one.", true},
	{RemoveOne, "All clusters together have 28 HSMs at most here. `hsm remove N` makes room; with its last HSM a clone is gone.", true},
	{NoSuchCluster, "No cluster has this id. `hsm status` shows them.", true},
	{DaemonServes, "The daemon now serves {cluster}; {kmu} reaches its HSMs and no others.", false},
}

package voice

// What a line would do, said while it is typed. {hsms} is how many HSMs it concerns, as in what has
// happened.
const (
	WouldPair       ID = "would.pair"
	WouldKey        ID = "would.key"
	WouldKeys       ID = "would.keys"
	WouldKeyGone    ID = "would.key-gone"
	WouldKeysGone   ID = "would.keys-gone"
	WouldAttribute  ID = "would.attribute"
	WouldKeyChanges ID = "would.key-changes"
	WouldShare      ID = "would.share"
	WouldUnshare    ID = "would.unshare"
	WouldCopy       ID = "would.copy"
	WouldUser       ID = "would.user"
	WouldUserGone   ID = "would.user-gone"
	WouldPassword   ID = "would.password"
	WouldUserChange ID = "would.user-changes"
	WouldUp         ID = "would.up"
	WouldDown       ID = "would.down"
	WouldCut        ID = "would.cut"
	WouldNode       ID = "would.node"
	WouldNodeGone   ID = "would.node-gone"
	WouldCluster    ID = "would.cluster"
	WouldFresh      ID = "would.fresh"
	WouldRestored   ID = "would.restored"
	WouldSetting    ID = "would.setting"
	WouldBackup     ID = "would.backup"
	WouldClock      ID = "would.clock"
	WouldMValue     ID = "would.m-value"
	WouldToken      ID = "would.token"
	WouldLogin      ID = "would.login"
	WouldLogout     ID = "would.logout"
	WouldStart      ID = "would.start"
	WouldLeave      ID = "would.leave"
	WouldFile       ID = "would.file"
	WouldOverwrite  ID = "would.overwrite"
	WouldFileGone   ID = "would.file-gone"
	WouldTry        ID = "would.try"
	WouldAsk        ID = "would.ask"
	WouldConfirm    ID = "would.confirm"
	WouldWait       ID = "would.wait"
	WouldRead       ID = "would.read"
	WouldRefuse     ID = "would.refuse"
	WouldIfPassword ID = "would.if-password"
	WouldIfOpens    ID = "would.if-opens"
	WouldIfSound    ID = "would.if-sound"
	WouldIfMatches  ID = "would.if-matches"
	FinalKey        ID = "final.key"
	FinalSession    ID = "final.session"
	FinalAttribute  ID = "final.attribute"
	FinalUser       ID = "final.user"
	FinalNode       ID = "final.node"
	FinalFresh      ID = "final.fresh"
	FinalFile       ID = "final.file"
)

var wouldNotes = []Row{
	{WouldPair, "Creates 1 pair ({type}) on {hsms} under the handles {public} and {private}, owner {owner}, private key {leaves}.", false},
	{WouldKey, "Creates 1 {class} key ({type}) on {hsms} under the handle {handle}, owner {owner}, {leaves}.", false},
	{WouldKeys, "Creates {count} keys on {hsms}, owner {owner}.", false},
	{WouldKeyGone, "Deletes key {handle} from {hsms}.", false},
	{WouldKeysGone, "Deletes {count} keys.", false},
	{WouldAttribute, "Sets {attribute} of key {handle} to {value}.", false},
	{WouldKeyChanges, "Changes key {handle} on {hsms}.", false},
	{WouldShare, "Shares key {handle} with {users}.", false},
	{WouldUnshare, "Takes key {handle} back from {users}.", false},
	{WouldCopy, "Copies {keys} to {nodes}.", false},
	{WouldUser, "Creates the user {name} ({type}) on {hsms}.", false},
	{WouldUserGone, "Deletes the user {name} from {hsms}.", false},
	{WouldPassword, "Gives {name} another password on {hsms}.", false},
	{WouldUserChange, "Changes the user {name} on {hsms}.", false},
	{WouldUp, "HSM {node} answers again.", false},
	{WouldDown, "HSM {node} is switched off, and {left} are left.", false},
	{WouldCut, "HSM {node} is cut off, and {left} are left.", false},
	{WouldNode, "Adds HSM {node}, with {keys}.", false},
	{WouldNodeGone, "Removes HSM {node}, after a backup.", false},
	{WouldCluster, "Makes the cluster `{cluster}` with {count} HSMs.", false},
	{WouldFresh, "Puts a fresh cluster in place of this one.", false},
	{WouldRestored, "Makes the HSMs anew from a backup.", false},
	{WouldSetting, "Changes a setting.", false},
	{WouldBackup, "Makes a backup.", false},
	{WouldClock, "Lets {time} of simulated time pass.", false},
	{WouldMValue, "Changes how many approvals officers' commands need.", false},
	{WouldToken, "Changes the tokens for approvals.", false},
	{WouldLogin, "Logs {user} in on {hsms}.", false},
	{WouldLogout, "Logs {user} out.", false},
	{WouldStart, "Starts `{program}`.", false},
	{WouldLeave, "Leaves `{program}`.", false},
	{WouldFile, "Writes `{file}`.", false},
	{WouldOverwrite, "Writes `{file}` anew.", false},
	{WouldFileGone, "Deletes `{file}`.", false},
	{WouldTry, "Writes `{file}` where all goes well; that was not tried, since it takes a private key or a password.", false},
	{WouldAsk, "Asks for an answer first.", false},
	{WouldConfirm, "Asks first, and after `y`:", false},
	{WouldWait, "Then waits: {about}.", false},
	{WouldRead, "Reads, and changes nothing.", false},
	{WouldRefuse, "Will be refused: {why}.", true},
	{WouldIfPassword, "If the password is right:", false},
	{WouldIfOpens, "If the wrapped key opens:", false},
	{WouldIfSound, "If the numbers in the file make a key:", false},
	{WouldIfMatches, "Whether the signature fits shows when it runs.", false},
	{FinalKey, "Only a copy that was made before brings a deleted key back.", false},
	{FinalSession, "Session keys are gone then: {count}.", false},
	{FinalAttribute, "There is no way back for this attribute.", false},
	{FinalUser, "The user's password and registered keys are gone then.", false},
	{FinalNode, "What only this HSM holds is in the backup alone.", false},
	{FinalFresh, "What was there is gone, backups and clones too: {keys}, {users}.", false},
	{FinalFile, "What is in `{file}` is lost.", false},
}

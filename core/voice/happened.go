package voice

// What has just happened, said at the first success of a command. {hsms} is how many HSMs it
// concerns: all 3 HSMs, 2 of 3 HSMs, the one HSM.
const (
	HappenedLogin      ID = "happened.login"
	HappenedLogout     ID = "happened.logout"
	HappenedLeft       ID = "happened.left"
	HappenedPair       ID = "happened.pair"
	HappenedSecret     ID = "happened.secret"
	HappenedFind       ID = "happened.find"
	HappenedAttributes ID = "happened.attributes"
	HappenedSign       ID = "happened.sign"
	HappenedVerify     ID = "happened.verify"
	HappenedWrap       ID = "happened.wrap"
	HappenedUnwrap     ID = "happened.unwrap"
	HappenedPublicOut  ID = "happened.public-out"
	HappenedPublicIn   ID = "happened.public-in"
	HappenedImport     ID = "happened.import"
	HappenedDelete     ID = "happened.delete"
	HappenedToken      ID = "happened.token"
	HappenedMasked     ID = "happened.masked"
	HappenedUnmasked   ID = "happened.unmasked"
	HappenedReference  ID = "happened.reference"
	HappenedApproved   ID = "happened.approved"
	HappenedUsers      ID = "happened.users"
	HappenedLoginEach  ID = "happened.login-each"
	HappenedUser       ID = "happened.user"
	HappenedUserGone   ID = "happened.user-gone"
	HappenedPassword   ID = "happened.password"
	HappenedUsersEach  ID = "happened.users-each"
	HappenedShared     ID = "happened.shared"
	HappenedMValue     ID = "happened.m-value"
	HappenedRegistered ID = "happened.registered"
	HappenedServer     ID = "happened.server"
	HappenedStop       ID = "happened.stop"
	HappenedStart      ID = "happened.start"
	HappenedClock      ID = "happened.clock"
	HappenedOutside    ID = "happened.outside"
	HappenedKeyFile    ID = "happened.key-file"
	ApprovalSigns      ID = "approval.signs"
	ApprovalFile       ID = "approval.file"
	ApprovalLacks      ID = "approval.lacks"
	ApprovalRegisters  ID = "approval.registers"
)

var happenedNotes = []Row{
	{HappenedLogin, "{user} is logged in on {hsms}, for this session only: another tab logs in for itself.", false},
	{HappenedLogout, "Nobody is logged in here any more; token keys stay on the HSMs.", false},
	{HappenedLeft, "{user} was logged out with the tool; token keys stay on the HSMs, and a new tab would have kept this login.", false},
	{HappenedPair, "The pair is on {hsms} now, under the handles {public} for the public half and {private} for the private one: other commands name keys by them.", false},
	{HappenedSecret, "Key {handle} is on {hsms} now; its bytes were made inside, and nobody has seen them.", false},
	{HappenedFind, "The numbers are the handles of the keys that {user} may use; private and secret keys of others show only where they are shared.", false},
	{HappenedAttributes, "The attributes of key {key} went to `{file}` and not to the screen.", false},
	{HappenedSign, "Key {key} signed inside an HSM, and all that came out is in `{file}`.", false},
	{HappenedVerify, "Public key {key} fits: its private half has signed this very file.", false},
	{HappenedWrap, "`{file}` holds key {key}, encrypted under key {wrapper}, and is of no use without {opener}.", false},
	{HappenedUnwrap, "What was wrapped in `{file}` is a key once more, with the handle {handle}.", false},
	{HappenedPublicOut, "`{file}` holds a public key, which may go to anybody: it verifies, and signs nothing.", false},
	{HappenedPublicIn, "Public key {handle} is on {hsms} now; its private half is wherever it was made.", false},
	{HappenedImport, "Key {handle} is on {hsms} now, and `{file}` still holds it for whoever reads the file.", false},
	{HappenedDelete, "Key {key} is gone from {hsms}, and only a copy that was made before brings it back.", false},
	{HappenedToken, "Key {key} is a token key now, so it stays when this session ends.", false},
	{HappenedMasked, "`{file}` holds key {key}, encrypted by the HSMs' own secret: this cluster opens it, and clusters made of its backups.", false},
	{HappenedUnmasked, "What was masked in `{file}` is a key again, with its label and its owner.", false},
	{HappenedReference, "`{file}` is no key but a reference to key {key}, which openssl with the engine follows into the HSM.", false},
	{HappenedApproved, "The HSMs have checked the signatures against the registered keys; the approvals are good for one use.", false},
	{HappenedUsers, "These users live in the HSMs; the accounts of this machine have nothing to do with them.", false},
	{HappenedLoginEach, "{user} is logged in on {hsms}, one by one, and each command goes to all of them.", false},
	{HappenedUser, "{name} is on {hsms} now: this tool tells each HSM itself, and none tells the others.", false},
	{HappenedUserGone, "{name} is gone from each server that says success, and from no other.", false},
	{HappenedPassword, "The new password of {name} counts on each server that says success, from the next login on.", false},
	{HappenedUsersEach, "Each server has a list of its own, and only this tool keeps them alike.", false},
	{HappenedShared, "Who shares key {key} may use it; deleting it and sharing it stay with its owner.", false},
	{HappenedMValue, "From now on one officer alone is refused here, and `getToken` begins to collect approvals.", false},
	{HappenedRegistered, "{name} can approve now, with the private key that stayed in his file.", false},
	{HappenedServer, "Commands go to this server alone now, and `exit` leads back to all.", false},
	{HappenedStop, "HSM {node} answers nobody now, and {left} answer in its place with the same token keys.", false},
	{HappenedStart, "HSM {node} is back with the keys that it had; what it missed is copied to it.", false},
	{HappenedClock, "The playground's clock went forward, and with it all that waits or grows old.", false},
	{HappenedOutside, "openssl checked this outside the HSMs, with nothing but the public key.", false},
	{HappenedKeyFile, "This private key is a file, which can be read and copied; keys that are made in an HSM have no file.", false},

	{ApprovalSigns, "In a new tab, type `{line}`: so {name} signs the token.", false},
	{ApprovalFile, "In a new tab, type `{line}`: it writes the file that `{approve}` hands in here.", false},
	{ApprovalLacks, "{name} may approve and has no key for it here. In a new tab, type `{line}`: it makes one.", false},
	{ApprovalRegisters, "At {cmu}, {name} then registers it with `{line}`.", false},
}

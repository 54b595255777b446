package voice

// The notes of core/cmu.
const (
	CMUStartForm         ID = "cmu.start-form"
	CMUConfigMissing     ID = "cmu.config-missing"
	CMUConfigBad         ID = "cmu.config-bad"
	CMUServerDown        ID = "cmu.server-down"
	CMUConnectionLost    ID = "cmu.connection-lost"
	CMUNotEnabled        ID = "cmu.not-enabled"
	CMUNoSuchAddress     ID = "cmu.no-such-address"
	CMUOtherPort         ID = "cmu.other-port"
	CMUStale             ID = "cmu.stale"
	CMUNotTold           ID = "cmu.not-told"
	CMUDiffer            ID = "cmu.differ"
	CMUAnchor            ID = "cmu.anchor"
	CMUNoAnchor          ID = "cmu.no-anchor"
	CMUNotLoggedIn       ID = "cmu.not-logged-in"
	CMUNoNumber          ID = "cmu.no-number"
	CMUServerModeOnly    ID = "cmu.server-mode-only"
	CMUGlobalModeOnly    ID = "cmu.global-mode-only"
	CMUExitIsQuit        ID = "cmu.exit-is-quit"
	CMUServicesOwn       ID = "cmu.services-own"
	CMUOnlySelf          ID = "cmu.only-self"
	CMUExtraWord         ID = "cmu.extra-word"
	CMUBadServer         ID = "cmu.bad-server"
	CMULoginFirst        ID = "cmu.login-first"
	CMULogOutFirst       ID = "cmu.log-out-first"
	CMUNotPermitted      ID = "cmu.not-permitted"
	CMUNotApproved       ID = "cmu.not-approved"
	CMUTooManyUsers      ID = "cmu.too-many-users"
	CMUTooManyKeys       ID = "cmu.too-many-keys"
	CMUBadUserType       ID = "cmu.bad-user-type"
	CMUUnknownUser       ID = "cmu.unknown-user"
	CMUUserElsewhere     ID = "cmu.user-elsewhere"
	CMUOtherType         ID = "cmu.other-type"
	CMUWrongPassword     ID = "cmu.wrong-password"
	CMULocked            ID = "cmu.locked"
	CMUWrongFactor       ID = "cmu.wrong-factor"
	CMUSecondNeeded      ID = "cmu.second-needed"
	CMUSecondForOfficers ID = "cmu.second-for-officers"
	CMUAuthData          ID = "cmu.auth-data"
	CMUFileFault         ID = "cmu.file-fault"
	CMUAnswersRIA        ID = "cmu.answers-ria"
	CMUAnswersRBI        ID = "cmu.answers-rbi"
	CMUMismatch          ID = "cmu.mismatch"
	CMUWordNotRead       ID = "cmu.word-not-read"
	CMUBadName           ID = "cmu.bad-name"
	CMUPasswordLength    ID = "cmu.password-length"
	CMUPasswordLetters   ID = "cmu.password-letters"
	CMUUserExists        ID = "cmu.user-exists"
	CMUUserActive        ID = "cmu.user-active"
	CMUSelfActive        ID = "cmu.self-active"
	CMUOwnsKeys          ID = "cmu.owns-keys"
	CMUNoSuchUser        ID = "cmu.no-such-user"
	CMURegistrationSize  ID = "cmu.registration-size"
	CMUCryptoApprover    ID = "cmu.crypto-approver"
	CMUPrivateKeyFile    ID = "cmu.private-key-file"
	CMUNoPassPhrase      ID = "cmu.no-pass-phrase"
	CMUBadSignature      ID = "cmu.bad-signature"
	CMUBadPublicKey      ID = "cmu.bad-public-key"
	CMUSecondFactorKey   ID = "cmu.second-factor-key"
	CMUFactorGone        ID = "cmu.factor-gone"
	CMUNoRegistration    ID = "cmu.no-registration"
	CMUBadService        ID = "cmu.bad-service"
	CMUBadMValue         ID = "cmu.bad-m-value"
	CMUTooFewOfficers    ID = "cmu.too-few-officers"
	CMURaiseMiscFirst    ID = "cmu.raise-misc-first"
	CMUMiscToken         ID = "cmu.misc-token"
	CMUNoToken           ID = "cmu.no-token"
	CMUTooManyTokens     ID = "cmu.too-many-tokens"
	CMUNoQuorum          ID = "cmu.no-quorum"
	CMUKeyNoQuorum       ID = "cmu.key-no-quorum"
	CMUTokenNeedsKey     ID = "cmu.token-needs-key"
	CMUTokenNext         ID = "cmu.token-next"
	CMUApprovalFile      ID = "cmu.approval-file"
	CMUSignerUnknown     ID = "cmu.signer-unknown"
	CMUNoSuchKey         ID = "cmu.no-such-key"
	CMUKeyElsewhere      ID = "cmu.key-elsewhere"
	CMUNotYourKey        ID = "cmu.not-your-key"
	CMUNotOwner          ID = "cmu.not-owner"
	CMUOnlyCryptoUsers   ID = "cmu.only-crypto-users"
	CMUNotShareable      ID = "cmu.not-shareable"
	CMUNoSuchSharer      ID = "cmu.no-such-sharer"
	CMUTooFewSharers     ID = "cmu.too-few-sharers"
	CMUKeyQuorum         ID = "cmu.key-quorum"
	CMUAttrMissing       ID = "cmu.attr-missing"
	CMUNoSuchAttribute   ID = "cmu.no-such-attribute"
	CMUOfficersAttribute ID = "cmu.officers-attribute"
	CMUOwnersAttribute   ID = "cmu.owners-attribute"
	CMUReadOnly          ID = "cmu.read-only"
	CMUOneWay            ID = "cmu.one-way"
	CMUNoDerive          ID = "cmu.no-derive"
	CMUTokenOnce         ID = "cmu.token-once"
	CMUBadValue          ID = "cmu.bad-value"
	CMUBadDestination    ID = "cmu.bad-destination"
	CMUNoSuchID          ID = "cmu.no-such-id"
	CMUOtherWithID       ID = "cmu.other-with-id"
	CMUOwnerMissing      ID = "cmu.owner-missing"
	CMUHandleTaken       ID = "cmu.handle-taken"
	CMUKeyNotHere        ID = "cmu.key-not-here"
	CMUOtherMask         ID = "cmu.other-mask"
	CMUNotHere           ID = "cmu.not-here"
	CMUOnlyOwnKeys       ID = "cmu.only-own-keys"
	CMUSameUser          ID = "cmu.same-user"
	CMUSessionKeyStays   ID = "cmu.session-key-stays"
	CMUCertificateTypes  ID = "cmu.certificate-types"
)

var cmuNotes = []Row{
	{CMUStartForm, "The tool takes one word, the name of its configuration file. Type `{cmu} {file}`.", true},
	{CMUConfigMissing, "`{file}` could not be read: {why}. The instance's own file is `{default}`; the wording is made up.", true},
	{CMUConfigBad, "`{file}` is not JSON with a list of servers, so there is nothing to connect to. `sudo {bin}/configure --cmu {ip}` writes a good one.", true},
	{CMUServerDown, "Server {server} ({ip}) cannot be reached, so nothing that is typed here reaches it. `hsm status` shows why; start this tool anew once it is back.", true},
	{CMUConnectionLost, "The HSM at {ip} is up, but the connection to server {server} was lost, and this tool does not open it again. Type `quit` and start the tool anew.", true},
	{CMUNotEnabled, "Server {server} ({ip}) is not enabled in the configuration file, so no connection was opened. Put `yes` after its `enable` and start this tool anew.", true},
	{CMUNoSuchAddress, "No HSM of the cluster has the address {ip}, so server {server} of the configuration file is nobody. `sudo {bin}/configure --cmu {first}` writes the HSMs that there are.", true},
	{CMUOtherPort, "The HSM at {ip} listens for this tool on port {port}, and the configuration file has another for server {server}. `sudo {bin}/configure --cmu {first}` writes the right ones.", true},
	{CMUStale, "The configuration file does not know {ips}, so this tool never changes anything there. `sudo {bin}/configure --cmu {ip}` writes all HSMs into it.", true},
	{CMUNotTold, "This did not reach server {servers}, and nobody tells it there later. Repeat the command in server mode once the connection is back.", true},
	{CMUDiffer, "What server {servers} has differs from the others now, and the service does not put that right. `server {first}` leads to one server alone, where the command can be repeated.", true},
	{CMUAnchor, "The certificate in `{file}` is missing or not this cluster's, so the channel to the HSM is not encrypted and most commands are refused. `getCert -f customerCA.crt -s 4` in `{kmu}` fetches it; then `sudo cp customerCA.crt {file}`, and here `enable_e2e`.", true},
	{CMUNoAnchor, "The configuration file has no `owner_cert_path` for server {server}, so the channel to the HSM is not encrypted and most commands are refused. Put `{default}` there and start this tool anew.", true},
	{CMUNotLoggedIn, "Nobody is logged in yet. `{login}` logs the first officer in on every server.", false},
	{CMUNoNumber, "`0x??` stands where the real tool has a number: no public source shows which one this refusal has.", false},
	{CMUServerModeOnly, "`{command}` works on one server at a time. Type `server 0` first, and `exit` afterwards.", true},
	{CMUGlobalModeOnly, "`{command}` is not known in server mode. Type `exit` first.", true},
	{CMUExitIsQuit, "`exit` leads out of server mode, and this is not it. `quit` ends the tool.", true},
	{CMUServicesOwn, "`{name}` is of type {type}, which belongs to the service or to the cluster's beginning. Officers manage types `CO` and `CU` only.", true},
	{CMUOnlySelf, "Only `{name}` can do this for `{name}`, and {who} is logged in. `logoutHSM`, then `loginHSM` as `{name}`.", true},
	{CMUExtraWord, "There is a word too many: blanks part words here, and quotes do not hold them together. The form is `{form}`. A line that would work: `{line}`.", true},
	{CMUBadServer, "The servers have the numbers 0 to {last}, in the order of the configuration file. The wording is made up.", true},
	{CMULoginFirst, "Nobody is logged in on server {server}. Type `{login}` first, or another user's.", true},
	{CMULogOutFirst, "{who} is logged in, and a tool has one login at a time. Type `logoutHSM` first.", true},
	{CMUNotPermitted, "{who} may not do this: officers (CO) manage users, crypto users (CU) their own keys. `logoutHSM`, then `loginHSM` as the other role.", true},
	{CMUNotApproved, "This needs the approvals of other officers, and there is no approved token of yours for it. `getToken 3 {user} use.token` begins to collect them.", true},
	{CMUTooManyUsers, "The HSM has its 1,024 users, and no more fit. `deleteUser` makes room.", true},
	{CMUTooManyKeys, "The HSM holds as many keys as fit. `deleteKey` in `{kmu}` makes room.", true},
	{CMUBadUserType, "Users are created and log in as `CO` or `CU`. The other types belong to the service or to a cluster that is not activated yet.", true},
	{CMUUnknownUser, "Nobody is called `{name}`. `listUsers` shows who there is, and needs no login. Did you mean `{line}`?", true},
	{CMUUserElsewhere, "Server {server} does not know `{name}`, and server {other} does: they have come to differ. As an officer, `server {other}` and `syncUser {id} {server}` copy the user.", true},
	{CMUOtherType, "`{name}` is a {type}, and {given} was given. Type `loginHSM {type} {name} -hpswd`.", true},
	{CMUWrongPassword, "The password of `{name}` is another one on server {server}. {left} more wrong ones are forgiven there, then the account locks. Did you mean `{line}`?", true},
	{CMULocked, "`{name}` is locked on server {server} after six wrong passwords in a row, so even the right one is refused. An officer unlocks it with `changePswd {type} {name}` and a new password.", true},
	{CMUWrongFactor, "The password or the signature is not {name}'s on server {server}, and the HSM does not say which; each login has digests of its own to sign. {left} more wrong ones are forgiven there, then the account locks.", true},
	{CMUSecondNeeded, "`{name}` has a second factor, so the password alone is not enough and this counted as a wrong one. Add `-2fa authdata` to the line.", true},
	{CMUSecondForOfficers, "Crypto users are often programs, so only officers have a second factor. Leave `-2fa` out.", true},
	{CMUAuthData, "`{file}` cannot be used: {why}. Put base64 signatures, and for a new second factor the public key, between the empty quotes and leave the rest as it is.", true},
	{CMUFileFault, "`{file}` could not be used: {why}. `ls` shows what is here.", true},
	{CMUAnswersRIA, "One letter is an answer here: `R` tries this server again, `I` goes on with the next one, `A` ends the command.", false},
	{CMUAnswersRBI, "One letter is an answer here: `R` tries this server again, `B` takes back what the others did, `I` goes on with the next one.", false},
	{CMUMismatch, "The two passwords differ, so nothing was done. The wording is made up.", true},
	{CMUWordNotRead, "The word beside `-hpswd` is not read: the password is what you type now, and it does not show. The word stood readable on the screen, so it is no good secret any more.", true},
	{CMUBadName, "A name has 1 to {max} letters, digits and underscores; the wording is made up. Did you mean `{line}`?", true},
	{CMUPasswordLength, "The new password has {length} characters, and {min} to {max} are allowed. The short ones of the fresh cluster were there before the rule. A line that would work: `{line}`.", true},
	{CMUPasswordLetters, "A password is made of letters, digits and signs of plain ASCII, without blanks. The wording is made up. Did you mean `{line}`?", true},
	{CMUUserExists, "Somebody is called `{name}` on server {server} already, and a name is there only once, whatever the type. `listUsers` shows who it is.", true},
	{CMUUserActive, "`{name}` is logged in on server {server}, here or in another terminal, and cannot be changed before the logout. Log out there and answer `R`, or type the line again.", true},
	{CMUSelfActive, "`{name}` is who is logged in here, and nobody deletes himself. After `logoutHSM` another officer can.", true},
	{CMUOwnsKeys, "`{name}` owns keys on server {server}, and they would be nobody's. `deleteKey` in `{kmu}` removes them first.", true},
	{CMUNoSuchUser, "Server {server} has no {type} called `{name}`. `listUsers` shows who there is. Did you mean `{line}`?", true},
	{CMURegistrationSize, "`{file}` has {size} bytes, and 1 to {max} can be registered with. `echo token > {file}` makes one that fits.", true},
	{CMUCryptoApprover, "{name} can approve the use of keys made with `-m_value`, of his own and of those shared with him. That crypto users register like officers is made up: the guide does not say how they do.", false},
	{CMUPrivateKeyFile, "`{file}` cannot be read: {why}. The playground takes private keys without a pass phrase, as its `openssl genrsa` writes them.", true},
	{CMUNoPassPhrase, "The key in `{file}` has no pass phrase, so what was typed is not needed.", false},
	{CMUBadSignature, "The signature does not match what was signed. `openssl dgst -sha256 -sign KEY -out SIG FILE` signs a token; a digest of authentication data needs `openssl pkeyutl -sign -pkeyopt digest:sha256`.", true},
	{CMUBadPublicKey, "The file holds no public key of RSA with 2048 bits in PEM. `openssl rsa -in officer1.key -outform PEM -pubout -out officer1.pub` writes one.", true},
	{CMUFactorGone, "A password that is set without `-2fa` ends the second factor of {name}, and with it the key for approvals. `changePswd {type} {name} -hpswd -2fa authdata` sets a password and a factor together.", false},
	{CMUNoRegistration, "There is no `{file}`. A registration token is a file of your own: `echo token > {file}` makes one in another tab, and `openssl dgst -sha256 -sign` the signature over it.", true},
	{CMUSecondFactorKey, "With a second factor the same key is for approvals too, so it is changed together with the password. Use `changePswd` with `-2fa`.", true},
	{CMUBadService, "The services are 3, managing users, and 4, setting M values. Type `getMValue 3`; the wording of the refusal is made up.", true},
	{CMUBadMValue, "An M value is {min} to {max}: a quorum that is on cannot be taken off again. The wording is made up.", true},
	{CMUTooFewOfficers, "{m} approvals need at least {m} officers, and server {server} has fewer. `createUser CO` makes one; the wording of the refusal is made up.", true},
	{CMURaiseMiscFirst, "A value that is set changes only with approvals for service 4, and none are asked for there yet. First `setMValue 4 {m}`, then `getToken 4`.", true},
	{CMUMiscToken, "A value that is set changes only with {m} approvals for service 4. `getToken 4 {user} use.token` begins to collect them.", true},
	{CMUNoToken, "The file holds no token of yours on server {server}: tokens end with the login, after their use, and when a new one is made. `getToken` makes a new one, to be signed anew.", true},
	{CMUTooManyTokens, "The HSM keeps 1,024 tokens, and none is older than ten minutes. `delToken all` makes room.", true},
	{CMUNoQuorum, "This service needs no approvals, its M value is 1. `setMValue` turns them on.", true},
	{CMUKeyNoQuorum, "Key {handle} asks for no approvals, so it can be used as it is. `-m_value` in `{kmu}` asks for them when a key is made.", true},
	{CMUTokenNeedsKey, "Services are the officers' business, and {who} is a crypto user. With the handle of a key at the end of the line the token is for using that key.", true},
	{CMUTokenNext, "Now the approvers sign `{file}` as a whole with `openssl dgst -sha256 -sign`. An approval file names their signatures for `approveToken`; log out and the token is gone.", false},
	{CMUApprovalFile, "`{file}` cannot be used: {why}. The wording of the tool is made up.", true},
	{CMUSignerUnknown, "An approver in the file is not known on server {server} with this type, has registered no key, or is not concerned: officers approve services, and a key's owner and sharers its use. `listUsers` shows YES under MofnPubKey for those who have one.", true},
	{CMUNoSuchKey, "No server has a key with the handle {handle}. `findKey` in `{kmu}` lists a crypto user's, `findAllKeys 0 0` all to an officer.", true},
	{CMUKeyElsewhere, "Server {server} lacks key {handle}, and {ip} has it. The service copies it by itself once the HSMs reach each other, or `syncKey` does at once.", true},
	{CMUNotYourKey, "Key {handle} belongs to somebody who has not shared it with you. Its owner can, with `shareKey`.", true},
	{CMUNotOwner, "Only the owner of key {handle} may do this, and not those it is shared with. `getKeyInfo {handle}` shows who that is.", true},
	{CMUOnlyCryptoUsers, "{who} sees no keys from inside: only crypto users who own or share one do. `findAllKeys` lists handles for officers.", true},
	{CMUNotShareable, "Key {handle} cannot be shared: every crypto user may use a public key anyway, and a session key lives in its session only. The wording is made up.", true},
	{CMUNoSuchSharer, "Not every one of {users} is another crypto user on server {server}. `listUsers` shows the ids.", true},
	{CMUTooFewSharers, "Key {handle} asks for more approvals than there would be users left. The wording is made up.", true},
	{CMUKeyQuorum, "Key {handle} asks for approvals before it is shared or changed too. `getToken` with its handle begins to collect them.", true},
	{CMUAttrMissing, "Key {handle} has no such attribute. `listAttributes` shows the numbers, and `512` is all that a key has.", true},
	{CMUNoSuchAttribute, "No attribute has the number {attribute}. `listAttributes` shows them.", true},
	{CMUOfficersAttribute, "{name} is set by officers only, and {who} is logged in. `logoutHSM`, then `{login}`.", true},
	{CMUOwnersAttribute, "{name} is set by the owner of the key, and {who} is logged in. Officers set attribute `134` only.", true},
	{CMUReadOnly, "{name} is fixed when the key is made. The wording of the refusal is made up.", true},
	{CMUOneWay, "{name} of key {handle} does not change in this direction, so that a protection cannot be taken off. The wording of the refusal is made up.", true},
	{CMUNoDerive, "Key {handle} is a public key, and nothing is derived from those, so OBJ_ATTR_DERIVE stays 0. The wording of the refusal is made up.", true},
	{CMUTokenOnce, "This tool changes token keys only, and never OBJ_ATTR_TOKEN. `setAttribute -o {handle} -a 1` in `{kmu}` makes a session key a token key, once and for all.", true},
	{CMUBadValue, "The value is 0 or 1, or for a label 1 to {max} bytes without blanks. The wording of the refusal is made up. A line that would work: `{line}`.", true},
	{CMUBadDestination, "The copy goes from server {here} to another server that is connected. `exit` and `info server` with its number show one; the wording of the refusal is made up.", true},
	{CMUNoSuchID, "This server has no user with that id, or the service's own. `listUsers` shows the ids.", true},
	{CMUOtherWithID, "Over there this id or this name is somebody else's, and a copy would mix them up. `deleteUser` the other one there first, in server mode.", true},
	{CMUOwnerMissing, "The owner of the key is not known over there, so nobody could use it. `syncUser` with his id first.", true},
	{CMUKeyNotHere, "Server {server} lacks key {handle}, and {ip}, of another cluster, has it. Nothing goes from one cluster to another by itself; `syncKey` from that HSM copies the key.", true},
	{CMUOtherMask, "The two HSMs are of unrelated clusters and mask with different secrets. Copies go between a cluster and its clones; other keys travel wrapped: `wrapKey` and `unWrapKey`.", true},
	{CMUHandleTaken, "The other server has a key in this place already. `findAllKeys` with 1 shows whether they agree.", true},
	{CMUNotHere, "This server has no key with that handle, so it cannot be the source. `exit`, then `server` with the number of one that has it.", true},
	{CMUOnlyOwnKeys, "Crypto users copy their own keys only. An officer may copy any.", true},
	{CMUSameUser, "A copy takes the same login on both servers. `exit`, then `logoutHSM` and `loginHSM` on all servers at once.", true},
	{CMUSessionKeyStays, "A session key lives in its session on one HSM and is never copied. `setAttribute` in `{kmu}` makes it a token key.", true},
	{CMUCertificateTypes, "The certificates have the numbers 1, 2, 4, 8 and 16. `getCert PO.crt 4` saves the customer's root.", true},
}

package voice

// The notes of core/kmu.
const (
	NoDaemon         ID = "kmu.no-daemon"
	NotLoggedIn      ID = "kmu.not-logged-in"
	LoginFirst       ID = "kmu.login-first"
	SingleForm       ID = "kmu.single-form"
	OnlyCryptoUsers  ID = "kmu.only-crypto-users"
	LogOutFirst      ID = "kmu.log-out-first"
	LoggedInAlready  ID = "kmu.logged-in-already"
	UnknownUser      ID = "kmu.unknown-user"
	WrongPassword    ID = "kmu.wrong-password"
	UserLocked       ID = "kmu.user-locked"
	SessionKeysGone  ID = "kmu.session-keys-gone"
	CurveRefused     ID = "kmu.curve-refused"
	CurveNotBuilt    ID = "kmu.curve-not-built"
	CurvesInFIPS     ID = "kmu.curves-in-fips"
	SizeRefused      ID = "kmu.size-refused"
	ExponentRefused  ID = "kmu.exponent-refused"
	NoPBE            ID = "kmu.no-pbe"
	IDTaken          ID = "kmu.id-taken"
	SharedWithSelf   ID = "kmu.shared-with-self"
	NoSuchSharer     ID = "kmu.no-such-sharer"
	LabelTooLong     ID = "kmu.label-too-long"
	HSMFull          ID = "kmu.hsm-full"
	MValueTooHigh    ID = "kmu.m-value-too-high"
	FirmwareDiffers  ID = "kmu.firmware-differs"
	NeverReached     ID = "kmu.never-reached"
	Waiting          ID = "kmu.waiting"
	Making           ID = "kmu.making"
	GivenUp          ID = "kmu.given-up"
	TooFewServers    ID = "kmu.too-few-servers"
	NotEverywhere    ID = "kmu.not-everywhere"
	NotOwner         ID = "kmu.not-owner"
	OnlyOnUnreached  ID = "kmu.only-on-unreached"
	OthersSessionKey ID = "kmu.others-session-key"
	OthersKey        ID = "kmu.others-key"
	InternalKey      ID = "kmu.internal-key"
	NoSuchKey        ID = "kmu.no-such-key"
	MissingSomewhere ID = "kmu.missing-somewhere"
	SessionKeyHome   ID = "kmu.session-key-home"
	OnlyToken        ID = "kmu.only-token"
	OnlyToOne        ID = "kmu.only-to-one"
	NoWildcards      ID = "kmu.no-wildcards"
	NoSuchAttribute  ID = "kmu.no-such-attribute"
	AttributeLacking ID = "kmu.attribute-lacking"
	CodeForm         ID = "kmu.code-form"
	CodeMeans        ID = "kmu.code-means"
	CodeUnknown      ID = "kmu.code-unknown"
	FileFault        ID = "kmu.file-fault"
)

var kmuNotes = []Row{
	{NoDaemon, "The client daemon is not running, or no HSM can be reached. `service cloudhsm-client status` and `hsm status` tell which.", true},
	{NotLoggedIn, "Not logged in yet. Users and their toy passwords stand in the panel Users; `loginHSM -u CU -s example_user -p aws` logs one in.", false},
	{LoginFirst, "Nobody is logged in, so the HSM knows no user for this. Type `loginHSM -u CU -s example_user -p aws` first.", true},
	{SingleForm, "`singlecmd` takes a login and one command: `key_mgmt_util singlecmd loginHSM -u CU -s example_user -p aws findKey`.", true},
	{OnlyCryptoUsers, "This tool is for crypto users only. Officers work in `cloudhsm_mgmt_util`; here `-u CU` logs in.", true},
	{LogOutFirst, "`{user}` is logged in, and a tool has one login at a time. Type `logoutHSM` first.", true},
	{LoggedInAlready, "`{user}` was logged in already; nothing has changed.", false},
	{UnknownUser, "No crypto user is called `{name}`. The fresh cluster has `example_user`, `user4`, `user5` and `user6`.", true},
	{WrongPassword, "The password of `{name}` is another one. {left} more wrong ones are forgiven, then the account locks.", true},
	{UserLocked, "`{name}` is locked after six wrong passwords in a row, so even the right one is refused. An officer unlocks it with `changePswd` in `cloudhsm_mgmt_util`.", true},
	{SessionKeysGone, "{count} session keys went with the session. `setAttribute` would have kept them.", false},
	{CurveRefused, "Curve {curve} ({name}) is not allowed in FIPS mode. The cluster is healthy and no HSM is down: the last line is how the tool words a refusal. Allowed: `2` `14` `16`.", true},
	{CurveNotBuilt, "Curve {curve} ({name}) is not computed in this playground; the refusal is made up. `2` `13` `14` `15` `16` work.", true},
	{CurvesInFIPS, "This cluster is in FIPS mode, where only `2`, `14` and `16` are accepted. The layout is made up.", false},
	{SizeRefused, "The HSM makes no {type} key of size {size}. The command's `-h` names the sizes.", true},
	{ExponentRefused, "{exponent} cannot be a public exponent here: it must be odd, 65537 or more, and below 2^31.", true},
	{NoPBE, "Keys made from passwords are not supported in FIPS mode, whatever the options.", true},
	{IDTaken, "A key with the id `{id}` exists, and ids are unique in the cluster. Nothing was made; `findKey -id {id}` shows the key.", true},
	{SharedWithSelf, "You own the key anyway, so `-u` must not name yourself. Nothing was made.", true},
	{NoSuchSharer, "No crypto user has the id {user}. Nothing was made; `listUsers` shows the ids.", true},
	{LabelTooLong, "The label has {length} bytes, and {max} is the most. Nothing was made.", true},
	{HSMFull, "The HSMs hold {max} keys, and that is all that fits. `deleteKey` makes room.", true},
	{MValueTooHigh, "{m} approvals need at least that many users: the owner and those of `-u`. Share with more users or ask for fewer approvals.", true},
	{FirmwareDiffers, "The firmware of HSM {node} is not the genuine one, so the attestation failed and nothing was made. The wording is made up; `hsm tamper {node}` puts it right.", true},
	{NeverReached, "The cluster has {have} HSMs, so {need} cannot be reached. The command waits as the tool does; Ctrl-C ends it.", true},
	{Waiting, "{have} of {need} HSMs have the key", false},
	{Making, "the key is being computed", false},
	{GivenUp, "Nothing that is due would have ended this wait, so it was given up.", true},
	{TooFewServers, "The key must be on {need} HSMs and was not in time, so it was removed everywhere. `hsm status` shows which HSMs are up.", true},
	{NotEverywhere, "The key is on {have} of {all} HSMs. The others get it when they can be reached again.", false},
	{NotOwner, "You may use key {handle}, but only its owner may do this. `getKeyInfo -k {handle}` shows who that is.", true},
	{OnlyOnUnreached, "Key {handle} is only on HSM {node}, which cannot be reached. `hsm start {node}` or `hsm heal {node}` brings it back.", true},
	{OthersSessionKey, "Key {handle} lives in another session, and only that one sees it.", true},
	{OthersKey, "Key {handle} belongs to user {owner} and is not shared with you, so the HSM answers as if it were not there.", true},
	{InternalKey, "Handles 1 to 5 are the HSM's own keys, which nobody uses directly. Yours begin at 6.", true},
	{NoSuchKey, "No key has the handle {handle}. `findKey` lists those that you can use.", true},
	{MissingSomewhere, "Key {handle} is missing on HSM {nodes}. It is copied there by the cluster itself within seconds, once the HSMs reach each other.", true},
	{SessionKeyHome, "Key {handle} is a session key: it lives on one HSM only, so HSM {nodes} cannot have it.", true},
	{OnlyToken, "This tool changes the attribute TOKEN (`-a 1`) only. Others are changed by `setAttribute` of `cloudhsm_mgmt_util`.", true},
	{OnlyToOne, "TOKEN goes from 0 to 1 only: a token key cannot become a session key again. The answer that works is `1`.", true},
	{NoWildcards, "Labels are compared as they are: `*` and `?` stand for themselves.", false},
	{NoSuchAttribute, "No attribute has the number {attribute}. `listAttributes` shows them; `512` is all.", true},
	{AttributeLacking, "An {type} key has no {name}. Nothing was written; `-a 512` writes all that it has.", true},
	{CodeForm, "`{word}` is not a code: it is hexadecimal with `0x` in front, as in `Error2String -r 0xb3`.", true},
	{CodeMeans, "`{code}`: {cause} {repair}", false},
	{CodeUnknown, "No public page names the code `{code}`; the wording is made up.", false},
	{FileFault, "`{file}` could not be used: {why}. `ls` shows what is here.", true},
}

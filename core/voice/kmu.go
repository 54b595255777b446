package voice

// The notes of core/kmu.
const (
	NoDaemon              ID = "kmu.no-daemon"
	NoHSM                 ID = "kmu.no-hsm"
	SessionsFull          ID = "kmu.sessions-full"
	NotLoggedIn           ID = "kmu.not-logged-in"
	LoginFirst            ID = "kmu.login-first"
	LoginMissing          ID = "kmu.login-missing"
	LoginRefusedBy        ID = "kmu.login-refused-by"
	SingleForm            ID = "kmu.single-form"
	OnlyCryptoUsers       ID = "kmu.only-crypto-users"
	LogOutFirst           ID = "kmu.log-out-first"
	LoggedInAlready       ID = "kmu.logged-in-already"
	UnknownUser           ID = "kmu.unknown-user"
	UserOfOtherCluster    ID = "kmu.user-of-other-cluster"
	WrongPassword         ID = "kmu.wrong-password"
	UserLocked            ID = "kmu.user-locked"
	SessionKeysGone       ID = "kmu.session-keys-gone"
	LoggedOutHalf         ID = "kmu.logged-out-half"
	CurveRefused          ID = "kmu.curve-refused"
	CurveNotBuilt         ID = "kmu.curve-not-built"
	CurvesInFIPS          ID = "kmu.curves-in-fips"
	SizeRefused           ID = "kmu.size-refused"
	ExponentRefused       ID = "kmu.exponent-refused"
	NoPBE                 ID = "kmu.no-pbe"
	IDTaken               ID = "kmu.id-taken"
	SharedWithSelf        ID = "kmu.shared-with-self"
	NoSuchSharer          ID = "kmu.no-such-sharer"
	LabelTooLong          ID = "kmu.label-too-long"
	HSMFull               ID = "kmu.hsm-full"
	MValueTooHigh         ID = "kmu.m-value-too-high"
	FirmwareDiffers       ID = "kmu.firmware-differs"
	NeverReached          ID = "kmu.never-reached"
	Waiting               ID = "kmu.waiting"
	GivenUp               ID = "kmu.given-up"
	Stopped               ID = "kmu.stopped"
	NeverInTime           ID = "kmu.never-in-time"
	RC4Refused            ID = "kmu.rc4-refused"
	IDOfOthers            ID = "kmu.id-of-others"
	TooFewServers         ID = "kmu.too-few-servers"
	NotEverywhere         ID = "kmu.not-everywhere"
	NotEverywhereYet      ID = "kmu.not-everywhere-yet"
	OwnerNotThere         ID = "kmu.owner-not-there"
	NotOwner              ID = "kmu.not-owner"
	NotDestroyable        ID = "kmu.not-destroyable"
	OnlyOnUnreached       ID = "kmu.only-on-unreached"
	OthersSessionKey      ID = "kmu.others-session-key"
	OthersKey             ID = "kmu.others-key"
	InternalKey           ID = "kmu.internal-key"
	NoSuchKey             ID = "kmu.no-such-key"
	MissingSomewhere      ID = "kmu.missing-somewhere"
	SessionKeyHome        ID = "kmu.session-key-home"
	OnlyToken             ID = "kmu.only-token"
	OnlyToOne             ID = "kmu.only-to-one"
	LabelCase             ID = "kmu.label-case"
	KCVForm               ID = "kmu.kcv-form"
	NoWildcards           ID = "kmu.no-wildcards"
	NoSuchAttribute       ID = "kmu.no-such-attribute"
	AttributeLacking      ID = "kmu.attribute-lacking"
	CodeForm              ID = "kmu.code-form"
	CodeMeans             ID = "kmu.code-means"
	CodeUnknown           ID = "kmu.code-unknown"
	FileFault             ID = "kmu.file-fault"
	Dropped               ID = "kmu.dropped"
	QuorumNeeded          ID = "kmu.quorum-needed"
	NotExtractable        ID = "kmu.not-extractable"
	AttributeOff          ID = "kmu.attribute-off"
	OtherKind             ID = "kmu.other-kind"
	NoModulus             ID = "kmu.no-modulus"
	ModulusRefused        ID = "kmu.modulus-refused"
	KeyNotAllowed         ID = "kmu.key-not-allowed"
	KeyEncrypted          ID = "kmu.key-encrypted"
	KeyLock               ID = "kmu.key-lock"
	KeyNotPEM             ID = "kmu.key-not-pem"
	PublicNotPEM          ID = "kmu.public-not-pem"
	KeySeveral            ID = "kmu.key-several"
	KeyWrongBlock         ID = "kmu.key-wrong-block"
	KeyIsPrivate          ID = "kmu.key-is-private"
	KeyExplicitCurve      ID = "kmu.key-explicit-curve"
	KeyUnsound            ID = "kmu.key-unsound"
	FileNotAKey           ID = "kmu.file-not-a-key"
	NoHostKey             ID = "kmu.no-host-key"
	OtherHostKey          ID = "kmu.other-host-key"
	OnlyTrusted           ID = "kmu.only-trusted"
	PlainKey              ID = "kmu.plain-key"
	MechanismRefused      ID = "kmu.mechanism-refused"
	OptionNotForMechanism ID = "kmu.option-not-for-mechanism"
	IVFileMissing         ID = "kmu.iv-file-missing"
	OnlyDefaultIV         ID = "kmu.only-default-iv"
	IVOfEight             ID = "kmu.iv-of-eight"
	TooLongToWrap         ID = "kmu.too-long-to-wrap"
	LengthNotWrapped      ID = "kmu.length-not-wrapped"
	HeaderFull            ID = "kmu.header-full"
	NoHeader              ID = "kmu.no-header"
	NoHeaderNeeds         ID = "kmu.no-header-needs"
	ClassNotOfType        ID = "kmu.class-not-of-type"
	BadIVFile             ID = "kmu.bad-iv-file"
	NotOpened             ID = "kmu.not-opened"
	NoKeyInside           ID = "kmu.no-key-inside"
	WrapInputTooLong      ID = "kmu.wrap-input-too-long"
	FileNotOpened         ID = "kmu.file-not-opened"
	SignatureDiffers      ID = "kmu.signature-differs"
	NoDSASignatures       ID = "kmu.no-dsa-signatures"
	MessageTooLong        ID = "kmu.message-too-long"
	OtherMechanism        ID = "kmu.other-mechanism"
	MaskedElsewhere       ID = "kmu.masked-elsewhere"
	MaskedByOther         ID = "kmu.masked-by-other"
	NotMasked             ID = "kmu.not-masked"
	CertificateMadeUp     ID = "kmu.certificate-made-up"
	FakeIsThere           ID = "kmu.fake-is-there"
	FakeImported          ID = "kmu.fake-imported"
	FakeOfNone            ID = "kmu.fake-of-none"
	TokenNext             ID = "kmu.token-next"
	TokenForKey           ID = "kmu.token-for-key"
	NoQuorumOnKey         ID = "kmu.no-quorum-on-key"
	TokenOfSelf           ID = "kmu.token-of-self"
	NoSuchToken           ID = "kmu.no-such-token"
	SignerUnknown         ID = "kmu.signer-unknown"
	SignatureRefused      ID = "kmu.signature-refused"
	ApprovalFileFault     ID = "kmu.approval-file-fault"
)

var kmuNotes = []Row{
	{NoHSM, "The client daemon runs, but no HSM can be reached. `hsm status` shows them; `hsm start N` or `hsm heal N` brings one back.", true},
	{NoDaemon, "The client daemon is not running, so the tool reaches no HSM. In bash, `service cloudhsm-client start` starts it.", true},
	{SessionsFull, "Every session that the HSMs can hold is taken. Leave a tool in another terminal and start this one anew; `hsm new` makes HSMs with room for 1,024.", true},
	{NotLoggedIn, "Nobody is logged in yet. `loginHSM -u CU -s example_user -p aws` logs in a crypto user with a toy password.", false},
	{LoginFirst, "Nobody is logged in, so the HSM knows no user for this. Type `loginHSM -u CU -s example_user -p aws` first.", true},
	{LoginMissing, "`{user}` is logged in, but not on the HSM that was asked. Give it the user or the password in `{cmu}`, then log in here again.", true},
	{LoginRefusedBy, "{hsms} refused this login, and what is asked there fails until that is mended. In `{cmu}`, `listUsers` tells why; `syncUser` copies a missing user, `changePswd` sets one password everywhere.", true},
	{SingleForm, "`singlecmd` takes a login and one command: `{kmu} singlecmd {login} {command}`.", true},
	{OnlyCryptoUsers, "This tool is for crypto users only. Officers work in `{cmu}`; here `-u CU` logs in. Did you mean `{line}`?", true},
	{LogOutFirst, "`{user}` is logged in, and a tool has one login at a time. Type `logoutHSM` first.", true},
	{LoggedInAlready, "`{user}` was logged in already; nothing has changed.", false},
	{UserOfOtherCluster, "`{name}` is a user of another cluster, on the HSM at {ip}, and nothing goes from one cluster to another by itself. `hsm cfg {there} {here} > syncConfig.cfg` opens both in `{cmu}`, where an officer copies him with `syncUser`.", true},
	{UnknownUser, "No crypto user is called `{name}`. The fresh cluster has `example_user`, `user4`, `user5` and `user6`. Did you mean `{line}`?", true},
	{WrongPassword, "That is not the password of `{name}`. Six wrong ones in a row lock the account; this was number {count}.", true},
	{UserLocked, "`{name}` is locked after six wrong passwords in a row, so even the right one is refused. An officer unlocks it with `changePswd` in `{cmu}`.", true},
	{LoggedOutHalf, "`{user}` is logged out. An HSM that had refused the login had none to end, and says so.", false},
	{SessionKeysGone, "The login is over, and with it its session keys: {count}. Before the next one ends, `setAttribute -o HANDLE -a 1` keeps a key.", false},
	{CurveRefused, "Curve {curve} ({name}) is not allowed in FIPS mode, where 2, 14 and 16 are; the last line is only how the tool words that. A line that would work: `{line}`.", true},
	{CurveNotBuilt, "Curve {curve} ({name}) is not computed in this playground, where 2, 13, 14, 15 and 16 are; the refusal is made up. A line that would work: `{line}`.", true},
	{CurvesInFIPS, "This cluster is in FIPS mode, where only `2`, `14` and `16` are accepted. The layout is made up.", false},
	{SizeRefused, "The HSM makes no {type} key of size {size}. {sizes} A line that would work: `{line}`.", true},
	{ExponentRefused, "{exponent} cannot be a public exponent here: it must be odd, 65537 or more, and below 2^31. A line that would work: `{line}`.", true},
	{NoPBE, "{why}", true},
	{IDTaken, "A key with the id `{id}` exists, and ids are unique in the cluster. Nothing was made; `findKey -id {id}` shows the key.", true},
	{SharedWithSelf, "You own the key anyway, so `-u` must not name yourself. Nothing was made.", true},
	{NoSuchSharer, "No crypto user has the id {user}. Nothing was made; `listUsers` shows the ids.", true},
	{LabelTooLong, "The label has {length} bytes, and {max} is the most. Nothing was made; `-l` gives another one.", true},
	{HSMFull, "The HSMs hold {max} keys, and that is all that fits. `deleteKey` makes room.", true},
	{MValueTooHigh, "{m} approvals need at least that many users: the owner and those of `-u`. Share with more users or ask for fewer approvals.", true},
	{FirmwareDiffers, "The firmware of HSM {node} is not the genuine one, so the attestation failed and nothing was made. The wording is made up; `hsm tamper {node}` puts it right.", true},
	{NeverReached, "The cluster has {hsms}, so {need} cannot be reached. The command waits as the tool does; Ctrl-C ends it. A line that would work: `{line}`.", true},
	{Waiting, "{have} of {of} HSMs have the key", false},
	{Stopped, "Stopped: what was half made has been removed, and no key is left anywhere. The return line is made up.", true},
	{GivenUp, "Nothing that is due would have brought the key to {need} HSMs, so the wait was ended as if its time were over. No key was made.", true},
	{NeverInTime, "The cluster has {hsms}, so the key can never be on {need}, and it was removed everywhere. `-min_srv {have}` is the most that can be reached.", true},
	{RC4Refused, "RC4 keys are not allowed in FIPS mode, whatever their size. `-t 31` makes AES keys. A line that would work: `{line}`.", true},
	{IDOfOthers, "A key of somebody else has the id `{id}`, and ids are unique in the cluster. Nothing was made; choose another id.", true},
	{TooFewServers, "The key must be on {need} HSMs and was not in time, so it was removed everywhere. `hsm status` shows which HSMs are up.", true},
	{NotEverywhereYet, "The key is on {have} of {all} HSMs so far. The others answer, but copies to them take their time.", false},
	{NotEverywhere, "The key is on {have} of {all} HSMs. The others get it when they can be reached again.", false},
	{OwnerNotThere, "The key is on {have} of {all} HSMs: its owner {name} is unknown to {hsms}, and no HSM takes keys of strangers. `syncUser` in `{cmu}` copies the user there, and the key follows.", true},
	{NotOwner, "You may use key {handle}, but only its owner may do this. `getKeyInfo -k {handle}` shows who that is.", true},
	{NotDestroyable, "OBJ_ATTR_DESTROYABLE of key {handle} is 0, so not even its owner deletes it. `setAttribute {handle} 370 1` in `{cmu}` lets him.", true},
	{OnlyOnUnreached, "Key {handle} is only on HSM {node}, which cannot be reached. `hsm start {node}` or `hsm heal {node}` brings it back.", true},
	{OthersSessionKey, "Key {handle} lives in another session, and only that one sees it.", true},
	{OthersKey, "Key {handle} belongs to user {owner} and is not shared with you, so the HSM answers as if it were not there.", true},
	{InternalKey, "Handles 1 to 5 are the HSM's own keys, which nobody uses directly. Yours begin at 6.", true},
	{NoSuchKey, "No key has the handle {handle}. `findKey` lists those that you can use.", true},
	{MissingSomewhere, "Key {handle} is missing on HSM {nodes}. The cluster copies it there by itself, once the HSMs reach each other.", true},
	{SessionKeyHome, "Key {handle} is a session key: it lives on one HSM only, so HSM {nodes} cannot have it.", true},
	{OnlyToken, "This tool changes the attribute TOKEN (`-a 1`) only. Others are changed by `setAttribute` of `{cmu}`. There the line is `{line}`.", true},
	{OnlyToOne, "TOKEN goes from 0 to 1 only: a token key cannot become a session key again. The answer that works is `1`.", true},
	{LabelCase, "No key has this label, but one is called `{label}`: capital letters count.", false},
	{KCVForm, "`{word}` is no key check value: that is three bytes, six hexadecimal digits, as in `findKey -kcv bbb32a`.", true},
	{NoWildcards, "Labels are compared as they are: `*` and `?` stand for themselves.", false},
	{NoSuchAttribute, "No attribute has the number {attribute}. `listAttributes` shows them; `512` is all.", true},
	{AttributeLacking, "A key of type {type} has no {name}. Nothing was written; `-a 512` writes all that it has.", true},
	{CodeForm, "`{word}` is not a code: it is hexadecimal with `0x` in front, as in `Error2String -r 0xb3`.", true},
	{CodeMeans, "`{code}`: {cause} {repair}", false},
	{CodeUnknown, "No public page names the code `{code}`; the wording is made up.", false},
	{FileFault, "`{file}` cannot be used: {why}. `ls` shows what is here. A line that would work: `{line}`.", true},
	{Dropped, "The command was given up before it was done; nothing was made or written.", true},
	{QuorumNeeded, "Key {handle} asks for {m} approvals before each use, of its owner and those it is shared with. `getToken -s 3 -u {user} -k {handle} -f use.token` begins to collect them.", true},
	{NotExtractable, "Key {handle} is not extractable, so it leaves the HSM in no form but as a masked object. `extractMaskedObject` makes one.", true},
	{AttributeOff, "{name} of key {handle} is 0, so the HSM does not use it for this. Its owner turns attribute {number} on with `setAttribute` in `{cmu}`.", true},
	{OtherKind, "Key {handle} is a {class} key of type {type}, and this takes {want}. `findKey` with `-c` and `-t` lists those. A line that would work: `{line}`.", true},
	{NoModulus, "`{file}` holds no modulus in hexadecimal. `getAttribute -o HANDLE -a 288 -out FILE` writes one that works.", true},
	{ModulusRefused, "The number in `{file}` has {bits} bits, and a modulus has an odd number of 2048 to 4096 in steps of 256. Nothing was made.", true},
	{KeyNotAllowed, "The key in `{file}` is sound, but the HSM takes none like it: {why}.", true},
	{KeyEncrypted, "The key in `{file}` is protected by a password, which this tool never asks for. In bash, `openssl pkey -in {file} -out plain.pem` asks for it and takes it off.", true},
	{KeyLock, "The key in `{file}` is protected by a password in a way that neither this tool nor the playground's openssl opens, through scrypt or PBES1. Where it was made, `openssl pkcs8 -topk8` without `-scrypt` and `-v1` protects it in a way that opens.", true},
	{KeyNotPEM, "`{file}` holds no PEM block, the lines between BEGIN and END. If it is DER, `openssl pkey -inform DER -in {file} -out key.pem` turns it into one.", true},
	{PublicNotPEM, "`{file}` holds no PEM block, the lines between BEGIN and END. If it is DER, `openssl pkey -pubin -inform DER -in {file} -pubout -out key.pem` turns it into one.", true},
	{KeySeveral, "`{file}` holds several PEM blocks, and it would be a guess which one is meant. Keep one key in a file.", true},
	{KeyIsPrivate, "`{file}` holds a private key. In bash, `openssl pkey -in {file} -pubout -out pub.pem` writes its public half, which this command takes.", true},
	{KeyWrongBlock, "The PEM block in `{file}` is of another kind. `importPubKey` reads BEGIN PUBLIC KEY, `importPrivateKey` the kinds of BEGIN PRIVATE KEY. A line that would work: `{line}`.", true},
	{KeyExplicitCurve, "The key in `{file}` spells its curve out instead of naming it, which may hide a weak one. In bash, `openssl ec{pubin} -in {file} -param_enc named_curve{pubout} -out named.pem` names it.", true},
	{KeyUnsound, "The key in `{file}` cannot be used: {why}.", true},
	{FileNotAKey, "`{file}` has {size} bytes, and no {type} key here is that long. The file must hold the bare bytes of the key and nothing else.", true},
	{NoHostKey, "`{file}` holds no AES key: that would be 16, 24 or 32 bare bytes. `exSymKey` writes such files.", true},
	{OtherHostKey, "The key in `{file}` is not key {handle}, so what one wraps the other cannot open. `exSymKey -k {handle}` shows what the file should hold.", true},
	{OnlyTrusted, "Key {handle} may be wrapped by trusted keys only, and an officer has not vouched for key {wrapper}. `setAttribute {wrapper} 134 1` in `{cmu}` does that.", true},
	{PlainKey, "`{file}` holds the bare key, in spite of what the tool says. It was wrapped only on its way out of the HSM.", false},
	{MechanismRefused, "The HSM refuses mechanism {mechanism}: 9 was dropped, and 12 is not for FIPS mode. `-m 4` and `-m 6` wrap with AES keys, `-m 7` and `-m 8` with RSA keys. A line that would work: `{line}`.", true},
	{OptionNotForMechanism, "`{option}` does not go with mechanism {mechanism}, {name}. Leave it out, or choose a mechanism that takes it.", true},
	{IVFileMissing, "Mechanism 10 keeps the IV apart, and without a header it would be lost. Name a file of its own for it with `-iv_file`.", true},
	{OnlyDefaultIV, "The only IV for this is the standard's own. The value that works is `A6A6A6A6A6A6A6A6`.", true},
	{IVOfEight, "The IV has 8 bytes, 16 hexadecimal digits. Without `-i` it is `A6A6A6A6A6A6A6A6`.", true},
	{TooLongToWrap, "Key {handle} has {size} bytes, more than mechanism {mechanism} can put under key {wrapper}. `-m 7` wraps keys of any length.", true},
	{LengthNotWrapped, "Key {handle} has {size} bytes, and mechanism {mechanism} wraps multiples of 8 from 16 on only. `-m 6` wraps any length.", true},
	{HeaderFull, "Label and id are longer than the {max} bytes that the header has for them. With `-noheader` they are left out.", true},
	{NoHeader, "`{file}` does not begin with a header of `wrapKey`. A file from elsewhere needs `-noheader` with `-l`, `-kc` and `-kt`.", true},
	{NoHeaderNeeds, "Without a header nothing says what the file holds. `-noheader` needs `-l`, `-kc` and `-kt`.", true},
	{ClassNotOfType, "There are no {class} keys of type {type}. `-kc 3` goes with `-kt` 0, 1 and 3, `-kc 4` with 16, 21 and 31.", true},
	{BadIVFile, "`{file}` has {size} bytes, and the IV of mechanism 10 has 12. `wrapKey -iv_file` writes it.", true},
	{NotOpened, "`{file}` does not open with key {handle} and mechanism {mechanism}: it was damaged, or wrapped by another key or in another way. Nothing was imported.", true},
	{NoKeyInside, "`{file}` opens, but what is inside is no {class} key of type {type}. Nothing was imported.", true},
	{WrapInputTooLong, "`{file}` has {size} bytes, and this command takes less than {max}.", true},
	{FileNotOpened, "`{file}` does not open with key {handle} and this IV. As with the real tool, `{out}` is empty now.", true},
	{SignatureDiffers, "`{file}` is no signature of `{message}` by this key and mechanism. One other byte in either is enough.", true},
	{NoDSASignatures, "The tool has no signature mechanism for DSA keys. RSA and EC keys sign.", true},
	{MessageTooLong, "`{file}` has {size} bytes, and {max} is the most that is signed.", true},
	{OtherMechanism, "Mechanism {mechanism}, {name}, is not for {type} keys, and key {handle} is one. 0 to 9 are for RSA, 15 to 19 for EC. A line that would work: `{line}`.", true},
	{MaskedElsewhere, "`{file}` was made by another cluster, and only that one and its clones can open it. `wrapKey` moves keys between clusters.", true},
	{MaskedByOther, "The key in `{file}` belongs to another user, and only its owner may insert it.", true},
	{NotMasked, "`{file}` is no masked object, or not a whole one. `extractMaskedObject` writes them.", true},
	{CertificateMadeUp, "`{file}` is a certificate of this playground's own chain, so nobody else trusts it. `openssl x509 -in {file} -noout -text` shows it.", false},
	{FakeIsThere, "The tool words every fake PEM so; key {handle} is there. The file holds its handle and no secret.", false},
	{FakeOfNone, "`{file}` is a fake PEM: it only refers to key {handle}, and there is no secret in it. No HSM that can be reached has this key for you.", true},
	{FakeImported, "`{file}` is a fake PEM: it only refers to key {handle}, which is in the cluster already. There is no secret in it to import.", true},
	{TokenNext, "Whoever approves signs `{file}` whole: `openssl dgst -sha256 -sign KEY -out SIGNATURE {file}`. `approveToken` hands the signatures in.", false},
	{TokenForKey, "A crypto user's token is for one key that asks for approvals. Name it with `-k`.", true},
	{NoQuorumOnKey, "Key {handle} asks for no approvals, so it needs no token. Keys made with `-m_value` do.", true},
	{TokenOfSelf, "A token is for whoever is logged in, and that is `{user}`. A line that would work: `{line}`.", true},
	{NoSuchToken, "None of your tokens fits. They end with the login, and each is good for one use; `listTokens` shows them.", true},
	{SignerUnknown, "An approver has no registered key, or may not use this key: its owner approves, and those with whom it is shared. `registerQuorumPubKey CU` in `{cmu}` registers one's key.", true},
	{SignatureRefused, "A signature is not one of the whole token file by the approver's key. None of the approvals counts.", true},
	{ApprovalFileFault, "`{file}` is no file of approvals: {why}. Nothing was handed in.", true},
}

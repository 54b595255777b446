package retcode

// unnumbered is where the codes begin whose number no public source shows: the refusals of
// officers' commands, which the tools word and do not number. Their values are the playground's
// own. Saved audit logs hold them, so rows are only added.
const unnumbered Code = 0xf000_0000

// The codes without a public number.
const (
	NotApproved Code = unnumbered + iota
	NotLoggedIn
	OtherLoggedIn
	NotPermitted
	UserExists
	UserActive
	OwnsKeys
	TooManyUsers
	TooManyKeys
	BadSignature
	BadPublicKey
	SecondFactorKey
	NoToken
	TooManyTokens
	NoQuorum
	BadMValue
	AttrReadOnly
	AttrMissing
	NotShareable
	KeyExists
	Local // not an HSM's answer: the tool or program refuses the line itself
	BadMask
	ConnectionLost // of a client of the daemon
	UnknownUserType
	PasswordLength
)

// Unnumbered lists the codes without a public number. The documented ones are worded by guides, and
// by what users' published scripts wait for; the other wordings are provisional (spec/cmu.md 8.2,
// spec/kmu.md 5).
var Unnumbered = []Row{
	{Code: NotApproved, Text: "RET_MXN_AUTH_FAILED", Documented: true},
	{Code: NotLoggedIn, Text: "HSM Error: No user is logged in to do this operation", Documented: true},
	{Code: OtherLoggedIn, Text: "HSM Error: Another user is already logged in"},
	{Code: NotPermitted, Text: "HSM Error: The current logged in user is not authorized to do this operation", Documented: true},
	{Code: UserExists, Text: "HSM Error: This user is already created", Documented: true},
	{Code: UserActive, Text: "HSM Error: Deletion or Changing password of a logged in User is denied", Documented: true},
	{Code: OwnsKeys, Text: "HSM Error: user owns keys"},
	{Code: TooManyUsers, Text: "HSM Error: maximum number of users reached"},
	{Code: TooManyKeys, Text: "HSM Error: maximum number of keys reached"},
	{Code: BadSignature, Text: "HSM Error: signature verification failed"},
	{Code: BadPublicKey, Text: "HSM Error: invalid public key"},
	{Code: SecondFactorKey, Text: "HSM Error: key is used for 2FA, use changePswd"},
	{Code: NoToken, Text: "HSM Error: quorum token not found"},
	{Code: TooManyTokens, Text: "HSM Error: no free quorum token"},
	{Code: NoQuorum, Text: "HSM Error: quorum is not enabled for this service"},
	{Code: BadMValue, Text: "HSM Error: invalid M value"},
	{Code: AttrReadOnly, Text: "HSM Error: attribute is read only"},
	{Code: AttrMissing, Text: "HSM Error: attribute does not exist for this object"},
	{Code: NotShareable, Text: "HSM Error: object cannot be shared"},
	{Code: KeyExists, Text: "HSM Error: object already exists"},
	{Code: Local, Text: "refused before an HSM was asked"},
	{Code: BadMask, Text: "HSM Error: masked object is invalid"},
	{Code: UnknownUserType, Text: "HSM Error: invalid user type", Documented: true},
	{Code: PasswordLength, Text: "HSM Error: Invalid password length: min pswd len 7 and max pswd len 32", Documented: true},
	{Code: ConnectionLost, Text: "LIQUIDSECURITY: Invalid Operation", Documented: true},
}

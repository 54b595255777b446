package retcode

// unnumbered is where the codes begin whose number no public source shows: the refusals of officers' commands, which the tools
// word and do not number. Their values are the playground's own. Saved audit logs hold them, so rows are only added.
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
)

// Unnumbered lists the codes without a public number. NotApproved is worded by the vendor's guide, and for UserExists a published
// script waits; the other wordings are provisional (spec/cmu.md 8.2).
var Unnumbered = []Row{
	{Code: NotApproved, Text: "RET_MXN_AUTH_FAILED", Documented: true},
	{Code: NotLoggedIn, Text: "HSM Error: User is not logged in"},
	{Code: OtherLoggedIn, Text: "HSM Error: Another user is already logged in"},
	{Code: NotPermitted, Text: "HSM Error: Operation is not permitted for this user type"},
	{Code: UserExists, Text: "HSM Error: This user is already created", Documented: true},
	{Code: UserActive, Text: "HSM Error: user is currently logged in"},
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
}

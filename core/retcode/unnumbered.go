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
	{Code: NotApproved, Text: "RET_MXN_AUTH_FAILED", Documented: true,
		Cause: "An officer's command of a service with a quorum takes a token that enough users have approved.", Source: "spec/cmu.md 4.1"},
	{Code: NotLoggedIn, Text: "HSM Error: No user is logged in to do this operation", Documented: true,
		Cause: "The HSM does this for a user who is logged in only.", Source: "spec/cmu.md 2.6"},
	{Code: OtherLoggedIn, Text: "HSM Error: Another user is already logged in",
		Cause: "A connection is one user's: who is logged in logs out first.", Source: "spec/cmu.md 3.18"},
	{Code: NotPermitted, Text: "HSM Error: The current logged in user is not authorized to do this operation", Documented: true,
		Cause: "What a user may do is a matter of the user's type.", Source: "spec/cmu.md 2.6"},
	{Code: UserExists, Text: "HSM Error: This user is already created", Documented: true,
		Cause: "A name is used once by users of a type.", Source: "spec/cmu.md 3.3"},
	{Code: UserActive, Text: "HSM Error: Deletion or Changing password of a logged in User is denied", Documented: true,
		Cause: "A user who is logged in is not deleted, and nobody else changes the password.", Source: "spec/cmu.md 3.2"},
	{Code: OwnsKeys, Text: "HSM Error: user owns keys",
		Cause: "A user who owns keys is not deleted.", Source: "spec/cmu.md 3.5"},
	{Code: TooManyUsers, Text: "HSM Error: maximum number of users reached",
		Cause: "An HSM knows a fixed number of users.", Source: "spec/cmu.md 6.3"},
	{Code: TooManyKeys, Text: "HSM Error: maximum number of keys reached",
		Cause: "An HSM holds a fixed number of keys.", Source: "spec/cmu.md 6.3"},
	{Code: BadSignature, Text: "HSM Error: signature verification failed",
		Cause: "A registration is signed with the private half of the key that it registers.", Source: "spec/cmu.md 3.20"},
	{Code: BadPublicKey, Text: "HSM Error: invalid public key",
		Cause: "A registered key is an RSA key of 2048 bits.", Source: "spec/cmu.md 3.20"},
	{Code: SecondFactorKey, Text: "HSM Error: key is used for 2FA, use changePswd",
		Cause: "A key that is the second factor is changed together with the password.", Source: "spec/cmu.md 2.8"},
	{Code: NoToken, Text: "HSM Error: quorum token not found",
		Cause: "A token is known until it is used, deleted, or has expired.", Source: "spec/cmu.md 4.4"},
	{Code: TooManyTokens, Text: "HSM Error: no free quorum token",
		Cause: "An HSM has room for a fixed number of tokens.", Source: "spec/cmu.md 4.4"},
	{Code: NoQuorum, Text: "HSM Error: quorum is not enabled for this service",
		Cause: "Tokens are for services and keys that have a quorum.", Source: "spec/cmu.md 4.2"},
	{Code: BadMValue, Text: "HSM Error: invalid M value",
		Cause: "An M value is 2 to 8, and at most the number of officers.", Source: "spec/cmu.md 4.3"},
	{Code: AttrReadOnly, Text: "HSM Error: attribute is read only",
		Cause: "Each attribute's row says who may change it, and in which direction.", Source: "spec/cmu.md 5.2"},
	{Code: AttrMissing, Text: "HSM Error: attribute does not exist for this object",
		Cause: "A class and type of key has its own attributes and no others.", Source: "spec/cmu.md 5.2"},
	{Code: NotShareable, Text: "HSM Error: object cannot be shared",
		Cause: "Only token keys are shared, and no public ones.", Source: "spec/cmu.md 5.1"},
	{Code: KeyExists, Text: "HSM Error: object already exists",
		Cause: "A handle is used once on an HSM.", Source: "spec/cmu.md 6.4"},
	{Code: Local, Text: "refused before an HSM was asked",
		Cause: "The tool or program looks at its line and at files before it asks an HSM.", Source: "spec/kmu.md 2.1"},
	{Code: BadMask, Text: "HSM Error: masked object is invalid",
		Cause: "A masked object is what an HSM of the cluster or of a clone has made.", Source: "spec/cmu.md 6.5"},
	{Code: UnknownUserType, Text: "HSM Error: invalid user type", Documented: true,
		Cause: "The types of users are CO, CU, AU, PRECO and PCO.", Source: "spec/cmu.md 2.1"},
	{Code: PasswordLength, Text: "HSM Error: Invalid password length: min pswd len 7 and max pswd len 32", Documented: true,
		Cause: "A password has 7 to 32 characters.", Source: "spec/cmu.md 2.2"},
	{Code: ConnectionLost, Text: "LIQUIDSECURITY: Invalid Operation", Documented: true,
		Cause: "The tool reaches HSMs through the client daemon, and works while that runs.", Source: "spec/kmu.md 1.2"},
}

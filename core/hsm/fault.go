package hsm

import "hsmplay/core/retcode"

// The refusals of an HSM whose numbers are not public.
const (
	NotApproved     = retcode.NotApproved
	NotLoggedIn     = retcode.NotLoggedIn
	OtherLoggedIn   = retcode.OtherLoggedIn
	NotPermitted    = retcode.NotPermitted
	UserExists      = retcode.UserExists
	UserActive      = retcode.UserActive
	OwnsKeys        = retcode.OwnsKeys
	TooManyUsers    = retcode.TooManyUsers
	TooManyKeys     = retcode.TooManyKeys
	BadSignature    = retcode.BadSignature
	BadPublicKey    = retcode.BadPublicKey
	SecondFactorKey = retcode.SecondFactorKey
	NoToken         = retcode.NoToken
	TooManyTokens   = retcode.TooManyTokens
	NoQuorum        = retcode.NoQuorum
	BadMValue       = retcode.BadMValue
	AttrReadOnly    = retcode.AttrReadOnly
	AttrMissing     = retcode.AttrMissing
	NotShareable    = retcode.NotShareable
	KeyExists       = retcode.KeyExists
	BadMask         = retcode.BadMask
	UnknownUserType = retcode.UnknownUserType
	PasswordLength  = retcode.PasswordLength
)

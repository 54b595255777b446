package hsm

import "hsmplay/core/retcode"

// Fault is a refusal whose number no public source shows. It unwraps to [retcode.Policy], the code that stands for it
// where a tool needs a number.
type Fault string

// The faults. Their wording is provisional but for NotApproved's, which the vendor's guide prints, and UserExists', for
// which a published script waits (spec/cmu.md 8.2).
const (
	NotApproved     Fault = "RET_MXN_AUTH_FAILED"
	OtherLoggedIn   Fault = "HSM Error: Another user is already logged in"
	NotPermitted    Fault = "HSM Error: Operation is not permitted for this user type"
	UserExists      Fault = "HSM Error: This user is already created"
	UserActive      Fault = "HSM Error: user is currently logged in"
	OwnsKeys        Fault = "HSM Error: user owns keys"
	TooManyUsers    Fault = "HSM Error: maximum number of users reached"
	TooManyKeys     Fault = "HSM Error: maximum number of keys reached"
	BadSignature    Fault = "HSM Error: signature verification failed"
	BadPublicKey    Fault = "HSM Error: invalid public key"
	SecondFactorKey Fault = "HSM Error: key is used for 2FA, use changePswd"
	NoToken         Fault = "HSM Error: quorum token not found"
	TooManyTokens   Fault = "HSM Error: no free quorum token"
	NoQuorum        Fault = "HSM Error: quorum is not enabled for this service"
	BadMValue       Fault = "HSM Error: invalid M value"
	AttrReadOnly    Fault = "HSM Error: attribute is read only"
	AttrMissing     Fault = "HSM Error: attribute does not exist for this object"
	NotShareable    Fault = "HSM Error: object cannot be shared"
	KeyExists       Fault = "HSM Error: object already exists"
)

// Error returns the wording.
func (f Fault) Error() string { return string(f) }

// Unwrap returns the code.
func (f Fault) Unwrap() error { return retcode.Policy }

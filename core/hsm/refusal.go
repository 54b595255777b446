package hsm

import (
	"hsmplay/core/attr"
	"hsmplay/core/mech"
	"hsmplay/core/retcode"
)

// Refusal says why an HSM refuses an operation on keys: the reason, whose row has the return code,
// and the facts. Only those that the reason speaks of are set. A tool words it; it unwraps to the
// code.
type Refusal struct {
	Reason Reason
	Handle uint32       // the key at fault; 0 for none
	With   uint32       // the key that was to wrap or unwrap
	Attr   attr.Attr    // what the key lacks
	Class  attr.Class   // of the key at fault, or asked for
	Type   attr.KeyType // the same
	Want   Kind         // what takes the place of the key
	Size   int          // the size or length at fault
	Max    int          // the largest one
	User   int          // the user id at fault
	ID     string       // the key id at fault
	MValue int          // how many approvals are needed
	Number int64        // the exponent at fault
	Curve  *mech.Curve  // the curve at fault
	Why    error        // what is wrong with the material, one of mech's
	Value  string       // the value at fault, of Attr, as it was said
}

// Reason is why an HSM refuses.
type Reason string

// The reasons.
const (
	SizeNotAllowed   Reason = "size"
	ExponentRefused  Reason = "exponent"
	IDTaken          Reason = "id"
	SharedWithSelf   Reason = "self"
	NotCryptoUser    Reason = "user"
	MValueTooHigh    Reason = "mvalue"
	LabelTooLong     Reason = "label"
	PasswordBased    Reason = "password"
	HSMFull          Reason = "full"
	NoSuchKey        Reason = "handle"
	NotOwner         Reason = "owner"
	NotDestroyable   Reason = "destroyable"
	OnlyToken        Reason = "only token"
	TokenStays       Reason = "token"
	NoSuchAttribute  Reason = "no attribute"
	AttributeLacking Reason = "lacking"
	OtherKind        Reason = "kind"
	AttributeOff     Reason = "attribute"
	NotExtractable   Reason = "extractable"
	QuorumMissing    Reason = "quorum"
	NoApprovals      Reason = "no approvals"
	BadApproval      Reason = "bad approval"
	ApproverRefused  Reason = "approver"
	TooFewApprovals  Reason = "few approvals"
	TokenOver        Reason = "token over"
	TokenExists      Reason = "token exists"
	QuorumValue      Reason = "quorum value"
	NoMTLS           Reason = "no mtls"
	AnchorTooLong    Reason = "anchor long"
	AnchorBad        Reason = "anchor"
	AnchorKnown      Reason = "anchor known"
	AnchorsFull      Reason = "anchors full"
	NoSuchAnchor     Reason = "no anchor"
	AnchorNeeded     Reason = "anchor needed"
	NotTheAdmin      Reason = "admin"
	NotMutual        Reason = "not mutual"
	TokenInTemplate  Reason = "token asked"
	AttributeRefused Reason = "attribute refused"
	NotModifiable    Reason = "modifiable"
	QuorumTooLow     Reason = "quorum low"
	LabelLength      Reason = "label length"
	NotOffered       Reason = "not offered"
	PairsFull        Reason = "pairs full"
	TemplateDiffers  Reason = "template"
	WeakHash         Reason = "weak hash"
	OnlyTrusted      Reason = "trusted"
	WrappingRefused  Reason = "wrapping"
	TooLongToWrap    Reason = "long"
	LengthNotWrapped Reason = "length"
	NotOpened        Reason = "opened"
	BadIV            Reason = "iv"
	NoKeyInside      Reason = "inside"
	KeyNotAllowed    Reason = "material"
	NoHostKey        Reason = "hostless"
	OtherHostKey     Reason = "host"
	NoSignatures     Reason = "unsigned"
	MessageTooLong   Reason = "message"
	SignsOtherwise   Reason = "signs"
	ChecksOtherwise  Reason = "checks"
	SignatureDiffers Reason = "signature"
	DataTooLong      Reason = "data"
	MaskedElsewhere  Reason = "elsewhere"
	MaskedByOther    Reason = "masker"
	NotMasked        Reason = "mask"
	OnlyCryptoUsers  Reason = "type"
	LoggedInOther    Reason = "login"
	NameLength       Reason = "name length"
	NameLetters      Reason = "name letters"
	PasswordLetters  Reason = "password letters"
	PublicNotShared  Reason = "public"
	SessionKey       Reason = "session key"
	NoSuchSharer     Reason = "sharer"
	TooFewSharers    Reason = "few sharers"
	ApprovalsMissing Reason = "approvals"
	ReadOnly         Reason = "read only"
)

// ReasonRow is one line of the table of reasons.
type ReasonRow struct {
	Reason Reason
	Code   retcode.Code // what the tools print, the audit log and the call log show
	Means  string       // one line for a learner
	Apart  bool         // not through the daemon: key_mgmt_util never comes upon it
}

// Reasons lists the reasons with the codes of spec/kmu.md section 5 and 6: policy for what the HSM
// will not have, access denied for rights and attributes, a bad handle for another kind of key, bad
// data for what does not fit the key.
var Reasons = []ReasonRow{
	{SizeNotAllowed, retcode.Policy, "the size or curve is not allowed", false},
	{ExponentRefused, retcode.Policy, "the RSA exponent is even or too small", false},
	{IDTaken, retcode.Policy, "another key has the id", false},
	{SharedWithSelf, retcode.Policy, "the owner is among the sharers", false},
	{NotCryptoUser, retcode.Policy, "a sharer is no crypto user here", false},
	{MValueTooHigh, retcode.Policy, "more approvals than users", false},
	{LabelTooLong, retcode.Policy, "the label is too long", false},
	{PasswordBased, retcode.Policy, "no keys are made from passwords", false},
	{HSMFull, retcode.Policy, "the HSM is full", false},
	{NoSuchKey, retcode.BadHandle, "there is no such key for the user", false},
	{NotOwner, retcode.AccessDenied, "somebody else owns the key", false},
	{NotDestroyable, retcode.Policy, "the key must not be destroyed", false},
	{OnlyToken, retcode.Policy, "only TOKEN is changed in this way", false},
	{TokenStays, retcode.Policy, "a token key stays one", false},
	{NoSuchAttribute, retcode.Policy, "no attribute has the number", false},
	{AttributeLacking, retcode.Policy, "the key has no such attribute", false},
	{OtherKind, retcode.BadHandle, "the operation takes another kind of key", false},
	{AttributeOff, retcode.AccessDenied, "an attribute of the key forbids it", false},
	{NotExtractable, retcode.AccessDenied, "the key may not leave the HSM", false},
	{QuorumMissing, retcode.NotApproved, "the use of the key takes approvals", false},
	{NoApprovals, retcode.NotApproved, "the token file has no approvals", true},
	{BadApproval, retcode.NotApproved, "an approval is no signature", true},
	{ApproverRefused, retcode.NotApproved, "an approval is not the named user's, or does not count", true},
	{TooFewApprovals, retcode.NotApproved, "there are fewer approvals than are needed", true},
	{TokenOver, retcode.NoToken, "the token was used, has expired, or is of another login", true},
	{TokenExists, retcode.Policy, "the user has a token for the service", true},
	{QuorumValue, retcode.BadMValue, "the number of approvals is not one to 8 and at most the officers'", true},
	{NoMTLS, retcode.Policy, "the HSM knows no mutual TLS", true},
	{AnchorTooLong, retcode.Policy, "the trust anchor is too long", true},
	{AnchorBad, retcode.Policy, "the trust anchor is no certificate with a key that will do", true},
	{AnchorKnown, retcode.Policy, "the trust anchor is registered", true},
	{AnchorsFull, retcode.Policy, "there is no room for another trust anchor", true},
	{NoSuchAnchor, retcode.Policy, "no trust anchor has the reference", true},
	{AnchorNeeded, retcode.Policy, "without the trust anchor nobody could connect", true},
	{NotTheAdmin, retcode.Policy, "only the first officer may", true},
	{NotMutual, retcode.Policy, "the connection has no client certificate", true},
	{TokenInTemplate, retcode.Policy, "TOKEN is not asked for among attributes", true},
	{AttributeRefused, retcode.Policy, "the attribute cannot have the value by this user", true},
	{NotModifiable, retcode.AccessDenied, "the key must not be changed", true},
	{QuorumTooLow, retcode.Policy, "fewer than two approvals, or none to manage or none to use the key", true},
	{LabelLength, retcode.Policy, "the label is empty or too long", true},
	{NotOffered, retcode.Policy, "this type of HSM, in its mode, does not have it", true},
	{PairsFull, retcode.Policy, "the HSM has no room for public and private keys", true},
	{TemplateDiffers, retcode.AccessDenied, "the template of the wrapping key forbids it", true},
	{WeakHash, retcode.Policy, "the hash is weaker than the key", true},
	{OnlyTrusted, retcode.AccessDenied, "only a trusted key may wrap the key", false},
	{WrappingRefused, retcode.Policy, "the mechanism is not allowed", false},
	{TooLongToWrap, retcode.Policy, "the key is too long for the mechanism", false},
	{LengthNotWrapped, retcode.Policy, "the mechanism does not take the key's length", false},
	{NotOpened, retcode.BadPKCSData, "the wrapped key does not open", false},
	{BadIV, retcode.BadPKCSData, "the IV has another length", false},
	{NoKeyInside, retcode.BadPKCSData, "what was opened is no such key", false},
	{KeyNotAllowed, retcode.Policy, "the key is of a kind that is not allowed", false},
	{NoHostKey, retcode.BadPKCSData, "the host's key is no AES key", false},
	{OtherHostKey, retcode.BadPKCSData, "the host's key is another one", false},
	{NoSignatures, retcode.Policy, "the type of key signs nothing", false},
	{MessageTooLong, retcode.Policy, "the message is too long", false},
	{SignsOtherwise, retcode.Policy, "the mechanism is for another type of key", false},
	{ChecksOtherwise, retcode.BadPKCSData, "the mechanism is for another type of key", false},
	{SignatureDiffers, retcode.BadPKCSData, "the signature does not match", false},
	{DataTooLong, retcode.Policy, "the data is too long to wrap", false},
	{MaskedElsewhere, retcode.BadHandle, "the object is another cluster's", false},
	{MaskedByOther, retcode.AccessDenied, "the object is another user's", false},
	{NotMasked, retcode.BadPKCSData, "the data is no masked object", false},
	{OnlyCryptoUsers, retcode.BadUserType, "only crypto users log in through the daemon", false},
	{LoggedInOther, retcode.LoginFailure, "somebody else is logged in", false},
	{NameLength, retcode.Policy, "the user's name is empty or too long", true},
	{NameLetters, retcode.Policy, "the user's name has a character that none has", true},
	{PasswordLetters, retcode.Policy, "the password has a character that none has", true},
	{PublicNotShared, retcode.NotShareable, "everybody may use a public key anyway", true},
	{SessionKey, retcode.NotShareable, "the key lives in its session only", true},
	{NoSuchSharer, retcode.UserNotReady, "a sharer is no other crypto user", true},
	{TooFewSharers, retcode.BadMValue, "too few users would be left to approve", true},
	{ApprovalsMissing, retcode.NotApproved, "managing the key takes approvals", true},
	{ReadOnly, retcode.AttrReadOnly, "the attribute does not change, or not in this direction", true},
}

// Code returns the return code of the reason.
func (r Reason) Code() retcode.Code {
	for _, row := range Reasons {
		if row.Reason == r {
			return row.Code
		}
	}
	panic("hsm: no row for the reason " + string(r))
}

// Means says the reason in a few words.
func (r Reason) Means() string {
	for _, row := range Reasons {
		if row.Reason == r {
			return row.Means
		}
	}
	panic("hsm: no row for the reason " + string(r))
}

// Error returns the code's text and the reason.
func (r Refusal) Error() string { return r.Reason.Code().Error() + " (" + string(r.Reason) + ")" }

// Unwrap returns the code.
func (r Refusal) Unwrap() error { return r.Reason.Code() }

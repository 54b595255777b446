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
	NameTaken        Reason = "name taken"
	HasKeys          Reason = "has keys"
	HandleTaken      Reason = "handle taken"
	NoRoomForCopy    Reason = "no room"
	AttributeAbsent  Reason = "absent"
	PasswordSize     Reason = "password length"
)

// ReasonRow is one line of the table of reasons.
type ReasonRow struct {
	Reason Reason
	Code   retcode.Code // what the tools print, the audit log and the call log show
	Means  string       // one line for a learner
	Apart  bool         // not through the daemon: key_mgmt_util never comes upon it
	Rule   string       // the rule that the operation breaks, one sentence
	Source string       // where the rule stands
	About  Subject      // what the facts are about that break it
}

// Subject is what the facts of a refusal are about, several of them together.
type Subject uint16

// The subjects.
const (
	OfKey       Subject = 1 << iota // what the key is, whose it is, and where
	OfAttribute                     // the attribute at fault
	OfWith                          // the key that was to wrap or unwrap
	OfKind                          // the class and type that were asked for
	OfValue                         // the size, number or text that was asked for
	OfUser                          // the user at fault
	OfLogin                         // who is logged in
	OfMode                          // the type of the HSMs and their mode
	OfQuorum                        // the approvals that are needed
	OfRoom                          // how much an HSM holds
	OfFile                          // the file that was read, of which the tool's note tells
)

// Has reports whether a subject is among others.
func (s Subject) Has(one Subject) bool { return s&one != 0 }

// Reasons lists the reasons with the codes of spec/kmu.md section 5 and 6: policy for what the HSM
// will not have, access denied for rights and attributes, a bad handle for another kind of key, bad
// data for what does not fit the key.
var Reasons = []ReasonRow{
	{SizeNotAllowed, retcode.Policy, "the size or curve is not allowed", false,
		"An HSM makes keys only on the curves and in the sizes that its mode allows.", "spec/kmu.md 3.15", OfValue | OfMode},
	{ExponentRefused, retcode.Policy, "the RSA exponent is even or too small", false,
		"The public exponent of an RSA key is odd and at least 65537.", "spec/kmu.md 3.13", OfValue},
	{IDTaken, retcode.Policy, "another key has the id", false,
		"A key id is unique in the cluster, whoever owns the key that has it.", "spec/kmu.md 2.7", OfValue | OfLogin},
	{SharedWithSelf, retcode.Policy, "the owner is among the sharers", false,
		"A key is shared with others: who makes it owns it anyway.", "spec/kmu.md 2.7", OfUser | OfLogin},
	{NotCryptoUser, retcode.Policy, "a sharer is no crypto user here", false,
		"Keys are shared with crypto users only, by ids that the HSM knows.", "spec/kmu.md 2.7", OfUser},
	{MValueTooHigh, retcode.Policy, "more approvals than users", false,
		"A key asks for at most as many approvals as users may use it, its owner and who shares it.", "spec/kmu.md 2.7", OfQuorum},
	{LabelTooLong, retcode.Policy, "the label is too long", false,
		"A label has at most so many bytes as an HSM keeps.", "spec/kmu.md 2.9", OfValue},
	{PasswordBased, retcode.Policy, "no keys are made from passwords", false,
		"The HSMs make no keys from passwords.", "spec/kmu.md 3.16", OfMode},
	{HSMFull, retcode.Policy, "the HSM is full", false,
		"An HSM holds a fixed number of keys.", "spec/kmu.md 2.9", OfRoom},
	{NoSuchKey, retcode.BadHandle, "there is no such key for the user", false,
		"A handle names a key only to its owner, to whom it is shared with, and on HSMs that have it.", "spec/kmu.md 2.8", OfKey | OfLogin},
	{NotOwner, retcode.AccessDenied, "somebody else owns the key", false,
		"Only the owner manages a key: who shares it may use it.", "spec/kmu.md 2.8", OfKey | OfLogin},
	{NotDestroyable, retcode.Policy, "the key must not be destroyed", false,
		"A key whose attribute OBJ_ATTR_DESTROYABLE is 0 is not deleted.", "spec/kmu.md 4.4", OfKey | OfAttribute},
	{OnlyToken, retcode.Policy, "only TOKEN is changed in this way", false,
		"After a key is made, key_mgmt_util changes OBJ_ATTR_TOKEN alone.", "spec/kmu.md 3.28", OfAttribute},
	{TokenStays, retcode.Policy, "a token key stays one", false,
		"A session key may become a token key, never the other way.", "spec/kmu.md 3.28", OfKey | OfAttribute},
	{NoSuchAttribute, retcode.Policy, "no attribute has the number", false,
		"Attributes are named by the numbers of the table of attributes.", "spec/kmu.md 4.1", OfAttribute},
	{AttributeLacking, retcode.Policy, "the key has no such attribute", false,
		"A class and type of key has its own attributes and no others.", "spec/kmu.md 4.3", OfKey | OfAttribute},
	{OtherKind, retcode.BadHandle, "the operation takes another kind of key", false,
		"Each operation takes keys of one class, and some of one type.", "spec/kmu.md 2.8", OfKey},
	{AttributeOff, retcode.AccessDenied, "an attribute of the key forbids it", false,
		"A key is used only for what its attributes allow.", "spec/kmu.md 4.1", OfKey | OfAttribute},
	{NotExtractable, retcode.AccessDenied, "the key may not leave the HSM", false,
		"A key whose attribute OBJ_ATTR_EXTRACTABLE is 0 never leaves the HSM.", "spec/kmu.md 4.1", OfKey | OfAttribute},
	{QuorumMissing, retcode.NotApproved, "the use of the key takes approvals", false,
		"A key with an M value is used only with a token that so many users have approved.", "spec/cmu.md 4.8", OfKey | OfQuorum},
	{NoApprovals, retcode.NotApproved, "the token file has no approvals", true,
		"A token file counts once approvals are written into it.", "spec/cloudhsm-cli.md 5.1", OfQuorum | OfFile},
	{BadApproval, retcode.NotApproved, "an approval is no signature", true,
		"An approval is the named user's signature over the token.", "spec/cloudhsm-cli.md 5.3", OfUser | OfQuorum | OfFile},
	{ApproverRefused, retcode.NotApproved, "an approval is not the named user's, or does not count", true,
		"An approval counts from users who have registered a key for it, each once.", "spec/cloudhsm-cli.md 5.1", OfUser | OfQuorum},
	{TooFewApprovals, retcode.NotApproved, "there are fewer approvals than are needed", true,
		"A token takes effect once it has as many approvals as the quorum value asks for.", "spec/cloudhsm-cli.md 5.1", OfQuorum},
	{TokenOver, retcode.NoToken, "the token was used, has expired, or is of another login", true,
		"A token is used once, within its time, in the login that has asked for it.", "spec/cloudhsm-cli.md 5.1", OfLogin},
	{TokenExists, retcode.Policy, "the user has a token for the service", true,
		"A user has one token for each service at a time.", "spec/cloudhsm-cli.md 5.1", OfUser},
	{QuorumValue, retcode.BadMValue, "the number of approvals is not one to 8 and at most the officers'", true,
		"A quorum value is 1 to 8, and not above the number of officers.", "spec/cloudhsm-cli.md 2.5", OfQuorum},
	{NoMTLS, retcode.Policy, "the HSM knows no mutual TLS", true,
		"Mutual TLS is a matter of hsm2m.medium.", "spec/cloudhsm-cli.md 2.2", OfMode},
	{AnchorTooLong, retcode.Policy, "the trust anchor is too long", true,
		"A trust anchor has at most so many bytes as an HSM keeps.", "spec/cloudhsm-cli.md 2.2", OfValue},
	{AnchorBad, retcode.Policy, "the trust anchor is no certificate with a key that will do", true,
		"A trust anchor is a certificate in PEM with an EC key or an RSA key of 2048 to 4096 bits.", "spec/cloudhsm-cli.md 2.2", OfLogin | OfFile},
	{AnchorKnown, retcode.Policy, "the trust anchor is registered", true,
		"Each trust anchor is registered once.", "spec/cloudhsm-cli.md 2.2", OfValue},
	{AnchorsFull, retcode.Policy, "there is no room for another trust anchor", true,
		"An HSM keeps two trust anchors.", "spec/cloudhsm-cli.md 2.2", OfRoom},
	{NoSuchAnchor, retcode.Policy, "no trust anchor has the reference", true,
		"A trust anchor is named by the reference that its registration has answered with.", "spec/cloudhsm-cli.md 2.2", OfValue},
	{AnchorNeeded, retcode.Policy, "without the trust anchor nobody could connect", true,
		"While mutual TLS is enforced the last trust anchor stays: nobody could connect without.", "spec/cloudhsm-cli.md 2.2", OfValue},
	{NotTheAdmin, retcode.Policy, "only the first officer may", true,
		"Only the officer who is called admin enforces mutual TLS.", "spec/cloudhsm-cli.md 2.2", OfLogin},
	{NotMutual, retcode.Policy, "the connection has no client certificate", true,
		"Mutual TLS is enforced only over a connection that shows a client certificate.", "spec/cloudhsm-cli.md 2.2", OfLogin},
	{TokenInTemplate, retcode.Policy, "TOKEN is not asked for among attributes", true,
		"Whether a key is a token key is chosen by the option for session keys, not among its attributes.", "spec/cloudhsm-cli.md 3.3", OfAttribute},
	{AttributeRefused, retcode.Policy, "the attribute cannot have the value by this user", true,
		"An attribute takes the values that its row allows, and from the user whom it allows.", "spec/cloudhsm-cli.md 3.3", OfAttribute | OfLogin},
	{NotModifiable, retcode.AccessDenied, "the key must not be changed", true,
		"A key whose attribute OBJ_ATTR_MODIFIABLE is 0 keeps all its attributes and sharers.", "spec/cloudhsm-cli.md 3.3", OfKey | OfAttribute},
	{QuorumTooLow, retcode.Policy, "fewer than two approvals, or none to manage or none to use the key", true,
		"A key's quorum values are set together, to use it and to manage it, and are two or more.", "spec/cloudhsm-cli.md 5.1", OfQuorum},
	{LabelLength, retcode.Policy, "the label is empty or too long", true,
		"A label has 1 to 127 characters.", "spec/cloudhsm-cli.md 3.2", OfValue},
	{NotOffered, retcode.Policy, "this type of HSM, in its mode, does not have it", true,
		"What an HSM offers depends on its type and mode.", "spec/cloudhsm-cli.md 7.2", OfMode},
	{PairsFull, retcode.Policy, "the HSM has no room for public and private keys", true,
		"An HSM of this type holds a fixed number of public and private keys.", "spec/cloudhsm-cli.md 7.2", OfRoom},
	{TemplateDiffers, retcode.AccessDenied, "the template of the wrapping key forbids it", true,
		"A wrapping key with a template takes and gives only keys that are as the template says.", "spec/cloudhsm-cli.md 2.8", OfKey | OfWith | OfAttribute},
	{WeakHash, retcode.Policy, "the hash is weaker than the key", true,
		"A key signs no digest that is weaker than itself.", "spec/cloudhsm-cli.md 2.10", OfKey | OfValue},
	{OnlyTrusted, retcode.AccessDenied, "only a trusted key may wrap the key", false,
		"A key with OBJ_ATTR_WRAP_WITH_TRUSTED leaves only under a key that an officer has marked as trusted.", "spec/cmu.md 5.3", OfKey | OfWith | OfAttribute},
	{WrappingRefused, retcode.Policy, "the mechanism is not allowed", false,
		"Keys are wrapped by the mechanisms that the mode of the HSM allows.", "spec/kmu.md 3.25", OfMode},
	{TooLongToWrap, retcode.Policy, "the key is too long for the mechanism", false,
		"RSA-OAEP and the like wrap only what is shorter than the wrapping key's modulus.", "spec/kmu.md 3.25", OfKey | OfWith},
	{LengthNotWrapped, retcode.Policy, "the mechanism does not take the key's length", false,
		"A mechanism without padding wraps keys of a multiple of its block only.", "spec/kmu.md 3.25", OfKey | OfWith},
	{NotOpened, retcode.BadPKCSData, "the wrapped key does not open", false,
		"What was wrapped opens with the same key and the same mechanism only.", "spec/kmu.md 3.26", OfWith | OfFile},
	{BadIV, retcode.BadPKCSData, "the IV has another length", false,
		"The IV has the length that the mechanism asks for.", "spec/kmu.md 3.26", OfValue | OfFile},
	{NoKeyInside, retcode.BadPKCSData, "what was opened is no such key", false,
		"What comes out of the wrapping must be a key of the type and class that is asked for.", "spec/kmu.md 3.26", OfWith | OfKind | OfFile},
	{KeyNotAllowed, retcode.Policy, "the key is of a kind that is not allowed", false,
		"An imported key keeps to the same sizes and curves as one that is made inside.", "spec/kmu.md 3.21", OfKind | OfMode | OfFile},
	{NoHostKey, retcode.BadPKCSData, "the host's key is no AES key", false,
		"What goes between host and HSM travels under an AES key that both have.", "spec/kmu.md 3.24", OfValue | OfFile},
	{OtherHostKey, retcode.BadPKCSData, "the host's key is another one", false,
		"What goes between host and HSM travels under the same AES key on both sides.", "spec/kmu.md 3.24", OfLogin | OfFile},
	{NoSignatures, retcode.Policy, "the type of key signs nothing", false,
		"Only types of keys that sign are signed with.", "spec/kmu.md 3.36", OfKey},
	{MessageTooLong, retcode.Policy, "the message is too long", false,
		"A mechanism without a digest signs no more than the key's size takes.", "spec/kmu.md 3.36", OfValue | OfFile},
	{SignsOtherwise, retcode.Policy, "the mechanism is for another type of key", false,
		"A mechanism belongs to a type of key.", "spec/kmu.md 3.36", OfKey},
	{ChecksOtherwise, retcode.BadPKCSData, "the mechanism is for another type of key", false,
		"A mechanism belongs to a type of key.", "spec/kmu.md 3.37", OfKey},
	{SignatureDiffers, retcode.BadPKCSData, "the signature does not match", false,
		"A signature matches one message, one key and one mechanism.", "spec/kmu.md 3.37", OfKey | OfFile},
	{DataTooLong, retcode.Policy, "the data is too long to wrap", false,
		"The HSM takes so many bytes at once as one call carries.", "spec/kmu.md 3.38", OfValue | OfFile},
	{MaskedElsewhere, retcode.BadHandle, "the object is another cluster's", false,
		"A masked object opens in its own cluster and its clones only.", "spec/kmu.md 3.34", OfLogin | OfMode | OfFile},
	{MaskedByOther, retcode.AccessDenied, "the object is another user's", false,
		"A masked object goes in for the user only who owned the key.", "spec/kmu.md 3.34", OfLogin | OfFile},
	{NotMasked, retcode.BadPKCSData, "the data is no masked object", false,
		"A masked object is what extractMaskedObject has written, to the byte.", "spec/kmu.md 3.34", OfLogin | OfFile},
	{OnlyCryptoUsers, retcode.BadUserType, "only crypto users log in through the daemon", false,
		"key_mgmt_util is for crypto users.", "spec/kmu.md 1.5", OfLogin},
	{LoggedInOther, retcode.LoginFailure, "somebody else is logged in", false,
		"A session is one user's: who is logged in logs out first.", "spec/kmu.md 3.7", OfLogin},
	{NameLength, retcode.Policy, "the user's name is empty or too long", true,
		"A user's name has 1 to 31 characters.", "spec/cloudhsm-cli.md 1.8", OfValue},
	{NameLetters, retcode.Policy, "the user's name has a character that none has", true,
		"A user's name has letters, digits and underscores.", "spec/cloudhsm-cli.md 1.8", OfValue},
	{PasswordLetters, retcode.Policy, "the password has a character that none has", true,
		"A password has no colon.", "spec/cloudhsm-cli.md 1.8", OfLogin},
	{PublicNotShared, retcode.NotShareable, "everybody may use a public key anyway", true,
		"A public key is everybody's to use and is not shared.", "spec/cloudhsm-cli.md 2.6", OfKey},
	{SessionKey, retcode.NotShareable, "the key lives in its session only", true,
		"A session key lives in one session and is not shared.", "spec/cloudhsm-cli.md 2.6", OfKey},
	{NoSuchSharer, retcode.UserNotReady, "a sharer is no other crypto user", true,
		"A key is shared with another crypto user.", "spec/cloudhsm-cli.md 2.6", OfKey | OfUser},
	{TooFewSharers, retcode.BadMValue, "too few users would be left to approve", true,
		"A key with a quorum keeps as many users as must approve.", "spec/cloudhsm-cli.md 5.1", OfKey | OfQuorum},
	{ApprovalsMissing, retcode.NotApproved, "managing the key takes approvals", true,
		"A key with a quorum to manage it is changed only with so many approvals.", "spec/cloudhsm-cli.md 5.1", OfKey | OfQuorum},
	{ReadOnly, retcode.AttrReadOnly, "the attribute does not change, or not in this direction", true,
		"Each attribute's row says who may change it, and in which direction.", "spec/cloudhsm-cli.md 3.3", OfKey | OfAttribute},
	{NameTaken, retcode.UserExists, "another user has the name or the id", true,
		"A name and an id are one user's on an HSM, whatever the type.", "spec/cmu.md 2.2", OfUser},
	{HasKeys, retcode.OwnsKeys, "the user owns keys", true,
		"A user who owns keys is not deleted: they would be nobody's.", "spec/cmu.md 3.5", OfUser},
	{HandleTaken, retcode.KeyExists, "a key has the handle", true,
		"A handle is one key's on an HSM, and a copy keeps its handle.", "spec/cmu.md 3.25", OfKey},
	{NoRoomForCopy, retcode.TooManyKeys, "there is no room for the copy", true,
		"An HSM holds a fixed number of keys, copies as well.", "spec/cmu.md 6.3", OfKey | OfRoom},
	{AttributeAbsent, retcode.AttrMissing, "the key has no such attribute", true,
		"A class and type of key has its own attributes and no others.", "spec/cmu.md 5.2", OfKey | OfAttribute},
	{PasswordSize, retcode.PasswordLength, "the password is too short or too long", true,
		"A new password has 7 to 32 characters, and in Client SDK 5 at least 8.", "spec/cmu.md 2.2", OfValue},
}

// Row is the line of the table with the reason.
func (r Reason) Row() ReasonRow {
	for _, row := range Reasons {
		if row.Reason == r {
			return row
		}
	}
	panic("hsm: no row for the reason " + string(r))
}

// Code returns the return code of the reason.
func (r Reason) Code() retcode.Code { return r.Row().Code }

// Means says the reason in a few words.
func (r Reason) Means() string { return r.Row().Means }

// Error returns the code's text and the reason.
func (r Refusal) Error() string { return r.Reason.Code().Error() + " (" + string(r.Reason) + ")" }

// Unwrap returns the code.
func (r Refusal) Unwrap() error { return r.Reason.Code() }

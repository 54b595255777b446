package cli

import (
	"errors"

	"hsmplay/core/attr"
	"hsmplay/core/cluster"
	"hsmplay/core/command"
	"hsmplay/core/hsm"
	"hsmplay/core/retcode"
)

// errorTexts are the words for what services fail with; the first that an error is counts.
var errorTexts = []struct {
	err  error
	text string
}{
	{cluster.ErrNoAnswer, disconnected},
	{cluster.ErrMTLS, disconnected},
	{cluster.ErrNoUser, unknownUser},
	{cluster.ErrActive, activeAlready},
	{cluster.ErrNotClones, notClones},
	{cluster.ErrSameCluster, sameCluster},
	{cluster.ErrOtherModel, otherModel},
	{cluster.ErrKeyMissing, keyNotEverywhere},
	{cluster.ErrUserMissing, userNotEverywhere},
	{cluster.ErrStrangers, strangers},
	{cluster.ErrNoSuchAnchor, anchorUnknown},
	{cluster.ErrAnchorRepaired, anchorRepaired},
	{hsm.NotLoggedIn, notLoggedIn},
	{retcode.UserNotReady, notLoggedIn},
	{hsm.NotPermitted, wrongRole},
	{hsm.NotApproved, approvalMissing},
	{hsm.TooManyUsers, tooManyUsers},
	{hsm.UserActive, userActive},
	{hsm.BadSignature, badSignature},
	{hsm.BadPublicKey, badPublicKey},
	{hsm.SecondFactorKey, factorKey},
	{hsm.NoToken, badApprover},
	{hsm.TooManyTokens, tooManyTokens},
	{hsm.NoQuorum, noQuorumOnKey},
	{retcode.MaxSessions, tooManySessions},
	{retcode.LoginFailure, badCredentials},
	{retcode.NoSuchUser, badCredentials},
	{retcode.BadHandle, matched(0)},
	{retcode.AccessDenied, notOwner},
	{retcode.ServerUnavailable, disconnected},
}

// reasonTexts are the words for an HSM's refusals that have no facts.
var reasonTexts = map[hsm.Reason]string{
	hsm.SizeNotAllowed: sizeRefused, hsm.ExponentRefused: exponentRefused, hsm.IDTaken: idTaken, hsm.SharedWithSelf: sharedWithOwner,
	hsm.NotCryptoUser: unknownUser, hsm.MValueTooHigh: quorumTooHigh, hsm.LabelTooLong: badLabel, hsm.HSMFull: hsmFull, hsm.NotOwner: notOwner,
	hsm.NotDestroyable: notDestroyable, hsm.OtherKind: otherKind, hsm.NotExtractable: notExtractable, hsm.QuorumMissing: keyApproval,
	hsm.NoApprovals: noApprovals, hsm.BadApproval: badApproval, hsm.ApproverRefused: badApprover, hsm.TokenExists: tokenExists,
	hsm.QuorumValue: badQuorumValue, hsm.NoMTLS: mtlsUnknown, hsm.AnchorTooLong: anchorTooLong, hsm.AnchorBad: anchorBad,
	hsm.AnchorKnown: anchorKnown, hsm.AnchorsFull: anchorsFull, hsm.NoSuchAnchor: anchorUnknown, hsm.AnchorNeeded: anchorNeeded,
	hsm.NotTheAdmin: notTheAdmin, hsm.NotMutual: notMutual, hsm.OnlyTrusted: onlyTrusted, hsm.WrappingRefused: mechanismRefused,
	hsm.TooLongToWrap: tooLongToWrap, hsm.LengthNotWrapped: lengthNotWrapped, hsm.NotOpened: unwrapFailed, hsm.BadIV: badIV,
	hsm.NoKeyInside: notAKey, hsm.KeyNotAllowed: keyNotAllowed, hsm.NoSignatures: otherMechanism,
	hsm.SignsOtherwise: otherMechanism, hsm.ChecksOtherwise: otherMechanism, hsm.SignatureDiffers: signatureDiffers,
	hsm.TokenInTemplate: tokenNotOptional, hsm.QuorumTooLow: quorumTooLow, hsm.LabelLength: badLabel, hsm.NotOffered: notOffered,
	hsm.PairsFull: hsmFull, hsm.NotModifiable: notModifiable, hsm.TemplateDiffers: templateDiffers, hsm.WeakHash: weakHash,
	hsm.LoggedInOther: loggedInAlready, hsm.TokenStays: attributeReadOnly, hsm.OnlyToken: attributeReadOnly,
	hsm.NameLength: badNameLength, hsm.PasswordLetters: badPasswordSign, hsm.PublicNotShared: notShareable,
	hsm.SessionKey: notShareable, hsm.NoSuchSharer: sharedWithOwner, hsm.TooFewSharers: tooFewSharers,
	hsm.ApprovalsMissing: keyApproval, hsm.ReadOnly: attributeReadOnly, hsm.NameTaken: userExists,
	hsm.HasKeys: userOwnsKeys, hsm.NoRoomForCopy: hsmFull, hsm.PasswordSize: badPassword,
}

// refused is the envelope of what a service has failed with.
func refused(err error) command.Outcome { return failed(err, textOf(err)) }

// textOf words an error.
func textOf(err error) string {
	var refusal hsm.Refusal
	var few cluster.NotAvailable
	switch {
	case errors.As(err, &refusal):
		return reasonText(refusal)
	case errors.As(err, &few):
		return notAvailable
	}
	for _, row := range errorTexts {
		if errors.Is(err, row.err) {
			return row.text
		}
	}
	return refusedOtherwise
}

// reasonText words a refusal by an HSM.
func reasonText(r hsm.Refusal) string {
	switch r.Reason {
	case hsm.NoSuchKey:
		return matched(0)
	case hsm.NameLetters:
		return badCharacter(r.Value)
	case hsm.TooFewApprovals:
		return tooFew(r.Size, r.MValue)
	case hsm.TokenOver:
		if r.Handle != 0 { // of a key (spec/cloudhsm-cli.md 8.1)
			return approvalMissing
		}
		return badApprover
	case hsm.MessageTooLong:
		if r.Size <= r.Max { // it is not the length that is at fault
			return badDigest
		}
		return dataTooLong
	case hsm.AttributeRefused:
		row, _ := attr.Find(r.Attr)
		return notSet(row.CLI, r.Value)
	case hsm.AttributeOff:
		row, _ := attr.Find(r.Attr)
		return attributeOff(row.CLI)
	}
	if text, known := reasonTexts[r.Reason]; known {
		return text
	}
	return refusedOtherwise
}

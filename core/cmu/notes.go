package cmu

import (
	"errors"
	"fmt"
	"strings"

	"hsmplay/core/attr"
	"hsmplay/core/cluster"
	"hsmplay/core/command"
	"hsmplay/core/hsm"
	"hsmplay/core/retcode"
	"hsmplay/core/voice"
)

// commonNotes are the notes to refusals that mean the same in every command. Blanks: {server},
// {who} is who is logged in.
var commonNotes = []struct {
	err error
	id  voice.ID
}{
	{hsm.NotLoggedIn, voice.CMULoginFirst},
	{hsm.OtherLoggedIn, voice.CMULogOutFirst},
	{hsm.NotPermitted, voice.CMUNotPermitted},
	{hsm.NotApproved, voice.CMUNotApproved},
	{hsm.TooManyUsers, voice.CMUTooManyUsers},
	{hsm.TooManyKeys, voice.CMUTooManyKeys},
	{hsm.BadSignature, voice.CMUBadSignature},
	{hsm.BadPublicKey, voice.CMUBadPublicKey},
	{hsm.SecondFactorKey, voice.CMUSecondFactorKey},
	{hsm.NoToken, voice.CMUNoToken},
	{hsm.TooManyTokens, voice.CMUTooManyTokens},
	{hsm.NoQuorum, voice.CMUNoQuorum},
	{retcode.BadUserType, voice.CMUBadUserType},
	{hsm.UnknownUserType, voice.CMUBadUserType},
}

// common returns the note to a refusal by a server, nil where there is none.
func common(t *Tool, at *server, err error) *voice.Note {
	if errors.Is(err, retcode.ServerUnavailable) {
		note := t.downNote(at)
		return &note
	}
	if errors.Is(err, hsm.NotPermitted) && t.isType(hsm.PRECO) {
		return say(voice.ActivateFirst)
	}
	for _, row := range commonNotes {
		if errors.Is(err, row.err) {
			return say(row.id, "server", at.number, "who", t.who(), "user", t.User(), "login", loginLine(t))
		}
	}
	return nil
}

// who is who is logged in, admin(CO) for one.
func (t *Tool) who() string {
	if u := t.user(); u != nil {
		return fmt.Sprintf("%s(%s)", u.Name, typeShown(u))
	}
	return "nobody"
}

func say(id voice.ID, args ...any) *voice.Note {
	note := voice.Say(id, args...)
	return &note
}

// chosen returns the note to a refusal from rows that belong to a command, nil where it is none of
// them.
func chosen(err error, rows map[error]*voice.Note) *voice.Note {
	for _, row := range []error{hsm.NotApproved, hsm.OtherLoggedIn, hsm.UserExists, hsm.UserActive, hsm.OwnsKeys, hsm.BadMValue, hsm.NotShareable, hsm.KeyExists, hsm.BadMask,
		hsm.AttrReadOnly, hsm.AttrMissing, hsm.NotPermitted, retcode.BadHandle, retcode.AccessDenied, retcode.UserNotReady} {
		if note := rows[row]; note != nil && errors.Is(err, row) {
			return note
		}
	}
	return nil
}

// named explains the refusals of a command about a user.
func (t *Tool) named(command, name, kind string) func(*server, error) *voice.Note {
	return func(at *server, err error) *voice.Note {
		if u := t.user(); u != nil && u.Name == name && command == "deleteUser" && errors.Is(err, hsm.UserActive) {
			return say(voice.CMUSelfActive, "name", name)
		}
		return chosen(err, map[error]*voice.Note{
			hsm.UserExists:       say(voice.CMUUserExists, "name", name, "server", at.number),
			hsm.UserActive:       say(voice.CMUUserActive, "name", name, "server", at.number),
			hsm.OwnsKeys:         say(voice.CMUOwnsKeys, "name", name, "server", at.number),
			retcode.UserNotReady: say(voice.CMUNoSuchUser, "name", name, "type", kind, "server", at.number, "line", t.otherType(at, command, name)),
			hsm.NotPermitted:     t.notOn(name, kind),
		})
	}
}

// otherType is a command's line about the user of another type who has the name; "" for none, or a
// command that asks for more.
func (t *Tool) otherType(at *server, command, name string) string {
	more, takes := map[string]string{"deleteUser": "", "changePswd": " -hpswd"}[command]
	for _, kind := range []hsm.UserType{hsm.CO, hsm.CU} {
		if u := t.known(at, kind, name); takes && u != nil {
			return command + " " + string(u.Type) + " " + u.Name + more
		}
	}
	return ""
}

// newlyNamed explains the refusals of a command that gives a user a password of so many characters.
func (t *Tool) newlyNamed(command, name, kind string, length int) func(*server, error) *voice.Note {
	named := t.named(command, name, kind)
	return func(at *server, err error) *voice.Note {
		if errors.Is(err, hsm.PasswordLength) {
			return say(voice.CMUPasswordLength, "min", hsm.PasswordMin, "max", hsm.PasswordMax, "length", length,
				"line", command+" "+kind+" "+name+" -hpswd")
		}
		return named(at, err)
	}
}

// notOn explains to an officer a user whom he cannot manage, nil to others.
func (t *Tool) notOn(name, kind string) *voice.Note {
	switch {
	case !t.isType(hsm.CO):
		return nil
	case kind == "AU" || typeGiven(kind) == hsm.PRECO:
		return say(voice.CMUServicesOwn, "name", name, "type", kind)
	}
	return say(voice.CMUOnlySelf, "name", name, "who", t.who())
}

// setMNote explains a refused M value.
func (t *Tool) setMNote(at *server, err error, s hsm.Service, m int) *voice.Note {
	switch needs := at.link.MValue; {
	case errors.Is(err, hsm.BadMValue):
		return say(voice.CMUTooFewOfficers, "m", m, "server", at.number)
	case errors.Is(err, hsm.NotApproved) && needs(hsm.MiscCO) == 1:
		return say(voice.CMURaiseMiscFirst, "service", int(s), "m", needs(s))
	case errors.Is(err, hsm.NotApproved):
		return say(voice.CMUMiscToken, "m", max(needs(s), needs(hsm.MiscCO)), "user", t.User())
	}
	return nil
}

// aboutToken explains the refusals of getToken.
func (t *Tool) aboutToken(name string, handle uint32) func(*server, error) *voice.Note {
	return func(at *server, err error) *voice.Note {
		u := t.user()
		switch {
		case errors.Is(err, hsm.NotPermitted) && t.known(at, hsm.CO, name) == nil && t.known(at, hsm.CU, name) == nil:
			return say(voice.CMUUnknownUser, "name", name)
		case errors.Is(err, hsm.NotPermitted) && u != nil && !strings.EqualFold(u.Name, name):
			return say(voice.CMUOnlySelf, "name", name, "who", t.who())
		case errors.Is(err, hsm.NotPermitted) && t.isType(hsm.CU):
			return say(voice.CMUTokenNeedsKey, "who", t.who())
		case errors.Is(err, hsm.NoQuorum) && handle != 0:
			return say(voice.CMUKeyNoQuorum, "handle", handle)
		case handle != 0:
			return t.aboutKey(handle)(at, err)
		}
		return nil
	}
}

// approveNote explains refused approvals.
func approveNote(at *server, err error) *voice.Note {
	return chosen(err, map[error]*voice.Note{retcode.UserNotReady: say(voice.CMUSignerUnknown, "server", at.number)})
}

// aboutKey explains the refusals of commands about a key.
func (t *Tool) aboutKey(handle uint32) func(*server, error) *voice.Note {
	return func(at *server, err error) *voice.Note {
		return chosen(err, map[error]*voice.Note{
			retcode.BadHandle:    t.missingKey(at, handle),
			retcode.AccessDenied: say(voice.CMUNotYourKey, "handle", handle),
			hsm.NotPermitted:     say(voice.CMUOnlyCryptoUsers, "who", t.who()),
			hsm.AttrMissing:      say(voice.CMUAttrMissing, "handle", handle),
			hsm.NotShareable:     say(voice.CMUNotShareable, "handle", handle),
		})
	}
}

// missingKey explains a handle that is not there: perhaps it is on another server, or in another
// cluster.
func (t *Tool) missingKey(at *server, handle uint32) *voice.Note {
	is := at.link.Missing(handle)
	id := voice.CMUNoSuchKey
	switch is.Place {
	case cluster.Internal:
		return say(voice.InternalKey)
	case cluster.InOtherSession:
		return say(voice.OthersSessionKey, "handle", handle)
	case cluster.OnOtherHSM:
		id = voice.CMUKeyElsewhere
	case cluster.InOtherCluster:
		id = voice.CMUKeyNotHere
	}
	return say(id, "handle", command.ShownHandle(handle), "server", at.number, "ip", is.IP)
}

// aboutShare explains the refusals of shareKey.
func (t *Tool) aboutShare(handle uint32, users string) func(*server, error) *voice.Note {
	return func(at *server, err error) *voice.Note {
		if note := chosen(err, map[error]*voice.Note{
			retcode.UserNotReady: say(voice.CMUNoSuchSharer, "users", users, "server", at.number),
			hsm.BadMValue:        say(voice.CMUTooFewSharers, "handle", handle),
			hsm.NotApproved:      say(voice.CMUKeyQuorum, "handle", handle),
			retcode.AccessDenied: say(voice.CMUNotOwner, "handle", handle),
		}); note != nil {
			return note
		}
		return t.aboutKey(handle)(at, err)
	}
}

// aboutAttribute explains the refusals of setAttribute.
func (t *Tool) aboutAttribute(handle uint32, which attr.Attr) func(*server, error) *voice.Note {
	row, _ := attr.Lookup(which)
	return func(at *server, err error) *voice.Note {
		if at.link.KeyCoverage(handle).Have == 0 { // whatever the attribute
			return t.missingKey(at, handle)
		}
		permitted := say(voice.CMUOwnersAttribute, "name", row.Name, "who", t.who())
		if which == attr.Trusted {
			permitted = say(voice.CMUOfficersAttribute, "name", row.Name, "who", t.who(), "login", loginLine(t))
		}
		if note := chosen(err, map[error]*voice.Note{
			hsm.AttrReadOnly:     readOnlyNote(handle, which),
			hsm.NotShareable:     say(voice.CMUTokenOnce, "handle", handle),
			hsm.NotApproved:      say(voice.CMUKeyQuorum, "handle", handle),
			hsm.NotPermitted:     permitted,
			retcode.AccessDenied: say(voice.CMUNotOwner, "handle", handle),
		}); note != nil {
			return note
		}
		return t.aboutKey(handle)(at, err)
	}
}

// readOnlyNote explains an attribute that does not change: at all, or not in this direction.
func readOnlyNote(handle uint32, which attr.Attr) *voice.Note {
	row, known := attr.Lookup(which)
	switch {
	case !known:
		return say(voice.CMUNoSuchAttribute, "attribute", uint32(which))
	case row.Changeable() && row.Way == attr.OnlyOn:
		return say(voice.CMUOneWay, "name", row.Name, "handle", handle)
	case which == attr.Derive:
		return say(voice.CMUNoDerive, "handle", handle)
	case which == attr.Token:
		return say(voice.CMUTokenOnce, "handle", handle)
	}
	return say(voice.CMUReadOnly, "name", row.Name)
}

// copyNote explains a refused copy.
func copyNote(t *Tool, name string, err error) *voice.Note {
	user, exists := voice.CMUNoSuchID, voice.CMUOtherWithID
	if name == "syncKey" {
		user, exists = voice.CMUOwnerMissing, voice.CMUHandleTaken
	}
	rows := map[error]*voice.Note{
		hsm.OtherLoggedIn:    say(voice.CMUSameUser),
		retcode.UserNotReady: say(user),
		hsm.UserExists:       say(exists),
		hsm.KeyExists:        say(exists),
		hsm.BadMask:          say(voice.CMUOtherMask),
		retcode.BadHandle:    say(voice.CMUNotHere),
		retcode.AccessDenied: say(voice.CMUOnlyOwnKeys),
		hsm.NotShareable:     say(voice.CMUSessionKeyStays),
	}
	if t.isType(hsm.CO) {
		rows[hsm.NotPermitted] = say(voice.CMUNoSuchID)
	}
	if note := chosen(err, rows); note != nil {
		return note
	}
	return common(t, t.servers[t.mode], err)
}

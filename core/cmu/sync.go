package cmu

import (
	"errors"
	"fmt"

	"hsmplay/core/cluster"
	"hsmplay/core/command"
	"hsmplay/core/retcode"
	"hsmplay/core/voice"
)

var syncUser = row{Spec: command.Spec[*Tool]{Name: "syncUser", Means: "copies a user from this server to another",
	Params: []command.Param{
		{Value: "user ID", Kind: command.Number, Example: "7", Means: "the id of a user of this server"},
		{Value: "server ID", Kind: command.Node, Means: "the number of the server that lacks the user"}},
	Run: (*Tool).syncUser}, synopsis: "syncUser <user ID> <server ID>", in: serverMode}

var syncKey = row{Spec: command.Spec[*Tool]{Name: "syncKey", Means: "copies a key from this server to another",
	Params: []command.Param{handleParam,
		{Value: "destination hsm", Kind: command.Node, Means: "the number of the server that lacks it"}},
	Run: (*Tool).syncKey}, synopsis: "syncKey <key handle> <destination hsm>", in: serverMode}

// errBadServer is a destination that is none (spec/cmu.md 8.2, provisional).
var errBadServer = errors.New("no such server to copy to")

// copying returns the server of the mode and the one to copy to, on which the same user must be
// logged in.
func (t *Tool) copying(destination int64) (from, to *server, err error) {
	from = t.servers[t.mode]
	if destination < 0 || destination >= int64(len(t.servers)) || destination == int64(t.mode) {
		return nil, nil, errBadServer
	}
	to = t.servers[destination]
	if !from.connected() || !to.connected() {
		return nil, nil, errBadServer
	}
	if err := to.link.SameUser(from.link); err != nil {
		return nil, nil, err
	}
	return from, to, nil
}

// syncUser copies a user, in two steps that it reports (spec/cmu.md 3.26).
func (t *Tool) syncUser(args command.Args) command.Outcome {
	id := int(min(args.Int("user ID"), 1<<30))
	from, to, err := t.copying(args.Int("server ID"))
	if err != nil {
		return t.notCopied("syncUser", "", err)
	}
	u, err := cluster.Value(from.link.ExtractUser(id))
	text := step("ExtractMaskedObject", err)
	if err != nil {
		return t.notCopied("syncUser", text, err)
	}
	err = cluster.FirstError(to.link.InsertUser(from.link, u))
	text += step("InsertMaskedObject", err)
	if err != nil {
		return t.notCopied("syncUser", text, err)
	}
	return command.Outcome{Text: text + "syncUser success\n"}
}

// step is the line of a step of syncUser, with its code; ?? stands for one whose number is not
// public.
func step(name string, err error) string {
	number := "??"
	if code := retcode.Of(err); code.Public() {
		number = fmt.Sprintf("%x", uint32(code))
	}
	return name + ": 0x" + number + " !\n"
}

// syncKey copies a key with its handle, owner and sharers (spec/cmu.md 3.25).
func (t *Tool) syncKey(args command.Args) command.Outcome {
	from, to, err := t.copying(args.Int("destination hsm"))
	if err != nil {
		return t.notCopied("syncKey", "", err)
	}
	k, err := cluster.Value(from.link.ExtractKey(handleOf(args, "key handle")))
	if err == nil {
		err = cluster.FirstError(to.link.InsertKey(from.link, k))
	}
	if err != nil {
		return t.notCopied("syncKey", "", err)
	}
	return command.Outcome{Text: "syncKey success\n"}
}

// notCopied is the refusal of a copy.
func (t *Tool) notCopied(name, text string, err error) command.Outcome {
	if errors.Is(err, errBadServer) {
		return command.Outcome{Text: name + " failed: " + badServer + "\n", Err: err,
			Notes: []voice.Note{voice.Say(voice.CMUBadDestination, "here", t.mode)}}
	}
	out := command.Outcome{Text: text + name + " failed: " + reason(err) + "\n", Err: err}
	if note := copyNote(t, name, err); note != nil {
		out.Notes = []voice.Note{*note}
	}
	if text != "" && !retcode.Of(err).Public() {
		out.Notes = append(out.Notes, voice.Say(voice.CMUNoNumber))
	}
	return out
}

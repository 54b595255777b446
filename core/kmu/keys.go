package kmu

import (
	"fmt"
	"slices"
	"strings"

	"hsmplay/core/attr"
	"hsmplay/core/cluster"
	"hsmplay/core/command"
	"hsmplay/core/retcode"
	"hsmplay/core/voice"
)

var deleteKey = command.Spec[*Tool]{Name: "deleteKey", Summary: "Delete Key", Means: "deletes one key of yours on every HSM",
	Params: []command.Param{{Flag: "-k", Value: "key handle", Kind: command.Handle, Help: "specifies the key handle",
		Means: "the key to delete; the other half of a pair stays"}},
	Run: (*Tool).deleteKey}

var getKeyInfo = command.Spec[*Tool]{Name: "getKeyInfo", Summary: "Get Key Info about shared users/sessions",
	Means: "shows owner, sharers and quorum of a key",
	Params: []command.Param{{Flag: "-k", Value: "key handle", Kind: command.Handle, Help: "specifies the key handle",
		Means: "a key that you own or that is shared with you"}},
	Run: (*Tool).getKeyInfo}

var findSingleKey = command.Spec[*Tool]{Name: "findSingleKey", Summary: "Find single Key", Means: "checks that a key is on every HSM",
	Params: []command.Param{{Flag: "-k", Value: "key handle", Kind: command.Handle, Help: "specifies the key handle",
		Means: "the key to look for on each HSM"}},
	Run: (*Tool).findSingleKey}

var setAttribute = command.Spec[*Tool]{Name: "setAttribute", Summary: "Sets an attribute of an object",
	Means: "turns a session key into a token key",
	Params: []command.Param{
		{Flag: "-o", Value: "object handle", Kind: command.Handle, Help: "specifies the object handle", Means: "a session key of yours"},
		{Flag: "-a", Value: "attribute constant", Kind: command.Number, Max: 1 << 32, Example: "1", Help: "specifies the attribute, 1 = OBJ_ATTR_TOKEN",
			Means: "only 1, the attribute TOKEN, is changed here", Values: []command.Value{{Word: "1", Means: "OBJ_ATTR_TOKEN"}}},
	}, Run: (*Tool).setAttribute}

// handle reads a handle; numbers that are none count as the handle of no key.
func handle(args command.Args, flag string) uint32 { return uint32(min(args.Int(flag), 1<<32-1)) }

// deleteKey deletes a key (spec/kmu.md 3.27). What it does not find, it reports as its look-up.
func (t *Tool) deleteKey(args command.Args) command.Outcome {
	const api = "Cfm3DeleteKey"
	answers, err := t.client.Delete(handle(args, "-k"))
	switch {
	case retcode.Of(err) == retcode.BadHandle:
		return t.denied(args, denial{api: "Cfm3FindKey", err: err, byAll: true})
	case err != nil:
		return t.denied(args, denial{api: api, err: err})
	}
	return (&output{}).returned(api, nil).cluster(t.wording(), answers).outcome()
}

// badHandle explains why a handle means nothing to the user.
func (t *Tool) badHandle(h uint32) voice.Note {
	is := t.client.Missing(h)
	return voice.Say(placeNotes[is.Place], "handle", command.ShownHandle(h), "node", is.Node, "owner", is.Owner)
}

// placeNotes say where a key is that the user cannot see.
var placeNotes = map[cluster.Place]voice.ID{
	cluster.Nowhere:        voice.NoSuchKey,
	cluster.Internal:       voice.InternalKey,
	cluster.OnUnreached:    voice.OnlyOnUnreached,
	cluster.InOtherSession: voice.OthersSessionKey,
	cluster.OfOther:        voice.OthersKey,
}

// getKeyInfo prints owner and sharers (spec/kmu.md 3.29).
func (t *Tool) getKeyInfo(args command.Args) command.Outcome {
	const api = "Cfm3GetKey"
	h := handle(args, "-k")
	k, err := t.client.Key(h)
	if err != nil {
		return t.denied(args, denial{api: api, err: err})
	}
	a := (&output{}).returned(api, nil).add(fmt.Sprintf("%sOwned by user %d", indent, k.Owner))
	if len(k.Shared) > 0 {
		a.add(fmt.Sprintf("%salso, shared to following %d user(s):", indent, len(k.Shared)))
	}
	var lines []string
	for _, id := range slices.Sorted(slices.Values(k.Shared)) {
		lines = append(lines, fmt.Sprintf("%17s%d", "", id))
	}
	if k.MValue > 0 {
		lines = append(lines, fmt.Sprintf("%9s%d Users need to approve to use/manage this key", "", k.MValue))
	}
	if len(lines) > 0 {
		a.add(lines...)
	}
	return a.outcome()
}

// findSingleKey asks each HSM for a key (spec/kmu.md 3.31).
func (t *Tool) findSingleKey(args command.Args) command.Outcome {
	h := handle(args, "-k")
	answers := t.client.Where(h)
	missing := slices.DeleteFunc(slices.Clone(answers), func(a cluster.Answer) bool { return a.Err == nil })
	if len(answers) > 0 && len(missing) == len(answers) && retcode.Of(answers[0].Err) == retcode.BadHandle {
		return t.denied(args, denial{api: "Cfm3FindKey", err: answers[0].Err, answers: descending(answers)})
	}
	err := t.verdict(answers)
	a := (&output{}).returned("Cfm3FindKey", err)
	if retcode.Of(err) != retcode.UserNotReady {
		a.cluster(t.wording(), descending(answers))
	}
	out := a.outcome()
	if retcode.Of(err) == retcode.BadHandle {
		out.Notes = []voice.Note{t.lacking(h, missing)}
	}
	return out
}

// lacking explains why a key is on some HSMs only.
func (t *Tool) lacking(h uint32, missing []cluster.Answer) voice.Note {
	k, _ := t.client.Key(h)
	strangers := t.client.Strangers(k)
	switch all := t.client.Size(); {
	case k.Session != 0:
		return voice.Say(voice.SessionKeyHome, "handle", h, "nodes", nodeList(missing))
	case len(strangers) > 0:
		return voice.Say(voice.OwnerNotThere, "have", all-len(missing), "all", all, "hsms", voice.HSMs(strangers), "name", fmt.Sprintf("with the id %d", k.Owner))
	}
	return voice.Say(voice.MissingSomewhere, "handle", h, "nodes", nodeList(missing))
}

func nodeList(answers []cluster.Answer) string {
	var words []string
	for _, a := range answers {
		words = append(words, fmt.Sprint(a.Node))
	}
	return strings.Join(words, ", ")
}

// setAttribute turns a session key into a token key after a question (spec/kmu.md 3.28), which
// takes 0 and 1 and is asked again after anything else (spec/return-codes.md 3.4).
func (t *Tool) setAttribute(args command.Args) command.Outcome {
	h := handle(args, "-o")
	if err := t.client.Settable(h, attr.Attr(min(args.Int("-a"), 1<<32-1))); err != nil {
		return t.denied(args, denial{api: setAttributeAPI, err: err, byAll: true})
	}
	ask := &command.Question{Prompt: "          Enter the boolean attribute value (0 or 1):"}
	ask.Then = func(value string) command.Outcome {
		if value = strings.TrimSpace(value); value != "0" && value != "1" {
			return command.Outcome{Ask: ask}
		}
		return t.setToken(args, value == "1")
	}
	return command.Outcome{Text: "         This attribute is defined as a boolean value.\n", Ask: ask}
}

const setAttributeAPI = "Cfm3SetAttribute"

// setToken makes a token key of a session key.
func (t *Tool) setToken(args command.Args, on bool) command.Outcome {
	answers, err := t.client.SetToken(handle(args, "-o"), on)
	if err != nil {
		return t.denied(args, denial{api: setAttributeAPI, err: err, byAll: true})
	}
	return (&output{}).returned(setAttributeAPI, nil).cluster(t.wording(), answers).outcome()
}

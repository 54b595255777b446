package cli

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"hsmplay/core/attr"
	"hsmplay/core/cluster"
	"hsmplay/core/command"
	"hsmplay/core/hsm"
	"hsmplay/core/retcode"
	"hsmplay/core/voice"
)

// selected is the error of a filter that selects none or several keys.
type selected struct{ count int }

// Error counts them.
func (e selected) Error() string { return fmt.Sprintf("the filter selects %d keys", e.count) }

// Unwrap returns the code.
func (e selected) Unwrap() error { return retcode.BadHandle }

// explain adds the playground's note to a refusal that has none: why, or else the line that would
// have worked instead.
func (t *Tool) explain(instead func() string) func(command.Outcome) command.Outcome {
	return func(out command.Outcome) command.Outcome {
		said := command.Outcome{Err: out.Err, Status: out.Status, Exit: out.Exit}
		if out.Err == nil || len(out.Notes) > 0 {
			return said
		}
		said.Notes = t.why(out.Err)
		switch line := instead(); {
		case line != "" && said.Notes == nil:
			said.Notes = []voice.Note{voice.Say(voice.CLIInstead, "line", line)}
		case said.Notes != nil && said.Notes[0].ID == voice.CLISize:
			said.Notes[0].Args = append(said.Notes[0].Args, "line", line)
		}
		return said
	}
}

// why is the note to a refusal, none where the words say it all.
func (t *Tool) why(err error) []voice.Note {
	l := t.about
	if l == nil || l.client == nil {
		return nil
	}
	var refusal hsm.Refusal
	var keys selected
	var few cluster.NotAvailable
	var some cluster.Replicated
	switch {
	case errors.Is(err, hsm.NotLoggedIn):
		w := wanted{}
		errors.As(err, &w)
		return []voice.Note{t.loginNote(l, w)}
	case errors.As(err, &few) && l.hasty:
		return nil
	case errors.As(err, &few):
		return []voice.Note{voice.Say(voice.CLINotWaited)}
	case errors.As(err, &refusal) && refusal.Reason == hsm.AttributeOff:
		return []voice.Note{t.offNote(l, refusal)}
	case errors.As(err, &refusal) && refusal.Reason == hsm.SizeNotAllowed && sizes[refusal.Type] != "":
		return []voice.Note{voice.Say(voice.CLISize, "sizes", sizes[refusal.Type])}
	case errors.As(err, &refusal):
		return nil
	case l.client.Login == nil:
		if code := retcode.Of(err); code == retcode.LoginFailure || code == retcode.NoSuchUser {
			return []voice.Note{voice.Say(voice.CLIWrongLogin, "list", t.within(l, userList.Name))}
		}
		return nil
	case errors.As(err, &some) && errors.Is(err, hsm.NotPermitted):
		return []voice.Note{voice.Say(voice.CLIReplica, "user", t.seenAs())}
	case errors.As(err, &keys) && keys.count > 0:
		return []voice.Note{voice.Say(voice.CLISeveralKeys, "count", keys.count)}
	case errors.As(err, &keys):
		return []voice.Note{voice.Say(voice.CLINoKey, "user", strings.ToLower(l.client.Login.Name), "list", t.within(l, keyList.Name))}
	case errors.Is(err, hsm.NotPermitted):
		return []voice.Note{voice.Say(voice.CLIWrongRole, "user", strings.ToLower(l.client.Login.Name), "role", l.client.Login.Type.Role())}
	}
	return nil
}

// seenAs is who has logged in last.
func (t *Tool) seenAs() string {
	if l := t.linkOf(t.recent); l != nil && l.user() != nil {
		return strings.ToLower(l.user().Name)
	}
	return t.User()
}

// filterNote says what the first word of a filter that is no term was meant to be.
func filterNote(words []string) []voice.Note {
	if note := meantNote(words, asTerm); note != nil {
		return note
	}
	return []voice.Note{voice.Say(voice.CLITerms)}
}

// meantNote says what the first word of a list that is read otherwise was meant to be, nil for none.
func meantNote(words []string, reads func(string) string) []voice.Note {
	for _, word := range words {
		if near := reads(word); near != "" && near != word {
			return []voice.Note{voice.Say(voice.CLITerm, "word", voice.Word(word), "near", near)}
		}
	}
	return nil
}

// sizes are those that keys of a type can have.
var sizes = map[attr.KeyType]string{
	attr.AES: "AES keys have 16, 24 or 32 bytes, which are 128, 192 or 256 bits", attr.GenericSecret: "Generic secrets have 1 to 800 bytes",
	attr.RSA: "RSA keys have 2048 to 4096 bits, in steps of 256",
}

// within is a command as it can be typed here: behind the program's name where there is no prompt,
// and with its cluster where several are configured and none is chosen.
func (t *Tool) within(l *link, line string) string {
	if len(t.links) > 1 && l.id != t.chosen {
		line += " --cluster-id " + l.id
	}
	if t.single {
		return Name + " " + line
	}
	return line
}

// clustersNote names the clusters of the configuration.
func (t *Tool) clustersNote() voice.Note {
	var ids []string
	for _, l := range t.links {
		ids = append(ids, l.id)
	}
	return voice.Say(voice.CLIClusters, "clusters", strings.Join(ids, ", "))
}

// offNote says how an attribute that is off is switched on, where the user may do that.
func (t *Tool) offNote(l *link, r hsm.Refusal) voice.Note {
	row, _ := attr.Find(r.Attr)
	key, line := reference(r.Handle), ""
	if slices.ContainsFunc(l.client.Visible(), func(k *hsm.Key) bool {
		by, _ := row.MayChange(k.Material.Class, k.Material.Type, l.client.Model() == hsm.HSM2)
		return k.Handle == r.Handle && k.Owner == l.client.Login.ID && by == attr.Owner && !k.Has(attr.FlagFixed) && k.MValue == 0
	}) {
		line = t.within(l, keySetAttribute.Name+" --filter "+referenceTerm+key+" --name "+row.CLI+" --value true")
	}
	return voice.Say(voice.CLIOff, "key", key, "name", row.CLI, "line", line)
}

// loginNote says how somebody who is wanted logs in: with a line at the prompt, and for one command
// with the environment.
func (t *Tool) loginNote(l *link, w wanted) voice.Note {
	kind := cmp.Or(w.kind, hsm.CU)
	whom := map[hsm.UserType]string{hsm.CU: "a crypto user", hsm.CO: "an admin"}[kind]
	if !t.single {
		line := loginLine(l, kind)
		if line != "" {
			line = t.within(l, line)
		}
		return voice.Say(voice.CLILoginFirst, "line", line, "whom", whom)
	}
	line := ""
	if u, password := l.client.Seeded(kind); u != nil && password != "" {
		line = "export " + w.prefix + "CLOUDHSM_ROLE=" + kind.Role() + " " + w.prefix + "CLOUDHSM_PIN=" + strings.ToLower(u.Name) + ":" + password
	}
	return voice.Say(voice.CLIEnvironment, "line", line, "whom", whom)
}

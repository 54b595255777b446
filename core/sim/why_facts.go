package sim

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"hsmplay/core/attr"
	"hsmplay/core/cli"
	"hsmplay/core/cluster"
	"hsmplay/core/command"
	"hsmplay/core/hsm"
	"hsmplay/core/retcode"
	"hsmplay/core/shell"
	"hsmplay/core/voice"
)

// chain tells the code, the rule and the facts.
func (c *failure) chain(v *Why) {
	err := c.heard.Err
	code := retcode.Of(err)
	if code != retcode.Success && code != retcode.Local {
		number := code.Number()
		v.Code = &number
	}
	v.Name = code.Text()
	if row, ok := code.Row(); ok {
		v.Rule, v.Source = row.Cause, row.Source
	}
	switch row := ruleOf(err); {
	case c.fault != nil:
		v.Code, v.Name, v.Source = nil, c.fault.Error(), toolGrammar(c.now.Program)
		v.Rule = c.ruleOfLine().String()
	case c.refused.Reason != "":
		v.Rule, v.Source = c.refused.Reason.Row().Rule, c.refused.Reason.Row().Source
	case row != nil:
		v.Name, v.Rule, v.Source = row.Err.Error(), row.Rule, row.Source
	case err == nil:
		local, _ := retcode.Local.Row()
		v.Name, v.Rule, v.Source = local.Text, local.Cause, ""
	}
	c.w.machine.Do(func() { v.Facts = rendered(c.facts(code)) })
	ofFile := c.refused.Reason != "" && c.refused.Reason.Row().About.Has(hsm.OfFile)
	if len(v.Facts) == 0 || ofFile || code == retcode.Local || err == nil {
		v.Facts = append(v.Facts, c.said()...)
	}
	if len(v.Facts) == 0 {
		v.Facts = rendered([]voice.Note{c.login()})
	}
}

// ruleOf is the rule of an error of a client, nil for none.
func ruleOf(err error) *cluster.Rule {
	for i := range cluster.Rules {
		if err != nil && errors.Is(err, cluster.Rules[i].Err) {
			return &cluster.Rules[i]
		}
	}
	return nil
}

// toolGrammar is where the grammar of a tool's lines stands.
func toolGrammar(name string) string {
	for _, t := range installed {
		if t.name == name {
			return t.grammar
		}
	}
	return ""
}

// lineRules are the rules of a line by what is wrong with it.
var lineRules = map[command.FaultKind]voice.ID{
	command.UnknownCommand: voice.RuleCommand, command.UnknownOption: voice.RuleOption, command.MissingValue: voice.RuleValue,
	command.NotANumber: voice.RuleNumber, command.NotHex: voice.RuleHex, command.OutOfRange: voice.RuleRange, command.NotAChoice: voice.RuleChoice,
	command.NotAList: voice.RuleList, command.TooLong: voice.RuleLength, command.Missing: voice.RuleRequired, command.Needs: voice.RuleNeeds,
	command.Both: voice.RuleBoth, command.Repeated: voice.RuleOnce, command.ExtraWord: voice.RuleExtra, command.NoValue: voice.RuleBare,
	command.NoCommand: voice.RuleEnds, command.LineTooLong: voice.RuleLine,
}

func (c *failure) ruleOfLine() voice.Note {
	f := c.fault
	return voice.Say(lineRules[f.Kind], "tool", c.now.Program, "option", option(f.Param), "max", f.Param.Max, "needs", f.Param.Needs, "other", option(f.Other))
}

// option is how a parameter is called.
func option(p command.Param) string {
	if p.Flag == "" {
		return p.Value
	}
	return p.Flag
}

// said are the sentences of the notes to the line that give no line to type.
func (c *failure) said() (notes []Note) {
	for _, n := range c.turn.Notes {
		n.Parts = voice.Keep(n.Parts, func(sentence []voice.Part) bool { return !voice.Gives(sentence) })
		if len(n.Parts) > 0 {
			notes = append(notes, shell.Note{ID: n.ID, Parts: n.Parts})
		}
	}
	return notes
}

// codeAbout is what the facts of a code are about that comes without a reason.
var codeAbout = map[retcode.Code]hsm.Subject{
	retcode.NotApproved: hsm.OfQuorum | hsm.OfLogin, retcode.NoQuorum: hsm.OfQuorum, retcode.BadMValue: hsm.OfQuorum, retcode.NotLoggedIn: hsm.OfLogin,
	retcode.OtherLoggedIn: hsm.OfLogin, retcode.NotPermitted: hsm.OfLogin, retcode.UserNotReady: hsm.OfLogin, retcode.BadSession: hsm.OfLogin,
	retcode.MaxSessions: hsm.OfRoom, retcode.TooManyKeys: hsm.OfRoom, retcode.BadHandle: hsm.OfLogin, retcode.AccessDenied: hsm.OfLogin, retcode.BadUserType: hsm.OfLogin,
	retcode.NoToken: hsm.OfLogin, retcode.NoSuchUser: hsm.OfLogin, retcode.LoginFailure: hsm.OfLogin,
}

// subjects are the facts of a refusal, by what they are about.
var subjects = []struct {
	about hsm.Subject
	tell  func(*failure) []voice.Note
}{
	{hsm.OfKey, func(c *failure) []voice.Note { return c.keyFacts(c.refused.Handle) }},
	{hsm.OfKey, (*failure).want},
	{hsm.OfWith, (*failure).wrapperFacts},
	{hsm.OfAttribute, (*failure).attributeFacts},
	{hsm.OfKind, (*failure).kind},
	{hsm.OfValue, (*failure).values},
	{hsm.OfUser, func(c *failure) []voice.Note { return c.userFacts(c.refused.User) }},
	{hsm.OfQuorum, (*failure).approvals},
	{hsm.OfRoom, (*failure).room},
	{hsm.OfMode, (*failure).mode},
	{hsm.OfLogin, func(c *failure) []voice.Note { return []voice.Note{c.login()} }},
}

// facts are what of this world breaks the rule. It is called under the world's lock.
func (c *failure) facts(code retcode.Code) (notes []voice.Note) {
	if c.fault != nil {
		return c.lineFacts()
	}
	about := codeAbout[code]
	if c.refused.Reason != "" {
		about = c.refused.Reason.Row().About
	}
	for _, s := range subjects {
		if about.Has(s.about) {
			notes = append(notes, s.tell(c)...)
		}
	}
	notes = append(notes, c.named()...)
	return append(notes, c.reach(code)...)
}

// lineFacts are what is wrong with the line itself.
func (c *failure) lineFacts() (notes []voice.Note) {
	f := c.fault
	if f.Word != "" && f.Param.Kind != command.Secret {
		notes = append(notes, voice.Say(voice.WhyWord, "word", voice.Word(f.Word)))
	}
	if name := option(f.Param); name != "" && f.Param.Means != "" {
		notes = append(notes, voice.Say(voice.WhyParam, "option", name, "means", f.Param.Means))
	}
	if len(f.Missing) > 0 {
		var names []string
		for _, p := range f.Missing {
			names = append(names, option(p))
		}
		notes = append(notes, voice.Say(voice.WhyMissing, "options", strings.Join(names, " ")))
	}
	if f.Kind == command.NotAChoice {
		var words []string
		for _, v := range f.Param.Values {
			if !v.Hidden {
				words = append(words, v.Word)
			}
		}
		notes = append(notes, voice.Say(voice.WhyChoices, "values", strings.Join(words, " ")))
	}
	return notes
}

// key is a key by its handle, on any HSM of the daemon's cluster; nil for none.
func (c *failure) key(handle uint32) *hsm.Key { return lookup{w: c.w}.Key(handle) }

func (c *failure) keyFacts(handle uint32) (notes []voice.Note) {
	if handle == 0 {
		return nil
	}
	k := c.key(handle)
	if k == nil {
		return []voice.Note{voice.Say(voice.WhyKeyNowhere, "handle", handle)}
	}
	notes = append(notes, voice.Say(voice.WhyKey, "handle", handle, "class", k.Material.Class.Name(), "type", k.Material.Type.Show()),
		voice.Say(voice.WhyKeyOwner, "handle", handle, "owner", c.name(k.Owner)))
	if len(k.Shared) > 0 {
		var names []string
		for _, id := range k.Shared {
			names = append(names, c.name(id))
		}
		notes = append(notes, voice.Say(voice.WhyKeyShared, "handle", handle, "users", strings.Join(names, ", ")))
	}
	if k.Session != 0 {
		notes = append(notes, voice.Say(voice.WhyKeySession, "handle", handle))
	}
	if n := c.w.holders(handle); n < len(c.w.cluster.Nodes) {
		notes = append(notes, voice.Say(voice.WhyKeyOn, "handle", handle, "nodes", ofHSMs(n, len(c.w.cluster.Nodes))))
	}
	return notes
}

// name is the name of a user of the daemon's cluster by the number, or the number.
func (c *failure) name(id int) string {
	if name := (lookup{w: c.w}).UserName(id); name != "" {
		return name
	}
	return fmt.Sprint(id)
}

func (c *failure) want() []voice.Note {
	if c.refused.Want == "" {
		return nil
	}
	return []voice.Note{voice.Say(voice.WhyWant, "want", string(c.refused.Want))}
}

func (c *failure) wrapperFacts() []voice.Note {
	k := c.key(c.refused.With)
	if k == nil {
		return nil
	}
	return []voice.Note{voice.Say(voice.WhyWith, "handle", k.Handle, "class", k.Material.Class.Name(), "type", k.Material.Type.Show())}
}

func (c *failure) attributeFacts() []voice.Note {
	r := c.refused
	if r.Reason == hsm.OnlyTrusted {
		r.Attr = attr.WrapWithTrusted
	}
	row, known := attr.Find(r.Attr)
	if !known {
		return []voice.Note{voice.Say(voice.WhyNumber, "number", uint32(r.Attr))}
	}
	if k := c.key(r.Handle); k != nil {
		if value, has := k.Value(row); has && value.Bytes == nil && value.Text == "" {
			return []voice.Note{voice.Say(voice.WhyAttribute, "name", row.Name, "handle", k.Handle, "value", value.Number)}
		}
	}
	return []voice.Note{voice.Say(voice.WhyAsked, "name", row.Name)}
}

func (c *failure) kind() []voice.Note {
	return []voice.Note{voice.Say(voice.WhyKind, "class", c.refused.Class.Name(), "type", c.refused.Type.Show())}
}

// values are what was asked for, as far as the refusal tells.
func (c *failure) values() (notes []voice.Note) {
	r := c.refused
	switch {
	case r.Curve != nil:
		notes = append(notes, voice.Say(voice.WhyCurve, "curve", r.Curve.Nick))
	case r.Max > 0:
		notes = append(notes, voice.Say(voice.WhyMost, "size", r.Size, "max", r.Max))
	case r.Size > 0:
		notes = append(notes, voice.Say(voice.WhySize, "size", r.Size))
	case r.ID != "":
		notes = append(notes, voice.Say(voice.WhyID, "id", voice.Word(r.ID)))
	case r.Value != "" && r.Reason != hsm.PasswordLetters:
		notes = append(notes, voice.Say(voice.WhyValue, "value", voice.OneLine(r.Value)))
	case r.Number != 0:
		notes = append(notes, voice.Say(voice.WhyValue, "value", r.Number))
	}
	return notes
}

func (c *failure) userFacts(id int) []voice.Note {
	if id == 0 {
		return nil
	}
	u := (lookup{w: c.w}).user(func(u *hsm.User) bool { return u.ID == id })
	if u.ID == 0 {
		return []voice.Note{voice.Say(voice.WhyNoUser, "id", id)}
	}
	return []voice.Note{voice.Say(voice.WhyUser, "id", id, "name", u.Name, "type", u.Type)}
}

// approvals are how many are needed, and how many there are.
func (c *failure) approvals() (notes []voice.Note) {
	r := c.refused
	if r.MValue == 0 {
		if k := c.key(r.Handle); k != nil {
			r.MValue = max(k.MValue, k.Manage)
		}
	}
	if r.MValue > 0 {
		notes = append(notes, voice.Say(voice.WhyApprovals, "count", r.MValue))
	}
	if r.Reason == hsm.TooFewApprovals || r.Reason == hsm.NoApprovals {
		notes = append(notes, voice.Say(voice.WhyHave, "count", r.Size))
	}
	officer := slices.ContainsFunc(c.w.cluster.Nodes[0].HSM.Users, func(u *hsm.User) bool {
		return u.Type == hsm.CO && strings.EqualFold(u.Name, c.now.User)
	})
	if r.Handle == 0 && officer {
		officers := 0
		for _, u := range c.w.cluster.Nodes[0].HSM.Users {
			if u.Type == hsm.CO {
				officers++
			}
		}
		notes = append(notes, voice.Say(voice.WhyOfficers, "count", officers))
	}
	return notes
}

func (c *failure) room() []voice.Note {
	n, count := c.w.cluster.Nodes[0], 0
	for _, k := range n.HSM.Keys {
		if k != nil {
			count++
		}
	}
	return []voice.Note{voice.Say(voice.WhyRoom, "node", n.HSM.Node, "count", count, "max", n.HSM.KeysMax)}
}

func (c *failure) mode() []voice.Note {
	policy, mode := c.w.cluster.Nodes[0].HSM.Policy, "not in FIPS mode"
	if policy.FIPS {
		mode = "in FIPS mode"
	}
	return []voice.Note{voice.Say(voice.WhyMode, "model", policy.Model.Row().Model, "mode", mode)}
}

// login says who is logged in where the line was typed.
func (c *failure) login() voice.Note {
	if c.now.User == "" {
		return voice.Say(voice.WhyNobody)
	}
	return voice.Say(voice.WhyLogin, "user", c.now.User)
}

// named are the wrong passwords in a row of the user whom a login names.
func (c *failure) named() (notes []voice.Note) {
	if retcode.Of(c.heard.Err) != retcode.LoginFailure || c.refused.Reason != "" {
		return nil
	}
	for _, n := range c.w.cluster.Nodes {
		for _, u := range n.HSM.Users {
			if u.Failures > 0 && mentions(c.line, u.Name) {
				notes = append(notes, voice.Say(voice.WhyFailures, "name", u.Name, "count", u.Failures, "node", n.HSM.Node))
			}
		}
	}
	return notes
}

// reach says which HSMs the client does not reach; a refusal by policy reads as if there were some.
func (c *failure) reach(code retcode.Code) (notes []voice.Note) {
	if len(c.path) > 0 && (c.path[0] == verbs.Tool || c.path[0] == "openssl") {
		return nil
	}
	if !c.w.cluster.Daemon && c.now.Program != cli.Name {
		notes = append(notes, voice.Say(voice.WhyDaemon))
	}
	for _, n := range c.w.cluster.Nodes {
		switch {
		case !n.Up:
			notes = append(notes, voice.Say(voice.WhyDown, "node", n.HSM.Node))
		case n.Isolated:
			notes = append(notes, voice.Say(voice.WhyCut, "node", n.HSM.Node))
		}
	}
	if len(notes) == 0 && code == retcode.Policy {
		notes = append(notes, voice.Say(voice.WhyHealthy, "hsms", c.w.hsms(c.w.reached())))
	}
	return notes
}

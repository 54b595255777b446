package sim

import (
	"fmt"
	"slices"
	"strings"

	"hsmplay/core/cli"
	"hsmplay/core/cluster"
	"hsmplay/core/cmu"
	"hsmplay/core/command"
	"hsmplay/core/hsm"
	"hsmplay/core/kmu"
	"hsmplay/core/retcode"
	"hsmplay/core/shell"
	"hsmplay/core/voice"
)

// candidate are lines that may help, one after the other.
type candidate struct {
	steps []Step
	says  voice.Note
	far   bool // it leads through another tool, another login or another tab
}

// inPlace are lines that are typed where the line at fault was.
func inPlace(lines ...string) (list []Step) {
	for _, line := range lines {
		list = append(list, Step{Line: line})
	}
	return list
}

// first is a candidate of lines after which the line at fault is typed again.
func (c *failure) first(says voice.Note, lines ...string) candidate {
	return candidate{steps: inPlace(append(lines, c.line)...), says: says}
}

// instead is a candidate of one line in place of the one at fault.
func instead(says voice.Note, line string) candidate {
	return candidate{steps: inPlace(line), says: says}
}

// remedies are where repairs come from, the best first.
var remedies = []struct {
	when func(*failure) bool
	try  func(*failure) []candidate
}{
	{func(*failure) bool { return true }, (*failure).offered},
	{(*failure).ofPassword, (*failure).askedHidden},
	{(*failure).ofLogin, (*failure).logins},
	{(*failure).ofReason, (*failure).sharing},
	{(*failure).asked, (*failure).reaching},
	{(*failure).ofQuorum, (*failure).handsIn},
	{(*failure).ofQuorum, (*failure).collecting},
	{(*failure).ofReason, (*failure).settings},
	{(*failure).asked, (*failure).choices},
	{(*failure).ofReason, (*failure).without},
	{(*failure).ofReason, (*failure).renamed},
	{(*failure).ofReason, (*failure).raised},
}

// repair finds what helps.
func (c *failure) repair(v *Why) {
	for _, row := range remedies {
		if !row.when(c) {
			continue
		}
		for _, try := range row.try(c) {
			c.keep(v, try)
		}
	}
	slices.SortStableFunc(v.Repairs, func(a, b Repair) int { return btoi(len(a.Then) > shortMax) - btoi(len(b.Then) > shortMax) })
}

// shortMax is how many lines a repair has that stands beside others.
const shortMax = 3

// keep takes a candidate over that helps, unless there are enough.
func (c *failure) keep(v *Why, try candidate) {
	last := len(try.steps) - 1
	again := last > 0 && try.steps[last].Line == c.line
	for i, step := range try.steps {
		if try.far && step.Line != c.line {
			continue // made without a password, and of other tools
		}
		if hushed, ok := c.hushed(step.Line); ok {
			try.steps[i].Line = hushed
		} else if !again || i < last {
			return
		}
	}
	if last >= shortMax && len(v.Repairs) > 0 && !try.far {
		return
	}
	line := try.steps[0].Line
	known := slices.ContainsFunc(v.Repairs, func(r Repair) bool { return r.Line == line && (!try.far || len(r.Then) > shortMax) })
	if len(v.Repairs) == repairsMax || known || line == c.line || !c.helps(try.steps) {
		return
	}
	if again { // the line at fault may have a password
		_, try.steps[last].Line, _ = c.told(c.line)
	}
	v.Repairs = append(v.Repairs, Repair{line, try.steps[1:], shell.Render(try.says)})
}

// asked reports whether the line was understood.
func (c *failure) asked() bool { return c.fault == nil }

func (c *failure) ofReason() bool { return c.fault == nil && c.refused.Reason != "" }

func (c *failure) ofPassword() bool {
	ofNew := c.refused.Reason == hsm.PasswordSize || c.refused.Reason == hsm.PasswordLetters
	return c.asked() && (ofNew || c.code() == retcode.LoginFailure)
}

func (c *failure) code() retcode.Code { return retcode.Of(c.heard.Err) }

// offered are the lines that the notes to the line offer, in its place or before it.
func (c *failure) offered() (list []candidate) {
	for _, n := range c.turn.Notes {
		for _, sentence := range voice.Sentences(n.Parts) {
			if voice.InNewTab(sentence) {
				continue
			}
			for _, line := range voice.Offers(sentence) {
				switch {
				case asksHelp(line):
				case c.sameCommand(line):
					if c.sameSubject(line) {
						list = append(list, instead(voice.Say(voice.RepairInstead), line))
					}
				case c.fault == nil:
					list = append(list, c.first(voice.Say(voice.RepairFirst), line))
				}
			}
		}
	}
	return list
}

// asksHelp reports whether a line only shows how lines are written.
func asksHelp(line string) bool {
	words := strings.Fields(line)
	return len(words) == 0 || words[0] == "help" || slices.ContainsFunc(words, func(w string) bool { return w == "-h" || w == "--help" })
}

// sameCommand reports whether a line is of the command of the line at fault; one that is none may
// be meant as any.
func (c *failure) sameCommand(line string) bool {
	path, _, _ := c.told(line)
	if c.fault != nil && (c.fault.Kind == command.UnknownCommand || c.fault.Kind == command.NoCommand) {
		return true
	}
	if len(c.path) > 1 && c.path[0] == verbs.Tool && verbs.Lookup(c.path[1]) == nil {
		return len(path) > 0 && path[0] == verbs.Tool
	}
	return slices.Equal(path, c.path)
}

// askedHidden is the line at fault with its password asked for.
func (c *failure) askedHidden() []candidate {
	line, ok := c.hushed(c.line)
	if !ok || line == c.line {
		return nil
	}
	return []candidate{instead(voice.Say(voice.RepairPassword), line)}
}

// loginReasons and loginCodes are refusals that another login may mend.
var loginReasons = []hsm.Reason{hsm.NoSuchKey, hsm.NotOwner, hsm.LoggedInOther, hsm.OnlyCryptoUsers, hsm.NotTheAdmin, hsm.MaskedByOther}
var loginCodes = []retcode.Code{retcode.NotLoggedIn, retcode.UserNotReady, retcode.NotPermitted, retcode.OtherLoggedIn, retcode.BadSession, retcode.BadHandle,
	retcode.AccessDenied}

func (c *failure) ofLogin() bool {
	if c.refused.Reason != "" {
		return c.asked() && slices.Contains(loginReasons, c.refused.Reason)
	}
	return c.asked() && slices.Contains(loginCodes, c.code())
}

// logins log somebody out, or in: the owner of a key at fault, who shares it, then the first of
// each type.
func (c *failure) logins() (list []candidate) {
	var out []string
	if c.now.User != "" {
		out = []string{logoutLine(c.now.Program)}
		list = append(list, c.first(voice.Say(voice.RepairLogout, "user", c.now.User), out[0]))
	}
	for _, u := range c.whoMay() {
		if line := hiddenLogin(c.now.Program, u); line != "" && !strings.EqualFold(u.Name, c.now.User) {
			list = append(list, c.first(voice.Say(voice.RepairLogin, "user", u.Name), append(slices.Clone(out), line)...))
		}
	}
	return list
}

// whoMay are users who may be the right ones.
func (c *failure) whoMay() (users []*hsm.User) {
	add := func(u *hsm.User) {
		if u != nil && !slices.ContainsFunc(users, func(o *hsm.User) bool { return o.ID == u.ID }) {
			users = append(users, u)
		}
	}
	all := c.w.everybody()
	byID := func(id int) *hsm.User {
		i := slices.IndexFunc(all, func(u *hsm.User) bool { return u.ID == id })
		if i < 0 {
			return nil
		}
		return all[i]
	}
	c.w.machine.Do(func() {
		for _, n := range c.w.cluster.Nodes {
			for _, k := range n.HSM.Keys {
				if k != nil && (k.Handle == c.refused.Handle || c.namesKey(k) && k.Session == 0) {
					add(byID(k.Owner))
					for _, id := range k.Shared {
						add(byID(id))
					}
				}
			}
		}
	})
	for _, t := range []hsm.UserType{hsm.CU, hsm.CO, hsm.PRECO} {
		for _, u := range all {
			if u.Type == t {
				add(u)
				break
			}
		}
	}
	return users[:min(len(users), 5)]
}

func logoutLine(tool string) string {
	if tool == cli.Name {
		return "logout"
	}
	return "logoutHSM"
}

// hiddenLogin is the line that logs a user in and asks for the password, "" where the tool has none.
func hiddenLogin(tool string, u *hsm.User) string {
	switch {
	case tool == kmu.Name && u.Type == hsm.CU:
		return "loginHSM -u CU -s " + u.Name + " -hpswd"
	case tool == cmu.Name:
		return fmt.Sprintf("loginHSM %s %s -hpswd", u.Type, u.Name)
	case tool == cli.Name && (u.Type == hsm.CU || u.Type == hsm.CO):
		return fmt.Sprintf("login --username %s --role %s", strings.ToLower(u.Name), u.Type.Role())
	}
	return ""
}

// reaching bring HSMs within reach: the daemon, each alone, then all.
func (c *failure) reaching() (list []candidate) {
	var all []string
	c.w.machine.Do(func() {
		if !c.w.cluster.Daemon && c.w.cluster.State() == cluster.Active {
			all = append(all, "service cloudhsm-client start")
		}
		for _, n := range c.w.cluster.Nodes {
			switch {
			case !n.Up:
				all = append(all, fmt.Sprint("hsm start ", n.HSM.Node))
			case n.Isolated:
				all = append(all, fmt.Sprint("hsm heal ", n.HSM.Node))
			}
		}
	})
	says := voice.Say(voice.RepairReach)
	for _, line := range all[:min(len(all), 4)] {
		list = append(list, c.first(says, line))
	}
	if len(all) > 1 {
		list = append(list, c.first(says, all...))
	}
	return append(list, c.anew(all)...)
}

// anew leaves the tool, which has lost the HSMs, puts all right, and begins again.
func (c *failure) anew(lines []string) []candidate {
	if c.now.Program == bash || len(lines) == 0 {
		return nil
	}
	return []candidate{c.first(voice.Say(voice.RepairReach), c.away(lines)...)}
}

// ofQuorum reports whether approvals are missing, or not valid any more.
func (c *failure) ofQuorum() bool {
	return c.asked() && (c.code() == retcode.NotApproved || c.refused.Reason == hsm.TokenOver)
}

// handsIn hands in the approvals for a token that have been collected.
func (c *failure) handsIn() (list []candidate) {
	g := c.guide()
	c.w.machine.Do(func() {
		if c.now.Program == cli.Name {
			list = c.signed(g)
			return
		}
		for _, p := range g.tokenLines() {
			list = append(list, c.first(voice.Say(voice.RepairQuorum), p.line))
		}
	})
	return list
}

// choosing are the options of which another value may help, by what is refused.
var choosing = []struct {
	reasons []hsm.Reason
	flags   []string
}{
	{[]hsm.Reason{hsm.SizeNotAllowed, hsm.NotOffered}, []string{"-i", "-s", "-m", "--curve", "--modulus-size-bits", "--key-length-bytes"}},
	{[]hsm.Reason{hsm.ExponentRefused}, []string{"-e", "--public-exponent"}},
	{[]hsm.Reason{hsm.SignsOtherwise, hsm.ChecksOtherwise, hsm.MessageTooLong}, []string{"-m"}},
	{[]hsm.Reason{hsm.WeakHash}, []string{"--hash-function"}},
	{[]hsm.Reason{hsm.NoSuchSharer, hsm.SharedWithSelf, hsm.NotCryptoUser}, []string{"-u", "--username"}},
	{[]hsm.Reason{hsm.WrappingRefused, hsm.TooLongToWrap, hsm.LengthNotWrapped, hsm.OtherKind, hsm.AttributeOff, hsm.OnlyTrusted, hsm.NotOpened,
		hsm.NoKeyInside, hsm.TemplateDiffers}, []string{"-m", "-w"}},
	{[]hsm.Reason{""}, []string{"-w"}}, // the tool itself has refused the key
}

// valuesMax is how many values of an option are tried.
const valuesMax = 12

// choices are the line with another value of an option that may be at fault: another mechanism,
// curve or size, another key to wrap with.
func (c *failure) choices() (list []candidate) {
	for _, row := range choosing {
		if !slices.Contains(row.reasons, c.refused.Reason) {
			continue
		}
		for _, flag := range row.flags {
			list = append(list, c.others(flag)...)
		}
	}
	return list
}

// others are the line with the other values of an option, as completion lists them.
func (c *failure) others(flag string) (list []candidate) {
	at := strings.Index(c.line+" ", " "+flag+" ")
	if at < 0 || flag == "-m" && slices.Equal(c.path, []string{"aesWrapUnwrap"}) { // where it is the direction
		return nil
	}
	from := at + len(flag) + 2
	value, rest, _ := strings.Cut(c.line[min(from, len(c.line)):], " ")
	subject, _ := behind(strings.Fields(c.line), "-k")
	says := voice.RepairValue
	if flag == "-w" {
		says = voice.RepairKey
	}
	var words []string
	for _, choice := range c.f.Complete(c.terminal, c.line[:from], from).Choices {
		words = append(words, strings.TrimSpace(choice.Word))
	}
	if len(words) == 0 {
		words = usualSizes
	}
	for _, word := range words {
		if word == value || word == subject || strings.HasPrefix(word, "-") || len(list) == valuesMax {
			continue
		}
		line := strings.TrimRight(c.line[:from]+word+" "+rest, " ")
		list = append(list, instead(voice.Say(says, "value", word, "option", flag), line))
	}
	return list
}

// usualSizes are tried where completion lists no values: bytes of secret keys, bits of RSA keys, and
// the exponent.
var usualSizes = []string{"16", "24", "32", "2048", "3072", "4096", "65537"}

// dropping are the options without which the line may work, by what is refused.
var dropping = map[hsm.Reason][]string{
	hsm.IDTaken: {"-id"}, hsm.MValueTooHigh: {"-m_value"}, hsm.SharedWithSelf: {"-u", "--share-crypto-users"}, hsm.NotCryptoUser: {"-u", "--share-crypto-users"},
	hsm.TokenInTemplate: {"--attributes"}, hsm.AttributeRefused: {"--attributes"}, hsm.BadIV: {"-iv_file"},
}

// without are the line without such an option and what is behind it.
func (c *failure) without() (list []candidate) {
	for _, flag := range dropping[c.refused.Reason] {
		words := strings.Fields(c.line)
		if i := slices.Index(words, flag); i >= 0 && i+1 < len(words) {
			line := strings.Join(slices.Delete(words, i, i+2), " ")
			list = append(list, instead(voice.Say(voice.RepairDrop, "option", flag), line))
		}
	}
	return list
}

// renamed are the line with a name as an HSM takes it in the place of one that it does not.
func (c *failure) renamed() (list []candidate) {
	if c.refused.Reason != hsm.NameLetters && c.refused.Reason != hsm.NameLength {
		return nil
	}
	words := strings.Split(c.line, " ")
	for i, word := range words[1:] {
		name := strings.Map(func(r rune) rune {
			if hsm.CheckName(string(r)) != nil {
				return -1
			}
			return r
		}, word)
		if name = name[:min(len(name), hsm.NameMax)]; name != "" && name != word && !strings.HasPrefix(word, "-") {
			line := slices.Clone(words)
			line[i+1] = name
			list = append(list, instead(voice.Say(voice.RepairInstead), strings.Join(line, " ")))
		}
	}
	return list
}

// lowQuorum is a quorum value of a key that is too low.
var lowQuorum = shell.Pattern(`(-key-quorum-value[ =])[01]\b`)

// raised is the line with the least approvals that a key may ask for.
func (c *failure) raised() []candidate {
	if c.refused.Reason != hsm.QuorumTooLow {
		return nil
	}
	return []candidate{instead(voice.Say(voice.RepairInstead), lowQuorum().ReplaceAllString(c.line, "${1}2"))}
}

package sim

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"hsmplay/core/cluster"
	"hsmplay/core/cmu"
	"hsmplay/core/command"
	"hsmplay/core/hsm"
	"hsmplay/core/retcode"
	"hsmplay/core/shell"
)

// helps reports whether lines work in a copy of the world, one after the other, and leave all alone
// that the line at fault does not name. A password is taken for the right one, where it is not the
// password that is at fault; what else a rehearsal takes for granted is done in earnest.
func (c *failure) helps(steps []Step) bool {
	if c.tries++; c.tries > triesMax {
		return false
	}
	if retcode.Of(c.heard.Err) != retcode.LoginFailure {
		if works, sure := c.rehearse(steps, false); sure {
			return works
		}
	}
	works, _ := c.rehearse(steps, true)
	return works
}

// rehearse types lines in a copy; sure: nothing but passwords was taken for granted.
func (c *failure) rehearse(steps []Step, earnest bool) (works, sure bool) {
	t := trial{c: c, earnest: earnest}
	t.f = c.w.fork(trialKey(&t.made), wouldLimits)
	defer t.f.Shut()
	c.w.lend(t.f)
	if !earnest {
		t.f.cluster.Rehearse(&t.rehearsal)
	} else {
		t.lendPasswords()
	}
	was := t.f.cluster.Fork()
	works = true
	for i, step := range steps {
		if works = t.types(step, i == len(steps)-1); !works {
			break
		}
	}
	granted := slices.ContainsFunc(t.rehearsal.Granted, func(g hsm.Grant) bool { return g != hsm.RightPassword })
	return works && c.spares(was, t.f.cluster), !t.rehearsal.Stopped() && !granted
}

// trial is a copy of the world in which lines are typed.
type trial struct {
	c         *failure
	f         *World
	earnest   bool
	rehearsal hsm.Rehearsal
	lent      string // the password that those have whose own nobody knows
	aside     int    // the new tab of a repair, 0 for none yet
	made      bool   // an RSA key was asked for: the line has got as far
}

// at is the terminal at which a step is typed.
func (t *trial) at(s Step) int {
	if !s.NewTab {
		return t.c.terminal
	}
	if t.aside == 0 {
		t.aside = t.f.Open("", 0).Terminal
	}
	return t.aside
}

// lendPasswords gives the users of the copy whose passwords nobody knows that of one whose is known.
func (t *trial) lendPasswords() {
	var known *hsm.User
	for _, u := range t.c.w.everybody() {
		if cluster.SeedPassword(u) != "" {
			known = u
			break
		}
	}
	if known == nil {
		return
	}
	t.lent = cluster.SeedPassword(known)
	t.f.machine.Do(func() {
		for _, n := range t.f.cluster.All() {
			for i, u := range n.HSM.Users {
				if cluster.SeedPassword(u) == "" {
					row := *u
					row.Salt, row.Verifier = known.Salt, known.Verifier
					n.HSM.Users[i] = &row
				}
			}
		}
	})
}

// types types a line and answers its questions. The last line may ask for more, or wait.
func (t *trial) types(s Step, last bool) bool {
	terminal := t.at(s)
	before := t.f.Now(terminal).Program
	turn := t.f.Type(terminal, s.Line)
	for range wouldAsks {
		answer, ok := t.answer(turn, s.Line)
		if turn.State != Asks || !ok {
			break
		}
		turn = t.f.Type(terminal, answer)
	}
	moved := turn.State == Ready && turn.Code == nil && turn.Program != before // the status is of the line before
	if turn.State == Asks && (turn.Hidden || gaveUp(turn)) || !last && turn.State != Ready {
		return false
	}
	return t.made || moved || turn.Works()
}

// answer is what is answered to a question: yes, or the password of the user whom the line names.
func (t *trial) answer(turn Turn, line string) (string, bool) {
	switch {
	case strings.Contains(turn.Prompt, "(y/n)"):
		return "y", true
	case !turn.Hidden:
		return "", false
	case !t.earnest:
		return "rehearsed", true
	}
	if u := t.c.w.userIn(line); u != nil {
		return cmp.Or(cluster.SeedPassword(u), t.lent), true
	}
	return "rehearsed", true // of a user who is to be made
}

// userIn is the user whom a line names, nil for none; a role may be called as a user is.
func (w *World) userIn(line string) *hsm.User {
	all := w.everybody()
	if name, given := behind(strings.Fields(line), "--username"); given {
		line = name
	}
	i := slices.IndexFunc(all, func(u *hsm.User) bool { return mentions(line, u.Name) })
	if i < 0 {
		return nil
	}
	return all[i]
}

// everybody are the users of the daemon's cluster.
func (w *World) everybody() (users []*hsm.User) {
	w.machine.Do(func() {
		for _, n := range w.cluster.Nodes {
			users = append(users, n.HSM.Users...)
		}
	})
	return users
}

// mentions reports whether a line has a word, whatever its letters' size; signs part words, too.
func mentions(line, word string) bool {
	return slices.ContainsFunc(wordsOf(line), func(w string) bool { return strings.EqualFold(w, word) })
}

// wordsOf are what blanks and signs part in a line.
func wordsOf(line string) []string {
	return strings.FieldsFunc(line, func(r rune) bool { return strings.ContainsRune(" \t=,:'\"", r) })
}

// spares reports whether a copy has all keys and users as they were but those that the line names.
func (c *failure) spares(was, is *cluster.Cluster) bool {
	for _, n := range was.All() {
		now := is.Node(n.HSM.Node)
		if now == nil {
			if !strings.HasPrefix(c.line, verbs.Tool+" ") {
				return false
			}
			continue
		}
		for _, k := range n.HSM.Keys {
			if k != nil && now.HSM.At(k.Handle) != k && !c.namesKey(k) {
				return false
			}
		}
		for _, u := range n.HSM.Users {
			row := now.HSM.UserByID(u.ID)
			if (row == nil || !slices.Equal(row.Verifier, u.Verifier) || row.Type != u.Type) && !mentions(c.line, u.Name) {
				return false
			}
		}
	}
	return true
}

// namesKey reports whether the line names a key: by its handle, its label or its id.
func (c *failure) namesKey(k *hsm.Key) bool {
	return mentions(c.line, strconv.Itoa(int(k.Handle))) || c.refersTo(k) || k.Label != "" && strings.Contains(c.line, k.Label) || k.Session != 0
}

// refersTo reports whether the line has a key's reference as CloudHSM CLI writes it, with or without
// the zeros in front.
func (c *failure) refersTo(k *hsm.Key) bool {
	return slices.ContainsFunc(wordsOf(c.line), func(w string) bool {
		digits, hex := strings.CutPrefix(w, "0x")
		n, err := strconv.ParseUint(digits, 16, 32)
		return hex && err == nil && uint32(n) == k.Handle
	})
}

// sameSubject reports whether a line that is proposed in place of the one at fault is about the
// same keys and users, as far as that names some.
func (c *failure) sameSubject(line string) bool {
	was, is := strings.Fields(c.line), strings.Fields(line)
	for _, flag := range subjectFlags {
		a, given := behind(was, flag)
		b, _ := behind(is, flag)
		if given && a != b && !strings.HasPrefix(a, "-") {
			return false
		}
	}
	if c.now.Program != cmu.Name || len(is) > len(was) {
		return true
	}
	for _, u := range c.w.everybody() {
		if mentions(line, u.Name) && !mentions(c.line, u.Name) {
			return false
		}
	}
	return len(is) < 2 || len(was) < 2 || !number(is[1]) || is[1] == was[1]
}

// subjectFlags are the options that name the key or the user whom a line is about.
var subjectFlags = []string{"-k", "-o", "--filter", "--username", "--user-name"}

// behind is the word behind an option.
func behind(words []string, flag string) (string, bool) {
	i := slices.Index(words, flag)
	if i < 0 || i+1 >= len(words) {
		return "", false
	}
	return words[i+1], true
}

func number(word string) bool {
	_, err := strconv.Atoi(word)
	return err == nil
}

// told is a line as what ran is taken down; programs of the machine are typed at a tool's prompt,
// too.
func (c *failure) told(line string) (path []string, shown string, secrets []string) {
	tool := c.now.Program
	if word, _, _ := strings.Cut(strings.TrimSpace(line), " "); word == "service" || slices.Contains(rehearsed(), word) {
		tool = bash
	}
	return c.w.told(shell.Ended{Tool: tool, Line: line})
}

// hushed is a line without passwords, which is asked for hidden instead; false where it has one
// that cannot be.
func (c *failure) hushed(line string) (string, bool) {
	_, _, secrets := c.told(line)
	secrets = slices.DeleteFunc(secrets, func(s string) bool { return s == "" })
	for _, secret := range secrets {
		for _, form := range [][2]string{{" -p " + secret, " -hpswd"}, {" --password " + secret, ""}, {" " + secret, " -hpswd"}} {
			if strings.Contains(line, form[0]) {
				line = strings.Replace(line, form[0], form[1], 1)
				break
			}
		}
	}
	_, _, secrets = c.told(line)
	return line, !slices.ContainsFunc(secrets, func(s string) bool { return s != "" }) && !strings.Contains(line, command.Hidden)
}

package sim

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"hsmplay/core/attr"
	"hsmplay/core/cluster"
	"hsmplay/core/hsm"
	"hsmplay/core/retcode"
	"hsmplay/core/shell"
	"hsmplay/core/voice"
)

// saidMax is how many sentences are said of a line, the first of the table.
const saidMax = 4

// sentence is a row of what may be said of a line: the facts of each sentence, none where it is not
// true.
type sentence struct {
	note  voice.ID
	facts func(*dryRun, change) [][]any
}

// conditions are said first: what the rest is true under.
var conditions = []sentence{
	{voice.WouldRefuse, (*dryRun).refusal},
	{voice.WouldIfPassword, granted(hsm.RightPassword)},
	{voice.WouldIfOpens, granted(hsm.Opens)},
	{voice.WouldConfirm, when(func(d *dryRun, _ change) bool { return d.confirmed })},
}

// sentences tell what would change, the most important first.
var sentences = []sentence{
	{voice.WouldFresh, when((*dryRun).fresh)},
	{voice.WouldCluster, (*dryRun).newClusters},
	{voice.WouldRestored, when((*dryRun).restored)},
	{voice.WouldPair, (*dryRun).pair},
	{voice.WouldKey, (*dryRun).madeKey},
	{voice.WouldKeys, (*dryRun).madeKeys},
	{voice.WouldKeyGone, (*dryRun).goneKey},
	{voice.WouldKeysGone, (*dryRun).goneKeys},
	{voice.WouldAttribute, (*dryRun).attributes},
	{voice.WouldShare, shares(true)},
	{voice.WouldUnshare, shares(false)},
	{voice.WouldKeyChanges, (*dryRun).otherwise},
	{voice.WouldUser, (*dryRun).madeUsers},
	{voice.WouldUserGone, (*dryRun).goneUsers},
	{voice.WouldPassword, (*dryRun).passwords},
	{voice.WouldUserChange, (*dryRun).userChanges},
	{voice.WouldNode, (*dryRun).madeNodes},
	{voice.WouldNodeGone, (*dryRun).goneNodes},
	{voice.WouldDown, fallen(func(n *cluster.Node) bool { return !n.Up })},
	{voice.WouldCut, fallen(func(n *cluster.Node) bool { return n.Up && n.Isolated })},
	{voice.WouldUp, (*dryRun).risen},
	{voice.WouldCopy, (*dryRun).copied},
	{voice.WouldMValue, when((*dryRun).mValues)},
	{voice.WouldToken, when((*dryRun).tokens)},
	{voice.WouldLogin, (*dryRun).login},
	{voice.WouldLogout, (*dryRun).logout},
	{voice.WouldStart, (*dryRun).started},
	{voice.WouldLeave, (*dryRun).left},
	{voice.WouldFile, writes(false)},
	{voice.WouldOverwrite, writes(true)},
	{voice.WouldFileGone, (*dryRun).goneFiles},
	{voice.WouldBackup, when(func(d *dryRun, c change) bool { return len(c.nodes) == 0 && !d.fresh(c) && d.backedUp() })},
	{voice.WouldClock, (*dryRun).clock},
	{voice.WouldSetting, when((*dryRun).settings)},
	{voice.WouldAsk, when(func(d *dryRun, _ change) bool { return d.turn.State == Asks })},
	{voice.WouldWait, (*dryRun).waits},
	{voice.WouldIfMatches, granted(hsm.Matches)},
}

// finals tell what of it cannot be undone.
var finals = []sentence{
	{voice.FinalFresh, (*dryRun).lostWorld},
	{voice.FinalKey, (*dryRun).lostKeys},
	{voice.FinalSession, (*dryRun).lostSession},
	{voice.FinalAttribute, when((*dryRun).oneWay)},
	{voice.FinalUser, when(func(d *dryRun, c change) bool { return len(d.goneUsers(c)) > 0 })},
	{voice.FinalNode, when(func(d *dryRun, c change) bool { return len(d.goneNodes(c)) > 0 })},
	{voice.FinalFile, (*dryRun).lostFiles},
}

// tell says what the dry run has come to.
func (d *dryRun) tell(v *Would) {
	if d.f == nil {
		v.Says, v.Final = rendered(d.parsedSays), rendered(d.parsedFinal)
		return
	}
	if !d.known() {
		return
	}
	if d.rehearsal.Stopped() {
		d.untried(v)
		return
	}
	c := d.changeOf()
	says, before := d.say(sentences, c), d.say(conditions, c)
	if len(says) == 0 && d.reads() {
		says = append(says, voice.Say(voice.WouldRead))
	}
	if len(before) > 0 && len(says) == 0 && before[0].ID != voice.WouldRefuse {
		return
	}
	v.Refused = d.refused() != nil
	v.Says = rendered(append(before, says[:min(len(says), saidMax)]...))
	v.Final = rendered(d.say(finals, c))
}

func rendered(notes []voice.Note) []Note {
	list := []Note{}
	for _, n := range notes {
		list = append(list, shell.Render(n))
	}
	return list
}

// say makes the sentences of a table that are true.
func (d *dryRun) say(table []sentence, c change) (notes []voice.Note) {
	for _, row := range table {
		for _, facts := range row.facts(d, c) {
			notes = append(notes, voice.Say(row.note, facts...))
		}
	}
	return notes
}

// when is a sentence without facts.
func when(holds func(*dryRun, change) bool) func(*dryRun, change) [][]any {
	return func(d *dryRun, c change) [][]any {
		if holds(d, c) {
			return [][]any{{}}
		}
		return nil
	}
}

func granted(g hsm.Grant) func(*dryRun, change) [][]any {
	return when(func(d *dryRun, _ change) bool { return slices.Contains(d.rehearsal.Granted, g) })
}

// refused is why an HSM refuses the line, nil where it does not, or the tool does.
func (d *dryRun) refused() error {
	if code := retcode.Of(d.heard.Err); code == retcode.Success || code == retcode.Local {
		return nil
	}
	return d.heard.Err
}

// refusal says why.
func (d *dryRun) refusal(change) [][]any {
	err := d.refused()
	if err == nil {
		return nil
	}
	return [][]any{{"why", because(err)}}
}

// because is the reason of a refusal as a part of a sentence.
func because(err error) string {
	var r hsm.Refusal
	code := retcode.Of(err)
	text := code.Text()
	if row, known := retcode.Lookup(code); known {
		text, _, _ = strings.Cut(row.Cause, ". ")
		text = string(unicode.ToLower(rune(text[0]))) + strings.TrimSuffix(text[1:], ".")
	}
	if errors.As(err, &r) {
		text = r.Reason.Means()
	}
	if code.Public() {
		text += fmt.Sprintf(" (0x%02x)", uint32(code))
	}
	return text
}

// reads reports whether a line that changes nothing ends well, so that this can be said.
func (d *dryRun) reads() bool {
	ran := d.heard.Line != "" && d.heard.Err == nil && d.turn.State == Ready
	return ran && d.heard.Status == 0 && (d.turn.Code == nil || *d.turn.Code == 0)
}

// hsms says how many HSMs of their cluster some are.
func (d *dryRun) hsms(nodes []int) string {
	if len(nodes) == 0 {
		return "no HSM"
	}
	all := 1
	for _, c := range []*cluster.Cluster{d.f.cluster, d.was} {
		if g := c.GroupOf(nodes[0]); g != nil {
			all = len(g.Nodes)
			break
		}
	}
	return ofHSMs(len(nodes), all)
}

// user is the name of a user by his number, on any HSM of the copy.
func (d *dryRun) user(id int) string {
	for _, n := range d.f.cluster.All() {
		if u := n.HSM.UserByID(id); u != nil {
			return u.Name
		}
	}
	return fmt.Sprint(id)
}

func (d *dryRun) fresh(change) bool {
	return len(d.was.Groups) > 0 && d.f.cluster.Called(d.was.Groups[0].ID) == nil
}

func (d *dryRun) newClusters(change) (list [][]any) {
	for _, g := range d.f.cluster.Groups {
		if d.was.Called(g.ID) == nil && len(d.f.cluster.Groups) > 1 {
			list = append(list, []any{"cluster", g.ID, "count", len(g.Nodes)})
		}
	}
	return list
}

// restored reports whether HSMs are others under their old numbers.
func (d *dryRun) restored(c change) bool {
	return !d.fresh(c) && slices.ContainsFunc(d.f.cluster.All(), func(n *cluster.Node) bool {
		was := d.was.Node(n.HSM.Node)
		return was != nil && was.HSM.Serial != n.HSM.Serial
	})
}

// made are the keys that are new, in a cluster that is not.
func (d *dryRun) made(c change) []rowChange[hsm.Key] {
	if d.fresh(c) {
		return nil
	}
	return c.those(rowChange[hsm.Key].made)
}

func (d *dryRun) pair(c change) [][]any {
	keys := d.made(c)
	if len(keys) != 2 || keys[0].is.Material.Class != attr.Public || keys[1].is.Material.Class != attr.PrivateKey {
		return nil
	}
	k := keys[1].is
	return [][]any{{"type", k.Material.Describe(), "hsms", d.hsms(keys[1].on), "public", keys[0].id, "private", keys[1].id, "owner", d.user(k.Owner), "leaves", leaves(k)}}
}

// leaves says whether a key can leave the HSMs.
func leaves(k *hsm.Key) string {
	if k.Has(attr.FlagExtractable) {
		return "extractable"
	}
	return "not extractable"
}

func (d *dryRun) madeKey(c change) [][]any {
	keys := d.made(c)
	if len(keys) != 1 {
		return nil
	}
	k := keys[0].is
	return [][]any{{"type", k.Material.Describe(), "class", k.Material.Class.Name(), "hsms", d.hsms(keys[0].on), "handle", k.Handle, "owner", d.user(k.Owner), "leaves", leaves(k)}}
}

func (d *dryRun) madeKeys(c change) [][]any {
	keys := d.made(c)
	if len(keys) < 2 || d.pair(c) != nil {
		return nil
	}
	return [][]any{{"count", len(keys), "hsms", d.hsms(keys[0].on), "owner", d.user(keys[0].is.Owner)}}
}

// deleted are the token keys that are gone, in a cluster that is there still.
func (d *dryRun) deleted(c change) []rowChange[hsm.Key] {
	if d.fresh(c) {
		return nil
	}
	return c.those(func(k rowChange[hsm.Key]) bool {
		return k.gone() && (k.was.Session == 0 || d.now.User == d.turn.User && len(c.nodes) == 0)
	})
}

func (d *dryRun) goneKey(c change) [][]any {
	keys := d.deleted(c)
	if len(keys) != 1 {
		return nil
	}
	return [][]any{{"handle", keys[0].id, "hsms", d.hsms(d.had(keys[0]))}}
}

// had are the HSMs that had a key.
func (d *dryRun) had(k rowChange[hsm.Key]) (nodes []int) {
	for _, n := range d.was.All() {
		if n.HSM.At(uint32(k.id)) != nil {
			nodes = append(nodes, n.HSM.Node)
		}
	}
	return nodes
}

func (d *dryRun) goneKeys(c change) [][]any {
	keys := d.deleted(c)
	if len(keys) < 2 {
		return nil
	}
	return [][]any{{"count", len(keys)}}
}

// attributes are those that are set otherwise.
func (d *dryRun) attributes(c change) (list [][]any) {
	for _, k := range c.those(rowChange[hsm.Key].changed) {
		if k.was == nil || k.is == nil {
			continue
		}
		for _, row := range changedAttributes(k) {
			value := map[bool]string{false: "0", true: "1"}[k.is.Has(row.Flag)]
			switch row.Attr {
			case attr.Label:
				value = fmt.Sprintf("%q", k.is.Label)
			case attr.Token:
				value = map[bool]string{false: "0", true: "1"}[k.is.Session == 0]
			}
			list = append(list, []any{"attribute", row.Name, "handle", k.id, "value", value})
		}
	}
	return list
}

// changedAttributes are the attributes of a key that are set otherwise.
func changedAttributes(k rowChange[hsm.Key]) (rows []attr.Row) {
	for _, row := range attr.Table {
		differs := row.Flag != 0 && k.was.Has(row.Flag) != k.is.Has(row.Flag)
		switch row.Attr {
		case attr.Label:
			differs = k.was.Label != k.is.Label
		case attr.Token:
			differs = (k.was.Session == 0) != (k.is.Session == 0)
		}
		if differs {
			rows = append(rows, row)
		}
	}
	return rows
}

// shares are the keys that are shared with more users, or with fewer.
func shares(more bool) func(*dryRun, change) [][]any {
	return func(d *dryRun, c change) (list [][]any) {
		for _, k := range c.those(rowChange[hsm.Key].changed) {
			if k.was == nil || k.is == nil {
				continue
			}
			these, others := k.is.Shared, k.was.Shared
			if !more {
				these, others = others, these
			}
			var names []string
			for _, id := range these {
				if !slices.Contains(others, id) && d.isUser(id) {
					names = append(names, d.user(id))
				}
			}
			if len(names) > 0 {
				list = append(list, []any{"handle", k.id, "users", strings.Join(names, ", ")})
			}
		}
		return list
	}
}

func (d *dryRun) isUser(id int) bool { return d.user(id) != fmt.Sprint(id) }

// otherwise are keys that have changed in another way than the other sentences say.
func (d *dryRun) otherwise(c change) (list [][]any) {
	for _, k := range c.those(rowChange[hsm.Key].changed) {
		if k.was != nil && k.is != nil && (k.was.MValue != k.is.MValue || k.was.Manage != k.is.Manage || k.was.ID != k.is.ID) && !d.fresh(c) {
			list = append(list, []any{"handle", k.id, "hsms", d.hsms(k.on)})
		}
	}
	return list
}

func (d *dryRun) madeUsers(c change) (list [][]any) {
	for _, u := range c.users {
		if u.made() && !d.fresh(c) {
			list = append(list, []any{"name", u.is.Name, "type", u.is.Type, "hsms", d.hsms(u.on)})
		}
	}
	return list
}

func (d *dryRun) goneUsers(c change) (list [][]any) {
	for _, u := range c.users {
		if u.gone() && !d.fresh(c) {
			list = append(list, []any{"name", u.was.Name, "hsms", ofHSMs(u.had, len(d.was.Nodes))})
		}
	}
	return list
}

func (d *dryRun) passwords(c change) (list [][]any) {
	for _, u := range c.users {
		if u.changed() && u.was != nil && u.is != nil && !d.fresh(c) && string(u.was.Salt) != string(u.is.Salt) {
			list = append(list, []any{"name", u.is.Name, "hsms", d.hsms(u.on)})
		}
	}
	return list
}

// userChanges are users of whom something else has changed, but for a count of wrong passwords.
func (d *dryRun) userChanges(c change) (list [][]any) {
	for _, u := range c.users {
		if u.changed() && u.was != nil && u.is != nil && !d.fresh(c) && string(u.was.Salt) == string(u.is.Salt) &&
			(string(u.was.Quorum) != string(u.is.Quorum) || string(u.was.TwoFA) != string(u.is.TwoFA)) {
			list = append(list, []any{"name", u.is.Name, "hsms", d.hsms(u.on)})
		}
	}
	return list
}

func (d *dryRun) madeNodes(c change) (list [][]any) {
	for _, n := range c.nodes {
		if n.was == nil && !d.fresh(c) && d.was.Called(d.f.cluster.GroupOf(n.is.HSM.Node).ID) != nil {
			token, session := n.is.HSM.Count()
			list = append(list, []any{"node", n.is.HSM.Node, "keys", howMany(token+session, "key")})
		}
	}
	return list
}

// howMany is a number with its noun.
func howMany(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

func (d *dryRun) goneNodes(c change) (list [][]any) {
	for _, n := range c.nodes {
		if n.is == nil && !d.fresh(c) {
			list = append(list, []any{"node", n.was.HSM.Node})
		}
	}
	return list
}

// fallen are the HSMs that are not reached any more.
func fallen(so func(*cluster.Node) bool) func(*dryRun, change) [][]any {
	return func(d *dryRun, c change) (list [][]any) {
		for _, n := range c.nodes {
			if n.was != nil && n.is != nil && n.was.Reached() && !n.is.Reached() && so(n.is) {
				list = append(list, []any{"node", n.is.HSM.Node, "left", d.f.reached()})
			}
		}
		return list
	}
}

func (d *dryRun) risen(c change) (list [][]any) {
	for _, n := range c.nodes {
		if n.was != nil && n.is != nil && !n.was.Reached() && n.is.Reached() {
			list = append(list, []any{"node", n.is.HSM.Node})
		}
	}
	return list
}

// copied are keys that are on more HSMs than before.
func (d *dryRun) copied(c change) [][]any {
	keys := c.those(func(k rowChange[hsm.Key]) bool { return k.changed() && len(k.fresh) > 0 })
	if len(keys) == 0 || d.fresh(c) || len(d.madeNodes(c)) > 0 || d.restored(c) {
		return nil
	}
	what := howMany(len(keys), "key")
	if len(keys) == 1 {
		what = fmt.Sprintf("key %d", keys[0].id)
	}
	var nodes []string
	for _, n := range keys[0].fresh {
		nodes = append(nodes, fmt.Sprintf("HSM %d", n))
	}
	return [][]any{{"keys", what, "nodes", strings.Join(nodes, ", ")}}
}

// differs reports whether something differs on an HSM that was there before.
func (d *dryRun) differs(c change, on func(was, is *hsm.HSM) bool) bool {
	return !d.fresh(c) && slices.ContainsFunc(d.f.cluster.All(), func(n *cluster.Node) bool {
		was := d.was.Node(n.HSM.Node)
		return was != nil && on(was.HSM, n.HSM)
	})
}

func (d *dryRun) mValues(c change) bool {
	return d.differs(c, func(was, is *hsm.HSM) bool { return was.Quorum.M != is.Quorum.M })
}

func (d *dryRun) tokens(c change) bool {
	return d.differs(c, func(was, is *hsm.HSM) bool { return !slices.Equal(was.Quorum.Tokens, is.Quorum.Tokens) })
}

// settings reports whether something else has changed that no sentence tells of.
func (d *dryRun) settings(c change) bool {
	was, is := d.was, d.f.cluster
	if was.Settings != is.Settings || was.Daemon != is.Daemon || was.Disabled != is.Disabled {
		return true
	}
	return slices.ContainsFunc(c.nodes, func(n nodeChange) bool {
		return n.was != nil && n.is != nil && (n.was.Delay != n.is.Delay || n.was.HSM.Firmware != n.is.HSM.Firmware)
	}) || d.differs(c, func(was, is *hsm.HSM) bool {
		return was.MTLS.Enforced != is.MTLS.Enforced || len(was.MTLS.Anchors) != len(is.MTLS.Anchors)
	})
}

func (d *dryRun) login(change) [][]any {
	if d.turn.User == "" || d.turn.User == d.now.User || d.turn.Program != d.now.Program {
		return nil
	}
	return [][]any{{"user", d.turn.User, "hsms", d.f.hsms(d.f.reached())}}
}

func (d *dryRun) logout(change) [][]any {
	if d.now.User == "" || d.turn.User == d.now.User {
		return nil
	}
	return [][]any{{"user", d.now.User}}
}

func (d *dryRun) started(change) [][]any {
	if d.now.Program != bash || d.turn.Program == bash || d.turn.State == shell.Closed {
		return nil
	}
	return [][]any{{"program", d.turn.Program}}
}

func (d *dryRun) left(change) [][]any {
	if d.now.Program == bash || d.turn.Program != bash {
		return nil
	}
	return [][]any{{"program", d.now.Program}}
}

// writes are the files that are written: new ones, or in place of others.
func writes(over bool) func(*dryRun, change) [][]any {
	return func(d *dryRun, c change) (list [][]any) {
		for _, f := range c.files {
			if f.is != nil && (f.was != nil) == over && d.tells(f.is.Path) {
				list = append(list, []any{"file", d.shown(f.is.Path)})
			}
		}
		return list
	}
}

// tells reports whether a file is told of: one that is somebody's, and no tool's own.
func (d *dryRun) tells(name string) bool {
	return strings.HasPrefix(name, shell.Home+"/") || strings.HasPrefix(name, "/tmp/")
}

// shown is a file as it is called where the line is typed.
func (d *dryRun) shown(name string) string { return voice.OneLine(strings.TrimPrefix(name, d.dir+"/")) }

func (d *dryRun) goneFiles(c change) (list [][]any) {
	for _, f := range c.files {
		if f.is == nil && d.tells(f.was.Path) {
			list = append(list, []any{"file", d.shown(f.was.Path)})
		}
	}
	return list
}

func (d *dryRun) lostFiles(c change) (list [][]any) {
	for _, f := range c.files {
		if f.lost() && d.tells(f.was.Path) {
			list = append(list, []any{"file", d.shown(f.was.Path)})
		}
	}
	return list
}

func (d *dryRun) backedUp() bool {
	was, is := d.was.Backups, d.f.cluster.Backups
	return len(is) > 0 && (len(was) == 0 || was[len(was)-1].ID != is[len(is)-1].ID)
}

func (d *dryRun) clock(change) [][]any {
	if ms := d.f.cluster.Now - d.was.Now; ms > 0 && d.f.cluster.Called(d.was.ID) != nil {
		return [][]any{{"time", fmt.Sprintf("%g s", float64(ms)/1000)}}
	}
	return nil
}

func (d *dryRun) waits(change) [][]any {
	if d.turn.State != Waits || d.turn.Wait == nil {
		return nil
	}
	var about strings.Builder
	for _, p := range d.turn.Wait.About {
		about.WriteString(p.Text)
	}
	return [][]any{{"about", strings.TrimSuffix(about.String(), ".")}}
}

// lostWorld counts what goes with a cluster that is replaced.
func (d *dryRun) lostWorld(c change) [][]any {
	if !d.fresh(c) {
		return nil
	}
	seen := map[uint32]bool{}
	for _, n := range d.was.All() {
		for _, k := range n.HSM.Keys {
			if k != nil {
				seen[k.Handle] = true
			}
		}
	}
	return [][]any{{"keys", howMany(len(seen), "key"), "users", howMany(len(d.was.Nodes[0].HSM.Users), "user")}}
}

// lostKeys are there where a token key is gone from all HSMs.
func (d *dryRun) lostKeys(c change) [][]any {
	n := 0
	for _, k := range d.deleted(c) {
		if k.was.Session == 0 {
			n++
		}
	}
	if n == 0 {
		return nil
	}
	return [][]any{{"count", n}}
}

func (d *dryRun) lostSession(c change) [][]any {
	if n := c.sessionKeys(); n > 0 && !d.fresh(c) && len(d.goneKey(c)) == 0 {
		return [][]any{{"count", n}}
	}
	return nil
}

// oneWay reports whether an attribute is set that cannot be set back.
func (d *dryRun) oneWay(c change) bool {
	return slices.ContainsFunc(c.those(rowChange[hsm.Key].changed), func(k rowChange[hsm.Key]) bool {
		return k.was != nil && k.is != nil && slices.ContainsFunc(changedAttributes(k), func(row attr.Row) bool { return row.Way != attr.BothWays })
	})
}

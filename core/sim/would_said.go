package sim

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"

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
	{voice.WouldIfSound, granted(hsm.Sound)},
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

package sim

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"hsmplay/core/cluster"
	"hsmplay/core/cmu"
	"hsmplay/core/command"
	"hsmplay/core/hsm"
	"hsmplay/core/retcode"
	"hsmplay/core/shell"
	"hsmplay/core/view"
	"hsmplay/core/voice"
)

// Verbs are the playground's own commands on the cluster, as `hsm stop 2`. A new one is a row here.
var verbs = command.Table[*World]{Tool: "hsm", Lead: "hsm ", Specs: slices.Concat([]command.Spec[*World]{
	{Name: "status", Means: "shows each HSM: address, state, keys", Run: (*World).status},
	{Name: "stop", Means: "switches an HSM off", Params: ofNode,
		Run: onNode((*cluster.Cluster).Stop, "stopped")},
	{Name: "start", Means: "switches an HSM on", Params: ofNode,
		Run: onNode((*cluster.Cluster).Start, "started")},
	{Name: "isolate", Means: "cuts an HSM off from client and cluster", Params: ofNode,
		Run: onNode((*cluster.Cluster).Isolate, "cut off")},
	{Name: "heal", Means: "connects a cut-off HSM again", Params: ofNode,
		Run: onNode((*cluster.Cluster).Heal, "connected")},
	{Name: "delay", Means: "sets how long copies to an HSM take", Run: (*World).delay,
		Params: []command.Param{nodeParam, {Value: "time", Means: "such as 500ms or 2s; 0 for none",
			Example: "500ms", Reads: timeIn("ms")}}},
	{Name: "tamper", Means: "changes an HSM's firmware, or puts it right", Params: ofNode,
		Run: (*World).tamper},
	{Name: "audit", Means: "shows an HSM's audit log and checks its chain", Run: (*World).audit,
		Params: []command.Param{nodeParam, {Flag: "--all", Kind: command.Switch, Optional: true,
			Means: "every entry, not only the newest"}}},
	{Name: "add", Means: "adds an HSM to the cluster", Run: (*World).add,
		Params: []command.Param{{Flag: "--to", Value: "CLUSTER", Optional: true,
			Means: "another cluster than the daemon's", Example: "cluster-abcdefghijk"}}},
	{Name: "remove", Means: "takes an HSM out of the cluster", Params: ofNode,
		Run: onNode((*cluster.Cluster).Remove, "removed")},
}, backupVerbs, []command.Spec[*World]{
	initializeVerb,
	selftestVerb,
	{Name: "clock", Means: "lets simulated time pass", Run: (*World).clock,
		Params: []command.Param{{Value: "time", Means: "such as +60s or +10m",
			Example: "+60s", Reads: timeIn("s")}}},
	{Name: "profile", Means: "sets the tools' output generation, or their banner",
		Run: (*World).profile,
		Params: []command.Param{
			{Value: "profile", Kind: command.Choices, Optional: true, Values: profileWords(),
				Means: "the output generation, or the banner; without it both are shown"},
			{Value: "on|off", Kind: command.Choices, Optional: true, Values: []command.Value{
				{Word: "on", Means: "the banner is printed"}, {Word: "off", Means: "it is not"}},
				Means: "whether key_mgmt_util prints its banner"}}},
	{Name: "new", Means: "replaces the cluster by a fresh one; files stay", Run: (*World).renew,
		Params: []command.Param{
			{Flag: "--nodes", Value: "N", Kind: command.Number, Min: 1, Max: cluster.NodesMax,
				Optional: true, Means: "how many HSMs, 1 to 28", Example: "3"},
			{Flag: "--non-fips", Kind: command.Switch, Optional: true,
				Means: "HSMs that are not in FIPS mode"},
			{Flag: "--type", Value: "TYPE", Kind: command.Choices, Optional: true,
				Means: "the type of the HSMs", Values: models()},
			{Flag: "--beside", Kind: command.Switch, Optional: true,
				Means: "the old cluster stays, and an unrelated one stands beside it"},
			{Flag: "--uninitialized", Kind: command.Switch, Optional: true,
				Means: "one HSM, to be initialized and activated by you"},
			{Flag: "--initialized", Kind: command.Switch, Optional: true,
				Means: "one HSM that trusts this machine's customerCA.crt, to be activated by you"},
			{Flag: "--keys", Value: "N", Kind: command.Number, Min: 1, Max: 3300, Optional: true,
				Means: "how many keys fit", Example: "10"},
			{Flag: "--sessions", Value: "N", Kind: command.Number, Min: 1, Max: 1024, Optional: true,
				Means: "how many sessions fit", Example: "2"}}},
}), Style: command.Style{Quotes: command.ShellQuotes, Help: []string{"--help"},
	Usage: verbUsage, Refuse: refuseVerb}}

// models are the types of HSM that a cluster may have.
func models() (values []command.Value) {
	for _, row := range hsm.Models {
		values = append(values, command.Value{Word: string(row.Model), Means: row.Means})
	}
	return values
}

var nodeParam = command.Param{Value: "N", Kind: command.Node,
	Means: "the number of the HSM, from 0", Example: "2"}

// ofNode are the parameters of a verb that is told an HSM, and no more.
var ofNode = []command.Param{nodeParam}

func init() { // live values need the world's type only
	verbs.Fill, verbs.Says, verbs.Called = fillVerb, verbSays, verbCalled
	verbs.Live = func(w *World, p command.Param, _ string) []command.Choice {
		var choices []command.Choice
		switch p.Kind {
		case command.Path:
			for _, f := range view.Below(w.machine.FS(), shell.Home, w.cluster.Wall) {
				choices = append(choices, command.Choice{Word: strings.TrimPrefix(f.Path, shell.Home+"/"), Means: "file", Space: true})
			}
		case command.Node:
			for _, n := range w.cluster.All() {
				choices = append(choices, command.Choice{Word: fmt.Sprint(n.HSM.Node), Means: n.IP + ", " + stateOf(n), Space: true})
			}
		case command.Text:
			choices = w.liveService(p)
		}
		return choices
	}
}

// verbUsage is the usage of a verb.
func verbUsage(s command.Shape) string { return "usage: hsm " + s.Syntax() + "\n" }

// refuseVerb is how `hsm` answers what it cannot read.
func refuseVerb(f command.Fault, s command.Shape) command.Refusal {
	if s.Name == "" {
		return command.Refusal{Text: "hsm: no such verb: " + f.Word + "\n"}
	}
	return command.Refusal{Text: "hsm: " + f.Error() + "\n" + verbUsage(s)}
}

// typing completes and explains the words behind a program's name by its table.
func typing[E any](t command.Table[E], e E) *shell.Typing {
	return &shell.Typing{
		Complete: func(_ func(string) []string, words string, cursor int) command.Completion {
			return t.Complete(e, words, cursor)
		},
		Explain: func(_ func(string) []string, words string, cursor int) command.Explanation {
			return t.Explain(e, words, cursor)
		},
	}
}

// runVerb is the program `hsm`.
func (w *World) runVerb(p *shell.Process) int {
	if len(p.Args) == 1 || slices.Contains([]string{"--help", "-h", "-help", "help"}, p.Args[1]) {
		p.Print(verbHelp())
		return 0
	}
	var out command.Outcome
	p.World(func() {
		w.here = p.Files()
		out = w.several(p.Args[1:], verbs.Carry(w, verbs.MatchWords(p.Args[1:])))
	})
	for _, n := range out.Notes {
		p.Note(n.ID, anys(n.Args)...)
	}
	p.Print(out.Text)
	if out.Err != nil {
		return 1
	}
	return 0
}

func anys(words []string) []any {
	var list []any
	for _, word := range words {
		list = append(list, word)
	}
	return list
}

// verbHelp lists the verbs.
func verbHelp() string {
	var b strings.Builder
	b.WriteString("usage: hsm VERB\n\n")
	for _, s := range verbs.Specs {
		fmt.Fprintf(&b, "  hsm %-28s %s\n", command.Syntax(s), s.Means)
	}
	return b.String()
}

// onNode is a verb that does one thing to one HSM.
func onNode(do func(*cluster.Cluster, int) error, done string) func(*World, command.Args) command.Outcome {
	return func(w *World, args command.Args) command.Outcome {
		n := int(min(args.Int("N"), 1<<30))
		if err := do(w.cluster, n); err != nil {
			return w.refuse(args.Text("N"), err)
		}
		return command.Outcome{Text: fmt.Sprintf("HSM %d %s\n%s", n, done, w.summary())}
	}
}

// refuse says why a verb did nothing.
func (w *World) refuse(n string, err error) command.Outcome {
	all := w.cluster.All()
	return command.Outcome{Text: fmt.Sprintf("hsm: %s: %s\n", n, err), Err: retcode.Local,
		Notes: []voice.Note{voice.Say(voice.NodesAre, "first", all[0].HSM.Node, "last", all[len(all)-1].HSM.Node)}}
}

// stateOf is the word for how a node is.
func stateOf(n *cluster.Node) string {
	switch {
	case !n.Up:
		return "down"
	case n.Isolated:
		return "cut off"
	}
	return "up"
}

// summary is the last line of the verbs: how many HSMs are up.
func (w *World) summary() string {
	reached := 0
	for _, g := range w.cluster.Groups {
		reached += len(g.Reached())
	}
	return fmt.Sprintf("%d of %d HSMs up\n", reached, len(w.cluster.All()))
}

func (w *World) status(command.Args) command.Outcome {
	var b strings.Builder
	for _, g := range w.cluster.Groups {
		if len(w.cluster.Groups) > 1 {
			b.WriteString(w.heading(g) + "\n")
		}
		for _, n := range g.Nodes {
			b.WriteString(nodeLine(n))
		}
	}
	return command.Outcome{Text: b.String() + w.summary() + w.stateLine(), Notes: w.stepNotes()}
}

// nodeLine is what `hsm status` says of an HSM.
func nodeLine(n *cluster.Node) string {
	token, session := n.HSM.Count()
	line := fmt.Sprintf("HSM %-3d %-11s %-8s %d keys", n.HSM.Node, n.IP, stateOf(n), token+session)
	if n.Delay > 0 {
		line += fmt.Sprintf(", copies take %s", time.Duration(n.Delay)*time.Millisecond)
	}
	if n.HSM.Firmware != cluster.Firmware {
		line += ", firmware differs"
	}
	if model := n.HSM.Policy.Model.Row(); model.Model != hsm.HSM1 {
		line += ", " + string(model.Model)
		if !n.HSM.Policy.FIPS {
			line += " outside FIPS mode"
		}
	}
	return line + "\n"
}

func (w *World) delay(args command.Args) command.Outcome {
	n, ms, ok := int(min(args.Int("N"), 1<<30)), int64(0), true
	if text := args.Text("time"); text != "0" {
		ms, ok = milliseconds(text)
	}
	if !ok {
		return badTime(args.Text("time"))
	}
	if err := w.cluster.Delay(n, ms); err != nil {
		return w.refuse(args.Text("N"), err)
	}
	return command.Outcome{Text: fmt.Sprintf("copies to HSM %d take %s\n", n, time.Duration(ms)*time.Millisecond)}
}

// timeMax keeps simulated time far from overflow: ten years.
const timeMax = 10 * 365 * 24 * time.Hour

// milliseconds reads a time such as 500ms, 60s or +10m.
func milliseconds(text string) (int64, bool) {
	d, err := time.ParseDuration(strings.TrimPrefix(text, "+"))
	return d.Milliseconds(), err == nil && d >= 0 && d <= timeMax
}

// timeUnits are the units of times as people write them.
var timeUnits = []struct{ unit, words string }{
	{"ms", "ms msec msecs millis millisecond milliseconds"}, {"s", "s sec secs second seconds"},
	{"m", "m min mins minute minutes"}, {"h", "h hr hrs hour hours"},
}

// timeIn reads times with other words for their units, or without: it is a unit of the first then.
// Days are hours.
func timeIn(unit string) func(string) string {
	return func(text string) string {
		text = strings.ToLower(strings.ReplaceAll(text, " ", ""))
		number := strings.TrimRight(text, "abcdefghijklmnopqrstuvwxyz")
		if _, ok := milliseconds(text); ok {
			return text
		}
		word, n := text[len(number):], strings.TrimPrefix(number, "+")
		plus := number[:len(number)-len(n)]
		if days, err := strconv.Atoi(n); err == nil && days < 1000 && slices.Contains([]string{"d", "day", "days"}, word) {
			return plus + strconv.Itoa(24*days) + "h"
		}
		if word == "" && strings.Trim(n, "0123456789.") == "" && n != "" {
			return checkedTime(number + unit)
		}
		for _, row := range timeUnits {
			if slices.Contains(strings.Fields(row.words), word) {
				return checkedTime(number + row.unit)
			}
		}
		return ""
	}
}

// checkedTime is a time as it stands, "" where it is none.
func checkedTime(text string) string {
	if _, ok := milliseconds(text); !ok {
		return ""
	}
	return text
}

func badTime(text string) command.Outcome {
	return command.Outcome{Text: "hsm: not a time: " + text + "\n", Err: retcode.Local,
		Notes: []voice.Note{voice.Say(voice.TimeForm)}}
}

func (w *World) tamper(args command.Args) command.Outcome {
	n := int(min(args.Int("N"), 1<<30))
	if err := w.cluster.Tamper(n); err != nil {
		return w.refuse(args.Text("N"), err)
	}
	if w.cluster.Node(n).HSM.Firmware == cluster.Firmware {
		return command.Outcome{Text: fmt.Sprintf("HSM %d has its genuine firmware again\n", n)}
	}
	return command.Outcome{Text: fmt.Sprintf("HSM %d now runs changed firmware\n", n),
		Notes: []voice.Note{voice.Say(voice.AttestFinds)}}
}

// auditShown is how many entries `hsm audit` shows.
const auditShown = 10

// audit shows the audit log of an HSM, the newest entry last.
func (w *World) audit(args command.Args) command.Outcome {
	id := int(min(args.Int("N"), 1<<30))
	n := w.cluster.Node(id)
	if n == nil {
		return w.refuse(args.Text("N"), cluster.ErrNoSuchNode)
	}
	log := &n.HSM.Audit
	entries := log.Entries
	var b strings.Builder
	if older := len(entries) - auditShown; older > 0 && !args.Has("--all") {
		entries = entries[older:]
		fmt.Fprintf(&b, "%d older entries: hsm audit %d --all\n\n", older, id)
	}
	var notes []voice.Note
	for _, e := range entries {
		b.WriteString(e.String() + "\n")
		if !e.Code.Public() {
			notes = []voice.Note{voice.Say(voice.AuditNoNumber)}
		}
	}
	if err := log.Verify(); err != nil {
		return command.Outcome{Text: b.String() + err.Error() + "\n", Err: retcode.Local, Notes: notes}
	}
	fmt.Fprintf(&b, "%d entries, the chain is whole\n", len(log.Entries))
	return command.Outcome{Text: b.String(), Notes: notes}
}

func (w *World) add(args command.Args) command.Outcome {
	to := w.cluster.Group
	if id := args.Text("--to"); id != "" {
		i := slices.IndexFunc(w.cluster.Groups, func(g *cluster.Group) bool { return g.ID == id })
		if i < 0 {
			return command.Outcome{Text: "hsm: no such cluster: " + id + "\n", Err: retcode.Local,
				Notes: []voice.Note{voice.Say(voice.NoSuchCluster)}}
		}
		to = w.cluster.Groups[i]
	}
	n, err := w.cluster.AddTo(to)
	switch {
	case errors.Is(err, cluster.ErrNotActive):
		return refused(err, voice.Say(voice.NotActive, "state", to.State()))
	case err != nil:
		return refused(err, voice.Say(voice.RemoveOne))
	}
	return command.Outcome{Text: fmt.Sprintf("HSM %d added\n%s", n, w.summary())}
}

func (w *World) clock(args command.Args) command.Outcome {
	ms, ok := milliseconds(args.Text("time"))
	if !ok {
		return badTime(args.Text("time"))
	}
	w.cluster.Advance(ms)
	return command.Outcome{Text: "clock " + strconv.FormatFloat(float64(w.cluster.Now)/1000, 'f', -1, 64) + " s\n"}
}

func (w *World) renew(args command.Args) command.Outcome {
	o := w.options.fresh()
	o.Nodes, o.NonFIPS, o.Model = int(args.Int("--nodes")), args.Has("--non-fips"), hsm.Model(args.Text("--type"))
	o.KeysMax, o.SessMax = int(args.Int("--keys")), int(args.Int("--sessions"))
	o.Seed = w.cluster.Chance.Uint64()
	o.Wall = w.cluster.Wall + w.cluster.Now
	initialized := args.Has("--initialized")
	if o.Uninitialized = args.Has("--uninitialized") || initialized; o.Uninitialized && o.Nodes > 1 {
		return refused(errOneHSM, voice.Say(voice.OneUntilActive))
	}
	if args.Has("--beside") {
		return w.beside(o)
	}
	anchor, err := w.hostAnchor()
	if err != nil {
		return refused(err, voice.Say(voice.NoCertificate, "file", cmu.Anchor, "why", command.FileReason(err)))
	}
	before := configured(w.cluster)
	w.cluster.Renew(o)
	w.progress = progress{}
	switch {
	case initialized:
		err = w.cluster.InitializeFor(anchor)
	case anchor != nil && !o.Uninitialized:
		w.cluster.Adopt(anchor)
	}
	if err = errors.Join(err, w.setUp(before)); err != nil {
		return refused(err)
	}
	switch {
	case initialized:
		return command.Outcome{Text: "a fresh cluster of one HSM: " + w.stateLine(), Notes: w.stepNotes()}
	case o.Uninitialized:
		return w.handOut()
	}
	notes := []voice.Note{voice.Say(voice.Renewed)}
	if !w.cluster.Older() {
		notes = append(notes, voice.Say(voice.OlderTools, "type", w.cluster.Model().Name()))
	}
	return command.Outcome{Text: fmt.Sprintf("a fresh cluster of %d HSMs\n", len(w.cluster.Nodes)), Notes: notes}
}

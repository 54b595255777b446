package cluster

import (
	"context"
	"errors"
	"slices"

	"hsmplay/core/hsm"
	"hsmplay/core/mech"
	"hsmplay/core/retcode"
)

// Request is keys to be made: one, or the halves of a pair.
type Request struct {
	Recipe    mech.Recipe
	Templates []hsm.Template // one per material of the recipe
	Servers   int            // -min_srv: on how many HSMs they must be, at least 1; session keys are on one whatever it says
	Timeout   int64          // -timeout in milliseconds of simulated time; 0 waits until Servers is reached
	Attest    bool           // -attest: refuse where the firmware is not the cluster's
}

// Creation is keys being made. One HSM makes them, then they are copied to every reached HSM. It
// ends in success when all reached HSMs have them or the time is over, and at least Servers have;
// otherwise no key is left anywhere (spec/kmu.md 2.7).
type Creation struct {
	Err     error      // why nothing was made, once done; a retcode.Code or hsm.Refusal inside
	Keys    []*hsm.Key // as placed; empty before
	Answers []Answer   // once done: the nodes to list in the cluster block
	Servers int        // how many HSMs are needed
	Stopped bool       // the making of the material was given up
	Since   int64
	Until   int64 // 0 for no end

	cluster  *Cluster
	client   *Client
	request  Request
	command  int64 // that asks for them
	terminal int
	args     []Arg
	recipe   *carriedOut
	job      *hsm.Job[[]*hsm.Key] // of the primary
	worked   bool                 // Work is over: only the owner's calls read it, because Work runs without the world's lock
	ready    bool                 // what Work made may be used
	primary  *Node
	arrivals []arrival
	placed   bool
	done     bool
}

// carriedOut is a recipe that is carried out once, whichever HSM the keys are asked of in the end.
type carriedOut struct {
	mech.Recipe
	over      bool
	materials []*mech.Material
	err       error
}

// Make makes the material when it is first asked for.
func (r *carriedOut) Make(ctx context.Context, source mech.Source) ([]*mech.Material, error) {
	if !r.over {
		r.materials, r.err = r.Recipe.Make(ctx, source)
		r.over = true
	}
	return r.materials, r.err
}

// arrival is a copy on its way.
type arrival struct {
	node *Node
	from int
	at   int64
}

// BadFirmware is the refusal of -attest: an HSM whose firmware has another digest. It unwraps to
// retcode.Policy.
type BadFirmware struct{ Node int }

// Error names the node.
func (e BadFirmware) Error() string {
	return "firmware of node " + handleText(uint32(e.Node)) + " differs"
}

// Unwrap returns the code that the tool prints.
func (e BadFirmware) Unwrap() error { return retcode.Policy }

// Create begins to make keys. The creation may be done at once; otherwise a slow recipe wants
// [Creation.Work], and then the clock or a fault ends it.
func (cl *Client) Create(r Request) *Creation {
	if _, there := r.Recipe.(*hsm.Arrival); cl.cluster.rehearsal != nil && !there {
		r.Recipe = hsm.StandIn{Templates: r.Templates, Recipe: r.Recipe}
	}
	c := &Creation{cluster: cl.cluster, client: cl, request: r, recipe: &carriedOut{Recipe: r.Recipe}, Since: cl.cluster.Now,
		command: cl.cluster.Command, terminal: cl.cluster.Terminal, args: creating(r),
		Servers: max(r.Servers, cl.least(), 1)}
	if r.Timeout > 0 {
		c.Until = later(c.Since, r.Timeout)
	}
	if !c.ask() {
		return c
	}
	if c.job.Err != nil {
		c.refuse(c.job.Err)
		return c
	}
	cl.cluster.creations = append(cl.cluster.creations, c)
	if !c.job.Slow {
		c.Work(context.Background())
		c.Done()
	}
	return c
}

// Slow reports whether Work is still to be done.
func (c *Creation) Slow() bool { return !c.done && !c.worked }

// Work makes the material. It touches nothing of the cluster, so the caller may run it without the
// world's lock, and calls nothing else of the creation meanwhile.
func (c *Creation) Work(ctx context.Context) {
	c.job.Work(ctx)
	c.worked = true
}

// Done reports whether the creation has ended; it goes on first where material is there.
func (c *Creation) Done() bool {
	c.ready = c.ready || c.worked
	c.step()
	return c.done
}

// Holders returns how many reached HSMs have the keys.
func (c *Creation) Holders() int {
	count := 0
	for _, n := range c.client.nodes() {
		if c.heldBy(n) {
			count++
		}
	}
	return count
}

// Abandon gives up: the keys are removed wherever they are. It answers as an expired timeout does.
func (c *Creation) Abandon() {
	if !c.done {
		c.fail(retcode.ServerUnavailable, c.reachedAnswers())
	}
}

// ask asks the HSM that answers for the keys, unless it is the one that was asked; false ends the
// creation, where there is none.
func (c *Creation) ask() bool {
	primary, err := c.client.primary()
	if err != nil {
		c.fail(err, nil)
		return false
	}
	if primary != c.primary {
		c.primary = primary
		c.job = primary.HSM.Generate(c.client.Session, hsm.GenerateRequest{Recipe: c.recipe, Source: c.cluster.Source,
			Templates: c.request.Templates, Elsewhere: c.checkOthers,
			Free: func(from int) int { return c.cluster.freeSlot(c.client.group(), from) }})
	}
	return true
}

// refuse ends the creation with the refusal of the HSM that was asked.
func (c *Creation) refuse(err error) {
	c.record(Event{From: FromClient, Node: c.primary.HSM.Node, Op: "generate", Args: c.args, Code: retcode.Of(err)})
	c.fail(err, refusalBlock(c.primary, err))
}

// record remembers an event of the command that has asked for the keys, whoever acts now.
func (c *Creation) record(e Event) {
	e.Command, e.Terminal = c.command, c.terminal
	c.cluster.record(e)
}

// refusalBlock is the cluster block of a refusal: the node that executed it, worded as unavailable,
// although it is well (spec/kmu.md 2.5). Without a login there is none.
func refusalBlock(n *Node, err error) []Answer {
	if retcode.Of(err) != retcode.Policy {
		return nil
	}
	return []Answer{{n.HSM.Node, retcode.ServerUnavailable}}
}

// checkOthers makes sure that an id is new in the whole cluster, and with -attest that all firmware
// is genuine.
func (c *Creation) checkOthers() error {
	for _, n := range c.client.known() {
		if c.request.Attest && n.Reached() && n.HSM.Firmware != Firmware {
			return BadFirmware{n.HSM.Node}
		}
		if i := slices.IndexFunc(c.request.Templates, n.HSM.IDTaken); i >= 0 {
			return hsm.Refusal{Reason: hsm.IDTaken, ID: c.request.Templates[i].ID}
		}
	}
	if have := len(c.client.nodes()); c.client.whole != "" && !c.request.Templates[0].InSession && have < c.Servers {
		return NotAvailable{Have: have, Need: c.Servers}
	}
	return nil
}

// step goes on as far as it can: places the keys once there is material, starts copies, lets those
// arrive that are due, and ends when nothing more is to be waited for.
func (c *Creation) step() {
	expired := c.Until > 0 && c.cluster.Now >= c.Until
	switch {
	case c.done:
	case !c.ready && expired:
		c.fail(retcode.ServerUnavailable, c.reachedAnswers())
	case !c.ready, !c.placed && !c.place():
	case c.Keys[0].Session != 0:
		c.succeed([]Answer{{Node: c.primary.HSM.Node}})
	default:
		c.spread(expired)
	}
}

// spread copies the keys, and ends when they are where they can be, when the time is over, or when
// they are gone.
func (c *Creation) spread(expired bool) {
	c.plan()
	c.arrive()
	have, all := c.Holders(), len(c.arrivals) == 0
	switch {
	case have >= c.Servers && (all || expired):
		c.succeed(c.holderAnswers())
	case c.client.whole != "" && all: // the others will not have them
		c.fail(NotAvailable{Have: have, Need: c.Servers}, nil)
	case expired, c.lost():
		c.fail(retcode.ServerUnavailable, c.reachedAnswers())
	}
}

// lost reports whether no HSM has the keys any more: somebody deleted one, or the only HSM was
// removed.
func (c *Creation) lost() bool {
	g := c.client.group()
	return g == nil || !slices.ContainsFunc(g.Nodes, func(n *Node) bool { return c.heldBy(n) && !g.buried(n, c.Keys) })
}

// place has the primary store the keys; another one, if it is another by now, takes the material.
func (c *Creation) place() bool {
	if errors.Is(c.recipe.err, context.Canceled) {
		c.Stopped = true
		c.fail(retcode.ServerUnavailable, c.reachedAnswers())
		return false
	}
	if c.recipe.err != nil {
		c.fail(c.recipe.err, nil)
		return false
	}
	if !c.ask() {
		return false
	}
	c.job.Work(context.Background()) // for a primary that is new; what was made is not made again
	keys, err := c.job.Finish()
	if err != nil { // making an RSA key takes a while: the world may have changed
		c.refuse(err)
		return false
	}
	c.Keys, c.placed = keys, true
	c.auditSpread()
	c.record(Event{From: FromClient, Node: c.primary.HSM.Node, Op: "generate", Detail: c.detail(), Args: c.args})
	return true
}

// auditSpread records that the keys go out to the other HSMs.
func (c *Creation) auditSpread() {
	for _, k := range c.Keys {
		if k.Session == 0 && len(c.client.nodes()) > 1 {
			c.primary.HSM.LogKeys(hsm.CNExtractMasked, c.client.Session, nil, k.Handle)
		}
	}
}

// freeSlot returns the lowest slot from the given one on that is free on every HSM of a cluster,
// also on those that are down.
//
// It is free in the other clusters too, so that what is made in one does not stand in the way of a
// copy from another, as long as there are slots enough.
func (c *Cluster) freeSlot(g *Group, from int) int {
	nodes := c.All()
	for _, n := range g.Nodes {
		from = max(from, n.HSM.Leading())
	}
	for slot := from; ; slot++ {
		if slot >= slotsShared && len(nodes) > len(g.Nodes) {
			nodes, slot = g.Nodes, from
		}
		if !taken(nodes, slot) {
			return slot
		}
	}
}

// slotsShared is how many slots the clusters share out among each other.
const slotsShared = 2 * hsm.KeysMax

// taken reports whether one of the HSMs has a key in a slot.
func taken(nodes []*Node, slot int) bool {
	for _, n := range nodes {
		if slot < len(n.HSM.Keys) && n.HSM.Keys[slot] != nil {
			return true
		}
	}
	return false
}

// plan sends a copy to every reached HSM that lacks the keys and has none on its way, and forgets
// copies to HSMs that are reached no more.
func (c *Creation) plan() {
	c.arrivals = slices.DeleteFunc(c.arrivals, func(a arrival) bool { return !a.node.Reached() || c.heldBy(a.node) })
	source := c.source()
	if source == nil {
		c.arrivals = nil
		return
	}
	for _, n := range c.client.nodes() {
		onWay := slices.ContainsFunc(c.arrivals, func(a arrival) bool { return a.node == n })
		if !onWay && !c.heldBy(n) && n.HSM.Accepts(source.HSM, c.Keys...) {
			at := later(c.cluster.Now, source.Delay+n.Delay)
			c.arrivals = append(c.arrivals, arrival{n, source.HSM.Node, at})
		}
	}
}

// source returns a reached HSM that has the keys, or nil.
func (c *Creation) source() *Node {
	for _, n := range c.client.nodes() {
		if c.heldBy(n) {
			return n
		}
	}
	return nil
}

// arrive stores the copies that are due, as the keys are now: their owner may have changed them on
// the way.
func (c *Creation) arrive() {
	c.arrivals = slices.DeleteFunc(c.arrivals, func(a arrival) bool {
		if a.at > c.cluster.Now {
			return false
		}
		source := c.source()
		if !a.node.HSM.Accepts(source.HSM, c.Keys...) { // other copies have filled it meanwhile
			return true
		}
		for _, k := range c.Keys {
			if a.node.holds(k) { // one of a pair came by syncKey meanwhile, and may have been changed there
				continue
			}
			a.node.HSM.PutCopy(source.HSM, source.HSM.At(k.Handle))
			a.node.HSM.LogKeys(hsm.CNInsertMasked, c.client.Session, nil, k.Handle)
		}
		c.record(Event{From: a.from, Node: a.node.HSM.Node, Op: "copy", Detail: c.detail()})
		return true
	})
}

// heldBy reports whether a node has all the keys.
func (c *Creation) heldBy(n *Node) bool {
	return len(c.Keys) > 0 && !slices.ContainsFunc(c.Keys, func(k *hsm.Key) bool { return !n.holds(k) })
}

// holds reports whether a node has a key. Material tells it from later keys with the same handle.
func (n *Node) holds(k *hsm.Key) bool {
	held := n.HSM.At(k.Handle)
	return held != nil && held.Material == k.Material
}

func (c *Creation) detail() string {
	text := ""
	for i, k := range c.Keys {
		if i > 0 {
			text += " "
		}
		text += handleText(k.Handle)
	}
	return text
}

func (c *Creation) holderAnswers() []Answer {
	var answers []Answer
	for _, n := range c.client.nodes() {
		if c.heldBy(n) {
			answers = append(answers, Answer{Node: n.HSM.Node})
		}
	}
	return answers
}

// reachedAnswers lists every reached HSM as having answered that too few HSMs are there.
func (c *Creation) reachedAnswers() []Answer {
	var answers []Answer
	for _, n := range c.client.nodes() {
		answers = append(answers, Answer{n.HSM.Node, retcode.ServerUnavailable})
	}
	return answers
}

func (c *Creation) succeed(answers []Answer) {
	c.Answers = answers
	if arrival, ok := c.request.Recipe.(*hsm.Arrival); ok {
		for _, k := range arrival.Placed() {
			c.client.spend(k)
		}
	}
	c.end()
}

// fail removes what was made.
func (c *Creation) fail(err error, answers []Answer) {
	if g := c.client.group(); g != nil {
		for _, k := range c.Keys {
			g.bury(k)
		}
	}
	c.Err, c.Answers = err, answers
	c.cluster.unsure = true // room for others
	c.end()
}

func (c *Creation) end() {
	c.done, c.arrivals = true, nil
	c.cluster.creations = slices.DeleteFunc(c.cluster.creations, func(o *Creation) bool { return o == c })
	if g := c.client.group(); g != nil {
		synchronising := slices.ContainsFunc(g.Nodes, func(n *Node) bool { return n.SyncAt > 0 })
		if synchronising || len(c.Answers) < len(g.Reached()) { // room has gone, or an HSM lacks them
			c.cluster.unsure = true
		}
	}
	c.cluster.settle()
}

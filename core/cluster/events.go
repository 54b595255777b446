package cluster

import (
	"strconv"

	"hsmplay/core/retcode"
)

// FromClient is the From of a call that a client made; otherwise it is the node that a copy came
// from.
const FromClient = -1

// Event is one call to one HSM. The drawing's movement, the spoken log and the call log read these,
// and nothing else; arguments carry no secrets, see [Arg].
type Event struct {
	Seq      int64
	Command  int64 // which typed command caused it; 0 for what the HSMs do by themselves
	Terminal int   // in which that command runs; 0 for none
	Time     int64 // simulated milliseconds
	From     int
	Node     int
	Op       string
	Detail   string
	Args     []Arg // beside Detail; calls to several HSMs share them
	Code     retcode.Code
}

// eventsMax is how many events are remembered.
const eventsMax = 512

// record remembers an event and gives it number, time and cause.
func (c *Cluster) record(e Event) {
	c.lastEvent++
	if c.rehearsal != nil {
		c.rehearsal.Calls++
	}
	e.Seq, e.Time = c.lastEvent, c.Now
	if e.Command == 0 {
		e.Command, e.Terminal = c.Command, c.Terminal
	}
	if len(c.events) >= 2*eventsMax {
		c.events = append(c.events[:0:0], c.events[eventsMax:]...)
	}
	c.events = append(c.events, e)
}

// Events returns the remembered events after a sequence number, oldest first.
func (c *Cluster) Events(after int64) []Event {
	i := len(c.events)
	for i > 0 && c.events[i-1].Seq > after {
		i--
	}
	return c.events[i:]
}

// ForgetEvents lets go what is remembered of events; their numbers go on.
func (c *Cluster) ForgetEvents() { c.events = nil }

// EventsOf returns the numbers of the first and the last remembered event that a command in a
// terminal has caused after a sequence number; none where there is no such event.
func (c *Cluster) EventsOf(terminal int, after int64) []int64 {
	var seqs []int64
	for _, e := range c.Events(after) {
		switch {
		case e.Terminal != terminal:
		case seqs == nil:
			seqs = []int64{e.Seq, e.Seq}
		default:
			seqs[1] = e.Seq
		}
	}
	return seqs
}

// NumberFrom lets the events that follow have numbers above one, so that those of an engine never
// look like those of another before it.
func (c *Cluster) NumberFrom(seq int64) { c.lastEvent = max(c.lastEvent, seq) }

// LastEvent returns the sequence number of the newest event.
func (c *Cluster) LastEvent() int64 { return c.lastEvent }

func handleText(handle uint32) string { return strconv.FormatUint(uint64(handle), 10) }

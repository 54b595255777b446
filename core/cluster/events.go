package cluster

import (
	"strconv"

	"hsmplay/core/retcode"
)

// FromClient is the From of a call that a client made; otherwise it is the node that a copy came
// from.
const FromClient = -1

// Event is one call to one HSM. The drawing's movement, the spoken log and the call log read these,
// and nothing else; arguments carry no secrets.
type Event struct {
	Seq     int64
	Command int64 // which typed command caused it; 0 for what the HSMs do by themselves
	Time    int64 // simulated milliseconds
	From    int
	Node    int
	Op      string
	Detail  string
	Code    retcode.Code
}

// eventsMax is how many events are remembered.
const eventsMax = 512

// record remembers an event and gives it number, time and cause.
func (c *Cluster) record(e Event) {
	c.lastEvent++
	e.Seq, e.Time, e.Command = c.lastEvent, c.Now, c.Command
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

// LastEvent returns the sequence number of the newest event.
func (c *Cluster) LastEvent() int64 { return c.lastEvent }

func handleText(handle uint32) string { return strconv.FormatUint(uint64(handle), 10) }

package cluster

// timeMax is the end of simulated time in milliseconds, some 35,000 years: sums of times stay far
// from overflow.
const timeMax = 1 << 50

// later returns the moment that is so many milliseconds after another.
func later(at, ms int64) int64 { return min(at+min(max(ms, 0), timeMax), timeMax) }

// Due returns when something happens by itself next: a copy arrives, a wait is over, a
// synchronisation begins. 0 is never. Backups do not count: they show only when somebody looks.
func (c *Cluster) Due() int64 {
	var due int64
	earliest := func(at int64) {
		if at > 0 && (due == 0 || at < due) {
			due = at
		}
	}
	for _, cr := range c.creations {
		earliest(cr.Due())
	}
	for _, n := range c.All() {
		earliest(n.SyncAt)
	}
	return due
}

// Due returns when time alone next changes something about the creation: a copy arrives or the wait
// is over. 0 is never.
func (c *Creation) Due() int64 {
	due := c.Until
	for _, a := range c.arrivals {
		if at := max(a.at, 1); due == 0 || at < due {
			due = at
		}
	}
	return due
}

// Advance lets simulated milliseconds pass; what is due on the way happens in its order and at its
// time.
func (c *Cluster) Advance(ms int64) {
	end := later(c.Now, ms)
	for due := c.Due(); due > 0 && due <= end; due = c.Due() {
		c.pass(due)
		c.fire()
	}
	c.pass(end)
}

// fire does what is due now.
func (c *Cluster) fire() {
	for _, n := range c.All() {
		if n.SyncAt > 0 && n.SyncAt <= c.Now {
			c.synchronise(n)
		}
	}
	c.settle()
}

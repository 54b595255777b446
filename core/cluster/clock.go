package cluster

// Due returns when something happens by itself next: a copy arrives, a wait is over, a synchronisation begins. 0 is
// never.
func (c *Cluster) Due() int64 {
	var due int64
	earliest := func(at int64) {
		if at > 0 && (due == 0 || at < due) {
			due = at
		}
	}
	for _, cr := range c.creations {
		earliest(cr.Until)
		for _, a := range cr.arrivals {
			earliest(max(a.at, 1))
		}
	}
	for _, n := range c.Nodes {
		earliest(n.SyncAt)
	}
	return due
}

// Advance lets simulated milliseconds pass; what is due on the way happens in its order and at its time.
func (c *Cluster) Advance(ms int64) {
	end := c.Now + max(ms, 0)
	for {
		due := c.Due()
		if due == 0 || due > end {
			break
		}
		c.Now = max(c.Now, due)
		c.fire()
	}
	c.Now = end
}

// fire does what is due now.
func (c *Cluster) fire() {
	for _, n := range c.Nodes {
		if n.SyncAt > 0 && n.SyncAt <= c.Now {
			c.synchronise(n)
		}
	}
	c.settle()
}

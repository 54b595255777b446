package main

import (
	"errors"

	"hsmplay/core/sim"
)

// errNoTimeline is for a world that has none: a lesson has its own way back.
var errNoTimeline = errors.New("the world of a lesson has no timeline")

// begin begins the timeline of the page's own world before its first line.
func (d *desk) begin(w *sim.World) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.line == nil && d.own == nil && d.world == w {
		d.line = sim.NewTimeline(w)
	}
}

// take adds a point where a line has ended.
func (d *desk) take(w *sim.World) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.line != nil && d.own == nil && d.world == w {
		d.line.Take(w)
	}
}

// timeline answers with the points.
func (d *desk) timeline(r request) (any, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.timed(); err != nil {
		return nil, err
	}
	return d.line.View(r.From, r.Count), nil
}

// timed makes sure that there is a timeline.
func (d *desk) timed() error {
	switch {
	case d.own != nil:
		return errNoTimeline
	case d.line == nil:
		d.line = sim.NewTimeline(d.world)
	}
	return nil
}

// travel puts the world of a point in place of the one that is there.
func (d *desk) travel(r request) (any, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.timed(); err != nil {
		return nil, err
	}
	next, err := d.line.Go(d.world, int64(r.To))
	if err != nil {
		return nil, err
	}
	d.shut(d.world)
	d.world = next
	return d.line.View(0, r.Count), nil
}

// differs answers with what differs between two points.
func (d *desk) differs(r request) (any, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.timed(); err != nil {
		return nil, err
	}
	return d.line.Differs(int64(r.From), int64(r.To))
}

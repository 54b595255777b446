package main

import (
	"errors"
	"strconv"

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

// lineView is the points as they are shown, and those whose worlds are to be recalled first for
// what was asked.
type lineView struct {
	sim.TimelineView
	Away []int64 `json:"away"`
}

// timeline answers with the points.
func (d *desk) timeline(r request) (any, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.timed(); err != nil {
		return nil, err
	}
	return lineView{d.line.View(r.From, r.Count), []int64{}}, nil
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
	if errors.Is(err, sim.ErrAway) {
		return lineView{d.line.View(0, r.Count), d.line.Away(int64(r.To))}, nil
	}
	if err != nil {
		return nil, err
	}
	d.shut(d.world)
	d.world = next
	return lineView{d.line.View(0, r.Count), []int64{}}, nil
}

// outline is what differs between two points, and those of them whose worlds are to be recalled
// first.
type outline struct {
	sim.Outline
	Away []int64 `json:"away"`
}

// differs answers with what differs between two points.
func (d *desk) differs(r request) (any, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.timed(); err != nil {
		return nil, err
	}
	o, err := d.line.Differs(int64(r.From), int64(r.To))
	if errors.Is(err, sim.ErrAway) {
		return outline{o, d.line.Away(int64(r.From), int64(r.To))}, nil
	}
	return outline{o, []int64{}}, err
}

// points answers with what has changed of the timeline, for the store.
func (d *desk) points(r request) (any, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.own != nil || d.line == nil {
		return points{}, nil
	}
	return points(d.line.Kept(r.Count)), nil
}

// points are rows of a timeline.
type points sim.Kept

// text is the answer as JSON: the worlds are rows with a head each.
func (p points) text() string {
	out := []byte(`{"worlds":[`)
	for i, w := range p.Worlds {
		if i > 0 {
			out = append(out, ',')
		}
		out = append(out, withRows{fields{"id": w.ID, "whole": w.Whole}, w.Rows}.text()...)
	}
	out = append(out, `],"gone":[`...)
	for i, id := range p.Gone {
		if i > 0 {
			out = append(out, ',')
		}
		out = strconv.AppendInt(out, id, 10)
	}
	rows := p.Rows
	if rows == nil {
		rows = map[string]*string{}
	}
	rest := withRows{fields{"hidden": orEmpty(p.Hidden), "more": p.More}, rows}.text()
	return string(append(append(out, `],`...), rest[1:]...))
}

// join puts a timeline that was stored before the one of the world.
func (d *desk) join(r request) (any, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.timed(); err != nil {
		return nil, err
	}
	return fields{}, d.line.Join(r.Stored)
}

// recall brings the world of a point back from the store.
func (d *desk) recall(r request) (any, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.timed(); err != nil {
		return nil, err
	}
	return fields{}, d.line.Recall(d.world, int64(r.To), r.Stored)
}

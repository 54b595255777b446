package main

import (
	"errors"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"hsmplay/core/lesson"
	"hsmplay/core/sim"
)

// desk is the world that the methods are about, and the course. While a lesson is played, the
// world is the lesson's, and the page's own is kept aside.
type desk struct {
	mu       sync.Mutex // guards what is below
	options  sim.Options
	world    *sim.World
	own      *sim.World     // kept aside; nil while it is the world
	line     *sim.Timeline  // of the own world; nil before its first line
	player   *lesson.Player // nil: no lesson is played
	course   []*lesson.Lesson
	words    string   // of the player, in another language than English
	faults   []string // of lessons that cannot be read
	progress lesson.Progress
	quiet    atomic.Bool // while a world ends
}

// newDesk makes an engine's world, fresh or from saved rows.
func newDesk(text string, o sim.Options) (*desk, error) {
	d := &desk{}
	if listen := o.Listen; listen != nil {
		o.Listen = func(t sim.Turn) {
			if !d.quiet.Load() {
				listen(t)
			}
		}
	}
	var err error
	d.options = o
	d.world, err = world(text, o)
	return d, err
}

// shut ends a world that nobody looks at any more: nobody hears of it.
func (d *desk) shut(w *sim.World) {
	d.quiet.Store(true)
	w.Shut()
	d.quiet.Store(false)
}

// on runs a method on the world of the moment.
func (m method) on(d *desk, r request) (any, error) {
	if m.desk != nil {
		return m.desk(d, r)
	}
	d.mu.Lock()
	w := d.world
	d.mu.Unlock()
	if m.name == "type" || r.Type != nil {
		d.begin(w)
	}
	defer d.take(w)
	return m.run(w, r)
}

// act is one thing that is done in the course; each reads the fields it has in the contract.
type act struct {
	Act        string            `json:"act"`
	Files      map[string]string `json:"files"` // texts of lessons by the names of their files
	Says       map[string]string `json:"says"`  // translations by the same names
	Progress   string            `json:"progress"`
	Name       string            `json:"name"`
	Rows       map[string]string `json:"rows"`
	Played     string            `json:"played"`
	Terminal   int               `json:"terminal"`
	Prediction int               `json:"prediction"`
	Choice     int               `json:"choice"`
	Step       int               `json:"step"`
	At         int64             `json:"at"` // milliseconds since 1970
}

// acts are what can be done, by their names.
var acts = map[string]func(*desk, act, *lessonView) error{
	"course": (*desk).readCourse,
	"list":   func(*desk, act, *lessonView) error { return nil },
	"open":   (*desk).open,
	"resume": (*desk).resume,
	"seen":   whilePlaying(func(p *lesson.Player, a act, _ *lessonView) error { p.Observe(a.Terminal, a.At); return nil }),
	"next":   whilePlaying(func(p *lesson.Player, _ act, _ *lessonView) error { p.Next(); return nil }),
	"hint":   whilePlaying(func(p *lesson.Player, _ act, _ *lessonView) error { p.Hint(); return nil }),
	"show": whilePlaying(func(p *lesson.Player, _ act, v *lessonView) error {
		shown := p.ShowMe()
		v.Show = &shown
		return nil
	}),
	"guess": whilePlaying(func(p *lesson.Player, a act, _ *lessonView) error { return p.Guess(a.Prediction, a.Choice) }),
	"back":  (*desk).back,
	"free":  (*desk).free,
	"leave": (*desk).leave,
	"review": func(d *desk, a act, _ *lessonView) error {
		d.progress.Reviews = append(d.progress.Reviews, a.At)
		return nil
	},
	"merge": func(d *desk, a act, _ *lessonView) error {
		other, err := lesson.ReadProgress([]byte(a.Progress))
		if err == nil {
			d.progress.Merge(other)
		}
		return err
	},
}

// lessonView is how the course and the lesson stand.
type lessonView struct {
	Lessons  []lessonRow      `json:"lessons"`
	Faults   []string         `json:"faults"` // of lessons that cannot be read, with file and line
	State    *lesson.State    `json:"state"`  // null: no lesson is played
	Show     *lesson.Shown    `json:"show"`   // after show
	Played   string           `json:"played"` // resumes the lesson; "" for none
	Progress string           `json:"progress"`
	Due      int64            `json:"due"` // when a review is due, milliseconds since 1970; 0 now, -1 not yet
	Review   []lesson.StepRef `json:"review"`
}

// lessonRow is a lesson of the list.
type lessonRow struct {
	Name    string   `json:"name"`
	Title   string   `json:"title"`
	Theme   string   `json:"theme"`
	Minutes int      `json:"minutes"`
	After   []string `json:"after"`
	Ticked  []bool   `json:"ticked"` // its steps
	Fresh   []bool   `json:"fresh"`  // steps that are new since it was played
	Last    int64    `json:"last"`   // when it was played, 0 for never
}

// Errors of the course.
var (
	errNoLesson = errors.New("no such lesson")
	errNoAct    = errors.New("no such act")
	errNotNow   = errors.New("no lesson is played")
)

// act does one thing in the course and tells how it stands then.
func (d *desk) act(r request) (any, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	do, ok := acts[r.Lesson.Act]
	if !ok {
		return nil, errNoAct
	}
	v := &lessonView{}
	if err := do(d, r.Lesson, v); err != nil {
		return nil, err
	}
	d.view(v)
	return v, nil
}

// view fills in how things stand.
func (d *desk) view(v *lessonView) {
	if d.player != nil {
		d.progress.Put(d.player.Record())
		state := d.player.State()
		v.State, v.Played = &state, string(d.player.Save())
	}
	v.Faults, v.Lessons = orEmpty(d.faults), []lessonRow{}
	for _, l := range d.course {
		row := lessonRow{Name: l.Name, Title: l.Title, Theme: l.Theme, Minutes: l.Minutes, After: orEmpty(l.After)}
		row.Ticked, row.Fresh = d.progress.Ticks(l)
		row.Last = d.progress.Last(l)
		v.Lessons = append(v.Lessons, row)
	}
	v.Progress, v.Due, v.Review = string(d.progress.Bytes()), d.progress.Due(d.course), orEmpty(d.progress.Review(d.course))
}

// readCourse reads the lessons and the progress. A dropped folder adds to those that are there.
func (d *desk) readCourse(a act, _ *lessonView) error {
	names := make([]string, 0, len(a.Files))
	for name := range a.Files {
		names = append(names, name)
	}
	slices.Sort(names)
	d.faults = nil
	for _, name := range names {
		l, err := lesson.Read(name, a.Files[name])
		if err == nil && a.Says[name] != "" {
			err = l.Translate(name, a.Says[name])
		}
		if err != nil {
			d.faults = append(d.faults, strings.Split(err.Error(), "\n")...)
			continue
		}
		if i := d.lesson(l.Name); i >= 0 {
			d.course[i] = l
		} else {
			d.course = append(d.course, l)
		}
	}
	if a.Says != nil { // a dropped folder says nothing about the language
		d.words = a.Says[lesson.WordsFile]
	}
	if err := lesson.Speak(lesson.WordsFile, d.words, d.course); err != nil {
		d.faults = append(d.faults, strings.Split(err.Error(), "\n")...)
	}
	if d.player != nil {
		if i := d.lesson(d.player.Lesson().Name); i >= 0 {
			d.player.Speak(d.course[i])
		}
	}
	if a.Progress == "" {
		return nil
	}
	p, err := lesson.ReadProgress([]byte(a.Progress))
	if err == nil {
		d.progress = p
	}
	return err
}

// lesson is the index of a lesson, -1 for none.
func (d *desk) lesson(name string) int {
	return slices.IndexFunc(d.course, func(l *lesson.Lesson) bool { return l.Name == name })
}

// open begins a lesson; the world is kept aside where it is the page's own.
func (d *desk) open(a act, _ *lessonView) error {
	i := d.lesson(a.Name)
	if i < 0 {
		return errNoLesson
	}
	o := d.options
	o.Wall, o.Seed = time.Now().UnixMilli(), uint64(time.Now().UnixNano())
	o.Listen = nil // what makes the world is not shown
	d.play(lesson.Play(d.course[i], sim.New(o), a.At))
	return nil
}

// resume goes on with a lesson that was saved: its world, and how it was played.
func (d *desk) resume(a act, _ *lessonView) error {
	i := d.lesson(a.Name)
	if i < 0 {
		return errNoLesson
	}
	o := d.options
	o.Wall, o.Seed = time.Now().UnixMilli(), uint64(time.Now().UnixNano())
	w, err := sim.Load(a.Rows, o)
	if err != nil {
		return err
	}
	p, err := lesson.Resume(d.course[i], w, []byte(a.Played), a.At)
	if err == nil {
		d.play(p)
	}
	return err
}

// play puts a lesson's world in place of the one that is there.
func (d *desk) play(p *lesson.Player) {
	if d.own == nil {
		d.own = d.world
	} else if d.world != d.own {
		d.shut(d.world)
	}
	d.player, d.world = p, p.World()
	d.world.Hear(d.options.Listen)
}

// back goes back to the beginning of a step.
func (d *desk) back(a act, _ *lessonView) error {
	if d.player == nil {
		return errNotNow
	}
	old := d.world
	if err := d.player.Back(a.Step); err != nil {
		return err
	}
	d.world = d.player.World()
	d.world.Hear(d.options.Listen)
	d.shut(old)
	return nil
}

// free leaves the lesson and keeps its world; the own one stays aside until leave.
func (d *desk) free(act, *lessonView) error {
	if d.player == nil {
		return errNotNow
	}
	d.progress.Put(d.player.Record())
	d.player.End()
	d.player = nil
	return nil
}

// leave ends the lesson and brings the page's own world back.
func (d *desk) leave(act, *lessonView) error {
	if d.own == nil {
		return errNotNow
	}
	if d.player != nil {
		d.progress.Put(d.player.Record())
	}
	d.shut(d.world)
	d.world, d.own, d.player = d.own, nil, nil
	return nil
}

// whilePlaying is an act of the player.
func whilePlaying(do func(*lesson.Player, act, *lessonView) error) func(*desk, act, *lessonView) error {
	return func(d *desk, a act, v *lessonView) error {
		if d.player == nil {
			return errNotNow
		}
		return do(d.player, a, v)
	}
}

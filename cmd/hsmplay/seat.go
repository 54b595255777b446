package main

import (
	"context"
	"errors"
	"os"
	"strings"
	"time"

	"hsmplay/core/sim"
)

// seat is where a tool sits at a shared world. It holds the world's lock while a part of a command
// is carried out, never while one asks or waits, and saves the world when a command is over, before
// anything is printed. So a command happens whole or not at all: where another process has changed
// the world while this one asked or waited, its parts so far are carried out again on what the
// world is now, as if they had been typed when they were.
type seat struct {
	world   *shared
	id      string // of the process in the saved world
	tool    string
	process *sim.Process
	keys    rsaKeys
	files   machine
	live    bool // somebody sits at a terminal
	joined  bool // the saved world has the process
	stale   bool // another process has changed the world in the middle of a part

	parts   []part // of the command that is not over
	began   int64  // when it began, wall milliseconds
	printed string // what it has printed so far
}

// part is a piece of a command: the line, or an answer to its question.
type part func(*seat) sim.Reply

// pollEvery is how often a waiting process looks whether another one has changed the world.
const pollEvery = 100 * time.Millisecond

// errGone is a world that was replaced by one in which this process never was.
var errGone = errors.New("the world was replaced, so this session is gone; start the tool again")

// newSeat takes a seat for this process.
func newSeat(world *shared, tool string, live bool) *seat {
	s := &seat{world: world, id: processID(), tool: tool, live: live}
	world.options.Source.RSA = s.keys.make
	return s
}

// host is this machine, with its files over those of an instance.
func (s *seat) host(instance sim.Host) sim.Host {
	s.files.instance, s.files.aside = instance.Files, s.aside
	return sim.Host{Files: &s.files, Env: os.Getenv, Terminal: s.live}
}

// aside does something without the world's lock in the middle of a part: reading a pipe.
func (s *seat) aside(f func()) error {
	s.world.store.close()
	f()
	if err := s.world.take(context.Background()); err != nil {
		return err
	}
	s.stale = s.stale || s.world.changed()
	return nil
}

// start starts the tool.
func (s *seat) start(ctx context.Context, args []string) (sim.Reply, error) {
	return s.carry(ctx, func(s *seat) (r sim.Reply) {
		s.process, r = s.world.Start(s.id, s.tool, args, s.host)
		return r
	})
}

// line carries out a line.
func (s *seat) line(ctx context.Context, line string) (sim.Reply, error) {
	return s.carry(ctx, func(s *seat) sim.Reply { return s.process.Line(line) })
}

// answer answers a question.
func (s *seat) answer(ctx context.Context, answer string) (sim.Reply, error) {
	return s.carry(ctx, func(s *seat) sim.Reply { return s.process.Answer(answer) })
}

// interrupt is Ctrl-C.
func (s *seat) interrupt(ctx context.Context) (sim.Reply, error) {
	return s.carry(ctx, func(s *seat) sim.Reply { return s.process.Interrupt() })
}

// end ends the tool.
func (s *seat) end(ctx context.Context) (sim.Reply, error) {
	return s.carry(ctx, func(s *seat) sim.Reply { return s.process.End() })
}

// wait does the command's work, then stays until it goes on: time is over, or another process has
// changed the world. It fails with the context's error when that ends first; then [seat.interrupt]
// is next.
func (s *seat) wait(ctx context.Context) (sim.Reply, error) {
	if s.process.Work(ctx) {
		return s.poll(ctx)
	}
	if err := s.sleep(ctx); err != nil {
		return sim.Reply{}, err
	}
	return s.poll(ctx)
}

// poll lets the command go on if it can.
func (s *seat) poll(ctx context.Context) (sim.Reply, error) {
	return s.carry(ctx, func(s *seat) sim.Reply { return s.process.Poll() })
}

// sleep sleeps until there is something to look at.
func (s *seat) sleep(ctx context.Context) error {
	for {
		pause := pollEvery
		if due := s.world.due(); due >= 0 {
			pause = min(pause, due)
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(pause):
		}
		if s.world.changed() || s.world.due() == 0 {
			return nil
		}
	}
}

// complete lists what may stand at the cursor. It reads the world as this process has seen it last.
func (s *seat) complete(line string, cursor int) (words []string, from, to int) {
	if s.process == nil {
		return nil, cursor, cursor
	}
	c := s.process.Complete(line, cursor)
	for _, choice := range c.Choices {
		word := choice.Word
		if choice.Space {
			word += " "
		}
		words = append(words, word)
	}
	return words, c.From, c.To
}

// carry carries out the next part of a command, and saves the world where that was the last.
func (s *seat) carry(ctx context.Context, next part) (sim.Reply, error) {
	if err := s.world.take(ctx); err != nil {
		return sim.Reply{}, err
	}
	defer s.world.store.close()
	before, err := s.catchUp(ctx)
	if err != nil {
		return before, err
	}
	if len(s.parts) == 0 {
		s.began = time.Now().UnixMilli()
		s.keys.forget()
		s.files.forget()
	}
	reply := next(s)
	for s.stale { // what was carried out is not what the world is now
		s.stale, s.parts = false, append(s.parts, next)
		reply, err = s.catchUp(ctx)
		s.parts = s.parts[:len(s.parts)-1]
		if err != nil {
			return reply, err
		}
	}
	reply.Text, reply.Notes = before.Text+reply.Text, append(before.Notes, reply.Notes...)
	reply.Errors = before.Errors + reply.Errors
	switch reply.State {
	case sim.Ready, sim.Closed:
		s.joined, s.parts, s.printed = true, nil, ""
		return reply, s.world.save()
	}
	s.parts, s.printed = append(s.parts, next), s.printed+reply.Text
	return reply, nil
}

// catchUp brings the world up to date. Where another process has changed it, what this one has not
// finished is carried out again; the reply is what that says beyond what was printed.
func (s *seat) catchUp(ctx context.Context) (reply sim.Reply, err error) {
	changed, err := s.world.refresh()
	if err != nil || !changed {
		return reply, err
	}
	if s.joined {
		s.process = s.world.Attach(s.id, s.host)
	}
	switch {
	case s.joined && s.process == nil:
		return reply, errGone
	case len(s.parts) == 0:
		return reply, nil
	}
	return s.again(ctx), nil
}

// again carries out the parts of a command on another world, from the moment on at which the
// command began.
func (s *seat) again(ctx context.Context) sim.Reply {
	s.keys.again()
	elapsed := time.Now().UnixMilli() - s.began
	s.world.Rewind(elapsed)
	text := ""
	var notes []sim.Note
	for _, p := range s.parts {
		r := p(s)
		text, notes = text+r.Text, r.Notes
		s.process.Work(ctx)
	}
	s.world.Advance(elapsed)
	reply := s.process.Poll()
	text += reply.Text
	reply.Notes = append(notes, reply.Notes...)
	switch reply.State {
	case sim.Ready, sim.Closed:
		reply.Text = beyond(s.printed, text)
	default:
		reply.Text = ""
	}
	return reply
}

// beyond returns what a text says after what was printed. Where the world has changed it may begin
// otherwise (one HSM more has answered the login); then it is what stands behind the last line that
// was printed.
func beyond(printed, text string) string {
	if rest, ok := strings.CutPrefix(text, printed); ok {
		return rest
	}
	last := printed[strings.LastIndexByte(strings.TrimSuffix(printed, "\n"), '\n')+1:]
	if _, rest, ok := strings.Cut(text, last); ok {
		return rest
	}
	return text
}

package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/peterh/liner"

	"hsmplay/core/sim"
)

// welcome is what a visitor reads first.
const welcome = `Three simulated HSMs: toy keys, real cryptography. For work of today there is "cloudhsm-cli
interactive"; older scripts call key_mgmt_util for keys and cloudhsm_mgmt_util for users. hsm breaks
and mends HSMs, Tab completes, Ctrl-D leaves.

`

// play is the program without a verb: the playground in this terminal.
func play(ctx context.Context, h host, args []string) int {
	flags := flag.NewFlagSet("", flag.ContinueOnError)
	if status, ok := h.parse(flags, args); !ok {
		return status
	}
	if !onTerminal(h.in) {
		return h.misuse("", errors.New("standard input is no terminal; `hsmplay exec` types what it is given"))
	}
	p := &player{out: bufio.NewWriter(h.out), edit: liner.NewLiner(), last: time.Now(), history: map[string][]string{}}
	defer p.edit.Close()
	defer context.AfterFunc(ctx, func() { // the editor waits for a key
		p.edit.Close()
		os.Exit(endingStatus(ctx))
	})()
	p.edit.SetCtrlCAborts(true)
	p.edit.SetTabCompletionStyle(liner.TabPrints)
	p.edit.SetWordCompleter(p.complete)
	p.world = sim.New(sim.Options{Seed: uint64(time.Now().UnixNano()), Wall: time.Now().UnixMilli(), Listen: p.show})
	p.show(sim.Turn{Text: welcome})
	for turn := p.world.Open("", 0); turn.State != sim.Closed && ctx.Err() == nil; {
		turn = p.next(turn)
	}
	return done
}

// onTerminal reports whether the input is a character device, as a terminal is.
func onTerminal(in io.Reader) bool {
	f, ok := in.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// player is the playground in a terminal; its one tab is the front of the world.
type player struct {
	world    *sim.World
	terminal int
	edit     *liner.State
	last     time.Time // of the last Advance
	program  string    // whose history the editor has
	history  map[string][]string

	mu  sync.Mutex // guards out: a turn may come while the clock moves
	out *bufio.Writer
}

// show prints a turn; the typed line stands in the terminal already.
func (p *player) show(t sim.Turn) {
	p.mu.Lock()
	defer p.mu.Unlock()
	text := t.Text
	if t.Line != nil { // the editor has shown its own ^C
		text = strings.TrimPrefix(text, "^C\n")
	}
	p.out.WriteString(text)
	for _, n := range t.Notes {
		if wanted(os.Getenv("HSMPLAY_HINTS"), true) {
			fmt.Fprintf(p.out, "  | %s\n", plain(n))
		}
	}
	p.out.Flush()
}

// next does what the terminal's state asks for, and returns how it stands then.
func (p *player) next(t sim.Turn) sim.Turn {
	switch t.State {
	case sim.Waits:
		return p.wait(t)
	case sim.Asks:
		return p.answer(t)
	}
	p.switchHistory(t.Program)
	p.terminal = t.Terminal
	line, err := onceAsked(p.lastLine(t.Prompt), p.edit.Prompt)
	if err == nil && line != "" {
		p.edit.AppendHistory(line)
		p.history[p.program] = append(p.history[p.program], line)
	}
	return p.typed(t, line, err)
}

// answer reads the answer to a question; a hidden one is not echoed and is in no history.
func (p *player) answer(t sim.Turn) sim.Turn {
	read := p.edit.Prompt
	if t.Hidden {
		read = p.edit.PasswordPrompt
	}
	line, err := onceAsked(p.lastLine(t.Prompt), read)
	return p.typed(t, line, err)
}

// typed hands over what was typed. Ctrl-C while it runs stops it.
func (p *player) typed(t sim.Turn, line string, err error) sim.Turn {
	p.advance()
	switch {
	case errors.Is(err, liner.ErrPromptAborted):
		return p.world.Interrupt(t.Terminal)
	case err != nil:
		p.show(sim.Turn{Text: "\n"})
		return p.world.End(t.Terminal)
	}
	interrupts, stop := ctrlCs()
	defer stop()
	over := make(chan sim.Turn, 1)
	go func() { over <- p.world.Type(t.Terminal, line) }()
	for {
		select {
		case turn := <-over:
			return turn
		case <-interrupts:
			p.world.Interrupt(t.Terminal)
		}
	}
}

// wait lets the clock run until the wait is over, or Ctrl-C ends it.
func (p *player) wait(t sim.Turn) sim.Turn {
	interrupts, stop := ctrlCs()
	defer stop()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			p.advance()
		case <-interrupts:
			return p.world.Interrupt(t.Terminal)
		}
		if now := p.world.Now(t.Terminal); now.State != sim.Waits {
			return now
		}
	}
}

// advance lets the clock of the world follow the real one.
func (p *player) advance() {
	now := time.Now()
	p.world.Advance(now.Sub(p.last).Milliseconds())
	p.last = now
}

// lastLine prints all but the last line of a prompt: the editor wants a single one.
func (p *player) lastLine(prompt string) string {
	if i := strings.LastIndexByte(prompt, '\n'); i >= 0 {
		p.show(sim.Turn{Text: prompt[:i+1]})
		return prompt[i+1:]
	}
	return prompt
}

// switchHistory gives the editor the lines that were typed to a program.
func (p *player) switchHistory(program string) {
	if program == p.program {
		return
	}
	p.program = program
	p.edit.ClearHistory()
	for _, line := range p.history[program] {
		p.edit.AppendHistory(line)
	}
}

// complete is liner's word completer; pos counts characters.
func (p *player) complete(line string, pos int) (head string, words []string, tail string) {
	at := 0
	for ; pos > 0 && at < len(line); pos-- {
		_, size := utf8.DecodeRuneInString(line[at:])
		at += size
	}
	c := p.world.Complete(p.terminal, line, at)
	for _, choice := range c.Choices {
		word := choice.Word
		if choice.Space {
			word += " "
		}
		words = append(words, word)
	}
	return line[:c.From], words, line[c.To:]
}

// ctrlCs tells of each Ctrl-C until stop is called.
func ctrlCs() (interrupts chan os.Signal, stop func()) {
	interrupts = make(chan os.Signal, 1)
	signal.Notify(interrupts, os.Interrupt)
	return interrupts, func() { signal.Stop(interrupts) }
}

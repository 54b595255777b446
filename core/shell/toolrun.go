package shell

import (
	"cmp"
	"context"
	"errors"
	"io"
	"strings"

	"hsmplay/core/command"
	"hsmplay/core/voice"
)

// running is a program that reads lines, on a terminal's stack.
type running struct {
	name string
	user string
	tool command.Tool // nil for bash
	told bool         // the note about the playground's own words was said
	line string       // the last one
	last []voice.Note // of a fault that has ended it

	gaveUp inputKind // how its last question was given up; typed: it was not
}

// runTool runs an interactive tool until it ends and returns its exit status.
func (p *Process) runTool(row ToolRow) int {
	var tool command.Tool
	p.World(func() { tool = row.New(p) })
	args := append([]string{}, p.Args[1:]...)
	return p.drive(&running{name: row.Name, tool: tool}, Ended{Args: args}, func() command.Outcome { return tool.Start(args) })
}

// restoreTool runs a tool on from its saved state.
func (p *Process) restoreTool(row ToolRow, state []byte) int {
	var tool command.Tool
	p.World(func() { tool = row.New(p) })
	return p.drive(&running{name: row.Name, tool: tool}, Ended{}, func() command.Outcome {
		return command.Outcome{Err: tool.Restore(state)}
	})
}

// drive carries out a tool's first outcome and then its lines, until it ends.
func (p *Process) drive(r *running, begins Ended, start func() command.Outcome) (status int) {
	p.t.push(r)
	defer func() {
		p.t.pop(r)
		p.t.sayAll(r.last, "shell") // what they offer is typed where the tool was started; a line for its prompt is left out
	}()
	defer p.World(func() {
		status = cmp.Or(status, r.tool.Status())
		r.tool.Close()
	})
	if p.step(r, begins, start) {
		return 0
	}
	if r.gaveUp != typed { // its command alone asked, and there is no prompt to go back to
		return map[inputKind]int{ended: 1, interrupted: 130}[r.gaveUp]
	}
	if p.OnTerminal() {
		defer p.stay()()
	}
	for p.oneLine(r) {
	}
	return 0
}

// stay makes Ctrl-C end lines and not the program, until leave.
func (p *Process) stay() (leave func()) {
	ctx, cancel := p.ctx, p.t.swapCancel(nil)
	p.stays = true
	return func() {
		p.ctx, p.stays = ctx, false
		p.t.setCancel(cancel)
	}
}

// oneLine gets a tool's next line and carries it out; it is false when the tool has ended.
func (p *Process) oneLine(r *running) bool {
	if p.OnTerminal() {
		p.freshLine()
	}
	in := p.toolLine(r)
	switch in.kind {
	case typed:
		return p.carry(r, in.line)
	case interrupted:
		return p.OnTerminal()
	case ended:
		if e, ok := r.tool.(Ender); ok {
			p.step(r, Ended{}, e.End)
		}
	}
	return false
}

// Ender is a tool that says something when its input ends.
type Ender interface{ End() command.Outcome }

// carry carries out a typed line and is false when the tool has ended. Ctrl-C may cut what the line
// prints; the tool goes on.
func (p *Process) carry(r *running, line string) (goes bool) {
	defer func() {
		thrown := recover()
		if err, ok := thrown.(error); ok && p.stays && errors.Is(err, context.Canceled) && p.t.life.Err() == nil {
			goes = true
		} else if thrown != nil {
			panic(thrown)
		}
	}()
	r.line = line
	return !p.step(r, Ended{Line: line}, func() command.Outcome { return r.tool.Line(line) })
}

// freshLine makes the context that Ctrl-C ends, for what a program does that it does not leave.
func (p *Process) freshLine() {
	ctx, cancel := context.WithCancel(p.t.life)
	p.ctx = &leash{ctx, p.budget}
	p.t.setCancel(cancel)
}

// typedLine is freshLine for a line that was typed.
func (p *Process) typedLine() { p.ctx = &leash{p.t.lineContext(), p.budget} }

// step carries out one line of a tool, its questions and waits included, and reports whether the
// tool has ended.
func (p *Process) step(r *running, line Ended, first func() command.Outcome) bool {
	out, done := p.outcome(r, first)
	if !done {
		return false
	}
	p.t.setCode(codeOf(out.Err))
	line.Tool, line.Err, line.By, line.Typed = r.name, out.Err, r.tool, p.OnTerminal()
	p.t.ended(line)
	return out.Exit
}

// outcome returns what a line has come to after its questions and waits; false where a question was
// given up.
func (p *Process) outcome(r *running, first func() command.Outcome) (out command.Outcome, done bool) {
	p.World(func() { out = first() })
	for {
		p.World(func() { p.t.setUser(r, r.tool.User()) })
		out = p.redirected(r, out)
		if out.Exit && out.Err != nil {
			out.Notes, r.last = nil, out.Notes
		}
		p.report(r, out)
		switch {
		case out.Exit:
			return out, true
		case out.Ask != nil:
			var answer string
			if answer, r.gaveUp = p.answer(out.Ask); r.gaveUp != typed {
				return out, false
			}
			then := out.Ask.Then
			p.World(func() { out = then(answer) })
		case out.Wait != nil:
			out, _ = p.Wait(out.Wait)
			if p.stays {
				p.freshLine()
			}
		default:
			return out, true
		}
	}
}

// report prints what an outcome says: the text first, since the host may take what is there between
// the two.
func (p *Process) report(r *running, out command.Outcome) {
	defer func() {
		if out.Ask != nil {
			p.t.sayAtQuestion(out.Notes, r.name)
			return
		}
		p.t.sayAll(out.Notes)
	}()
	if out.Text != "" {
		p.Print(out.Text)
	}
	if out.Errors != "" {
		p.Errorf("%s", out.Errors)
	}
}

// answer gets the answer to a question: from the terminal, or the next line of what is piped in. It
// is typed unless the question was given up. A program that reads a password in the dark ends the line
// itself, whoever wrote it.
func (p *Process) answer(q *command.Question) (string, inputKind) {
	in := input{kind: ended}
	if p.OnTerminal() {
		in = p.ask(handover{state: Asks, prompt: q.Prompt, hidden: q.Hidden})
	} else {
		p.Print(q.Prompt)
		if line, ok := p.pipedLine(); ok {
			in = input{kind: typed, line: line}
		}
		if q.Hidden && in.kind == typed {
			p.Print("\n")
		}
	}
	if q.Hidden && in.kind == typed {
		p.t.secret(in.line)
	}
	return in.line, in.kind
}

// toolLine gets a tool's next line: from the terminal, where the playground's own words are carried
// out before the tool sees them, or from what is piped in.
func (p *Process) toolLine(r *running) input {
	prompt := ""
	p.World(func() { prompt = r.tool.Prompt() })
	if !p.OnTerminal() {
		p.Print(prompt)
		if line, ok := p.pipedLine(); ok {
			return input{kind: typed, line: line}
		}
		return input{kind: ended}
	}
	for {
		in := p.ask(handover{state: Ready, prompt: prompt})
		if in.kind != typed {
			return in
		}
		p.typedLine()
		p.t.remember(r.name, in.line)
		if !p.aside(r, in.line) {
			return in
		}
	}
}

// pipedLine reads a line of standard input, without its end.
func (p *Process) pipedLine() (string, bool) {
	line, err := p.Stdin().ReadString('\n')
	if line == "" && errors.Is(err, io.EOF) || err != nil && !errors.Is(err, io.EOF) {
		return "", false
	}
	return strings.TrimRight(line, "\r\n"), true
}

// aside carries out a line at a tool's prompt that is the playground's own, and reports whether it
// was.
func (p *Process) aside(r *running, line string) bool {
	words := command.Texts(command.Split(line, command.ShellQuotes))
	if len(words) == 0 {
		return false
	}
	row, ok := p.m.row(words[0])
	if !ok || !row.AtTools {
		return false
	}
	if strings.ContainsAny(line, "|<>;&$`*?(){}~\\") {
		row.Run = func(p *Process) int { return p.runScript("bash", line, nil, false) } // its words are bash's
	}
	q := &Process{Args: words, Dir: p.Dir, t: p.t, m: p.m, ctx: p.ctx, budget: p.budget, env: p.env,
		in: strings.NewReader(""), out: p.out, err: p.err, sh: p.sh, stays: true}
	status, err := row.run(q)
	var spent *overrun
	if errors.As(err, &spent) {
		p.t.note(Render(spent.note))
		p.budget.forgive()
		status = int(spent.status)
	}
	if err != nil {
		p.freshLine()
	}
	p.t.setStatus(status)
	p.t.sayMeant(line, p.Dir, status)
	p.t.ended(Ended{Tool: row.Name, Line: line, Status: status, Typed: true})
	if !r.told {
		r.told = true
		p.t.note(Render(voice.Say(voice.ShellNotAtTools, "name", row.Name)))
	}
	return true
}

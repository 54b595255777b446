package sim

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"hsmplay/core/command"
	"hsmplay/core/shell"
	"hsmplay/core/voice"
)

// Process is a tool that runs beside the instance's terminals: as a process of the host, on the
// host's files. A saved world holds it with its login, so that other processes of the host can load
// the world meanwhile. Begin with [World.Start]. A method that does not fit how the process stands
// does nothing.
type Process struct {
	world *World
	id    string
	row   tool
	tool  command.Tool
	host  *Host

	state  State
	ask    *command.Question
	wait   *command.Wait
	line   shell.Ended // what it carries out
	status int
}

// Reply is what a process says, and how it stands then.
type Reply struct {
	Text   string // the tool's, byte for byte: it is not [Visible]
	Errors string // the same for standard error
	Notes  []Note
	State  State // Runs: its work is to be done, see [Process.Work]
	Prompt string
	Hidden bool
	Status int // once it is Closed
}

// Visible makes a process's text safe to show on a terminal.
func Visible(text string) string { return voice.Visible(text) }

// savedProcess is the row of a process. An open question or a wait is not in it.
type savedProcess struct {
	Tool  string `json:"tool"`
	State []byte `json:"state"`
}

// Start runs a tool with its arguments; it is nil if there is no such tool. id names it in the
// saved world. host makes the machine that it runs on from the instance.
func (w *World) Start(id, tool string, args []string, host func(instance Host) Host) (*Process, Reply) {
	p := w.newProcess(id, tool)
	if p == nil {
		return nil, Reply{State: Closed}
	}
	p.attach(host)
	p.line = shell.Ended{Args: append([]string{}, args...)}
	return p, p.carry(func() command.Outcome { return p.tool.Start(args) })
}

// Attach returns a process of the loaded world and gives it the host's machine, see [World.Start].
// It is nil if the world has none with the id.
func (w *World) Attach(id string, host func(instance Host) Host) *Process {
	i := slices.IndexFunc(w.processes, func(p *Process) bool { return p.id == id })
	if i < 0 {
		return nil
	}
	w.processes[i].attach(host)
	return w.processes[i]
}

// attach puts a process on a machine of the host's. The other tools stay those of the instance.
func (p *Process) attach(host func(instance Host) Host) {
	others := p.host.Others
	*p.host = host(p.world.unattached())
	p.host.Others = others
}

// newProcess makes a process that has not started yet.
func (w *World) newProcess(id, name string) *Process {
	i := slices.IndexFunc(installed, func(t tool) bool { return t.name == name })
	if i < 0 {
		return nil
	}
	p := &Process{world: w, id: id, row: installed[i], state: Ready}
	instance := w.unattached()
	p.host = &instance
	p.tool = p.row.begin(w.cluster, p.host)
	w.processes = append(w.processes, p)
	return p
}

// Processes returns the ids of the processes that run.
func (w *World) Processes() []string {
	var ids []string
	for _, p := range w.processes {
		ids = append(ids, p.id)
	}
	return ids
}

// EndProcess ends a process that does not exist any more on the host, and with it its sessions.
func (w *World) EndProcess(id string) {
	for _, p := range slices.Clone(w.processes) {
		if p.id == id {
			p.End()
		}
	}
}

// Line carries out a line.
func (p *Process) Line(line string) Reply {
	if p.state != Ready {
		return p.reply(command.Outcome{})
	}
	p.line = shell.Ended{Line: line}
	return p.carry(func() command.Outcome { return p.tool.Line(line) })
}

// Answer answers its question.
func (p *Process) Answer(answer string) Reply {
	if p.state != Asks {
		return p.reply(command.Outcome{})
	}
	then := p.ask.Then
	if p.ask.Hidden {
		p.line.Secrets = append(p.line.Secrets, answer)
	}
	return p.carry(func() command.Outcome { return then(answer) })
}

// Work does the work of a process that is in the state Runs, without the world's lock, and reports
// whether there was any. The process goes on with [Process.Poll].
func (p *Process) Work(ctx context.Context) bool {
	if p.state != Runs {
		return false
	}
	p.wait.Work(ctx)
	p.state = Waits
	return true
}

// Poll lets a process go on whose wait is over.
func (p *Process) Poll() Reply {
	if p.state != Waits {
		return p.reply(command.Outcome{})
	}
	return p.carry(func() command.Outcome { return command.Outcome{Wait: p.worked()} })
}

// worked is the wait whose work is done.
func (p *Process) worked() *command.Wait {
	w := *p.wait
	w.Work = nil
	return &w
}

// Interrupt is Ctrl-C: it gives up a question or a wait.
func (p *Process) Interrupt() Reply {
	switch p.state {
	case Asks:
		if p.begins() {
			p.world.machine.Do(p.end)
			p.status = 130
			return p.reply(command.Outcome{})
		}
		p.state = Ready
	case Waits, Runs:
		end := p.wait.End
		return p.carry(func() command.Outcome { return end(command.Interrupted) })
	}
	return p.reply(command.Outcome{})
}

// End ends the process and its sessions, as the end of its input does. The tool may have a last
// word.
func (p *Process) End() Reply {
	var last command.Outcome
	if p.state != Closed {
		asked := p.state == Asks && p.begins()
		if tool, ok := p.tool.(shell.Ender); ok {
			last = tool.End()
		}
		p.world.machine.Do(p.end)
		p.world.machine.Poll()
		if asked {
			p.status = max(p.status, 1)
		}
	}
	return p.reply(last)
}

// begins reports whether the command that the tool was started with is still at work: there is no
// prompt behind its questions.
func (p *Process) begins() bool { return p.line.Args != nil }

// end is called under the world's lock.
func (p *Process) end() {
	if p.wait != nil {
		p.wait.End(command.Interrupted)
	}
	p.state, p.ask, p.wait, p.status = Closed, nil, nil, p.tool.Status()
	p.tool.Close()
	p.world.processes = slices.DeleteFunc(p.world.processes, func(o *Process) bool { return o == p })
}

// carry carries out a part of a command.
func (p *Process) carry(part func() command.Outcome) (r Reply) {
	w := p.world
	w.machine.Do(func() {
		w.lines++
		w.cluster.Command, w.cluster.Terminal = w.lines, 0
		r = p.stand(part())
	})
	w.machine.Poll()
	return r
}

// stand takes in an outcome. It is called under the world's lock.
func (p *Process) stand(out command.Outcome) Reply {
	p.ask, p.wait, p.state = out.Ask, out.Wait, Ready
	if out.Exit || out.Ask == nil && out.Wait == nil {
		p.ended(out.Err)
	}
	switch {
	case out.Exit:
		p.end()
	case out.Ask != nil:
		p.state = Asks
	case out.Wait != nil && out.Wait.Work != nil:
		p.state = Runs
	case out.Wait != nil:
		if after, done := out.Wait.Poll(); done {
			after.Text, after.Notes = out.Text+after.Text, slices.Concat(out.Notes, after.Notes)
			after.Errors = out.Errors + after.Errors
			return p.stand(after)
		}
		p.state = Waits
	}
	return p.reply(out)
}

// ended takes down the line that the process has carried out.
func (p *Process) ended(err error) {
	if p.line.Line != "" || p.line.Args != nil {
		p.line.Tool, p.line.Err, p.line.By = p.row.name, err, p.tool
		p.world.ended(p.line)
	}
	p.line = shell.Ended{}
}

// reply says what an outcome says, and how the process stands.
func (p *Process) reply(out command.Outcome) Reply {
	r := Reply{Text: out.Text, Errors: out.Errors, State: p.state, Status: p.status}
	for _, n := range out.Notes {
		note := shell.Render(n)
		if p.state == Closed {
			note.Parts = voice.Keep(note.Parts, func(sentence []voice.Part) bool { return !slices.ContainsFunc(voice.Offers(sentence), p.isOwn) })
		}
		r.Notes = append(r.Notes, note)
	}
	switch p.state {
	case Ready:
		r.Prompt = p.tool.Prompt()
	case Asks:
		r.Prompt, r.Hidden = p.ask.Prompt, p.ask.Hidden
	}
	return r
}

// isOwn reports whether a line is for the tool's prompt, which is gone when the tool has ended.
func (p *Process) isOwn(line string) bool {
	name, _, _ := strings.Cut(line, " ")
	return slices.Contains(p.row.names(), name)
}

// Complete lists what may stand at the cursor of a line that is being typed; cursor counts bytes.
func (p *Process) Complete(line string, cursor int) (c command.Completion) {
	p.world.machine.Do(func() { c = p.tool.Complete(line, cursor) })
	return c
}

// Rewind takes back simulated milliseconds: for a command that is carried out again on a world that
// has changed since it began. [World.Advance] makes up for it afterwards.
func (w *World) Rewind(ms int64) {
	w.machine.Do(func() { w.cluster.Now = max(w.cluster.Now-max(ms, 0), 0) })
}

// save returns the row of a process. It is called under the world's lock.
func (p *Process) save() savedProcess { return savedProcess{p.row.name, p.tool.Save()} }

// processes reads the processes of a saved world. One that cannot go on is left out, and its
// sessions end.
func (l *loader) processes(w *World) {
	for _, name := range l.names {
		var saved savedProcess
		if isRow(name, rowProcess) && json.Unmarshal([]byte(l.rows[name]), &saved) == nil {
			w.goOn(name[len(rowProcess):], saved)
		}
	}
}

// goOn lets a saved process go on.
func (w *World) goOn(id string, saved savedProcess) {
	if p := w.newProcess(id, saved.Tool); p != nil && p.tool.Restore(saved.State) != nil {
		p.End()
	}
}

package shell

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"hsmplay/core/command"
	"hsmplay/core/voice"
	"mvdan.cc/sh/v3/interp"
	"mvdan.cc/sh/v3/syntax"
)

// jobVariable holds the number of the last job: it stands for $!, of which the interpreter makes
// words.
const jobVariable = "_hsmplay_job"

// job is a command in the background.
type job struct {
	pid    int
	text   string   // as it was typed
	args   []string // of the program that it runs; nil while it runs none
	over   chan struct{}
	status int
	killed context.Context // done once kill was called
	kill   context.CancelFunc
	signal signal // that it was killed with
	waited bool   // somebody has waited for its end
}

// jobs are the children of one shell: those in the background, and how the sides of its pipes
// ended.
type jobs struct {
	mu    sync.Mutex
	first int // the number of the first
	list  []*job
	sides map[string][]int
}

func (j *jobs) find(word string) *job {
	j.mu.Lock()
	defer j.mu.Unlock()
	n, err := strconv.Atoi(strings.TrimPrefix(word, "%"))
	if strings.HasPrefix(word, "%") {
		n += j.first - 1
	}
	if i := n - j.first; err == nil && i >= 0 && i < len(j.list) {
		return j.list[i]
	}
	return nil
}

// all are the jobs that were started.
func (j *jobs) all() []*job {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.list[:len(j.list):len(j.list)]
}

// running reports whether a job goes on.
func (j *job) running() bool {
	select {
	case <-j.over:
		return false
	default:
		return true
	}
}

// job makes the row of a job that is about to start, and sets $!.
func (b *bash) job(ctx context.Context, args []string) error {
	n, _ := strconv.Atoi(args[0])
	b.jobs.mu.Lock()
	row := &job{pid: b.jobs.first + len(b.jobs.list), text: b.t.keptText(n), over: make(chan struct{})}
	row.killed, row.kill = context.WithCancel(context.Background())
	b.jobs.list = append(b.jobs.list, row)
	b.jobs.mu.Unlock()
	return interp.HandlerCtx(ctx).Builtin(ctx, []string{"eval", jobVariable + "=" + strconv.Itoa(row.pid)})
}

// asJob runs a command in the background until its end or kill.
func (b *bash) asJob(ctx context.Context, number string, run func(context.Context) error) error {
	row := b.jobs.find(number)
	if row == nil {
		return run(ctx)
	}
	inner, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(row.killed, cancel)()
	row.status = 1 // of one that a fault ends
	defer func() {
		if row.signal.number > 0 {
			row.status = 128 + row.signal.number
		}
		close(row.over)
	}()
	err := run(&leash{inner, budgetOf(ctx)})
	if row.status = statusOf(err); row.signal.number > 0 {
		return nil
	}
	return err
}

// statusOf is the exit status in what a builtin of the interpreter returns; it keeps the type to
// itself.
func statusOf(err error) (status int) {
	switch {
	case err == nil:
		return 0
	case errors.Is(err, errPipe):
		return 141
	}
	if _, bad := fmt.Sscanf(err.Error(), "builtin exit status %d", &status); bad != nil {
		return 1
	}
	return status
}

// wait waits for jobs: those named, or all.
func (b *bash) wait(ctx context.Context, args []string) error {
	status := 0
	next, into := false, ""
	for len(args) > 0 && strings.HasPrefix(args[0], "-") {
		switch args[0] {
		case "-n":
			next = true
		case "-p":
			if len(args) > 1 {
				into, args = args[1], args[1:]
			}
		}
		args = args[1:]
	}
	if next {
		return b.waitNext(ctx, args, into)
	}
	for _, row := range b.jobs.all() {
		if len(args) == 0 {
			b.waitFor(ctx, row)
		}
	}
	for _, word := range args {
		row := b.jobs.find(word)
		if row == nil {
			b.complain(ctx, "wait: pid %s is not a child of this shell", word)
			status = 127
			continue
		}
		b.waitFor(ctx, row)
		status = row.status
	}
	return b.exitStatus(ctx, []string{strconv.Itoa(status)})
}

// waitNext waits for the job that ends first, of those named or of all that nobody has waited for,
// and puts its number into a variable, if there is one.
func (b *bash) waitNext(ctx context.Context, named []string, into string) error {
	var list []*job
	for _, word := range named {
		if row := b.jobs.find(word); row != nil {
			list = append(list, row)
		}
	}
	if len(named) == 0 {
		list = slices.DeleteFunc(slices.Clone(b.jobs.all()), func(row *job) bool { return row.waited })
	}
	if len(list) == 0 {
		return b.exitStatus(ctx, []string{"127"})
	}
	first := list[0]
	b.waitUntil(ctx, func() bool {
		for _, row := range list {
			if !row.running() {
				first = row
				return true
			}
		}
		return false
	}, nil)
	first.waited = true
	if into != "" && syntax.ValidName(into) {
		if err := interp.HandlerCtx(ctx).Builtin(ctx, []string{"eval", into + "=" + strconv.Itoa(first.pid)}); err != nil {
			return err
		}
	}
	return b.exitStatus(ctx, []string{strconv.Itoa(first.status)})
}

// dying is for how many looks a job that was killed is given to end by itself; only a trap of its own
// waits longer.
const dying = 50

// waitFor waits for a job's end.
func (b *bash) waitFor(ctx context.Context, row *job) {
	b.waitUntil(ctx, func() bool { return !row.running() }, row)
	row.waited = row.waited || !row.running()
}

// waitUntil waits for the end of jobs, of one where that is given. While they wait themselves, for
// the clock or an HSM, the terminal is handed over: somebody has to let the time pass.
func (b *bash) waitUntil(ctx context.Context, done func() bool, row *job) {
	p := b.process(ctx, []string{"wait"})
	var end chan struct{}
	if row != nil {
		end = row.over
	}
	for looks := 0; !done() && ctx.Err() == nil; looks++ {
		select {
		case <-end:
			return
		case <-ctx.Done():
			return
		case <-time.After(settle):
		}
		if p.behind || len(b.m.behind()) == 0 || row != nil && row.killed.Err() != nil && looks < dying {
			continue
		}
		over := func() bool { return done() || len(b.m.behind()) == 0 }
		gaveUp := false
		p.Wait(&command.Wait{
			Progress: func() command.Progress {
				return command.Progress{About: voice.Say(voice.ShellSleeps), Since: b.m.now(), Until: b.m.behindDue()}
			},
			Poll: func() (command.Outcome, bool) { return command.Outcome{}, over() },
			End:  func(command.Ending) command.Outcome { gaveUp = true; return command.Outcome{} },
			Due:  b.m.behindDue,
		})
		if gaveUp {
			return
		}
	}
}

// behind lists the waits of jobs in the background.
func (m *Machine) behind() []*background {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.later)
}

// behindDue is when the first of them is over by time alone. The caller holds the world's lock.
func (m *Machine) behindDue() (due int64) {
	for _, row := range m.behind() {
		if at := dueOf(row.wait); at > 0 && (due == 0 || at < due) {
			due = at
		}
	}
	return due
}

// runKill ends jobs of this shell: there are no other processes that could be ended but the shell
// itself, for which [rewriteKill] answers.
func runKill(p *Process) int {
	args, with, known := signalOf(p.Args[1:])
	if !known {
		p.Faulty("kill: %s: invalid signal specification", oneLine(with.name))
		return 1
	}
	if len(args) == 0 {
		p.Errorf("kill: usage: kill [-s sigspec | -signum | -sigspec] pid | jobspec ... or kill -l [sigspec]\n")
		return 2
	}
	status := 0
	for _, word := range args {
		row := p.sh.jobs.find(word)
		switch {
		case row == nil || !row.running():
			p.Errorf("%skill: (%s) - No such process\n", p.prefix(), oneLine(word))
			status = 1
		case with.number > 0:
			row.signal = with
			row.kill()
			for looks := 0; looks < startLooks && row.running(); looks++ {
				time.Sleep(settle)
			}
		}
	}
	return status
}

// runJobs lists the jobs that go on: all, or those named.
func runJobs(p *Process) int {
	letters, named, status := "", []*job(nil), 0
	for _, word := range p.Args[1:] {
		if strings.HasPrefix(word, "-") {
			letters += word[1:]
			continue
		}
		row := p.sh.jobs.find(word)
		if row == nil || !row.running() {
			p.Faulty("jobs: %s: no such job", oneLine(word))
			status = 1
		}
		named = append(named, row)
	}
	list := slices.DeleteFunc(slices.Clone(p.sh.jobs.all()), func(row *job) bool { return !row.running() })
	for i, row := range list {
		if strings.Contains(letters, "s") || named != nil && !slices.Contains(named, row) {
			continue
		}
		p.Print(row.shown(letters, p.sh.jobs.first, len(list)-i))
	}
	return status
}

// shown is a job's line: from is the number of the first job, and last counts from the newest, 1,
// which % means.
func (j *job) shown(letters string, from, last int) string {
	if strings.Contains(letters, "p") {
		return fmt.Sprintf("%d\n", j.pid)
	}
	mark, number := " ", "  "
	if last <= 2 {
		mark = " +-"[last : last+1]
	}
	if strings.Contains(letters, "l") {
		number = fmt.Sprintf("%6d ", j.pid)
	}
	return fmt.Sprintf("[%d]%s%s%-24s%s &\n", j.pid-from+1, mark, number, "Running", j.text)
}

// Job is a command in the background, for lists of processes.
type Job struct {
	PID, Terminal int      // the terminal's number
	Args          []string // of the program that it runs; nil for a part of bash's own
}

// startLooks is for how many looks a job is given to start its program, or to end when it is killed.
const startLooks = 5

// Jobs are those that go on of the process's own shell and of the shells of all terminals.
func (p *Process) Jobs() (list []Job) {
	for looks := 0; looks < startLooks; looks++ {
		list = p.jobs()
		if !slices.ContainsFunc(list, func(j Job) bool { return j.Args == nil }) {
			break
		}
		time.Sleep(settle)
	}
	return list
}

func (p *Process) jobs() (list []Job) {
	add := func(sh *bash) {
		for _, row := range sh.jobs.all() {
			if row.running() {
				sh.jobs.mu.Lock()
				list = append(list, Job{row.pid, sh.t.Number, row.args})
				sh.jobs.mu.Unlock()
			}
		}
	}
	if p.sh != nil && p.sh != p.t.shell {
		add(p.sh)
	}
	for _, t := range p.m.Terminals() {
		if sh := t.shell; sh != nil {
			add(sh)
		}
	}
	return list
}

// runs notes the program that a job runs, and returns what forgets it.
func (b *bash) runs(ctx context.Context, args []string) (over func()) {
	side, _ := ctx.Value(sideKey{}).(*pipeSide)
	if side == nil || side.job == nil || side.job.args != nil {
		return func() {}
	}
	set := func(args []string) {
		b.jobs.mu.Lock()
		defer b.jobs.mu.Unlock()
		side.job.args = args
	}
	set(args)
	return func() { set(nil) }
}

// side notes how a side of a pipe has ended; label is the pipe's and counts the sides from the
// last.
func (j *jobs) side(label string, status int) {
	pipe, number, ok := strings.Cut(label, ":")
	n, err := strconv.Atoi(number)
	if !ok || err != nil {
		return
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.sides == nil {
		j.sides = map[string][]int{}
	}
	list := j.sides[pipe]
	for len(list) <= n {
		list = append(list, 0)
	}
	list[n] = status
	j.sides[pipe] = list
}

// pipeStatus sets PIPESTATUS behind a pipe, or another command, and has the status of that.
func (b *bash) pipeStatus(ctx context.Context, args []string) error {
	text := ""
	if len(args) == 1 {
		text, args = args[0], append(args, args[0])
	}
	b.jobs.mu.Lock()
	list := b.jobs.sides[args[0]]
	delete(b.jobs.sides, args[0])
	b.jobs.mu.Unlock()
	for _, status := range list {
		text = strconv.Itoa(status) + " " + text
	}
	if err := interp.HandlerCtx(ctx).Builtin(ctx, []string{"eval", "PIPESTATUS=(" + text + ")"}); err != nil {
		return err
	}
	return b.exitStatus(ctx, args[1:])
}

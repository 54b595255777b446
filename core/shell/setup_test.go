package shell_test

import (
	"context"
	"strings"
	"sync"

	"hsmplay/core/command"
	"hsmplay/core/retcode"
	"hsmplay/core/shell"
	"hsmplay/core/unix"
	"hsmplay/core/voice"
)

// clock is the simulated time of a test's world.
type clock struct{ now int64 }

// fake is a tool with a command for everything that a tool may do.
type fake struct {
	p      *shell.Process
	clock  *clock
	user   string
	closed *int
	worked chan struct{}
	said   []string
}

func (f *fake) Start(args []string) command.Outcome {
	if len(args) > 1 && args[0] == "singlecmd" {
		out := f.Line(strings.Join(args[1:], " "))
		out.Exit = out.Ask == nil && out.Wait == nil
		return out
	}
	return command.Outcome{Text: "Fake 1.0\n"}
}

func (f *fake) Line(line string) command.Outcome {
	f.said = append(f.said, line)
	verb, rest, _ := strings.Cut(line, " ")
	switch verb {
	case "":
		return command.Outcome{}
	case "say":
		return command.Outcome{Text: "\t" + rest + "\n\n"}
	case "login":
		f.user = rest
		return command.Outcome{Text: "hello " + rest + "\n"}
	case "warn":
		return command.Outcome{Text: "said\n", Errors: "error: " + rest + "\n", Err: retcode.Policy}
	case "env":
		return command.Outcome{Text: f.p.Host().Env(rest) + "\n"}
	case "fail":
		return command.Outcome{Text: "0xb3\n", Err: retcode.Policy}
	case "who":
		return command.Outcome{Ask: &command.Question{Prompt: "Name: ", Then: func(a string) command.Outcome {
			return command.Outcome{Text: "You are " + a + "\n"}
		}}}
	case "password":
		return command.Outcome{Ask: &command.Question{Prompt: "Password: ", Hidden: true, Then: func(a string) command.Outcome {
			if a != "s3cret" {
				return command.Outcome{Text: "wrong\n", Err: retcode.LoginFailure}
			}
			return command.Outcome{Text: "right\n"}
		}}}
	case "wait":
		return f.wait(rest)
	case "work":
		return f.work()
	case "write":
		if err := f.p.Files().WriteFile(rest, []byte("written\n")); err != nil {
			return command.Outcome{Text: err.Error() + "\n", Err: err}
		}
		return command.Outcome{Text: "ok\n"}
	case "exit":
		return command.Outcome{Exit: true}
	}
	return command.Outcome{Text: "unknown " + verb + "\n", Err: &command.Fault{Kind: command.UnknownCommand, Word: verb}, Notes: []voice.Note{voice.Say(voice.ShellUnknown, "name", verb)}}
}

func (f *fake) wait(what string) command.Outcome {
	until := f.clock.now + 5000
	w := &command.Wait{
		Progress: func() command.Progress {
			return command.Progress{About: voice.Say(voice.ShellSleeps), Have: 1, Of: 3, Until: until}
		},
		Poll: func() (command.Outcome, bool) {
			return command.Outcome{Text: what + " came\n"}, f.clock.now >= until
		},
		End: func(why command.Ending) command.Outcome {
			return command.Outcome{Text: map[command.Ending]string{command.Interrupted: "given up\n",
				command.Hopeless: "hopeless\n"}[why], Err: retcode.Policy}
		},
	}
	return command.Outcome{Text: "waiting\n", Wait: w}
}

// work makes something without the world's lock, until it is told that it may end.
func (f *fake) work() command.Outcome {
	done := false
	return command.Outcome{Wait: &command.Wait{
		Work: func(ctx context.Context) {
			select {
			case <-f.worked:
				done = true
			case <-ctx.Done():
			}
		},
		Poll: func() (command.Outcome, bool) {
			return command.Outcome{Text: map[bool]string{true: "made\n", false: "given up\n"}[done]}, true
		},
		End: func(command.Ending) command.Outcome { return command.Outcome{} },
	}}
}

func (f *fake) Prompt() string { return "Fake:  " }
func (f *fake) User() string   { return f.user }
func (f *fake) Complete(line string, cursor int) command.Completion {
	return command.Completion{From: 0, To: cursor, Choices: []command.Choice{{Word: "say", Means: "says it"}}}
}
func (f *fake) Explain(string, int) command.Explanation {
	return command.Explanation{Summary: "of the tool"}
}
func (f *fake) Next() []string { return []string{"say next"} }
func (f *fake) Status() int    { return 3 }
func (f *fake) Close()         { *f.closed++ }
func (f *fake) Save() []byte   { return []byte(f.user) }
func (f *fake) Restore(saved []byte) error {
	f.user = string(saved)
	return nil
}

// world is a machine with the fake tool, and a clock.
type world struct {
	*shell.Machine
	clock  clock
	closed int
	worked chan struct{}
	mu     sync.Mutex
	heard  []shell.Turn
	ear    func(shell.Turn)
}

// hear also tells f of every turn.
func (w *world) hear(f func(shell.Turn)) { w.ear = f }

func newWorld(change ...func(*shell.Options)) *world {
	w := &world{worked: make(chan struct{}, 1)}
	o := shell.Options{
		Tools: []shell.ToolRow{{Name: "fake", Path: "/opt/cloudhsm/bin/fake", Means: "a tool for tests",
			Short: "fk", Start: "fake start", Leave: "quit", Commands: []string{"say", "who", "genKeyPair"},
			New: func(p *shell.Process) command.Tool {
				return &fake{p: p, clock: &w.clock, closed: &w.closed, worked: w.worked}
			}}},
		Programs: unix.Programs(),
		Now:      func() int64 { return w.clock.now },
		Listen:   w.listen,
		Seed:     1,
	}
	for _, f := range change {
		f(&o)
	}
	w.Machine = shell.New(o)
	return w
}

func (w *world) listen(t shell.Turn) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.heard = append(w.heard, t)
	if w.ear != nil {
		w.ear(t)
	}
}

// after lets simulated time pass.
func (w *world) after(ms int64) []shell.Turn {
	w.Do(func() { w.clock.now += ms })
	return w.Poll()
}

// text runs one line on a fresh machine.
func text(lines ...string) string {
	t, _ := newWorld().Open("", 80)
	defer t.Close()
	var b strings.Builder
	for _, line := range lines {
		b.WriteString(t.Type(line).Text)
	}
	return b.String()
}

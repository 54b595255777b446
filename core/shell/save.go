package shell

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"hsmplay/core/command"
	"hsmplay/core/voice"
	"mvdan.cc/sh/v3/expand"
	"mvdan.cc/sh/v3/syntax"
)

// Saved is a terminal as plain data: what [Machine.Restore] needs to go on at the prompt. An open
// question or a wait is not in it.
type Saved struct {
	Number    int                 `json:"number"`
	Name      string              `json:"name"`
	Columns   int                 `json:"columns"`
	Dir       string              `json:"dir"`
	Status    int                 `json:"status"`
	Variables []Variable          `json:"variables"`       // nil: those of a login
	Functions string              `json:"functions"`       // as text for bash
	History   map[string][]string `json:"history"`         // the lines typed at each program
	Gone      map[string]int      `json:"gone,omitempty"`  // how many lines before them are kept no more
	Filed     int                 `json:"filed,omitempty"` // how many lines of bash are in its history's file
	Tool      string              `json:"tool"`            // the running tool, "" for none
	State     []byte              `json:"state"`
	Busy      bool                `json:"busy"` // a line was running, or asked, or waited
}

// Save returns the terminal as it can be restored. It may be called while a line runs: bash is then
// as it was at its last prompt, the tool as it is.
func (t *Terminal) Save() Saved {
	s, tool := t.bare()
	if tool != nil {
		t.m.Do(func() { s.State = tool.Save() })
	}
	return s
}

// bare returns the terminal without the state of its tool, and that tool, nil for none.
func (t *Terminal) bare() (s Saved, tool command.Tool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	s = t.saved
	s.Number, s.Name, s.Columns = t.Number, t.Name, t.columns
	if t.asleep {
		return s, nil
	}
	s.Busy = t.at.state != Ready
	s.Tool, s.State = "", nil // a tool that was restored may have ended since
	s.History, s.Gone = map[string][]string{}, map[string]int{}
	for name, h := range t.history {
		s.History[name] = h.lines[:len(h.lines):len(h.lines)] // lines are only appended
		if h.gone > 0 {
			s.Gone[name] = h.gone
		}
		if name == "bash" {
			s.Filed = h.filed
		}
	}
	for _, r := range t.stack {
		if r.tool != nil {
			s.Tool, tool = r.name, r.tool
		}
	}
	return s, tool
}

// Restore opens a saved terminal: at the tool's prompt if one was running, else at bash's.
func (m *Machine) Restore(s Saved) (*Terminal, Turn) {
	m.Do(func() { s = m.housed(s) })
	return m.start(s)
}

// housed gives a terminal a directory that is there, and a width that can be.
func (m *Machine) housed(s Saved) Saved {
	s.Columns, s.Status = min(max(s.Columns, 0), columnsMax), s.Status&0xff
	if dir, err := resolve("/", s.Dir); err == nil && path.IsAbs(s.Dir) {
		if row, err := m.fs.Stat(dir); err == nil && row.IsDir() {
			s.Dir = dir
			return s
		}
	}
	s.Dir = Home
	return s
}

func (s Saved) variables() []Variable {
	if s.Variables == nil {
		return loginEnv()
	}
	return slices.DeleteFunc(slices.Clone(s.Variables), func(v Variable) bool {
		return strings.HasPrefix(v.Name, hiddenVariable)
	})
}

// hiddenVariable begins the names of the variables that the rewriters use. They are never saved,
// and what a saved world holds of them is dropped: traps are among them.
const hiddenVariable = "_hsmplay_"

// keep notes how bash stands at its prompt, for [Terminal.Save].
func (t *Terminal) keep(b *bash) {
	if t.shell != b {
		return
	}
	all := map[string]Variable{}
	for name, vr := range b.r.Vars {
		if (vr.IsSet() || len(vr.Map) > 0) && !unsaved[name] && !strings.HasPrefix(name, hiddenVariable) {
			all[name] = Variable{Name: name, Exported: vr.Exported, ReadOnly: vr.ReadOnly, Kind: vr.Kind,
				Str: vr.Str, List: vr.List, Indexes: vr.Indexes, Map: vr.Map}
		}
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.saved.Dir, t.saved.Status = b.r.Dir, t.screen.status
	t.saved.Variables = sortedVariables(all)
	t.saved.Functions = t.functions(b)
}

// unsaved are variables that a new shell sets itself.
var unsaved = map[string]bool{"PWD": true, "BASHPID": true, "BASH_ARGV0": true, "COLUMNS": true, "OPTIND": true}

// functions prints the functions of bash as they were typed. The caller holds the terminal's mu.
func (t *Terminal) functions(b *bash) string {
	names := make([]string, 0, len(b.r.Funcs))
	for name := range b.r.Funcs {
		names = append(names, name)
	}
	slices.Sort(names)
	var text strings.Builder
	for _, name := range names {
		body := source([]*syntax.Stmt{b.r.Funcs[name]})
		if typed, ok := t.typedBody[bodyKey(body)]; ok {
			body = typed
		}
		fmt.Fprintf(&text, "%s() %s\n", name, body)
	}
	return text.String()
}

// bootBash brings a new bash to where a saved one was.
func (t *Terminal) bootBash(b *bash, s Saved) {
	t.mu.Lock()
	t.shell = b
	for name, lines := range s.History {
		t.history[name] = &history{lines: slices.Clone(lines), gone: s.Gone[name]}
	}
	if h := t.history["bash"]; h != nil {
		h.filed = min(max(s.Filed, 0), len(h.lines))
	}
	t.mu.Unlock()
	if s.Number == 0 {
		t.readHistory()
	}
	b.declare(s.Functions)
	b.setStatus(s.Status)
	if s.Tool == "" {
		return
	}
	t.keep(b)
	t.bootTool(b, s)
}

// bootTool puts the saved tool back on its prompt and runs it until it ends.
func (t *Terminal) bootTool(b *bash, s Saved) {
	ctx, cancel := t.newLeash()
	defer cancel()
	for _, row := range t.m.o.Tools {
		if row.Name != s.Tool {
			continue
		}
		p := &Process{Args: []string{row.Name}, Dir: s.Dir, t: t, m: t.m, ctx: ctx, budget: ctx.budget,
			env: expand.FuncEnviron(func(string) string { return "" }), out: terminalWriter{t}, err: terminalWriter{t}, sh: b}
		if s.Busy {
			t.note(Render(voice.Say(voice.ShellRestored, "program", row.Name)))
		}
		status, _ := toolProgram(row).restored(p, row, s.State)
		b.setStatus(status)
		return
	}
}

// restored runs a tool on from its saved state.
func (row Program) restored(p *Process, tool ToolRow, state []byte) (int, error) {
	row.Run = func(p *Process) int { return p.restoreTool(tool, state) }
	return row.run(p)
}

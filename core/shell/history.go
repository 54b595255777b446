package shell

import (
	"strings"

	"hsmplay/core/command"
)

// history is the lines typed at one program, oldest first. Answers to questions never come here.
type history struct {
	lines []string
	gone  int // lines before them that are kept no more
	filed int // how many of them the history's file has already
}

// historyMax is how many lines are kept for each program at least; older ones go many at a time, so
// that a save of a line is the save of a line.
const (
	historyMax  = 1000
	historyMore = 200
)

// add keeps a line, unless it is blank or the one before again.
func (h *history) add(line string) {
	if strings.TrimSpace(line) == "" || len(h.lines) > 0 && h.lines[len(h.lines)-1] == line {
		return
	}
	h.lines = append(h.lines, line)
	if more := len(h.lines) - historyMax; more > historyMore {
		h.lines, h.gone, h.filed = h.lines[more:], h.gone+more, max(h.filed-more, 0)
	}
}

// remember keeps a line in the history of a program.
func (t *Terminal) remember(program, line string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	h := t.history[program]
	if h == nil {
		h = &history{}
		t.history[program] = h
	}
	h.add(line)
}

// History returns the lines typed at the program that reads the next line, oldest first.
func (t *Terminal) History() []string {
	t.wake()
	name := "bash"
	if r := t.top(); r != nil {
		name = r.name
	}
	return t.historyOf(name)
}

func (t *Terminal) historyOf(program string) []string {
	t.mu.Lock()
	defer t.mu.Unlock()
	if h := t.history[program]; h != nil {
		return append([]string{}, h.lines...)
	}
	return []string{}
}

func (t *Terminal) forgetHistory(program string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.history, program)
}

// historyFile is where bash keeps its lines between shells.
const historyFile = Home + "/.bash_history"

// readHistory takes in the lines that bashs before have kept, as an interactive bash does when it
// begins.
func (t *Terminal) readHistory() {
	if _, real := t.m.o.FS.(*disk); real {
		return
	}
	var data []byte
	t.m.Do(func() { data, _ = t.m.fs.Read(historyFile) })
	h := &history{}
	for line := range strings.SplitSeq(string(data), "\n") {
		h.add(line)
	}
	h.filed = len(h.lines)
	t.mu.Lock()
	defer t.mu.Unlock()
	if h.filed > 0 && t.history["bash"] == nil {
		t.history["bash"] = h
	}
}

// keepHistory adds the lines of bash to its file, as an interactive bash does at its end. A real
// directory of the host gets none: it may be one that others read.
func (t *Terminal) keepHistory() {
	lines := t.historyOf("bash")
	t.mu.Lock()
	if h := t.history["bash"]; h != nil {
		lines = lines[min(h.filed, len(lines)):]
		h.filed = len(h.lines)
	}
	t.mu.Unlock()
	if _, real := t.m.o.FS.(*disk); real || len(lines) == 0 {
		return
	}
	t.m.Do(func() {
		t.m.sync()
		old, _ := t.m.fs.Read(historyFile)
		kept := strings.SplitAfter(string(old)+strings.Join(lines, "\n")+"\n", "\n")
		kept = kept[max(0, len(kept)-1-historyMax):]
		_ = t.m.put(historyFile, []byte(strings.Join(kept, "")), 0o600, false) // a full disk keeps the old file, as in bash
	})
}

// Complete returns what may stand at the cursor of a line being typed; cursor counts bytes.
func (t *Terminal) Complete(line string, cursor int) (c command.Completion) {
	t.wake()
	cursor = min(max(cursor, 0), len(line))
	r := t.top()
	if r == nil || t.state() != Ready {
		return command.Completion{From: cursor, To: cursor, Choices: []command.Choice{}}
	}
	if r.tool != nil && !t.m.isAside(line) {
		t.m.Do(func() { c = r.tool.Complete(line, cursor) })
		return c
	}
	return t.completeBash(line, cursor)
}

// Explain ties the words of a line being typed to their meaning.
func (t *Terminal) Explain(line string, cursor int) (e command.Explanation) {
	t.wake()
	cursor = min(max(cursor, 0), len(line))
	r := t.top()
	if r == nil || t.state() != Ready {
		return command.Explanation{Slots: []command.Slot{}, Current: -1}
	}
	if r.tool != nil && !t.m.isAside(line) {
		t.m.Do(func() { e = r.tool.Explain(line, cursor) })
		return e
	}
	return t.explainBash(line, cursor)
}

// Next returns whole lines that make sense now, the best first: the tool's, or at bash's prompt the
// host's.
func (t *Terminal) Next() (lines []string) {
	t.wake()
	r := t.top()
	if r == nil || t.state() != Ready {
		return []string{}
	}
	t.m.Do(func() {
		switch {
		case r.tool != nil:
			lines = r.tool.Next()
		case t.m.o.Next != nil:
			lines = t.m.o.Next()
		}
	})
	return lines
}

func (t *Terminal) state() State {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.at.state
}

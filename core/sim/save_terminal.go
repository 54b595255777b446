package sim

import (
	"encoding/json"
	"maps"
	"slices"
	"sort"
	"strconv"
	"strings"

	"hsmplay/core/shell"
)

// Rows of a terminal beside its own, for what is long and seldom changes.
const (
	rowVariables = "/variables"
	rowLines     = "/lines/" // then the program and the page
)

// linesPage is how many lines typed at a program stand in one row: few, since each line appends.
const linesPage = 16

// terminal looks at a terminal.
func (c *changes) terminal(s shell.Saved) {
	name := rowTerminal + strconv.Itoa(s.Number)
	c.variables(name+rowVariables, s.Variables)
	for _, program := range slices.Sorted(maps.Keys(s.History)) {
		at, lines := s.Gone[program], s.History[program]
		for len(lines) > 0 {
			page := at / linesPage
			n := min(len(lines), (page+1)*linesPage-at)
			list(c, c.saver.lines, name+rowLines+program+"/"+strconv.Itoa(page), lines[:n])
			at, lines = at+n, lines[n:]
		}
	}
	s.Variables, s.History = nil, nil
	c.small(name, s)
}

// variables looks at the variables of bash: a list that is made anew at each of its prompts and then stays as it is.
func (c *changes) variables(name string, all []shell.Variable) {
	if len(all) == 0 {
		return
	}
	c.seen[name] = true
	if c.saver.variables[name] != &all[0] {
		c.saver.variables[name] = &all[0]
		c.small(name, all)
	}
}

// terminals opens the terminals of the rows.
func (l *loader) terminals(w *World) error {
	for _, name := range l.names {
		number, ok := strings.CutPrefix(name, rowTerminal)
		if !ok || strings.Contains(number, "/") {
			continue
		}
		saved, err := l.terminal(name)
		if err != nil {
			return err
		}
		w.machine.Restore(saved)
	}
	return nil
}

// terminal reads a terminal with the rows beside its own. (The first worlds had all in one row.)
func (l *loader) terminal(name string) (saved shell.Saved, err error) {
	if err := json.Unmarshal([]byte(l.rows[name]), &saved); err != nil {
		return saved, err
	}
	if row := l.rows[name+rowVariables]; row != "" {
		if err := json.Unmarshal([]byte(row), &saved.Variables); err != nil {
			return saved, err
		}
	}
	pages, err := l.linePages(name + rowLines)
	for _, p := range pages {
		if saved.History == nil {
			saved.History = map[string][]string{}
		}
		saved.History[p.program] = append(saved.History[p.program], p.lines...)
	}
	return saved, err
}

// linePage is a row of lines typed at a program.
type linePage struct {
	program string
	number  int
	lines   []string
}

// linePages reads the rows of lines whose names begin so, in their order.
func (l *loader) linePages(prefix string) (pages []linePage, err error) {
	for _, name := range l.names {
		rest, ok := strings.CutPrefix(name, prefix)
		program, number, _ := strings.Cut(rest, "/")
		if !ok {
			continue
		}
		p := linePage{program: program}
		if p.number, err = strconv.Atoi(number); err != nil {
			return nil, errBadChunk
		}
		if err := json.Unmarshal([]byte(l.rows[name]), &p.lines); err != nil {
			return nil, err
		}
		pages = append(pages, p)
	}
	sort.Slice(pages, func(i, j int) bool { return pages[i].number < pages[j].number })
	return pages, nil
}

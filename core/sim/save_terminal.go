package sim

import (
	"encoding/json"
	"errors"
	"fmt"
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

var errBadTerminal = errors.New("sim: the row of a terminal has a wrong name")

// linesPage is how many lines typed at a program stand in one row: few, since each line appends.
const linesPage = 16

// terminal looks at a terminal.
func (c *changes) terminal(s shell.Saved) {
	name := rowTerminal + strconv.Itoa(s.Number)
	c.variables(name+rowVariables, s.Variables)
	for _, program := range slices.Sorted(maps.Keys(s.History)) {
		c.lines(name+rowLines+program+"/", s.Gone[program], s.History[program])
	}
	s.Variables, s.History = nil, nil
	c.small(name, savedShell{&s, raw(s.Name), raw(s.Functions)})
}

// typedLines are the lines typed at a program, as they were saved.
type typedLines struct {
	gone  int // how many stood before them
	lines []string
}

// page is the first page that they stand in.
func (t typedLines) page() int { return t.gone / linesPage }

// lines looks at the lines typed at a program. They are only appended, so what was saved of them is
// not looked at again, unless the oldest are gone or all are others. name is that of their rows
// without the page.
func (c *changes) lines(name string, gone int, lines []string) {
	before, now := c.saver.lines[name], typedLines{gone, lines}
	c.seen[name] = true
	from := len(before.lines)
	if gone != before.gone || from > len(lines) || from > 0 && lines[from-1] != before.lines[from-1] {
		c.dropLines(name, before)
		from = 0
	}
	c.saver.lines[name] = now
	for from < len(lines) {
		page := (gone + from) / linesPage
		begin, end := max(0, page*linesPage-gone), min(len(lines), (page+1)*linesPage-gone)
		c.put(name+strconv.Itoa(page), raws(lines[begin:end]))
		from = end
	}
}

// dropLines deletes the rows of lines.
func (c *changes) dropLines(name string, t typedLines) {
	for page := t.page(); page*linesPage < t.gone+len(t.lines); page++ {
		c.rows[name+strconv.Itoa(page)] = nil
	}
	delete(c.saver.lines, name)
}

// variables looks at the variables of bash: a list that is made anew at each of its prompts and
// then stays as it is.
func (c *changes) variables(name string, all []shell.Variable) {
	if len(all) == 0 {
		return
	}
	c.seen[name] = true
	if c.saver.variables[name] != &all[0] {
		c.saver.variables[name] = &all[0]
		c.small(name, savedVariables(all))
	}
}

// terminalsMax is how many terminals a saved world may have.
const terminalsMax = 500

// terminals reads the terminals of the rows.
func (l *loader) terminals() (all []shell.Saved, err error) {
	for _, name := range l.names {
		number, ok := strings.CutPrefix(name, rowTerminal)
		if !ok || strings.Contains(number, "/") {
			continue
		}
		saved, err := l.terminal(name)
		if err == nil {
			err = saved.Check()
		}
		if err == nil && strconv.Itoa(saved.Number) != number || len(all) == terminalsMax {
			err = errBadTerminal
		}
		if err != nil {
			return nil, fmt.Errorf("terminal %s: %w", number, err)
		}
		all = append(all, saved)
	}
	return all, nil
}

// terminal reads a terminal with the rows beside its own. (The first worlds had all in one row.)
func (l *loader) terminal(name string) (saved shell.Saved, err error) {
	row := savedShell{Saved: &saved}
	if err := json.Unmarshal([]byte(l.rows[name]), &row); err != nil {
		return saved, err
	}
	saved.Name, saved.Functions = string(row.Name), string(row.Functions)
	if row := l.rows[name+rowVariables]; row != "" {
		var all []savedVariable
		if err := json.Unmarshal([]byte(row), &all); err != nil {
			return saved, err
		}
		saved.Variables = variables(all)
	}
	pages, err := l.linePages(name + rowLines)
	for _, p := range pages {
		if saved.History == nil {
			saved.History = map[string][]string{}
		}
		saved.History[p.program] = append(saved.History[p.program], texts(p.lines)...)
	}
	return saved, err
}

// linePage is a row of lines typed at a program.
type linePage struct {
	program string
	number  int
	lines   []raw
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

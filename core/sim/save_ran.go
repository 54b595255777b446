package sim

import (
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"

	"hsmplay/core/view"
)

// rowRan is followed by a terminal and a page.
const rowRan = "ran/"

// ranPage is how many lines of what ran stand in one row: few, since each command appends.
const ranPage = 8

var errBadRan = errors.New("sim: a row of what ran does not fit")

// ran looks at what ran in a terminal.
func (c *changes) ran(l terminalLog) {
	name := rowRan + strconv.Itoa(l.terminal) + "/"
	for i, page := range slices.Collect(slices.Chunk(l.rows, ranPage)) {
		list(c, c.saver.ran, name+strconv.Itoa(l.gone/ranPage+i), page,
			func(rows []*view.RanRow) []*view.RanRow { return rows })
	}
}

// ran reads what ran.
func (l *loader) ran(to *ran, seq int64) error {
	pages, err := l.ranPages()
	if err != nil {
		return err
	}
	to.seq = seq
	for _, p := range pages {
		log := to.log(p.terminal)
		if log.rows == nil {
			log.gone = p.number * ranPage
		}
		if p.number*ranPage != log.gone+len(log.rows) {
			return errBadRan
		}
		for _, row := range p.rows {
			if row == nil || row.Terminal != p.terminal || row.Seq < 1 || row.Seq > seq {
				return errBadRan
			}
			log.rows = append(log.rows, row)
		}
		if len(log.rows) > ranMax || len(to.logs) > logsMax {
			return errBadRan
		}
	}
	return nil
}

// page is a row of what ran.
type page struct {
	terminal, number int
	rows             []*view.RanRow
}

// ranPages reads the rows of what ran: terminals in the order of their first lines, which is that
// of a running world, pages by number.
func (l *loader) ranPages() (pages []page, err error) {
	for _, name := range l.names {
		rest, ok := strings.CutPrefix(name, rowRan)
		if !ok {
			continue
		}
		terminal, number, _ := strings.Cut(rest, "/")
		var p page
		var bad [2]error
		p.terminal, bad[0] = strconv.Atoi(terminal)
		p.number, bad[1] = strconv.Atoi(number)
		if err := errors.Join(bad[0], bad[1], json.Unmarshal([]byte(l.rows[name]), &p.rows)); err != nil {
			return nil, err
		}
		if p.terminal < 0 || p.number < 0 || p.number > 1<<40 || len(p.rows) == 0 || len(p.rows) > ranPage {
			return nil, errBadRan
		}
		pages = append(pages, p)
	}
	slices.SortFunc(pages, func(a, b page) int {
		if a.terminal != b.terminal {
			return a.terminal - b.terminal
		}
		return a.number - b.number
	})
	return pages, nil
}

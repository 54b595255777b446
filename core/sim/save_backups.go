package sim

import (
	"encoding/json"
	"fmt"
	"slices"

	"hsmplay/core/cluster"
	"hsmplay/core/hsm"
)

// savedBackup is a backup with references to its pages.
type savedBackup struct {
	cluster.Backup
	UserPages []int64
	KeyPages  []int64
}

// backups looks at the backups. Pages that several of them share are stored once.
func (c *changes) backups(now []*cluster.Backup) {
	before := c.saver.backups
	if slices.Equal(before, now) {
		return
	}
	c.saver.backups = slices.Clone(now)
	for _, b := range now {
		if !slices.Contains(before, b) {
			c.put(rowBackup+b.ID, savedBackup{*b, usePages(c, b.Users, func(rows []*hsm.User) any { return rows }),
				usePages(c, b.Keys, func(rows []*hsm.Key) any { return c.withMaterial(rows) })})
		}
	}
	for _, b := range before {
		if !slices.Contains(now, b) {
			releasePages(c, b.Users, func([]*hsm.User) {})
			releasePages(c, b.Keys, c.release)
			c.rows[rowBackup+b.ID] = nil
		}
	}
}

// usePages returns the numbers of pages and stores those that are new.
func usePages[Row any](c *changes, pages []*cluster.Page[Row], write func([]*Row) any) []int64 {
	var numbers []int64
	for _, p := range pages {
		row := c.saver.pages[p]
		if row == nil {
			c.saver.next++
			row = &stored{id: c.saver.next}
			c.saver.pages[p] = row
		}
		if row.used == 0 {
			c.put(rowPage+fmt.Sprint(row.id), write(p.Rows))
		}
		row.used++
		numbers = append(numbers, row.id)
	}
	return numbers
}

// releasePages gives up the pages of a backup that is gone; what no other shares is deleted.
func releasePages[Row any](c *changes, pages []*cluster.Page[Row], release func([]*Row)) {
	for _, p := range pages {
		row := c.saver.pages[p]
		if row.used--; row.used == 0 {
			delete(c.saver.pages, p)
			c.rows[rowPage+fmt.Sprint(row.id)] = nil
			release(p.Rows)
		}
	}
}

// backups reads backups by their ids.
func (l *loader) backups(ids []string) (list []*cluster.Backup, err error) {
	users, keys := map[int64]*cluster.Page[hsm.User]{}, map[int64]*cluster.Page[hsm.Key]{}
	for _, id := range ids {
		var saved savedBackup
		if err := json.Unmarshal([]byte(l.rows[rowBackup+id]), &saved); err != nil {
			return nil, err
		}
		b := saved.Backup
		if b.Users, err = readPages(l, users, saved.UserPages, l.parseUsers); err != nil {
			return nil, err
		}
		if b.Keys, err = readPages(l, keys, saved.KeyPages, l.parseKeys); err != nil {
			return nil, err
		}
		list = append(list, &b)
	}
	return list, nil
}

// readPages reads pages by their numbers, each once.
func readPages[Row any](l *loader, known map[int64]*cluster.Page[Row], numbers []int64, parse func(string) ([]*Row, error)) ([]*cluster.Page[Row], error) {
	var pages []*cluster.Page[Row]
	for _, number := range numbers {
		if known[number] == nil {
			rows, err := parse(l.rows[rowPage+fmt.Sprint(number)])
			if err != nil {
				return nil, err
			}
			known[number] = &cluster.Page[Row]{Rows: rows}
		}
		pages = append(pages, known[number])
	}
	return pages, nil
}

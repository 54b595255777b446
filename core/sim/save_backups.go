package sim

import (
	"encoding/json"
	"fmt"
	"slices"

	"hsmplay/core/cluster"
)

// savedBackup is a backup with the numbers of its pages.
type savedBackup struct {
	cluster.Backup
	Numbers []int64
}

// savedPage is a page of backups.
type savedPage struct{ Users, Keys json.RawMessage }

// backups looks at the backups. Pages that several of them share are stored once.
func (c *changes) backups(now []*cluster.Backup) {
	before := c.saver.backups
	if slices.Equal(before, now) {
		return
	}
	c.saver.backups = slices.Clone(now)
	for _, b := range now {
		if !slices.Contains(before, b) {
			c.put(rowBackup+b.ID, savedBackup{*b, c.usePages(b.Pages)})
		}
	}
	for _, b := range before {
		if !slices.Contains(now, b) {
			c.releasePages(b.Pages)
			if !slices.ContainsFunc(now, func(o *cluster.Backup) bool { return o.ID == b.ID }) {
				c.rows[rowBackup+b.ID] = nil
			}
		}
	}
}

// usePages returns the numbers of pages and stores those that are new.
func (c *changes) usePages(pages []*cluster.Page) []int64 {
	var numbers []int64
	for _, p := range pages {
		row := c.saver.pages[p]
		if row == nil || row.used == 0 {
			text := marshal(savedPage{json.RawMessage(marshal(savedUsers(p.Users))), json.RawMessage(keysText(p.Keys, c.useAll(p.Keys)))})
			if row == nil {
				row = c.saver.number(rowPage, text)
				c.saver.pages[p] = row
			}
			if row.used == 0 {
				c.text(rowPage+fmt.Sprint(row.id), text)
			} else {
				c.release(p.Keys) // a page that is the same has them already
			}
		}
		row.used++
		numbers = append(numbers, row.id)
	}
	return numbers
}

// releasePages gives up the pages of a backup that is gone; what no other shares is deleted.
func (c *changes) releasePages(pages []*cluster.Page) {
	for _, p := range pages {
		row := c.saver.pages[p]
		if row.used--; row.used == 0 {
			delete(c.saver.pages, p)
			c.rows[rowPage+fmt.Sprint(row.id)] = nil
			c.release(p.Keys)
		}
	}
}

// backups reads backups by their ids.
func (l *loader) backups(ids []string) (list []*cluster.Backup, err error) {
	pages := map[int64]*cluster.Page{}
	for _, id := range ids {
		var saved savedBackup
		if err := json.Unmarshal([]byte(l.rows[rowBackup+id]), &saved); err != nil {
			return nil, err
		}
		b := saved.Backup
		for _, number := range saved.Numbers {
			if pages[number] == nil {
				if pages[number], err = l.page(number); err != nil {
					return nil, err
				}
			}
			b.Pages = append(b.Pages, pages[number])
		}
		list = append(list, &b)
	}
	return list, nil
}

// page reads a page of backups.
func (l *loader) page(number int64) (*cluster.Page, error) {
	var saved savedPage
	if err := json.Unmarshal([]byte(l.rows[rowPage+fmt.Sprint(number)]), &saved); err != nil {
		return nil, err
	}
	users, err := l.parseUsers(string(saved.Users))
	if err != nil {
		return nil, err
	}
	keys, err := l.parseKeys(string(saved.Keys))
	return &cluster.Page{Users: users, Keys: keys}, err
}

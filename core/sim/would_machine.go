// What a line would do to the terminal, its files and the clock, as facts of sentences.

package sim

import (
	"fmt"
	"strings"

	"hsmplay/core/shell"
	"hsmplay/core/view"
	"hsmplay/core/voice"
)

func (d *dryRun) login(change) [][]any {
	if d.turn.User == "" || d.turn.User == d.now.User || d.turn.Program != d.now.Program {
		return nil
	}
	var hsms string
	d.w.machine.Do(func() { hsms = d.f.admitting(d.turn.User, d.w) })
	return [][]any{{"user", d.turn.User, "hsms", hsms}}
}

func (d *dryRun) logout(change) [][]any {
	if d.now.User == "" || d.turn.User == d.now.User {
		return nil
	}
	return [][]any{{"user", d.now.User}}
}

func (d *dryRun) started(change) [][]any {
	if d.now.Program != bash || d.turn.Program == bash || d.turn.State == shell.Closed {
		return nil
	}
	return [][]any{{"program", d.turn.Program}}
}

func (d *dryRun) left(change) [][]any {
	if d.now.Program == bash || d.turn.Program != bash {
		return nil
	}
	return [][]any{{"program", d.now.Program}}
}

// writes are the files that are written: new ones, or in place of others.
func writes(over bool) func(*dryRun, change) [][]any {
	return func(d *dryRun, c change) (list [][]any) {
		for _, f := range c.files {
			if f.is != nil && (f.was != nil) == over && d.tells(f.is.Path) {
				list = append(list, []any{"file", d.shown(f.is.Path)})
			}
		}
		return list
	}
}

// tells reports whether a file is told of: one that is somebody's, and no tool's own.
func (d *dryRun) tells(name string) bool { return view.AnyonesFile(name) }

// shown is a file as it is called where the line is typed.
func (d *dryRun) shown(name string) string { return voice.OneLine(strings.TrimPrefix(name, d.dir+"/")) }

func (d *dryRun) goneFiles(c change) (list [][]any) {
	for _, f := range c.files {
		if f.is == nil && d.tells(f.was.Path) {
			list = append(list, []any{"file", d.shown(f.was.Path)})
		}
	}
	return list
}

func (d *dryRun) lostFiles(c change) (list [][]any) {
	for _, f := range c.files {
		if f.lost() && d.tells(f.was.Path) {
			list = append(list, []any{"file", d.shown(f.was.Path)})
		}
	}
	return list
}

func (d *dryRun) backedUp() bool {
	was, is := d.was.Backups, d.f.cluster.Backups
	return len(is) > 0 && (len(was) == 0 || was[len(was)-1].ID != is[len(is)-1].ID)
}

func (d *dryRun) clock(change) [][]any {
	if ms := d.f.cluster.Now - d.was.Now; ms > 0 && d.f.cluster.Called(d.was.ID) != nil {
		return [][]any{{"time", fmt.Sprintf("%g s", float64(ms)/1000)}}
	}
	return nil
}

func (d *dryRun) waits(change) [][]any {
	if d.turn.State != Waits || d.turn.Wait == nil {
		return nil
	}
	var about strings.Builder
	for _, p := range d.turn.Wait.About {
		about.WriteString(p.Text)
	}
	return [][]any{{"about", strings.TrimSuffix(about.String(), ".")}}
}

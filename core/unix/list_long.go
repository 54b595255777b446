package unix

import (
	"fmt"
	"io/fs"
	"time"
)

// long prints mode, links, owner, group, size, time and name.
func (l *lister) long(list []entry, total bool) {
	if total {
		blocks := int64(0)
		for _, e := range list {
			blocks += (e.Size() + 4095) / 4096 * 4
		}
		l.p.Printf("total %d\n", blocks)
	}
	width := 1
	for _, e := range list {
		width = max(width, len(l.size(e)))
	}
	for _, e := range list {
		owner := "ec2-user"
		if e.Root {
			owner = "root"
		}
		links := 1
		if e.IsDir() {
			links = 2
		}
		name := l.name(e)
		if e.IsLink() {
			name += " -> " + e.Link
		}
		l.p.Printf("%s %d %-8s %-8s %*s %s %s\n", modeText(e.Mode), links, owner, owner, width, l.size(e),
			l.date(e), name)
	}
}

// recent is how old a file may be for its time to stand in place of its year, as GNU's ls has it:
// half a year of 365.2425 days.
const recent = 31556952 * time.Second / 2

// date is when a file was changed: the year of what is old, or lies ahead.
func (l *lister) date(e entry) string {
	at, now := l.p.Date(e.Time), l.p.Date(l.p.Now())
	if at.After(now) || now.Sub(at) > recent {
		return at.Format("Jan _2  2006")
	}
	return at.Format("Jan _2 15:04")
}

func (l *lister) size(e entry) string {
	n := e.Size()
	if !l.o.has('h') || n < 1024 {
		return fmt.Sprint(n)
	}
	value, unit := float64(n)/1024, "K"
	if value >= 1024 {
		value, unit = value/1024, "M"
	}
	if value < 10 {
		return fmt.Sprintf("%.1f%s", value, unit)
	}
	return fmt.Sprintf("%.0f%s", value, unit)
}

// modeText is a mode as ls -l prints it.
func modeText(mode fs.FileMode) string {
	text := []byte("-rwxrwxrwx")
	switch {
	case mode.IsDir():
		text[0] = 'd'
	case mode&fs.ModeSymlink != 0:
		text[0] = 'l'
	case mode&fs.ModeCharDevice != 0:
		text[0] = 'c'
	}
	for i := range 9 {
		if mode&(1<<(8-i)) == 0 {
			text[i+1] = '-'
		}
	}
	if mode&fs.ModeSticky != 0 {
		text[9] = 't'
	}
	return string(text)
}

package unix

import (
	"fmt"
	"io/fs"
	"strings"
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
	width, named := 1, 0
	for _, e := range list {
		width, named = max(width, len(l.size(e))), max(named, len(l.owner(e)))
	}
	for _, e := range list {
		links := 1
		if e.IsDir() {
			links = 2
		}
		name := l.name(e)
		if e.IsLink() {
			name += " -> " + e.Link
		}
		l.p.Printf("%s %d %s%*s %s %s\n", modeText(e.Mode), links, l.owners(e, named), width, l.size(e), l.date(e), name)
	}
}

// recent is how old a file may be for its time to stand in place of its year, as GNU's ls has it:
// half a year of 365.2425 days.
const recent = 31556952 * time.Second / 2

// owners are the columns of the owner and the group, which have one name here: with -g and -o only
// one of them, with -n by number.
func (l *lister) owners(e entry, width int) (text string) {
	if !l.o.has('n') {
		width = -width
	}
	for _, letter := range []byte("go") {
		if !l.o.has(letter) {
			text += fmt.Sprintf("%*s ", width, l.owner(e))
		}
	}
	return text
}

// owner is who has a file, by name or by number.
func (l *lister) owner(e entry) string {
	name, number := ownerOf(e.File)
	if l.o.has('n') {
		return number
	}
	return name
}

// The forms of a time that --time-style names, and how they look for what is old.
const (
	fullISO = "2006-01-02 15:04:05.000000000 -0700"
	longISO = "2006-01-02 15:04"
)

var timeStyles = map[string][2]string{
	"full-iso": {fullISO, fullISO}, "long-iso": {longISO, longISO}, "iso": {"01-02 15:04", "2006-01-02 "},
	"locale": {"Jan _2 15:04", "Jan _2  2006"},
}

// timeStyle reads --time-style and --full-time; one that is none ends the program.
func (l *lister) timeStyle() {
	name := l.o.value(styleOption, "locale")
	if l.o.has(fullTime) {
		name = "full-iso"
	}
	name = strings.TrimPrefix(name, "posix-")
	if format, ok := strings.CutPrefix(name, "+"); ok {
		l.form = format
		return
	}
	if l.style = timeStyles[name]; l.style[0] == "" {
		l.p.Complain("invalid argument %s for 'time style'\nValid arguments are:\n  - [posix-]full-iso\n  - [posix-]long-iso\n"+
			"  - [posix-]iso\n  - [posix-]locale\n  - +FORMAT (e.g., +%%H:%%M) for a 'date'-style format\n"+
			"Try 'ls --help' for more information.", quoted(name))
		l.p.Exit(2)
	}
}

// moment is how far ahead a file may be that counts as fresh: one of a host's directory has the
// host's time, and the world's clock stands still while a line runs.
const moment = time.Minute

// date is when a file was changed: the year of what is old, or lies ahead.
func (l *lister) date(e entry) string {
	at, now := l.p.Date(e.Time), l.p.Date(l.p.Now())
	old, fresh, two := strings.Cut(l.form, "\n")
	if !two {
		fresh = old
	}
	apart := at.Sub(now) > moment || now.Sub(at) > recent
	switch {
	case l.form != "" && apart:
		return strftime(old, at)
	case l.form != "":
		return strftime(fresh, at)
	case apart:
		return at.Format(l.style[1])
	}
	return at.Format(l.style[0])
}

func (l *lister) size(e entry) string {
	n := e.Size()
	if !l.o.has('h') || n < 1024 {
		return fmt.Sprint(n)
	}
	return human(n)
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

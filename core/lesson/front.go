package lesson

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// front is one key of the front matter.
type front struct {
	key     string
	several bool // it may stand several times
	set     func(l *Lesson, value string) error
}

// fronts lists the keys of the front matter.
var fronts = []front{
	{"title", false, func(l *Lesson, v string) error { l.Title = v; return stands(v) }},
	{"minutes", false, func(l *Lesson, v string) (err error) {
		if l.Minutes, err = strconv.Atoi(v); err != nil || l.Minutes < 1 || l.Minutes > 60 {
			return fmt.Errorf("a number of minutes, 1 to 60, not %q", v)
		}
		return nil
	}},
	{"theme", false, func(l *Lesson, v string) error {
		if l.Theme = v; !slices.Contains(Themes, v) {
			return fmt.Errorf("one of %s, not %q", strings.Join(Themes, " "), v)
		}
		return nil
	}},
	{"after", true, func(l *Lesson, v string) error { l.After = append(l.After, v); return stands(v) }},
	{"world", true, func(l *Lesson, v string) error { l.World = append(l.World, Setup{Line: v}); return stands(v) }},
	{"break", true, func(l *Lesson, v string) error {
		l.World = append(l.World, Setup{Line: v, Hidden: true})
		return stands(v)
	}},
	{"let", true, func(l *Lesson, v string) error {
		g, err := readGoal(v)
		l.Lets = append(l.Lets, g)
		return err
	}},
	{"start", true, func(l *Lesson, v string) error { l.Start = append(l.Start, v); return stands(v) }},
	{"profile", false, func(l *Lesson, v string) error { l.Profile = v; return stands(v) }},
	{"source", false, func(l *Lesson, v string) error { l.Source = v; return stands(v) }},
}

func stands(value string) error {
	if value == "" {
		return fmt.Errorf("it has a value")
	}
	return nil
}

// frontNames lists the keys, for an error.
func frontNames() string {
	var names []string
	for _, f := range fronts {
		names = append(names, f.key)
	}
	return strings.Join(names, " ")
}

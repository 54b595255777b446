package lesson

import (
	"slices"
	"strings"

	"hsmplay/core/voice"
)

// Miss is a goal that is not met, and what was found instead.
type Miss struct {
	Goal    int          `json:"goal"`
	Says    []voice.Part `json:"says"`
	Differs []Differs    `json:"differs"` // of the nearest row; none where no row is near
}

// identifies reports whether a field says which row of the goal's subject is meant, rather than how
// it is to be.
func (g Goal) identifies(field string) bool {
	return field == subjectNamed(g.Subject).main || slices.Contains([]string{"label", "name", "path", "handle"}, field)
}

// misses say of each goal that is not met what was found.
func (e *eyes) misses(goals []Goal, o outcome) (all []Miss) {
	for i, m := range o.met {
		if !m.ok {
			all = append(all, e.miss(i, goals[i], o.names))
		}
	}
	return all
}

// miss looks for the nearest row.
func (e *eyes) miss(i int, g Goal, n names) Miss {
	m := Miss{Goal: i}
	if g.counted() {
		m.Says = e.counted(g, n).Parts()
		return m
	}
	near, lacks := e.nearest(g, n)
	m.Differs = lacks
	switch {
	case near == nil:
		m.Says = voice.Say(voice.LessonNotYet, "goal", strings.ReplaceAll(strings.TrimSuffix(n.named(g.Says), "."), "`", "")).Parts()
	case lacks[0].Field == verifies:
		m.Says = voice.Say(voice.LessonVerifies, "row", near.is, "want", keyNamed(lacks[0].Want)).Parts()
	case lacks[0].Field == holds:
		m.Says = voice.Say(voice.LessonLacks, "row", near.is, "want", lacks[0].Want).Parts()
	case g.Subject == "ran":
		m.Says = voice.Say(voice.LessonNotCode, "wanted", wish(lacks), "answered", near.fact).Parts()
	default:
		m.Says = voice.Say(voice.LessonNear, "row", known(g, near, lacks), "differs", differing(lacks)).Parts()
	}
	return m
}

// counted says how many rows there are, or which one is still there.
func (e *eyes) counted(g Goal, n names) voice.Note {
	var there []row
	for _, r := range e.rows(g) {
		if _, lacks := e.pass(g, r, n); len(lacks) == 0 {
			there = append(there, r)
		}
	}
	i := slices.IndexFunc(g.Tests, func(t Test) bool { return t.Field == noneMark || t.Field == countField })
	if g.Tests[i].Field == noneMark && len(there) > 0 {
		return voice.Say(voice.LessonStill, "row", there[0].is)
	}
	return voice.Say(voice.LessonCount, "found", len(there), "want", strings.TrimPrefix(g.Tests[i].Op+g.Tests[i].Value, "="))
}

// nearest is the row that differs the least from what a goal asks for, nil where none has the
// identity that it names. Later rows come first: what was done last is what is looked at.
func (e *eyes) nearest(g Goal, n names) (near *row, lacks []Differs) {
	rows := e.rows(g)
	for i := range slices.Backward(rows) {
		_, differs := e.pass(g, rows[i], n)
		if len(differs) == 0 || slices.ContainsFunc(differs, func(d Differs) bool { return g.identifies(d.Field) }) {
			continue
		}
		if told := g.told(); told > 1 && 2*len(differs) > told {
			continue // it has more of another row than of this one
		}
		if near == nil || len(differs) < len(lacks) {
			near, lacks = &rows[i], differs
		}
	}
	return near, lacks
}

// told is how many tests say what a row is to be.
func (g Goal) told() (count int) {
	for _, t := range g.Tests {
		if !t.binds() && t.Field != newField {
			count++
		}
	}
	return count
}

// known is how a sentence calls a row that was found: by what it has of what was asked for.
func known(g Goal, r *row, lacks []Differs) string {
	for _, t := range g.Tests {
		if t.Field == "label" && !slices.ContainsFunc(lacks, func(d Differs) bool { return d.Field == "label" }) {
			return r.is + " is labelled " + r.fields("label").String()
		}
	}
	return r.is + " is there"
}

// differing lists in which fields a row differs.
func differing(lacks []Differs) string {
	if len(lacks) == 1 && plainly(lacks[0]) == "" {
		return has(lacks[0]) + "; asked for: " + wish(lacks)
	}
	var parts []string
	for _, d := range lacks {
		if said := plainly(d); said != "" {
			parts = append(parts, said)
			continue
		}
		parts = append(parts, has(d)+" (asked for: "+wish([]Differs{d})+")")
	}
	if len(parts) == 1 {
		return parts[0]
	}
	last := len(parts) - 1
	return strings.Join(parts[:last], ", ") + " and " + parts[last]
}

// facts are what fields that are true or not say of a row, where they are.
var facts = map[string]string{
	"toy-password": "it still has the password that it was seeded with", "differs": "the HSMs do not agree about it",
	"extractable": "it is extractable", "trusted": "it is trusted", "sensitive": "it is sensitive", "local": "it was made in the HSM",
	"sign": "it may sign", "verify": "it may verify", "wrap": "it may wrap", "unwrap": "it may unwrap", "encrypt": "it may encrypt",
	"decrypt": "it may decrypt", "derive": "it may derive", "directory": "it is a directory",
}

// plainly says a field that is true or not in words that need no asked for, "" for another field.
func plainly(d Differs) string {
	said := facts[d.Field]
	switch {
	case said == "" || d.Found != "yes" && d.Found != "no":
		return ""
	case d.Found == "yes":
		return said
	case d.Field == "toy-password" || d.Field == "differs":
		return ""
	}
	return strings.NewReplacer("it is", "it is not", "it may", "it may not", "it was", "it was not").Replace(said)
}

// fieldName is a field in a sentence.
func fieldName(field string) string { return strings.ReplaceAll(field, "-", " ") }

// has says what a field is.
func has(d Differs) string {
	switch d.Field {
	case "on", "missing-on", "locked-on", "logged-in-on", "reaches":
		return "it is " + fieldName(d.Field) + " " + hsmList(d.Found)
	case newField:
		return "it was there before this step"
	case "bits":
		return "it has " + d.Found + " bits"
	case "session":
		if d.Found == "yes" {
			return "it is a session key"
		}
		return "it is a token key"
	case acceptsField:
		return "it does not take that password everywhere"
	case "same":
		return "its bytes are others"
	}
	return "its " + fieldName(d.Field) + " is " + d.Found
}

// hsmList is a list of HSMs in a sentence.
func hsmList(list string) string {
	if list == noneMark || list == "" {
		return "no HSM"
	}
	return "HSM " + list
}

// wish says what fields were to be.
func wish(lacks []Differs) string {
	var parts []string
	for _, d := range lacks {
		want := strings.ReplaceAll(strings.ReplaceAll(d.Want, ",", " "), "|", " or ")
		switch {
		case d.Field == "code" && d.test.Op == "=" && d.Want == "refused":
			want = "was refused"
		case d.Field == "code" && d.test.Op == "=" && d.Want != noneMark && d.Want != "0x00" && d.Want != "0":
			want = "was refused with " + want
		case d.Field == "code" && d.test.Op == "=":
			want = "answered " + want
		case d.Field == newField:
			want = "a new one"
		case d.Field == "session" && d.Want == "no":
			want = "a token key"
		case d.Field == "session" && d.Want == "yes":
			want = "a session key"
		case d.test.Op == "!=" && d.Field == "status":
			want = "ended with a status other than " + want
		case d.test.Op == "=" && d.Field == "status":
			want = "ended with status " + want
		case d.test.Op == "!=":
			want = "not " + want
		case d.test.Op == "~":
			want = "with " + want
		case d.test.Op == "<":
			want = "less than " + want
		case d.test.Op == ">":
			want = "more than " + want
		}
		parts = append(parts, want)
	}
	return strings.Join(parts, ", ")
}

// keyNamed is what a sentence calls a key that is given by its handle or file.
func keyNamed(key string) string {
	if strings.Trim(key, "0123456789") == "" {
		return "key " + key
	}
	return "the key in " + key
}

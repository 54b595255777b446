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
	return field == subjectNamed(g.Subject).main || slices.Contains([]string{"label", "name", "path", "handle", "reference"}, field)
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
	goal := strings.ReplaceAll(strings.TrimSuffix(n.named(g.Says), "."), "`", "")
	t := e.tongue
	near, lacks := e.nearest(g, n)
	if g.counted() {
		m.Says = e.counted(g, n, goal, near, lacks)
		return m
	}
	m.Differs = lacks
	switch {
	case near == nil:
		m.Says = t.parts(voice.LessonNotYet, "goal", goal)
	case lacks[0].Field == verifies:
		m.Says = t.parts(voice.LessonVerifies, "row", near.is, "want", t.keyNamed(lacks[0].Want))
	case lacks[0].Field == holds && strings.Contains(goal, lacks[0].Want):
		m.Says = t.parts(voice.LessonLacks, "row", near.is, "want", lacks[0].Want)
	case lacks[0].Field == holds || strings.HasPrefix(lacks[0].Field, "OBJ_ATTR_") && !strings.Contains(goal, lacks[0].Want):
		m.Says = t.parts(voice.LessonNotSo, "goal", goal, "is", t.say("lacks.asked", "row", near.is))
	case g.Subject == "ran" && lacks[0].Field == "code" && !slices.Contains([]string{"unnumbered", noneMark, "0x00", "0"}, lacks[0].Want):
		m.Says = t.parts(voice.LessonNotCode, "wanted", t.wishCode(lacks[0]), "answered", near.fact)
	case g.Subject == "ran":
		m.Says = t.parts(voice.LessonNotSo, "goal", goal, "is", near.fact)
	case g.labelled(lacks):
		row := t.say("labelled", "row", near.is, "label", near.fields("label"))
		m.Says = t.parts(voice.LessonNear, "row", row, "differs", t.differing(g.Subject, t.text("it."+g.Subject), lacks))
	default:
		m.Says = t.parts(voice.LessonIs, "differs", t.differing(g.Subject, near.is, lacks))
	}
	return m
}

// counted says how many rows there are, which one is still there, or how the nearest one is where
// there is none.
func (e *eyes) counted(g Goal, n names, goal string, near *row, lacks []Differs) []voice.Part {
	var there []row
	for _, r := range e.rows(g) {
		if _, lacks := e.pass(g, r, n); len(lacks) == 0 {
			there = append(there, r)
		}
	}
	i := slices.IndexFunc(g.Tests, func(t Test) bool { return t.Field == noneMark || t.Field == countField })
	t := e.tongue
	switch {
	case g.Tests[i].Field == noneMark && g.Relation != "":
		return t.parts(voice.LessonNotYet, "goal", goal)
	case g.Tests[i].Field == noneMark && len(there) > 0 && g.Subject != "ran":
		return t.parts(voice.LessonStill, "row", there[0].is)
	case len(there) == 0 && near != nil && g.Subject != "ran" && g.Relation == "":
		return t.parts(voice.LessonNotSo, "goal", goal, "is", t.differing(g.Subject, near.is, lacks))
	}
	return t.parts(voice.LessonCount, "goal", goal, "found", t.soFar(g.Subject, len(there)))
}

// soFar says how many rows of a subject there are.
func (t tongue) soFar(subject string, count int) string {
	key := "so-far"
	if has(key + "." + subject) {
		key += "." + subject
	}
	switch count {
	case 0:
		key += ".none"
	case 1:
		key += ".one"
	}
	return t.say(key, "found", count)
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
		if !g.names() && slices.ContainsFunc(differs, func(d Differs) bool { return d.Field == newField }) {
			continue // an old row that nobody has named is none of the step's
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

// names reports whether a goal says which row it means.
func (g Goal) names() bool {
	return slices.ContainsFunc(g.Tests, func(t Test) bool { return t.name() == "" && g.identifies(t.Field) })
}

// labelled reports whether a goal asks for a label that a row has which lacks something else.
func (g Goal) labelled(lacks []Differs) bool {
	isLabel := func(field string) bool { return field == "label" }
	return g.Subject == "key" && slices.ContainsFunc(g.Tests, func(t Test) bool { return isLabel(t.Field) }) &&
		!slices.ContainsFunc(lacks, func(d Differs) bool { return isLabel(d.Field) })
}

// differing lists in which fields a row of a subject differs. it is the word for the row, first.
func (t tongue) differing(subject, it string, lacks []Differs) string {
	var parts []string
	for i, d := range lacks {
		if i > 0 {
			it = t.text("it." + subject)
		}
		key := "each"
		if len(lacks) == 1 {
			key = "one"
		}
		if said := t.plainly(it, d); said != "" {
			parts = append(parts, said)
		} else {
			parts = append(parts, t.say(key, "is", t.is(subject, it, d), "want", t.wish(d)))
		}
	}
	last := len(parts) - 1
	if last == 0 {
		return parts[0]
	}
	return strings.Join(parts[:last], ", ") + " " + t.text("and") + " " + parts[last]
}

// plainly says a field that is true or not, or that is not to be given away, in words that need no
// asked for; "" for another field.
func (t tongue) plainly(it string, d Differs) string {
	switch {
	case d.Field == acceptsField || d.Field == "same":
		return t.say("no."+d.Field, "it", it)
	case (d.Found == "yes" || d.Found == "no") && has(d.Found+"."+d.Field):
		return t.say(d.Found+"."+d.Field, "it", it)
	case d.test.name() == "":
		return ""
	case d.Found == noneMark && has("is."+d.Field+".none"):
		return t.say("is."+d.Field+".none", "it", it)
	case has("other." + d.Field):
		return t.say("other."+d.Field, "it", it, "found", d.Found)
	}
	return t.say("other", "it", it, "field", fieldName(d.Field), "found", d.Found)
}

// fieldName is a field in a sentence.
func fieldName(field string) string { return strings.ReplaceAll(field, "-", " ") }

// is says what a field is.
func (t tongue) is(subject, it string, d Differs) string {
	key, list := "is."+d.Field, listed(d.Found)
	if has("is." + subject + "." + d.Field) {
		key = "is." + subject + "." + d.Field
	}
	switch {
	case has(key + "." + d.Found):
		key += "." + d.Found
	case strings.HasPrefix(d.Field, "OBJ_ATTR_"):
		key = "is.value"
	case (len(list) == 0 || d.Found == "0") && has(key+".none"):
		key += ".none"
	case !has(key):
		key = "is"
	case d.Found == "1":
		key = plural(key, 1)
	}
	found := t.kind(d.Found)
	if len(list) == 0 && d.Field == "shared" {
		found = t.text("nobody")
	}
	return t.say(key, "it", it, "field", fieldName(d.Field), "found", found, "hsms", t.hsms(list))
}

// kind is a kind of file or of what is in it, in words; another text is as it is.
func (t tongue) kind(found string) string {
	if said := t.text("kind." + found); said != "" {
		return said
	}
	return found
}

// listed are the elements of a list as a sentence has it.
func listed(list string) []string {
	if list == noneMark {
		return nil
	}
	return strings.FieldsFunc(list, func(r rune) bool { return r == ' ' || r == ',' })
}

// wish says what a field was to be.
func (t tongue) wish(d Differs) string {
	var words []string
	for one := range strings.SplitSeq(d.Want, "|") {
		switch {
		case has("want." + d.Field + "." + one):
			one = t.text("want." + d.Field + "." + one)
		case strings.Contains(phrases["is."+d.Field], "{hsms}"):
			one = t.hsms(listed(one))
		case d.Field == "shared" && one == noneMark:
			one = t.text("nobody")
		}
		words = append(words, t.kind(one))
	}
	key := "want"
	switch {
	case d.test.Op == "!=" && strings.Contains(phrases["is."+d.Field], "{hsms}"):
		key = "want.not.alone"
	case d.test.Op == "!=":
		key = "want.not"
	case d.test.Op == "<":
		key = "want.less"
	case d.test.Op == ">":
		key = "want.more"
	case d.test.Op == "~" && strings.Contains(phrases["is."+d.Field], "{hsms}"):
		key = "want.among"
	case d.test.Op == "~" && d.Field != "block-kinds":
		key = "want.with"
	}
	return t.say(key, "want", strings.Join(words, " "+t.text("or")+" "))
}

// wishCode says how a line was to answer.
func (t tongue) wishCode(d Differs) string {
	want := strings.ReplaceAll(d.Want, "|", " "+t.text("or")+" ")
	switch {
	case d.Want == "refused":
		return t.text("want.code.any")
	case d.Want == "0x00" || d.Want == "0" || d.test.Op != "=":
		return t.say("want.code", "want", want)
	}
	return t.say("want.code.refused", "want", want)
}

// keyNamed is what a sentence calls a key that is given by its handle or file.
func (t tongue) keyNamed(key string) string {
	if strings.Trim(key, "0123456789") == "" {
		return t.say("key.handle", "key", key)
	}
	return t.say("key.file", "key", key)
}

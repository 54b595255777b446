package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/lesson"
	"hsmplay/core/sim"
)

// pupil is somebody who does things in the course.
type pupil struct {
	t *testing.T
	d *desk
}

func newPupil(t *testing.T) pupil {
	d, err := newDesk(`{"seed":1}`, sim.Options{})
	require.NoError(t, err)
	p := pupil{t, d}
	p.does(act{Act: "course", Files: map[string]string{"01-new.md": lesson.Skeleton}})
	return p
}

// does one thing in the course.
func (p pupil) does(a act) lessonView {
	p.t.Helper()
	v, err := p.d.act(request{Lesson: a})
	require.NoError(p.t, err)
	return *v.(*lessonView)
}

// types a line in the world of the moment.
func (p pupil) types(terminal int, line string) lessonView {
	p.d.world.Type(terminal, line)
	return p.does(act{Act: "seen", Terminal: terminal, At: 2})
}

func TestALessonKeepsTheOwnWorldAside(t *testing.T) {
	p := newPupil(t)
	own := p.d.world
	v := p.does(act{Act: "open", Name: "new", At: 1})
	require.NotSame(t, own, p.d.world)
	require.False(t, v.State.Goals[0].Met)
	require.Empty(t, v.State.Missing)

	v = p.types(v.State.Tabs[0], "genSymKey -t 31 -s 16 -l mine")
	require.Equal(t, "half-as-long", v.State.Wrong.ID)
	require.Equal(t, "The key has 128 bits. -s counts bytes, and 256 bits are 32 of them.", plain(v.State.Wrong.Says[0]))
	require.Equal(t, "key 6 is labelled mine, but it has 128 bits; asked for: 256.", plain(v.State.Missing[0].Says))

	v = p.does(act{Act: "back"})
	require.Empty(t, p.d.world.Keys(0, 0, 0, 0, "").Rows)
	v = p.types(v.State.Tabs[0], "genSymKey -t 31 -s 32 -l mine")
	require.True(t, v.State.Ended)
	require.Equal(t, "key 6 on HSMs 0 1 2", v.State.Goals[0].Fact)
	require.Equal(t, []lesson.TypedLine{{Tab: 1, Line: "genSymKey -t 31 -s 32 -l mine"}}, v.State.Yours)

	v = p.does(act{Act: "leave"})
	require.Same(t, own, p.d.world)
	require.Nil(t, v.State)
	require.Equal(t, []bool{true}, v.Lessons[0].Ticked)
	_, err := p.d.act(request{Lesson: act{Act: "hint"}})
	require.ErrorIs(t, err, errNotNow)
}

func TestALessonGoesOnAfterAReload(t *testing.T) {
	p := newPupil(t)
	v := p.does(act{Act: "open", Name: "new", At: 1})
	v = p.does(act{Act: "hint"})
	p.d.world.Type(v.State.Tabs[0], "genSymKey -t 31 -s 16 -l noise")
	rows, played := p.d.world.Save(), v.Played

	q := newPupil(t)
	v = q.does(act{Act: "resume", Name: "new", Rows: rows, Played: played, At: 5})
	require.Len(t, v.State.Hints, 1)
	v = q.types(v.State.Tabs[0], "genSymKey -t 31 -s 32 -l mine")
	require.True(t, v.State.Ended)
	require.Equal(t, 1, record(t, v).Hints)
	v = q.does(act{Act: "back"})
	require.Empty(t, q.d.world.Keys(0, 0, 0, 0, "").Rows)

	other := newPupil(t)
	require.Equal(t, []bool{false}, other.does(act{Act: "list"}).Lessons[0].Ticked)
	require.Equal(t, []bool{true}, other.does(act{Act: "merge", Progress: v.Progress}).Lessons[0].Ticked)
}

// record is the record of the first step.
func record(t *testing.T, v lessonView) lesson.StepDone {
	var p lesson.Progress
	require.NoError(t, json.Unmarshal([]byte(v.Progress), &p))
	return p.Lessons[0].Steps[0]
}

// plain is a sentence without its marks.
func plain[P any](parts []P) (text string) {
	for _, p := range parts {
		data, _ := json.Marshal(p)
		var one struct{ Text string }
		_ = json.Unmarshal(data, &one)
		text += one.Text
	}
	return text
}

func TestWhatIsNoLesson(t *testing.T) {
	p := newPupil(t)
	v := p.does(act{Act: "course", Files: map[string]string{"02-bad.md": "nothing"}})
	require.Equal(t, "02-bad.md:1: a lesson begins with --- and its front matter", v.Faults[0])
	for _, a := range []act{{Act: "open", Name: "x"}, {Act: "nonsense"}, {Act: "back"}, {Act: "merge", Progress: "{"}, {Act: "resume", Name: "new"}} {
		_, err := p.d.act(request{Lesson: a})
		require.Error(t, err, fmt.Sprint(a))
	}
}

// Another language goes on with the step that is played.
func TestALessonGoesOnInAnotherLanguage(t *testing.T) {
	p := newPupil(t)
	p.does(act{Act: "open", Name: "new", At: 1})
	v := p.types(p.d.player.Front(), "findKey")
	require.Contains(t, plain(v.State.Missing[0].Says), "Not yet: ")
	v = p.does(act{Act: "course", Files: map[string]string{"01-new.md": lesson.Skeleton}, Says: map[string]string{
		"01-new.md": "---\ntitle: Neu\n---\n", lesson.WordsFile: "lesson.not-yet: Noch nicht: {goal}."}})
	require.Equal(t, "Neu", v.State.Title)
	require.Contains(t, plain(v.State.Missing[0].Says), "Noch nicht: ")
	v = p.does(act{Act: "course", Files: map[string]string{"02-own.md": strings.Replace(lesson.Skeleton, "title: ", "title: Own ", 1)}})
	require.Contains(t, plain(v.State.Missing[0].Says), "Noch nicht: ", "a dropped lesson says nothing about the language")
	require.Equal(t, []int{1, 1}, []int{len(p.d.player.Record().Steps), p.d.player.Record().Steps[0].Tries})
	v = p.does(act{Act: "course", Files: map[string]string{"01-new.md": lesson.Skeleton}, Says: map[string]string{}})
	require.Contains(t, plain(v.State.Missing[0].Says), "Not yet: ")
}

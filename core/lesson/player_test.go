package lesson_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/lesson"
	"hsmplay/core/sim"
)

// course has two steps that have a name in common.
const course = `---
title: Two steps
minutes: 4
theme: keys
let: user user4 number=$four
start: key_mgmt_util
start: loginHSM -u CU -s example_user -p aws
---

## Make

` + "```predict\nline: genSymKey -t 31 -s 32 -l mine\nask: handles\nchoices: 6, 7, none\nwhy: So.\n```" + `
` + "```goal\nkey label=mine handle=$key on=all\n  key $key, for user $four\n```" + `
` + "```hint\nOne.\n---\nTwo $key.\n```" + `
` + "```solution\ngenSymKey -t 31 -s 32 -l mine\n```" + `
` + "```wrong another\ngenSymKey -t 31 -s 32 -l $four\n---\nLabel $label.\n---\nkey label!=mine label=$label new=yes\n```" + `

## Delete

` + "```goal\nkey handle=$key label=mine none\n  it is gone\nran deleteKey code=0x00 keys~$key\n  it was deleted\n```" + `
` + "```fail\nhsm state=up none\n  No HSM is up.\n```" + `
` + "```solution\ndeleteKey -k $key\n```" + `
`

func play(t *testing.T) *lesson.Player {
	l, err := lesson.Read("two.md", course)
	require.NoError(t, err)
	return lesson.Play(l, sim.New(sim.Options{}), 1000)
}

// types a line and tells the player of it.
func types(p *lesson.Player, line string, at int64) lesson.State {
	p.World().Type(p.Front(), line)
	p.Observe(p.Front(), at)
	return p.State()
}

func text(s lesson.State) string {
	var b strings.Builder
	for _, g := range s.Goals {
		for _, part := range g.Says {
			b.WriteString(part.Text)
		}
		b.WriteString("|")
	}
	return b.String()
}

func TestALessonIsPlayed(t *testing.T) {
	p := play(t)
	s := p.State()
	require.Equal(t, "key KEY, for user 4|", text(s))
	require.True(t, s.Quiet)
	require.False(t, p.Next())
	require.ErrorIs(t, p.Guess(0, 3), lesson.ErrNoChoice)
	require.NoError(t, p.Guess(0, 1))
	s = p.State()
	require.False(t, s.Quiet)
	require.Equal(t, []any{1, 0, "6"}, []any{s.Predict[0].Chosen, s.Predict[0].Right, s.Predict[0].Is})

	require.True(t, p.Hint())
	require.True(t, p.Hint())
	require.False(t, p.Hint())
	s = types(p, "genSymKey -t 31 -s 32 -l other", 5000)
	require.Equal(t, "another", s.Wrong.ID)
	require.Equal(t, "Label other.", s.Wrong.Says[0][0].Text)
	require.Len(t, s.Missing, 1)
	require.Nil(t, types(p, "findKey", 6000).Wrong, "it is told once")
	require.Equal(t, lesson.Shown{Tab: 1, Line: "genSymKey -t 31 -s 32 -l mine", At: 1, Of: 1}, p.ShowMe())

	s = types(p, "genSymKey -t 31 -s 32 -l mine", 9000)
	require.True(t, s.Ended)
	require.Equal(t, "key 7, for user 4|", text(s))
	require.Equal(t, "key 7 on HSMs 0 1 2", s.Goals[0].Fact)
	require.Equal(t, []lesson.TypedLine{{Tab: 1, Line: "genSymKey -t 31 -s 32 -l other"}, {Tab: 1, Line: "findKey"},
		{Tab: 1, Line: "genSymKey -t 31 -s 32 -l mine"}}, s.Yours)
	require.Equal(t, []lesson.TypedLine{{Tab: 1, Line: "genSymKey -t 31 -s 32 -l mine"}}, s.Ours)

	require.True(t, p.Next())
	require.Equal(t, "deleteKey -k 7", p.ShowMe().Line)
	s = types(p, "deleteKey -k 7", 9500)
	require.True(t, s.Ended && s.Last)
	require.False(t, p.Next())

	done := p.Record()
	require.Equal(t, []any{true, 3, 2, 1, []string{"another"}, int64(8000)}, []any{done.Steps[0].Ticked, done.Steps[0].Tries, done.Steps[0].Hints,
		done.Steps[0].Shown, done.Steps[0].Wrong, done.Steps[0].Ms})
	require.Equal(t, lesson.Guess{Line: "genSymKey -t 31 -s 32 -l mine", Choice: "7", Is: "6"}, done.Steps[0].Guesses[0])
}

// Who deletes a key and makes it again has it again: a name is bound anew.
func TestAPredictionIsAboutTheToolThatItsLineIsOf(t *testing.T) {
	p := play(t)
	types(p, "exit", 2000)
	require.NoError(t, p.Guess(0, 2))
	s := p.State()
	require.Equal(t, []any{0, "6"}, []any{s.Predict[0].Right, s.Predict[0].Is}, "bash has no such command, which is not what was asked")
	require.Equal(t, "bash", p.World().Now(p.Front()).Program)
}

func TestWhatIsMissingIsSaidPlainly(t *testing.T) {
	for goal, want := range map[string]string{
		"key label=mine handle=$key extractable=no":                     "key 6 is labelled mine, but it is extractable.",
		"key label=mine handle=$key sign=yes bits=256":                  "key 6 is labelled mine, but it may not sign.",
		"user user4 type=CU missing-on=none failures=2 on=0":            "no wrong password of user user4 is counted (asked for: 2) and the user is on HSMs 0 1 2 (asked for: HSM 0).",
		"user user4 toy-password=no":                                    "user user4 still has the password that it was seeded with.",
		"file letter.txt holds hello":                                   "Not yet: key KEY, for user 4.",
		"file /etc/passwd holds hello":                                  "Not yet: key KEY, for user 4; file /etc/passwd does not hold what is asked for.",
		"hsm state=up count=2":                                          "Not yet: key KEY, for user 4; so far that holds for 3 HSMs.",
		"hsm user-mgmt=2 count=3":                                       "Not yet: key KEY, for user 4; HSM 2 wants 1 approval for service 3; asked for: 2.",
		"key label=mine count=2":                                        "Not yet: key KEY, for user 4; so far there is one.",
		"ran listUsers count=2":                                         "Not yet: key KEY, for user 4; so far there is none.",
		"hsm 1 state=down":                                              "HSM 1 is up; asked for: down.",
		"key label=mine on=0":                                           "key 6 is labelled mine, but it is on HSMs 0 1 2; asked for: HSM 0.",
		"key label=mine class=secret type=aes session=yes shared=user4": "key 6 is labelled mine, but it is a token key (asked for: a session key) and it is shared with nobody (asked for: user4).",
		"ran findKey":                                                   "Not yet: key KEY, for user 4.",
		"file /etc/passwd holds root none":                              "Not yet: key KEY, for user 4.",
		"tab key_mgmt_util number=1 user=user5":                         "example_user is logged in in tab 1; asked for: user5.",
		"ran genSymKey code!=0x00":                                      "Not yet: key KEY, for user 4; genSymKey answered 0x00.",
		"ran genSymKey code=0xb3":                                       "No line was refused with 0xb3 yet; genSymKey answered 0x00.",
		"ran genSymKey code=none":                                       "Not yet: key KEY, for user 4; genSymKey answered 0x00.",
		"ran genSymKey line~aes":                                        "Not yet: key KEY, for user 4; genSymKey answered 0x00.",
		"key label=mine handle=$key class=secret bits=128":              "key 6 is labelled mine, but it has 256 bits; asked for: 128.",
	} {
		l, err := lesson.Read("two.md", strings.Replace(course, "key label=mine handle=$key on=all", goal, 1))
		require.NoError(t, err, goal)
		s := types(lesson.Play(l, sim.New(sim.Options{}), 1000), "genSymKey -t 31 -s 32 -l mine", 2000)
		require.Len(t, s.Missing, 1, goal)
		var says string
		for _, part := range s.Missing[0].Says {
			says += part.Text
		}
		require.Equal(t, want, says)
	}
}

// What was so before anything was done is no tick: it comes with the step, or once it was undone and
// done again. While a question is open, the checklist would give its answer away.
func TestWhatWasSoBeforeTicksWithTheStep(t *testing.T) {
	l, err := lesson.Read("two.md", strings.Replace(course, "  key $key, for user $four\n", "  key $key, for user $four\nhsm 2 state=up\n  HSM 2 is up\n", 1))
	require.NoError(t, err)
	p := lesson.Play(l, sim.New(sim.Options{}), 1000)
	ticks := func(s lesson.State) (met, stays []bool) {
		for _, g := range s.Goals {
			met, stays = append(met, g.Met), append(stays, g.Stays)
		}
		return met, stays
	}
	met, stays := ticks(p.State())
	require.Equal(t, [][]bool{{false, false}, {false, true}}, [][]bool{met, stays})
	require.True(t, p.State().Held)
	require.Empty(t, p.State().Goals[1].Fact)
	s := types(p, "findKey", 2000)
	require.False(t, s.Held, "who types has seen enough of the question")
	met, stays = ticks(s)
	require.Equal(t, [][]bool{{false, false}, {false, true}}, [][]bool{met, stays})
	types(p, "hsm stop 2", 3000)
	met, stays = ticks(types(p, "hsm start 2", 4000))
	require.Equal(t, [][]bool{{false, true}, {false, false}}, [][]bool{met, stays})
	s = types(p, "genSymKey -t 31 -s 32 -l mine", 5000)
	require.True(t, s.Ended)

	p = lesson.Play(l, sim.New(sim.Options{}), 1000)
	met, stays = ticks(types(p, "genSymKey -t 31 -s 32 -l mine", 2000))
	require.Equal(t, [][]bool{{true, true}, {false, false}}, [][]bool{met, stays}, "the step has ticked")
}

// What was typed and what the lesson would have typed are written alike: by tab, without passwords.
func TestYoursAndOursAreWrittenAlike(t *testing.T) {
	const own = "---\ntitle: Own\nminutes: 1\ntheme: keys\n---\n\n## Log in\n\n```goal\nsession user5\n  user5 is logged in\n```\n" +
		"```solution\n@2 key_mgmt_util\n@2 loginHSM -u CU -s user5 -p aws\n```\n"
	l, err := lesson.Read("own.md", own)
	require.NoError(t, err)
	p := lesson.Play(l, sim.New(sim.Options{}), 1000)
	second := p.World().Open("", 80).Terminal
	for _, line := range []string{"key_mgmt_util", "loginHSM -u CU -s user5 -p aws"} {
		p.World().Type(second, line)
		p.Observe(second, 1500)
	}
	s := p.State()
	require.True(t, s.Ended)
	require.Equal(t, []lesson.TypedLine{{Tab: 2, Line: "key_mgmt_util"}, {Tab: 2, Line: "loginHSM -u CU -s user5 -p ***"}}, s.Yours)
	require.Equal(t, s.Yours, s.Ours)
}

// A command that asks back is one try with its answer, and nothing is missed before it.
func TestAQuestionOfACommandIsNoTry(t *testing.T) {
	p := play(t)
	s := types(p, "loginHSM -u CU -s example_user -hpswd", 1500)
	require.Equal(t, sim.Asks, p.World().Now(p.Front()).State)
	require.Empty(t, s.Missing)
	require.Zero(t, p.Record().Steps[0].Tries)
	s = types(p, "aws", 1600)
	require.NotEmpty(t, s.Missing)
	require.Equal(t, 1, p.Record().Steps[0].Tries)
}

// A line that starts tools is one line, whether they end at once, are typed into or stand in a pipe.
func TestYoursHasALineOnceForEachTimeItWasTyped(t *testing.T) {
	const own = "---\ntitle: Own\nminutes: 1\ntheme: cluster\nstart: key_mgmt_util\n---\n\n## Start\n\n```goal\nran cd\n  cd\n```\n```solution\ncd\n```\n"
	l, err := lesson.Read("own.md", own)
	require.NoError(t, err)
	p := lesson.Play(l, sim.New(sim.Options{}), 1000)
	lines := []string{"exit", "key_mgmt_util", "findKey", "exit", "ls", "key_mgmt_util singlecmd loginHSM -u CU -s example_user -p *** findKey",
		"cloudhsm-cli user list | head -2; cloudhsm-cli user list | tail -1", "service cloudhsm-client stop", "key_mgmt_util", "key_mgmt_util", "cd /"}
	want := []lesson.TypedLine{}
	for _, line := range lines {
		types(p, line, 1500)
		want = append(want, lesson.TypedLine{Tab: 1, Line: line})
	}
	require.Equal(t, want, p.State().Yours)
}

// The number of a closed tab is that of the next one, and to tell how a lesson stands opens none.
func TestTabsKeepTheirNumbers(t *testing.T) {
	p := play(t)
	opens := func() int {
		n := p.World().Open("", 80).Terminal
		p.Observe(n, 1500)
		return n
	}
	second, third := opens(), opens()
	require.Equal(t, []int{p.Front(), second, third}, p.State().Tabs)
	p.World().Close(second)
	require.Equal(t, []int{p.Front(), second, third}, p.State().Tabs)
	again := opens()
	require.Equal(t, []int{p.Front(), again, third}, p.State().Tabs)
	p.World().Close(p.State().Tabs[0])
	open := len(p.World().Terminals())
	p.State()
	require.Len(t, p.World().Terminals(), open)
	front := opens()
	require.Equal(t, []int{front, again, third}, p.State().Tabs)
}

// What the card offers to be typed names the tab beside the line.
func TestLinesOfTheCardHaveTheirTabs(t *testing.T) {
	const own = "---\ntitle: Own\nminutes: 1\ntheme: start\n---\n\n## Copy\n\n```predict\nline: @2 touch c\nask: refused\nchoices: yes, no\nwhy: No.\n```\n" +
		"```goal\nfile b\n  the file b\n```\n```order\n```\n```blank\n@2 cp ___ b\n```\n```solution\ntouch a\n@2 cp a b\n```\n"
	l, err := lesson.Read("own.md", own)
	require.NoError(t, err)
	s := lesson.Play(l, sim.New(sim.Options{}), 1000).State()
	require.Equal(t, lesson.TypedLine{Tab: 2, Line: "touch c"}, s.Predict[0].TypedLine)
	require.Equal(t, []lesson.TypedLine{{Tab: 2, Line: "cp a b"}, {Tab: 1, Line: "touch a"}}, s.Order)
	require.Equal(t, []lesson.TypedLine{{Tab: 2, Line: "cp ___ b"}}, s.Blank)
}

// Another language goes on with the step and its record.
func TestAnotherLanguageGoesOnWithTheStep(t *testing.T) {
	p := play(t)
	require.NoError(t, p.Guess(0, 1))
	types(p, "findKey", 2000)
	l, err := lesson.Read("two.md", course)
	require.NoError(t, err)
	require.NoError(t, l.Translate("de/two.md", "---\ntitle: Zwei\n---\n\n## Make\n\nProsa.\n\n```says\ntitle: Machen\ngoal 1: Schlüssel $key\n```\n"))
	require.NoError(t, lesson.Speak("words.txt", "lesson.not-yet: Noch nicht: {goal}.\n", []*lesson.Lesson{l}))
	p.Speak(l)
	s := p.State()
	require.Equal(t, []string{"Zwei", "Machen", "Delete", "Schlüssel KEY", "Noch nicht: Schlüssel KEY."}, []string{s.Title, s.Titles[0], s.Titles[1], s.Goals[0].Says[0].Text,
		s.Missing[0].Says[0].Text})
	require.Equal(t, 1, s.Predict[0].Chosen)
	require.Equal(t, []any{1, "Machen"}, []any{p.Record().Steps[0].Tries, p.Record().Steps[0].Title})
	require.ErrorContains(t, lesson.Speak("words.txt", "lesson.nothing: Nichts.\n", nil), `words.txt:1: the player has no phrase "lesson.nothing"`)
}

func TestAStepBeginsWithTheRecordOfWhatWasDone(t *testing.T) {
	l, err := lesson.Read("two.md", strings.Replace(course, "## Delete\n", "## Delete\n\n```record\n```\n", 1))
	require.NoError(t, err)
	p := lesson.Play(l, sim.New(sim.Options{}), 1000)
	_, err = p.World().Read("record.txt")
	require.Error(t, err, "the first step has none")
	require.NoError(t, p.Guess(0, 1))
	types(p, "genSymKey -t 31 -s 32 -l mine", 3000)
	require.True(t, p.Hint())
	require.True(t, p.Next())
	record, err := p.World().Read("record.txt")
	require.NoError(t, err)
	require.Equal(t, "Two steps (hsmplay lesson two)\n"+
		"- Make: done, 1 line, 1 hint, 0 lines shown, 0 of 1 prediction right, 2s\n"+
		"This record says which steps were done and how. It does not say who did them.\n", string(record))
}

func TestAKeyThatWasMadeAgainIsTheKey(t *testing.T) {
	p := play(t)
	types(p, "genSymKey -t 31 -s 32 -l mine", 1)
	require.True(t, p.Next())
	p.World().Type(p.Front(), "genSymKey -t 31 -s 32 -l mine")
	s := types(p, "deleteKey -k 6", 2)
	require.True(t, s.Goals[0].Met)
	require.True(t, s.Ended)
}

// Back is the world of that moment, also after a step that has failed.
func TestGoingBack(t *testing.T) {
	p := play(t)
	types(p, "genSymKey -t 31 -s 32 -l mine", 1)
	p.Next()
	for _, line := range []string{"hsm stop 0", "hsm stop 1", "hsm stop 2"} {
		p.World().Type(p.Front(), line)
	}
	p.Observe(p.Front(), 2)
	require.Equal(t, "No HSM is up.", p.State().Failed[0].Text)
	require.NoError(t, p.Back(1))
	require.Equal(t, 1, p.State().Step)
	require.Empty(t, p.State().Failed)
	require.Len(t, p.World().Keys(0, 0, 0, 0, "").Rows, 1)
	require.NoError(t, p.Back(0))
	require.Empty(t, p.World().Keys(0, 0, 0, 0, "").Rows)
	require.ErrorIs(t, p.Back(1), lesson.ErrNoChoice)
	require.True(t, types(p, "genSymKey -t 31 -s 32 -l mine", 3).Ended)
}

// A tick is of a step's goals: it stays while they stay.
func TestProgress(t *testing.T) {
	p := play(t)
	types(p, "genSymKey -t 31 -s 32 -l mine", 1)
	var all lesson.Progress
	all.Put(p.Record())
	read, err := lesson.ReadProgress(all.Bytes())
	require.NoError(t, err)
	require.Contains(t, string(all.Bytes()), "It does not say who did them.")

	l, _ := lesson.Read("two.md", course)
	ticked, fresh := read.Ticks(l)
	require.Equal(t, []bool{true, false}, ticked)
	require.Equal(t, []bool{false, true}, fresh)
	other, _ := lesson.Read("two.md", strings.Replace(strings.Replace(course, "on=all", "on~0", 1), "One.", "Another hint.", 1))
	ticked, _ = read.Ticks(other)
	require.Equal(t, []bool{false, false}, ticked, "goals have changed")
	other, _ = lesson.Read("two.md", strings.Replace(course, "One.", "Another hint.", 1))
	ticked, _ = read.Ticks(other)
	require.Equal(t, []bool{true, false}, ticked, "a hint has changed")

	again := play(t)
	types(again, "findKey", 2)
	read.Put(again.Record())
	ticked, _ = read.Ticks(l)
	require.Equal(t, []bool{true, false}, ticked, "a tick stays")
	_, err = lesson.ReadProgress([]byte("{"))
	require.ErrorIs(t, err, lesson.ErrProgress)
	_, err = lesson.ReadProgress([]byte(`{"version":9}`))
	require.ErrorIs(t, err, lesson.ErrVersion)
}

// After five whole lessons a review offers steps that catch what was done wrong, and again later.
func TestReview(t *testing.T) {
	var all lesson.Progress
	var lessons []*lesson.Lesson
	for _, name := range []string{"a", "b", "c", "d", "e"} {
		l, err := lesson.Read(name+".md", strings.Replace(lesson.Skeleton, "label=mine class", "label=mine-"+name+" class", 1))
		require.NoError(t, err)
		lessons = append(lessons, l)
		require.Equal(t, int64(-1), all.Due(lessons))
		all.Put(lesson.LessonDone{Name: name, Steps: []lesson.StepDone{{Digest: l.Steps[0].Digest(), Ticked: true, Wrong: []string{"half-as-long"}}}})
	}
	require.Zero(t, all.Due(lessons))
	require.Equal(t, []lesson.StepRef{{Lesson: "e", Step: 0, ID: "half-as-long"}}, all.Review(lessons))
	const day = 24 * 60 * 60 * 1000
	for i, due := range []int64{2 * day, 7 * day, 19 * day, -1} {
		at := []int64{0, 2 * day, 7 * day, 19 * day}[i]
		all.Reviews = append(all.Reviews, at)
		require.Equal(t, due, all.Due(lessons))
	}
}

package lesson_test

import (
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/lesson"
	"hsmplay/core/sim"
)

// asks is a prediction before the hint.
func asks(line, ask, choices string) string {
	return "```predict\nline: " + line + "\nask: " + ask + "\nchoices: " + choices + "\nwhy: So.\n```\n```hint\n"
}

// Each kind of row of the proof is seen to fail: a lesson that is right, with one thing changed.
func TestEachRowOfTheProofFails(t *testing.T) {
	if runtime.GOOS == "js" {
		t.Skip("the rows are the same in both builds")
	}
	const solution = "```solution\ngenSymKey -t 31 -s 32 -l mine\n"
	for _, c := range []struct{ old, new, want string }{
		{"start: loginHSM", "world: key_mgmt_util singlecmd loginHSM -u CU -s example_user -p aws genSymKey -t 31 -s 32 -l mine\nstart: loginHSM",
			"unsolved: all goals are met before anything is typed"},
		{solution, "```solution\ngenSymKey -t 31 -s 24 -l mine\n",
			"solution: `genSymKey -t 31 -s 24 -l mine` does not meet it: key 6 is labelled mine, but it has 192 bits; asked for: 256."},
		{solution, "```solution\ngenSymKey -t 31 -s 32 -l other\n", "does not meet it: Not yet:"},
		{"genSymKey -l mine -s 32 -t 31 -id key1", "findKey", "also: `findKey` does not meet it"},
		{"genSymKey -t 31 -s 16 -l mine", "genSymKey -t 31 -s 32 -l mine", "wrong half-as-long: `genSymKey -t 31 -s 32 -l mine` meets all goals"},
		{"key label=mine session=yes new=yes", "key label=mine session=yes none", "wrong session-key-survives: `genSymKey -t 31 -s 32 -l mine -sess` is not recognised"},
		{"key label=mine session=yes new=yes", "key label=mine new=yes extractable=no", "is not recognised"},
		{"key label=mine type=aes bits!=256 bits=$bits new=yes", "key label=mine type=aes new=yes bits=$bits", "wrong session-key-survives: `genSymKey -t 31 -s 32 -l mine -sess` is answered as half-as-long"},
		{"The key has $bits bits.", "The key has $length bits. $key", "$key is not bound in its sentence"},
		{"```goal\nkey label=mine class=secret type=aes bits=256 on=all handle=$key\n", "```goal\nkey class=secret type=aes count=1\n", "noise 1, solution"},
		{"```hint\n", "```hint\n`genSymKey -t 31 -s 32 -l mine`\n", "hint: the last hint is the solution"},
		{"```hint\n", "```fail\nkey label=mine\n  It is there.\n```\n```hint\n", "fail: `genSymKey -t 31 -s 32 -l mine` fails the step: It is there."},
		{"```hint\n", "```fail\nhsm state=up\n  It is up.\n```\n```hint\n", "fail: it has failed before anything is typed: It is up."},
		{"```hint\n", "```predict\nline: genSymKey -t 31 -s 1 -l x\nask: refused\nchoices: no, perhaps\nwhy: So.\n```\n```hint\n",
			`predict: the answer to ` + "`genSymKey -t 31 -s 1 -l x`" + ` is "yes", which is not among the choices`},
		{"```hint\n", "```predict\nline: findKey\nask: code\nchoices: 0x00, 0\nwhy: So.\n```\n```hint\n", "predict: more than one choice is right"},
		{"```hint\n", "```predict\nline: genSymKey -t 31 -s 1 -l x\nask: code\nasks: Will it be 0xb3?\nchoices: 0x00, 0xb3\nwhy: So.\n```\n```hint\n",
			`predict: "0xb3" is read before the question is answered: Will it be 0xb3?`},
		{"```hint\n", "```shows\nNothing prints this.\n```\n```hint\n", `shows: nothing prints "Nothing prints this." there`},
		{"You will make a secret key.", strings.Repeat("You will make a secret key. ", 20), "prose: the introduction is longer than 4 lines of 72 characters"},
		{"genSymKey -t 31 -s 32 -l mine -sess", "deleteKey -k 7", "names a key by a handle"},
		{"You will make a secret key.", "You will make a secret key!", "prose: the introduction has an exclamation mark"},
		{"The handle of the key is $key.", strings.Repeat("The handle is $key. ", 20), "prose: what is said at its end is longer than 4 lines of 72 characters"},
		{"```wrong half-as-long\ngenSymKey -t 31 -s 16 -l mine\n---\nThe key has $bits bits. `-s` counts bytes, and 256 bits are 32 of them.\n---\n" +
			"key label=mine type=aes bits!=256 bits=$bits new=yes\n```\n", "", "wrong: 2 wrong tries: a step has 3 or more"},
		{"The key is there, and its label is $label.", "With `-sess` the key is on one HSM and goes with the session.", "another wrong try has the same sentence"},
		{"key label!=mine label=$label owner=example_user type=aes new=yes", "key class=secret count=1", "noise 1, wrong another-label: `genSymKey -t 31 -s 32 -l yours` is not recognised"},
		{"```hint\n", "```fail\nkey class=secret count>1\n  Too many.\n```\n```hint\n", "noise 1, fail: `genSymKey -t 31 -s 32 -l mine` fails the step: Too many."},
		{"source:", "let: key label=nobodys handle=$x\nsource:", "let: no row of the world passes: key label=nobodys handle=$x"},
		{"  an AES key of 256 bits", "  and an AES key of 256 bits", `goal: its sentence begins with "and"`},
		{"source:", "world: genSymKye -l x\nsource:", "world: `genSymKye -l x` does nothing in bash"},
		{"source:", "break: hms stop 2\nsource:", "world: `hms stop 2` does nothing in bash"},
		{"source:", "profile: nobodys\nsource:", "world: `hsm profile nobodys` does nothing in bash"},
		{"start: loginHSM", "start: loginHMS", "world: `loginHMS -u *** -s *** -p ***` does nothing in key_mgmt_util"},
		{"```hint\n", "```order\n```\n```hint\n", "order: a solution of one line has no order"},
		{"```hint\n", "```blank\ngenSymKey -t 31 -s ___ -l yours\n```\n```hint\n", "blank: `genSymKey -t 31 -s ___ -l yours` is not the solution with words left out"},
		{"```hint\n", "```blank\ngenSymKey -t ___ -l mine\n```\n```hint\n", "blank: `genSymKey -t ___ -l mine` is not"},
		{"```hint\n", asks("findKey", "status", "1, 2"), `predict: the answer to ` + "`findKey`" + ` is "0", which is not among the choices`},
		{"```hint\n", asks("genSymKey -t 31 -s 32 -l mine", "nodes", "0, none"), `is "0 1 2", which is not among the choices`},
		{"```hint\n", asks("genSymKey -t 31 -s 32 -l mine", "handles", "1, none"), `is "6", which is not among the choices`},
		{"```hint\n", asks("genSymKey -t 31 -s 32 -l mine", "text", "Nobody, Nothing"), "which is not among the choices"},
		{"```hint\n", asks("genSymKey -t 31 -s 32 -l mine", "bits of key label=mine", "128, 192"), `is "256", which is not among the choices`},
		{"```hint\n", asks("genSymKey -t 31 -s 32 -l mine", "met key label=mine", "no, perhaps"), `is "yes", which is not among the choices`},
	} {
		text := strings.Replace(lesson.Skeleton, c.old, c.new, 1)
		require.NotEqual(t, lesson.Skeleton, text, c.old)
		l, err := lesson.Read("new.md", text)
		require.NoError(t, err, c.new)
		var says []string
		for _, f := range l.Check("new.md", lesson.Proof{New: func() *sim.World { return sim.New(sim.Options{}) }, Seeds: []uint64{1}, Wrongs: true}) {
			says = append(says, f.Error())
		}
		require.Contains(t, strings.Join(says, "\n"), c.want, c.new)
	}
}

// What a wrong try has left behind must be enough for nothing.
func TestAStepIsNotTickedByWhatAWrongTryHasLeft(t *testing.T) {
	if runtime.GOOS == "js" {
		t.Skip("the rows are the same in both builds")
	}
	const second = "\n## Keep it\n\nKeep it.\n\n```goal\nkey label=mine session=no on=all\n  kept\nran findKey\n  looked for\n```\n```hint\nSo.\n```\n" +
		"```solution\nsetAttribute -o $key -a 1\n1\nfindKey\n```\n```wrong one\nfindKey\n---\nOne.\n---\nran findKey\n```\n" +
		"```wrong two\nlistUsers\n---\nTwo.\n---\nran listUsers\n```\n```wrong three\nls\n---\nThree.\n---\nran ls\n```\n"
	first := strings.NewReplacer("on=all handle=$key", "session=yes handle=$key", "-l mine\n```\n```also", "-l mine -sess\n```\n```also",
		"-id key1", "-sess -id key1", "-l mine -sess\n---", "-l mine\n---", "session=yes new=yes", "session=no new=yes").Replace(lesson.Skeleton)
	l, err := lesson.Read("new.md", first+second)
	require.NoError(t, err)
	var says []string
	for _, f := range l.Check("new.md", lesson.Proof{New: func() *sim.World { return sim.New(sim.Options{}) }, Wrongs: true}) {
		says = append(says, f.Error())
	}
	require.Equal(t, []string{"new.md:72: leftover: one meets all goals after half-as-long in the step before",
		"new.md:72: leftover: one meets all goals after session-key-survives in the step before"}, says)
}

// What cannot be read says where, and what was expected there.
func TestWhatCannotBeRead(t *testing.T) {
	for _, c := range []struct{ old, new, want string }{
		{"---\ntitle", "title", "new.md:1: a lesson begins with --- and its front matter"},
		{"minutes: 3", "minutes: many", `new.md:3: minutes: a number of minutes, 1 to 60, not "many"`},
		{"theme: start", "colour: red", `new.md:4: "colour" is no key of the front matter: these are title minutes theme`},
		{"theme: start", "title: twice", "new.md:4: title stands once"},
		{"key label=mine class", "kye label=mine class", `new.md:16: "kye" is no subject of a goal: these are key user file`},
		{"class=secret", "klass=secret", "new.md:16: key has no field klass: it has handle label id"},
		{"class=secret", "secret", `new.md:16: "secret" is no test: a test is written FIELD=VALUE`},
		{"  an AES key of 256 bits labelled `mine`, on every HSM\n", "", "a sentence for the learner stands indented below the goal"},
		{"label=mine class", `label="mine class`, "new.md:16: a quote is not closed"},
		{"```hint", "```hunt", `"hunt" is no block of a step: these are predict, goal`},
		{"```wrong half-as-long", "```wrong", "a block reads ```wrong ID"},
		{"```solution\ngenSymKey -t 31 -s 32 -l mine\n```\n", "", `the step "Make a key" has a solution: ` + "```solution"},
		{"```wrong another-label", "```wrong half-as-long", "the step has a wrong try half-as-long already"},
		{"```done\nThe handle of the key is $key.\n```", "```done\nThe handle", "a block ends with a line ```"},
		{"```hint\n", "```predict\nline: x\nask: colour\nchoices: a, b\nwhy: c\n```\n```hint\n", "ask is one of refused, code"},
		{"```hint\n", "```hint\na\n---\nb\n---\nc\n---\nd\n---\n", "a step has at most 4 hints, not 5"},
	} {
		text := strings.Replace(lesson.Skeleton, c.old, c.new, 1)
		require.NotEqual(t, lesson.Skeleton, text, c.old)
		_, err := lesson.Read("new.md", text)
		require.ErrorContains(t, err, c.want)
		var read lesson.ReadError
		require.ErrorAs(t, err, &read)
	}
}

func TestATranslationIsReadBesideItsLesson(t *testing.T) {
	const says = "---\ntitle: Neu\n---\nEinleitung.\n\n## Make a key\n\nProsa.\n\n```says\ntitle: Ein Schlüssel\ngoal 1: ein Schlüssel\n  mit Etikett\nwrong half-as-long: Zu kurz.\n```\n"
	l, err := lesson.Read("new.md", lesson.Skeleton)
	require.NoError(t, err)
	digest := l.Steps[0].Digest()
	require.NoError(t, l.Translate("de/new.md", says))
	require.Equal(t, []string{"Neu", "Einleitung.", "Ein Schlüssel", "Prosa.", "ein Schlüssel mit Etikett", "Zu kurz."},
		[]string{l.Title, l.Intro, l.Steps[0].Title, l.Steps[0].Prose, l.Steps[0].Goals[0].Says, l.Steps[0].Wrong[0].Says})
	require.Equal(t, digest, l.Steps[0].Digest(), "a tick is of every language")
	require.ErrorContains(t, l.Translate("de/new.md", says), `de/new.md:6: the lesson has no step "Make a key"`)
	l, _ = lesson.Read("new.md", lesson.Skeleton)
	require.ErrorContains(t, l.Translate("de/new.md", strings.Replace(says, "goal 1", "goal 2", 1)), `de/new.md:12: the step has no "goal 2"`)
}

package lesson_test

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/lesson"
	"hsmplay/core/sim"
)

// proof is how much a test proves: in the page's engine solutions and one seed of noise.
func proof() lesson.Proof {
	p := lesson.Proof{New: func() *sim.World { return sim.New(sim.Options{}) }, Seeds: []uint64{1, 2}, Wrongs: true}
	if testing.Short() {
		p.Seeds = []uint64{1}
	}
	if runtime.GOOS == "js" && os.Getenv("HSMPLAY_SOAK") == "" {
		p.Seeds, p.Wrongs = []uint64{1}, false
	}
	return p
}

// Every lesson of the course is proved.
func TestTheCourseProvesItself(t *testing.T) {
	files, err := filepath.Glob("course/*.md")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			text, err := os.ReadFile(file)
			require.NoError(t, err)
			l, err := lesson.Read(file, string(text))
			require.NoError(t, err)
			for _, f := range l.Check(file, proof()) {
				t.Error(f)
			}
		})
	}
}

// A lesson that is named as one to come before does.
func TestWhatComesBeforeIsThere(t *testing.T) {
	files, err := filepath.Glob("course/*.md")
	require.NoError(t, err)
	before := map[string]bool{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		l, err := lesson.Read(file, string(text))
		require.NoError(t, err)
		for _, name := range l.After {
			require.True(t, before[name], "%s comes after %s", file, name)
		}
		before[l.Name] = true
	}
}

func TestTheSkeletonProvesItself(t *testing.T) {
	l, err := lesson.Read("new.md", lesson.Skeleton)
	require.NoError(t, err)
	require.Empty(t, l.Check("new.md", proof()))
}

// Every translation fits its lesson.
func TestTranslationsFit(t *testing.T) {
	files, err := filepath.Glob("course/*/*.md")
	require.NoError(t, err)
	for _, file := range files {
		text, err := os.ReadFile(filepath.Join("course", filepath.Base(file)))
		require.NoError(t, err, file)
		l, err := lesson.Read(file, string(text))
		require.NoError(t, err)
		says, err := os.ReadFile(file)
		require.NoError(t, err)
		require.NoError(t, l.Translate(file, string(says)))
		original, err := lesson.Read(file, string(text))
		require.NoError(t, err)
		require.Empty(t, l.Same(original), "%s is whole", file)
	}
}

// A language with lessons has all that the player says itself.
func TestLanguagesAreWhole(t *testing.T) {
	files, err := filepath.Glob("course/*/words.txt")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		l := &lesson.Lesson{}
		require.NoError(t, lesson.Speak(file, string(text), []*lesson.Lesson{l}))
		require.Empty(t, l.Unsaid())
	}
}

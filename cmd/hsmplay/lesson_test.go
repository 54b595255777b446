package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/lesson"
)

// lessonSays runs hsmplay lesson with what is typed, and returns its status and what it prints.
func lessonSays(t *testing.T, typed string, args ...string) (int, string) {
	t.Helper()
	var out, errs bytes.Buffer
	status := run(t.Context(), host{strings.NewReader(typed), &out, &errs}, append([]string{"lesson"}, args...))
	return status, out.String() + errs.String()
}

func TestLessonsAreProvedFromTheCommandLine(t *testing.T) {
	dir := t.TempDir()
	good, bad := filepath.Join(dir, "01-good.md"), filepath.Join(dir, "02-bad.md")
	require.NoError(t, os.WriteFile(good, []byte(lesson.Skeleton), 0o600))
	status, says := lessonSays(t, "", "check", dir)
	require.Equal(t, []any{done, good + ": proved\n"}, []any{status, says})

	require.NoError(t, os.WriteFile(bad, []byte(strings.Replace(lesson.Skeleton, "-s 16", "-s 32", 1)), 0o600))
	status, says = lessonSays(t, "", "check", dir)
	require.Equal(t, failed, status)
	require.Contains(t, says, bad+":29: wrong half-as-long: `genSymKey -t 31 -s 32 -l mine` meets all goals\n")

	require.NoError(t, os.Mkdir(filepath.Join(dir, "de"), 0o700))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "de", "01-good.md"), []byte("---\n---\n\n## No such step\n"), 0o600))
	_, says = lessonSays(t, "", "check", good)
	require.Contains(t, says, `the lesson has no step "No such step"`)
	status, _ = lessonSays(t, "", "check", filepath.Join(dir, "none"))
	require.Equal(t, failed, status)
}

func TestALessonIsPlayedInTheTerminal(t *testing.T) {
	file := filepath.Join(t.TempDir(), "new.md")
	record := filepath.Join(t.TempDir(), "record.json")
	require.NoError(t, os.WriteFile(file, []byte(lesson.Skeleton), 0o600))
	status, says := lessonSays(t, strings.Join([]string{":hint", "genSymKey -t 31 -s 16 -l mine", ":show", ":back 1", "@2 echo beside",
		"genSymKey -t 31 -s 32 -l mine", ":record " + record, ":quit", ""}, "\n"), "play", file)
	require.Equal(t, done, status)
	for _, want := range []string{
		"Step 1 of 1: Make a key\n", "hint 1 of 1: `genSymKey -h` lists", "The key has 128 bits.",
		"[ ] an AES key of 256 bits labelled `mine`, on every HSM: key 6 is labelled mine, but it has 128 bits; asked for: 256.",
		"line 1 of 1, tab 1: genSymKey -t 31 -s 32 -l mine", "beside\n", "[x] an AES key of 256 bits labelled `mine`, on every HSM: key 6 on HSMs 0 1 2",
	} {
		require.Contains(t, says, want)
	}
	data, err := os.ReadFile(record)
	require.NoError(t, err)
	require.Contains(t, string(data), `"half-as-long"`)
	status, _ = lessonSays(t, "", "play", "no-such-lesson")
	require.Equal(t, failed, status)
}

func TestTheCourseIsListed(t *testing.T) {
	status, says := lessonSays(t, "", "list")
	require.Equal(t, done, status)
	require.Contains(t, says, "start      first-minute                  4 min  The first minute\n")
	status, _ = lessonSays(t, "")
	require.Equal(t, misused, status)
}

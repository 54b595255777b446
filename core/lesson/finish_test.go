package lesson_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/internal/foreign"
	"hsmplay/core/lesson"
	"hsmplay/core/sim"
)

// verifying is a line of openssl that verifies a signature: public key, signature, signed file.
var verifying = regexp.MustCompile(`openssl (dgst \S+ -verify (\S+) -signature (\S+) (record\.txt))`)

// The record that a theme ends with is signed in the cluster and verified outside it, by the machine's
// openssl with nothing but the files that the learner downloads.
func TestTheRecordOfEachThemeVerifiesOutside(t *testing.T) {
	files, err := filepath.Glob("course/*.md")
	require.NoError(t, err)
	records := map[string]bool{} // whether the last lesson of a theme has one
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		l, err := lesson.Read(file, string(text))
		require.NoError(t, err)
		records[l.Theme] = strings.Contains(string(text), "```record\n")
		if records[l.Theme] {
			t.Run(l.Name, func(t *testing.T) { finish(t, l, string(text)) })
		}
	}
	require.Equal(t, map[string]bool{"automation": true, "cluster": true, "keys": true, "people": true, "start": true}, records)
}

// finish plays a lesson to its end and verifies what it leaves.
func finish(t *testing.T, l *lesson.Lesson, text string) {
	openssl := foreign.NewOpenSSL(t)
	p := lesson.Play(l, sim.New(sim.Options{}), 1000)
	for i, step := range l.Steps {
		require.True(t, p.Own(int64(2000*(i+1))).Ended, step.Title)
		p.Next()
	}
	line := verifying.FindStringSubmatch(text)
	require.NotNil(t, line)
	for _, name := range line[2:] {
		data, err := p.World().Read(name)
		require.NoError(t, err)
		openssl.Write(name, data)
	}
	record := string(openssl.Read(line[4]))
	require.Contains(t, record, l.Title)
	for _, step := range l.Steps[:len(l.Steps)-1] {
		require.Contains(t, record, "- "+step.Title+": done, ")
	}
	require.Contains(t, openssl.Run(line[1]), "Verified OK")
	openssl.Write(line[4], []byte(record+"- One more: done\n"))
	_, err := openssl.Try(line[1])
	require.Error(t, err, "a record that was changed is not the one that was signed")
}

package sim

import (
	"path"
	"slices"
	"strings"

	"hsmplay/core/shell"
	"hsmplay/core/voice"
)

// overwriters are programs that put something in place of a file, or take it away, as their words
// tell; options before them keep it or ask.
var overwriters = []struct {
	program string
	files   func(words []string) []string
	gone    bool
}{
	{"rm", func(words []string) []string { return words }, true},
	{"unlink", func(words []string) []string { return words }, true},
	{"cp", last, false},
	{"mv", last, false},
	{"tee", func(words []string) []string { return words }, false},
	{"truncate", func(words []string) []string { return words }, false},
}

// last is the last of several words.
func last(words []string) []string {
	if len(words) < 2 {
		return nil
	}
	return words[len(words)-1:]
}

// keeping are the options with which these programs keep what is there, or ask.
var keeping = []string{"-i", "-n", "-a", "--append", "--no-clobber", "--interactive"}

// parsed tells what a line of bash, which is not run, would overwrite or delete.
func (d *dryRun) parsed(s shell.Simple) {
	d.overwrites(s.Written, false)
	var words []string
	for _, word := range s.Words[1:] {
		if slices.Contains(keeping, word) {
			return
		}
		if !strings.HasPrefix(word, "-") {
			words = append(words, word)
		}
	}
	for _, row := range overwriters {
		if row.program == s.Words[0] {
			d.overwrites(row.files(words), row.gone)
		}
	}
}

// overwrites tells of files that are there and have something in them.
func (d *dryRun) overwrites(names []string, gone bool) {
	d.w.machine.Do(func() {
		for _, name := range names {
			at := name
			if !path.IsAbs(at) {
				at = path.Join(d.dir, at)
			}
			f, err := d.w.machine.FS().Stat(at)
			if err != nil || f.IsDir() || !f.Mode.IsRegular() || f.Size() == 0 {
				continue
			}
			says := voice.WouldOverwrite
			if gone {
				says = voice.WouldFileGone
			}
			d.parsedSays = append(d.parsedSays, voice.Say(says, "file", voice.OneLine(name)))
			d.parsedFinal = append(d.parsedFinal, voice.Say(voice.FinalFile, "file", voice.OneLine(name)))
		}
	})
}

// untried tells which files a line of openssl would write that has come to something that a dry run
// leaves out.
func (d *dryRun) untried(v *Would) {
	for _, name := range written(d.words) {
		if !strings.HasSuffix(name, serials) { // where one number more stands then
			d.overwrites([]string{name}, false)
		}
		v.Says = append(v.Says, shell.Render(voice.Say(voice.WouldTry, "file", voice.OneLine(name))))
	}
	v.Final = rendered(d.parsedFinal)
}

// serials is how files with the serial numbers of a CA end.
const serials = ".srl"

// writing are the options of openssl whose files are written.
var writing = []string{"-out", "-keyout", "-CAserial"}

// written are the files that a line of openssl writes; where it makes a serial number, that's too,
// which is called as the CA's certificate is.
func written(words []string) (names []string) {
	for i, word := range words {
		if slices.Contains(writing, word) && i+1 < len(words) {
			names = append(names, words[i+1])
		}
	}
	if ca, given := behind(words, "-CA"); given && slices.Contains(words, "-CAcreateserial") && !slices.Contains(words, "-CAserial") {
		names = append(names, strings.TrimSuffix(ca, path.Ext(ca))+serials)
	}
	return names
}

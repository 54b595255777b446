package sim

import (
	"path"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"hsmplay/core/cli"
	"hsmplay/core/cmu"
	"hsmplay/core/internal/slips"
	"hsmplay/core/internal/transcript"
	"hsmplay/core/kmu"
	"hsmplay/core/voice"
)

// What a dry run says of a line is counted against what the line then does in a copy: keys, users,
// files and HSMs that are made, deleted and changed, on how many HSMs, who is logged in, and
// whether an HSM refuses it. The lines are those of the worlds of slips, of the notes, of the
// procedures and of wouldSessions; among them is for each command of the tools, openssl and hsm one
// that works and one that fails.
func TestADryRunIsTrueOfEachCommand(t *testing.T) {
	if runtime.GOOS == "js" {
		t.Skip("minutes there; the same code runs natively")
	}
	j := &judge{t: t, works: map[string]string{}, fails: map[string]string{}}
	for _, s := range slips.Worlds {
		v := visit(t, setting{name: s.Name, options: Options{NonFIPS: s.NonFIPS}, steps: s.Setup})
		for _, tab := range provokingTabs {
			for _, line := range s.Lines[tab] {
				j.of(v.world, v.tabs[tab], line)
			}
		}
		v.world.Shut()
	}
	for _, s := range wouldSessions {
		v, text := visit(t, s.setting), ""
		for _, line := range s.lines {
			tab, line, _ := strings.Cut(line, "> ")
			for _, m := range jsonText.FindAllStringSubmatch(text, -1) {
				line = strings.ReplaceAll(line, "{"+m[1]+"}", m[2])
			}
			j.of(v.world, v.tabs[tab], line)
			turn := v.world.Type(v.tabs[tab], line)
			text = turn.Text
			for turn.State == Asks {
				turn = v.world.Type(v.tabs[tab], "y")
			}
		}
		v.world.Shut()
	}
	for _, file := range noteFiles(t) {
		worlds, _ := readNotes(t, file)
		for _, w := range worlds {
			w.lastLines(t, j.of)
		}
	}
	transcript.Run(t, "testdata/procedures/*.txt", func(t *testing.T) transcript.Session {
		s := newSeat(t)
		s.before = func(terminal int, line string) { j.of(s.world, terminal, line) }
		return s
	})
	j.spoilt()
	for _, name := range everyCommand() {
		if unplayed[name] != "" {
			continue
		}
		assert.NotEmpty(t, j.works[name], "no line of %s that works, of which something is said", name)
		assert.NotEmpty(t, j.fails[name], "no line of %s that fails", name)
	}
	t.Logf("%d lines, %d of them said something of", j.lines, j.said)
}

// spoilt are lines that fail of the commands of which none has yet: with words that they do not take.
func (j *judge) spoilt() {
	v := visit(j.t, setting{name: "nobody logged in", steps: joined(bothTools, at("cli", "cloudhsm-cli interactive"))})
	defer v.world.Shut()
	tabs := map[string]string{kmu.Name: inKMU, cmu.Name: inCMU, cli.Name: "cli"}
	for _, name := range everyCommand() {
		tool, command, _ := strings.Cut(name, " ")
		tab := tabs[tool]
		if tab == "" {
			tab, command = inBash, name
		}
		for _, end := range []string{"", " -zzz", " zzz zzz zzz zzz zzz zzz", " --zzz=1"} {
			if j.fails[name] == "" {
				j.of(v.world, v.tabs[tab], command+end)
			}
		}
	}
}

// everyCommand are the commands of the tools, of openssl and of hsm, by tool and name.
func everyCommand() (names []string) {
	for r := range reals {
		names = append(names, r.tool+" "+r.name)
	}
	for _, s := range verbs.Specs {
		if !s.Hidden {
			names = append(names, verbs.Tool+" "+s.Name)
		}
	}
	return names
}

// judge compares what is said of lines with what they do.
type judge struct {
	t            *testing.T
	works, fails map[string]string // a line of a command that does, with what was said
	lines, said  int
}

// of looks at a line before it is typed.
func (j *judge) of(w *World, terminal int, line string) {
	now := w.Now(terminal)
	if now.State != Ready || strings.TrimSpace(line) == "" {
		return
	}
	v := w.Would(terminal, line)
	f := w.Fork()
	defer f.Shut()
	is := effects(w, f, terminal, line)
	tool, name := commandOf(now.Program, line)
	name = tool + " " + name
	j.lines++
	switch {
	case !is.works:
		j.fails[name] = line
	case len(v.Says) > 0:
		j.works[name] = line
	}
	if len(v.Says) == 0 {
		return
	}
	j.said++
	j.compare(line, v, is)
}

var (
	jsonText = regexp.MustCompile(`"(\w+)": "([^"]*)"`)
	manyKeys = regexp.MustCompile(`^(?:Creates|Deletes) (\d+) keys`)
	ofKey    = regexp.MustCompile(`[Kk]ey (\d+)`)
	userName = regexp.MustCompile(`(?:the user|Gives|Logs) (\S+?)(?: |\.|$)`)
	fileName = regexp.MustCompile("`([^`]+)`")
)

// compare holds what is said of a line against what it has done.
func (j *judge) compare(line string, v Would, is effect) {
	said := wording(v)
	conditional := slices.ContainsFunc(v.Says, func(n Note) bool {
		return slices.Contains([]voice.ID{voice.WouldIfPassword, voice.WouldIfOpens, voice.WouldIfSound, voice.WouldIfMatches, voice.WouldTry}, n.ID)
	})
	if conditional && (is.refused || !is.works) {
		return // the condition does not hold
	}
	if !assert.Equal(j.t, is.refused, v.Refused, "%q: %s", line, said) || is.refused || is.anew {
		return
	}
	made, gone, changed := 0, 0, []string{}
	users, lost, others, files, login, logout := []string{}, []string{}, []string{}, []string{}, "", ""
	sentences := 0
	for _, n := range v.Says {
		text := quoted(n.Parts)
		sentences++
		switch n.ID {
		case voice.WouldPair, voice.WouldKey:
			made += map[voice.ID]int{voice.WouldPair: 2, voice.WouldKey: 1}[n.ID]
			spreadAt(j, line, text, is.made)
		case voice.WouldKeys:
			made += number64(manyKeys, text)
		case voice.WouldKeyGone:
			gone++
			spreadAt(j, line, text, is.gone)
		case voice.WouldKeysGone:
			gone += number64(manyKeys, text)
		case voice.WouldAttribute, voice.WouldKeyChanges, voice.WouldShare, voice.WouldUnshare:
			changed = append(changed, ofKey.FindStringSubmatch(text)[1])
		case voice.WouldUser:
			users = append(users, userName.FindStringSubmatch(text)[1])
			spreadAt(j, line, text, is.users)
		case voice.WouldUserGone:
			lost = append(lost, userName.FindStringSubmatch(text)[1])
			spreadAt(j, line, text, is.lost)
		case voice.WouldPassword, voice.WouldUserChange:
			others = append(others, userName.FindStringSubmatch(text)[1])
		case voice.WouldFile, voice.WouldOverwrite, voice.WouldFileGone, voice.WouldTry:
			files = append(files, path.Base(fileName.FindStringSubmatch(text)[1]))
		case voice.WouldLogin:
			login = userName.FindStringSubmatch(text)[1]
			if !conditional && !is.several { // the password may be another on some HSMs
				spreadAt(j, line, text, is.let)
			}
		case voice.WouldLogout:
			logout = userName.FindStringSubmatch(text)[1]
		case voice.WouldIfPassword, voice.WouldIfOpens, voice.WouldIfSound, voice.WouldIfMatches, voice.WouldConfirm:
			sentences--
		}
	}
	if sentences >= saidMax {
		return // not all is said
	}
	at := func(what string, want, got any) { assert.Equal(j.t, want, got, "%s of %q: %s", what, line, said) }
	at("keys made", len(is.made), made)
	if gone != is.tokens {
		at("keys deleted", len(is.gone), gone)
	}
	slices.Sort(changed)
	at("keys changed", sortedKeys(is.changed, strconv.Itoa), slices.Compact(changed))
	same := func(s string) string { return s }
	at("users made", sortedKeys(is.users, same), users)
	at("users deleted", sortedKeys(is.lost, same), lost)
	slices.Sort(others)
	at("users changed", sortedKeys(is.others, same), slices.Compact(others))
	slices.Sort(files)
	if len(files) > 0 || len(is.files) > 0 {
		at("files", is.files, files)
	}
	at("logged in", is.login, login)
	at("logged out", is.logout, logout)
}

// spreadAt holds on how many HSMs something is said to be against where it is.
func spreadAt[K comparable](j *judge, line, text string, is map[K]spread) {
	for _, p := range is {
		assert.Contains(j.t, text, " "+ofHSMs(p.on, p.of), "%q", line)
	}
}

func number64(find *regexp.Regexp, text string) int {
	n, _ := strconv.Atoi(find.FindStringSubmatch(text)[1])
	return n
}

func sortedKeys[K comparable](rows map[K]spread, show func(K) string) []string {
	list := []string{}
	for k := range rows {
		list = append(list, show(k))
	}
	slices.Sort(list)
	return list
}

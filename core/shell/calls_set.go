package shell

import (
	"context"
	"slices"
	"strings"
)

// noOptions are the letters of `set` that the interpreter has not and that change nothing here; E
// is looked at before.
const noOptions = "bhkmptvBCEHPT"

// noLongOptions are their names.
var noLongOptions = []string{"braceexpand", "emacs", "errtrace", "functrace", "hashall", "histexpand", "history", "ignoreeof",
	"interactive-comments", "keyword", "monitor", "noclobber", "nolog", "notify", "onecmd", "physical", "posix", "privileged",
	"verbose", "vi"}

// rewriteSet takes out the options that the interpreter has not.
func rewriteSet(b *bash, _ context.Context, args []string) []string {
	kept, changed := []string{"set"}, false
	for i := 1; i < len(args); i++ {
		word := args[i]
		if len(word) < 2 || word == "--" || word[0] != '-' && word[0] != '+' {
			kept = append(kept, args[i:]...)
			break
		}
		on := word[0] == '-'
		letters := strings.Map(func(c rune) rune {
			if strings.ContainsRune(noOptions, c) {
				return -1
			}
			return c
		}, word)
		b.traceErrors(strings.Contains(word, "E"), on)
		b.traceSteps(strings.Contains(word, "T"), on)
		b.watchErrexit(strings.Contains(word, "e"), on)
		b.watchUnset(strings.Contains(word, "u"), on)
		changed = changed || letters != word
		if strings.HasSuffix(letters, "o") && i+1 < len(args) {
			i++
			b.watchErrexit(args[i] == "errexit", on)
			b.watchUnset(args[i] == "nounset", on)
			if slices.Contains(noLongOptions, args[i]) {
				b.traceErrors(args[i] == "errtrace", on)
				b.traceSteps(args[i] == "functrace", on)
				letters, changed = strings.TrimSuffix(letters, "o"), true
			} else {
				kept = append(kept, letters, args[i])
				continue
			}
		}
		if len(letters) > 1 {
			kept = append(kept, letters)
		}
	}
	if changed && len(kept) == 1 {
		return status(0)
	}
	return kept
}

// watchErrexit notes whether a failure ends the shell, if asked.
func (b *bash) watchErrexit(asked, on bool) {
	if asked {
		b.failure.mu.Lock()
		b.failure.errexit = on
		b.failure.mu.Unlock()
	}
}

// watchUnset notes whether a variable that is not set ends the shell, if asked.
func (b *bash) watchUnset(asked, on bool) {
	if asked {
		b.failure.mu.Lock()
		b.failure.nounset = on
		b.failure.mu.Unlock()
	}
}

// traceSteps sets whether functions have the traps for DEBUG and RETURN too, if asked.
func (b *bash) traceSteps(asked, on bool) {
	if asked {
		b.failure.mu.Lock()
		b.failure.steps = on
		b.failure.mu.Unlock()
	}
}

// traceErrors sets whether functions have the ERR trap too, if asked.
func (b *bash) traceErrors(asked, on bool) {
	if asked {
		b.failure.mu.Lock()
		b.failure.traced = on
		b.failure.mu.Unlock()
	}
}

package shell

import (
	"context"
	"slices"
	"strings"

	"mvdan.cc/sh/v3/interp"
)

// noOptions are the letters of `set` that the interpreter has not and that change nothing here; E
// is looked at before.
const noOptions = "bhkmptvBCEHPT"

// noLongOptions are their names.
var noLongOptions = []string{"braceexpand", "emacs", "errtrace", "functrace", "hashall", "histexpand", "history", "ignoreeof",
	"interactive-comments", "keyword", "monitor", "noclobber", "nolog", "notify", "onecmd", "physical", "posix", "privileged",
	"verbose", "vi"}

// rewriteSet takes out the options that the interpreter has not.
func rewriteSet(b *bash, ctx context.Context, args []string) []string {
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
		b.watch(ctx, word, "", on)
		changed = changed || letters != word
		if strings.HasSuffix(letters, "o") && i+1 < len(args) {
			i++
			b.watch(ctx, "", args[i], on)
			if slices.Contains(noLongOptions, args[i]) {
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

// watched are the options of `set` that the shell knows here too, by letter and by name.
var watched = []struct {
	letter, name string
	of           func(*failures, *failing) *bool
}{
	{"e", "errexit", func(_ *failures, own *failing) *bool { return &own.errexit }},
	{"u", "nounset", func(f *failures, _ *failing) *bool { return &f.nounset }},
	{"E", "errtrace", func(_ *failures, own *failing) *bool { return &own.traced }},
	{"T", "functrace", func(f *failures, _ *failing) *bool { return &f.steps }},
}

// watch notes the options in a word of letters, or the one that has a name.
func (b *bash) watch(ctx context.Context, letters, name string, on bool) {
	b.failure.mu.Lock()
	defer b.failure.mu.Unlock()
	own := b.failure.of(interp.HandlerCtx(ctx).Env)
	for _, o := range watched {
		if strings.Contains(letters, o.letter) || name == o.name {
			*o.of(&b.failure, own) = on
		}
	}
}

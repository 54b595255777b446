package shell

import "context"

// generated are the two uses of compgen that scripts have, as lines of bash: whether files match a
// pattern, and the words of a list that begin so.
var generated = map[string]string{
	"-G": `(s=1 IFS=; for f in $1; do if [ -e "$f" ] || [ -L "$f" ]; then printf '%s\n' "$f"; s=0; fi; done; exit $s)`,
	"-W": `(s=1; for w in $1; do case $w in "$2"*) printf '%s\n' "$w"; s=0;; esac; done; exit $s)`,
}

// rewriteCompgen finds nothing for other uses: this shell's completion is not bash's.
func rewriteCompgen(b *bash, ctx context.Context, args []string) []string {
	if len(args) < 3 || generated[args[1]] == "" {
		return status(1)
	}
	prefix := ""
	if len(args) > 3 {
		prefix = args[len(args)-1]
	}
	text, ok := b.safe(ctx, "compgen", "(set -- "+quote(args[2])+" "+quote(prefix)+"; "+generated[args[1]]+")")
	if !ok {
		return status(1)
	}
	return []string{"eval", text}
}

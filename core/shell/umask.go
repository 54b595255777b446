package shell

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"strconv"
	"strings"

	"mvdan.cc/sh/v3/expand"
	"mvdan.cc/sh/v3/interp"
)

// maskVariable holds what umask was set to: as a variable it ends with its subshell, and a script
// gets it from its parent.
const maskVariable = hiddenVariable + "umask"

const usualMask = fs.FileMode(0o022)

// maskIn is the mask of new files in an environment.
func maskIn(env expand.Environ) fs.FileMode {
	mask, err := strconv.ParseUint(env.Get(maskVariable).String(), 8, 12)
	if err != nil {
		return usualMask
	}
	return fs.FileMode(mask)
}

// Masked are the permissions that a new file gets where a program asks for some.
func (p *Process) Masked(perm fs.FileMode) fs.FileMode { return perm &^ maskIn(p.env) }

// rewriteUmask shows the mask or sets it.
func rewriteUmask(b *bash, ctx context.Context, args []string) []string {
	hc := interp.HandlerCtx(ctx)
	mask := maskIn(hc.Env)
	how := ""
	for args = args[1:]; len(args) > 0 && (args[0] == "-S" || args[0] == "-p"); args = args[1:] {
		how += args[0]
	}
	if len(args) == 0 {
		text := fmt.Sprintf("%04o", mask)
		if strings.Contains(how, "S") {
			text = symbolic(mask)
		}
		if strings.Contains(how, "p") {
			text = strings.ReplaceAll("umask "+strings.TrimSuffix(how, "-p")+" "+text, "  ", " ")
		}
		io.WriteString(hc.Stdout, text+"\n")
		return status(0)
	}
	if args[0] != "" && args[0][0] >= '0' && args[0][0] <= '9' {
		octal, err := strconv.ParseUint(args[0], 8, 64)
		if err != nil || octal > 0o7777 {
			b.complain(ctx, "umask: %s: octal number out of range", oneLine(args[0]))
			return status(1)
		}
		mask = fs.FileMode(octal) & 0o777
	} else if word, ok := changedMask(&mask, args[0]); !ok {
		b.complain(ctx, "umask: `%s': invalid symbolic mode operator", oneLine(word))
		return status(1)
	}
	return []string{"eval", fmt.Sprintf("%s=%04o", maskVariable, mask)}
}

// classes are whose permissions a letter means, as they stand in a mode.
var classes = map[byte]fs.FileMode{'u': 0o700, 'g': 0o070, 'o': 0o007, 'a': 0o777}

var permits = map[byte]fs.FileMode{'r': 0o444, 'w': 0o222, 'x': 0o111}

// changedMask changes a mask by words such as u=rwx,go= that say what stays allowed.
func changedMask(mask *fs.FileMode, words string) (bad string, ok bool) {
	for word := range strings.SplitSeq(words, ",") {
		at := strings.IndexAny(word, "=+-")
		if at < 0 {
			return word[:min(len(word), 1)], false
		}
		var who, what fs.FileMode
		for i := range at {
			who |= classes[word[i]]
		}
		if at == 0 {
			who = classes['a']
		}
		for i := at + 1; i < len(word); i++ {
			what |= permits[word[i]]
		}
		switch what &= who; word[at] {
		case '=':
			*mask = *mask&^who | who&^what
		case '+':
			*mask &^= what
		default:
			*mask |= what
		}
	}
	return "", true
}

// symbolic is a mask in letters: u=rwx,g=rx,o=rx.
func symbolic(mask fs.FileMode) string {
	var parts []string
	for _, class := range []string{"u", "g", "o"} {
		text := class + "="
		for _, letter := range []string{"r", "w", "x"} {
			if classes[class[0]]&permits[letter[0]]&^mask != 0 {
				text += letter
			}
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, ",")
}

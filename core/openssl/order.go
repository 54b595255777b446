package openssl

import (
	"slices"
	"strings"

	"hsmplay/core/command"
)

// inOrder is a line with its options before the other words, and the first of those behind -in where
// the command takes files so; "" where nothing would change, or an option is not known.
func inOrder(name string, args []string) string {
	spec := table.Lookup(name)
	if spec == nil || len(args) < 2 {
		return ""
	}
	find := func(word string) (p command.Param, ok bool) {
		for _, p := range spec.Params {
			named := func(v command.Value) bool { return "-"+v.Word == word }
			if p.Flag == word || p.Kind == command.Named && slices.ContainsFunc(p.Values, named) {
				return p, true
			}
		}
		return p, false
	}
	_, takesIn := find("-in")
	behind := slices.ContainsFunc(spec.Params, func(p command.Param) bool { return p.Flag == "" && p.Kind != command.Named })
	takesIn = takesIn && !behind && !slices.Contains(args, "-in")
	words, operands := []string{"openssl", name}, []string(nil)
	for i := 1; i < len(args); i++ {
		p, known := find(args[i])
		dashed, ok := find("-" + args[i])
		switch {
		case !known && strings.HasPrefix(args[i], "-") && args[i] != "-":
			return ""
		case !known && ok && !slices.Contains(args, "-"+args[i]):
			p, known = dashed, true
			words = append(words, "-"+args[i])
		case !known && takesIn:
			words, takesIn = append(words, "-in", args[i]), false
		case !known:
			operands = append(operands, args[i])
		default:
			words = append(words, args[i])
		}
		if known && p.Kind != command.Switch && p.Kind != command.Named && i+1 < len(args) {
			i++
			words = append(words, args[i])
		}
	}
	words = append(words, operands...)
	if slices.Equal(words[2:], args[1:]) {
		return ""
	}
	return command.Joined(words)
}

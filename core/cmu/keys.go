package cmu

import (
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"hsmplay/core/cluster"
	"hsmplay/core/command"
	"hsmplay/core/hsm"
)

var findAllKeys = row{Spec: command.Spec[*Tool]{Name: "findAllKeys", Means: "lists the keys of a user on each server, to compare the servers",
	Params: []command.Param{
		{Value: "user id", Kind: command.Number, Example: "3", Means: "the id of a user; 0 is all users"},
		{Value: "key hash", Kind: command.Choices, Values: []command.Value{{Word: "0", Means: "only the handles"}, {Word: "1", Means: "also a digest of whose all keys are"}}, Means: "1 prints a digest that is the same on servers that agree"},
		{Value: "output file", Kind: command.Output, Optional: true, Example: "keys.txt", Means: "a file for the lists, in place of the screen"}},
	Run: (*Tool).findAllKeys}, synopsis: "findAllKeys <user id> <key hash (0/1)> [<output file>]", in: globalMode | serverMode}

var getKeyInfo = row{Spec: command.Spec[*Tool]{Name: "getKeyInfo", Means: "shows who owns a key and who else may use it, on each server",
	Params: []command.Param{
		{Flag: "-k", Kind: command.Switch, Optional: true, Means: "may stand before the handle and changes nothing"},
		handleParam,
		{Value: "output file", Kind: command.Output, Optional: true, Example: "key.txt", Means: "a file for the answer, in place of the screen"}},
	Run: (*Tool).getKeyInfo}, synopsis: "getKeyInfo [-k] <key handle> [<output file>]", in: globalMode | serverMode}

var shareKey = row{Spec: command.Spec[*Tool]{Name: "shareKey", Means: "shares a key of yours with other crypto users, or takes it back",
	Params: []command.Param{handleParam,
		{Value: "user id", Kind: command.Users, Example: "4", Means: "the id of a crypto user, or several with commas"},
		{Value: "(share/unshare key?) 1/0", Kind: command.Choices, Values: []command.Value{{Word: "1", Means: "share"}, {Word: "0", Means: "take back"}}, Means: "1 shares, 0 takes back"}},
	Run: (*Tool).shareKey}, synopsis: "shareKey <key handle> <user id> <(share/unshare key?) 1/0>", in: globalMode | serverMode}

// handleOf reads a handle; numbers that are none count as the handle of no key.
func handleOf(args command.Args, name string) uint32 { return uint32(min(args.Int(name), 1<<32-1)) }

// sink is where a command prints: the screen, or a file that is replaced at the end
// (spec/cmu.md 3.8, 3.9, 3.12).
type sink struct {
	name string // of the file, "" for the screen
	text strings.Builder
}

// print returns what goes to the screen.
func (s *sink) print(text string) string {
	if s.name == "" {
		return text
	}
	s.text.WriteString(text)
	return ""
}

// close writes the file behind what a sweep has said, unless all servers have failed.
func (t *Tool) close(s *sink, out command.Outcome) command.Outcome {
	if s.name == "" || s.text.Len() == 0 {
		return out
	}
	if fault := t.write(s.name, []byte(s.text.String())); fault != nil {
		return out.Then(func(command.Outcome) command.Outcome { return *fault })
	}
	return out
}

// findAllKeys lists handles, by slot (spec/cmu.md 3.8).
func (t *Tool) findAllKeys(args command.Args) command.Outcome {
	id, withHash := int(min(args.Int("user id"), 1<<30)), args.Int("key hash") == 1
	list := &sink{name: args.Text("output file")}
	a := action{name: "findAllKeys", apart: "\n"}
	if withHash {
		a.apart = ""
	}
	a.do = func(at *server) (report, error) {
		held, err := cluster.Value(at.link.KeysOf(id))
		keys := held.Keys
		text := fmt.Sprintf("Keys on %s:\nNumber of keys found %d\n", at.label(), len(keys))
		if err != nil || len(keys) == 0 {
			return report{before: text}, err
		}
		text += fmt.Sprintf("number of keys matched from start index 0::%d\n", len(keys)) + list.print(listed(keys)+"\n")
		if withHash {
			text += list.print("Key Hash:\n"+hex.EncodeToString(held.Hash[:])+"\n") + "\n"
		}
		return report{before: text}, nil
	}
	return t.close(list, t.sweep(a))
}

// listed are handles with (o) for keys of the user's own and (s) for those shared with him.
func listed(keys []hsm.Listed) string {
	var words []string
	for _, k := range keys {
		mark := "(s)"
		if k.Owned {
			mark = "(o)"
		}
		words = append(words, fmt.Sprint(k.Handle)+mark)
	}
	return strings.Join(words, ",")
}

// getKeyInfo shows owner, sharers and approvals of a key (spec/cmu.md 3.12).
func (t *Tool) getKeyInfo(args command.Args) command.Outcome {
	handle, file := handleOf(args, "key handle"), &sink{name: args.Text("output file")}
	return t.close(file, t.sweep(action{name: "getKeyInfo", note: t.aboutKey(handle), do: func(at *server) (report, error) {
		k, err := cluster.Value(at.link.ReadKey(handle))
		if err != nil {
			return report{}, err
		}
		return report{before: file.print(keyText(at, k)), silent: t.mode == everywhere}, nil
	}}))
}

// keyText are the lines about a key.
func keyText(at *server, k *hsm.Key) string {
	var b strings.Builder
	kind := "Token/Flash Key"
	if k.Session != 0 {
		kind = "Session Key"
	}
	fmt.Fprintf(&b, "Key Info on %s:\n\n\t%s,\n\n\tOwned by user %d\n\n", at.label(), kind, k.Owner)
	if len(k.Shared) > 0 {
		fmt.Fprintf(&b, "\talso, shared to following %d user(s):\n\n", len(k.Shared))
		for _, id := range slices.Sorted(slices.Values(k.Shared)) {
			fmt.Fprintf(&b, "\t\t %d\n", id)
		}
	}
	if k.MValue > 0 {
		fmt.Fprintf(&b, "\t %d Users need to approve to use/manage this key\n", k.MValue)
	}
	return b.String()
}

// shareKey shares a key (spec/cmu.md 3.24).
func (t *Tool) shareKey(args command.Args) command.Outcome {
	handle, share := handleOf(args, "key handle"), args.Int("(share/unshare key?) 1/0") == 1
	var users []int
	for _, id := range args.Ints("user id") {
		users = append(users, int(min(id, 1<<30)))
	}
	return cautiously(func() command.Outcome {
		return t.sweep(action{name: "shareKey", ask: retryIgnoreAbort, shared: true, note: t.aboutShare(handle, args.Text("user id")),
			do: func(at *server) (report, error) {
				return report{}, cluster.FirstError(at.link.Share(handle, users, share))
			}})
	})
}

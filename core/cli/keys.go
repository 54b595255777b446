package cli

import (
	"errors"
	"math"
	"slices"
	"strconv"

	"hsmplay/core/cluster"
	"hsmplay/core/command"
	"hsmplay/core/hsm"
	"hsmplay/core/retcode"
	"hsmplay/core/voice"
)

var keyCategory = command.Spec[*Tool]{Name: "key", Summary: "Manage keys"} // provisional

var keyList = command.Spec[*Tool]{Name: "key list", Summary: "List the keys the current user owns, shares, and all public keys in the HSM cluster",
	Run: (*Tool).keyList, Params: params(optional(filterParam("--filter", "FILTER", "matching key(s) to list")),
		command.Param{Flag: "--max-items", Value: "MAX_ITEMS", Kind: command.Number, Min: 1, Max: math.MaxInt64, Optional: true, Example: "100", // provisional: 0 would lead nowhere
			Help: "The total number of items to return in the command's output. If the total number of items available is more than the value " +
				"specified, a next-token is provided in the command's output. To resume pagination, provide the next-token value in the " +
				"starting-token argument of a subsequent command [default: 10]", Means: "how many at once; 10 if left out"},
		command.Param{Flag: "--starting-token", Value: "STARTING_TOKEN", Optional: true, Example: "10",
			Help:  "A token to specify where to start paginating. This is the next-token from a previously truncated response",
			Means: "the next_token of the answer before"},
		command.Param{Flag: "--verbose", Also: "-v", Kind: command.Switch, Optional: true,
			Help: "If included, prints all attributes and key information for each matched key. By default each matched key only displays " +
				"its key-reference and label attribute. This flag when used by Admins has no effect", Means: "all attributes of each key"})}

var keyDelete = command.Spec[*Tool]{Name: "key delete", Summary: "Delete a key in the HSM cluster", Run: (*Tool).keyDelete,
	Params: params(filterParam("--filter", "FILTER", "a matching key for deletion"))}

var keySetAttribute = command.Spec[*Tool]{Name: "key set-attribute", Run: (*Tool).keySetAttribute,
	Usage:   "cloudhsm-cli key set-attribute [OPTIONS] --filter [<FILTER>...] --name <KEY_ATTRIBUTE> --value <KEY_ATTRIBUTE_VALUE>",
	Summary: "Set an attribute for a key in the HSM cluster",
	Params: params(filterParam("--filter", "FILTER", "a matching key to modify"),
		command.Param{Flag: "--name", Value: "KEY_ATTRIBUTE", Help: "Name of attribute to be set", Example: "sign", Reads: asAttribute, Pairs: "--value"},
		command.Param{Flag: "--value", Value: "KEY_ATTRIBUTE_VALUE", Many: true, Help: "Attribute value to be set", Example: "true"}, approvalParam)}

var keyShare = command.Spec[*Tool]{Name: "key share", Summary: "Share a key in the HSM cluster with another user", Run: (*Tool).keyShare,
	Usage: "key share --filter [<FILTER>...] --username <USERNAME> --role <ROLE>",
	Params: params(filterParam("--filter", "FILTER", "a matching key for sharing"), usernameParam("A username with which the key will be shared"),
		roleParam, approvalParam)}

var keyUnshare = command.Spec[*Tool]{Name: "key unshare", Summary: "Unshare a key in the HSM cluster with another user", Run: (*Tool).keyUnshare,
	Usage: "key unshare --filter [<FILTER>...] --username <USERNAME> --role <ROLE>",
	Params: params(filterParam("--filter", "FILTER", "a matching key for unsharing"), usernameParam("A username with which the key will be unshared"),
		roleParam, approvalParam)}

var keyReplicate = command.Spec[*Tool]{Name: "key replicate", Summary: "Replicate a key from a source to a destination cluster", Run: (*Tool).keyReplicate,
	Usage:  "key replicate --filter [<FILTER>...] --source-cluster-id <SOURCE_CLUSTER_ID> --destination-cluster-id <DESTINATION_CLUSTER_ID>",
	Params: slices.Concat([]command.Param{filterParam("--filter", "FILTER", "matching key on the source cluster")}, clones)}

// The encodings of files that generate-file writes.
const (
	referencePEM = "reference-pem"
	publicPEM    = "pem"
	cloudHSMPEM  = "cloudhsm-reference-pem"
)

var keyGenerateFile = command.Spec[*Tool]{Name: "key generate-file", Run: (*Tool).keyGenerateFile,
	Summary: "Generate a key file from a key in the HSM cluster. This command does not export any private key data from the HSM",
	Usage:   "key generate-file --encoding <ENCODING> --path <PATH> --filter [<FILTER>...]",
	Params: params(command.Param{Flag: "--encoding", Value: "ENCODING", Kind: command.Choices, Help: "Encoding format for the key file",
		Values: []command.Value{{Word: referencePEM, Means: "PEM formatted key reference (supports private keys)"},
			{Word: publicPEM, Means: "PEM format (supports public keys)"},
			{Word: cloudHSMPEM, Means: "CloudHSM reference PEM format (supports private keys)"}}},
		command.Param{Flag: "--path", Value: "PATH", Kind: command.Output, Help: "Filepath where the key file will be written"},
		filterParam("--filter", "FILTER", "a matching key for file generation"))}

var importCategory = command.Spec[*Tool]{Name: "key import", Summary: "Import a key"} // provisional

var keyImportPEM = command.Spec[*Tool]{Name: "key import pem", Summary: "Import key from a PEM file", Run: (*Tool).keyImportPEM,
	Params: params(command.Param{Flag: "--path", Value: "PATH", Kind: command.Path, Help: "Path where the key is located in PEM format"},
		labelParam("--label", "LABEL", "Label for the imported key"),
		choices("--key-type-class", "Key type and class of the imported key", "ec-public", "rsa-public"),
		attributesParam("--attributes", "IMPORT_KEY_ATTRIBUTES",
			"Space separated list of key attributes in the form of KEY_ATTRIBUTE_NAME=KEY_ATTRIBUTE_VALUE for the imported key"))}

// itemsMost is how many keys key list shows at once where nothing else is asked for.
const itemsMost = 10

// keyPage is the answer of key list: a part of the keys that match.
type keyPage struct {
	Keys     []any  `json:"matched_keys"`
	Total    int    `json:"total_key_count"`
	Returned int    `json:"returned_key_count"`
	Next     string `json:"next_token,omitempty"`
}

// keyList lists keys, page by page. Officers get the short form whatever they ask for.
func (t *Tool) keyList(args command.Args) command.Outcome {
	return t.on(args, func(l *link) command.Outcome {
		if out := enough(l); out != nil {
			return *out
		}
		keys, out := t.seen(l, args.Texts("--filter"))
		if out != nil {
			return *out
		}
		from, out := startOf(args)
		if out != nil {
			return *out
		}
		most := itemsMost
		if args.Has("--max-items") {
			most = int(min(args.Int("--max-items"), int64(len(keys))))
		}
		from = min(from, len(keys))
		to := min(from+most, len(keys))
		page := keyPage{Keys: []any{}, Total: len(keys), Returned: to - from}
		if to < len(keys) {
			page.Next = strconv.Itoa(to)
		}
		full := args.Has("--verbose") && l.client.Login.Type == hsm.CU
		for _, k := range keys[from:to] {
			if full {
				page.Keys = append(page.Keys, keyOf(l.client, k))
			} else {
				page.Keys = append(page.Keys, shortOf(k))
			}
		}
		return answer(page)
	})
}

// startOf is how many keys a page leaves out.
func startOf(args command.Args) (int, *command.Outcome) {
	if !args.Has("--starting-token") {
		return 0, nil
	}
	from, err := strconv.ParseUint(args.Text("--starting-token"), 10, 31)
	if err != nil {
		out := failed(retcode.Local, badStart)
		return 0, &out
	}
	return int(from), nil
}

// enough is the answer where too few HSMs are reached for keys of a user who is logged in, nil where
// there are enough (spec/cloudhsm-cli.md 1.7).
func enough(l *link) *command.Outcome {
	if l.client.Login == nil {
		return nil
	}
	if err := l.client.Enough(); err != nil {
		out := failed(err, textOf(err))
		return &out
	}
	return nil
}

func (t *Tool) keyDelete(args command.Args) command.Outcome {
	return t.on(args, func(l *link) command.Outcome {
		k, out := t.one(l, args.Texts("--filter"))
		if out != nil {
			return *out
		}
		answers, err := l.client.Delete(k.Handle)
		if err == nil {
			err = cluster.Accepted(answers)
		}
		if err != nil {
			return t.refusedKey(k, err)
		}
		return done("Key deleted successfully")
	})
}

// changes is who may change the attribute of a line: TRUSTED is for both roles to try, all others are
// the owner's.
func changes(args command.Args) right {
	if args.Text("--name") == "trusted" {
		return anybody
	}
	return cryptoUserOnly
}

// keySetAttribute changes an attribute of a key; TRUSTED is an officer's to change.
func (t *Tool) keySetAttribute(args command.Args) command.Outcome {
	return t.approved(args, changes(args), func(l *link, files []cluster.TokenFile) command.Outcome {
		k, out := t.any(l, args.Texts("--filter"))
		if out != nil {
			return *out
		}
		setting, fault := settingOf(args.Text("--name"), args.Texts("--value")...)
		switch {
		case fault != "" && valuesOf(args.Text("--name")) != nil:
			return failed(retcode.Local, fault, voice.Say(voice.CLISwitch, "name", args.Text("--name")))
		case fault != "":
			return failed(retcode.Local, fault)
		}
		if err := l.client.ChangeKey(k.Handle, setting, files...); err != nil {
			return t.refusedKey(k, err)
		}
		return done("Attribute set successfully")
	})
}

func (t *Tool) keyShare(args command.Args) command.Outcome {
	return t.shared(args, true, "Key shared successfully")
}

func (t *Tool) keyUnshare(args command.Args) command.Outcome {
	return t.shared(args, false, "Key unshared successfully")
}

// shared shares a key with a user, or takes it back.
func (t *Tool) shared(args command.Args, share bool, text string) command.Outcome {
	return t.approved(args, cryptoUserOnly, func(l *link, files []cluster.TokenFile) command.Outcome {
		k, out := t.one(l, args.Texts("--filter"))
		switch {
		case out != nil:
			return *out
		case hsm.InRole(args.Text("--role")) != hsm.CU:
			return failed(retcode.Local, onlyCryptoUsers)
		}
		if err := l.client.ShareKey(k.Handle, args.Text("--username"), share, files...); err != nil {
			return t.refusedKey(k, err)
		}
		return done(text)
	})
}

func (t *Tool) keyReplicate(args command.Args) command.Outcome {
	return t.between(args, hsm.CU, func(from, to *link) command.Outcome {
		k, out := t.any(from, args.Texts("--filter"))
		if out != nil {
			return *out
		}
		if k.Session != 0 {
			return failed(retcode.Local, sessionStays)
		}
		row, err := from.client.ReplicateKey(to.client, k.Handle)
		var some cluster.Replicated
		switch {
		case errors.As(err, &some):
			return failed(err, replicateFailed("Key", some.Failed, some.Of))
		case err != nil:
			return refused(err)
		}
		return answer(madeKey{Key: objectOf(to.client, row), Message: "Successfully replicated key"})
	})
}

// madeKey is the answer of commands that make one key.
type madeKey struct {
	Key     keyObject `json:"key"`
	Message string    `json:"message,omitempty"`
}

// refusedKey is refused for what was to be done with a key.
func (t *Tool) refusedKey(k *hsm.Key, err error) command.Outcome { return refused(err) }

package cli

import (
	"cmp"
	"slices"

	"hsmplay/core/command"
	"hsmplay/core/command/clap"
)

// The options that many commands share, with their literal help (spec/cloudhsm-cli.md 2.1). Means
// is the playground's line beside it.
var (
	clusterIDParam = command.Param{Flag: "--cluster-id", Value: "CLUSTER_ID", Optional: true,
		Help: "Unique Id to choose which of the clusters in the config file to run the operation against. If not provided, " +
			"will fall back to the value provided when interactive mode was started, or error",
		Means: "which cluster, where the configuration knows several"}
	approvalParam = command.Param{Flag: "--approval", Value: "APPROVAL", Kind: command.Path, Optional: true,
		Help: "Filepath of signed quorum token file to approve operation", Means: "a token file with the signatures of approvers"}
	passwordParam = command.Param{Flag: "--password", Value: "PASSWORD", Kind: command.Secret, Optional: true,
		Help:  "Optional: Plaintext user's password. If you do not include this argument you will be prompted for it",
		Means: "left out, it is asked for and not shown"}
	sessionParam = command.Param{Flag: "--session", Kind: command.Switch, Optional: true,
		Help:  "Creates a session key that exists only in the current session. The key cannot be recovered after the session ends",
		Means: "a key of this session alone, on one HSM"}
	pairSessionParam = command.Param{Flag: "--session", Kind: command.Switch, Optional: true,
		Help:  "Creates a session key pair that exists only in the current session. The key cannot be recovered after the session ends",
		Means: "a pair of this session alone, on one HSM"}
	roleParam = command.Param{Flag: "--role", Value: "ROLE", Kind: command.Choices, Help: "Role the user has in the cluster",
		Values: []command.Value{
			{Word: cryptoUser, Means: "A CryptoUser has the ability to manage and use keys"},
			{Word: admin, Means: "An Admin has the ability to manage user accounts"}}}
	keyLengthParam = command.Param{Flag: "--key-length-bytes", Value: "KEY_LENGTH_BYTES", Kind: command.Number, Help: "Key length in bytes"}
	dataPathHelp   = "The path to the file containing the data to be "
)

// The roles, as the tool names them.
const (
	cryptoUser = "crypto-user"
	admin      = "admin"
)

// beginning is how the help of every filter begins.
const beginning = "Key reference (e.g. key-reference=0xabc) or space separated list of key attributes in the form of " +
	"attr.KEY_ATTRIBUTE_NAME=KEY_ATTRIBUTE_VALUE to select "

// filterParam is an option that selects keys.
func filterParam(flag, value, what string) command.Param {
	return command.Param{Flag: flag, Value: value, Kind: command.Text, Many: true, Bare: true, Repeat: true, Reads: asTerm, Help: beginning + what,
		Means: "which key: key-reference=0x… or attr.label=…, several terms must all fit"}
}

// usernameParam is a user's name.
func usernameParam(help string) command.Param {
	return command.Param{Flag: "--username", Value: "USERNAME", Kind: command.User, Help: help}
}

// labelParam is the label of a new key.
func labelParam(flag, value, help string) command.Param {
	return command.Param{Flag: flag, Value: value, Help: help, Example: "mykey",
		Means: "a name for people, of 1 to 127 characters; need not be unique"}
}

// attributesParam is a list of attributes of a new key.
func attributesParam(flag, value, help string) command.Param {
	return command.Param{Flag: flag, Value: value, Many: true, Bare: true, Repeat: true, Optional: true, Reads: asSetting, Help: help,
		Means: "what the key may do, as sign=true; what is not named has its default"}
}

// attributeList is how the help of attributes of generated keys goes.
func attributeList(what string) string {
	return "Space separated list of key attributes to set for the generated " + what + " in the form of KEY_ATTRIBUTE_NAME=KEY_ATTRIBUTE_VALUE"
}

// sharersParam is with whom a new key is shared.
func sharersParam(what string) command.Param {
	return command.Param{Flag: "--share-crypto-users", Value: "SHARE_CRYPTO_USERS", Kind: command.User, Many: true, Bare: true, Repeat: true,
		Optional: true, Help: "Space separated list of Crypto User usernames to share the " + what + " with",
		Means: "crypto users who may use the key too"}
}

// quorumParams are the two quorum values of a new key, which need each other.
func quorumParams(half, of string) []command.Param {
	manage, use := "--manage-"+half+"key-quorum-value", "--use-"+half+"key-quorum-value"
	return []command.Param{
		{Flag: manage, Value: placeholderOf(manage), Kind: command.Number, Optional: true, Needs: use,
			Help: "The quorum value for key management operations" + of, Means: "how many of owner and sharers approve its management, 2 to 8"},
		{Flag: use, Value: placeholderOf(use), Kind: command.Number, Optional: true, Needs: manage,
			Help: "The quorum value for key usage operations" + of, Means: "how many of owner and sharers approve its use, 2 to 8"},
	}
}

// placeholderOf is the name of a value, as clap makes it from the flag.
func placeholderOf(flag string) string {
	name := []byte(flag[2:])
	for i, c := range name {
		switch {
		case c == '-':
			name[i] = '_'
		case c >= 'a':
			name[i] = c - 'a' + 'A'
		}
	}
	return string(name)
}

// choices is an option that takes one of several words, which are told by the words alone.
func choices(flag, help string, words ...string) command.Param {
	p := command.Param{Flag: flag, Value: placeholderOf(flag), Kind: command.Choices, Help: help}
	for _, word := range words {
		p.Values = append(p.Values, command.Value{Word: word})
	}
	return p
}

// optional is a parameter that need not be given.
func optional(p command.Param) command.Param {
	p.Optional = true
	return p
}

// unlisted is a parameter that the help leaves out.
func unlisted(p command.Param) command.Param {
	p.Means, p.Help = cmp.Or(p.Means, p.Help), clap.Unlisted
	return p
}

// either is a parameter of a group of which exactly one is given.
func either(group string, p command.Param) command.Param {
	p.OneOf = group
	return p
}

// before is a parameter of a command above, which its own help lists.
func before(p command.Param) command.Param {
	p = unlisted(p)
	p.Before = true
	return p
}

// params are the parameters of a command: --cluster-id, and its own.
func params(own ...command.Param) []command.Param {
	return append([]command.Param{clusterIDParam}, own...)
}

// with are parameters and further ones.
func with(first []command.Param, more ...command.Param) []command.Param {
	return slices.Concat(first, more)
}

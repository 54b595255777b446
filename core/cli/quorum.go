package cli

import (
	"hsmplay/core/cluster"
	"hsmplay/core/command"
	"hsmplay/core/hsm"
	"hsmplay/core/retcode"
)

var (
	quorumCategory    = command.Spec[*Tool]{Name: "quorum", Summary: "Manage quorum authentication"}                       // provisional
	tokenSignCategory = command.Spec[*Tool]{Name: "quorum token-sign", Summary: "Manage token-sign quorum authentication"} // provisional
)

// services are those that a token can be for, the first three with a quorum value of the cluster.
var services = []command.Value{
	{Word: "user", Means: "User management service is used for executing quorum authenticated user management operations"},
	{Word: "quorum", Means: "Quorum management service is used for setting quorum values for any quorum service"},
	{Word: "cluster", Means: "Cluster management service is used for executing quorum for cluster wide configuration managements like " +
		"mtls enforcement, mtls registration and mtls deregistration"},
	{Word: "registration", Means: "Registration service is used for registering a public key for quorum authentication"},
	{Word: "key-usage", Means: "Key usage service is used for executing quorum authenticated key usage operations"},
	{Word: "key-management", Means: "Key management service is used for executing quorum authenticated key management operations"},
}

// serviceParam is one of some services.
func serviceParam(of []command.Value) command.Param {
	return command.Param{Flag: "--service", Value: "SERVICE", Kind: command.Choices, Help: "Service the token will be used for", Values: of}
}

var quorumGenerate = command.Spec[*Tool]{Name: "quorum token-sign generate",
	Usage:   "quorum token-sign generate --service <SERVICE> --token <TOKEN>",
	Summary: "Generate a token", Run: (*Tool).quorumGenerate,
	Params: params(serviceParam(services),
		command.Param{Flag: "--token", Value: "TOKEN", Kind: command.Output, Help: "Filepath where the unsigned token file will be written"},
		unlisted(optional(filterParam("--filter", "FILTER", ""))))}

var quorumList = command.Spec[*Tool]{Name: "quorum token-sign list", Usage: "quorum token-sign list",
	Summary: "List the token-sign tokens in your cluster", Params: params(), Run: (*Tool).quorumList}

var quorumListValues = command.Spec[*Tool]{Name: "quorum token-sign list-quorum-values", Usage: "quorum token-sign list-quorum-values",
	Summary: "List current quorum values", Params: params(), Run: (*Tool).quorumListValues}

var quorumSetValue = command.Spec[*Tool]{Name: "quorum token-sign set-quorum-value", Summary: "Set a quorum value", Run: (*Tool).quorumSetValue,
	Params: params(serviceParam(services[:3]), command.Param{Flag: "--value", Value: "VALUE", Kind: command.Number, Help: "Value to set for service",
		Means: "how many admins approve, 1 to 8; 1 is no quorum", Example: "2"}, approvalParam)}

var quorumDelete = command.Spec[*Tool]{Name: "quorum token-sign delete", Usage: "quorum token-sign delete --scope <SCOPE>",
	Summary: "Delete one or more Quorum Tokens", Run: (*Tool).quorumDelete,
	Params: params(command.Param{Flag: "--scope", Value: "SCOPE", Kind: command.Choices, Help: "Scope of token deletion", // provisional
		Values: []command.Value{{Word: "user", Means: "Deletes all token(s) of currently logged in user"}, {Word: "all", Means: "Deletes all token(s) on the HSM"}}})}

// serviceNamed is the service of an option.
func serviceNamed(name string) (service hsm.Service, ofKey bool) {
	for _, row := range hsm.TokenServices {
		if row.Name == name {
			return row.Service, row.OfKey
		}
	}
	return 0, false // the registration
}

// quorumGenerate makes a token; one of a key service is for the key that is selected.
func (t *Tool) quorumGenerate(args command.Args) command.Outcome {
	return t.on(args, func(l *link) command.Outcome {
		service, ofKey := serviceNamed(args.Text("--service"))
		if service == 0 {
			token, err := l.client.RegistrationToken()
			return t.tokenMade(args, token, err)
		}
		who, handle := right(adminOnly), uint32(0)
		if ofKey {
			who = cryptoUserOnly
		}
		if out := who(l); out != nil {
			return *out
		}
		switch {
		case ofKey && !args.Has("--filter"):
			return failed(retcode.Local, keyNeeded)
		case ofKey:
			k, out := t.one(l, args.Texts("--filter"))
			if out != nil {
				return *out
			}
			handle = k.Handle
		}
		token, err := l.client.NewToken(service, handle)
		if unknownService(l, service, err) {
			return refused(hsm.Refusal{Reason: hsm.NoMTLS})
		}
		return t.tokenMade(args, token, err)
	})
}

// tokenMade writes the file of a new token.
func (t *Tool) tokenMade(args command.Args, token cluster.TokenData, err error) command.Outcome {
	if err != nil {
		return refused(err)
	}
	path := args.Text("--token")
	if out := t.write(path, []byte(tokenText(token))); out != nil {
		return *out
	}
	return answer(struct {
		Path string `json:"path"`
	}{path})
}

// officersToken and keysToken are tokens in the list (spec/cloudhsm-cli.md 2.5).
type officersToken struct {
	Username  string `json:"username"`
	Service   string `json:"service"`
	Required  int    `json:"approvals-required"`
	Approvals int    `json:"number-of-approvals"`
	Timeout   int64  `json:"token-timeout-seconds"`
	Coverage  string `json:"cluster-coverage"`
}

type keysToken struct {
	Username string `json:"username"`
	Service  string `json:"service"`
	Key      string `json:"key-reference"`
	Least    int    `json:"minimum-token-count"`
}

func (t *Tool) quorumList(args command.Args) command.Outcome {
	return t.on(args, func(l *link) command.Outcome {
		rows, err := l.client.TokenList()
		if err != nil {
			return refused(err)
		}
		tokens := []any{}
		for _, row := range rows {
			name := ""
			for _, s := range hsm.TokenServices {
				if s.Service == row.Service {
					name = s.Name
				}
			}
			if row.Handle != 0 {
				tokens = append(tokens, keysToken{row.User, name, reference(row.Handle), row.Least})
				continue
			}
			tokens = append(tokens, officersToken{row.User, name, row.Required, row.Approvals, row.Left / 1000, agreed(row.Coverage, "full")})
		}
		return answer(struct {
			Tokens []any `json:"tokens"`
		}{tokens})
	})
}

func (t *Tool) quorumListValues(args command.Args) command.Outcome {
	return t.on(args, func(l *link) command.Outcome {
		values, err := l.client.QuorumValues()
		if err != nil {
			return refused(err)
		}
		var shown members
		for _, v := range values {
			for _, s := range hsm.TokenServices {
				if s.Service == v.Service {
					shown = append(shown, member{s.Name, v.Value})
				}
			}
		}
		return answer(shown)
	})
}

func (t *Tool) quorumSetValue(args command.Args) command.Outcome {
	return t.approved(args, adminOnly, func(l *link, files []cluster.TokenFile) command.Outcome {
		service, _ := serviceNamed(args.Text("--service"))
		value := min(args.Int("--value"), quorumBeyond)
		err := l.client.SetQuorum(service, int(value), files...)
		switch {
		case unknownService(l, service, err):
			return refused(hsm.Refusal{Reason: hsm.NoMTLS})
		case err != nil:
			return refused(err)
		}
		return answer("Set quorum value successful")
	})
}

// unknownService reports whether an admin was refused because the HSMs do not have the service: that
// for the cluster comes with mutual TLS.
func unknownService(l *link, service hsm.Service, err error) bool {
	return err != nil && service == hsm.ClusterMgmt && l.client.Login != nil && l.client.Login.Type == hsm.CO && !l.client.Policy().MTLS()
}

// quorumBeyond is more than any quorum value.
const quorumBeyond = 1000

func (t *Tool) quorumDelete(args command.Args) command.Outcome {
	return t.on(args, func(l *link) command.Outcome {
		if out := adminOnly(l); out != nil {
			return *out
		}
		if err := l.client.DropTokens(args.Text("--scope") == "all"); err != nil {
			return refused(err)
		}
		return answer("Deletion of quorum token(s) successful")
	})
}

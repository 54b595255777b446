package cli

import "hsmplay/core/command"

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

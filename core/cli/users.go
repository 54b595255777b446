package cli

import (
	"fmt"
	"slices"
	"strings"

	"hsmplay/core/cluster"
	"hsmplay/core/command"
)

var userCategory = command.Spec[*Tool]{Name: "user", Summary: "Manage users"} // provisional

var userCreate = command.Spec[*Tool]{Name: "user create",
	Usage:   "cloudhsm-cli user create [OPTIONS] --username <USERNAME> --role <ROLE> [--password <PASSWORD>]",
	Summary: "Create a new user", Params: params(newUserParam, roleParam, passwordParam, approvalParam), Run: (*Tool).userCreate}

// newUserParam is a name that nobody has yet.
var newUserParam = command.Param{Flag: "--username", Value: "USERNAME", Help: "Username to access the HSM cluster", Example: "alice",
	Means: "a name of 1 to 31 letters, digits and underscores; capital letters do not count"}

var userDelete = command.Spec[*Tool]{Name: "user delete", Summary: "Delete a user",
	Params: params(usernameParam("Username to access the HSM cluster"), roleParam, approvalParam), Run: (*Tool).userDelete}

var userList = command.Spec[*Tool]{Name: "user list", Usage: "user list", Summary: "List the users in your cluster", Params: params(), Run: (*Tool).userList}

// changed is whose password or keys for signing are changed.
var changed = usernameParam("Username of the user that will be modified")

var userChangePassword = command.Spec[*Tool]{Name: "user change-password",
	Usage:   "cloudhsm-cli user change-password [OPTIONS] --username <USERNAME> --role <ROLE> [--password <PASSWORD>]",
	Summary: "Change a user's password", Run: (*Tool).userChangePassword,
	Params: params(changed, roleParam, passwordParam, approvalParam,
		command.Param{Flag: "--deregister-mfa", Kind: command.Switch, Optional: true, Help: "Deregister the user's mfa public key, if present"},
		command.Param{Flag: "--deregister-quorum", Kind: command.Switch, Optional: true, Help: "Deregister the user's quorum public key, if present"})}

var changeMFACategory = command.Spec[*Tool]{Name: "user change-mfa", Summary: "Change a user's Mfa Strategy"}

var userChangeMFA = command.Spec[*Tool]{Name: "user change-mfa token-sign", Run: (*Tool).userChangeMFA,
	Summary: "Register or Deregister a public key using token-sign mfa strategy",
	Params: params(changed, roleParam,
		command.Param{Flag: "--change-password", Value: "CHANGE_PASSWORD", Kind: command.Secret, Optional: true,
			Help: "Optional: Plaintext user's password. If you do not include this argument you will be prompted for it"},
		either("mfa", command.Param{Flag: "--token", Value: "TOKEN", Kind: command.Output,
			Help: "Filepath where the unsigned token file will be written. Required for enabling MFA for a user"}), approvalParam,
		either("mfa", command.Param{Flag: "--deregister", Kind: command.Switch, Help: "Deregister the MFA public key, if present"}),
		command.Param{Flag: "--change-quorum", Kind: command.Switch, Optional: true, Help: "Change the Quorum public key along with the MFA key"})}

var (
	changeQuorumCategory = command.Spec[*Tool]{Name: "user change-quorum", Summary: "Change a user's Quorum Strategy"}           // provisional
	changeQuorumSign     = command.Spec[*Tool]{Name: "user change-quorum token-sign", Summary: "Use token-sign quorum strategy"} // provisional
)

var userChangeQuorum = command.Spec[*Tool]{Name: "user change-quorum token-sign register",
	Usage:   "user change-quorum token-sign register --public-key <PUBLIC_KEY> --signed-token <SIGNED_TOKEN>",
	Summary: "Register a user for quorum authentication with a public key", Run: (*Tool).userChangeQuorum,
	Params: params(command.Param{Flag: "--public-key", Value: "PUBLIC_KEY", Kind: command.Path, Help: "Filepath to public key PEM file"},
		command.Param{Flag: "--signed-token", Value: "SIGNED_TOKEN", Kind: command.Path, Help: "Filepath with token signed by user private key"})}

// clones are the two clusters that something is replicated between.
var clones = []command.Param{
	{Flag: "--source-cluster-id", Value: "SOURCE_CLUSTER_ID", Help: "Source cluster ID"},
	{Flag: "--destination-cluster-id", Value: "DESTINATION_CLUSTER_ID", Help: "Destination cluster ID"},
}

var userReplicate = command.Spec[*Tool]{Name: "user replicate",
	Usage:   "user replicate --username <USERNAME> --role <ROLE> --source-cluster-id <SOURCE_CLUSTER_ID> --destination-cluster-id <DESTINATION_CLUSTER_ID>",
	Summary: "Replicate a user from a source to a destination cluster", Run: (*Tool).userReplicate,
	Params: slices.Concat([]command.Param{usernameParam("Username of the user to replicate"), roleParam}, clones)}

// userRow is a user in the list.
type userRow struct {
	Username string     `json:"username"`
	Role     string     `json:"role"`
	Locked   string     `json:"locked"`
	MFA      []strategy `json:"mfa"`
	Quorum   []strategy `json:"quorum"`
	Coverage string     `json:"cluster-coverage"`
}

// strategy is a way in which a user proves or approves something.
type strategy struct {
	Strategy string `json:"strategy"`
	Status   string `json:"status"`
}

func (t *Tool) userList(args command.Args) command.Outcome {
	return t.on(args, func(l *link) command.Outcome {
		users, err := l.client.Users()
		if err != nil {
			return failed(err, disconnected)
		}
		rows := []userRow{}
		for _, row := range roles {
			for _, u := range users {
				if u.Type == row.of {
					rows = append(rows, userRow{strings.ToLower(u.Name), row.name, fmt.Sprint(u.Locked()), strategies(u.TwoFA), strategies(u.Quorum),
						coverage(l.client.UserCoverage(u.Type, u.Name))})
				}
			}
		}
		return answer(struct {
			Users []userRow `json:"users"`
		}{rows})
	})
}

// strategies are the ways for which a user has a key.
func strategies(key []byte) []strategy {
	if key == nil {
		return []strategy{}
	}
	return []strategy{{"token-sign", "enabled"}}
}

// coverage says whether something is everywhere.
func coverage(c cluster.Coverage) string {
	if c.Full() {
		return "full"
	}
	return "inconsistent"
}

package cli

import (
	"errors"
	"slices"

	"hsmplay/core/cluster"
	"hsmplay/core/command"
	"hsmplay/core/hsm"
	"hsmplay/core/mech"
	"hsmplay/core/retcode"
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

// inconsistent is said where HSMs disagree.
const inconsistent = "inconsistent"

func (t *Tool) userList(args command.Args) command.Outcome {
	return t.on(args, func(l *link) command.Outcome {
		people, err := l.client.People()
		if err != nil {
			return refused(err)
		}
		rows := []userRow{}
		for _, p := range people {
			rows = append(rows, rowOf(p))
		}
		return answer(struct {
			Users []userRow `json:"users"`
		}{rows})
	})
}

// rowOf describes a user (spec/cloudhsm-cli.md 2.4).
func rowOf(p cluster.Person) userRow {
	row := userRow{p.Name, inconsistent, agreed(p.Locked, "true"), strategies(p.Second), strategies(p.Quorum), agreed(p.Coverage, "full")}
	if p.Type != "" {
		row.Role = p.Type.Role()
	}
	return row
}

// agreed words an agreement; everywhere is its word for all HSMs.
func agreed(a cluster.Agreement, everywhere string) string {
	switch a {
	case cluster.Full:
		return everywhere
	case cluster.Partly:
		return inconsistent
	}
	return "false"
}

// strategies are the ways for which a user has a key.
func strategies(a cluster.Agreement) []strategy {
	if a == cluster.None {
		return []strategy{}
	}
	return []strategy{{"token-sign", agreed(a, "enabled")}}
}

func (t *Tool) userCreate(args command.Args) command.Outcome {
	return t.approved(args, adminOnly, func(l *link, files []cluster.TokenFile) command.Outcome {
		name, kind := args.Text("--username"), hsm.InRole(args.Text("--role"))
		if err := hsm.CheckName(name); err != nil { // before the password is asked for
			return failed(retcode.Before(err), textOf(err))
		}
		return newSecret(args, "--password", func(password string) command.Outcome {
			err := l.client.AddUser(hsm.NewUser{Type: kind, Name: name, Secret: l.client.NewUserSecret(password)}, files...)
			if err != nil {
				return refused(err)
			}
			return whoIs(name, kind)
		})
	})
}

func (t *Tool) userDelete(args command.Args) command.Outcome {
	return t.approved(args, adminOnly, func(l *link, files []cluster.TokenFile) command.Outcome {
		name, kind := args.Text("--username"), hsm.InRole(args.Text("--role"))
		if err := l.client.RemoveUser(kind, name, files...); err != nil {
			return refused(err)
		}
		return whoIs(name, kind)
	})
}

func (t *Tool) userChangePassword(args command.Args) command.Outcome {
	return t.approved(args, adminOrSelf(args), func(l *link, files []cluster.TokenFile) command.Outcome {
		return newSecret(args, "--password", func(password string) command.Outcome {
			return t.changeUser(l, args, cluster.PasswordChange{Password: password, DropSecond: args.Has("--deregister-mfa"),
				DropQuorum: args.Has("--deregister-quorum")}, files)
		})
	})
}

// changeUser changes the user whom a line names.
func (t *Tool) changeUser(l *link, args command.Args, to cluster.PasswordChange, files []cluster.TokenFile) command.Outcome {
	name, kind := args.Text("--username"), hsm.InRole(args.Text("--role"))
	if err := l.client.ChangeUser(kind, name, to, files...); err != nil {
		return refused(err)
	}
	return whoIs(name, kind)
}

// userChangeMFA registers a key for a second factor, after a signature over fresh challenges, or
// forgets it; the password changes with it.
func (t *Tool) userChangeMFA(args command.Args) command.Outcome {
	return t.approved(args, adminOrSelf(args), func(l *link, files []cluster.TokenFile) command.Outcome {
		return newSecret(args, "--change-password", func(password string) command.Outcome {
			to := cluster.PasswordChange{Password: password}
			if args.Has("--deregister") {
				to.DropSecond, to.DropQuorum = true, args.Has("--change-quorum")
				return t.changeUser(l, args, to, files)
			}
			if l.client.UserNamed(hsm.InRole(args.Text("--role")), args.Text("--username")) == nil { // before a file is written
				return refused(cluster.ErrNoUser)
			}
			return t.signedChallenges(l, args.Text("--token"), func(signed []cluster.Signed) command.Outcome {
				return ask(askKey, func(path string) command.Outcome {
					key, out := t.publicKey(path)
					if out != nil {
						return *out
					}
					to.Second = &cluster.Response{Key: key, Signed: signed, Quorum: args.Has("--change-quorum")}
					return t.changeUser(l, args, to, files)
				})
			})
		})
	})
}

// ask asks a question whose answer is shown.
func ask(prompt string, then func(string) command.Outcome) command.Outcome {
	return command.Outcome{Ask: &command.Question{Prompt: prompt, Then: then}}
}

// publicKey reads the file of a public key for signatures.
func (t *Tool) publicKey(path string) (spki []byte, refusal *command.Outcome) {
	data, out := t.read(path)
	if out != nil {
		return nil, out
	}
	m, err := mech.PublicFromPEM(data)
	if err != nil {
		out := failed(retcode.Local, badPublicKey)
		return nil, &out
	}
	return m.SPKI, nil
}

// userChangeQuorum registers the key of the user who is logged in, after his signature over a token
// of the registration service.
func (t *Tool) userChangeQuorum(args command.Args) command.Outcome {
	return t.on(args, func(l *link) command.Outcome {
		if out := anybody(l); out != nil {
			return *out
		}
		key, out := t.publicKey(args.Text("--public-key"))
		if out != nil {
			return *out
		}
		data, signature, out := t.signedRegistration(args.Text("--signed-token"))
		if out != nil {
			return *out
		}
		if err := l.client.RegisterQuorum(key, data, signature); err != nil {
			return refused(err)
		}
		return whoIs(l.client.Login.Name, l.client.Login.Type)
	})
}

func (t *Tool) userReplicate(args command.Args) command.Outcome {
	return t.between(args, hsm.CO, func(from, to *link) command.Outcome {
		p, err := from.client.ReplicateUser(to.client, hsm.InRole(args.Text("--role")), args.Text("--username"))
		var some cluster.Replicated
		switch {
		case errors.As(err, &some):
			return failed(err, replicateFailed("User", some.Failed, some.Of))
		case err != nil:
			return refused(err)
		}
		return answer(struct {
			User    userRow `json:"user"`
			Message string  `json:"message"`
		}{rowOf(p), "Successfully replicated user"})
	})
}

// between carries out a command between the two clusters that its line names, on both of which
// somebody is logged in; kind is who would do.
func (t *Tool) between(args command.Args, kind hsm.UserType, do func(from, to *link) command.Outcome) command.Outcome {
	return t.ready(func() command.Outcome {
		from, to := t.linkOf(args.Text("--source-cluster-id")), t.linkOf(args.Text("--destination-cluster-id"))
		if from == nil || to == nil {
			return failed(retcode.Local, unknownCluster, t.clustersNote())
		}
		if !from.up() || !to.up() {
			return failed(retcode.ServerUnavailable, disconnected)
		}
		for _, end := range []struct {
			of     *link
			prefix string
		}{{from, ""}, {to, "DESTINATION_"}} {
			t.about = end.of
			if out := t.enter(end.of, end.prefix); out.Err != nil {
				return out
			}
			if end.of.user() == nil {
				return refused(wanted{kind, end.prefix})
			}
		}
		return do(from, to)
	})
}

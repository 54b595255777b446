package cli

import (
	"errors"
	"slices"

	"hsmplay/core/cluster"
	"hsmplay/core/command"
	"hsmplay/core/retcode"
	"hsmplay/core/voice"
)

// link is a cluster of the configuration and the connection to it.
type link struct {
	id     string // as the configuration names it, else the cluster's own
	how    cluster.Joining
	weak   bool            // ECDSA with weak hashes is let through
	hasty  bool            // what fails is not tried again: retry mode off
	client *cluster.Client // nil before it is connected
}

// up reports whether an HSM of the cluster is reached.
func (l *link) up() bool { return l.client != nil && l.client.Fault() == nil }

// user is who is logged in to the cluster, nil for nobody.
func (l *link) user() *cluster.Login {
	if l.client == nil {
		return nil
	}
	return l.client.Login
}

// leastHSMs is on how many HSMs a token key must be to be made and used (spec/cloudhsm-cli.md 1.7).
const leastHSMs = 2

// stop is why the tool could not start: what is printed, and the note to it.
type stop struct {
	text string
	err  error
	note *voice.Note
}

// configured reads the configuration.
func (t *Tool) configured() ([]*link, *stop) {
	data, err := t.host.ReadFile(ConfigFile)
	if err != nil {
		return nil, &stop{text: noConfig, err: err}
	}
	c, err := ReadConfig(data)
	if err != nil || len(c.Clusters) == 0 {
		return nil, &stop{text: badConfig, err: errConfig}
	}
	t.log = nil
	if c.Logging.asked() {
		t.log = &c.Logging
	}
	var links []*link
	for _, row := range c.Clusters {
		all := row.addresses()
		if len(all) == 0 || slices.Contains(all, Placeholder) {
			return nil, &stop{text: badHostname, err: errConfig}
		}
		l := &link{id: row.Cluster.ID, weak: row.options().WeakHash, hasty: row.options().RetryMode == "off", how: cluster.Joining{Addresses: all, Least: leastHSMs}}
		if row.options().NoAvailability {
			l.how.Least = 1
		}
		if l.how.Anchor, err = t.host.ReadFile(row.Cluster.CAFile); err != nil {
			return nil, &stop{text: missingFile("hsm_ca_file", row.Cluster.CAFile), err: err}
		}
		if file := row.Cluster.ClientCert; file != "" {
			if l.how.Chain, err = t.host.ReadFile(file); err != nil {
				return nil, &stop{text: missingFile("client_cert_hsm_tls_path", file), err: err}
			}
		}
		if file := row.Cluster.ClientKey; file != "" {
			if _, err = t.host.ReadFile(file); err != nil {
				return nil, &stop{text: missingFile("client_key_hsm_tls_path", file), err: err}
			}
		}
		links = append(links, l)
	}
	return links, nil
}

// connect connects to the clusters of the configuration. Of several, one that cannot be reached is
// left alone: what is typed for it is refused.
func (t *Tool) connect() *stop {
	links, fault := t.configured()
	if fault != nil {
		return fault
	}
	up := 0
	for _, l := range links {
		client, err := t.cluster.Join(l.how)
		if err != nil {
			fault = startFault(err)
			continue
		}
		up++
		l.client = client
		if l.id == "" {
			l.id = client.ID()
		}
	}
	if up == 0 {
		return fault
	}
	t.links = links
	return nil
}

// startFault words why there is no connection.
func startFault(err error) *stop {
	if errors.Is(err, cluster.ErrUntrusted) || errors.Is(err, cluster.ErrBadChain) {
		return &stop{text: noContext, err: err}
	}
	return &stop{text: disconnected, err: err}
}

// unstarted is the end of a tool that has reached nothing: no envelope (spec/cloudhsm-cli.md 1.6).
func (t *Tool) unstarted(s *stop) command.Outcome {
	out := command.Outcome{Errors: "Error: \"" + s.text + "\"\n", Err: errors.Join(retcode.Local, s.err), Status: 1}
	if s.note != nil {
		out.Notes = []voice.Note{*s.note}
	}
	return out
}

// interactive begins the mode with a prompt.
func (t *Tool) interactive(args command.Args) command.Outcome {
	if fault := t.connect(); fault != nil {
		return t.unstarted(fault)
	}
	t.chosen = args.Text("--cluster-id")
	if t.chosen != "" && t.linkOf(t.chosen) == nil {
		return t.unstarted(&stop{text: unknownCluster, err: retcode.Local})
	}
	t.single = false
	return command.Outcome{}
}

// on carries out a command on the cluster that its line chooses. In a program for one command it
// logs in first whom the environment names.
func (t *Tool) on(args command.Args, do func(*link) command.Outcome) command.Outcome {
	return t.at(args, func(l *link) command.Outcome {
		if out := t.enter(l, ""); out.Err != nil {
			return out
		}
		return do(l)
	})
}

// at is on for a command that logs in or out itself, or needs nobody.
func (t *Tool) at(args command.Args, do func(*link) command.Outcome) command.Outcome {
	return t.ready(func() command.Outcome {
		l, out := t.choose(args)
		t.about = l
		switch {
		case l == nil:
			return out
		case !l.up():
			return failed(retcode.ServerUnavailable, disconnected)
		}
		return do(l)
	})
}

// ready connects a program for one command.
func (t *Tool) ready(do func() command.Outcome) command.Outcome {
	if t.single && t.links == nil {
		if fault := t.connect(); fault != nil {
			return t.unstarted(fault)
		}
	}
	return do()
}

// choose returns the cluster of a line: of --cluster-id, else of the start line, else the only one.
func (t *Tool) choose(args command.Args) (*link, command.Outcome) {
	id := t.chosen
	if args.Knows("--cluster-id") && args.Has("--cluster-id") {
		id = args.Text("--cluster-id")
	}
	switch l := t.linkOf(id); {
	case l != nil:
		return l, command.Outcome{}
	case id == "" && len(t.links) == 1:
		return t.links[0], command.Outcome{}
	case id == "":
		return nil, failed(retcode.Local, severalClusters, t.clustersNote())
	}
	return nil, failed(retcode.Local, unknownCluster, t.clustersNote())
}

// linkOf is the cluster with an id, nil for none.
func (t *Tool) linkOf(id string) *link {
	i := slices.IndexFunc(t.links, func(l *link) bool { return id != "" && l.id == id })
	if i < 0 {
		return nil
	}
	return t.links[i]
}

package cli

import (
	"encoding/json"

	"hsmplay/core/cluster"
	"hsmplay/core/command"
	"hsmplay/core/retcode"
)

// ConfigFile names the clusters that the tool knows (spec/cloudhsm-cli.md 1.1).
const ConfigFile = "/opt/cloudhsm/etc/cloudhsm-cli.cfg"

// link is a configured cluster and the connection to it.
type link struct {
	id     string // as the configuration has it, "" where that names none
	hosts  []string
	client *cluster.Client // nil before it is connected
}

// config is the part of the configuration file that the tool reads.
type config struct {
	Clusters []struct {
		Cluster struct {
			ID      string `json:"cluster_id"`
			Servers []struct {
				Hostname string `json:"hostname"`
				Enable   bool   `json:"enable"`
			} `json:"servers"`
		} `json:"cluster"`
	} `json:"clusters"`
}

// configured reads the configuration. Without a file the first cluster is known by its addresses.
func (t *Tool) configured() ([]*link, error) {
	data, err := t.host.ReadFile(ConfigFile)
	if err != nil {
		return []*link{{hosts: []string{"10.0.1.10"}}}, nil
	}
	var c config
	if err := json.Unmarshal(data, &c); err != nil {
		return nil, err
	}
	var links []*link
	for _, row := range c.Clusters {
		l := &link{id: row.Cluster.ID}
		for _, s := range row.Cluster.Servers {
			if s.Enable {
				l.hosts = append(l.hosts, s.Hostname)
			}
		}
		links = append(links, l)
	}
	return links, nil
}

// connect reads the configuration and connects to its clusters.
func (t *Tool) connect() error {
	links, err := t.configured()
	if err != nil {
		return err
	}
	for _, l := range links {
		if err := t.dial(l); err != nil {
			return err
		}
	}
	t.links = links
	return nil
}

// dial connects to all HSMs of a cluster of which one answers at a configured address.
func (t *Tool) dial(l *link) error {
	for _, host := range l.hosts {
		first, err := t.cluster.Dial(host)
		if err != nil {
			continue
		}
		members, err := first.Members()
		first.Close()
		if err != nil {
			continue
		}
		var up []string
		for _, m := range members {
			if c, err := t.cluster.Dial(m.IP); err == nil {
				c.Close()
				up = append(up, m.IP)
			}
		}
		l.client, err = t.cluster.Dial(up...)
		return err
	}
	return retcode.ServerUnavailable
}

// interactive begins the mode with a prompt.
func (t *Tool) interactive(args command.Args) command.Outcome {
	if err := t.connect(); err != nil {
		return t.unstarted(err)
	}
	t.single, t.chosen = false, args.Text("--cluster-id")
	return command.Outcome{}
}

// unstarted is the end of a tool that reaches nothing: no envelope (spec/cloudhsm-cli.md 1.6).
func (t *Tool) unstarted(err error) command.Outcome {
	return command.Outcome{Errors: "Error: \"" + disconnected + "\"\n", Err: err, Status: 1}
}

// on carries out a command on the cluster that its line chooses. In a program for one command it
// connects first, and logs in whom the environment names.
func (t *Tool) on(args command.Args, do func(*link) command.Outcome) command.Outcome {
	if t.single && t.links == nil {
		if err := t.connect(); err != nil {
			return t.unstarted(err)
		}
		if out := t.enter(); out.Err != nil {
			return out
		}
	}
	l, out := t.choose(args)
	if l == nil {
		return out
	}
	if !l.client.Connected() {
		return failed(retcode.ServerUnavailable, disconnected)
	}
	return do(l)
}

// choose returns the cluster of a line: of --cluster-id, else of the start line, else the only one.
func (t *Tool) choose(args command.Args) (*link, command.Outcome) {
	id := t.chosen
	if args.Knows("--cluster-id") && args.Has("--cluster-id") {
		id = args.Text("--cluster-id")
	}
	for _, l := range t.links {
		if l.id == id || id == "" && len(t.links) == 1 {
			return l, command.Outcome{}
		}
	}
	if id == "" {
		return nil, failed(retcode.Local, severalClusters)
	}
	return nil, failed(retcode.Local, unknownCluster)
}

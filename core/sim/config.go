package sim

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"

	"hsmplay/core/cli"
	"hsmplay/core/cluster"
	"hsmplay/core/cmu"
	"hsmplay/core/command"
	"hsmplay/core/mech"
	"hsmplay/core/shell"
	"hsmplay/core/voice"
)

// The files of the client's configuration (spec/cmu.md 1.1).
const (
	clientConfig = "/opt/cloudhsm/etc/cloudhsm_client.cfg"
	clusterInfo  = "/opt/cloudhsm/daemon/1/cluster.info" // of the one daemon there is
)

// clientText is the daemon's configuration; its blanks are the least number of HSMs for a new key
// and the address that the daemon connects to first. The keys are those of spec/cmu.md 1.1 and of a
// copy that a user has published, the values made up where neither shows them.
const clientText = `{
    "client": {
        "CriticalAlertScript": "",
        "create_object_minimum_nodes": %d,
        "daemon_id": 1,
        "e2e_owner_crt_path": "/opt/cloudhsm/etc/customerCA.crt",
        "enable_3des_key_reuse": "no",
        "log_level": "INFO",
        "reconnect_attempts": -1,
        "reconnect_interval": 3,
        "socket_type": "UNIXSOCKET",
        "sslreneg": 0,
        "tcp_port": 1111,
        "workers": 1,
        "zoneid": 0
    },
    "dualfactor": {
        "enable": "no"
    },
    "loadbalance": {
        "enable": "yes",
        "prefer_same_zone": "no"
    },
    "server": {
        "hostname": "%s",
        "port": 2223
    },
    "ssl": {
        "certificate": "/opt/cloudhsm/etc/client.crt",
        "pkey": "/opt/cloudhsm/etc/client.key",
        "server_ch_ssl_ciphers": "default"
    }
}
`

// configured returns the files of a client machine that is set up for a cluster. There is no trust
// anchor before the customer has one.
func configured(c *cluster.Cluster) []*shell.File {
	all := addresses(c.Group)
	files := []*shell.File{
		rootFile(clientConfig, fmt.Appendf(nil, clientText, 1, all[0])),
		rootFile(cmu.DefaultConfig, cmu.Config(all)),
		configuredCLI(c),
		{Path: "/opt/cloudhsm/daemon", Mode: fs.ModeDir | 0o755, Root: true},
		{Path: "/opt/cloudhsm/daemon/1", Mode: fs.ModeDir | 0o755, Root: true},
		rootFile(clusterInfo, infoText(all)),
	}
	if root := c.CustomerRoot(); root != nil {
		files = append(files, rootFile(cmu.Anchor, mech.CertificatePEM(root)))
	}
	return files
}

// configuredCLI is the configuration of Client SDK 5 for the first cluster.
func configuredCLI(c *cluster.Cluster) *shell.File {
	return rootFile(cli.ConfigFile, cli.FreshConfig(c.Model().Row().Family, c.ID, addresses(c.Group)).Text())
}

// setUp sets the client machine up anew for the cluster that has taken another's place, whose files
// were before. A host's machine keeps what somebody has changed there.
func (w *World) setUp(before []*shell.File) error {
	if err := w.memory.Remove(cmu.Anchor); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	for _, f := range configured(w.cluster) {
		err := w.memory.Put(f)
		if w.options.Etc != nil && path.Dir(f.Path) == path.Dir(clientConfig) && !w.changedByHost(before, f.Path) {
			err = errors.Join(err, w.machine.FS().Put(f))
		}
		if err != nil {
			return fmt.Errorf("%s: %w", f.Path, err)
		}
	}
	w.cluster.Settings.MinServers = 0 // as in the new file
	return nil
}

// changedByHost reports whether a host's machine has a file of its own that is not as one of the
// rows has it.
func (w *World) changedByHost(rows []*shell.File, name string) bool {
	data, err := w.options.Etc.ReadFile(path.Base(name))
	return err == nil && !slices.ContainsFunc(rows, func(f *shell.File) bool {
		return f.Path == name && bytes.Equal(f.Data, data)
	})
}

// hostAnchor returns the trust anchor of a host's machine, nil where that has none.
func (w *World) hostAnchor() (*mech.Certificate, error) {
	if w.options.Etc == nil {
		return nil, nil
	}
	data, err := w.options.Etc.ReadFile(path.Base(cmu.Anchor))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, err
	}
	return mech.CertificateFromPEM(data)
}

func rootFile(path string, data []byte) *shell.File {
	return &shell.File{Path: path, Mode: 0o644, Root: true, Data: data}
}

// infoText is what the daemon writes of the cluster it has found; the form is made up.
func infoText(all []string) []byte {
	text, err := json.MarshalIndent(map[string][]string{"servers": all}, "", "    ")
	if err != nil { // strings always marshal
		panic("sim: " + err.Error())
	}
	return append(text, '\n')
}

// addresses returns the addresses of a cluster's HSMs, by node.
func addresses(g *cluster.Group) []string {
	var all []string
	for _, n := range g.Nodes {
		all = append(all, n.IP)
	}
	return all
}

// What keeps the daemon from starting.
var (
	errNotReached = errors.New("no HSM answers at the configured address")
	errNotTrusted = errors.New("the HSM's certificate is not signed by the trust anchor")
	errOtherType  = errors.New("the HSM takes no connections of Client SDK 3")
)

// startDaemon starts the daemon on its configuration: the HSM named there must answer and be
// certified by the trust anchor, and tells it the others. What is the address, for errNotTrusted
// the file of the trust anchor, and for errOtherType the type.
func (w *World) startDaemon() (what string, err error) {
	data, err := w.machine.FS().Read(clientConfig)
	if err != nil {
		return "", err
	}
	var config struct {
		Client struct {
			MinNodes int    `json:"create_object_minimum_nodes"`
			Anchor   string `json:"e2e_owner_crt_path"`
		} `json:"client"`
		Server struct {
			Hostname string `json:"hostname"`
		} `json:"server"`
	}
	if err := json.Unmarshal(data, &config); err != nil {
		return "", err
	}
	hostname := config.Server.Hostname
	g := w.cluster.GroupAt(hostname)
	if g == nil {
		return hostname, errNotReached
	}
	if !g.Older() {
		return g.Model().Name(), errOtherType
	}
	if !w.trusts(g, config.Client.Anchor) {
		return config.Client.Anchor, errNotTrusted
	}
	w.cluster.Serve(g)
	w.cluster.SetDaemon(true)
	w.cluster.Settings.MinServers = config.Client.MinNodes
	return hostname, w.machine.FS().Put(rootFile(clusterInfo, infoText(addresses(g))))
}

// configuring is one call of configure. Tables work on pointers: those share their code in the
// engine.
type configuring struct {
	w *World
	p *shell.Process
}

// configureTable is the program that points daemon and management tool at a cluster
// (spec/cmu.md 1.1).
var configureTable = command.Table[*configuring]{Tool: "configure", Lead: "configure ",
	Style: command.Style{Quotes: command.ShellQuotes, Help: []string{"-h", "--help"}, Usage: configureUsage,
		Refuse: func(_ command.Fault, s command.Shape) command.Refusal {
			return command.Refusal{Text: configureUsage(s), Errors: true, Status: 2}
		}},
	Specs: []command.Spec[*configuring]{{Means: "points the client machine at a cluster", Run: (*configuring).run, Params: []command.Param{
		{Flag: "-a", Value: "IP", OneOf: "what", Example: "10.0.1.10", Means: "names one HSM to the daemon and to the management tool"},
		{Flag: "--cmu", Value: "IP", OneOf: "what", Example: "10.0.1.10", Means: "asks this HSM for the others, for the management tool"},
		{Flag: "-m", Kind: command.Switch, OneOf: "what", Means: "gives the management tool the HSMs that the daemon has found"},
		{Flag: "--ssl", Kind: command.Switch, OneOf: "what", Means: "gives daemon and management tool a TLS key and certificate of your own"},
		{Flag: "-i", Value: "ID", Kind: command.Number, Optional: true, Needs: "-m", Example: "1", Means: "the daemon's number"},
		{Flag: "--pkey", Value: "FILE", Kind: command.Path, Optional: true, Needs: "--ssl", Example: "client.key", Means: "the private key"},
		{Flag: "--cert", Value: "FILE", Kind: command.Path, Optional: true, Needs: "--ssl", Example: "client.crt", Means: "its certificate"}}}},
	Live: func(c *configuring, p command.Param, _ string) (choices []command.Choice) {
		for _, n := range c.w.cluster.All() {
			if p.Value == "IP" {
				choices = append(choices, command.Choice{Word: n.IP, Means: fmt.Sprintf("HSM %d, %s", n.HSM.Node, stateOf(n))})
			}
		}
		return choices
	},
}

func configureUsage(command.Shape) string { return configureForm }

const configureForm = "usage: configure -a IP | --cmu IP | -m [-i ID] | --ssl --pkey FILE --cert FILE\n"

// configure is the program.
func (w *World) configure(p *shell.Process) int {
	return carried(p, forRoot(configureTable), &configuring{w, p})
}

func (c *configuring) run(args command.Args) command.Outcome {
	switch {
	case args.Has("-a"):
		return command.Outcome{Status: c.w.configureServer(c.p, args.Text("-a"))}
	case args.Has("--cmu"):
		return command.Outcome{Status: c.w.configureCluster(c.p, args.Text("--cmu"))}
	case args.Has("--ssl") && (!args.Has("--pkey") || !args.Has("--cert")):
		return command.Outcome{Errors: configureForm, Status: 2}
	case args.Has("--ssl"):
		return command.Outcome{Status: c.w.configureTLS(c.p, args.Text("--pkey"), args.Text("--cert"))}
	}
	daemon := int64(1)
	if args.Has("-i") {
		daemon = args.Int("-i")
	}
	return command.Outcome{Status: c.w.configureAll(c.p, daemon)}
}

// configureServer writes one address into both files.
func (w *World) configureServer(p *shell.Process, ip string) int {
	p.Print("Updating server config in " + clientConfig + "\nUpdating server config in " + cmu.DefaultConfig + "\n")
	known := false
	p.World(func() { known = slices.ContainsFunc(w.cluster.All(), func(n *cluster.Node) bool { return n.IP == ip }) })
	if !known {
		p.Note(voice.NoSuchAddress, "ip", ip)
	}
	return w.setDaemon(p, func(c members) { c.part("server")["hostname"] = ip }) | w.setServers(p, []string{ip})
}

// configureCluster asks the HSM at an address for the others, and writes all into the management
// tool's file.
func (w *World) configureCluster(p *shell.Process, ip string) int {
	var all []string
	p.World(func() {
		if g := w.cluster.GroupAt(ip); g != nil {
			all = addresses(g)
		}
	})
	if all == nil {
		return p.Complain("%s: %s", ip, errNotReached)
	}
	if status := w.configureServer(p, ip); status != 0 {
		return status
	}
	return w.setServers(p, all)
}

// configureAll copies the addresses that a daemon has found into the management tool's file. A
// daemon that is not there has found none.
func (w *World) configureAll(p *shell.Process, daemon int64) int {
	name := fmt.Sprintf("/opt/cloudhsm/daemon/%d/cluster.info", daemon)
	var info struct {
		Servers []string `json:"servers"`
	}
	var data []byte
	var err error
	p.World(func() { data, err = w.machine.FS().Read(name) })
	if err != nil {
		return p.Complain("%s: %s", name, command.FileReason(err))
	}
	if json.Unmarshal(data, &info) != nil || len(info.Servers) == 0 {
		return p.Complain("%s names no servers", name)
	}
	return w.setServers(p, info.Servers)
}

// putConfig writes a file of root's, which needs root.
func (w *World) putConfig(p *shell.Process, name string, data []byte) int {
	if err := p.WriteFile(name, data); err != nil {
		p.Note(voice.NeedsSudo, "command", "configure")
		return p.Complain("%s: %s", name, err)
	}
	return 0
}

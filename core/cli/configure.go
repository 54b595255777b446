package cli

import (
	"errors"
	"io/fs"
	"slices"
	"strings"

	"hsmplay/core/command"
	"hsmplay/core/command/clap"
	"hsmplay/core/hsm"
	"hsmplay/core/voice"
)

// ConfigureName is the name of the program that writes the configuration file.
const ConfigureName = "configure-cli"

// Place is a cluster as the vendor's service knows it.
type Place struct {
	ID        string
	Model     hsm.Model
	Addresses []string // of its HSMs
}

// Configuring is one call of configure-cli.
type Configuring struct {
	Read  func(name string) ([]byte, error)
	Write func(name string, data []byte) error
	Abs   func(name string) string // a name of a file from the root on
	All   func() []Place           // the clusters that there are
}

// row is a cluster of the configuration.
func (p Place) row() ConfigCluster {
	return FreshConfig(p.Model.Row().Family, p.ID, p.Addresses).Clusters[0]
}

// The options that several commands of the program have.
var (
	ofCluster = command.Param{Flag: "--cluster-id", Value: "CLUSTER ID",
		Help:  "The id of the cluster containing the HSM instance(s)",
		Means: "the cluster's id"}
	ofClusterMaybe = optional(ofCluster)
	endpointParam  = command.Param{Flag: "--endpoint", Value: "ENDPOINT", Optional: true,
		Needs: "--cluster-id",
		Help:  "Specify the AWS CloudHSM API Endpoint", Means: "the address of the service's API",
		Example: "https://cloudhsmv2.us-east-1.amazonaws.com"}
	regionParam = command.Param{Flag: "--region", Value: "REGION", Optional: true,
		Needs: "--cluster-id",
		Help:  "The region of the cluster", Means: "the cluster's region", Example: "us-east-1"}
	anchorParam = command.Param{Flag: "--hsm-ca-cert", Value: "HSM CA CERTIFICATE FILE",
		Kind: command.Path, Optional: true,
		Help: "The HSM CA certificate file", Means: "the file of the trust anchor", Example: Anchor}
)

// certParams are the two files of mutual TLS, with the words of the program or of add-cluster.
func certParams(certificate, key string) []command.Param {
	return []command.Param{
		{Flag: "--client-cert-hsm-tls-file", Value: certificate, Kind: command.Path, Optional: true,
			Needs: "--client-key-hsm-tls-file",
			Help:  "The client certificate used for TLS client-hsm mutual authentication",
			Means: "the client's certificate for mutual TLS"},
		{Flag: "--client-key-hsm-tls-file", Value: key, Kind: command.Path, Optional: true,
			Needs: "--client-cert-hsm-tls-file",
			Help:  "The client private key used for TLS client-hsm mutual authentication",
			Means: "the private key of that certificate"},
	}
}

// toggle is a pair of options of which one undoes the other.
func toggle(name, off, on string) []command.Param {
	return []command.Param{
		{Flag: "--disable-" + name, Kind: command.Switch, Optional: true, OneOf: name,
			Help: off, Means: small(off)},
		{Flag: "--enable-" + name, Kind: command.Switch, Optional: true, OneOf: name,
			Help: on, Means: small(on)},
	}
}

// small is a sentence of a help as it stands in the middle of a line.
func small(help string) string { return strings.ToLower(help[:1]) + help[1:] }

// choice is an option whose values are in its help.
func choice(flag, value, help string, words ...string) command.Param {
	p := command.Param{Flag: flag, Value: value, Kind: command.Choices, Optional: true,
		Help: help, Means: small(help)}
	for _, w := range words {
		p.Values = append(p.Values, command.Value{Word: w})
	}
	return p
}

// Configure is the program configure-cli (spec/cloudhsm-cli.md 1.1).
var Configure = command.Table[*Configuring]{
	Tool: ConfigureName, Lead: ConfigureName + " ", Style: configureStyle(),
	Specs: []command.Spec[*Configuring]{
		{Means: "points CloudHSM CLI at a cluster", Usage: documentedUsage,
			Params: settings(), Run: (*Configuring).update},
		{Name: "add-cluster", Means: "adds another cluster to the configuration",
			Params: slices.Concat([]command.Param{ofCluster, regionParam, endpointParam, anchorParam},
				certParams("CLIENT CERTIFICATE FILE", "CLIENT KEY FILE")),
			Run: (*Configuring).add},
		{Name: "remove-cluster", Means: "takes a cluster out of the configuration",
			Params: []command.Param{ofCluster}, Run: (*Configuring).remove},
	}}

// settings are the options of the program without a subcommand, in the order of its help.
func settings() []command.Param {
	return slices.Concat(
		[]command.Param{
			{Flag: "-a", Value: "<HSM ENI IP>...", Many: true, Optional: true,
				Help:  "The address of the HSM instance",
				Means: "addresses of HSMs of the cluster", Example: "10.0.1.10"},
			ofClusterMaybe},
		toggle("key-availability-check",
			"Disables key availability check during key use",
			"Enables key availability check during key use"),
		toggle("validate-key-at-init",
			"Disables parameter validation during initialization of crypto operations",
			"Enables parameter validation during initialization of crypto operations"),
		[]command.Param{endpointParam, regionParam, anchorParam,
			choice("--log-type", "LOG TYPE", "The log type", "term", "file"),
			{Flag: "--log-file", Value: "LOG FILE", Kind: command.Output, Optional: true,
				Help: "The log file", Means: "the log file", Example: "/tmp/cloudhsm-cli.log"},
			choice("--log-level", "LOG LEVEL", "The logging level",
				"error", "warn", "info", "debug", "trace"),
			choice("--log-rotation", "LOG ROTATION", "The log rotation interval",
				"never", "hourly", "daily"),
			choice("--default-retry-mode", "RETRY MODE",
				"The default method of retry to use for certain non-terminal failures",
				"off", "standard")},
		certParams("CLIENT CERTIFICATE HSM TLS FILE", "CLIENT KEY HSM TLS FILE"),
		[]command.Param{
			{Flag: "--enable-ecdsa-with-weak-hash-function", Kind: command.Switch, Optional: true,
				Help: clap.Unlisted, OneOf: "weak",
				Means: "allows ECDSA with hashes that are weaker than the key"},
			{Flag: "--disable-ecdsa-with-weak-hash-function", Kind: command.Switch, Optional: true,
				Help: clap.Unlisted, OneOf: "weak",
				Means: "refuses ECDSA with hashes that are weaker than the key"}})
}

// documentedUsage is the usage line behind the program's name, as the page of the help has it.
const documentedUsage = "[ .exe ] [OPTIONS]"

// configureStyle is clap's, but for two things: the help does not tell of the subcommands, and has
// no blank in its usage line.
func configureStyle() command.Style {
	style := clap.Style(ConfigureName + " ")
	page, refuse := style.Usage, style.Refuse
	style.Usage = func(s command.Shape) string {
		if s.Name == "" {
			s.Commands = nil
		}
		return strings.Replace(page(s), ConfigureName+" "+documentedUsage, ConfigureName+documentedUsage, 1)
	}
	style.Refuse = func(f command.Fault, s command.Shape) command.Refusal {
		r := refuse(f, s)
		r.Text = strings.Replace(r.Text, " [ .exe ]", "", 1)
		if f.Kind == command.ExtraWord && s.Name == "" {
			r.Notes = []voice.Note{voice.Say(voice.ConfigureWord)}
		}
		return r
	}
	return style
}

func init() { // live values need the table's type only
	Configure.Live = func(c *Configuring, p command.Param, _ string) (choices []command.Choice) {
		for _, place := range c.All() {
			switch p.Flag {
			case "--cluster-id":
				choices = append(choices, command.Choice{Word: place.ID, Means: "cluster of " + place.Model.Name()})
			case "-a":
				for _, ip := range place.Addresses {
					choices = append(choices, command.Choice{Word: ip, Means: "HSM of " + place.ID})
				}
			}
		}
		return choices
	}
}

// What configure-cli says where it cannot do what it is asked; no page shows a word of it
// (provisional).
const (
	configureUnreadable = "Error: The configuration file cannot be read: "
	configureUnwritable = "Error: The configuration file cannot be written: "
	configureNoCluster  = "Error: No cluster with this id was found: "
	configureTwice      = "Error: The cluster is in the configuration already: "
	configureMissing    = "Error: The cluster is not in the configuration: "
)

// fails is the answer to what cannot be done.
func fails(text string, err error, notes ...voice.Note) command.Outcome {
	return command.Outcome{Errors: text + "\n", Err: err, Status: 1, Notes: notes}
}

// errConfigure is the error of a configuration that stays as it is.
var errConfigure = errors.New("the configuration stays as it is")

// with changes the configuration and writes it.
func (c *Configuring) with(change func(*Config) *command.Outcome) command.Outcome {
	var config Config
	data, err := c.Read(ConfigFile)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		config = Config{Logging: FreshConfig("", "", nil).Logging}
	case err != nil:
		return fails(configureUnreadable+command.FileReason(err), err)
	default:
		if config, err = ReadConfig(data); err != nil {
			return fails(configureUnreadable+err.Error(), err)
		}
	}
	if refused := change(&config); refused != nil {
		return *refused
	}
	if err := c.Write(ConfigFile, config.Text()); err != nil {
		return fails(configureUnwritable+command.FileReason(err), err, voice.Say(voice.NeedsSudo, "command", ConfigureName))
	}
	return command.Outcome{}
}

// update changes the configuration of the cluster that is named, of all without a name; with
// addresses the cluster at them takes the place of all others.
func (c *Configuring) update(args command.Args) command.Outcome {
	if len(args.Order()) == 0 {
		return command.Outcome{Errors: args.Usage(), Err: errConfigure, Status: 2} // provisional
	}
	return c.with(func(config *Config) *command.Outcome {
		id := args.Text("--cluster-id")
		at := slices.IndexFunc(config.Clusters, func(row ConfigCluster) bool { return row.Cluster.ID == id })
		rows := config.Clusters
		switch {
		case args.Has("-a") && id != "" && at >= 0 && len(rows) > 1:
			rows = rows[at : at+1]
			rows[0].point(c.at(args.Texts("-a"), id))
		case args.Has("-a"):
			rows = first(rows)
			rows[0].point(c.at(args.Texts("-a"), id))
			config.Clusters = rows
		case id != "" && at >= 0:
			rows = rows[at : at+1]
		case id != "":
			place, found := c.called(id)
			if !found {
				out := fails(configureNoCluster+id, errConfigure)
				return &out
			}
			rows = first(rows)
			rows[0].point(place)
			config.Clusters = rows
		}
		for i := range rows {
			c.members(&rows[i], args)
		}
		config.Logging.take(args)
		if args.Has("--log-file") {
			config.Logging.File = c.Abs(config.Logging.File)
		}
		return nil
	}).Then(served(args))
}

// served says of a region and an endpoint that nothing here asks the service.
func served(args command.Args) func(command.Outcome) command.Outcome {
	return func(out command.Outcome) command.Outcome {
		said := command.Outcome{Err: out.Err, Status: out.Status}
		if out.Err == nil && (args.Has("--region") || args.Has("--endpoint")) {
			said.Notes = []voice.Note{voice.Say(voice.ConfigureService)}
		}
		return said
	}
}

// first returns the first cluster, one that is to be filled in where there is none.
func first(rows []ConfigCluster) []ConfigCluster {
	if len(rows) == 0 {
		return []ConfigCluster{(Place{}).row()}
	}
	return rows[:1]
}

// point makes a row one of a cluster; options and files stay.
func (r *ConfigCluster) point(p Place) {
	fresh := p.row()
	r.Type, r.Cluster.ID, r.Cluster.Servers = fresh.Type, p.ID, fresh.Cluster.Servers
}

// called returns the cluster with an id, as the service tells it.
func (c *Configuring) called(id string) (Place, bool) {
	for _, place := range c.All() {
		if place.ID == id {
			return place, true
		}
	}
	return Place{}, false
}

// at returns the cluster at addresses, as the program is told them: where nobody has the first, it is
// taken for one of the first type.
func (c *Configuring) at(addresses []string, id string) Place {
	p := Place{ID: id, Addresses: addresses}
	for _, place := range c.All() {
		if slices.Contains(place.Addresses, addresses[0]) {
			p.Model = place.Model
			if id == "" {
				p.ID = place.ID
			}
		}
	}
	return p
}

// members takes over what is said of a cluster.
func (c *Configuring) members(r *ConfigCluster, args command.Args) {
	m := &r.Cluster
	for _, text := range []struct {
		flag string
		to   *string
		file bool
	}{{"--region", &m.Region, false}, {"--endpoint", &m.Endpoint, false}, {"--hsm-ca-cert", &m.CAFile, true},
		{"--client-cert-hsm-tls-file", &m.ClientCert, true}, {"--client-key-hsm-tls-file", &m.ClientKey, true}} {
		switch {
		case !args.Knows(text.flag) || !args.Has(text.flag):
		case text.file:
			*text.to = c.Abs(args.Text(text.flag))
		default:
			*text.to = args.Text(text.flag)
		}
	}
	o := r.options()
	for _, pair := range []struct {
		on, off string
		to      *bool
	}{{"--disable-key-availability-check", "--enable-key-availability-check", &o.NoAvailability},
		{"--disable-validate-key-at-init", "--enable-validate-key-at-init", &o.NoValidation},
		{"--enable-ecdsa-with-weak-hash-function", "--disable-ecdsa-with-weak-hash-function", &o.WeakHash}} {
		if args.Knows(pair.on) && (args.Has(pair.on) || args.Has(pair.off)) {
			*pair.to = args.Has(pair.on)
		}
	}
	if args.Knows("--default-retry-mode") && args.Has("--default-retry-mode") {
		o.RetryMode = args.Text("--default-retry-mode")
	}
	if o != r.options() {
		m.Options = &o
	}
}

// take takes over what is said of the log.
func (l *ConfigLogging) take(args command.Args) {
	for _, text := range []struct {
		flag string
		to   *string
	}{{"--log-type", &l.Type}, {"--log-file", &l.File}, {"--log-level", &l.Level}, {"--log-rotation", &l.Interval}} {
		if args.Has(text.flag) {
			*text.to = args.Text(text.flag)
		}
	}
}

// add adds a cluster.
func (c *Configuring) add(args command.Args) command.Outcome {
	return c.with(func(config *Config) *command.Outcome {
		id := args.Text("--cluster-id")
		place, found := c.called(id)
		var out command.Outcome
		switch {
		case slices.ContainsFunc(config.Clusters, func(row ConfigCluster) bool { return row.Cluster.ID == id }):
			out = fails(configureTwice+id, errConfigure)
		case !found:
			out = fails(configureNoCluster+id, errConfigure)
		default:
			row := place.row()
			c.members(&row, args)
			config.Clusters = append(config.Clusters, row)
			return nil
		}
		return &out
	}).Then(served(args))
}

// remove takes a cluster out.
func (c *Configuring) remove(args command.Args) command.Outcome {
	return c.with(func(config *Config) *command.Outcome {
		id := args.Text("--cluster-id")
		kept := slices.DeleteFunc(slices.Clone(config.Clusters), func(row ConfigCluster) bool { return row.Cluster.ID == id })
		if len(kept) == len(config.Clusters) {
			out := fails(configureMissing+id, errConfigure)
			return &out
		}
		config.Clusters = kept
		return nil
	})
}

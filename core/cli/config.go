package cli

import (
	"cmp"
	"encoding/json"
	"errors"
)

// ConfigFile names the clusters that the tool knows (spec/cloudhsm-cli.md 1.1).
const ConfigFile = "/opt/cloudhsm/etc/cloudhsm-cli.cfg"

// Placeholder is the address in a file that was never configured.
const Placeholder = "%%HSM_IP_ADDRESS%%"

// Config is the configuration file. Its members are those that users' scripts read and patch; the id
// of a cluster and the options are choices.
type Config struct {
	Clusters []ConfigCluster `json:"clusters"`
	Logging  ConfigLogging   `json:"logging"`
}

// ConfigCluster is one cluster; its type is hsm1 or hsm2m.
type ConfigCluster struct {
	Type    string        `json:"type"`
	Cluster ConfigMembers `json:"cluster"`
}

// ConfigMembers says how a cluster is reached.
type ConfigMembers struct {
	ID         string         `json:"cluster_id,omitempty"`
	CAFile     string         `json:"hsm_ca_file"`
	ClientCert string         `json:"client_cert_hsm_tls_path,omitempty"` // the name is that of its error (spec/cloudhsm-cli.md 1.7)
	ClientKey  string         `json:"client_key_hsm_tls_path,omitempty"`
	Region     string         `json:"region,omitempty"`
	Endpoint   string         `json:"endpoint,omitempty"`
	Options    *ConfigOptions `json:"options,omitempty"`
	Servers    []ConfigServer `json:"servers"`

	OldCert string `json:"client_cert_hsm_tls_file,omitempty"` // as worlds have them that were saved before
	OldKey  string `json:"client_key_hsm_tls_file,omitempty"`
}

// ConfigOptions are what is not as it is by default.
type ConfigOptions struct {
	NoAvailability bool   `json:"disable_key_availability_check"`
	NoValidation   bool   `json:"disable_validate_key_at_init"`
	WeakHash       bool   `json:"enable_ecdsa_with_weak_hash_function"`
	RetryMode      string `json:"retry_mode,omitempty"`
}

// ConfigServer is an HSM by its address.
type ConfigServer struct {
	Hostname string `json:"hostname"`
	Port     int    `json:"port"`
	Enable   bool   `json:"enable"`
}

// ConfigLogging is where the log goes.
type ConfigLogging struct {
	Type     string `json:"log_type"`
	File     string `json:"log_file"`
	Level    string `json:"log_level"`
	Interval string `json:"log_interval"`
}

// configMax is the length up to which a configuration file is read.
const configMax = 1 << 20

// errConfig is the error of a file that is no configuration.
var errConfig = errors.New("the file is no configuration of this tool")

// ReadConfig reads a configuration file. What it does not know it passes over.
func ReadConfig(data []byte) (Config, error) {
	var c Config
	if len(data) > configMax || json.Unmarshal(data, &c) != nil {
		return Config{}, errConfig
	}
	for i := range c.Clusters {
		m := &c.Clusters[i].Cluster
		m.ClientCert, m.OldCert = cmp.Or(m.ClientCert, m.OldCert), ""
		m.ClientKey, m.OldKey = cmp.Or(m.ClientKey, m.OldKey), ""
	}
	return c, nil
}

// Text is the configuration as the file holds it.
func (c Config) Text() []byte { return JSON(c, "  ") }

// options are those of a cluster, the defaults where none are named.
func (c ConfigCluster) options() ConfigOptions {
	if c.Cluster.Options == nil {
		return ConfigOptions{}
	}
	return *c.Cluster.Options
}

// addresses are those of the servers that are enabled.
func (c ConfigCluster) addresses() (all []string) {
	for _, s := range c.Cluster.Servers {
		if s.Enable {
			all = append(all, s.Hostname)
		}
	}
	return all
}

// Anchor is where the certificate of the cluster's customer is, which the tool trusts.
const Anchor = "/opt/cloudhsm/etc/customerCA.crt"

// FreshConfig is the configuration of an instance that was set up for one cluster: it knows the
// cluster by its id, so that another one can be added (spec/cloudhsm-cli.md 1.1).
func FreshConfig(family, id string, addresses []string) Config {
	c := ConfigCluster{Type: family, Cluster: ConfigMembers{ID: id, CAFile: Anchor, Servers: []ConfigServer{}}}
	for _, address := range addresses {
		c.Cluster.Servers = append(c.Cluster.Servers, ConfigServer{Hostname: address, Port: port, Enable: true})
	}
	return Config{Clusters: []ConfigCluster{c},
		Logging: ConfigLogging{"file", "/opt/cloudhsm/run/cloudhsm-cli.log", "info", "daily"}}
}

// port is where HSMs listen (spec/cloudhsm-cli.md 1.1).
const port = 2223

package cmu

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// DefaultConfig is where the instance keeps the tool's configuration file; any other file will do
// (spec/cmu.md 1.1).
const DefaultConfig = "/opt/cloudhsm/etc/cloudhsm_mgmt_util.cfg"

// Anchor is where the instance keeps the certificate that it checks the HSMs with.
const Anchor = "/opt/cloudhsm/etc/customerCA.crt"

// Port is where an HSM listens for this tool (spec/cmu.md 1.1).
const Port = 2225

// Limits of a configuration file: its size in bytes and its servers. A cluster has 28 HSMs at most.
const (
	configMax  = 64 << 10
	serversMax = 64
)

// errNoServers is a configuration file that names none.
var errNoServers = errors.New("the file has no list of servers")

// entry is one server of a configuration file.
type entry struct {
	Name     string `json:"name"`
	Hostname string `json:"hostname"`
	Port     int    `json:"port"`
	Enable   string `json:"enable"`
	E2E      struct {
		Enable string `json:"enable"`
		Anchor string `json:"owner_cert_path"`
	} `json:"e2e_encryption"`
}

// readConfig reads a configuration file: what the tool does not use is not looked at.
func readConfig(data []byte) ([]entry, error) {
	if len(data) > configMax {
		return nil, errors.New("the file is too large")
	}
	var config struct {
		Servers []entry `json:"servers"`
	}
	if err := json.Unmarshal(data, &config); err != nil {
		return nil, err
	}
	if len(config.Servers) == 0 {
		return nil, errNoServers
	}
	if len(config.Servers) > serversMax {
		return nil, fmt.Errorf("the file has more than %d servers", serversMax)
	}
	return config.Servers, nil
}

// Config returns the configuration file for HSMs with these addresses, as `configure` writes it
// (spec/cmu.md 1.1).
func Config(addresses []string) []byte {
	var servers []string
	for _, ip := range addresses {
		servers = append(servers, fmt.Sprintf(serverText, ip, ip))
	}
	return []byte(configHead + strings.Join(servers, ",\n") + configTail)
}

const configHead = `{
    "scard": {
        "certificate": "cert-sc",
        "enable": "no",
        "pkey": "pkey-sc",
        "port": 2225
    },
    "servers": [
`

const serverText = `        {
            "CAfile": "",
            "CApath": "/opt/cloudhsm/etc/certs",
            "certificate": "/opt/cloudhsm/etc/client.crt",
            "e2e_encryption": {
                "enable": "yes",
                "owner_cert_path": "/opt/cloudhsm/etc/customerCA.crt"
            },
            "enable": "yes",
            "hostname": "%s",
            "name": "%s",
            "pkey": "/opt/cloudhsm/etc/client.key",
            "port": 2225,
            "server_ssl": "yes",
            "ssl_ciphers": ""
        }`

const configTail = `
    ]
}
`

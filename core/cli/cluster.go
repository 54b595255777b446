package cli

import (
	"strconv"

	"hsmplay/core/cluster"
	"hsmplay/core/command"
	"hsmplay/core/hsm"
)

var clusterCategory = command.Spec[*Tool]{Name: "cluster", Summary: "Manage a cluster"} // provisional

var clusterActivate = command.Spec[*Tool]{Name: "cluster activate", Usage: "cloudhsm-cli cluster activate [OPTIONS] [--password <PASSWORD>]",
	Summary: "Activate a cluster\n\nThis command will set the initial Admin password. This process will cause your CloudHSM cluster to\nmove into the ACTIVE state.",
	Means:   "Activate a cluster",
	Params: params(command.Param{Flag: "--password", Value: "PASSWORD", Kind: command.Secret, Optional: true,
		Help: "Optional: Plaintext activation password If you do not include this argument you will be prompted for it"}),
	Run: (*Tool).clusterActivate}

var clusterHSMInfo = command.Spec[*Tool]{Name: "cluster hsm-info", Usage: "cloudhsm-cli cluster hsm-info [OPTIONS]",
	Summary: "List info about each HSM in the cluster", Params: params(), Run: (*Tool).clusterHSMInfo}

func (t *Tool) clusterActivate(args command.Args) command.Outcome {
	return t.at(args, func(l *link) command.Outcome {
		if l.client.Active() {
			return refused(cluster.ErrActive)
		}
		return newSecret(args, "--password", func(password string) command.Outcome {
			if err := l.client.Activate(password); err != nil {
				return refused(err)
			}
			return answer("Cluster activation successful")
		})
	})
}

// info is what an HSM says of itself, all in texts (spec/cloudhsm-cli.md 2.2).
type info struct {
	Vendor        string `json:"vendor"`
	Model         string `json:"model"`
	Serial        string `json:"serial-number"`
	HardwareMajor string `json:"hardware-version-major"`
	HardwareMinor string `json:"hardware-version-minor"`
	FirmwareMajor string `json:"firmware-version-major"`
	FirmwareMinor string `json:"firmware-version-minor"`
	Build         string `json:"firmware-build-number"`
	FirmwareID    string `json:"firmware-id"`
	FIPSState     string `json:"fips-state"`
}

func (t *Tool) clusterHSMInfo(args command.Args) command.Outcome {
	return t.on(args, func(l *link) command.Outcome {
		all := []info{}
		for _, one := range l.client.Infos() {
			all = append(all, infoOf(one))
		}
		return answer(struct {
			HSMs []info `json:"hsms"`
		}{all})
	})
}

// infoOf describes an HSM (spec/cloudhsm-cli.md 2.2).
func infoOf(h hsm.HSMInfo) info {
	state := "0 [non-FIPS mode with single factor authentication]"
	if h.FIPS {
		state = "2 [FIPS mode with single factor authentication]"
	}
	return info{h.Vendor, h.Model, h.Serial, strconv.Itoa(h.HardwareMajor), strconv.Itoa(h.HardwareMinor), strconv.Itoa(h.FirmwareMajor),
		strconv.Itoa(h.FirmwareMinor), strconv.Itoa(h.BuildNumber), h.FirmwareID, state}
}

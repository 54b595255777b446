package cli

import "hsmplay/core/command"

var clusterCategory = command.Spec[*Tool]{Name: "cluster", Summary: "Manage a cluster"} // provisional

var clusterActivate = command.Spec[*Tool]{Name: "cluster activate", Usage: "cloudhsm-cli cluster activate [OPTIONS] [--password <PASSWORD>]",
	Summary: "Activate a cluster\n\nThis command will set the initial Admin password. This process will cause your CloudHSM cluster to\nmove into the ACTIVE state.",
	Means:   "gives the first admin of a new cluster his password",
	Params: params(command.Param{Flag: "--password", Value: "PASSWORD", Kind: command.Secret, Optional: true,
		Help: "Optional: Plaintext activation password If you do not include this argument you will be prompted for it"}),
	Run: (*Tool).clusterActivate}

var clusterHSMInfo = command.Spec[*Tool]{Name: "cluster hsm-info", Usage: "cloudhsm-cli cluster hsm-info [OPTIONS]",
	Summary: "List info about each HSM in the cluster", Params: params(), Run: (*Tool).clusterHSMInfo}

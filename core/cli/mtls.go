package cli

import "hsmplay/core/command"

var mtlsCategory = command.Spec[*Tool]{Name: "cluster mtls", Summary: "Manage mtls of a cluster"} // provisional

var mtlsRegister = command.Spec[*Tool]{Name: "cluster mtls register-trust-anchor",
	Usage:   "cluster mtls register-trust-anchor [OPTIONS] --path [<PATH>...]",
	Summary: "Register a trust anchor for mtls", Run: (*Tool).mtlsRegister,
	Params: params(command.Param{Flag: "--path", Value: "PATH", Kind: command.Path, Help: "Filepath of the trust anchor to register"}, approvalParam)}

var mtlsDeregister = command.Spec[*Tool]{Name: "cluster mtls deregister-trust-anchor",
	Usage:   "cluster mtls deregister-trust-anchor [OPTIONS] --certificate-reference [<CERTIFICATE_REFERENCE>...]",
	Summary: "Deregister a trust anchor for mtls", Run: (*Tool).mtlsDeregister,
	Params: []command.Param{{Flag: "--certificate-reference", Value: "CERTIFICATE_REFERENCE",
		Help: "A hexadecimal or decimal certificate reference", Example: "0x01"}, clusterIDParam, approvalParam}}

var mtlsList = command.Spec[*Tool]{Name: "cluster mtls list-trust-anchors", Summary: "List all trust anchors for mtls",
	Params: params(), Run: (*Tool).mtlsList}

var mtlsGet = command.Spec[*Tool]{Name: "cluster mtls get-enforcement", Summary: "Get the status of mtls enforcement in the cluster",
	Params: params(), Run: (*Tool).mtlsGet}

var mtlsSet = command.Spec[*Tool]{Name: "cluster mtls set-enforcement", Usage: "cluster mtls set-enforcement [OPTIONS] --level [<LEVEL>...]",
	Summary: "Set mtls enforcement policy in the cluster", Run: (*Tool).mtlsSet,
	Params: params(choices("--level", "Level to be set for mtls in the cluster", "none", "cluster"), approvalParam)}

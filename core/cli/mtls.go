package cli

import (
	"fmt"
	"strconv"

	"hsmplay/core/cluster"
	"hsmplay/core/command"
	"hsmplay/core/retcode"
)

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

// anchor is a trust anchor (spec/cloudhsm-cli.md 2.2).
type anchor struct {
	Reference   string `json:"certificate-reference"`
	Certificate string `json:"certificate"`
	Coverage    string `json:"cluster-coverage"`
}

// anchorOf describes a trust anchor.
func anchorOf(row cluster.AnchorRow) anchor {
	return anchor{fmt.Sprintf("0x%02x", row.Reference), string(row.PEM), agreed(row.Coverage, "full")}
}

func (t *Tool) mtlsRegister(args command.Args) command.Outcome {
	return t.approved(args, adminOnly, func(l *link, files []cluster.TokenFile) command.Outcome {
		data, out := t.read(args.Text("--path"))
		if out != nil {
			return *out
		}
		row, err := l.client.AddAnchor(data, files...)
		if err != nil {
			return refused(err)
		}
		return answer(struct {
			Anchor anchor `json:"trust_anchor"`
		}{anchorOf(row)})
	})
}

func (t *Tool) mtlsDeregister(args command.Args) command.Outcome {
	return t.approved(args, adminOnly, func(l *link, files []cluster.TokenFile) command.Outcome {
		reference, err := strconv.ParseUint(args.Text("--certificate-reference"), 0, 31)
		if err != nil {
			return failed(retcode.Local, anchorUnknown)
		}
		if err := l.client.DropAnchor(int(reference), files...); err != nil {
			return refused(err)
		}
		return done(fmt.Sprintf("Trust anchor with reference 0x%02x deregistered successfully", reference))
	})
}

func (t *Tool) mtlsList(args command.Args) command.Outcome {
	return t.on(args, func(l *link) command.Outcome {
		rows, err := l.client.TrustAnchors()
		if err != nil {
			return refused(err)
		}
		all := []anchor{}
		for _, row := range rows {
			all = append(all, anchorOf(row))
		}
		return answer(struct {
			Anchors []anchor `json:"trust_anchors"`
		}{all})
	})
}

func (t *Tool) mtlsGet(args command.Args) command.Outcome {
	return t.on(args, func(l *link) command.Outcome {
		if out := anybody(l); out != nil {
			return *out
		}
		enforced, err := l.client.Enforcement()
		if err != nil {
			return refused(err)
		}
		level := "none"
		if enforced {
			level = "cluster"
		}
		return answer(struct {
			Level string `json:"mtls-enforcement-level"`
		}{level})
	})
}

func (t *Tool) mtlsSet(args command.Args) command.Outcome {
	return t.approved(args, adminOnly, func(l *link, files []cluster.TokenFile) command.Outcome {
		level := "None"
		if args.Text("--level") == "cluster" {
			level = "Cluster"
		}
		if err := l.client.Enforce(level == "Cluster", files...); err != nil {
			return refused(err)
		}
		return done("Mtls enforcement level set to " + level + " successfully")
	})
}

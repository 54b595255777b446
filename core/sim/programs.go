package sim

import (
	"slices"

	"hsmplay/core/cli"
	"hsmplay/core/openssl"
	"hsmplay/core/shell"
)

// programs are the instance's programs that reach the cluster beside the tools.
func (w *World) programs() []shell.Program {
	return slices.Concat([]shell.Program{
		{Name: "hsm", Path: "-", Means: "the playground's switchboard: stop, start, delay … an HSM", AtTools: true, Run: w.runVerb, Typing: typing(verbs, w)},
		{Name: "explain", Path: "-", Means: "says what a return code, a word or an attribute means", AtTools: true,
			Help: "usage: explain CODE|TERM\nSays what a return code such as 0xb3 means, why it happens and what to do,\nor what a word such as KCV or an attribute such as OBJ_ATTR_SIGN means.\n",
			Run:  explain, Typing: &shell.Typing{Complete: completeTerm, Explain: explainTerm}},
		{Name: "same", Path: "-", Means: "says a tool's line in the words of the other tools, of PKCS#11 and of OpenSSL", AtTools: true,
			Help: sameUsage + "Says a line of key_mgmt_util, cloudhsm_mgmt_util or CloudHSM CLI in the words of the other two,\nof PKCS#11 and of OpenSSL; without a line, the last one that a tool has read.\nWhere two tools have the command, begin with the one that is meant: same cmu listUsers.\n",
			Run:  w.same, Typing: sameTyping},
		{Name: "why", Path: "-", Means: "says why the last line has failed, and what would help", AtTools: true,
			Help: whyUsage + "Says of the last line of a tool, of openssl or of hsm that has failed which rule it broke,\nby which facts of this cluster, and what would help: lines that were tried in a copy.\n",
			Run:  w.why},
		{Name: "configure", Path: "/opt/cloudhsm/bin/configure", Means: "points the client machine at a cluster", Run: w.configure,
			Typing: typing(configureTable, &configuring{w: w})},
		{Name: cli.ConfigureName, Path: binDir + cli.ConfigureName, Means: "points CloudHSM CLI at a cluster", Run: w.configureCLI,
			Typing: typing(cli.Configure, &cli.Configuring{All: w.places})},
		{Name: "openssl", Means: "keys, signatures and certificates beside the HSMs: a small part of the real one", Run: w.openssl,
			Typing: &shell.Typing{Complete: openssl.Complete, Explain: openssl.Explain}},
	}, w.servicePrograms(), w.processPrograms())
}

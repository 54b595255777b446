package sim

import (
	"hsmplay/core/cmu"
	"hsmplay/core/hsm"
	"hsmplay/core/kmu"
	"hsmplay/core/view"
)

// bash is the program of a terminal that runs no tool.
const bash = "bash"

// step is a row of the ways that Next shows: a line that makes sense once those before it were
// typed.
type step struct {
	arc, name string
	tool      string                  // at whose prompt the line is typed; "" at any
	as        func(*guide) *hsm.User  // who must be logged in there; nil: anybody who makes keys
	line      func(*guide) string     // "" where what it needs is not there
	takes     func(*view.RanRow) bool // whether a line that has ended has taken the step
	is        func(*guide) bool       // whether the world shows that the step is taken; nil: it does not
	stays     bool                    // the login of the tool must outlive the step: Next leaves and starts nothing for it
	refused   bool                    // the line is there to see it refused
}

// arcs are the ways in the order in which they are proposed; behind the last the learner chooses.
var arcs = []string{"key", "break", "sign", "wrap", "quorum"}

// steps are the steps of all arcs, arc by arc.
var steps = []step{
	{arc: "key", name: "make", tool: kmu.Name, line: fixed("genECCKeyPair -i 14 -l ecc14"), takes: done("genECCKeyPair"), is: (*guide).hasPair},
	{arc: "key", name: "attributes", tool: kmu.Name, line: (*guide).attributesLine, takes: done("getAttribute")},
	{arc: "key", name: "read", line: (*guide).readLine, takes: done("cat")},
	{arc: "key", name: "refused", tool: kmu.Name, line: (*guide).refusedLine, takes: denied("genECCKeyPair"), refused: true},

	{arc: "break", name: "stop", tool: bash, line: (*guide).stopLine, takes: done("hsm stop"), is: (*guide).broken},
	{arc: "break", name: "make", tool: kmu.Name, line: fixed("genECCKeyPair -i 2 -l on_the_rest"), takes: done("genECCKeyPair")},
	{arc: "break", name: "start", line: (*guide).startLine, takes: done("hsm start")},
	{arc: "break", name: "wait", line: fixed("hsm clock +60s"), takes: done("hsm clock")},
	{arc: "break", name: "look", tool: kmu.Name, line: (*guide).lookLine, takes: done("findSingleKey")},

	{arc: "sign", name: "make", tool: kmu.Name, line: fixed("genECCKeyPair -i 14 -l signer"), takes: done("genECCKeyPair"), is: (*guide).hasPair},
	{arc: "sign", name: "file", line: fixed("hsm status > report.txt"), takes: done("hsm status"), is: exists("report.txt")},
	{arc: "sign", name: "sign", tool: kmu.Name, line: (*guide).signLine, takes: done("sign")},
	{arc: "sign", name: "verify", tool: kmu.Name, line: (*guide).verifyLine, takes: done("verify")},
	{arc: "sign", name: "export", tool: kmu.Name, line: (*guide).exportLine, takes: done("exportPubKey")},
	{arc: "sign", name: "openssl", tool: bash, line: (*guide).opensslLine, takes: done("openssl dgst")},

	{arc: "wrap", name: "wrapper", tool: kmu.Name, line: fixed("genSymKey -t 31 -s 32 -l wrapper"), takes: done("genSymKey"), is: (*guide).hasWrapper},
	{arc: "wrap", name: "make", tool: kmu.Name, line: fixed("genSymKey -t 31 -s 16 -l payroll"), takes: done("genSymKey"), is: (*guide).hasSecret},
	{arc: "wrap", name: "wrap", tool: kmu.Name, line: (*guide).wrapLine, takes: done("wrapKey")},
	{arc: "wrap", name: "unwrap", tool: kmu.Name, line: (*guide).unwrapLine, takes: done("unWrapKey")},
	{arc: "wrap", name: "compare", tool: kmu.Name, line: (*guide).compareLine, takes: done("findKey")},

	{arc: "quorum", name: "first-key", tool: bash, line: kit(0, keyLine), takes: done("openssl genrsa"), is: kitHas(0, ".key")},
	{arc: "quorum", name: "first-public", tool: bash, line: kit(0, publicLine), takes: done("openssl rsa"), is: kitHas(0, ".pub")},
	{arc: "quorum", name: "first-text", tool: bash, line: kit(0, textLine), takes: done("echo"), is: kitHas(0, ".reg")},
	{arc: "quorum", name: "first-proof", tool: bash, line: kit(0, proofLine), takes: done("openssl dgst"), is: kitHas(0, ".reg.sig")},
	{arc: "quorum", name: "second-key", tool: bash, line: kit(1, keyLine), takes: done("openssl genrsa"), is: kitHas(1, ".key")},
	{arc: "quorum", name: "second-public", tool: bash, line: kit(1, publicLine), takes: done("openssl rsa"), is: kitHas(1, ".pub")},
	{arc: "quorum", name: "second-text", tool: bash, line: kit(1, textLine), takes: done("echo"), is: kitHas(1, ".reg")},
	{arc: "quorum", name: "second-proof", tool: bash, line: kit(1, proofLine), takes: done("openssl dgst"), is: kitHas(1, ".reg.sig")},
	{arc: "quorum", name: "first-registers", tool: cmu.Name, as: approver(0), line: kit(0, registerLine), takes: done("registerQuorumPubKey"), is: ready(0)},
	{arc: "quorum", name: "second-registers", tool: cmu.Name, as: approver(1), line: kit(1, registerLine), takes: done("registerQuorumPubKey"), is: ready(1)},
	{arc: "quorum", name: "make", tool: kmu.Name, as: approver(0), line: (*guide).contractLine, takes: done("genECCKeyPair"), is: (*guide).hasContract},
	{arc: "quorum", name: "refused", tool: kmu.Name, as: approver(0), line: (*guide).tooEarlyLine, takes: denied("sign"), refused: true},
	{arc: "quorum", name: "token", tool: kmu.Name, as: approver(0), line: (*guide).tokenLine, takes: done("getToken"), is: (*guide).hasToken},
	{arc: "quorum", name: "first-signs", tool: bash, line: approval(0), takes: done("openssl dgst"), is: approvalIs(0), stays: true},
	{arc: "quorum", name: "second-signs", tool: bash, line: approval(1), takes: done("openssl dgst"), is: approvalIs(1), stays: true},
	{arc: "quorum", name: "file", tool: bash, line: approval(2), takes: done("printf"), is: approvalIs(2), stays: true},
	{arc: "quorum", name: "approve", tool: kmu.Name, as: approver(0), line: (*guide).approveLine, takes: done("approveToken"), is: (*guide).approved, stays: true},
	{arc: "quorum", name: "use", tool: kmu.Name, as: approver(0), line: (*guide).useLine, takes: done("sign"), stays: true},
}

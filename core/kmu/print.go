package kmu

import (
	"fmt"
	"slices"
	"strings"

	"hsmplay/core/cluster"
	"hsmplay/core/command"
	"hsmplay/core/retcode"
)

// indent is the TAB of real terminals, printed as eight blanks (spec/kmu.md 2.3).
const indent = "        "

// output is what the tool prints to a command, built from groups of lines with a blank line before
// each and one before the next prompt (spec/kmu.md 2.3).
type output struct {
	groups []string
	err    error
}

// add adds a group of lines.
func (a *output) add(lines ...string) *output {
	a.groups = append(a.groups, strings.Join(lines, "\n"))
	return a
}

// join adds a line to the last group.
func (a *output) join(line string) *output {
	a.groups[len(a.groups)-1] += "\n" + line
	return a
}

// returned adds the return line of an API function (spec/kmu.md 2.4). A code of the crypto provider
// has its text on a line of its own.
func (a *output) returned(api string, err error) *output {
	a.err = err
	code := retcode.Of(err)
	if text := code.Text(); strings.HasPrefix(text, "CSP Error") {
		return a.add(fmt.Sprintf("%s%s returned: 0x%02x", indent, api, uint32(code))).add(text)
	}
	return a.add(returnLine(api, code))
}

// returnLine is the line that says what an API function has returned.
func returnLine(api string, err error) string {
	return indent + api + " returned: " + retcode.Of(err).Error()
}

// cluster adds the cluster block, with the nodes in ascending order; none for no nodes.
func (a *output) cluster(w *Wording, answers []cluster.Answer) *output {
	if len(answers) == 0 {
		return a
	}
	return a.add(w.block(answers))
}

// block is the cluster block; "" for no nodes.
func (w *Wording) block(answers []cluster.Answer) string {
	if len(answers) == 0 {
		return ""
	}
	lines := []string{indent + w.BlockTitle}
	for _, n := range answers {
		lines = append(lines, indent+fmt.Sprintf(w.BlockNode, n.Node, blockNumber(n.Code()), n.Code().Text()))
	}
	return strings.Join(lines, "\n")
}

// blockNumber is a code in the cluster block. Where no public source has its number, none is made
// up.
func blockNumber(code retcode.Code) string {
	if !code.Public() {
		return "0x????????"
	}
	return fmt.Sprintf("0x%08x", uint32(code))
}

// descending returns the answers from the highest node down, as genECCKeyPair and findSingleKey
// list them (spec/README.md 2).
func descending(answers []cluster.Answer) []cluster.Answer {
	answers = slices.Clone(answers)
	slices.Reverse(answers)
	return answers
}

// outcome ends the output.
func (a *output) outcome() command.Outcome {
	return command.Outcome{Text: "\n" + strings.Join(a.groups, "\n\n") + "\n\n", Err: a.err}
}

// banner is what the tool prints at its start (spec/kmu.md 1.1, provisional: the public pages of
// this build show none).
func (t *Tool) banner() string {
	if t.cluster.Settings.NoBanner {
		return ""
	}
	fips := 0
	if t.client.FIPS() {
		fips = 2
	}
	return "\nVersion info, Client Version: 3.4.4, SDK API Version: 3.4.4, SDK Package Version: 3.4.4\n\n" +
		indent + "Cfm3Initialize() returned app id : 01000000\n\n" +
		indent + "session_handle 1000000\n\n" +
		fmt.Sprintf("%sCurrent FIPS mode is: %08x\n\n", indent, fips)
}

// refusedStart is what the tool prints when the daemon cannot be reached (spec/kmu.md 1.2).
func (t *Tool) refusedStart(err error) string {
	return "\n" + indent + "Cfm3Initialize() returned app id : 01000000\n\n" +
		indent + "session_handle 1000000\n\n" +
		fmt.Sprintf("%sCfm3GetPartitionInfo returned: 0x%08x\n\n", indent, uint32(retcode.Of(err))) +
		indent + retcode.Of(err).Text() + "\n\n"
}

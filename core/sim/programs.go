package sim

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"hsmplay/core/openssl"
	"hsmplay/core/retcode"
	"hsmplay/core/shell"
	"hsmplay/core/voice"
)

// programs are the instance's programs that reach the cluster beside the tools.
func (w *World) programs() []shell.Program {
	return slices.Concat([]shell.Program{
		{Name: "hsm", Path: "-", Means: "the playground's switchboard: stop, start, delay … an HSM", AtTools: true, Run: w.runVerb, Typing: typing(verbs, w)},
		{Name: "explain", Path: "-", Means: "says what a return code means and what to do", AtTools: true,
			Help: "usage: explain CODE\nSays what a return code such as 0xb3 means, why it happens and what to do.\n", Run: explainCode},
		{Name: "configure", Path: "/opt/cloudhsm/bin/configure", Means: "points the client machine at a cluster", Run: w.configure,
			Typing: typing(configureTable, &configuring{w: w})},
		{Name: "openssl", Means: "keys, signatures and certificates beside the HSMs: a small part of the real one", Run: w.openssl,
			Typing: &shell.Typing{Complete: openssl.Complete, Explain: openssl.Explain}},
	}, w.servicePrograms())
}

// explainCode is the program `explain`.
func explainCode(p *shell.Process) int {
	if len(p.Args) != 2 {
		p.Print("usage: explain CODE\n")
		return 2
	}
	digits := strings.TrimPrefix(strings.ToLower(p.Args[1]), "0x")
	n, err := strconv.ParseUint(digits, 16, 32)
	row, known := retcode.Lookup(retcode.Code(n))
	if err != nil || !known {
		p.Complain("no return code %s is known", p.Args[1])
		p.Note(voice.CodesAre, "codes", codes())
		return 1
	}
	p.Print(fmt.Sprintf("0x%02x  %s\nWhy:   %s\nDo:    %s\nFrom:  %s\n", n, row.Text, row.Cause, row.Repair, row.Source))
	return 0
}

// codes lists the known codes.
func codes() string {
	var words []string
	for _, row := range retcode.Table {
		words = append(words, fmt.Sprintf("0x%02x", uint32(row.Code)))
	}
	return strings.Join(words, " ")
}

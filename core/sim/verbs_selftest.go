package sim

import (
	"fmt"
	"strings"

	"hsmplay/core/command"
	"hsmplay/core/retcode"
	"hsmplay/core/selftest"
)

// selftestVerb checks the cryptography by answers of others.
var selftestVerb = command.Spec[*World]{Name: "selftest", Means: "checks the cryptography by known answers of others", Run: (*World).selftest}

// SelfTest computes known answers of others in this engine, and each again with one bit turned
// over.
func (w *World) SelfTest() []selftest.Answer { return selftest.Run() }

// selftest prints a line for each known answer.
func (w *World) selftest(command.Args) command.Outcome {
	var b strings.Builder
	wrong := 0
	all := w.SelfTest()
	for _, a := range all {
		if !a.OK() {
			wrong++
		}
		fmt.Fprintf(&b, "%-36s %-7s %-16s %s\n", a.Name, either(a.Right, "right", "WRONG"), either(a.Noticed, "altered: noticed", "altered: PASSES"), a.Source)
	}
	if wrong > 0 {
		fmt.Fprintf(&b, "%d of %d known answers are not as published\n", wrong, len(all))
		return command.Outcome{Text: b.String(), Err: retcode.Local}
	}
	fmt.Fprintf(&b, "%d known answers are as published, and each altered one was noticed\n", len(all))
	return command.Outcome{Text: b.String()}
}

// either is one of two words.
func either(yes bool, this, that string) string {
	if yes {
		return this
	}
	return that
}

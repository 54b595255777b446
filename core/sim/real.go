package sim

import (
	_ "embed"
	"fmt"
	"strings"

	"hsmplay/core/same"
)

// realRows tell of each command of the tools where it is documented, and how much of it is derived
// and made up: tool, name, section, two numbers, a tab between them.
//
//go:embed real.txt
var realRows string

// meaningOfCommand is what `explain` prints of a command, for each tool that has it; "" for none.
func meaningOfCommand(asked string) string {
	var b strings.Builder
	for line := range strings.Lines(realRows) {
		row := strings.Split(strings.TrimSpace(line), "\t")
		if !strings.EqualFold(row[1], asked) {
			continue
		}
		fmt.Fprintf(&b, "%s of %s\nMeans: %s\nReal:  documented in %s; derived or measured: %s; made up: %s\n", row[1], row[0], same.Means(row[1]), row[2], row[3], row[4])
	}
	return b.String()
}

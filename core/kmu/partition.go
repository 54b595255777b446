package kmu

import (
	"fmt"

	"hsmplay/core/command"
	"hsmplay/core/hsm"
)

var getHSMInfo = command.Spec[*Tool]{Name: "getHSMInfo", Summary: "Gets the HSM Information",
	Means: "shows hardware and firmware of the HSM", Run: (*Tool).getHSMInfo}

var getPartitionInfo = command.Spec[*Tool]{Name: "getPartitionInfo", Summary: "Gets the Partition Information",
	Means: "shows limits and counters of the HSM", Run: (*Tool).getPartitionInfo}

// getHSMInfo prints the other tool's block for one HSM (spec/kmu.md 3.3, provisional).
func (t *Tool) getHSMInfo(command.Args) command.Outcome {
	return t.describe("Cfm3GetHSMInfo", hsm.Description, 21)
}

// getPartitionInfo prints the fields of a sibling (spec/kmu.md 3.4, provisional).
func (t *Tool) getPartitionInfo(command.Args) command.Outcome {
	return t.describe("Cfm3GetPartitionInfo", hsm.Partition, 28)
}

// describe prints fields of the HSM that the tool talks to, names padded to a width.
func (t *Tool) describe(api string, fields []hsm.Field, width int) command.Outcome {
	h, err := t.client.Partition()
	if err != nil {
		return refused(api, err)
	}
	var lines []string
	for _, f := range fields {
		if f.Name == "" {
			lines = append(lines, "")
			continue
		}
		lines = append(lines, fmt.Sprintf("%s%-*s:%v", indent, width, f.Name, f.Value(h)))
	}
	return (&answer{}).add(lines...).returned(api, nil).outcome()
}

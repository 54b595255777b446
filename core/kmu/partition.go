package kmu

import (
	"hsmplay/core/command"
)

var getHSMInfo = command.Spec[*Tool]{Name: "getHSMInfo", Summary: "Gets the HSM Information",
	Means: "shows hardware and firmware of the HSM", Run: (*Tool).later}

var getPartitionInfo = command.Spec[*Tool]{Name: "getPartitionInfo", Summary: "Gets the Partition Information",
	Means: "shows limits and counters of the HSM", Run: (*Tool).later}

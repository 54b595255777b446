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

// field is a line of an HSM's description: a name, and how its value is read. A line without a name is blank.
type field struct {
	name  string
	value func(*hsm.HSM) any
}

func constant(value any) func(*hsm.HSM) any { return func(*hsm.HSM) any { return value } }

var blank = field{"", constant("")}

func fipsState(h *hsm.HSM) any {
	if h.Policy.FIPS {
		return "2 [FIPS mode with single factor authentication]"
	}
	return "0 [Non-FIPS mode]"
}

// hsmFields are the lines of getHSMInfo (spec/kmu.md 3.3, provisional: the other tool's block for one HSM).
var hsmFields = []field{
	{"Label", constant("cavium")},
	{"Model", constant("NITROX-III CNN35XX-NFBE")},
	blank,
	{"Serial Number", func(h *hsm.HSM) any { return h.Serial }},
	{"HSM Flags", constant(0)},
	{"FIPS state", fipsState},
	blank,
	{"Manufacturer ID", constant("")},
	{"Device ID", constant(10)},
	{"Class Code", constant(100000)},
	{"System vendor ID", constant("177D")},
	{"SubSystem ID", constant(10)},
	blank,
	blank,
	{"TotalPublicMemory", constant(560596)},
	{"FreePublicMemory", constant(294568)},
	{"TotalPrivateMemory", constant(0)},
	{"FreePrivateMemory", constant(0)},
	blank,
	{"Hardware Major", constant(3)},
	{"Hardware Minor", constant(0)},
	blank,
	{"Firmware Major", constant(2)},
	{"Firmware Minor", constant("03")},
	blank,
	{"Temperature", constant("56 C")},
	blank,
	{"Build Number", constant(13)},
	blank,
	{"Firmware ID", func(h *hsm.HSM) any { return h.Firmware }},
}

// partitionFields are the lines of getPartitionInfo (spec/kmu.md 3.4, provisional: a sibling's field list).
var partitionFields = []field{
	{"name", constant("PARTITION_1")},
	{"status", constant("occupied")},
	{"FIPS state", fipsState},
	{"MaxUsers", constant(hsm.UsersMax)},
	{"AvailableUsers", func(h *hsm.HSM) any { return hsm.UsersMax - len(h.Users) }},
	{"MaxKeys", func(h *hsm.HSM) any { return h.KeysMax }},
	{"OccupiedTokenKeys", func(h *hsm.HSM) any { token, _ := h.Count(); return token }},
	{"OccupiedSessionKeys", func(h *hsm.HSM) any { _, session := h.Count(); return session }},
	{"TotalSSLCtxs", constant(1000)},
	{"OccupiedSSLCtxs", constant(0)},
	{"MaxAcclrDevCount", constant(0)},
	{"SessionCount", func(h *hsm.HSM) any { return len(h.Sessions) }},
	{"MaxPswdLen", constant(hsm.PasswordMax)},
	{"MinPswdLen", constant(hsm.PasswordMin)},
	{"CloningMethod", constant("ECDH")},
	{"KekMethod", constant(0)},
	{"CertAuth", constant(1)},
	{"BlockDeleteUserWithKeys", constant(0)},
	{"BackupByMCO", constant(1)},
	{"Nvalue", constant(1)},
	{"KeyImport", constant("Enabled")},
	{"KeyExport", constant("Enabled")},
	{"Node ID", func(h *hsm.HSM) any { return h.Node }},
	{"Group ID", constant(0)},
	{"MValue[ USER_MGMT]", constant(1)},
	{"MValue[   MISC_CO]", constant(1)},
}

func (t *Tool) getHSMInfo(command.Args) command.Outcome {
	return t.describe("Cfm3GetHSMInfo", hsmFields, 21)
}

func (t *Tool) getPartitionInfo(command.Args) command.Outcome {
	return t.describe("Cfm3GetPartitionInfo", partitionFields, 28)
}

// describe prints fields of the HSM that the tool talks to, names padded to a width.
func (t *Tool) describe(api string, fields []field, width int) command.Outcome {
	h, err := t.client.Partition()
	if err != nil {
		return refused(api, err)
	}
	var lines []string
	for _, f := range fields {
		if f.name == "" {
			lines = append(lines, "")
			continue
		}
		lines = append(lines, fmt.Sprintf("%s%-*s:%v", indent, width, f.name, f.value(h)))
	}
	return (&answer{}).add(lines...).returned(api, nil).outcome()
}

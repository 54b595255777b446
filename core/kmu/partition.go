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
func (t *Tool) getHSMInfo(args command.Args) command.Outcome {
	return t.describe(args, "Cfm3GetHSMInfo", description, 21)
}

// getPartitionInfo prints the fields of a sibling (spec/kmu.md 3.4, provisional).
func (t *Tool) getPartitionInfo(args command.Args) command.Outcome {
	return t.describe(args, "Cfm3GetPartitionInfo", partition, 28)
}

// describe prints fields of the HSM that the tool talks to, names padded to a width.
func (t *Tool) describe(args command.Args, api string, fields []field, width int) command.Outcome {
	facts, err := t.client.Facts()
	if err != nil {
		return t.denied(args, denial{api: api, err: err})
	}
	var lines []string
	for _, f := range fields {
		if f.name == "" {
			lines = append(lines, "")
			continue
		}
		lines = append(lines, fmt.Sprintf("%s%-*s:%v", indent, width, f.name, f.value(facts)))
	}
	return (&output{}).add(lines...).returned(api, nil).outcome()
}

// field is one line of an HSM's description: a name, and how its value is read. One without a name
// is a blank line.
type field struct {
	name  string
	value func(hsm.Facts) any
}

// constant is the value of a field that is the same of every HSM.
func constant(value any) func(hsm.Facts) any { return func(hsm.Facts) any { return value } }

func fipsState(f hsm.Facts) any {
	if f.FIPS {
		return "2 [FIPS mode with single factor authentication]"
	}
	return "0 [Non-FIPS mode]"
}

// description are the lines of getHSMInfo (spec/kmu.md 3.3).
var description = []field{
	{"Label", constant(hsm.ProductLabel)},
	{"Model", constant(hsm.ProductModel)},
	{},
	{"Serial Number", func(f hsm.Facts) any { return f.Serial }},
	{"HSM Flags", constant(0)},
	{"FIPS state", fipsState},
	{},
	{"Manufacturer ID", constant("")},
	{"Device ID", constant(hsm.DeviceID)},
	{"Class Code", constant(hsm.ClassCode)},
	{"System vendor ID", constant(hsm.SystemVendor)},
	{"SubSystem ID", constant(hsm.SubSystemID)},
	{},
	{},
	{"TotalPublicMemory", constant(hsm.PublicMemory)},
	{"FreePublicMemory", constant(hsm.PublicMemoryFree)},
	{"TotalPrivateMemory", constant(0)},
	{"FreePrivateMemory", constant(0)},
	{},
	{"Hardware Major", constant(hsm.HardwareMajor)},
	{"Hardware Minor", constant(hsm.HardwareMinor)},
	{},
	{"Firmware Major", constant(hsm.FirmwareMajor)},
	{"Firmware Minor", constant(hsm.FirmwareMinor)},
	{},
	{"Temperature", constant(hsm.Temperature)},
	{},
	{"Build Number", constant(hsm.BuildNumber)},
	{},
	{"Firmware ID", func(f hsm.Facts) any { return f.Firmware }},
}

// partition are the lines of getPartitionInfo (spec/kmu.md 3.4).
var partition = []field{
	{"name", constant(hsm.PartitionName)},
	{"status", constant("occupied")},
	{"FIPS state", fipsState},
	{"MaxUsers", constant(hsm.UsersMax)},
	{"AvailableUsers", func(f hsm.Facts) any { return hsm.UsersMax - f.Users }},
	{"MaxKeys", func(f hsm.Facts) any { return f.KeysMax }},
	{"OccupiedTokenKeys", func(f hsm.Facts) any { return f.TokenKeys }},
	{"OccupiedSessionKeys", func(f hsm.Facts) any { return f.SessionKeys }},
	{"TotalSSLCtxs", constant(hsm.SSLContexts)},
	{"OccupiedSSLCtxs", constant(0)},
	{"MaxAcclrDevCount", constant(0)},
	{"SessionCount", func(f hsm.Facts) any { return f.Sessions }},
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
	{"Node ID", func(f hsm.Facts) any { return f.Node }},
	{"Group ID", constant(0)},
	{"MValue[ USER_MGMT]", func(f hsm.Facts) any { return f.MValues[hsm.UserMgmt] }},
	{"MValue[   MISC_CO]", func(f hsm.Facts) any { return f.MValues[hsm.MiscCO] }},
}

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
	return t.describe("Cfm3GetPartitionInfo", partition, 28)
}

// describe prints fields of the HSM that the tool talks to, names padded to a width.
func (t *Tool) describe(api string, fields []hsm.Field, width int) command.Outcome {
	facts, err := t.client.Facts()
	if err != nil {
		return refused(api, err)
	}
	var lines []string
	for _, f := range fields {
		if f.Name == "" {
			lines = append(lines, "")
			continue
		}
		lines = append(lines, fmt.Sprintf("%s%-*s:%v", indent, width, f.Name, f.Value(facts)))
	}
	return (&answer{}).add(lines...).returned(api, nil).outcome()
}

// constant is the value of a field that is the same on every HSM.
func constant(value any) func(hsm.Facts) any { return func(hsm.Facts) any { return value } }

// partition is what getPartitionInfo prints of an HSM (spec/kmu.md 3.4, provisional: a sibling's field list).
var partition = []hsm.Field{
	{Name: "name", Value: constant("PARTITION_1")},
	{Name: "status", Value: constant("occupied")},
	{Name: "FIPS state", Value: hsm.FIPSState},
	{Name: "MaxUsers", Value: constant(hsm.UsersMax)},
	{Name: "AvailableUsers", Value: func(f hsm.Facts) any { return hsm.UsersMax - f.Users }},
	{Name: "MaxKeys", Value: func(f hsm.Facts) any { return f.KeysMax }},
	{Name: "OccupiedTokenKeys", Value: func(f hsm.Facts) any { return f.TokenKeys }},
	{Name: "OccupiedSessionKeys", Value: func(f hsm.Facts) any { return f.SessionKeys }},
	{Name: "TotalSSLCtxs", Value: constant(1000)},
	{Name: "OccupiedSSLCtxs", Value: constant(0)},
	{Name: "MaxAcclrDevCount", Value: constant(0)},
	{Name: "SessionCount", Value: func(f hsm.Facts) any { return f.Sessions }},
	{Name: "MaxPswdLen", Value: constant(hsm.PasswordMax)},
	{Name: "MinPswdLen", Value: constant(hsm.PasswordMin)},
	{Name: "CloningMethod", Value: constant("ECDH")},
	{Name: "KekMethod", Value: constant(0)},
	{Name: "CertAuth", Value: constant(1)},
	{Name: "BlockDeleteUserWithKeys", Value: constant(0)},
	{Name: "BackupByMCO", Value: constant(1)},
	{Name: "Nvalue", Value: constant(1)},
	{Name: "KeyImport", Value: constant("Enabled")},
	{Name: "KeyExport", Value: constant("Enabled")},
	{Name: "Node ID", Value: func(f hsm.Facts) any { return f.Node }},
	{Name: "Group ID", Value: constant(0)},
	{Name: "MValue[ USER_MGMT]", Value: func(f hsm.Facts) any { return f.MValues[hsm.UserMgmt] }},
	{Name: "MValue[   MISC_CO]", Value: func(f hsm.Facts) any { return f.MValues[hsm.MiscCO] }},
}

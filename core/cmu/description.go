package cmu

import (
	"fmt"
	"strings"

	"hsmplay/core/hsm"
)

// description is the layout of getHSMInfo (spec/cmu.md 3.11; what follows the firmware's id is not
// documented): names and values, and where neither is, a blank line.
func description(f hsm.Facts) [][2]any {
	fips := "0 [Non-FIPS mode]"
	if f.FIPS {
		fips = "2 [FIPS mode with single factor authentication]"
	}
	blank := [2]any{"", ""}
	return [][2]any{
		{"Label", hsm.ProductLabel}, {"Model", hsm.ProductModel}, blank,
		{"Serial Number", f.Serial}, {"HSM Flags", 0}, {"FIPS state", fips}, blank,
		{"Manufacturer ID", ""}, {"Device ID", hsm.DeviceID}, {"Class Code", hsm.ClassCode},
		{"System vendor ID", hsm.SystemVendor}, {"SubSystem ID", hsm.SubSystemID}, blank, blank,
		{"TotalPublicMemory", hsm.PublicMemory}, {"FreePublicMemory", hsm.PublicMemoryFree},
		{"TotalPrivateMemory", 0}, {"FreePrivateMemory", 0}, blank,
		{"Hardware Major", hsm.HardwareMajor}, {"Hardware Minor", hsm.HardwareMinor}, blank,
		{"Firmware Major", hsm.FirmwareMajor}, {"Firmware Minor", hsm.FirmwareMinor}, blank,
		{"Temperature", hsm.Temperature}, blank,
		{"Build Number", hsm.BuildNumber}, blank,
		{"Firmware ID", f.Firmware},
	}
}

func writeDescription(b *strings.Builder, f hsm.Facts) {
	for _, line := range description(f) {
		if line[0] != "" {
			fmt.Fprintf(b, "\t%-21s:%v", line[0], line[1])
		}
		b.WriteString("\n")
	}
}

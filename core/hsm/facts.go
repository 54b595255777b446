package hsm

import (
	"fmt"
	"strconv"
)

// The facts of the hardware that are the same of every HSM of this type (spec/cmu.md 3.11,
// spec/kmu.md 3.4).
const (
	Vendor           = "Marvell Semiconductors, Inc."
	ProductLabel     = "cavium"
	ProductModel     = "NITROX-III CNN35XX-NFBE"
	DeviceID         = 10
	ClassCode        = 100000
	SystemVendor     = "177D"
	SubSystemID      = 10
	PublicMemory     = 560596
	PublicMemoryFree = 294568
	HardwareMajor    = 3
	HardwareMinor    = 0
	FirmwareMajor    = 2
	FirmwareMinor    = "03"
	Temperature      = "56 C"
	BuildNumber      = 13
	PartitionName    = "PARTITION_1"
	SSLContexts      = 1000
)

// HSMInfo is what Client SDK 5 shows of an HSM (spec/cloudhsm-cli.md 2.2).
type HSMInfo struct {
	Vendor, Model, Serial        string
	HardwareMajor, HardwareMinor int
	FirmwareMajor, FirmwareMinor int
	BuildNumber                  int
	FirmwareID                   string
	FIPS                         bool
}

// Info returns it. Nobody has published what an HSM of the second type shows: its numbers are the
// playground's.
func (h *HSM) Info() HSMInfo {
	info := HSMInfo{Vendor: Vendor, Model: ProductModel, Serial: h.Serial, HardwareMajor: HardwareMajor, HardwareMinor: HardwareMinor,
		FirmwareMajor: FirmwareMajor, BuildNumber: BuildNumber, FIPS: h.Policy.FIPS}
	info.FirmwareMinor, _ = strconv.Atoi(FirmwareMinor)
	family := "CNN35XX-NFBE"
	if h.Policy.Model == HSM2 {
		family, info.Model = "LS2", "LiquidSecurity 2"
		info.HardwareMajor, info.FirmwareMajor, info.FirmwareMinor, info.BuildNumber = 10, 10, 1, 4
	}
	info.FirmwareID = fmt.Sprintf("%s-FW-%d.%02d-%02d", family, info.FirmwareMajor, info.FirmwareMinor, info.BuildNumber)
	return info
}

// Facts is what an HSM tells everybody about itself: its hardware, and its counters at one moment.
type Facts struct {
	Node     int
	ID       string // the service's name of it, see [HSM.ID]
	Serial   string
	Firmware string // digest
	FIPS     bool

	Users, Sessions        int
	TokenKeys, SessionKeys int
	KeysMax                int
	MValues                map[Service]int
}

// Facts returns them.
func (h *HSM) Facts() Facts {
	f := Facts{Node: h.Node, ID: h.ID(), Serial: h.Serial, Firmware: h.Firmware, FIPS: h.Policy.FIPS,
		Users: len(h.Users), Sessions: len(h.Sessions), KeysMax: h.KeysMax, MValues: map[Service]int{}}
	f.TokenKeys, f.SessionKeys = h.Count()
	for _, row := range Services {
		f.MValues[row.Service] = h.MValue(row.Service)
	}
	return f
}

package hsm

// The facts of the hardware that are the same of every HSM of this type (spec/cmu.md 3.11,
// spec/kmu.md 3.4).
const (
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

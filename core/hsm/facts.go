package hsm

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

package hsm

// Field is a line of an HSM's description, as the tools print it: a name, and how its value is read. One without a name is a
// blank line.
type Field struct {
	Name  string
	Value func(Facts) any
}

// constant is the value of a field that is the same on every HSM.
func constant(value any) func(Facts) any { return func(Facts) any { return value } }

var blank = Field{"", constant("")}

// FIPSState words the mode.
func FIPSState(f Facts) any {
	if f.FIPS {
		return "2 [FIPS mode with single factor authentication]"
	}
	return "0 [Non-FIPS mode]"
}

// Description is what getHSMInfo prints of an HSM (spec/cmu.md 3.11; what follows the firmware's id is not documented).
var Description = []Field{
	{"Label", constant("cavium")},
	{"Model", constant("NITROX-III CNN35XX-NFBE")},
	blank,
	{"Serial Number", func(f Facts) any { return f.Serial }},
	{"HSM Flags", constant(0)},
	{"FIPS state", FIPSState},
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
	{"Firmware ID", func(f Facts) any { return f.Firmware }},
}

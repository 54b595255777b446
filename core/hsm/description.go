package hsm

// Field is a line of an HSM's description, as the tools print it: a name, and how its value is read. One without a name is a
// blank line.
type Field struct {
	Name  string
	Value func(*HSM) any
}

// constant is the value of a field that is the same on every HSM.
func constant(value any) func(*HSM) any { return func(*HSM) any { return value } }

var blank = Field{"", constant("")}

func fipsState(h *HSM) any {
	if h.Policy.FIPS {
		return "2 [FIPS mode with single factor authentication]"
	}
	return "0 [Non-FIPS mode]"
}

// Description is what getHSMInfo prints of an HSM (spec/cmu.md 3.11; what follows the firmware's id is not documented).
var Description = []Field{
	{"Label", constant("cavium")},
	{"Model", constant("NITROX-III CNN35XX-NFBE")},
	blank,
	{"Serial Number", func(h *HSM) any { return h.Serial }},
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
	{"Firmware ID", func(h *HSM) any { return h.Firmware }},
}

// Partition is what getPartitionInfo prints of an HSM (spec/kmu.md 3.4, provisional: a sibling's field list).
var Partition = []Field{
	{"name", constant("PARTITION_1")},
	{"status", constant("occupied")},
	{"FIPS state", fipsState},
	{"MaxUsers", constant(UsersMax)},
	{"AvailableUsers", func(h *HSM) any { return UsersMax - len(h.Users) }},
	{"MaxKeys", func(h *HSM) any { return h.KeysMax }},
	{"OccupiedTokenKeys", func(h *HSM) any { token, _ := h.Count(); return token }},
	{"OccupiedSessionKeys", func(h *HSM) any { _, session := h.Count(); return session }},
	{"TotalSSLCtxs", constant(1000)},
	{"OccupiedSSLCtxs", constant(0)},
	{"MaxAcclrDevCount", constant(0)},
	{"SessionCount", func(h *HSM) any { return len(h.Sessions) }},
	{"MaxPswdLen", constant(PasswordMax)},
	{"MinPswdLen", constant(PasswordMin)},
	{"CloningMethod", constant("ECDH")},
	{"KekMethod", constant(0)},
	{"CertAuth", constant(1)},
	{"BlockDeleteUserWithKeys", constant(0)},
	{"BackupByMCO", constant(1)},
	{"Nvalue", constant(1)},
	{"KeyImport", constant("Enabled")},
	{"KeyExport", constant("Enabled")},
	{"Node ID", func(h *HSM) any { return h.Node }},
	{"Group ID", constant(0)},
	{"MValue[ USER_MGMT]", func(h *HSM) any { return h.MValue(UserMgmt) }},
	{"MValue[   MISC_CO]", func(h *HSM) any { return h.MValue(MiscCO) }},
}

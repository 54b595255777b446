package hsm

// Model is a type of HSM, as the service calls it. The zero value is HSM1.
type Model string

// The types (spec/cloudhsm-cli.md 7.2).
const (
	HSM1 Model = "hsm1.medium"
	HSM2 Model = "hsm2m.medium"
)

// ModelRow is what distinguishes a type from the others.
type ModelRow struct {
	Model     Model
	Family    string // as the configuration of Client SDK 5 calls it
	UsersMax  int    // that Client SDK 5 makes; an HSM of the first type has room for [UsersMax]
	KeysMax   int
	PairedMax int  // of these, public and private keys; 0 for no limit of their own
	Older     bool // Client SDK 3 with key_mgmt_util and cloudhsm_mgmt_util can talk to it
	MTLS      bool // mutual TLS, and the approvals that it takes
	Means     string
}

// Models lists the types.
var Models = []ModelRow{
	{HSM1, "hsm1", 250, KeysMax, 0, true, false, "the first type, in FIPS mode"},
	{HSM2, "hsm2m", UsersMax, 16666, 3333, false, true, "the second type, for Client SDK 5 only"},
}

// Row returns what distinguishes the type.
func (m Model) Row() ModelRow {
	for _, row := range Models {
		if row.Model == m {
			return row
		}
	}
	return Models[0]
}

// Name returns the type's name, also of the zero value.
func (m Model) Name() string { return string(m.Row().Model) }

// MTLS reports whether the HSM knows mutual TLS.
func (p Policy) MTLS() bool { return p.Model.Row().MTLS }

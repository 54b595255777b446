package kmu

import (
	"slices"

	"hsmplay/core/attr"
	"hsmplay/core/command"
)

// Wording is what the tool prints where its output generations differ (spec/kmu.md section 0); what
// is the same in all of them stands at its command. A generation is a value of it, and another
// vendor's tool would be one more. In layouts {returned} is the return line and {cluster} the
// cluster block; formats are fmt's.
type Wording struct {
	BlockTitle string // of the cluster block
	BlockNode  string // a node of it: number, code, text

	UsersFound string // how many
	KeysFound  string // how many
	Found      command.Layout
	Handles    HandleList

	AttributesGot     string // size and number of all attributes
	AttributesWritten string // the file
	Dump              []attr.Attr
	TextBytes         int    // what label and id together count in the size of a dump, whatever their length
	ModulusOfRSA      string // what stands before the modulus
	Listed            []attr.Attr

	SignAPI     string
	Signed      command.Layout
	WrapAPI     string
	Wrapped     command.Layout
	Masked      command.Layout
	IVMissing   []string // lines of aesWrapUnwrap: the default is used
	Import      ImportNames
	ExportAPIs  [2]string // wrapped in the HSM, and unwrapped for the host
	SecretTaken string    // exSymKey: the file
	SecretInHSM string    // the same where no key of the host was given
}

// tab is one that is printed as it is: a published script cuts findKey's lines there.
const tab = "\t"

// HandleList is how findKey lists handles.
type HandleList struct {
	Line  int    // how many stand on a line; 0 for all
	Begin string // what a line begins with
	End   string // of a line that others follow
}

// ImportNames are the API functions of an import, one for each step (spec/kmu.md 3.21).
type ImportNames struct {
	Wrap, Template, Unwrap string
	Returned               string // the last step's line when it succeeds: function, text of the code
	Done                   string // how the result line words what was done
}

// Classic is the generation of almost every page of the documentation.
var Classic = Wording{
	BlockTitle: "Cluster Error Status",
	BlockNode:  "Node id %d and err state %s : %s",

	UsersFound: "Number Of Users found %d",
	KeysFound:  "Total number of keys present %d",
	Found:      command.Layout{" number of keys matched from start index 0::{last}\n{handles}"},
	Handles:    HandleList{End: ", "},

	AttributesGot:     "got all attributes of size %d attr cnt %d",
	AttributesWritten: "Attributes dumped into %s",
	Dump:              dumped,
	TextBytes:         288,
	Listed:            dumped,

	SignAPI: "Cfm3Sign",
	Signed:  command.Layout{"{returned}", "signature is written to file {file}", "{cluster}"},
	WrapAPI: "Cfm2WrapKey",
	// the quotes are never closed (spec/kmu.md 3.25)
	Wrapped: command.Layout{indent + "Key Wrapped.", indent + `Wrapped Key written to file "{file} length {length}`, "{returned}"},
	Masked:  command.Layout{`Object was masked and written to file "{file}"`, "{returned}"},
	IVMissing: []string{indent + "Warning: IV (-i) is missing.",
		"                 0xA6A6A6A6A6A6A6A6 is considered as default IV"},
	Import: ImportNames{"Cfm3WrapHostKey", "Cfm3CreateUnwrapTemplate", "Cfm3UnWrapKey",
		"%s returned: 0x00 : %s", "Unwrapped"},
	ExportAPIs:  [2]string{"Cfm3WrapKey", "Cfm3UnWrapHostKey"},
	SecretTaken: `Wrapped Symmetric Key written to file "%s"`,
	SecretInHSM: "\n" + `Wrapped Symmetric Key written to file "%s"`,
}

// Late is the generation of the late 3.x clients.
var Late = Wording{
	BlockTitle: "Cluster Status:",
	BlockNode:  "Node id %d status: %s : %s",

	UsersFound: "Number of users found: %d",
	KeysFound:  tab + "Total number of keys present: %d",
	Found: command.Layout{tab + "Number of matching keys from start index 0::{last}",
		tab + "Handles of matching keys:\n{handles}"},
	Handles: HandleList{Line: 15, Begin: tab, End: ","},

	AttributesGot:     "Attribute size: %d, count: %d",
	AttributesWritten: "Written to: %s file",
	Dump: append(slices.Clip(dumped), attr.Trusted, attr.WrapWithTrusted, attr.Destroyable, attr.Derive,
		attr.AlwaysSensitive, attr.NeverExtractable),
	TextBytes:    304,
	ModulusOfRSA: "0x",
	Listed:       everyAttribute(),

	SignAPI: "Cfm3Sign: sign",
	Signed:  command.Layout{"Signature creation successful", "signature is written to file {file}", "{returned}"},
	WrapAPI: "Cfm2WrapKey5",
	Wrapped: command.Layout{"{returned}", indent + "Key Wrapped.", indent + `Wrapped Key written to file "{file}" length {length}`},
	Masked:  command.Layout{indent + `Object was masked and written to file "{file}"`, "{returned}"},
	Import: ImportNames{"Cfm3ImportWrapKey", "Cfm3CreateUnwrapTemplate2", "Cfm3ImportUnWrapKey",
		"%s: 0x00 : %s", "Imported"},
	ExportAPIs:  [2]string{"Cfm3ExportWrapKeyWithMech", "Cfm3ExportUnwrapKeyWithMech"},
	SecretTaken: `Exported Symmetric Key written to file "%s"`,
	SecretInHSM: `Exported Symmetric Key written to file "%s"`,
}

// dumped is the order in which all attributes of a key are written (spec/kmu.md 4.3).
var dumped = []attr.Attr{attr.ClassAttr, attr.KeyTypeAttr, attr.Token, attr.Private, attr.Encrypt, attr.Decrypt, attr.Wrap,
	attr.Unwrap, attr.Sign, attr.Verify, attr.Local, attr.Sensitive, attr.Extractable, attr.Label, attr.ID, attr.ValueLen,
	attr.KCV, attr.Modulus, attr.ModulusBits, attr.PublicExponent}

// everyAttribute returns all attributes.
func everyAttribute() (all []attr.Attr) {
	for _, row := range attr.Table {
		all = append(all, row.Attr)
	}
	return all
}

// lay adds the groups of a layout; what was returned stands where the layout says.
func (a *output) lay(l command.Layout, blanks ...any) *output {
	a.groups = append(a.groups, l.Fill(blanks...)...)
	return a
}

package hsm

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// ApprovalMax is the largest approval file that is read, in bytes.
const ApprovalMax = 64 << 10

// ApprovalFile is what a file of approvals names (spec/cmu.md 4.5).
type ApprovalFile struct {
	MultiToken string // the token file with a record per HSM
	Token      string // the token file of one HSM; may be ""
	Approvers  []Approver
}

// Approver is one user's approval in the file.
type Approver struct {
	Type UserType
	Name string
	File string // with the signature
}

// The settings of an approval file, in their order; the last three are repeated.
const (
	multiToken   = "Multi Token File Path"
	singleToken  = "Token File Path"
	howMany      = "Number of Approvals"
	approverType = "Approver Type"
	approverName = "Approver Name"
	approvalFile = "Approval File"
)

// approverTypes are the roles by the numbers of the file.
var approverTypes = map[string]UserType{"1": CU, "2": CO}

// setting is one line of an approval file.
type setting struct{ name, value string }

// ParseApprovalFile reads a file of approvals. The error says in a few words what is wrong with it.
func ParseApprovalFile(data []byte) (f ApprovalFile, err error) {
	settings, err := readSettings(data)
	if err != nil {
		return f, err
	}
	if len(settings) < 3 || settings[0].name != multiToken || settings[1].name != singleToken || settings[2].name != howMany {
		return f, fmt.Errorf("it begins with the settings %s, %s and %s", multiToken, singleToken, howMany)
	}
	f.MultiToken, f.Token = settings[0].value, settings[1].value
	rest := settings[3:]
	if n, err := strconv.Atoi(settings[2].value); err != nil || n < 1 || len(rest)%3 != 0 || len(rest)/3 != n {
		return f, fmt.Errorf("%s is not the number of approvers that follow", howMany)
	}
	for i := 0; i < len(rest); i += 3 {
		a, err := readApprover(rest[i : i+3])
		if err != nil {
			return f, err
		}
		f.Approvers = append(f.Approvers, a)
	}
	return f, nil
}

// readApprover reads the settings of one approver.
func readApprover(group []setting) (a Approver, err error) {
	if group[0].name != approverType || group[1].name != approverName || group[2].name != approvalFile {
		return a, fmt.Errorf("each approver has the settings %s, %s and %s", approverType, approverName, approvalFile)
	}
	kind, known := approverTypes[group[0].value]
	if !known {
		return a, fmt.Errorf("%s is 2 for CO or 1 for CU", approverType)
	}
	return Approver{kind, group[1].value, group[2].value}, nil
}

// readSettings reads lines of `Name = value ;`. From # on a line is a comment.
func readSettings(data []byte) (settings []setting, err error) {
	if len(data) > ApprovalMax {
		return nil, errors.New("it is too large")
	}
	for i, line := range strings.Split(string(data), "\n") {
		line, _, _ = strings.Cut(line, "#")
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		body, ended := strings.CutSuffix(line, ";")
		name, value, parted := strings.Cut(body, "=")
		if !ended || !parted {
			return nil, fmt.Errorf("line %d is not of the form Name = value;", i+1)
		}
		settings = append(settings, setting{strings.TrimSpace(name), strings.TrimSpace(value)})
	}
	return settings, nil
}

package cmu

import (
	"fmt"
	"strconv"
	"strings"

	"hsmplay/core/hsm"
)

// approvalMax is the largest approval file that is read, in bytes.
const approvalMax = 64 << 10

// setting is one line of an approval file.
type setting struct{ name, value string }

// The settings of an approval file, in their order; the last three are repeated (spec/cmu.md 4.5).
const (
	multiToken   = "Multi Token File Path"
	singleToken  = "Token File Path"
	howMany      = "Number of Approvals"
	approverType = "Approver Type"
	approverName = "Approver Name"
	approvalFile = "Approval File"
)

// approverTypes are the roles by the numbers of the file.
var approverTypes = map[string]hsm.UserType{"1": hsm.CU, "2": hsm.CO}

// approvals reads an approval file and what it names: the token file and the signatures. why is what is wrong with it, ""
// for nothing.
func (t *Tool) approvals(name string) (token []byte, approvals []hsm.Approval, why string) {
	data, err := t.files.ReadFile(name)
	if err != nil {
		return nil, nil, reasonOf(err)
	}
	settings, why := readSettings(data)
	if why != "" {
		return nil, nil, why
	}
	if len(settings) < 3 || settings[0].name != multiToken || settings[1].name != singleToken || settings[2].name != howMany {
		return nil, nil, fmt.Sprintf("it begins with the settings %s, %s and %s", multiToken, singleToken, howMany)
	}
	path := settings[0].value
	if t.mode != everywhere && settings[1].value != "" || path == "" {
		path = settings[1].value
	}
	if token, err = t.files.ReadFile(path); err != nil {
		return nil, nil, path + ": " + reasonOf(err)
	}
	groups := settings[3:]
	if n, err := strconv.Atoi(settings[2].value); err != nil || n < 1 || len(groups) != 3*n {
		return nil, nil, howMany + " is not the number of approvers that follow"
	}
	for i := 0; i < len(groups); i += 3 {
		a, why := t.approval(groups[i : i+3])
		if why != "" {
			return nil, nil, why
		}
		approvals = append(approvals, a)
	}
	return token, approvals, ""
}

// approval reads the settings of one approver.
func (t *Tool) approval(group []setting) (a hsm.Approval, why string) {
	if group[0].name != approverType || group[1].name != approverName || group[2].name != approvalFile {
		return a, fmt.Sprintf("each approver has the settings %s, %s and %s", approverType, approverName, approvalFile)
	}
	kind, known := approverTypes[group[0].value]
	if !known {
		return a, approverType + " is 2 for CO or 1 for CU"
	}
	signature, err := t.files.ReadFile(group[2].value)
	if err != nil {
		return a, group[2].value + ": " + reasonOf(err)
	}
	return hsm.Approval{Type: kind, Name: group[1].value, Signature: signature}, ""
}

// readSettings reads lines of `Name = value ;`. From # on a line is a comment.
func readSettings(data []byte) (settings []setting, why string) {
	if len(data) > approvalMax {
		return nil, "it is too large"
	}
	for i, line := range strings.Split(string(data), "\n") {
		line, _, _ = strings.Cut(line, "#")
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		body, ended := strings.CutSuffix(line, ";")
		name, value, parted := strings.Cut(body, "=")
		if !ended || !parted {
			return nil, fmt.Sprintf("line %d is not of the form Name = value;", i+1)
		}
		settings = append(settings, setting{strings.TrimSpace(name), strings.TrimSpace(value)})
	}
	return settings, ""
}

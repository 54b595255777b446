package cmu

import (
	"hsmplay/core/command"
	"hsmplay/core/hsm"
)

// approvals reads an approval file and what it names: the token file and the signatures
// (spec/cmu.md 4.5). why is what is wrong with it, "" for nothing.
func (t *Tool) approvals(name string) (token []byte, approvals []hsm.Approval, why string) {
	data, err := t.host.ReadFile(name)
	if err != nil {
		return nil, nil, command.FileReason(err)
	}
	file, err := hsm.ParseApprovalFile(data)
	if err != nil {
		return nil, nil, err.Error()
	}
	path := file.MultiToken
	if t.mode != everywhere && (file.Token != "" || path == "") {
		path = file.Token
	}
	if path == "" {
		return nil, nil, "Multi Token File Path names no file"
	}
	if token, err = t.host.ReadFile(path); err != nil {
		return nil, nil, path + ": " + command.FileReason(err)
	}
	for _, a := range file.Approvers {
		signature, err := t.host.ReadFile(a.File)
		if err != nil {
			return nil, nil, a.File + ": " + command.FileReason(err)
		}
		approvals = append(approvals, hsm.Approval{Type: a.Type, Name: a.Name, Signature: signature})
	}
	return token, approvals, ""
}

package cluster

import (
	"hsmplay/core/attr"
	"hsmplay/core/hsm"
)

// auditedUses are the uses of keys that the HSMs' audit logs name, by the op of [Client.UsableKey]; of all others, signing
// and reading too, they say nothing (spec/cmu.md 7.4).
var auditedUses = []struct {
	op     string
	leaves bool // the key itself leaves the HSM
	opcode hsm.Opcode
}{
	{"wrap", true, hsm.CNWrapKey},
	{"export", true, hsm.CNWrapKey},
	{"wrap", false, hsm.CNNistAESWrap},
	{"wrap with", false, hsm.CNNistAESWrap},
	{"unwrap", false, hsm.CNNistAESWrap},
}

// audited returns the operation that the audit log names for a use of a key, "" for none. flags are what the use asks for.
func audited(op string, flags attr.Flags) hsm.Opcode {
	for _, row := range auditedUses {
		if row.op == op && row.leaves == flags.Has(attr.FlagExtractable) {
			return row.opcode
		}
	}
	return ""
}

// tellTime tells the HSMs what their clocks show, in microseconds since 1970.
func (c *Cluster) tellTime() {
	for _, n := range c.All() {
		n.HSM.Audit.Clock = (c.Wall + c.Now) * 1000
	}
}

// auditStart writes how the log of a cluster's first HSM begins: it was initialised and activated, and users were made
// (spec/cmu.md 7.4).
func auditStart(h *hsm.HSM) {
	auditInit(h)
	for _, u := range h.Users {
		if u.First {
			h.LogUser(hsm.CNLogin, 0, nil, hsm.PRECO, u.Name)
			h.LogUser(hsm.CNChangePswd, 0, nil, hsm.PRECO, u.Name)
			h.LogUser(hsm.CNLogout, 0, nil, u.Type, u.Name)
		}
	}
}

// auditInit writes the part of it that is the initialisation.
func auditInit(h *hsm.HSM) {
	h.Log(hsm.CNInitToken, 0, nil)
	h.Log(hsm.CNGenPswdEncKey, 0, nil)
	for _, u := range h.Users {
		if u.Type == hsm.AU {
			h.LogUser(hsm.CNCreateAppliance, 0, nil, u.Type, u.Name)
		}
	}
	h.Log(hsm.CNInitDone, 0, nil)
}

package cluster

import (
	"hsmplay/core/hsm"
)

// tellTime tells the HSMs what their clocks show, in microseconds since 1970.
func (c *Cluster) tellTime() {
	for _, n := range c.All() {
		n.HSM.Audit.Clock = (c.Wall + c.Now) * 1000
	}
}

// auditStart writes how the log of a cluster's first HSM begins: it was initialised and activated,
// and users were made (spec/cmu.md 7.4).
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

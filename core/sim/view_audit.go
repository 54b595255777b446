package sim

import "fmt"

// AuditRow is one entry of an HSM's audit log.
type AuditRow struct {
	ID     string `json:"id"`
	Node   int    `json:"node"`
	Seq    uint64 `json:"seq"`
	Opcode string `json:"opcode"` // CN_LOGIN for one
	Code   int64  `json:"code"`   // -1 for one without a public number
	Text   string `json:"text"`   // as `hsm audit` shows it (spec/cmu.md 7.2)
}

// Audit returns the audit logs of all HSMs, HSM by HSM, each with its oldest entry first.
func (w *World) Audit() []AuditRow {
	rows := []AuditRow{}
	w.machine.Do(func() {
		for _, n := range w.cluster.All() {
			for _, e := range n.HSM.Audit.Entries {
				rows = append(rows, AuditRow{ID: fmt.Sprintf("audit-%d-%d", n.HSM.Node, e.Seq), Node: n.HSM.Node, Seq: e.Seq,
					Opcode: string(e.Opcode), Code: e.Code.Number(), Text: e.String()})
			}
		}
	})
	return rows
}

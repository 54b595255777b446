package view

import (
	"fmt"
	"slices"

	"hsmplay/core/cluster"
	"hsmplay/core/hsm"
	"hsmplay/core/retcode"
)

// CallRow is one call to an HSM, or a copy between two.
type CallRow struct {
	ID      string `json:"id"`
	Seq     int64  `json:"seq"`
	Command int64  `json:"command"`
	Time    int64  `json:"time"`
	From    int    `json:"from"`
	Node    int    `json:"node"`
	Op      string `json:"op"`
	Detail  string `json:"detail"`
	Code    int64  `json:"code"`
}

// Calls returns the calls after a sequence number, the oldest first.
func Calls(c *cluster.Cluster, after int64) []CallRow {
	rows := []CallRow{}
	for _, e := range c.Events(after) {
		rows = append(rows, CallRow{ID: fmt.Sprint("call-", e.Seq), Seq: e.Seq, Command: e.Command, Time: e.Time, From: e.From,
			Node: e.Node, Op: e.Op, Detail: e.Detail, Code: e.Code.Number()})
	}
	return rows
}

// AuditRow is one entry of an HSM's audit log.
type AuditRow struct {
	ID     string `json:"id"`
	Node   int    `json:"node"`
	Seq    uint64 `json:"seq"`
	Opcode string `json:"opcode"` // CN_LOGIN for one
	Code   int64  `json:"code"`   // -1 for one without a public number
	Text   string `json:"text"`   // as `hsm audit` shows it (spec/cmu.md 7.2)

	User string   `json:"-"` // that the entry is about, or else who was logged in in its session
	Type string   `json:"-"`
	Keys []uint32 `json:"-"` // handles
}

// Audit returns the audit logs of all HSMs, HSM by HSM, each with its oldest entry first.
func Audit(c *cluster.Cluster) []AuditRow {
	rows := []AuditRow{}
	for _, n := range c.All() {
		logins := map[uint64]hsm.Entry{} // by session
		for _, e := range n.HSM.Audit.Entries {
			if e.Opcode == hsm.CNLogin && e.Code == retcode.Success {
				logins[e.Session] = *e
			}
			by := e
			if login := logins[e.Session]; e.User == "" {
				by = &login
			}
			rows = append(rows, AuditRow{ID: fmt.Sprintf("audit-%d-%d", n.HSM.Node, e.Seq), Node: n.HSM.Node, Seq: e.Seq,
				Opcode: string(e.Opcode), Code: e.Code.Number(), Text: e.String(), User: by.User, Type: string(by.Type),
				Keys: slices.DeleteFunc(slices.Clone(e.Keys[:]), func(h uint32) bool { return h == 0 })})
		}
	}
	return rows
}

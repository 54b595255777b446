package view

import (
	"cmp"
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
	Args    []Arg  `json:"args,omitempty"` // of the call log
}

// Arg is an argument of a call. Secrets are told by their length alone, "" for one that is not
// known any more.
type Arg struct {
	Name   string `json:"name"`
	Value  string `json:"value"`
	Secret bool   `json:"secret,omitempty"`
}

// CallLog returns the calls from one sequence number to another that a command in a terminal has
// made, the oldest first, with their arguments. Those that are forgotten by now are missing.
func CallLog(c *cluster.Cluster, terminal int, from, to int64) []CallRow {
	rows := []CallRow{}
	for _, e := range c.Events(from - 1) {
		if e.Seq <= to && e.Terminal == terminal {
			row := call(e)
			for _, a := range e.Args {
				row.Args = append(row.Args, Arg(a))
			}
			rows = append(rows, row)
		}
	}
	return rows
}

func call(e cluster.Event) CallRow {
	return CallRow{ID: fmt.Sprint("call-", e.Seq), Seq: e.Seq, Command: e.Command, Time: e.Time, From: e.From,
		Node: e.Node, Op: e.Op, Detail: e.Detail, Code: e.Code.Number()}
}

// Calls returns the calls after a sequence number, the oldest first, without their arguments.
func Calls(c *cluster.Cluster, after int64) []CallRow {
	rows := []CallRow{}
	for _, e := range c.Events(after) {
		rows = append(rows, call(e))
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

	Time  int64    `json:"time"`  // milliseconds since 1970
	Means string   `json:"means"` // in words: what was done, or was not
	User  string   `json:"user"`  // that the entry is about, or else who was logged in in its session
	Type  string   `json:"type"`
	Keys  []uint32 `json:"keys"` // handles
}

// AuditLook says which entries a reader wants to see.
type AuditLook struct {
	Handle uint32 // only those that name a key; 0 for all
	Count  int    // the newest so many; 0 for all
}

// Trail returns the entries of all HSMs that a reader wants to see, the newest first.
func Trail(c *cluster.Cluster, look AuditLook) []AuditRow {
	type place struct {
		on    *hsm.HSM
		entry *hsm.Entry
	}
	var found []place
	for _, n := range c.All() {
		for _, e := range n.HSM.Audit.Entries {
			if look.Handle == 0 || slices.Contains(e.Keys[:], look.Handle) {
				found = append(found, place{n.HSM, e})
			}
		}
	}
	slices.SortStableFunc(found, func(a, b place) int {
		return cmp.Or(cmp.Compare(b.entry.Time, a.entry.Time), cmp.Compare(b.on.Node, a.on.Node), cmp.Compare(b.entry.Seq, a.entry.Seq))
	})
	rows := []AuditRow{}
	for _, p := range window(found, 0, look.Count) {
		rows = append(rows, auditRow(p.on, p.entry, loginOf(p.on, p.entry)))
	}
	return rows
}

// loginOf is the login in whose session an entry was made; nil for none.
func loginOf(h *hsm.HSM, of *hsm.Entry) (login *hsm.Entry) {
	for _, e := range h.Audit.Entries {
		if e.Seq > of.Seq {
			break
		}
		if e.Session == of.Session && e.Opcode == hsm.CNLogin && e.Code == retcode.Success {
			login = e
		}
	}
	return login
}

// auditRow describes an entry that was made in the session of a login.
func auditRow(h *hsm.HSM, e, login *hsm.Entry) AuditRow {
	by := e
	if e.User == "" && login != nil {
		by = login
	}
	r := AuditRow{ID: fmt.Sprintf("audit-%d-%d", h.Node, e.Seq), Node: h.Node, Seq: e.Seq, Opcode: string(e.Opcode),
		Code: e.Code.Number(), Text: e.String(), Time: e.Time / 1000, Means: e.Means(), User: by.User, Type: string(by.Type),
		Keys: slices.DeleteFunc(slices.Clone(e.Keys[:]), func(h uint32) bool { return h == 0 })}
	return r
}

// Audit returns the audit logs of all HSMs, HSM by HSM, each with its oldest entry first.
func Audit(c *cluster.Cluster) []AuditRow {
	rows := []AuditRow{}
	for _, n := range c.All() {
		logins := map[uint64]*hsm.Entry{} // by session
		for _, e := range n.HSM.Audit.Entries {
			if e.Opcode == hsm.CNLogin && e.Code == retcode.Success {
				logins[e.Session] = e
			}
			rows = append(rows, auditRow(n.HSM, e, logins[e.Session]))
		}
	}
	return rows
}

package sim

import (
	"strconv"

	"hsmplay/core/hsm"
)

// auditPage is how many entries of an audit log stand in one row: few, since each command appends.
const auditPage = 8

// audit looks at the audit log of an HSM. A log only grows, so what was saved of it is not looked
// at again, unless it is another log: of a new cluster, or one whose oldest entries are gone.
func (c *changes) audit(name string, entries []*hsm.Entry) {
	before := c.saver.audit[name]
	c.seen[name] = true
	from := len(before)
	if !goesOn(before, entries) {
		c.dropAudit(name, before)
		from = 0
	}
	c.saver.audit[name] = entries
	if from == len(entries) {
		return
	}
	from = max(0, from-int(entries[from].Seq%auditPage))
	for entries = entries[from:]; len(entries) > 0; {
		n := min(len(entries), auditPage-int(entries[0].Seq%auditPage))
		c.text(auditRow(name, entries[0]), hsm.SaveEntries(entries[:n]))
		entries = entries[n:]
	}
}

// goesOn reports whether a log begins with what was saved.
func goesOn(before, entries []*hsm.Entry) bool {
	n := len(before)
	return n == 0 || n <= len(entries) && before[0] == entries[0] && before[n-1] == entries[n-1]
}

// dropAudit deletes the rows of a log.
func (c *changes) dropAudit(name string, entries []*hsm.Entry) {
	for _, e := range entries {
		c.rows[auditRow(name, e)] = nil
	}
	delete(c.saver.audit, name)
}

// auditRow is the row in which an entry stands; name is the node's.
func auditRow(name string, e *hsm.Entry) string {
	return name + "/audit/" + strconv.FormatUint(e.Seq/auditPage, 10)
}

package view

// RanRow is a line that has ended, and what came of it. No secret is in it.
type RanRow struct {
	ID       string   `json:"id"`
	Seq      int64    `json:"seq"`      // over all terminals
	Terminal int      `json:"terminal"` // 0: a tool that runs on the host
	Time     int64    `json:"time"`     // simulated milliseconds
	Line     string   `json:"line"`
	Tool     string   `json:"tool"`            // the program that read it: bash, key_mgmt_util …
	Path     []string `json:"path"`            // the command by its words; none where it is no command
	Status   int      `json:"status"`          // of bash
	Code     *int64   `json:"code"`            // of a tool; nil for none, -1: refused, and no number is public
	Refusal  string   `json:"refusal"`         // what was wrong, in a few words; "" for nothing
	Calls    []int64  `json:"calls"`           // the first and the last call that it made, by their numbers; none for no call
	Rows     []string `json:"rows"`            // the ids of HSMs, keys, users and files that are made, changed or gone
	More     int      `json:"more"`            // how many rows beside those
	User     string   `json:"user,omitempty"`  // who was logged in when it had ended, "" for nobody
	Exits    []Exit   `json:"exits,omitempty"` // of the programs of a line of bash, where Status does not tell
}

// Exit is how a program of a line of bash ended.
type Exit struct {
	Program string `json:"program"`
	Status  int    `json:"status"`
}

// Ran returns what ran after a sequence number, the oldest first: in one terminal, or in all for
// -1.
func Ran(log []RanRow, terminal int, after int64) []RanRow {
	rows := []RanRow{}
	for _, r := range log {
		if r.Seq > after && (terminal < 0 || r.Terminal == terminal) {
			rows = append(rows, r)
		}
	}
	return rows
}

// Package view is the read model: what a page or a test reads of a world, in rows with stable ids.
// Every function is one of the world alone: it changes nothing, remembers nothing and asks nobody's
// rights, so there may be any number of readers. A [Section] carries the version of its rows, by
// which a reader is spared what it has already. web/hsm.d.ts describes the fields. Begin with
// [Keys].
package view

// Section is a part of the read model. Its version tells its rows from others: equal rows have the
// same version whoever reads them. To a reader that has the version already, rows are left out.
// Total is how many rows there are beside the window too, and no part of the version.
type Section[Row any] struct {
	Version int64 `json:"version"`
	Rows    []Row `json:"rows"`
	Total   int   `json:"total"`
}

// row is a row of a section: it puts all its fields into the version.
type row interface{ mark(*mark) }

// section answers a reader who has a version with rows, of which there are total in all.
func section[Row row](rows []Row, total int, since int64) Section[Row] {
	m := newMark()
	m.number(int64(len(rows)))
	for _, r := range rows {
		r.mark(m)
	}
	s := Section[Row]{Version: m.version(), Rows: rows, Total: total}
	if since == s.Version || s.Rows == nil {
		s.Rows = []Row{}
	}
	return s
}

// window returns count rows from one index on; a count of 0 is all.
func window[Row any](rows []Row, from, count int) []Row {
	rows = rows[min(max(from, 0), len(rows)):]
	if count > 0 {
		rows = rows[:min(count, len(rows))]
	}
	return rows
}

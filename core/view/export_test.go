package view

// Version is the version of one row, for tests.
func Version(r any) int64 {
	m := newMark()
	r.(row).mark(m)
	return m.version()
}

package same

// Pair is what tests see of a row.
type Pair struct{ Tool, Command, When, CLI, Differs string }

// Pairs are the rows of a tool.
func Pairs(short string) (pairs []Pair) {
	for _, r := range rowsOf(short) {
		pairs = append(pairs, Pair{short, r.path, r.when, r.cli, r.differs})
	}
	return pairs
}

// Chosen is the index of the row that a line of a tool gets, -1 for a line that cannot be read.
func Chosen(w World, prefer, text string) int {
	l, _, err := read(prefer, text)
	if err != nil {
		return -1
	}
	f := filler{world: w, line: l}
	chosen := rowOf(&f)
	for i := range rowsOf(l.tool.short) {
		if chosen == &rowsOf(l.tool.short)[i] {
			return i
		}
	}
	return -1
}

// Commands are the names of the commands of a tool.
func Commands(short string) []string {
	for _, t := range tools {
		if t.short == short {
			return t.names
		}
	}
	return nil
}

// Blanks are the functions that templates may use.
func Blanks() map[string]bool {
	known := map[string]bool{}
	for name := range blanks {
		known[name] = true
	}
	return known
}

// Cells are all templates of a tool's rows.
func Cells(short string) (cells []string) {
	for _, r := range rowsOf(short) {
		cells = append(cells, r.cli, r.kmu, r.cmu, r.pkcs11, r.openssl)
	}
	return cells
}

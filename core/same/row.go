package same

import "strings"

// row is a command, and the same work elsewhere. A cell is a template: lines parted by line ends,
// one that begins with $ is typed at bash. In it, {-l} is the value of the option -l as the place
// writes it, {ref:-k} what a function of blanks makes of it (blanks.go); a value that the line does
// not give is shown as <label>. What stands in [ ] is left out where one of its blanks is empty, and
// [-nex? …] where a condition does not hold. A cell that begins with an exclamation mark says why there is
// nothing; an empty one has the place's own reason. Of several rows for a command the first one
// counts whose conditions hold.
type row struct {
	path    string
	when    string // conditions parted by a comma and a blank: -sess, !-sess, -m=4|5, kind:-f=ec
	kmu     string
	cmu     string
	cli     string
	pkcs11  string
	openssl string
	differs string // a template too: why the older tools' line and the CLI's cannot come to the same, "" where they do
	note    string // what else there is to know
}

// none begins a cell that says why there is nothing like it.
const none = "!"

// remark is what an option has to say, whichever command it is of.
type remark struct {
	tool    string
	when    string
	differs bool // the pair cannot come to the same because of it
	says    string
}

// rows are the commands of a tool, by its short name.
func rowsOf(short string) []row {
	switch short {
	case "kmu":
		return kmuRows
	case "cmu":
		return cmuRows
	}
	return cliRows
}

// rowOf is the row of the line of a filler. A command without one is the same nowhere.
func rowOf(f *filler) *row {
	rows := rowsOf(f.line.tool.short)
	for i := range rows {
		if rows[i].path == f.line.path && f.holds(rows[i].when) {
			return &rows[i]
		}
	}
	return &row{cli: none, kmu: none, cmu: none, pkcs11: none, openssl: none}
}

// holds reports whether all conditions hold.
func (f *filler) holds(when string) bool {
	if when == "" {
		return true
	}
	for condition := range strings.SplitSeq(when, ", ") {
		bare, not := strings.CutPrefix(condition, "!")
		blank, values := cutCondition(bare)
		value := f.bare(blank)
		holds := value != ""
		if values != "" {
			holds = false
			for one := range strings.SplitSeq(values, "|") {
				holds = holds || one == value
			}
		}
		if holds == not {
			return false
		}
	}
	return true
}

// cutCondition parts a blank from the values that it is to have.
func cutCondition(condition string) (blank, values string) {
	if i := strings.LastIndexByte(condition, '='); i > 0 {
		return condition[:i], condition[i+1:]
	}
	return condition, ""
}

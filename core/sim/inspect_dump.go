package sim

import (
	"fmt"
	"strconv"
	"strings"

	"hsmplay/core/attr"
	"hsmplay/core/mech"
)

// serverLine begins what cloudhsm_mgmt_util writes of each server (spec/cmu.md 3.9).
const serverLine = "Attribute Value on "

// readDump returns the attributes in a file, nil for a file that holds anything else.
func readDump(text string) (rows []AttributeRow) {
	on := ""
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	for i := 0; i < len(lines); i++ {
		line := lines[i]
		if server, ok := strings.CutPrefix(line, serverLine); ok {
			on = strings.TrimSuffix(server, ":")
			continue
		}
		if line == "" && (i+1 == len(lines) || strings.HasPrefix(lines[i+1], serverLine)) {
			continue
		}
		row, ok := named(line)
		if i++; !ok || i == len(lines) {
			return nil
		}
		rows = append(rows, AttributeRow{ID: fmt.Sprint("attribute-", len(rows)), On: on, Number: uint32(row.Attr),
			Name: row.Name, Value: lines[i], Means: row.Means})
	}
	kind := readWord(rows, attr.KeyTypeAttr)
	for i := range rows {
		rows[i].Reads = inWords(rows[i], kind)
	}
	return rows
}

// named returns the row of an attribute that has a value, by its name.
func named(name string) (attr.Row, bool) {
	for _, row := range attr.Table {
		if row.Name == name && row.Kind != attr.Pseudo {
			return row, true
		}
	}
	return attr.Row{}, false
}

// inWords is what a value says, "" where it speaks for itself. kind is the key's type in words, ""
// where unknown.
func inWords(row AttributeRow, kind string) string {
	known, _ := attr.Lookup(attr.Attr(row.Number))
	n, err := strconv.ParseUint(row.Value, 0, 32)
	if err != nil {
		return ""
	}
	switch known.Attr {
	case attr.ClassAttr:
		return attr.Class(n).Name()
	case attr.KeyTypeAttr:
		return attr.KeyType(n).Show()
	case attr.ModulusBits:
		if curve, ok := mech.CurveByNID(int(n)); ok && kind != attr.RSA.Show() {
			return curve.Nick
		}
		return fmt.Sprint(n, " bits")
	case attr.ValueLen:
		return fmt.Sprint(n, " bytes")
	case attr.PublicExponent:
		return fmt.Sprint(n)
	}
	if known.Kind != attr.Bool || n > 1 {
		return ""
	}
	return [...]string{"no", "yes"}[n]
}

// readText is the value of an attribute, "" where it is not there.
func readText(rows []AttributeRow, which attr.Attr) string {
	for _, row := range rows {
		if attr.Attr(row.Number) == which {
			return row.Value
		}
	}
	return ""
}

// readWord is the value of an attribute in words, "" where it is not there.
func readWord(rows []AttributeRow, which attr.Attr) string {
	return inWords(AttributeRow{Number: uint32(which), Value: readText(rows, which)}, "")
}
